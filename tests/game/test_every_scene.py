"""Every scene there is: in its boxes, readable aloud, and drawn the same twice."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from gallery import exhibits
from hands_on import LANGUAGES, SIZES, TEXT_SIZES

from game.view.boxes import Boxes
from game.view.layout import Layout
from game.view.theme import DARK, LIGHT


@pytest.mark.parametrize("language", LANGUAGES, indirect=True)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_overlaps_leaves_or_is_cut(size: tuple[int, int], language: str, home: Path):
    surface = pygame.Surface(size)
    wrong: list[str] = []
    for exhibit in exhibits(home):
        for text in TEXT_SIZES:
            boxes = Boxes(*size)
            exhibit.stack.draw(surface, Layout(*size, text, boxes), LIGHT, exhibit.t)
            assert boxes.names("text"), f"{exhibit.name} says nothing"
            wrong += [f"{exhibit.name}, text {text}: {fault}" for fault in boxes.faults()]
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:20])


def test_drawing_changes_nothing(home: Path):
    """The same instant twice, another size and theme in between: the same pixels."""
    for exhibit in exhibits(home):
        first = exhibit.draw(Layout(1280, 720), LIGHT)
        exhibit.draw(Layout(1024, 640, 1.3), DARK)
        again = exhibit.draw(Layout(1280, 720), LIGHT)
        assert pygame.image.tobytes(first, "RGB") == pygame.image.tobytes(again, "RGB"), (
            exhibit.name
        )


def test_every_scene_can_be_read_aloud(home: Path):
    for exhibit in exhibits(home):
        assert exhibit.stack.top is not None
        assert len(exhibit.stack.top.in_words()) > 20, exhibit.name
