"""A whole play in a real window: begun, closed half-way, killed, resumed, ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from real_window import BARE, PLAY, RealWindow, screen

SCENARIO = "dancing-around-the-table"

pytestmark = [pytest.mark.window, pytest.mark.timeout(600)]

Open = Callable[..., RealWindow]


@pytest.fixture
def open_window(tmp_path: Path) -> Iterator[Open]:
    opened: list[RealWindow] = []
    with screen(1680, 1050) as display:

        def opening(*arguments: str, program: str = PLAY) -> RealWindow:
            window = RealWindow(display, tmp_path / "home", *arguments, program=program)
            opened.append(window)
            return window

        yield opening
        for window in opened:
            window.end()


def begin(window: RealWindow) -> None:
    """From the story's first page to the first turn, with the second promise."""
    for _page in range(12):
        window.press("Return")
        if window.file is None:
            window.press("2")
        window.press("Return")
        if window.file is not None:
            break
    window.until(lambda: window.turn() == 1, "the first turn")


def hears(window: RealWindow, pictures: Path) -> None:
    """Wait until it does: a key pressed before anybody listens is lost."""

    def listens() -> bool:
        window.press("F12", pause=0.3)
        return bool(list(pictures.glob("*.png")))

    window.until(listens, "it hears a key")


def play_on(window: RealWindow, done: Callable[[], bool]) -> None:
    """Press on until something is so: the first of everything, with the first two partners."""
    end = time.monotonic() + 240
    written, idle = 0, 0
    while not done():
        assert time.monotonic() < end, f"stuck at turn {window.turn()}: {window.kinds()[-5:]}"
        window.press("1", "2", "s", "Return", pause=0.06)
        idle = idle + 1 if len(window.kinds()) == written else 0
        written = len(window.kinds())
        if idle > 5:  # aiming at the same two, on and off again: never mind, and stay
            window.press("Escape", "Escape", "Escape", pause=0.06)
            idle = 0


def test_the_window_is_up_soon(open_window: Open, tmp_path: Path) -> None:
    """The promise is half a second on a free machine.

    This one may be busy, and its disk cold: so the best of three starts counts, beside the
    best of three of a bare pygame window on the same screen at the same time.
    """
    ours, bare = [], []
    for start in range(3):
        pictures = tmp_path / f"pictures-{start}"
        for program, taken in ((BARE, bare), (PLAY, ours)):
            window = open_window("--screenshots", str(pictures), program=program)
            taken.append(window.up_after)
            if program == PLAY:
                hears(window, pictures)
                window.press("Escape", "Tab", "Return")  # it asks; the ring is on Stay
                window.until(lambda w=window: w.process.poll() is not None, "it closes")  # type: ignore[misc]
                assert window.process.returncode == 0
            window.end()
    assert min(ours) < max(0.5, 7 * min(bare)), f"{ours} beside {bare}"


def test_a_whole_play_closed_half_way_killed_and_resumed(open_window: Open) -> None:
    window = open_window(SCENARIO, "--seed", "7")
    begin(window)
    opening = window.lines()[0].data
    window.press("2")  # say it here
    play_on(window, lambda: "live" in window.kinds())
    play_on(window, lambda: window.turn() == 3)
    file = window.file
    assert window.close() == 0
    assert "unsaid play --resume" in window.said()

    window = open_window("--resume")
    window.until(lambda: window.turn() == 3, "the third turn again")
    play_on(window, lambda: window.turn() == 5)
    before = window.kinds()
    window.kill()

    window = open_window("--resume")
    assert window.kinds()[: len(before)] == before
    play_on(window, window.ended)
    assert window.file == file
    assert window.lines()[0].data == opening
    assert window.turn() == 8
    ending = next(line for line in window.lines() if line.kind == "ending")
    assert ending.data
    assert window.close() == 0


def test_it_can_be_resized_and_pictured(open_window: Open, tmp_path: Path) -> None:
    import pygame

    pictures = tmp_path / "pictures"
    window = open_window(SCENARIO, "--seed", "7", "--screenshots", str(pictures))
    begin(window)
    for size in ((1024, 640), (1600, 1000)):
        window.size(*size)
        time.sleep(0.5)
        window.press("F12")
        window.until(lambda: bool(list(pictures.glob("*.png"))), "the picture")
        time.sleep(0.5)
        (picture,) = pictures.glob("*.png")
        assert pygame.image.load(picture).get_size() == size
        picture.unlink()
    window.press("F3", "F4", "F1", "Escape", "F2", "Escape", "F11", "F11")
    time.sleep(0.3)
    assert window.close() == 0


def test_a_file_opened_by_its_name(open_window: Open, tmp_path: Path) -> None:
    from sim.scenario import scenarios_folder

    file = tmp_path / "our town.yaml"
    text = (scenarios_folder() / f"{SCENARIO}.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace(f"id: {SCENARIO}", "id: our-town"), encoding="utf-8")
    pictures = tmp_path / "pictures"
    window = open_window("--seed", "7", "--screenshots", str(pictures))

    hears(window, pictures)
    window.press("o", pause=2.0)  # it may be reading the shelves
    window.type(str(file))
    window.press("Return")
    begin(window)
    assert window.lines()[0].data["scenario"]["id"] == "our-town"
    assert window.close() == 0
