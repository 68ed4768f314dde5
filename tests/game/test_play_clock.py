"""The clock of the play screen, its pause and its black screen."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from hands_on import Player, click, key, typed
from looked_at import pixels, reach, words_shown
from play_through import LAYOUT, at_the_table, step

from game.loop import Loop
from game.scene import Stack
from game.scenes.blackout import SAYS, Blackout
from game.scenes.measures import MeasuresDialog
from game.scenes.play import PlayScene
from game.scenes.play_timer import NEARLY, OVER, PAUSED, RUNNING, SECONDS, SOON, STILL, Clock
from game.view.theme import LIGHT


@pytest.fixture
def seated(tmp_path: Path) -> tuple[Player, PlayScene]:
    return at_the_table(tmp_path)


# --- the clock ------------------------------------------------------------------------------


def test_a_clock_counts_down_turns_amber_and_counts_on():
    clock = Clock().at(1, "diary", 100.0, runs=True)
    assert clock.dial(100.0).shown == "3:00"
    assert clock.dial(155.5).shown == "2:05"
    assert clock.dial(155.5).state == RUNNING
    soon = 100.0 + SECONDS["diary"] * (1 - NEARLY) + 0.1
    assert clock.dial(soon).state == SOON
    assert clock.dial(soon).caption != clock.dial(155.5).caption  # not by colour alone
    assert (clock.dial(292.5).state, clock.dial(292.5).shown) == (OVER, "+0:12")


def test_a_stage_goes_on_where_it_was_after_a_moment_for_talk():
    clock = Clock().at(2, "months", 10.0, runs=True)
    talk = clock.at(2, "months", 30.0, runs=False)
    assert talk.dial(500.0).state == STILL
    after = talk.at(2, "months", 500.0, runs=True)
    assert after.dial(500.0).shown == "0:40"
    assert after.at(3, "months", 501.0, runs=True).dial(501.0).shown == "1:00"


def test_each_stage_has_the_time_that_the_rules_of_the_room_say():
    assert dict(SECONDS) == {
        "board": 45, "diary": 180, "replies": 20, "months": 60, "car_park": 20,
    }  # fmt: skip
    assert Clock().at(2, "hands", 0.0, runs=True).dial(9.0).state == STILL


def test_the_clock_starts_when_the_screen_is_shown_and_any_instant_can_be_drawn(seated):
    player, scene = seated
    player.wait(600)  # the library had been open for ten minutes
    assert scene.clock.dial(scene.t).shown == "0:45"
    for t, shown in ((600.0, "0:45"), (620.0, "0:25"), (650.0, "+0:05"), (600.0, "0:45")):
        scene.draw(pygame.Surface((1280, 720)), LAYOUT, LIGHT, t)
        assert scene.clock.dial(scene.pace.time(t)).shown == shown
    assert "timer" in words_shown(scene, 620.0)


def test_the_clock_never_forces_anything(seated):
    player, scene = seated
    for _minute in range(20):
        player.wait(60)
    assert step(scene) == "Board"
    assert scene.session.turn == 1


@pytest.mark.parametrize("where", ["Inject", "Confidence", "Confidence open", "HandsUp"])
def test_what_wants_talk_has_no_clock(where, tmp_path):
    _player, scene = reach(tmp_path, where)
    assert scene.clock.dial(999.0).state == STILL
    assert "timer" not in words_shown(scene, 5.0)


def test_the_clock_can_be_switched_off(seated):
    player, scene = seated
    player.wait(5)
    assert "timer" in words_shown(scene, 6.0)
    scene.desk.change(timer=False)
    assert "timer" not in words_shown(scene, 6.0)
    assert "left" not in words_shown(scene, 6.0)
    assert "left for this" not in scene.in_words()


# --- pause, talk, what lies over the table ---------------------------------------------------


def test_space_stops_the_clock_and_the_months_until_space_again(tmp_path):
    player, scene = reach(tmp_path, "Months")
    player.wait(1.0)
    month, left = scene.session.month, scene.clock.dial(scene.t).shown
    player.press(pygame.K_SPACE)
    for _second in range(30):
        player.wait(1.0)
    assert (scene.session.month, step(scene)) == (month, "Months")
    dial = scene.clock.dial(scene.pace.time(player.t), paused=scene.pace.paused)
    assert (dial.state, dial.shown) == (PAUSED, left)
    assert "paused" in words_shown(scene, player.t)
    assert pixels(scene, player.t) == pixels(scene, player.t + 60)
    player.press(pygame.K_SPACE)
    player.wait(0.5)
    assert "paused" not in words_shown(scene, player.t)
    assert scene.session.month == month  # not everything at once
    for _second in range(30):
        player.wait(1.0)
    assert scene.session.month > month or step(scene) != "Months"


def test_somebody_who_goes_on_ends_the_pause(tmp_path):
    player, scene = reach(tmp_path, "Months")
    player.wait(1.0)
    player.press(pygame.K_SPACE)
    assert scene.pace.paused
    player.press(pygame.K_RETURN)
    assert not scene.pace.paused


def test_space_presses_no_button_here_but_is_typed_into_a_line(tmp_path):
    player, scene = reach(tmp_path, "CarPark")
    turn = scene.session.turn
    player.tab_to("note")
    player.send(typed("So"), key(pygame.K_SPACE), typed(" it goes"))
    assert not scene.pace.paused
    assert scene.hands.text("note") == "So it goes"
    player.tab_to("next")
    player.press(pygame.K_SPACE)
    assert (scene.pace.paused, scene.session.turn) == (True, turn)


def test_nothing_happens_behind_a_dialog(tmp_path):
    player, scene = reach(tmp_path, "Months")
    player.wait(0.5)
    month, left = scene.session.month, scene.clock.dial(scene.t).shown
    player.press(pygame.K_m)
    assert isinstance(player.stack.top, MeasuresDialog)
    for _second in range(20):
        player.wait(1.0)
    player.press(pygame.K_ESCAPE)
    player.wait(0.0)
    assert (scene.session.month, scene.clock.dial(scene.t).shown) == (month, left)


@pytest.mark.parametrize("way_back", [[key(pygame.K_x)], [key(pygame.K_SPACE)], click((40, 40))])
def test_a_black_screen_until_any_key(way_back, seated):
    player, scene = seated
    player.wait(3)
    player.press(pygame.K_b)
    dark = player.stack.top
    assert isinstance(dark, Blackout)
    surface = pygame.Surface((1280, 720))
    player.stack.draw(surface, LAYOUT, LIGHT, player.t)
    assert len(set(pygame.image.tobytes(surface, "RGB"))) > 1  # it says how to come back
    player.stack.draw(surface, LAYOUT, LIGHT, player.t + SAYS)
    assert set(pygame.image.tobytes(surface, "RGB")) == {0}
    player.send(key(pygame.K_LSHIFT))
    assert player.stack.top is dark
    left = scene.clock.dial(scene.t).shown
    player.wait(300)
    player.send(*way_back)
    player.wait(0)
    assert player.stack.top is scene
    assert step(scene) == "Board"
    assert scene.clock.dial(scene.t).shown == left


@pytest.mark.parametrize("key_pressed", [pygame.K_F1, pygame.K_F2, pygame.K_m, pygame.K_l])
def test_the_clock_stands_still_behind_whatever_lies_over_the_play(
    key_pressed, tmp_path, monkeypatch
):
    """With the real loop, its own time passing by ten seconds a round."""
    _player, scene = at_the_table(tmp_path)
    loop = Loop(scene.desk)
    loop.open()
    try:
        loop.stack = Stack(scene)
        now = [0.0]

        def later() -> float:
            now[0] += 10.0
            return now[0]

        monkeypatch.setattr(loop, "_pass", later)
        monkeypatch.setattr(loop, "_events", lambda *, wait: [incoming.pop(0)] if incoming else [])
        incoming: list[pygame.event.Event] = []

        def rounds(*events: pygame.event.Event) -> str:
            incoming.extend(events)
            for _round in range(max(1, len(events))):
                loop._turn(fresh=True)
            return scene.clock.dial(scene.pace.time(now[0])).shown

        assert [rounds(), rounds()] == ["0:45", "0:35"]
        covered = rounds(key(key_pressed))
        assert loop.stack.top is not scene
        assert [rounds(), rounds(), rounds()] == [covered] * 3
        back = rounds(key(pygame.K_ESCAPE))
        assert loop.stack.top is scene
        assert back == covered  # it goes on from where it stood
        assert rounds() == "0:25"
    finally:
        loop.close()
