"""Every screen of a play: nothing overlaps, nothing leaves its place, nothing is cut short."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest
from hands_on import LANGUAGES, SIZES, TEXT_SIZES
from play_through import at_the_table, play_with_keys

from game.scenes.play import PlayScene
from game.view.boxes import Boxes
from game.view.layout import Layout
from game.view.theme import DARK, LIGHT
from sim.reveal import Surfaced


def screens(folder: Path, luck: int) -> Iterator[tuple[str, PlayScene]]:
    """Each kind of screen once, and every third board and diary."""
    player, scene = at_the_table(folder, luck=luck)
    seen: dict[str, int] = {}
    for here in play_with_keys(player, scene):
        seen[here] = seen.get(here, 0) + 1
        often = here in ("Board", "Diary", "Replies", "Surfaced") and seen[here] in (4, 9)
        if seen[here] == 1 or often:
            yield f"{here} in turn {scene.session.turn}", scene


@pytest.mark.parametrize("language", LANGUAGES, indirect=True)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_screen_at_every_size(size, language, tmp_path):
    surface = pygame.Surface(size)
    wrong: list[str] = []
    kinds = set()
    for name, scene in screens(tmp_path, luck=3):
        kinds.add(name.split()[0])
        for text in TEXT_SIZES:
            boxes = Boxes(*size)
            scene.draw(surface, Layout(*size, text, boxes), LIGHT, 99.0)
            wrong += [f"{name}, text {text}: {fault}" for fault in boxes.faults()]
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:12])
    assert {"Board", "Diary", "Aim", "Drawer", "Replies", "Months", "Inject", "Beats", "Ending",
            "Later", "CarPark", "HandsUp"} <= kinds  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("text", TEXT_SIZES)
@pytest.mark.parametrize("row", [0, 5, 11])
def test_a_row_fills_the_window(size, text, row, tmp_path):
    from game.scenes.play_silence import EruptionStep

    _player, scene = at_the_table(tmp_path)
    matter = scene.scenario.unsaid[row]
    told = Surfaced(matter.id, *matter.between, 9, matter.left_unsaid, matter.erupts_as, well=False)
    others = [p.id for p in scene.scenario.partners if p.id not in matter.between]
    sides = [(others[0], told.a, told.b), (others[1], told.a, told.b), (others[2], told.b, told.a)]
    scene.go(EruptionStep(scene, told, sides))
    boxes = Boxes(*size)
    scene.draw(pygame.Surface(size), Layout(*size, text, boxes), DARK, 99.0)
    assert boxes.faults() == []
    assert any(matter.left_unsaid.strip("“”")[:12] in name for name in boxes.names("text"))


@pytest.mark.parametrize(
    ("well", "foot"), [(True, "It was heard."), (False, "It hurt."), (None, "It is out.")]
)
def test_only_what_was_raised_was_heard_or_hurt(well, foot, tmp_path):
    from game.scenes.play_surfacing import SurfacedStep

    _player, scene = at_the_table(tmp_path)
    matter = scene.scenario.unsaid[2]
    told = Surfaced(matter.id, *matter.between, 9, matter.left_unsaid, matter.when_raised, well)
    scene.go(SurfacedStep(scene, told))
    boxes = Boxes(1280, 720)
    scene.draw(pygame.Surface((1280, 720)), Layout(1280, 720, 1.3, boxes), DARK, 99.0)
    assert boxes.faults() == []
    feet = {"It was heard.", "It hurt.", "It is out."}
    shown = boxes.names("text")
    assert {told for told in feet if any(line.startswith(told) for line in shown)} == {foot}


def test_the_room_reads_no_number_of_trust_or_tension(tmp_path):
    """In felt, the only numerals are of turns, places, money, months and the headline."""
    import re

    allowed = re.compile(r"^(Turn \d of \d|£[\d,]+.*|\d{1,3}\.\d{1,2}|\d+|\d+%|.*20\d\d.*)$")
    for _name, scene in screens(tmp_path, luck=3):
        boxes = Boxes(1280, 720)
        scene.draw(pygame.Surface((1280, 720)), Layout(1280, 720, 1.0, boxes), LIGHT, 99.0)
        for box in boxes.boxes:
            words = box.name
            if box.kind == "text" and re.search(r"\d\.\d", words):
                assert allowed.match(words), words
            assert not re.search(r"(trust|tension)\D{0,12}\d", words, re.IGNORECASE), words
