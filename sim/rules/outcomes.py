"""Line 9: residents' outcomes, partners' finances, the patience of those above.

Formulas after section "outcomes" of the model description; sizes of integration's
effect follow Morciano et al. 2021: small, late and mixed.
"""

from __future__ import annotations

from sim.compiled import rule
from sim.draws import P_TAKEOVER
from sim.fields import (
    AT_TABLE,
    AVOIDANCE,
    BACKING,
    BENEFIT_SHARE,
    BUDGET,
    CAPABILITY,
    COMMITMENT,
    CONTACT,
    COST_SHARE,
    CRISIS,
    DEFICIT,
    DEMAND,
    DEPENDENCE,
    DEPENDENCY,
    DISPUTE,
    FACILITATOR,
    FUND_OPEN,
    GAIN_SHARE,
    GOVERNANCE,
    GOVERNANCE_FORM,
    HISTORY,
    HOME_CARE,
    JOINT,
    JOINT_START,
    M_ADMISSIONS,
    M_CARE_HOMES,
    M_DELAYS,
    M_EXPERIENCE,
    M_REABLEMENT,
    M_SPEND,
    M_UNMET,
    MANDATE,
    MEETING,
    NARRATIVE,
    OWN_ACTIVITY,
    PAID,
    PROJECTS_EMBEDDED,
    PROJECTS_SUCCEEDED,
    PROMISED,
    REALISED,
    REORGANISING,
    SAFETY,
    SAVED,
    SEVERE_WINTER,
    SHARED_FRAMING,
    SKILL_MONTHS,
    SLACK,
    SLACK_ANCHOR,
    TAKEN_OVER,
    TRUST,
    UNDERSTANDING,
)
from sim.parameters import Theta
from sim.rules.basics import chance, clamp, close
from sim.rules.chance import draw
from sim.rules.events import V_FUND_CLOSED, V_PROMISE, V_TAKEN_OVER, Events, emit
from sim.rules.falls_due import calendar_month
from sim.rules.ledger import (
    C_CAPACITY,
    C_CASE_FINDING,
    C_DRIFT,
    C_EFFORT,
    C_INTEGRATION,
    C_NARRATIVE,
    C_NEGLECT,
    C_PROMISE,
    C_SEASON,
    C_TREND,
    G_MEASURE,
    Ledger,
    bad_event,
    book,
    set_pair,
    set_partner,
)
from sim.state import LAG_ADMISSIONS, LAG_DELIVERED, LAG_JOINT, LAG_UNMET, State
from sim.world import (
    T_COUNCIL,
    T_HOSPITAL,
    T_PAYER,
    W_POPULATION,
    W_SEASON,
    W_TREND,
    World,
)


@rule
def mean_joint(s: State) -> float:
    """Joint working weighted by dependence."""
    total = 0.0
    weight = 0.0
    n = s.partner.shape[1]
    for a in range(n):
        for b in range(a + 1, n):
            total += s.pair[DEPENDENCE, a, b] * s.pair[JOINT, a, b]
            weight += s.pair[DEPENDENCE, a, b]
    return total / max(1e-9, weight)


@rule
def hospital_joint(w: World, s: State) -> float:
    """Joint working round the hospital, weighted by dependence (everywhere, without one)."""
    total = 0.0
    weight = 0.0
    n = s.partner.shape[1]
    for a in range(n):
        if w.trait[T_HOSPITAL, a] < 0.5:
            continue
        for b in range(n):
            if b != a:
                total += s.pair[DEPENDENCE, a, b] * s.pair[JOINT, a, b]
                weight += s.pair[DEPENDENCE, a, b]
    return total / weight if weight > 0.0 else mean_joint(s)


@rule
def season_of(w: World, month: int) -> float:
    """Seasonal factor: a bell of nine months round January, mean about 1 over the year."""
    m = calendar_month(w, month)
    away = m - 1 if m <= 7 else 13 - m  # months from January, 0..6
    t = 1.0 - away / 6.0
    return 1.0 + w.setting[W_SEASON] * (2.0 * t * t * (3.0 - 2.0 * t) - 1.0)


@rule
def ease(th: Theta, s: State, led: Ledger) -> None:
    """What nobody feeds fades: contact, understanding, history, trust without contact, levels."""
    n = s.partner.shape[1]
    for i in range(n):
        for j in range(n):
            if j == i:
                continue
            if s.met[i, j] < 0.5:
                t = s.pair[TRUST, i, j]
                step = th.neglect * (th.institutional_trust - t)
                set_pair(s, led, TRUST, i, j, t + step, C_NEGLECT, -1, j)
            s.met[i, j] = 0.0
            s.pair[HISTORY, i, j] *= 1.0 - th.history_fade
            s.pair[UNDERSTANDING, i, j] *= 1.0 - th.understanding_fade
            c = s.pair[MEETING, i, j]
            if c > th.meeting_base:
                s.pair[MEETING, i, j] = c - th.contact_fade * (c - th.meeting_base)
    held = s.place[FACILITATOR]
    s.place[DEPENDENCY] = close(s.place[DEPENDENCY], 0.04 if held > 0.5 else -0.1)
    for i in range(n):
        rest = th.commitment_rest
        c = s.partner[COMMITMENT, i]
        value = c + th.commitment_drift * (rest - c)
        set_partner(s, led, COMMITMENT, i, value, C_DRIFT, -1, -1)
        usual = th.safety_mean * (1.0 - 0.2 * s.place[DEPENDENCY] * (1.0 - held))
        s.partner[SAFETY, i] += th.safety_drift * (usual - s.partner[SAFETY, i])
        if s.partner[SKILL_MONTHS, i] > 0.0:
            s.partner[SKILL_MONTHS, i] -= 1.0
            s.partner[CAPABILITY, i] = close(s.partner[CAPABILITY, i], 0.02)
            s.partner[AVOIDANCE, i] = close(s.partner[AVOIDANCE, i], -0.02)
            s.partner[SAFETY, i] = close(s.partner[SAFETY, i], 0.012)
        else:
            s.partner[CAPABILITY, i] *= 1.0 - th.capability_decay
        s.partner[AVOIDANCE, i] += 0.02 * (th.avoidance_mean - s.partner[AVOIDANCE, i])
        s.partner[CONTACT, i] *= 0.985
        if s.partner[REORGANISING, i] > 0.0:
            s.partner[REORGANISING, i] -= 1.0


@rule
def finances(w: World, th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """Costs are paid now where the work is; savings arrive where activity falls."""
    n = s.partner.shape[1]
    lagged = s.lagged[LAG_JOINT]
    grown = max(0.0, lagged - s.place[JOINT_START])
    people = w.setting[W_POPULATION] / 1000.0
    # an emergency admission costs about £1,600; only part of it is really saved
    saved = th.saving_share * 0.4 * 1.6 * people * w.base[M_ADMISSIONS]
    saved *= th.max_admission_effect * grown / 0.6
    if th.no_effect_on_admissions > 0.5:
        saved = 0.0
    cost = 0.5 * s.place[PROJECTS_EMBEDDED] + 10.0 * mean_joint(s)
    s.place[REALISED] += 0.1 * (saved + 3.0 * s.place[PROJECTS_EMBEDDED] - s.place[REALISED])
    disputes = 0.0
    for a in range(n):
        for b in range(a + 1, n):
            if s.pair[DISPUTE, a, b] > 0.0:
                disputes += 1.0
    shared = 1.0 if s.place[GOVERNANCE_FORM] == 1.0 else 0.35
    seats = 0.0
    for i in range(n):
        seats += s.partner[AT_TABLE, i]
    load = th.coordination_cost * shared * seats / 8.0
    if s.place[GOVERNANCE_FORM] == 0.0:
        load = 0.0
    for i in range(n):
        fairness = 1.0 - s.place[GAIN_SHARE]
        share = s.partner[COST_SHARE, i]
        benefit = s.partner[BENEFIT_SHARE, i]
        benefit = fairness * benefit + (1.0 - fairness) * 0.5 * (benefit + share)
        s.partner[PAID, i] += cost * share
        s.partner[SAVED, i] += saved * benefit
        gap = s.partner[DEFICIT, i]
        s.partner[DEFICIT, i] = max(0.0, gap - 0.02 * gap - 0.2 * saved * benefit)
        squeeze = min(0.12, 0.1 * gap / max(1.0, s.partner[BUDGET, i]))
        rest = s.partner[SLACK_ANCHOR, i] - squeeze - 0.08 * s.place[CRISIS]
        if s.partner[REORGANISING, i] > 0.0:
            rest -= 0.15
        own = 0.0
        for j in range(n):
            if s.pair[DISPUTE, i, j] > 0.0:
                own += 1.0
        value = s.partner[SLACK, i] + th.slack_recovery * (rest - s.partner[SLACK, i])
        value -= load * s.partner[AT_TABLE, i] + th.dispute_cost * own
        s.partner[SLACK, i] = clamp(value, 0.02, 1.0)
        served = s.place[DEMAND] * (1.0 - 0.2 * s.effort[M_ADMISSIONS])
        s.partner[OWN_ACTIVITY, i] = served * (1.0 + 0.3 * (0.5 - s.partner[SLACK, i]))
    _backing(w, th, s, led, ev, disputes)


@rule
def _backing(w: World, th: Theta, s: State, led: Ledger, ev: Events, disputes: float) -> None:
    """B falls with months and disputes; below a fifth the fund closes and takeover threatens."""
    month = int(s.place[0]) + 1
    n = s.partner.shape[1]
    b = s.place[BACKING]
    b -= th.backing_decay * (1.0 - 0.4 * s.place[GOVERNANCE]) + th.backing_dispute * disputes
    s.place[BACKING] = clamp(b, 0.0, 1.0)
    if s.place[BACKING] < 0.2:
        if s.place[FUND_OPEN] > 0.5:
            s.place[FUND_OPEN] = 0.0
            emit(ev, V_FUND_CLOSED, -1, -1, -1, 0.0)
        u, _, _, _ = draw(w, P_TAKEOVER, month, 0, 0, 0)
        risk = chance(th.takeover_hazard * (0.2 - s.place[BACKING]) * 5.0)
        if s.place[TAKEN_OVER] < 0.5 and u < risk:
            s.place[TAKEN_OVER] = month
            s.place[MANDATE] = close(s.place[MANDATE], 0.6)
            s.place[GOVERNANCE] = close(s.place[GOVERNANCE], -0.5)
            emit(ev, V_TAKEN_OVER, -1, -1, -1, 0.0)
    delivered = min(1.0, 0.25 * (s.place[PROJECTS_SUCCEEDED] + s.place[PROJECTS_EMBEDDED]))
    s.lagged[LAG_DELIVERED] += (delivered - s.lagged[LAG_DELIVERED]) / 3.0
    pull = th.narrative_pull * s.place[NARRATIVE] * s.lagged[LAG_DELIVERED]
    for i in range(n):
        if s.partner[AT_TABLE, i] > 0.5:
            value = close(s.partner[COMMITMENT, i], pull)
            set_partner(s, led, COMMITMENT, i, value, C_NARRATIVE, -1, -1)
    s.place[NARRATIVE] *= 1.0 - th.narrative_decay
    if month % 12 == 0 and s.place[PROMISED] > 0.35:
        emit(ev, V_PROMISE, -1, -1, -1, s.place[PROMISED])
        s.place[BACKING] = close(s.place[BACKING], -0.1)
        for i in range(n):
            s.partner[SAFETY, i] = close(s.partner[SAFETY, i], -0.03)
            for j in range(n):
                if j != i and s.pair[DEPENDENCE, i, j] > 0.0:
                    bad_event(
                        th, s, led, i, j, th.promise_breach * 0.4 * s.place[PROMISED],
                        th.trust_asymmetry, C_PROMISE, -1, j,
                    )  # fmt: skip
        s.place[PROMISED] *= 0.4
    s.place[GOVERNANCE] *= 1.0 - th.governance_decay
    s.place[MANDATE] *= 0.85
    s.place[SHARED_FRAMING] *= 0.94


@rule
def residents(w: World, th: Theta, s: State, led: Ledger) -> None:
    """Admissions, delays, care homes, reablement, experience, unmet need, spend.

    admissions = base (trend) (season) (1 + u dX12 - E min(1, lag(X - X0) / (.6 - X0))),
    booked term by term by substitution in that order.
    """
    month = int(s.place[0]) + 1
    joint = mean_joint(s)
    start = s.place[JOINT_START]
    s.lagged[LAG_JOINT] += (joint - s.lagged[LAG_JOINT]) / th.outcome_lag
    year_ago = s.history[4, month - 12] if month > 12 else start
    new_joint = max(0.0, joint - year_ago)
    reach = clamp((s.lagged[LAG_JOINT] - start) / max(0.05, 0.6 - start), -0.5, 1.0)
    effect = 0.0 if th.no_effect_on_admissions > 0.5 else 1.0
    trend = 1.0 + w.setting[W_TREND] * month / 12.0
    s.place[DEMAND] *= 1.0 + 0.25 * w.setting[W_TREND] / 12.0
    s.place[HOME_CARE] += th.home_care_recovery * max(0.0, 1.0 - s.place[HOME_CARE])
    base = w.base[M_ADMISSIONS]
    a = base * trend
    book(led, G_MEASURE, M_ADMISSIONS, -1, -1, C_TREND, -1, -1, a - base)
    winter = 0.04 if s.place[SEVERE_WINTER] > 0.0 else 0.0
    b = a * (season_of(w, month) + winter)
    book(led, G_MEASURE, M_ADMISSIONS, -1, -1, C_SEASON, -1, -1, b - a)
    c = b * (1.0 + effect * th.case_finding_bump * new_joint)
    book(led, G_MEASURE, M_ADMISSIONS, -1, -1, C_CASE_FINDING, -1, -1, c - b)
    d = c - b * effect * th.max_admission_effect * reach
    book(led, G_MEASURE, M_ADMISSIONS, -1, -1, C_INTEGRATION, -1, -1, d - c)
    e = d * (1.0 - 0.02 * s.effort[M_ADMISSIONS])
    book(led, G_MEASURE, M_ADMISSIONS, -1, -1, C_EFFORT, -1, -1, e - d)
    s.measure[M_ADMISSIONS] = e

    short = max(0.0, s.place[DEMAND] * (1.0 + winter) - s.place[HOME_CARE] * (1.0 + 0.25 * joint))
    unmet = clamp(w.base[M_UNMET] + 0.7 * short - 0.15 * max(0.0, joint - start), 0.0, 1.0)
    unmet = clamp(unmet - 0.05 * s.effort[M_UNMET], 0.0, 1.0)
    s.measure[M_UNMET] = unmet
    around = hospital_joint(w, s)
    pressure = 0.8 * (e / base - 1.0)
    capacity = 1.1 * short
    easing = 0.8 * clamp(around - start, -0.3, 0.6)
    crisis = 0.25 * s.place[CRISIS]
    delays = w.base[M_DELAYS] * max(
        0.25,
        1.0 + pressure + capacity + crisis - easing - 0.35 * clamp(s.effort[M_DELAYS], -0.5, 1.2),
    )
    before = s.measure[M_DELAYS]
    book(led, G_MEASURE, M_DELAYS, -1, -1, C_CAPACITY, -1, -1, w.base[M_DELAYS] * capacity)
    book(led, G_MEASURE, M_DELAYS, -1, -1, C_INTEGRATION, -1, -1, -w.base[M_DELAYS] * easing)
    s.measure[M_DELAYS] = before + 0.5 * (delays - before)
    s.lagged[LAG_UNMET] += (unmet - s.lagged[LAG_UNMET]) / 9.0
    worse = s.lagged[LAG_UNMET] - w.base[M_UNMET]
    s.measure[M_CARE_HOMES] = w.base[M_CARE_HOMES] * (
        1.0 + 0.6 * worse - 0.12 * reach - 0.04 * s.effort[M_CARE_HOMES]
    )
    s.measure[M_REABLEMENT] = clamp(
        w.base[M_REABLEMENT] + 8.0 * reach - 15.0 * worse + 3.0 * s.effort[M_REABLEMENT], 0.0, 100.0
    )
    s.measure[M_EXPERIENCE] = clamp(
        w.base[M_EXPERIENCE] + 22.0 * reach - 30.0 * worse + 6.0 * s.effort[M_EXPERIENCE],
        0.0,
        100.0,
    )
    s.lagged[LAG_ADMISSIONS] += (e / base - s.lagged[LAG_ADMISSIONS]) / 6.0
    s.measure[M_SPEND] = w.base[M_SPEND] * (
        0.6
        + 0.4 * s.lagged[LAG_ADMISSIONS]
        + 0.1 * (s.measure[M_CARE_HOMES] / w.base[M_CARE_HOMES] - 1.0)
    )
    for m in range(s.effort.shape[0]):
        s.effort[m] *= 0.9
    if short > 0.0:  # those who pay for care feel it
        for i in range(s.partner.shape[1]):
            if w.trait[T_COUNCIL, i] > 0.5 or w.trait[T_PAYER, i] > 0.5:
                s.partner[DEFICIT, i] += 0.6 * short
