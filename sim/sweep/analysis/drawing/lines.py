"""Figures with something running along the bottom: months, replications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.sweep.analysis import naming
from sim.sweep.analysis.drawing import style
from sim.words import _

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Rows = Sequence[Mapping[str, Any]]


def by_month(
    rows: Rows, measures: Sequence[str], strategies: Sequence[str], baseline: str
) -> Figure:
    """Means by month with their intervals: a panel a measure, a line a strategy.

    ``rows``: strategy, measure, month, mean, low, high.
    """
    figure, axes = style.sheet(*style.panels(len(measures)), 2.7)
    ink = style.inks(strategies, baseline)
    for place, measure in zip(axes, measures):
        months = sorted({row["month"] for row in rows})
        for strategy in strategies:
            mine = [r for r in rows if r["strategy"] == strategy and r["measure"] == measure]
            x = [row["month"] for row in mine]
            mean, low, high = _scaled(mine, measure, ("mean", "low", "high"))
            drawn = ink[strategy]
            place.fill_between(x, low, high, color=drawn.colour, alpha=0.18, linewidth=0)
            place.plot(
                x,
                mean,
                color=drawn.colour,
                linestyle=drawn.dash,
                marker=drawn.marker if len(months) <= 12 else "",
            )
        style.title(place, naming.axis_name(measure))
        style.months_axis(place, months)
        place.set_xlabel(_("month"))
        place.grid(axis="y")
    _hide(axes[len(measures) :])
    style.key(figure, strategies, ink)
    return figure


def bands(rows: Rows, measure: str, strategies: Sequence[str], baseline: str) -> Figure:
    """5th, 50th and 95th percentile by month: a panel a strategy, the baseline's in each.

    ``rows``: strategy, month, p5, p50, p95, of one measure.
    """
    figure, axes = style.sheet(
        *_small(len(strategies)),
        2.35,
        share_x=True,
        share_y=True,
    )
    ink = style.inks(strategies, baseline)
    months = sorted({row["month"] for row in rows})
    ground = [row for row in rows if row["strategy"] == baseline]
    for place, strategy in zip(axes, strategies):
        mine = [row for row in rows if row["strategy"] == strategy]
        x = [row["month"] for row in mine]
        low, middle, high = _scaled(mine, measure, ("p5", "p50", "p95"))
        colour = ink[strategy].colour
        place.fill_between(x, low, high, color=colour, alpha=0.25, linewidth=0)
        if ground and strategy != baseline:
            x0 = [row["month"] for row in ground]
            edges = _scaled(ground, measure, ("p5", "p50", "p95"))
            for edge, width in zip(edges, (0.8, 1.4, 0.8)):
                place.plot(x0, edge, color=style.BASELINE, linestyle=(0, (3, 1.5)), linewidth=width)
        place.plot(x, middle, color=colour, linewidth=2.2)
        style.title(place, naming.strategy_name(strategy))
        style.months_axis(place, months)
        place.tick_params(labelbottom=True)
        place.grid(axis="y")
    _hide(axes[len(strategies) :])
    figure.supxlabel(_("month"), fontsize=9.5)
    style.heading(figure, naming.axis_name(measure))
    return figure


def convergence(rows: Rows, measure: str, strategies: Sequence[str], what: str) -> Figure:
    """The running mean with its interval against replications: a panel a strategy.

    ``rows``: strategy, replications, mean, low, high; ``what`` is the title of the y axis.
    """
    figure, axes = style.sheet(
        *_small(len(strategies)),
        2.2,
        share_x=True,
    )
    ink = style.inks(strategies)
    for place, strategy in zip(axes, strategies):
        mine = [row for row in rows if row["strategy"] == strategy]
        x = [row["replications"] for row in mine]
        mean, low, high = _scaled(mine, measure, ("mean", "low", "high"))
        colour = ink[strategy].colour
        place.axhline(mean[-1], color=style.QUIET, linewidth=0.8, linestyle=(0, (1, 2)))
        place.fill_between(x, low, high, color=colour, alpha=0.2, linewidth=0)
        place.plot(x, mean, color=colour)
        place.set_xscale("log")
        place.set_xticks(_round_ticks(x[0], x[-1]), minor=False)
        place.xaxis.set_major_formatter(lambda value, _at: f"{value:g}")
        place.minorticks_off()
        _from_fifth(place, low, high)
        style.title(place, naming.strategy_name(strategy))
        place.tick_params(labelbottom=True)
        place.grid(axis="y")
    _hide(axes[len(strategies) :])
    figure.supxlabel(_("replications, on a logarithmic scale"), fontsize=9.5)
    style.heading(figure, what)
    return figure


def _small(count: int) -> tuple[int, int]:
    """Rows and columns of small panels: three beside one another, four as a square."""
    return style.panels(count, most=2 if count in (2, 4) else 3)


def _from_fifth(place: Axes, low: Sequence[float], high: Sequence[float]) -> None:
    """Frame what is seen from about the fifth mark on: two replications have no bounds."""
    start = min(3, len(low) - 1)
    floor, roof = np.nanmin(low[start:]), np.nanmax(high[start:])
    if np.isfinite([floor, roof]).all() and roof > floor:
        room = 0.15 * (roof - floor)
        place.set_ylim(floor - room, roof + room)


def _round_ticks(first: int, last: int) -> list[int]:
    known = [step * 10**power for power in range(8) for step in (1, 2, 5)]
    ticks = [tick for tick in known if first <= tick <= last]
    if len(ticks) > 5:
        ticks = [tick for tick in ticks if str(tick)[0] in "1"] or ticks[:5]
    # the last is what the conclusions rest on; what would run into it gives way
    return [*(tick for tick in ticks if tick * 1.5 < last), last]


def _scaled(rows: Rows, measure: str, names: Sequence[str]) -> list[list[float]]:
    by = naming.scale(measure)
    return [[row[name] * by for row in rows] for name in names]


def _hide(axes: Sequence[Axes]) -> None:
    for place in axes:
        place.set_visible(False)
