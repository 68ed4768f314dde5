"""What an analysis looks at: the sweep, its sums, and what stands in the foreground."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from sim.errors import UserError
from sim.spelling import meant
from sim.sweep.analysis.gathering import Gathered
from sim.sweep.analysis.intervals import Estimate, estimate
from sim.sweep.analysis.naming import NO_THEORY, family_of, scenario_name
from sim.sweep.analysis.reading import Cell, Sweep
from sim.words import _

MEASURES_SHOWN: Final = 4
"""Measures on the page; the tables have all of them."""
STRATEGIES_SHOWN: Final = 8
CHOSEN: Final = "systems-leadership"
"""The strategy of which is asked where it does not help, when it is in the sweep."""


class NotInSweep(UserError):
    """A strategy or measure to look at that the sweep does not have."""


@dataclass(frozen=True)
class Look:
    """A sweep with its sums, and what stands in the foreground of the page.

    ``measure`` leads the page; ``strategy`` is the one whose failures are looked for, ""
    when there is none to compare.  ``pair`` are two factors that are mapped, whatever they explain.
    """

    sweep: Sweep
    sums: Gathered
    measure: str
    strategy: str
    pair: tuple[str, str] | None = None

    @property
    def baseline(self) -> str:
        """The strategy that all are compared with; "" for none."""
        return self.sweep.baseline

    @property
    def last(self) -> int:
        """The last month there is."""
        return self.sweep.months[-1]

    @cached_property
    def scenarios(self) -> tuple[str, ...]:
        """Scenarios in the study's order."""
        return _unique(cell.scenario for cell in self.sweep.cells)

    @cached_property
    def theories(self) -> tuple[str, ...]:
        """Sets of rival theories in the study's order."""
        return _unique(cell.theory for cell in self.sweep.cells)

    @property
    def theory(self) -> str:
        """The theory in the foreground: none, or the first one."""
        return NO_THEORY if NO_THEORY in self.theories else self.theories[0]

    @cached_property
    def strategies(self) -> tuple[str, ...]:
        """Strategies in the study's order, without those drawn for families."""
        return _unique(c.strategy for c in self.sweep.cells if not family_of(c.strategy))

    @property
    def rivals(self) -> tuple[str, ...]:
        """Strategies other than the baseline."""
        return tuple(name for name in self.strategies if name != self.baseline)

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """Measures on the page: the leading one first."""
        others = (name for name in self.sweep.measures if name != self.measure)
        return (self.measure, *others)[:MEASURES_SHOWN]

    @cached_property
    def levels(self) -> Estimate:
        """Means of every cell, month and measure."""
        return estimate(self.sums.levels, points=self.points)

    @cached_property
    def gains(self) -> Estimate:
        """Paired differences against the baseline of every cell, month and measure."""
        return estimate(self.sums.gains, points=self.points)

    @property
    def points(self) -> int:
        """Design points that were reached."""
        return self.sweep.points.height

    def where(self, scenario: str) -> str:
        """How a finding begins: with the scenario, where there are several."""
        return f"{scenario_name(scenario)}: " if len(self.scenarios) > 1 else ""

    def cell(self, scenario: str, theory: str, strategy: str) -> int:
        """The number of a cell; -1 when there is none."""
        wanted = Cell(scenario, theory, strategy)
        return self._numbers.get(wanted, -1)

    @cached_property
    def _numbers(self) -> dict[Cell, int]:
        return {cell: index for index, cell in enumerate(self.sweep.cells)}

    def at(self, measure: str) -> int:
        """The column of a measure in every array of measures."""
        return self.sweep.measures.index(measure)

    def why_no_gains(self) -> str:
        """Why there are no paired differences; "" when there are some."""
        if not self.baseline:
            return _(
                "There is nothing to compare with: no strategy is named by compare_with, and "
                "do-nothing is not among the strategies."
            )
        if not self.rivals and len(self.strategies) == len(_unique(self._all())):
            return _("There is nothing to compare: the baseline is the only strategy.")
        if not np.any(self.sums.gains.runs[:, -1]):
            return _("No run and its baseline, at the same point and replication, both succeeded.")
        return ""

    def _all(self) -> Iterable[str]:
        return (cell.strategy for cell in self.sweep.cells)


def look_at(
    sweep: Sweep, sums: Gathered, measure: str = "", strategy: str = "", pair: str = ""
) -> Look:
    """Choose what stands in the foreground where it was not chosen.

    Raises:
        NotInSweep: ``measure``, ``strategy`` or a factor of ``pair`` ("X,Y") is not in the sweep.
    """
    present = _unique(cell.strategy for cell in sweep.cells)
    two = tuple(name.strip() for name in pair.split(",")) if pair else ()
    if pair and len(set(two)) != 2:
        raise NotInSweep(
            _("--pair {text}: two factors are needed.").format(text=pair),
            _("Like this: --pair trust_gain,place.backing"),
        )
    asked = ((measure, sweep.measures), (strategy, present), *((n, sweep.factors) for n in two))
    for name, names in asked:
        if name and name not in names:
            near = meant(name, names)
            raise NotInSweep(
                _("“{name}” is not in this sweep.").format(name=name),
                _("Did you mean “{meant}”?").format(meant=near)
                if near
                else _("There are: {names}.").format(names=", ".join(names)),
            )
    baseline = sweep.baseline
    if baseline and strategy == baseline:
        raise NotInSweep(
            _("“{name}” is the strategy that all are compared with.").format(name=strategy),
            _("Name another, or change compare_with in the study."),
        )
    if not strategy:
        rivals = [name for name in present if name != baseline and not family_of(name)]
        strategy = CHOSEN if CHOSEN in rivals else rivals[0] if rivals else ""
    mapped = (two[0], two[1]) if two else None
    return Look(sweep, sums, measure or sweep.measures[0], strategy, mapped)


def only_families() -> str:
    """Why there is nothing to show where every strategy was drawn."""
    return _(
        "Every strategy of this sweep was drawn for a family; see “Families of playbooks”, and "
        "the table for each of them."
    )


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
