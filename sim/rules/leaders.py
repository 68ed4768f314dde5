"""Line 8: leaders leave and arrive; what was built partly goes with them."""

from __future__ import annotations

from sim.compiled import rule
from sim.draws import P_ARRIVAL, P_LEADER
from sim.fields import (
    AT_TABLE,
    AVOIDANCE,
    CONTACT,
    CREDIBILITY,
    ENDED,
    FACILITATOR,
    HANDOVER,
    HISTORY,
    LEADERS,
    LEADERS_LEFT,
    LEAVING,
    MEETING,
    MERGED_WITH,
    MONTH,
    TENURE,
    TRUST,
    TURN_MONTH,
    UNDERSTANDING,
)
from sim.parameters import Theta
from sim.rules.basics import chance, clamp
from sim.rules.chance import draw
from sim.rules.events import V_ANNOUNCED, V_ARRIVED, V_HANDOVER, V_LEFT, Events, emit
from sim.rules.ledger import C_LEADER, Ledger, set_pair
from sim.state import State
from sim.world import SHOCKS_FULL, SHOCKS_OFF, W_SHOCKS, World


@rule
def announced(s: State) -> int:
    """Departures announced and not yet happened."""
    count = 0
    for i in range(s.partner.shape[1]):
        if s.partner[LEAVING, i] > 0.0:
            count += 1
    return count


@rule
def leaders(w: World, th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """Announced leaders go when their months are up; others may announce that they will.

    In play at most one leaves of itself (a scenario may have another say goodbye on a
    card), announced so that a handover can still be made.  When the last turn is over they go
    as they do anywhere.
    """
    month = int(s.place[MONTH]) + 1
    mode = int(w.setting[W_SHOCKS])
    for i in range(s.partner.shape[1]):
        s.partner[TENURE, i] += 1.0
        if s.partner[MERGED_WITH, i] > 0.0:
            s.partner[LEAVING, i] = 0.0
            continue
        if s.partner[LEAVING, i] > 0.0:
            s.partner[LEAVING, i] -= 1.0
            if s.partner[LEAVING, i] <= 0.0:
                _goes(w, th, s, led, ev, i)
            continue
        if mode == SHOCKS_OFF:
            continue
        settled = 0.6 + min(0.8, s.partner[TENURE, i] / 60.0)
        hazard = th.turnover_per_year / 12.0 * settled
        if mode == SHOCKS_FULL or s.place[ENDED] > 0.5:
            u, _, _, _ = draw(w, P_LEADER, month, int(w.key[i]), 0, 0)
            if u < chance(hazard):
                s.partner[LEAVING, i] = 3.0
                emit(ev, V_ANNOUNCED, i, -1, -1, 3.0)
        elif (
            s.partner[AT_TABLE, i] > 0.5
            and s.place[LEADERS_LEFT] + announced(s) < 1.0
            and month > 5
            and month > int(s.place[TURN_MONTH])  # seen at the next choosing, gone in that turn
        ):
            u, _, _, _ = draw(w, P_LEADER, month, int(w.key[i]), 0, 0)
            if u < chance(hazard):
                s.partner[LEAVING, i] = 4.0
                emit(ev, V_ANNOUNCED, i, -1, -1, 4.0)


@rule
def _goes(w: World, th: Theta, s: State, led: Ledger, ev: Events, i: int) -> None:
    """Trust falls back toward what strangers have, by what is not retained, both ways."""
    month = int(s.place[MONTH]) + 1
    kept = th.trust_retained_on_turnover
    if s.partner[HANDOVER, i] > 0.5:
        kept = max(kept, th.handover_kept)
        emit(ev, V_HANDOVER, i, -1, -1, kept)
    kept = min(0.95, kept + 0.1 * s.place[FACILITATOR])
    base = th.institutional_trust
    for j in range(s.partner.shape[1]):
        if j == i:
            continue
        t = s.pair[TRUST, i, j]
        set_pair(s, led, TRUST, i, j, base + kept * (t - base), C_LEADER, i, i)
        t = s.pair[TRUST, j, i]
        set_pair(s, led, TRUST, j, i, base + kept * (t - base), C_LEADER, i, i)
        s.pair[HISTORY, i, j] *= kept
        s.pair[HISTORY, j, i] *= kept
        s.pair[UNDERSTANDING, i, j] *= kept
        s.pair[UNDERSTANDING, j, i] = s.pair[UNDERSTANDING, i, j]
        s.pair[MEETING, i, j] *= kept
        s.pair[MEETING, j, i] = s.pair[MEETING, i, j]
    u, v, _, _ = draw(w, P_ARRIVAL, month, int(w.key[i]), 0, 0)
    s.partner[AVOIDANCE, i] = clamp(th.avoidance_mean + 0.5 * (u + v - 1.0), 0.05, 0.95)
    s.partner[CONTACT, i] *= kept
    s.partner[CREDIBILITY, i] *= 0.5 + 0.5 * kept
    s.partner[TENURE, i] = 0.0
    s.partner[HANDOVER, i] = 0.0
    s.partner[LEADERS, i] += 1.0
    s.place[LEADERS_LEFT] += 1.0
    emit(ev, V_LEFT, i, -1, -1, kept)
    emit(ev, V_ARRIVED, i, -1, -1, s.partner[AVOIDANCE, i])
