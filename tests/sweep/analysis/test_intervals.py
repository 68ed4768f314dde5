"""Means and intervals, against textbooks and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.sweep.analysis.intervals import OVER, Sums, estimate, mean_interval


def summed(values: np.ndarray) -> Sums:
    """Sums of values [points, replications] of one measure; nan for runs that failed."""
    sums = Sums.empty((1,), 1)
    there = np.isfinite(values)
    sums.shift[:] = values[there][0]
    counted = np.where(there, values - sums.shift[0, 0], 0.0)
    sums.add(
        counted.sum(0)[None, :, None],
        there.sum(0)[None, :],
        np.array([[(counted**2).sum()]]),
    )
    return sums


def of(values: np.ndarray) -> tuple[float, float, float, str]:
    found = estimate(summed(values), points=len(values))
    return (
        float(found.mean[0, 0]),
        float(found.low[0, 0]),
        float(found.high[0, 0]),
        OVER[int(found.over[0])],
    )


def test_one_point_has_the_textbook_interval() -> None:
    values = np.random.default_rng(1).normal(5.0, 2.0, 30)
    mean, low, high, over = of(values[None])
    expected = stats.t.interval(0.95, 29, values.mean(), stats.sem(values))
    assert (mean, low, high) == pytest.approx((values.mean(), *expected))
    assert over == "replications"
    assert mean_interval(values) == pytest.approx((values.mean(), *expected))


def test_many_points_under_one_luck_are_as_sure_as_their_replications() -> None:
    lots = np.random.default_rng(2)
    values = lots.normal(0, 1, 20)[None] + lots.normal(0, 0.1, (500, 20))
    _mean, low, high, over = of(values)
    per_replication = values.mean(0)
    expected = stats.t.interval(0.95, 19, per_replication.mean(), stats.sem(per_replication))
    assert (low, high) == pytest.approx(expected)
    assert over == "replications"
    # to count runs would be ten times too sure of itself
    assert high - low > 8 * 2 * 1.96 * values.std() / np.sqrt(values.size)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    lots = np.random.default_rng(3)
    held = 0
    for _study in range(300):
        values = lots.normal(0, 1, 12)[None] + lots.normal(0, 1, (8, 12))
        _mean, low, high, _over = of(values)
        held += low <= 0.0 <= high
    assert 0.91 <= held / 300 <= 0.985


def test_runs_that_failed_are_left_out_of_mean_and_interval() -> None:
    values = np.random.default_rng(4).normal(size=(6, 10))
    values[2, :4] = np.nan
    mean, low, high, _over = of(values)
    assert mean == pytest.approx(np.nanmean(values))
    assert low < mean < high


def test_one_replication_leaves_the_spread_over_points() -> None:
    values = np.random.default_rng(5).normal(size=(40, 1))
    mean, low, high, over = of(values)
    expected = stats.t.interval(0.95, 39, values.mean(), stats.sem(values[:, 0]))
    assert (mean, low, high) == pytest.approx((values.mean(), *expected))
    assert over == "points"


def test_one_run_has_a_mean_and_no_interval() -> None:
    mean, low, high, over = of(np.array([[3.5]]))
    assert mean == 3.5
    assert np.isnan([low, high]).all()
    assert over == ""


def test_what_never_varies_has_an_interval_of_no_width() -> None:
    mean, low, high, _over = of(np.full((7, 5), 0.1 + 0.2))
    assert (mean, low, high) == (0.1 + 0.2,) * 3
