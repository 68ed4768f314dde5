"""Fact 14: no family, strategy or single move wins everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from sim.effects import catalogue
from sim.facts.estimates import exactly, mean
from sim.facts.fact import Band, Check
from sim.facts.lab import Floats, Lab
from sim.facts.on_residents import BUILT_IN
from sim.fields import M_DELAYS
from sim.playbooks import FAMILIES_OF_PLAY, NoSuchStrategy, PlaybookError
from sim.words import _

PLACES: Final = ("dancing-around-the-table", "winter-crisis", "lead-agency", "nothing-works")
OUTCOMES: Final = ("promises kept", "delayed transfers in the first year", "delays at the end")
COLUMNS: Final = len(PLACES) * len(OUTCOMES)


def nobody_wins_everywhere(lab: Lab) -> list[Check]:
    """Four places (the tutorial left out), three outcomes each: in how many one is unbeaten.

    Unbeaten is one that nobody is clearly ahead of: the 95% interval of the paired difference to
    the best one reaches nought.  So several may be unbeaten in a column, and luck beats nobody.
    A family is represented by its best draw for the outcome, chosen on other lucks.
    """
    strategies = {name: name for name in (*BUILT_IN, "do-nothing")}
    moves = {move: f"repeat:{move}" for move in catalogue()}
    columns = [(place, outcome) for place in PLACES for outcome in range(len(OUTCOMES))]
    return [
        _check(_("strategies"), [_unbeaten(_scores(lab, strategies, p)[k]) for p, k in columns]),
        _check(_("single moves"), [_unbeaten(_scores(lab, moves, p)[k]) for p, k in columns]),
        _check(_("families"), [_unbeaten(_families(lab, p, k)) for p, k in columns]),
    ]


def _check(what: str, unbeaten: list[set[str]]) -> Check:
    """The one that is unbeaten in most columns must be beaten in one at least."""
    counts = {name: sum(name in names for names in unbeaten) for name in set().union(*unbeaten)}
    name = min(counts, key=lambda one: (-counts[one], one))
    return Check(
        _("{what}: unbeaten in most of {of} columns is {name}").format(
            what=what, of=COLUMNS, name=name
        ),
        Band(high=COLUMNS - 1.0),
        exactly(counts[name]),
    )


def _unbeaten(scores: Mapping[str, Floats]) -> set[str]:
    """Names that the best is not clearly ahead of; scores [run], the less the better."""
    best = min(scores, key=lambda name: (float(scores[name].mean()), name))
    return {
        name
        for name, score in scores.items()
        if name == best or not mean(score - scores[best]).low > 0.0
    }


def _families(lab: Lab, place: str, outcome: int) -> dict[str, Floats]:
    drawn = 16 if lab.seeds >= 150 else 6
    found = {}
    for family in FAMILIES_OF_PLAY:
        names = {name: name for name in (f"family:{family}#{k}" for k in range(1, drawn + 1))}
        chosen_on = _scores(lab, names, place, others=True)[outcome]
        best = min(chosen_on, key=lambda name: (float(np.mean(chosen_on[name])), name))
        found[family] = _scores(lab, {best: best}, place)[outcome][best]
    return found


def _scores(
    lab: Lab, entries: Mapping[str, str], place: str, *, others: bool = False
) -> tuple[dict[str, Floats], ...]:
    """For each outcome, by name: promises broken, delays soon, delays late [run]."""
    seeds = max(20, lab.seeds // 4) if others else None
    found: tuple[dict[str, Floats], ...] = ({}, {}, {})
    for name, strategy in entries.items():
        try:
            arm = lab.arm(strategy, place, others=others, seeds=seeds)
        except (NoSuchStrategy, PlaybookError):  # a move that this place does not have
            continue
        end = arm.place.months
        found[0][name] = -arm.outcome.kept.mean(axis=1)
        found[1][name] = arm.over(M_DELAYS, 1, 12)
        found[2][name] = arm.over(M_DELAYS, end - 5, end)
    return found
