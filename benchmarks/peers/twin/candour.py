"""A matter is raised, well or badly, or avoided (model.md 7.4, 7.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.twin.arithmetic import sigma
from peers.twin.matter import Status

if TYPE_CHECKING:
    from peers.twin.matter import Matter
    from peers.twin.model import Twin
    from peers.twin.tie import Tie


def space_made(tie: Tie, space: float, model: Twin) -> float:
    """How well the room is made for what is to be said."""
    return min(1.0, space + tie.candour + 0.4 * model.place.facilitator)


def goes_well(tie: Tie, space: float, model: Twin) -> float:
    """P(what is said between the two is said well)."""
    th, place = model.theta, model.place
    if th.candour_is_a_coin_toss:
        return 0.5
    z = (
        th.well_base
        + th.well_trust * tie.mean_trust
        + th.well_safety * 0.5 * (tie.a.safety + tie.b.safety)
        + th.well_space * space_made(tie, space, model)
        + th.well_understanding * (tie.understanding + 0.5 * place.shared_framing)
        - th.well_tension * tie.tension
    )
    if tie.cleared > 0:
        z += th.cleared_bonus
    return sigma(z)


def raise_matter(
    matter: Matter, space: float, u: float, model: Twin, *, at_once: bool = False
) -> None:
    """Somebody says it; ``at_once``: outside the board, safety changes without waiting."""
    th, tie = model.theta, matter.tie
    well = u < goes_well(tie, space, model)
    weight, made = matter.weight, space_made(tie, space, model)
    tie.candour = 0.0
    tie.met = True
    for partner in tie.both:
        partner.spoke += 1
    if well:
        model.place.raised_well += 1
        matter.add(-th.worked_share * weight)
        tie.good_both(th.well_gain * (0.6 + 0.4 * made))
        tie.understand(0.15)
        tie.dancing = 0.0
        matter.status = Status.WORKED_THROUGH if matter.weight < 0.12 else Status.SURFACED
        matter.seen = 0
    else:
        model.place.raised_badly += 1
        matter.add(0.4 * th.severity)
        tie.bad_both(th.badly_loss * (0.6 + weight))
        for partner in tie.both:
            partner.gain("commitment", -0.02)
        matter.status = Status.SURFACED
    for partner in tie.both:
        felt = 0.03 if well else -0.04
        if at_once:
            partner.safety = min(1.0, max(0.0, partner.safety + felt))
        else:
            partner.safer += felt


def avoid(matter: Matter, severity: float, model: Twin, *, seen: bool) -> None:
    """Nobody says it; ``seen``: at the board, before everybody."""
    th, tie = model.theta, matter.tie
    model.place.avoided += 1
    matter.add(-0.1 * matter.weight if th.silence_is_harmless else severity)
    if matter.status is Status.WORKED_THROUGH:
        matter.status = Status.SURFACED
    if th.polite_distance_helps:
        tie.good_both(0.5)
    for partner in tie.both:
        partner.glow += th.avoided_relief
        partner.quiet += 1
    if seen:
        tie.dancing = min(4.0, tie.dancing + 1.0)
        matter.seen += 1
