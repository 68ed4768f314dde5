"""The folder of a sweep: what may go into it, what is found damaged, what it says of itself."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from sweep.quick import STUDY, Quick, plan

from sim import yamlfile
from sim.errors import UserError
from sim.scenario import load_scenario
from sim.sweep import folder as folders
from sim.sweep import provenance, store
from sim.sweep.again import plan_of_record
from sim.sweep.chunks import Shard
from sim.sweep.folder import read_record
from sim.sweep.playing import Player
from sim.sweep.progress import Quiet
from sim.sweep.runner import Interrupted, Summary, run_sweep
from sim.sweep.store import Store, read_results


def swept(folder: Path, **more: Any) -> Summary:
    return run_sweep(plan(), folder, play=Quick(), **{"chunk": 10, **more})


def expected() -> pl.DataFrame:
    return Player(plan(), Quick()).table(0, 40)


def chunk_files(folder: Path) -> list[Path]:
    return sorted((folder / "chunks").glob("*.parquet"))


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finished")
    swept(folder)
    return folder


@pytest.fixture
def results(tmp_path: Path, finished: Path) -> Path:
    return Path(shutil.copytree(finished, tmp_path / "r"))


# --- what is in it ------------------------------------------------------------------------


def test_a_folder_says_where_its_results_come_from(results: Path) -> None:
    record = read_record(results)
    assert record["study_text"] == (results / "study.yaml").read_text()
    assert (record["runs"], record["chunk"], record["chunks"]) == (40, 10, 4)
    assert record["rules"]
    assert record["versions"]["numba"]
    assert record["started"] <= record["finished"]
    assert record["failed"] == 0
    assert [sitting["runs"] for sitting in record["sittings"]] == [40]
    text = record["texts"]["scenario first-steps"]
    assert text["text"] == load_scenario("first-steps").text
    assert text["sha256"] == hashlib.sha256(text["text"].encode()).hexdigest()


def test_from_what_it_says_the_same_runs_can_be_made_again(results: Path) -> None:
    again = plan_of_record(results, read_record(results))
    assert provenance.identity(again) == provenance.identity(plan())
    assert Player(again, Quick()).table(0, 40).equals(read_results(results).collect())


def test_other_programs_read_the_results(results: Path) -> None:
    found = duckdb.sql(
        f"select strategy, month, count(*), avg(trust) from '{results}/chunks/*.parquet' "
        "where failed is null group by all order by all"
    ).fetchall()
    ours = (
        expected()
        .group_by("strategy", "month")
        .agg(pl.len(), pl.col("trust").mean())
        .sort("strategy", "month")
    )
    assert [row[:3] for row in found] == [row[:3] for row in ours.rows()]
    assert [row[3] for row in found] == pytest.approx(ours["trust"].to_list())


def test_the_sums_are_as_sha256sum_reads_them(results: Path) -> None:
    lines = (results / "chunks" / "SHA256SUMS").read_text().splitlines()
    assert len(lines) == 4
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((results / "chunks" / name).read_bytes()).hexdigest() == digest


def test_how_long_it_took_counts_what_was_interrupted(tmp_path: Path) -> None:
    class Impatient(Quiet):
        def add(self, runs: int) -> None:
            raise KeyboardInterrupt

    folder = tmp_path / "r"
    slow = Quick(seconds=0.01)
    with pytest.raises(Interrupted):
        run_sweep(plan(), folder, play=slow, chunk=20, workers=1, progress=Impatient())
    first = read_record(folder)
    assert first["seconds"] >= 0.2
    assert first["sittings"][0]["seconds"] == first["seconds"]
    assert "finished" not in first["sittings"][0]
    run_sweep(plan(), folder, play=slow, workers=1)
    record = read_record(folder)
    each = [sitting["seconds"] for sitting in record["sittings"]]
    assert len(each) == 2
    assert record["seconds"] == pytest.approx(sum(each), abs=0.01)


def test_how_long_it_took_is_noted_as_it_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that is killed cannot say it any more."""
    seen: list[float] = []

    class Looking(Quiet):
        def beat(self) -> None:
            seen.append(float(read_record(tmp_path / "r").get("seconds") or 0.0))

    monkeypatch.setattr("sim.sweep.runner.NOTED", 0.0)
    swept(tmp_path / "r", workers=1, progress=Looking())
    assert seen[0] == 0.0
    assert seen[-1] > 0.0


def test_a_finished_sweep_is_not_run_again(results: Path, tmp_path: Path) -> None:
    log = tmp_path / "lived"
    summary = run_sweep(plan(), results, play=Quick(log=str(log)))
    assert (summary.runs, summary.lived, summary.chunks) == (40, 0, 4)
    assert not log.exists()


# --- what does not go together ------------------------------------------------------------


def refused(folder: Path, made: Any = None, **more: Any) -> str:
    """The sentences with which a sweep is refused; the folder stays as it was."""
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    with pytest.raises(UserError) as error:
        run_sweep(made or plan(), folder, play=Quick(), **more)
    after = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    before.pop(folder / "lock", None), after.pop(folder / "lock", None)
    assert before == after
    assert error.value.hint
    return f"{error.value.message} {error.value.hint}"


def test_another_text_of_the_study_is_refused(results: Path) -> None:
    said = refused(results, plan(replications=6))
    assert "The text of the study is another." in said
    assert "--out" in said
    assert "study.yaml" in said


def test_another_study_is_refused(results: Path) -> None:
    assert "That is the study “does-it-go-on”." in refused(results, plan(study="another"))


def test_a_scenario_that_was_changed_since_is_refused(tmp_path: Path) -> None:
    text = load_scenario("first-steps").text
    (tmp_path / "mine.yaml").write_text(text)
    run_sweep(plan(tmp_path, scenarios=["mine.yaml"]), tmp_path / "r", play=Quick())
    (tmp_path / "mine.yaml").write_text(text.replace("Holmsay", "Wyre"))
    said = refused(tmp_path / "r", plan(tmp_path, scenarios=["mine.yaml"]))
    assert "The text of “scenario mine.yaml” has changed since." in said


def test_a_playbook_that_was_changed_since_is_refused(tmp_path: Path) -> None:
    book: dict[str, Any] = {
        "playbook": "mine", "idea": "Tea.", "rules": [{"move": "coffee", "to": "random"}],
    }  # fmt: skip
    (tmp_path / "mine.yaml").write_text(yamlfile.written(book))
    run_sweep(plan(tmp_path, strategies=["mine.yaml"]), tmp_path / "r", play=Quick())
    (tmp_path / "mine.yaml").write_text(yamlfile.written({**book, "idea": "Cake."}))
    said = refused(tmp_path / "r", plan(tmp_path, strategies=["mine.yaml"]))
    assert "The text of “strategy mine.yaml” has changed since." in said


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("__version__", "9.9", "version 0.1.0 of the program, and this is 9.9"),
        ("rules_hash", lambda: "cafe", "The rules of the model have changed since"),
        ("points_hash", lambda plan: "cafe", "points come out otherwise with the SciPy and SALib"),
    ],
)
def test_another_program_is_refused(
    results: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: Any, sentence: str
) -> None:
    monkeypatch.setattr(provenance, name, value)
    assert sentence in refused(results)


def test_another_part_is_refused(tmp_path: Path) -> None:
    swept(tmp_path / "r", shard=Shard(1, 2))
    assert "That is part 1/2 of the sweep, and this is 2/2." in refused(
        tmp_path / "r", shard=Shard(2, 2)
    )


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("Chapter one.")
    assert "what is in it is no sweep" in refused(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "r").write_text("Not a folder.")
    with pytest.raises(UserError, match="is a file, and a sweep wants a folder"):
        swept(tmp_path / "r")


def test_a_record_that_cannot_be_read_is_not_written_over(results: Path) -> None:
    (results / "study.json").write_text('{"format": 1, "stu')
    assert "study.json cannot be read" in refused(results)


def test_another_cut_is_not_begun_in_the_same_folder(results: Path) -> None:
    for chunk in chunk_files(results)[2:]:
        chunk.unlink()
    summary = swept(results, chunk=3)
    assert (summary.lived, summary.chunks) == (20, 4)
    assert read_results(results).collect().equals(expected())


# --- damage -------------------------------------------------------------------------------


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def one_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 4
    path.write_bytes(data)


def another(path: Path) -> None:
    path.write_bytes(path.with_name("part-000000-of-000004.parquet").read_bytes())


def nothing(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "sums"),
    [  # without a sum, nobody can tell a changed number from another
        *((harm, True) for harm in (cut_short, one_bit, another, nothing)),
        *((harm, False) for harm in (cut_short, another, nothing)),
    ],
)
def test_a_damaged_chunk_is_set_aside_and_run_again(results: Path, harm: Any, sums: bool) -> None:
    hurt = chunk_files(results)[2]
    harm(hurt)
    if not sums:
        (results / "chunks" / "SHA256SUMS").unlink()
    data = hurt.read_bytes()
    summary = swept(results)
    assert (summary.lived, summary.damaged) == (10, (f"{hurt.name}.damaged",))
    assert hurt.with_name(f"{hurt.name}.damaged").read_bytes() == data
    assert read_results(results).collect().equals(expected())
    test_the_sums_are_as_sha256sum_reads_them(results)
    assert swept(results).lived == 0


def test_damage_is_said(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from sim.sweep.progress import Lines

    cut_short(chunk_files(results)[1])
    swept(results, progress=Lines())
    said = capsys.readouterr().err
    assert "part-000001-of-000004.parquet.damaged was damaged: it is set aside" in said


def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = store.write_synced

    def full(path: Path, data: bytes) -> None:
        if path.name.startswith("part-000002"):
            path.write_bytes(data[:100])
            raise OSError(errno.ENOSPC, "No space left on device")
        usual(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(store, "write_synced", full)
        with pytest.raises(UserError, match="The disk is full") as error:
            swept(tmp_path / "r", workers=1)
    assert "give the same command again" in error.value.hint
    assert len(chunk_files(tmp_path / "r")) == 2
    assert not list((tmp_path / "r").rglob("*.new"))
    assert swept(tmp_path / "r").lived == 20
    assert read_results(tmp_path / "r").collect().equals(expected())


def test_a_disk_that_is_full_from_the_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(store, "write_synced", full)
        with pytest.raises(UserError, match="The disk is full"):
            swept(tmp_path / "r")
    assert swept(tmp_path / "r").lived == 40


def test_what_was_being_written_is_taken_away(results: Path) -> None:
    half = results / "chunks" / "part-000003-of-000004.parquet.new"
    half.write_bytes(b"PAR1")
    (results / "study.json.new").write_text("{")
    (results / "figure.new").write_text("Somebody's own.")
    swept(results)
    assert [path.name for path in results.rglob("*.new")] == ["figure.new"]


def test_a_sum_that_was_not_written_to_its_end(results: Path) -> None:
    sums = results / "chunks" / "SHA256SUMS"
    sums.write_bytes(sums.read_bytes()[:-20])
    assert swept(results).lived == 0  # the chunk itself can be read through
    test_the_sums_are_as_sha256sum_reads_them(results)


# --- one at a time ------------------------------------------------------------------------


def test_two_do_not_write_to_one_folder(results: Path) -> None:
    with Store.open(results):
        said = refused(results)
    assert f"(process {os.getpid()} on " in said
    swept(results)
    assert (results / "lock").read_bytes() == b""  # results are given away: no names in them


def test_a_lock_that_is_far_into_the_file_is_written_at_its_beginning(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows locks one byte beyond any end, and is there once it has."""
    free = True

    def lock(descriptor: int) -> bool:
        os.lseek(descriptor, 0x7FFF_0000, os.SEEK_SET)
        return free

    monkeypatch.setattr(store, "lock", lock)
    with Store.open(results):
        assert (results / "lock").stat().st_size < 200
        free = False
        assert f"(process {os.getpid()} on " in refused(results)


def test_a_dead_process_keeps_nobody_out(results: Path) -> None:
    holding = subprocess.Popen(
        [sys.executable, "-c",
         "import sys, time; from sim.sweep.store import Store\n"
         "store = Store.open(sys.argv[1]); print('mine', flush=True); time.sleep(60)",
         str(results)],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holding.stdout is not None
    holding.stdout.readline()
    assert f"process {holding.pid}" in refused(results)
    holding.send_signal(signal.SIGKILL)
    holding.wait()
    swept(results)


# --- reading ------------------------------------------------------------------------------


def test_where_there_is_no_sweep_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no sweep"):
        read_results(tmp_path)
    (tmp_path / "study.json").write_text(json.dumps({"format": 1}))
    with pytest.raises(UserError, match="no part of this sweep is finished yet"):
        read_results(tmp_path)
    with pytest.raises(UserError, match="lacks texts"):
        plan_of_record(tmp_path, read_record(tmp_path))


def test_a_study_as_it_is_written(results: Path) -> None:
    assert yamlfile.read(results / "study.yaml").data == STUDY
    assert folders.read_sums(results).keys() == {path.name for path in chunk_files(results)}
    assert time.strptime(read_record(results)["started"], "%Y-%m-%dT%H:%M:%S%z")
