"""A whole play without a room: a strategy decides where people would.

The same decisions, asked in the same order and refused for the same reasons, as in a
session (:mod:`sim.session`); nothing is written down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from sim.fields import HORIZON
from sim.moves import Event, Move
from sim.observation import MatterSeen, Observation
from sim.scenario import Scenario
from sim.session.locality_engine import LocalityEngine
from sim.session.parts import InjectSeen, Reply
from sim.session.showing import injects_of

MOST_MOVES: Final = 12
"""No turn has room for more; ends a strategy that never stops choosing free moves."""


class Strategy(Protocol):
    """Who decides in place of a group.  It sees the Observation, and nothing else."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    def live(self, seen: Observation) -> str:
        """What to do with the live matter: one of :data:`sim.fields.LIVE_CHOICES`."""
        ...

    def confide(self, seen: Observation, matter: MatterSeen) -> str:
        """What to do with a confidence that is held: keep, go_back or use; "" to hold it."""
        ...

    def move(self, seen: Observation) -> Move | None:
        """The next move for the diary, given what is in it already; None when it is enough."""
        ...

    def answer(self, seen: Observation, card: InjectSeen) -> str:
        """The option to choose on a card from outside."""
        ...


@dataclass(frozen=True)
class Turn:
    """What was decided in one turn, and what came of it."""

    turn: int
    first_month: int
    months: int
    act: str
    live: MatterSeen | None
    choice: str
    moves: tuple[Move, ...]
    replies: tuple[Reply, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Run:
    """One play from its first month to its last.

    ``measures`` has a row for each month from 0 (before the first) on; a row is every
    measure by name, as it truly was, not as it was reported.  ``ending`` and
    ``promises`` (ids) are those at the end of the last turn, "" and () before it.
    """

    scenario: Scenario
    strategy: str
    luck: int
    turns: tuple[Turn, ...]
    afterwards: tuple[Event, ...]  # of the months after the last turn
    measures: tuple[dict[str, float], ...]
    ending: str
    promises: tuple[str, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that happened, in order."""
        return (*(event for turn in self.turns for event in turn.events), *self.afterwards)


def play_through(
    scenario: Scenario,
    strategy: Strategy,
    *,
    luck: int = 7,
    parameters: Mapping[str, float] | None = None,
    theories: Sequence[str] = (),
    months: int | None = None,
    hand: str = "play",
    shocks: str = "play",
) -> Run:
    """Play ``scenario`` with ``strategy`` under one luck.

    ``months`` (1 to 120) stops the run within a turn, or lets it go on after the last one
    without moves; left out, it is the scenario's own length.  Same arguments, same run.

    Raises :class:`sim.parameters.ParameterError` for parameters and theories.
    """
    engine = LocalityEngine(
        scenario,
        ((1, luck),),
        {
            "visibility": "felt",
            "hand": hand,
            "replies": True,
            "shocks": shocks,
            "parameters": dict(parameters or {}),
            "theories": list(theories),
        },
    )
    last = min(HORIZON, scenario.time.months if months is None else months)
    cards = injects_of(scenario)
    turns: list[Turn] = []
    for number, length in enumerate(scenario.time.turns, start=1):
        if engine.month < last:
            turns.append(_turn(engine, strategy, cards, number, min(length, last - engine.month)))
    ending = ""
    kept: tuple[str, ...] = ()
    if engine.month >= scenario.time.months:
        ending, kept = _ending(engine, scenario)
        engine.end()
    afterwards: list[Event] = []
    while engine.month < last:
        answers = {id: cards[id].default for id in engine.due()}
        afterwards += engine.run_month(answers)
    return Run(
        scenario=scenario,
        strategy=strategy.name,
        luck=luck,
        turns=tuple(turns),
        afterwards=tuple(afterwards),
        measures=tuple(engine.measures(month) for month in range(engine.month + 1)),
        ending=ending,
        promises=kept,
    )


def _turn(
    engine: LocalityEngine,
    strategy: Strategy,
    cards: Mapping[str, InjectSeen],
    number: int,
    months: int,
) -> Turn:
    engine.open_turn()
    first = engine.month + 1
    seen = engine.observe(())
    opened = seen
    choice = ""
    if engine.live_matter():
        choice = strategy.live(seen)
        engine.choose_live(choice)
    for matter in seen.matters:
        if matter.confidence == "held" and (what := strategy.confide(seen, matter)):
            engine.confide(matter.id, what)
    queue: list[Move] = []
    skipped: list[Event] = []
    while len(queue) + len(skipped) < MOST_MOVES:
        seen = engine.observe(queue)
        if (move := strategy.move(seen)) is None:
            break
        if reason := engine.refusal(move, queue):
            args: dict[str, str | float | int] = {"move": move.move, "reason": reason}
            skipped.append(Event(first, "move_skipped", args))
            if len(skipped) > 3:  # it keeps asking for what it cannot have
                break
            continue
        queue.append(move)
    asked = engine.ask(queue)
    replies = tuple(
        Reply(index, who, reply) for index, answers in enumerate(asked) for who, reply in answers
    )
    events = skipped
    for _month in range(months):
        answers: dict[str, str] = {}
        while due := engine.due(answers):  # an answer may bring the next card
            answers |= {id: strategy.answer(seen, cards[id]) for id in due}
        events = events + engine.run_month(answers)
    return Turn(
        turn=number,
        first_month=first,
        months=months,
        act=opened.act,
        live=opened.live,
        choice=choice,
        moves=tuple(queue),
        replies=replies,
        events=tuple(events),
    )


def _ending(engine: LocalityEngine, scenario: Scenario) -> tuple[str, tuple[str, ...]]:
    story = scenario.story
    came = next((e.id for e in story.endings if engine.holds(e.when)), story.endings[-1].id)
    return came, tuple(p.id for p in story.promises if engine.holds(p.when))
