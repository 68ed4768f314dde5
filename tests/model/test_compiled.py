"""One set of rules: interpreted and compiled, they give the same bits.

Compiling takes minutes the first time and is kept in the user's cache folder, so one
child process makes everything that these tests compare.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from model import traced

from sim import compiled
from sim.rules.month import whole_month

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def from_compiled() -> list[str]:
    """What :mod:`model.traced` prints in a process that compiles the rules."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    environment = os.environ | {"UNSAID_COMPILED": "1", "PYTHONPATH": paths, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "model.traced"], env=environment, capture_output=True, text=True,
        encoding="utf-8", check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout.splitlines()


@pytest.mark.compiled
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", ["draw", *traced.PLAYS])
def test_compiled_rules_give_the_same_bits(name: str, from_compiled: list[str]) -> None:
    assert from_compiled[0] == "compiled"
    there = [line for line in from_compiled if line.startswith(f"{name} ")]
    here = list(traced.draws() if name == "draw" else traced.months(name))
    for left, right in zip(here, there, strict=True):
        assert right == left


def test_a_whole_month_in_one_call_is_the_ten_lines() -> None:
    """Sweeps run :func:`whole_month`; people watch :meth:`Locality.step`."""
    from model.plays import locality

    stepped, whole = locality(12), locality(12)
    for _ in range(30):
        stepped.step()
        if whole.month + 1 in whole.turns_at:
            whole.open_turn()
        whole.begin_month()
        w, s, led, ev, orders = whole.arrays
        whole_month(w, whole.theta, s, led, ev, orders)
        assert whole.state_bytes() == stepped.state_bytes()


def test_changed_rules_never_meet_old_machine_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache folder is named after every source a rule may live in."""
    copy = tmp_path / "sim"
    shutil.copytree(ROOT / "sim", copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setenv("UNSAID_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(compiled, "_HERE", copy)
    first = compiled.cache_folder()
    assert first.is_relative_to(tmp_path / "cache")
    assert compiled.cache_folder() == first
    seen = {first}
    for changed in ("rules/fund.py", "draws.py", "measures.py", "expressions/program.py"):
        path = copy / changed
        path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
        assert compiled.cache_folder() not in seen
        seen.add(compiled.cache_folder())


def test_a_named_cache_folder_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("UNSAID_CACHE", str(tmp_path / "mine"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "desktop"))
    assert compiled.cache_folder().parents[1] == tmp_path / "mine"
    monkeypatch.delenv("UNSAID_CACHE")
    assert compiled.cache_folder().parents[1] == tmp_path / "desktop"
