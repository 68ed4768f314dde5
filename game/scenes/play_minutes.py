"""The minutes on paper: a sheet over the table, the emptier the lovelier the meeting was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

import pygame

from game.scenes.play_layout import Areas, card_area
from game.view import fonts
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, columns, inset, rows
from game.view.shapes import disc, panel
from game.view.text import BOLD, ITALIC, REGULAR, draw_text, height_of, pixels, width_of, wrap
from game.view.theme import BODY, HEADING, Theme, mix
from sim.minutes import Minutes
from sim.words import _

SIZES: Final = (33, 36, 38, 40, 44, 58)
"""The type of items and closing, by level: what is short can be read from further away."""
SMALLEST: Final = 14  # of the type at 1080p, in small windows where a language is long
PAGES: Final = 9  # small pages in the side panel, the latest ones


@dataclass(frozen=True)
class Block:
    """One paragraph on the sheet."""

    text: str
    weight: str = REGULAR
    mark: str = ""  # the item's number, in the margin
    action: bool = False
    close: bool = False


def blocks(minutes: Minutes) -> list[Block]:
    """The paragraphs, in their order."""
    found = []
    for number, item in enumerate(minutes.items, start=1):
        found.append(Block(item.text, mark=f"{number}."))
        if item.action:
            found.append(Block(item.action, weight=BOLD, action=True))
    found.append(Block(minutes.close, weight=ITALIC, close=True))
    return found


def draw_paper(
    surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, minutes: Minutes
) -> None:
    """The sheet with its heading, who came to what, the items and the date of the next one."""
    panel(
        surface, areas.table, theme.canvas, theme.hairline,
        radius=layout.px(12), width=layout.px(2),
    )  # fmt: skip
    sheet = card_area(layout, areas.table)
    _sheet(surface, layout, theme, sheet)
    inner = inset(sheet, layout.px(30), layout.px(22))
    gutter = layout.px(50)
    inner = Rect(inner.x + gutter, inner.y, inner.width - gutter, inner.height)
    body = _head(surface, layout, theme, inner, minutes)
    foot = _foot(surface, layout, theme, body, minutes)
    room = Rect(body.x, body.y, body.width, foot.y - body.y - layout.px(8))
    _body(surface, layout, theme, room, minutes)


def _sheet(surface: pygame.Surface, layout: Layout, theme: Theme, sheet: Rect) -> None:
    """Paper: a shadow, two holes, and the line that a margin has."""
    panel(surface, sheet.move(layout.px(8), layout.px(12)), theme.hairline, radius=layout.px(5))
    panel(surface, sheet, theme.panel, theme.border, radius=layout.px(5), width=layout.px(2))
    margin = Rect(sheet.x + layout.px(62), sheet.y, layout.px(3), sheet.height)
    surface.fill(mix(theme.panel, theme.conflict, 0.35), margin.inflate(0, -layout.px(4)))
    for share in (0.3, 0.7):
        centre = (sheet.x + layout.px(32), sheet.y + sheet.height * share)
        disc(surface, centre, layout.px(13), theme.border)
        disc(surface, centre, layout.px(11), theme.canvas)


def _head(
    surface: pygame.Surface, layout: Layout, theme: Theme, inner: Rect, minutes: Minutes
) -> Rect:
    """Heading and date in one line where they fit, the answers beneath; what is left."""
    title, plain = _form(layout, HEADING), _form(layout, BODY)
    wide = width_of(minutes.heading, layout, size=title, weight=BOLD)
    date = width_of(minutes.when, layout, size=plain)
    one_line = wide + date + layout.px(30) <= inner.width
    tall = min(round(layout.tx(title) * 1.25), inner.height // 6)
    if one_line:
        top, rest = rows(inner, [tall, 1.0])
        left, right = columns(top, [wide + layout.px(10), 1.0])
        align, valign = "right", "bottom"
    else:
        left, right, rest = rows(inner, [tall, round(tall * 0.9), 1.0])
        align, valign = "left", "top"
    draw_text(
        surface, layout, left, minutes.heading, theme.text,
        size=title, weight=BOLD, one_line=True, valign="bottom",
    )  # fmt: skip
    draw_text(
        surface, layout, right, minutes.when, theme.muted,
        size=plain, one_line=True, align=align, valign=valign,
    )  # fmt: skip
    surface.fill(theme.text, Rect(rest.x, rest.y + layout.px(6), rest.width, layout.px(3)))
    rest = Rect(rest.x, rest.y + layout.px(16), rest.width, rest.height - layout.px(16))
    if minutes.answers:
        there = " ".join(minutes.answers)
        tall = min(height_of(there, layout, rest.width, size=plain), rest.height // 4)
        top, rest = rows(rest, [tall, 1.0], layout.px(8))
        draw_text(surface, layout, top, there, theme.muted, size=plain)
    return rest


def _form(layout: Layout, size: float) -> float:
    """The size of what every form has: it leaves larger type to what was minuted."""
    return max(BODY / layout.text, size / layout.text**0.7) if layout.text > 1 else size


def _foot(
    surface: pygame.Surface, layout: Layout, theme: Theme, body: Rect, minutes: Minutes
) -> Rect:
    """When they meet again, at the bottom of the sheet."""
    size = _form(layout, BODY)
    tall = round(layout.tx(size) * 1.25) if minutes.next else 0
    foot = Rect(body.x, body.bottom - tall, body.width, tall)
    if minutes.next:
        draw_text(
            surface, layout, foot, minutes.next, theme.muted,
            size=size, one_line=True, valign="bottom",
        )  # fmt: skip
    return foot


def _body(
    surface: pygame.Surface, layout: Layout, theme: Theme, room: Rect, minutes: Minutes
) -> None:
    """Items and closing, as large as the sheet allows; a single line in all that white."""
    found = blocks(minutes)
    if len(found) == 1:
        middle = inset(room, round(room.width * 0.06), round(room.height * 0.12))
        draw_text(
            surface, layout, middle, minutes.close, theme.text,
            size=SIZES[minutes.level], weight=ITALIC, align="centre", valign="middle",
        )  # fmt: skip
        return
    size = _size(layout, found, room, SIZES[minutes.level])
    y = room.y
    for block in found:
        x, wide = _place(layout, block, room, size)
        tall = height_of(block.text, layout, wide, size=size, weight=block.weight)
        tall = max(1, min(tall, room.bottom - y))
        if block.mark:
            side = Rect(room.x, y, x - room.x, tall)
            draw_text(surface, layout, side, block.mark, theme.accent, size=size, weight=BOLD)
        if block.action:
            mark = layout.tx(size * 0.9)
            beside = (x - layout.tx(size * 0.75), y + round(pixels(layout, size) * 0.66))
            draw_icon(surface, "arrow-right", beside, mark, theme.accent)
        tone = theme.accent if block.action else theme.text
        box = Rect(x, y, wide, tall)
        draw_text(surface, layout, box, block.text, tone, size=size, weight=block.weight)
        y += tall + _gap(layout, size)


def _gap(layout: Layout, size: float) -> int:
    return layout.tx(size * 0.28)


def _place(layout: Layout, block: Block, room: Rect, size: float) -> tuple[int, int]:
    """Where a paragraph begins, and how wide it is."""
    indent = layout.tx(size * (2.9 if block.action else 0.0 if block.close else 1.3))
    return room.x + indent, max(1, room.width - indent)


def _size(layout: Layout, found: Sequence[Block], room: Rect, most: float) -> float:
    """The largest type at which everything fits the sheet."""
    size = float(most)
    while size > SMALLEST:
        tall = sum(
            len(wrap(block.text, pixels(layout, size), block.weight, wide))
            * fonts.line_height(pixels(layout, size), block.weight)
            + _gap(layout, size)
            for block in found
            for _x, wide in [_place(layout, block, room, size)]
        )
        if tall <= room.height:
            return size
        size -= 1.0
    return size


# --- how the minutes have been ------------------------------------------------------------


def draw_pages(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    room: Rect,
    held: Sequence[Minutes],
    turns: int,
) -> None:
    """All minutes so far as small pages, each with as many lines as there was to say.

    ``turns`` are all there will be: those to come are blank.
    """
    aloud, label = _("Somebody reads them aloud."), _("Our minutes so far")
    tall = [
        min(height_of(aloud, layout, room.width), room.height // 5),
        min(height_of(label, layout, room.width), room.height // 5),
    ]
    upper, lower, rest = rows(room, [*tall, 1.0], layout.px(16))
    draw_text(surface, layout, upper, aloud, theme.text)
    draw_text(surface, layout, lower, label, theme.muted)
    first = max(0, len(held) - PAGES)
    count = max(len(held) - first, min(PAGES, turns))
    gap, number = layout.px(18), round(layout.tx(BODY) * 1.25)
    across, wide, high = max(
        (_pages_in(rest, count, across, gap, number) for across in range(2, max(3, count + 1))),
        key=lambda found: found[1] * found[2],
    )
    if wide < number or high < number:
        return
    step = max(wide + gap, (rest.width - wide) // (across - 1)) if across > 1 else wide
    for k in range(count):
        line, column = divmod(k, across)
        page = Rect(rest.x + column * step, rest.y + line * (high + number + gap), wide, high)
        if first + k >= len(held):
            panel(surface, page, "", theme.hairline, radius=layout.px(5), width=layout.px(2))
            continue
        now = first + k == len(held) - 1
        _page(surface, layout, theme, page, held[first + k], now=now)
        below = Rect(page.x, page.bottom + layout.px(2), page.width, number)
        draw_text(
            surface, layout, below, str(first + k + 1), theme.accent if now else theme.muted,
            weight=BOLD if now else REGULAR, align="centre", one_line=True,
        )  # fmt: skip


def _pages_in(room: Rect, count: int, across: int, gap: int, number: int) -> tuple[int, int, int]:
    """Pages in so many columns: the columns, and how wide and high a page may be."""
    down = ceil(count / across)
    wide = (room.width - gap * (across - 1)) // across
    high = min((room.height - gap * (down - 1)) // down - number, round(wide * 1.4))
    return across, min(wide, round(high * 0.8)), high


def _page(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    page: Rect,
    minutes: Minutes,
    *,
    now: bool,
) -> None:
    edge = theme.accent if now else theme.border
    panel(surface, page, theme.panel, edge, radius=layout.px(5), width=layout.px(4 if now else 2))
    inner = inset(page, max(4, page.width // 8), max(4, page.height // 10))
    thick = max(2, layout.px(5))
    head = Rect(inner.x, inner.y, round(inner.width * 0.7), thick)
    surface.fill(theme.muted, head)
    most = 9
    lines = max(1, round(minutes.length / 10))
    step = max(thick + 1, (inner.height - 3 * thick) // most)
    for line in range(min(lines, most)):
        last = line == min(lines, most) - 1
        wide = round(inner.width * (0.55 if last else 1.0))
        y = inner.y + 3 * thick + line * step
        if y + thick <= page.bottom - layout.px(4):
            surface.fill(theme.accent if now else theme.border, Rect(inner.x, y, wide, thick))
