"""What holds after every month of every play, however it was played."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from model.plays import is_turn, locality, open_turn, play_month, run_month

from sim.fields import (
    BENEFIT_SHARE,
    COMMITMENT,
    COST_SHARE,
    DORMANT,
    FIRST,
    JOINT,
    MATTER_FIELDS,
    MEASURES,
    PAIR_FIELDS,
    PARTNER_FIELDS,
    PLACE_FIELDS,
    SECOND,
    STATUS,
    TENSION,
    TRUST,
    WEIGHT,
)
from sim.locality import Locality
from sim.parameters import PARAMETERS
from sim.rules.ledger import G_PAIR, G_PARTNER
from sim.state import State, block_of, state_bytes, state_from_bytes

SEEDS = range(8)
MONTHS = 42

PARTNER_BOUNDS = {
    **dict.fromkeys(PARTNER_FIELDS, (0.0, np.inf)),
    **dict.fromkeys(
        (
            "avoidance", "safety", "commitment", "capability", "slack", "slack_anchor", "power",
            "at_table", "handover", "contact", "credibility", "obeyed", "cost_share",
            "benefit_share",
        ),
        (0.0, 1.0),
    ),
    "warmth": (0.0, 0.3),
}  # fmt: skip
PAIR_BOUNDS = {
    **dict.fromkeys(PAIR_FIELDS, (0.0, 1.0)),
    "tension": (0.0, 1.5),
    "history": (0.0, 10.0),
    "dispute": (0.0, 60.0),
    "dancing": (0.0, 4.0),
    "cleared": (0.0, 60.0),
}
PLACE_BOUNDS = {
    **dict.fromkeys(PLACE_FIELDS, (0.0, np.inf)),
    **dict.fromkeys(
        (
            "narrative", "governance", "backing", "facilitator", "dependency", "mandate",
            "shared_framing", "gain_share", "promised", "crisis", "fund_open", "joint_start",
            "ended",
        ),
        (0.0, 1.0),
    ),
    "home_care": (0.2, 2.0),
    "demand": (0.2, 3.0),
}  # fmt: skip
MEASURE_BOUNDS = {
    **dict.fromkeys(MEASURES, (0.0, np.inf)),
    **dict.fromkeys(("staff_joint_working", "reablement_at_home", "resident_experience"), (0, 100)),
    **dict.fromkeys(
        ("trust", "understanding", "integration", "unmet_need", "who_pays", "who_saves"), (0, 1)
    ),
    "tension": (0.0, 1.5),
}
SYMMETRIC = (
    "tension", "understanding", "meeting", "dispute", "joint", "joint_floor", "dependence",
    "cleared", "dancing", "candour",
)  # fmt: skip


def check_bounds(state: State) -> None:
    assert np.isfinite(block_of(state)).all()
    for table, bounds, array in (
        (PARTNER_FIELDS, PARTNER_BOUNDS, state.partner),
        (PAIR_FIELDS, PAIR_BOUNDS, state.pair),
        (PLACE_FIELDS, PLACE_BOUNDS, state.place),
        (MEASURES, MEASURE_BOUNDS, state.measure),
    ):
        for row, name in enumerate(table):
            low, high = bounds[name]
            values = array[row]
            assert low <= values.min(), f"{name} is {values.min()}"
            assert values.max() <= high, f"{name} is {values.max()}"
    assert ((state.position >= 0.0) & (state.position <= 1.0)).all()
    weight = state.matter[MATTER_FIELDS.index("weight")]
    assert ((weight >= 0.0) & (weight <= 1.5)).all()


def check_symmetry(state: State) -> None:
    for name in SYMMETRIC:
        field = state.pair[PAIR_FIELDS.index(name)]
        assert np.array_equal(field, field.T), f"{name} differs by direction"
    assert (np.diagonal(state.pair[TRUST]) == 1.0).all()
    assert (np.diagonal(state.pair[JOINT]) == 0.0).all()


def check_sums(state: State) -> None:
    """Tension is the sum of a pair's matters; shares of cost and of benefit sum to 1."""
    for a in range(state.pair.shape[1]):
        for b in range(state.pair.shape[1]):
            between = [
                state.matter[WEIGHT, m]
                for m in range(state.matter.shape[1])
                if {state.matter[FIRST, m], state.matter[SECOND, m]} == {a, b}
                and state.matter[STATUS, m] > DORMANT
            ]
            assert state.pair[TENSION, a, b] == pytest.approx(min(1.5, sum(between)), abs=1e-9)
    for field in (COST_SHARE, BENEFIT_SHARE):
        assert state.partner[field].sum() == pytest.approx(1.0)


@pytest.mark.parametrize("seed", SEEDS)
def test_bounds_symmetry_and_sums_after_every_month(seed: int) -> None:
    where = locality(seed, ledger=seed % 2 == 0)
    for _ in range(MONTHS):
        play_month(where, seed)
        check_bounds(where.state)
        check_symmetry(where.state)
        check_sums(where.state)


@pytest.mark.parametrize("seed", [101, 102])
def test_bounds_hold_at_the_ends_of_every_parameter(seed: int) -> None:
    """Each parameter at one end of its range, which end by the toss of a coin."""
    dice = Random(seed)
    ends = {p.name: dice.choice((p.low, p.high)) for p in PARAMETERS.values()}
    where = locality(seed, parameters=ends)
    for _ in range(MONTHS):
        play_month(where, seed)
        check_bounds(where.state)
        check_symmetry(where.state)


def test_a_state_copied_goes_on_as_the_one_not_copied() -> None:
    """Another locality takes the months in reverse, each from a copy: nothing is hidden."""
    seed = 31
    where = locality(seed)
    before, after, events = [], [], []
    for _ in range(MONTHS):
        before.append(where.state_bytes())
        play_month(where, seed)
        after.append(where.state_bytes())
        events.append(where.rows_of_events.tobytes())
    other = locality(seed)
    for month in reversed(range(MONTHS)):
        other.set_state(before[month])
        play_month(other, seed)
        assert other.state_bytes() == after[month], f"month {month + 1} differs"
        assert other.rows_of_events.tobytes() == events[month]


def test_a_memo_is_independent_and_restores_to_the_same_future() -> None:
    where = locality(5)
    for _ in range(9):
        play_month(where, 5)
    memo = where.memo()
    kept = state_bytes(memo)
    for _ in range(6):
        play_month(where, 5)
    end = where.state_bytes()
    assert state_bytes(memo) == kept
    assert end != kept
    where.restore(memo)
    assert where.month == 9
    for _ in range(6):
        play_month(where, 5)
    assert where.state_bytes() == end
    assert state_bytes(memo) == kept


def test_a_state_is_its_bytes() -> None:
    where = locality(3)
    for _ in range(7):
        play_month(where, 3)
    data = where.state_bytes()
    again = state_from_bytes(data, where.names.shape)
    for name, left, right in zip(State._fields, where.state, again):
        assert np.array_equal(left, right), name
    assert state_bytes(again) == data
    assert len(data) == 8 * where.names.shape.size()
    with pytest.raises(ValueError, match="expected"):
        state_from_bytes(data[:-8], where.names.shape)


def booked(where: Locality, group: int, field: int) -> dict[tuple[int, int], float]:
    """Sum of the month's ledger for each entry of a field; j is -1 for partners."""
    sums: dict[tuple[int, int], float] = {}
    for row in where.rows_of_ledger:
        if (row[0], row[1]) == (group, field):
            entry = int(row[2]), int(row[3])
            sums[entry] = sums.get(entry, 0.0) + float(row[7])
    return sums


@pytest.mark.parametrize("seed", SEEDS)
def test_the_ledger_sums_to_each_month_and_nothing_overflows(seed: int) -> None:
    where = locality(seed)
    n = len(where.names.partners)
    for _ in range(MONTHS):
        if is_turn(where):
            open_turn(where, seed)
        old = where.memo()
        run_month(where, seed)
        for field in (TRUST, TENSION, JOINT):
            sums = booked(where, G_PAIR, field)
            for i in range(n):
                for j in range(n):
                    change = where.state.pair[field, i, j] - old.pair[field, i, j]
                    assert sums.get((i, j), 0.0) == pytest.approx(change, abs=1e-12, rel=0), (
                        f"{PAIR_FIELDS[field]} of {i}, {j} in month {where.month}"
                    )
        sums = booked(where, G_PARTNER, COMMITMENT)
        for i in range(n):
            change = where.state.partner[COMMITMENT, i] - old.partner[COMMITMENT, i]
            assert sums.get((i, -1), 0.0) == pytest.approx(change, abs=1e-12, rel=0)
        assert where.ledger.count[1] == 0
        assert where.events.count[1] == 0


@pytest.mark.parametrize("seed", [2, 3])
def test_a_run_without_a_ledger_has_the_same_bits(seed: int) -> None:
    with_one, without = locality(seed), locality(seed, ledger=False)
    for _ in range(MONTHS):
        play_month(with_one, seed)
        play_month(without, seed)
        assert with_one.state_bytes() == without.state_bytes()
        assert with_one.rows_of_events.tobytes() == without.rows_of_events.tobytes()
    assert with_one.rows_of_ledger.shape[0] > 0
    assert without.rows_of_ledger.shape[0] == 0
