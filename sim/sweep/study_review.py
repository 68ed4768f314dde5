"""What the checks on a study share: collecting messages, and what the study names."""

from __future__ import annotations

from typing import Any

from sim.playbooks import Strategy
from sim.scenario import Scenario
from sim.scenario.merging import Sources
from sim.scenario.review import Findings
from sim.sweep.material import Material
from sim.sweep.shape import KEYS, Study
from sim.sweep.tables import Table
from sim.words import _
from sim.yamlfile import Path_


class StudyReview(Findings):
    """One study under review: what it names, as far as it could be read."""

    def __init__(self, study: Study, sources: Sources) -> None:
        super().__init__(sources)
        self.study = study
        self.scenarios: dict[str, Scenario] = {}  # by what the study calls them
        self.strategies: dict[str, Strategy] = {}
        self.texts: dict[str, str] = {}
        self.table: Table | None = None

    def material(self) -> Material:
        """What could be read."""
        return Material(
            scenarios={scenario.id: scenario for scenario in self.scenarios.values()},
            strategies={strategy.name: strategy for strategy in self.strategies.values()},
            called={name: strategy.name for name, strategy in self.strategies.items()},
            table=self.table,
            texts=self.texts,
        )

    @property
    def design_known(self) -> bool:
        """Whether the kind of the design could be read, or there is none to be read."""
        given: Any = self.sources.data.get("design")
        if not isinstance(given, dict):
            return "design" not in self.sources.data
        kind = given.get("kind")
        return isinstance(kind, str) and kind in KEYS

    def no_runs(self, path: Path_, text: str) -> None:
        """An error about a study that would run nothing."""
        self.error("E-NO-RUNS", path, text, _("A study needs at least one run."))

    def twice(self, path: Path_, name: str, first: Path_) -> None:
        """An error about something that a list holds already."""
        self.error(
            "E-DUPLICATE-ID",
            path,
            _("“{name}” is here a second time.").format(name=name),
            _("It stands in line {line} already.").format(line=self.sources.position(first)[0]),
        )
