"""What there is to play and who can play it: scenarios and strategies by name or by file."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Final

TUTORIAL: Final = "tutorial"
"""The tag of a scenario to learn the game by."""

if TYPE_CHECKING:
    from sim.headless import Strategy
    from sim.scenario import Scenario

# Imports stand in the functions: `unsaid --help` and the tables need neither.


def scenario(name: str) -> Scenario:
    """A scenario by its id or its file; a :class:`sim.errors.UserError` says what was meant."""
    from sim.scenario import load_scenario

    return load_scenario(name)


def strategy(name: str) -> Strategy:
    """A strategy by its name or its file."""
    from sim.playbooks import load_strategy

    return load_strategy(name)


def scenarios() -> list[dict[str, object]]:
    """One row for each scenario that ships, the tutorial first."""
    from sim.scenario import load_scenario

    folder = resources.files("scenarios")
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".yaml"))
    rows: list[dict[str, object]] = []
    for name in names:
        loaded = load_scenario(name.removesuffix(".yaml"))
        head = loaded.scenario
        rows.append(
            {
                "scenario": head.id,
                "title": head.title,
                "tutorial": TUTORIAL in head.tags,
                "place": head.place,
                "players": head.players,
                "minutes": head.minutes,
                "turns": len(loaded.time.turns),
                "partners": len(loaded.partners),
                "summary": " ".join(head.summary.split()),
            }
        )
    return sorted(rows, key=lambda row: not row["tutorial"])


def strategies() -> list[dict[str, object]]:
    """One row for each strategy that ships."""
    from sim.playbooks import load_strategy, strategy_names

    rows: list[dict[str, object]] = []
    for name in strategy_names():
        playbook = load_strategy(name)
        rows.append({"strategy": playbook.name, "idea": playbook.idea, "source": playbook.source})
    return rows
