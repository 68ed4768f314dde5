"""Marks can be counted, and told apart without colour, whoever looks at them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pygame
import pytest
from observations import fourteen, mid_play, quiet_start, three_partners

from game.view import table_tokens
from game.view.layout import Layout, Rect
from game.view.table import Look, Motion, TableView, table_shape
from game.view.table_reading import PUSHED, TURNS, read
from game.view.table_sprites import Sprites, paint_of
from game.view.theme import DARK, LIGHT, contrast, rgb

EVERY = (quiet_start, three_partners, mid_play, fourteen)
# Machado, Oliveira and Fernandes 2009, severity 1
SIGHTS = {
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def seen_by(colour: str, sight: str) -> str:
    """A colour as somebody with that sight sees it."""
    line = np.array(rgb(colour)) / 255
    line = np.where(line <= 0.04045, line / 12.92, ((line + 0.055) / 1.055) ** 2.4)
    line = np.clip(np.array(SIGHTS[sight]) @ line, 0, 1)
    back = np.where(line <= 0.0031308, line * 12.92, 1.055 * line ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(float(part) * 255):02X}" for part in back)


def light_of(picture: pygame.Surface, ground: str, sight: str, size: int = 48) -> np.ndarray:
    """How light each point of a picture is for that sight, 0 to 1, at one size for all."""
    flat = pygame.Surface(picture.get_size())
    flat.fill(ground)
    flat.blit(picture, (0, 0))
    pixels = pygame.surfarray.array3d(pygame.transform.smoothscale(flat, (size, size))) / 255.0
    pixels = pixels @ np.array(SIGHTS[sight]).T
    light: np.ndarray = np.clip(pixels, 0, 1) @ np.array((0.2126, 0.7152, 0.0722))
    return light


def marks(theme) -> dict[str, pygame.Surface]:
    sprites = Sprites(theme, 48.0, 1.0)
    found = {name: sprites.sign(name, 22) for name in ("tension", "words", "dispute", "up", "down")}
    found |= {name: sprites.plant(name, 27) for name in table_tokens.PLANTS}
    found["one"], found["three"] = sprites.heap(1, 1.0), sprites.heap(3, 1.0)
    return found | {f"ring {level}": sprites.ring(0, level, 1.0) for level in (1, 2, 3)}


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_mark_differs_from_every_other_in_shape_and_lightness_alone(theme, sight):
    ground = paint_of(theme).cloth_light
    pictures = {name: light_of(picture, ground, sight) for name, picture in marks(theme).items()}
    for (one, here), (two, there) in combinations(pictures.items(), 2):
        apart = (np.abs(here - there) > 0.2).mean()
        assert apart > 0.025, (one, two, apart)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_what_lies_on_the_cloth_stands_out_from_it(theme, sight):
    paint = paint_of(theme)
    for cloth in (paint.cloth, paint.cloth_light):
        ground = seen_by(cloth, sight)
        for ink in (paint.tension, paint.conflict, paint.good, paint.trust[4]):
            assert contrast(seen_by(ink, sight), ground) >= 3.0, (ink, cloth)
    for dots in (paint.lump_light, paint.cloth):
        assert contrast(seen_by(paint.tension, sight), seen_by(dots, sight)) >= 3.0


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_where_somebody_looks_can_be_seen(theme, sight):
    sprites = Sprites(theme, 30.0, 0.67)
    ways = [light_of(sprites.eyes(turn), theme.canvas, sight, 90) for turn in TURNS]
    ways.append(light_of(sprites.eyes(0, True), theme.canvas, sight, 90))
    for here, there in combinations(ways, 2):
        assert (np.abs(here - there) > 0.3).mean() > 0.01


@pytest.mark.parametrize("make", EVERY)
def test_as_many_tokens_are_shown_as_were_seen(make):
    seen = make()
    layout, rect = Layout(1280, 720), Rect(0, 0, 848, 440)
    reading = read(seen, table_shape(layout, rect, seen), layout.u)
    shown = {mark.members: mark.count for mark in reading.marks if mark.kind == "tokens"}
    for tie in seen.ties:
        assert shown.get((tie.a, tie.b), 0) == tie.tokens


@pytest.mark.parametrize(("count", "bumps"), [(1, 1), (2, 2), (3, 3), (4, 4), (6, 6), (9, 6)])
def test_a_heap_has_a_bump_for_every_token_until_it_is_a_heap(count, bumps):
    drawing = table_tokens.heap(200.0, 1.0, count, paint_of(LIGHT))
    assert drawing.count('fill="url(#l)"') == bumps
    assert drawing.count(f'fill="{LIGHT.tension}"') == 3 * bumps  # "…" on each


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6])
def test_no_bump_hides_the_dots_of_another(count):
    spots = table_tokens._HEAPS[count]
    for k, (x, y) in enumerate(spots):
        for later_x, later_y in spots[k + 1 :]:  # drawn over it
            for dot in (-0.48, 0.0, 0.48):
                assert ((x + dot - later_x) ** 2 + (y - later_y) ** 2) ** 0.5 > 1.0, (k, dot)


def test_two_go_round_it_once_twice_all_the_time():
    arrows = []
    for level in (1, 2, 3):
        drawing = table_tokens.ring(120.0, 1.0, 1, level, 0.0, paint_of(LIGHT))
        arrows.append(drawing.count('fill="none"'))
    assert arrows == [1, 2, 4]


def test_three_levels_are_three_in_everything_that_shows_them():
    assert sorted(set(TURNS)) == list(TURNS)
    assert len(TURNS) == 4
    assert sorted(set(PUSHED)) == list(PUSHED)
    assert len(PUSHED) == 4
    for one, two in pairwise(TURNS):
        assert two - one >= 40


@pytest.mark.parametrize("make", [mid_play, fourteen])
@pytest.mark.parametrize("text", [1.0, 1.3])
def test_heaps_lie_apart_and_off_people_and_names(make, text):
    seen = make()
    layout, rect = Layout(1280, 720, text), Rect(0, 0, 840, 430)
    shape = table_shape(layout, rect, seen)
    heaps = [m for m in read(seen, shape, layout.u).marks if m.kind == "tokens"]
    assert len(heaps) >= 3
    for one, two in combinations(heaps, 2):
        assert not one.spot.touches(two.spot, -1.0)
    for mark in heaps:
        for place in shape.places:
            away = np.hypot(mark.spot.x - place.x, mark.spot.y - place.y)
            assert away >= mark.spot.radius + shape.radius - 1.0
            assert place.label.box.distance(mark.spot.x, mark.spot.y) >= mark.spot.radius * 0.85


def test_words_said_open_the_eye():
    seen = mid_play()
    layout, rect = Layout(1280, 720), Rect(0, 0, 840, 430)
    shape = table_shape(layout, rect, seen)
    kinds = {m.members: m.kind for m in read(seen, shape, 0.67).marks if m.kind != "tokens"}
    assert kinds["hospital", "gps"] == "words"
    unsaid = replace(seen, matters=())
    kinds = {m.members: m.kind for m in read(unsaid, shape, 0.67).marks if m.kind != "tokens"}
    assert kinds["hospital", "gps"] == "tension"


def test_a_row_sweeps_the_cloth_and_then_it_is_clean():
    before = mid_play()
    ties = tuple(
        replace(tie, tokens=0, dancing=0, dispute=True)
        if (tie.a, tie.b) == ("council", "hospital")
        else tie
        for tie in before.ties
    )
    after = replace(before, ties=ties)
    layout, rect = Layout(1280, 720), Rect(0, 0, 840, 430)

    def picture(t: float) -> bytes:
        surface = pygame.Surface(rect.size)
        TableView().draw(
            surface, layout, LIGHT, rect, after, t, motion=Motion(before, 0.0), look=Look()
        )
        return pygame.image.tobytes(surface, "RGB")

    surface = pygame.Surface(rect.size)
    TableView().draw(surface, layout, LIGHT, rect, after, 0.0)
    still = pygame.image.tobytes(surface, "RGB")
    frames = [picture(t) for t in (0.2, 0.5, 0.8, 1.1)]
    assert len({*frames, still}) == 5
    assert picture(9.0) == still  # and fading has left no trace on what is kept
    shape = table_shape(layout, rect, after)
    left = [m for m in read(after, shape, layout.u).marks if m.members == ("council", "hospital")]
    assert [m.kind for m in left if m.kind in ("tokens", "dispute")] == ["dispute"]
