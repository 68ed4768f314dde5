"""What the reader chose is kept; what cannot be read is as at first."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from game.settings import Settings, load, save

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
