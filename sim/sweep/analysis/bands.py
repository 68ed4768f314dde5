"""How runs spread over time: percentiles by month and strategy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sim.sweep.analysis import naming
from sim.sweep.analysis.drawing import lines
from sim.sweep.analysis.look import Look
from sim.sweep.analysis.parts import Picture, Piece, Section
from sim.words import _

if TYPE_CHECKING:
    import polars as pl

PERCENTILES: Final = (5, 50, 95)
AT_ONCE: Final = 4
"""Measures whose values are held at once."""
MOST: Final = 9
"""Strategies in a figure of small panels."""
MEASURES: Final = 2
"""Measures on the page, in each scenario."""


def table(look: Look) -> pl.DataFrame:
    """Percentiles over all runs of each cell, month and measure.

    A month and a few measures at a time: percentiles want all of their values at once.
    """
    import polars as pl

    keys = ("scenario", "theory", "strategy")
    parts = []
    for month in look.sweep.months:
        for start in range(0, len(look.sweep.measures), AT_ONCE):
            some = look.sweep.measures[start : start + AT_ONCE]
            wide = (
                look.sweep.rows.filter((pl.col("month") == month) & pl.col("failed").is_null())
                .group_by(*keys)
                .agg(
                    pl.len().alias("runs"),
                    *(
                        pl.col(measure)
                        .quantile(percentile / 100.0, interpolation="linear")
                        .alias(f"{measure} {percentile}")
                        for measure in some
                        for percentile in PERCENTILES
                    ),
                )
                .collect(engine="streaming")
            )
            parts += [
                wide.select(
                    *keys,
                    pl.lit(month, dtype=pl.Int32).alias("month"),
                    pl.lit(measure).alias("measure"),
                    *(pl.col(f"{measure} {p}").alias(f"p{p}") for p in PERCENTILES),
                    pl.col("runs").cast(pl.Int64),
                )
                for measure in some
            ]
    order = pl.DataFrame(
        [(*cell, index) for index, cell in enumerate(look.sweep.cells)],
        schema=[*keys, "cell"],
        orient="row",
    )
    measures = pl.DataFrame({"measure": look.sweep.measures, "at": range(len(look.sweep.measures))})
    return (
        pl.concat(parts)
        .join(order, on=keys)
        .join(measures, on="measure")
        .sort("cell", "month", "at")
        .drop("cell", "at")
    )


def bands(look: Look) -> Section:
    """Small panels of bands, a strategy each."""
    import polars as pl

    title = _("How runs spread over time")
    found = table(look)
    if not found.height:
        return Section("bands", title, missing=[_("No run succeeded, so nothing spreads.")])
    tables = {"bands": found}
    if len(look.sweep.months) < 2:
        return Section(
            "bands",
            title,
            missing=[
                _(
                    "The study kept one month, {month}, so there is no course over time to draw; "
                    "the table has its percentiles. Name more months in the study to see one."
                ).format(month=look.last)
            ],
            tables=tables,
        )
    pieces = []
    for scenario in look.scenarios:
        for measure in look.shown[:MEASURES]:
            rows = found.filter(
                (pl.col("scenario") == scenario)
                & (pl.col("theory") == look.theory)
                & (pl.col("measure") == measure)
                & pl.col("strategy").is_in(look.strategies[:MOST])
            ).to_dicts()
            if rows:
                pieces.append(_piece(look, scenario, measure, rows))
    lead = [
        _(
            "The band holds nine runs of ten, over design points and replications: from the 5th to "
            "the 95th percentile of each month; the line is the median. It shows how runs differ, "
            "not how surely a mean is known."
        )
    ]
    if look.baseline:
        lead.append(_("Dashed grey: the same three of the baseline."))
    if len(look.sweep.measures) > MEASURES:
        lead.append(
            _("Drawn for {shown} of {all} measures; the table “bands” has every one.").format(
                shown=MEASURES, all=len(look.sweep.measures)
            )
        )
    return Section(
        "bands",
        title,
        lead=" ".join(lead),
        pieces=pieces,
        tables=tables,
    )


def _piece(look: Look, scenario: str, measure: str, rows: list[dict[str, Any]]) -> Piece:
    ends = [row for row in rows if row["month"] == look.last]
    shown = [name for name in look.strategies[:MOST] if any(r["strategy"] == name for r in rows)]
    width = {row["strategy"]: row["p95"] - row["p5"] for row in ends}
    widest, narrowest = max(width, key=width.__getitem__), min(width, key=width.__getitem__)
    at = {row["strategy"]: row for row in ends}

    def said(strategy: str) -> str:
        row = at[strategy]
        places = naming.decimals(max(width.values()) * naming.scale(measure) / 20.0)
        low, high = (naming.number(row[p] * naming.scale(measure), places) for p in ("p5", "p95"))
        return _("{low} to {high}").format(low=low, high=high)

    finding = _(
        "At month {month}, nine runs of ten have {measure} of {span} under {strategy}"
    ).format(
        month=look.last,
        measure=naming.said(measure),
        span=said(widest),
        strategy=naming.quoted(widest),
    )
    if widest != narrowest:
        finding += _(", the widest band, and of {span} under {strategy}, the narrowest").format(
            span=said(narrowest), strategy=naming.quoted(narrowest)
        )
    safe = naming.file_name(scenario)
    return Piece(
        finding=f"{look.where(scenario)}{finding}.",
        picture=Picture(
            f"bands-{measure}-{safe}",
            lambda: lines.bands(rows, measure, shown, look.baseline),
        ),
        caption=_("{scenario}, {theory}: {measure}.").format(
            scenario=naming.scenario_name(scenario),
            theory=naming.theory_name(look.theory),
            measure=naming.said(measure),
        ),
    )
