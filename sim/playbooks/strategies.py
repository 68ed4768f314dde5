"""Players without a chair: they see an Observation and decide as a group would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from sim.fields import GOVERNANCE_FORMS, LIVE_CHOICES, MEASURES
from sim.legality import Table
from sim.moves import Move, Orders, empty_orders, moves_from
from sim.observation import MatterSeen, Observation
from sim.playbooks.interpreter import Book, enter, fill
from sim.playbooks.playbook import Playbook, PlaybookError, compiled
from sim.rules.seen import L_PLACES, L_TURN
from sim.state import for_rules
from sim.words import _


class Option(Protocol):
    """One way to answer a card from outside."""

    @property
    def id(self) -> str:
        """What it is called in the file."""
        ...


class Question(Protocol):
    """A card from outside that wants an answer."""

    @property
    def id(self) -> str:
        """What it is called in the file."""
        ...

    @property
    def choices(self) -> Sequence[Option]:
        """The ways to answer it."""
        ...

    @property
    def default(self) -> str:
        """Id of the answer when nobody chooses."""
        ...


@dataclass(frozen=True)
class Choice:
    """What a strategy decides in one turn: its queue as arrays and as moves."""

    live: str
    orders: Orders = field(repr=False, compare=False)
    moves: tuple[Move, ...] = ()

    @property
    def live_code(self) -> int:
        """The choice on the live matter as the rules read it."""
        return LIVE_CHOICES.index(self.live)


def _table(seen: Observation | Table) -> Table:
    table = seen if isinstance(seen, Table) else seen.table
    if table is None:
        raise PlaybookError(_("This Observation was made by hand: no strategy can play it."))
    return table


class PlaybookStrategy:
    """Plays a playbook.  Equal Observations under equal luck give equal choices."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self._book: tuple[object, Book] | None = None
        self._plan: Choice | None = None
        self._played = 0
        self._turn = -1

    @property
    def name(self) -> str:
        """Its id."""
        return self.playbook.playbook

    @property
    def idea(self) -> str:
        """What it is about, in a sentence or two."""
        return " ".join(self.playbook.idea.split())

    @property
    def names(self) -> tuple[str, ...]:
        """What else it is called."""
        return self.playbook.names

    @property
    def source(self) -> str:
        """Where the idea comes from."""
        return " ".join(self.playbook.source.split())

    def choose(self, seen: Observation | Table) -> Choice:
        """A whole turn at once, as seen at its opening with nothing in the diary."""
        table = _table(seen)
        names = table.names
        if self._book is None or self._book[0] is not names:
            self._book = (names, for_rules(compiled(self.playbook, names)))
        orders = empty_orders(len(names.partners))
        live = fill(for_rules(table.world), for_rules(table.seen), self._book[1], for_rules(orders))
        return Choice(LIVE_CHOICES[live], orders, tuple(moves_from(orders, names)))

    # --- one decision at a time, as a session asks for them ---------------------------

    def live(self, seen: Observation) -> str:
        """What to do with the live matter."""
        return self._planned(seen).live

    def confide(self, seen: Observation, matter: MatterSeen) -> str:
        """What to do with a confidence that is held; "" to hold it."""
        return "" if self.playbook.confidence == "hold" else self.playbook.confidence

    def move(self, seen: Observation) -> Move | None:
        """The next move of this turn's plan, None when it has no more."""
        moves = self._planned(seen).moves
        if self._played >= len(moves):
            return None
        self._played += 1
        return moves[self._played - 1]

    def answer(self, seen: Observation, card: Question) -> str:
        """The option to choose on a card from outside."""
        return self.inject_option(card.id, [c.id for c in card.choices], card.default)

    def inject_option(self, inject: str, options: Sequence[str], default: str) -> str:
        """The option to choose, by ids."""
        injects = self.playbook.injects
        if injects.answers.get(inject) in options:
            return injects.answers[inject]
        if injects.choose == "first":
            return options[0]
        return options[-1] if injects.choose == "last" else default

    def _planned(self, seen: Observation) -> Choice:
        """The plan is made once a turn, when the diary is empty."""
        if self._plan is None or self._turn != seen.turn:
            self._plan, self._turn, self._played = self.choose(seen), seen.turn, 0
        return self._plan


@dataclass(frozen=True)
class ScriptedTurn:
    """What a script says for one turn."""

    live: str = "let_it_pass"
    moves: tuple[Move, ...] = ()


class Scripted:
    """Plays a given list of turns: a session's moves, say.

    A move that has become illegal is skipped and its places stay empty;
    :attr:`skipped` counts them.
    """

    def __init__(
        self,
        turns: Sequence[ScriptedTurn],
        *,
        answers: dict[str, str] | None = None,
        confidence: str = "keep",
        name: str = "scripted",
        idea: str = "",
        source: str = "",
    ) -> None:
        self.turns = tuple(turns)
        self.answers = dict(answers or {})
        self.confidence = confidence
        self.name = name
        self.idea = idea
        self.source = source
        self.names: tuple[str, ...] = ()
        self.skipped = 0
        self._turn = -1
        self._todo: list[Move] = []

    def choose(self, seen: Observation | Table) -> Choice:
        """The turn's legal moves; those that are not are counted."""
        table = _table(seen)
        script = self.turn_at(int(table.seen.place[L_TURN]))
        types = table.names.move_types
        places = float(table.seen.place[L_PLACES])
        queue: list[Move] = []
        for move in script.moves:
            fits = move.move in types and types[move.move].places <= places
            if fits and not table.refusal(move, queue):
                queue.append(move)
            else:
                self.skipped += 1
            # a skipped move's places are spent: a gap in the diary, as it would be
            places -= types[move.move].places if move.move in types else 1
        orders = orders_at(queue, table)
        return Choice(script.live, orders, tuple(queue))

    def turn_at(self, turn: int) -> ScriptedTurn:
        """What the script says for a turn (from 1); nothing after its end."""
        return self.turns[turn - 1] if 1 <= turn <= len(self.turns) else ScriptedTurn()

    def live(self, seen: Observation) -> str:
        """What to do with the live matter."""
        return self.turn_at(seen.turn).live

    def confide(self, seen: Observation, matter: MatterSeen) -> str:
        """What to do with a confidence that is held."""
        return self.confidence if self.confidence != "hold" else ""

    def move(self, seen: Observation) -> Move | None:
        """The next move of the script that is legal."""
        if self._turn != seen.turn:
            self._turn = seen.turn
            self._todo = list(self.choose(seen).moves)
        return self._todo.pop(0) if self._todo else None

    def answer(self, seen: Observation, card: Question) -> str:
        """The option to choose on a card from outside."""
        return self.inject_option(card.id, [c.id for c in card.choices], card.default)

    def inject_option(self, inject: str, options: Sequence[str], default: str) -> str:
        """The option to choose, by ids."""
        answer = self.answers.get(inject, default)
        return answer if answer in options else default


def orders_at(moves: Sequence[Move], table: Table) -> Orders:
    """The queue of these moves as arrays, from what can be seen."""
    names, world, seen = table.names, table.world, table.seen
    orders = empty_orders(len(names.partners))
    w, s, o = for_rules(world), for_rules(seen), for_rules(orders)
    for q, move in enumerate(moves):
        rows = [float(names.partner_row[target]) for target in move.targets]
        argument = -1
        if move.measure:
            argument = MEASURES.index(move.measure)
        elif move.form:
            argument = GOVERNANCE_FORMS.index(move.form)
        row = names.move_row[move.move]
        enter(w, s, o, q, row, argument, np.array(rows or [-1.0]), len(rows))
    return orders


Strategy = PlaybookStrategy | Scripted
