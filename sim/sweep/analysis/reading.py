"""A sweep's folder as it is read: results lazily, the study, and where they come from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sim.sweep.analysis.checking import SweepUnreadable, refuse_changed, refuse_other_runs
from sim.words import _

if TYPE_CHECKING:
    import polars as pl

BEFORE_FACTORS: Final = (
    "run", "point", "scenario", "theory", "strategy", "replication", "luck",
)  # fmt: skip
AFTER_MEASURES: Final = (
    "ending", "promises_kept", "promises", "spent", "places", "moves", "skipped",
    "first_eruption", "taken_over", "failed",
)  # fmt: skip
PROVENANCE: Final = "study.json"
STUDY: Final = "study.yaml"
CHUNKS: Final = "chunks"
DO_NOTHING: Final = "do-nothing"


class Cell(NamedTuple):
    """What is compared: a scenario, a set of rival theories, a strategy."""

    scenario: str
    theory: str
    strategy: str


@dataclass(frozen=True)
class Sweep:
    """A sweep, finished or not.

    ``rows`` has one row a run and month, as the sweep wrote them.  ``cells`` are in the
    order of the study; ``points`` has a row for each design point that was reached: its
    number and its factors.  ``replications`` is how many each point was to have.
    ``study_changed`` is whether the study's copy in the folder is not what was run.
    """

    folder: Path
    rows: pl.LazyFrame
    study: Mapping[str, Any]
    study_text: str
    provenance: Mapping[str, Any]
    cells: tuple[Cell, ...]
    factors: tuple[str, ...]
    measures: tuple[str, ...]
    months: tuple[int, ...]
    points: pl.DataFrame
    replications: int
    runs: int
    planned: int
    failures: Mapping[str, int] = field(default_factory=dict)
    study_changed: bool = False

    @property
    def failed(self) -> int:
        """Runs that failed."""
        return sum(self.failures.values())

    @property
    def finished(self) -> bool:
        """Whether every run that was planned is there."""
        return self.runs >= self.planned

    @property
    def baseline(self) -> str:
        """The strategy that all are compared with; "" where it is not among them."""
        named = self.provenance.get("compared_with") or self.study.get("compare_with")
        present = {cell.strategy for cell in self.cells}
        return next((name for name in (named, DO_NOTHING) if name in present), "")

    @property
    def design(self) -> Mapping[str, Any]:
        """The study's design as written; empty where it has none."""
        design = self.study.get("design")
        return design if isinstance(design, Mapping) else {"kind": design or "none"}

    @property
    def common_luck(self) -> bool:
        """Whether replication r is the same luck everywhere."""
        return bool(self.study.get("luck", "common") != "independent")

    @cached_property
    def ranges(self) -> dict[str, Any]:
        """What each factor was varied over, as the study says it."""
        vary = self.study.get("vary")
        return dict(vary) if isinstance(vary, Mapping) else {}


def open_sweep(folder: str | Path) -> Sweep:
    """Open the folder of a sweep; see that its chunks are whole, and count.

    Raises:
        SweepUnreadable: it holds no sweep, or nothing of it is finished, or a file in it
            is damaged, or is not what the sweep wrote.
    """
    import polars as pl

    folder = Path(folder)
    provenance, study_text, study, changed = _origins(folder)
    rows, names = _results(folder, provenance)
    month = names.index("month")
    factors = tuple(names[len(BEFORE_FACTORS) : month])
    measures = tuple(name for name in names[month + 1 :] if name not in AFTER_MEASURES)
    months = tuple(sorted(rows.select(pl.col("month").unique()).collect()["month"].to_list()))
    ends = rows.filter(pl.col("month") == months[-1])  # one row a run
    counted = (
        ends.group_by("scenario", "theory", "strategy")
        .agg(
            pl.col("run").min().alias("first"),
            pl.len().alias("runs"),
            pl.col("replication").max() + 1,
        )
        .sort("first")
        .collect(engine="streaming")
    )
    met = tuple(Cell(*row) for row in counted.select("scenario", "theory", "strategy").rows())
    said = [Cell(*map(str, cell)) for cell in provenance.get("cells") or ()]
    cells = tuple(dict.fromkeys((*said, *met)))  # in the study's order, reached or not
    runs = int(counted["runs"].sum())
    points = (
        ends.group_by("point")
        .agg(pl.col(name).first() for name in factors)
        .sort("point")
        .collect(engine="streaming")
    )
    replications = max(
        int(counted["replication"].max() or 1),  # type: ignore[arg-type]
        int(provenance.get("replications") or 1),
    )
    planned = provenance.get("runs")
    return Sweep(
        folder=folder,
        rows=rows,
        study=study,
        study_text=study_text,
        provenance=provenance,
        cells=cells,
        factors=factors,
        measures=measures,
        months=months,
        points=points,
        replications=replications,
        runs=runs,
        planned=planned if isinstance(planned, int) else runs,
        failures=_failures(ends),
        study_changed=changed,
    )


def _failures(ends: pl.LazyFrame) -> dict[str, int]:
    """How many runs failed, by reason, the commonest first."""
    import polars as pl

    found = (
        ends.filter(pl.col("failed").is_not_null())
        .group_by("failed")
        .agg(pl.len().alias("runs"))
        .sort(["runs", "failed"], descending=[True, False])
        .collect(engine="streaming")
    )
    return {str(reason): int(runs) for reason, runs in found.rows()}


class _Origins(NamedTuple):
    """Provenance, the study's text, and the study as plain data; whether its copy differs."""

    provenance: dict[str, Any]
    text: str
    study: dict[str, Any]
    changed: bool


def _origins(folder: Path) -> _Origins:
    from sim import yamlfile

    path = folder / PROVENANCE
    if not path.is_file():
        raise SweepUnreadable(
            _("{folder} holds no sweep: there is no {file} in it.").format(
                folder=folder, file=PROVENANCE
            ),
            _("Name the folder that “unsaid sweep STUDY.yaml --out DIR” wrote."),
        )
    try:
        provenance = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(provenance, dict):
            raise ValueError("not an object")
    except (OSError, ValueError) as error:
        raise SweepUnreadable(
            _("{file} cannot be read: {why}.").format(file=path, why=_why(error)),
            _("It says where the results come from. Fetch it back from a copy of the folder."),
        ) from error
    yaml = folder / STUDY
    text = str(provenance.get("study_text") or "")
    beside: str | None = None
    try:
        beside = yaml.read_text(encoding="utf-8")
    except FileNotFoundError:
        pass
    except (OSError, UnicodeDecodeError) as error:
        if not text:
            raise SweepUnreadable(
                _("{file} cannot be read: {why}.").format(file=yaml, why=_why(error))
            ) from error
    # the runs are of the record's text; the file beside it is a copy, and may have been edited
    changed = bool(text) and beside is not None and _lines(beside) != _lines(text)
    text = text or beside or ""
    study = yamlfile.read_text(text, str(yaml)).data if text.strip() else {}
    return _Origins(provenance, text, study if isinstance(study, dict) else {}, changed)


def _lines(text: str) -> list[str]:
    """A text, whatever its lines end with."""
    return text.splitlines()


def _results(folder: Path, provenance: Mapping[str, Any]) -> tuple[pl.LazyFrame, list[str]]:
    """Every finished chunk as one lazy table, and its columns in order."""
    import polars as pl

    files = sorted((folder / CHUNKS).glob("part-*.parquet"))
    if not files:
        raise SweepUnreadable(
            _("{folder}: none of this sweep is finished yet.").format(folder=folder),
            _("Start the sweep again with the same command, and look once a part is done."),
        )
    refuse_changed(folder, files)
    first: dict[str, Any] = {}
    for file in files:
        try:
            schema = dict(pl.read_parquet_schema(file))
        except (OSError, pl.exceptions.PolarsError) as error:
            raise SweepUnreadable(
                _("{file} is damaged: {why}.").format(file=file, why=_why(error)),
                _("Delete it and start the sweep again: only this part is done anew."),
            ) from error
        first = first or schema
        if list(schema) != list(first):
            raise SweepUnreadable(
                _("{file} has other columns than {first}.").format(file=file, first=files[0].name),
                _("The folder seems to hold parts of two studies. Keep each in a folder."),
            )
    names = list(first)
    missing = [name for name in (*BEFORE_FACTORS, "month", "failed") if name not in names]
    if missing:
        raise SweepUnreadable(
            _("{file} is no table of a sweep: it lacks {columns}.").format(
                file=files[0], columns=", ".join(missing)
            )
        )
    refuse_other_runs(folder, files, provenance)
    return pl.scan_parquet(files), names


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).splitlines()[0].rstrip(".")
