"""Which assumptions matter: every parameter over its whole range, then the dozen that do.

    python -m sim.facts.sensitivity [LUCKS]
    python -m sim.facts.sensitivity studies

Writes the study ``every-assumption`` from :mod:`sim.parameters` and runs it (Morris' elementary
effects); chooses the dozen that matter most; writes the study ``the-dozen`` and runs it (Sobol'
indices); and writes ``sim/evidence/sensitivity.json``.  With ``studies`` it only writes the two
studies anew, with the ranges that parameters have now.  Rival theories are no ranges: they have
a page of their own (:mod:`sim.facts.rivals`).  The same rules give the same files.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.facts.swept import Floats, argument, one, run_study, write
from sim.parameters import PARAMETERS, Parameter

if TYPE_CHECKING:
    import polars as pl

    from sim.sweep.shape import Study

FILE: Final = "sensitivity.json"
MORRIS: Final = "11-every-assumption"
SOBOL: Final = "12-the-dozen"
DOZEN: Final = 12
STRATEGIES: Final = ("do-nothing", "systems-leadership")
OUTCOMES: Final = (
    ("staff_joint_working", 36),
    ("trust", 36),
    ("integration", 36),
    ("emergency_admissions", 60),
)
KINDS: Final = ("level", "difference")
"""Of an outcome: what it is under systems leadership; by how much that differs from nothing."""

_MORRIS: Final = """\
question: Of everything that is assumed, what matters at all?
# Every parameter of the model over the whole of its range (rival theories are no ranges): Morris'
# elementary effects.  Written by sim/facts/sensitivity.py from the list of parameters.
study: every-assumption
scenarios: [dancing-around-the-table]
strategies: [do-nothing, systems-leadership]
shocks: full
vary:
{vary}
design: {{kind: morris, trajectories: 12, levels: 4, seed: 1}}
replications: 30
months: [36, 60]
measures: [staff_joint_working, trust, integration, emergency_admissions]
compare_with: do-nothing
"""
_SOBOL: Final = """\
question: How much does each of the dozen that matter most explain, alone and with others?
# Chosen by what every-assumption came to; sim/facts/sensitivity.py writes it. Sobol' indices,
# each parameter over the whole of its range.
study: the-dozen
scenarios: [dancing-around-the-table]
strategies: [do-nothing, systems-leadership]
shocks: full
vary:
{vary}
design: {{kind: sobol, N: 128, second_order: false, seed: 1}}
replications: 30
months: [36, 60]
measures: [staff_joint_working, trust, integration, emergency_admissions]
compare_with: do-nothing
"""


def parameters() -> tuple[Parameter, ...]:
    """Every parameter that has a range."""
    return tuple(p for p in PARAMETERS.values() if p.group != "theory")


def morris_study() -> str:
    """The text of the study that varies all of them."""
    return _MORRIS.format(vary=_vary(parameters()))


def sobol_study(dozen: Iterable[str]) -> str:
    """The text of the study that varies a dozen, in the order of the list of parameters."""
    chosen = set(dozen)
    return _SOBOL.format(vary=_vary(p for p in parameters() if p.name in chosen))


def _vary(chosen: Iterable[Parameter]) -> str:
    return "\n".join(f"  {p.name}: {{low: {p.low:g}, high: {p.high:g}}}" for p in chosen)


def outcomes(table: pl.DataFrame, kind: str) -> dict[str, Floats]:
    """Each outcome, the mean over lucks at every point: ``measure@month`` → float64 [point]."""
    import polars as pl

    means = (
        table.group_by("point", "strategy", "month")
        .agg(pl.col([measure for measure, _m in OUTCOMES]).mean())
        .sort("point")
    )
    found = {}
    for measure, month in OUTCOMES:
        nothing, ours = (
            means.filter((pl.col("strategy") == s) & (pl.col("month") == month))[measure]
            for s in STRATEGIES
        )
        values = ours - nothing if kind == "difference" else ours
        found[f"{measure}@{month}"] = values.to_numpy()
    return found


def _points(study: Study) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    from sim.sweep.plan import plan_of

    points = plan_of(study).points
    return points.factors, points.matrix


def effects(table: pl.DataFrame, study: Study) -> dict[str, dict[str, dict[str, list[float]]]]:
    """Morris: by kind, outcome and parameter: mu*, its half interval, sigma, each per SD of
    the outcome over points.
    """
    from sim.sweep.analysis import salib

    names, x = _points(study)
    layout = salib.morris_layout(np.arange(len(x)), x)
    if layout is None:
        raise ValueError(f"{study.study} is no Morris design")
    levels = int(study.design.levels or 4)
    found: dict[str, dict[str, dict[str, list[float]]]] = {}
    for kind in KINDS:
        found[kind] = {}
        for outcome, y in outcomes(table, kind).items():
            by = salib.morris(names, layout, x, y, levels)
            if by is None:
                continue
            scale = float(y.std(ddof=1))
            found[kind][outcome] = {
                name: [one(by[key][k] / scale) for key in ("mu_star", "mu_star_conf", "sigma")]
                for k, name in enumerate(names)
            }
    return found


def dozen_of(found: Mapping[str, Mapping[str, Mapping[str, Sequence[float]]]]) -> list[str]:
    """The dozen whose largest effect on any outcome, in its SDs, is largest; in that order."""
    most: dict[str, float] = {}
    for by in found.values():
        for effect in by.values():
            for name, values in effect.items():
                most[name] = max(most.get(name, 0.0), values[0])
    return sorted(most, key=lambda name: (-most[name], name))[:DOZEN]


def indices(table: pl.DataFrame, study: Study) -> dict[str, dict[str, dict[str, list[float]]]]:
    """Sobol': by kind, outcome and parameter: first order, half interval, total, half interval."""
    from sim.sweep.analysis import salib

    names, x = _points(study)
    layout = salib.sobol_layout(np.arange(len(x)), x)
    if layout is None:
        raise ValueError(f"{study.study} is no Sobol' design")
    found: dict[str, dict[str, dict[str, list[float]]]] = {}
    for kind in KINDS:
        found[kind] = {}
        for outcome, y in outcomes(table, kind).items():
            by = salib.sobol(names, layout, y)
            if by is None:
                continue
            found[kind][outcome] = {
                name: [one(by[key][k]) for key in ("S1", "S1_conf", "ST", "ST_conf")]
                for k, name in enumerate(names)
            }
    return found


def signs(table: pl.DataFrame) -> dict[str, float]:
    """Share of points at which systems leadership is better than nothing, by outcome.

    Better is higher, but for admissions.
    """
    found = {}
    for outcome, apart in outcomes(table, "difference").items():
        better = apart < 0.0 if outcome.startswith("emergency") else apart > 0.0
        found[outcome] = one(better.mean())
    return found


def study_file(name: str) -> Path:
    """Where a study of this page stands."""
    from sim.sweep.study import studies_folder

    return studies_folder() / f"{name}.yaml"


def measured(lucks: int | None = None) -> dict[str, Any]:
    """Everything the file says; writes both studies.  Takes some minutes."""
    study_file(MORRIS).write_text(morris_study(), encoding="utf-8")
    table, study = run_study(MORRIS, lucks)
    found = effects(table, study)
    dozen = dozen_of(found)
    better = signs(table)
    study_file(SOBOL).write_text(sobol_study(dozen), encoding="utf-8")
    del table
    data: dict[str, Any] = {
        "parameters": [p.name for p in parameters()],
        "morris": {
            "trajectories": study.design.trajectories,
            "lucks": study.replications,
            "better": better,
            "effects": found,
        },
        "dozen": dozen,
    }
    table, study = run_study(SOBOL, lucks)
    return data | {
        "sobol": {
            "N": study.design.N,
            "lucks": study.replications,
            "better": signs(table),
            "indices": indices(table, study),
        }
    }


def rewrite() -> None:
    """Both studies with the parameters and ranges of now; the dozen stay those they are."""
    named = re.findall(r"^  (\w+): \{", study_file(SOBOL).read_text(encoding="utf-8"), re.M)
    study_file(MORRIS).write_text(morris_study(), encoding="utf-8")
    study_file(SOBOL).write_text(sobol_study(named), encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Write the file; say where."""
    if "studies" in words:
        rewrite()
        return 0
    print(write(FILE, measured(argument(words))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
