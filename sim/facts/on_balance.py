"""Fact 14: no family, strategy or single move wins everywhere."""

from __future__ import annotations

from collections import Counter
from typing import Final

from sim.effects import catalogue
from sim.facts.estimates import exactly
from sim.facts.fact import Band, Check
from sim.facts.lab import Lab
from sim.facts.on_residents import BUILT_IN
from sim.fields import M_DELAYS
from sim.playbooks import FAMILIES_OF_PLAY, NoSuchStrategy, PlaybookError
from sim.words import _

PLACES: Final = (
    "first-steps", "dancing-around-the-table", "winter-crisis", "lead-agency", "nothing-works",
)  # fmt: skip
OUTCOMES: Final = ("promises kept", "delayed transfers in the first year", "delays at the end")


def nobody_wins_everywhere(lab: Lab) -> list[Check]:
    """Five places, three outcomes each: how many of the fifteen the most successful one wins.

    A family is represented by its best draw, chosen on other lucks.
    """
    drawn = 16 if lab.seeds >= 150 else 6
    names = {
        _("strategies"): {name: name for name in (*BUILT_IN, "do-nothing")},
        _("single moves"): {move: f"repeat:{move}" for move in catalogue()},
    }
    checks = []
    for what, entries in names.items():
        checks.append(_check(lab, what, [_winners(lab, place, entries) for place in PLACES]))
    found = [
        [_best_family(lab, place, outcome, drawn) for outcome in range(len(OUTCOMES))]
        for place in PLACES
    ]
    checks.append(_check(lab, _("families"), found))
    return checks


def _best_family(lab: Lab, place: str, outcome: int, drawn: int) -> str:
    """The family whose best draw for an outcome, found on other lucks, does best at it."""
    scores: dict[str, float] = {}
    for family in FAMILIES_OF_PLAY:
        chosen_on = {
            name: _score(lab, name, place, True)[outcome]
            for name in (f"family:{family}#{k}" for k in range(1, drawn + 1))
        }
        scores[family] = _score(lab, _least(chosen_on), place, False)[outcome]
    return _least(scores)


def _least(scores: dict[str, float]) -> str:
    return min(scores, key=lambda name: (scores[name], name))


def _check(lab: Lab, what: str, winners: list[list[str]]) -> Check:
    counts = Counter(name for place in winners for name in place)
    name, most = counts.most_common(1)[0]
    of = len(PLACES) * len(OUTCOMES)
    return Check(
        _("{what}: columns of {of} won by {name}").format(what=what, of=of, name=name),
        Band(high=of - 1.0), exactly(most),
    )  # fmt: skip


def _winners(lab: Lab, place: str, entries: dict[str, str]) -> list[str]:
    scores: dict[str, tuple[float, ...]] = {}
    for name, strategy in entries.items():
        try:
            scores[name] = _score(lab, strategy, place, False)
        except (NoSuchStrategy, PlaybookError):  # a move that this place does not have
            continue
    return [
        _least({name: score[k] for name, score in scores.items()}) for k in range(len(OUTCOMES))
    ]


def _score(lab: Lab, strategy: str, place: str, others: bool) -> tuple[float, ...]:
    """Promises broken, and delays soon and late: the less the better."""
    seeds = max(20, lab.seeds // 4) if others else None
    arm = lab.arm(strategy, place, others=others, seeds=seeds)
    end = arm.place.months
    return (
        -float(arm.outcome.kept.mean()),
        float(arm.over(M_DELAYS, 1, min(12, end)).mean()),
        float(arm.over(M_DELAYS, max(1, end - 5), end).mean()),
    )
