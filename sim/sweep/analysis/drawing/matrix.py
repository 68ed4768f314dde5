"""Figures that are tables of marks: verdicts by theory, endings by strategy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.sweep.analysis import naming
from sim.sweep.analysis.drawing import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Rows = Sequence[Mapping[str, Any]]
GROUNDS = {"better": "#D3E6F3", "worse": "#FBE0CF", "more": "#EAEAEA", "less": "#EAEAEA"}


def verdicts(
    rows: Rows, measures: Sequence[str], strategies: Sequence[str], theories: Sequence[str]
) -> Figure:
    """A mark and a difference for each strategy and theory: a panel a measure, one below another.

    ``rows``: strategy, measure, theory, difference, low, high, verdict, mark, fate.
    """
    import textwrap

    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    columns = len(theories)
    height = 0.55 + 0.27 * len(strategies)
    names = ["\n".join(textwrap.wrap(naming.theory_name(name), 14)) for name in theories]
    head = 0.16 * max(name.count("\n") + 1 for name in names) + 0.15
    figure = Figure(figsize=(style.WIDTH, head + height * len(measures)), layout="constrained")
    axes = figure.subplots(len(measures), 1, squeeze=False)[:, 0]
    for number, (place, measure) in enumerate(zip(axes, measures)):
        mine = [row for row in rows if row["measure"] == measure]
        by = naming.scale(measure)
        reach = [abs(row["difference"]) * by for row in mine]
        places = naming.decimals(max(reach, default=1.0) / 10.0)
        for row in mine:
            if row["strategy"] not in strategies:
                continue
            x, y = theories.index(row["theory"]), strategies.index(row["strategy"])
            turned = row["fate"] == "turns"
            place.add_patch(
                Rectangle(
                    (x - 0.47, y - 0.44),
                    0.94,
                    0.88,
                    facecolor=GROUNDS.get(row["verdict"], "#FFFFFF"),
                    edgecolor="#000000" if turned else style.HAIR,
                    linewidth=1.5 if turned else 0.5,
                )
            )
            shown = naming.number(row["difference"] * by, places, sign=True)
            place.text(
                x,
                y,
                f"{row['mark']} {shown}",
                ha="center",
                va="center",
                fontsize=8.5 if columns <= 6 else 7,
                color="#000000" if row["verdict"] in GROUNDS else style.QUIET,
            ).set_in_layout(False)
        place.set_xlim(-0.5, columns - 0.5)
        place.set_ylim(len(strategies) - 0.5, -0.5)
        place.set_yticks(
            range(len(strategies)), [naming.strategy_name(name) for name in strategies]
        )
        place.set_xticks(range(columns), names if number == 0 else [""] * columns)
        place.xaxis.tick_top()
        place.tick_params(length=0)
        if columns > 6:
            place.tick_params(axis="x", labelsize=7)
        for spine in place.spines.values():
            spine.set_visible(False)
        place.set_title(naming.axis_name(measure, difference=True), pad=6)
    return figure


def endings(rows: Rows, strategies: Sequence[str], names: Sequence[str]) -> Figure:
    """Shares of endings as bars, a strategy each; ``rows``: strategy, ending, share."""
    figure, (place,) = style.sheet(1, 1, 0.9 + 0.3 * max(2, len(strategies)))
    hatches = ("", "///", "...", "\\\\\\", "xxx", "++")
    left = [0.0] * len(strategies)
    for number, name in enumerate(names):
        shares = [
            sum(r["share"] for r in rows if r["strategy"] == s and r["ending"] == name) * 100.0
            for s in strategies
        ]
        colour = (*style.COLOURS[:6], "#999999")[number % 7]
        place.barh(
            range(len(strategies)),
            shares,
            left=left,
            height=0.66,
            color=colour,
            edgecolor="white",
            linewidth=1.0,
            hatch=hatches[number % len(hatches)],
            label=naming.strategy_name(name),
        )
        for index, (start, share) in enumerate(zip(left, shares)):
            if share >= 9.0:
                place.text(
                    start + share / 2,
                    index,
                    f"{share:.0f}%",
                    ha="center",
                    va="center",
                    fontsize=8.5,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.88},
                )
        left = [a + b for a, b in zip(left, shares)]
    place.set_yticks(range(len(strategies)), [naming.strategy_name(name) for name in strategies])
    place.set_ylim(len(strategies) - 0.5, -0.5)
    place.set_xlim(0, 100)
    place.tick_params(axis="y", length=0)
    place.xaxis.set_major_formatter(lambda value, _at: f"{value:.0f}%")
    place.spines["left"].set_visible(False)
    figure.legend(loc="outside upper left", ncols=4, borderpad=0.1)
    return figure
