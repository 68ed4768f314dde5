"""Positions move, what nobody feeds fades, joint working grows or decays (7.9, 7.10, 7.13)."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from peers.twin.arithmetic import close, cube_root, held, smooth

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.tie import Tie


def move_positions(model: Twin) -> None:
    """All at once, from where everybody stood."""
    after = [partner.next_position() for partner in model.partners]
    for partner, position in zip(model.partners, after):
        partner.position = position


def ease(model: Twin) -> None:
    """What nobody feeds fades."""
    th, place = model.theta, model.place
    for tie in model.ties:
        for who in tie.both:
            if not tie.met:
                tie.trust[who] += th.neglect * (th.institutional_trust - tie.trust[who])
            tie.history[who] *= 1.0 - th.history_fade
        tie.met = False
        tie.understanding *= 1.0 - th.understanding_fade
        if tie.meeting > th.meeting_base:
            tie.meeting -= th.contact_fade * (tie.meeting - th.meeting_base)
    place.dependency = close(place.dependency, 0.04 if place.facilitator else -0.1)
    for partner in model.partners:
        partner.ease()


def could_be(tie: Tie, model: Twin) -> float:
    """X*: the joint working that relationships and structure allow together."""
    th, place = model.theta, model.place
    governance = place.governance
    if place.form == "lead" and place.lead not in tie.both:
        governance *= 0.6
    if place.form == "shared":  # a board that all share thins out beyond eight
        governance *= 8.0 / max(8.0, place.seats)
    gate = smooth(tie.least_trust, th.joint_gate_low, th.joint_gate_high)
    if th.joint_without_trust:
        gate = 0.5
    if th.mandate_suffices:
        gate = governance
    energy = sqrt(tie.a.commitment * tie.b.commitment)
    carried = energy * (0.35 + 0.65 * tie.understanding) * (0.1 + 0.9 * governance)
    return gate * cube_root(carried)


def work_together(model: Twin) -> None:
    """Joint working goes slowly to what it could be."""
    th = model.theta
    _carry_over(model)
    model.place.seats = len(model.table)
    for tie in model.ties:
        if tie.dependence <= 0 and tie.floor <= 0:
            continue
        target = tie.floor + (1.0 - tie.floor) * could_be(tie, model)
        if tie.in_dispute:
            target = min(target, tie.joint)
        if target > tie.joint:
            step = (target - tie.joint) / th.integration_lag
        else:
            step = th.joint_decay * (target - tie.joint)
        tie.joint = held(tie.joint + step)
        if tie.floor > 0 and tie.least_trust < 0.3:
            tie.floor *= 0.97


def _carry_over(model: Twin) -> None:
    """Whoever was merged away leaves its joint working to the other."""
    for gone in model.partners:
        heir = gone.merged_with
        if heir is None:
            continue
        for other, old in gone.ties.items():
            if old.dependence <= 0 and old.floor <= 0:
                continue
            if other is not heir and not other.merged_with:
                _inherit(heir.ties[other], old)
            old.joint = old.dependence = old.floor = 0.0


def _inherit(new: Tie, old: Tie) -> None:
    weight = max(1e-9, new.dependence + old.dependence)
    new.joint = (new.joint * new.dependence + old.joint * old.dependence) / weight
    new.dependence = max(new.dependence, old.dependence)
    new.floor = max(new.floor, old.floor)
