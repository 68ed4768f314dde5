"""Draws for partners, pairs and matters of one world."""

from __future__ import annotations

from sim.compiled import rule
from sim.draws import uniform4
from sim.world import World


@rule
def draw(
    w: World, process: int, month: int, i: int, j: int, k: int
) -> tuple[float, float, float, float]:
    """Four uniforms keyed by process, month, the *keys* i, j (order kept) and k."""
    return uniform4(int(w.luck[month, 0]), int(w.luck[month, 1]), process, month, i, j, k)


@rule
def draw_pair(
    w: World, process: int, month: int, a: int, b: int, k: int
) -> tuple[float, float, float, float]:
    """Four uniforms for an unordered pair of partner rows."""
    x = int(w.key[a])
    y = int(w.key[b])
    if x > y:
        x, y = y, x
    return draw(w, process, month, x, y, k)
