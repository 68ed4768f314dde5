"""From the command line to the first scene, with and without a display."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pygame
import pytest

from game import app, engine, faults, places, settings
from game.app import NothingToResume, newest
from game.engine import WrongPygame, has_display, refuse_old_pygame, shows_windows
from game.settings import Settings
from sim.journal import shelf


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


def imported(asked: str) -> set[str]:
    """What a program of its own has imported after that."""
    told = subprocess.run(
        [sys.executable, "-c", f"import sys\n{asked}\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYGAME_HIDE_SUPPORT_PROMPT": "1"},
    ).stdout
    return set(told.split())


def test_the_front_door_imports_no_pygame() -> None:
    assert not {"pygame", "mesa"} & imported("import game.app")


def test_the_window_waits_for_nothing_slow() -> None:
    found = imported("import game.app, game.desk, game.loop, sim.journal.shelf")
    assert "pygame" in found
    slow = {"numpy", "numba", "mesa", "pydantic", "ruamel", "jinja2", "urllib.request"}
    assert not slow & found
    assert not {"sim.scenario", "sim.session", "sim.rules"} & found


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


@pytest.mark.parametrize(
    ("driver", "environment", "seen"),
    [
        ("x11", {}, True),
        ("wayland", {}, True),
        ("windows", {}, True),
        ("offscreen", {"DISPLAY": ":99"}, False),
        ("dummy", {"DISPLAY": ":99"}, False),
        ("evdev", {"DISPLAY": ":99"}, False),
        ("dummy", {"SDL_VIDEODRIVER": "dummy"}, True),
        ("offscreen", {"SDL_VIDEO_DRIVER": "offscreen"}, True),
    ],
)
def test_whether_a_window_can_be_seen(driver: str, environment: dict[str, str], seen: bool) -> None:
    assert shows_windows(driver, environment) is seen


def test_a_damaged_session_is_named_with_its_reason(tmp_path: Path) -> None:
    damaged = tmp_path / "2015-04-01-0930-market-town-3f9a.jsonl"
    damaged.write_text("no session at all\n", encoding="utf-8")
    (kept,) = shelf(tmp_path)
    with pytest.raises(NothingToResume) as refused:
        newest(tmp_path)
    told = str(refused.value)
    assert str(damaged) in told
    assert kept.problem
    assert kept.problem in told
    assert told.endswith("unsaid play")


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
    file = tmp_path / "mine.jsonl"
    saved = faults.in_words(faults.Fault(report, file=file))
    assert "Nothing you decided is lost" in saved
    assert str(file) in saved
    assert str(report) in saved
    assert "--resume" in saved
    unsaved = faults.in_words(faults.Fault(report, unsaved=object()))  # type: ignore[arg-type]
    assert "as long as this window stays open" in unsaved
    assert "--resume" not in unsaved
    assert "again" in faults.in_words(faults.Fault(report, file=file, again=True))
    assert "nothing to lose" in faults.in_words(faults.Fault(None))


def test_a_fault_that_cannot_be_kept_at_home_is_kept_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where a folder should be")
    report = faults.save(ValueError("odd"), tmp_path / "home")
    assert report is not None
    assert tmp_path not in report.parents
    report.unlink()


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/a/b.yaml", "/a/b.yaml"),
        ("  '/a/my town.yaml' \n", "/a/my town.yaml"),
        ("“/a/b.jsonl”", "/a/b.jsonl"),
        ("file:///a/my%20town.yaml", "/a/my town.yaml"),
        ("file:///C:/plays/town.yaml", "C:/plays/town.yaml"),
    ],
)
def test_files_as_people_name_them(text: str, path: str) -> None:
    assert places.meant(text) == Path(path)


def test_a_file_in_the_reader_s_own_folder_is_shown_short() -> None:
    own = Path.home() / "town.yaml"
    assert places.meant("~/town.yaml") == own
    assert places.meant(places.shown(own)) == own
    assert places.meant("  ") is None
    assert places.shown(Path("/a/b")) == str(Path("/a/b"))
