"""Projects begin (model.md 7.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.twin.project import Project

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.partner import Partner


def begin(
    model: Twin, kind: str, ambition: float, members: list[Partner], *, energy: float
) -> Project | None:
    """A project begins, if there is room for it, peace, and trust enough or a mandate."""
    th = model.theta
    if len(members) < 2:
        return None
    members = [partner for partner in model.partners if partner in members]
    project = Project(kind, ambition, members, energy=energy, mandated=False, month=model.now)
    slot = _slot(model)
    if slot is None or project.in_dispute:
        return None
    programme = kind == "programme"
    trust = project.mean_trust if programme else project.least_trust
    if trust < th.trust_gate + 0.5 * th.trust_gate_ambition * ambition:
        if not programme and model.place.mandate <= 0.25:
            return None
        project.mandated = True
    model.slots[slot] = project
    model.place.projects_started += 1
    return project


def _slot(model: Twin) -> int | None:
    if None in model.slots:
        return model.slots.index(None)
    embedded = [i for i, p in enumerate(model.slots) if p and p.stage == "embedded"]
    return max(embedded, key=lambda i: model.slots[i].age, default=None)  # type: ignore[union-attr]
