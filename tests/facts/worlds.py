"""Runs for the facts: one locality under one luck, and what is read off it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from sim.fields import AVOIDANCE, DEPENDENCE, M_ADMISSIONS, RAISED_BADLY, TENSION, TRUST
from sim.locality import Locality
from sim.rules.events import V_ERUPTED
from sim.rules.ledger import C_ERUPTION, bad_event
from sim.scenario import Scenario, load_scenario

Touch = Callable[[Locality], None]


@cache
def scenario() -> Scenario:
    return load_scenario("dancing-around-the-table")


@dataclass
class Lived:
    """One run: ``measure[name][month]``, eruptions as (month, the tension that came out)."""

    locality: Locality
    eruptions: list[tuple[int, float]] = field(default_factory=list)
    raised_badly: list[float] = field(default_factory=list)

    def series(self, row: int) -> np.ndarray:
        return np.array(self.locality.state.history[row, : self.locality.month + 1])


def live(
    luck: int,
    months: int,
    *,
    touch: Touch | None = None,
    before_month: dict[int, Touch] | None = None,
    turn: Touch | None = None,
    parameters: dict[str, float] | None = None,
    theories: tuple[str, ...] = (),
) -> Lived:
    """Live ``months``; ``touch`` changes the start, ``turn`` plays each turn once it is open."""
    place = Locality(scenario(), luck=luck, ledger=False, parameters=parameters, theories=theories)
    place.datacollector.collect = lambda _model: None
    if touch:
        touch(place)
    run = Lived(place)
    for month in range(1, months + 1):
        if turn and month in place.turns_at:
            place.open_turn()
            turn(place)
        if before_month and month in before_month:
            before_month[month](place)
        before = place.state.pair[TENSION].copy()
        place.step()
        run.eruptions += [
            (month, float(before[int(row[1]), int(row[2])]))
            for row in place.rows_of_events
            if int(row[0]) == V_ERUPTED
        ]
        run.raised_badly.append(float(place.state.place[RAISED_BADLY]))
    return run


def everyone_avoids(level: float) -> Touch:
    def touch(place: Locality) -> None:
        place.state.partner[AVOIDANCE, :] = level

    return touch


def breach_between_dependent(place: Locality) -> None:
    """One and the same bad turn between every two who need each other."""
    n = len(place.names.partners)
    for a in range(n):
        for b in range(n):
            if place.state.pair[DEPENDENCE, a, b] > 0.0:
                bad_event(
                    place.theta, place.state, place.ledger, a, b, 2.0,
                    place.theta.trust_asymmetry, C_ERUPTION, -1, b,
                )  # fmt: skip


def mean_trust(place: Locality) -> float:
    wanted = place.state.pair[DEPENDENCE] > 0.0
    return float(place.state.pair[TRUST][wanted].mean())


def admissions_growth(run: Lived) -> float:
    """Rise of admissions over five years, per cent: the year round month 60 against the start.

    A whole year, so that seasons average out; the starting value is a year's mean.
    """
    year = run.series(M_ADMISSIONS)[55:67].mean()
    return float(100.0 * (year / run.locality.world.base[M_ADMISSIONS] - 1.0))


def interval(values: list[float]) -> tuple[float, float]:
    """95% interval of a mean, normal approximation."""
    x = np.array(values)
    half = 1.96 * x.std(ddof=1) / np.sqrt(len(x))
    return float(x.mean() - half), float(x.mean() + half)
