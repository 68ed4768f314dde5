"""Leaders leave and arrive (model.md 7.12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.twin.arithmetic import chance, held

from sim.draws import P_ARRIVAL, P_LEADER

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.partner import Partner


def come_and_go(model: Twin) -> None:
    """Every leader is a month longer in post; some announce that they leave, some go."""
    for partner in model.partners:
        partner.tenure += 1.0
        if partner.merged_with:
            partner.leaving = 0.0
        elif partner.leaving > 0:
            partner.leaving -= 1.0
            if partner.leaving <= 0:
                _goes(partner, model)
        else:
            _may_announce(partner, model)


def _may_announce(partner: Partner, model: Twin) -> None:
    th = model.theta
    hazard = th.turnover_per_year / 12.0 * (0.6 + min(0.8, partner.tenure / 60.0))
    if model.luck.draw(P_LEADER, model.now, partner.key)[0] >= chance(hazard):
        return
    if model.shocks == "full" or (model.shocks == "play" and model.is_over):
        partner.leaving = 3.0
    elif model.shocks == "play" and partner.at_table:
        quiet = not any(each.leaders or each.leaving > 0 for each in model.partners)
        if quiet and model.now > 5 and model.now != model.turn_month:
            partner.leaving = 4.0


def _goes(partner: Partner, model: Twin) -> None:
    th = model.theta
    kept = th.trust_retained_on_turnover
    if partner.handover:
        kept = max(kept, th.handover_kept)
    if model.place.facilitator:
        kept += 0.1
    kept = min(0.95, kept)
    for tie in partner.ties.values():
        for who in tie.both:
            apart = tie.trust[who] - th.institutional_trust
            tie.trust[who] = th.institutional_trust + kept * apart
            tie.history[who] *= kept
        tie.understanding *= kept
        tie.meeting *= kept
    u = model.luck.draw(P_ARRIVAL, model.now, partner.key)
    partner.avoidance = held(th.avoidance_mean + 0.5 * (u[0] + u[1] - 1.0), 0.05, 0.95)
    partner.contact *= kept
    partner.credibility *= 0.5 + 0.5 * kept
    partner.tenure, partner.handover = 0.0, False
    partner.leaders += 1
