"""The few functions that the description's equations are written in (model.md, notation)."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt


def held(x: float, low: float = 0.0, high: float = 1.0) -> float:
    """``x``, kept within its bounds."""
    return min(high, max(low, x))


def close(x: float, gain: float) -> float:
    """A gain toward 1, or, if negative, a loss toward 0."""
    g = held(gain, -1.0, 1.0)
    return x + g * (1.0 - x) if g >= 0 else x + g * x


def sigma(z: float) -> float:
    """From 0 to 1, one half at 0."""
    return 0.5 * (1.0 + z / sqrt(1.0 + z * z))


def chance(hazard: float) -> float:
    """Chance in a month of a hazard."""
    return hazard / (1.0 + hazard) if hazard > 0 else 0.0


def smooth(x: float, low: float, high: float) -> float:
    """From 0 at ``low`` to 1 at ``high``."""
    t = held((x - low) / max(high - low, 1e-9))
    return t * t * (3.0 - 2.0 * t)


def cube_root(x: float) -> float:
    """By twelve steps of Newton's method from the same start, as the description says."""
    if x <= 0:
        return 0.0
    y = 0.3 + 0.7 * x
    for _ in range(12):
        y = (2.0 * y + x / (y * y)) / 3.0
    return y


def bell(u: tuple[float, float, float, float]) -> float:
    """Mean 0, standard deviation 1, from four uniforms."""
    return (sum(u) - 2.0) * sqrt(3.0)


def odds(u: float) -> float:
    """What a score is multiplied with in a race."""
    return u / (1.0 - u)


def mean(values: Iterable[float]) -> float:
    """The mean, 0 of nothing."""
    values = list(values)
    return sum(values) / len(values) if values else 0.0
