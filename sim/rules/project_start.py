"""How a joint project starts: its gate, its slot, and who belongs to it."""

from __future__ import annotations

import numpy as np

from sim.compiled import rule
from sim.draws import mix
from sim.fields import (
    AGE,
    AMBITION,
    BY_MOVE,
    DELIVERED,
    DISPUTE,
    EMBEDDED,
    EMPTY,
    KEY,
    KIND,
    LENGTH,
    MANDATE,
    MANDATED,
    MONTH,
    PROGRAMME,
    PROJECT_SLOTS,
    PROJECTS_STARTED,
    RUNNING,
    STAGE,
    START_MONTH,
    TRUST,
)
from sim.parameters import Theta
from sim.rules.events import V_REFUSED, V_SPREAD, V_STARTED, Events, emit
from sim.state import Array, State
from sim.world import World


@rule
def members_code(s: State, p: int) -> float:
    """Members of a slot as a sum of powers of two, for events (partners 0 to 49)."""
    code = 0.0
    power = 1.0
    for i in range(min(50, s.member.shape[1])):
        if s.member[p, i] > 0.5:
            code += power
        power *= 2.0
    return code


@rule
def members_of(s: State, p: int) -> Array:
    """Who belongs to a slot, as an array of its own: float64 [i]."""
    who = np.zeros(s.member.shape[1])
    for i in range(s.member.shape[1]):
        who[i] = s.member[p, i]
    return who


@rule
def least_trust(s: State, who: Array) -> float:
    """Least trust among those marked in ``who[i]``; 1 when fewer than two are."""
    least = 1.0
    n = s.partner.shape[1]
    for i in range(n):
        if who[i] <= 0.0:
            continue
        for j in range(n):
            if j != i and who[j] > 0.0:
                least = min(least, s.pair[TRUST, i, j])
    return least


@rule
def mean_tie_trust(s: State, who: Array) -> float:
    """Mean trust among those marked."""
    total = 0.0
    count = 0.0
    n = s.partner.shape[1]
    for i in range(n):
        for j in range(n):
            if j != i and who[i] > 0.0 and who[j] > 0.0:
                total += s.pair[TRUST, i, j]
                count += 1.0
    return total / max(1.0, count)


@rule
def open_dispute(s: State, who: Array) -> int:
    """1 when two of those marked are in open dispute."""
    n = s.partner.shape[1]
    for i in range(n):
        for j in range(i + 1, n):
            if who[i] > 0.0 and who[j] > 0.0 and s.pair[DISPUTE, i, j] > 0.0:
                return 1
    return 0


@rule
def carried(s: State, i: int) -> float:
    """Joint projects that a partner carries: running, or delivered and not yet embedded."""
    count = 0.0
    for p in range(PROJECT_SLOTS):
        stage = s.project[STAGE, p]
        if (stage == RUNNING or stage == DELIVERED) and s.member[p, i] > 0.5:
            count += 1.0
    return count


@rule
def free_slot(s: State) -> int:
    """An empty slot, else the oldest embedded one (it is simply how things are done), else -1."""
    best = -1
    for p in range(PROJECT_SLOTS):
        if s.project[STAGE, p] == EMPTY:
            return p
        if s.project[STAGE, p] == EMBEDDED and (
            best < 0 or s.project[AGE, p] > s.project[AGE, best]
        ):
            best = p
    return best


@rule
def start_project(
    w: World, th: Theta, s: State, ev: Events, who: Array, kind: int, ambition: float, move: int,
    spread: int,
) -> int:  # fmt: skip
    """Start a project if the least trust allows it, or by mandate; its slot, or -1.

    Gate: least trust >= trust_gate + trust_gate_ambition x ambition / 2.  A mandated one
    starts all the same, and suffers for it.
    """
    n = s.partner.shape[1]
    count = 0
    a = -1
    b = -1
    key = 0
    for i in range(n):
        if who[i] > 0.0:
            count += 1
            key = mix(key, int(w.key[i]))
            if a < 0:
                a = i
            elif b < 0:
                b = i
    if count < 2:
        return -1
    gate = th.trust_gate + 0.5 * th.trust_gate_ambition * ambition
    slot = free_slot(s)
    trust = least_trust(s, who) if kind != PROGRAMME else mean_tie_trust(s, who)
    mandated = 1.0 if kind == PROGRAMME or s.place[MANDATE] > 0.25 else 0.0
    if slot < 0 or open_dispute(s, who) == 1 or (trust < gate and mandated < 0.5):
        emit(ev, V_REFUSED, a, b, kind, 0.0)
        return -1
    for f in range(s.project.shape[0]):
        s.project[f, slot] = 0.0
    for i in range(n):
        s.member[slot, i] = 1.0 if who[i] > 0.0 else 0.0
    s.project[KIND, slot] = kind
    s.project[AMBITION, slot] = ambition
    s.project[STAGE, slot] = RUNNING
    s.project[LENGTH, slot] = 4.0 + float(int(10.0 * ambition))
    s.project[MANDATED, slot] = mandated if trust < gate else 0.0
    s.project[START_MONTH, slot] = s.place[MONTH] + 1.0
    s.project[KEY, slot] = mix(key, kind * 4096 + int(s.place[MONTH]) + 1)
    s.project[BY_MOVE, slot] = move + 1
    s.place[PROJECTS_STARTED] += 1.0
    emit(ev, V_SPREAD if spread == 1 else V_STARTED, a, b, slot * 16 + kind, members_code(s, slot))
    return slot
