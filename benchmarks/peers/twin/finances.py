"""Money, slack, the patience of those above, and what was promised (model.md 7.16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.twin.arithmetic import chance, held
from peers.twin.residents import joint_working

from sim.draws import P_TAKEOVER

if TYPE_CHECKING:
    from peers.twin.model import Twin


def count_the_money(model: Twin) -> None:
    """Costs where the work is, savings where activity falls; and what it takes out of people."""
    th, place = model.theta, model.place
    first, lagged = model.residents.joint_at_first, model.residents.joint_lagged
    saved = 0.0
    if not th.no_effect_on_admissions:
        admissions = place.population / 1000.0 * model.base["emergency_admissions"]
        share = th.max_admission_effect * max(0.0, lagged - first) / 0.5
        saved = th.saving_share * 0.4 * 1.6 * admissions * share
    cost = 0.5 * place.projects_embedded + 10.0 * joint_working(model.ties)
    place.realised += 0.1 * (saved + 3.0 * place.projects_embedded - place.realised)
    seats = len(model.table)
    weight = {"none": 0.0, "shared": 1.0, "lead": 0.35}[place.form]
    load = th.coordination_cost * seats / 8.0 * weight
    g = place.gain_share
    driven = sum(max(0.0, effort) for effort in place.effort.values())
    for partner in model.partners:
        benefit = partner.benefit_share
        benefit = (1.0 - g) * benefit + g * 0.5 * (benefit + partner.cost_share)
        partner.paid += cost * partner.cost_share
        partner.saved += saved * benefit
        deficit = partner.deficit
        partner.deficit = max(0.0, deficit - 0.02 * deficit - 0.2 * saved * benefit)
        rest = partner.slack_anchor - min(0.12, 0.1 * deficit / max(1.0, partner.budget))
        rest -= 0.08 * place.crisis + (0.15 if partner.reorganising > 0 else 0.0)
        disputes = sum(tie.in_dispute for tie in partner.ties.values())
        slack = partner.slack + th.slack_recovery * (rest - partner.slack)
        slack -= (load if partner.at_table else 0.0) + th.dispute_cost * disputes
        slack -= th.project_cost * partner.carries + th.effort_cost * driven
        partner.slack = held(slack, 0.02, 1.0)
        partner.own_activity = (
            place.demand
            * (1.0 - 0.2 * place.effort["emergency_admissions"])
            * (1.0 + 0.3 * (0.5 - partner.slack))
        )


def try_their_patience(model: Twin) -> None:
    """Patience wears thin; what was said in public is remembered."""
    th, place = model.theta, model.place
    disputes = sum(tie.in_dispute for tie in model.ties)
    wear = th.backing_decay * (1.0 - 0.4 * place.governance) + th.backing_dispute * disputes
    place.backing = held(place.backing - wear)
    if place.backing < 0.2:
        place.fund_open = False
        hazard = th.takeover_hazard * (0.2 - place.backing) * 5.0
        u = model.luck.draw(P_TAKEOVER, model.now)[0]
        if not place.taken_over and u < chance(hazard):
            place.taken_over = model.now
            place.gain("mandate", 0.6)
            place.gain("governance", -0.5)
    residents = model.residents
    delivered = min(1.0, 0.25 * (place.projects_succeeded + place.projects_embedded))
    residents.delivered_lagged += (delivered - residents.delivered_lagged) / 3.0
    pull = th.narrative_pull * place.narrative * residents.delivered_lagged
    for partner in model.partners:
        if partner.at_table:
            partner.gain("commitment", pull)
    place.narrative *= 1.0 - th.narrative_decay
    if model.now % 12 == 0 and place.promised > 0.35:
        _broken_promise(model)
    place.governance *= 1.0 - th.governance_decay
    place.mandate *= 0.85
    place.shared_framing *= 0.94


def _broken_promise(model: Twin) -> None:
    th, place = model.theta, model.place
    place.gain("backing", -0.1)
    for partner in model.partners:
        partner.gain("safety", -0.03)
    for tie in model.ties:
        if tie.dependence > 0:
            tie.bad_both(0.4 * th.promise_breach * place.promised)
    place.promised *= 0.4
