"""A row: everything stops, and somebody breaks the silence."""

from __future__ import annotations

import pygame
import pytest
from play_through import (
    at_the_table,
    play_with_keys,
    step,
)

from sim.session import Phase


@pytest.fixture(scope="module")
def before_a_row(tmp_path_factory):
    """A session at the turn that brings a row, to be branched; and that turn."""
    folder = tmp_path_factory.mktemp("row")
    player, scene = at_the_table(folder)
    for here in play_with_keys(player, scene):
        if here == "Eruption":
            return scene.session, scene.session.turn
    raise AssertionError("this luck has no row")


@pytest.fixture
def row(before_a_row, tmp_path):
    """Somebody before the silence after a row."""
    session, turn = before_a_row
    player, scene = at_the_table(tmp_path, session=session.branch("row", turn))
    for here in play_with_keys(player, scene):
        if here == "Eruption":
            return player, scene
    raise AssertionError("the branch has no row")


def test_a_row_stops_everything_until_somebody_breaks_the_silence(row):
    player, scene = row
    silence = scene.session.silence
    assert scene.session.phase is Phase.AWAITING
    assert scene.step.told.left_unsaid in scene.in_words()
    for _minute in range(10):
        player.wait(60)  # no clock
    player.press(pygame.K_RETURN, pygame.K_SPACE)
    assert scene.session.silence == silence
    keys = [key for key, *_rest in scene.step.options()]
    assert keys == [
        f"silence:speak:{silence.a}", f"silence:speak:{silence.b}", "silence:outsider",
        "silence:next",
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_what_came_of_the_silence_is_told(number, row):
    player, scene = row
    silence = scene.session.silence
    chosen = scene.step.options()[number - 1]
    player.press(pygame.K_0 + number)
    assert scene.session.silence != silence
    assert step(scene) == "Eruption answered"
    (answer,) = scene.step.answer
    assert answer in scene.in_words()
    if chosen[3].of_one:
        assert scene.names.partner(silence.a) in answer or scene.names.partner(silence.b) in answer
    player.press(pygame.K_RETURN)
    assert step(scene) != "Eruption answered"


def test_a_row_is_shown_once_more(row):
    player, scene = row
    for _second in range(8):
        player.wait(1)
    assert not scene.restless(player.t)
    player.press(pygame.K_r)
    player.wait(0.1)
    assert scene.restless(player.t)
