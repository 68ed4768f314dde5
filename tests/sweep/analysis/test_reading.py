"""What can be wrong with a folder, said in a sentence each."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import polars as pl
import pytest
from made_up_sweep import hypercube, write_sweep

from sim.sweep.analysis import SweepUnreadable, open_sweep
from sim.sweep.analysis.gathering import gather
from sim.sweep.analysis.look import look_at
from sim.sweep.analysis.overview import notes


def refused(folder: Path) -> SweepUnreadable:
    with pytest.raises(SweepUnreadable) as caught:
        open_sweep(folder)
    return caught.value


def test_a_sweep_knows_its_cells_points_factors_and_measures(tmp_path: Path) -> None:
    write_sweep(tmp_path, factors=hypercube(20), replications=4)
    sweep = open_sweep(tmp_path)
    assert [cell.strategy for cell in sweep.cells] == [
        "do-nothing",
        "relational",
        "systems-leadership",
    ]
    assert sweep.factors == ("trust_gain", "place.backing", "neglect", "place.kind")
    assert sweep.measures == ("staff_joint_working", "delayed_transfers", "spend_per_head")
    assert sweep.months == (12, 24, 36)
    assert (sweep.points.height, sweep.replications) == (20, 4)
    assert (sweep.runs, sweep.planned, sweep.failed) == (240, 240, 0)
    assert sweep.finished
    assert sweep.baseline == "do-nothing"


def test_a_folder_without_a_record_is_no_sweep(tmp_path: Path) -> None:
    assert "holds no sweep" in refused(tmp_path).message
    assert "holds no sweep" in refused(tmp_path / "nowhere").message


def test_a_sweep_of_which_nothing_is_finished(tmp_path: Path) -> None:
    write_sweep(tmp_path, replications=2, keep=lambda _chunk: False)
    assert "none of this sweep is finished" in refused(tmp_path).message


def test_a_record_that_is_not_json(tmp_path: Path) -> None:
    write_sweep(tmp_path, replications=2)
    (tmp_path / "study.json").write_text("{half")
    assert "study.json cannot be read" in refused(tmp_path).message


def test_a_torn_chunk_is_named(tmp_path: Path) -> None:
    write_sweep(tmp_path, replications=6)
    chunk = tmp_path / "chunks" / "part-000001-of-000003.parquet"
    chunk.write_bytes(chunk.read_bytes()[:-40])
    error = refused(tmp_path)
    assert "part-000001-of-000003.parquet is damaged" in error.message
    assert "start the sweep again" in error.hint


def test_parts_of_two_studies_are_not_mixed(tmp_path: Path) -> None:
    write_sweep(tmp_path, replications=6)
    write_sweep(tmp_path / "other", replications=6, factors=hypercube(2))
    (tmp_path / "other" / "chunks" / "part-000000-of-000003.parquet").rename(
        tmp_path / "chunks" / "part-000009-of-000003.parquet"
    )
    assert "has other columns" in refused(tmp_path).message


def test_another_table_is_no_result(tmp_path: Path) -> None:
    write_sweep(tmp_path, replications=2, chunks=1)
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "chunks" / "part-000000-of-000001.parquet")
    assert "is no table of a sweep" in refused(tmp_path).message


def test_what_is_being_written_is_not_read(tmp_path: Path) -> None:
    write_sweep(tmp_path, replications=6)
    (tmp_path / "chunks" / "part-000003-of-000003.parquet.new").write_bytes(b"half")
    (tmp_path / "chunks" / "part-000001-of-000003.parquet.damaged").write_bytes(b"half")
    assert open_sweep(tmp_path).runs == 18


def test_an_unfinished_sweep_says_how_far_it_is(tmp_path: Path) -> None:
    write_sweep(tmp_path, replications=12, chunks=4, keep=lambda chunk: chunk != 2)
    sweep = open_sweep(tmp_path)
    assert (sweep.runs, sweep.planned, sweep.finished) == (27, 36, False)


def test_failed_runs_are_counted_by_their_reason(tmp_path: Path) -> None:
    write_sweep(tmp_path, replications=5, fails=lambda runs: runs.replication == 1)
    assert open_sweep(tmp_path).failures == {"A measure came out as no number.": 3}


def test_without_cells_in_the_record_they_are_those_that_were_met(tmp_path: Path) -> None:
    write_sweep(tmp_path, replications=3, record=False)
    sweep = open_sweep(tmp_path)
    assert sweep.cells[0].strategy == "do-nothing"
    assert sweep.planned == sweep.runs == 9


def summed(folder: Path) -> Path:
    """The chunks of a sweep, with the sums and the size that a real one writes down."""
    chunks = folder / "chunks"
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(chunks.glob("*.parquet"))
    ]
    (chunks / "SHA256SUMS").write_text("".join(lines))
    record = json.loads((folder / "study.json").read_text())
    (folder / "study.json").write_text(json.dumps(record | {"chunk": record["runs"] // len(lines)}))
    return chunks


def test_chunks_that_are_as_they_were_written(tmp_path: Path) -> None:
    summed(write_sweep(tmp_path, replications=6))
    assert open_sweep(tmp_path).finished


def test_a_chunk_that_was_changed_is_named_though_it_can_be_read(tmp_path: Path) -> None:
    chunk = summed(write_sweep(tmp_path, replications=6)) / "part-000001-of-000003.parquet"
    pl.read_parquet(chunk).with_columns(pl.col("delayed_transfers") + 1).write_parquet(chunk)
    error = refused(tmp_path)
    assert "part-000001-of-000003.parquet in" in error.message
    assert "is not what the sweep wrote" in error.message
    assert error.hint == "Start the sweep again with the same command: it runs this part again."


@pytest.mark.parametrize("sums", [True, False])
def test_a_neighbour_copied_over_a_chunk_is_not_counted_twice(tmp_path: Path, sums: bool) -> None:
    chunks = summed(write_sweep(tmp_path, replications=6))
    if not sums:
        (chunks / "SHA256SUMS").unlink()
    shutil.copy(chunks / "part-000000-of-000003.parquet", chunks / "part-000001-of-000003.parquet")
    error = refused(tmp_path)
    assert error.message.startswith("part-000001-of-000003.parquet in")
    assert "it runs this part again" in error.hint


def test_a_chunk_that_lost_a_run_before_its_sum_was_taken(tmp_path: Path) -> None:
    folder = write_sweep(tmp_path, replications=6)
    chunk = folder / "chunks" / "part-000002-of-000003.parquet"
    pl.read_parquet(chunk).filter(pl.col("run") != 14).write_parquet(chunk)
    summed(folder)
    error = refused(tmp_path)
    assert "part-000002-of-000003.parquet in" in error.message
    assert "does not hold the runs it should" in error.message
    assert error.hint.startswith("Delete what is named, and start the sweep again")


def test_a_copy_beside_the_chunks_is_no_part_of_the_sweep(tmp_path: Path) -> None:
    chunks = summed(write_sweep(tmp_path, replications=6))
    shutil.copy(chunks / "part-000000-of-000003.parquet", chunks / "part-000009-of-000003.parquet")
    assert "part-000009-of-000003.parquet in" in refused(tmp_path).message
    assert "is no part of this sweep" in refused(tmp_path).message


def test_without_a_record_of_the_cuts_no_run_may_be_in_two_chunks(tmp_path: Path) -> None:
    chunks = write_sweep(tmp_path, replications=6) / "chunks"
    shutil.copy(chunks / "part-000000-of-000003.parquet", chunks / "part-000002-of-000003.parquet")
    assert "part-000002-of-000003.parquet in" in refused(tmp_path).message


def test_the_study_is_the_one_that_was_run_whatever_became_of_its_copy(tmp_path: Path) -> None:
    write_sweep(tmp_path, replications=3)
    copy = tmp_path / "study.yaml"
    run = open_sweep(tmp_path)
    copy.write_bytes(run.study_text.replace("\n", "\r\n").encode())
    assert not open_sweep(tmp_path).study_changed  # line ends say nothing
    copy.write_text(run.study_text.replace("question: ", "question: Or else: "))
    edited = open_sweep(tmp_path)
    assert (edited.study_text, edited.study) == (run.study_text, run.study)
    (note,) = notes(look_at(edited, gather(edited)))
    assert "study.yaml in the folder is not the study that was run" in note
    copy.unlink()
    assert not open_sweep(tmp_path).study_changed


def test_without_a_text_in_the_record_the_copy_will_do(tmp_path: Path) -> None:
    write_sweep(tmp_path, replications=3)
    run = open_sweep(tmp_path)
    record = json.loads((tmp_path / "study.json").read_text())
    del record["study_text"]
    (tmp_path / "study.json").write_text(json.dumps(record))
    assert open_sweep(tmp_path).study == run.study
