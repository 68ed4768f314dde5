"""Means and their 95% intervals from sums, where runs share their luck.

Under common luck the runs of one replication are no independent witnesses: they met the
same chance at every design point.  So replications are counted, not runs.  The mean is
over all runs; its variance is that of a ratio estimator with replications as clusters
(Cochran 1977, section 6.3; Student's t with replications - 1 degrees of freedom).  With
one design point this is the textbook interval of a mean.  With a single replication the
spread over design points is all there is, and the table says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

CONFIDENCE: Final = 0.95
OVER: Final = ("", "points", "replications")
"""What an interval is taken over, by its code; "" where there is none."""


@dataclass
class Sums:
    """Sums over runs of some values, kept apart by ``shape`` and by measure.

    Values are counted from ``shift``, the first that was met, so that what never varies
    has a variance of exactly 0.  ``a`` is one replication's sum over design points, ``b``
    its number of runs:

    ``runs`` sum of b · ``replications`` how many with b > 0 · ``squares_b`` sum of b² (each
    of ``shape``) · ``total`` sum of a · ``squares_a`` sum of a² · ``products`` sum of a b ·
    ``squares`` sum over runs of the value's square (each of ``shape`` × measures).
    """

    shift: Floats
    runs: Whole
    replications: Whole
    squares_b: Floats
    total: Floats
    squares_a: Floats
    products: Floats
    squares: Floats

    @classmethod
    def empty(cls, shape: tuple[int, ...], measures: int) -> Sums:
        """Nothing yet."""
        full = (*shape, measures)
        return cls(
            shift=np.full(full, np.nan),
            runs=np.zeros(shape, np.int64),
            replications=np.zeros(shape, np.int64),
            squares_b=np.zeros(shape),
            total=np.zeros(full),
            squares_a=np.zeros(full),
            products=np.zeros(full),
            squares=np.zeros(full),
        )

    def add(self, a: Floats, b: Whole, squares: Floats) -> None:
        """Add replications: ``a`` [shape, replications, measures], ``b`` [shape, replications]."""
        self.runs += b.sum(-1)
        self.replications += (b > 0).sum(-1)
        self.squares_b += (b.astype(float) ** 2).sum(-1)
        self.total += a.sum(-2)
        self.squares_a += (a**2).sum(-2)
        self.products += (a * b[..., None]).sum(-2)
        self.squares += squares

    def cumulated(self) -> Sums:
        """Sums over the first 1, 2, 3 … along the last axis of ``shape``."""
        return Sums(
            shift=self.shift,
            runs=self.runs.cumsum(-1),
            replications=self.replications.cumsum(-1),
            squares_b=self.squares_b.cumsum(-1),
            total=self.total.cumsum(-2),
            squares_a=self.squares_a.cumsum(-2),
            products=self.products.cumsum(-2),
            squares=self.squares.cumsum(-2),
        )


@dataclass(frozen=True)
class Estimate:
    """Means [shape, measures] with what is known of them; nan where nothing is.

    ``over`` (an index of :data:`OVER`), ``runs`` and ``replications`` are of ``shape``.
    """

    mean: Floats
    low: Floats
    high: Floats
    deviation: Floats
    runs: Whole
    replications: Whole
    over: Whole


def estimate(sums: Sums, *, points: int) -> Estimate:
    """Means, intervals and standard deviations over runs.

    ``points``: design points behind the sums; with one, a single replication is one run,
    of which no spread can be known.
    """
    runs = sums.runs[..., None].astype(float)
    some = np.where(runs > 0, runs, np.nan)
    centre = sums.total / some
    variance = np.maximum(sums.squares - runs * centre**2, 0.0) / np.where(runs > 1, runs - 1, 1)
    deviation = np.where(runs > 1, np.sqrt(variance), np.nan)
    clusters = sums.replications[..., None].astype(float)
    spread = sums.squares_a - 2 * centre * sums.products + centre**2 * sums.squares_b[..., None]
    by_replication = np.maximum(spread, 0.0) / some**2 * clusters / np.maximum(clusters - 1, 1)
    by_point = variance / some
    many = clusters > 1
    single = ~many & (runs > 1) & (points > 1)
    error = np.where(many, np.sqrt(by_replication), np.where(single, np.sqrt(by_point), np.nan))
    half = error * quantile(np.where(many, clusters - 1, np.maximum(runs - 1, 1)))
    mean = sums.shift + centre
    over = np.where(many, 2, np.where(single, 1, 0))[..., 0]
    return Estimate(mean, mean - half, mean + half, deviation, sums.runs, sums.replications, over)


def quantile(freedom: Floats) -> Floats:
    """Student's t at 95%, both sides, for degrees of freedom."""
    from scipy.stats import t

    return np.asarray(t.ppf(0.5 + CONFIDENCE / 2, freedom), dtype=np.float64)


def mean_interval(values: Floats) -> tuple[float, float, float]:
    """The mean of independent values and its interval (t); nan for what cannot be known."""
    values = values[np.isfinite(values)]
    if values.size == 0:
        return np.nan, np.nan, np.nan
    mean = float(values.mean())
    if values.size == 1:
        return mean, np.nan, np.nan
    error = float(values.std(ddof=1)) / np.sqrt(values.size)
    half = float(error * quantile(np.array(values.size - 1.0)))
    return mean, mean - half, mean + half
