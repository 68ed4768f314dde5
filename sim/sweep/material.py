"""What a study names: its scenarios, strategies and table, as objects and as texts.

The texts are enough to make everything again, anywhere: on a worker, or after a year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sim import yamlfile
from sim.playbooks import PlaybookStrategy, Strategy, draw_playbook, read_strategy
from sim.playbooks.families import FAMILY, drawn_at
from sim.playbooks.library import REPEAT, load_strategy, strategy_document
from sim.scenario import Scenario, load_scenario, read_scenario
from sim.sweep.shape import Study
from sim.sweep.tables import Table, read_table, table_of

SCENARIO: Final = "scenario "
STRATEGY: Final = "strategy "
POINTS: Final = "points "
"""What the names of texts begin with; the rest is what the study calls them."""


@dataclass(frozen=True)
class Material:
    """Everything that a study names.

    ``scenarios`` and ``strategies`` go by their own ids, in the study's order; ``called`` is
    what the study calls each strategy.  ``texts`` hold the text of every file that was read,
    those that ship included.
    """

    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    strategies: Mapping[str, Strategy] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    table: Table | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


def is_file(name: str) -> bool:
    """Whether a name in a study means a file rather than an id."""
    return name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name


def scenario_of(name: str, folder: Path) -> Scenario:
    """A scenario by its id, or its file beside the study.  Raises ScenarioError."""
    return load_scenario(folder / name if is_file(name) else name)


def strategy_of(name: str, folder: Path, seed: int = 1) -> tuple[Strategy, str]:
    """A strategy by name or file, and the text it came from; "" for one that has none.

    ``seed`` is that of draws from families.  Raises UserError of one kind or another.
    """
    if name.startswith((REPEAT, FAMILY)):
        return _made(name, seed), ""
    document = strategy_document(name, folder)
    return read_strategy(document), document.text


def table_beside(study: Study) -> Table | None:
    """The table that a study's list names, if it does.  Raises TableError."""
    if study.design.kind != "list" or study.design.file is None:
        return None
    return read_table(study.folder / study.design.file)


def gathered(study: Study) -> Material:
    """Everything a study names, from its files.  Raises UserError for the first that is wrong."""
    scenarios = {name: scenario_of(name, study.folder) for name in study.scenarios}
    seed = study.families.seed if study.families else 1
    strategies = {name: strategy_of(name, study.folder, seed) for name in study.strategies}
    table = table_beside(study)
    texts = {f"{SCENARIO}{name}": scenario.text for name, scenario in scenarios.items()}
    texts |= {f"{STRATEGY}{name}": text for name, (__, text) in strategies.items() if text}
    if table is not None:
        texts[f"{POINTS}{study.design.file}"] = table.text
    return Material(
        scenarios={scenario.id: scenario for scenario in scenarios.values()},
        strategies={strategy.name: strategy for strategy, __ in strategies.values()},
        called={name: strategy.name for name, (strategy, __) in strategies.items()},
        table=table,
        texts=texts,
    )


def remade(study: Study, texts: Mapping[str, str]) -> Material:
    """The same from texts alone; KeyError for a text that is not there."""
    scenarios = [read_scenario(texts[f"{SCENARIO}{name}"], name) for name in study.scenarios]
    seed = study.families.seed if study.families else 1
    strategies: dict[str, Strategy] = {}
    for name in study.strategies:
        if name.startswith((REPEAT, FAMILY)):
            strategies[name] = _made(name, seed)
        else:
            text = texts[f"{STRATEGY}{name}"]
            strategies[name] = read_strategy(yamlfile.read_text(text, name))
    table = None
    if study.design.kind == "list" and study.design.file is not None:
        table = table_of(texts[f"{POINTS}{study.design.file}"], Path(study.design.file).name)
    return Material(
        scenarios={scenario.id: scenario for scenario in scenarios},
        strategies={strategy.name: strategy for strategy in strategies.values()},
        called={name: strategy.name for name, strategy in strategies.items()},
        table=table,
        texts=dict(texts),
    )


def _made(name: str, seed: int) -> Strategy:
    """A strategy that no file holds: one move over and over, or a draw from a family."""
    if (drawn := drawn_at(name)) is not None:
        return PlaybookStrategy(draw_playbook(*drawn, seed))
    return load_strategy(name)
