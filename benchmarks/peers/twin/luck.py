"""Chance: the project's own keyed draws, so that both models live through the same luck."""

from __future__ import annotations

from random import Random

from sim.draws import hash64, key32, mix, uniform4

Uniforms = tuple[float, float, float, float]


class Luck:
    """Four uniforms for every occasion, by what it is for, when, and whom it concerns."""

    def __init__(self, luck: int) -> None:
        self.low, self.high = luck & 0xFFFFFFFF, (luck >> 32) & 0xFFFFFFFF

    def draw(self, process: int, month: int, i: int = 0, j: int = 0, k: int = 0) -> Uniforms:
        return uniform4(self.low, self.high, process, month, i, j, k)

    def of_pair(self, process: int, month: int, a: int, b: int) -> Uniforms:
        """For a pair, whoever is named first."""
        return self.draw(process, month, min(a, b), max(a, b))


class Dice:
    """Chance as most Mesa models have it: the model's own generator, one number after the other.

    Nothing is comparable with other runs then; it shows what the keyed draws cost in Python.
    """

    def __init__(self, random: Random) -> None:
        self.random = random.random

    def draw(self, *_occasion: int) -> Uniforms:
        return self.random(), self.random(), self.random(), self.random()

    of_pair = draw


__all__ = ["Dice", "Luck", "Uniforms", "hash64", "key32", "mix"]
