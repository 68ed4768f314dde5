"""A real window on a screen of its own (Xvfb), driven as by a person (xdotool)."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sim.journal import JournalError, Line, read

PATIENCE = 30.0  # seconds
PLAY = "from sim.cli import main; main()"
BARE = """
import os, sys
os.environ["SDL_VIDEO_X11_WMCLASS"] = "left-unsaid"
import pygame
pygame.display.init()
pygame.font.init()
window = pygame.Window("bare", (1280, 720))
window.get_surface().fill("white")
window.flip()
while pygame.event.wait().type != pygame.QUIT:
    pass
"""
"""The least that any game of pygame must do before its window is there."""


def needs() -> None:
    """Skip where there is no Xvfb or no xdotool to be had."""
    missing = [tool for tool in ("Xvfb", "xdotool") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed here: {', '.join(missing)}")


@contextmanager
def screen(width: int, height: int) -> Iterator[str]:
    """A screen nobody sits at; its name for $DISPLAY."""
    needs()
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        # never start afresh when the last one leaves: xdotool, asking whether the window is
        # there yet, would pull the screen from under a program just about to open it
        ["Xvfb", "-noreset", "-nolisten", "tcp", "-displayfd", str(theirs),
         "-screen", "0", f"{width}x{height}x24"],
        pass_fds=[theirs],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    try:
        number = b""
        while not number.endswith(b"\n"):
            piece = os.read(ours, 16)
            if not piece:
                pytest.skip("Xvfb does not start here")
            number += piece
        yield ":" + number.decode().strip()
    finally:
        os.close(ours)
        server.terminate()
        server.wait(10)


class RealWindow:
    """``unsaid play …`` in a process of its own, with somebody at its keyboard and mouse.

    ``program`` is another Python program to run in its place.
    """

    def __init__(self, display: str, home: Path, *arguments: str, program: str = PLAY) -> None:
        self.home = home
        self.environment = os.environ | {
            "DISPLAY": display,
            "UNSAID_HOME": str(home),
            "SDL_VIDEODRIVER": "x11",
            "UNSAID_LANGUAGE": "en",
        }
        self.began = time.monotonic()
        self.output = home.parent / "window-output.txt"
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", program, "play", *arguments],
                env=self.environment,
                stdout=output,
                stderr=output,
            )
        self.until(self._appears, "the window appears")
        self.up_after = time.monotonic() - self.began

    # --- looking --------------------------------------------------------------------------

    @property
    def id(self) -> str:
        """The window's number just now; "" while there is none."""
        found = self._x("search", "--onlyvisible", "--class", "left-unsaid", check=False).split()
        return found[-1] if found else ""

    def _appears(self) -> bool:
        return bool(self.id)

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if self.process.poll() is not None and "closes" not in what:
                raise AssertionError(f"it stopped before {what}: {self.said()}")
            if time.monotonic() > end:
                raise AssertionError(f"not after {PATIENCE:.0f} s: {what}; {self.said()}")
            time.sleep(0.02)

    def said(self) -> str:
        """What the program printed."""
        return self.output.read_text(encoding="utf-8", errors="replace")

    @property
    def file(self) -> Path | None:
        """The session's file, once there is one."""
        found = sorted((self.home / "sessions").glob("*.jsonl"))
        return found[-1] if found else None

    def lines(self) -> list[Line]:
        """The journal so far."""
        try:
            return list(read(self.file).lines) if self.file else []
        except JournalError:  # in the middle of a line
            return []

    def kinds(self) -> list[str]:
        return [line.kind for line in self.lines()]

    def turn(self) -> int:
        """The turn that the session has come to."""
        return sum(kind == "turn" for kind in self.kinds())

    def ended(self) -> bool:
        return "ending" in self.kinds()

    # --- doing ----------------------------------------------------------------------------

    def _x(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False
        )
        if check and done.returncode:
            raise AssertionError(f"xdotool {' '.join(words)}: {done.stderr}")
        return done.stdout

    def press(self, *keys: str, pause: float = 0.15) -> None:
        """Press keys one after another, as quickly as somebody in a hurry."""
        # without a window manager nobody hands the keyboard to a new window
        self._x("windowfocus", self.id, check=False)
        for key in keys:
            self._x("key", "--clearmodifiers", key)
            time.sleep(pause)

    def type(self, text: str) -> None:
        """Type a text, as quickly as a keyboard lets one."""
        self._x("windowfocus", self.id, check=False)
        self._x("type", "--clearmodifiers", "--delay", "30", text)

    def size(self, width: int, height: int) -> None:
        self._x("windowsize", self.id, str(width), str(height))

    def close(self) -> int:
        """Ask the program to end, as a desktop does that shuts down; the exit code."""
        self.process.terminate()
        self.until(lambda: self.process.poll() is not None, "it closes")
        return self.process.returncode

    def kill(self) -> None:
        """Pull the plug."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def end(self) -> None:
        """Make sure that it is gone, its window too: the next one is looked for by its class."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)
        end = time.monotonic() + 5
        while self.id and time.monotonic() < end:
            time.sleep(0.02)
