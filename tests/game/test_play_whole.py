"""Whole plays on the real model: by keyboard alone, by mouse alone, and by doing nothing."""

from __future__ import annotations

from pathlib import Path

import pygame
from play_through import LAYOUT, at_the_table, play_with_keys, step

from game.scenes.library import LibraryScene
from game.scenes.play import PlayScene
from game.scenes.play_step import Seat
from game.view.theme import LIGHT
from sim.session import Phase, Session


def draw(scene: PlayScene, t: float = 0.0) -> pygame.Surface:
    surface = pygame.Surface((LAYOUT.width, LAYOUT.height))
    scene.draw(surface, LAYOUT, LIGHT, t)
    return surface


def test_a_whole_play_by_keyboard_alone(tmp_path: Path, home: Path):
    player, scene = at_the_table(tmp_path)
    shown = list(play_with_keys(player, scene))
    assert scene.session.ending is not None
    assert scene.session.observe().month == 72
    assert {"Board", "Diary", "Drawer", "Aim", "Replies", "HandsUp", "Months", "Inject", "Beats",
            "CarPark", "Ending", "Later"} <= set(shown)  # fmt: skip
    said = {line.kind for line in scene.session.said}
    assert said == {"note", "hands_up"}
    assert all(record.moves for record in scene.session.records)
    player.press(pygame.K_RETURN, pygame.K_RETURN)  # to the end of the years, and out
    assert isinstance(player.stack.top, LibraryScene)


def test_a_whole_play_by_mouse_alone(tmp_path: Path, home: Path):
    player, scene = at_the_table(tmp_path, luck=5)
    for _click in range(900):
        match step(scene):
            case "Minutes":
                player.click_on("go")
            case "Board":
                player.click_on("live:" if scene.observation.live else "go")
            case "Diary" if not scene.session.queue:
                player.click_on("card:")
            case "Diary":
                player.click_on("ask")
            case "Aim":
                seats = [
                    widget
                    for widget in scene.widgets(LAYOUT)
                    if isinstance(widget, Seat) and widget.partner in scene.step.hotkeys()
                ]
                player.click_on(seats[0].key)
                player.click_on(seats[1].key)
                if step(scene) == "Aim":
                    player.click_on("done")
            case "HandsUp":
                player.click_on("skip")
            case "Inject":
                player.click_on("option:")
            case "Confidence":
                player.click_on("turn")
            case "Confidence open":
                player.click_on("do:keep")
            case "Eruption":
                player.click_on("silence:")
            case "Ending":
                player.click_on("table" if scene.step.whole_window else "later")
            case "Later":
                break
            case _:
                player.click_on("next")
    assert scene.session.ending is not None
    player.click_on("skip")
    player.click_on("library")
    assert isinstance(player.stack.top, LibraryScene)


def test_time_alone_turns_replies_runs_months_and_shows_beats(tmp_path: Path):
    player, scene = at_the_table(tmp_path)
    player.press(pygame.K_1, pygame.K_1, pygame.K_1, pygame.K_2, pygame.K_s, pygame.K_s)
    assert step(scene) == "Replies"
    for _frame in range(60):
        player.wait(0.25)
    assert getattr(scene.step, "over") is True  # noqa: B009
    player.press(pygame.K_RETURN)
    assert step(scene) == "Months"
    for _frame in range(200):
        player.wait(0.25)
        if step(scene) not in ("Months", "Beats"):
            player.press(pygame.K_1 if step(scene) == "Inject" else pygame.K_RETURN)
        if step(scene) == "Beats" and not scene.step.restless(player.t):
            break
    assert step(scene) == "Beats"
    assert scene.session.phase is Phase.REVEALED


def test_nothing_moves_once_the_table_stands_still(tmp_path: Path):
    player, scene = at_the_table(tmp_path)
    scene.desk.change(timer=False)  # the clock is what moves, and nothing else
    player.wait(5)
    assert not scene.restless(player.t)
    one, two = draw(scene, 5.0), draw(scene, 9.0)
    assert pygame.image.tobytes(one, "RGB") == pygame.image.tobytes(two, "RGB")


def test_drawing_changes_nothing(tmp_path: Path):
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        state, turn, focus = scene.session.state(), scene.session.turn, scene.hands.focus
        draw(scene, player.t)
        draw(scene, player.t + 50)
        assert (scene.session.state(), scene.session.turn, scene.hands.focus) == (
            state, turn, focus,
        )  # fmt: skip
        assert step(scene) == here
        if scene.session.turn == 2:
            return


def test_a_session_resumed_shows_the_step_at_which_it_was_left(tmp_path: Path, home: Path):
    from play_through import scenario

    session = Session.start(scenario(), luck=3, folder=tmp_path)
    player, scene = at_the_table(tmp_path, session=session)
    seen = set()
    for here in play_with_keys(player, scene):
        if here in seen or here in ("Aim", "Drawer", "Surfaced", "News", "Eruption", "HandsUp"):
            continue
        seen.add(here)
        path = session.path
        assert path is not None
        session.close()
        with Session.resume(path) as again:
            where = step(at_the_table(tmp_path, session=again)[1])
            # what the room has only looked at is shown again; nothing decided is lost
            allowed = {
                "Diary": {"Board", "Diary"},
                "Replies": {"Replies"},
                "Months": {"Months", "Replies"},
                "CarPark": {"Beats"},
                "Confidence": {"Beats"},
                "Confidence open": {"Beats"},
            }.get(here, {here})
            assert where in allowed, here
        break_off = len(seen) > 7 or session.turn > 3
        if break_off:
            break
        session = Session.resume(path)
        scene.session = session
    assert {"Board", "Replies", "Months", "Beats"} <= seen
