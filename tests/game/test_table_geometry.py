"""Everybody finds a place, no name touches another, no tie runs through a third partner."""

from __future__ import annotations

import math
from functools import cache
from itertools import combinations, pairwise

import pytest
from observations import PEOPLE

from game.view.table_geometry import TableShape, seat_partners, seats_on_ellipse
from game.view.table_labels import wrappings
from game.view.table_routes import Marks, route

WINDOWS = ((1024, 640), (1280, 720), (1366, 768), (1920, 1080), (3840, 2160))


def measure(text: str, size: int) -> float:
    """A little wider than the real typeface, so that the tests err on the safe side."""
    return len(text) * size * 0.56


@cache
def shape_for(count: int, outside: int, window: tuple[int, int], text: float) -> TableShape:
    unit = min(window[0] / 1920, window[1] / 1080)
    partners = [(PEOPLE[k][0], PEOPLE[k][1], k < count - outside) for k in range(count)]
    return seat_partners(
        window[0] * 0.64,
        window[1] * 0.6,
        partners,
        measure,
        font=round(30 * unit * text),
        unit=unit,
    )


CASES = [
    (count, outside, window, text)
    for count in range(3, 15)
    for outside in (0, 1, 3)
    if count - outside >= 2
    for window in WINDOWS
    for text in (1.0, 1.3)
]


def name(case: tuple[int, int, tuple[int, int], float]) -> str:
    return f"{case[0]}-{case[1]}out-{case[2][0]}x{case[2][1]}-{case[3]}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_nothing_touches_and_nothing_leaves_the_picture(case):
    shape = shape_for(*case)
    for place in shape.places:
        assert place.label.box.inside(shape.width, shape.height, 0)
        assert shape.radius < place.x < shape.width - shape.radius
        assert shape.radius < place.y < shape.height - shape.radius
    for one, two in combinations(shape.places, 2):
        assert not one.label.box.overlaps(two.label.box), (one.id, two.id)
        assert math.dist((one.x, one.y), (two.x, two.y)) > 2 * shape.radius * 1.2
    for one in shape.places:
        for two in shape.places:
            assert one.label.box.distance(two.x, two.y) >= shape.radius, (one.id, two.id)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_names_are_whole_and_large_enough_for_the_room(case):
    shape = shape_for(*case)
    unit = min(case[2][0] / 1920, case[2][1] / 1080)
    assert shape.font >= 0.95 * 30 * unit
    for k, place in enumerate(shape.places):
        assert " ".join(place.label.lines) == PEOPLE[k][1]


@pytest.mark.parametrize(
    ("count", "outside"), [(n, out) for n in range(3, 15) for out in (0, 2) if n - out > 1]
)
def test_ties_avoid_everybody_else(count, outside):
    shape = shape_for(count, outside, (1920, 1080), 1.0)
    for one, two in combinations(shape.places, 2):
        curve = route(shape, one.id, two.id)
        for other in shape.places:
            if other.id not in (one.id, two.id):
                assert curve.nearest(other.x, other.y) > shape.radius, (one.id, two.id, other.id)


def test_a_tie_runs_the_same_way_from_both_ends_of_a_play():
    shape = shape_for(8, 0, (1920, 1080), 1.0)
    assert route(shape, "council", "hospital") == route(shape, "council", "hospital")


def test_seats_are_evenly_spaced_and_start_at_the_top():
    seats = seats_on_ellipse(8, 500, 200, 0.0)
    assert seats[0] == pytest.approx((0, -200), abs=1)
    assert seats[4] == pytest.approx((0, 200), abs=1)
    assert seats[2][0] > 0  # clockwise


def test_seats_are_in_the_files_order():
    shape = shape_for(6, 0, (1920, 1080), 1.0)
    assert [place.id for place in shape.places] == [person[0] for person in PEOPLE[:6]]
    turns = [math.atan2(p.y - shape.centre[1], p.x - shape.centre[0]) for p in shape.places]
    steps = [(b - a) % (2 * math.pi) for a, b in pairwise(turns)]
    assert all(0 < step < math.pi for step in steps)


def test_those_outside_stand_off_the_cloth():
    shape = shape_for(10, 3, (1280, 720), 1.0)
    for place in shape.places:
        if not place.at_table:
            assert not shape.on_cloth(place.x, place.y, margin=-shape.radius)


def test_marks_never_cover_each_other_or_a_partner():
    shape = shape_for(10, 2, (1920, 1080), 1.0)
    marks = Marks(shape, gap=4)
    spots = []
    for one, two in combinations(shape.places[:7], 2):
        spots.append(marks.on_curve(route(shape, one.id, two.id), 24))
    for trio in ((0, 1, 2), (3, 4, 5), (1, 5)):
        points = [(shape.places[k].x, shape.places[k].y) for k in trio]
        spots.append(marks.among(points, 27))
    for one, two in combinations(spots, 2):
        assert not one.touches(two, 0)
    for spot in spots:
        for place in shape.places:
            assert math.dist((spot.x, spot.y), (place.x, place.y)) > spot.radius + shape.radius


def test_a_click_finds_the_disc_and_the_name():
    shape = shape_for(8, 0, (1280, 720), 1.3)
    for place in shape.places:
        assert shape.at(place.x + shape.radius * 0.5, place.y) == place.id
        box = place.label.box
        assert shape.at(box.x + box.w / 2, box.y + box.h / 2) == place.id
    assert shape.at(*shape.centre) == ""


def test_names_break_where_the_longest_line_is_shortest():
    assert wrappings("Voluntary Action Northmarsh")[1] == ("Voluntary Action", "Northmarsh")
    assert wrappings("Police") == (("Police",),)


def test_a_canvas_too_small_for_anything_still_gives_a_picture_or_says_so():
    with pytest.raises(ValueError, match="no room"):
        seat_partners(60, 40, [("a", "Council", True)] * 3, measure, font=12, unit=0.5)
