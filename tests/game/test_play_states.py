"""What a step looks like further on: nothing overlaps or is cut there either."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest
from hands_on import LANGUAGES, TEXT_SIZES, Player, typed
from play_through import at_the_table, play_with_keys, step

from game.scenes.play import PlayScene
from game.scenes.play_why import WhyDialog
from game.view.boxes import Boxes
from game.view.layout import Layout
from game.view.theme import DARK

SIZES = ((1024, 640), (1920, 1080))


def states(folder: Path) -> Iterator[tuple[str, Player]]:
    """Aims half done, a full diary, answers turned, why of everything, the end of the years."""
    player, scene = at_the_table(folder)
    asked = False
    for here in play_with_keys(player, scene):
        turn = scene.session.turn
        if here == "Diary" and turn == 1 and not scene.session.queue:
            yield from _aims(player, scene)
        elif here == "Replies" and turn == 2 and scene.step.over:
            yield "answers turned", player
        elif here == "HandsUp" and turn == 4:
            scene.hands.type_into("hands", "11")
            yield "hands counted", player
            scene.hands.type_into("hands", "")
        elif here == "Beats" and turn == 3 and scene.step.over and not asked:
            asked = True
            yield "all beats", player
            player.press(pygame.K_w)
            for view in ("partner", "figure"):
                player.click_on(f"view:{view}")
                yield f"why, {view}", player
            player.press(pygame.K_ESCAPE, pygame.K_r)
            player.wait(0.1)
            yield "the months once more", player
            player.press(pygame.K_RETURN)
        elif here == "Ending" and not scene.step.whole_window:
            yield "the table at the end", player
    for _second in range(20):
        player.wait(1)
    yield "half of the years", player
    player.press(pygame.K_RETURN)
    yield "the end of the years", player
    player.press(pygame.K_w)
    yield "why, at the end", player


def _aims(player: Player, scene: PlayScene) -> Iterator[tuple[str, Player]]:
    for move, keys in (
        ("coffee", (pygame.K_1,)),
        ("small_experiment", (pygame.K_1, pygame.K_2, pygame.K_3, pygame.K_4)),
        ("thinking_space", (pygame.K_1, pygame.K_2)),
        ("governance", ()),
        ("governance", (pygame.K_2,)),
        ("target_and_grant", ()),
        ("widen_circle", ()),
    ):
        scene.step._play(move)
        if step(scene) != "Aim":
            continue
        player.press(*keys)
        yield f"aim of {move}", player
        player.press(pygame.K_ESCAPE)


@pytest.mark.parametrize("language", LANGUAGES, indirect=True)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_state_at_the_smallest_and_the_usual_size(size, language, tmp_path, home):
    surface = pygame.Surface(size)
    wrong, seen = [], set()
    for name, player in states(tmp_path):
        seen.add(name)
        for text in TEXT_SIZES:
            boxes = Boxes(*size)
            player.stack.draw(surface, Layout(*size, text, boxes), DARK, player.t + 90)
            wrong += [f"{name}, text {text}: {fault}" for fault in boxes.faults()]
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:12])
    assert {"aim of governance", "answers turned", "why, figure", "half of the years",
            "the table at the end"} <= seen  # fmt: skip


def test_typing_hands_leaves_the_play_as_it_is(tmp_path):
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        if here == "HandsUp":
            break
    player.send(typed("9"))
    assert scene.step.said() == "9"
    assert not [said for said in scene.session.said if said.kind == "hands_up"]


def test_why_can_be_opened_wherever_it_can_be_seen(tmp_path):
    player, scene = at_the_table(tmp_path)
    opened = set()
    for here in play_with_keys(player, scene):
        if here in opened or scene.session.turn < 2 or here == "HandsUp":
            continue
        if scene.session.turn > 2:
            break
        opened.add(here)
        player.press(pygame.K_w)
        if isinstance(player.stack.top, WhyDialog):
            player.press(pygame.K_ESCAPE)
        assert player.stack.top is scene
    assert {"Board", "Diary", "Beats"} <= opened
