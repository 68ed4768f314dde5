"""History matching: how implausible a set of parameters is, and where better ones may lie.

A set is run, each fact gives a number with its error, and the distance of that number from
its band is measured in errors: the implausibility (Craig et al. 1997; Vernon, Goldstein &
Bower 2010).  Between waves a cheap emulator of each number says which of many new sets are
worth running.  Nothing here picks a best set; sets are only thrown out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.facts.fact import Check
from sim.parameters import PARAMETERS

Floats = npt.NDArray[np.float64]

CUT: Final = 3.0
"""A set more implausible than this is thrown out: three errors (Pukelsheim 1994)."""
DISCREPANCY: Final = 0.05
"""Error of the model itself, as a share of a band's width, or of its one end."""
WITHIN: Final = 0.3
"""Each parameter is tried this far of the way from its usual value to both ends of its range."""

NAMES: Final = tuple(
    name for name, parameter in PARAMETERS.items() if parameter.unit != "switch"
)  # fmt: skip
"""The parameters that are varied: all but switches."""


def box() -> tuple[Floats, Floats]:
    """The lowest and highest values that are tried, in the order of :data:`NAMES`."""
    low, high = [], []
    for name in NAMES:
        p = PARAMETERS[name]
        low.append(p.default + WITHIN * (p.low - p.default))
        high.append(p.default + WITHIN * (p.high - p.default))
    return np.array(low), np.array(high)


def usual() -> Floats:
    """The usual values, as shares of the box [parameter]; .5 where the box has no width."""
    low, high = box()
    values = np.array([PARAMETERS[name].default for name in NAMES])
    return np.where(high > low, (values - low) / np.where(high > low, high - low, 1.0), 0.5)


def values_of(shares: Floats) -> dict[str, float]:
    """Parameters for a point of the unit cube, to six figures, as they are shipped."""
    low, high = box()
    placed = low + shares * (high - low)
    return {name: float(f"{value:.6g}") for name, value in zip(NAMES, placed, strict=True)}


def implausibility(check: Check) -> float:
    """How many errors a number lies outside its band; 0 inside.

    The error is that of the estimate, and of the model (:data:`DISCREPANCY`); where a band ends
    at nought, the model's is a share of the number itself.
    """
    low, high = check.band
    value = check.seen.value
    if not isfinite(value):
        return inf
    away = max(0.0, low - value, value - high)
    if away == 0.0:
        return 0.0
    ends = [abs(end) for end in check.band if isfinite(end)]
    width = high - low if isfinite(high - low) else max(ends)
    half = {90: 1.645, 95: 1.96}[check.level]
    sampling = (check.seen.high - check.seen.low) / (2.0 * half)
    model = DISCREPANCY * max(width, abs(value) if width < 1e-6 else 0.0)
    return float(away / np.sqrt(sampling**2 + model**2 + 1e-12))


@dataclass(frozen=True)
class Emulator:
    """A number as a polynomial of the parameters: straight lines and squares, no products.

    ``error`` is the standard deviation of what it leaves unexplained, by cross-validation.
    """

    mean: float
    weights: Floats
    error: float
    explained: float

    def at(self, shares: Floats) -> Floats:
        """What it says at points [point, parameter] of the unit cube."""
        return self.mean + _features(shares) @ self.weights


def emulate(shares: Floats, numbers: Floats, folds: int = 8) -> Emulator:
    """Fit by ridge regression; how hard it is held back is chosen by cross-validation."""
    x = _features(shares)
    mean = float(numbers.mean())
    y = numbers - mean
    fold = np.arange(len(y)) % folds
    best: tuple[float, float] = (inf, 1.0)
    for strength in (1.0, 10.0, 100.0, 1000.0):
        left = np.zeros(len(y))
        for k in range(folds):
            learn, test = fold != k, fold == k
            left[test] = y[test] - x[test] @ _ridge(x[learn], y[learn], strength)
        best = min(best, (float((left**2).mean()), strength))
    spread = float((y**2).mean())
    return Emulator(
        mean, _ridge(x, y, best[1]), float(np.sqrt(best[0])), 1.0 - best[0] / max(1e-12, spread)
    )


def _ridge(x: Floats, y: Floats, strength: float) -> Floats:
    return np.asarray(np.linalg.solve(x.T @ x + strength * np.eye(x.shape[1]), x.T @ y))


def _features(shares: Floats) -> Floats:
    centred = 2.0 * shares - 1.0
    return np.hstack([centred, centred**2 - 1.0 / 3.0])


def may_be_plausible(
    emulators: Sequence[tuple[Emulator, tuple[float, float]]], shares: Floats
) -> npt.NDArray[np.bool_]:
    """Which points no emulator throws out, its own error counted."""
    kept = np.ones(len(shares), dtype=bool)
    for emulator, (low, high) in emulators:
        said = emulator.at(shares)
        away = np.maximum(0.0, np.maximum(low - said, said - high))
        kept &= away <= CUT * max(1e-12, emulator.error)
    return kept
