"""Every parameter at the ends of its range, every rival theory at once: nothing leaves its bounds.

Which of the ends by the toss of a coin is in ``tests/model/test_invariants.py``.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from model.plays import DANCING
from model.test_invariants import check_bounds, check_symmetry
from verification.lives import born, live_month, lived
from verification.places import table

from sim.fields import ERUPTIONS, MONTH
from sim.initial import start
from sim.locality import Locality
from sim.parameters import PARAMETERS, Parameter, theta
from sim.world import W_TREND

THEORIES = tuple(p.name for p in PARAMETERS.values() if p.group == "theory")


def stays_in_bounds(months: int, seed: int, **settings: object) -> Locality:
    where = born(seed, DANCING, **settings)
    for _ in lived(where, months, seed):
        check_bounds(where.state)
    check_symmetry(where.state)
    return where


def born_again(where: Locality, luck: int, **parameters: float) -> None:
    """The same place at its first month, with another luck and other parameters."""
    where.theta = theta(parameters)
    where.names = replace(where.names, theta=where.theta)
    where.world.setting[W_TREND] = where.theta.admission_trend_per_year
    where.set_luck(0, luck)
    where.restore(start(where.scenario, where.world, where.names))


@pytest.mark.parametrize("end", ["low", "high"])
def test_each_parameter_alone_at_its_end_leaves_everything_in_bounds(end: str) -> None:
    where = born(1, table(3, transformation_fund=2000), ledger=False)
    for seed, parameter in enumerate(PARAMETERS.values()):
        born_again(where, seed, **{parameter.name: getattr(parameter, end)})
        for _ in lived(where, 4, seed):
            check_bounds(where.state)
        check_symmetry(where.state)


def test_a_place_born_again_is_as_if_it_were_the_first_time() -> None:
    where = born(1, table(3), ledger=False)
    for _ in lived(where, 5, 1):
        pass
    born_again(where, 9, severity=0.2, admission_trend_per_year=0.0)
    first = born(9, table(3), parameters={"severity": 0.2, "admission_trend_per_year": 0.0})
    for here, there in zip(lived(where, 5, 9), lived(first, 5, 9), strict=True):
        assert here.state_bytes() == there.state_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("parameter", PARAMETERS.values(), ids=lambda p: p.name)
def test_each_parameter_alone_at_its_end_for_years(parameter: Parameter, end: str) -> None:
    ends = {parameter.name: getattr(parameter, end)}
    stays_in_bounds(48, 7, parameters=ends, ledger=False)


@pytest.mark.parametrize("end", ["low", "high"])
def test_all_parameters_at_one_end_at_once(end: str) -> None:
    ends = {p.name: getattr(p, end) for p in PARAMETERS.values()}
    stays_in_bounds(48, 3, parameters=ends)


def test_all_rival_theories_at_once_still_make_a_place_and_a_quiet_one() -> None:
    """Among them: what is left unsaid fades, so there is no row, and nothing to be learned of."""
    where = born(4, DANCING, theories=THEORIES)
    for _ in lived(where, 48, 4):
        check_bounds(where.state)
        check_symmetry(where.state)
    assert where.state.place[ERUPTIONS] == 0
    assert where.state.place[MONTH] == 48


def test_an_extreme_place_lives_the_same_life_twice() -> None:
    ends = {p.name: p.high for p in PARAMETERS.values()}
    here, there = born(6, DANCING, parameters=ends), born(6, DANCING, parameters=ends)
    for _ in range(12):
        live_month(here, 6)
        live_month(there, 6)
        assert here.state_bytes() == there.state_bytes()
