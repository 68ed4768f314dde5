"""Projects advance, deliver or fail, are embedded and spread (model.md 7.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.twin.arithmetic import close, mean, sigma
from peers.twin.fund import may_begin_something
from peers.twin.starting import begin

from sim.draws import P_CASE, P_PROJECT, P_SPREAD

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.project import Project


def advance(model: Twin) -> None:
    """Line 6: every project, then the business case, then what the fund begins."""
    for slot in range(len(model.slots)):
        project = model.slots[slot]
        if project is None:
            continue
        if project.stage == "running":
            _run(project, slot, model)
            continue
        project.age += 1.0
        if project.stage == "delivered":
            _bed_in(project, slot, model)
        else:
            _spread(project, model)
    _business_case(model)
    may_begin_something(model)


def _run(project: Project, slot: int, model: Twin) -> None:
    if project.stalled > 0:
        project.stalled -= 1.0
        return
    if project.in_dispute or _held_up(project, model):
        return
    project.age += 1.0
    for tie in project.ties:
        tie.met = True
    if project.age < project.length:
        return
    u = model.luck.draw(P_PROJECT, project.began, project.key, 0, 1)
    if u[0] < _odds(project, model):
        _deliver(project, model)
        return
    model.slots[slot] = None
    model.place.projects_failed += 1
    learned = u[1] < 0.15 + 0.85 * mean(member.safety for member in project.members)
    _learn(project, model) if learned else _blame(project, model)


def _held_up(project: Project, model: Twin) -> bool:
    """Whether a reorganisation of a member holds it up this month."""
    return any(
        model.luck.draw(P_PROJECT, model.now, project.key, member.key, 2)[0] < 0.7
        for member in project.members
        if member.reorganising > 0
    )


def _odds(project: Project, model: Twin) -> float:
    """P(it delivers)."""
    th, members, kind = model.theta, project.members, model.place.kind
    fit = 0.0
    if project.kind == "programme":
        fit = 1.2 if kind == "tame" else -0.6
    elif project.kind in ("small_experiment", "clumsy_solution") and kind == "wicked":
        fit = 0.4
    energy = project.energy + 0.5 * mean(member.commitment for member in members)
    return sigma(
        th.success_base
        + th.success_trust * (project.least_trust - 0.3)
        + th.success_capability * mean(member.capability for member in members)
        + th.success_energy * energy
        - th.success_ambition * project.ambition
        - th.success_tension * mean(tie.tension for tie in project.ties)
        + th.success_slack * (mean(member.slack for member in members) - 0.4)
        - 0.8 * project.mandated
        + fit
    )


def _deliver(project: Project, model: Twin) -> None:
    th, place = model.theta, model.place
    project.stage, project.age = "delivered", 0.0
    place.projects_succeeded += 1
    win = th.win_trust * (0.15 if project.kind == "programme" else 1.0)
    for member in project.members:
        member.gain("commitment", th.win_commitment)
        member.gain("safety", 0.04)
    for tie in project.ties:
        for who in tie.both:
            tie.good(who, win, delivery=True)
        tie.understand(0.08)
        tie.meet_more(0.08)
    place.gain("backing", th.backing_win * (0.5 + project.ambition))
    place.promised *= 0.6
    place.first_delivery = place.first_delivery or model.now


def _learn(project: Project, model: Twin) -> None:
    gain = model.theta.learn_gain
    for member in project.members:
        member.gain("capability", 0.5 * gain)
    for tie in project.ties:
        tie.understand(gain)


def _blame(project: Project, model: Twin) -> None:
    for member in project.members:
        member.gain("safety", -0.08)
        member.gain("commitment", -0.06)
    for tie in project.ties:
        for who in tie.both:
            tie.bad(who, model.theta.blame_loss, blame=True)
    model.place.gain("backing", -0.04)


def _bed_in(project: Project, slot: int, model: Twin) -> None:
    """A delivered project takes root as its members have attention for it, or is given up."""
    th, place = model.theta, model.place
    programme = project.kind == "programme"
    crowd = max(1, max(member.carries for member in project.members) - 1)
    project.rooted += 1.0 / crowd
    trust = project.mean_trust if programme else project.least_trust
    if project.rooted < th.embed_months or project.in_dispute or trust < 0.25:
        if project.age > 3.0 * th.embed_months:
            model.slots[slot] = None
        return
    if programme and place.kind != "tame":  # coverage without roots washes off
        model.slots[slot] = None
        return
    project.stage = "embedded"
    rise = th.floor_gain * (0.6 + project.ambition) * (0.4 if programme else 1.0)
    top = min(0.85, 0.2 + 0.9 * project.ambition)
    for tie in project.ties:
        tie.floor = max(tie.floor, min(top, close(tie.floor, rise)))
    place.gain("backing", 0.5 * th.backing_win)
    place.realised += 6.0 + 30.0 * project.ambition
    place.projects_embedded += 1


def _spread(project: Project, model: Twin) -> None:
    """An embedded win is offered along contact; the first who takes it ends the offers."""
    th = model.theta
    if project.age > th.embed_months + 18:
        return
    for member in project.members:
        for other in model.partners:
            if other in project.members or not other.at_table:
                continue
            tie = member.ties[other]
            u = model.luck.draw(P_SPREAD, model.now, member.key, other.key, project.key)
            if u[0] >= th.spread_chance * tie.meeting:
                continue
            if u[1] < other.trust_in(member) * other.commitment:
                free = None in model.slots and not (tie.in_dispute or other.merged_with)
                if free and tie.floor <= 0.5:
                    begin(model, "small_experiment", 0.2, [member, other], energy=0.4)
                return


def _business_case(model: Twin) -> None:
    th, place = model.theta, model.place
    if place.case_months > 0:
        place.case_months -= 1.0
        if place.case_months <= 0:
            u = model.luck.draw(P_CASE, model.now)
            if u[0] < th.case_chance * (0.4 + 0.8 * place.backing):
                place.money += 150.0 + 150.0 * u[1]
                place.forecast += 20.0 * th.optimism * (0.6 + 0.8 * u[2])
                place.gain("governance", 0.05)
    if model.now % 12 == 0 and place.forecast > 0:
        if place.realised < 0.6 * place.forecast:
            place.gain("backing", -th.backing_missed)
        place.forecast *= 0.5
