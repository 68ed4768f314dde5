"""What there is to play and who can play it: scenarios and strategies by name or by file."""

from __future__ import annotations

from importlib import resources

from sim.playbooks import Playbook, load_strategy, strategy_names
from sim.scenario import Scenario, load_scenario


def scenario(name: str) -> Scenario:
    """A scenario by its id or its file; a :class:`sim.errors.UserError` says what was meant."""
    return load_scenario(name)


def strategy(name: str) -> Playbook:
    """A strategy by its name or its file."""
    return load_strategy(name)


def scenarios() -> list[dict[str, object]]:
    """One row for each scenario that ships."""
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
                "place": head.place,
                "players": head.players,
                "minutes": head.minutes,
                "turns": len(loaded.time.turns),
                "partners": len(loaded.partners),
                "summary": " ".join(head.summary.split()),
            }
        )
    return rows


def strategies() -> list[dict[str, object]]:
    """One row for each strategy that ships."""
    rows: list[dict[str, object]] = []
    for name in strategy_names():
        playbook = load_strategy(name)
        rows.append({"strategy": playbook.name, "idea": playbook.idea, "source": playbook.source})
    return rows
