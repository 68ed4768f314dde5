"""The command line, run as a person would run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from sim.fields import MEASURES
from sim.parameters import PARAMETERS

SCENARIO = "dancing-around-the-table"


def unsaid(*args: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ, LC_ALL="C.UTF-8", COLUMNS="100")
    if home is not None:
        environment["UNSAID_HOME"] = str(home)
    return subprocess.run(
        [sys.executable, "-c", "from sim.cli import main; main()", *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        stdin=subprocess.DEVNULL,
        timeout=300,
    )


def data(*args: str) -> object:
    answer = unsaid(*args, "--json")
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


# --- the tables ---------------------------------------------------------------------------


def test_parameters_are_a_table_and_a_list() -> None:
    listed = data("parameters")
    assert [row["parameter"] for row in listed] == list(PARAMETERS)
    shown = unsaid("parameters").stdout
    assert "trust_gain" in shown
    assert "Trust" in shown


def test_moves_say_what_they_take_and_what_they_risk() -> None:
    moves = {row["move"]: row for row in data("moves")}
    assert moves["coffee"]["places"] == 1
    assert moves["coffee"]["risks"]
    assert len(moves) == 27
    assert "Coffee" in unsaid("moves").stdout


def test_scenarios_and_strategies_are_listed() -> None:
    assert SCENARIO in {row["scenario"] for row in data("scenarios")}
    assert data("strategies")
    assert "Northmarsh" in unsaid("scenarios").stdout
    # whoever is new begins at the top
    assert [row["tutorial"] for row in data("scenarios")] == [True, False, False, False, False]
    (row,) = [line for line in unsaid("scenarios").stdout.splitlines() if "first-steps" in line]
    assert "First steps (begin" in row  # "here)" may stand under it


# --- a run --------------------------------------------------------------------------------


def test_a_run_reads_as_a_story() -> None:
    answer = unsaid("run", SCENARIO, "--seed", "11")
    assert answer.returncode == 0, answer.stderr
    text = answer.stdout
    assert text.startswith("Dancing around the table")
    assert "Turn 1, April 2015 to June 2015" in text
    assert "Turn 8" in text
    assert "How it ended: " in text
    assert max(map(len, text.splitlines())) <= 96


def test_the_same_seed_gives_the_same_text_and_another_another() -> None:
    first, again, other = (
        unsaid("run", SCENARIO, "--months", "12", "--seed", seed).stdout for seed in ("3", "3", "4")
    )
    assert first == again
    assert first != other


def test_json_has_every_month_and_every_measure() -> None:
    told = data("run", SCENARIO, "--seed", "11")
    assert isinstance(told, dict)
    assert told["scenario"] == SCENARIO
    assert told["seed"] == 11
    assert [row["month"] for row in told["months"]] == list(range(1, 37))
    assert set(MEASURES) < set(told["months"][0])
    assert told["ending"]
    assert all(event["text"] for event in told["events"])


def test_a_run_may_stop_early_or_go_on_after_the_last_turn() -> None:
    short = data("run", SCENARIO, "--months", "5")
    long = data("run", SCENARIO, "--months", "40")
    assert isinstance(short, dict)
    assert isinstance(long, dict)
    assert (len(short["months"]), short["ending"]) == (5, None)
    assert len(long["months"]) == 40
    assert long["ending"]


def test_parameters_and_theories_change_the_run() -> None:
    plain = data("run", SCENARIO, "--months", "18")
    changed = data("run", SCENARIO, "--months", "18", "--set", "trust_gain=0.06")
    rival = data("run", SCENARIO, "--months", "18", "--theory", "silence_is_harmless")
    assert plain != changed
    assert plain != rival


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_many_runs_are_written_a_row_a_run_and_month(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"runs{suffix}"
    answer = unsaid("run", SCENARIO, "--runs", "3", "--months", "14", "--out", str(out))
    assert answer.returncode == 0, answer.stderr
    table = pl.read_csv(out) if suffix == ".csv" else pl.read_parquet(out)
    assert table.height == 3 * 14
    assert set(MEASURES) < set(table.columns)
    assert "Month 12, over 3 runs" in answer.stdout
    assert "Month 14, over 3 runs" in answer.stdout


def test_the_summary_has_means_and_percentiles() -> None:
    told = data("run", SCENARIO, "--runs", "3", "--months", "12")
    assert isinstance(told, dict)
    assert told["seeds"] == [7, 8, 9]
    rows = {row["measure"]: row for row in told["summary"] if row["month"] == 12}
    trust = rows["trust"]
    assert trust["p5"] <= trust["p50"] <= trust["p95"]


# --- what goes wrong ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("run", "dancing-around-the-tabel"), SCENARIO),
        (("run", "dancing"), f"Did you mean “{SCENARIO}”?"),
        (("run", "Steps"), "Did you mean “first-steps”?"),
        (("run", SCENARIO, "--strategy", "trad"), "Did you mean “traditional”?"),
        (("run", SCENARIO, "--set", "qqq=1"), "“unsaid parameters” lists them all."),
        (("run", SCENARIO, "--theory", "candour"), "Did you mean “candour_is_a_coin_toss”?"),
        (("run", SCENARIO, "--strategy", "traditionel"), "traditional"),
        (("run", SCENARIO, "--set", "trust_gian=0.05"), "trust_gain"),
        (("run", SCENARIO, "--set", "trust_gain=5"), "0.08"),
        (("run", SCENARIO, "--set", "trust_gain"), "--set trust_gain=0.05"),
        (("run", SCENARIO, "--theory", "silence_is_harmles"), "silence_is_harmless"),
        (("run", SCENARIO, "--out", "table.xlsx"), ".parquet"),
        (("run", SCENARIO, "--out", "no/such/folder/table.csv"), "folder"),
        (("run", "no/such/file.yaml"), "no/such/file.yaml"),
    ],
)
def test_what_is_given_wrong_gets_a_sentence_and_exit_code_1(
    args: tuple[str, ...], said: str
) -> None:
    answer = unsaid(*args)
    assert answer.returncode == 1, answer.stderr
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not answer.stdout


@pytest.mark.parametrize(
    "args", [("run",), ("rnu",), ("run", SCENARIO, "--months", "0"), ("moves", "--jsno")]
)
def test_a_command_used_wrongly_gets_exit_code_2(args: tuple[str, ...]) -> None:
    answer = unsaid(*args)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr


def test_a_fault_of_ours_is_saved_to_a_file_that_the_message_names(tmp_path: Path) -> None:
    code = "import sim.cli; sim.cli.show_rows = lambda *a, **k: 1 / 0; sim.cli.main()"
    answer = subprocess.run(
        [sys.executable, "-c", code, "parameters"],
        capture_output=True,
        text=True,
        env=dict(os.environ, UNSAID_HOME=str(tmp_path)),
    )
    assert answer.returncode == 3
    (saved,) = (tmp_path / "faults").iterdir()
    assert str(saved) in answer.stderr
    assert "ZeroDivisionError" in saved.read_text(encoding="utf-8")
    assert "Traceback" not in answer.stderr


def test_version_and_help() -> None:
    assert unsaid("--version").stdout.startswith("unsaid ")
    help_text = unsaid("--help").stdout
    for command in ("run", "play", "explain", "moves", "strategies", "parameters", "scenarios"):
        assert command in help_text


def test_the_window_is_found_without_being_imported() -> None:
    code = (
        "import sys, sim.cli, sim.headless, sim.telling;"
        "sys.exit('game' in sys.modules or 'pygame' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_the_command_itself_loads_little() -> None:
    """The window is to be up within half a second, and every command passes this way."""
    heavy = ("numpy", "pydantic", "polars", "scipy", "mesa", "numba", "matplotlib", "SALib")
    code = f"import sys, sim.cli; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
