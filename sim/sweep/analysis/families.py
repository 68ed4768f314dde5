"""Families of playbooks drawn by lot: their best, chosen on one half and judged on the other.

To compare ways of playing rather than playbooks that somebody wrote well or badly, many are
drawn of each family.  The best tenth is chosen on even replications and reported on odd
ones, so that what was chosen for its luck does not keep it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.sweep.analysis import naming
from sim.sweep.analysis.drawing import dots
from sim.sweep.analysis.intervals import Floats, mean_interval
from sim.sweep.analysis.look import Look
from sim.sweep.analysis.parts import Grid, Picture, Piece, Section
from sim.words import _

if TYPE_CHECKING:
    import polars as pl

TENTH = 0.1


@dataclass(frozen=True)
class Half:
    """Means over points at the end, replication by replication, of some cells [C, R]."""

    values: Floats

    def even(self) -> Floats:
        """Each cell's mean over even replications."""
        return _mean(self.values[:, 0::2], 1)

    def odd(self) -> Floats:
        """Odd replications [C, R / 2]."""
        return self.values[:, 1::2]


def _mean(values: Floats, axis: int) -> Floats:
    there = np.isfinite(values)
    count = there.sum(axis)
    total = np.where(there, values, 0.0).sum(axis)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def families(look: Look) -> Section:
    """Best tenth of each family against the baseline and the named strategies."""
    title = _("Families of playbooks")
    names = sorted(
        {family for cell in look.sweep.cells if (family := naming.family_of(cell.strategy))}
    )
    if not names or look.sums.halves_level is None:
        return Section(
            "families",
            title,
            missing=[
                _(
                    "The study draws no families of playbooks, so strategies are compared as "
                    "somebody wrote them. “families: 200” in the study draws some of each."
                )
            ],
        )
    directed = [measure for measure in look.sweep.measures if naming.way(measure)]
    if look.sweep.replications < 4 or not directed:
        return Section(
            "families",
            title,
            missing=[
                _("Choosing on one half and judging on the other needs at least four replications.")
                if directed
                else _("Of none of the measures is one way better, so no playbook is best.")
            ],
        )
    rows: list[dict[str, Any]] = []
    for scenario in look.scenarios:
        for theory in look.theories:
            for measure in directed:
                rows += _rows(look, scenario, theory, measure, names)
    leading = look.measure if naming.way(look.measure) else directed[0]
    return Section(
        "families",
        title,
        lead=_(
            "Of each family the tenth of playbooks that did best on even replications is reported "
            "on odd ones, which had no part in choosing them. Intervals are over odd replications, "
            "with the playbooks as chosen."
        ),
        pieces=[
            piece for scenario in look.scenarios if (piece := _piece(look, rows, scenario, leading))
        ],
        tables={"families": _frame(rows)},
    )


def _rows(
    look: Look, scenario: str, theory: str, measure: str, names: list[str]
) -> list[dict[str, Any]]:
    assert look.sums.halves_level is not None
    assert look.sums.halves_gain is not None
    at, way = look.at(measure), naming.way(measure)
    numbers = {
        cell.strategy: index
        for index, cell in enumerate(look.sweep.cells)
        if (cell.scenario, cell.theory) == (scenario, theory)
    }
    groups: list[tuple[str, str, list[int]]] = [
        ("family", family, [i for s, i in numbers.items() if naming.family_of(s) == family])
        for family in names
    ] + [("strategy", s, [i]) for s, i in numbers.items() if not naming.family_of(s)]
    rows = []
    for kind, name, cells in groups:
        if not cells:
            continue
        level = Half(look.sums.halves_level[cells][:, :, at])
        gain = Half(look.sums.halves_gain[cells][:, :, at])
        score = level.even() * way
        known = np.flatnonzero(np.isfinite(score))
        if not known.size:
            continue
        count = math.ceil(known.size * TENTH) if kind == "family" else 1
        best = known[np.argsort(-score[known], kind="stable")[:count]]
        mean, low, high = mean_interval(_mean(level.odd()[best], 0))
        difference = mean_interval(_mean(gain.odd()[best], 0))
        everything = mean_interval(_mean(level.odd()[known], 0))[0]
        rest = mean_interval(_mean(gain.odd()[known], 0))[0]
        rows.append(
            {
                "scenario": scenario,
                "theory": theory,
                "measure": measure,
                "month": look.last,
                "kind": kind,
                "name": name,
                "playbooks": int(known.size),
                "chosen": int(best.size),
                "mean": _none(mean),
                "low": _none(low),
                "high": _none(high),
                "mean_of_all": _none(everything),
                "mean_when_chosen": _none(float(score[best].mean()) * way),
                "difference": _none(difference[0]),
                "difference_low": _none(difference[1]),
                "difference_high": _none(difference[2]),
                "difference_of_all": _none(rest),
                "replications": int(np.isfinite(_mean(level.odd()[best], 0)).sum()),
                "names": ", ".join(
                    f"#{look.sweep.cells[cells[b]].strategy.partition('#')[2]}" for b in best
                )
                if kind == "family"
                else None,
            }
        )
    return rows


def _none(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(rows, infer_schema_length=None)


def _piece(look: Look, rows: list[dict[str, Any]], scenario: str, measure: str) -> Piece | None:
    mine = [
        row
        for row in rows
        if (row["scenario"], row["theory"], row["measure"]) == (scenario, look.theory, measure)
    ]
    compared = any(row["difference"] is not None for row in mine)
    keys = (
        ("difference", "difference_low", "difference_high", "difference_of_all")
        if compared
        else ("mean", "low", "high", "mean_of_all")
    )
    if compared:
        mine = [row for row in mine if row["name"] != look.baseline]
    drawn = [
        {
            "name": naming.strategy_name(row["name"]),
            "chosen": row["kind"] == "family",
            **{
                key: np.nan if row[source] is None else row[source]
                for key, source in zip(("mean", "low", "high", "all"), keys)
            },
            "playbooks": row["playbooks"],
            "count": row["chosen"],
        }
        for row in mine
        if row[keys[0]] is not None
    ]
    if not drawn:
        return None
    drawn.sort(key=lambda row: -row["mean"] * naming.way(measure))
    form = naming.difference if compared else naming.level
    safe = naming.file_name(scenario)
    value = {row["name"]: form(measure, row["mean"], row["low"], row["high"]) for row in drawn}
    return Piece(
        finding=look.where(scenario) + _finding(look, drawn, value, measure, compared),
        picture=Picture(
            f"families-{safe}", lambda: dots.best_of(drawn, measure, difference=compared)
        ),
        grid=Grid(
            [
                _("who"),
                _("playbooks"),
                naming.axis_name(measure, difference=compared),
                _("all of them"),
            ],
            [
                [
                    row["name"],
                    _("best {count} of {all}").format(count=row["count"], all=row["playbooks"])
                    if row["chosen"]
                    else _("as written"),
                    value[row["name"]],
                    form(measure, row["all"], row["low"], row["high"]).split(" (")[0]
                    if row["chosen"]
                    else "–",
                ]
                for row in drawn
            ],
            numbers=2,
        ),
        caption=_("{scenario}, {theory}, month {month}, odd replications.").format(
            scenario=naming.scenario_name(scenario),
            theory=naming.theory_name(look.theory),
            month=look.last,
        )
        + (
            " " + _("Difference from {baseline}.").format(baseline=naming.quoted(look.baseline))
            if compared
            else ""
        ),
    )


def _finding(
    look: Look, drawn: list[dict[str, Any]], value: dict[str, str], measure: str, compared: bool
) -> str:
    best = [row for row in drawn if row["chosen"]]
    named = [row for row in drawn if not row["chosen"]]
    text = (
        _("On {measure}, the best tenth of the family {family} does best of the families: {value}.")
        if not compared
        else _(
            "On {measure}, the best tenth of the family {family} gains most of the families over "
            "{baseline}: {value}."
        )
    ).format(
        measure=naming.said(measure),
        family=best[0]["name"] if best else "–",
        value=value[best[0]["name"]] if best else "–",
        baseline=naming.quoted(look.baseline),
    )
    if not named:
        return text
    return f"{text} " + _("The best named strategy there is {name}: {value}.").format(
        name=named[0]["name"], value=value[named[0]["name"]]
    )
