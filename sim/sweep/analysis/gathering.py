"""One pass over the results: every sum that tables are made from, in flat memory.

Runs are read in blocks of design points and replications, laid into an array [points,
cells, replications, months, measures], and reduced there in a fixed order: the same folder
gives the same bits, however many threads read it.  What is kept grows with cells, months
and design points, not with replications.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.sweep.analysis.intervals import Floats, Sums, Whole
from sim.sweep.analysis.naming import family_of
from sim.sweep.analysis.reading import Cell, Sweep

BLOCK: Final = 200_000
"""Rows in a block, about; with every measure some 40 MB."""
MARKS: Final = 24
"""Numbers of replications at which convergence is looked at, at most."""


@dataclass(frozen=True)
class Gathered:
    """Sums over runs.  C cells, T months, P points, B marks, M measures; "at the end" is the
    last month.

    ``levels`` [C, T] and ``gains`` [C, T] (paired differences against ``baseline``, which
    is a cell's number, -1 for none); ``marks`` are numbers of replications, ``levels_at``
    and ``gains_at`` [C, B] what each stretch up to a mark adds, at the end.
    ``point_levels``, ``point_gains`` [P, C, M] are means over replications at the end, nan
    where there is none, ``point_levels_even``, ``point_gains_even`` those over even ones;
    ``point_runs`` [P, C] how many stand behind.  ``halves_level``,
    ``halves_gain`` [C, R, M] are means over points at the end replication by replication:
    only where there are families of playbooks, else None.
    """

    baseline: Whole
    levels: Sums
    gains: Sums
    marks: tuple[int, ...]
    levels_at: Sums
    gains_at: Sums
    point_levels: Floats
    point_gains: Floats
    point_levels_even: Floats
    point_gains_even: Floats
    point_runs: Whole
    halves_level: Floats | None
    halves_gain: Floats | None


def baselines(sweep: Sweep) -> Whole:
    """The cell each cell is compared with, -1 for the baseline itself or where there is none."""
    wanted = sweep.baseline
    at = {cell: index for index, cell in enumerate(sweep.cells)}
    return np.array(
        [
            -1 if cell.strategy == wanted else at.get(Cell(cell.scenario, cell.theory, wanted), -1)
            for cell in sweep.cells
        ],
        dtype=np.int64,
    )


def marks_of(replications: int) -> tuple[int, ...]:
    """Numbers of replications, from 2 on, in ever longer steps: 2, 3, 4, 6, 8 …"""
    if replications < 2:
        return (max(1, replications),)
    steps = np.geomspace(2, replications, min(MARKS, replications - 1))
    return tuple(int(mark) for mark in dict.fromkeys(np.round(steps).astype(int)))


def gather(sweep: Sweep, *, block: int = BLOCK) -> Gathered:
    """Read all results once and sum them up; ``block`` is in rows."""
    shape = (len(sweep.cells), len(sweep.months))
    measures, points = len(sweep.measures), sweep.points.height
    marks = marks_of(sweep.replications)
    base = baselines(sweep)
    levels, gains = Sums.empty(shape, measures), Sums.empty(shape, measures)
    levels_at = Sums.empty((shape[0], len(marks)), measures)
    gains_at = Sums.empty((shape[0], len(marks)), measures)
    at_points = [_Points.empty(points, shape[0], measures) for _kind in range(4)]
    kept: tuple[list[Floats], list[Floats]] = ([], [])
    families = any(family_of(cell.strategy) for cell in sweep.cells)
    wide, deep = _block(sweep, block)
    for r0 in range(0, sweep.replications, deep):
        r1 = min(r0 + deep, sweep.replications)
        parts = [_Part.empty(shape, r1 - r0, measures) for _kind in range(2)]
        for p0 in range(0, points, wide):
            values = _read(sweep, p0, min(p0 + wide, points), r0, r1)
            paired = np.where((base >= 0)[:, None, None, None], values - values[:, base], np.nan)
            for kind, (found, sums) in enumerate(((values, levels), (paired, gains))):
                parts[kind].add(found, sums)
                at_points[kind].add(found[:, :, :, -1], p0)
                at_points[2 + kind].add(found[:, :, r0 % 2 :: 2, -1], p0)
        for kind, (sums, ends) in enumerate(((levels, levels_at), (gains, gains_at))):
            part = parts[kind]
            sums.add(part.total, part.runs, part.squares)
            for mark, here in _stretches(marks, r0, r1):
                _add_stretch(ends, mark, part, here)
            if families:
                with np.errstate(invalid="ignore", divide="ignore"):
                    mean = part.total[:, -1] / part.runs[:, -1, :, None]
                kept[kind].append(mean + sums.shift[:, -1, None])
    for sums, ends in ((levels, levels_at), (gains, gains_at)):
        ends.shift = np.repeat(sums.shift[:, -1, None], len(marks), axis=1)
    return Gathered(
        baseline=base,
        levels=levels,
        gains=gains,
        marks=marks,
        levels_at=levels_at,
        gains_at=gains_at,
        point_levels=at_points[0].means(),
        point_gains=at_points[1].means(),
        point_levels_even=at_points[2].means(),
        point_gains_even=at_points[3].means(),
        point_runs=at_points[0].runs,
        halves_level=np.concatenate(kept[0], axis=1) if families else None,
        halves_gain=np.concatenate(kept[1], axis=1) if families else None,
    )


def _block(sweep: Sweep, block: int) -> tuple[int, int]:
    """Points and replications in a block: whole points first, as the chunks are laid."""
    one = len(sweep.cells) * len(sweep.months)
    deep = min(sweep.replications, max(1, block // one))
    return max(1, block // (one * deep)), deep


def _read(sweep: Sweep, p0: int, p1: int, r0: int, r1: int) -> Floats:
    """Values [points, cells, replications, months, measures] of a block; nan where missing."""
    import polars as pl

    cells = pl.LazyFrame(
        [(*cell, index) for index, cell in enumerate(sweep.cells)],
        schema={
            "scenario": pl.String,
            "theory": pl.String,
            "strategy": pl.String,
            "cell": pl.Int64,
        },
        orient="row",
    )
    months = pl.LazyFrame(
        {"month": sweep.months, "at": range(len(sweep.months))},
        schema={"month": sweep.rows.collect_schema()["month"], "at": pl.Int64},
    )
    numbers = sweep.points["point"]
    low, high = numbers[p0], numbers[p1 - 1]
    found = (
        sweep.rows.filter(
            pl.col("point").is_between(low, high)
            & pl.col("replication").is_between(r0, r1 - 1)
            & pl.col("failed").is_null()
        )
        .select("point", "replication", "scenario", "theory", "strategy", "month", *sweep.measures)
        .join(cells, on=["scenario", "theory", "strategy"])
        .join(months, on="month")
        .collect(engine="streaming")
    )
    shape = (p1 - p0, len(sweep.cells), r1 - r0, len(sweep.months), len(sweep.measures))
    values = np.full(shape, np.nan)
    where = (
        np.searchsorted(numbers.to_numpy(), found["point"].to_numpy()) - p0,
        found["cell"].to_numpy(),
        found["replication"].to_numpy() - r0,
        found["at"].to_numpy(),
    )
    for index, measure in enumerate(sweep.measures):
        values[(*where, index)] = found[measure].to_numpy()
    # one measure that could not be taken makes the whole month of that run uncertain
    values[~np.isfinite(values).all(-1)] = np.nan
    return values


@dataclass
class _Part:
    """Sums over points, replication by replication, of the block of replications at hand."""

    total: Floats  # [C, T, replications, M], counted from the shift
    runs: Whole  # [C, T, replications]
    squares: Floats  # [C, T, M]
    end_squares: Floats  # [C, replications, M] at the end

    @classmethod
    def empty(cls, shape: tuple[int, int], replications: int, measures: int) -> _Part:
        return cls(
            total=np.zeros((*shape, replications, measures)),
            runs=np.zeros((*shape, replications), np.int64),
            squares=np.zeros((*shape, measures)),
            end_squares=np.zeros((shape[0], replications, measures)),
        )

    def add(self, values: Floats, sums: Sums) -> None:
        """Add a block; where ``sums`` has no shift yet, the first value met becomes it."""
        ordered = values.transpose(1, 3, 0, 2, 4)  # cells, months, points, replications, measures
        there = np.isfinite(ordered[..., 0])  # a row is nan in all of its measures, or in none
        _shift(sums, ordered, there)
        counted = np.where(there[..., None], ordered - sums.shift[:, :, None, None], 0.0)
        self.total += counted.sum(2)
        self.runs += there.sum(2)
        self.squares += (counted**2).sum((2, 3))
        self.end_squares += (counted[:, -1] ** 2).sum(1)


def _shift(sums: Sums, ordered: Floats, there: npt.NDArray[np.bool_]) -> None:
    flat = there.reshape(*there.shape[:2], -1)
    first = flat.argmax(-1)
    for cell, month in np.argwhere(flat.any(-1) & np.isnan(sums.shift).all(-1)):
        values = ordered[cell, month].reshape(-1, ordered.shape[-1])
        sums.shift[cell, month] = values[first[cell, month]]


def _stretches(marks: tuple[int, ...], r0: int, r1: int) -> Iterator[tuple[int, slice]]:
    """Each mark's number and which of the replications r0 … r1 - 1 lie up to it."""
    for mark, (after, upto) in enumerate(pairwise((0, *marks))):
        low, high = max(after, r0), min(upto, r1)
        if low < high:
            yield mark, slice(low - r0, high - r0)


def _add_stretch(ends: Sums, mark: int, part: _Part, here: slice) -> None:
    a, b = part.total[:, -1, here], part.runs[:, -1, here]
    one = Sums(*(getattr(ends, name)[:, mark] for name in Sums.__dataclass_fields__))
    one.add(a, b, part.end_squares[:, here].sum(1))  # views: adds in place


@dataclass
class _Points:
    """Sums over replications at the end, design point by design point."""

    total: Floats  # [P, C, M]
    runs: Whole  # [P, C]

    @classmethod
    def empty(cls, points: int, cells: int, measures: int) -> _Points:
        return cls(np.zeros((points, cells, measures)), np.zeros((points, cells), np.int64))

    def add(self, ends: Floats, p0: int) -> None:
        """Add a block's values at the end [points, cells, replications, measures]."""
        there = np.isfinite(ends[..., 0])
        here = slice(p0, p0 + ends.shape[0])
        self.total[here] += np.where(there[..., None], ends, 0.0).sum(2)
        self.runs[here] += there.sum(2)

    def means(self) -> Floats:
        """Means over replications; nan for none."""
        some = np.where(self.runs > 0, self.runs, np.nan)[..., None]
        return np.asarray(self.total / some, dtype=np.float64)
