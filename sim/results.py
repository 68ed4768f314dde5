"""Runs as tables: one row a run and month, percentiles over runs, files for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from sim.errors import UserError
from sim.fields import MEASURES
from sim.headless import Run
from sim.moves import Event
from sim.names import Names
from sim.phrases import sentence
from sim.words import _

PERCENTILES: Final = (5, 50, 95)
FORMATS: Final = (".parquet", ".csv")


class OutError(UserError):
    """A table that cannot be written where it was asked for."""


def as_data(run: Run) -> dict[str, Any]:
    """One run as plain data: what ``--json`` prints."""
    names = Names.of(run.scenario)
    return {
        "scenario": run.scenario.scenario.id,
        "strategy": run.strategy,
        "seed": run.luck,
        "months": [{"month": month} | row for month, row in enumerate(run.measures) if month > 0],
        "events": [event_data(event, names) for event in run.events],
        "ending": run.ending or None,
        "promises_kept": list(run.promises),
    }


def event_data(event: Event, names: Names) -> dict[str, Any]:
    """One event: month, code, arguments, and its sentence."""
    return {
        "month": event.month,
        "code": event.code,
        "args": dict(event.args),
        "text": sentence(event, names),
    }


def rows(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """One row a run and month: run, scenario, strategy, seed, month, every measure, ending."""
    return [
        {
            "run": index,
            "scenario": run.scenario.scenario.id,
            "strategy": run.strategy,
            "seed": run.luck,
            "month": month,
        }
        | run.measures[month]
        | {"ending": run.ending}
        for index, run in enumerate(runs)
        for month in range(1, len(run.measures))
    ]


def marks(last: int) -> list[int]:
    """The months at which many runs are summed up: every twelfth, and the last."""
    return [*range(12, last, 12), last]


def summary(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """Mean and 5th, 50th, 95th percentile of every measure at :func:`marks`, over runs."""
    import numpy as np

    table = []
    for month in marks(len(runs[0].measures) - 1):
        for measure in MEASURES:
            values = np.array([run.measures[month][measure] for run in runs])
            low, middle, high = np.percentile(values, PERCENTILES)
            table.append(
                {
                    "month": month,
                    "measure": measure,
                    "mean": float(values.mean()),
                    "p5": float(low),
                    "p50": float(middle),
                    "p95": float(high),
                }
            )
    return table


def endings(runs: Sequence[Run]) -> dict[str, int]:
    """How often each ending came, by its title, in the scenario's order; those that did."""
    story = runs[0].scenario.story
    counts = {e.title: sum(run.ending == e.id for run in runs) for e in story.endings}
    return {title: count for title, count in counts.items() if count}


def check_out(path: Path) -> None:
    """Refuse a file we could not write before a thousand runs have been played for it."""
    if path.suffix.lower() not in FORMATS:
        raise OutError(
            _("{file}: the table's format is told by the end of its name.").format(file=path),
            _("End it in .parquet or .csv."),
        )
    if not path.parent.is_dir():
        raise OutError(
            _("{file}: there is no folder {folder}.").format(file=path, folder=path.parent),
            _("Make it first, or write somewhere else."),
        )


def write(runs: Sequence[Run], path: Path) -> int:
    """Write :func:`rows` to a Parquet or CSV file; how many rows there were."""
    import polars as pl

    check_out(path)
    table = pl.DataFrame(rows(runs), infer_schema_length=None)
    try:
        if path.suffix.lower() == ".csv":
            table.write_csv(path)
        else:
            table.write_parquet(path)
    except OSError as error:
        raise OutError(
            _("{file} cannot be written: {why}.").format(file=path, why=error.strerror or error)
        ) from error
    return table.height
