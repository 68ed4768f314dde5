"""``unsaid sweep`` and ``unsaid replay``, as typed."""

from __future__ import annotations

import json
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest
from sweep.quick import STUDY, Quick, plan

from sim import cli, yamlfile
from sim.sweep import foresight, progress
from sim.sweep import study as studies
from sim.sweep.folder import read_record
from sim.sweep.playing import Player, Rules
from sim.sweep.progress import Bar, Lines, Quiet, span
from sim.sweep.store import read_results

READ: dict[tuple[str, str], studies.Study] = {}


def read_once(
    name: str, usual: Callable[[str], studies.Study] = studies.read_study
) -> studies.Study:
    """The same text is read and checked once for all of these tests."""
    key = (name, Path(name).read_text() if Path(name).is_file() else "")
    if key not in READ:
        READ[key] = usual(name)
    return READ[key]


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Unsaid = Callable[..., Answer]


@pytest.fixture
def unsaid(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Unsaid:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("UNSAID_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    for module in ("sim.sweep.runner", "sim.sweep.foresight"):
        monkeypatch.setattr(f"{module}.quicker", lambda plan: Quick())

    monkeypatch.setattr(studies, "read_study", read_once)

    def call(*args: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["unsaid", *args])
        capsys.readouterr()
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        return Answer(code, *capsys.readouterr())

    (tmp_path / "study.yaml").write_text(yamlfile.written(STUDY))
    return call


# --- running ------------------------------------------------------------------------------


def test_a_study_is_run_and_what_came_of_it_is_said(unsaid: Unsaid, tmp_path: Path) -> None:
    answer = unsaid("sweep", "study.yaml", "--out", "r")
    assert answer.code == 0, answer.err
    lines = answer.out.splitlines()
    assert lines[0] == STUDY["question"]
    assert lines[1] == "40 runs in r."
    assert re.match(r"40 run now, in .*: [\d,]+ a second with \d+ worker", lines[2])
    assert lines[3] == "Next: unsaid analyse r"
    assert read_results("r").collect().height == 80
    record = read_record("r")
    assert record["command"] == "unsaid sweep study.yaml --out r"
    assert record["study_path"] == "study.yaml"
    again = unsaid("sweep", "--out", "r", "study.yaml")  # options may come first
    assert "All of them were there already." in again.out


def test_for_programs_it_is_one_value(unsaid: Unsaid) -> None:
    found = json.loads(unsaid("sweep", "study.yaml", "--out", "r", "--json", "--chunk", "7").out)
    assert (found["runs"], found["runs_this_time"], found["chunks"]) == (40, 40, 6)
    assert found["failed"] == 0
    assert unsaid("sweep", "study.yaml", "--out", "r", "--quiet") == (0, "", "")


def test_runs_that_failed_are_counted(unsaid: Unsaid, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.sweep.runner.quicker", lambda plan: Quick(fails=(3,)))
    answer = unsaid("sweep", "study.yaml", "--out", "r")
    assert answer.code == 0
    assert "8 failed; their rows say why, in the column “failed”:" in answer.out
    assert "  8 × ZeroDivisionError: a month without days" in answer.out
    monkeypatch.setattr("sim.sweep.runner.quicker", lambda plan: Quick(fails=tuple(range(9))))
    assert unsaid("sweep", "study.yaml", "--out", "all").code == 1


def test_parts_are_run_and_merged(unsaid: Unsaid) -> None:
    said = [unsaid("sweep", "study.yaml", "--out", f"p{k}", "--shard", f"{k}/2") for k in (1, 2)]
    assert "part 1/2 of the sweep" in said[0].out
    assert "unsaid sweep merge" in said[1].out
    assert "Missing: part 2/2" in unsaid("sweep", "merge", "p1", "--out", "r").err
    answer = unsaid("sweep", "merge", "p1", "p2", "--out", "r")
    assert answer.out == "40 runs from 2 folders in r.\nNext: unsaid analyse r\n"
    assert read_results("r").collect().equals(Player(plan(), Quick()).table(0, 40))
    assert (
        json.loads(unsaid("sweep", "merge", "p1", "p2", "--out", "r", "--json").out)["parts"] == 2
    )


def test_what_is_wrong_is_a_sentence(unsaid: Unsaid, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.tex").write_text("")
    for args, sentence in (
        (("study.yaml", "--out", "full"), "is no sweep"),
        (("study.yaml", "--out", "r", "--shard", "3/2"), "--shard 3/2"),
        (("stduy.yaml", "--out", "r"), "stduy.yaml"),
        (("plan", "study.yaml", "--precision", "lots"), "--precision lots"),
        (("plan", "study.yaml", "--precision", "0.5"), "0.5 means 50% of the mean.\nWrite 0.5%"),
        (("merge", "nowhere", "--out", "r"), "nowhere holds no sweep"),
    ):
        answer = unsaid("sweep", *args)
        assert answer.code == 1, args
        assert sentence in answer.err, args
        assert "Traceback" not in answer.err
    used_wrongly = unsaid("sweep", "study.yaml")  # where to?
    assert used_wrongly.code == 2
    assert "unsaid sweep STUDY --out DIR [OPTIONS]" in used_wrongly.err
    assert "sweep run" not in used_wrongly.err
    assert not (tmp_path / "r").exists()


class Impatient(Quiet):
    """Somebody who presses Ctrl-C, or a batch system that says stop, after so many chunks."""

    def __init__(self, stop: signal.Signals, after: int) -> None:
        self.stop, self.left = stop, after

    def add(self, runs: int) -> None:
        self.left -= 1
        if not self.left:
            signal.raise_signal(self.stop)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_may_be_stopped_and_says_how_to_go_on(
    unsaid: Unsaid, monkeypatch: pytest.MonkeyPatch, stop: signal.Signals
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(progress, "for_terminal", lambda quiet: Impatient(stop, 3))
        answer = unsaid("sweep", "study.yaml", "--out", "r", "--chunk", "2")
    assert (answer.code, answer.out) == (130, "")
    kept = 2 * len(list(Path("r").glob("chunks/*.parquet")))
    assert 6 <= kept < 40
    assert answer.err == (
        f"Stopped. {kept} of 40 runs are safe in r; the same command goes on from there.\n"
    )
    again = unsaid("sweep", "study.yaml", "--out", "r", "--chunk", "2", "--json")
    assert json.loads(again.out)["runs_this_time"] == 40 - kept
    assert read_results("r").collect().equals(Player(plan(), Quick()).table(0, 40))


# --- before running -----------------------------------------------------------------------


def test_a_plan_says_how_many_runs_how_long_and_how_much_room(unsaid: Unsaid) -> None:
    answer = unsaid("sweep", "plan", "study.yaml")
    assert re.search(
        r"Less than a second on \d+ processors?, and [\d.]+ kB on the disk\.", answer.out
    )
    assert "Compiling" not in answer.out
    found = json.loads(unsaid("sweep", "plan", "study.yaml", "--json", "--workers", "1").out)
    assert (found["runs"], found["cells"], found["workers"]) == (40, 2, 1)
    assert found["measured"]
    # what it foresaw is about what comes
    unsaid("sweep", "study.yaml", "--out", "r", "--workers", "1")
    size = sum(path.stat().st_size for path in Path("r").glob("chunks/*.parquet"))
    assert found["bytes"] == pytest.approx(size, rel=0.5)


def test_a_precision_is_told_in_replications(unsaid: Unsaid) -> None:
    answer = unsaid("sweep", "plan", "study.yaml", "--precision", "2%")
    assert re.search(
        r"With [\d,]+ replications the mean of every cell over all points is within 2% of the "
        r"truth 19 times in 20; the study has 5\. Most are wanted by: trust",
        answer.out,
    )
    assert (
        "4 points × 2 cells × 5 replications = 40 runs: the cells are 2 strategies × 1 set of "
        in (answer.out)
    )
    assert "About less" not in answer.out
    found = json.loads(unsaid("sweep", "plan", "study.yaml", "--precision", "2%", "--json").out)
    assert found["precision"] == 0.02
    assert [row["measure"] for row in found["wanted"]] == ["trust", "eruptions"]
    assert found["replications_wanted"] == found["wanted"][0]["replications"] > 100


def test_where_every_run_fails_no_precision_is_told(
    unsaid: Unsaid, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.sweep.foresight.quicker", lambda plan: Quick(fails=(1, 7)))
    answer = unsaid("sweep", "plan", "study.yaml", "--precision", "2%")
    assert "Every run of the pilot failed" in answer.out
    assert answer.code == 0


def test_where_rules_must_be_compiled_first_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.compiled.is_cached", lambda: False)
    ahead = foresight.look_ahead(plan(replications=100_000))
    assert not ahead.measured
    assert ahead.as_dict()["compiling_seconds"] == 30.0
    said = "\n".join(foresight.lines(ahead))
    assert "Compiling the rules comes on top: about 30 s, the first time only." in said
    assert "That is an estimate" in said


@pytest.mark.parametrize(("text", "share"), [("0.5%", 0.005), ("0.02", 0.02), (" 5 % ", 0.05)])
def test_precisions_are_read_as_people_write_them(text: str, share: float) -> None:
    assert foresight.share_of(text) == pytest.approx(share)


def test_studies_are_checked_and_described(unsaid: Unsaid, tmp_path: Path) -> None:
    assert unsaid("sweep", "check", "study.yaml").out == "Nothing to mend.\n"
    (tmp_path / "wrong.yaml").write_text(yamlfile.written({**STUDY, "strategies": ["relationl"]}))
    answer = unsaid("sweep", "check", "study.yaml", "wrong.yaml")
    assert answer.code == 1
    assert "wrong.yaml:" in answer.out
    assert "^" in answer.out
    assert "relational" in answer.out
    (found,) = json.loads(unsaid("sweep", "check", "wrong.yaml", "--json").out)
    assert found["level"] == "error"
    assert json.loads(unsaid("sweep", "schema").out)["properties"]["question"]


def test_help_tells_of_running_and_of_the_rest(unsaid: Unsaid) -> None:
    for args in (("--help",), ("-h",), ("study.yaml", "--help")):
        said = unsaid("sweep", *args).out
        assert "unsaid sweep STUDY --out DIR [OPTIONS] | COMMAND" in said
        assert all(word in said for word in ("--workers", "--cluster", "--shard", "--quiet"))
        assert all(word in said for word in ("plan", "merge", "check", "schema"))
    assert "--precision" in unsaid("sweep", "plan", "--help").out
    assert "sweep" in unsaid("--help").out


# --- one run again ------------------------------------------------------------------------


@pytest.fixture
def lived(unsaid: Unsaid, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A small sweep by the rules themselves."""
    few = {**STUDY, "vary": {"trust_gain": [0.04, 0.05]}, "replications": 2}
    (tmp_path / "few.yaml").write_text(yamlfile.written(few))
    with monkeypatch.context() as patch:
        patch.setattr("sim.sweep.runner.quicker", lambda plan: Rules(compiled=False))
        assert unsaid("sweep", "few.yaml", "--out", "few").code == 0
    for file in ("few.yaml", "study.yaml"):  # the folder is enough
        (tmp_path / file).unlink()
    return tmp_path / "few"


def test_a_run_is_told_word_for_word_as_if_it_were_run(unsaid: Unsaid, lived: Path) -> None:
    answer = unsaid("replay", "few", "--run", "7")
    alone = unsaid(
        "run", "first-steps", "--strategy", "relational", "--seed", "2",
        "--set", "trust_gain=0.05", "--months", "6",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    assert answer.out == alone.out
    assert answer.err == "Run 7; replication 1, luck 2; trust_gain = 0.05.\n"
    found: Any = json.loads(unsaid("replay", "few", "--run", "7", "--json").out)
    assert (found["run"], found["seed"], found["factors"]) == (7, 2, {"trust_gain": 0.05})
    row = read_results(lived).filter(run=7, month=6).collect().row(0, named=True)
    assert found["months"][5]["trust"] == row["trust"]
    assert found["doubts"] == []


def test_what_speaks_against_its_being_that_run_is_said(
    unsaid: Unsaid, lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (chunk,) = (p for p in lived.glob("chunks/*.parquet") if 7 in pl.read_parquet(p)["run"])
    pl.read_parquet(chunk).with_columns(pl.col("trust") + 0.01).write_parquet(chunk)
    monkeypatch.setattr("sim.sweep.provenance.rules_hash", lambda: "cafe")
    said = unsaid("replay", "few", "--run", "7").err
    assert re.search(r"In the table trust is 0\.\d+ in month 3, and here 0\.\d+", said)
    assert "this is 0.1.0 (cafe)" in said


def test_a_run_that_there_is_not(unsaid: Unsaid, lived: Path) -> None:
    answer = unsaid("replay", "few", "--run", "8")
    assert answer.code == 1
    assert "There is no run 8 in few." in answer.err
    assert "from 0 to 7" in answer.err


# --- how far it is ------------------------------------------------------------------------


def test_logs_get_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [1000.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    lines = Lines()
    lines.begin(10_000, 100, runs_done=1000, chunks_done=10)
    for _second in range(59):
        now[0] += 1
        lines.add(100)
    lines.end()
    assert capsys.readouterr().err.splitlines() == [
        "4,000 of 10,000 runs; 100 runs a second, 60 s left, chunk 40 of 100"
    ]


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    bar = progress.for_terminal()
    assert isinstance(bar, Bar)
    assert isinstance(progress.for_terminal(quiet=True), progress.Quiet)
    with progress.ending(bar):
        bar.begin(100, 10)
        bar.note("Something.")
        bar.add(10)
        time.sleep(0.01)
        assert re.match(r"[\d,.]+ runs a second, .* left, chunk 1 of 10", bar.told())
    bar.end()


def test_times_are_said_as_people_say_them() -> None:
    said = [span(seconds) for seconds in (0.2, 42, 150, 5000, 30_000, 900_000)]
    assert said == ["less than a second", "42 s", "2 min", "83 min", "8 h 20 min", "10 days"]
    assert [progress.size(n) for n in (12, 1234, 56_700_000)] == ["12 bytes", "1.23 kB", "56.7 MB"]
