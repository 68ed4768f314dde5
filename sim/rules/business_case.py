"""Money for joint work: the business case that is decided, and what the pooled fund begins."""

from __future__ import annotations

from math import sqrt

import numpy as np

from sim.compiled import rule
from sim.draws import P_CASE, P_PROJECT
from sim.fields import (
    AT_TABLE,
    BACKING,
    CASE_MONTHS,
    COMMITMENT,
    DISPUTE,
    EMPTY,
    FORECAST,
    FUND,
    FUND_OPEN,
    GOVERNANCE,
    JOINT_FLOOR,
    MONEY,
    MONTH,
    REALISED,
    SMALL_EXPERIMENT,
    STAGE,
    TRUST,
)
from sim.parameters import Theta
from sim.rules.basics import clamp, close
from sim.rules.chance import draw
from sim.rules.events import V_CASE, V_CASE_REFUSED, V_MISSED, Events, emit
from sim.rules.project_start import free_slot, start_project
from sim.state import State
from sim.world import World


@rule
def business_case(w: World, th: Theta, s: State, ev: Events) -> None:
    """The business case is decided; hopeful sums are held against what came (NAO 2017)."""
    month = int(s.place[MONTH]) + 1
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
def from_the_fund(w: World, th: Theta, s: State, ev: Events) -> None:
    """Pooled money now and then pays for joint work that two partners would not have begun."""
    if s.place[FUND_OPEN] < 0.5 or s.place[FUND] < 20.0:
        return
    month = int(s.place[MONTH]) + 1
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
    if start_project(w, th, s, ev, who, SMALL_EXPERIMENT, 0.25, -1, 0) >= 0:
        s.place[FUND] -= 20.0
