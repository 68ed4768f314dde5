"""Figures in which a dot with a whisker stands for a number: strategies, theories, factors."""

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

NARROW = 9.0
"""Letters an inch of panel over axes whose rows have names: the names take their part."""
Rows = Sequence[Mapping[str, Any]]


def levels(rows: Rows, measures: Sequence[str], strategies: Sequence[str], baseline: str) -> Figure:
    """Means with their intervals: a panel a measure, a row a strategy."""
    ink = style.inks(strategies, baseline)
    figure, axes = _rowed(len(measures), len(strategies))
    for place, measure in zip(axes, measures):
        mine = {row["strategy"]: row for row in rows if row["measure"] == measure}
        for index, strategy in enumerate(strategies):
            if strategy in mine:
                _whisker(place, mine[strategy], index, measure, ink[strategy])
        _names(place, [naming.strategy_name(name) for name in strategies])
        style.title(place, naming.axis_name(measure), NARROW)
    return figure


def differences(rows: Rows, measures: Sequence[str], scenarios: Sequence[str]) -> Figure:
    """Paired differences with their intervals: a panel a measure, a row a strategy, scenarios
    beside one another.
    """
    strategies = list(dict.fromkeys(row["strategy"] for row in rows))
    ink = style.inks(scenarios)
    figure, axes = _rowed(len(measures), len(strategies) * (1 + 0.45 * (len(scenarios) - 1)))
    for place, measure in zip(axes, measures):
        place.axvline(0.0, color=style.QUIET, linewidth=1.0)
        for number, scenario in enumerate(scenarios):
            aside = (number - (len(scenarios) - 1) / 2) * 0.24
            for index, strategy in enumerate(strategies):
                for row in rows:
                    if (row["measure"], row["scenario"], row["strategy"]) == (
                        measure,
                        scenario,
                        strategy,
                    ):
                        _whisker(place, row, index + aside, measure, ink[scenario])
        _names(place, [naming.strategy_name(name) for name in strategies])
        style.title(place, naming.axis_name(measure, difference=True), NARROW)
        _sides(place, measure)
    if len(scenarios) > 1:
        _scenario_key(figure, scenarios, ink)
    return figure


def indices(
    rows: Rows, names: tuple[str, str], labels: tuple[str, str], panels: Sequence[str]
) -> Figure:
    """Two indices with their intervals for each factor: a panel for each of ``panels``.

    ``rows``: panel, factor, and for each name in ``names`` the value and its "_conf".
    """
    factors = list(dict.fromkeys(row["factor"] for row in rows))
    figure, axes = _rowed(len(panels), len(factors) * 1.3)
    inks = (style.Ink(style.COLOURS[0], "o", "-"), style.Ink(style.COLOURS[1], "s", "-"))
    for place, panel in zip(axes, panels):
        mine = [row for row in rows if row["panel"] == panel]
        place.axvline(0.0, color=style.QUIET, linewidth=1.0)
        for row in mine:
            at = factors.index(row["factor"])
            for name, ink, aside in zip(names, inks, (-0.15, 0.15)):
                half = row[f"{name}_conf"]
                found = {"mean": row[name], "low": row[name] - half, "high": row[name] + half}
                _whisker(place, found, at + aside, "", ink)
        _names(place, factors)
        style.title(place, panel, NARROW)
    _two_key(figure, labels, inks)
    return figure


def plane(rows: Rows, panels: Sequence[str]) -> Figure:
    """Morris's plane: the mean size of an effect against how much effects differ.

    ``rows``: panel, factor, mu_star, mu_star_conf, sigma, in the measure's own unit.
    """
    figure, axes = style.sheet(*style.panels(len(panels)), 3.1)
    for place, panel in zip(axes, panels):
        mine = [row for row in rows if row["panel"] == panel]
        x = np.array([row["mu_star"] for row in mine])
        y = np.array([row["sigma"] for row in mine])
        place.errorbar(
            x,
            y,
            xerr=[row["mu_star_conf"] for row in mine],
            fmt="o",
            color=style.COLOURS[0],
            elinewidth=1.0,
        )
        most = max(float(x.max(initial=0.0)), float(y.max(initial=0.0))) or 1.0
        place.plot([0, most], [0, most], color=style.HAIR, linewidth=1.0, zorder=0)
        reach = max((row["mu_star"] + row["mu_star_conf"] for row in mine), default=0.0)
        longest = max(map(len, (row["factor"] for row in mine)), default=0)
        place.set_xlim(0, (1.15 + 0.035 * longest) * reach or 1.0)
        roof = 1.25 * float(y.max(initial=0.0)) or 1.0
        place.set_ylim(0, roof)
        _point_names(place, mine, reach, roof)
        style.title(place, panel, NARROW)
        place.set_xlabel(_("size of the effect, μ*"))
        place.set_ylabel(_("how much it differs, σ"))
    for place in axes[len(panels) :]:
        place.set_visible(False)
    return figure


def _point_names(place: Axes, rows: Rows, reach: float, roof: float) -> None:
    """Factors' names in a column at the right, a thin line from each to its whisker's end."""
    below = -np.inf
    for row in sorted(rows, key=lambda row: float(row["sigma"])):
        height = max(row["sigma"] / roof, below + 0.075)
        below = height
        place.annotate(
            row["factor"],
            (row["mu_star"] + row["mu_star_conf"], row["sigma"]),
            xytext=(1.1 * reach, height * roof),
            fontsize=9,
            va="center",
            arrowprops={"arrowstyle": "-", "color": "#9AA3AE", "linewidth": 0.6, "shrinkA": 1},
        )


def regrets(rows: Rows, measures: Sequence[str], strategies: Sequence[str]) -> Figure:
    """Mean and largest regret: a panel a measure, a row a strategy.

    ``rows``: strategy, measure, mean_regret, max_regret.
    """
    inks = (style.Ink(style.COLOURS[0], "o", "-"), style.Ink(style.COLOURS[1], "D", "-"))
    figure, axes = _rowed(len(measures), len(strategies))
    for place, measure in zip(axes, measures):
        by = naming.scale(measure)
        mine = {row["strategy"]: row for row in rows if row["measure"] == measure}
        for index, strategy in enumerate(strategies):
            if strategy not in mine:
                continue
            small, large = (mine[strategy][n] * by for n in ("mean_regret", "max_regret"))
            place.plot([small, large], [index, index], color=style.HAIR, linewidth=2.2, zorder=1)
            for value, ink in zip((small, large), inks):
                place.plot([value], [index], ink.marker, color=ink.colour, zorder=2)
        _names(place, [naming.strategy_name(name) for name in strategies])
        place.set_xlim(left=min(0.0, place.get_xlim()[0]))
        style.title(place, naming.axis_name(measure, difference=True), NARROW)
    _two_key(figure, (_("mean regret"), _("largest regret")), inks)
    return figure


def best_of(rows: Rows, measure: str, *, difference: bool) -> Figure:
    """Families' best playbooks and named strategies, on replications that chose none of them.

    ``rows``: name, chosen (whether a family's best), mean, low, high, and for families
    ``all``, the mean of all their playbooks.
    """
    figure, axes = _rowed(1, len(rows))
    place = axes[0]
    chosen, named = (
        style.Ink(style.COLOURS[0], "o", "-"),
        style.Ink(style.BASELINE, "s", "-"),
    )
    by = naming.scale(measure)
    if difference:
        place.axvline(0.0, color=style.QUIET, linewidth=1.0)
    for index, row in enumerate(rows):
        _whisker(place, row, index, measure, chosen if row["chosen"] else named)
        if row["chosen"]:
            place.plot([row["all"] * by], [index], "|", color=chosen.colour, markersize=11)
    _names(place, [row["name"] for row in rows])
    style.title(place, naming.axis_name(measure, difference=difference), NARROW)
    from matplotlib.lines import Line2D

    figure.legend(
        [
            Line2D([], [], color=chosen.colour, marker="o", linestyle=""),
            Line2D([], [], color=chosen.colour, marker="|", linestyle="", markersize=11),
            Line2D([], [], color=named.colour, marker="s", linestyle=""),
        ],
        [_("a family's best tenth"), _("all of the family"), _("a named strategy")],
        loc="outside upper left",
        ncols=3,
        borderpad=0.1,
    )
    return figure


def _rowed(panels: int, rows: float) -> tuple[Figure, list[Axes]]:
    """Axes whose rows are names, as high as their number asks."""
    figure, axes = style.sheet(*style.panels(panels), 1.0 + 0.25 * max(2.0, rows), share_y=False)
    for place in axes[panels:]:
        place.set_visible(False)
    return figure, axes


def _whisker(place: Axes, row: Mapping[str, Any], y: float, measure: str, ink: style.Ink) -> None:
    by = naming.scale(measure) if measure else 1.0
    place.plot(
        [row["low"] * by, row["high"] * by], [y, y], color=ink.colour, linewidth=1.5, zorder=2
    )
    place.plot([row["mean"] * by], [y], ink.marker, color=ink.colour, zorder=3)


def _names(place: Axes, names: Sequence[str]) -> None:
    place.set_yticks(range(len(names)), names)
    place.set_ylim(len(names) - 0.45, -0.55)
    place.tick_params(axis="y", length=0)
    place.grid(axis="x")
    place.spines["left"].set_visible(False)


def _sides(place: Axes, measure: str) -> None:
    """Say on which side of nought is better."""
    if way := naming.way(measure):
        place.set_xlabel(
            _("better →") if way > 0 else _("← better"),
            loc="right" if way > 0 else "left",
            color=style.QUIET,
        )


def _two_key(figure: Figure, labels: tuple[str, str], inks: tuple[style.Ink, style.Ink]) -> None:
    from matplotlib.lines import Line2D

    figure.legend(
        [Line2D([], [], color=ink.colour, marker=ink.marker, linestyle="") for ink in inks],
        labels,
        loc="outside upper left",
        ncols=2,
        borderpad=0.1,
    )


def _scenario_key(figure: Figure, scenarios: Sequence[str], ink: Mapping[str, style.Ink]) -> None:
    from matplotlib.lines import Line2D

    figure.legend(
        [
            Line2D([], [], color=ink[name].colour, marker=ink[name].marker, linestyle="")
            for name in scenarios
        ],
        [naming.scenario_name(name) for name in scenarios],
        loc="outside upper left",
        ncols=3,
        borderpad=0.1,
    )
