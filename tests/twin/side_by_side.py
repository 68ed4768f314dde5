"""One play of ours, written down as a script, and lived through again by the twin.

Ours runs as a black box: somebody decides as in any run, month after month the state is copied.
The twin gets the decisions and the luck, nothing else.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sim.fields import DISPUTE
from sim.moves import Move
from sim.playbooks import load_strategy
from sim.scenario import Scenario, load_scenario
from sim.session.locality_engine import LocalityEngine
from sim.session.showing import injects_of

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from anybody import Anybody
from every_value import differing
from peers.twin.model import Twin
from peers.twin.script import Choice, Silence, Turn

States = list[dict[str, np.ndarray]]
_loaded = cache(load_scenario)


@dataclass(frozen=True)
class Play:
    """What is played; ``who`` is a strategy's name, or a number for anybody's choices by lot."""

    scenario: str | Scenario
    who: str | int
    luck: int
    months: int = 36
    shocks: str = "play"
    theories: tuple[str, ...] = ()
    hand: str = "all"
    replies: bool = True
    parameters: dict[str, float] = field(default_factory=dict)
    moves: tuple[str, ...] = ()  # what anybody may try, all if empty

    @property
    def place(self) -> Scenario:
        given = self.scenario
        return _loaded(given) if isinstance(given, str) else given

    def decider(self) -> Any:
        if isinstance(self.who, int):
            return Anybody(self.place, self.who, self.moves)
        return load_strategy(self.who)


def first_difference(play: Play) -> str:
    """A sentence about where ours and the twin first part, "" if they never do."""
    script, states = ours(play)
    return parting(states, the_twin(play, script))


def the_twin(play: Play, script: list[Turn]) -> Twin:
    """The twin before its first month, with these decisions to come."""
    return Twin(
        play.place,
        luck=play.luck,
        script=script,
        theories=play.theories,
        parameters=play.parameters,
        shocks=play.shocks,
        replies=play.replies,
    )


def parting(states: States, twin: Twin) -> str:
    """Live the twin beside states of ours, to where they part."""
    for month, state in enumerate(states):
        if month:
            twin.step()
        for what, whose, mine, other in differing(state, twin):
            return f"month {month}, {what} of {whose}: ours {mine}, the twin's {other}"
    return ""


def ours(play: Play) -> tuple[list[Turn], States]:
    """Our own run: what was decided, and the state at the start and after each month."""
    scenario, decider = play.place, play.decider()
    options = {
        "visibility": "felt",
        "hand": play.hand,
        "replies": play.replies,
        "shocks": play.shocks,
        "parameters": play.parameters,
        "theories": list(play.theories),
    }
    engine = LocalityEngine(scenario, ((1, play.luck),), options)
    states = [_copied(engine)]
    script = []
    for length in scenario.time.turns:
        if engine.month < play.months:
            months = min(length, play.months - engine.month)
            script.append(_turn(engine, decider, scenario, months, states))
    if engine.month >= scenario.time.months:
        engine.end()
    while engine.month < play.months:
        engine.run_month({})
        states.append(_copied(engine))
    return script, states


def _turn(
    engine: LocalityEngine, decider: Any, scenario: Scenario, months: int, states: States
) -> Turn:
    cards = injects_of(scenario)
    engine.open_turn()
    seen = engine.observe(())
    live = "let_it_pass"
    if engine.live_matter():
        live = decider.live(seen)
        engine.choose_live(live)
    confidences = {}
    for matter in seen.matters:
        if matter.confidence == "held" and (what := decider.confide(seen, matter)):
            assert not engine.confide(matter.id, what)
            confidences[matter.id] = what
    queue = _chosen(engine, decider)
    engine.ask(queue)
    answered: dict[str, str] = {}
    silences: list[Silence] = []
    for _ in range(months):
        answers: dict[str, str] = {}
        while due := engine.due(answers):
            answers |= {id: decider.answer(seen, cards[id]) for id in due}
        answered |= answers
        engine.run_month(answers)
        states.append(_copied(engine))
        if isinstance(decider, Anybody):
            silences += _silences(engine, decider, states)
            states[-1] = _copied(engine)
    moves = tuple(Choice(m.move, m.targets, m.measure, m.form, m.matter) for m in queue)
    return Turn(live, confidences, moves, answered, tuple(silences))


def _chosen(engine: LocalityEngine, decider: Any) -> list[Move]:
    queue: list[Move] = []
    if isinstance(decider, Anybody):
        for move in decider.suggestions():
            if not engine.refusal(move, queue):
                queue.append(move)
        return queue
    refused = 0
    while len(queue) + refused < 12 and refused < 4:
        move = decider.move(engine.observe(queue))
        if move is None:
            break
        if engine.refusal(move, queue):
            refused += 1
        else:
            queue.append(move)
    return queue


def _silences(engine: LocalityEngine, decider: Anybody, states: States) -> list[Silence]:
    """After a row somebody may speak, or be sent for."""
    names = engine.locality.names.partners
    before, now = states[-2]["pair"][DISPUTE], states[-1]["pair"][DISPUTE]
    done = []
    for i, j in np.argwhere((now > 0) & (before <= 0)):
        choice = decider.silence()
        if i < j and choice and not engine.silence_refusal(choice):
            one, other = decider.order((names[i], names[j]))
            engine.break_silence(choice, one, other)
            done.append(Silence(engine.month, choice, one, other))
    return done


def _copied(engine: LocalityEngine) -> dict[str, np.ndarray]:
    return {
        name: np.array(getattr(engine.locality.state, name))
        for name in (
            "partner", "pair", "matter", "position", "project", "member", "place", "measure",
            "effort",
        )
    }  # fmt: skip
