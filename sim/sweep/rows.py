"""The table of results: one row a run and month, from what came of the runs.

In this order: run, point, scenario, theory, strategy, replication, luck; what is varied;
month; measures; ending, promises kept and which, what was spent and done; why it failed.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.fields import MEASURES
from sim.sweep.plan import Plan, Work
from sim.words import _

if TYPE_CHECKING:
    import polars as pl

    from sim.batch import Outcome, Place

BEFORE_FACTORS: Final = (
    "run", "point", "scenario", "theory", "strategy", "replication", "luck",
)  # fmt: skip
TALLIED: Final = ("spent", "places", "moves", "skipped", "first_eruption", "taken_over")
AFTER_MEASURES: Final = ("ending", "promises_kept", "promises", *TALLIED, "failed")


@dataclass(frozen=True)
class Block:
    """Runs that were lived in one call, with what came of them; or why they failed."""

    work: Work
    place: Place | None = None
    outcome: Outcome | None = None
    failed: str | None = None


def schema_of(plan: Plan) -> pl.Schema:
    """Columns in order, and their polars types."""
    import polars as pl

    kinds: dict[str, Any] = dict.fromkeys(BEFORE_FACTORS, pl.Int64)
    kinds |= dict.fromkeys(("scenario", "theory", "strategy"), pl.String)
    kinds["replication"] = pl.Int32
    for name, labels in zip(plan.points.factors, plan.points.labels):
        kinds[name] = pl.Float64 if labels is None else pl.String
    kinds["month"] = pl.Int32
    kinds |= dict.fromkeys(plan.study.measures, pl.Float64)
    kinds |= {"ending": pl.String, "promises_kept": pl.Int32, "promises": pl.String}
    kinds |= {"spent": pl.Float64, "places": pl.Float64}
    kinds |= dict.fromkeys(TALLIED[2:], pl.Int32)
    kinds["failed"] = pl.String
    return pl.Schema(kinds)


def packed(table: pl.DataFrame) -> bytes:
    """A table as the bytes of a Parquet file."""
    out = io.BytesIO()
    table.write_parquet(out, compression="zstd")
    return out.getvalue()


def laid_out(plan: Plan, blocks: Sequence[Block]) -> pl.DataFrame:
    """Blocks, in the order of their runs, as one table."""
    import polars as pl

    counts = [len(block.work.runs) for block in blocks]
    runs = np.concatenate([np.array(block.work.runs, dtype=np.int64) for block in blocks])
    cells = np.repeat([block.work.cell for block in blocks], counts)
    points = np.repeat([block.work.point for block in blocks], counts)
    lucks = np.array([luck for block in blocks for luck in block.work.lucks], dtype=np.int64)
    columns: dict[str, pl.Series] = {
        "run": pl.Series(runs),
        "point": pl.Series(points),
        "scenario": _words([cell.scenario for cell in plan.cells], cells),
        "theory": _words([cell.theory for cell in plan.cells], cells),
        "strategy": _words([cell.strategy for cell in plan.cells], cells),
        "replication": pl.Series(runs % plan.study.replications),
        "luck": pl.Series(lucks),
    }
    for at, name in enumerate(plan.points.factors):
        values, labels = plan.points.matrix[points, at], plan.points.labels[at]
        columns[name] = (
            pl.Series(values) if labels is None else _words(labels, values.astype(np.int64))
        )
    came = _Came(plan, blocks, counts)
    columns |= came.columns()
    months = len(plan.months)
    each = np.repeat(np.arange(len(runs)), months)
    table = pl.DataFrame(columns)[each].with_columns(
        pl.Series("month", np.tile(np.array(plan.months, dtype=np.int32), len(runs)))
    )
    flat = came.measures.reshape(len(table), -1).T
    failed = table["failed"].is_not_null()
    table = table.with_columns(
        pl.Series(name, column).set(failed, None)
        for name, column in zip(plan.study.measures, np.ascontiguousarray(flat))
    )
    schema = schema_of(plan)
    return table.select(list(schema)).cast(schema)


def _words(options: Sequence[str | None], which: NDArray[Any]) -> pl.Series:
    import polars as pl

    return pl.Series(list(options), dtype=pl.String).gather(which)


class _Came:
    """What came of runs, one row each: arrays filled block by block, columns made of them once.

    Blocks may be as short as a replication or two, and thousands in a chunk.
    """

    def __init__(self, plan: Plan, blocks: Sequence[Block], counts: Sequence[int]) -> None:
        asked = [MEASURES.index(name) for name in plan.study.measures]
        total = sum(counts)
        self.measures = np.full((total, len(plan.months), len(asked)), np.nan)
        """float64 [run, month, measure], nan where a run failed."""
        self._tally = np.zeros((total, len(TALLIED)))
        self._kept = np.zeros(total, dtype=np.int64)
        self._ending = np.zeros(total, dtype=np.int64)  # a place in _endings
        self._endings: list[str | None] = [None]
        self._promises: dict[tuple[str, ...], list[tuple[slice, NDArray[np.bool_]]]] = {}
        self._failed: list[str | None] = []
        begins: dict[tuple[str, ...], int] = {}
        at = 0
        for block, count in zip(blocks, counts):
            here = slice(at, at + count)
            at += count
            self._failed += [block.failed] * count
            place, outcome = block.place, block.outcome
            if place is None or outcome is None:
                continue
            self.measures[here] = outcome.measures[:, :, asked]
            self._tally[here] = outcome.tally
            self._kept[here] = outcome.kept.sum(axis=1)
            if place.endings not in begins:
                begins[place.endings] = len(self._endings)
                self._endings += place.endings
            # before the last turn is over there is no ending
            came = outcome.ending + begins[place.endings]
            self._ending[here] = np.where(outcome.ending < 0, 0, came)
            self._promises.setdefault(place.promises, []).append((here, outcome.kept))
        for run, __, measure in np.argwhere(~np.isfinite(self.measures)):
            self._failed[run] = self._failed[run] or _("{measure} came out as no number.").format(
                measure=plan.study.measures[measure]
            )

    def columns(self) -> dict[str, pl.Series]:
        """Everything but the measures."""
        import polars as pl

        failed = pl.Series(self._failed, dtype=pl.String)
        bad = failed.is_not_null()
        not_over = bad | pl.Series(self._ending == 0)
        found = {
            "ending": _words(self._endings, self._ending).set(bad, None),
            "promises_kept": pl.Series(self._kept).set(not_over, None),
            "promises": self._promised().set(not_over, None),
        }
        for at, name in enumerate(TALLIED):
            found[name] = pl.Series(self._tally[:, at]).set(bad, None)
        return found | {"failed": failed}

    def _promised(self) -> pl.Series:
        """The promises that were kept, joined."""
        names: list[str] = [""]
        which = np.zeros(len(self._kept), dtype=np.int64)
        for promises, parts in self._promises.items():
            sets, inverse = np.unique(
                np.concatenate([kept for __, kept in parts]), axis=0, return_inverse=True
            )
            inverse, at = inverse.reshape(-1) + len(names), 0
            names += ["+".join(p for p, kept in zip(promises, row) if kept) for row in sets]
            for here, kept in parts:
                which[here] = inverse[at : at + len(kept)]
                at += len(kept)
        return _words(names, which)
