"""Which moves fill the diary: places by move, counted without a change to any rule.

A run's tally says what all its moves cost together.  Here two moves at a time cost a speck
more, each a power of two of its own, less in sum than what rules and funds can notice (a
move is affordable to within a thousand-millionth); the specks in the sum then say exactly
how often each of the two was made.  Runs under the same luck, two moves at a time, count all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.batch import TALLY, Place, play_batch
from sim.playbooks import Strategy
from sim.world import MV_COST, MV_PLACES

BITS: Final = 6
"""A run makes fewer than 2 to this of any one move: eight turns have 24 places."""
AT_ONCE: Final = 2
SPECK: Final = 2.0**-42
"""£k.  Sums below £2m are exact to this, and two moves' specks stay below 1e-9."""
SPENT: Final = TALLY.index("spent")


def places_by_move(place: Place, strategy: Strategy, lucks: Sequence[int]) -> NDArray[np.float64]:
    """Places in the diary that each move took: float64 [luck, move], moves as in the catalogue.

    Nothing is left of the marks in ``place``.  Raises ValueError where prices are finer than
    eighths of £1,000, or runs spend £2m, which specks could not be told from.
    """
    usual = place.world
    prices = usual.move[:, MV_COST]
    if (prices * 8.0 != np.rint(prices * 8.0)).any():
        raise ValueError(f"{place.scenario.id}: prices in eighths of £1,000 are needed")
    book, moves = place.book(strategy), len(prices)
    counted = np.zeros((len(lucks), moves))
    try:
        for first in range(0, moves, AT_ONCE):
            group = range(first, min(first + AT_ONCE, moves))
            marked = usual.move.copy()
            for bit, move in enumerate(group):
                marked[move, MV_COST] += SPECK * 2.0 ** (BITS * bit)
            place.world = usual._replace(move=marked)
            outcome = play_batch(place, book, [place.theta()], lucks, months=[place.months])
            spent = outcome.tally[:, SPENT]
            if spent.max() >= 2048.0:
                raise ValueError(f"{place.scenario.id}: a run spends £2m")
            specks = np.rint(np.mod(spent, 0.125) / SPECK).astype(np.int64)
            for bit, move in enumerate(group):
                counted[:, move] = (specks >> (BITS * bit)) & (2**BITS - 1)
    finally:
        place.world = usual
    return np.asarray(counted * usual.move[:, MV_PLACES])
