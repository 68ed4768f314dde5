"""A dozen screens as they looked when somebody last looked at them and was content.

Kept small (640 × 360), compared with tolerance: a letter's edge may move, a thing may not.
``make golden`` writes them anew; look at what changed before you commit.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pygame
import pytest
from gallery import exhibits
from PIL import Image

from game.view.layout import Layout
from game.view.theme import DARK, LIGHT

KEPT = Path(__file__).parent / "pictures"
SIZE = (1280, 720)
SMALL = (640, 360)
DIFFERENT = 40  # of 255, in any colour: seen by somebody who looks
MOST = 0.004  # share of such pixels

CHOSEN = {
    "hall-library": LIGHT,
    "briefing-1": LIGHT,
    "play-board": LIGHT,
    "play-board-3": DARK,
    "play-diary": LIGHT,
    "play-aim": LIGHT,
    "play-replies-3": LIGHT,
    "play-beats": DARK,
    "play-confidence": LIGHT,
    "play-surfaced": LIGHT,
    "play-eruption": DARK,
    "play-fourteen-partners": LIGHT,
    "play-ending": LIGHT,
    "play-later": LIGHT,
}


def shrunk(surface: pygame.Surface) -> Image.Image:
    pixels = pygame.image.tobytes(surface, "RGB")
    picture = Image.frombytes("RGB", surface.get_size(), pixels)
    return picture.resize(SMALL, Image.Resampling.BOX)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that somebody who looks would call different."""
    a, b = (np.asarray(picture.convert("RGB"), dtype=np.int16) for picture in (one, other))
    return float((np.abs(a - b).max(axis=2) > DIFFERENT).mean())


def test_a_dozen_screens_look_as_they_did(
    home: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    regenerate = request.config.getoption("--regenerate", default=False)
    changed, seen = {}, set()
    for exhibit in exhibits(home):
        theme = CHOSEN.get(exhibit.name)
        if theme is None:
            continue
        seen.add(exhibit.name)
        now = shrunk(exhibit.draw(Layout(*SIZE), theme))
        path = KEPT / f"{exhibit.name}.png"
        if regenerate:
            KEPT.mkdir(exist_ok=True)
            now.save(path, optimize=True)
            continue
        assert path.exists(), f"{path.name} was never kept: make golden"
        share = unlike(now, Image.open(path))
        if share > MOST:
            now.save(tmp_path / path.name)
            changed[exhibit.name] = f"{share:.2%}"
    assert seen == set(CHOSEN)
    assert not changed, f"{changed}; as they are now: {tmp_path}"


def test_the_tolerance_tells_a_thing_from_an_edge() -> None:
    picture = Image.new("RGB", SMALL, "white")
    edge = picture.copy()
    edge.paste((230, 230, 230), (0, 0, 640, 4))
    thing = picture.copy()
    thing.paste((11, 92, 173), (100, 100, 140, 140))
    assert unlike(picture, edge) == 0
    assert unlike(picture, thing) > MOST
