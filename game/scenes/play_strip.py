"""The strip along the top: turn, months, promise, places, money, the patience of those above."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.view import svg
from game.view.layout import Layout, Rect, columns, inset, rows
from game.view.shapes import panel
from game.view.text import BOLD, draw_text, width_of
from game.view.theme import BODY, SMALL, TITLE, Theme
from game.view.widgets import QUIET, Button, Widget
from sim.labels import pounds
from sim.words import _

CANDLES = 5
TURN = TITLE * 0.86


@dataclass(frozen=True)
class Facts:
    """What the strip says."""

    turn: str
    months: str
    promise: str
    places: int  # in the diary this turn
    free: int  # of them
    money: float
    backing: int
    badges: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parts:
    """The strip cut up."""

    turn: Rect
    promise: Rect
    places: Rect
    money: Rect
    candles: Rect
    tools: Rect


TOOLS = (
    ("undo", "undo-2", 0),
    ("why", "lightbulb", pygame.K_w),
    ("help", "circle-help", 0),
    ("words", "file-text", 0),
    ("leave", "log-out", pygame.K_ESCAPE),
)
"""Key, icon, hotkey; F1, F2 and Ctrl+Z are taken elsewhere."""


def parts(layout: Layout, area: Rect, facts: Facts) -> Parts:
    """Where everything lies in the strip."""
    inner = inset(area, layout.px(18), layout.px(8))
    gap = layout.px(20)
    turn = max(
        width_of(facts.turn, layout, size=TURN, weight=BOLD) + _badges(layout, facts),
        width_of(facts.months, layout, size=SMALL),
    )
    money = max(width_of(pounds(facts.money), layout, weight=BOLD), _label(layout, _("money")))
    places = max(layout.tx(30) * max(1, facts.places), _label(layout, _("places")))
    candles = max(layout.tx(24) * CANDLES, _label(layout, _("patience above")))
    tools = layout.px(46) * len(TOOLS)
    most = inner.width * (30 if layout.text < 1.1 else 25) // 100
    found = columns(
        inner, [min(turn + layout.px(8), most), 1.0, places, money, candles, tools], gap
    )
    return Parts(*found)


def _badges(layout: Layout, facts: Facts) -> int:
    """How much room the badges take beside the turn."""
    return sum(_badge_width(layout, badge) + layout.px(12) for badge in facts.badges)


def _badge_width(layout: Layout, badge: str) -> int:
    return width_of(badge, layout, size=SMALL * 0.9, weight=BOLD) + layout.px(26)


def _label(layout: Layout, text: str) -> int:
    return width_of(text, layout, size=SMALL) + layout.px(6)


def tools(layout: Layout, area: Rect, facts: Facts, off: frozenset[str]) -> list[Widget]:
    """The strip's buttons; those in ``off`` lead nowhere now."""
    hints = {
        "undo": _("Back to the last reveal (Ctrl+Z)"),
        "why": _("Why? (W)"),
        "help": _("Help (F1)"),
        "words": _("The turn in plain words (F2)"),
        "leave": _("Leave the table (Escape)"),
    }
    side = layout.px(44)
    place = parts(layout, area, facts).tools
    found: list[Widget] = []
    for k, (key, icon, hotkey) in enumerate(TOOLS):
        if key in off:
            continue
        rect = Rect(place.x + k * layout.px(46), place.centery - side // 2, side, side)
        found.append(
            Button(
                f"tool:{key}",
                rect,
                icon=icon,
                kind=QUIET,
                size=SMALL,
                hint=hints[key],
                hotkey=hotkey,
            )
        )
    return found


def draw(surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, facts: Facts) -> None:
    """Draw the strip, its buttons apart."""
    surface.fill(theme.panel, area)
    surface.fill(theme.hairline, Rect(area.x, area.bottom - layout.px(2), area.width, layout.px(2)))
    part = parts(layout, area, facts)
    upper, lower = rows(part.turn, [1.35, 1.0])
    taken = min(_badges(layout, facts), upper.width * 3 // 5)
    room = Rect(upper.x, upper.y, upper.width - taken, upper.height)
    words = draw_text(
        surface, layout, room, facts.turn, theme.text,
        size=TURN, weight=BOLD, one_line=True, valign="middle",
    )  # fmt: skip
    _draw_badges(surface, layout, theme, Rect(words.right, upper.y, taken, upper.height), facts)
    draw_text(
        surface, layout, lower, facts.months, theme.muted,
        size=SMALL, one_line=True, valign="middle",
    )  # fmt: skip
    if facts.promise:
        said = _("We promised: {promise}").format(promise=facts.promise)
        draw_text(
            surface, layout, part.promise, said, theme.text,
            size=BODY, align="centre", valign="middle",
        )  # fmt: skip
    if facts.places:
        _labelled(surface, layout, theme, part.places, _("places"))
    _places(surface, layout, theme, _upper(part.places), facts)
    _labelled(surface, layout, theme, part.money, _("money"))
    draw_text(
        surface, layout, _upper(part.money), pounds(facts.money), theme.text,
        weight=BOLD, one_line=True, align="centre", valign="middle",
    )  # fmt: skip
    _labelled(surface, layout, theme, part.candles, _("patience above"))
    _candles(surface, layout, theme, _upper(part.candles), facts.backing)


def _upper(part: Rect) -> Rect:
    return rows(part, [1.5, 1.0])[0]


def _labelled(
    surface: pygame.Surface, layout: Layout, theme: Theme, part: Rect, label: str
) -> None:
    draw_text(
        surface, layout, rows(part, [1.5, 1.0])[1], label, theme.muted,
        size=SMALL, one_line=True, align="centre", valign="middle",
    )  # fmt: skip


def _draw_badges(
    surface: pygame.Surface, layout: Layout, theme: Theme, room: Rect, facts: Facts
) -> None:
    """A badge for whatever is unusual: there are no silent modes."""
    x = room.x + layout.px(12)
    for badge in facts.badges:
        wide = min(_badge_width(layout, badge), max(1, room.right - x))
        box = Rect(x, room.centery - layout.tx(17), wide, layout.tx(34))
        panel(surface, box, theme.warn, radius=box.height // 2)
        ink = theme.panel if theme.name == "light" else theme.on_accent
        draw_text(
            surface, layout, inset(box, layout.px(10), 0), badge, ink,
            size=SMALL * 0.9, weight=BOLD, one_line=True, align="centre", valign="middle",
        )  # fmt: skip
        x = box.right + layout.px(12)


def _places(
    surface: pygame.Surface, layout: Layout, theme: Theme, part: Rect, facts: Facts
) -> None:
    """One square for each place in the diary; a free one is filled."""
    count = max(1, facts.places)
    step = min(layout.tx(30), part.width // count)
    side = round(step * 0.74)
    x = part.centerx - step * count // 2 + (step - side) // 2
    for k in range(facts.places):
        box = Rect(x + k * step, part.centery - side // 2, side, side)
        free = k < facts.free
        panel(
            surface, box, theme.accent if free else "", theme.accent,
            radius=layout.px(6), width=layout.px(3),
        )  # fmt: skip


def candle(width: int, height: int, lit: bool, theme: Theme) -> pygame.Surface:
    """A candle, burning or burnt down."""
    w, h = width, height
    wax = theme.warn if lit else theme.border
    top = h * (0.42 if lit else 0.66)
    body = (
        f'<rect x="{w * 0.3:.1f}" y="{top:.1f}" width="{w * 0.4:.1f}" height="{h - top:.1f}" '
        f'rx="{w * 0.08:.1f}" fill="{wax if lit else "none"}" stroke="{wax}" '
        f'stroke-width="{w * 0.07:.1f}"/>'
        f'<path d="M{w / 2:.1f} {top:.1f}v{-h * 0.07:.1f}" stroke="{theme.text}" '
        f'stroke-width="{w * 0.07:.1f}" stroke-linecap="round"/>'
    )
    if lit:
        body += (
            f'<path d="M{w / 2:.1f} {h * 0.02:.1f}C{w * 0.78:.1f} {h * 0.2:.1f} '
            f"{w * 0.7:.1f} {h * 0.36:.1f} {w / 2:.1f} {h * 0.36:.1f}"
            f"C{w * 0.3:.1f} {h * 0.36:.1f} {w * 0.22:.1f} {h * 0.2:.1f} "
            f'{w / 2:.1f} {h * 0.02:.1f}Z" fill="{theme.tension}"/>'
        )
    return svg.picture(svg.document(w, h, body), w, h)


def _candles(surface: pygame.Surface, layout: Layout, theme: Theme, part: Rect, lit: int) -> None:
    step = min(layout.tx(24), part.width // CANDLES)
    tall = min(part.height, layout.tx(46))
    x = part.centerx - step * CANDLES // 2
    for k in range(CANDLES):
        surface.blit(candle(step, tall, k < lit, theme), (x + k * step, part.bottom - tall))
