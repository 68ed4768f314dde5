"""Which factors drive a measure, and a difference: Sobol' indices, Morris effects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.sweep.analysis import naming, salib
from sim.sweep.analysis.drawing import dots
from sim.sweep.analysis.factors import (
    KINDS,
    Factor,
    cells_asked,
    factors,
    over_points,
    reliability,
)
from sim.sweep.analysis.intervals import Floats
from sim.sweep.analysis.look import Look
from sim.sweep.analysis.parts import Picture, Piece, Section
from sim.words import _, ngettext

if TYPE_CHECKING:
    import polars as pl

LUCKS: Final = 30
"""Replications below which indices say as much about chance as about factors."""
SURE: Final = 0.9
"""Share of the variance between points below which chance blurs what is said of factors."""
LEVELS: Final = 4
METHODS: Final = ("sobol", "morris")


def sensitivity(look: Look) -> Section:
    """Indices of every named strategy and measure, and of its difference from the baseline."""
    title = _("What drives it")
    kind = str(look.sweep.design.get("kind", "none"))
    moving = [factor for factor in factors(look.sweep) if factor.varies]
    if kind not in (*METHODS, "list") or not moving:
        return Section("sensitivity", title, missing=[_why_not(kind, bool(moving))])
    x = np.column_stack([factor.values for factor in moving])
    numbers = look.sweep.points["point"].to_numpy()
    layout = salib.sobol_layout(numbers, x) if kind != "morris" else None
    method = "sobol" if layout else "morris"
    if layout is None and kind != "sobol" and (kind == "morris" or x.shape[1] > 1):
        layout = salib.morris_layout(numbers, x)
    if layout is None:
        return Section("sensitivity", title, missing=[_no_layout(kind)])
    rows = _rows(look, moving, layout, x, method)
    if not rows:
        return Section(
            "sensitivity",
            title,
            missing=[_("No measure differs between the points that are complete.")],
        )
    missing = []
    if look.sweep.replications < LUCKS:
        missing.append(
            ngettext(
                "Each point has {count} replication. Indices are of means over replications; "
                "with fewer than {least} some of what they show is chance. Read them as a hint.",
                "Each point has {count} replications. Indices are of means over replications; "
                "with fewer than {least} some of what they show is chance. Read them as a hint.",
                look.sweep.replications,
            ).format(count=look.sweep.replications, least=LUCKS)
        )
    return Section(
        "sensitivity",
        title,
        lead=_lead(method, layout, look),
        pieces=[piece for what in KINDS if (piece := _piece(look, rows, method, what))],
        missing=missing,
        tables={method: _table(rows)},
    )


def _why_not(kind: str, varied: bool) -> str:
    if not varied:
        return _("Nothing was varied, so there is nothing to attribute anything to.")
    return _(
        "Sobol’ indices need a design of kind sobol, Morris effects one of kind morris; this "
        "design is of kind {kind}. The shares of variance under “Two factors at a time” give a "
        "first idea."
    ).format(kind=kind)


def _no_layout(kind: str) -> str:
    if kind == "list":
        return _(
            "The points of the list are laid out neither as Saltelli’s scheme nor as Morris’s "
            "trajectories, so neither indices nor effects can be computed."
        )
    return _(
        "Fewer than two whole blocks of the {kind} design are there, or its points have been "
        "changed; indices need the design as it was made."
    ).format(kind=kind)


def _rows(
    look: Look, moving: list[Factor], layout: salib.Layout, x: Floats, method: str
) -> list[dict[str, Any]]:
    names = tuple(factor.name for factor in moving)
    levels = look.sweep.design.get("levels", LEVELS)
    rows: list[dict[str, Any]] = []
    for what in KINDS:
        for cell in cells_asked(look, what):
            for measure in look.sweep.measures:
                y = over_points(look, what, cell, measure)
                found = (
                    salib.sobol(names, layout, y)
                    if method == "sobol"
                    else salib.morris(names, layout, x, y, int(levels))
                )
                if found is None:
                    continue
                head = {
                    **look.sweep.cells[cell]._asdict(),
                    "measure": measure,
                    "of": what,
                    "month": look.last,
                    "blocks": len(salib.complete(layout, y)),
                    "replications": look.sweep.replications,
                    "reliability": reliability(look, what, cell, measure),
                }
                for index, name in enumerate(names):
                    rows.append(
                        head
                        | {"factor": name}
                        | {key: float(values[index]) for key, values in found.items()}
                    )
    return rows


def _table(rows: list[dict[str, Any]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(rows, infer_schema_length=None)


def _lead(method: str, layout: salib.Layout, look: Look) -> str:
    count = naming.count(len(layout.rows))
    if method == "sobol":
        return _(
            "Sobol’ indices of the mean over replications at each point (N = {count}; Saltelli "
            "et al. 2010). First order: the share of the variance between points that a factor "
            "explains alone. Total: with everything it does together with others. The "
            "difference between the two is interaction, and chance that replications have not "
            "averaged out. Whiskers are 95% intervals by resampling."
        ).format(count=count)
    return _(
        "Morris effects of the mean over replications at each point ({count} trajectories; "
        "Campolongo et al. 2007). μ* is the mean size of what a move across a factor’s whole "
        "range does; a large σ means that the effect depends on where the other factors stand. "
        "On the grey line the two are equal. Whiskers are 95% intervals by resampling."
    ).format(count=count)


def _piece(look: Look, rows: list[dict[str, Any]], method: str, what: str) -> Piece | None:
    """The foreground's indices: a panel for each measure shown."""
    scenario = look.scenarios[0]
    strategy = look.strategy or look.strategies[0] if look.strategies else ""
    mine = [
        row
        for row in rows
        if (row["scenario"], row["theory"], row["strategy"], row["of"])
        == (scenario, look.theory, strategy, what)
        and row["measure"] in look.shown
    ]
    if not mine:
        return None
    drawn = [{**row, "panel": naming.axis_name(row["measure"])} for row in mine]
    panels = list(dict.fromkeys(row["panel"] for row in drawn))
    if method == "morris":
        drawn = [_scaled(row) for row in drawn]
    said = (
        _("under {strategy}").format(strategy=naming.quoted(strategy))
        if what == "mean"
        else _("between {strategy} and {baseline}").format(
            strategy=naming.quoted(strategy), baseline=naming.quoted(look.baseline)
        )
    )
    return Piece(
        finding=_finding(mine, method, what, said) + _blur(mine),
        picture=Picture(
            f"{method}-{what}",
            (lambda: dots.plane(drawn, panels))
            if method == "morris"
            else lambda: dots.indices(drawn, ("S1", "ST"), (_("first order"), _("total")), panels),
        ),
        caption=_("{scenario}, {theory}, month {month}: {what}.").format(
            scenario=naming.scenario_name(scenario),
            theory=naming.theory_name(look.theory),
            month=look.last,
            what=_("the measure itself {said}").format(said=said)
            if what == "mean"
            else _("the paired difference {said}").format(said=said),
        )
        + " "
        + _("Share of the variance between points that is not chance: {shares}.").format(
            shares="; ".join(
                f"{naming.said(measure)} {naming.share(one)}"
                for measure, one in {row["measure"]: row["reliability"] for row in mine}.items()
            )
        ),
    )


def _blur(rows: list[dict[str, Any]]) -> str:
    """A warning where the leading measure differs between points by chance as well."""
    sure = rows[0]["reliability"]
    if not sure < SURE:
        return ""
    return " " + _(
        "But only {share} of the variance between points is more than chance; the rest counts "
        "as interaction."
    ).format(share=naming.share(sure))


def _scaled(row: dict[str, Any]) -> dict[str, Any]:
    by = naming.scale(row["measure"])
    return {**row, **{key: row[key] * by for key in ("mu_star", "mu_star_conf", "sigma")}}


def _finding(rows: list[dict[str, Any]], method: str, what: str, said: str) -> str:
    """Which factor matters most for the leading measure, and which not at all."""
    measure = rows[0]["measure"]
    mine = [row for row in rows if row["measure"] == measure]
    key = "ST" if method == "sobol" else "mu_star"
    ordered = sorted(mine, key=lambda row: -row[key])
    most = ordered[0]
    nothing = [row["factor"] for row in ordered if abs(row[key]) <= row[f"{key}_conf"]]
    subject = (
        naming.said(measure)
        if what == "mean"
        else _("the difference in {measure}").format(measure=naming.said(measure))
    )
    if method == "sobol":
        first = _(
            "{factor} drives {subject} {said} most: {alone} of the variance alone, {total} with "
            "what it does together with others."
        ).format(
            factor=most["factor"],
            subject=subject,
            said=said,
            alone=naming.share(min(1.0, max(0.0, most["S1"]))),
            total=naming.share(min(1.0, max(0.0, most["ST"]))),
        )
    else:
        first = _("{factor} moves {subject} {said} most: by {size} across its range.").format(
            factor=most["factor"],
            subject=subject,
            said=said,
            size=naming.difference_said(measure, most["mu_star"], np.nan, np.nan),
        )
    if not nothing or most["factor"] in nothing:
        return first
    return f"{first} " + _("Of {names} no effect can be seen.").format(names=", ".join(nothing))
