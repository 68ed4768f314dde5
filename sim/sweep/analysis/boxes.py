"""Cases in which a strategy helps or not, and boxes among them, in words and as rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.sweep.analysis import naming
from sim.sweep.analysis.factors import factors
from sim.sweep.analysis.intervals import Floats
from sim.sweep.analysis.look import Look
from sim.sweep.analysis.prim import Box, Dimension, Found, Limit, Mask
from sim.words import _


@dataclass(frozen=True)
class Cases:
    """What is searched: a case for each design point, theory and scenario with its pair.

    ``gain`` is the mean paired difference over replications, turned so that more is better;
    a case is of interest where it is not above nought.
    """

    measure: str
    dimensions: tuple[Dimension, ...]
    gain: Floats

    @property
    def interest(self) -> Mask:
        """Where the strategy does not help."""
        return self.gain <= 0.0


def cases_of(look: Look, measure: str) -> Cases:
    """Every case of the strategy in the foreground; theories and scenarios are factors too."""
    moving = [factor for factor in factors(look.sweep) if factor.varies]
    gains: list[Floats] = []
    values: dict[str, list[Floats]] = {factor.name: [] for factor in moving}
    extra: dict[str, list[Floats]] = {"scenario": [], "theory": []}
    for index, cell in enumerate(look.sweep.cells):
        if cell.strategy != look.strategy:
            continue
        gain = look.sums.point_gains[:, index, look.at(measure)] * naming.way(measure)
        there = np.isfinite(gain)
        gains.append(gain[there])
        for factor in moving:
            values[factor.name].append(factor.values[there])
        count = int(there.sum())
        extra["scenario"].append(np.full(count, float(look.scenarios.index(cell.scenario))))
        extra["theory"].append(np.full(count, float(look.theories.index(cell.theory))))
    dimensions = [
        Dimension(factor.name, np.concatenate(values[factor.name]), factor.categories)
        for factor in moving
    ]
    for name, categories in (("scenario", look.scenarios), ("theory", look.theories)):
        if len(categories) > 1:
            dimensions.append(Dimension(name, np.concatenate(extra[name]), categories))
    return Cases(measure, tuple(dimensions), np.concatenate(gains) if gains else np.zeros(0))


def limit_said(dimension: Dimension, limit: Limit) -> str:
    """A limit in words: "below 0.39", "between 0.2 and 0.4", "wicked or critical"."""
    if dimension.categories:
        kept = [dimension.categories[code] for code in limit.kept]
        names = [_("“{name}”").format(name=category_said(dimension.name, one)) for one in kept]
        return _(" or ").join(names)
    low, high = f"{limit.low:.3g}", f"{limit.high:.3g}"
    if not np.isfinite(limit.low):
        return _("below {high}").format(high=high)
    if not np.isfinite(limit.high):
        return _("above {low}").format(low=low)
    return _("between {low} and {high}").format(low=low, high=high)


def category_said(factor: str, category: str) -> str:
    if factor == "theory":
        return naming.theory_name(category)
    return naming.scenario_name(category) if factor == "scenario" else category


def box_said(cases: Cases, limits: Mapping[str, Limit]) -> str:
    """All limits of a box in words."""
    by = {dimension.name: dimension for dimension in cases.dimensions}
    return "; ".join(
        _("{factor} is {limit}").format(factor=name, limit=limit_said(by[name], limit))
        for name, limit in limits.items()
    )


def chance_said(value: float) -> str:
    return _("under 0.001") if value < 0.001 else f"{value:.3f}"


def range_said(dimension: Dimension) -> str:
    if dimension.categories:
        return _("{count} kinds").format(count=len(dimension.categories))
    low, high = float(dimension.values.min()), float(dimension.values.max())
    return _("{low} to {high}").format(low=f"{low:.3g}", high=f"{high:.3g}")


def box_rows(look: Look, cases: Cases, found: Found, number: int) -> list[dict[str, Any]]:
    by = {dimension.name: dimension for dimension in cases.dimensions}
    head = _head(look, cases) | {
        "cases": cases.gain.size,
        "of_interest": int(cases.interest.sum()),
        "box": number,
    }
    tail = _numbers(found.box)
    limits: list[tuple[str, Limit | None]] = list(found.box.limits.items()) or [("", None)]
    return [
        head
        | {
            "factor": name or None,
            "low": _finite(limit.low) if limit else None,
            "high": _finite(limit.high) if limit else None,
            "kept": " or ".join(by[name].categories[code] for code in limit.kept) or None
            if limit
            else None,
            "quasi_p": found.quasi_p.get(name),
        }
        | tail
        for name, limit in limits
    ]


def step_rows(look: Look, cases: Cases, found: Found, number: int) -> list[dict[str, Any]]:
    return [
        _head(look, cases)
        | {
            "box": number,
            "step": step,
            "limits": box_said(cases, box.limits),
            "restricted": len(box.limits),
        }
        | _numbers(box)
        for step, box in enumerate(found.trajectory)
    ]


def _head(look: Look, cases: Cases) -> dict[str, Any]:
    return {
        "strategy": look.strategy,
        "baseline": look.baseline,
        "measure": cases.measure,
        "month": look.last,
    }


def _numbers(box: Box) -> dict[str, Any]:
    return {
        "inside": box.cases,
        "hits": box.hits,
        "density": box.density,
        "coverage": box.coverage,
        "mass": box.mass,
    }


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
