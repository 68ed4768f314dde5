"""Line 9: partners' finances, and the patience of those above."""

from __future__ import annotations

from sim.compiled import rule
from sim.draws import P_TAKEOVER
from sim.fields import (
    AT_TABLE,
    BACKING,
    BENEFIT_SHARE,
    BUDGET,
    COMMITMENT,
    COST_SHARE,
    CRISIS,
    DEFICIT,
    DEMAND,
    DEPENDENCE,
    DISPUTE,
    FORM_NONE,
    FORM_SHARED,
    FUND_OPEN,
    GAIN_SHARE,
    GOVERNANCE,
    GOVERNANCE_FORM,
    JOINT_START,
    M_ADMISSIONS,
    MANDATE,
    MONTH,
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
    SHARED_FRAMING,
    SLACK,
    SLACK_ANCHOR,
    TAKEN_OVER,
)
from sim.parameters import Theta
from sim.rules.basics import chance, clamp, close
from sim.rules.chance import draw
from sim.rules.events import V_FUND_CLOSED, V_PROMISE, V_TAKEN_OVER, Events, emit
from sim.rules.ledger import (
    C_NARRATIVE,
    C_PROMISE,
    Ledger,
    bad_event,
    set_partner,
)
from sim.rules.outcomes import mean_joint
from sim.rules.project_start import carried
from sim.state import LAG_DELIVERED, LAG_JOINT, State
from sim.world import (
    W_POPULATION,
    World,
)


@rule
def finances(w: World, th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """Costs are paid now where the work is; savings arrive where activity falls."""
    n = s.partner.shape[1]
    lagged = s.lagged[LAG_JOINT]
    grown = max(0.0, lagged - s.place[JOINT_START])
    people = w.setting[W_POPULATION] / 1000.0
    # an emergency admission costs about £1,600; only part of it is really saved
    saved = th.saving_share * 0.4 * 1.6 * people * w.base[M_ADMISSIONS]
    saved *= th.max_admission_effect * grown / 0.5
    if th.no_effect_on_admissions > 0.5:
        saved = 0.0
    cost = 0.5 * s.place[PROJECTS_EMBEDDED] + 10.0 * mean_joint(s)
    s.place[REALISED] += 0.1 * (saved + 3.0 * s.place[PROJECTS_EMBEDDED] - s.place[REALISED])
    disputes = 0.0
    for a in range(n):
        for b in range(a + 1, n):
            if s.pair[DISPUTE, a, b] > 0.0:
                disputes += 1.0
    shared = 1.0 if int(s.place[GOVERNANCE_FORM]) == FORM_SHARED else 0.35
    seats = 0.0
    for i in range(n):
        seats += s.partner[AT_TABLE, i]
    driven = 0.0  # what is ordered is done by the same people
    for m in range(s.effort.shape[0]):
        driven += max(0.0, s.effort[m])
    load = th.coordination_cost * shared * seats / 8.0
    if int(s.place[GOVERNANCE_FORM]) == FORM_NONE:
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
        value -= th.project_cost * carried(s, i) + th.effort_cost * driven
        s.partner[SLACK, i] = clamp(value, 0.02, 1.0)
        served = s.place[DEMAND] * (1.0 - 0.2 * s.effort[M_ADMISSIONS])
        s.partner[OWN_ACTIVITY, i] = served * (1.0 + 0.3 * (0.5 - s.partner[SLACK, i]))
    _backing(w, th, s, led, ev, disputes)


@rule
def _backing(w: World, th: Theta, s: State, led: Ledger, ev: Events, disputes: float) -> None:
    """B falls with months and disputes; below a fifth the fund closes and takeover threatens."""
    month = int(s.place[MONTH]) + 1
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
