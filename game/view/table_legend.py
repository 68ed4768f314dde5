"""A key to every mark on the table, for whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pygame

from game.view import svg, table_paint
from game.view.layout import Layout, Rect, grid, inset
from game.view.table_people import blit
from game.view.table_reading import DrawnTie
from game.view.table_routes import Curve
from game.view.table_sprites import Sprites, paint_of
from game.view.table_tokens import ring_reach
from game.view.text import draw_text, fit
from game.view.theme import BODY, LIGHT, Theme
from sim.observation import TieSeen
from sim.words import _

_NOTHING: Final = TieSeen(
    a="", b="", trust_ab=2, trust_ba=2, change=0, dancing=0, tokens=0,
    tension_surfaced=False, dispute=False, joint=0, depends=True,
)  # fmt: skip


@dataclass(frozen=True)
class _Sample:
    """Draws the small pictures beside the words, each inside its rectangle."""

    surface: pygame.Surface
    theme: Theme
    unit: float

    def _sprites(self, radius: float) -> Sprites:
        return Sprites(self.theme, radius, self.unit)

    def people(self, rect: Rect) -> None:
        """One who looks at the table, one who turns aside."""
        radius = min(rect.height * 0.3, rect.width * 0.18)
        sprites = self._sprites(radius)
        for part, sector, name, degrees in (
            (0.26, "council", "landmark", 0.0),
            (0.74, "health", "hospital", -40.0),
        ):
            x = rect.x + rect.width * part
            blit(self.surface, sprites.disc(sector, name), x, rect.centery)
            blit(self.surface, sprites.eyes(degrees), x, rect.centery)

    def rings(self, rect: Rect) -> None:
        """The three levels of going round something."""
        scale = min(rect.height / 2.4, rect.width / 6.6) / ring_reach(0, 3)
        for level in (1, 2, 3):
            x = rect.x + rect.width * (level - 0.5) / 3
            blit(self.surface, self._sprites(20).ring(0, level, scale), x, rect.centery)

    def heaps(self, rect: Rect) -> None:
        """One thing unsaid, and a heap of them."""
        scale = min(rect.height / 100, rect.width / 190)
        for part, count in ((0.24, 1), (0.7, 3)):
            picture = self._sprites(20).heap(count, scale)
            blit(self.surface, picture, rect.x + rect.width * part, rect.centery)

    def _line(self, rect: Rect, tie: TieSeen, style: str, up: float = 0.5) -> None:
        y = rect.height * up
        end = (float(rect.width - 2), y)
        curve = Curve((2.0, y), ((2.0 + end[0]) / 2, y), end)
        body = table_paint.tie(DrawnTie(tie, style, curve), style, paint_of(self.theme), self.unit)
        drawing = svg.document(rect.width, rect.height, body)
        self.surface.blit(svg.picture(drawing, rect.width, rect.height), rect)

    def tie(self, style: str, *signs: str, **seen: object) -> Callable[[Rect], None]:
        """A line of some style, with its badges."""

        def draw(rect: Rect) -> None:
            tie = TieSeen(**{**vars(_NOTHING), **seen})
            self._line(rect, tie, style)
            radius = min(rect.height * 0.28, 22 * self.unit)
            for k, sign in enumerate(signs):
                x = rect.x + rect.width * (k + 0.5) / len(signs)
                blit(self.surface, self._sprites(20).sign(sign, radius), x, rect.centery)

        return draw

    def trust(self, rect: Rect) -> None:
        """From the lowest to the deepest."""
        for band, up in ((0, 0.18), (2, 0.48), (4, 0.82)):
            self._line(rect, TieSeen(**{**vars(_NOTHING), "trust_ab": band, "trust_ba": band}),
                       "trust", up)  # fmt: skip

    def plants(self, *names: str) -> Callable[[Rect], None]:
        """Projects at some stages."""

        def draw(rect: Rect) -> None:
            radius = min(rect.height * 0.36, rect.width / (2.2 * max(2, len(names))))
            for k, name in enumerate(names):
                x = rect.x + rect.width * (k + 0.5) / len(names)
                blit(self.surface, self._sprites(20).plant(name, radius), x, rect.centery)

        return draw

    def badges(self, *pinned: tuple[str, str]) -> Callable[[Rect], None]:
        """What may be pinned on a partner."""

        def draw(rect: Rect) -> None:
            radius = min(rect.height * 0.36, rect.width / (2.2 * max(2, len(pinned))))
            for k, (name, tone) in enumerate(pinned):
                x = rect.x + rect.width * (k + 0.5) / len(pinned)
                picture = self._sprites(radius).badge(name, getattr(self.theme, tone), 1.0)
                blit(self.surface, picture, x, rect.centery)

        return draw

    def outside(self, rect: Rect) -> None:
        """Somebody who has no chair."""
        sprites = self._sprites(min(rect.height * 0.3, rect.width * 0.18))
        picture = sprites.disc("residents", "users", outside=True)
        blit(self.surface, picture, rect.centerx, rect.centery)
        blit(self.surface, sprites.eyes(-90), rect.centerx, rect.centery)

    def asleep(self, rect: Rect) -> None:
        """Somebody busy with itself."""
        sprites = self._sprites(min(rect.height * 0.3, rect.width * 0.18))
        blit(self.surface, sprites.disc("health", "heart-pulse"), rect.centerx, rect.centery)
        blit(self.surface, sprites.eyes(-90, True), rect.centerx, rect.centery)


def _entries(sample: _Sample) -> list[tuple[Callable[[Rect], None], str]]:
    return [
        (sample.people, _("looks on, or turns away from somebody")),
        (sample.rings, _("they go round it: once, often, always")),
        (sample.heaps, _("left unsaid, under the cloth; a lot of it")),
        (sample.tie("tension", "words"), _("said out loud, not settled")),
        (sample.tie("tension", "tension"), _("it came out, and nobody looks at it")),
        (sample.tie("dispute", "dispute"), _("an open row")),
        (sample.trust, _("trust: dotted is lowest, thick is deep")),
        (sample.tie("ghost", "up", "down"), _("trust has grown, has shrunk")),
        (sample.tie("trust", joint=4, trust_ab=3, trust_ba=3), _("they work together")),
        (sample.plants("seed", "tree", "rooted"), _("a project, until it has roots")),
        (sample.plants("wilted"), _("a project that is stuck")),
        (sample.outside, _("not at the table")),
        (sample.badges(("door-open", "tension")), _("its leader is leaving")),
        (sample.badges(("user-plus", "accent")), _("a new leader")),
        (sample.asleep, _("busy reorganising itself")),
        (sample.badges(("blocks", "muted")), _("now part of another")),
        (sample.badges(("scroll-text", "accent")), _("in the lead")),
        (
            sample.badges(("check", "good"), ("user-round-check", "warn"),
                          ("calendar-clock", "warn")),
            _("comes, sends a deputy, has no time"),
        ),
    ]  # fmt: skip


def legend_words() -> tuple[str, ...]:
    """What the marks mean, as the key says it, without the pictures."""
    nowhere = _Sample(pygame.Surface((1, 1)), LIGHT, 1.0)
    return tuple(text for _draw, text in _entries(nowhere))


def legend(surface: pygame.Surface, layout: Layout, theme: Theme, rect: Rect) -> None:
    """Draw the key inside a rectangle: eighteen marks, three columns where there is room."""
    entries = _entries(_Sample(surface, theme, layout.u))
    across = 3 if rect.width > rect.height * 1.25 else 2 if rect.width > rect.height * 0.6 else 1
    down = -(-len(entries) // across)
    cells = grid(rect, across, down)
    places = []
    for k in range(len(entries)):
        column, row = divmod(k, down)
        cell = inset(cells[row * across + column], layout.px(8), layout.px(4))
        wide, gap = round(cell.width * 0.3), layout.px(14)
        words = Rect(cell.x + wide + gap, cell.y, cell.width - wide - gap, cell.height)
        places.append((Rect(cell.x, cell.y, wide, cell.height), words))
    # all words in one size, that of those that need the most room
    least = min(
        fit(text, layout, w, size=BODY).size for (_d, text), (_s, w) in zip(entries, places)
    )
    size = least / layout.tx(1000) * 1000
    for (draw, text), (picture, words) in zip(entries, places):
        draw(picture)
        draw_text(surface, layout, words, text, theme.text, size=size, valign="middle")
