"""How every figure looks: type, colours that survive colour blindness, one width.

Colours are those of Okabe & Ito (2008), "Color universal design"; markers and dashes say
the same again, for print in grey.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from sim.sweep.analysis.naming import strategy_name
from sim.sweep.analysis.typeface import FAMILY, font_files

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH: Final = 7.2
"""Inches: what fits between the margins of A4."""
INK: Final = "#1B2430"
QUIET: Final = "#5A6472"
HAIR: Final = "#D9D9D9"
FAINT: Final = "#B4B9C0"
GOOD: Final = "#0072B2"
BAD: Final = "#D55E00"
COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKERS: Final = ("o", "s", "^", "D", "v", "P", "X")
DASHES: Final[tuple[Any, ...]] = ("-", (0, (6, 1.5)), (0, (1, 1)), (0, (4, 1, 1, 1)))
BASELINE: Final = "#6B6B6B"


@dataclass(frozen=True)
class Ink:
    """How one strategy, scenario or theory is drawn in every figure."""

    colour: str
    marker: str
    dash: Any


def inks(names: Sequence[str], baseline: str = "") -> dict[str, Ink]:
    """An ink for each name; the baseline's is grey and dashed."""
    found = {}
    others = [name for name in names if name != baseline]
    for index, name in enumerate(others):
        round_ = index // len(COLOURS)
        found[name] = Ink(
            COLOURS[index % len(COLOURS)],
            MARKERS[(index + round_) % len(MARKERS)],
            DASHES[round_ % len(DASHES)],
        )
    if baseline in names:
        found[baseline] = Ink(BASELINE, "x", (0, (3, 1.5)))
    return found


def rules() -> Any:
    """What matplotlib is told; no date, and marks hashed from one salt: same figure, same bytes."""
    return {
        "font.family": [FAMILY, "DejaVu Sans"] if font_files() else ["DejaVu Sans"],
        "font.size": 9.5,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": QUIET,
        "axes.linewidth": 0.7,
        "axes.titlesize": 10,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.labelsize": 9.5,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.unicode_minus": True,
        "axes.formatter.use_mathtext": False,
        "axes.formatter.limits": (-4, 7),
        "grid.color": HAIR,
        "grid.linewidth": 0.6,
        "hatch.linewidth": 0.6,
        "xtick.color": QUIET,
        "ytick.color": QUIET,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "xtick.labelsize": 9,
        "ytick.labelsize": 9,
        "legend.frameon": False,
        "legend.fontsize": 9.5,
        "lines.linewidth": 1.6,
        "lines.markersize": 5,
        "figure.facecolor": "white",
        "savefig.facecolor": "white",
        "savefig.dpi": 200,
        "svg.fonttype": "path",
        "svg.hashsalt": "left-unsaid",
    }


@contextmanager
def house_style() -> Iterator[None]:
    """Draw as the house does within; nothing of it stays behind."""
    import matplotlib as mpl
    from matplotlib import font_manager

    known = {font.fname for font in font_manager.fontManager.ttflist}
    for path in font_files():
        if str(path) not in known:
            font_manager.fontManager.addfont(path)
    with mpl.rc_context(rules()):
        yield


def saved(figure: Figure) -> tuple[bytes, bytes]:
    """A figure as SVG and as PNG, without dates."""
    svg, png = BytesIO(), BytesIO()
    figure.draw_without_rendering()
    figure.set_layout_engine("none")  # laid out once is enough
    figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": "Left Unsaid"})
    figure.savefig(png, format="png", metadata={"Software": "Left Unsaid"})
    return svg.getvalue(), png.getvalue()


def sheet(
    rows: int,
    columns: int,
    height: float,
    *,
    share_x: bool | str = False,
    share_y: bool | str = False,
    extra: float = 0.0,
) -> tuple[Figure, list[Axes]]:
    """A figure of ``rows`` × ``columns`` axes, ``height`` inches each, in reading order.

    ``extra`` inches are for what stands above and below them all.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height * rows + extra), layout="constrained")
    grid = figure.subplots(rows, columns, squeeze=False, sharex=share_x, sharey=share_y)  # type: ignore[arg-type]
    figure.get_layout_engine().set(w_pad=0.08, h_pad=0.08, wspace=0.04, hspace=0.06)  # type: ignore[union-attr, call-arg]
    return figure, list(grid.flat)


def panels(count: int, *, most: int = 2) -> tuple[int, int]:
    """Rows and columns for ``count`` axes, at most ``most`` beside one another."""
    columns = min(most, max(1, count))
    return math.ceil(count / columns), columns


def key(figure: Figure, names: Sequence[str], by: dict[str, Ink], *, lines: bool = True) -> None:
    """What the inks mean, above everything else."""
    from matplotlib.lines import Line2D

    handles = [
        Line2D(
            [],
            [],
            color=by[name].colour,
            marker=by[name].marker,
            linestyle=by[name].dash if lines else "",
        )
        for name in names
    ]
    figure.legend(
        handles,
        [strategy_name(name) for name in names],
        loc="outside upper left",
        ncols=min(4, len(names)),
        handlelength=2.6 if lines else 1.2,
        columnspacing=1.6,
        borderpad=0.1,
    )


def heading(figure: Figure, text: str) -> None:
    """What all panels share, above them at the left."""
    figure.suptitle(text, x=0.008, ha="left", fontsize=9.5)


def title(axes: Axes, text: str, letters: float = 13.0) -> None:
    """A heading over axes, broken where it would run out of its panel: ``letters`` an inch."""
    import textwrap

    figure = axes.get_figure(root=True)
    assert figure is not None
    columns = axes.get_subplotspec().get_gridspec().ncols  # type: ignore[union-attr]
    room = int(figure.get_figwidth() / columns * letters)
    axes.set_title("\n".join(textwrap.wrap(text, room)))


def months_axis(axes: Axes, months: Sequence[int]) -> None:
    """Months along the bottom: whole numbers, the study's own where they are few."""
    from matplotlib.ticker import MaxNLocator

    if len(months) <= 8:
        axes.set_xticks(list(months))
    else:
        axes.xaxis.set_major_locator(MaxNLocator(8, integer=True, steps=[1, 2, 3, 6, 10]))
