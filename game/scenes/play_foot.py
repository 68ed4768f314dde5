"""Along the bottom: one resident's month, one line on a chart, who pays and who saves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pygame

from game.scenes.play_layout import lines_tall
from game.view import chart
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset, rows
from game.view.shapes import panel
from game.view.text import BOLD, REGULAR, draw_text, height_of, width_of
from game.view.theme import BODY, Theme
from game.view.widgets import QUIET, Button, Look, Widget
from sim.labels import measure_parts, measure_title, measure_value
from sim.observation import Observation
from sim.words import _

if TYPE_CHECKING:
    from sim.scenario import Scenario

USUAL: Final = "emergency_admissions"
"""The headline where the promise names no measure."""
SLOW: Final = frozenset(
    {"emergency_admissions", "care_home_admissions", "resident_experience", "unmet_need",
     "spend_per_head"}
)  # fmt: skip
"""Measures that follow years behind."""
PROMISED: Final = "target"
"""The icon of what the room has promised, beside the promise and its headline."""
PATIENT: Final = 24
"""Months during which it is said that they are slow."""


def headline(scenario: Scenario, promise: str) -> str:
    """The measure that the room's promise is about; admissions where it names none."""
    for one in scenario.story.promises:
        if promise in (one.id, one.title) and one.measure:
            return one.measure
    return USUAL


def promised(scenario: Scenario, promise: str) -> bool:
    """Whether the headline is what the room's promise is about."""
    return any(promise in (one.id, one.title) and one.measure for one in scenario.story.promises)


def title_of(measure: str) -> tuple[str, str]:
    """A measure's name, and its unit or ""."""
    return measure_title(measure), measure_parts(measure)[1]


def slow_note(measure: str, month: int) -> str:
    """What to expect of a slow measure while it is early; "" otherwise."""
    if measure in SLOW and month < PATIENT:
        return _("slow: expect little before year 3")
    return ""


def beside(observation: Observation, measure: str) -> tuple[tuple[float, ...], str]:
    """What a measure is held against, and its name: no moves, where that is known."""
    ours = observation.series.get(measure, ())
    still = observation.no_moves.get(measure, ())[: len(ours)]
    if still:
        return tuple(still), _("no moves")
    return (ours[0],) * len(ours) if ours else (), ""


def in_words(observation: Observation, measure: str) -> str:
    """The headline as text: now, at the start, and had nobody moved."""
    name, unit = title_of(measure)
    ours = observation.series.get(measure, ())
    if not ours:
        return ""
    still, label = beside(observation, measure)
    said = _("**{name}.** Now {now}, at the start {start}.")
    if label:
        said = _("**{name}.** Now {now}, at the start {start}. Had nobody moved: {value}.")
    said = said.format(
        name=f"{name}, {unit}" if unit else name,
        now=measure_value(measure, ours[-1]),
        start=measure_value(measure, ours[0]),
        value=measure_value(measure, still[-1]) if label else "",
    )
    note = slow_note(measure, observation.month)
    return _("{words} ({note})").format(words=said, note=note) if note else said


# --- drawing --------------------------------------------------------------------------------


def box(surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect) -> Rect:
    """A panel of the foot; what lies inside it."""
    panel(surface, area, theme.panel, theme.hairline, radius=layout.px(12), width=layout.px(2))
    return inset(area, layout.px(20), layout.px(12))


def _titled(surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, title: str) -> Rect:
    """A small heading; the rest."""
    tall = min(lines_tall(layout, title, area.width, BODY, BOLD, 0.6), round(area.height * 0.4))
    upper, rest = rows(area, [tall, 1.0], layout.px(4))
    draw_text(surface, layout, upper, title, theme.text, weight=BOLD, one_line=True, floor=0.6)
    return rest


def draw_resident(
    surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, title: str, words: str
) -> None:
    """The resident's month, in words."""
    rest = _titled(surface, layout, theme, box(surface, layout, theme, area), title)
    draw_text(surface, layout, rest, words, theme.text, size=BODY)


def draw_money(
    surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, observation: Observation
) -> None:
    """Who pays and who saves, in words."""
    inner = box(surface, layout, theme, area)
    upper, lower = rows(inner, [1.0, 1.0], layout.px(6))
    rest = _titled(surface, layout, theme, upper, _("Who pays"))
    draw_text(surface, layout, rest, who_pays(observation), theme.text, size=BODY)
    rest = _titled(surface, layout, theme, lower, _("Who saves"))
    draw_text(surface, layout, rest, who_saves(observation), theme.text, size=BODY)


def who_pays(observation: Observation) -> str:
    """The largest payer's share of what joint work has cost, in words."""
    share = observation.measures.get("who_pays", 0.0)
    if share <= 0:
        return _("Nobody, so far.")
    if share < 0.4:
        return _("Several share.")
    return _("One pays most.") if share < 0.65 else _("One, nearly all.")


def who_saves(observation: Observation) -> str:
    """The largest saver's share of what it has saved, in words."""
    share = observation.measures.get("who_saves", 0.0)
    if share <= 0:
        return _("Nobody, so far.")
    if share < 0.4:
        return _("Several gain.")
    return _("One gains most.") if share < 0.65 else _("One, nearly all.")


@dataclass(frozen=True)
class ChartArea(Widget):
    """The chart itself, which opens all measures for the mouse as its button does."""

    takes_focus = False

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        if look.hover:
            panel(surface, self.rect, "", theme.accent, radius=layout.px(12), width=layout.px(3))


def chart_buttons(layout: Layout, area: Rect) -> list[Widget]:
    """What opens all measures: the whole chart, and its button."""
    side = layout.tx(46)
    rect = Rect(area.right - side - layout.px(10), area.y + layout.px(8), side, side)
    button = Button(
        "chart",
        rect,
        icon="chart-line",
        kind=QUIET,
        size=BODY * 0.9,
        hotkey=pygame.K_m,
        hint=_("All measures (M)"),
    )
    return [ChartArea("chart:area", area), button]


def draw_chart(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    area: Rect,
    observation: Observation,
    measure: str,
    tied: bool = False,
) -> None:
    """One measure so far, and what to hold it against; ``tied`` marks it as the promise's."""
    inner = box(surface, layout, theme, area)
    body = _chart_title(surface, layout, theme, inner, measure, tied)
    note = slow_note(measure, observation.month)
    if note:
        small = BODY * 0.97
        foot = min(lines_tall(layout, note, body.width, small, floor=0.8), body.height // 3)
        line = Rect(body.x, body.bottom - foot, body.width, foot)
        draw_text(
            surface, layout, line, note, theme.muted,
            size=small, one_line=True, valign="middle", floor=0.8,
        )  # fmt: skip
        body.height -= foot + layout.px(4)
    ours = observation.series.get(measure, ())
    if not ours:
        return
    still, label = beside(observation, measure)
    entries = [("ours", _("now"), measure_value(measure, ours[-1]))]
    if label:
        entries.append(("beside", label, measure_value(measure, still[-1])))
    entries.append(("start", _("at first"), measure_value(measure, ours[0])))
    key = _draw_key(surface, layout, theme, body, entries)
    graph = Rect(body.x, body.y, max(1, key.x - layout.px(16) - body.x), body.height)
    lines = chart.Lines.of(ours, still)
    surface.blit(chart.picture(layout, theme, graph.width, graph.height, lines), graph)


def _chart_title(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    inner: Rect,
    measure: str,
    tied: bool,
) -> Rect:
    """The measure's name and unit; what is left beneath."""
    title, unit = title_of(measure)
    room = Rect(inner.x, inner.y, inner.width - layout.tx(50), inner.height)
    if tied:  # the mark that stands before the promise as well
        side = layout.tx(32)
        centre = (inner.x + side / 2, inner.y + layout.tx(BODY * 0.62))
        draw_icon(surface, PROMISED, centre, side, theme.accent)
        room.x, room.width = room.x + side + layout.px(10), room.width - side - layout.px(10)
    one = lines_tall(layout, title, room.width, BODY, BOLD, 0.75)
    tall = min(one, round(inner.height * 0.36))
    draw_text(
        surface, layout, Rect(room.x, room.y, room.width, tall), title, theme.text,
        weight=BOLD, one_line=True, floor=0.75,
    )  # fmt: skip
    y = room.y + tall
    if unit:
        small = BODY * 0.93
        under = min(height_of(unit, layout, 10_000, size=small), inner.height // 5)
        line = Rect(room.x, y, room.width, under)
        draw_text(surface, layout, line, unit, theme.muted, size=small, one_line=True)
        y = line.bottom
    y += layout.px(8)
    return Rect(inner.x, y, inner.width, max(1, inner.bottom - y))


def _draw_key(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    body: Rect,
    entries: list[tuple[str, str, str]],
) -> Rect:
    """What each line is, and its value, one under another at the right; their place."""
    size, gap = BODY, layout.px(10)
    swatch = layout.tx(30)
    values = max(width_of(value, layout, size=size * 1.1, weight=BOLD) for _k, _n, value in entries)
    names = max(width_of(name, layout, size=size) for _kind, name, _value in entries)
    wide = min(swatch + names + values + 2 * gap + layout.px(4), round(body.width * 0.66))
    place = Rect(body.right - wide, body.y, wide, body.height)
    tall = min(layout.tx(42), body.height // len(entries))
    y = place.y + (place.height - tall * len(entries)) // 2
    for kind, name, value in entries:
        mark = Rect(place.x, y, swatch, tall)
        surface.blit(chart.sample(layout, theme, swatch, tall, kind), mark)
        left = mark.right + gap
        right = place.right - values - gap
        room = Rect(left, y, max(1, right - left), tall)
        draw_text(
            surface, layout, room, name, theme.muted if kind != "ours" else theme.text,
            size=size, one_line=True, valign="middle",
        )  # fmt: skip
        figure = Rect(right, y, place.right - right, tall)
        ours = kind == "ours"
        draw_text(
            surface, layout, figure, value, theme.accent if ours else theme.muted,
            size=size * 1.1 if ours else size, weight=BOLD if ours else REGULAR,
            one_line=True, align="right", valign="middle",
        )  # fmt: skip
        y += tall
    return place
