"""What holds after every month in any place that a file can describe, however it is played."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from model.test_invariants import check_bounds, check_symmetry
from verification.lives import born, events_of, live_month, lived
from verification.places import Data, place_data, place_file, place_files, read

from sim import yamlfile
from sim.fields import (
    BENEFIT_SHARE,
    COST_SHARE,
    DEPENDENCE,
    DORMANT,
    FIRST,
    JOINT,
    JOINT_FLOOR,
    MERGED_WITH,
    SECOND,
    STATUS,
    TENSION,
    WEIGHT,
)
from sim.locality import Locality
from sim.scenario import read_scenario
from sim.state import State

FEW = settings(max_examples=10, deadline=None, derandomize=True)
MANY = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
seeds = st.integers(0, 2**32)


def check_tension(state: State) -> None:
    """What two leave unsaid is the sum of the weights of their matters, and nothing else."""
    summed: Counter[tuple[int, int]] = Counter()
    for m in np.flatnonzero(state.matter[STATUS] > DORMANT):
        a, b = int(state.matter[FIRST, m]), int(state.matter[SECOND, m])
        summed[a, b] += state.matter[WEIGHT, m]
        summed[b, a] += state.matter[WEIGHT, m]
    for (a, b), tension in np.ndenumerate(state.pair[TENSION]):
        assert tension == pytest.approx(summed[a, b], abs=1e-9), (a, b)


def check_joint_working(state: State) -> None:
    """Two work jointly only who need each other or have something embedded; nobody merged does."""
    together = (state.pair[DEPENDENCE] > 0.0) | (state.pair[JOINT_FLOOR] > 0.0)
    assert not state.pair[JOINT][~together].any()
    merged = state.partner[MERGED_WITH] > 0.0
    for field in (JOINT, JOINT_FLOOR, DEPENDENCE):
        assert not state.pair[field][merged].any()


def check_shares(state: State) -> None:
    for field in (COST_SHARE, BENEFIT_SHARE):
        assert state.partner[field].sum() == pytest.approx(1.0, abs=1e-9)


def check_life(data: Data, seed: int, months: int) -> None:
    where = born(seed, read(data))
    check_tension(where.state)
    for _ in lived(where, months, seed):
        check_bounds(where.state)
        check_symmetry(where.state)
        check_tension(where.state)
        check_joint_working(where.state)
        check_shares(where.state)
        assert where.events.count[1] == 0
        assert where.ledger.count[1] == 0


@FEW
@given(place_files(), seeds)
def test_bounds_and_sums_hold_after_every_month(data: Data, seed: int) -> None:
    check_life(data, seed, 18)


@pytest.mark.slow
@MANY
@given(place_files(), seeds)
def test_bounds_and_sums_hold_for_five_years_in_many_places(data: Data, seed: int) -> None:
    check_life(data, seed, 60)


def reach(data: Data, seed: int, months: int) -> None:
    """Around lines 1 and 2, cards included, joint working and measures are bit for bit the same."""
    where = born(seed, read(data))
    kept: list[bytes] = []

    def look(here: Locality) -> None:
        s = here.state
        kept.append(
            b"".join(
                x.tobytes() for x in (s.pair[JOINT], s.pair[JOINT_FLOOR], s.measure, s.history)
            )
        )

    where.insert(1, "look", look)  # before cards and shocks
    where.insert(3, "look", look)  # after moves
    for _ in lived(where, months, seed):
        before, after = kept[-2:]
        assert before == after, f"month {where.month}"


@FEW
@given(place_files(), seeds)
def test_neither_cards_nor_shocks_nor_moves_write_to_joint_working_or_a_measure(
    data: Data, seed: int
) -> None:
    reach(data, seed, 12)


@pytest.mark.slow
@MANY
@given(place_files(), seeds)
def test_nor_do_they_in_many_places(data: Data, seed: int) -> None:
    reach(data, seed, 24)


def same_again(data: Data, seed: int, months: int) -> None:
    scenario = read(data)
    here, there = born(seed, scenario), born(seed, scenario)
    copies = []
    for _ in range(months):
        copies.append(here.state_bytes())
        live_month(here, seed)
        live_month(there, seed)
        assert here.state_bytes() == there.state_bytes()
        assert events_of(here) == events_of(there)
    end = here.state_bytes()
    for month in (0, months // 3, months - 1):
        there.set_state(copies[month])
        while there.month < months:
            live_month(there, seed)
        assert there.state_bytes() == end, f"from month {month}"


@settings(FEW, max_examples=4)
@given(place_files(), seeds)
def test_a_life_is_the_same_again_and_so_is_one_from_a_copy(data: Data, seed: int) -> None:
    same_again(data, seed, 14)


@pytest.mark.slow
@settings(MANY, max_examples=50)
@given(place_files(), seeds)
def test_so_it_is_in_many_places(data: Data, seed: int) -> None:
    same_again(data, seed, 48)


@settings(FEW, max_examples=2)
@given(place_files(most=6))
@example(place_file(partners=3, ties=1.0, matters=0, cards=4, moves=2, seed=5))
def test_the_loader_reads_these_files_and_says_the_same(data: Data) -> None:
    from_file = born(1, read_scenario(yamlfile.written(data)))
    assert from_file.state_bytes() == born(1, read(data)).state_bytes()


def test_a_place_with_nothing_but_its_partners_can_be_lived_in() -> None:
    people = place_file(partners=3, ties=0.0, matters=0, cards=0, moves=0, seed=1)["partners"]
    check_life(place_data(people), 1, 24)
