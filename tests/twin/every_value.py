"""Everything that both models keep, value by value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.fields import (
    CONFIDENCE_STATES,
    MATTER_FIELDS,
    MEASURES,
    PAIR_FIELDS,
    PARTNER_FIELDS,
    PLACE_FIELDS,
    PROJECT_FIELDS,
    PROJECT_STAGES,
)

if TYPE_CHECKING:
    from peers.twin.model import Twin

CLOSE = 1e-9
"""Of the value, or of 1 if that is more; the two sum in different orders."""
OURS_ALONE = {
    # how ours remembers things: the twin has objects for them, or counts them when asked
    "turn_month", "live_choice", "joint_start", "merged", "next_shock_turn", "ended",
    "first", "second", "axis", "raised", "confided_by", "kind", "start_month", "move",
}  # fmt: skip

State = dict[str, np.ndarray]
Value = tuple[str, Any, float, float]


def differing(state: State, twin: Twin) -> Iterator[Value]:
    """What differs: name, whose, our value, the twin's."""
    for what, whose, mine, other in values(state, twin):
        if not abs(mine - other) <= CLOSE * max(1.0, abs(mine)):
            yield what, whose, float(mine), other


def values(state: State, twin: Twin) -> Iterator[Value]:
    """Everything, in our order."""
    for name, whose, mine, other in (
        *_partners(state, twin),
        *_ties(state, twin),
        *_matters(state, twin),
        *_projects(state, twin),
        *_place(state, twin),
    ):
        if name not in OURS_ALONE:
            yield name, whose, mine, other


def _partners(state: State, twin: Twin) -> Iterator[Value]:
    for i, partner in enumerate(twin.partners):
        for row, name in enumerate(PARTNER_FIELDS):
            other = getattr(partner, name)
            if name == "merged_with":
                other = 1 + twin.partners.index(other) if other else 0
            yield name, partner.id, state["partner"][row, i], float(other)
        for axis, here in enumerate(partner.position):
            yield "position", partner.id, state["position"][0, i, axis], here


def _ties(state: State, twin: Twin) -> Iterator[Value]:
    for i, one in enumerate(twin.partners):
        for j, other in enumerate(twin.partners):
            if i == j:
                continue
            tie = one.ties[other]
            for row, name in enumerate(PAIR_FIELDS):
                if name in ("trust", "history"):
                    theirs = getattr(tie, name)[one]
                else:
                    theirs = getattr(tie, "floor" if name == "joint_floor" else name)
                yield name, (one.id, other.id), state["pair"][row, i, j], float(theirs)


def _matters(state: State, twin: Twin) -> Iterator[Value]:
    for m, matter in enumerate(twin.matters):
        for row, name in enumerate(MATTER_FIELDS):
            if name in OURS_ALONE:
                continue
            other = getattr(matter, name)
            if name == "confidence":
                other = CONFIDENCE_STATES.index(_CONFIDENCES[other])
            yield name, matter.id, state["matter"][row, m], float(other)


_CONFIDENCES = {"": "none", "held": "held", "keep": "kept", "go_back": "go_back", "use": "used"}


def _projects(state: State, twin: Twin) -> Iterator[Value]:
    for slot, project in enumerate(twin.slots):
        stage = state["project"][PROJECT_FIELDS.index("stage"), slot]
        if project is None:
            yield "stage", slot, stage, 0.0
            continue
        yield "stage", slot, stage, float(PROJECT_STAGES.index(project.stage))
        for row, name in enumerate(PROJECT_FIELDS):
            if name not in OURS_ALONE and name != "stage":
                yield name, slot, state["project"][row, slot], float(getattr(project, name))
        for i, partner in enumerate(twin.partners):
            yield "member", slot, state["member"][slot, i], float(partner in project.members)


def _place(state: State, twin: Twin) -> Iterator[Value]:
    for row, name in enumerate(PLACE_FIELDS):
        if name not in OURS_ALONE:
            yield name, "the place", state["place"][row], _of_place(name, twin)
    for row, name in enumerate(MEASURES):
        yield name, "the measures", state["measure"][row], float(twin.measures[name])
        yield name, "effort", state["effort"][row], twin.place.effort[name]


def _of_place(name: str, twin: Twin) -> float:
    match name:
        case "month" | "turn":
            return float(getattr(twin, name))
        case "lead":
            return float(twin.partners.index(twin.place.lead))
        case "live_matter":
            return 1.0 + twin.matters.index(twin.live) if twin.live else 0.0
        case "leaders_left":
            return float(sum(partner.leaders for partner in twin.partners))
    return float(getattr(twin.place, name))
