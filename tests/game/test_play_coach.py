"""The tutorial: a hint at every step, in its place, until somebody has had enough."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import get_args

import pygame
import pytest
from hands_on import LANGUAGES, SIZES, TEXT_SIZES, Player
from play_through import at_the_table, play_with_keys, scenario

import game.scenes
from game.scenes.play import PlayScene
from game.scenes.play_coach import is_tutorial
from game.scenes.play_step import Step
from game.view.boxes import Boxes
from game.view.layout import Layout
from game.view.theme import LIGHT
from sim.scenario import load_scenario
from sim.scenario.parts import PlayStep
from sim.session import Session


def first_steps(folder: Path, luck: int) -> tuple[Player, PlayScene]:
    lesson = load_scenario("first-steps")
    promise = lesson.story.promises[0].id
    # saved, as in a real play: a badge less beside “Tutorial”
    session = Session.start(lesson, luck=luck, promise=promise)
    return at_the_table(folder, session=session)


def screens(folder: Path, luck: int) -> Iterator[PlayScene]:
    player, scene = first_steps(folder, luck)
    for _name in play_with_keys(player, scene):
        yield scene


def test_a_scenario_and_the_screen_name_the_same_steps() -> None:
    for module in iter_modules(game.scenes.__path__):
        import_module(f"game.scenes.{module.name}")

    def names(kind: type[Step]) -> list[str]:
        own = [kind.name] if kind.name else []
        return own + [name for one in kind.__subclasses__() for name in names(one)]

    # a diary is called otherwise while somebody aims or looks into the drawer
    assert sorted([*names(Step), "aim", "drawer"]) == sorted(get_args(PlayStep))


def test_every_step_of_the_tutorial_has_a_hint(tmp_path: Path) -> None:
    told: dict[str, set[str]] = {}
    for luck in range(3, 8):
        for scene in screens(tmp_path, luck):
            if scene.step.whole_window:
                assert not scene.hint()
                continue
            assert scene.hint(), f"{scene.step.part} in turn {scene.session.turn}"
            told.setdefault(scene.step.part, set()).add(scene.hint())
    assert {"board", "diary", "drawer", "aim", "replies", "months", "card", "news", "surfacing",
            "beats", "car_park", "ending", "later"} <= set(told)  # fmt: skip
    assert len(told["board"]) == len(told["diary"]) == 2  # another in the second turn


def test_h_puts_them_away_and_the_figures_come_back(tmp_path: Path) -> None:
    player, scene = first_steps(tmp_path, 3)

    def shown() -> str:
        boxes = Boxes(1280, 720)
        scene.draw(pygame.Surface((1280, 720)), Layout(1280, 720, 1.0, boxes), LIGHT, 9.0)
        return " ".join(boxes.names("text"))

    assert "On the table lies" in shown()
    assert scene.hint() in scene.in_words()
    assert "Who pays" not in shown()
    player.press(pygame.K_h)
    assert scene.hint() == ""
    assert "On the table lies" not in shown()
    assert "Who pays" in shown()
    for _name in play_with_keys(player, scene):
        assert scene.hint() == ""


def test_the_button_puts_them_away_too(tmp_path: Path) -> None:
    player, scene = first_steps(tmp_path, 3)
    player.click_on("hints")
    assert scene.hint() == ""


def test_the_screen_says_that_it_is_the_tutorial(tmp_path: Path) -> None:
    _player, scene = first_steps(tmp_path, 3)
    assert "Tutorial" in scene.facts().badges
    _player, other = at_the_table(tmp_path)
    assert not is_tutorial(scenario())
    assert "Tutorial" not in other.facts().badges
    assert other.hint() == ""


@pytest.mark.parametrize("language", LANGUAGES, indirect=True)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_hints_fit_at_every_size(size: tuple[int, int], language: object, tmp_path: Path) -> None:
    surface = pygame.Surface(size)
    wrong: list[str] = []
    seen: set[str] = set()
    for scene in screens(tmp_path, luck=4):
        hint = scene.hint()
        if not hint or hint in seen:
            continue
        seen.add(hint)
        for text in TEXT_SIZES:
            boxes = Boxes(*size)
            scene.draw(surface, Layout(*size, text, boxes), LIGHT, 99.0)
            wrong += [f"{scene.step.part}, text {text}: {one}" for one in boxes.faults()]
    assert len(seen) > 12
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:12])
