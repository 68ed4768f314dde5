"""A window nobody sees, a scenario, and a language that is always too long."""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame
import pytest
from hands_on import LANGUAGES

from game.view import fonts, svg, text
from sim import words

if TYPE_CHECKING:
    from sim.scenario import Scenario


@pytest.fixture(scope="session", autouse=True)
def window() -> Iterator[pygame.Window]:
    """A hidden window: it lends surfaces its pixel format."""
    pygame.display.init()
    pygame.font.init()
    hidden = pygame.Window("tests", (1280, 720), hidden=True)
    hidden.get_surface()
    yield hidden
    for module in (fonts, svg, text):
        module.forget()
    pygame.quit()


class LongWords(gettext.NullTranslations):
    """Every message about two fifths longer, as some languages are; its braces stay."""

    def gettext(self, message: str) -> str:
        pieces = re.split(r"(\{[^}]*\})", message)
        return "".join(piece if piece.startswith("{") else longer(piece) for piece in pieces)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def longer(piece: str) -> str:
    def stretch(word: re.Match[str]) -> str:
        found = word.group()
        return found + "ěřšž"[: round(len(found) * 0.4)]

    return re.sub(r"[^\W\d_]{3,}", stretch, piece)


@pytest.fixture
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """As written, or always too long; parametrised indirectly."""
    if request.param == LANGUAGES[1]:
        monkeypatch.setattr(words, "_bound", [LongWords()])
    return str(request.param)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own: no session, no settings."""
    folder = tmp_path / "home"
    monkeypatch.setenv("UNSAID_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    """The one that ships, read once."""
    from sim.scenario import load_scenario

    return load_scenario("dancing-around-the-table")
