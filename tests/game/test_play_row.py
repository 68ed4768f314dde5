"""A row: everything stops, and somebody breaks the silence."""

from __future__ import annotations

import pygame
import pytest
from play_through import (
    at_the_table,
    play_with_keys,
    step,
)

from game.scenes.play_silence import EruptionStep
from game.view.layout import Layout
from game.view.theme import DARK, LIGHT, rgb
from sim.moves import Event
from sim.session import MonthReport, Phase
from sim.session.showing import sides_taken


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


def test_a_row_stands_on_the_theme_s_own_ground(row):
    _player, scene = row
    for theme in (LIGHT, DARK):
        surface = pygame.Surface((1280, 720))
        scene.draw(surface, Layout(1280, 720), theme, 0.0)
        assert surface.get_at((2, 2))[:3] == rgb(theme.hush)


def test_once_more_takes_nothing_back_of_what_came_of_it(row):
    player, scene = row
    player.press(pygame.K_1)
    (answer,) = scene.step.answer
    for _second in range(8):
        player.wait(1)
    player.press(pygame.K_r)
    player.wait(0.1)
    assert scene.restless(player.t)
    assert scene.step.answer == [answer]
    assert answer in scene.in_words()


def test_only_those_who_took_sides_in_a_row_stand_by_it():
    def side(who: str, beside: str, against: str) -> Event:
        return Event(4, "side_taken", {"who": who, "with": beside, "against": against})

    events = [
        side("gps", "council", "hospital"),
        side("police", "landlord", "gps"),
        side("hospice", "hospital", "council"),
        Event(4, "avoided", {"a": "council", "b": "hospital", "matter": "parking"}),
    ]
    assert sides_taken(events, "hospital", "council") == (
        ("gps", "council", "hospital"), ("hospice", "hospital", "council"),
    )  # fmt: skip
    assert sides_taken(events, "gps", "landlord") == (("police", "landlord", "gps"),)
    assert sides_taken(events, "gps", "council") == ()


def test_two_rows_of_a_month_each_have_their_own_sides(row):
    _player, scene = row
    told = scene.step.told
    others = [one.id for one in scene.observation.partners if one.id not in (told.a, told.b)]
    month = scene.session.month
    rows = [(told.a, told.b, told.matter), (others[0], others[1], "")]
    events = [
        Event(month, "side_taken", {"who": others[2], "with": a, "against": b})
        for a, b, _matter in rows
    ]
    erupted = [
        event
        for event in scene.session.records[-1].events
        if event.code == "erupted" and event.args.get("matter") == told.matter
    ]
    scene.waiting.clear()
    scene._queue(scene.observation, MonthReport(month, (*erupted, *events)))
    (step_,) = [one for one in scene.waiting if isinstance(one, EruptionStep)]
    assert step_.sides == ((others[2], told.a, told.b),)


def test_a_row_is_shown_once_more(row):
    player, scene = row
    for _second in range(8):
        player.wait(1)
    assert not scene.restless(player.t)
    player.press(pygame.K_r)
    player.wait(0.1)
    assert scene.restless(player.t)
