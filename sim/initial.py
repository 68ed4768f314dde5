"""The state a locality starts in, from its scenario and its luck."""

from __future__ import annotations

from math import isnan, sqrt
from typing import Final, NamedTuple

import numpy as np

from sim.compiled import rule
from sim.draws import P_LIVE_IN_PLAY, P_START, P_START_PAIR, bell
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
    MATTER_FIELDS,
    MEETING,
    MONEY,
    NARRATIVE,
    OWN_ACTIVITY,
    PARTNER_FIELDS,
    PLACE_FIELDS,
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
from sim.parameters import Theta
from sim.rules.basics import clamp
from sim.rules.chance import draw, draw_pair
from sim.rules.joint import count_seats, joint_target
from sim.rules.ledger import Ledger, new_ledger
from sim.rules.outcomes import mean_joint
from sim.scenario.schema import Scenario
from sim.state import (
    LAG_ADMISSIONS,
    LAG_JOINT,
    LAG_UNMET,
    Array,
    IntArray,
    State,
    empty_state,
    for_rules,
)
from sim.world import Names, World

OF_RESIDENTS: Final = (
    M_DELAYS, M_ADMISSIONS, M_CARE_HOMES, M_REABLEMENT, M_EXPERIENCE, M_UNMET, M_SPEND,
)  # fmt: skip
"""Measures that start where the scenario says, and follow from residents' lives."""


class Start(NamedTuple):
    """What a scenario says of the state before the first month, whatever the luck."""

    partner: Array  # [field, i]; avoidance and safety NaN where the file leaves them open
    position: Array  # [i, axis]
    place: Array  # [field]
    trust: Array  # [i, j], NaN where the file leaves it open
    below: Array  # [i, j], by how much an open one differs from the usual mean
    pair: Array  # [field, i, j]: dependence, meeting, understanding
    matter: Array  # [field, m]; weight as it is before luck
    order: IntArray  # [m], rows of matters in the order of the file, plain ones last
    trend: Array  # [1], admissions' growth a year, NaN where the parameter says it


def start(scenario: Scenario, world: World, names: Names) -> State:
    """The state before the first month."""
    s = empty_state(names.shape)
    first = start_of(scenario, names)
    led = new_ledger(len(names.partners), on=False)
    begin(for_rules(world), names.theta, for_rules(s), for_rules(led), for_rules(first))
    return s


@rule
def begin(w: World, th: Theta, s: State, led: Ledger, first: Start) -> None:
    """Fill a state of zeros as a scenario and the luck of month 0 have it."""
    n = s.partner.shape[1]
    for f in range(s.place.shape[0]):
        s.place[f] = first.place[f]
    _partners(w, th, s, first)
    _ties(w, th, s, first)
    _matters(w, s, first)
    count_seats(s)
    for a in range(n):
        for b in range(n):
            if a != b and s.pair[DEPENDENCE, a, b] > 0.0:
                s.pair[JOINT, a, b] = joint_target(th, s, a, b)
    joint = mean_joint(s)
    s.place[JOINT_START] = joint
    s.lagged[LAG_JOINT] = joint
    s.lagged[LAG_UNMET] = w.base[M_UNMET]
    s.lagged[LAG_ADMISSIONS] = 1.0
    for m in OF_RESIDENTS:
        s.measure[m] = w.base[m]
    measure(w, th, s, led)
    record(s, 0)
    for a in range(n):
        for b in range(n):
            s.shown[a, b] = s.pair[TRUST, a, b]


@rule
def _partners(w: World, th: Theta, s: State, first: Start) -> None:
    for i in range(s.partner.shape[1]):
        for f in range(s.partner.shape[0]):
            s.partner[f, i] = first.partner[f, i]
        if isnan(first.partner[AVOIDANCE, i]):
            u, v, x, y = draw(w, P_START, 0, int(w.key[i]), 0, 0)
            s.partner[AVOIDANCE, i] = clamp(th.avoidance_mean + 0.1 * bell(u, v, x, y), 0.0, 1.0)
        if isnan(first.partner[SAFETY, i]):
            s.partner[SAFETY, i] = th.safety_mean
        for k in range(s.position.shape[2]):
            s.position[POS_NOW, i, k] = first.position[i, k]
            s.position[POS_FIRST, i, k] = first.position[i, k]


@rule
def _ties(w: World, th: Theta, s: State, first: Start) -> None:
    """Trust from the file's words with a keyed spread; half of it is shared both ways."""
    n = s.partner.shape[1]
    for a in range(n):
        s.pair[TRUST, a, a] = 1.0
        for b in range(n):
            s.pair[DEPENDENCE, a, b] = first.pair[0, a, b]
            s.pair[MEETING, a, b] = first.pair[1, a, b]
            s.pair[UNDERSTANDING, a, b] = first.pair[2, a, b]
            if a < b:
                u, v, x, y = draw_pair(w, P_START_PAIR, 0, a, b, 0)
                shared = bell(u, v, x, y)
                s.pair[TRUST, a, b] = _trust(w, th, first, a, b, shared)
                s.pair[TRUST, b, a] = _trust(w, th, first, b, a, shared)


@rule
def _trust(w: World, th: Theta, first: Start, i: int, j: int, shared: float) -> float:
    # a scenario's words say more than the parameter's mean, so the spread is a third
    spread = th.initial_trust_spread / 3.0
    mean = first.trust[i, j]
    if isnan(mean):
        mean = th.initial_trust_mean + first.below[i, j]
    u, v, x, y = draw(w, P_START_PAIR, 0, int(w.key[i]), int(w.key[j]), 1)
    return clamp(mean + spread * sqrt(0.5) * (shared + bell(u, v, x, y)), 0.03, 0.95)


@rule
def _matters(w: World, s: State, first: Start) -> None:
    """About half of the file's matters are in play (keyed), always one on the weightiest tie.

    A dependent pair with none of them in play has a plain matter instead.
    """
    total = first.matter.shape[1]
    live = np.zeros(total)
    surest = -1
    by = 0.0
    least = 0.0
    for m in range(total):
        for f in range(first.matter.shape[0]):
            s.matter[f, m] = first.matter[f, m]
        u, v, _, _ = draw(w, P_LIVE_IN_PLAY, 0, int(w.matter_key[m]), 0, 0)
        s.matter[WEIGHT, m] = first.matter[WEIGHT, m] * (0.6 + 0.8 * v)
        if w.has_words[m] < 0.5:
            continue
        needed = s.pair[DEPENDENCE, int(s.matter[FIRST, m]), int(s.matter[SECOND, m])]
        if surest < 0 or needed > by or (needed == by and u < least):
            surest, by, least = m, needed, u
        if u < 0.5:
            live[m] = 1.0
    if surest >= 0:
        live[surest] = 1.0
    for m in range(total):
        a = int(s.matter[FIRST, m])
        b = int(s.matter[SECOND, m])
        spoken = 0
        for x in range(total):
            c = int(s.matter[FIRST, x])
            d = int(s.matter[SECOND, x])
            if live[x] > 0.5 and ((c == a and d == b) or (c == b and d == a)):
                spoken = 1
        if live[m] < 0.5 and (w.has_words[m] > 0.5 or spoken == 1):
            s.matter[STATUS, m] = DORMANT
            s.matter[WEIGHT, m] = 0.0
            continue
        s.matter[STATUS, m] = LATENT
        s.matter[WEIGHT, m] = min(s.matter[WEIGHT, m], 1.5 - s.pair[TENSION, a, b])
        tension = s.pair[TENSION, a, b] + s.matter[WEIGHT, m]
        s.pair[TENSION, a, b] = tension
        s.pair[TENSION, b, a] = tension


# --- from a file's words to arrays ---------------------------------------------------------


def start_of(scenario: Scenario, names: Names) -> Start:
    """What ``scenario`` says of its first state, rows as in ``names``."""
    n, matters = len(names.partners), len(names.matters)
    order = {matter.id: place for place, matter in enumerate(scenario.unsaid)}
    in_order = sorted(names.matters, key=lambda id: (order.get(id, len(order)), id))
    trend = scenario.place.admission_trend_per_year
    first = Start(
        partner=np.zeros((len(PARTNER_FIELDS), n)),
        position=np.zeros((n, len(scenario.place.axes))),
        place=np.zeros(len(PLACE_FIELDS)),
        trust=np.full((n, n), np.nan),
        below=np.full((n, n), -0.05),
        pair=np.zeros((3, n, n)),
        matter=np.zeros((len(MATTER_FIELDS), matters)),
        order=np.array([names.matter_row[id] for id in in_order], dtype=np.int64),
        trend=np.array([np.nan if trend is None else trend]),
    )
    _place_of(scenario, first)
    _partners_of(scenario, names, first)
    _ties_of(scenario, names, first)
    _matters_of(scenario, names, first)
    return first


def _place_of(scenario: Scenario, first: Start) -> None:
    place = scenario.place
    first.place[NARRATIVE] = 0.3 * place.narrative
    first.place[GOVERNANCE_FORM] = GOVERNANCE_FORMS.index(place.governance.form)
    first.place[GOVERNANCE] = place.governance.strength
    first.place[BACKING] = place.backing
    first.place[HOME_CARE] = place.home_care
    first.place[DEMAND] = 1.0
    first.place[MONEY] = place.transformation_fund


def _partners_of(scenario: Scenario, names: Names, first: Start) -> None:
    payers = max(1, sum(p.payer for p in scenario.partners))
    of = first.partner
    for p in scenario.partners:
        i = names.partner_row[p.id]
        of[AVOIDANCE, i] = np.nan if p.avoidance is None else clamp(p.avoidance, 0.0, 1.0)
        of[SAFETY, i] = np.nan if p.safety is None else p.safety
        of[COMMITMENT, i] = p.commitment
        of[CAPABILITY, i] = p.capability
        of[SLACK, i] = of[SLACK_ANCHOR, i] = p.slack
        of[BUDGET, i] = p.budget
        of[POWER, i] = p.power
        of[AT_TABLE, i] = float(p.at_table)
        of[TENURE, i] = p.leader.months
        of[CONTACT, i] = p.contact
        of[CREDIBILITY, i] = p.credibility
        of[OWN_ACTIVITY, i] = 1.0
        first.position[i, : len(p.position)] = p.position
        # shares left out fall to the payers alike; savings mostly to the hospital
        of[COST_SHARE, i] = float(p.payer) / payers if p.cost_share is None else p.cost_share
        usual = 0.8 if p.hospital else 0.2 if p.sector == "council" else 0.0
        of[BENEFIT_SHARE, i] = usual if p.benefit_share is None else p.benefit_share
    for field in (COST_SHARE, BENEFIT_SHARE):
        total = float(sum(of[field]))
        if total > 0.0:
            of[field, :] = of[field] / total


def _ties_of(scenario: Scenario, names: Names, first: Start) -> None:
    """How a tie that the file does not name begins, then those that it names."""
    n = len(names.partners)
    sector = {names.partner_row[p.id]: p.sector for p in scenario.partners}
    seated = {names.partner_row[p.id]: p.at_table for p in scenario.partners}
    civil = scenario.tie_defaults.same_sector
    for a in range(n):
        for b in range(n):
            if a == b:
                continue
            if sector[a] == sector[b] and civil is not None:
                first.trust[a, b] = civil
            first.pair[1:, a, b] = 0.06, 0.2
    for tie in scenario.ties:
        a, b = names.partner_row[tie.from_], names.partner_row[tie.to]
        back = tie.trust if tie.back is None else tie.back
        for i, j, trust in ((a, b, tie.trust), (b, a, back)):
            first.trust[i, j] = np.nan if trust is None else trust
            first.below[i, j] = 0.0
            first.pair[:, i, j] = (
                tie.dependence or 0.0,
                0.04 + 0.4 * (0.3 if tie.contact is None else tie.contact),
                0.3 if tie.understanding is None else tie.understanding,
            )
    for a in range(n):
        for b in range(n):  # nobody meets those who are not at the table by chance
            if not (seated[a] and seated[b]):
                first.pair[1, a, b] *= 0.4


def _matters_of(scenario: Scenario, names: Names, first: Start) -> None:
    parts = {m.id: m for m in scenario.unsaid}
    axes = {axis.id: k for k, axis in enumerate(scenario.place.axes)}
    for row, identity in enumerate(names.matters):
        part = parts.get(identity)
        between = part.between if part else tuple(identity.split("~"))
        first.matter[FIRST, row] = names.partner_row[between[0]]
        first.matter[SECOND, row] = names.partner_row[between[1]]
        first.matter[AXIS, row] = axes[part.axis] if part else -1
        first.matter[WEIGHT, row] = 0.3 * part.weight if part else 0.1
