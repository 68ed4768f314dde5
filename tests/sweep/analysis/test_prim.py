"""PRIM on cases whose box we know."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import binom

from sim.sweep.analysis.prim import FEWEST, Dimension, Limit, Prim


def cube(cases: int, factors: int = 4, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).random((cases, factors))


def prim(x: np.ndarray, interest: np.ndarray) -> Prim:
    return Prim([Dimension(f"x{j}", x[:, j]) for j in range(x.shape[1])], interest)


@pytest.mark.parametrize("cases", [300, 3000])
def test_a_known_box_is_found_with_its_limits_and_nothing_else(cases: int) -> None:
    x = cube(cases)
    found = prim(x, (x[:, 0] < 0.4) & (x[:, 2] > 0.7)).search()
    assert set(found.box.limits) == {"x0", "x2"}
    assert found.box.limits["x0"].high == pytest.approx(0.4, abs=0.05)
    assert found.box.limits["x0"].low == -np.inf
    assert found.box.limits["x2"].low == pytest.approx(0.7, abs=0.05)
    assert found.box.density > 0.95
    assert found.box.coverage > 0.9


def test_noise_blurs_the_box_and_adds_no_factor() -> None:
    x = cube(2000)
    noise = np.random.default_rng(4).random(2000) < 0.05
    found = prim(x, ((x[:, 1] > 0.3) & (x[:, 1] < 0.6)) ^ noise).search()
    assert set(found.box.limits) == {"x1"}
    assert (found.box.limits["x1"].low, found.box.limits["x1"].high) == pytest.approx(
        (0.3, 0.6), abs=0.05
    )


def test_categories_are_peeled_one_at_a_time() -> None:
    x = cube(900)
    kind = np.floor(3 * x[:, 3])
    dimensions = [Dimension("kind", kind, ("tame", "wicked", "critical")), Dimension("x", x[:, 0])]
    found = Prim(dimensions, (kind == 1) & (x[:, 0] < 0.5)).search()
    assert found.box.limits["kind"] == Limit(kept=(1,))
    assert found.box.limits["x"].high == pytest.approx(0.5, abs=0.05)


def test_levels_of_a_grid_are_cut_between_them() -> None:
    level = np.repeat([0.0, 1.0, 2.0, 3.0], 50)
    found = Prim([Dimension("x", level)], level >= 2).search()
    assert found.box.limits == {"x": Limit(low=1.5)}
    assert (found.box.density, found.box.coverage, found.box.mass) == (1.0, 1.0, 0.5)


def test_nothing_stands_out_of_pure_chance() -> None:
    x = cube(600)
    interest = np.random.default_rng(6).random(600) < 0.3
    found = prim(x, interest).search()
    # most limits that peeling chance leaves are explained by chance, and dropped
    assert len(found.box.limits) <= 2
    assert all(p <= 0.05 for p in found.quasi_p.values())


def test_the_way_shrinks_from_everything_and_gets_denser() -> None:
    x = cube(500)
    way = prim(x, (x[:, 0] < 0.4) & (x[:, 2] > 0.7)).search().trajectory
    assert (way[0].cases, way[0].coverage, way[0].mass) == (500, 1.0, 1.0)
    assert all(a.cases > b.cases for a, b in pairwise(way))
    assert way[-1].density > 3 * way[0].density
    assert way[-1].cases >= FEWEST


def test_coverage_density_and_quasi_p_by_hand() -> None:
    x = cube(400)
    interest = (x[:, 0] < 0.5) & (x[:, 1] < 0.5)
    search = prim(x, interest)
    limits = {"x0": Limit(high=0.5), "x1": Limit(high=0.6)}
    box = search.box(limits)
    inside = (x[:, 0] < 0.5) & (x[:, 1] < 0.6)
    assert box.cases == inside.sum()
    assert box.density == interest[inside].mean()
    assert box.coverage == interest[inside].sum() / interest.sum()
    without = interest[x[:, 1] < 0.6].mean()
    expected = 1 - binom.cdf(interest[inside].sum() - 1, inside.sum(), without)
    assert search.quasi_p(box)["x0"] == pytest.approx(expected)


def test_a_second_box_is_looked_for_among_the_rest() -> None:
    x = cube(3000)
    interest = (x[:, 0] < 0.2) | (x[:, 3] > 0.85)
    first, second, *_others = prim(x, interest).cover()
    assert set(first.box.limits) | set(second.box.limits) == {"x0", "x3"}
    assert first.box.coverage + second.box.coverage == pytest.approx(1.0, abs=0.1)


def test_pasting_gives_back_what_was_peeled_in_vain() -> None:
    x = cube(1000)
    search = prim(x, x[:, 0] < 0.4)
    tight = search.box({"x0": Limit(high=0.3), "x1": Limit(low=0.2)})
    pasted = search.paste(tight)
    assert pasted.density == 1.0
    assert pasted.cases > 1.4 * tight.cases
