"""The first state, from a scenario and its luck (model.md 5)."""

from __future__ import annotations

from itertools import combinations
from math import sqrt
from typing import TYPE_CHECKING

from peers.twin.arithmetic import bell, held
from peers.twin.luck import hash64
from peers.twin.matter import Matter, Status
from peers.twin.partner import Partner
from peers.twin.place import Place
from peers.twin.tie import Tie

from sim.draws import P_LIVE_IN_PLAY, P_START, P_START_PAIR

if TYPE_CHECKING:
    from peers.twin.model import Twin

    from sim.scenario.parts import PartnerPart
    from sim.scenario.parts import Tie as TiePart

BASES = {
    "emergency_admissions": 7.5,
    "delayed_transfers": 9.7,
    "care_home_admissions": 659.0,
    "reablement_at_home": 82.0,
    "resident_experience": 54.0,
    "unmet_need": 0.12,
    "spend_per_head": 62.0,
    "staff_joint_working": 50.0,
}


def set_up(model: Twin) -> None:
    """Partners, ties, matters and the place, as they stand before the first month."""
    scenario = model.scenario
    model.place = Place(scenario)
    parts = sorted(scenario.partners, key=lambda part: hash64(part.id))
    model.partners = [Partner(model, part) for part in parts]
    model.partner_of = {partner.id: partner for partner in model.partners}
    model.place.lead = model.partners[0]
    for partner, part in zip(model.partners, parts):
        _levels(model, partner, part)
    _shares(model, parts)
    _ties(model)
    _matters(model)


def _levels(model: Twin, partner: Partner, part: PartnerPart) -> None:
    th = model.theta
    avoidance = part.avoidance
    if avoidance is None:
        avoidance = th.avoidance_mean + 0.1 * bell(model.luck.draw(P_START, 0, partner.key))
    partner.avoidance = held(avoidance)
    partner.safety = th.safety_mean if part.safety is None else part.safety


def _shares(model: Twin, parts: list[PartnerPart]) -> None:
    """Who pays for joint work, and whom it saves money."""
    payers = sum(part.payer for part in parts)
    for partner, part in zip(model.partners, parts):
        cost, benefit = part.cost_share, part.benefit_share
        if cost is None:
            cost = 1.0 / payers if part.payer else 0.0
        if benefit is None:
            benefit = 0.8 if part.hospital else 0.2 if part.sector == "council" else 0.0
        partner.cost_share, partner.benefit_share = cost, benefit
    for name in ("cost_share", "benefit_share"):
        total = sum(getattr(partner, name) for partner in model.partners)
        if total > 0:
            for partner in model.partners:
                setattr(partner, name, getattr(partner, name) / total)


def _ties(model: Twin) -> None:
    th, scenario = model.theta, model.scenario
    named: dict[frozenset[str], TiePart] = {
        frozenset((tie.from_, tie.to)): tie for tie in scenario.ties
    }
    model.ties = []
    for a, b in combinations(model.partners, 2):
        tie = Tie(a, b, th)
        model.ties.append(tie)
        part = named.get(frozenset((a.id, b.id)))
        if part is None:
            means = dict.fromkeys((a, b), _without_a_tie(model, a, b))
            tie.meeting, tie.understanding = 0.06, 0.2
        else:
            one, other = model.partner_of[part.from_], model.partner_of[part.to]
            word = th.initial_trust_mean if part.trust is None else part.trust
            means = {one: word, other: word if part.back is None else part.back}
            tie.dependence = part.dependence or 0.0
            tie.meeting = 0.04 + 0.4 * (0.3 if part.contact is None else part.contact)
            tie.understanding = 0.3 if part.understanding is None else part.understanding
        if not tie.at_table:
            tie.meeting *= 0.4
        shared = bell(model.luck.of_pair(P_START_PAIR, 0, a.key, b.key))
        for i, j in ((a, b), (b, a)):
            own = bell(model.luck.draw(P_START_PAIR, 0, i.key, j.key, 1))
            spread = th.initial_trust_spread / 3.0 * sqrt(0.5) * (shared + own)
            tie.trust[i] = held(means[i] + spread, 0.03, 0.95)
    for partner in model.partners:  # everybody's ties in row order
        for tie in model.ties:
            if partner in tie.both:
                partner.ties[tie.b if partner is tie.a else tie.a] = tie


def _without_a_tie(model: Twin, a: Partner, b: Partner) -> float:
    same = model.scenario.tie_defaults.same_sector
    if same is not None and a.sector == b.sector:
        return same
    return model.theta.initial_trust_mean - 0.05


def _matters(model: Twin) -> None:
    scenario = model.scenario
    axes = [axis.id for axis in scenario.place.axes]
    weights: dict[str, float] = {}
    matters = []
    for part in scenario.unsaid:
        tie = model.tie(*part.between)
        matters.append(Matter(part.id, tie, axes.index(part.axis)))
        weights[part.id] = 0.3 * part.weight
    named = {frozenset((tie.from_, tie.to)) for tie in scenario.ties}
    for tie in model.ties:
        if tie.dependence > 0 and frozenset((tie.a.id, tie.b.id)) in named:
            matter = Matter(f"{tie.a.id}~{tie.b.id}", tie, None)
            matters.append(matter)
            weights[matter.id] = 0.1
    model.matters = sorted(matters, key=lambda matter: hash64(matter.id))
    for tie in model.ties:
        tie.matters.sort(key=model.matters.index)
    draws = {m: model.luck.draw(P_LIVE_IN_PLAY, 0, m.key) for m in model.matters}
    with_words = [m for m in model.matters if m.has_words]
    always = max(with_words, key=lambda m: (m.tie.dependence, -draws[m][0]), default=None)
    for matter in with_words:
        if draws[matter][0] < 0.5 or matter is always:
            matter.status = Status.LATENT
    for matter in model.matters:
        silent = all(m.status is Status.DORMANT for m in matter.tie.matters if m.has_words)
        if not matter.has_words and silent:
            matter.status = Status.LATENT
    for matter in model.matters:
        if matter.status is Status.LATENT:
            weight = weights[matter.id] * (0.6 + 0.8 * draws[matter][1])
            matter.weight = min(weight, 1.5 - matter.tie.tension)
            matter.tie.tension += matter.weight
