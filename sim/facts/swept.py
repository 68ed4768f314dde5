"""The table of a sweep as arrays, one value a luck: what producers of findings count with.

Runs of one replication share their luck, so differences are taken luck by luck, and an
interval is over lucks (Student's t), never over runs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.compiled import rules_hash
from sim.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    import polars as pl

    from sim.sweep.shape import Study

Floats = NDArray[np.float64]
RULES: Final = rules_hash()
"""Of the rules as they were when this process read them."""
DIGITS: Final = 4
YEARS_ON: Final = 60
"""The month at which what comes late is read: at the latest two years after the last turn."""


@dataclass(frozen=True)
class Runs:
    """One cell of a sweep: a place, a set of theories and a strategy, luck by luck.

    ``at[month][measure]``, ``kept`` [luck, promise], ``tally[name]`` (spent, places, moves,
    skipped) and ``endings`` all stand in the order of the lucks; ``end`` is the month in which
    the last turn ends.
    """

    end: int
    at: Mapping[int, Mapping[str, Floats]]
    kept: Floats
    tally: Mapping[str, Floats]
    endings: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.endings)

    @property
    def share(self) -> Floats:
        """Of the promises on offer, the share that was kept, luck by luck.

        It is also the chance that a group which chose one of them by lot has kept it.
        """
        return self.kept.mean(axis=1)

    def last(self, measure: str) -> Floats:
        """A measure when the last turn is over."""
        return self.at[self.end][measure]

    def half(self, which: int) -> Runs:
        """The first (0) or the second half (1) of the lucks."""
        middle = len(self) // 2
        part = slice(0, middle) if which == 0 else slice(middle, None)
        return Runs(
            self.end,
            {m: {k: v[part] for k, v in seen.items()} for m, seen in self.at.items()},
            self.kept[part],
            {k: v[part] for k, v in self.tally.items()},
            self.endings[part],
        )


USUAL: Final = "none"
"""The usual model, as sweeps name it among the sets of theories."""
Key = tuple[str, str, str]
"""Place, theory, strategy."""


def scenario_of(name: str) -> Scenario:
    """A scenario that ships, by its id."""
    return load_scenario(name)


def cells(table: pl.DataFrame, study: Study) -> dict[Key, Runs]:
    """Every cell of a finished sweep.  Raises ValueError when a run failed."""
    import polars as pl

    if (bad := table.filter(pl.col("failed").is_not_null())).height:
        raise ValueError(f"{bad.height} rows failed: {bad['failed'][0]}")
    found: dict[Key, Runs] = {}
    places = {name: scenario_of(name) for name in study.scenarios}
    for key, part in table.partition_by(["scenario", "theory", "strategy"], as_dict=True).items():
        place, theory, strategy = (str(word) for word in key)
        found[place, theory, strategy] = _runs(part, study, places[place])
    return found


def _runs(part: pl.DataFrame, study: Study, scenario: Scenario) -> Runs:
    import polars as pl

    end = scenario.time.months
    if end not in study.months:
        raise ValueError(f"{study.study}: months must hold {end}, the end of {scenario.id}")
    at = {}
    for month in study.months:
        rows = part.filter(pl.col("month") == month).sort("replication")
        at[month] = {name: rows[name].to_numpy() for name in study.measures}
        if month == max(study.months):
            late = rows
    kept = [set(str(text).split("+")) for text in late["promises"].to_list()]
    promises = [promise.id for promise in scenario.story.promises]
    return Runs(
        end,
        at,
        np.array([[float(promise in run) for promise in promises] for run in kept]),
        {k: late[k].to_numpy().astype(np.float64) for k in ("spent", "places", "moves", "skipped")},
        tuple(map(str, late["ending"].to_list())),
    )


def mean_of(values: Floats) -> list[float]:
    """The mean over lucks and its 95% interval (Student's t)."""
    from scipy.stats import t

    values = np.asarray(values, dtype=np.float64)
    mean, count = float(values.mean()), len(values)
    half = 0.0
    if count > 1 and (spread := float(values.std(ddof=1))) > 0.0:
        half = float(t.ppf(0.975, count - 1)) * spread / count**0.5
    return rounded([mean, mean - half, mean + half])


def rounded(values: Iterable[float]) -> list[float]:
    """Numbers as files hold them; raises ValueError for one that is none."""
    kept = [round(float(value), DIGITS) + 0.0 for value in values]  # no -0.0
    if not all(map(isfinite, kept)):
        raise ValueError(f"no number among {kept}")
    return kept


def one(value: float) -> float:
    """One number as files hold it."""
    return rounded([value])[0]


def run_study(name: str, replications: int | None = None) -> tuple[pl.DataFrame, Study]:
    """A study that ships, run; with fewer ``replications`` where a look is enough."""
    from sim.sweep import sweep
    from sim.sweep.study import read_study

    study = read_study(name)
    if replications is not None:
        study = study.model_copy(update={"replications": replications})
    return sweep(study), study


def write(name: str, data: Mapping[str, Any], folder: Path | None = None) -> Path:
    """Write a file of evidence: the same data, the same bytes.

    Raises RuntimeError when the rules have changed under a producer that ran.
    """
    if rules_hash() != RULES:
        raise RuntimeError(f"{name} is not written: the rules have changed meanwhile; run it again")
    path = (folder or evidence_folder()) / name
    text = json.dumps({"rules": RULES, **data}, ensure_ascii=False, indent=1)
    path.write_text(_flat(text) + "\n", encoding="utf-8")
    return path


def _flat(text: str) -> str:
    """Lists of numbers on one line each, so that a difference of files can be read."""
    import re

    return re.sub(
        r"\[\s+((?:-?[\d.e+-]+,\s+)*-?[\d.e+-]+)\s+\]",
        lambda found: "[" + re.sub(r"\s+", " ", found[1]) + "]",
        text,
    )


def read(name: str, folder: Path | None = None) -> dict[str, Any]:
    """A file of evidence."""
    data: dict[str, Any] = json.loads(
        ((folder or evidence_folder()) / name).read_text(encoding="utf-8")
    )
    return data


def evidence_folder() -> Path:
    """Where evidence ships."""
    return Path(str(resources.files("sim.evidence")))


def say(words: str) -> None:
    """How far a producer is, for whoever waits at a terminal."""
    print(words, file=sys.stderr, flush=True)


def argument(words: Sequence[str]) -> int | None:
    """The number on the command line, if there is one; ends in a sentence where it is none."""
    if len(words) < 2:
        return None
    if not words[1].isdigit() or int(words[1]) < 2:
        sys.exit(f"“{words[1]}” is no number of 2 or more.  Leave it out for the usual one.")
    return int(words[1])
