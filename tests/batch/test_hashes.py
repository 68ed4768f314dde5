"""The numbers themselves: the same on every x86-64 Linux processor, and today as yesterday.

Change the hashes only with a line under *results differ* in the changelog.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from batch.plays import SCENARIOS, place

from sim.batch import play_batch
from sim.playbooks import load_strategy

pytestmark = [
    pytest.mark.compiled,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(
        not (sys.platform == "linux" and platform.machine() == "x86_64"),
        reason="bits are promised on x86-64 Linux; elsewhere counts and sums to 1e-9",
    ),
]

ROOT = Path(__file__).parents[2]
HASHES = {
    "dancing-around-the-table": "bbf2b7e7db22e2bfae46288602a17a61",
    "first-steps": "cbfeda59f4b05d7b0acf036ff59cbb96",
}


def digest(name: str) -> str:
    """Of every measure in every month, endings and tallies: four strategies, twenty lucks."""
    found = hashlib.sha256()
    where = place(name)
    for strategy in ("random", "systems-leadership", "traditional", "relational"):
        book = where.book(load_strategy(strategy))
        seen = play_batch(where, book, [where.theta()], range(20), months=range(73))
        for array in (seen.measures, seen.ending, seen.kept, seen.tally):
            found.update(array.astype("<f8").tobytes())
    return found.hexdigest()[:32]


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_numbers_are_as_they_were(name: str) -> None:
    assert digest(name) == HASHES[name]


def test_an_old_processor_gives_the_same_bits(tmp_path: Path) -> None:
    """Compiled for the plainest x86-64: no fused multiply-add, no wide registers."""
    code = f"from batch.test_hashes import digest; print(digest({SCENARIOS[0]!r}))"
    environment = os.environ | {
        "NUMBA_CPU_NAME": "generic",
        "NUMBA_CPU_FEATURES": "",
        "UNSAID_CACHE": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == HASHES[SCENARIOS[0]], done.stderr[-2000:]
