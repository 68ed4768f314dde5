"""The pooled fund (model.md 7.8)."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from peers.twin.arithmetic import held, sigma
from peers.twin.starting import begin

from sim.draws import P_PROJECT

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.partner import Partner


def pay_and_spend(model: Twin) -> None:
    """Payers put money in or hold back; a quarter of it is spent."""
    place = model.place
    if not place.fund_open:
        return
    if place.backing < 0.2:
        place.fund_open, place.fund = False, 0.0
        return
    payers = sum(partner.payer for partner in model.partners)
    others = held(place.fund / (60.0 * max(1, payers)))
    for partner in model.partners:
        if partner.payer and partner.at_table:
            paid = 0.3 * partner.budget * _willing(partner, others, model)
            partner.paid += paid
            place.fund += paid
    spent = 0.25 * place.fund
    place.fund -= spent
    a_head = 1000.0 * spent / place.population
    effort = place.effort
    effort["delayed_transfers"] = min(1.0, effort["delayed_transfers"] + 0.15 * a_head)
    place.home_care = min(2.0, place.home_care + 0.004 * a_head)


def _willing(partner: Partner, others: float, model: Twin) -> float:
    th = model.theta
    table = [other for other in partner.others if other.at_table]
    unfair = (partner.cost_share - partner.benefit_share) * (1.0 - model.place.gain_share)
    return sigma(
        th.fund_base
        + th.fund_trust * partner.mean_trust_in(table)
        + th.fund_others * others
        - th.fund_deficit * min(1.0, partner.deficit / max(1.0, partner.budget))
        - th.fund_fairness * unfair
    )


def may_begin_something(model: Twin) -> None:
    """Every third month the fund may begin something small between the readiest two."""
    place = model.place
    if not place.fund_open or place.fund < 20.0 or model.now % 3:
        return
    best, highest = None, 0.0
    for tie in model.ties:
        if not tie.at_table or tie.in_dispute or tie.floor > 0.3:
            continue
        ready = tie.least_trust * sqrt(tie.a.commitment * tie.b.commitment)
        if ready > highest:
            best, highest = tie, ready
    if best is None or model.luck.draw(P_PROJECT, model.now, 0, 0, 3)[0] >= min(0.5, highest):
        return
    if None in model.slots and begin(model, "small_experiment", 0.25, list(best.both), energy=0.0):
        place.fund -= 20.0
