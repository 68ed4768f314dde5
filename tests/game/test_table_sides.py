"""A row's tableau, the key to the marks, and portraits: everything readable, nothing cut."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pygame
import pytest
from observations import PEOPLE, fourteen, mid_play, three_partners
from play_through import scenario

from game.view.boxes import Boxes
from game.view.layout import Layout, Rect
from game.view.portrait import _seats, portrait
from game.view.svg import picture
from game.view.table_legend import legend
from game.view.table_sides import draw_sides, words_area
from game.view.theme import DARK, LIGHT

SIZES = ((1024, 640), (1280, 720), (1600, 1000), (1920, 1080), (3840, 2160))
SIDES = (
    ("gps", "hospital", "council"),
    ("mind", "hospital", "council"),
    ("charity", "council", "hospital"),
)
CROWD = tuple((PEOPLE[k][0], "hospital", "council") for k in range(2, 10))


def tableau(seen, sides, t, *, size=(1280, 720), text=1.0, boxes=None, theme=LIGHT):
    layout = Layout(*size, text, boxes)
    surface = pygame.Surface(size)
    words = draw_sides(surface, layout, theme, layout.window, seen, "council", "hospital", sides, t)
    return words, pygame.image.tobytes(surface, "RGB")


@pytest.mark.parametrize("text", [1.0, 1.3])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("make", "sides"), [(mid_play, SIDES), (fourteen, CROWD), (three_partners, ())]
)
def test_all_who_are_there_are_named_and_clear_of_the_words(make, sides, size, text):
    boxes = Boxes(*size)
    words, _pixels = tableau(make(), sides, 60.0, size=size, text=text, boxes=boxes)
    assert boxes.faults() == []
    named = set(boxes.names("text"))
    there = {p.id: p.name for p in make().partners if p.at_table}
    there |= {p.id: p.name for p in make().partners if p.id in {who for who, *_rest in sides}}
    shown = {name for id, name in there.items() if any(name.startswith(n[:30]) for n in named)}
    assert shown == set(there.values())
    assert words.width > size[0] * 0.4
    assert words.height > size[1] * 0.6
    for box in boxes.boxes:
        assert not box.drawn.colliderect(words)


def test_each_stands_on_the_side_of_the_one_it_is_with():
    boxes = Boxes(1280, 720)
    words, _pixels = tableau(mid_play(), SIDES, 60.0, boxes=boxes)
    where = {box.name: box.drawn.centerx for box in boxes.boxes}
    names = {id: name for id, name, *_rest in PEOPLE}
    for who, beside, _against in (*SIDES, ("council", "council", ""), ("hospital", "hospital", "")):
        left = where[names[who]] < words.left
        assert left == (beside == "council")
        assert left or where[names[who]] > words.right
    assert words.left < where[names["police"]] < words.right  # takes no side


def test_they_step_back_and_then_stand():
    pictures = [tableau(mid_play(), SIDES, t)[1] for t in (0.0, 0.4, 0.8, 2.0)]
    assert len(set(pictures)) == 4
    assert tableau(mid_play(), SIDES, 99.0)[1] == pictures[-1]
    assert tableau(mid_play(), SIDES, 99.0, theme=DARK)[1] != pictures[-1]


def test_only_what_is_told_and_seen_matters():
    other = replace(mid_play(), money=1.0, matters=(), measures={})
    assert tableau(other, SIDES, 9.0)[1] == tableau(mid_play(), SIDES, 9.0)[1]
    assert tableau(mid_play(), (), 9.0)[1] != tableau(mid_play(), SIDES, 9.0)[1]


def test_the_words_have_more_room_when_nobody_stands_aside():
    window = Rect(0, 0, 1280, 720)
    everybody = [(p.id, "council", "hospital") for p in mid_play().partners]
    assert (
        words_area(window, mid_play(), everybody).height > words_area(window, mid_play(), ()).height
    )


@pytest.mark.parametrize("text", [1.0, 1.3])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_key_fits_its_place(theme, size, text):
    boxes = Boxes(*size)
    layout = Layout(*size, text, boxes)
    surface = pygame.Surface(size)
    rect = Rect(20, 40, round(size[0] * 0.64), round(size[1] * 0.6))
    legend(surface, layout, theme, rect)
    assert boxes.faults() == []
    assert len({box.name for box in boxes.boxes}) == 18


@pytest.mark.parametrize(("width", "height"), [(200, 120), (280, 180), (420, 300)])
@pytest.mark.parametrize(
    ("count", "outside"), [(3, 0), (4, 2), (8, 0), (8, 2), (10, 2), (10, 3), (14, 0), (14, 3)]
)
def test_nobody_covers_anybody_in_a_portrait(count, outside, width, height):
    size = min(width / 1.5, height) / 100 * (13.0 if count <= 4 else 7.6)
    seats = _seats([k < count - outside for k in range(count)], width, height, size)
    for (x, y), (to_x, to_y) in combinations(seats, 2):
        assert ((x - to_x) ** 2 + (y - to_y) ** 2) ** 0.5 > 1.6 * size
    for x, y in seats:
        assert size <= x <= width - size
        assert size <= y <= height - size


def test_a_portrait_is_of_its_scenario_and_its_theme():
    light, dark = (portrait(scenario(), 280, 180, theme) for theme in (LIGHT, DARK))
    assert light != dark
    assert light == portrait(scenario(), 280, 180, LIGHT)
    for partner in scenario().partners:
        assert LIGHT.sector(partner.sector) in light
    shown = picture(light, 280, 180)
    assert shown.get_bounding_rect().width > 200
