"""Line 7: positions move; joint working grows or decays."""

from __future__ import annotations

from math import sqrt

import numpy as np

from sim.compiled import rule
from sim.fields import (
    AT_TABLE,
    COMMITMENT,
    DEPENDENCE,
    DISPUTE,
    FORM_LEAD,
    FORM_SHARED,
    GOVERNANCE,
    GOVERNANCE_FORM,
    JOINT,
    JOINT_FLOOR,
    LEAD,
    MEETING,
    MERGED_WITH,
    POS_FIRST,
    POS_NOW,
    SEATS,
    TRUST,
    UNDERSTANDING,
)
from sim.parameters import Theta
from sim.rules.basics import cube_root, smooth
from sim.rules.events import V_JOINT, Events, emit
from sim.rules.ledger import (
    BY_COMMITMENT,
    BY_DISPUTE,
    BY_GOVERNANCE,
    BY_TRUST,
    BY_UNDERSTANDING,
    C_JOINT,
    C_REORGANISATION,
    Ledger,
    set_both,
)
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
            p = s.position[POS_NOW, i, k]
            total = p
            weight = 1.0
            for j in range(n):
                if j == i or s.pair[MEETING, i, j] <= 0.0:
                    continue
                q = s.position[POS_NOW, j, k]
                if abs(q - p) < th.openness:
                    by = 1.0
                    if th.trust_weights > 0.5:
                        by = s.pair[TRUST, i, j] * s.pair[MEETING, i, j] * 4.0
                    total += by * q
                    weight += by
            first = s.position[POS_FIRST, i, k]
            toward = th.stubbornness * first + (1.0 - th.stubbornness) * total / weight
            step = th.position_rate * (toward - p)
            moved[i, k] = p + step + th.need_pull * s.partner[COMMITMENT, i] * (w.need[k] - p)
    for i in range(n):
        for k in range(axes):
            s.position[POS_NOW, i, k] = min(1.0, max(0.0, moved[i, k]))


@rule
def count_seats(s: State) -> None:
    """How many sit at the table now."""
    seats = 0.0
    for i in range(s.partner.shape[1]):
        seats += s.partner[AT_TABLE, i]
    s.place[SEATS] = seats


@rule
def structure_of(s: State, a: int, b: int) -> float:
    """Strength of governance as two partners have it (Provan & Kenis 2008).

    A lead agency leaves some out; a board that all share holds eight, and thins out beyond.
    """
    structure = s.place[GOVERNANCE]
    form = int(s.place[GOVERNANCE_FORM])
    if form == FORM_LEAD:
        lead = int(s.place[LEAD])
        if a != lead and b != lead:
            structure = 0.6 * structure
    elif form == FORM_SHARED:
        structure = structure * 8.0 / max(8.0, s.place[SEATS])
    return structure


@rule
def gate_of(th: Theta, s: State, a: int, b: int) -> float:
    """What lets joint working stand at all: trust, or what a rival theory has in its place."""
    if th.mandate_suffices > 0.5:
        return structure_of(s, a, b)
    if th.joint_without_trust > 0.5:
        return 0.5
    trust = min(s.pair[TRUST, a, b], s.pair[TRUST, b, a])
    return smooth(trust, th.joint_gate_low, th.joint_gate_high)


@rule
def joint_target(th: Theta, s: State, a: int, b: int) -> float:
    """What relationships and structure allow: gate(min T) (c (.35 + .65 M)(.1 + .9 G))^(1/3)."""
    will = sqrt(s.partner[COMMITMENT, a] * s.partner[COMMITMENT, b])
    known = 0.35 + 0.65 * s.pair[UNDERSTANDING, a, b]
    return gate_of(th, s, a, b) * cube_root(will * known * (0.1 + 0.9 * structure_of(s, a, b)))


@rule
def limiting(th: Theta, s: State, a: int, b: int) -> int:
    """What holds joint working back most, as a place in ``JOINT_LIMITS``: its least factor."""
    if s.pair[DISPUTE, a, b] > 0.0:
        return BY_DISPUTE
    best = BY_COMMITMENT
    least = sqrt(s.partner[COMMITMENT, a] * s.partner[COMMITMENT, b])
    known = 0.35 + 0.65 * s.pair[UNDERSTANDING, a, b]
    if known < least:
        best = BY_UNDERSTANDING
        least = known
    if 0.1 + 0.9 * structure_of(s, a, b) < least:
        best = BY_GOVERNANCE
        least = 0.1 + 0.9 * structure_of(s, a, b)
    if gate_of(th, s, a, b) < cube_root(least):
        if th.mandate_suffices > 0.5:
            best = BY_GOVERNANCE
        elif th.joint_without_trust < 0.5:  # there the gate is the same for everybody
            best = BY_TRUST
    return best


@rule
def absorb(s: State, led: Ledger) -> None:
    """What a merged partner had with others is carried on by the one it was merged into.

    Dependence moves over, so that nobody's ties count twice; joint working is the mean of
    both, by dependence.
    """
    n = s.partner.shape[1]
    for b in range(n):
        a = int(s.partner[MERGED_WITH, b]) - 1
        if a < 0:
            continue
        for k in range(n):
            if k == b or (s.pair[DEPENDENCE, b, k] <= 0.0 and s.pair[JOINT_FLOOR, b, k] <= 0.0):
                continue
            if k != a and s.partner[MERGED_WITH, k] <= 0.0:
                own = s.pair[DEPENDENCE, a, k]
                more = s.pair[DEPENDENCE, b, k]
                joint = own * s.pair[JOINT, a, k] + more * s.pair[JOINT, b, k]
                joint /= max(1e-9, own + more)
                set_both(s, led, JOINT, a, k, joint, C_REORGANISATION, -1, b)
                s.pair[DEPENDENCE, a, k] = max(own, more)
                s.pair[DEPENDENCE, k, a] = s.pair[DEPENDENCE, a, k]
                floor = max(s.pair[JOINT_FLOOR, a, k], s.pair[JOINT_FLOOR, b, k])
                s.pair[JOINT_FLOOR, a, k] = floor
                s.pair[JOINT_FLOOR, k, a] = floor
            set_both(s, led, JOINT, b, k, 0.0, C_REORGANISATION, -1, b)
            for field in (DEPENDENCE, JOINT_FLOOR):
                s.pair[field, b, k] = 0.0
                s.pair[field, k, b] = 0.0


@rule
def joint_working(th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """X moves toward its target over the integration lag; no growth in a dispute."""
    absorb(s, led)
    count_seats(s)
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
            # what nobody writes down need not be found out: it takes as long as the rest
            why = limiting(th, s, a, b) if led.rows.shape[0] > 0 else -1
            set_both(s, led, JOINT, a, b, x + rate * (target - x), C_JOINT, why, -1)
            after = s.pair[JOINT, a, b]
            if ev.rows.shape[0] > 0:
                for step in range(1, 5):
                    line = 0.25 * step
                    if (x < line <= after) or (after < line <= x):
                        emit(ev, V_JOINT, a, b, step, 1.0 if after > x else -1.0)
            trust = min(s.pair[TRUST, a, b], s.pair[TRUST, b, a])
            if floor > 0.0 and trust < 0.3:  # roots rot where trust has gone
                s.pair[JOINT_FLOOR, a, b] = floor * 0.97
                s.pair[JOINT_FLOOR, b, a] = floor * 0.97
