"""How runs ended, and how many promises were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.sweep.analysis import naming
from sim.sweep.analysis.drawing import matrix
from sim.sweep.analysis.look import STRATEGIES_SHOWN, Look
from sim.sweep.analysis.parts import Picture, Piece, Section
from sim.words import _

if TYPE_CHECKING:
    import polars as pl


def table(look: Look) -> pl.DataFrame:
    """How many runs of each cell came to each ending, and their share; none for runs that
    stopped before the last turn.
    """
    import polars as pl

    keys = ["scenario", "theory", "strategy"]
    counted = (
        look.sweep.rows.filter((pl.col("month") == look.last) & pl.col("failed").is_null())
        .group_by(*keys, "ending")
        .agg(pl.len().cast(pl.Int64).alias("runs"), pl.col("promises_kept").cast(pl.Int64).sum())
        .collect(engine="streaming")
        .with_columns((pl.col("runs") / pl.col("runs").sum().over(keys)).alias("share"))
        .with_columns((pl.col("promises_kept") / pl.col("runs")).alias("promises_kept"))
    )
    order = pl.DataFrame(
        [(*cell, index) for index, cell in enumerate(look.sweep.cells)],
        schema=[*keys, "cell"],
        orient="row",
    )
    return (
        counted.join(order, on=keys)
        .sort("cell", "ending", nulls_last=True)
        .select(*keys, "ending", "runs", "share", "promises_kept")
    )


def endings(look: Look) -> Section:
    """Shares of endings by strategy, a figure a scenario."""
    title = _("How it ends")
    names = look.sweep.rows.collect_schema().names()
    if not {"ending", "promises_kept"} <= set(names):
        return Section("endings", title, missing=[_("The results do not hold endings.")])
    found = table(look)
    known = [row for row in found.iter_rows(named=True) if row["ending"] is not None]
    if not known:
        return Section(
            "endings",
            title,
            missing=[_("No run reached its last turn, so none has an ending.")],
            tables={"endings": found} if found.height else {},
        )
    return Section(
        "endings",
        title,
        lead=_(
            "Each scenario names the ways it may end; the first that holds at the last turn counts."
        ),
        pieces=[piece for scenario in look.scenarios if (piece := _piece(look, known, scenario))],
        tables={"endings": found},
    )


def _piece(look: Look, known: list[dict[str, Any]], scenario: str) -> Piece | None:
    mine = [
        row
        for row in known
        if (row["scenario"], row["theory"]) == (scenario, look.theory)
        and row["strategy"] in look.strategies[:STRATEGIES_SHOWN]
    ]
    if not mine:
        return None
    strategies = [s for s in look.strategies if any(row["strategy"] == s for row in mine)]
    total: dict[str, float] = {}
    for row in mine:
        total[row["ending"]] = total.get(row["ending"], 0.0) + row["share"]
    names = sorted(total, key=lambda name: (-total[name], name))
    top = names[0]
    share = {row["strategy"]: row["share"] for row in mine if row["ending"] == top}
    most = max(share, key=share.__getitem__)
    least = min(strategies, key=lambda name: share.get(name, 0.0))
    safe = naming.file_name(scenario)
    return Piece(
        finding=look.where(scenario)
        + _(
            "The commonest ending is “{ending}”; most often under {most} ({high}), "
            "least often under {least} ({low})."
        ).format(
            ending=naming.strategy_name(top),
            most=naming.quoted(most),
            high=naming.share(share[most]),
            least=naming.quoted(least),
            low=naming.share(share.get(least, 0.0)),
        ),
        picture=Picture(f"endings-{safe}", lambda: matrix.endings(mine, strategies, names)),
        caption=_(
            "{scenario}, {theory}: share of runs, over design points and replications."
        ).format(scenario=naming.scenario_name(scenario), theory=naming.theory_name(look.theory)),
    )
