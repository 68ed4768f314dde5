"""Two factors at a time: how a measure, and a difference, lie over their plane."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.sweep.analysis import naming
from sim.sweep.analysis.drawing import planes
from sim.sweep.analysis.factors import (
    KINDS,
    Bins,
    binned,
    cells_asked,
    explained,
    factors,
    over_points,
    reliability,
)
from sim.sweep.analysis.intervals import Floats
from sim.sweep.analysis.look import Look
from sim.sweep.analysis.parts import Grid, Picture, Piece, Section
from sim.words import _

if TYPE_CHECKING:
    import polars as pl

PAIRS: Final = 28
"""Pairs of factors in the table, at most: as many as eight factors have."""
DRAWN: Final = 4
"""Factors in the figure: the ones that matter most; six planes."""
ENOUGH: Final = 12
"""Points without which a plane would be mostly holes."""


def heat(look: Look) -> Section:
    """Binned means over every pair of factors, and how much each factor explains alone."""
    title = _("Two factors at a time")
    moving = [factor for factor in factors(look.sweep) if factor.varies]
    if not moving:
        return Section("heat", title, missing=[_("No factor was varied.")])
    if look.points < ENOUGH:
        return Section(
            "heat",
            title,
            missing=[
                _("There are {count} design points; below {least} a map is mostly holes.").format(
                    count=look.points, least=ENOUGH
                )
            ],
        )
    bins = {factor.name: binned(factor) for factor in moving}
    influence = _influence(look, bins)
    tables = {"influence": _frame(influence)}
    pieces = [piece for what in KINDS if (piece := _alone(look, influence, what))]
    missing = []
    if len(moving) < 2:
        missing.append(_("Only one factor was varied, so there are no pairs to map."))
    else:
        pairs = _pairs(look, bins, influence)
        rows = _rows(look, bins, pairs)
        tables["heat"] = _frame(rows)
        pieces += [p for what in reversed(KINDS) if (p := _map(look, bins, influence, what))]
    return Section(
        "heat",
        title,
        lead=_(
            "Each cell of a map is the mean over the design points that fall into it, each of "
            "them a mean over replications. Factors of many values are cut into six bins of equal "
            "width, named by their middle. A hatched cell held no point; a number in brackets is "
            "of fewer than {thin}, and the table has how many. With a Sobol’ or Morris "
            "design points are not spread evenly, and maps are rougher."
        ).format(thin=planes.THIN),
        pieces=pieces,
        missing=missing,
        tables=tables,
    )


def _pairs(
    look: Look, bins: dict[str, Bins], influence: list[dict[str, Any]]
) -> list[tuple[str, str]]:
    """The pairs of the table: those that are drawn, then those that matter most."""
    drawn = [look.pair] if look.pair and set(look.pair) <= set(bins) else []
    total = dict.fromkeys(bins, 0.0)
    for what in KINDS:
        cell, __ = _foreground(look, what)
        if cell < 0:
            continue
        strength = _strength(look, influence, what, cell)
        ranked = sorted(bins, key=lambda name: -strength[name])
        drawn += combinations(ranked[:DRAWN], 2)
        for name in bins:
            total[name] += strength[name]
    ranked = sorted(bins, key=lambda name: -total[name])
    rest = sorted(combinations(ranked, 2), key=lambda pair: -sum(total[name] for name in pair))
    order = list(bins)
    found = [(a, b) if order.index(a) < order.index(b) else (b, a) for a, b in (*drawn, *rest)]
    return list(dict.fromkeys(found))[:PAIRS]


def _with(
    pair: tuple[str, str] | None, bins: dict[str, Bins], chosen: Sequence[str]
) -> list[tuple[str, str]]:
    """The pairs of the chosen factors, and the one that was asked for if it is none of them."""
    pairs = list(combinations(chosen, 2))
    if pair and set(pair) <= set(bins) and not set(pair) <= set(chosen):
        pairs.append(pair)
    return pairs


def _strength(
    look: Look, influence: list[dict[str, Any]], what: str, cell: int
) -> dict[str, float]:
    """What each factor alone explains of the leading measure, in one cell."""
    return {
        row["factor"]: row["explained"] or 0.0
        for row in influence
        if row["of"] == what and row["measure"] == look.measure and _is(row, look, cell)
    }


def _influence(look: Look, bins: dict[str, Bins]) -> list[dict[str, Any]]:
    return [
        {
            **look.sweep.cells[cell]._asdict(),
            "measure": measure,
            "of": what,
            "month": look.last,
            "factor": name,
            "explained": _none(explained(found, over_points(look, what, cell, measure))),
            "reliability": _none(reliability(look, what, cell, measure)),
            "points": look.points,
        }
        for what in KINDS
        for cell in cells_asked(look, what)
        for measure in look.sweep.measures
        for name, found in bins.items()
    ]


def _none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def plane(one: Bins, other: Bins, y: Floats) -> tuple[Floats, Any]:
    """Means and numbers of points [bins of the other, bins of the one]; nan for none."""
    shape = (len(other.labels), len(one.labels))
    good = np.isfinite(y) & (one.of >= 0) & (other.of >= 0)
    at = other.of[good] * shape[1] + one.of[good]
    count = np.bincount(at, minlength=shape[0] * shape[1])
    total = np.bincount(at, y[good], minlength=shape[0] * shape[1])
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return mean.reshape(shape), count.reshape(shape)


def _rows(
    look: Look, bins: dict[str, Bins], pairs: Sequence[tuple[str, str]]
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for what in KINDS:
        for cell in cells_asked(look, what):
            if look.sweep.cells[cell].theory != look.theory:
                continue
            for measure in look.shown:
                y = over_points(look, what, cell, measure)
                for a, b in pairs:
                    mean, count = plane(bins[a], bins[b], y)
                    for i, j in np.argwhere(count > 0):
                        rows.append(
                            {
                                **look.sweep.cells[cell]._asdict(),
                                "measure": measure,
                                "of": what,
                                "month": look.last,
                                "factor_x": a,
                                "factor_y": b,
                                "x": bins[a].labels[j],
                                "y": bins[b].labels[i],
                                "value": float(mean[i, j]),
                                "points": int(count[i, j]),
                            }
                        )
    return rows


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(rows, infer_schema_length=None)


def _foreground(look: Look, what: str) -> tuple[int, str]:
    """The cell and strategy of which maps are drawn; -1 where there is none."""
    strategy = look.strategy or (look.strategies[0] if look.strategies else "")
    cell = look.cell(look.scenarios[0], look.theory, strategy)
    return (cell if cell in cells_asked(look, what) else -1), strategy


def _alone(look: Look, influence: list[dict[str, Any]], what: str) -> Piece | None:
    """How much each factor explains alone, measure by measure."""
    cell, strategy = _foreground(look, what)
    if cell < 0:
        return None
    mine = {
        (row["factor"], row["measure"]): row["explained"]
        for row in influence
        if row["of"] == what and _is(row, look, cell)
    }
    names = list(dict.fromkeys(factor for factor, _measure in mine))
    ranked = sorted(names, key=lambda name: -(mine[name, look.measure] or 0.0))
    best = mine[ranked[0], look.measure]
    return Piece(
        finding=_(
            "Of the factors, {factor} explains more than any other of {what}: {share}."
        ).format(factor=ranked[0], what=_what(look, what, strategy), share=naming.share(best))
        if best
        else _("No factor alone explains any of {what}.").format(what=_what(look, what, strategy)),
        grid=Grid(
            [_("factor"), *(naming.axis_name(m, difference=what != "mean") for m in look.shown)],
            [
                [name]
                + [
                    "–" if mine[name, m] is None else naming.share(mine[name, m])
                    for m in look.shown
                ]
                for name in ranked
            ],
        ),
        caption=_(
            "{scenario}, month {month}: the share of the variance between design points that each "
            "factor, in bins, explains alone (epsilon squared). What is not explained is "
            "interaction between factors, and chance."
        ).format(scenario=naming.scenario_name(look.scenarios[0]), month=look.last),
    )


def _is(row: dict[str, Any], look: Look, cell: int) -> bool:
    return (row["scenario"], row["theory"], row["strategy"]) == tuple(look.sweep.cells[cell])


def _what(look: Look, what: str, strategy: str) -> str:
    if what == "mean":
        return _("how {measure} differs between points under {strategy}").format(
            measure=naming.said(look.measure), strategy=naming.quoted(strategy)
        )
    return _("what {strategy} does to {measure} against {baseline}").format(
        strategy=naming.quoted(strategy),
        measure=naming.said(look.measure),
        baseline=naming.quoted(look.baseline),
    )


def _map(
    look: Look, bins: dict[str, Bins], influence: list[dict[str, Any]], what: str
) -> Piece | None:
    """Planes of the factors that matter most for the leading measure."""
    cell, strategy = _foreground(look, what)
    if cell < 0:
        return None
    y = over_points(look, what, cell, look.measure)
    if not np.isfinite(y).any():
        return None
    strength = _strength(look, influence, what, cell)
    chosen = sorted(bins, key=lambda name: -strength[name])[:DRAWN]
    maps = [
        planes.Plane(a, b, bins[a].labels, bins[b].labels, *plane(bins[a], bins[b], y))
        for a, b in _with(look.pair, bins, chosen)
    ]
    return Piece(
        finding=_ends(maps, bins, look, what, strategy),
        picture=Picture(
            f"heat-{what}", lambda: planes.heat(maps, look.measure, difference=what != "mean")
        ),
        caption=_("{scenario}, {theory}, month {month}: {what}.").format(
            scenario=naming.scenario_name(look.scenarios[0]),
            theory=naming.theory_name(look.theory),
            month=look.last,
            what=_what(look, what, strategy),
        )
        + (
            " "
            + _(
                "The {count} factors that explain most alone; the table has up to {pairs} pairs, "
                "those that explain most first."
            ).format(count=DRAWN, pairs=PAIRS)
            if len(bins) > DRAWN
            else ""
        ),
    )


def _place(factor: str, bins: Bins, index: int) -> str:
    """A factor's bin within a sentence: near the middle of a bin, at a level or a category."""
    form = _("{factor} near {value}") if bins.edges else _("{factor} at {value}")
    return form.format(factor=factor, value=bins.labels[index])


def _ends(
    maps: Sequence[planes.Plane], bins: dict[str, Bins], look: Look, what: str, strategy: str
) -> str:
    """Where the highest and the lowest cell of all maps are, thin ones left aside."""
    solid = [np.where(one.thin, np.nan, one.values) for one in maps]
    every = np.concatenate([one.ravel() for one in solid])
    form = naming.level if what == "mean" else naming.difference
    spread = float(np.nanmax(every) - np.nanmin(every)) / 20 or np.nan

    def place(value: float) -> str:
        number = next(i for i, one in enumerate(solid) if (one == value).any())
        i, j = np.argwhere(solid[number] == value)[0]
        one = maps[number]
        return _("{x} and {y}").format(
            x=_place(one.x, bins[one.x], j), y=_place(one.y, bins[one.y], i)
        )

    def said(value: float) -> str:
        return form(look.measure, value, value - spread, value + spread).split(" (")[0]

    high, low = float(np.nanmax(every)), float(np.nanmin(every))
    subject = _what(look, what, strategy)
    text = (
        _("{subject}: most at {high}, {high_value}; least at {low}, {low_value}.")
        if len(maps) == 1
        else _(
            "{subject}: of the cells of all {maps} maps most at {high}, {high_value}; least at "
            "{low}, {low_value}."
        )
    )
    return text.format(
        subject=naming.sentence(subject),
        maps=len(maps),
        high=place(high),
        high_value=said(high),
        low=place(low),
        low_value=said(low),
    )
