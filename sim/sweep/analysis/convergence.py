"""Were there enough replications? The running mean against their number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.sweep.analysis import naming
from sim.sweep.analysis.drawing import lines
from sim.sweep.analysis.factors import KINDS
from sim.sweep.analysis.intervals import Estimate, estimate
from sim.sweep.analysis.look import Look, only_families
from sim.sweep.analysis.parts import Picture, Piece, Section
from sim.words import _, ngettext

if TYPE_CHECKING:
    import polars as pl

FEWEST: Final = 4
"""Replications below which nothing can be seen to converge."""
MOST: Final = 6


def convergence(look: Look) -> Section:
    """Running means and intervals of every named strategy and measure, at the end."""
    title = _("Were there enough replications?")
    if look.sweep.replications < FEWEST:
        return Section(
            "convergence",
            title,
            missing=[
                ngettext(
                    "There is {count} replication; with fewer than {least} nothing can be seen "
                    "to settle.",
                    "There are {count} replications; with fewer than {least} nothing can be seen "
                    "to settle.",
                    look.sweep.replications,
                ).format(count=look.sweep.replications, least=FEWEST)
            ],
        )
    rows: list[dict[str, Any]] = []
    sums = {"mean": look.sums.levels_at, "difference": look.sums.gains_at}
    running = {
        what: estimate(sums[what].cumulated(), points=look.points)
        for what in KINDS
        if what == "mean" or not look.why_no_gains()
    }
    for what, found in running.items():
        rows += _rows(look, what, found)
    if not rows:
        return Section(
            "convergence",
            title,
            missing=[_("No run succeeded.") if look.strategies else only_families()],
        )
    return Section(
        "convergence",
        title,
        lead=_(
            "Each mean and its 95% interval as replications were added, in their order. A study "
            "has enough of them when the line has stopped wandering within the width of the last "
            "interval; to halve an interval takes four times the replications."
        ),
        pieces=[piece for what in reversed(KINDS) if (piece := _piece(look, rows, what))],
        tables={"convergence": _frame(rows)},
    )


def _rows(look: Look, what: str, found: Estimate) -> list[dict[str, Any]]:
    rows = []
    for cell, names in enumerate(look.sweep.cells):
        if names.strategy not in look.strategies or (
            what == "difference" and look.sums.baseline[cell] < 0
        ):
            continue
        for at, measure in enumerate(look.sweep.measures):
            for mark in range(len(look.sums.marks)):
                if not found.runs[cell, mark]:
                    continue
                rows.append(
                    {
                        **names._asdict(),
                        "measure": measure,
                        "of": what,
                        "month": look.last,
                        "replications": int(found.replications[cell, mark]),
                        "mean": _none(found.mean[cell, mark, at]),
                        "low": _none(found.low[cell, mark, at]),
                        "high": _none(found.high[cell, mark, at]),
                        "runs": int(found.runs[cell, mark]),
                    }
                )
    return rows


def _none(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(rows, infer_schema_length=None)


def _piece(look: Look, rows: list[dict[str, Any]], what: str) -> Piece | None:
    strategies = (look.strategies if what == "mean" else look.rivals)[:MOST]
    if what == "mean" and look.rivals and not look.why_no_gains():
        return None  # the differences are what conclusions rest on
    mine = [
        row
        for row in rows
        if (row["scenario"], row["theory"], row["measure"], row["of"])
        == (look.scenarios[0], look.theory, look.measure, what)
        and row["strategy"] in strategies
        and None not in (row["mean"], row["low"], row["high"])
    ]
    shown = [name for name in strategies if any(row["strategy"] == name for row in mine)]
    if not shown:
        return None
    return Piece(
        finding=_finding(look, mine, shown, what),
        picture=Picture(
            f"convergence-{what}",
            lambda: lines.convergence(
                mine,
                look.measure,
                shown,
                naming.axis_name(look.measure, difference=what != "mean"),
            ),
        ),
        caption=_("{scenario}, {theory}, month {month}: {what}.").format(
            scenario=naming.scenario_name(look.scenarios[0]),
            theory=naming.theory_name(look.theory),
            month=look.last,
            what=_("{measure}, difference from {baseline}").format(
                measure=naming.said(look.measure), baseline=naming.quoted(look.baseline)
            )
            if what != "mean"
            else naming.said(look.measure),
        ),
    )


def _finding(look: Look, rows: list[dict[str, Any]], shown: list[str], what: str) -> str:
    """The widest last interval, and whether any mean still wanders out of it."""
    last = {name: [r for r in rows if r["strategy"] == name][-1] for name in shown}
    half = {name: (row["high"] - row["low"]) / 2.0 for name, row in last.items()}
    worst = max(half, key=half.__getitem__)
    by = naming.scale(look.measure)
    most = last[worst]["replications"]
    wandering = [
        name
        for name in shown
        if any(
            abs(row["mean"] - last[name]["mean"]) > half[name]
            for row in rows
            if row["strategy"] == name and row["replications"] >= most / 2
        )
    ]
    unit = naming.difference_unit(look.measure)
    amount = naming.number(half[worst] * by, naming.decimals(half[worst] * by))
    said = _("After {count} replications no interval is wider than ±{half} ({strategy}).").format(
        count=naming.count(most),
        half=f"£{amount}" if unit == "£" else f"{amount} {unit}".strip(),
        strategy=naming.quoted(worst),
    )
    if not wandering:
        return f"{said} " + _("Over the second half of them no mean left its last interval.")
    return f"{said} " + _(
        "Over the second half of them the mean of {names} was still outside it: more "
        "replications are needed there."
    ).format(names=", ".join(map(naming.quoted, wandering)))
