"""The board: minutes on paper at every size, and a choice that nobody makes by mistake."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from hands_on import LANGUAGES, SIZES, TEXT_SIZES, key
from play_through import at_the_table, play_with_keys, step

from game.scenes.play_layout import areas
from game.scenes.play_minutes import blocks, draw_paper
from game.view.boxes import Boxes
from game.view.layout import Layout
from game.view.theme import DARK, LIGHT
from sim.minutes import LEVELS, Item, Minutes
from sim.moves import Event

LONG = Event(1, "raised_badly", {"a": "council", "b": "hospital"})
CANDID = Minutes(
    heading="Northmarsh and District Partnership Board",
    when="October 2016 to March 2017",
    answers=(
        "Asked to something: eight. Came: four.",
        "Sent a deputy: Northmarsh Council, Saltmere General and Marsh GP Federation.",
        "Diary full: Curlew Community Health.",
    ),
    items=(
        Item(
            "Curlew Community Health told Northmarsh Council: “Your people may not touch a "
            "dressing and mine may not make toast, so we send two cars.” Northmarsh Council did "
            "not accept this. Both want that minuted.",
            "The Chief Operating Officer and the Director of Adult Social Care to meet.",
            LONG,
        ),
        Item(
            "“The pooled fund is a real sign of our shared ambition.” So said Northmarsh CCG. "
            "The Board waited. Nothing followed.",
            "",
            LONG,
        ),
        Item("Northmarsh CCG and Eelbank Homes have abolished a form.", "", LONG),
    ),
    close="Any other business: two things that nobody had put on the agenda.",
    next="Next meeting: Tuesday 4 October 2016.",
    level=0,
)
LOVELY = Minutes(
    heading="Northmarsh Partnership Board",
    when="April to June 2015",
    answers=(),
    items=(),
    close="Members agreed that it had been a lovely meeting.",
    next="",
    level=LEVELS - 1,
)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("text", TEXT_SIZES)
@pytest.mark.parametrize("minutes", [CANDID, LOVELY], ids=["candid", "lovely"])
def test_the_minutes_fit_their_paper(size: tuple[int, int], text: float, minutes: Minutes) -> None:
    boxes = Boxes(*size)
    layout = Layout(*size, text, boxes)
    draw_paper(pygame.Surface(size), layout, LIGHT, areas(layout), minutes)
    assert boxes.faults() == []
    told = boxes.names("text")
    assert all(any(block.text[:20] in name for name in told) for block in blocks(minutes))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES, indirect=True)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_board_of_a_play_fits(size: tuple[int, int], language: str, tmp_path: Path) -> None:
    surface = pygame.Surface(size)
    wrong: list[str] = []
    player, scene = at_the_table(tmp_path, luck=5)
    for here in play_with_keys(player, scene):
        if here not in ("Board", "Minutes"):
            continue
        for text in TEXT_SIZES:
            boxes = Boxes(*size)
            scene.draw(surface, Layout(*size, text, boxes), DARK, 99.0)
            wrong += [f"{here} in turn {scene.session.turn}, {text}: {f}" for f in boxes.faults()]
    assert wrong == []


def second_board(folder: Path):
    player, scene = at_the_table(folder)
    for here in play_with_keys(player, scene):
        if here == "Minutes":
            return player, scene
    raise AssertionError("there were no minutes")


def test_the_minutes_are_read_before_the_matter_is_on_the_table(tmp_path: Path) -> None:
    player, scene = second_board(tmp_path)
    minutes = scene.step.minutes()
    assert all(block.text in scene.in_words() for block in blocks(minutes))
    live = scene.observation.live
    assert live is not None
    assert scene.step.said() not in scene.in_words()
    player.press(pygame.K_1)
    assert step(scene) == "Minutes"  # no choice while they are read
    player.press(pygame.K_RETURN)
    assert step(scene) == "Board"
    assert f"{scene.step.speaker()} {scene.step.said()}" in scene.in_words()
    player.press(pygame.K_n)
    assert step(scene) == "Minutes"
    player.press(pygame.K_RETURN)
    assert step(scene) == "Board"


def test_enter_by_habit_lets_nothing_pass(tmp_path: Path) -> None:
    player, scene = at_the_table(tmp_path)
    assert step(scene) == "Board"
    assert scene.hands.focus == ""
    player.press(pygame.K_RETURN)
    assert step(scene) == "Board"
    assert scene.session.records[-1].choice == "let_it_pass"  # nobody has chosen anything
    player.send(key(pygame.K_2))
    assert scene.session.live_choice == "say_it_here"
    assert step(scene) == "Diary"


def test_whoever_stands_first_in_a_matter_says_the_nicer_thing(tmp_path: Path) -> None:
    for luck in range(3, 12):
        _player, scene = at_the_table(tmp_path, luck=luck)
        live = scene.observation.live
        assert live is not None
        matter = next(m for m in scene.scenario.unsaid if m.id == live.id)
        speaker, other = (scene.names.partner(id) for id in matter.between)
        said = scene.step.speaker()
        assert said.index(speaker) < said.index(other), said
