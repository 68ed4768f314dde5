"""SALib through our hands, on functions whose indices are known on paper."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.sample import morris as sample_morris
from SALib.sample import sobol as sample_sobol

from sim.sweep.analysis import salib

NAMES = ("x1", "x2", "x3")
ISHIGAMI = {"num_vars": 3, "names": list(NAMES), "bounds": [[-np.pi, np.pi]] * 3}
UNIT = {"num_vars": 3, "names": list(NAMES), "bounds": [[0.0, 1.0]] * 3}


def ishigami(x: np.ndarray) -> np.ndarray:
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


@pytest.mark.parametrize("second", [False, True])
def test_ishigami_has_the_indices_it_has_on_paper(second: bool) -> None:
    x = sample_sobol.sample(ISHIGAMI, 1024, calc_second_order=second, seed=1)
    layout = salib.sobol_layout(np.arange(len(x)), x)
    assert layout is not None
    assert (layout.second, len(layout.rows)) == (second, 1024)
    found = salib.sobol(NAMES, layout, ishigami(x))
    assert found is not None
    assert found["S1"] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.04)
    assert found["ST"] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.04)
    assert (found["S1_conf"] < 0.15).all()


def test_the_same_design_gives_the_same_intervals() -> None:
    x = sample_sobol.sample(ISHIGAMI, 64, calc_second_order=False, seed=1)
    layout = salib.sobol_layout(np.arange(len(x)), x)
    assert layout is not None
    one, other = (salib.sobol(NAMES, layout, ishigami(x)) for _time in range(2))
    assert one is not None
    assert other is not None
    assert all(np.array_equal(one[key], other[key]) for key in one)


def test_blocks_with_a_gap_are_left_out() -> None:
    x = sample_sobol.sample(ISHIGAMI, 512, calc_second_order=False, seed=1)
    y = ishigami(x)
    y[7] = np.nan
    numbers = np.arange(len(x))[:-3]  # the last block has not been reached
    layout = salib.sobol_layout(numbers, x[:-3])
    assert layout is not None
    assert len(layout.rows) == 511
    assert len(salib.complete(layout, y)) == 510
    found = salib.sobol(NAMES, layout, y)
    assert found is not None
    assert found["ST"][1] == pytest.approx(0.4424, abs=0.06)


def test_points_in_another_order_are_not_taken_for_a_design() -> None:
    x = sample_sobol.sample(ISHIGAMI, 64, calc_second_order=False, seed=1)
    shuffled = np.random.default_rng(1).permutation(x)
    assert salib.sobol_layout(np.arange(len(x)), shuffled) is None
    assert salib.morris_layout(np.arange(len(x)), shuffled) is None


def test_what_never_varies_has_no_indices() -> None:
    x = sample_sobol.sample(UNIT, 16, calc_second_order=False, seed=1)
    layout = salib.sobol_layout(np.arange(len(x)), x)
    assert layout is not None
    assert salib.sobol(NAMES, layout, np.ones(len(x))) is None


def test_morris_effects_of_a_plane_are_its_slopes_and_of_a_product_they_differ() -> None:
    x = sample_morris.sample(UNIT, 40, num_levels=4, seed=1)
    layout = salib.morris_layout(np.arange(len(x)), x)
    assert layout is not None
    plane = salib.morris(NAMES, layout, x, 5 * x[:, 0] - 2 * x[:, 1], 4)
    assert plane is not None
    assert plane["mu_star"] == pytest.approx([5, 2, 0], abs=1e-9)
    assert plane["mu"] == pytest.approx([5, -2, 0], abs=1e-9)
    assert plane["sigma"] == pytest.approx([0, 0, 0], abs=1e-9)
    product = salib.morris(NAMES, layout, x, x[:, 0] * x[:, 1], 4)
    assert product is not None
    assert (product["sigma"][:2] > 0.2).all()
    assert (product["mu_star_conf"][:2] > 0).all()
