"""All measures that the group may know (M): small lines side by side, and what is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pygame

from game.scenes.dialogs import Dialog
from game.scenes.play_foot import beside, in_words, title_of
from game.view import chart
from game.view.layout import Layout, Rect
from game.view.shapes import panel
from game.view.text import BOLD, draw_text, height_of, width_of
from game.view.theme import BODY, HEADING, SMALL, Theme
from game.view.widgets import Look, Widget, Words
from sim.labels import measure_value
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play import PlayScene

GROUPS: Final = (
    ("leading", ("staff_joint_working",)),
    ("medium", ("delayed_transfers", "reablement_at_home")),
    ("lagging", ("emergency_admissions", "care_home_admissions", "resident_experience",
                 "unmet_need", "spend_per_head")),
)  # fmt: skip
"""How soon each measure follows what people do.  The first of each is drawn first."""
COUNTED: Final = (
    "projects_started",
    "projects_succeeded",
    "projects_failed",
    "projects_embedded",
    "disputes_open",
    "eruptions",
    "forecast_saving",
    "realised_saving",
)


def pace_of(measure: str) -> str:
    """How soon a measure follows what people do, in words; "" for one that has no pace."""
    pace = next((name for name, members in GROUPS if measure in members), "")
    return {
        "leading": _("moves within months"),
        "medium": _("moves within a year or so"),
        "lagging": _("slow: expect little before year 3"),
    }.get(pace, "")


def ordered(known: list[str]) -> list[str]:
    """Measures drawn as lines: one leading, one medium, one lagging, then the rest."""
    first = [members[0] for _name, members in GROUPS if members[0] in known]
    rest = [one for _name, members in GROUPS for one in members if one in known]
    grouped = [*first, *(one for one in rest if one not in first)]
    lines = [one for one in known if one not in COUNTED and one not in grouped]
    return grouped + [one for one in lines if one in IN_FULL_VIEW]


IN_FULL_VIEW: Final = ("trust", "tension", "understanding", "integration")
"""Published only where everything is visible; no other play has them."""


@dataclass(frozen=True)
class Multiple(Widget):
    """One measure: its name, its line, now and at first, and its pace."""

    measure: str = ""
    ours: tuple[float, ...] = ()
    still: tuple[float, ...] = ()
    label: str = ""  # of the dotted line
    headline: bool = False

    takes_focus = False

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        edge = theme.accent if self.headline else theme.hairline
        width = layout.px(4 if self.headline else 2)
        panel(surface, self.rect, theme.panel, edge, radius=layout.px(12), width=width)
        self.note(surface, layout)
        inner = self.rect.inflate(-2 * layout.px(18), -2 * layout.px(14))
        title, unit = title_of(self.measure)
        value = measure_value(self.measure, self.ours[-1])
        wide = width_of(value, layout, size=HEADING, weight=BOLD) + layout.px(6)
        head = Rect(inner.x, inner.y, inner.width - wide - layout.px(10), layout.tx(76))
        draw_text(surface, layout, head, title, theme.text, weight=BOLD)
        figure = Rect(inner.right - wide, inner.y, wide, layout.tx(44))
        draw_text(
            surface, layout, figure, value, theme.accent,
            size=HEADING, weight=BOLD, align="right", one_line=True,
        )  # fmt: skip
        small, step = SMALL * 1.08, layout.tx(34)
        y = head.bottom
        if unit:
            line = Rect(inner.x, y, inner.width, step)
            draw_text(surface, layout, line, unit, theme.muted, size=small, one_line=True)
        y += step + layout.px(4)
        under = self._under()
        foot = step * len(under)
        graph = Rect(inner.x, y, inner.width, max(layout.px(40), inner.bottom - foot - y - 4))
        lines = chart.Lines.of(self.ours, self.still)
        surface.blit(
            chart.picture(layout, theme, graph.width, graph.height, lines, bold=False), graph
        )
        y = graph.bottom + layout.px(4)
        for words in under:
            line = Rect(inner.x, y, inner.width, step)
            draw_text(
                surface, layout, line, words, theme.muted,
                size=small, one_line=True, valign="middle",
            )  # fmt: skip
            y += step

    def _under(self) -> list[str]:
        """At first, the dotted line, the pace."""
        first = measure_value(self.measure, self.ours[0])
        said = _("○ at first {value}").format(value=first)
        if self.label:
            value = measure_value(self.measure, self.still[-1])
            said += " · " + _("··· {label} {value}").format(label=self.label, value=value)
        return [said, pace_of(self.measure)]


class MeasuresDialog(Dialog):
    """Small multiples, the headline with a strong edge; then what is counted."""

    def __init__(self, play: PlayScene) -> None:
        super().__init__(
            _("All measures"),
            "",
            wide=0.92,
            tall=0.96,
        )
        self.seen = play.observation
        self.headline = play.headline
        self.known = [name for name, values in self.seen.series.items() if values]

    def body(self, layout: Layout, x: int, y: int, width: int) -> list[Widget]:
        found: list[Widget] = []
        gap = layout.px(18)
        across = 3
        wide = (width - gap * (across - 1)) // across
        tall = layout.tx(330)
        for k, measure in enumerate(ordered(self.known)):
            rect = Rect(
                x + (k % across) * (wide + gap), y + (k // across) * (tall + gap), wide, tall
            )
            still, label = beside(self.seen, measure)
            found.append(
                Multiple(
                    f"measure:{measure}", rect, measure, self.seen.series[measure], still, label,
                    measure == self.headline,
                )
            )  # fmt: skip
        y = max((one.rect.bottom for one in found), default=y) + layout.px(24)
        words = Words.at(
            layout, "counted", x, y, width, _("What is counted"), size=HEADING * 0.92, weight=BOLD
        )
        found.append(words)
        return found + self._counted(layout, x, words.rect.bottom + layout.px(10), width)

    def _counted(self, layout: Layout, x: int, y: int, width: int) -> list[Widget]:
        """Counts, in two columns of a line each."""
        found: list[Widget] = []
        gap = layout.px(30)
        wide = (width - gap) // 2
        known = [name for name in COUNTED if name in self.known]
        texts = [self._count(name) for name in known]
        tall = max((height_of(text, layout, wide) for text in texts), default=0) + layout.px(8)
        for k, (name, text) in enumerate(zip(known, texts, strict=True)):
            left = x + (k % 2) * (wide + gap)
            top = y + (k // 2) * tall
            found.append(Words.at(layout, f"count:{name}", left, top, wide, text, size=BODY))
        return found

    def _count(self, measure: str) -> str:
        name, unit = title_of(measure)
        value = measure_value(measure, self.seen.series[measure][-1])
        return f"{name}: {value}" if not unit else f"{name}: {value} ({unit})"

    def in_words(self) -> str:
        lines = [in_words(self.seen, measure) for measure in ordered(self.known)]
        lines += [self._count(name) for name in COUNTED if name in self.known]
        return "\n\n".join([f"**{self.title}**", *lines])
