"""The few shapes every rule is made of: only + - * / sqrt, min, max and comparisons.

Nothing here calls a transcendental function, so that bits agree on every processor.
"""

from __future__ import annotations

from math import sqrt

from sim.compiled import rule


@rule
def clamp(x: float, low: float, high: float) -> float:
    """``x`` held between ``low`` and ``high``."""
    if x < low:
        return low
    if x > high:
        return high
    return x


@rule
def sigma(z: float) -> float:
    """Algebraic S-curve from 0 to 1, one half at 0: (1 + z / sqrt(1 + z^2)) / 2."""
    return 0.5 * (1.0 + z / sqrt(1.0 + z * z))


@rule
def chance(x: float) -> float:
    """Chance in a month of something with hazard ``x``: x / (1 + x), 0 below 0."""
    if x <= 0.0:
        return 0.0
    return x / (1.0 + x)


@rule
def close(x: float, g: float) -> float:
    """A gain that closes on 1 (``g`` > 0) or a loss that closes on 0 (``g`` < 0)."""
    if g >= 0.0:
        return x + min(g, 1.0) * (1.0 - x)
    return x + max(g, -1.0) * x


@rule
def cube_root(x: float) -> float:
    """Cube root of 0 <= x <= 1 by Newton's iteration, at most twelve steps."""
    if x <= 0.0:
        return 0.0
    y = 0.3 + 0.7 * x
    for _ in range(12):
        closer = (2.0 * y + x / (y * y)) / 3.0
        if closer == y:  # further steps would change nothing
            return y
        y = closer
    return y


@rule
def smooth(x: float, low: float, high: float) -> float:
    """A gate: 0 below ``low``, 1 above ``high``, smooth between (3t^2 - 2t^3)."""
    t = clamp((x - low) / max(high - low, 1e-9), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)
