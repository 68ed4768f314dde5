"""Along the bottom: one resident's month, one line on a chart, who pays and who saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.scenes.play_layout import lines_tall
from game.view import svg
from game.view.layout import Layout, Rect, inset, rows
from game.view.shapes import panel
from game.view.text import BOLD, draw_text, width_of
from game.view.theme import BODY, SMALL, Theme
from game.view.widgets import QUIET, Button, Widget
from sim.labels import measure_name, measure_value
from sim.observation import Observation
from sim.words import _

MEASURES: Final = (
    "emergency_admissions",
    "staff_joint_working",
    "delayed_transfers",
    "resident_experience",
    "care_home_admissions",
)
"""The headline first; the others one key away, the leading one next."""
SLOW: Final = frozenset({"emergency_admissions", "care_home_admissions", "resident_experience"})


def box(surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect) -> Rect:
    """A panel of the foot; what lies inside it."""
    panel(surface, area, theme.panel, theme.hairline, radius=layout.px(12), width=layout.px(2))
    return inset(area, layout.px(18), layout.px(12))


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
    upper, lower = rows(inner, [1.0, 1.0], layout.px(8))
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
        return _("Several, each a fair part.")
    return _("One more than the rest.") if share < 0.65 else _("One of them, nearly all.")


def who_saves(observation: Observation) -> str:
    """The largest saver's share of what it has saved, in words."""
    share = observation.measures.get("who_saves", 0.0)
    if share <= 0:
        return _("Nobody, so far.")
    if share < 0.4:
        return _("Several, each a little.")
    return _("One more than the rest.") if share < 0.65 else _("One of them, nearly all.")


def chart_button(layout: Layout, area: Rect) -> Widget:
    """The button that brings the next measure."""
    side = layout.tx(40)
    rect = Rect(area.right - side - layout.px(12), area.y + layout.px(10), side, side)
    return Button(
        "chart",
        rect,
        icon="chevron-right",
        kind=QUIET,
        size=SMALL,
        hotkey=pygame.K_m,
        hint=_("Another measure (M)"),
    )


def draw_chart(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    area: Rect,
    observation: Observation,
    measure: str,
) -> None:
    """One measure so far, and how it would have gone had nobody moved."""
    inner = box(surface, layout, theme, area)
    ours = observation.series.get(measure, ())
    still = observation.no_moves.get(measure, ())[: max(len(ours), 1)]
    name = measure_name(measure)
    name, _comma, unit = name.partition(", ")
    title = name[:1].upper() + name[1:]
    room = Rect(inner.x, inner.y, inner.width - layout.tx(44), inner.height)
    tall = min(lines_tall(layout, title, room.width, BODY, BOLD, 0.6), round(inner.height * 0.4))
    draw_text(
        surface, layout, Rect(room.x, room.y, room.width, tall), title, theme.text,
        weight=BOLD, one_line=True, floor=0.6,
    )  # fmt: skip
    note = unit
    if measure in SLOW and observation.month < 24:
        note = _("slow: expect little before year 3")
    foot = lines_tall(layout, note, inner.width, SMALL)
    plot = Rect(
        inner.x, inner.y + tall + layout.px(6), inner.width,
        max(10, inner.height - tall - foot - layout.px(10)),
    )  # fmt: skip
    line = Rect(inner.x, plot.bottom + layout.px(4), inner.width, foot)
    draw_text(surface, layout, line, note, theme.muted, size=SMALL, one_line=True, valign="middle")
    if not ours:
        return
    still_words = _("··· no moves")
    value_wide = max(layout.tx(112), width_of(still_words, layout, size=SMALL * 0.92))
    value_wide = min(value_wide + layout.px(8), plot.width // 2)
    graph = Rect(plot.x, plot.y, plot.width - value_wide, plot.height)
    low, high = _range((*ours, *still))
    months = max(12, len(ours) - 1)
    body = "".join(
        f'<path d="M0 {y:.1f}H{graph.width}" stroke="{theme.hairline}" stroke-width="1"/>'
        for y in (1, graph.height / 2, graph.height - 1)
    )
    dash = f"{layout.px(3)} {layout.px(7)}"
    body += _line(graph, still, low, high, months, theme.muted, layout.px(3), dash)
    body += _line(graph, ours, low, high, months, theme.accent, layout.px(4), "")
    x, y = _point(graph, len(ours) - 1, ours[-1], low, high, months)
    body += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{layout.px(7)}" fill="{theme.accent}"/>'
    drawing = svg.document(graph.width, graph.height, body)
    surface.blit(svg.picture(drawing, graph.width, graph.height), graph)
    value = Rect(graph.right + layout.px(8), graph.y, value_wide - layout.px(8), graph.height)
    upper, lower = rows(value, [1.0, 1.0])
    draw_text(
        surface, layout, upper, measure_value(measure, ours[-1]), theme.accent,
        size=BODY * 1.15, weight=BOLD, one_line=True, align="right", valign="middle",
    )  # fmt: skip
    draw_text(
        surface, layout, lower, still_words, theme.muted,
        size=SMALL * 0.92, one_line=True, align="right", valign="middle",
    )  # fmt: skip


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = max((high - low) * 0.25, abs(high) * 0.04, 1e-6)
    return low - room, high + room


def _point(
    graph: Rect, month: int, value: float, low: float, high: float, months: int
) -> tuple[float, float]:
    edge = 8
    x = edge + (graph.width - 2 * edge) * month / months
    y = graph.height - edge - (graph.height - 2 * edge) * (value - low) / (high - low)
    return x, y


def _line(
    graph: Rect,
    values: Sequence[float],
    low: float,
    high: float,
    months: int,
    colour: str,
    width: int,
    dash: str,
) -> str:
    if len(values) < 2:
        return ""
    points = [_point(graph, m, v, low, high, months) for m, v in enumerate(values)]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-linecap="round" stroke-linejoin="round"{dashes}/>'
    )
