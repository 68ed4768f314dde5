"""All measures that the group may know (M): small lines side by side, and what is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pygame

from game.scene import Push, SceneChange
from game.scenes.play_foot import beside, in_words, title_of
from game.scenes.play_why import WhyDialog
from game.scenes.sheet import Sheet
from game.view import chart
from game.view.layout import Layout, Rect, rows
from game.view.shapes import panel
from game.view.text import BOLD, draw_text, height_of, width_of
from game.view.theme import HEADING, SMALL, Theme
from game.view.widgets import Act, Look, Widget
from sim.labels import measure_value
from sim.observation import Observation
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
SIZE: Final = SMALL * 1.12


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
    return grouped + [one for one in IN_FULL_VIEW if one in known]


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
        inner = self.rect.inflate(-2 * layout.px(18), -2 * layout.px(12))
        upper, graph, lower = rows(
            inner, [layout.tx(78), 1.0, layout.tx(34) * len(self._under())], layout.px(4)
        )
        self._title(surface, layout, theme, upper)
        lines = chart.Lines.of(self.ours, self.still)
        picture = chart.picture(layout, theme, graph.width, graph.height, lines, bold=False)
        surface.blit(picture, graph)
        for line, words in zip(rows(lower, [1.0] * len(self._under())), self._under(), strict=True):
            draw_text(
                surface, layout, line, words, theme.muted,
                size=SMALL * 1.08, one_line=True, valign="middle",
            )  # fmt: skip

    def _title(self, surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect) -> None:
        """The name, the unit under it, the value now."""
        title, unit = title_of(self.measure)
        value = measure_value(self.measure, self.ours[-1])
        wide = width_of(value, layout, size=HEADING, weight=BOLD) + layout.px(6)
        head = Rect(area.x, area.y, area.width - wide - layout.px(10), area.height)
        if unit:
            head, under = rows(head, [1.25, 1.0])
            under.width = area.width
            draw_text(
                surface, layout, under, unit, theme.muted,
                size=SMALL * 1.08, one_line=True, valign="middle",
            )  # fmt: skip
        draw_text(surface, layout, head, title, theme.text, weight=BOLD, floor=0.8)
        figure = Rect(area.right - wide, area.y, wide, round(area.height * 0.56))
        draw_text(
            surface, layout, figure, value, theme.accent,
            size=HEADING, weight=BOLD, align="right", one_line=True,
        )  # fmt: skip

    def _under(self) -> list[str]:
        """At first, the dotted line, the pace."""
        first = measure_value(self.measure, self.ours[0])
        said = _("○ at first {value}").format(value=first)
        if self.label:
            value = measure_value(self.measure, self.still[-1])
            said += " · " + _("··· {label} {value}").format(label=self.label, value=value)
        return [said, pace_of(self.measure)]


def counts(seen: Observation) -> list[str]:
    """What is counted, in sentences."""
    now = {name: measure_value(name, value) for name, value in seen.measures.items()}
    if "projects_started" not in now:
        return []
    return [
        _("Tried together: {started}. Delivered: {done}. Failed: {failed}.").format(
            started=now["projects_started"], done=now["projects_succeeded"],
            failed=now["projects_failed"],
        ),
        _("Now simply how things are done: {embedded}.").format(embedded=now["projects_embedded"]),
        _("Rows so far: {rows}. Disputes open: {open}.").format(
            rows=now["eruptions"], open=now["disputes_open"]
        ),
        _("Saved a month: £{real}k, of £{forecast}k forecast.").format(
            real=now["realised_saving"], forecast=now["forecast_saving"]
        ),
    ]  # fmt: skip


@dataclass(frozen=True)
class Counted(Widget):
    """What is counted rather than measured."""

    lines: tuple[str, ...] = ()

    takes_focus = False

    @classmethod
    def at(cls, layout: Layout, place: Rect, lines: list[str]) -> Counted:
        """In that place; taller where the words need it."""
        inner = place.width - 2 * layout.px(18)
        need = sum(height_of(one, layout, inner, size=SIZE) for one in lines)
        tall = max(place.height, need + layout.tx(44) + 2 * layout.px(14))
        return cls("counted", Rect(place.x, place.y, place.width, tall), tuple(lines))

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        panel(surface, self.rect, theme.panel2, radius=layout.px(12))
        self.note(surface, layout)
        inner = self.rect.inflate(-2 * layout.px(18), -2 * layout.px(12))
        head, body = rows(inner, [layout.tx(44), 1.0])
        draw_text(surface, layout, head, _("Counted"), theme.text, weight=BOLD)
        draw_text(surface, layout, body, "\n".join(self.lines), theme.text, size=SIZE)


class MeasuresDialog(Sheet):
    """Small multiples, the headline with a strong edge; then what is counted."""

    again = pygame.K_m

    def __init__(self, play: PlayScene) -> None:
        super().__init__(
            _("All measures"),
            "",
            wide=0.92,
            tall=0.96,
        )
        self.hands.focus = "body"
        self.play = play
        self.seen = play.observation
        self.headline = play.headline
        self.known = [name for name, values in self.seen.series.items() if values]

    def body(self, layout: Layout, x: int, y: int, width: int) -> list[Widget]:
        found: list[Widget] = []
        gap, across = layout.px(16), 3
        wide, tall = (width - gap * (across - 1)) // across, layout.tx(254)

        def cell(k: int) -> Rect:
            left, top = x + (k % across) * (wide + gap), y + (k // across) * (tall + gap)
            return Rect(left, top, wide, tall)

        names = ordered(self.known)
        for k, measure in enumerate(names):
            still, label = beside(self.seen, measure)
            ours, headline = self.seen.series[measure], measure == self.headline
            key = f"measure:{measure}"
            found.append(
                Multiple(
                    key, cell(k), measure, ours, still, label, headline, hint=_("Why?")
                )
            )  # fmt: skip
        place = cell(len(names))
        return [*found, Counted.at(layout, place, counts(self.seen))]

    def act(self, act: Act) -> SceneChange | None:
        """A measure that is clicked says why it moved."""
        kind, _colon, measure = act.key.partition(":")
        return Push(WhyDialog(self.play, figure=measure)) if kind == "measure" else None

    def in_words(self) -> str:
        lines = [in_words(self.seen, measure) for measure in ordered(self.known)]
        lines += counts(self.seen)
        return "\n\n".join([f"**{self.title}**", *lines])
