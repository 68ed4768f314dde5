"""What effects do to partners and to the place."""

from __future__ import annotations

from sim.compiled import rule
from sim.effects import (
    E_AVOIDANCE,
    E_BACKING,
    E_BUDGET,
    E_CAPABILITY,
    E_CASE,
    E_COMMITMENT,
    E_CONTACT,
    E_CREDIBILITY,
    E_CRISIS,
    E_DEFICIT,
    E_DEMAND,
    E_EFFORT,
    E_FACILITATOR,
    E_FUND,
    E_FUND_OPEN,
    E_GAIN_SHARE,
    E_GOVERNANCE,
    E_GOVERNANCE_FORM,
    E_HANDOVER,
    E_HOME_CARE,
    E_JOIN,
    E_LEAVES,
    E_MANDATE,
    E_MERGE,
    E_MONEY,
    E_NARRATIVE,
    E_OBEYED,
    E_POWER,
    E_PROMISE,
    E_REORGANISE,
    E_SAFETY,
    E_SHARED_FRAMING,
    E_SKILL,
    E_SLACK,
    E_TOWARD_NEED,
    E_TOWARD_OTHERS,
    E_WARMTH,
    E_WINTER,
)
from sim.fields import (
    AT_TABLE,
    AVOIDANCE,
    BACKING,
    BUDGET,
    CAPABILITY,
    CASE_MONTHS,
    COMMITMENT,
    CONTACT,
    CREDIBILITY,
    CRISIS,
    DEFICIT,
    DEMAND,
    FACILITATOR,
    FIRST_AGREEMENT,
    FORM_LEAD,
    FORM_NONE,
    FORM_SHARED,
    FUND,
    FUND_OPEN,
    GAIN_SHARE,
    GOVERNANCE,
    GOVERNANCE_FORM,
    HANDOVER,
    HISTORY,
    HOME_CARE,
    LEAD,
    LEAVING,
    MANDATE,
    MEETING,
    MERGED,
    MERGED_WITH,
    MONEY,
    MONTH,
    NARRATIVE,
    OBEYED,
    POS_NOW,
    POWER,
    PROMISED,
    REORGANISING,
    SAFETY,
    SEVERE_WINTER,
    SHARED_FRAMING,
    SKILL_MONTHS,
    SLACK,
    TRUST,
    UNDERSTANDING,
    WARMTH,
)
from sim.parameters import Theta
from sim.rules.basics import clamp, close
from sim.rules.events import (
    V_AGREEMENT,
    V_ANNOUNCED,
    V_FACILITATOR_LEFT,
    V_JOINED,
    V_MERGED,
    Events,
    emit,
)
from sim.rules.ledger import C_REORGANISATION, Ledger, set_pair, set_partner
from sim.state import Array, State
from sim.world import CRITICAL, TAME, W_KIND, World


@rule
def on_partners(
    w: World, s: State, led: Ledger, ev: Events, code: int, size: float, share: Array, cause: int,
    which: int,
) -> None:  # fmt: skip
    """Partner effects, each with the share the partner takes."""
    n = s.partner.shape[1]
    field = -1
    if code == E_AVOIDANCE:
        field = AVOIDANCE
    elif code == E_SAFETY:
        field = SAFETY
    elif code == E_COMMITMENT:
        field = COMMITMENT
    elif code == E_CAPABILITY:
        field = CAPABILITY
    elif code == E_SLACK:
        field = SLACK
    elif code == E_CONTACT:
        field = CONTACT
    elif code == E_CREDIBILITY:
        field = CREDIBILITY
    elif code == E_POWER:
        field = POWER
    elif code == E_OBEYED:
        field = OBEYED
    for i in range(n):
        if share[i] <= 0.0:
            continue
        g = size * share[i]
        if field >= 0:
            set_partner(s, led, field, i, close(s.partner[field, i], g), cause, which, -1)
        elif code == E_DEFICIT:
            s.partner[DEFICIT, i] = max(0.0, s.partner[DEFICIT, i] + g)
        elif code == E_BUDGET:
            s.partner[BUDGET, i] = max(0.0, s.partner[BUDGET, i] * (1.0 + g))
        elif code == E_TOWARD_NEED:
            for k in range(s.position.shape[2]):
                gap = w.need[k] - s.position[POS_NOW, i, k]
                s.position[POS_NOW, i, k] += clamp(g, 0.0, 1.0) * gap
        elif code == E_TOWARD_OTHERS:
            _toward_others(s, share, i, clamp(g, 0.0, 1.0))
        elif code == E_SKILL:
            s.partner[SKILL_MONTHS, i] = max(s.partner[SKILL_MONTHS, i], g)
        elif code == E_JOIN:
            if s.partner[AT_TABLE, i] < 0.5:
                s.partner[AT_TABLE, i] = 1.0
                for j in range(n):
                    if j != i and s.partner[AT_TABLE, j] > 0.5:
                        s.pair[MEETING, i, j] = close(s.pair[MEETING, i, j], 0.1)
                        s.pair[MEETING, j, i] = s.pair[MEETING, i, j]
                emit(ev, V_JOINED, i, -1, -1, 0.0)
        elif code == E_HANDOVER:
            s.partner[HANDOVER, i] = 1.0
        elif code == E_LEAVES:
            if s.partner[LEAVING, i] <= 0.0:
                s.partner[LEAVING, i] = max(1.0, size)
                emit(ev, V_ANNOUNCED, i, -1, -1, size)
        elif code == E_WARMTH:
            s.partner[WARMTH, i] = clamp(s.partner[WARMTH, i] + g, 0.0, 0.3)
        elif code == E_REORGANISE:
            s.partner[REORGANISING, i] = max(s.partner[REORGANISING, i], g)


@rule
def _toward_others(s: State, share: Array, i: int, g: float) -> None:
    """Move i's position toward the mean of the others who take part."""
    n = s.partner.shape[1]
    for k in range(s.position.shape[2]):
        total = 0.0
        weight = 0.0
        for j in range(n):
            if j != i and share[j] > 0.0:
                total += share[j] * s.position[POS_NOW, j, k]
                weight += share[j]
        if weight > 0.0:
            s.position[POS_NOW, i, k] += g * (total / weight - s.position[POS_NOW, i, k])


@rule
def on_place(
    w: World, th: Theta, s: State, led: Ledger, ev: Events, code: int, size: float, share: Array,
    first: int, second: int, given: int, cause: int, which: int,
) -> None:  # fmt: skip
    """Place effects, in proportion to how many of those concerned take part."""
    n = s.partner.shape[1]
    total = 0.0
    seated = 0.0
    for i in range(n):
        if s.partner[AT_TABLE, i] > 0.5:
            seated += 1.0
            total += min(1.0, share[i])
    part = clamp(total / max(1.0, seated), 0.0, 1.0)
    g = size * (0.25 + 0.75 * part)
    if code == E_NARRATIVE:
        s.place[NARRATIVE] = close(s.place[NARRATIVE], g)
    elif code == E_PROMISE:
        s.place[PROMISED] = close(s.place[PROMISED], g)
    elif code == E_GOVERNANCE:
        s.place[GOVERNANCE] = close(s.place[GOVERNANCE], g)
    elif code == E_GOVERNANCE_FORM:
        form = given
        if form < 0:
            form = FORM_LEAD if first >= 0 else FORM_SHARED
        if form == FORM_LEAD and first < 0:
            form = FORM_SHARED
        s.place[GOVERNANCE_FORM] = form
        if form == FORM_LEAD:
            s.place[LEAD] = first
        if form != FORM_NONE and s.place[FIRST_AGREEMENT] < 0.5:
            s.place[FIRST_AGREEMENT] = s.place[MONTH] + 1.0
            emit(ev, V_AGREEMENT, first, -1, form, 0.0)
    elif code == E_FUND_OPEN:
        s.place[FUND_OPEN] = 1.0
        if s.place[FIRST_AGREEMENT] < 0.5:
            s.place[FIRST_AGREEMENT] = s.place[MONTH] + 1.0
            emit(ev, V_AGREEMENT, -1, -1, 0, 0.0)
    elif code == E_FUND:
        s.place[FUND] = max(0.0, s.place[FUND] + size)
    elif code == E_MONEY:
        s.place[MONEY] = max(0.0, s.place[MONEY] + size)
    elif code == E_BACKING:
        s.place[BACKING] = close(s.place[BACKING], size)
    elif code == E_HOME_CARE:
        s.place[HOME_CARE] = clamp(s.place[HOME_CARE] * (1.0 + size), 0.2, 2.0)
    elif code == E_DEMAND:
        s.place[DEMAND] = clamp(s.place[DEMAND] * (1.0 + size), 0.2, 3.0)
    elif code == E_FACILITATOR:
        if size < 0.0 and s.place[FACILITATOR] > 0.5:
            emit(ev, V_FACILITATOR_LEFT, -1, -1, -1, 0.0)
        s.place[FACILITATOR] = 1.0 if size > 0.0 else 0.0
    elif code == E_MANDATE:
        s.place[MANDATE] = close(s.place[MANDATE], g * _grip(w, th, s))
    elif code == E_SHARED_FRAMING:
        s.place[SHARED_FRAMING] = close(s.place[SHARED_FRAMING], g)
    elif code == E_GAIN_SHARE:
        s.place[GAIN_SHARE] = close(s.place[GAIN_SHARE], size * (1.0 if part > 0.0 else 0.0))
    elif code == E_EFFORT:
        if given >= 0:
            added = g * _grip(w, th, s)
            if added > 0.0:  # what is already done cannot be done again
                added *= max(0.0, 1.0 - max(0.0, s.effort[given]))
            least = -0.6 if added < 0.0 else min(0.0, s.effort[given])
            s.effort[given] = clamp(s.effort[given] + added, least, 1.5)
            for m in range(s.effort.shape[0]):  # what nobody counts gets less
                if m != given:
                    s.effort[m] = max(-0.6, s.effort[m] - 0.12 * max(0.0, added))
    elif code == E_CASE:
        s.place[CASE_MONTHS] = max(1.0, size)
    elif code == E_MERGE:
        _merge(th, s, led, ev, first, second)
    elif code == E_CRISIS:
        s.place[CRISIS] = close(s.place[CRISIS], size)
    elif code == E_WINTER:
        s.place[SEVERE_WINTER] = max(s.place[SEVERE_WINTER], size)


@rule
def _grip(w: World, th: Theta, s: State) -> float:
    """What targets and orders can do: by the kind of problem, less by habit (Grint 2005)."""
    seated = 0.0
    habit = 0.0
    for i in range(s.partner.shape[1]):
        if s.partner[AT_TABLE, i] > 0.5:
            seated += 1.0
            habit += s.partner[OBEYED, i]
    wear = th.order_wear * habit / max(1.0, seated)
    kind = int(w.setting[W_KIND])
    if s.place[CRISIS] > 0.3:  # a crisis lives on people who do as they are told
        return th.target_power_critical
    if kind == CRITICAL:
        return (1.0 - 0.5 * wear) * th.target_power_critical
    return (1.0 - wear) * (th.target_power_tame if kind == TAME else th.target_power_wicked)


@rule
def _merge(th: Theta, s: State, led: Ledger, ev: Events, a: int, b: int) -> None:
    """Two partners become one: the second's row stays, marked; both drag for 30 months.

    What the second had with others is carried over in line 7 (:func:`sim.rules.joint.absorb`).

    Source: Fulop et al. 2002: development delayed by at least 18 months; at three tenths of its
    pace, 30 months cost 21.
    """
    if (
        a < 0
        or b < 0
        or a == b
        or s.partner[MERGED_WITH, a] > 0.0
        or s.partner[MERGED_WITH, b] > 0.0
    ):
        return
    n = s.partner.shape[1]
    s.partner[MERGED_WITH, b] = a + 1
    s.partner[AT_TABLE, b] = 0.0
    s.partner[REORGANISING, a] = 30.0
    s.partner[REORGANISING, b] = 30.0
    s.partner[SLACK, a] = close(s.partner[SLACK, a], -0.3)
    s.partner[BUDGET, a] += s.partner[BUDGET, b]
    s.partner[DEFICIT, a] += s.partner[DEFICIT, b]
    s.partner[POWER, a] = max(s.partner[POWER, a], s.partner[POWER, b])
    for k in range(n):
        if k == a or k == b:
            continue
        for row in (a, b):
            t = s.pair[TRUST, row, k]
            back = t + 0.4 * (th.institutional_trust - t)
            set_pair(s, led, TRUST, row, k, back, C_REORGANISATION, -1, b)
            t = s.pair[TRUST, k, row]
            back = t + 0.4 * (th.institutional_trust - t)
            set_pair(s, led, TRUST, k, row, back, C_REORGANISATION, -1, b)
            s.pair[HISTORY, row, k] *= 0.6
            s.pair[UNDERSTANDING, row, k] *= 0.6
            s.pair[UNDERSTANDING, k, row] = s.pair[UNDERSTANDING, row, k]
        s.pair[MEETING, b, k] = 0.0
        s.pair[MEETING, k, b] = 0.0
    s.pair[MEETING, a, b] = 0.0
    s.pair[MEETING, b, a] = 0.0
    if int(s.place[LEAD]) == b:
        s.place[LEAD] = a
    s.place[MERGED] += 1.0
    emit(ev, V_MERGED, a, b, -1, 0.0)
