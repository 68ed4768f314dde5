"""Effects on projects (model.md 7.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.twin.arithmetic import held, mean
from peers.twin.starting import begin

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.rows import Concerned, Row

PROJECT_EFFECTS = {"start_project", "boost_project", "stall_projects"}


def on_projects(row: Row, whom: Concerned, model: Twin) -> None:
    """One row: a project begins, or those running are pushed or held up."""
    if row.effect == "start_project":
        energy = 0.3 * mean(whom.shares.values()) - 0.15
        kind = row.kind or "small_experiment"
        begin(model, kind, held(row.size), list(whom.shares), energy=energy)
        return
    for project in model.slots:
        if project is None or project.stage != "running":
            continue
        share = max(whom.shares.get(member, 0.0) for member in project.members)
        if share <= 0:
            continue
        if row.effect == "boost_project":
            project.energy = held(project.energy + row.size * share, -1.0, 1.0)
        else:
            project.stalled = max(project.stalled, row.size)
