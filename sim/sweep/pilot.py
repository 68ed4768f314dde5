"""A pilot: a few runs from all over a plan, to know what the rest will take."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.fields import MEASURES
from sim.sweep.plan import Plan
from sim.sweep.playing import Player, Rules
from sim.sweep.rows import packed

if TYPE_CHECKING:
    import polars as pl

PLACES: Final = 12
"""Where in the plan a pilot looks, at most: cells and points cost differently."""
RUNS: Final = 64
"""Runs that it lives at each."""
CELLS: Final = 48
POINTS: Final = 3
"""Cells and points that are asked how many replications they want."""
LUCKS: Final = 100
"""Replications that a pilot lives in each of them."""
COMPILING: Final = 30.0
"""Seconds that compiling the rules takes, about; once, then they are kept."""
Z: Final = 1.959963984540054
"""Half the width of a 95% interval, in standard errors."""


@dataclass(frozen=True)
class Cost:
    """What a run costs on one thread: seconds to live it, bytes on the disk; bytes of a file."""

    seconds: float
    bytes: float
    file: float


@dataclass(frozen=True)
class Wanted:
    """Replications that one measure wants, and where it wants that many.

    ``replications`` is None where the mean is nought and the runs differ: no share of
    nothing is small.
    """

    measure: str
    replications: int | None
    month: int
    cell: int
    point: int
    mean: float
    spread: float


def cost(player: Player, *, budget: float = 1.0) -> Cost:
    """Live a few runs from all over the plan, for about ``budget`` seconds."""
    import polars as pl

    plan = player.plan
    player.table(0, 1)  # what is made only once: compiled rules, a first place
    size = plan.study.replications
    groups = plan.runs // size
    lived, spent, tables = 0, 0.0, []
    for group in sorted({groups * k // PLACES for k in range(PLACES)}):
        began = time.perf_counter()
        table = player.table(group * size, group * size + min(size, RUNS))
        spent += time.perf_counter() - began
        lived += min(size, RUNS)
        tables.append(table)
        if spent > budget:
            break
    bytes, file = _room(pl.concat(tables), len(plan.months))
    return Cost(spent / lived, bytes, file)


def _room(table: pl.DataFrame, months: int) -> tuple[float, float]:
    """Bytes of a run and of a file by itself, from what a table and half of it take."""
    runs = len(table) // months
    whole, half = len(packed(table)), len(packed(table.head(runs // 2 * months)))
    each = max(0.0, (whole - half) / max(1, runs - runs // 2))
    return each, max(0.0, whole - runs * each)


def compiling(player: Player) -> bool:
    """Whether the first run of a player compiles the rules."""
    from sim.compiled import is_cached

    return player.play == Rules(compiled=True) and not is_cached()


def wanted(
    player: Player,
    precision: float,
    *,
    lucks: int = LUCKS,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> list[Wanted]:
    """Replications that each measure wants, the most demanding first.

    ``precision`` is half the width of the 95% interval of a mean, as a share of that mean.
    Of every measure that is asked for, the cell, point and month that want most are given,
    among some from all over the plan.  ``told`` hears how many of them are done.
    """
    plan, size = player.plan, player.plan.study.replications
    at = [MEASURES.index(name) for name in plan.study.measures]
    worst: dict[str, Wanted] = {}
    places = [
        (point, cell)
        for point in _spread(len(plan.points), POINTS)
        for cell in _spread(len(plan.cells), CELLS)
    ]
    for done, (point, cell) in enumerate(places):
        told(done, len(places))
        first = (point * len(plan.cells) + cell) * size
        seeds = range(plan.study.seed, plan.study.seed + lucks)
        try:
            place, book, thetas = player.bench.ready(plan.work(first, first + 1)[0])
            outcome = player.play(place, book, thetas[:1], seeds, months=plan.months)
        except Exception:  # in the sweep these will be failed rows, which have no mean
            continue
        measured = outcome.measures[:, :, at]
        means, spreads = measured.mean(axis=0), measured.std(axis=0, ddof=1)
        for index, measure in enumerate(plan.study.measures):
            for row, month in enumerate(plan.months):
                mean, spread = float(means[row, index]), float(spreads[row, index])
                count = _replications(mean, spread, precision)
                one = Wanted(measure, count, month, cell, point, mean, spread)
                if measure not in worst or _rank(one) > _rank(worst[measure]):
                    worst[measure] = one
    return sorted(worst.values(), key=_rank, reverse=True)


def asked(plan: Plan) -> int:
    """How many runs :func:`wanted` lives."""
    return min(len(plan.points), POINTS) * min(len(plan.cells), CELLS) * LUCKS


def _replications(mean: float, spread: float, precision: float) -> int | None:
    if not math.isfinite(mean) or not math.isfinite(spread):
        return None
    if spread == 0.0:
        return 1
    if abs(mean) < 1e-12:
        return None
    return max(2, math.ceil((Z * spread / (precision * abs(mean))) ** 2))


def _rank(one: Wanted) -> float:
    return math.inf if one.replications is None else float(one.replications)


def _spread(count: int, most: int) -> list[int]:
    """Up to ``most`` of ``count`` things, evenly spread, first and last among them."""
    return sorted({int(k) for k in np.linspace(0, count - 1, min(count, most)).round()})
