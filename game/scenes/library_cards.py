"""The cards of the first screen: a place to play, a play to go on with, first steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import pygame

from game.view import svg
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, columns, inset
from game.view.portrait import portrait
from game.view.shapes import disc, panel
from game.view.text import BOLD, draw_text, height_of, width_of
from game.view.theme import BODY, HEADING, THEMES, TITLE, Theme, mix
from game.view.widgets import Look, Widget
from sim.words import _, ngettext

if TYPE_CHECKING:
    from sim.scenario import Scenario

BAND = 0.37  # height of a card's picture, as a share of the card's width
TALLEST = 296  # and at most so tall, in u
WIDE = 1200  # from this width on, in u, the picture stands beside the words
BESIDE = 0.46  # and has this share of it
GAP = 6  # beneath each text, in u
Fact = tuple[str, str]  # icon, words


def facts_of(scenario: Scenario) -> tuple[Fact, ...]:
    """How long, and how many people."""
    head = scenario.scenario
    minutes = ngettext("{count} minute", "{count} minutes", head.minutes)
    people = _("{players} people").format(players=head.players)
    return (("clock", minutes.format(count=head.minutes)), ("users", people))


def place_of(scenario: Scenario) -> str:
    """Where, and how many turns."""
    turns = len(scenario.time.turns)
    told = ngettext("{count} turn", "{count} turns", turns).format(count=turns)
    return f"{scenario.scenario.place} · {told}"


@dataclass(frozen=True)
class ScenarioCard(Widget):
    """A place to play: its portrait above, its words beneath.

    Without a scenario it is a file with an error, and says which.
    """

    title: str = ""
    place: str = ""
    summary: str = ""
    facts: tuple[Fact, ...] = ()
    scenario: Scenario | None = None

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        fill = theme.panel if self.scenario else theme.panel2
        if look.hover:
            fill = mix(theme.panel, theme.selected, 0.5)
        radius, edge = layout.px(14), theme.border
        panel(surface, self.rect, fill, radius=radius)
        band, words = self._parts(layout)
        self._band(surface, layout, theme, band, radius)
        panel(surface, self.rect, "", edge, radius=radius, width=layout.px(2))
        self.note(surface, layout)
        self._words(surface, layout, theme, words)
        if look.focus:
            self.ring(surface, layout, theme)

    def _parts(self, layout: Layout) -> tuple[Rect, Rect]:
        """The picture's place and that of the words: beneath it, or beside it on a wide card."""
        card = self.rect
        if card.width >= layout.px(WIDE):
            wide = round(card.width * BESIDE)
            band = Rect(card.x, card.y, wide, card.height)
            below = Rect(card.x + wide, card.y, card.width - wide, card.height)
            return band, inset(below, layout.px(40), layout.px(30))
        tall = min(round(card.width * BAND), layout.px(TALLEST))
        band = Rect(card.x, card.y, card.width, tall)
        below = Rect(card.x, card.y + tall, card.width, card.height - tall)
        return band, inset(below, layout.px(24), layout.px(18))

    def _band(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, band: Rect, radius: int
    ) -> None:
        """The picture: the partners in a ring, or a sign that the file has an error."""
        clip = surface.get_clip()
        surface.set_clip(band.clip(clip))
        ground = theme.canvas if self.scenario else theme.panel2
        panel(surface, self.rect, ground, radius=radius)
        if self.scenario is not None:
            wide = min(round((band.height - layout.px(24)) * 1.75), band.width - layout.px(48))
            tall = min(band.height - layout.px(24), round(wide / 1.6))
            drawing = picture_of(self.scenario, wide, tall, theme)
            surface.blit(drawing, drawing.get_rect(center=band.center))
        else:
            side = round(band.height * 0.36)
            draw_icon(surface, "triangle-alert", band.center, side, theme.warn)
        surface.set_clip(clip)
        line = layout.px(2)
        if band.height == self.rect.height:
            surface.fill(theme.hairline, (band.right - line, band.y, line, band.height))
        else:
            surface.fill(theme.hairline, (band.x, band.bottom - line, band.width, line))

    def _texts(self, layout: Layout, theme: Theme) -> list[tuple[str, float, str, str]]:
        """Words, size, weight and colour, from the top; larger where the card is."""
        more = 1.2 if self.rect.width >= layout.px(WIDE) else 1.0
        soft = theme.muted if self.scenario else theme.text
        found = [
            (self.place, BODY, "regular", theme.muted),
            (self.title, HEADING * more, BOLD, theme.text if self.scenario else theme.muted),
            (self.summary, BODY * more, "regular", soft),
        ]
        return [one for one in found if one[0]]

    def _words(self, surface: pygame.Surface, layout: Layout, theme: Theme, inner: Rect) -> None:
        y = inner.y
        for text, size, weight, colour in self._texts(layout, theme):
            tall = height_of(text, layout, inner.width, size=size, weight=weight)
            place = Rect(inner.x, y, inner.width, tall)
            draw_text(surface, layout, place, text, colour, size=size, weight=weight)
            y += tall + layout.px(GAP)
        foot = facts_height(layout, inner.width, self.facts)
        place = Rect(inner.x, inner.bottom - foot, inner.width, foot)
        draw_facts(surface, layout, theme, place, self.facts)

    def height(self, layout: Layout) -> int:
        """How tall it must be for all its words, at its width."""
        high = replace(self, rect=Rect(self.rect.topleft, (self.rect.width, 100_000)))
        _band, inner = high._parts(layout)
        tall = 100_000 - inner.height  # picture and margins
        for text, size, weight, _colour in self._texts(layout, THEMES["light"]):
            tall += height_of(text, layout, inner.width, size=size, weight=weight)
            tall += layout.px(GAP)
        tall += facts_height(layout, inner.width, self.facts)
        return max(tall, layout.px(480)) if self.rect.width >= layout.px(WIDE) else tall


def picture_of(scenario: Scenario, wide: int, tall: int, theme: Theme) -> pygame.Surface:
    """A scenario's portrait, ready to blit; its text is made once a size."""
    return svg.picture(_portrait(_Held(scenario), wide, tall, theme.name), wide, tall)


class _Held:
    """A scenario by who it is, not by what is in it: that would take long to compare."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.scenario is self.scenario

    def __hash__(self) -> int:
        return id(self.scenario)


@lru_cache(maxsize=64)
def _portrait(held: _Held, wide: int, tall: int, theme: str) -> str:
    return portrait(held.scenario, wide, tall, THEMES[theme])


# --- facts: never broken in the middle of one ------------------------------------------------


def _placed(layout: Layout, width: int, facts: Sequence[Fact]) -> list[tuple[int, int, int]]:
    """Where each fact stands (x, y) and how wide its words may be, from the top left."""
    side, gap, step = layout.tx(BODY), layout.px(10), layout.tx(BODY * 1.45)
    found: list[tuple[int, int, int]] = []
    x = y = 0
    for _icon, words in facts:
        wide = width_of(words, layout) + layout.px(2)
        if x and x + side + gap + wide > width:
            x, y = 0, y + step
        found.append((x, y, min(wide, width - side - gap)))
        x += side + gap + wide + layout.px(28)
    return found


def facts_height(layout: Layout, width: int, facts: Sequence[Fact]) -> int:
    """How tall the facts are in a given width, in pixels."""
    places = _placed(layout, width, facts)
    return places[-1][1] + layout.tx(BODY * 1.45) if places else 0


def draw_facts(
    surface: pygame.Surface, layout: Layout, theme: Theme, box: Rect, facts: Sequence[Fact],
    colour: str = "",
) -> None:  # fmt: skip
    """Each fact with its icon, side by side as long as there is room."""
    side, gap, step = layout.tx(BODY), layout.px(10), layout.tx(BODY * 1.45)
    ink = colour or theme.text
    for (icon, words), (x, y, wide) in zip(facts, _placed(layout, box.width, facts), strict=True):
        centre = (box.x + x + side / 2, box.y + y + step / 2)
        draw_icon(surface, icon, centre, round(side * 0.92), colour or theme.muted)
        place = Rect(box.x + x + side + gap, box.y + y, wide, step)
        draw_text(surface, layout, place, words, ink, valign="middle", one_line=True)


# --- the one thing to do first ---------------------------------------------------------------


@dataclass(frozen=True)
class HeroCard(Widget):
    """Large, with a round icon at its left: what most people will choose.

    ``first`` fills it with the accent; ``kicker`` is the small line above the title.
    """

    kicker: str = ""
    title: str = ""
    line: str = ""
    icon: str = ""
    first: bool = False
    scenario: Scenario | None = None  # its portrait, where there is room

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        fill, edge, ink, soft = theme.panel, theme.border, theme.text, theme.muted
        if self.first:
            fill, edge, ink = theme.accent, "", theme.on_accent
            soft = ink
        if look.hover or look.pressed:
            fill = mix(fill, theme.text, 0.16) if self.first else theme.selected
        panel(surface, self.rect, fill, edge, radius=layout.px(14), width=layout.px(2))
        self.note(surface, layout)
        mark, words = self._parts(layout)
        disc(surface, mark.center, mark.width // 2, ink if self.first else theme.selected)
        draw_icon(
            surface, self.icon, mark.center, round(mark.width * 0.52),
            fill if self.first else theme.accent,
        )  # fmt: skip
        y = words.y
        for (text, size, weight, tall), colour in zip(
            self._texts(layout, words.width), (soft, ink, soft), strict=True
        ):
            place = Rect(words.x, y, words.width, tall)
            draw_text(
                surface, layout, place, text, colour, size=size, weight=weight, valign="middle"
            )
            y += tall
        if look.focus:
            self.ring(surface, layout, theme)

    def _parts(self, layout: Layout) -> tuple[Rect, Rect]:
        """The round icon's place and that of the words, in the middle of the height."""
        inner = inset(self.rect, layout.px(32), layout.px(22))
        side = layout.tx(96)
        left = inner.x + side + layout.px(28)
        wide = max(1, inner.right - left)
        tall = sum(text[3] for text in self._texts(layout, wide))
        top = inner.y + max(0, (inner.height - tall) // 2)
        mark = Rect(inner.x, self.rect.centery - side // 2, side, side)
        return mark, Rect(left, top, wide, tall)

    def _texts(self, layout: Layout, wide: int) -> list[tuple[str, float, str, int]]:
        """Words, size, weight, and height in that width.

        The last line would rather be a little smaller than leave one word to a second.
        """
        tall = height_of(self.line, layout, wide)
        if width_of(self.line, layout) * 0.8 <= wide:
            tall = min(tall, height_of("A", layout, wide))
        return [
            (self.kicker, BODY, BOLD, height_of(self.kicker, layout, wide, weight=BOLD)),
            (self.title, TITLE, BOLD, height_of(self.title, layout, wide, size=TITLE, weight=BOLD)),
            (self.line, BODY, "regular", tall),
        ]

    def height(self, layout: Layout) -> int:
        """How tall it must be for its words, at its width."""
        _mark, words = self._parts(layout)
        return max(words.height, layout.tx(96)) + 2 * layout.px(22)


C = TypeVar("C", ScenarioCard, HeroCard)


def in_rows(layout: Layout, area: Rect, cards: Sequence[C], shares: Sequence[float]) -> list[C]:
    """Cards from the top of the area, so many beside one another, a row equally tall."""
    gap = layout.px(28)
    found: list[C] = []
    y = area.y
    for start in range(0, len(cards), len(shares)):
        places = columns(Rect(area.x, y, area.width, 0), shares, gap)
        row = [
            replace(card, rect=place)
            for card, place in zip(cards[start : start + len(shares)], places, strict=False)
        ]
        tall = max(card.height(layout) for card in row)
        found += [
            replace(card, rect=Rect(card.rect.topleft, (card.rect.width, tall))) for card in row
        ]
        y += tall + gap
    return found
