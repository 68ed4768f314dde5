"""Line 7: positions move; joint working grows or decays."""

from __future__ import annotations

from math import sqrt

import numpy as np

from sim.compiled import rule
from sim.fields import (
    COMMITMENT,
    DEPENDENCE,
    DISPUTE,
    GOVERNANCE,
    GOVERNANCE_FORM,
    JOINT,
    JOINT_FLOOR,
    LEAD,
    MEETING,
    TRUST,
    UNDERSTANDING,
)
from sim.parameters import Theta
from sim.rules.basics import cube_root, smooth
from sim.rules.events import V_JOINT, Events, emit
from sim.rules.ledger import C_JOINT, Ledger, set_both
from sim.state import State
from sim.world import World


@rule
def positions(w: World, th: Theta, s: State) -> None:
    """Next p = xi p0 + (1 - xi) mean of contacts within epsilon, weights by trust.

    Sources: Hegselmann & Krause 2002; Friedkin & Johnsen 1990.
    """
    n = s.partner.shape[1]
    axes = s.position.shape[2]
    moved = np.zeros((n, axes))
    for i in range(n):
        for k in range(axes):
            p = s.position[0, i, k]
            total = p
            weight = 1.0
            for j in range(n):
                if j == i or s.pair[MEETING, i, j] <= 0.0:
                    continue
                q = s.position[0, j, k]
                if abs(q - p) < th.openness:
                    by = 1.0
                    if th.trust_weights > 0.5:
                        by = s.pair[TRUST, i, j] * s.pair[MEETING, i, j] * 4.0
                    total += by * q
                    weight += by
            toward = (
                th.stubbornness * s.position[1, i, k] + (1.0 - th.stubbornness) * total / weight
            )
            step = th.position_rate * (toward - p)
            moved[i, k] = p + step + th.need_pull * s.partner[COMMITMENT, i] * (w.need[k] - p)
    for i in range(n):
        for k in range(axes):
            s.position[0, i, k] = min(1.0, max(0.0, moved[i, k]))


@rule
def joint_target(th: Theta, s: State, a: int, b: int) -> float:
    """What relationships and structure allow: gate(min T) (c (.35 + .65 M)(.6 + .4 G))^(1/3)."""
    trust = min(s.pair[TRUST, a, b], s.pair[TRUST, b, a])
    gate = smooth(trust, th.joint_gate_low, th.joint_gate_high)
    structure = s.place[GOVERNANCE]
    if s.place[GOVERNANCE_FORM] == 2.0:
        lead = int(s.place[LEAD])
        if a != lead and b != lead:  # a lead agency leaves some out
            structure = 0.6 * structure
    if th.joint_without_trust > 0.5:
        gate = 0.5
    if th.mandate_suffices > 0.5:
        gate = structure
    will = sqrt(s.partner[COMMITMENT, a] * s.partner[COMMITMENT, b])
    inner = will * (0.35 + 0.65 * s.pair[UNDERSTANDING, a, b]) * (0.6 + 0.4 * structure)
    return gate * cube_root(inner)


@rule
def limiting(th: Theta, s: State, a: int, b: int) -> int:
    """What holds joint working back most, as a place in ``JOINT_LIMITS``."""
    if s.pair[DISPUTE, a, b] > 0.0:
        return 4
    gate = smooth(
        min(s.pair[TRUST, a, b], s.pair[TRUST, b, a]), th.joint_gate_low, th.joint_gate_high
    )
    will = sqrt(s.partner[COMMITMENT, a] * s.partner[COMMITMENT, b])
    known = 0.35 + 0.65 * s.pair[UNDERSTANDING, a, b]
    structure = 0.6 + 0.4 * s.place[GOVERNANCE]
    best = 0
    least = gate
    if will < least:
        best = 1
        least = will
    if known < least:
        best = 2
        least = known
    if structure < least:
        best = 3
    return best


@rule
def joint_working(th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """X moves toward its target over the integration lag; no growth in a dispute."""
    n = s.partner.shape[1]
    for a in range(n):
        for b in range(a + 1, n):
            if s.pair[DEPENDENCE, a, b] <= 0.0 and s.pair[JOINT_FLOOR, a, b] <= 0.0:
                continue
            x = s.pair[JOINT, a, b]
            floor = s.pair[JOINT_FLOOR, a, b]
            target = floor + (1.0 - floor) * joint_target(th, s, a, b)
            if s.pair[DISPUTE, a, b] > 0.0:
                target = min(x, target)
            rate = 1.0 / th.integration_lag if target > x else th.joint_decay
            why = limiting(th, s, a, b)
            set_both(s, led, JOINT, a, b, x + rate * (target - x), C_JOINT, why, -1)
            after = s.pair[JOINT, a, b]
            for step in range(1, 5):
                line = 0.25 * step
                if (x < line <= after) or (after < line <= x):
                    emit(ev, V_JOINT, a, b, step, 1.0 if after > x else -1.0)
            trust = min(s.pair[TRUST, a, b], s.pair[TRUST, b, a])
            if floor > 0.0 and trust < 0.3:  # roots rot where trust has gone
                s.pair[JOINT_FLOOR, a, b] = floor * 0.97
                s.pair[JOINT_FLOOR, b, a] = floor * 0.97
