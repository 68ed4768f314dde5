"""From the command line to the first scene, with and without a display."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pygame
import pytest

from game import app, engine, faults, settings
from game.app import NothingToResume, newest
from game.engine import WrongPygame, has_display, refuse_old_pygame
from game.settings import Settings


def test_the_old_pygame_is_refused_with_what_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_old_pygame()  # as installed here
    monkeypatch.setattr(engine.metadata, "distribution", lambda name: object())
    with pytest.raises(WrongPygame) as refused:
        app.main()
    assert "pip uninstall -y pygame pygame-ce" in str(refused.value)
    assert "pip install pygame-ce" in str(refused.value)


def test_our_pygame_is_the_living_one() -> None:
    assert pygame.IS_CE
    with pytest.raises(metadata.PackageNotFoundError):
        metadata.distribution("pygame")


def test_the_front_door_imports_no_pygame() -> None:
    asked = "import sys, game.app; print('pygame' in sys.modules, 'mesa' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout
    assert told.split() == ["False", "False"]


@pytest.mark.parametrize(
    ("environment", "platform", "there"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"SDL_VIDEODRIVER": "dummy"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_whether_there_is_a_display(
    environment: dict[str, str], platform: str, there: bool
) -> None:
    assert has_display(environment, platform) is there


def test_with_nothing_to_resume_it_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(NothingToResume, match="unsaid play"):
        newest(tmp_path)


def test_settings_that_are_damaged_or_strange_are_as_at_first(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for text in ("", "{", "[1]", '{"theme": "puce", "text": 7, "full_screen": "yes"}'):
        path.write_text(text)
        assert settings.load(path) == Settings()
    assert settings.save(path, Settings("dark", 1.3, True))
    assert settings.load(path) == Settings("dark", 1.3, True)


def test_a_fault_says_what_is_safe(tmp_path: Path) -> None:
    report = faults.save(ValueError("odd"), tmp_path)
    assert report is not None
    assert "ValueError: odd" in report.read_text(encoding="utf-8")
    assert "--resume" in faults.in_words(tmp_path / "mine.jsonl", False, report)
    assert "lost" in faults.in_words(tmp_path / "mine.jsonl", True, report)
    assert "safe" not in faults.in_words(None, False, None)
