"""How many rows of effects can wait at once: room for all of them, by construction.

A row with a delay or several months keeps a place in ``pending`` until it has taken effect
for the last time.  How many can do so together follows from a scenario's moves, cards,
shocks and turns, so the arrays have room for the fullest of plays, and nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from sim.effects import R_DELAY, R_MONTHS
from sim.state import STANDING_SLOTS, Array

QUEUE: Final = 8
"""Rows of a turn's queue: more than three places can ever hold."""
REPEATS_AFTER: Final = 6
"""Months before a card that repeats may come again."""


def spans(effect: Array, start: int, stop: int) -> list[int]:
    """Months, the first included, in which each waiting row of ``effect`` keeps its place."""
    found = []
    for row in range(int(start), int(stop)):
        delay, months = int(effect[row, R_DELAY]), int(effect[row, R_MONTHS])
        if delay > 0 or months > 1:
            found.append(1 + delay + max(0, months - 1))
    return found


def once_a_turn(moves: Sequence[Sequence[int]], starts: Sequence[float]) -> int:
    """Most rows of one diary entry that wait together, if it is played anew every turn.

    ``moves`` are the spans of each move that may be played, ``starts`` the first months of
    turns.  Another move may be played each time.
    """
    most = 0
    for now in range(len(starts)):
        total = 0
        for then in range(now + 1):
            age = int(starts[now] - starts[then])
            total += max((sum(span > age for span in rows) for rows in moves), default=0)
        most = max(most, total)
    return most


def room(
    moves: Sequence[Sequence[int]],
    standing: Sequence[Sequence[int]],
    starts: Sequence[float],
    cards: Sequence[tuple[Sequence[int], bool]],
    shocks: Sequence[tuple[Sequence[int], bool]],
    silences: int,
) -> int:
    """Rows that can wait at once.

    ``cards`` say whether they repeat, ``shocks`` whether they come in one month of the year
    only; ``silences`` is the most that silences after rows can leave waiting.
    """
    total = (
        silences
        + QUEUE * once_a_turn(moves, starts)
        + STANDING_SLOTS * once_a_turn(standing, starts)
    )
    for rows, repeats in cards:
        total += sum(ceil(span / REPEATS_AFTER) if repeats else 1 for span in rows)
    for rows, yearly in shocks:
        total += sum(ceil(span / 12) if yearly else span for span in rows)
    return max(1, total)
