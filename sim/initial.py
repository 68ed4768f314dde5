"""The state a locality starts in, from its scenario and its luck."""

from __future__ import annotations

from math import sqrt
from typing import Final

from sim.draws import P_LIVE_IN_PLAY, P_START, P_START_PAIR, bell, uniform4
from sim.fields import (
    AT_TABLE,
    AVOIDANCE,
    AXIS,
    BACKING,
    BENEFIT_SHARE,
    BUDGET,
    CAPABILITY,
    COMMITMENT,
    CONTACT,
    COST_SHARE,
    CREDIBILITY,
    DEMAND,
    DEPENDENCE,
    DORMANT,
    FIRST,
    GOVERNANCE,
    GOVERNANCE_FORM,
    GOVERNANCE_FORMS,
    HOME_CARE,
    JOINT,
    JOINT_START,
    LATENT,
    M_ADMISSIONS,
    M_CARE_HOMES,
    M_DELAYS,
    M_EXPERIENCE,
    M_REABLEMENT,
    M_SPEND,
    M_UNMET,
    MEETING,
    MONEY,
    NARRATIVE,
    OWN_ACTIVITY,
    POS_FIRST,
    POS_NOW,
    POWER,
    SAFETY,
    SECOND,
    SLACK,
    SLACK_ANCHOR,
    STATUS,
    TENSION,
    TENURE,
    TRUST,
    UNDERSTANDING,
    WEIGHT,
)
from sim.measures import measure, record
from sim.rules.basics import clamp
from sim.rules.joint import joint_target
from sim.rules.ledger import new_ledger
from sim.rules.outcomes import mean_joint
from sim.scenario.schema import Scenario
from sim.state import LAG_ADMISSIONS, LAG_JOINT, LAG_UNMET, State, empty_state
from sim.world import Names, World

OF_RESIDENTS: Final = (
    M_DELAYS, M_ADMISSIONS, M_CARE_HOMES, M_REABLEMENT, M_EXPERIENCE, M_UNMET, M_SPEND,
)  # fmt: skip
"""Measures that start where the scenario says, and follow from residents' lives."""


def start(scenario: Scenario, world: World, names: Names) -> State:
    """The state before the first month."""
    s = empty_state(names.shape)
    _place(scenario, s)
    _partners(scenario, world, names, s)
    _ties(scenario, world, names, s)
    _matters(scenario, world, names, s)
    th = names.theta
    n = len(names.partners)
    for a in range(n):
        for b in range(n):
            if a != b and s.pair[DEPENDENCE, a, b] > 0.0:
                s.pair[JOINT, a, b] = 0.9 * joint_target(th, s, a, b)
    joint = mean_joint(s)
    s.place[JOINT_START] = joint
    s.lagged[LAG_JOINT] = joint
    s.lagged[LAG_UNMET] = world.base[M_UNMET]
    s.lagged[LAG_ADMISSIONS] = 1.0
    for m in OF_RESIDENTS:
        s.measure[m] = world.base[m]
    measure(world, th, s, new_ledger(n, on=False))
    record(s, 0)
    s.shown[:, :] = s.pair[TRUST]
    return s


def _draw(world: World, process: int, i: int, j: int, k: int) -> tuple[float, float, float, float]:
    low, high = int(world.luck[0, 0]), int(world.luck[0, 1])
    return uniform4(low, high, process, 0, i, j, k)


def _place(scenario: Scenario, s: State) -> None:
    place = scenario.place
    s.place[NARRATIVE] = 0.3 * place.narrative
    s.place[GOVERNANCE_FORM] = GOVERNANCE_FORMS.index(place.governance.form)
    s.place[GOVERNANCE] = place.governance.strength
    s.place[BACKING] = place.backing
    s.place[HOME_CARE] = place.home_care
    s.place[DEMAND] = 1.0
    s.place[MONEY] = place.transformation_fund


def _partners(scenario: Scenario, world: World, names: Names, s: State) -> None:
    th = names.theta
    given_cost = [p.cost_share for p in scenario.partners]
    given_benefit = [p.benefit_share for p in scenario.partners]
    payers = max(1, sum(p.payer for p in scenario.partners))
    for k, p in enumerate(scenario.partners):
        i = names.partner_row[p.id]
        u, v, x, y = _draw(world, P_START, int(world.key[i]), 0, 0)
        avoidance = (
            th.avoidance_mean + 0.1 * bell(u, v, x, y) if p.avoidance is None else p.avoidance
        )
        s.partner[AVOIDANCE, i] = clamp(avoidance, 0.0, 1.0)
        s.partner[SAFETY, i] = th.safety_mean if p.safety is None else p.safety
        s.partner[COMMITMENT, i] = p.commitment
        s.partner[CAPABILITY, i] = p.capability
        s.partner[SLACK, i] = s.partner[SLACK_ANCHOR, i] = p.slack
        s.partner[BUDGET, i] = p.budget
        s.partner[POWER, i] = p.power
        s.partner[AT_TABLE, i] = float(p.at_table)
        s.partner[TENURE, i] = p.leader.months
        s.partner[CONTACT, i] = p.contact
        s.partner[CREDIBILITY, i] = p.credibility
        s.partner[OWN_ACTIVITY, i] = 1.0
        for axis, value in enumerate(p.position):
            s.position[POS_NOW, i, axis] = s.position[POS_FIRST, i, axis] = value
        # shares left out fall to the payers alike; savings mostly to the hospital
        cost = given_cost[k]
        s.partner[COST_SHARE, i] = float(p.payer) / payers if cost is None else cost
        benefit = given_benefit[k]
        usual = 0.8 if p.hospital else 0.2 if p.sector == "council" else 0.0
        s.partner[BENEFIT_SHARE, i] = usual if benefit is None else benefit
    for field in (COST_SHARE, BENEFIT_SHARE):
        total = float(sum(s.partner[field]))
        if total > 0.0:
            s.partner[field, :] = s.partner[field] / total


def _ties(scenario: Scenario, world: World, names: Names, s: State) -> None:
    """Trust from the file's words with a keyed spread; half of it is shared both ways."""
    th = names.theta
    n = len(names.partners)
    sector = {names.partner_row[p.id]: p.sector for p in scenario.partners}
    civil = scenario.tie_defaults.same_sector
    for a in range(n):
        for b in range(a + 1, n):
            mean = th.initial_trust_mean - 0.05
            if sector[a] == sector[b] and civil is not None:
                mean = civil
            _trust(world, names, s, a, b, mean, mean)
            for field, value in ((MEETING, 0.06), (UNDERSTANDING, 0.2)):
                s.pair[field, a, b] = s.pair[field, b, a] = value
    for tie in scenario.ties:
        a, b = names.partner_row[tie.from_], names.partner_row[tie.to]
        there = th.initial_trust_mean if tie.trust is None else tie.trust
        back = there if tie.back is None else tie.back
        _trust(world, names, s, a, b, there, back)
        meeting = 0.3 if tie.contact is None else tie.contact
        for field, value in (
            (DEPENDENCE, tie.dependence or 0.0),
            (MEETING, 0.04 + 0.4 * meeting),
            (UNDERSTANDING, 0.3 if tie.understanding is None else tie.understanding),
        ):
            s.pair[field, a, b] = s.pair[field, b, a] = value
    for i in range(n):
        s.pair[TRUST, i, i] = 1.0
        for j in range(n):  # nobody meets those who are not at the table by chance
            if s.partner[AT_TABLE, i] < 0.5 or s.partner[AT_TABLE, j] < 0.5:
                s.pair[MEETING, i, j] *= 0.4


def _trust(world: World, names: Names, s: State, a: int, b: int, there: float, back: float) -> None:
    # a scenario's words say more than the parameter's mean, so the spread is a third
    spread = names.theta.initial_trust_spread / 3.0
    low, high = sorted((int(world.key[a]), int(world.key[b])))
    shared = bell(*_draw(world, P_START_PAIR, low, high, 0))
    for i, j, mean in ((a, b, there), (b, a, back)):
        own = bell(*_draw(world, P_START_PAIR, int(world.key[i]), int(world.key[j]), 1))
        s.pair[TRUST, i, j] = clamp(mean + spread * sqrt(0.5) * (shared + own), 0.03, 0.95)


def _matters(scenario: Scenario, world: World, names: Names, s: State) -> None:
    """About half of the file's matters are in play (keyed), always one on the weightiest tie.

    A dependent pair with none of them in play has a plain matter instead.
    """
    parts = {m.id: m for m in scenario.unsaid}
    axes = {axis.id: k for k, axis in enumerate(scenario.place.axes)}
    drawn = {}
    for row, identity in enumerate(names.matters):
        part = parts.get(identity)
        between = part.between if part else tuple(identity.split("~"))
        a, b = names.partner_row[between[0]], names.partner_row[between[1]]
        s.matter[FIRST, row], s.matter[SECOND, row] = a, b
        s.matter[AXIS, row] = axes[part.axis] if part else -1
        u, v, _, _ = _draw(world, P_LIVE_IN_PLAY, int(world.matter_key[row]), 0, 0)
        s.matter[WEIGHT, row] = (0.3 * part.weight if part else 0.1) * (0.6 + 0.8 * v)
        if part:
            drawn[row] = (float(s.pair[DEPENDENCE, a, b]), -u)
    live = {row for row, (_dependence, u) in drawn.items() if -u < 0.5}
    if drawn:
        live.add(max(drawn, key=lambda row: drawn[row]))
    spoken = {frozenset(s.matter[[FIRST, SECOND], row].tolist()) for row in live}
    for row in range(len(names.matters)):
        pair = frozenset(s.matter[[FIRST, SECOND], row].tolist())
        if row not in live and (row in drawn or pair in spoken):
            s.matter[STATUS, row] = DORMANT
            s.matter[WEIGHT, row] = 0.0
            continue
        s.matter[STATUS, row] = LATENT
        a, b = int(s.matter[FIRST, row]), int(s.matter[SECOND, row])
        tension = min(1.5, float(s.pair[TENSION, a, b] + s.matter[WEIGHT, row]))
        s.pair[TENSION, a, b] = s.pair[TENSION, b, a] = tension
