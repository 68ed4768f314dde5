"""A calendar's leaf, and what is in the diary while the months go by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.scenes.play_parts import draw_face, partner_seen
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset, rows
from game.view.shapes import disc, panel
from game.view.text import BOLD, draw_text
from game.view.theme import BODY, HEADING, TITLE, Theme
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow


MONTH: Final = 1.7
"""Seconds a month takes on the screen, when nobody presses a key."""


def draw_leaf(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    area: Rect,
    play: Flow,
    month: int,
    beneath: int,
    torn: float = 1.0,
) -> None:
    """The month on top of a block of leaves; ``torn`` is how far the one before has come off."""
    wide = min(area.width - layout.px(40), round(area.height * 1.5))
    tall = area.height - layout.px(16)
    block = Rect(0, 0, wide, tall)
    block.center = (area.centerx, area.centery - layout.px(4))
    for k in range(min(beneath, 5), 0, -1):
        under = block.move(layout.px(4) * k, layout.px(5) * k)
        panel(surface, under, theme.panel2, theme.border, radius=layout.px(8), width=layout.px(2))
    _leaf(surface, layout, theme, block, play, month)
    if 0.0 <= torn < 1.0:
        off = pygame.Surface(block.size, pygame.SRCALPHA)
        apart = Layout(layout.width, layout.height, layout.text)  # it covers the next one
        _leaf(off, apart, theme, off.get_rect(), play, month - 1)
        off = pygame.transform.rotozoom(off, -14 * torn, 1.0)
        off.set_alpha(round(255 * (1 - torn)))
        at = (block.centerx + round(block.width * 0.12 * torn), block.centery)
        place = off.get_rect(center=at).move(0, round(block.height * 0.7 * torn * torn))
        before = surface.get_clip()
        surface.set_clip(area.inflate(layout.px(20), layout.px(20)).clip(before))
        surface.blit(off, place)
        surface.set_clip(before)


def _leaf(
    surface: pygame.Surface, layout: Layout, theme: Theme, leaf: Rect, play: Flow, month: int
) -> None:
    panel(surface, leaf, theme.panel, theme.border, radius=layout.px(8), width=layout.px(2))
    name, _space, year = play.calendar(month).rpartition(" ")
    head, body = rows(leaf, [min(layout.tx(52), leaf.height // 3), 1.0])
    panel(surface, head, theme.accent, radius=layout.px(8))
    surface.fill(theme.accent, Rect(head.x, head.centery, head.width, head.height // 2))
    draw_text(
        surface, layout, inset(head, layout.px(14), layout.px(2)), year, theme.on_accent,
        size=BODY, weight=BOLD, align="centre", valign="middle", one_line=True,
    )  # fmt: skip
    inner = inset(body, layout.px(14), layout.px(6))
    feared = play.scenario.time.feared_date
    dread = feared.title if feared is not None and feared.month == month else ""
    if dread:
        inner, foot = rows(inner, [1.0, 0.6])
        draw_text(
            surface, layout, foot, dread, theme.tension,
            weight=BOLD, align="centre", valign="middle",
        )  # fmt: skip
    draw_text(
        surface, layout, inner, name, theme.text,
        size=TITLE * 1.5, weight=BOLD, align="centre", valign="middle", one_line=True,
    )  # fmt: skip


def draw_stages(
    surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, over: int, count: int
) -> None:
    """A dot for each month of the turn: those that are over are filled, this one ringed."""
    radius = max(4, min(area.height // 3, layout.px(12)))
    step = min(radius * 4, area.width // max(1, count))
    x = area.centerx - step * (count - 1) // 2
    for k in range(count):
        centre = (x + k * step, area.centery)
        if k < over:
            disc(surface, centre, radius, theme.accent)
            continue
        tone = theme.accent if k == over else theme.border
        pygame.draw.circle(surface, tone, centre, radius, max(2, layout.px(3)))


def draw_diary(
    surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, play: Flow
) -> None:
    """What the group set going this turn: each move, and how those who were asked answered."""
    queue = play.session.queue
    head, rest = rows(area, [layout.tx(44), 1.0], layout.px(4))
    title = _("In the diary") if queue else _("Nothing in the diary")
    draw_text(surface, layout, head, title, theme.muted, size=BODY, weight=BOLD, valign="middle")
    if not queue:
        return
    cards = {card.move: card for card in (*play.observation.hand, *play.observation.drawer)}
    replies = play.session.replies()
    gap = layout.px(8)
    each = min(layout.tx(76), (rest.height - gap * (len(queue) - 1)) // len(queue))
    for k, move in enumerate(queue):
        row = Rect(rest.x, rest.y + k * (each + gap), rest.width, each)
        panel(surface, row, theme.panel2, radius=layout.px(10))
        inner = inset(row, layout.px(12), layout.px(6))
        side = min(layout.tx(38), inner.height)
        icon = cards[move.move].icon if move.move in cards else "calendar-clock"
        draw_icon(surface, icon, (inner.x + side / 2, inner.centery), side, theme.accent)
        asked = [reply for reply in replies if reply.move_index == k]
        right, radius = inner.right, min(inner.height, layout.tx(54)) / 2
        most = max(0, round((inner.width * 0.5) / (2.2 * radius)))
        for reply in reversed(asked[:most]):
            partner = partner_seen(play, reply.who)
            if partner is not None:
                centre = (right - radius, inner.centery)
                draw_face(surface, layout, theme, centre, radius * 0.9, partner, reply.reply)
                right -= round(2.2 * radius)
        left = inner.x + side + layout.px(12)
        room = Rect(left, inner.y, max(1, right - layout.px(8) - left), inner.height)
        name = play.names.move(move.move)
        draw_text(
            surface, layout, room, name, theme.text, size=HEADING * 0.8, weight=BOLD,
            valign="middle",
        )  # fmt: skip
