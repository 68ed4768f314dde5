"""More of what helps never makes it worse: where the equations promise it, everywhere."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verification.lives import born, events_of, lived
from verification.places import Data, place_files, read, table
from verification.test_random_places import FEW

from sim.fields import (
    AVOIDANCE,
    CANDOUR,
    COMMITMENT,
    CREDIBILITY,
    FACILITATOR,
    GOVERNANCE,
    HISTORY,
    M_ADMISSIONS,
    MONTH,
    POWER,
    SAFETY,
    SLACK,
    TENSION,
    TRUST,
    UNDERSTANDING,
    WARMTH,
)
from sim.locality import Locality
from sim.moves import Move, orders_from
from sim.rules.candour import GATHERED, goes_well, raise_it, readiness
from sim.rules.eruptions import eruptions
from sim.rules.events import V_ERUPTED
from sim.rules.joint import joint_target
from sim.rules.ledger import C_MOVE, bad_event, good_event
from sim.rules.outcomes import residents
from sim.rules.replies import COMES, will_come
from sim.state import LAG_JOINT

A, B = 0, 1
LEVELS = np.linspace(0.0, 1.0, 6)
seeds = st.integers(0, 2**32)
Raise = Callable[[Locality, float], None]


def partner_level(field: int, *rows: int) -> Raise:
    def to(where: Locality, level: float) -> None:
        where.state.partner[field, list(rows)] = level

    return to


def pair_level(field: int, scale: float = 1.0) -> Raise:
    def to(where: Locality, level: float) -> None:
        where.state.pair[field, [A, B], [B, A]] = scale * level

    return to


def place_level(field: int) -> Raise:
    def to(where: Locality, level: float) -> None:
        where.state.place[field] = level

    return to


def along(where: Locality, to: Raise, value: Callable[[Locality], float]) -> list[float]:
    """``value`` as one level goes from nothing to all, everything else as it is."""
    memo = where.memo()
    values = []
    for level in LEVELS:
        to(where, float(level))
        values.append(value(where))
    where.restore(memo)
    return values


def well(where: Locality) -> float:
    return float(goes_well(where.theta, where.arrays.state, A, B, 0.3))


def says(where: Locality) -> float:
    return float(readiness(where.theta, where.arrays.state, A, B, 0.0))


def together(where: Locality) -> float:
    return float(joint_target(where.theta, where.arrays.state, A, B))


def comes(where: Locality) -> float:
    """A chance of coming with B, when both are asked to coffee."""
    orders = orders_from(
        [Move("coffee", where.names.partners[:2])], where.names, where.world, where.state
    )
    return float(will_come(where.arrays.world, where.theta, where.arrays.state, orders, 0, A))


HELPS = {
    "safety, for candour": (well, partner_level(SAFETY, A, B)),
    "trust, for candour": (well, pair_level(TRUST)),
    "understanding, for candour": (well, pair_level(UNDERSTANDING)),
    "a space made, for candour": (well, pair_level(CANDOUR)),
    "an outsider, for candour": (well, place_level(FACILITATOR)),
    "safety, for raising": (says, partner_level(SAFETY, A)),
    "trust, for raising": (says, pair_level(TRUST)),
    "trust, for joint working": (together, pair_level(TRUST)),
    "energy, for joint working": (together, partner_level(COMMITMENT, A, B)),
    "understanding, for joint working": (together, pair_level(UNDERSTANDING)),
    "governance, for joint working": (together, place_level(GOVERNANCE)),
    "credibility, for coming": (comes, partner_level(CREDIBILITY, A)),
    "trust, for coming": (comes, pair_level(TRUST)),
    "slack, for coming": (comes, partner_level(SLACK, A)),
    "a pleasant meeting, for coming": (comes, partner_level(WARMTH, A)),
}
HINDERS = {
    "tension, for candour": (well, pair_level(TENSION, 1.5)),
    "avoidance, for raising": (says, partner_level(AVOIDANCE, A)),
    "power, for coming": (comes, partner_level(POWER, A)),
}


@settings(FEW, max_examples=6)
@given(place_files(), seeds)
def test_what_helps_helps_and_what_hinders_hinders_in_any_place(data: Data, seed: int) -> None:
    where = born(seed, read(data))
    for _ in lived(where, 4, seed):
        pass
    for way, table_ in ((1.0, HELPS), (-1.0, HINDERS)):
        for name, (value, to) in table_.items():
            values = way * np.array(along(where, to, value))
            assert (np.diff(values) >= 0.0).all(), f"{name}: {values}"
            assert ((way * values >= 0.0) & (way * values <= 1.0)).all()


@pytest.mark.parametrize("name", [*HELPS, *HINDERS])
def test_each_makes_some_difference_somewhere(name: str) -> None:
    """Else it would help nobody, and hinder nobody, and the above would say nothing."""
    where = born(2, table())
    value, to = (HELPS | HINDERS)[name]
    values = along(where, to, value)
    assert max(values) - min(values) > 0.005


def test_with_the_same_luck_what_went_well_goes_well_with_more_safety() -> None:
    """Not the chance alone: no single conversation is spoilt by its being safer."""
    went = {0: 0, 1: 0}
    for luck in range(4):
        where = born(luck, table())
        memo = where.memo()
        for u in (0.1, 0.3, 0.5, 0.7, 0.9):
            outcomes = []
            for safety in LEVELS:
                where.restore(memo)
                where.state.partner[SAFETY, :] = safety
                _w, s, led, ev, _orders = where.arrays
                gathered = np.zeros((GATHERED, 5))
                outcomes.append(raise_it(where.theta, s, led, ev, gathered, 0, 0.0, u))
            assert outcomes == sorted(outcomes)
            went[outcomes[0]] += 1
            went[outcomes[-1]] += 1
    assert min(went.values()) > 0


def test_with_the_same_luck_who_comes_comes_with_more_slack() -> None:
    came = 0
    for luck in range(6):
        before = np.zeros(5, dtype=bool)
        where = born(luck, table())
        memo = where.memo()
        for slack in LEVELS:
            where.restore(memo)
            where.state.partner[SLACK, :] = slack
            move = Move("governance", form="shared")
            orders = orders_from([move], where.names, where.world, where.state)
            where.play(orders)
            where.ask()
            now = orders.reply[0] == COMES
            assert (now >= before).all()
            before = now
        came += int(before.sum())
    assert 0 < came < 30


def test_with_the_same_luck_a_row_that_came_comes_with_more_tension() -> None:
    rows = []
    for luck in range(20):
        where = born(luck, table())
        memo = where.memo()
        before = -1
        for tension in np.linspace(0.0, 1.5, 6):
            where.restore(memo)
            where.state.pair[TENSION, [A, B], [B, A]] = tension
            where.begin_month()
            w, s, led, ev, _orders = where.arrays
            eruptions(w, where.theta, s, led, ev)
            now = sum({a, b} == {A, B} for _code, a, b, _what in events_of(where, V_ERUPTED))
            assert now >= before, f"luck {luck}"
            before = now
        rows.append(before)
    assert sum(rows) > 0


@settings(FEW, max_examples=8)
@given(place_files(), seeds, st.floats(0.0, 12.0), st.floats(0.0, 12.0))
def test_a_better_turn_never_leaves_less_trust_nor_a_worse_one_more(
    data: Data, seed: int, one: float, other: float
) -> None:
    where = born(seed, read(data))
    less, more = sorted((one, other))
    memo, left = where.memo(), {}
    for event, sign in ((good_event, 1.0), (bad_event, -1.0)):
        for strength in (less, more):
            where.restore(memo)
            _w, s, led, _ev, _orders = where.arrays
            ratio = () if event is good_event else (where.theta.trust_asymmetry,)
            event(where.theta, s, led, A, B, strength, *ratio, C_MOVE, 0, B)
            left[sign, strength] = s.pair[TRUST, A, B]
    before = memo.pair[TRUST, A, B]
    assert before <= left[1.0, less] <= left[1.0, more] <= 1.0
    assert before >= left[-1.0, less] >= left[-1.0, more] >= 0.0


def test_good_history_never_makes_a_breach_worse() -> None:
    where = born(3, table())
    memo, lost = where.memo(), []
    for history in np.linspace(0.0, 10.0, 6):
        where.restore(memo)
        where.state.pair[HISTORY, A, B] = history
        _w, s, led, _ev, _orders = where.arrays
        bad_event(where.theta, s, led, A, B, 2.0, where.theta.trust_asymmetry, C_MOVE, 0, B)
        lost.append(memo.pair[TRUST, A, B] - s.pair[TRUST, A, B])
    assert lost == sorted(lost, reverse=True)
    assert lost[0] > 2.0 * lost[-1] > 0.0


def test_joint_working_that_has_reached_residents_never_adds_admissions() -> None:
    where = born(4, table())
    memo, came = where.memo(), []
    for reached in LEVELS:
        where.restore(memo)
        where.state.lagged[LAG_JOINT] = reached
        where.state.place[MONTH] = 30
        w, s, led, _ev, _orders = where.arrays
        residents(w, where.theta, s, led)
        came.append(s.measure[M_ADMISSIONS])
    assert came == sorted(came, reverse=True)
    # at most half as much the wrong way, and all of it the right way
    largest = 1.5 * where.theta.max_admission_effect
    assert came[0] > came[-1] > (1.0 - largest) * came[0]
