"""The tableau of a row: the cloth torn in two, everybody stepping back to a side.

Drawn over a whole window; the room between the two halves is left for the words.  It reads
who stands with whom from what was told, the people from the Observation, and nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import pygame

from game.view import svg
from game.view.layout import Layout, Rect
from game.view.table_sprites import Sprites, paint_of
from game.view.text import BOLD, draw_text, fit, height_of
from game.view.theme import BODY, HEADING, Theme, mix
from sim.observation import Observation, PartnerSeen

STEPPING_BACK: Final = 1.2
"""Seconds until everybody stands where they stand."""
_TEAR: Final = tuple(int(digit) / 9 for digit in "1827093718264085")
"""How far the tear goes, from its top to its foot, in shares of its depth."""


@dataclass(frozen=True)
class _Standing:
    """One partner's place in the tableau."""

    partner: PartnerSeen
    x: float
    y: float
    radius: float
    looks: float  # radians
    name: Rect
    size: float  # of the name, at 1080p
    align: str
    side: int  # -1 left, 1 right, 0 neither


def words_area(area: Rect, observation: Observation, sides: Sequence[tuple[str, str, str]]) -> Rect:
    """The room between the two halves of the cloth, for the words."""
    wide = _half(area)
    taken = {who for who, _beside, _against in sides}
    others = sum(p.at_table and p.id not in taken for p in observation.partners) > 2
    # those who take no side need as much room in a low area as in a high one
    tall = round(area.height * (1.0 - min(0.27, 0.092 * area.width / area.height) * others))
    teeth = _teeth(wide)
    return Rect(area.x + wide + teeth, area.y, area.width - 2 * (wide + teeth), tall)


def _teeth(wide: int) -> int:
    return round(wide * 0.17)


def _half(area: Rect) -> int:
    return round(area.width * 0.22)


def draw_sides(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    area: Rect,
    observation: Observation,
    a: str,
    b: str,
    sides: Sequence[tuple[str, str, str]],
    t: float,
) -> Rect:
    """Everybody steps back from the table, to the side of ``a``, of ``b``, or of neither.

    ``sides`` are (who, beside whom, against whom); ``t`` is seconds since it began, and any
    large number shows the last instant.  Returns the room left for the words.
    """
    share = max(0.0, min(1.0, t / STEPPING_BACK))
    share = share * share * (3 - 2 * share)
    words = words_area(area, observation, sides)
    standing = _stand(layout, area, words, observation, a, b, sides)
    for left in (True, False):
        _torn(surface, layout, theme, area, left, share)
    middle = (area.centerx, area.centery)
    for one in sorted(standing, key=lambda one: one.radius):
        # from round a table in the middle to where they stand
        turn = math.atan2(one.y - middle[1], one.x - middle[0])
        x0 = middle[0] + math.cos(turn) * area.width * 0.2
        y0 = middle[1] + math.sin(turn) * area.height * 0.2
        x, y = x0 + (one.x - x0) * share, y0 + (one.y - y0) * share
        sprites = Sprites(theme, one.radius, layout.u)
        inward = math.atan2(middle[1] - y, middle[0] - x)
        looks = one.looks if share > 0.6 else inward
        for picture in (sprites.person(one.partner), sprites.eyes(math.degrees(looks))):
            surface.blit(picture, picture.get_rect(center=(round(x), round(y))))
        if share > 0.85:
            draw_text(
                surface, layout, one.name, one.partner.name, theme.text, size=one.size,
                weight=BOLD, align=one.align, valign="middle" if one.side else "top",
            )  # fmt: skip
    return words


def _stand(
    layout: Layout,
    area: Rect,
    words: Rect,
    observation: Observation,
    a: str,
    b: str,
    sides: Sequence[tuple[str, str, str]],
) -> list[_Standing]:
    seen = {partner.id: partner for partner in observation.partners}
    behind = {
        who: [one for one, beside, _against in sides if beside == who and one in seen]
        for who in (a, b)
    }
    crowd = max(len(behind[a]), len(behind[b]))
    longest = max((seen[a].name, seen[b].name), key=len)
    placed = {a, b, *behind[a], *behind[b]}
    found: list[_Standing] = []
    for who, direction in ((a, -1), (b, 1)):
        wide = _half(area) - _teeth(_half(area)) // 2  # clear of the tear
        left = area.x if direction < 0 else area.right - wide
        column = Rect(left, area.y, wide, area.height).inflate(-layout.px(28), -layout.px(36))
        found += _column(
            layout, column, [seen[one] for one in (who, *behind[who])], direction, crowd, longest
        )
    neither = [p for p in observation.partners if p.at_table and p.id not in placed]
    found += _row(layout, area, words, neither)
    return found


def _column(
    layout: Layout,
    column: Rect,
    people: Sequence[PartnerSeen],
    direction: int,
    crowd: int,
    longest: str,
) -> list[_Standing]:
    """One of the two, large, and those behind it below.

    ``crowd`` stand behind one of the two at most, and ``longest`` needs the most room of their
    names, so that the two stand at one height.
    """
    first, *rest = people
    crowded = crowd * layout.tx(BODY) * 2.6 > column.height * 0.55
    big = min(column.width * 0.2, column.height * (0.095 if crowded else 0.13), 92 * layout.u)
    name = round(height_of(longest, layout, column.width, size=HEADING, weight=BOLD) * 1.1)
    name = min(name, round(column.height * 0.22))
    step = min(layout.tx(BODY) * 2.7, (column.height - 2.4 * big - name) / max(1, crowd))
    whole = 2.4 * big + name + step * crowd
    top = column.y + max(0.0, (column.height - whole) / 2)
    # toward the other one, across the torn cloth
    looks = 0.0 if direction < 0 else math.pi
    below = Rect(column.x, round(top + 2.4 * big), column.width, name)
    found = [
        _Standing(first, column.centerx, top + big, big, looks, below, HEADING, "centre", direction)
    ]
    small = min(step * 0.36, 44 * layout.u)
    for k, partner in enumerate(rest):
        y = top + 2.4 * big + name + step * (k + 0.5)
        x = column.x + small * 1.3 if direction < 0 else column.right - small * 1.3
        gap = round(small * 2.75)
        box = Rect(
            column.x + (gap if direction < 0 else 0),
            round(y - step / 2),
            column.width - gap,
            round(step),
        )
        align = "left" if direction < 0 else "right"
        found.append(_Standing(partner, x, y, small, looks, box, BODY, align, direction))
    return [found[0], *_alike(layout, found[1:])]


def _alike(layout: Layout, found: list[_Standing]) -> list[_Standing]:
    """All names of a group in one size, that of the one that needs the most room."""
    if not found:
        return found
    least = min(
        fit(one.partner.name, layout, one.name, size=BODY, weight=BOLD).size for one in found
    )
    size = max(24.0, least / layout.tx(1000) * 1000)  # a long name shrinks alone past that
    return [replace(one, size=size) for one in found]


def _row(layout: Layout, area: Rect, words: Rect, people: Sequence[PartnerSeen]) -> list[_Standing]:
    """Those who take no side, at the bottom, looking at their papers."""
    if not people:
        return []
    tall = area.bottom - words.bottom - layout.px(4)
    room = Rect(words.x, words.bottom, words.width, tall)
    if room.height < layout.px(60):
        return []
    step = room.width / len(people)
    small = min(step * 0.3, room.height * 0.17, 38 * layout.u)
    found = []
    for k, partner in enumerate(people):
        x, y = room.x + step * (k + 0.5), room.y + small * 1.4
        box = Rect(round(x - step / 2) + layout.px(6), round(y + small * 1.4), 0, 0)
        box.size = (round(step) - 2 * layout.px(6), max(1, room.bottom - box.y))
        found.append(_Standing(partner, x, y, small, math.pi / 2, box, BODY, "centre", 0))
    return _alike(layout, found)


def _torn(
    surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, left: bool, share: float
) -> None:
    """One half of the cloth, on its way outward; both have the same tear: it was one cloth."""
    wide = _half(area)
    teeth, line = _teeth(wide), 5 * layout.u
    cloth = mix(paint_of(theme).cloth, theme.conflict, 0.06)
    count = len(_TEAR) - 1
    edge = [(line + teeth * part, area.height * k / count) for k, part in enumerate(_TEAR)]
    strip = round(teeth + 2 * line)
    tear = "L".join(f"{x:.1f} {y:.1f}" for x, y in edge)
    far = 0 if left else strip
    body = (
        f'<path d="M{far} 0L{tear}L{far} {area.height}Z" fill="{cloth}"/>'
        f'<path d="M{tear}" fill="none" stroke="{theme.conflict}" stroke-width="{line:.1f}" '
        f'stroke-linejoin="round"/>'
    )
    picture = svg.picture(svg.document(strip, area.height, body), strip, area.height)
    apart = round((area.width / 2 - wide) * share)
    x = area.centerx - strip // 2 + (-apart if left else apart)
    if left:
        surface.fill(cloth, (area.x, area.y, max(0, x - area.x), area.height))
    else:
        surface.fill(cloth, (x + strip, area.y, max(0, area.right - x - strip), area.height))
    surface.blit(picture, (x, area.y))
