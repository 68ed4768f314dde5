from __future__ import annotations

from itertools import pairwise

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.view.boxes import Boxes
from game.view.layout import Layout, Rect, centred, columns, grid, inset, rows


def test_lengths_grow_with_the_window_and_text_with_the_reader() -> None:
    assert Layout(1920, 1080).px(30) == 30
    assert Layout(1280, 720).px(30) == 20
    assert Layout(3000, 720).u == pytest.approx(2 / 3)  # the shorter side decides
    assert Layout(1920, 1080, 1.3).tx(30) == 39
    assert Layout(1920, 1080, 1.3).px(30) == 30
    assert Layout(1024, 640).px(1) == 1


@given(
    st.integers(0, 4000),
    st.lists(st.floats(0.1, 9.0), min_size=1, max_size=9),
    st.integers(0, 20),
)
def test_shares_fill_a_row_to_the_pixel(width: int, shares: list[float], gap: int) -> None:
    rect = Rect(7, 11, width, 50)
    cells = columns(rect, shares, gap)
    assert cells[0].left == 7
    if width >= gap * (len(shares) - 1):
        assert cells[-1].right == rect.right
    assert all(a.right + gap == b.left for a, b in pairwise(cells))


def test_pixels_and_shares_together() -> None:
    top, body, foot = rows(Rect(0, 0, 100, 400), [50, 1.0, 30], 10)
    assert (top.height, body.height, foot.height) == (50, 300, 30)
    assert foot.bottom == 400


def test_small_helpers() -> None:
    assert inset(Rect(0, 0, 10, 10), 2) == Rect(2, 2, 6, 6)
    assert inset(Rect(0, 0, 2, 2), 5).size == (0, 0)
    assert centred(Rect(0, 0, 100, 100), 200, 50) == Rect(0, 25, 100, 50)
    assert [cell.topleft for cell in grid(Rect(0, 0, 10, 10), 2, 2)] == [
        (0, 0), (5, 0), (0, 5), (5, 5),
    ]  # fmt: skip


WHOLE = pygame.Rect(0, 0, 100, 100)


def record(*entries: tuple[str, tuple[int, int, int, int], tuple[int, int, int, int]]) -> list[str]:
    boxes = Boxes(100, 100)
    for kind, drawn, within in entries:
        boxes.note(kind, kind, pygame.Rect(drawn), pygame.Rect(within), WHOLE)
    return boxes.faults()


def test_the_record_finds_what_is_wrong() -> None:
    assert record(("text", (0, 0, 20, 10), (0, 0, 30, 10))) == []
    assert "leaves" in record(("text", (0, 0, 40, 10), (0, 0, 30, 10)))[0]
    text, widget = (0, 0, 20, 10), (0, 0, 50, 50)
    beside, across = (10, 0, 20, 10), (40, 5, 20, 10)
    assert "overlap" in record(("text", text, text), ("text", beside, beside))[0]
    assert record(("widget", widget, widget), ("text", text, text)) == []
    assert "overlap" in record(("widget", widget, widget), ("text", across, across))[0]
    assert "window" in record(("widget", (90, 0, 20, 10), (90, 0, 20, 10)))[0]


def test_what_lies_in_another_layer_may_cover() -> None:
    boxes = Boxes(100, 100)
    for name in ("0", "1"):
        with boxes.layer(name):
            boxes.note("text", name, pygame.Rect(0, 0, 20, 10), pygame.Rect(0, 0, 20, 10), WHOLE)
    assert boxes.faults() == []
