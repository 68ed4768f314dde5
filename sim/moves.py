"""Moves, what happened, and a turn's queue as the arrays that the rules read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from sim.compiled import rule
from sim.draws import mix
from sim.fields import AT_TABLE, GOVERNANCE_FORMS, MEASURES, MERGED_WITH
from sim.state import Array, IntArray, State
from sim.waiting import QUEUE as QUEUE
from sim.world import MV_KEY, T_COMMISSIONER, T_PAYER, Names, World

ORDERED: Final = ("from_to",)
"""Kinds of target in which it matters who comes first."""


@dataclass(frozen=True)
class Move:
    """One move as people and strategies choose it: ids only, nothing computed."""

    move: str
    targets: tuple[str, ...] = ()
    measure: str = ""
    form: str = ""
    matter: str = ""

    def to_data(self) -> dict[str, Any]:
        """Plain data, for journals."""
        data: dict[str, Any] = {"move": self.move}
        if self.targets:
            data["targets"] = list(self.targets)
        for name in ("measure", "form", "matter"):
            if value := getattr(self, name):
                data[name] = value
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Move:
        """The move that :meth:`to_data` described."""
        return cls(
            str(data["move"]),
            tuple(data.get("targets", ())),
            str(data.get("measure", "")),
            str(data.get("form", "")),
            str(data.get("matter", "")),
        )


@dataclass(frozen=True)
class Event:
    """Something that happened, as a code and its arguments; words come when it is shown."""

    month: int
    code: str
    args: dict[str, str | float | int]


class Orders(NamedTuple):
    """A turn's queue: float64 arrays with :data:`QUEUE` rows."""

    move: Array  # [q], 1 + row of the move, 0 for none
    first: Array  # [q], row of the first target, or -1
    second: Array  # [q], row of the second target, or -1
    argument: Array  # [q], measure or form chosen with the move, or -1
    nth: Array  # [q], nth identical move this turn, from 0
    key: Array  # [q], 32-bit key from move, targets and nth, never from the place in the queue
    who: Array  # [q, i], 1 where partner i is asked
    reply: Array  # [q, i], code in sim.rules.replies, 0 while there is none
    again: Array  # [q, i], times asked again


def empty_orders(partners: int) -> Orders:
    """A queue with nothing in it."""
    rows = [np.zeros(QUEUE) for _ in range(6)]
    grids = [np.zeros((QUEUE, partners)) for _ in range(3)]
    rows[1][:] = rows[2][:] = rows[3][:] = -1.0
    return Orders(*rows, *grids)


@rule
def order_key(
    move: int, argument: int, nth: int, targets: Array, count: int, keys: IntArray, ordered: int
) -> int:
    """32-bit key of a queued move, from what it is and whom it is for.

    ``move`` is the key of the move's id; ``targets[:count]`` are rows, ``keys`` the keys of
    partners.  Their order counts only where the move itself has one (``ordered``).
    """
    key = mix(mix(move, argument + 1), nth)
    together = 0
    for x in range(count):
        place = x + 1 if ordered > 0 else 0
        together = (together + mix(int(keys[int(targets[x])]), place)) & 0xFFFFFFFF
    return mix(key, together)


def asked(move: Move, names: Names, world: World, state: State) -> list[int]:
    """Rows of the partners a move asks: its targets, or everybody whom it concerns."""
    kind = names.move_types[move.move].target
    if kind in ("one", "one_or_pair", "pair", "from_to", "some", "outside", "leaving"):
        return [names.partner_row[target] for target in move.targets]
    rows = []
    for i in range(len(names.partners)):
        if state.partner[AT_TABLE, i] < 0.5 or state.partner[MERGED_WITH, i] > 0.0:
            continue
        if kind == "payers" and world.trait[T_PAYER, i] < 0.5:
            continue
        if kind == "commissioners" and world.trait[T_COMMISSIONER, i] < 0.5:
            continue
        rows.append(i)
    return rows


def orders_from(moves: Sequence[Move], names: Names, world: World, state: State) -> Orders:
    """The queue of these moves; legality is :mod:`sim.legality`'s business, not this one's."""
    orders = empty_orders(len(names.partners))
    seen: dict[tuple[object, ...], int] = {}
    for q, move in enumerate(moves[:QUEUE]):
        ordered = names.move_types[move.move].target in ORDERED
        whom = move.targets if ordered else tuple(sorted(move.targets))
        same = (move.move, whom, move.measure, move.form, move.matter)
        nth = seen.get(same, 0)
        seen[same] = nth + 1
        rows = [names.partner_row[target] for target in move.targets]
        orders.move[q] = names.move_row[move.move] + 1
        orders.first[q] = rows[0] if rows else -1
        orders.second[q] = rows[1] if len(rows) > 1 else -1
        if move.measure:
            orders.argument[q] = MEASURES.index(move.measure)
        elif move.form:
            orders.argument[q] = GOVERNANCE_FORMS.index(move.form)
        elif move.matter:
            orders.argument[q] = names.matter_row[move.matter]
        orders.nth[q] = nth
        orders.key[q] = order_key(
            int(world.move[names.move_row[move.move], MV_KEY]), int(orders.argument[q]), nth,
            np.array(rows or [-1], dtype=float), len(rows), world.key, int(ordered),
        )  # fmt: skip
        for i in asked(move, names, world, state):
            orders.who[q, i] = 1.0
    return orders


def moves_from(orders: Orders, names: Names) -> list[Move]:
    """The moves of a queue, in its order: what :func:`orders_from` was given."""
    moves = []
    for q in range(QUEUE):
        row = int(orders.move[q]) - 1
        if row < 0:
            continue
        kind = names.move_types[names.moves[row]].target
        first, second = int(orders.first[q]), int(orders.second[q])
        targets = [r for r in (first, second) if r >= 0]
        if kind not in ("measure", "form", "everybody", "payers", "commissioners"):
            targets += [
                r for r in range(len(names.partners)) if orders.who[q, r] > 0 and r not in targets
            ]
        argument = int(orders.argument[q])
        moves.append(
            Move(
                names.moves[row],
                tuple(names.partners[r] for r in targets),
                measure=MEASURES[argument] if kind == "measure" and argument >= 0 else "",
                form=GOVERNANCE_FORMS[argument] if kind == "form" and argument >= 0 else "",
            )
        )
    return moves
