"""Partners meet, at the board and informally (model.md 7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.twin.arithmetic import odds
from peers.twin.candour import avoid, goes_well, raise_matter
from peers.twin.matter import Status

from sim.draws import P_AGENDA, P_BOARD, P_INFORMAL, P_LIVE_MATTER

if TYPE_CHECKING:
    from peers.twin.matter import Matter
    from peers.twin.model import Twin
    from peers.twin.tie import Tie


def live_matter(model: Twin) -> Matter | None:
    """What lies on the table this turn."""
    best, highest = None, 0.0
    for matter in model.matters:
        tie = matter.tie
        if not (matter.on_the_table and matter.has_words) or tie.in_dispute:
            continue
        if matter.status is Status.WORKED_THROUGH:
            continue
        score = matter.score * odds(model.luck.draw(P_LIVE_MATTER, model.now, matter.key)[0])
        if tie.cleared > 0:
            score *= 0.5
        if matter.status in (Status.SURFACED, Status.ERUPTED):
            score *= 0.01
        if matter is model.live:
            score *= 0.1
        if score > highest:
            best, highest = matter, score
    return best


def meet(model: Twin) -> None:
    """The board, then whoever runs into whom."""
    for partner in model.partners:
        partner.safer = partner.glow = 0.0
        partner.quiet = partner.spoke = 0
    _board(model)
    for tie in model.ties:
        if tie.meeting > 0 and not tie.in_dispute:
            _informally(tie, model)
    for partner in model.partners:
        partner.settle()
    for partner in model.partners:
        partner.pick_up_habits()


def either_raises(tie: Tie, bonus: float) -> float:
    """P(one of the two raises it)."""
    a, b = tie.both
    return 1.0 - (1.0 - a.raises(b, bonus)) * (1.0 - b.raises(a, bonus))


def _board(model: Twin) -> None:
    places = int(model.theta.agenda_slots)
    for tie in model.ties:
        if tie.in_dispute and places > 1:
            places -= 1
    live = model.live if model.now == model.turn_month else None
    race = []
    for matter in model.matters:
        if matter.on_the_table and matter is not live:
            u = model.luck.draw(P_AGENDA, model.now, matter.key)[0]
            race.append((matter.score * odds(u), matter))
    if live is not None:
        places -= 1
        _live(live, model)
    taken = sorted((entry for entry in race if entry[0] > 0), key=lambda entry: -entry[0])
    for _, matter in taken[: max(0, places)]:
        _taken_up(matter, model)


def _taken_up(matter: Matter, model: Twin) -> None:
    th, tie = model.theta, matter.tie
    x = matter.divisiveness
    u = model.luck.draw(P_BOARD, model.now, matter.key)
    if u[0] >= th.divide_base + x:
        return
    if tie.in_dispute:
        avoid(matter, 0.3 * th.severity, model, seen=True)
    elif u[1] >= 1.0 - either_raises(tie, 0.2 * model.place.facilitator):
        raise_matter(matter, 0.0, u[2], model)
    else:
        avoid(matter, th.severity * (0.5 + 1.5 * x + 0.4 * u[3]), model, seen=True)


def _live(matter: Matter, model: Twin) -> None:
    th = model.theta
    if matter.status is Status.WORKED_THROUGH or not matter.on_the_table or matter.tie.in_dispute:
        return
    u = model.luck.draw(P_BOARD, model.now, matter.key, 0, 1)
    match model.decided.live:
        case "say_it_here":
            raise_matter(matter, 0.0, u[2], model)
        case "take_it_outside":
            matter.seen += 1
            if not th.silence_is_harmless:
                matter.add(0.6 * th.severity)
        case _:
            severity = th.severity * (0.7 + 1.5 * matter.divisiveness + 0.4 * u[3])
            avoid(matter, severity, model, seen=True)
            for partner in model.partners:
                if partner.at_table:
                    partner.glow += th.avoided_relief


def _informally(tie: Tie, model: Twin) -> None:
    th = model.theta
    u = model.luck.of_pair(P_INFORMAL, model.now, tie.a.key, tie.b.key)
    if u[0] >= tie.meeting:
        return
    tie.met = True
    tie.good_both(th.meeting_trust)
    tie.understand(th.understanding_gain)
    matter = tie.weightiest
    if matter is None or matter.weight < 0.1:
        return
    x = matter.divisiveness
    if u[3] >= th.divide_base + x:
        return
    bonus = th.informal_bonus + 0.5 * tie.candour
    if u[1] < 0.5 * either_raises(tie, bonus) and goes_well(tie, 0.5, model) > 0.3:
        raise_matter(matter, 0.5, u[2], model)
    else:
        avoid(matter, 0.25 * th.severity * (0.5 + 1.5 * x), model, seen=False)
