"""Figures over two factors: heat maps, and a box among cases."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from sim.sweep.analysis import naming
from sim.sweep.analysis.drawing import style
from sim.words import _

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Floats = npt.NDArray[np.float64]
THIN: Final = 3
"""Points below which the mean of a cell is marked as thin."""


@dataclass(frozen=True)
class Plane:
    """Values over the bins of two factors, [bins of y, bins of x]; nan where there is none.

    ``points`` is how many design points each is the mean of.
    """

    x: str
    y: str
    x_labels: Sequence[str]
    y_labels: Sequence[str]
    values: Floats
    points: npt.NDArray[np.int64]

    @property
    def thin(self) -> npt.NDArray[np.bool_]:
        """Cells of few points; none where all are, as in a grid of levels."""
        few = (self.points > 0) & (self.points < THIN)
        return few & bool((self.points >= THIN).any())


def heat(maps: Sequence[Plane], measure: str, *, difference: bool) -> Figure:
    """Heat maps on one scale of colours, with the number in each cell."""
    from matplotlib import colormaps
    from matplotlib.colors import LinearSegmentedColormap, Normalize, TwoSlopeNorm

    by = naming.scale(measure)
    every = np.concatenate([one.values.ravel() for one in maps]) * by
    low, high = float(np.nanmin(every)), float(np.nanmax(every))
    colours: Any
    norm: Any
    if difference:
        ends = (style.BAD, "#F7F7F7", style.GOOD)
        colours = LinearSegmentedColormap.from_list(
            "difference", ends if naming.way(measure) >= 0 else ends[::-1]
        )
        reach = max(abs(low), abs(high)) or 1.0
        norm = TwoSlopeNorm(0.0, -reach, reach)
    else:
        colours = colormaps["cividis"]
        norm = Normalize(low, high if high > low else low + 1.0)
    figure, axes = style.sheet(*style.panels(len(maps)), 2.75)
    places = naming.decimals((high - low) / 8.0)
    for place, one in zip(axes, maps):
        image = place.imshow(
            one.values * by, origin="lower", aspect="auto", cmap=colours, norm=norm
        )
        # seen through where there is no value: hatched, as white may be nought
        place.patch.set(facecolor="#FFFFFF", edgecolor=style.FAINT, hatch="////", linewidth=0.0)
        _cells(place, one.values * by, one.thin, colours, norm, places, difference)
        place.set_xticks(range(len(one.x_labels)), one.x_labels)
        place.set_yticks(range(len(one.y_labels)), one.y_labels)
        if max(map(len, one.x_labels)) * len(one.x_labels) > 42:
            place.tick_params(axis="x", labelrotation=25)
        place.tick_params(length=0)
        place.set_xlabel(one.x)
        place.set_ylabel(one.y)
        for spine in place.spines.values():
            spine.set_visible(False)
    for place in axes[len(maps) :]:
        place.set_visible(False)
    bar = figure.colorbar(
        image, ax=axes[: len(maps)], location="bottom", aspect=50, shrink=0.7, pad=0.03
    )
    bar.outline.set_visible(False)
    label = naming.axis_name(measure, difference=difference)
    if difference and naming.way(measure):
        label = _("{measure}; blue is better").format(measure=label)
    bar.set_label(label)
    return figure


def _cells(
    place: Axes,
    values: Floats,
    thin: npt.NDArray[np.bool_],
    colours: Any,
    norm: Any,
    places: int,
    difference: bool,
) -> None:
    size = 8.5 if values.shape[1] <= 6 else 7.5
    for (i, j), value in np.ndenumerate(values):
        if not np.isfinite(value):
            continue
        red, green, blue, _alpha = colours(norm(value))
        bright = 0.299 * red + 0.587 * green + 0.114 * blue
        number = naming.number(float(value), places, sign=difference)
        place.text(
            j,
            i,
            f"({number})" if thin[i, j] else number,
            ha="center",
            va="center",
            fontsize=size - (2.0 if thin[i, j] and len(number) > 4 else 0.0),
            color="#000000" if bright > 0.5 else "#FFFFFF",
        ).set_in_layout(False)


@dataclass(frozen=True)
class Side:
    """One side of the plane a box is shown in: a factor's values and the box's limits in it."""

    name: str
    values: Floats
    low: float = -np.inf
    high: float = np.inf
    labels: tuple[str, ...] = ()


def box(
    trajectory: Sequence[Mapping[str, float]],
    chosen: Mapping[str, float],
    interest: npt.NDArray[np.bool_],
    x: Side,
    y: Side,
    words: tuple[str, str],
) -> Figure:
    """A search for a box: what it trades, and the box in the plane of two factors.

    ``trajectory`` and ``chosen``: coverage and density; ``words`` say what cases of
    interest are, and the others.
    """
    figure, (trade, plane) = style.sheet(1, 2, 3.5)
    trade.plot(
        [one["coverage"] for one in trajectory],
        [one["density"] for one in trajectory],
        "o",
        color=style.BASELINE,
        markersize=3.5,
    )
    trade.plot([chosen["coverage"]], [chosen["density"]], "D", color=style.BAD, markersize=8)
    left = chosen["coverage"] > 0.5
    trade.annotate(
        _("the box chosen"),
        (chosen["coverage"], chosen["density"]),
        xytext=(-10 if left else 10, -4),
        textcoords="offset points",
        ha="right" if left else "left",
        va="top",
        color=style.BAD,
    )
    trade.set_xlim(-0.03, 1.05)
    trade.set_ylim(0.0, 1.06)
    trade.set_xlabel(_("coverage: share of all such cases inside"))
    trade.set_ylabel(_("density: share of the inside that is so"))
    trade.grid()
    style.title(trade, _("Every box on the way"))
    jitter = np.random.default_rng(1)
    drawn = [_spread(side, jitter) for side in (x, y)]
    for mask, word, colour, marker in (
        (~interest, words[1], style.GOOD, "o"),
        (interest, words[0], style.BAD, "x"),
    ):
        few = _some(mask, jitter)
        plane.plot(
            drawn[0][few],
            drawn[1][few],
            marker,
            color=colour,
            markersize=4 if marker == "x" else 3.2,
            alpha=0.75,
            label=word,
            linestyle="",
            markerfacecolor="none" if marker == "o" else colour,
        )
    _frame(plane, x, y)
    for side, axis in ((x, plane.xaxis), (y, plane.yaxis)):
        axis.set_label_text(side.name)
        if side.labels:
            axis.set_ticks(
                range(len(side.labels)), [textwrap.fill(label, 13) for label in side.labels]
            )
    plane.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, handletextpad=0.2)
    return figure


def _spread(side: Side, jitter: np.random.Generator) -> Floats:
    """Values as drawn: those of factors with few levels lie a little beside one another."""
    levels = np.unique(side.values)
    if levels.size > 12:
        return side.values
    step = float(np.diff(levels).min()) if levels.size > 1 else 1.0
    return side.values + jitter.uniform(-0.18, 0.18, side.values.size) * step


def _some(mask: npt.NDArray[np.bool_], lots: np.random.Generator) -> npt.NDArray[np.int64]:
    """At most 1,500 of the cases: more would be a blot."""
    found = np.flatnonzero(mask)
    return found if found.size <= 1500 else np.sort(lots.choice(found, 1500, replace=False))


def _frame(place: Axes, x: Side, y: Side) -> None:
    from matplotlib.patches import Rectangle

    place.autoscale_view()
    (x0, x1), (y0, y1) = place.get_xlim(), place.get_ylim()
    left, right = max(x.low, x0), min(x.high, x1)
    low, high = max(y.low, y0), min(y.high, y1)
    place.add_patch(
        Rectangle((left, low), right - left, high - low, fill=False, edgecolor="#000000", lw=1.6)
    )
    place.set_xlim(x0, x1)
    place.set_ylim(y0, y1)
