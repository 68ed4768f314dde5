"""The month, line by line, in the order of the schedule."""

from __future__ import annotations

from sim.compiled import rule
from sim.fields import MONTH
from sim.measures import measure, record
from sim.moves import Orders
from sim.parameters import Theta
from sim.rules.easing import ease
from sim.rules.eruptions import eruptions
from sim.rules.events import Events
from sim.rules.falls_due import fire, next_due, shocks
from sim.rules.finances import finances
from sim.rules.fund import pay_in
from sim.rules.joint import joint_working, positions
from sim.rules.leaders import leaders
from sim.rules.ledger import Ledger
from sim.rules.meetings import meetings
from sim.rules.moves import moves
from sim.rules.outcomes import residents
from sim.rules.projects import projects
from sim.state import State
from sim.world import World


@rule
def injects_by_default(w: World, th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """Everything that is due happens, each with its default."""
    for _ in range(s.inject.shape[1]):
        k = next_due(w, s)
        if k < 0:
            return
        fire(w, th, s, led, ev, k, -1)


@rule
def line_7(w: World, th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """Positions move; what nobody feeds fades; joint working grows or decays."""
    positions(w, th, s)
    ease(th, s, led)
    joint_working(th, s, led, ev)


@rule
def line_9(w: World, th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """Residents' outcomes, partners' finances, backing."""
    residents(w, th, s, led)
    finances(w, th, s, led, ev)


@rule
def line_10(w: World, th: Theta, s: State, led: Ledger) -> None:
    """Measures are taken; the month is over."""
    measure(w, th, s, led)
    s.place[MONTH] += 1.0
    record(s, int(s.place[MONTH]))


@rule
def rest_of_month(w: World, th: Theta, s: State, led: Ledger, ev: Events, orders: Orders) -> None:
    """The ten lines, once the injects of the month have had their answers."""
    shocks(w, th, s, led, ev)
    moves(w, th, s, led, ev, orders)
    meetings(w, th, s, led, ev)
    eruptions(w, th, s, led, ev)
    pay_in(w, th, s, ev)
    projects(w, th, s, led, ev)
    line_7(w, th, s, led, ev)
    leaders(w, th, s, led, ev)
    line_9(w, th, s, led, ev)
    line_10(w, th, s, led)


@rule
def whole_month(w: World, th: Theta, s: State, led: Ledger, ev: Events, orders: Orders) -> None:
    """A month in one call, injects by default."""
    injects_by_default(w, th, s, led, ev)
    rest_of_month(w, th, s, led, ev, orders)
