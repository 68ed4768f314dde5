"""``unsaid play`` where there is no display."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pygame
import pytest

from game.windowless import SCENARIO, STRATEGY
from sim.headless import play_through
from sim.journal import Line, read
from sim.library import strategy
from sim.scenario import load_scenario

COMMAND = (sys.executable, "-c", "from sim.cli import main; main()", "play")


def play(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER", "SDL_VIDEO_DRIVER")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment | {"UNSAID_HOME": str(home), "UNSAID_LANGUAGE": "en"} | more,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere there is always a display"
)


def test_a_strategy_plays_in_words_and_leaves_pictures(tmp_path: Path) -> None:
    done = play(tmp_path / "home", "--seed", "7", "--screenshots", str(tmp_path / "pictures"))
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("There is no display here")
    assert all(f"Turn {turn}," in done.stdout for turn in range(1, 9))
    assert "How it ended" in done.stdout
    (text,) = (tmp_path / "pictures").glob("*.txt")
    assert text.read_text(encoding="utf-8") == done.stdout
    pictures = sorted(path.name for path in (tmp_path / "pictures").glob("*.png"))
    assert [name.rpartition("7-")[2] for name in pictures] == [
        "ending.png", *(f"turn-{turn}.png" for turn in range(1, 9)),
    ]  # fmt: skip
    looks = [pygame.image.load(path) for path in (tmp_path / "pictures").glob("*.png")]
    assert {look.get_size() for look in looks} == {(1920, 1080)}
    (journal,) = (tmp_path / "pictures").glob("*.jsonl")
    assert same_play(read(journal).lines)
    # beside the plays of people it says whose it is
    assert read(journal).header["name"] == "Played by itself (relational)"


def test_a_display_that_nobody_answers_at_is_none(tmp_path: Path) -> None:
    done = play(tmp_path / "home", "no-such-place", DISPLAY=":31999")
    assert "There is no display here" in done.stderr  # SDL may grumble first
    assert "no-such-place" in done.stderr
    assert done.returncode == 1


def same_play(lines: Sequence[Line]) -> bool:
    """Whether what was drawn and kept is the play that was told."""
    told = play_through(load_scenario(SCENARIO), strategy(STRATEGY), luck=7)
    kept: list[list[str]] = []
    for line in lines:
        if line.kind == "turn":
            kept.append([])
        elif line.kind == "move":
            kept[-1].append(line.data["move"])
    ending = next(line.data["ending"]["id"] for line in lines if line.kind == "ending")
    same = kept == [[move.move for move in turn.moves] for turn in told.turns]
    return same and ending == told.ending


def test_where_nothing_can_be_written_the_turns_are_still_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = play(tmp_path / "home", "--screenshots", str(tmp_path / "file"))
    assert done.returncode == 1
    assert "Turn 8," in done.stdout
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_scenario_is_a_sentence(tmp_path: Path) -> None:
    done = play(tmp_path / "home", "dancing-around-the-tabel")
    assert done.returncode == 1
    assert "dancing-around-the-table" in done.stderr
    assert "Traceback" not in done.stderr
