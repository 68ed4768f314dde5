"""Places made up for verification: as small as one partner, as large as a hundred, or random.

Each is data as in a trainer's file, made a scenario by the same schema; that the loader reads
it too, and says the same, is a test (``test_random_places.py``).  Only :func:`one_partner` is
what no file can say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from random import Random
from typing import Any

from hypothesis import strategies as st

from sim.fields import LEVEL_WORDS, TRUST_WORDS
from sim.scenario import Scenario

Data = dict[str, Any]

SECTORS = ("council", "health", "voluntary", "police", "education", "housing", "business")
TRAITS = ("provider", "commissioner", "home_care", "chief")


def partner(id: str, **more: Any) -> Data:
    """One of them; ``more`` is as in a file."""
    usual = {"sector": "health", "position": [0.2, 0.8], "leader": {"role": "Chief"}}
    return {"id": id, "name": f"The {id}", **usual, **more}


def matter(id: str, a: str, b: str, **more: Any) -> Data:
    """A thing left unsaid between two."""
    words = {"said_instead": "Fine.", "left_unsaid": "Not fine.", "erupts_as": "A letter."}
    return {"id": id, "between": [a, b], "axis": "money", "when_raised": "Said.", **words, **more}


def card(id: str, month: int, *effects: Data, **more: Any) -> Data:
    """A card from outside that comes in a month."""
    return {
        "id": id, "title": id, "when": {"month": month}, "card": "It comes.",
        "effects": list(effects), **more,
    }  # fmt: skip


def move(id: str, target: str, *effects: Data, least: int = 1, most: int = 1, **more: Any) -> Data:
    """A house move."""
    return {
        "id": id, "name": id, "lines": ["It does.", "It may not."], "family": "relating",
        "target": target, "least": least, "most": most, "effects": list(effects), **more,
    }  # fmt: skip


def place_data(
    partners: Sequence[Data], ties: Sequence[Data] = (), unsaid: Sequence[Data] = (), *,
    injects: Sequence[Data] = (), house: Sequence[Data] = (), turns: Sequence[int] = (3,) * 8,
    **place: Any,
) -> Data:  # fmt: skip
    """A whole file; ``place`` are keys of its part "place"."""
    return {
        "scenario": {
            "id": "made-up", "title": "Made up", "place": "Nowhere", "summary": "Made up.",
            "authors": ["Nobody"], "year": 2015, "minutes": 60, "players": "3",
        },
        "story": {
            "briefing": [{"title": "It", "text": "It is made up."}], "portrait": "a square",
            "resident": {
                "name": "Ms Adeyemi", "who": "80, a retired nurse",
                "months": {"good": "Good.", "middling": "So-so.", "bad": "Bad."},
            },
            "promises": [
                {"id": "one", "title": "No row", "when": "eruptions == 0"},
                {"id": "two", "title": "Trust", "when": "mean_trust >= civil"},
                {"id": "three", "title": "Together", "when": "integration > 0.3"},
            ],
            "endings": [
                {"id": "taken", "title": "Taken", "when": "taken_over > 0", "text": "Taken."},
                {"id": "row", "title": "Row", "when": "eruptions > 2", "text": "Rows."},
                {"id": "good", "title": "Good", "when": "mean_trust > 0.6", "text": "Good."},
                {"id": "still", "title": "Still", "when": "true", "text": "Still."},
            ],
        },
        "time": {
            "start_month": 4, "start_year": 2015, "turns": list(turns),
            "acts": [{"title": "All of it", "from_turn": 1}],
        },
        "place": {
            "population": 200000,
            "axes": [
                {"id": "money", "low": "mine", "high": "ours"},
                {"id": "where", "low": "home", "high": "bed"},
            ],
            "need": [0.7, 0.2],
            **place,
        },
        "partners": list(partners), "ties": list(ties), "unsaid": list(unsaid),
        "moves": {"house": list(house)}, "injects": list(injects),
    }  # fmt: skip


def read(data: Data) -> Scenario:
    """The scenario that a file with these data is."""
    return Scenario.model_validate(data)


# --- the ends of what there can be ------------------------------------------------------------


def table(count: int = 5, *, tied: bool = True, **place: Any) -> Scenario:
    """So many at one table, far apart on money; each depends on the next, and leaves it unsaid."""
    ids = [f"partner-{k}" for k in range(count)]
    people = [
        partner(
            id, position=[0.1 + 0.8 * (k % 2), 0.5], payer=k < 2, hospital=k == 0,
            sector="council" if k == 1 else "health",
        )
        for k, id in enumerate(ids)
    ]  # fmt: skip
    pairs = list(pairwise(ids)) if tied else []
    ties = [{"from": a, "to": b, "trust": "civil", "dependence": 0.8} for a, b in pairs]
    unsaid = [matter(f"between-{a}", a, b, weight="high") for a, b in pairs[:16]]
    return read(place_data(people, ties, unsaid, **place))


def one_partner() -> Scenario:
    """A table of one: a file may not say it, but the arrays can hold it."""
    whole = table(3, tied=False)
    return whole.model_copy(update={"partners": whole.partners[:1]})


def hundred(**place: Any) -> Scenario:
    """A hundred partners; each depends on two or three others, five have a matter with words."""
    ids = [f"partner-{k}" for k in range(100)]
    people = [
        partner(
            id, position=[(37 * k % 100) / 100, (61 * k % 100) / 100], payer=k % 7 == 0,
            provider=k % 3 == 0, hospital=k == 0, sector=SECTORS[k % len(SECTORS)],
        )
        for k, id in enumerate(ids)
    ]  # fmt: skip
    near = [(ids[k], ids[(k + 1) % 100]) for k in range(100)]
    far = [(ids[k], ids[(k + 37) % 100]) for k in range(0, 100, 4)]
    ties = [{"from": a, "to": b, "dependence": 0.6} for a, b in (*near, *far)]
    unsaid = [matter(f"matter-{k}", *near[20 * k]) for k in range(5)]
    return read(place_data(people, ties, unsaid, transformation_fund=900, **place))


# --- random ones ------------------------------------------------------------------------------

EFFECTS_AND_SIZES = (
    ("safety", -1.0, 1.0), ("slack", -1.0, 1.0), ("commitment", -1.0, 1.0), ("crisis", 0.0, 1.0),
    ("deficit", -40.0, 40.0), ("good_turn", 0.0, 5.0), ("breach", 0.0, 5.0), ("meet", -1.0, 1.0),
    ("backing", -1.0, 1.0), ("home_care", -1.0, 1.0), ("mandate", 0.0, 1.0), ("fund", -50.0, 50.0),
    ("tension", -1.0, 1.0), ("dispute", -6.0, 6.0), ("money", -200.0, 200.0), ("fund_open", 1, 1),
    ("budget", -1.0, 1.0), ("reset_ties", 0.0, 1.0), ("governance", -1.0, 1.0),
    ("start_project", 0.0, 1.0), ("raise_matter", 0.0, 1.0), ("join_table", 1, 1),
)  # fmt: skip


@st.composite
def place_files(draw: st.DrawFn, most: int = 14) -> Data:
    """A valid file of 3 to ``most`` partners with ties, matters, cards and house moves.

    Its sizes are drawn one by one, the rest follows from one number: what fails is made
    small by its sizes.
    """
    return place_file(
        partners=draw(st.integers(3, most)),
        ties=draw(st.floats(0.0, 1.0, width=16)),
        matters=draw(st.integers(0, 12)),
        cards=draw(st.integers(0, 4)),
        moves=draw(st.integers(0, 2)),
        seed=draw(st.integers(0, 999)),
    )


def place_file(
    *, partners: int, ties: float, matters: int, cards: int, moves: int, seed: int
) -> Data:
    """A file of these sizes; ``ties`` is the share of pairs that have one."""
    dice = Random(seed)
    ids = [f"{dice.choice('abcdefgh')}-{dice.randrange(100)}-{k}" for k in range(partners)]
    people = [_partner(dice, id, k) for k, id in enumerate(ids)]
    pairs = [pair for pair in combinations(ids, 2) if dice.random() < ties]
    tied = [
        {"from": a, "to": b}
        | _some(dice, trust=_trust, back=_trust, dependence=_level, contact=_level,
                understanding=_level)
        for a, b in pairs
    ]  # fmt: skip
    # three between two at most: what two begin with is then less than they can hold
    between = 3 * (pairs or list(combinations(ids, 2)))
    unsaid = [
        matter(
            f"matter-{k}", a, b, axis=dice.choice(("money", "where")), **_some(dice, weight=_level)
        )
        for k, (a, b) in enumerate(dice.sample(between, min(matters, len(between))))
    ]
    whom = [ids[:2], ids[1:3], "at_table", "all", "payers", "providers"]
    return place_data(
        people, tied, unsaid,
        injects=[card(f"card-{k}", dice.randint(1, 18), _row(dice, whom)) for k in range(cards)],
        house=[
            move(f"house-{k}", "pair", _row(dice, ["targets", "all"]), least=2, most=2)
            for k in range(moves)
        ],
        turns=dice.choice(((3,) * 8, (1, 2, 3, 6, 6), (6, 6, 12), (12, 12))),
        kind=dice.choice(("tame", "wicked", "critical")),
        transformation_fund=dice.choice((0, 200, 1500)),
        **_some(dice, backing=_level, narrative=_level, home_care=lambda d: d.uniform(0.5, 1.5)),
    )  # fmt: skip


def _level(dice: Random) -> Any:
    return dice.choice((*LEVEL_WORDS, 0, 1, dice.random(), dice.random()))


def _trust(dice: Random) -> Any:
    return dice.choice((*TRUST_WORDS, 0, 1, dice.random(), dice.random()))


def _some(dice: Random, **fields: Callable[[Random], Any]) -> Data:
    """Each field or, as often, nothing: a file need not mention it."""
    return {name: value(dice) for name, value in fields.items() if dice.random() < 0.5}


def _partner(dice: Random, id: str, k: int) -> Data:
    return partner(
        id, sector=dice.choice(SECTORS), position=[_level(dice), _level(dice)],
        at_table=k < 2 or dice.random() < 0.8,  # a table needs two
        leader={"role": "Chief", "months": dice.randrange(90)},
        # the first pays and saves, lest there be nobody who does
        payer=k == 0 or dice.random() < 0.3, hospital=k == 0 or dice.random() < 0.1,
        **{trait: True for trait in TRAITS if dice.random() < 0.3},
        **_some(
            dice, power=_level, avoidance=_level, safety=_level, commitment=_level,
            capability=_level, slack=_level, contact=_level, credibility=_level,
            budget=lambda d: d.choice((0, 5, 60, 500)),
        ),
    )  # fmt: skip


def _row(dice: Random, whom: Sequence[Any]) -> Data:
    effect, low, high = dice.choice(EFFECTS_AND_SIZES)
    more = _some(
        dice, chance=lambda d: d.random(), delay=lambda d: d.randint(0, 4),
        months=lambda d: d.randint(1, 4),
    )  # fmt: skip
    kind = {"kind": "small_experiment"} if effect == "start_project" else {}
    return {
        "effect": effect, "who": dice.choice(whom), "size": dice.uniform(low, high), **kind, **more
    }  # fmt: skip
