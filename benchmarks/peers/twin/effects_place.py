"""Effects on the place (model.md 7.2), and merging two partners (7.13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.twin.arithmetic import held, mean

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.partner import Partner
    from peers.twin.rows import Concerned, Occasion, Row


def on_place(row: Row, whom: Concerned, occasion: Occasion, model: Twin) -> None:
    """One row, on what all share."""
    place, size = model.place, row.size
    part = _part(whom, model)
    g = size * (0.25 + 0.75 * part)
    match row.effect:
        case "narrative" | "governance" | "shared_framing":
            place.gain(row.effect, g)
        case "promise":
            place.gain("promised", g)
        case "mandate":
            place.gain("mandate", g * power_over_the_problem(model))
        case "backing" | "crisis":
            place.gain(row.effect, size)
        case "gain_share" if part > 0:
            place.gain("gain_share", size)
        case "governance_form":
            _govern(occasion, whom, model)
        case "fund_open":
            place.fund_open = True
            place.agree(model.now)
        case "fund":
            place.fund = max(0.0, place.fund + size)
        case "money":
            place.money = max(0.0, place.money + size)
        case "home_care":
            place.home_care = held(place.home_care * (1.0 + size), 0.2, 2.0)
        case "demand":
            place.demand = held(place.demand * (1.0 + size), 0.2, 3.0)
        case "facilitator":
            place.facilitator = size > 0
        case "case":
            place.case_months = max(1.0, size)
        case "winter":
            place.severe_winter = max(place.severe_winter, size)
        case "effort":
            measure = occasion.measure if row.measure in ("", "chosen") else row.measure
            order(model, measure, g * power_over_the_problem(model))
        case "merge":
            if len(whom.named) > 1:
                merge(whom.named[0], whom.named[1], model)


def _part(whom: Concerned, model: Twin) -> float:
    """How much of the table takes part."""
    shares = sum(share for partner, share in whom.shares.items() if partner.at_table)
    return held(shares / max(1, len(model.table)))


def power_over_the_problem(model: Twin) -> float:
    """What targets and orders can do about this kind of problem."""
    th, kind = model.theta, model.place.kind
    if model.place.crisis > 0.3:  # which lives on people who do as they are told
        return th.target_power_critical
    wear = th.order_wear * mean(partner.obeyed for partner in model.table)
    if kind == "critical":
        return (1.0 - 0.5 * wear) * th.target_power_critical
    power = th.target_power_tame if kind == "tame" else th.target_power_wicked
    return (1.0 - wear) * power


def order(model: Twin, measure: str, added: float) -> None:
    """Effort on one thing, which is taken from all others."""
    effort = model.place.effort
    if added > 0:  # what is done already cannot be done again
        added *= max(0.0, 1.0 - max(0.0, effort[measure]))
    for name in effort:
        if name == measure:
            least = -0.6 if added < 0 else min(0.0, effort[name])
            effort[name] = held(effort[name] + added, least, 1.5)
        else:
            effort[name] = max(-0.6, effort[name] - 0.12 * max(0.0, added))


def _govern(occasion: Occasion, whom: Concerned, model: Twin) -> None:
    place = model.place
    form = occasion.form or ("lead" if whom.named else "shared")
    if form == "lead" and not whom.named:
        form = "shared"
    place.form = form
    if form == "lead":
        place.lead = whom.named[0]
    if form != "none":
        place.agree(model.now)


def merge(a: Partner, b: Partner, model: Twin) -> None:
    """Two partners become one: ``b``'s row stays, marked, and leaves the table."""
    if a is b or a.merged_with or b.merged_with:
        return
    th = model.theta
    b.merged_with, b.at_table = a, False
    a.reorganising = b.reorganising = 30.0
    a.gain("slack", -0.3)
    a.budget += b.budget
    a.deficit += b.deficit
    a.power = max(a.power, b.power)
    for other in model.partners:
        if other in (a, b):
            continue
        for one in (a, b):
            tie = one.ties[other]
            for who in tie.both:
                tie.trust[who] += 0.4 * (th.institutional_trust - tie.trust[who])
            tie.history[one] *= 0.6
            tie.understanding *= 0.6
    for tie in b.ties.values():
        tie.meeting = 0.0
    if model.place.lead is b:
        model.place.lead = a
