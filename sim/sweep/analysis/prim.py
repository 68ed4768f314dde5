"""The patient rule induction method: boxes in which cases of interest are dense.

J. H. Friedman & N. I. Fisher (1999), "Bump hunting in high-dimensional data", Statistics
and Computing 9, 123-143: peel a thin slice off a box again and again, then paste where
too much went.  For scenario discovery B. P. Bryant & R. J. Lempert (2010), "Thinking inside
the box", Technological Forecasting and Social Change 77, 34-49: coverage, density, the
trade-off between them, and quasi-p-values.  Slices are chosen by what they gain in density
for each case they cost, so that factors with few values and those with many are treated
alike: J. H. Kwakkel & M. Jaxa-Rozen (2016), "Improving scenario discovery for handling
heterogeneous uncertainties and multinomial classified outcomes", Environmental Modelling &
Software 79, 311-321.

Why our own: docs/decisions/sweeps.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]

ALPHA: Final = 0.05
"""Share of a box that a slice takes, about."""
LEAST: Final = 0.05
"""Share of all cases that a box must hold."""
FEWEST: Final = 10
"""Cases that a box must hold, and cases of interest without which no box is looked for."""
SIGNIFICANT: Final = 0.05


@dataclass(frozen=True)
class Dimension:
    """A factor: a value for each case; for a categorical one a number in ``categories``."""

    name: str
    values: npt.NDArray[np.float64]
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limit:
    """What a box allows of one factor: low < value < high; categories by number."""

    low: float = -np.inf
    high: float = np.inf
    kept: tuple[int, ...] = ()

    def holds(self, dimension: Dimension) -> Mask:
        """Which cases it lets in."""
        if dimension.categories:
            return np.isin(dimension.values, self.kept)
        return (dimension.values > self.low) & (dimension.values < self.high)


@dataclass(frozen=True)
class Box:
    """A box: limits by factor (restricted ones only), and what is in it.

    ``cases`` inside, ``hits`` of interest among them; ``density`` is the share of the first
    that is of the second; ``coverage`` the share of all cases of interest that is inside;
    ``mass`` the share of all cases.
    """

    limits: Mapping[str, Limit]
    cases: int
    hits: int
    density: float
    coverage: float
    mass: float

    @property
    def balance(self) -> float:
        """The harmonic mean of coverage and density."""
        both = self.coverage + self.density
        return 2 * self.coverage * self.density / both if both else 0.0


@dataclass(frozen=True)
class Found:
    """The whole search: every box on the way, the one chosen, the quasi-p-value of each of
    its limits (how likely chance alone makes a limit look that useful).
    """

    trajectory: tuple[Box, ...]
    box: Box
    quasi_p: Mapping[str, float]

    def among(self, hits: int, cases: int) -> Found:
        """The same with coverage of ``hits`` in all and mass of ``cases`` in all."""

        def scaled(box: Box) -> Box:
            return replace(box, coverage=box.hits / hits, mass=box.cases / cases)

        return replace(self, trajectory=tuple(map(scaled, self.trajectory)), box=scaled(self.box))


class Prim:
    """Cases with their factors, and which are of interest."""

    def __init__(
        self, dimensions: Sequence[Dimension], interest: Mask, *, alpha: float = ALPHA
    ) -> None:
        self.dimensions = {dimension.name: dimension for dimension in dimensions}
        self.interest = interest
        self.alpha = alpha
        self.fewest = max(FEWEST, int(np.ceil(LEAST * interest.size)))

    def cover(self, most: int = 3) -> Iterator[Found]:
        """Search, take what is in the box away, and search again (Friedman & Fisher's covering).

        Ends after ``most`` boxes, when too few cases of interest are left, or when a search
        finds nothing denser than all cases were.  A later box has its cases and density
        among what the boxes before it left; its coverage is of all cases of interest.
        """
        left = np.ones(self.interest.size, dtype=bool)
        total = int(self.interest.sum())
        for number in range(most):
            if (self.interest & left).sum() < FEWEST or left.sum() < 2 * self.fewest:
                return
            rest = Prim(
                [replace(d, values=d.values[left]) for d in self.dimensions.values()],
                self.interest[left],
                alpha=self.alpha,
            )
            rest.fewest = self.fewest
            found = rest.search()
            if number and found.box.density <= total / self.interest.size:
                return
            yield found.among(total, self.interest.size)
            if not found.box.limits:
                return
            left &= ~self.inside(found.box.limits)

    def inside(self, limits: Mapping[str, Limit]) -> Mask:
        """Which cases lie within all limits."""
        mask = np.ones(self.interest.size, dtype=bool)
        for name, limit in limits.items():
            mask &= limit.holds(self.dimensions[name])
        return mask

    def box(self, limits: Mapping[str, Limit]) -> Box:
        """The box of some limits."""
        mask = self.inside(limits)
        cases, hits = int(mask.sum()), int(self.interest[mask].sum())
        return Box(
            limits=dict(limits),
            cases=cases,
            hits=hits,
            density=hits / cases if cases else 0.0,
            coverage=hits / max(1, int(self.interest.sum())),
            mass=cases / self.interest.size,
        )

    def search(self) -> Found:
        """Peel, choose the box of best balance, paste, drop limits that chance explains."""
        trajectory = tuple(self.peel())
        chosen = max(trajectory, key=lambda box: (round(box.balance, 12), box.mass))
        box = self.paste(chosen)
        while weak := {n: p for n, p in self.quasi_p(box).items() if p > SIGNIFICANT}:
            worst = max(weak, key=lambda name: (weak[name], name))
            box = self.box({n: limit for n, limit in box.limits.items() if n != worst})
        return Found(trajectory, box, self.quasi_p(box))

    def peel(self) -> Iterator[Box]:
        """Every box from all cases down to the smallest that may be."""
        box = self.box({})
        yield box
        while box.density < 1.0:
            candidates = [
                self.box({**box.limits, name: limit}) for name, limit in self._slices(box.limits)
            ]
            allowed = [c for c in candidates if self.fewest <= c.cases < box.cases]
            if not allowed:
                return
            before = box
            box = max(
                allowed, key=lambda c: (c.density - before.density) / (before.cases - c.cases)
            )
            yield box

    def _slices(self, limits: Mapping[str, Limit]) -> Iterator[tuple[str, Limit]]:
        """Each factor's limit after one slice more."""
        mask = self.inside(limits)
        for name, dimension in self.dimensions.items():
            values = np.unique(dimension.values[mask])
            if values.size < 2:
                continue
            now = limits.get(name, Limit())
            if dimension.categories:
                present = [int(value) for value in values]
                for gone in present:
                    yield name, Limit(kept=tuple(code for code in present if code != gone))
                continue
            inside = dimension.values[mask]
            low, high = np.quantile(inside, [self.alpha, 1.0 - self.alpha], method="nearest")
            kept = int(np.searchsorted(values, max(low, values[1])))
            yield name, replace(now, low=float(values[kept - 1] + values[kept]) / 2.0)
            kept = int(np.searchsorted(values, min(high, values[-2])))
            yield name, replace(now, high=float(values[kept] + values[kept + 1]) / 2.0)

    def paste(self, box: Box) -> Box:
        """Widen a box as long as that makes it denser, or leaves it as dense."""
        while True:
            wider = [self.box(self._with(box, name, limit)) for name, limit in self._wider(box)]
            better = [w for w in wider if w.cases > box.cases and w.density >= box.density]
            if not better:
                return box
            box = max(better, key=lambda w: (w.density, w.cases))

    @staticmethod
    def _with(box: Box, name: str, limit: Limit) -> dict[str, Limit]:
        limits = {**box.limits, name: limit}
        if not limit.kept and limit.low == -np.inf and limit.high == np.inf:
            del limits[name]
        return limits

    def _wider(self, box: Box) -> Iterator[tuple[str, Limit]]:
        for name, limit in box.limits.items():
            dimension = self.dimensions[name]
            others = {n: other for n, other in box.limits.items() if n != name}
            open_ = np.sort(dimension.values[self.inside(others)])
            more = max(1, int(np.ceil(self.alpha * box.cases)))
            if dimension.categories:
                for code in np.unique(open_):
                    if int(code) not in limit.kept:
                        yield name, Limit(kept=tuple(sorted((*limit.kept, int(code)))))
                continue
            below, above = open_[open_ <= limit.low], open_[open_ >= limit.high]
            if below.size:
                first = below[-min(more, below.size)]
                rest = below[below < first]
                low = float(rest[-1] + first) / 2.0 if rest.size else -np.inf
                yield name, replace(limit, low=low)
            if above.size:
                last = above[min(more, above.size) - 1]
                rest = above[above > last]
                high = float(rest[0] + last) / 2.0 if rest.size else np.inf
                yield name, replace(limit, high=high)

    def quasi_p(self, box: Box) -> dict[str, float]:
        """How likely at least as many hits are when a limit is dropped and as many cases are
        drawn from what is then inside (binomial; Bryant & Lempert 2010, appendix).
        """
        from scipy.stats import binom

        found = {}
        for name in box.limits:
            without = self.box({n: limit for n, limit in box.limits.items() if n != name})
            found[name] = float(binom.sf(box.hits - 1, box.cases, without.density))
        return found
