"""Estimates with intervals, for facts: a mean, a share, a quantile."""

from __future__ import annotations

from math import nan, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.facts.fact import Seen

Numbers = npt.NDArray[np.floating[Any]] | npt.NDArray[np.bool_]


def exactly(value: float) -> Seen:
    """Something in which there is no chance."""
    return Seen(float(value), float(value), float(value))


def mean(values: Numbers, level: int = 95) -> Seen:
    """The mean of independent values, with Student's interval."""
    from scipy.stats import t

    x = np.asarray(values, dtype=np.float64)
    x = x[np.isfinite(x)]
    if len(x) < 2:
        return Seen(float(x.mean()) if len(x) else nan, nan, nan)
    centre = float(x.mean())
    half = float(t.ppf(0.5 + level / 200, len(x) - 1)) * float(x.std(ddof=1)) / sqrt(len(x))
    return Seen(centre, centre - half, centre + half)


def share(happened: Numbers, level: int = 95) -> Seen:
    """The share of runs in which something happened, per cent; Wilson's interval."""
    from scipy.stats import binomtest

    x = np.asarray(happened, dtype=bool)
    found = binomtest(int(x.sum()), len(x)).proportion_ci(level / 100, method="wilson")
    return Seen(100.0 * float(x.mean()), 100.0 * float(found.low), 100.0 * float(found.high))


def share_of(happened: Numbers, level: int = 95) -> Seen:
    """The share of [arm, run] in which something happened, per cent.

    Arms share their lucks, so that each luck is one witness: its own share is what varies.
    Where all are alike, Wilson's interval for so many lucks.
    """
    by_luck = np.asarray(happened, dtype=np.float64).mean(axis=0)
    if by_luck.std() == 0.0 and by_luck[0] in (0.0, 1.0):
        return share(by_luck > 0.5, level)
    return mean(100.0 * by_luck, level)


def ratio(above: Numbers, below: Numbers, draws: int = 2000, seed: int = 1) -> Seen:
    """The ratio of two means of paired sums [run]; nan where there is nothing below.

    The interval is from runs drawn again.
    """
    a, b = np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    picks = np.random.default_rng(seed).integers(0, len(a), (draws, len(a)))
    if b.sum() <= 0.0 or (b[picks].sum(axis=1) <= 0.0).any():
        return Seen(nan, nan, nan)
    low, high = np.quantile(a[picks].sum(axis=1) / b[picks].sum(axis=1), [0.025, 0.975])
    return Seen(float(a.sum() / b.sum()), float(low), float(high))


def quantile(values: Numbers, q: float, draws: int = 500, seed: int = 1) -> Seen:
    """A quantile of [arm, run], nan left out; the interval from lucks drawn again, arms and all."""
    x = np.atleast_2d(np.asarray(values, dtype=np.float64))
    picks = np.random.default_rng(seed).integers(0, x.shape[1], (draws, x.shape[1]))
    if not np.isfinite(x).any():
        return Seen(nan, nan, nan)
    drawn = [np.nanquantile(x[:, pick], q) for pick in picks]
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return Seen(float(np.nanquantile(x, q)), float(low), float(high))
