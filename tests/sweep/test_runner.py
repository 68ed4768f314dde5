"""Runs handed out in chunks and brought home as a table."""

from __future__ import annotations

import sys
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from sweep.quick import Quick, plan, study

import sim
from sim.errors import UserError
from sim.headless import play_through
from sim.sweep import bench, foresight, pilot
from sim.sweep.chunks import Chunk, Shard, chunk_size, chunks_of, count_chunks, shard_of
from sim.sweep.crew import work_through
from sim.sweep.playing import Player, Rules, quicker
from sim.sweep.runner import run_sweep
from sim.sweep.spots import SpotRefused
from sim.sweep.store import read_results


def table(folder: Path) -> pl.DataFrame:
    return read_results(folder).collect()


# --- what a run gives ---------------------------------------------------------------------


def test_a_run_of_a_sweep_is_the_run_that_is_played() -> None:
    made = plan()
    rows = Player(made, Rules(compiled=False)).table(17, 19)
    assert rows.columns == [
        "run", "point", "scenario", "theory", "strategy", "replication", "luck", "trust_gain",
        "place.kind", "month", "trust", "eruptions", "ending", "promises_kept", "promises", "spent",
        "places", "moves", "skipped", "first_eruption", "taken_over", "failed",
    ]  # fmt: skip
    assert rows["run"].to_list() == [17, 17, 18, 18]
    for row in rows.to_dicts():
        assert (row["point"], row["strategy"], row["month"] in (3, 6)) == (1, "relational", True)
        lived = play_through(
            made.scenario_at(row["point"], 1),
            made.strategy(row["strategy"]),
            luck=row["luck"],
            parameters={"trust_gain": row["trust_gain"]},
            months=6,
        )
        assert row["trust"] == lived.measures[row["month"]]["trust"]
        assert row["eruptions"] == lived.measures[row["month"]]["eruptions"]
        assert row["ending"] == lived.ending
        assert row["promises"] == "+".join(lived.promises)
        assert row["promises_kept"] == len(lived.promises)
        assert row["moves"] == sum(len(turn.moves) for turn in lived.turns)
        assert row["failed"] is None


def test_before_the_last_turn_is_over_there_is_no_ending(tmp_path: Path) -> None:
    made = plan(months=[3])
    run_sweep(made, tmp_path / "r", play=Quick())
    found = table(tmp_path / "r")
    assert found["ending"].null_count() == found["promises_kept"].null_count() == made.runs


@pytest.mark.parametrize(("workers", "chunk"), [(1, 1), (2, 7), (7, 3), (2, 1000)])
def test_how_it_is_cut_and_by_how_many_it_is_done_changes_nothing(
    tmp_path: Path, workers: int, chunk: int
) -> None:
    made = plan()
    run_sweep(made, tmp_path / "r", play=Quick(), workers=workers, chunk=chunk)
    assert table(tmp_path / "r").equals(Player(made, Quick()).table(0, made.runs))


def test_more_replications_than_are_played_at_once() -> None:
    made = plan(replications=600, luck="independent")
    whole = Player(made, Quick()).table(0, 1200)
    parts = [Player(made, Quick()).table(at, at + 300) for at in range(0, 1200, 300)]
    assert whole.equals(pl.concat(parts))
    assert whole["luck"].n_unique() == 1200


def test_places_with_other_endings_and_promises_stand_in_one_table() -> None:
    made = plan(scenarios=["first-steps", "dancing-around-the-table"], months=[36], vary={},
                design={"kind": "none"})  # fmt: skip
    together = Player(made, Quick()).table(0, made.runs)
    alone = [Player(made, Quick()).table(run, run + 1) for run in range(made.runs)]
    assert together.equals(pl.concat(alone))
    for name, scenario in made.scenarios.items():
        rows = together.filter(pl.col("scenario") == name)
        assert set(rows["ending"]) <= {ending.id for ending in scenario.story.endings}
        first = scenario.story.promises[0].id
        assert rows["promises"].to_list() == ["", first, "", first, ""] * 2
        assert rows["promises_kept"].to_list() == [0, 1, 0, 1, 0] * 2


# --- what goes wrong ----------------------------------------------------------------------


def test_a_run_that_raises_is_a_row_with_its_reason(tmp_path: Path) -> None:
    made = plan()
    summary = run_sweep(made, tmp_path / "r", play=Quick(fails=(3,)), chunk=15)
    assert summary.failed == 8  # the third luck in each point and cell
    assert summary.reasons == {"ZeroDivisionError: a month without days": 8}
    found = table(tmp_path / "r")
    failed = found.filter(pl.col("failed").is_not_null())
    assert failed["replication"].unique().to_list() == [2]
    assert failed.select("trust", "eruptions", "ending", "moves").null_count().row(0) == (16,) * 4
    good = Player(made, Quick()).table(0, made.runs).filter(pl.col("luck") != 3)
    assert found.filter(pl.col("failed").is_null()).equals(good)


def test_a_run_that_comes_out_as_no_number_has_failed(tmp_path: Path) -> None:
    summary = run_sweep(plan(), tmp_path / "r", play=Quick(no_number=(2,)))
    assert summary.reasons == {"trust came out as no number.": 8}
    failed = table(tmp_path / "r").filter(pl.col("failed").is_not_null())
    assert failed["trust"].null_count() == len(failed) == 16
    assert failed["moves"].null_count() == 16


def test_a_point_that_cannot_be_fails_and_the_others_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = bench.Bench.ready

    def ready(self: bench.Bench, work: Any) -> Any:
        if work.point == 2:
            raise SpotRefused("Such a place cannot be.", "Vary something else.")
        return usual(self, work)

    monkeypatch.setattr(bench.Bench, "ready", ready)
    summary = run_sweep(plan(), tmp_path / "r", play=Quick())
    assert summary.reasons == {"Such a place cannot be.": 10}
    failed = table(tmp_path / "r").filter(pl.col("failed").is_not_null())
    assert failed["point"].unique().to_list() == [2]
    assert failed["month"].to_list() == [3, 6] * 10


class Watched:
    """A crew that remembers how much it was handed before it gave anything back."""

    workers = 3

    def __init__(self) -> None:
        self.handed: list[int] = []
        self.most = 0
        self.kept: list[int] = []

    def submit(self, chunk: Chunk) -> Future[bytes]:
        self.handed.append(chunk.index)
        self.most = max(self.most, len(self.handed) - len(self.kept))
        future: Future[bytes] = Future()
        if chunk.index in (4, 7):
            future.set_exception(MemoryError("dead"))
        else:
            future.set_result(b"lived")
        return future

    def look(self) -> None:
        pass

    def is_deadly(self, error: BaseException) -> bool:
        return isinstance(error, MemoryError)

    def told(self, error: BaseException) -> BaseException:
        return error


def test_no_more_is_begun_than_can_be_brought_home() -> None:
    """Memory does not grow with the sweep; what kills workers is tried once more, alone."""
    crew = Watched()
    failed = []

    def keep(chunk: Chunk, data: bytes) -> None:
        crew.kept.append(chunk.index)

    def give_up(chunk: Chunk, error: BaseException) -> bytes:
        failed.append((chunk.index, str(error)))
        return b"failed"

    work_through(crew, chunks_of(500, 10), keep, give_up)
    assert sorted(crew.kept) == list(range(50))
    assert crew.most <= 2 * crew.workers + 2
    assert failed == [(4, "dead"), (7, "dead")]
    assert crew.handed[-2:] == [4, 7]


# --- chunks -------------------------------------------------------------------------------


def test_a_chunk_takes_some_seconds_and_whole_groups_of_replications() -> None:
    def size(runs: int, replications: int, seconds: float, **more: int) -> int:
        return chunk_size(runs, replications, seconds, **{"numbers": 10, "workers": 2, **more})

    assert size(1_000_000, 50, 0.0005) == 5_000  # 2.5 s each, 200 of them
    assert size(10_000_000, 50, 0.001) == 10_000  # never more than ten seconds
    assert size(10_000, 30, 0.001) == 990  # never less than one
    assert size(800, 50, 0.001) == 100  # but everybody has something to do
    assert size(1_000_000, 40_000, 0.001) == 5_000  # one group is too much by itself
    assert size(1_000_000, 50, 0.0005, numbers=4000) == 1_000  # nor may it fill the memory
    assert size(3, 50, 5.0) == 1


def test_a_part_has_as_many_chunks_as_keep_its_machine_busy() -> None:
    """Ten chunks, of two hundred in twenty parts, would leave eight threads idle at the end."""

    def each(runs: int, parts: int) -> int:
        size = chunk_size(runs, 50, 0.001, numbers=10, workers=8, parts=parts)
        return count_chunks(runs, size, Shard(parts, parts))

    assert each(10_000_000, 1) == 1_000  # ten seconds each
    assert each(10_000_000, 20) >= 150
    assert each(640_000, 20) >= 32  # a second each
    assert each(80_000, 20) >= 32  # less, but four for each thread


def test_parts_share_the_chunks_out_among_them() -> None:
    whole = [chunk.index for chunk in chunks_of(95, 10)]
    parts = [[c.index for c in chunks_of(95, 10, shard_of(f"{k}/3"))] for k in (1, 2, 3)]
    assert parts == [[0, 3, 6, 9], [1, 4, 7], [2, 5, 8]]
    assert sorted(index for part in parts for index in part) == whole
    assert list(chunks_of(95, 10))[-1] == Chunk(9, 10, 90, 95)
    for wrong in ("0/3", "4/3", "2", "a/b", "1/0"):
        with pytest.raises(UserError, match=r"3/16"):
            shard_of(wrong)


def test_a_handful_is_not_worth_compiling_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.compiled.is_cached", lambda: False)
    assert not quicker(plan()).compiled
    assert quicker(plan(replications=500)).compiled
    monkeypatch.setattr("sim.compiled.is_cached", lambda: True)
    assert quicker(plan()).compiled


# --- a pilot ------------------------------------------------------------------------------


def test_a_pilot_says_how_many_replications_a_precision_wants() -> None:
    """The mean of a cell over all points, m, with spread s over lucks wants (1.96 s / p m)²."""
    player = Player(plan(), Quick())
    trust, eruptions = sorted(
        pilot.wanted(player, 0.01, lucks=1000), key=lambda one: one.measure, reverse=True
    )
    assert trust.measure == "trust"
    at = {"trust": 1, "eruptions": 14}  # their places among the measures
    for one in (trust, eruptions):
        values = np.sqrt(np.arange(1, 1001)) + 3 * 0.04 + at[one.measure]
        expected = (1.96 * values.std(ddof=1) / (0.01 * values.mean())) ** 2
        assert one.replications == pytest.approx(expected, rel=0.01)
        assert one.month == 3
    assert trust.replications > eruptions.replications


def test_what_points_share_of_their_luck_stays_and_the_rest_is_divided() -> None:
    rng = np.random.default_rng(1)
    shared, own = rng.normal(size=(1, 4000)), 3 * rng.normal(size=(8, 4000))
    for points in (8, 100):
        expected = np.sqrt(1 + 9 / points)
        assert pilot.spread_of_means(shared + own, points, True) == pytest.approx(
            expected, rel=0.06
        )
    alone = pilot.spread_of_means(shared + own, 100, False)
    assert alone == pytest.approx(np.sqrt(10 / 100), rel=0.06)


def test_a_pilot_passes_over_runs_that_fail() -> None:
    assert pilot.wanted(Player(plan(), Quick(fails=(7,))), 0.01, lucks=10) == []


def test_a_pilot_passes_over_a_point_that_cannot_be_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usual = bench.Bench.ready

    def ready(self: bench.Bench, work: Any) -> Any:
        if work.point == 0:
            raise SpotRefused("Such a place cannot be.", "Vary something else.")
        return usual(self, work)

    monkeypatch.setattr(bench.Bench, "ready", ready)
    ahead = foresight.look_ahead(plan(), precision=0.01, play=Quick())
    assert [one.replications is not None for one in ahead.wanted] == [True, True]
    assert ahead.passed == ("Such a place cannot be.",) * 2
    said = " ".join(foresight.lines(ahead))
    assert "passed over 2 points and cells, of which a run failed: Such a place cannot be." in said
    assert ahead.as_dict()["passed_over"]


def test_no_share_of_nearly_nought_is_asked_for() -> None:
    assert pilot.is_nought("trust", 0.01, 0.3)
    assert not pilot.is_nought("trust", 0.4, 0.0)
    assert pilot.is_nought("eruptions", 0.8, 0.3)  # a count, of less than one
    assert not pilot.is_nought("eruptions", 1.2, 0.3)
    assert pilot._replications(0.0, 1.0, 0.01) is None
    assert pilot._replications(2.0, 0.0, 0.01) == 1


def test_what_is_left_out_of_a_precision_is_named() -> None:
    few = pilot.Wanted("trust", 120, 3, 0, 0.4, 0.02)
    some = pilot.Wanted("tension", 80, 3, 0, 0.2, 0.02, left_out=True)
    none = pilot.Wanted("eruptions", None, 3, 0, 0.02, 0.02, left_out=True)
    ahead = foresight.Ahead(plan(), 1, 1, 1, True, False, 0.01, (few, some, none))
    first, out, partly = foresight.precise(ahead)
    assert first.startswith("With 120 replications")
    assert out == "Left out, because a share of nearly nought says nothing: eruptions so far."
    assert partly.endswith("nearly nought: tension, on average.")
    assert ahead.enough == 120


# --- from Python --------------------------------------------------------------------------


def test_a_study_is_a_table_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sim.sweep.runner.quicker", lambda plan: Quick())
    from sim import sweep

    found = sweep(study())
    assert found.equals(Player(plan(), Quick()).table(0, 40))
    assert sim.sweep is sys.modules["sim.sweep"]
    assert sim.sweep(study(), tmp_path / "r", workers=1).equals(found)
    assert sweep(study(), tmp_path / "r").equals(found)  # and goes on from what is there
