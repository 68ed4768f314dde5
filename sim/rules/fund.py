"""Line 5: partners put money into the pooled fund, or hold back."""

from __future__ import annotations

from sim.compiled import rule
from sim.fields import (
    AT_TABLE,
    BACKING,
    BENEFIT_SHARE,
    BUDGET,
    COST_SHARE,
    DEFICIT,
    FUND,
    FUND_OPEN,
    GAIN_SHARE,
    HOME_CARE,
    M_DELAYS,
    MONTH,
    PAID,
    TRUST,
)
from sim.parameters import Theta
from sim.rules.basics import clamp, sigma
from sim.rules.events import V_FUND_CLOSED, V_FUND_PAID, Events, emit
from sim.state import State
from sim.world import T_PAYER, W_POPULATION, World


@rule
def mean_trust_of(s: State, i: int) -> float:
    """Mean trust of i in the others at the table."""
    total = 0.0
    count = 0.0
    for j in range(s.partner.shape[1]):
        if j != i and s.partner[AT_TABLE, j] > 0.5:
            total += s.pair[TRUST, i, j]
            count += 1.0
    return total / max(1.0, count)


@rule
def pay_in(w: World, th: Theta, s: State, ev: Events) -> None:
    """Contributions budget x sigma(...); the fund buys home care, eases delays (after Ostrom)."""
    if s.place[FUND_OPEN] < 0.5:
        return
    if s.place[BACKING] < 0.2:
        s.place[FUND_OPEN] = 0.0
        s.place[FUND] = 0.0
        emit(ev, V_FUND_CLOSED, -1, -1, -1, 0.0)
        return
    n = s.partner.shape[1]
    payers = 0.0
    for i in range(n):
        payers += w.trait[T_PAYER, i]
    others = clamp(s.place[FUND] / (60.0 * max(1.0, payers)), 0.0, 1.0)
    total = 0.0
    for i in range(n):
        if w.trait[T_PAYER, i] < 0.5 or s.partner[AT_TABLE, i] < 0.5:
            continue
        unfair = (s.partner[COST_SHARE, i] - s.partner[BENEFIT_SHARE, i]) * (
            1.0 - s.place[GAIN_SHARE]
        )
        willing = sigma(
            th.fund_base
            + th.fund_trust * mean_trust_of(s, i)
            + th.fund_others * others
            - th.fund_deficit * min(1.0, s.partner[DEFICIT, i] / max(1.0, s.partner[BUDGET, i]))
            - th.fund_fairness * unfair
        )
        paid = 0.3 * s.partner[BUDGET, i] * willing
        s.partner[PAID, i] += paid
        total += paid
    s.place[FUND] += total
    spent = 0.25 * s.place[FUND]
    s.place[FUND] -= spent
    per_head = spent * 1000.0 / max(1.0, w.setting[W_POPULATION])
    s.effort[M_DELAYS] = min(1.0, s.effort[M_DELAYS] + 0.15 * per_head)
    s.place[HOME_CARE] = min(2.0, s.place[HOME_CARE] + 0.004 * per_head)
    if int(s.place[MONTH]) % 12 == 11:
        emit(ev, V_FUND_PAID, -1, -1, -1, total)
