"""Line 6: projects start, advance, succeed or fail, are learned from or blamed, spread."""

from __future__ import annotations

from math import sqrt

import numpy as np

from sim.compiled import rule
from sim.draws import P_CASE, P_PROJECT, P_SPREAD, mix
from sim.fields import (
    AGE,
    AMBITION,
    AT_TABLE,
    BACKING,
    BY_MOVE,
    CAPABILITY,
    CASE_MONTHS,
    COMMITMENT,
    DELIVERED,
    DISPUTE,
    EMBEDDED,
    EMPTY,
    ENERGY,
    FIRST_DELIVERY,
    FORECAST,
    FUND,
    FUND_OPEN,
    GOVERNANCE,
    JOINT_FLOOR,
    KEY,
    KIND,
    LENGTH,
    MANDATE,
    MANDATED,
    MEETING,
    MERGED_WITH,
    MONEY,
    PROGRAMME,
    PROJECT_SLOTS,
    PROJECTS_EMBEDDED,
    PROJECTS_FAILED,
    PROJECTS_STARTED,
    PROJECTS_SUCCEEDED,
    PROMISED,
    REALISED,
    REORGANISING,
    RUNNING,
    SAFETY,
    SMALL_EXPERIMENT,
    STAGE,
    STAKE,
    STALLED,
    START_MONTH,
    TENSION,
    TRUST,
    UNDERSTANDING,
)
from sim.parameters import Theta
from sim.rules.basics import clamp, close, sigma
from sim.rules.chance import draw
from sim.rules.events import (
    V_BLAMED,
    V_CASE,
    V_CASE_REFUSED,
    V_EMBEDDED,
    V_LEARNED,
    V_MISSED,
    V_REFUSED,
    V_SPREAD,
    V_STARTED,
    V_SUCCEEDED,
    Events,
    emit,
)
from sim.rules.ledger import (
    C_BLAME,
    C_PROJECT,
    Ledger,
    bad_event,
    good_event,
    set_partner,
)
from sim.state import Array, State
from sim.world import TAME, W_KIND, WICKED, World


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
    stake: float, spread: int,
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
    s.project[STAKE, slot] = stake
    s.project[MANDATED, slot] = mandated if trust < gate else 0.0
    s.project[START_MONTH, slot] = s.place[0] + 1.0
    s.project[KEY, slot] = mix(key, kind * 4096 + int(s.place[0]) + 1)
    s.project[BY_MOVE, slot] = move + 1
    s.place[PROJECTS_STARTED] += 1.0
    emit(ev, V_SPREAD if spread == 1 else V_STARTED, a, b, slot * 16 + kind, members_code(s, slot))
    return slot


@rule
def projects(w: World, th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """Every running project ages; at its length it delivers or fails; embedded ones spread."""
    month = int(s.place[0]) + 1
    n = s.partner.shape[1]
    for p in range(PROJECT_SLOTS):
        stage = int(s.project[STAGE, p])
        if stage == EMPTY:
            continue
        if stage == RUNNING:
            if s.project[STALLED, p] > 0.0:
                s.project[STALLED, p] -= 1.0
                continue
            held = open_dispute(s, members_of(s, p))
            for i in range(n):
                if s.member[p, i] > 0.5 and s.partner[REORGANISING, i] > 0.0:
                    u, _, _, _ = draw(w, P_PROJECT, month, int(s.project[KEY, p]), int(w.key[i]), 2)
                    if u < 0.7:  # development runs at three tenths of its pace
                        held = 1
            if held == 1:
                continue
            s.project[AGE, p] += 1.0
            for i in range(n):
                for j in range(n):
                    if i != j and s.member[p, i] > 0.5 and s.member[p, j] > 0.5:
                        s.met[i, j] = 1.0
            if s.project[AGE, p] >= s.project[LENGTH, p]:
                _result(w, th, s, led, ev, p)
        else:
            s.project[AGE, p] += 1.0
            if stage == DELIVERED:
                _deliver(th, s, ev, p)
            else:
                _offer(w, th, s, ev, p)
    _case(w, th, s, ev)
    _from_the_fund(w, th, s, ev)


@rule
def _result(w: World, th: Theta, s: State, led: Ledger, ev: Events, p: int) -> None:
    """sigma(b0 + b1 min T + b2 k + b3 energy - b4 ambition - b5 L); Edmondson 1999 on failure."""
    n = s.partner.shape[1]
    u, v, _, _ = draw(w, P_PROJECT, int(s.project[START_MONTH, p]), int(s.project[KEY, p]), 0, 1)
    skill = 0.0
    safety = 0.0
    will = 0.0
    tension = 0.0
    count = 0.0
    ties = 0.0
    a = -1
    b = -1
    for i in range(n):
        if s.member[p, i] < 0.5:
            continue
        if a < 0:
            a = i
        elif b < 0:
            b = i
        skill += s.partner[CAPABILITY, i]
        safety += s.partner[SAFETY, i]
        will += s.partner[COMMITMENT, i]
        count += 1.0
        for j in range(i + 1, n):
            if s.member[p, j] > 0.5:
                tension += s.pair[TENSION, i, j]
                ties += 1.0
    skill /= max(1.0, count)
    safety /= max(1.0, count)
    will /= max(1.0, count)
    tension /= max(1.0, ties)
    kind = int(s.project[KIND, p])
    fit = 0.0
    if kind == PROGRAMME:
        fit = 1.2 if w.setting[W_KIND] == TAME else -0.6
    elif kind <= 2 and w.setting[W_KIND] == WICKED:
        fit = 0.4
    odds = sigma(
        th.success_base
        + th.success_trust * (least_trust(s, members_of(s, p)) - 0.3)
        + th.success_capability * skill
        + th.success_energy * (s.project[ENERGY, p] + 0.5 * will)
        - th.success_ambition * s.project[AMBITION, p]
        - th.success_tension * tension
        - 0.8 * s.project[MANDATED, p]
        + fit
    )
    code = members_code(s, p)
    if u < odds:
        s.project[STAGE, p] = DELIVERED
        s.project[AGE, p] = 0.0
        strength = th.win_trust if kind != PROGRAMME else 0.15 * th.win_trust
        for i in range(n):
            if s.member[p, i] < 0.5:
                continue
            value = close(s.partner[COMMITMENT, i], th.win_commitment)
            set_partner(s, led, COMMITMENT, i, value, C_PROJECT, kind, -1)
            s.partner[SAFETY, i] = close(s.partner[SAFETY, i], 0.04)
            for j in range(n):
                if j != i and s.member[p, j] > 0.5:
                    good_event(th, s, led, i, j, strength, C_PROJECT, kind, j)
                    s.pair[UNDERSTANDING, i, j] = close(s.pair[UNDERSTANDING, i, j], 0.08)
                    s.pair[MEETING, i, j] = close(s.pair[MEETING, i, j], 0.08)
        s.place[PROJECTS_SUCCEEDED] += 1.0
        s.place[BACKING] = close(s.place[BACKING], th.backing_win * (0.5 + s.project[AMBITION, p]))
        s.place[PROMISED] *= 0.6
        if s.place[FIRST_DELIVERY] < 0.5:
            s.place[FIRST_DELIVERY] = s.place[0] + 1.0
        emit(ev, V_SUCCEEDED, a, b, p * 16 + kind, code)
        return
    s.project[STAGE, p] = EMPTY
    s.place[PROJECTS_FAILED] += 1.0
    learned = v < 0.15 + 0.85 * safety
    for i in range(n):
        if s.member[p, i] < 0.5:
            continue
        if learned:
            s.partner[CAPABILITY, i] = close(s.partner[CAPABILITY, i], 0.5 * th.learn_gain)
        else:
            s.partner[SAFETY, i] = close(s.partner[SAFETY, i], -0.08)
            value = close(s.partner[COMMITMENT, i], -0.06)
            set_partner(s, led, COMMITMENT, i, value, C_BLAME, kind, -1)
        for j in range(n):
            if j == i or s.member[p, j] < 0.5:
                continue
            if learned:
                gain = close(s.pair[UNDERSTANDING, i, j], th.learn_gain)
                s.pair[UNDERSTANDING, i, j] = gain
            else:
                bad_event(th, s, led, i, j, th.blame_loss, th.trust_asymmetry, C_BLAME, kind, j)
    if not learned:
        s.place[BACKING] = close(s.place[BACKING], -0.04)
    emit(ev, V_LEARNED if learned else V_BLAMED, a, b, p * 16 + kind, code)


@rule
def _deliver(th: Theta, s: State, ev: Events, p: int) -> None:
    """Delivered long enough, with its members still on terms, it is how things are done."""
    if s.project[AGE, p] < th.embed_months:
        return
    n = s.partner.shape[1]
    kind = int(s.project[KIND, p])
    if open_dispute(s, members_of(s, p)) == 1 or least_trust(s, members_of(s, p)) < 0.25:
        if s.project[AGE, p] > 3.0 * th.embed_months:
            s.project[STAGE, p] = EMPTY
        return
    if kind == PROGRAMME:  # coverage without roots washes off
        s.project[STAGE, p] = EMPTY
        return
    s.project[STAGE, p] = EMBEDDED
    a = -1
    b = -1
    rise = th.floor_gain * (0.6 + s.project[AMBITION, p])
    for i in range(n):
        if s.member[p, i] < 0.5:
            continue
        if a < 0:
            a = i
        elif b < 0:
            b = i
        for j in range(n):
            if j != i and s.member[p, j] > 0.5:
                s.pair[JOINT_FLOOR, i, j] = min(0.85, close(s.pair[JOINT_FLOOR, i, j], rise))
    s.place[PROJECTS_EMBEDDED] += 1.0
    s.place[BACKING] = close(s.place[BACKING], 0.5 * th.backing_win)
    s.place[REALISED] += 6.0 + 30.0 * s.project[AMBITION, p]
    emit(ev, V_EMBEDDED, a, b, p * 16 + kind, members_code(s, p))


@rule
def _offer(w: World, th: Theta, s: State, ev: Events, p: int) -> None:
    """An embedded win is offered along informal contact, and taken in proportion to T x c."""
    month = int(s.place[0]) + 1
    n = s.partner.shape[1]
    if s.project[AGE, p] > th.embed_months + 18.0:
        return
    for a in range(n):
        if s.member[p, a] < 0.5:
            continue
        for k in range(n):
            if s.member[p, k] > 0.5 or s.partner[AT_TABLE, k] < 0.5:
                continue
            u, v, _, _ = draw(
                w, P_SPREAD, month, int(w.key[a]), int(w.key[k]), int(s.project[KEY, p])
            )
            if u >= th.spread_chance * s.pair[MEETING, a, k]:
                continue
            if v < s.pair[TRUST, k, a] * s.partner[COMMITMENT, k]:
                _spread_to(w, th, s, ev, a, k)
                return


@rule
def _spread_to(w: World, th: Theta, s: State, ev: Events, a: int, k: int) -> None:
    n = s.partner.shape[1]
    slot = free_slot(s)
    if slot < 0 or s.project[STAGE, slot] != EMPTY or s.partner[MERGED_WITH, k] > 0.0:
        return
    if s.pair[DISPUTE, a, k] > 0.0 or s.pair[JOINT_FLOOR, a, k] > 0.5:
        return
    who = np.zeros(n)
    who[a] = 1.0
    who[k] = 1.0
    started = start_project(w, th, s, ev, who, SMALL_EXPERIMENT, 0.2, -1, 0.0, 1)
    if started >= 0:
        s.project[ENERGY, started] = 0.4


@rule
def _case(w: World, th: Theta, s: State, ev: Events) -> None:
    """The business case is decided; hopeful sums are held against what came (NAO 2017)."""
    month = int(s.place[0]) + 1
    if s.place[CASE_MONTHS] > 0.0:
        s.place[CASE_MONTHS] -= 1.0
        if s.place[CASE_MONTHS] <= 0.0:
            u, v, x, _ = draw(w, P_CASE, month, 0, 0, 0)
            if u < th.case_chance * (0.4 + 0.8 * s.place[BACKING]):
                money = 150.0 + 150.0 * v
                s.place[MONEY] += money
                s.place[FORECAST] += 20.0 * th.optimism * (0.6 + 0.8 * x)
                s.place[GOVERNANCE] = close(s.place[GOVERNANCE], 0.05)
                emit(ev, V_CASE, -1, -1, -1, money)
            else:
                emit(ev, V_CASE_REFUSED, -1, -1, -1, 0.0)
    if month % 12 == 0 and s.place[FORECAST] > 0.0:
        if s.place[REALISED] < 0.6 * s.place[FORECAST]:
            s.place[BACKING] = close(s.place[BACKING], -th.backing_missed)
            emit(ev, V_MISSED, -1, -1, -1, s.place[FORECAST] - s.place[REALISED])
        s.place[FORECAST] *= 0.5  # nobody holds anybody to an old forecast for long


@rule
def _from_the_fund(w: World, th: Theta, s: State, ev: Events) -> None:
    """Pooled money now and then pays for joint work that two partners would not have begun."""
    if s.place[FUND_OPEN] < 0.5 or s.place[FUND] < 20.0:
        return
    month = int(s.place[0]) + 1
    if month % 3 != 0:
        return
    n = s.partner.shape[1]
    best = -1.0
    a = -1
    b = -1
    for i in range(n):
        for j in range(i + 1, n):
            if s.partner[AT_TABLE, i] < 0.5 or s.partner[AT_TABLE, j] < 0.5:
                continue
            if s.pair[DISPUTE, i, j] > 0.0 or s.pair[JOINT_FLOOR, i, j] > 0.3:
                continue
            both = sqrt(s.partner[COMMITMENT, i] * s.partner[COMMITMENT, j])
            x = min(s.pair[TRUST, i, j], s.pair[TRUST, j, i]) * both
            if x > best:
                best = x
                a = i
                b = j
    u, _, _, _ = draw(w, P_PROJECT, month, 0, 0, 3)
    slot = free_slot(s)
    if a < 0 or slot < 0 or s.project[STAGE, slot] != EMPTY or u >= clamp(best, 0.0, 0.5):
        return
    who = np.zeros(n)
    who[a] = 1.0
    who[b] = 1.0
    if start_project(w, th, s, ev, who, SMALL_EXPERIMENT, 0.25, -1, 20.0, 0) >= 0:
        s.place[FUND] -= 20.0
