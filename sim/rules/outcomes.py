"""Line 9: residents' outcomes.

Formulas after section "outcomes" of the model description; sizes of integration's
effect follow Morciano et al. 2021: small, late and mixed.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.compiled import rule
from sim.fields import (
    AT_TABLE,
    CRISIS,
    DEFICIT,
    DEMAND,
    DEPENDENCE,
    HOME_CARE,
    JOINT,
    JOINT_START,
    M_ADMISSIONS,
    M_CARE_HOMES,
    M_DELAYS,
    M_EXPERIENCE,
    M_INTEGRATION,
    M_REABLEMENT,
    M_SPEND,
    M_UNMET,
    MONTH,
    SEVERE_WINTER,
    SLACK,
)
from sim.parameters import Theta
from sim.rules.basics import clamp, smooth
from sim.rules.falls_due import calendar_month
from sim.rules.ledger import (
    C_ADMISSIONS,
    C_CAPACITY,
    C_CARE_HOMES,
    C_CASE_FINDING,
    C_CRISIS,
    C_DEMAND,
    C_EFFORT,
    C_INTEGRATION,
    C_SEASON,
    C_TREND,
    C_UNMET,
    Ledger,
    set_part,
)
from sim.state import LAG_ADMISSIONS, LAG_JOINT, LAG_UNMET, Array, State
from sim.world import (
    T_COUNCIL,
    T_HOSPITAL,
    T_PAYER,
    W_SEASON,
    W_TREND,
    World,
)

# how short home care is, by what is counted so far: demand, winter, capacity, joint working
SHORT: Final = 4
FROM_DEMAND, WITH_WINTER, WITH_CAPACITY, ALL_OF_IT = range(SHORT)


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
def residents(w: World, th: Theta, s: State, led: Ledger) -> None:
    """Admissions, delays, care homes, reablement, experience, unmet need, spend.

    Each is taken apart into what it is made of by substitution, in the order in which the
    parts stand, and their change is booked.
    """
    joint = mean_joint(s)
    start = s.place[JOINT_START]
    s.lagged[LAG_JOINT] += (joint - s.lagged[LAG_JOINT]) / th.outcome_lag
    reach = clamp((s.lagged[LAG_JOINT] - start) / max(0.05, 0.5 - start), -0.5, 1.0)
    s.place[DEMAND] *= 1.0 + 0.25 * w.setting[W_TREND] / 12.0
    s.place[HOME_CARE] += th.home_care_recovery * max(0.0, 1.0 - s.place[HOME_CARE])
    winter = 0.04 if s.place[SEVERE_WINTER] > 0.0 else 0.0
    _admissions(w, th, s, led, joint, reach, winter)
    short = np.zeros(SHORT)
    _shortfall(s, short, joint, winter)
    _unmet(w, s, led, short, joint)
    _delays(w, s, led, short, hands_for(s))
    _later(w, s, led, reach)
    for m in range(s.effort.shape[0]):
        s.effort[m] *= 0.9
    if short[ALL_OF_IT] > 0.0:  # those who pay for care feel it
        for i in range(s.partner.shape[1]):
            if w.trait[T_COUNCIL, i] > 0.5 or w.trait[T_PAYER, i] > 0.5:
                s.partner[DEFICIT, i] += 0.6 * short[ALL_OF_IT]


@rule
def _admissions(
    w: World, th: Theta, s: State, led: Ledger, joint: float, reach: float, winter: float
) -> None:
    """Base (trend) (season) (1 + u dX12 - E min(1, lag(X - X0) / (.5 - X0))) (effort)."""
    month = int(s.place[MONTH]) + 1
    year_ago = s.history[M_INTEGRATION, month - 12] if month > 12 else s.place[JOINT_START]
    effect = 0.0 if th.no_effect_on_admissions > 0.5 else 1.0
    base = w.base[M_ADMISSIONS]
    a = base * (1.0 + w.setting[W_TREND] * month / 12.0)
    b = a * (season_of(w, month) + winter)
    c = b * (1.0 + effect * th.case_finding_bump * max(0.0, joint - year_ago))
    d = c - b * effect * th.max_admission_effect * reach
    e = d * (1.0 - 0.02 * s.effort[M_ADMISSIONS])
    set_part(s, led, M_ADMISSIONS, C_TREND, a - base)
    set_part(s, led, M_ADMISSIONS, C_SEASON, b - a)
    set_part(s, led, M_ADMISSIONS, C_CASE_FINDING, c - b)
    set_part(s, led, M_ADMISSIONS, C_INTEGRATION, d - c)
    set_part(s, led, M_ADMISSIONS, C_EFFORT, e - d)
    s.measure[M_ADMISSIONS] = e


@rule
def _shortfall(s: State, short: Array, joint: float, winter: float) -> None:
    """Home care that is short: from demand, with winter, with capacity, all of it."""
    demand = s.place[DEMAND]
    home_care = s.place[HOME_CARE]
    short[FROM_DEMAND] = max(0.0, demand - 1.0)
    short[WITH_WINTER] = max(0.0, demand * (1.0 + winter) - 1.0)
    short[WITH_CAPACITY] = max(0.0, demand * (1.0 + winter) - home_care)
    short[ALL_OF_IT] = max(0.0, demand * (1.0 + winter) - home_care * (1.0 + 0.25 * joint))


@rule
def _unmet(w: World, s: State, led: Ledger, short: Array, joint: float) -> None:
    """Need that nobody meets: what home care is short of, less what joint working finds."""
    base = w.base[M_UNMET]
    grown = max(0.0, joint - s.place[JOINT_START])
    a = clamp(base + 0.7 * short[FROM_DEMAND], 0.0, 1.0)
    b = clamp(base + 0.7 * short[WITH_WINTER], 0.0, 1.0)
    c = clamp(base + 0.7 * short[WITH_CAPACITY], 0.0, 1.0)
    d = clamp(base + 0.7 * short[ALL_OF_IT] - 0.15 * grown, 0.0, 1.0)
    e = clamp(d - 0.05 * s.effort[M_UNMET], 0.0, 1.0)
    set_part(s, led, M_UNMET, C_DEMAND, a - base)
    set_part(s, led, M_UNMET, C_SEASON, b - a)
    set_part(s, led, M_UNMET, C_CAPACITY, c - b)
    set_part(s, led, M_UNMET, C_INTEGRATION, d - c)
    set_part(s, led, M_UNMET, C_EFFORT, e - d)
    s.measure[M_UNMET] = e
    s.lagged[LAG_UNMET] += (e - s.lagged[LAG_UNMET]) / 9.0


@rule
def hands_for(s: State) -> float:
    """How much of an effort there are hands for: none where nobody has any room, 0..1."""
    room = 0.0
    seats = 0.0
    for i in range(s.partner.shape[1]):
        if s.partner[AT_TABLE, i] > 0.5:
            room += s.partner[SLACK, i]
            seats += 1.0
    care = min(1.0, s.place[HOME_CARE] / max(1e-9, s.place[DEMAND]))
    return care * smooth(room / max(1.0, seats), 0.03, 0.13)


@rule
def _delays(w: World, s: State, led: Ledger, short: Array, hands: float) -> None:
    """Delayed transfers go half-way each month to what beds, home care and joint work make.

    An effort brings them down as far as there are hands for it (Provan & Kenis 2008: mandated
    networks do as well as their capacity lets them); what is left undone elsewhere is felt whole.
    """
    base = w.base[M_DELAYS]
    easing = 0.8 * clamp(hospital_joint(w, s) - s.place[JOINT_START], -0.3, 0.6)
    pressure = 1.0 + 0.8 * (s.measure[M_ADMISSIONS] / w.base[M_ADMISSIONS] - 1.0)
    demand = pressure + 1.1 * short[FROM_DEMAND]
    winter = pressure + 1.1 * short[WITH_WINTER]
    capacity = pressure + 1.1 * short[WITH_CAPACITY]
    joint = pressure + 1.1 * short[ALL_OF_IT] - easing
    crisis = joint + 0.25 * s.place[CRISIS]
    effort = clamp(s.effort[M_DELAYS], -0.5, 1.2)
    if effort > 0.0:
        effort *= hands
    target = crisis - 0.35 * effort
    before = s.measure[M_DELAYS]
    s.measure[M_DELAYS] = before + 0.5 * (base * max(0.25, target) - before)
    _toward(s, led, C_ADMISSIONS, base, 1.0, pressure)
    _toward(s, led, C_DEMAND, base, pressure, demand)
    _toward(s, led, C_SEASON, base, demand, winter)
    _toward(s, led, C_CAPACITY, base, winter, capacity)
    _toward(s, led, C_INTEGRATION, base, capacity, joint)
    _toward(s, led, C_CRISIS, base, joint, crisis)
    _toward(s, led, C_EFFORT, base, crisis, target)


@rule
def _toward(s: State, led: Ledger, cause: int, base: float, less: float, more: float) -> None:
    """One part of the delays goes half-way to what ``more`` has over ``less``."""
    goal = base * (max(0.25, more) - max(0.25, less))
    was = s.part[M_DELAYS, cause - C_TREND]
    set_part(s, led, M_DELAYS, cause, was + 0.5 * (goal - was))


@rule
def _later(w: World, s: State, led: Ledger, reach: float) -> None:
    """What follows late: care homes, reablement, experience, and what all of it costs."""
    worse = s.lagged[LAG_UNMET] - w.base[M_UNMET]
    _lagging(w, s, led, M_CARE_HOMES, 1e9, 0.6 * worse, -0.12 * reach, -0.04)
    _lagging(w, s, led, M_REABLEMENT, 100.0, -15.0 * worse, 8.0 * reach, 3.0)
    _lagging(w, s, led, M_EXPERIENCE, 100.0, -30.0 * worse, 22.0 * reach, 6.0)
    s.lagged[LAG_ADMISSIONS] += (
        s.measure[M_ADMISSIONS] / w.base[M_ADMISSIONS] - s.lagged[LAG_ADMISSIONS]
    ) / 6.0
    base = w.base[M_SPEND]
    hospital = base * (0.6 + 0.4 * s.lagged[LAG_ADMISSIONS])
    homes = 0.1 * base * (s.measure[M_CARE_HOMES] / w.base[M_CARE_HOMES] - 1.0)
    set_part(s, led, M_SPEND, C_ADMISSIONS, hospital - base)
    set_part(s, led, M_SPEND, C_CARE_HOMES, homes)
    s.measure[M_SPEND] = hospital + homes


@rule
def _lagging(
    w: World, s: State, led: Ledger, m: int, top: float, unmet: float, integration: float,
    effort: float,
) -> None:  # fmt: skip
    """One late measure from its three terms, held between 0 and ``top``.

    Care homes move by shares of what they were, the others by points.
    """
    base = w.base[m]
    size = base if m == M_CARE_HOMES else 1.0
    a = clamp(base + size * unmet, 0.0, top)
    b = clamp(base + size * (unmet + integration), 0.0, top)
    c = clamp(base + size * (unmet + integration + effort * s.effort[m]), 0.0, top)
    set_part(s, led, m, C_UNMET, a - base)
    set_part(s, led, m, C_INTEGRATION, b - a)
    set_part(s, led, m, C_EFFORT, c - b)
    s.measure[m] = c
