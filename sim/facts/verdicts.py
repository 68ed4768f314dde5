"""The checks of balance, each with a verdict computed from the tables and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sim.effects import catalogue
from sim.facts.swept import one

TUTORIAL: Final = ("first-steps",)
"""Two turns to learn the table by: shown in every table, judged in none."""
MOST_PLACES: Final = 0.3
"""Of the diary that any one move may fill in good play."""
NEVER: Final = ("do-nothing", "let-everything-pass", "random")
STRUCTURES: Final = ("structuring", "directing")

Places = Mapping[str, Mapping[str, Any]]


def verdicts(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every check: its question, whether it holds, and the numbers that decided it."""
    places: Places = {name: p for name, p in data["places"].items() if name not in TUTORIAL}
    checks = (
        ("everywhere", "No family of play is unbeaten at every place.", _everywhere(places)),
        (
            "contests",
            "No family of play is unbeaten on every promise, played for by itself.",
            _contests(places),
        ),
        ("one-move", "No move need only be played over and over.", _one_move(places)),
        (
            "promise",
            "The surest way to a promise is never one move alone, but for orders in a crisis.",
            _one_promise(places),
        ),
        (
            "never",
            "Doing nothing, letting everything pass and moves by lot are never best at the end.",
            _never(places),
        ),
        (
            "diary",
            "In good play no move fills more than three tenths of the diary.",
            _diary(places),
        ),
        ("dead", "Every move is in somebody's good play.", _dead(places)),
    )
    return [
        {"check": id, "claim": claim, "holds": not against, "against": against, "seen": seen}
        for id, claim, (against, seen) in checks
    ]


Found = tuple[list[str], list[str]]
"""What speaks against a claim (none: it holds), and what else was seen, in plain sentences."""


def clearly(interval: Sequence[float]) -> int:
    """1 above nought, -1 below, 0 where the 95% interval holds nought."""
    _mean, low, high = interval
    return 1 if low > 0.0 else -1 if high < 0.0 else 0


def ahead(place: Mapping[str, Any], a: str, b: str) -> int:
    """1 where family a keeps clearly more of the promises than b, -1 where less, else 0."""
    if a < b:
        return clearly(place["apart"][f"{a} - {b}"])
    return -clearly(place["apart"][f"{b} - {a}"])


def winners(place: Mapping[str, Any]) -> list[str]:
    """Families that no other is clearly ahead of; of a place, or of one promise."""
    names = list(dict.fromkeys(w for pair in place["apart"] for w in pair.split(" - ")))
    return [a for a in names if all(ahead(place, b, a) < 1 for b in names if b != a)]


def _everywhere(places: Places) -> Found:
    return _unbeaten({place["title"]: winners(place) for place in places.values()})


def _contests(places: Places) -> Found:
    return _unbeaten(
        {
            f"{place['title']}, “{place['promises'][promise]}”": winners(contest)
            for place in places.values()
            for promise, contest in place["contests"].items()
        }
    )


def _unbeaten(best: Mapping[str, list[str]]) -> Found:
    first = next(iter(best.values()))
    against = [
        f"No other is clearly ahead of {family} play anywhere."
        for family in first
        if all(family in ways for ways in best.values())
    ]
    seen = [f"{where}: {', '.join(ways)}." for where, ways in best.items()]
    return against, seen


def _best_share(place: Mapping[str, Any]) -> tuple[str, float]:
    """The best that is not one move alone, every move at hand: its name and share of promises."""
    options = {f"“{name}”": row["share"][0] for name, row in place["at_hand"].items()}
    # families were dealt cards; what they reach so they reach with every move at hand
    options |= {f"{name} play": row["share"][0] for name, row in place["families"].items()}
    best = max(options, key=lambda name: options[name])
    return best, options[best]


def _one_move(places: Places) -> Found:
    against: list[str] = []
    seen: list[str] = []
    for place in places.values():
        best, most = _best_share(place)
        move, row = max(place["repeated"].items(), key=lambda pair: pair[1]["share"][0])
        words = (
            f"{place['title']}: {name_of(move)} alone keeps {row['share'][0]:.2f}, "
            f"{best} {most:.2f}."
        )
        (against if row["share"][2] >= most else seen).append(words)
    return against, seen


def _for_promise(place: Mapping[str, Any], k: int, promise: str) -> dict[str, float]:
    """How often a promise is kept by each playbook and family, families played for it alone."""
    kept = {f"“{name}”": row["each"][k] for name, row in place["at_hand"].items()}
    contest = place["contests"][promise]["kept"]
    return kept | {f"{family} play": values[0] for family, values in contest.items()}


def _one_promise(places: Places) -> Found:
    against: list[str] = []
    seen: list[str] = []
    for place in places.values():
        for k, (promise, title) in enumerate(place["promises"].items()):
            alone = {m: row["each"][k] for m, row in place["repeated"].items()}
            move = max(alone, key=lambda m: alone[m])
            rest = _for_promise(place, k, promise)
            best = max(rest, key=lambda name: rest[name])
            words = (
                f"{place['title']}, “{title}”: {name_of(move)} alone in {alone[move]:.2f} of "
                f"plays, {best} in {rest[best]:.2f}."
            )
            orders = place["kind"] == "critical" and catalogue()[move].family in STRUCTURES
            bad = alone[move] >= rest[best] and alone[move] >= 0.5 and not orders
            (against if bad else seen).append(words)
    return against, seen


def _never(places: Places) -> Found:
    against: list[str] = []
    seen: list[str] = []
    for place in places.values():
        for name in NEVER:
            share, gap = place["arms"][name]["share"][0], place["behind"][name][0]
            words = f"{place['title']}: “{name}” keeps {share:.2f}, {gap:+.2f} against good play."
            (seen if clearly(place["behind"][name]) < 0 else against).append(words)
    return against, seen


def good_play(place: Mapping[str, Any]) -> tuple[str, str]:
    """The best family and the best playbook at a place: what good play is taken to be."""
    return place["best_family"], place["best_built_in"]


def _diary(places: Places) -> Found:
    against: list[str] = []
    seen: list[str] = []
    for place in places.values():
        family, built_in = good_play(place)
        for group, name in (("families", family), ("arms", built_in)):
            move, share = next(iter(place["used"][group][name].items()))
            whose = f"{name} play" if group == "families" else f"“{name}”"
            words = f"{place['title']}, {whose}: {name_of(move)} {share:.0%}."
            (against if share > MOST_PLACES else seen).append(words)
    return against, seen


def _dead(places: Places) -> Found:
    """Moves with less than a hundredth of the diary in the best tenth of every family."""
    most = {
        move: max(
            float(place["used"]["families"][family].get(move, 0.0))
            for place in places.values()
            for family in place["families"]
        )
        for move in catalogue()
    }
    against = [
        f"{name_of(m)}: at most {one(share):.1%} of the diary."
        for m, share in most.items()
        if share < 0.01
    ]
    return against, []


def name_of(move: str) -> str:
    """A move as readers know it."""
    return f"“{catalogue()[move].name}”" if move in catalogue() else move
