"""The design's factors as numbers, and the values a measure takes over its points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.sweep.analysis.intervals import Floats
from sim.sweep.analysis.look import Look
from sim.sweep.analysis.reading import Sweep

BINS: Final = 6
"""Bins of a factor with many values; as many still have room for a number each."""


@dataclass(frozen=True)
class Factor:
    """A factor: a value for each design point; of a categorical one a number in ``categories``."""

    name: str
    values: Floats
    categories: tuple[str, ...] = ()

    @property
    def varies(self) -> bool:
        """Whether it has more than one value."""
        return np.unique(self.values[np.isfinite(self.values)]).size > 1


@dataclass(frozen=True)
class Bins:
    """A factor in bins: each point's bin (-1 for none), their labels, and their edges."""

    of: Any
    labels: tuple[str, ...]
    edges: tuple[float, ...]  # one more than labels; () for levels and categories


def factors(sweep: Sweep) -> tuple[Factor, ...]:
    """Every factor of the design, categories in the study's order."""
    import polars as pl

    found = []
    for name in sweep.factors:
        column = sweep.points[name]
        if column.dtype.is_numeric():
            found.append(Factor(name, column.cast(pl.Float64).fill_null(np.nan).to_numpy()))
            continue
        texts = [str(value) for value in column.to_list()]
        categories = _categories(sweep.ranges.get(name), texts)
        codes = np.array([categories.index(text) for text in texts], dtype=np.float64)
        found.append(Factor(name, codes, categories))
    return tuple(found)


def _categories(said: Any, texts: Sequence[str]) -> tuple[str, ...]:
    listed = [str(value) for value in said] if isinstance(said, list) else []
    present = set(texts)
    return (
        *(value for value in listed if value in present),
        *sorted(present - set(listed)),
    )


def binned(factor: Factor) -> Bins:
    """A factor's levels as they are where they are few, else :data:`BINS` of equal width."""
    values = factor.values
    if factor.categories:
        return Bins(values.astype(int), factor.categories, ())
    distinct = np.unique(values[np.isfinite(values)])
    if distinct.size <= BINS + 1:
        of = np.where(np.isfinite(values), np.searchsorted(distinct, values), -1)
        short = tuple(f"{value:.3g}" for value in distinct)
        plain = tuple(f"{value:g}" for value in distinct)
        return Bins(of, short if len(set(short)) == len(short) else plain, ())
    low, high = float(distinct[0]), float(distinct[-1])
    edges = np.linspace(low, high, BINS + 1)
    of = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, BINS - 1)
    of = np.where(np.isfinite(values), of, -1)
    middle = (edges[:-1] + edges[1:]) / 2.0
    return Bins(of, tuple(f"{value:.3g}" for value in middle), tuple(map(float, edges)))


def explained(bins: Bins, y: Floats) -> float:
    """The share of variance between points that bins of one factor explain alone.

    Epsilon squared (Kelley 1935), which chance does not raise; 0 where it would be
    negative, nan where nothing varies or there are too few points.
    """
    good = np.isfinite(y) & (bins.of >= 0)
    y, of = y[good], bins.of[good]
    count = np.bincount(of, minlength=len(bins.labels))
    groups = int((count > 0).sum())
    if y.size <= groups or groups < 2 or np.ptp(y) == 0.0:
        return float("nan")
    means = np.bincount(of, y, minlength=len(bins.labels)) / np.maximum(count, 1)
    within = float(((y - means[of]) ** 2).sum())
    whole = float(((y - y.mean()) ** 2).sum())
    return max(0.0, 1.0 - (within / (y.size - groups)) / (whole / (y.size - 1)))


KINDS: Final = ("mean", "difference")
"""What is asked about: a measure itself, or its paired difference against the baseline."""


def over_points(look: Look, kind: str, cell: int, measure: str) -> Floats:
    """A measure, or its difference, at the end: the mean over replications of each point."""
    values = look.sums.point_levels if kind == "mean" else look.sums.point_gains
    return values[:, cell, look.at(measure)]


def cells_asked(look: Look, kind: str) -> list[int]:
    """Cells of named strategies, and for differences those that have a baseline."""
    return [
        index
        for index, cell in enumerate(look.sweep.cells)
        if cell.strategy in look.strategies
        and (kind == "mean" or look.sums.baseline[index] >= 0)
        and look.sums.levels.runs[index, -1]
    ]


def reliability(look: Look, kind: str, cell: int, measure: str) -> float:
    """The share of the variance between points that other luck would show again.

    From the correlation of means over even and over odd replications, stepped up to all of
    them (Spearman 1910, Brown 1910); nan where there are no two halves or nothing varies.
    """
    sums, at = look.sums, look.at(measure)
    whole, half = (
        (sums.point_levels, sums.point_levels_even)
        if kind == "mean"
        else (sums.point_gains, sums.point_gains_even)
    )
    runs = look.sweep.replications
    if runs < 2:
        return float("nan")
    y, even = whole[:, cell, at], half[:, cell, at]
    share = (runs + 1) // 2 / runs  # of the replications that are even
    odd = (y - share * even) / (1.0 - share)
    good = np.isfinite(even) & np.isfinite(odd)
    even, odd = even[good], odd[good]
    if even.size < 3 or np.ptp(even) == 0.0 or np.ptp(odd) == 0.0:
        return float("nan")
    r = float(((even - even.mean()) * (odd - odd.mean())).mean() / (even.std() * odd.std()))
    return max(0.0, min(1.0, 2.0 * r / (1.0 + r))) if r > 0.0 else 0.0
