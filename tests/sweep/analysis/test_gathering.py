"""One pass over the results, against the same sums made at leisure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from made_up_sweep import Runs, hypercube, write_sweep

from sim.sweep.analysis import Sweep, open_sweep
from sim.sweep.analysis.gathering import Gathered, gather, marks_of
from sim.sweep.analysis.intervals import estimate
from sim.sweep.analysis.look import Look, look_at

MEASURE = "staff_joint_working"


def some_fail(runs: Runs) -> np.ndarray:
    return (runs.point == 3) & (runs.replication < 4) & (runs.strategy == "relational")


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return open_sweep(
        write_sweep(
            tmp_path_factory.mktemp("sweep"),
            theories=("none", "mandate_suffices"),
            factors=hypercube(12),
            replications=9,
            fails=some_fail,
        )
    )


@pytest.fixture(scope="module")
def sums(sweep: Sweep) -> Gathered:
    return gather(sweep)


def paired(sweep: Sweep) -> pl.DataFrame:
    """Every run and month with its baseline's, joined the slow way."""
    rows = sweep.rows.collect()
    keys = ["scenario", "theory", "point", "replication", "month"]
    base = rows.filter(pl.col("strategy") == "do-nothing").select(*keys, MEASURE)
    return (
        rows.filter(pl.col("strategy") != "do-nothing")
        .join(base, on=keys, suffix="_base")
        .with_columns(gain=pl.col(MEASURE) - pl.col(f"{MEASURE}_base"))
        .drop_nulls("gain")
    )


def test_means_are_those_of_all_runs_that_succeeded(sweep: Sweep, sums: Gathered) -> None:
    found = estimate(sums.levels, points=12)
    for row in (
        sweep.rows.filter(pl.col("failed").is_null())
        .group_by("scenario", "theory", "strategy", "month")
        .agg(pl.col(MEASURE).mean(), pl.col(MEASURE).std().alias("sd"), pl.len().alias("n"))
        .collect()
        .iter_rows(named=True)
    ):
        cell = sweep.cells.index((row["scenario"], row["theory"], row["strategy"]))
        at = cell, sweep.months.index(row["month"])
        assert found.mean[*at, 0] == pytest.approx(row[MEASURE])
        assert found.deviation[*at, 0] == pytest.approx(row["sd"])
        assert found.runs[at] == row["n"]


def test_differences_are_of_the_same_point_and_replication(sweep: Sweep, sums: Gathered) -> None:
    found = estimate(sums.gains, points=12)
    ends = paired(sweep).filter(pl.col("month") == 36)
    for cell, names in enumerate(sweep.cells):
        mine = ends.filter(
            (pl.col("theory") == names.theory) & (pl.col("strategy") == names.strategy)
        )
        if names.strategy == "do-nothing":
            assert found.runs[cell, -1] == 0
            continue
        assert found.mean[cell, -1, 0] == pytest.approx(mine["gain"].mean())
        assert found.runs[cell, -1] == mine.height
    relational = sweep.cells.index(("dancing-around-the-table", "none", "relational"))
    assert found.runs[relational, -1] == 12 * 9 - 4


def test_points_have_the_mean_over_their_replications(sweep: Sweep, sums: Gathered) -> None:
    by_point = (
        paired(sweep)
        .filter((pl.col("month") == 36) & (pl.col("theory") == "none"))
        .filter(pl.col("strategy") == "relational")
        .group_by("point")
        .agg(
            pl.col("gain").mean(),
            pl.col("gain").filter(pl.col("replication") % 2 == 0).mean().alias("even"),
        )
        .sort("point")
    )
    relational = sweep.cells.index(("dancing-around-the-table", "none", "relational"))
    assert sums.point_gains[:, relational, 0] == pytest.approx(by_point["gain"].to_numpy())
    assert sums.point_gains_even[:, relational, 0] == pytest.approx(by_point["even"].to_numpy())


@pytest.mark.parametrize("block", [1, 40, 150, 1000])
def test_the_size_of_blocks_changes_nothing(sweep: Sweep, sums: Gathered, block: int) -> None:
    other = gather(sweep, block=block)
    for name in ("levels", "gains", "levels_at", "gains_at"):
        one, same = (estimate(getattr(found, name), points=12) for found in (sums, other))
        assert same.mean == pytest.approx(one.mean, nan_ok=True)
        assert same.high == pytest.approx(one.high, nan_ok=True)
        assert np.array_equal(same.runs, one.runs)
    assert other.point_gains == pytest.approx(sums.point_gains, nan_ok=True)
    assert other.point_gains_even == pytest.approx(sums.point_gains_even, nan_ok=True)


def test_the_same_folder_gives_the_same_bits(sweep: Sweep, sums: Gathered) -> None:
    again = gather(open_sweep(sweep.folder))
    assert np.array_equal(again.levels.total, sums.levels.total)
    assert np.array_equal(again.gains.squares_a, sums.gains.squares_a)


def test_running_means_end_at_the_mean(sweep: Sweep, sums: Gathered) -> None:
    assert sums.marks[-1] == 9
    running = estimate(sums.gains_at.cumulated(), points=12)
    whole = estimate(sums.gains, points=12)
    assert running.mean[:, -1] == pytest.approx(whole.mean[:, -1], nan_ok=True)
    assert running.low[:, -1] == pytest.approx(whole.low[:, -1], nan_ok=True)


def test_marks_go_from_two_to_all_in_longer_steps() -> None:
    assert marks_of(1) == (1,)
    assert marks_of(4) == (2, 3, 4)
    marks = marks_of(1000)
    assert (marks[0], marks[-1]) == (2, 1000)
    assert len(marks) <= 24
    assert list(marks) == sorted(set(marks))


def test_a_sweep_half_done_is_summed_as_far_as_it_is(tmp_path: Path) -> None:
    write_sweep(tmp_path, factors=hypercube(6), replications=5, chunks=4, keep=lambda c: c > 1)
    sweep = open_sweep(tmp_path)
    look: Look = look_at(sweep, gather(sweep))
    assert int(look.levels.runs[:, -1].sum()) == sweep.runs == 45
    assert look.points == 3
