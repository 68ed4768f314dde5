"""A plan: which run is which, and everything that a runner needs to live it.

Runs are numbered densely from 0::

    run = (point * cells + cell) * replications + replication

A *point* is one assignment of what is varied, a *cell* a scenario, a set of rival theories
and a strategy, a *replication* a luck.  By default the luck of replication r is ``seed + r``
in every point and cell, so that what differs is the point or the cell and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Final, NamedTuple

from sim import yamlfile
from sim.parameters import PARAMETERS
from sim.playbooks import PlaybookStrategy, Strategy, draw_playbook
from sim.playbooks.families import drawn_at
from sim.scenario import Scenario, read_scenario
from sim.sweep.designs import Points, points
from sim.sweep.material import Material, gathered, remade
from sim.sweep.shape import NONE, Study
from sim.sweep.spots import Spot, Value, changed, find_spot, put, read_value
from sim.sweep.study import study_as_it_was

JOINED: Final = "+"
"""Between theories that are switched on together: ``symmetric_trust+mandate_suffices``."""
BASELINE: Final = "do-nothing"
"""What strategies are compared with where a study does not say, if it is among them."""


@dataclass(frozen=True)
class Cell:
    """What every point is run with: ids of scenario and strategy, theories or ``none``."""

    scenario: str
    theory: str
    strategy: str

    @property
    def theories(self) -> tuple[str, ...]:
        """The rival theories that are switched on."""
        return () if self.theory == NONE else tuple(self.theory.split(JOINED))


@dataclass(frozen=True)
class Work:
    """Runs one after another that share point and cell, and so place, book and parameters.

    ``place_key`` is the same for works whose place is the same.
    """

    place_key: Hashable
    cell: int
    point: int
    runs: range
    lucks: tuple[int, ...]


class Located(NamedTuple):
    """Where a run stands in the plan, and its luck (a 63-bit integer)."""

    point: int
    cell: int
    replication: int
    luck: int


@dataclass(frozen=True, eq=False)
class Plan:
    """All runs of a study.  Can be pickled; made again by :func:`plan_from` from texts alone.

    ``texts`` hold every scenario, playbook and table that the study names, by
    :mod:`sim.sweep.material`'s names.  ``scenarios`` go by their ids, ``strategies`` by
    theirs; draws from families are made when they are asked for.
    """

    study: Study
    cells: tuple[Cell, ...]
    points: Points
    texts: Mapping[str, str] = field(repr=False)
    scenarios: Mapping[str, Scenario] = field(repr=False)
    strategies: Mapping[str, Strategy] = field(repr=False)
    baseline: str | None = None

    def __getstate__(self) -> dict[str, Any]:
        """What is sent to a worker: no arrays that a strategy or the study keeps by the way."""
        state = {each.name: getattr(self, each.name) for each in fields(self)}
        study = self.study.model_copy()
        study._material = None
        strategies = {
            name: PlaybookStrategy(one.playbook) if isinstance(one, PlaybookStrategy) else one
            for name, one in self.strategies.items()
        }
        return {**state, "study": study, "strategies": strategies}

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return len(self.points) * len(self.cells) * self.study.replications

    @cached_property
    def months(self) -> tuple[int, ...]:
        """The months at which measures are read, in order."""
        ends = {scenario.time.months for scenario in self.scenarios.values()}
        return tuple(sorted(self.study.months or ends))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the study's text and everything that it names or draws."""
        digest = hashlib.sha256()
        drawn = {
            name: json.dumps(
                draw_playbook(*found, self.family_seed).model_dump(
                    mode="json", exclude={"idea", "source", "names"}
                ),
                sort_keys=True,
            )
            for name in dict.fromkeys(cell.strategy for cell in self.cells)
            if (found := drawn_at(name)) is not None
        }
        for name, text in [("study", self.study.text), *sorted({**self.texts, **drawn}.items())]:
            for part in (name, text):
                raw = part.encode("utf-8")
                digest.update(len(raw).to_bytes(8, "big") + raw)
        return digest.hexdigest()

    @property
    def family_seed(self) -> int:
        """The seed of draws from families."""
        return self.study.families.seed if self.study.families else 1

    def locate(self, run: int) -> Located:
        """Point, cell, replication and luck of a run.  IndexError for one that is not there."""
        if not 0 <= run < self.runs:
            raise IndexError(f"there is no run {run}: the last is {self.runs - 1}")
        group, replication = divmod(run, self.study.replications)
        point, cell = divmod(group, len(self.cells))
        return Located(point, cell, replication, self.luck(run))

    def luck(self, run: int) -> int:
        """The luck of a run."""
        if self.study.luck == "independent":
            return independent_luck(self.study.seed, run)
        return self.study.seed + run % self.study.replications

    def work(self, first: int, last: int) -> list[Work]:
        """Runs ``first`` to ``last`` - 1 in their order, as groups that share point and cell."""
        size = self.study.replications
        found: list[Work] = []
        while first < last:
            group = first // size
            stop = min(last, (group + 1) * size)
            point, cell = divmod(group, len(self.cells))
            found.append(
                Work(
                    place_key=self.place_key(point, cell),
                    cell=cell,
                    point=point,
                    runs=range(first, stop),
                    lucks=tuple(self.luck(run) for run in range(first, stop)),
                )
            )
            first = stop
        return found

    def place_key(self, point: int, cell: int) -> Hashable:
        """Scenario, theories, and the values at the scenario's spots: what makes a place."""
        row = self.points.matrix[point]
        where = self.cells[cell]
        return (where.scenario, where.theory, *(float(row[at]) for at in self._spot_columns))

    def parameters_at(self, point: int) -> dict[str, float]:
        """The parameters that are varied, at a point."""
        row = self.points.matrix[point]
        return {
            name: float(row[at])
            for at, name in enumerate(self.points.factors)
            if name in PARAMETERS
        }

    def scenario_at(self, point: int, cell: int) -> Scenario:
        """The scenario of a cell with what is varied in it.

        Raises :class:`sim.sweep.spots.SpotRefused` for values that do not go together.
        """
        name = self.cells[cell].scenario
        return changed(self.scenarios[name], self._values_at(point, self._spots[name]))

    def strategy(self, name: str) -> Strategy:
        """A strategy of the plan by its id; draws from families are made anew."""
        if name in self.strategies:
            return self.strategies[name]
        drawn = drawn_at(name)
        if drawn is None:
            raise KeyError(name)
        return PlaybookStrategy(draw_playbook(*drawn, self.family_seed))

    def scenario_alone(self, run: int) -> Scenario:
        """The scenario of a run as a file of its own, everything varied in it: for replaying.

        Its ``text`` holds parameters and rival theories too, so that it needs nothing beside.
        """
        where = self.locate(run)
        cell = self.cells[where.cell]
        scenario = self.scenarios[cell.scenario]
        data = yamlfile.read_text(scenario.text, scenario.id).data
        for spot, value in self._values_at(where.point, self._spots[cell.scenario]).items():
            data = put(data, spot.steps, value, spot.added)
        parameters = {**data.get("parameters", {}), **self.parameters_at(where.point)}
        if parameters:
            data = {**data, "parameters": parameters}
        if cell.theories:
            theories = dict.fromkeys([*data.get("theories", []), *cell.theories])
            data = {**data, "theories": list(theories)}
        return read_scenario(yamlfile.written(data, like=scenario.text), scenario.id)

    @cached_property
    def _spot_columns(self) -> tuple[int, ...]:
        return tuple(at for at, name in enumerate(self.points.factors) if name not in PARAMETERS)

    @cached_property
    def _spots(self) -> dict[str, tuple[tuple[int, Spot], ...]]:
        """By scenario: columns of the points, and the spots that they mean there."""
        return {
            name: tuple(
                (at, find_spot(scenario, self.points.factors[at])) for at in self._spot_columns
            )
            for name, scenario in self.scenarios.items()
        }

    def _values_at(self, point: int, spots: tuple[tuple[int, Spot], ...]) -> dict[Spot, Value]:
        found: dict[Spot, Value] = {}
        for at, spot in spots:
            value, labels = float(self.points.matrix[point, at]), self.points.labels[at]
            found[spot] = read_value(spot, value if labels is None else labels[int(value)])
        return found


def plan_of(study: Study) -> Plan:
    """The plan of a study, from the files that it names.

    Raises UserError where one of them can no longer be read.
    """
    return _planned(study, study._material or gathered(study))


def plan_from(study_text: str, texts: Mapping[str, str], path: str = "") -> Plan:
    """The same plan from texts alone: on a worker, or from a sweep's own record.

    Raises UserError for texts that make no plan, KeyError for one that is missing.
    """
    study = study_as_it_was(study_text, path)
    return _planned(study, remade(study, texts))


def independent_luck(seed: int, run: int) -> int:
    """A luck of its own for a run: the first 63 bits of the BLAKE2b hash of seed and run."""
    digest = hashlib.blake2b(f"{seed}/{run}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def _planned(study: Study, material: Material) -> Plan:
    names = list(material.strategies)
    if study.families is not None:
        for family in study.families.of:
            drawn = range(1, study.families.draws + 1)
            names += [f"family:{family}#{number}" for number in drawn]
    # strategies vary fastest: those of one point, scenario and theory share a place
    cells = tuple(
        Cell(scenario, JOINED.join(theories) or NONE, name)
        for scenario in material.scenarios
        for theories in study.theories
        for name in names
    )
    baseline = study.compare_with
    if baseline is not None:
        baseline = material.called.get(baseline, baseline)
    elif BASELINE in names:
        baseline = BASELINE
    return Plan(
        study=study,
        cells=cells,
        points=points(study, material.table),
        texts=dict(material.texts),
        scenarios=dict(material.scenarios),
        strategies=dict(material.strategies),
        baseline=baseline,
    )
