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
    centre = float(x.mean())
    if len(x) < 2:
        return Seen(centre, nan, nan)
    half = float(t.ppf(0.5 + level / 200, len(x) - 1)) * float(x.std(ddof=1)) / sqrt(len(x))
    return Seen(centre, centre - half, centre + half)


def share(happened: Numbers, level: int = 95) -> Seen:
    """The share of runs in which something happened, per cent; Wilson's interval."""
    from scipy.stats import binomtest

    x = np.asarray(happened, dtype=bool)
    found = binomtest(int(x.sum()), len(x)).proportion_ci(level / 100, method="wilson")
    return Seen(100.0 * float(x.mean()), 100.0 * float(found.low), 100.0 * float(found.high))


def ratio(above: Numbers, below: Numbers, draws: int = 2000, seed: int = 1) -> Seen:
    """The ratio of two means of paired sums [run]; the interval from runs drawn again."""
    a, b = np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    picks = np.random.default_rng(seed).integers(0, len(a), (draws, len(a)))
    drawn = a[picks].sum(axis=1) / np.maximum(1e-12, b[picks].sum(axis=1))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Seen(float(a.sum() / max(1e-12, b.sum())), float(low), float(high))


def quantile(values: Numbers, q: float, draws: int = 2000, seed: int = 1) -> Seen:
    """A quantile; the interval from runs drawn again."""
    x = np.asarray(values, dtype=np.float64)
    picks = np.random.default_rng(seed).integers(0, len(x), (draws, len(x)))
    low, high = np.quantile(np.quantile(x[picks], q, axis=1), [0.025, 0.975])
    return Seen(float(np.quantile(x, q)), float(low), float(high))
