"""Keyed random draws: the only source of chance.

A draw is a function of *what it is for*, never of what was drawn before::

    draw = f(luck, process, month, i, j, k)

so two localities that differ in one decision differ only through what it changed.
The function is Philox4x32 with ten rounds, a counter-based generator (Salmon,
Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3").  The key is
the month's luck (64 bits); the counter holds the process and month, the keys of one
or two partners, and a third key (a move, a project, a matter).

All arithmetic is on 32-bit words in 64-bit signed integers: Python's unbounded
integers and compiled wrap-around agree after masking.
"""

from __future__ import annotations

import hashlib
from typing import Final

from sim.compiled import rule

MASK: Final = 0xFFFFFFFF
ROUND_A: Final = 0xD2511F53
ROUND_B: Final = 0xCD9E8D57
WEYL_A: Final = 0x9E3779B9
WEYL_B: Final = 0xBB67AE85
UNIT: Final = 1.0 / 4294967296.0

# What a draw is for.  Numbers are part of the results: never renumber one.
(
    P_START, P_LIVE_IN_PLAY, P_LIVE_MATTER, P_AGENDA, P_BOARD, P_INFORMAL, P_REPLY, P_EFFECT,
) = range(1, 9)  # fmt: skip
P_ERUPT = 11
P_PROJECT, P_SPREAD, P_CASE, P_LEADER, P_SHOCK = range(13, 18)
P_BLUR, P_HAND, P_STRATEGY, P_TAKEOVER, P_ARRIVAL, P_START_PAIR = range(19, 25)
P_SILENCE = 27
P_CARD = 28


def key32(text: str) -> int:
    """32-bit key of an id: the first four bytes of its BLAKE2b hash."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()[:4], "big")


def hash64(text: str) -> int:
    """64-bit BLAKE2b hash of an id; rows of partners stand in the order of this number."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


@rule
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Philox4x32-10: four 32-bit words from a counter of four and a key of two."""
    for _ in range(10):
        a = ROUND_A * c0
        b = ROUND_B * c2
        high_a = (a >> 32) & 0xFFFFFFFF
        high_b = (b >> 32) & 0xFFFFFFFF
        c0 = (high_b ^ c1 ^ k0) & 0xFFFFFFFF
        c1 = b & 0xFFFFFFFF
        c2 = (high_a ^ c3 ^ k1) & 0xFFFFFFFF
        c3 = a & 0xFFFFFFFF
        k0 = (k0 + WEYL_A) & 0xFFFFFFFF
        k1 = (k1 + WEYL_B) & 0xFFFFFFFF
    return c0, c1, c2, c3


@rule
def uniform4(
    low: int, high: int, process: int, month: int, i: int, j: int, k: int
) -> tuple[float, float, float, float]:
    """Four uniforms in (0, 1) for one occasion.

    ``low`` and ``high`` are the halves of the month's luck; ``i``, ``j``, ``k`` are
    32-bit keys (0 where there is none).  Each value has 32 bits and is never 0 or 1.
    """
    a, b, c, d = philox((process << 16) | month, i, j, k, low, high)
    return (a + 0.5) * UNIT, (b + 0.5) * UNIT, (c + 0.5) * UNIT, (d + 0.5) * UNIT


@rule
def mix(a: int, b: int) -> int:
    """One 32-bit key from two, for draws that concern more than three things."""
    x, _, _, _ = philox(a, b, 0, 0, 0x6C656674, 0x756E7361)
    return x


@rule
def bell(a: float, b: float, c: float, d: float) -> float:
    """A bell-shaped value with mean 0 and standard deviation 1 from four uniforms."""
    return (a + b + c + d - 2.0) * 1.7320508075688772
