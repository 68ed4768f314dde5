"""Estimates as tables: long ones for programs, cells and rows for the page and its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.sweep.analysis import naming
from sim.sweep.analysis.intervals import OVER, Estimate
from sim.sweep.analysis.look import Look

if TYPE_CHECKING:
    import polars as pl


def table(look: Look, found: Estimate, name: str, runs: str) -> pl.DataFrame:
    """Estimates as a long table: a row for each cell, month and measure that has any run."""
    import polars as pl

    sweep = look.sweep
    cells, months, measures = found.mean.shape
    cell, month, measure = (
        index.ravel()
        for index in np.meshgrid(range(cells), range(months), range(measures), indexing="ij")
    )
    data: dict[str, Any] = {
        "scenario": [sweep.cells[c].scenario for c in cell],
        "theory": [sweep.cells[c].theory for c in cell],
        "strategy": [sweep.cells[c].strategy for c in cell],
        "month": np.array(sweep.months, np.int32)[month],
        "measure": np.array(sweep.measures)[measure],
        name: found.mean.ravel(),
        "low": found.low.ravel(),
        "high": found.high.ravel(),
        "sd": found.deviation.ravel(),
        runs: found.runs[cell, month],
        "replications": found.replications[cell, month],
        "interval_over": np.array(OVER)[found.over[cell, month]],
    }
    frame = pl.DataFrame(data).filter(pl.col(runs) > 0)
    return frame.with_columns(pl.col(name, "low", "high", "sd").fill_nan(None))


def verdict(measure: str, low: float, high: float) -> str:
    """What an interval of differences says: "better", "worse", "unclear"; "more", "less" for
    measures of which neither way is better; "same" when nothing ever differs.
    """
    if low == 0.0 == high:
        return "same"
    if not (np.isfinite(low) and np.isfinite(high)) or low <= 0.0 <= high:
        return "unclear"
    up = low > 0.0
    if way := naming.way(measure):
        return "better" if up == (way > 0) else "worse"
    return "more" if up else "less"


MARKS = {"better": "▲", "worse": "▼", "unclear": "○", "same": "=", "more": "↑", "less": "↓"}
"""What stands before a difference, so that colour is not needed."""


def differences_table(look: Look) -> pl.DataFrame:
    """Paired differences with what each says."""
    import polars as pl

    frame = table(look, look.gains, "difference", "pairs")
    said = [
        verdict(row["measure"], _or_nan(row["low"]), _or_nan(row["high"]))
        for row in frame.select("measure", "low", "high").iter_rows(named=True)
    ]
    return frame.with_columns(
        pl.lit(look.baseline).alias("baseline"), pl.Series("verdict", said, dtype=pl.String)
    )


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value


def rows_of(look: Look, found: Estimate, scenario: str, strategies: Any) -> list[dict[str, Any]]:
    """What a figure needs: a dictionary for each strategy, measure and month that has runs."""
    rows = []
    for strategy in strategies:
        cell = look.cell(scenario, look.theory, strategy)
        if cell < 0:
            continue
        for measure in look.shown:
            at = look.at(measure)
            for month, number in enumerate(look.sweep.months):
                if found.runs[cell, month]:
                    rows.append(
                        {
                            "scenario": scenario,
                            "strategy": strategy,
                            "measure": measure,
                            "month": number,
                            "mean": float(found.mean[cell, month, at]),
                            "low": float(found.low[cell, month, at]),
                            "high": float(found.high[cell, month, at]),
                        }
                    )
    return rows


def cell_said(
    look: Look, found: Estimate, scenario: str, strategy: str, measure: str, form: Any
) -> str:
    cell, at = look.cell(scenario, look.theory, strategy), look.at(measure)
    if cell < 0 or not found.runs[cell, -1]:
        return "–"
    return str(
        form(measure, *(float(part[cell, -1, at]) for part in (found.mean, found.low, found.high)))
    )
