"""Every headline under all rival theories: which conclusions survive?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.labels import listed
from sim.parameters import THEORIES
from sim.sweep.analysis import naming
from sim.sweep.analysis.drawing import matrix
from sim.sweep.analysis.estimates import MARKS, verdict
from sim.sweep.analysis.look import STRATEGIES_SHOWN, Look
from sim.sweep.analysis.parts import Picture, Piece, Section
from sim.words import _

if TYPE_CHECKING:
    import polars as pl

CLEAR: Final = ("better", "worse", "more", "less")
SAID: Final = 6
"""Conclusions that are named in the finding, at most."""


def fate(reference: str, here: str) -> str:
    """What becomes of a verdict under another theory.

    "survives" clear with the same sign · "fades" no longer clear · "turns" clear the other
    way · "appears" clear only here · "open" clear in neither.
    """
    if reference in CLEAR:
        return "survives" if here == reference else "turns" if here in CLEAR else "fades"
    return "appears" if here in CLEAR else "open"


def headlines(look: Look) -> list[dict[str, Any]]:
    """Each rival strategy's paired difference at the end under every theory, with its fate."""
    rows = []
    gains = look.gains
    for scenario in look.scenarios:
        for strategy in look.rivals:
            for measure in look.sweep.measures:
                at = look.at(measure)
                said: dict[str, str] = {}
                for theory in (look.theory, *(t for t in look.theories if t != look.theory)):
                    cell = look.cell(scenario, theory, strategy)
                    if cell < 0 or not gains.runs[cell, -1]:
                        continue
                    mean, low, high = (
                        float(part[cell, -1, at]) for part in (gains.mean, gains.low, gains.high)
                    )
                    said[theory] = verdict(measure, low, high)
                    rows.append(
                        {
                            "scenario": scenario,
                            "strategy": strategy,
                            "baseline": look.baseline,
                            "measure": measure,
                            "month": look.last,
                            "theory": theory,
                            "difference": mean,
                            "low": low if np.isfinite(low) else None,
                            "high": high if np.isfinite(high) else None,
                            "pairs": int(gains.runs[cell, -1]),
                            "verdict": said[theory],
                            "fate": "reference"
                            if theory == look.theory
                            else fate(said.get(look.theory, "unclear"), said[theory]),
                        }
                    )
    return rows


def theories(look: Look) -> Section:
    """The matrix of headlines against theories, and what survives."""
    title = _("Under rival theories")
    if why := look.why_no_gains():
        return Section("theories", title, missing=[why])
    if not look.rivals:
        return Section("theories", title, missing=[_("There are no named strategies to ask of.")])
    rows = headlines(look)
    if len(look.theories) < 2:
        return Section(
            "theories",
            title,
            missing=[
                _(
                    "The study runs under one theory ({theory}), so nothing is known of how its "
                    "conclusions depend on it. “theories: all” in the study asks all rivals."
                ).format(theory=naming.theory_name(look.theory))
            ],
            tables={"theories": _frame(rows)} if rows else {},
        )
    return Section(
        "theories",
        title,
        lead=_(
            "A conclusion is a paired difference at month {month} whose 95% interval does not hold "
            "nought under {theory}. It survives a rival theory when it is clear there with the "
            "same sign, fades when the interval holds nought, and turns when it is clear the other "
            "way. Intervals are not adjusted for their number: of twenty true noughts one looks "
            "clear."
        ).format(month=look.last, theory=naming.theory_name(look.theory)),
        pieces=[piece for scenario in look.scenarios if (piece := _piece(look, rows, scenario))],
        tables={"theories": _frame(rows)},
    )


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(rows, infer_schema_length=None)


def _piece(look: Look, rows: list[dict[str, Any]], scenario: str) -> Piece | None:
    mine = [row for row in rows if row["scenario"] == scenario]
    if not mine:
        return None
    strategies = [
        s for s in look.rivals[:STRATEGIES_SHOWN] if any(r["strategy"] == s for r in mine)
    ]
    safe = naming.file_name(scenario)
    return Piece(
        finding=look.where(scenario) + _finding(look, mine),
        picture=Picture(
            f"theories-{safe}",
            lambda: matrix.verdicts(
                [{**row, "mark": MARKS[row["verdict"]]} for row in mine],
                look.shown,
                strategies,
                look.theories,
            ),
        ),
        caption=_(
            "{scenario}, month {month}: difference from {baseline}. ▲ better, ▼ worse, ↑ more, "
            "↓ less, ○ the interval holds nought, = the same in every pair. A frame marks a "
            "conclusion that turns."
        ).format(
            scenario=naming.scenario_name(scenario),
            month=look.last,
            baseline=naming.quoted(look.baseline),
        ),
    )


def _asked(look: Look) -> str:
    """The rival theories that the study asked, by name unless it asked all of them."""
    asked = [theory for theory in look.theories if theory != look.theory]
    if set(THEORIES) <= {theory for theory in look.theories if theory != naming.NO_THEORY}:
        return _("every rival theory")
    named = listed([_("“{theory}”").format(theory=naming.theory_name(one)) for one in asked])
    if len(asked) == 1:
        return _("the one rival theory asked, {named}").format(named=named)
    if len(asked) <= SAID:
        return _("each of the {count} theories asked, {named}").format(
            count=len(asked), named=named
        )
    return _("each of the {count} theories asked").format(count=len(asked))


def _finding(look: Look, rows: list[dict[str, Any]]) -> str:
    """How many conclusions survive everything, and which turn."""
    clear = {
        (row["strategy"], row["measure"])
        for row in rows
        if row["fate"] == "reference" and row["verdict"] in CLEAR
    }
    fates: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in rows:
        key = (row["strategy"], row["measure"])
        if key in clear and row["fate"] != "reference":
            fates.setdefault(key, {}).setdefault(row["fate"], []).append(row["theory"])
    survived = sum(set(found) == {"survives"} for found in fates.values())
    said = _(
        "{clear} of {all} differences are clear under {theory}; {survived} of these "
        "survive {asked}."
    ).format(
        asked=_asked(look),
        clear=len(clear),
        all=len({(row["strategy"], row["measure"]) for row in rows}),
        theory=naming.theory_name(look.theory),
        survived=survived,
    )
    turned = [(key, found["turns"]) for key, found in fates.items() if "turns" in found]
    if not turned:
        return f"{said} " + _("None turns round.")
    named = "; ".join(
        _("{strategy} on {measure} (if {theories})").format(
            strategy=naming.quoted(strategy),
            measure=naming.said(measure),
            theories=listed([naming.theory_name(theory) for theory in where]),
        )
        for (strategy, measure), where in turned[:SAID]
    )
    more = len(turned) - SAID
    return (
        f"{said} "
        + _("Turned round: {named}").format(named=named)
        + (_(", and {count} more.").format(count=more) if more > 0 else ".")
    )
