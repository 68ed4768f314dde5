"""Line 4: what was left unsaid comes out by itself, and becomes an open dispute."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.compiled import rule
from sim.draws import P_ERUPT
from sim.fields import (
    AT_TABLE,
    AVOIDANCE,
    CLEARED,
    CONFIDENCE,
    CONFIDENCE_HELD,
    CONFIDENCE_NONE,
    DANCING,
    DISPUTE,
    ERUPTED,
    ERUPTIONS,
    FIRST,
    JOINT,
    LATENT,
    MERGED_WITH,
    MONTH,
    SECOND,
    SEEN,
    STATUS,
    TENSION,
    TRUST,
    WEIGHT,
)
from sim.parameters import Theta
from sim.rules.basics import chance
from sim.rules.candour import heaviest
from sim.rules.chance import draw_pair
from sim.rules.events import V_DISPUTE_ENDED, V_ERUPTED, V_SIDE, Events, emit
from sim.rules.ledger import C_ERUPTION, C_SIDES, Ledger, add_weight, bad_event, set_both
from sim.state import Array, State
from sim.world import World

CLEARS_FOR: Final = 12.0
"""Months after the dispute for which a row has cleared the air between the two …"""
CLEARS_THE_ROOM_FOR: Final = 5.0
"""… and for everybody else at the table."""


@rule
def eruptions(w: World, th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """Hazard h max(0, L - L* (1/2 + max(A_i, A_j))) / .2: the more avoided, the later, larger."""
    month = int(s.place[MONTH]) + 1
    n = s.partner.shape[1]
    hearsay = np.zeros((n, n))
    hearer = np.zeros((n, n))
    for a in range(n):  # before any row of the month clears the air anew
        for b in range(n):
            if a != b and s.pair[DISPUTE, a, b] <= 0.0 and s.pair[CLEARED, a, b] > 0.0:
                s.pair[CLEARED, a, b] -= 1.0
    for a in range(n):
        for b in range(a + 1, n):
            if s.pair[DISPUTE, a, b] > 0.0:
                left = s.pair[DISPUTE, a, b] - 1.0
                s.pair[DISPUTE, a, b] = max(0.0, left)
                s.pair[DISPUTE, b, a] = max(0.0, left)
                if left <= 0.0:
                    emit(ev, V_DISPUTE_ENDED, a, b, -1, 0.0)
                continue
            if th.silence_is_harmless > 0.5 or s.partner[MERGED_WITH, b] > 0.0:
                continue
            if s.partner[MERGED_WITH, a] > 0.0:
                continue
            worst = max(s.partner[AVOIDANCE, a], s.partner[AVOIDANCE, b])
            over = s.pair[TENSION, a, b] - th.eruption_threshold * (0.5 + worst)
            if over <= 0.0:
                continue
            u, _, _, _ = draw_pair(w, P_ERUPT, month, a, b, 0)
            if u < chance(th.eruption_hazard * over / 0.2):
                _erupt(th, s, led, ev, hearsay, hearer, a, b)
    for i in range(n):  # third parties feel it after all rows of the month have broken out
        for j in range(n):
            if hearsay[i, j] > 0.0:
                who = int(hearer[i, j]) - 1
                bad_event(th, s, led, i, j, hearsay[i, j], th.hearsay_asymmetry, C_SIDES, -1, who)


@rule
def _erupt(
    th: Theta, s: State, led: Ledger, ev: Events, hearsay: Array, hearer: Array, a: int, b: int
) -> None:
    """A breach in proportion to tension, sides taken by trust, and the air half cleared."""
    tension = s.pair[TENSION, a, b]
    strength = th.breach_strength * tension
    m = heaviest(s, a, b)
    before = s.pair[TRUST, a, b] + s.pair[TRUST, b, a]
    bad_event(th, s, led, a, b, strength, th.trust_asymmetry, C_ERUPTION, m, b)
    bad_event(th, s, led, b, a, strength, th.trust_asymmetry, C_ERUPTION, m, a)
    breach = before - s.pair[TRUST, a, b] - s.pair[TRUST, b, a]
    for k in range(s.partner.shape[1]):
        if k == a or k == b or s.partner[AT_TABLE, k] < 0.5:
            continue
        leaning = s.pair[TRUST, k, a] - s.pair[TRUST, k, b]
        if abs(leaning) < 0.1:
            continue
        friend = a if leaning > 0.0 else b
        other = b if leaning > 0.0 else a
        hearsay[k, other] += th.hearsay_strength * (0.5 + tension)
        hearer[k, other] = friend + 1
        emit(ev, V_SIDE, k, friend, other, 0.0)
    months = 1.0 + float(int(th.dispute_months * tension + 0.5))
    s.pair[DISPUTE, a, b] = months
    s.pair[DISPUTE, b, a] = months
    for i in range(s.partner.shape[1]):  # everybody who was in the room says things more easily
        for j in range(s.partner.shape[1]):
            if i != j and s.partner[AT_TABLE, i] > 0.5 and s.partner[AT_TABLE, j] > 0.5:
                s.pair[CLEARED, i, j] = max(s.pair[CLEARED, i, j], CLEARS_THE_ROOM_FOR)
    s.pair[CLEARED, a, b] = months + CLEARS_FOR
    s.pair[CLEARED, b, a] = months + CLEARS_FOR
    s.pair[DANCING, a, b] = 0.0
    s.pair[DANCING, b, a] = 0.0
    for x in range(s.matter.shape[1]):
        i = int(s.matter[FIRST, x])
        j = int(s.matter[SECOND, x])
        if s.matter[STATUS, x] >= LATENT and ((i == a and j == b) or (i == b and j == a)):
            add_weight(s, led, x, -0.5 * s.matter[WEIGHT, x], C_ERUPTION, -1)
    if m >= 0:
        s.matter[STATUS, m] = ERUPTED
        s.matter[SEEN, m] = 0.0
        if s.matter[CONFIDENCE, m] == CONFIDENCE_HELD:  # nothing left to keep
            s.matter[CONFIDENCE, m] = CONFIDENCE_NONE
    joint = s.pair[JOINT, a, b]
    set_both(s, led, JOINT, a, b, joint - 0.25 * joint, C_ERUPTION, m, -1)
    s.place[ERUPTIONS] += 1.0
    emit(ev, V_ERUPTED, a, b, m, breach)
