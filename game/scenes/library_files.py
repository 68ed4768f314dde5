"""What is on the shelves: scenario files, read or with what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from game.scenes.library_cards import ScenarioCard, facts_of, place_of
from game.view.layout import Rect
from sim.words import _

if TYPE_CHECKING:
    from sim.scenario import Scenario

TUTORIAL = "tutorial"
"""The tag of the scenario to learn by."""


@dataclass(frozen=True)
class Shelved:
    """A scenario file: read, or the first thing that is wrong with it."""

    name: str
    scenario: Scenario | None
    problem: str = ""

    @property
    def teaches(self) -> bool:
        """Whether it is the one to learn by."""
        return self.scenario is not None and TUTORIAL in self.scenario.scenario.tags


def scenario_names(home: Path | None = None) -> Iterator[str]:
    """The scenarios that ship, by id, then the reader's own files in ``scenarios`` at home."""
    from sim.scenario import scenarios_folder

    for path in sorted(scenarios_folder().glob("*.yaml")):
        yield path.stem
    if home is not None:
        own = home / "scenarios"
        yield from map(str, sorted([*own.glob("*.yaml"), *own.glob("*.yml")]))


def read(name: str) -> Shelved:
    """The scenario of that name or path, or what is wrong with its file."""
    from sim.scenario import ScenarioError, load_scenario

    try:
        return Shelved(name, load_scenario(name))
    except ScenarioError as error:
        first = replace(error.messages[0], file=Path(error.messages[0].file).name)
        return Shelved(name, None, _("This file has an error. {first}").format(first=first))


def card_of(file: Shelved) -> ScenarioCard:
    """A scenario's card, wherever it will lie."""
    nowhere = Rect(0, 0, 0, 0)
    key = f"scenario:{file.name}"
    if file.scenario is None:
        return ScenarioCard(key, nowhere, title=Path(file.name).name, summary=file.problem)
    head = file.scenario.scenario
    summary = " ".join(head.summary.split())
    return ScenarioCard(
        key, nowhere, title=head.title, place=place_of(file.scenario), summary=summary,
        facts=facts_of(file.scenario), scenario=file.scenario,
    )  # fmt: skip
