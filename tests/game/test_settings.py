"""What the reader chose is kept; what cannot be read is as at first."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pygame
import pytest
from hands_on import Player, click

from game.desk import Desk
from game.loop import _has_help
from game.scene import Stack
from game.scenes.dialogs import help_dialog
from game.scenes.settings import questions
from game.settings import Settings, load, save
from game.view.layout import Layout
from game.view.widgets import Segments

LAYOUT = Layout(1280, 720)

CHANGED = Settings(
    theme="dark", text=1.3, full_screen=True, timer=False, reduced_motion=True, visibility="fog"
)


def test_what_was_chosen_comes_back(tmp_path):
    path = tmp_path / "new" / "settings.json"
    assert save(path, CHANGED)
    assert load(path) == CHANGED
    assert asdict(CHANGED).keys() == json.loads(path.read_text()).keys()
    assert all(asdict(CHANGED)[name] != value for name, value in asdict(Settings()).items())


@pytest.mark.parametrize(
    "text", ["", "not json", "[]", "7", '{"timer": 0, "reduced_motion": 1, "visibility": "all"}',
             '{"theme": ["dark"], "text": "1.3", "full_screen": null, "visibility": {}}'],
)  # fmt: skip
def test_damage_is_as_at_first(text, tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(text)
    assert load(path) == Settings()


def test_one_slip_spoils_nothing_else(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"visibility": "fog", "timer": false, "text": 7, "a later setting": true}')
    assert load(path) == Settings(visibility="fog", timer=False)


def test_settings_of_an_older_version_still_count(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark", "text": 1.3, "full_screen": true}')
    assert load(path) == Settings(theme="dark", text=1.3, full_screen=True)


def test_a_folder_that_refuses_is_no_disaster(tmp_path):
    (tmp_path / "file").write_text("")
    assert not save(tmp_path / "file" / "settings.json", Settings())


# --- the screen on which they are chosen ----------------------------------------------------


@pytest.fixture
def chosen(tmp_path: Path) -> tuple[Player, Desk]:
    """The settings, open over nothing."""
    desk = Desk(tmp_path)
    return Player(Stack(desk.settings_dialog()), LAYOUT), desk


def test_every_setting_is_changed_by_keyboard_and_kept(chosen):
    player, desk = chosen
    for question in questions():
        player.tab_to(question.setting)
        before = getattr(desk.settings, question.setting)
        player.press(pygame.K_RIGHT)
        after = getattr(desk.settings, question.setting)
        assert after != before
        assert after == question.answers[1][1]
        player.press(pygame.K_LEFT)
        assert getattr(desk.settings, question.setting) == before
        player.press(pygame.K_LEFT)  # there is no further
        assert getattr(desk.settings, question.setting) == before
        player.press(pygame.K_RETURN)
        assert getattr(desk.settings, question.setting) == after
    assert {question.setting for question in questions()} == asdict(Settings()).keys()
    assert load(desk.home / "settings.json") == desk.settings


def test_every_setting_is_changed_by_mouse(chosen):
    player, desk = chosen
    for question in questions():
        dialog = player.stack.top
        rows = {item.widget.key: item for item in dialog.hands.placed(dialog.widgets(LAYOUT))}
        row = rows[question.setting].widget
        assert isinstance(row, Segments)
        for cell, (_label, value) in zip(row.cells(), question.answers, strict=True):
            player.send(*click(cell.center))
            assert getattr(desk.settings, question.setting) == value
            if question.setting == "text":
                break  # the larger text moves the rows


def test_up_and_down_go_from_one_setting_to_the_next(chosen):
    player, _desk = chosen
    names = [question.setting for question in questions()]
    seen = [player.stack.top.hands.focus]
    for _row in names[1:]:
        player.press(pygame.K_DOWN)
        seen.append(player.stack.top.hands.focus)
    assert seen == names
    player.press(pygame.K_UP)
    assert player.stack.top.hands.focus == names[-2]
    player.press(pygame.K_ESCAPE)
    assert player.stack.top is None


def test_settings_can_be_read_aloud(chosen):
    player, desk = chosen
    desk.change(reduced_motion=True)
    words = player.stack.top.in_words()
    assert "Motion: Standing still" in words
    assert player.stack.top.help_text()


def test_f1_explains_what_a_session_shows(chosen):
    player, _desk = chosen
    help_text = player.stack.top.help_text()
    assert all(word in help_text for word in ("What is felt", "Fog", "Everything"))
    assert _has_help(player.stack.top)
    assert not _has_help(help_dialog(player.stack.top))
