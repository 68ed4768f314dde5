"""Line 6: projects advance, succeed or fail, are learned from or blamed, spread."""

from __future__ import annotations

import numpy as np

from sim.compiled import rule
from sim.draws import P_PROJECT, P_SPREAD
from sim.fields import (
    AGE,
    AMBITION,
    AT_TABLE,
    BACKING,
    CAPABILITY,
    CLUMSY_SOLUTION,
    COMMITMENT,
    DELIVERED,
    DISPUTE,
    EMBEDDED,
    EMPTY,
    ENERGY,
    FIRST_DELIVERY,
    JOINT_FLOOR,
    KEY,
    KIND,
    LENGTH,
    MANDATED,
    MEETING,
    MERGED_WITH,
    MONTH,
    PROGRAMME,
    PROJECT_SLOTS,
    PROJECTS_EMBEDDED,
    PROJECTS_FAILED,
    PROJECTS_SUCCEEDED,
    PROMISED,
    REALISED,
    REORGANISING,
    ROOTED,
    RUNNING,
    SAFETY,
    SLACK,
    SMALL_EXPERIMENT,
    STAGE,
    STALLED,
    START_MONTH,
    TENSION,
    TRUST,
    UNDERSTANDING,
)
from sim.parameters import Theta
from sim.rules.basics import close, sigma
from sim.rules.business_case import business_case, from_the_fund
from sim.rules.chance import draw
from sim.rules.events import V_BLAMED, V_EMBEDDED, V_LEARNED, V_SUCCEEDED, Events, emit
from sim.rules.ledger import C_BLAME, C_PROJECT, Ledger, bad_event, good_event, set_partner
from sim.rules.project_start import (
    carried,
    free_slot,
    least_trust,
    mean_tie_trust,
    members_code,
    members_of,
    open_dispute,
    start_project,
)
from sim.state import State
from sim.world import TAME, W_KIND, WICKED, World


@rule
def projects(w: World, th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """Every running project ages; at its length it delivers or fails; embedded ones spread."""
    month = int(s.place[MONTH]) + 1
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
                _deliver(w, th, s, ev, p)
            else:
                _offer(w, th, s, ev, p)
    business_case(w, th, s, ev)
    from_the_fund(w, th, s, ev)


@rule
def _result(w: World, th: Theta, s: State, led: Ledger, ev: Events, p: int) -> None:
    """sigma(b0 + b1 min T + b2 k + b3 energy - b4 ambition - b5 L); Edmondson 1999 on failure."""
    n = s.partner.shape[1]
    u, v, _, _ = draw(w, P_PROJECT, int(s.project[START_MONTH, p]), int(s.project[KEY, p]), 0, 1)
    skill = 0.0
    safety = 0.0
    room = 0.0
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
        room += s.partner[SLACK, i]
        will += s.partner[COMMITMENT, i]
        count += 1.0
        for j in range(i + 1, n):
            if s.member[p, j] > 0.5:
                tension += s.pair[TENSION, i, j]
                ties += 1.0
    skill /= max(1.0, count)
    safety /= max(1.0, count)
    room /= max(1.0, count)
    will /= max(1.0, count)
    tension /= max(1.0, ties)
    kind = int(s.project[KIND, p])
    fit = 0.0
    if kind == PROGRAMME:
        fit = 1.2 if w.setting[W_KIND] == TAME else -0.6
    elif kind in (SMALL_EXPERIMENT, CLUMSY_SOLUTION) and w.setting[W_KIND] == WICKED:
        fit = 0.4
    odds = sigma(
        th.success_base
        + th.success_trust * (least_trust(s, members_of(s, p)) - 0.3)
        + th.success_capability * skill
        + th.success_energy * (s.project[ENERGY, p] + 0.5 * will)
        - th.success_ambition * s.project[AMBITION, p]
        - th.success_tension * tension
        + th.success_slack * (room - 0.4)
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
            s.place[FIRST_DELIVERY] = s.place[MONTH] + 1.0
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
def _deliver(w: World, th: Theta, s: State, ev: Events, p: int) -> None:
    """Delivered long enough, with its members still on terms, it is how things are done."""
    n = s.partner.shape[1]
    crowd = 1.0
    for i in range(n):
        if s.member[p, i] > 0.5:
            crowd = max(crowd, carried(s, i) - 1.0)
    s.project[ROOTED, p] += 1.0 / crowd
    if s.project[ROOTED, p] < th.embed_months:
        if s.project[AGE, p] > 3.0 * th.embed_months:
            s.project[STAGE, p] = EMPTY
        return
    kind = int(s.project[KIND, p])
    who = members_of(s, p)
    trust = least_trust(s, who) if kind != PROGRAMME else mean_tie_trust(s, who)
    if open_dispute(s, who) == 1 or trust < 0.25:
        if s.project[AGE, p] > 3.0 * th.embed_months:
            s.project[STAGE, p] = EMPTY
        return
    tame = w.setting[W_KIND] == TAME
    if kind == PROGRAMME and not tame:  # coverage without roots washes off
        s.project[STAGE, p] = EMPTY
        return
    s.project[STAGE, p] = EMBEDDED
    a = -1
    b = -1
    rise = th.floor_gain * (0.6 + s.project[AMBITION, p])
    if kind == PROGRAMME:  # broad, and no deeper for it
        rise *= 0.4
    top = min(0.85, 0.2 + 0.9 * s.project[AMBITION, p])  # small things carry only so much
    for i in range(n):
        if s.member[p, i] < 0.5:
            continue
        if a < 0:
            a = i
        elif b < 0:
            b = i
        for j in range(n):
            if j != i and s.member[p, j] > 0.5:
                floor = s.pair[JOINT_FLOOR, i, j]
                s.pair[JOINT_FLOOR, i, j] = max(floor, min(top, close(floor, rise)))
    s.place[PROJECTS_EMBEDDED] += 1.0
    s.place[BACKING] = close(s.place[BACKING], 0.5 * th.backing_win)
    s.place[REALISED] += 6.0 + 30.0 * s.project[AMBITION, p]
    emit(ev, V_EMBEDDED, a, b, p * 16 + kind, members_code(s, p))


@rule
def _offer(w: World, th: Theta, s: State, ev: Events, p: int) -> None:
    """An embedded win is offered along informal contact, and taken in proportion to T x c."""
    month = int(s.place[MONTH]) + 1
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
    started = start_project(w, th, s, ev, who, SMALL_EXPERIMENT, 0.2, -1, 1)
    if started >= 0:
        s.project[ENERGY, started] = 0.4
