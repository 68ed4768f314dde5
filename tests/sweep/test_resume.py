"""Stopped at any moment, and started again with the same command."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from sweep.quick import Quick, plan

from sim.sweep.folder import read_record
from sim.sweep.playing import Player
from sim.sweep.runner import run_sweep
from sim.sweep.store import read_results

SWEEP = """
import sys
sys.path[:0] = sys.argv[1:2]
from sweep.quick import Quick, plan
from sim.sweep.runner import run_sweep
run_sweep(plan(), sys.argv[2], play=Quick(seconds=0.004), chunk=2, workers=2)
"""
"""A sweep of forty runs in twenty chunks, in a process of its own."""
TESTS = str(Path(__file__).parents[1])


def chunks(folder: Path) -> int:
    return len(list((folder / "chunks").glob("*.parquet")))


def until(folder: Path, count: int, process: subprocess.Popen[str]) -> None:
    """Wait until so many chunks are there."""
    end = time.monotonic() + 60
    while chunks(folder) < count and process.poll() is None and time.monotonic() < end:
        time.sleep(0.002)


def test_killed_and_gone_on_with_it_is_the_sweep_that_was_left_alone(tmp_path: Path) -> None:
    folder, log = tmp_path / "r", tmp_path / "lived"
    for count in (4, 12):
        process = subprocess.Popen([sys.executable, "-c", SWEEP, TESTS, str(folder)], text=True)
        until(folder, count, process)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    there = chunks(folder)
    assert 12 <= there < 20
    summary = run_sweep(plan(), folder, play=Quick(log=str(log)))
    assert summary.lived == 40 - 2 * there
    assert read_results(folder).collect().equals(Player(plan(), Quick()).table(0, 40))
    record = read_record(folder)
    assert record["finished"]
    assert len(record["sittings"]) == 3
    # what was finished is not run again; a first run is, to have the rules at hand
    lived = Counter(log.read_text().split("\n")[:-1])
    assert sum(lived.values()) == summary.lived + 1
