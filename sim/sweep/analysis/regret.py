"""Regret: how far each strategy is from the best one, wherever one turns out to be.

L. J. Savage (1951), "The theory of statistical decision", Journal of the American
Statistical Association 46, 55-67.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.labels import listed
from sim.sweep.analysis import naming
from sim.sweep.analysis.drawing import dots
from sim.sweep.analysis.intervals import Floats
from sim.sweep.analysis.look import STRATEGIES_SHOWN, Look, only_families
from sim.sweep.analysis.parts import Grid, Picture, Piece, Section
from sim.words import _

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Regrets:
    """Regret of every strategy [strategies, cases]; cases are design points × theories."""

    strategies: tuple[str, ...]
    values: Floats
    where: tuple[tuple[int, str], ...]  # point and theory of each case

    @property
    def largest(self) -> Floats:
        """Each strategy's largest regret."""
        return self.values.max(1)

    @property
    def mean(self) -> Floats:
        """Each strategy's mean regret."""
        return self.values.mean(1)


def regrets(look: Look, scenario: str, measure: str) -> Regrets | None:
    """Regrets of the named strategies in one scenario; None where nothing can be compared."""
    way = naming.way(measure)
    numbers = look.sweep.points["point"].to_list()
    blocks: list[Floats] = []
    where: list[tuple[int, str]] = []
    strategies = tuple(
        s for s in look.strategies if any(look.cell(scenario, t, s) >= 0 for t in look.theories)
    )
    for theory in look.theories:
        cells = [look.cell(scenario, theory, strategy) for strategy in strategies]
        if min(cells, default=-1) < 0:
            continue
        values = look.sums.point_levels[:, cells, look.at(measure)].T * way
        there = np.isfinite(values).all(0)
        blocks.append(values[:, there])
        where += [(numbers[index], theory) for index in np.flatnonzero(there)]
    if len(strategies) < 2 or not where or not way:
        return None
    values = np.concatenate(blocks, axis=1)
    return Regrets(strategies, values.max(0) - values, tuple(where))


def regret(look: Look) -> Section:
    """Mean and largest regret of each named strategy, scenario and measure."""
    title = _("Regret")
    if len(look.strategies) < 2:
        return Section(
            "regret",
            title,
            missing=[
                _("Regret compares strategies, and there is only one.")
                if look.strategies
                else only_families()
            ],
        )
    directed = [measure for measure in look.sweep.measures if naming.way(measure)]
    if not directed:
        return Section(
            "regret",
            title,
            missing=[_("Of none of the measures is one way better than the other.")],
        )
    rows: list[dict[str, Any]] = []
    for scenario in look.scenarios:
        for measure in directed:
            if found := regrets(look, scenario, measure):
                rows += _rows(look, scenario, measure, found)
    if not rows:
        return Section(
            "regret",
            title,
            missing=[_("At no design point did every strategy have a run that succeeded.")],
        )
    shown = [measure for measure in look.shown if naming.way(measure)] or directed[:1]
    return Section(
        "regret",
        title,
        lead=_(
            "Regret is how much worse a strategy does, on the mean over replications, than the "
            "best strategy at the same design point under the same theory. A small largest regret "
            "(minimax) is a choice one need not be ashamed of whatever turns out to be true. Means "
            "of few replications make regret look larger than it is."
        ),
        pieces=[
            piece for scenario in look.scenarios if (piece := _piece(look, rows, scenario, shown))
        ],
        tables={"regret": _frame(rows)},
    )


def _rows(look: Look, scenario: str, measure: str, found: Regrets) -> list[dict[str, Any]]:
    worst = found.values.argmax(1)
    return [
        {
            "scenario": scenario,
            "strategy": strategy,
            "measure": measure,
            "month": look.last,
            "mean_regret": float(found.mean[index]),
            "max_regret": float(found.largest[index]),
            "p95_regret": float(np.quantile(found.values[index], 0.95)),
            "share_best": float((found.values[index] == 0.0).mean()),
            "worst_point": found.where[worst[index]][0],
            "worst_theory": found.where[worst[index]][1],
            "cases": len(found.where),
        }
        for index, strategy in enumerate(found.strategies)
    ]


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(rows, infer_schema_length=None)


def _piece(look: Look, rows: list[dict[str, Any]], scenario: str, shown: list[str]) -> Piece | None:
    mine = [row for row in rows if row["scenario"] == scenario and row["measure"] in shown]
    strategies = [
        name
        for name in look.strategies[:STRATEGIES_SHOWN]
        if any(row["strategy"] == name for row in mine)
    ]
    measures = [m for m in shown if any(row["measure"] == m for row in mine)]
    if not mine:
        return None
    first = [row for row in mine if row["measure"] == measures[0]]
    by = {(row["strategy"], row["measure"]): row for row in mine}
    safe = naming.file_name(scenario)
    return Piece(
        finding=look.where(scenario) + _finding(first),
        picture=Picture(f"regret-{safe}", lambda: dots.regrets(mine, measures, strategies)),
        grid=Grid(
            [_("strategy"), *(naming.axis_name(m, difference=True) for m in measures)],
            [
                [naming.strategy_name(strategy)]
                + [_cell(by.get((strategy, measure)), mine, measure) for measure in measures]
                for strategy in look.strategies
                if any(row["strategy"] == strategy for row in mine)
            ],
        ),
        caption=_(
            "{scenario}, month {month}: mean regret / largest regret (share of cases in which the "
            "strategy is best, ties included), over {cases} cases: design points × theories."
        ).format(
            scenario=naming.scenario_name(scenario),
            month=look.last,
            cases=naming.count(first[0]["cases"]),
        ),
    )


def _cell(row: dict[str, Any] | None, rows: list[dict[str, Any]], measure: str) -> str:
    if row is None:
        return "–"
    by = naming.scale(measure)
    most = max(one["max_regret"] for one in rows if one["measure"] == measure) * by
    places = naming.decimals(most / 8.0)
    small, large = (naming.number(row[n] * by, places) for n in ("mean_regret", "max_regret"))
    return f"{small} / {large} ({naming.share(row['share_best'])})"


def _finding(rows: list[dict[str, Any]]) -> str:
    measure = rows[0]["measure"]
    least = min(row["max_regret"] for row in rows)
    best = [row["strategy"] for row in rows if row["max_regret"] == least]
    often = max(row["share_best"] for row in rows)
    oftenest = [row["strategy"] for row in rows if row["share_best"] == often]
    spread = max(row["max_regret"] for row in rows) / 8.0 or np.nan
    said = _("On {measure}, {best} can be wrong by least at worst: {amount}.").format(
        measure=naming.said(measure),
        best=listed([naming.quoted(name) for name in best]),
        amount=naming.difference_said(measure, least, least - spread, least + spread).split(" (")[
            0
        ],
    )
    return f"{said} " + _("Best most often: {names}, in {share} of cases.").format(
        names=listed([naming.quoted(name) for name in oftenest]), share=naming.share(often)
    )
