"""One run of a sweep lived again, from the sweep's own record, as ``unsaid run`` would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import UserError
from sim.headless import Run, play_through
from sim.sweep.chunks import chunk_at
from sim.sweep.folder import CHUNKS, StoreError, read_record
from sim.sweep.plan import Cell, Located, Plan, plan_from
from sim.sweep.progress import number
from sim.sweep.provenance import Record, identity
from sim.words import _


class NoSuchRun(UserError):
    """A number that no run of a sweep has."""


@dataclass(frozen=True)
class Again:
    """A run of a sweep, lived again.

    ``doubts`` are sentences: why it may not be the run that the sweep's table has.
    """

    number: int
    located: Located
    cell: Cell
    factors: Mapping[str, float | str]
    run: Run
    doubts: tuple[str, ...]

    def told(self) -> str:
        """Which run it is, in a line."""
        parts = [
            _("Run {number}").format(number=number(self.number)),
            _("replication {number}, luck {luck}").format(
                number=self.located.replication, luck=self.located.luck
            ),
        ]
        if self.cell.theories:
            parts.append(_("rival theories: {names}").format(names=", ".join(self.cell.theories)))
        parts += [
            f"{name} = {value:g}" if isinstance(value, float) else f"{name} = {value}"
            for name, value in self.factors.items()
        ]
        return "; ".join(parts) + "."

    def as_dict(self) -> dict[str, Any]:
        """Where it stands in the sweep, for ``--json``."""
        return {
            "run": self.number,
            "point": self.located.point,
            "theory": self.cell.theory,
            "replication": self.located.replication,
            "factors": dict(self.factors),
            "doubts": list(self.doubts),
        }


def live_again(folder: str | Path, run: int) -> Again:
    """Live a run of the sweep in a folder again; nothing is needed but the folder.

    Raises:
        StoreError: the folder holds no sweep.
        NoSuchRun: it has no such run.
    """
    folder = Path(folder)
    record = read_record(folder)
    plan = plan_of_record(folder, record)
    if not 0 <= run < plan.runs:
        raise NoSuchRun(
            _("There is no run {number} in {folder}.").format(number=run, folder=folder),
            _("They are numbered from 0 to {last}.").format(last=plan.runs - 1),
        )
    located = plan.locate(run)
    cell = plan.cells[located.cell]
    lived = play_through(
        plan.scenario_at(located.point, located.cell),
        plan.strategy(cell.strategy),
        luck=located.luck,
        parameters=plan.parameters_at(located.point),
        theories=cell.theories,
        months=max(plan.months),
        hand=plan.study.hand,
        shocks=plan.study.shocks,
    )
    doubts = _doubts(folder, record, plan, run, lived)
    return Again(run, located, cell, plan.points.at(located.point), lived, tuple(doubts))


def plan_of_record(folder: Path, record: Record) -> Plan:
    """The plan of a sweep, from the texts that its record holds.

    Raises:
        StoreError: they are not all there, or make no plan any more.
    """
    try:
        texts = {name: entry["text"] for name, entry in record["texts"].items()}
        return plan_from(record["study_text"], texts, str(folder / "study.yaml"))
    except (KeyError, TypeError, AttributeError):
        raise StoreError(
            _("{folder}: its record lacks texts of the study.").format(folder=folder),
            _("It was made by another version, or changed. Fetch study.json back from a copy."),
        ) from None


def _doubts(folder: Path, record: Record, plan: Plan, run: int, lived: Run) -> list[str]:
    """What speaks against its being the run of the table, down to the last bit."""
    found: list[str] = []
    now = identity(plan)
    if any(record.get(key) != now[key] for key in ("program", "rules")):
        found.append(
            _("The sweep was run by version {old} of the program ({old_rules}), this is {new} "
              "({new_rules}).").format(
                old=record.get("program"), old_rules=record.get("rules"),
                new=now["program"], new_rules=now["rules"],
            )
        )  # fmt: skip
    if not found and record.get("points_sha256") != now["points_sha256"]:
        found.append(_("The design's points come out otherwise with the SciPy and SALib here."))
    for row in _rows(folder, record, run):
        if row["failed"] is not None:
            return [*found, _("In the sweep it failed: {why}").format(why=row["failed"])]
        for measure in plan.study.measures:
            value = lived.measures[row["month"]][measure]
            if value != row[measure]:
                found.append(
                    _("In the table {measure} is {old} in month {month}, and here {new}.").format(
                        measure=measure, month=row["month"], old=row[measure], new=value
                    )
                )
                return found
    return found


def _rows(folder: Path, record: Record, run: int) -> list[dict[str, Any]]:
    """The rows of a run in the sweep's table; none if it has not been lived yet."""
    import polars as pl

    path = folder / CHUNKS / chunk_at(run, record["runs"], record["chunk"]).name
    if not path.is_file():
        return []
    try:
        return pl.scan_parquet(path).filter(pl.col("run") == run).collect().to_dicts()
    except (OSError, pl.exceptions.PolarsError):
        return []
