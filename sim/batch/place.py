"""A scenario made ready for many runs, and strategies as it needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from sim.batch.decide import NO_SUCH, SC_ARGUMENT, SC_COUNT, SC_MATTER, SC_MOVE, SC_TARGETS
from sim.batch.kernel import Story
from sim.expressions import Program, compile_condition, pack
from sim.fields import GOVERNANCE_FORMS, LIVE_CHOICES, MEASURES, TERMS
from sim.initial import start_of
from sim.moves import Move
from sim.parameters import Theta, theta
from sim.playbooks import Playbook, Scripted, ScriptedTurn, Strategy
from sim.playbooks.interpreter import Book
from sim.playbooks.playbook import CONFIDE, compiled
from sim.scenario import Scenario
from sim.world import Names, build_world

_NOTHING: Final = Playbook(playbook="nothing", idea="Nothing.", confidence="hold")


class Place:
    """A scenario ready for many runs; to build one takes some milliseconds of Python.

    ``theories``, ``shocks`` (off, play, full), ``hand`` (all, play) and ``replies`` are as in
    :func:`sim.world.build_world`.  Nothing in it changes while runs are lived.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        theories: Sequence[str] = (),
        shocks: str = "play",
        hand: str = "play",
        replies: bool = True,
    ) -> None:
        self.scenario = scenario
        self.theories = tuple(theories)
        self.world, self.names = build_world(
            scenario, luck=0, theories=theories, shocks=shocks, hand=hand, replies=replies
        )
        self.start = start_of(scenario, self.names)
        self.months: int = scenario.time.months
        """The scenario's own length."""
        self.endings = tuple(ending.id for ending in scenario.story.endings)
        self.promises = tuple(promise.id for promise in scenario.story.promises)
        self.story = _story(scenario, self.names)
        self._options = {
            row: (inject.id, [choice.id for choice in inject.choices], inject.default)
            for row, inject in enumerate(scenario.injects)
            if inject.choices
        }

    def theta(self, values: Mapping[str, float] | None = None) -> Theta:
        """All parameters: the scenario's own and its theories, then ``values``.

        Raises :class:`sim.parameters.ParameterError`.
        """
        given = {**self.scenario.parameters, **(values or {})}
        return theta(given, (*self.scenario.theories, *self.theories))

    def book(self, strategy: Strategy, script: Mapping[int, ScriptedTurn] | None = None) -> Book:
        """A strategy as arrays for this place; turns in ``script`` (from 1) are played by it.

        Raises :class:`sim.playbooks.PlaybookError` when it does not fit the scenario.
        """
        turns = dict(script or {})
        if isinstance(strategy, Scripted):
            for turn in range(1, len(self.scenario.time.turns) + 1):
                turns.setdefault(turn, strategy.turn_at(turn))
            book = compiled(_NOTHING, self.names)
            confide = float(CONFIDE.get(strategy.confidence, 0))
            book = book._replace(confide=np.array([confide]))
        else:
            book = compiled(strategy.playbook, self.names)
        answer = book.answer.copy()
        for row, (inject, options, default) in self._options.items():
            answer[row] = options.index(
                strategy.inject_option(inject, options, default or options[0])
            )
        return self._scripted(book._replace(answer=answer), turns)

    def _scripted(self, book: Book, turns: Mapping[int, ScriptedTurn]) -> Book:
        if not turns:
            return book
        longest = max(len(turn.moves) for turn in turns.values())
        script = np.full((max(turns), longest + 1, SC_TARGETS + len(self.names.partners)), -1.0)
        live = np.full(max(turns), -1.0)
        for number, turn in turns.items():
            live[number - 1] = LIVE_CHOICES.index(turn.live)
            for k, move in enumerate(turn.moves):
                self._write(script[number - 1, k], move)
        return book._replace(script=script, script_live=live)

    def _write(self, row: np.ndarray, move: Move) -> None:
        names = self.names
        row[SC_MOVE] = names.move_row.get(move.move, NO_SUCH)
        if move.measure:
            row[SC_ARGUMENT] = MEASURES.index(move.measure) if move.measure in MEASURES else NO_SUCH
        elif move.form:
            known = move.form in GOVERNANCE_FORMS
            row[SC_ARGUMENT] = GOVERNANCE_FORMS.index(move.form) if known else NO_SUCH
        if move.matter:
            row[SC_MATTER] = names.matter_row.get(move.matter, NO_SUCH)
        known = len(move.targets) <= len(names.partners) and all(
            target in names.partner_row for target in move.targets
        )
        row[SC_COUNT] = len(move.targets) if known else NO_SUCH
        if known:
            for x, target in enumerate(move.targets):
                row[SC_TARGETS + x] = names.partner_row[target]


def _story(scenario: Scenario, names: Names) -> Story:
    """Endings and promises compiled; one that is always true is -1."""
    programs: list[Program] = []

    def program(condition: str) -> int:
        programs.append(compile_condition(condition, TERMS, names.partner_row, names.matter_row))
        return len(programs) - 1

    ending = [program(e.when) for e in scenario.story.endings]
    promise = [program(p.when) for p in scenario.story.promises]
    code, consts, offsets = pack(programs)
    return Story(
        ending=np.array(ending, dtype=np.int64),
        promise=np.array(promise, dtype=np.int64),
        code=code,
        consts=consts,
        offsets=offsets,
    )
