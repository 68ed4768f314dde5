"""Every command of docs/sweeps.md, in its order, as a reader would type it.

The study is made smaller, so that it takes seconds; with ``-m slow`` it is the study itself.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sim.sweep.study import find_study

pytestmark = [pytest.mark.compiled, pytest.mark.timeout(1200)]

PAGE = Path(__file__).parents[2] / "docs" / "sweeps.md"
STUDY = "02-candour-before-trust"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)


def commands() -> list[str]:
    return [line for block in blocks("console") for line in block.strip().splitlines()]


def smaller(folder: Path) -> Path:
    """The same study on a few points, beside the same playbooks."""
    there = Path(str(find_study(STUDY)))
    (folder / "playbooks").mkdir()
    for book in (there.parent / "playbooks").iterdir():
        (folder / "playbooks" / book.name).write_text(book.read_text("utf-8"), "utf-8")
    text = there.read_text(encoding="utf-8")
    text, points = re.subn(r"points: 100", "points: 8", text)
    text, lucks = re.subn(r"replications: 40", "replications: 30", text)
    assert points == lucks == 1
    path = folder / "candour.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_the_commands_and_the_example(tmp_path: Path, whole: bool) -> None:
    study = STUDY if whole else str(smaller(tmp_path))
    environment = os.environ | {"UNSAID_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"}
    said = {}
    for command in commands():
        name, *rest = command.split()
        assert name == "unsaid"
        given = [study if word == STUDY else word for word in rest]
        done = subprocess.run(
            [sys.executable, "-m", "sim", *given], cwd=tmp_path, env=environment,
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, (command, done.stderr[-3000:])
        said[command] = done.stdout
    assert (tmp_path / "candour" / "analysis" / "index.html").stat().st_size > 100_000
    assert list((tmp_path / "home" / "sessions").glob("*.jsonl"))
    example = next(code for code in blocks("python") if "pivot" in code)
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=tmp_path, env=environment, capture_output=True,
        text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "gap" in done.stdout


def test_the_study_on_the_page_is_right() -> None:
    from sim.sweep.study import study_from

    text = blocks("yaml")[0].replace(", playbooks/mine.yaml", "")
    study = study_from(text, "page.yaml")
    assert study.replications == 50
