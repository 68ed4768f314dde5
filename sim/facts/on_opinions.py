"""Fact 12: what a hundred partners come to think, when only near positions are heard."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.facts.estimates import share
from sim.facts.fact import Band, Check
from sim.facts.lab import Lab
from sim.facts.made_up import crowd
from sim.fields import POS_FIRST, POS_NOW
from sim.state import State, view
from sim.words import _

PARTNERS: Final = 100
MONTHS: Final = 60
APART: Final = 0.05
"""Positions further apart than this, with nobody between, are two opinions."""
ALONE: Final = 0.05
"""An opinion that fewer than this share hold is an outlier, not a camp."""


def fragments(lab: Lab) -> list[Check]:
    """One axis, no weights by trust, no pull of need or of old positions; uniform start."""
    seeds = max(10, lab.seeds // 5)
    checks = []
    for openness, name, wanted in (
        (0.15, _("runs in several camps at an openness of .15"), False),
        (0.32, _("runs in one camp at an openness of .32"), True),
    ):
        camps = np.array(_camps(lab, openness, seeds))
        happened = camps == 1 if wanted else camps > 1
        checks.append(Check(name, Band(low=75.0), share(happened), "%"))
    return checks


def _camps(lab: Lab, openness: float, seeds: int) -> list[int]:
    place = lab.place(crowd(PARTNERS), shocks="off")
    pure = {
        "openness": openness,
        "stubbornness": 0.0,
        "position_rate": 1.0,
        "need_pull": 0.0,
        "trust_weights": 0.0,
    }

    def spread(s: State, run: int) -> None:
        positions = np.random.default_rng(run).uniform(size=PARTNERS)
        for when in (POS_NOW, POS_FIRST):
            s.position[when, :, 0] = positions

    first = lab.states(place, "do-nothing", 0, touched=spread, seeds=seeds, parameters=pure)
    last = lab.states(place, "do-nothing", MONTHS, since=first, seeds=seeds, parameters=pure)
    return [_count(view(block, place.names.shape).position[POS_NOW, :, 0]) for block in last]


def _count(positions: np.ndarray) -> int:
    """Camps: runs of positions without a gap, held by more than an outlier or two."""
    there = np.sort(positions)
    edges = np.flatnonzero(np.diff(there) > APART) + 1
    sizes = [len(camp) for camp in np.split(there, edges)]
    return sum(size > ALONE * len(there) for size in sizes)
