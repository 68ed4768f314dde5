"""From the true state to what the group can see: blurred, delayed, its secrets kept.

:func:`see` is the only reader of the state on behalf of people and strategies.  A
band's blur is keyed by the tie and the first luck, never by the month, so that looking
again gains nothing.
"""

from __future__ import annotations

from typing import Final

from sim.compiled import rule
from sim.draws import P_BLUR, bell
from sim.fields import (
    AT_TABLE,
    BACKING,
    CASE_MONTHS,
    COMMITMENT,
    CONFIDED,
    CONFIDED_BY,
    CONFIDENCE,
    CONFIDENCE_HELD,
    CONTACT,
    CREDIBILITY,
    CRISIS,
    DANCING,
    DELIVERED,
    DEPENDENCE,
    DISPUTE,
    EMBEDDED,
    EMPTY,
    ENDED,
    ERUPTED,
    ERUPTIONS,
    FACILITATOR,
    FIRST,
    FORM_LEAD,
    FUND_OPEN,
    GOVERNANCE,
    GOVERNANCE_FORM,
    HANDOVER,
    JOINT,
    LATENT,
    LEAD,
    LEAVING,
    LIVE_MATTER,
    MERGED_WITH,
    MONEY,
    MONTH,
    NARRATIVE,
    POWER,
    PROJECT_SLOTS,
    PROJECTS_EMBEDDED,
    PROJECTS_FAILED,
    PROJECTS_SUCCEEDED,
    REORGANISING,
    RUNNING,
    SECOND,
    SEEN,
    SLACK,
    STAGE,
    STATUS,
    SURFACED,
    TAKEN_OVER,
    TENURE,
    TRUST,
    TURN,
    TURN_MONTH,
    WORKED_THROUGH,
)
from sim.rules.chance import draw
from sim.rules.moves import can_go_on
from sim.rules.seen import (
    BLUR,
    L_BACKING,
    L_CASE,
    L_CONFIDENCES,
    L_CRISIS,
    L_DELIVERED,
    L_DISPUTES,
    L_EMBEDDED,
    L_ENDED,
    L_ERUPTIONS,
    L_FACILITATOR,
    L_FAILED,
    L_FORM,
    L_FREE_SLOTS,
    L_FUND_OPEN,
    L_GOVERNANCE,
    L_KIND,
    L_LEAD,
    L_LEAVING,
    L_LIVE,
    L_LIVE_FIRST,
    L_LIVE_SECOND,
    L_LOWEST_TRUST,
    L_MONEY,
    L_MONTH,
    L_MOST_TOKENS,
    L_NARRATIVE,
    L_OUTSIDE,
    L_PLACES,
    L_RUNNING,
    L_SEATS,
    L_SUCCEEDED,
    L_TAKEN_OVER,
    L_TURN,
    L_TURN_MONTHS,
    L_TURNS_LEFT,
    LEVEL_VALUES,
    MEASURE_LAG,
    P_CHIEF,
    P_COMMISSIONER,
    P_COMMITMENT,
    P_CONTACT,
    P_CREDIBILITY,
    P_HANDOVER,
    P_HOME_CARE,
    P_HOSPITAL,
    P_LEAVING,
    P_MERGED,
    P_NEW_LEADER,
    P_PAYER,
    P_POWER,
    P_PROJECTS,
    P_PROVIDER,
    P_REORGANISING,
    P_SLACK,
    P_TABLE,
    P_TOKENS,
    Q_CHANGE,
    Q_DANCING,
    Q_DEPENDS,
    Q_DISPUTE,
    Q_JOINT,
    Q_PROJECT,
    Q_SURFACED,
    Q_TOKENS,
    Q_TRUST,
    SEEN_AVOIDED,
    SEEN_CONFIDED,
    SEEN_ERUPTED,
    SEEN_SURFACED,
    SEEN_THROUGH,
    TRUST_VALUES,
    X_AVOIDED,
    X_CONFIDENCE,
    X_FIRST,
    X_KNOWN,
    X_LIVE,
    X_SECOND,
    X_TOLD_BY,
    Seen,
)
from sim.state import STAND_MOVE, STANDING_SLOTS, State
from sim.world import (
    MV_COST,
    MV_PLACES,
    T_CHIEF,
    T_COMMISSIONER,
    T_HOME_CARE,
    T_HOSPITAL,
    T_PAYER,
    T_PROVIDER,
    W_KIND,
    World,
)

PLACES: Final = 3
"""Places in the diary each turn."""
VISIBILITIES: Final = ("full", "felt", "fog")
FULL_SIGHT, FELT, FOG = range(3)


@rule
def trust_band(x: float) -> int:
    """Band 0..4 of a trust: cut half-way between the words."""
    band = 0
    for cut in (0.2, 0.375, 0.525, 0.7):
        if x >= cut:
            band += 1
    return band


@rule
def level_band(x: float) -> int:
    """Band 0..4 of a level, very low to very high."""
    band = 0
    for cut in (0.2, 0.4, 0.6, 0.8):
        if x >= cut:
            band += 1
    return band


@rule
def level_word(x: float) -> float:
    """A level as the number of its word."""
    return LEVEL_VALUES[level_band(x)]


@rule
def blurred(w: World, x: float, i: int, j: int, k: int) -> float:
    """``x`` as others make it out; the same error whenever they look."""
    a, b, c, d = draw(w, P_BLUR, 0, i, j, k)
    return x + BLUR * bell(a, b, c, d)


@rule
def see(w: World, s: State, visibility: int, seen: Seen) -> None:
    """Fill ``seen`` (all but its hand) from the state.

    ``visibility`` is FULL_SIGHT (nothing blurred, hidden or late), FELT, or FOG (nobody
    knows how a partner feels whom the players hardly know).
    """
    _partners(w, s, visibility, seen)
    _pairs(w, s, visibility, seen)
    _matters(s, visibility, seen)
    _projects(s, seen)
    _place(w, s, seen)
    month = int(s.place[MONTH])
    for m in range(s.measure.shape[0]):
        lag = 0 if visibility == FULL_SIGHT else MEASURE_LAG[m]
        seen.measure[m] = -1.0 if lag < 0 else s.history[m, max(0, month - lag)]


@rule
def _partners(w: World, s: State, visibility: int, seen: Seen) -> None:
    for i in range(s.partner.shape[1]):
        merged = s.partner[MERGED_WITH, i]
        p = seen.partner
        p[P_TABLE, i] = 1.0 if s.partner[AT_TABLE, i] > 0.5 and merged <= 0.0 else 0.0
        p[P_SLACK, i] = level_word(s.partner[SLACK, i])
        p[P_CONTACT, i] = level_word(s.partner[CONTACT, i])
        p[P_CREDIBILITY, i] = level_word(s.partner[CREDIBILITY, i])
        energy = s.partner[COMMITMENT, i]
        if visibility != FULL_SIGHT:
            energy = blurred(w, energy, int(w.key[i]), 0, 1)
        p[P_COMMITMENT, i] = level_word(energy)
        if visibility == FOG and level_band(s.partner[CONTACT, i]) < 2:
            p[P_COMMITMENT, i] = -1.0
        p[P_POWER, i] = level_word(s.partner[POWER, i])
        p[P_LEAVING, i] = s.partner[LEAVING, i]
        p[P_HANDOVER, i] = s.partner[HANDOVER, i]
        p[P_NEW_LEADER, i] = 1.0 if s.partner[TENURE, i] < 6.0 else 0.0
        p[P_MERGED, i] = merged
        p[P_REORGANISING, i] = s.partner[REORGANISING, i]
        p[P_PAYER, i] = w.trait[T_PAYER, i]
        p[P_COMMISSIONER, i] = w.trait[T_COMMISSIONER, i]
        p[P_PROVIDER, i] = w.trait[T_PROVIDER, i]
        p[P_HOSPITAL, i] = w.trait[T_HOSPITAL, i]
        p[P_HOME_CARE, i] = w.trait[T_HOME_CARE, i]
        p[P_CHIEF, i] = w.trait[T_CHIEF, i]
        p[P_PROJECTS, i] = 0.0
        p[P_TOKENS, i] = 0.0


@rule
def _pairs(w: World, s: State, visibility: int, seen: Seen) -> None:
    n = s.partner.shape[1]
    for i in range(n):
        fog = visibility == FOG and level_band(s.partner[CONTACT, i]) < 2
        for j in range(n):
            q = seen.pair
            for f in range(q.shape[0]):
                q[f, i, j] = 0.0
            if i == j:
                continue
            trust = s.pair[TRUST, i, j]
            if visibility != FULL_SIGHT:
                trust = blurred(w, trust, int(w.key[i]), int(w.key[j]), 0)
            change = s.pair[TRUST, i, j] - s.shown[i, j]
            if fog:
                q[Q_TRUST, i, j] = -1.0
            else:
                q[Q_TRUST, i, j] = TRUST_VALUES[trust_band(trust)]
                q[Q_CHANGE, i, j] = 1.0 if change >= 0.03 else (-1.0 if change <= -0.03 else 0.0)
            danced = s.pair[DANCING, i, j]
            q[Q_DANCING, i, j] = 0.0
            for cut in (0.5, 1.5, 2.5):
                if danced >= cut:
                    q[Q_DANCING, i, j] += 1.0
            q[Q_DISPUTE, i, j] = 1.0 if s.pair[DISPUTE, i, j] > 0.0 else 0.0
            q[Q_JOINT, i, j] = level_word(s.pair[JOINT, i, j])
            q[Q_DEPENDS, i, j] = 1.0 if s.pair[DEPENDENCE, i, j] > 0.0 else 0.0


@rule
def known_as(s: State, m: int, visibility: int) -> int:
    """How far a matter is known: UNKNOWN, avoided in front of all, confided, … erupted."""
    status = int(s.matter[STATUS, m])
    if status == ERUPTED:
        return SEEN_ERUPTED
    if status == WORKED_THROUGH:
        return SEEN_THROUGH
    if status == SURFACED:
        return SEEN_SURFACED
    if status == CONFIDED:
        return SEEN_CONFIDED
    if status == LATENT and (
        s.matter[SEEN, m] > 0.0 or int(s.place[LIVE_MATTER]) == m + 1 or visibility == FULL_SIGHT
    ):
        return SEEN_AVOIDED
    return 0


@rule
def _matters(s: State, visibility: int, seen: Seen) -> None:
    x = seen.matter
    for m in range(s.matter.shape[1]):
        for f in range(x.shape[0]):
            x[f, m] = 0.0
        x[X_FIRST, m] = -1.0
        x[X_SECOND, m] = -1.0
        known = known_as(s, m, visibility)
        if known == 0:
            continue
        a = int(s.matter[FIRST, m])
        b = int(s.matter[SECOND, m])
        x[X_KNOWN, m] = known
        x[X_FIRST, m] = a
        x[X_SECOND, m] = b
        x[X_AVOIDED, m] = s.matter[SEEN, m]
        x[X_CONFIDENCE, m] = s.matter[CONFIDENCE, m]
        x[X_TOLD_BY, m] = s.matter[CONFIDED_BY, m]
        x[X_LIVE, m] = 1.0 if int(s.place[LIVE_MATTER]) == m + 1 else 0.0
        if known <= SEEN_CONFIDED and s.matter[SEEN, m] > 0.0:
            seen.pair[Q_TOKENS, a, b] += 1.0
            seen.pair[Q_TOKENS, b, a] += 1.0
            seen.partner[P_TOKENS, a] += 1.0
            seen.partner[P_TOKENS, b] += 1.0
        if known in (SEEN_SURFACED, SEEN_ERUPTED):
            seen.pair[Q_SURFACED, a, b] = 1.0
            seen.pair[Q_SURFACED, b, a] = 1.0


@rule
def _projects(s: State, seen: Seen) -> None:
    n = s.partner.shape[1]
    running = 0.0
    delivered = 0.0
    free = 0.0
    for slot in range(PROJECT_SLOTS):
        stage = int(s.project[STAGE, slot])
        if stage in (EMPTY, EMBEDDED):
            free += 1.0  # what has become the way things are done takes no more room
        elif stage == DELIVERED:
            delivered += 1.0
        elif stage == RUNNING:
            running += 1.0
            for i in range(n):
                if s.member[slot, i] > 0.5:
                    seen.partner[P_PROJECTS, i] += 1.0
                    for j in range(n):
                        if j != i and s.member[slot, j] > 0.5:
                            seen.pair[Q_PROJECT, i, j] += 1.0
    seen.place[L_RUNNING] = running
    seen.place[L_DELIVERED] = delivered
    seen.place[L_FREE_SLOTS] = free


@rule
def _place(w: World, s: State, seen: Seen) -> None:
    n = s.partner.shape[1]
    o = seen.place
    month = int(s.place[MONTH])
    turn = max(1, int(s.place[TURN]))
    turns = w.turn_start.shape[0] - 1
    at = min(turn, turns)
    o[L_MONTH] = month
    o[L_TURN] = turn
    o[L_TURN_MONTHS] = w.turn_start[at] - w.turn_start[at - 1]
    o[L_TURNS_LEFT] = max(0, turns - turn)
    money = s.place[MONEY]
    to_pay = int(s.place[TURN_MONTH]) == month + 1  # standing moves of a turn just opened
    places = float(PLACES)
    for move in range(seen.standing.shape[0]):
        seen.standing[move] = 0.0
    for k in range(STANDING_SLOTS):
        move = int(s.standing[STAND_MOVE, k]) - 1
        if move < 0:
            continue
        if to_pay:
            if can_go_on(w, move, money) == 0:
                continue  # it ends before the month begins, and says so
            money -= w.move[move, MV_COST]
        seen.standing[move] = 1.0
        places -= w.move[move, MV_PLACES]
    o[L_MONEY] = money
    o[L_PLACES] = max(0.0, places)
    o[L_FORM] = s.place[GOVERNANCE_FORM]
    o[L_LEAD] = s.place[LEAD] if int(s.place[GOVERNANCE_FORM]) == FORM_LEAD else -1.0
    o[L_GOVERNANCE] = level_word(s.place[GOVERNANCE])
    o[L_FUND_OPEN] = s.place[FUND_OPEN]
    o[L_BACKING] = float(int(5.0 * s.place[BACKING] + 0.5))
    o[L_CASE] = s.place[CASE_MONTHS]
    o[L_FACILITATOR] = s.place[FACILITATOR]
    o[L_EMBEDDED] = s.place[PROJECTS_EMBEDDED]
    o[L_SUCCEEDED] = s.place[PROJECTS_SUCCEEDED]
    o[L_FAILED] = s.place[PROJECTS_FAILED]
    o[L_ERUPTIONS] = s.place[ERUPTIONS]
    o[L_NARRATIVE] = level_word(s.place[NARRATIVE])
    o[L_CRISIS] = level_word(s.place[CRISIS]) if s.place[CRISIS] > 0.05 else 0.0
    o[L_KIND] = w.setting[W_KIND]
    o[L_TAKEN_OVER] = s.place[TAKEN_OVER]
    o[L_ENDED] = s.place[ENDED]
    live = int(s.place[LIVE_MATTER]) - 1
    o[L_LIVE] = 1.0 if live >= 0 else 0.0
    o[L_LIVE_FIRST] = s.matter[FIRST, live] if live >= 0 else -1.0
    o[L_LIVE_SECOND] = s.matter[SECOND, live] if live >= 0 else -1.0
    for f in (L_SEATS, L_OUTSIDE, L_LEAVING, L_DISPUTES, L_CONFIDENCES, L_MOST_TOKENS):
        o[f] = 0.0
    lowest = 1.0
    for i in range(n):
        if seen.partner[P_TABLE, i] > 0.5:
            o[L_SEATS] += 1.0
        elif seen.partner[P_MERGED, i] <= 0.0:
            o[L_OUTSIDE] += 1.0
        if seen.partner[P_LEAVING, i] > 0.0 and seen.partner[P_HANDOVER, i] < 0.5:
            o[L_LEAVING] += 1.0
        for j in range(n):
            if i == j or seen.partner[P_TABLE, i] < 0.5 or seen.partner[P_TABLE, j] < 0.5:
                continue
            o[L_DISPUTES] += 0.5 * seen.pair[Q_DISPUTE, i, j]
            o[L_MOST_TOKENS] = max(o[L_MOST_TOKENS], seen.pair[Q_TOKENS, i, j])
            trust = seen.pair[Q_TRUST, i, j]
            if seen.pair[Q_DEPENDS, i, j] > 0.5 and trust >= 0.0:
                lowest = min(lowest, trust)
    o[L_LOWEST_TRUST] = lowest
    for m in range(s.matter.shape[1]):
        if int(s.matter[CONFIDENCE, m]) == CONFIDENCE_HELD:
            o[L_CONFIDENCES] += 1.0
