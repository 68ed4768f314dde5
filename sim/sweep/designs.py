"""Designs: where in the space of what is varied the runs are laid.

Every design is a function of the study's text (and of the table it names): same text, same
points.  Latin hypercubes are SciPy's, Sobol' (Saltelli's scheme) and Morris designs SALib's.
"""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.parameters import PARAMETERS
from sim.sweep.shape import LEVELS, Factor, Study
from sim.sweep.spots import Kind, kind_of
from sim.sweep.tables import Table

MOST_POINTS: Final = 1_000_000
"""More points than this are not kept in memory."""


@dataclass(frozen=True, eq=False)
class Points:
    """The points of a study, one row each.

    ``matrix`` is float64 [point, factor].  Where ``labels`` of a factor is not None, it is a
    word or a flag, and the matrix holds which of its labels.  ``problem`` describes the
    factors that have a range as SALib wants it (None where there is none): for Sobol' and
    Morris designs these are all that vary, in this order.
    """

    factors: tuple[str, ...]
    kinds: tuple[Kind, ...]
    matrix: NDArray[np.float64]
    labels: tuple[tuple[str, ...] | None, ...]
    problem: dict[str, Any] | None = None

    def __len__(self) -> int:
        return int(self.matrix.shape[0])

    def at(self, point: int) -> dict[str, float | str]:
        """The value of every factor at a point, as results tables show it."""
        return {
            name: float(value) if labels is None else labels[int(value)]
            for name, value, labels in zip(self.factors, self.matrix[point], self.labels)
        }

    def column(self, name: str) -> list[float] | list[str]:
        """The values of one factor, point by point."""
        at = self.factors.index(name)
        labels = self.labels[at]
        if labels is None:
            return [float(value) for value in self.matrix[:, at]]
        return [labels[int(value)] for value in self.matrix[:, at]]


@dataclass(frozen=True)
class Axis:
    """One factor as designs see it: a range, or so many values."""

    name: str
    kind: Kind
    span: tuple[float, float] | None  # None for a list
    values: tuple[float, ...] = ()  # of a list; places in labels for words and flags
    labels: tuple[str, ...] | None = None

    @property
    def varies(self) -> bool:
        """Whether it is more than one value held fast."""
        return self.span is not None or len(self.values) > 1

    def placed(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values at shares (0 to 1) of the range or list; whole numbers are equally likely."""
        if self.span is None:
            chosen = np.minimum(np.floor(share * len(self.values)), len(self.values) - 1)
            return np.array(self.values, dtype=np.float64)[chosen.astype(np.int64)]
        low, high = self.span
        if self.kind == "whole":
            return np.minimum(np.floor(low + share * (high - low + 1.0)), high)
        # rounding must not carry the last point over the edge
        return np.clip(low + share * (high - low), low, high)

    def levels(self, count: int) -> NDArray[np.float64]:
        """Evenly spaced values over the range, or all of a list."""
        if self.span is None:
            return np.array(self.values, dtype=np.float64)
        low, high = self.span
        spaced = np.linspace(low, high, count)
        if self.kind == "whole":
            return np.unique(np.rint(spaced))
        # as people write them: 0.04, not 0.039999999999999994
        return np.clip([float(f"{value:.12g}") for value in spaced], low, high)


def axis_of(name: str, factor: Factor) -> Axis:
    """A factor as designs see it."""
    kind = "number" if name in PARAMETERS else kind_of(name) or "number"
    if factor.span is not None:
        return Axis(name, kind, factor.span)
    numbers = factor.numbers
    if numbers is not None and kind in ("number", "whole"):
        return Axis(name, kind, None, numbers)
    labels = factor.words
    return Axis(name, kind, None, tuple(map(float, range(len(labels)))), labels)


def axes_of(study: Study, table: Table | None = None) -> tuple[Axis, ...]:
    """Everything that a study varies or holds fast; by its table, where it names nothing."""
    factors: Mapping[str, Factor] = study.vary
    if study.design.kind == "list" and not factors and table is not None:
        factors = table.factors()
    return tuple(axis_of(name, factor) for name, factor in factors.items())


def count_points(study: Study, table: Table | None = None) -> int:
    """How many points the design has, without making them."""
    design, axes = study.design, axes_of(study, table)
    varied = sum(axis.varies for axis in axes)
    if design.kind == "grid":
        levels = design.levels or LEVELS["grid"]
        count = 1
        for axis in axes:
            whole = axis.kind == "whole" and axis.span is not None
            count *= len(axis.levels(levels)) if whole or axis.span is None else levels
        return count
    if design.kind == "latin-hypercube":
        return design.points or 0
    if design.kind == "sobol":
        return (design.N or 0) * (2 * varied + 2 if design.second_order else varied + 2)
    if design.kind == "morris":
        return (design.trajectories or 0) * (varied + 1)
    if design.kind == "list":
        return table.rows if table is not None else 0
    return 1


def points(study: Study, table: Table | None = None) -> Points:
    """The points of a study that has been checked; ``table`` is the one a list names."""
    axes = axes_of(study, table)
    moving = [axis for axis in axes if axis.varies]
    ranges = [axis for axis in axes if axis.span is not None]
    problem = _problem(ranges) if ranges else None
    kind = study.design.kind
    if kind == "list" and table is not None:
        columns = {axis.name: table.column(axis) for axis in axes}
    elif kind == "grid":
        levels = study.design.levels or LEVELS["grid"]
        every = np.array(list(itertools.product(*(axis.levels(levels) for axis in axes))))
        columns = {axis.name: every[:, at] for at, axis in enumerate(axes)}
    else:
        shares = _shares(study, moving)
        columns = {axis.name: axis.placed(shares[:, at]) for at, axis in enumerate(moving)}
    rows = len(next(iter(columns.values()))) if columns else 1
    matrix = np.empty((rows, len(axes)), dtype=np.float64)
    for at, axis in enumerate(axes):
        matrix[:, at] = columns.get(axis.name, axis.values[0] if axis.values else np.nan)
    return Points(
        factors=tuple(axis.name for axis in axes),
        kinds=tuple(axis.kind for axis in axes),
        matrix=matrix,
        labels=tuple(axis.labels for axis in axes),
        problem=problem,
    )


def _problem(axes: list[Axis]) -> dict[str, Any]:
    return {
        "num_vars": len(axes),
        "names": [axis.name for axis in axes],
        "bounds": [list(axis.span or ()) for axis in axes],
    }


def _shares(study: Study, axes: list[Axis]) -> NDArray[np.float64]:
    """Points of the unit cube, float64 [point, axis that varies]."""
    design = study.design
    if design.kind == "latin-hypercube" and axes:
        from scipy.stats import qmc

        lots = np.random.default_rng(design.seed)
        sampler = qmc.LatinHypercube(d=len(axes), seed=lots)
        return np.asarray(sampler.random(design.points or 1), dtype=np.float64)
    cube = {
        "num_vars": len(axes),
        "names": [axis.name for axis in axes],
        "bounds": [[0.0, 1.0]] * len(axes),
    }
    if design.kind == "sobol" and axes:
        from SALib.sample import sobol

        with warnings.catch_warnings():  # that N is no power of two has been said
            warnings.simplefilter("ignore", UserWarning)
            found = sobol.sample(
                cube, design.N or 1, calc_second_order=design.second_order, seed=design.seed
            )
        return np.asarray(found, dtype=np.float64)
    if design.kind == "morris" and axes:
        from SALib.sample import morris

        found = morris.sample(
            cube,
            design.trajectories or 1,
            num_levels=design.levels or LEVELS["morris"],
            seed=design.seed,
        )
        return np.asarray(found, dtype=np.float64)
    return np.zeros((design.points or 1 if design.kind == "latin-hypercube" else 1, len(axes)))
