"""One locality as a Mesa model: the schedule, and partners as views of the arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import mesa
import numpy as np

from sim.fields import (
    ENDED,
    FACILITATOR,
    HORIZON,
    LIVE_CHOICE,
    MEASURES,
    MONTH,
    PAIR_FIELDS,
    PARTNER_FIELDS,
    TURN_MONTH,
)
from sim.initial import start
from sim.moves import Orders, empty_orders
from sim.rules import opening
from sim.rules.effects_pair import use_confidence
from sim.rules.eruptions import eruptions
from sim.rules.events import Events, new_events
from sim.rules.falls_due import fire, next_due, shocks
from sim.rules.fund import pay_in
from sim.rules.leaders import leaders
from sim.rules.ledger import C_BADLY, Ledger, new_ledger
from sim.rules.meetings import meetings
from sim.rules.month import line_7, line_9, line_10
from sim.rules.moves import moves
from sim.rules.projects import projects
from sim.rules.replies import ask
from sim.scenario import Scenario, load_scenario
from sim.state import Array, State, copy_state, for_rules, state_bytes, state_from_bytes
from sim.world import W_MONTHS, World, build_world

Line = Callable[["Locality"], None]


class Arrays(NamedTuple):
    """A locality as this process's rules read it (see :func:`sim.state.for_rules`).

    The same memory as ``world``, ``state``, ``ledger``, ``events`` and ``orders`` of the
    locality; to call a rule of :mod:`sim.rules` by hand.
    """

    world: World
    state: State
    ledger: Ledger
    events: Events
    orders: Orders


class Partner(mesa.Agent):
    """One partner organisation: a view that reads and writes through to the arrays.

    Every field of :data:`sim.fields.PARTNER_FIELDS` is an attribute; ``trust_in(other)``
    and its like read the pair arrays.
    """

    def __init__(self, model: Locality, row: int) -> None:
        super().__init__(model)
        object.__setattr__(self, "row", row)
        object.__setattr__(self, "id", model.names.partners[row])

    def __getattr__(self, name: str) -> Any:
        if name in PARTNER_FIELDS:
            return float(self.model.state.partner[PARTNER_FIELDS.index(name), self.row])
        raise AttributeError(name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in PARTNER_FIELDS:
            self.model.state.partner[PARTNER_FIELDS.index(name), self.row] = float(value)
        else:
            super().__setattr__(name, value)

    def toward(self, other: Partner, field: str = "trust") -> float:
        """A pair field, from this partner to the other: trust, tension, understanding …"""
        return float(self.model.state.pair[PAIR_FIELDS.index(field), self.row, other.row])

    def set_toward(self, other: Partner, field: str, value: float) -> None:
        """Write one direction of a pair field."""
        self.model.state.pair[PAIR_FIELDS.index(field), self.row, other.row] = value


class Locality(mesa.Model):
    """Partner organisations that depend on each other, a month at a time.

    ``scenario`` is a :class:`Scenario` or its name or path.  ``luck`` (or Mesa's
    ``rng`` as an integer, the same thing) fixes every draw.  ``parameters`` and
    ``theories`` are as in :func:`sim.parameters.theta`; further keyword arguments are
    taken as parameters, so that ``mesa.batch_run`` can vary them.  ``running`` is true
    until ``months`` (by default the scenario's) are over; ``step`` may go on to month
    :data:`sim.fields.HORIZON`.  ``collect=False`` leaves the data collector empty.

    Without chairs the board meets, tension grows and months pass: ``step`` plays no
    moves unless :meth:`play` gave some (:mod:`sim.headless` lets a strategy decide).
    """

    def __init__(
        self,
        scenario: Scenario | str = "dancing-around-the-table",
        *,
        luck: int | None = None,
        rng: int | None = None,
        parameters: Mapping[str, float] | None = None,
        theories: Sequence[str] = (),
        months: int | None = None,
        shocks: str = "play",
        hand: str = "all",
        replies: bool = True,
        ledger: bool = True,
        collect: bool = True,
        **more: float,
    ) -> None:
        number = luck if luck is not None else rng
        if number is None:
            number = int(np.random.SeedSequence().generate_state(1, np.uint64)[0])
        # Mesa's own generators are never drawn from; every draw of ours is keyed
        super().__init__(rng=int(number) & 0x7FFFFFFF)
        self.scenario = load_scenario(scenario) if isinstance(scenario, str) else scenario
        self.luck = int(number)
        self.world, self.names = build_world(
            self.scenario,
            luck=self.luck,
            parameters={**(parameters or {}), **more},
            theories=theories,
            months=months,
            shocks=shocks,
            hand=hand,
            replies=replies,
        )
        self.theta = self.names.theta
        self.state: State = start(self.scenario, self.world, self.names)
        self.ledger: Ledger = new_ledger(len(self.names.partners), on=ledger)
        self.events: Events = new_events(len(self.names.partners))
        self.orders: Orders = empty_orders(len(self.names.partners))
        self._collects = collect
        self._begun = False
        self.lines: list[tuple[str, Line]] = [
            ("falls due", Locality._line_1),
            ("moves", Locality._line_2),
            ("meetings", Locality._line_3),
            ("eruptions", Locality._line_4),
            ("fund", Locality._line_5),
            ("projects", Locality._line_6),
            ("positions and joint working", Locality._line_7),
            ("leaders", Locality._line_8),
            ("outcomes", Locality._line_9),
            ("measures", Locality._line_10),
        ]
        self._bind()
        for row in range(len(self.names.partners)):
            Partner(self, row)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                name: (lambda model, m=m: float(model.state.measure[m]))
                for m, name in enumerate(MEASURES)
            },
            agent_reporters={
                name: (lambda agent, name=name: getattr(agent, name))
                for name in ("avoidance", "safety", "commitment", "slack")
            },
        )
        if collect:
            self.datacollector.collect(self)

    @property
    def scenario(self) -> Scenario:
        """The scenario played here."""
        return self._scenario_file

    @scenario.setter
    def scenario(self, scenario: Scenario) -> None:
        # From 3.4 on Mesa has a property of this name for a table of its own, sets it in
        # its constructor and writes to what it is given: ours is frozen, and kept apart.
        self._scenario_file = scenario

    # --- the clock -------------------------------------------------------------------

    @property
    def month(self) -> int:
        """Months lived so far."""
        return int(self.state.place[MONTH])

    @property
    def turns_at(self) -> set[int]:
        """First months of the turns (1-based), the end of the last one left out."""
        return {int(m) for m in self.world.turn_start[:-1]}

    def open_turn(self) -> None:
        """Begin a turn: a matter comes to the table and the queue is empty."""
        self.orders = empty_orders(len(self.names.partners))
        opening.open_turn(self.arrays.world, self.arrays.state)
        self._bind()

    def play(self, orders: Orders, live: int = 0) -> None:
        """Queue these moves for the turn's first month, with the choice on the live matter.

        A turn that is due is opened first.
        """
        if self._turn_is_due():
            self.open_turn()
        self.orders = orders
        self.state.place[LIVE_CHOICE] = live
        self._bind()

    def _turn_is_due(self) -> bool:
        opened = int(self.state.place[TURN_MONTH])
        return self.month + 1 in self.turns_at and opened != self.month + 1

    def end(self) -> None:
        """The last turn is over: standing moves stop and the months run on without moves."""
        self.state.place[ENDED] = 1.0
        self.state.standing[:, :] = 0.0
        self.state.place[FACILITATOR] = 0.0
        self.orders = empty_orders(len(self.names.partners))
        self._bind()

    def step(self) -> None:
        """One month:

        1. injects and shocks fall due
        2. the players' moves are asked, answered and take effect
        3. partners meet, at the board and informally; what divides them is raised or avoided
        4. latent tension erupts into open dispute
        5. partners put money into the pooled fund, or hold back
        6. projects advance, succeed or fail, are learned from or blamed, spread
        7. positions move; joint working grows or decays
        8. leaders leave and arrive
        9. residents' outcomes, partners' finances, backing
        10. measures are taken and the ledger for the month is closed

        ``self.lines`` holds these ten; put a function of your own between two of them
        with :meth:`insert`.
        """
        if self._turn_is_due():
            self.open_turn()
        self.begin_month()
        while (due := self.due()) >= 0:
            self.answer(due, -1)
        self.finish_month()
        if self._collects:
            self.datacollector.collect(self)

    def insert(self, before: int, name: str, line: Line) -> None:
        """Put ``line(locality)`` before line ``before`` (1 to 10) of the schedule.

        It may read and write ``locality.state`` and is called once a month.
        """
        self.lines.insert(self._place_of(before), (name, line))

    def _place_of(self, number: int) -> int:
        for k, (_name, line) in enumerate(self.lines):
            if line.__name__ == f"_line_{number}":
                return k
        raise ValueError(f"there is no line {number}; the schedule has lines 1 to 10")

    def begin_month(self) -> None:
        """Start a month: the ledger and the list of events are empty.

        What was put before line 1 comes now, before injects and shocks fall due.

        Raises ValueError at :data:`sim.fields.HORIZON`, where the arrays end.
        """
        if self.month >= HORIZON:
            raise ValueError(f"a locality lives for at most {HORIZON} months")
        self.ledger.count[:] = 0
        self.events.count[:] = 0
        self._begun = True
        for _name, line in self.lines[: self._place_of(1)]:
            line(self)

    def ask(self) -> None:
        """Those whom the queue asks, and who have not answered, say whether they come."""
        ask(self.arrays.world, self.theta, self.arrays.state, self.arrays.orders)

    def use_confidence(self, matter: int, choice: int) -> None:
        """Do ``choice`` (one of CONFIDENCE_KEPT, _BACK, _USED) with a confidence about a matter."""
        use_confidence(self.theta, self.arrays.state, self.arrays.ledger, matter, choice, C_BADLY)

    def due(self) -> int:
        """Row of the next inject that is due this month, or -1."""
        return int(next_due(self.arrays.world, self.arrays.state))

    def answer(self, inject: int, option: int) -> None:
        """Inject ``inject`` happens with ``option`` (-1: its default)."""
        fire(
            self.arrays.world,
            self.theta,
            self.arrays.state,
            self.arrays.ledger,
            self.arrays.events,
            inject,
            option,
        )

    def finish_month(self) -> None:
        """Run the ten lines and close the month; injects were answered before."""
        if not self._begun:
            self.begin_month()
        for _name, line in self.lines[self._place_of(1) :]:
            line(self)
        self._begun = False
        self.running = self.month < int(self.world.setting[W_MONTHS])

    def _line_1(self) -> None:
        shocks(
            self.arrays.world, self.theta, self.arrays.state, self.arrays.ledger, self.arrays.events
        )

    def _line_2(self) -> None:
        moves(
            self.arrays.world,
            self.theta,
            self.arrays.state,
            self.arrays.ledger,
            self.arrays.events,
            self.arrays.orders,
        )

    def _line_3(self) -> None:
        meetings(
            self.arrays.world, self.theta, self.arrays.state, self.arrays.ledger, self.arrays.events
        )

    def _line_4(self) -> None:
        eruptions(
            self.arrays.world, self.theta, self.arrays.state, self.arrays.ledger, self.arrays.events
        )

    def _line_5(self) -> None:
        w, s, _led, ev, _orders = self.arrays
        pay_in(w, self.theta, s, ev)

    def _line_6(self) -> None:
        projects(
            self.arrays.world, self.theta, self.arrays.state, self.arrays.ledger, self.arrays.events
        )

    def _line_7(self) -> None:
        line_7(
            self.arrays.world, self.theta, self.arrays.state, self.arrays.ledger, self.arrays.events
        )

    def _line_8(self) -> None:
        leaders(
            self.arrays.world, self.theta, self.arrays.state, self.arrays.ledger, self.arrays.events
        )

    def _line_9(self) -> None:
        line_9(
            self.arrays.world, self.theta, self.arrays.state, self.arrays.ledger, self.arrays.events
        )

    def _line_10(self) -> None:
        w, s, led, _ev, _orders = self.arrays
        line_10(w, self.theta, s, led)

    # --- copies ----------------------------------------------------------------------

    def memo(self) -> State:
        """A copy of the state, from which :meth:`restore` goes on to the same future."""
        return copy_state(self.state, self.names.shape)

    def restore(self, memo: State) -> None:
        """Be in the state of a :meth:`memo` again."""
        self.state = copy_state(memo, self.names.shape)
        self._bind()

    def state_bytes(self) -> bytes:
        """The whole state as bytes."""
        return state_bytes(self.state)

    def set_state(self, data: bytes) -> None:
        """Take a state of :meth:`state_bytes`; ValueError when it does not fit."""
        self.state = state_from_bytes(data, self.names.shape)
        self._bind()

    def set_luck(self, since: int, luck: int) -> None:
        """Draw the months from ``since`` on from another luck."""
        value = luck & 0xFFFFFFFFFFFFFFFF
        self.world.luck[since:, 0] = value & 0xFFFFFFFF
        self.world.luck[since:, 1] = value >> 32

    def _bind(self) -> None:
        """The arrays as this process's rules read them (see :func:`sim.state.for_rules`)."""
        self.arrays = Arrays(
            for_rules(self.world),
            for_rules(self.state),
            for_rules(self.ledger),
            for_rules(self.events),
            for_rules(self.orders),
        )

    @property
    def rows_of_ledger(self) -> Array:
        """The month's ledger so far, float64 (entries, column)."""
        return self.ledger.rows[: int(self.ledger.count[0])]

    @property
    def rows_of_events(self) -> Array:
        """The month's events so far, float64 (events, column)."""
        return self.events.rows[: int(self.events.count[0])]
