"""Halved and doubled as two bars either side of a line: the usual value's outcome."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.scenes.assumptions_tested import Effect, strategy_name
from game.view import svg
from game.view.layout import Layout, Rect
from game.view.text import BOLD, draw_text, width_of
from game.view.theme import SMALL, Theme
from game.view.widgets import Look, Widget
from sim.evidence import Arm, Halving
from sim.words import _

LETTERS = SMALL * 1.08
ROW = 36  # of one bar, in u and the reader's text size
WIDE = 390
GIANT = 5.0  # times luck: longer bars are broken off


@dataclass(frozen=True)
class Scale:
    """What all bars of one outcome share: the length of a unit, and what luck alone does."""

    outcome: int
    most: float  # the largest difference there is room for
    luck: float

    @staticmethod
    def of(found: Halving, outcome: int) -> Scale:
        """Room for the largest clear difference, up to some times luck.

        What is larger still is drawn broken off, so that one giant does not flatten all others.
        """
        luck = found.usual[0][outcome].luck
        reach = max((one.reach(outcome) for one in found.tested.values()), default=0.0)
        return Scale(outcome, min(max(reach, luck), GIANT * luck) * 1.08 or 1.0, luck)


def short(arm: Arm) -> str:
    """What was done, in a sign or a word, beside its bar."""
    return _signs()[arm.way, arm.cut]


def _signs() -> dict[tuple[str, bool], str]:
    return {
        ("halved", False): "½",
        ("doubled", False): "×2",
        ("halved", True): _("least"),
        ("doubled", True): _("most"),
        ("on", False): _("on"),
        ("off", False): _("off"),
    }


def label_wide(layout: Layout) -> int:
    """The room that any of the signs needs, so that all bars begin alike; pixels."""
    wide = (width_of(sign, layout, size=LETTERS, weight=BOLD) for sign in _signs().values())
    return max(wide) + layout.px(14)


def height(layout: Layout, effect: Effect) -> int:
    """How tall the bars of a value are, in pixels."""
    return layout.tx(ROW) * len(effect.arms)


def draw_bars(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    area: Rect,
    effect: Effect,
    scale: Scale,
) -> None:
    """A row for each way it was changed; the band behind is what luck alone does."""
    label = label_wide(layout)
    graph = Rect(area.x + label, area.y, area.width - label, height(layout, effect))
    row = graph.height // max(1, len(effect.arms))
    body = _ground(layout, theme, graph, scale)
    for number, arm in enumerate(effect.arms):
        body += _bar(layout, theme, graph, arm, scale, row * number + row / 2)
        left = Rect(area.x, graph.y + row * number, label - layout.px(10), row)
        draw_text(
            surface, layout, left, short(arm), theme.muted,
            size=LETTERS, weight=BOLD, align="right", valign="middle", one_line=True,
        )  # fmt: skip
    drawing = svg.document(graph.width, graph.height, body)
    surface.blit(svg.picture(drawing, graph.width, graph.height), graph)


def _at(graph: Rect, scale: Scale, value: float) -> float:
    held = max(-scale.most, min(scale.most, value))
    return graph.width / 2 * (1.0 + held / scale.most)


def _ground(layout: Layout, theme: Theme, graph: Rect, scale: Scale) -> str:
    low, high = _at(graph, scale, -scale.luck), _at(graph, scale, scale.luck)
    middle = graph.width / 2
    return (
        f'<rect x="{low:.1f}" width="{high - low:.1f}" height="{graph.height}" '
        f'fill="{theme.hairline}"/>'
        f'<path d="M{middle:.1f} 0V{graph.height}" stroke="{theme.text}" '
        f'stroke-width="{layout.px(2)}"/>'
    )


def _bar(layout: Layout, theme: Theme, graph: Rect, arm: Arm, scale: Scale, y: float) -> str:
    moved, rival = (row[scale.outcome] for row in arm.moved)
    middle, end = graph.width / 2, _at(graph, scale, moved.by)
    colour = theme.muted if not moved.clear else theme.conflict if arm.turns else theme.accent
    low, high = _at(graph, scale, moved.low), _at(graph, scale, moved.high)
    upper = y - layout.tx(3)
    body = _block(layout, middle, end, upper, layout.tx(16), colour)
    if abs(moved.by) > scale.most:
        body += _broken(layout, theme, end + layout.tx(22) * (-1 if end > middle else 1), upper)
    else:
        body += _whisker(layout, theme, low, high, upper)
    beside = _at(graph, scale, rival.by)
    return body + _block(layout, middle, beside, y + layout.tx(10), layout.tx(6), theme.muted)


def _block(layout: Layout, start: float, end: float, y: float, tall: int, colour: str) -> str:
    """A bar along y from one end to the other, never too short to be seen."""
    wide = max(abs(end - start), layout.px(2))
    return (
        f'<rect x="{min(start, end):.1f}" y="{y - tall / 2:.1f}" width="{wide:.1f}" '
        f'height="{tall}" fill="{colour}"/>'
    )


def _broken(layout: Layout, theme: Theme, x: float, y: float) -> str:
    """A slanting gap: the bar is longer than there is room for."""
    half = layout.tx(11)
    return (
        f'<path d="M{x - half / 2:.1f} {y + half:.1f}L{x + half / 2:.1f} {y - half:.1f}" '
        f'stroke="{theme.panel}" stroke-width="{layout.px(6)}"/>'
    )


def _whisker(layout: Layout, theme: Theme, low: float, high: float, y: float) -> str:
    return (
        f'<path d="M{low:.1f} {y:.1f}H{high:.1f}" stroke="{theme.text}" '
        f'stroke-width="{layout.px(3)}"/>'
    )


@dataclass(frozen=True)
class BarsLegend(Widget):
    """What bar, band and ring stand for."""

    words: tuple[str, ...] = ()

    takes_focus = False

    def holds(self, pos: tuple[int, int]) -> bool:
        return False

    @classmethod
    def at(cls, layout: Layout, key: str, x: int, y: int, width: int, found: Halving) -> BarsLegend:
        """As many lines as its three parts need."""
        strategy, rival = map(strategy_name, found.strategies)
        words = (
            _("with {strategy}, and how sure").format(strategy=strategy),
            _("what luck alone does, two times in three"),
            _("with {strategy}").format(strategy=rival),
        )
        legend = cls(key, Rect(x, y, width, 0), words)
        tall = legend._places(layout)[-1].bottom - y
        return cls(key, Rect(x, y, width, tall), words)

    def _places(self, layout: Layout) -> list[Rect]:
        """Where each part lies, sample and words: side by side as far as there is room."""
        row, gap, sample = layout.tx(ROW), layout.tx(36), layout.tx(70)
        places: list[Rect] = []
        x, y = self.rect.x, self.rect.y
        for words in self.words:
            wide = sample + width_of(words, layout, size=LETTERS) + layout.px(4)
            wide = min(wide, self.rect.width)
            if x > self.rect.x and x + wide > self.rect.right:
                x, y = self.rect.x, y + row
            places.append(Rect(x, y, wide, row))
            x += wide + gap
        return places

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        wide = layout.tx(56)
        for number, (place, words) in enumerate(zip(self._places(layout), self.words, strict=True)):
            tall, y = place.height, place.height / 2
            if number == 0:
                body = _block(layout, 0, wide * 0.75, y, layout.tx(16), theme.accent)
                body += _whisker(layout, theme, wide * 0.5, wide, y)
            elif number == 1:
                body = f'<rect width="{wide}" height="{tall}" fill="{theme.hairline}"/>'
            else:
                body = _block(layout, 0, wide, y, layout.tx(6), theme.muted)
            surface.blit(svg.picture(svg.document(wide, tall, body), wide, tall), place)
            skip = layout.tx(70)
            room = Rect(place.x + skip, place.y, place.width - skip, tall)
            draw_text(
                surface, layout, room, words, theme.muted,
                size=LETTERS, valign="middle", one_line=True,
            )  # fmt: skip
