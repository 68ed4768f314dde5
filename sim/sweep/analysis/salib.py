"""SALib's analyses of Sobol' and Morris designs, on what a sweep wrote.

Which layout a design has is seen from the points themselves, so that a design that came
from elsewhere, or only in part, is either understood or not taken for what it is not.

Saltelli et al. (2010), Computer Physics Communications 181, 259-270; Morris (1991),
Technometrics 33, 161-174, with the mean of absolute effects of Campolongo et al. (2007),
Environmental Modelling & Software 22, 1509-1518.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.sweep.analysis.intervals import CONFIDENCE, Floats

SEED: Final = 1
RESAMPLES: Final = 500


Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Layout:
    """Which rows of the table of points make a block (a Saltelli block, a trajectory).

    ``rows`` [blocks, points of a block]: complete blocks only; ``second``: made for indices
    of second order too.
    """

    rows: Rows
    second: bool = False


def blocks(numbers: Rows, size: int) -> Rows:
    """Rows of all blocks of ``size`` points that are there whole; ``numbers`` ascend."""
    first = np.unique(numbers // size) * size
    wanted = first[:, None] + np.arange(size)
    rows = np.searchsorted(numbers, wanted)
    there = numbers[np.minimum(rows, numbers.size - 1)] == wanted
    return rows[there.all(1)]


def sobol_layout(numbers: Rows, x: Floats) -> Layout | None:
    """The layout of a Saltelli design, points ``numbers`` at ``x`` [points, factors]; None
    when it is none.
    """
    factors = x.shape[1]
    for second in (True, False) if factors else ():
        rows = blocks(numbers, 2 * factors + 2 if second else factors + 2)
        if len(rows) >= 2 and _is_saltelli(x[rows], second):
            return Layout(rows, second)
    return None


def _is_saltelli(cube: Floats, second: bool) -> bool:
    """Whether blocks [blocks, points, factors] go from A to B, one factor exchanged at a time."""
    factors = cube.shape[2]
    a, b = cube[:, 0], cube[:, -1]
    for start, one, other in ((1, a, b), (1 + factors, b, a))[: 2 if second else 1]:
        for j in range(factors):
            mixed = one.copy()
            mixed[:, j] = other[:, j]
            if not np.array_equal(cube[:, start + j], mixed):
                return False
    return True


def morris_layout(numbers: Rows, x: Floats) -> Layout | None:
    """The layout of a Morris design: trajectories that move one factor a step, each once.

    A factor of few values may stand still in its step.  None when it is no such design.
    """
    factors = x.shape[1]
    rows = blocks(numbers, factors + 1)
    if not factors or len(rows) < 2:
        return None
    steps = np.diff(x[rows], axis=1) != 0.0
    once = (steps.sum(2) <= 1).all() and (steps.sum(1) <= 1).all() and steps.any()
    return Layout(rows) if once else None


def complete(layout: Layout, y: Floats) -> Rows:
    """Rows of the blocks that have a value at every point."""
    return layout.rows[np.isfinite(y[layout.rows]).all(1)]


def sobol(names: tuple[str, ...], layout: Layout, y: Floats) -> dict[str, Floats] | None:
    """First-order and total indices with half-widths of their 95% intervals, by factor.

    ``y`` has a value a point; blocks with a missing one are left out.  None where fewer
    than two blocks are left, or nothing varies.
    """
    from SALib.analyze import sobol as salib

    rows = complete(layout, y)
    kept = y[rows.ravel()]
    if len(rows) < 2 or np.ptp(kept) == 0.0:
        return None
    with np.errstate(invalid="ignore", divide="ignore"):
        found = salib.analyze(
            _problem(names),
            kept,
            calc_second_order=layout.second,
            num_resamples=RESAMPLES,
            conf_level=CONFIDENCE,
            seed=SEED,
        )
    return {key: np.asarray(found[key], dtype=float) for key in ("S1", "S1_conf", "ST", "ST_conf")}


def morris(
    names: tuple[str, ...], layout: Layout, x: Floats, y: Floats, levels: int
) -> dict[str, Floats] | None:
    """Mean, absolute mean (with the half-width of its 95% interval) and deviation of effects.

    Effects are for the whole of a factor's range moved at the size of the design's steps.
    None where fewer than two trajectories are complete, or nothing varies.
    """
    from SALib.analyze import morris as salib

    rows = complete(layout, y)
    keep = rows.ravel()
    if len(rows) < 2 or np.ptp(y[keep]) == 0.0:
        return None
    with np.errstate(invalid="ignore", divide="ignore"):
        found = salib.analyze(
            _problem(names),
            x[keep],
            y[keep],
            num_resamples=RESAMPLES,
            conf_level=CONFIDENCE,
            num_levels=levels,
            seed=SEED,
        )
    return {
        key: np.ma.filled(np.ma.asarray(found[key], dtype=float), np.nan)
        for key in ("mu", "mu_star", "mu_star_conf", "sigma")
    }


def _problem(names: tuple[str, ...]) -> dict[str, Any]:
    # bounds are not used in analysing; SALib wants to see some
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
