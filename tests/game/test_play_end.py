"""The ending, and the years after; everything standing still where nothing may move."""

from __future__ import annotations

import pygame
from play_through import (
    LAYOUT,
    at_the_end,
    at_the_table,
    picture,
    play_with_keys,
    step,
)

from game.view.theme import LIGHT


def test_the_ending_has_a_page_of_its_own_and_then_the_table(tmp_path, home):
    player, scene = at_the_end(tmp_path)
    assert scene.step.whole_window
    assert scene.session.ending.title in scene.in_words()
    page = picture(scene)
    player.press(pygame.K_RETURN)
    assert step(scene) == "Ending"
    assert not scene.step.whole_window
    assert picture(scene) != page


def test_the_ending_comes_up_by_and_by_and_stands_at_last(tmp_path, home):
    player, scene = at_the_end(tmp_path)
    player.wait(0.1)
    assert scene.restless(player.t)
    surface = pygame.Surface((1280, 720))
    seen = []
    for t in (player.t, player.t + 1.2, player.t + 2.8, player.t + 9, player.t + 20):
        scene.draw(surface, LAYOUT, LIGHT, t)
        seen.append(pygame.image.tobytes(surface, "RGB"))
    assert len(set(seen)) == 4
    assert seen[3] == seen[4]


def test_three_years_go_by_in_forty_seconds_and_can_be_skipped(tmp_path, home):
    player, scene = at_the_end(tmp_path)
    ended = scene.observation.month
    player.press(pygame.K_RETURN, pygame.K_RETURN)
    assert step(scene) == "Later"
    assert scene.observation.month == ended
    months = []
    for _quarter in range(4 * 41):
        player.wait(0.25)
        months.append(scene.observation.month)
    assert months == sorted(months)
    assert set(months) == set(range(ended, 73))
    assert scene.step.over
    player.wait(2)
    assert not scene.restless(player.t)
    last = picture(scene)
    player.press(pygame.K_r)
    assert scene.observation.month == ended
    player.press(pygame.K_RETURN)  # to the end of it
    assert scene.observation.month == 72
    assert picture(scene) == last


def test_back_from_the_years_after_stands_the_table_as_it_was_left(tmp_path, home):
    player, scene = at_the_end(tmp_path)
    ended = scene.observation.month
    player.press(pygame.K_RETURN, pygame.K_RETURN, pygame.K_RETURN)
    player.click_on("ending")
    assert step(scene) == "Ending"
    assert scene.observation.month == ended
    player.press(pygame.K_RETURN, pygame.K_RETURN)
    assert (step(scene), scene.observation.month) == ("Later", ended)


def test_with_reduced_motion_everything_stands_at_its_last_instant(tmp_path, home):
    player, scene = at_the_table(tmp_path)
    scene.desk.change(reduced_motion=True)
    for here in play_with_keys(player, scene):
        if here in ("Replies", "Beats"):
            assert scene.step.over
        if here in ("Replies", "Beats", "Eruption", "Ending", "CarPark"):
            player.wait(0.1)
            assert not scene.restless(player.t), here
    assert scene.step.over
    assert scene.observation.month == 72
