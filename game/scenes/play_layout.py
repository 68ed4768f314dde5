"""Where the parts of the play screen lie, at any size of window and of text."""

from __future__ import annotations

from dataclasses import dataclass

from game.view.layout import Layout, Rect, columns, inset, rows
from game.view.text import FLOOR, REGULAR, SMALLEST, width_of


@dataclass(frozen=True)
class Areas:
    """The play screen's rectangles.  The table is the star; the rest makes room."""

    strip: Rect  # turn, promise, places, money, candles, the clock
    band: Rect  # where in the turn we are; the tools
    table: Rect
    resident: Rect
    chart: Rect
    money: Rect  # who pays, who saves
    side: Rect  # what there is to do

    @property
    def side_inner(self) -> Rect:
        """The side panel without its margin."""
        return inset(self.side, self.pad, round(self.pad * 0.8))

    @property
    def pad(self) -> int:
        return max(6, self.side.width // 30)


def areas(layout: Layout) -> Areas:
    """Cut the window up."""
    gap = layout.px(12)
    grown = 1 + (layout.text - 1) * 0.55  # not everything can grow as much as the type
    strip, band, body = rows(
        layout.window,
        [layout.tx(88), layout.px(48 * grown), 1.0],
    )
    body = inset(body, gap)
    side_wide = min(round(layout.px(600) * grown), round(layout.width * 0.36))
    left, side = columns(body, [1.0, side_wide], gap)
    tall = round(layout.px(248) * (1 + (layout.text - 1) * 0.75))
    table, foot = rows(left, [1.0, tall], gap)
    resident, chart, money = columns(foot, [1.27, 1.33, 0.8], gap)
    return Areas(strip, band, table, resident, chart, money, side)


def table_inner(layout: Layout, area: Rect) -> Rect:
    """Where the table's picture lies in its panel."""
    return inset(area, layout.px(6))


def card_area(layout: Layout, table: Rect) -> Rect:
    """Where a card lies over the table: wide enough to read from across a room."""
    return inset(table, round(table.width * 0.035), round(table.height * 0.05))


def lines_tall(
    layout: Layout,
    text: str,
    width: int,
    size: float,
    weight: str = REGULAR,
    floor: float = FLOOR,
) -> int:
    """Room for one line, if the text fits one when it shrinks to ``floor``; else for two."""
    least = max(SMALLEST / layout.tx(size), floor)
    lines = 1 if width_of(text, layout, size=size, weight=weight) * least <= width else 2
    return round(lines * layout.tx(size) * 1.25)
