"""A pilot: a few runs from all over a plan, to know what the rest will take."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.fields import MEASURES
from sim.sweep.plan import Plan
from sim.sweep.playing import Player, Rules, reason_of
from sim.sweep.rows import packed

if TYPE_CHECKING:
    import polars as pl

PLACES: Final = 12
"""Where in the plan a pilot looks, at most: cells and points cost differently."""
RUNS: Final = 64
"""Runs that it lives at each."""
CELLS: Final = 48
POINTS: Final = 3
ASKED: Final = 144
"""Cells that are asked how many replications they want, and at how many points: at least
``POINTS`` of each, and more of them the fewer cells there are."""
LUCKS: Final = 100
"""Replications that a pilot lives in each of them."""
NOUGHT: Final = 0.05
"""A mean nearer to nought than this share of the standard deviation over runs is nought."""
COUNTED: Final = frozenset(
    {"eruptions", "disputes_open"}
    | {f"projects_{came}" for came in ("started", "succeeded", "failed", "embedded")}
)
"""Measures that count things; a mean below one is nought too."""
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
    """Replications that the mean of one measure wants, and in which cell it wants that many.

    ``mean`` is that over all points; ``spread`` the standard deviation, over replications,
    of a replication's mean over all points.  ``replications`` is None where the mean is
    nearly nought in every cell and month: no share of nothing is small.  ``left_out`` is
    whether it is so in some.
    """

    measure: str
    replications: int | None
    month: int
    cell: int
    mean: float
    spread: float
    left_out: bool = False


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
    passed: Callable[[str], None] = lambda why: None,
) -> list[Wanted]:
    """Replications that each measure wants, the most demanding first.

    What is wanted is what the analysis reports: ``precision`` is half the width of the 95%
    interval of a cell's mean over all design points, as a share of that mean, and the unit
    is the replication.  Of every measure the cell and month that want most are given.
    ``told`` hears how many points and cells are done, ``passed`` why one is passed over: it
    cannot be, or a run of it fails.
    """
    plan = player.plan
    at = [MEASURES.index(name) for name in plan.study.measures]
    worst: dict[str, Wanted] = {}
    left: set[str] = set()
    points, cells = _places(plan)
    for index, cell in enumerate(cells):
        lived = []
        for nth, point in enumerate(points):
            told(index * len(points) + nth, len(cells) * len(points))
            first = (point * len(plan.cells) + cell) * plan.study.replications
            seeds = range(plan.study.seed, plan.study.seed + lucks)
            try:
                place, book, thetas = player.bench.ready(plan.work(first, first + 1)[0])
                outcome = player.play(place, book, thetas[:1], seeds, months=plan.months)
            except Exception as error:  # in the sweep these will be failed rows, without a mean
                passed(reason_of(error))
                continue
            lived.append(outcome.measures[:, :, at])
        if not lived:
            continue
        measured = np.stack(lived)  # [points, lucks, months, measures]
        measured = measured[:, np.isfinite(measured).all(axis=(0, 2, 3))]
        if measured.shape[1] < 2:
            continue
        means = measured.mean(axis=(0, 1))
        spreads = spread_of_means(measured, len(plan.points), plan.study.luck == "common")
        over_runs = measured.std(axis=(0, 1))
        for k, measure in enumerate(plan.study.measures):
            for row, month in enumerate(plan.months):
                mean, spread = float(means[row, k]), float(spreads[row, k])
                count = None
                if not is_nought(measure, mean, float(over_runs[row, k])):
                    count = _replications(mean, spread, precision)
                one = Wanted(measure, count, month, cell, mean, spread)
                if count is None:
                    left.add(measure)
                if measure not in worst or _rank(one) > _rank(worst[measure]):
                    worst[measure] = one
    found = [replace(one, left_out=one.measure in left) for one in worst.values()]
    return sorted(found, key=_rank, reverse=True)


def spread_of_means(measured: np.ndarray, points: int, common: bool) -> np.ndarray:
    """The standard deviation, over lucks, of the mean over ``points`` design points.

    ``measured`` [K, lucks, …] are K of the points under the same lucks.  What the points
    share of their luck stays however many they are; the rest is divided by their number.
    """
    asked = len(measured)
    one = measured.var(axis=1, ddof=1).mean(axis=0)  # of a run, at a point
    if not common:
        return np.sqrt(one / points)
    if asked == 1:
        return np.sqrt(one)
    together = measured.mean(axis=0).var(axis=0, ddof=1)
    own = np.clip((one - together) / (1 - 1 / asked), 0.0, one)
    return np.sqrt(one - own + own / points)


def is_nought(measure: str, mean: float, over_runs: float) -> bool:
    """Whether a mean is so near to nought that a share of it says nothing."""
    return mean == 0.0 or abs(mean) < NOUGHT * over_runs or (measure in COUNTED and abs(mean) < 1)


def asked(plan: Plan) -> int:
    """How many runs :func:`wanted` lives."""
    points, cells = _places(plan)
    return len(points) * len(cells) * LUCKS


def _places(plan: Plan) -> tuple[list[int], list[int]]:
    cells = _spread(len(plan.cells), CELLS)
    return _spread(len(plan.points), max(POINTS, ASKED // len(cells))), cells


def _replications(mean: float, spread: float, precision: float) -> int | None:
    if not math.isfinite(mean) or not math.isfinite(spread):
        return None
    if spread == 0.0:
        return 1
    if abs(mean) < 1e-12:
        return None
    return max(2, math.ceil((Z * spread / (precision * abs(mean))) ** 2))


def _rank(one: Wanted) -> float:
    return -1.0 if one.replications is None else float(one.replications)


def _spread(count: int, most: int) -> list[int]:
    """Up to ``most`` of ``count`` things, evenly spread, first and last among them."""
    return sorted({int(k) for k in np.linspace(0, count - 1, min(count, most)).round()})
