"""The play screen looked at, for tests: reached by keys, its words read, its pixels taken."""

from __future__ import annotations

from pathlib import Path

import pygame
from hands_on import Player
from play_through import LAYOUT, at_the_table, play_with_keys

from game.scenes.play import PlayScene
from game.view.boxes import Boxes
from game.view.layout import Layout
from game.view.theme import LIGHT


def reach(folder: Path, where: str, turn: int = 1) -> tuple[Player, PlayScene]:
    player, scene = at_the_table(folder)
    for here in play_with_keys(player, scene):
        if here == where and scene.session.turn >= turn:
            return player, scene
    raise AssertionError(f"no {where} from turn {turn} on")


def words_shown(scene: PlayScene, t: float, size: tuple[int, int] = (1280, 720)) -> set[str]:
    """Every text that is drawn."""
    boxes = Boxes(*size)
    scene.draw(pygame.Surface(size), Layout(*size, 1.0, boxes), LIGHT, t)
    return set(boxes.names("text"))


def pixels(scene: PlayScene, t: float) -> bytes:
    surface = pygame.Surface((LAYOUT.width, LAYOUT.height))
    scene.draw(surface, LAYOUT, LIGHT, t)
    return pygame.image.tobytes(surface, "RGB")
