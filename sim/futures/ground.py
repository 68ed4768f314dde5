"""A moment made ready: its scenario built, its states unpacked, what could be seen in them."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any, Final, TypeVar

from sim.batch import Place
from sim.fields import AT_TABLE, MERGED_WITH
from sim.futures.moment import Moment
from sim.futures.plan import FuturesError
from sim.journal import unpack
from sim.legality import Table, look
from sim.moves import Orders, orders_from
from sim.parameters import Theta
from sim.rules.replies import REPLIES
from sim.rules.seen import P_MERGED, P_TABLE, Seen
from sim.scenario import read_scenario
from sim.session import TurnRecord
from sim.state import Array, IntArray, Shape, State, block_of, empty_state, state_from_bytes
from sim.words import _
from sim.world import luck_schedule

T = TypeVar("T")
PLACES: Final = 4
SAMPLES: Final = 3  # some tens of megabytes each


class Kept:
    """What need not be made anew for the next request: places, and sampled states."""

    def __init__(self) -> None:
        self._places: OrderedDict[str, Place] = OrderedDict()
        self._samples: OrderedDict[str, Any] = OrderedDict()

    def place(self, moment: Moment) -> Place:
        """The place that a moment is in.

        Raises ScenarioError, which a session that was begun under other rules may have.
        """
        settings = moment.settings
        how = (settings["theories"], settings["shocks"], settings["hand"], settings["replies"])
        key = json.dumps([moment.text, how])
        return _kept(self._places, PLACES, key, lambda: _place(moment))

    def sample(self, key: str, make: Callable[[], T]) -> T:
        """What ``make`` made for this key, when it was made last."""
        made: T = _kept(self._samples, SAMPLES, key, make)
        return made


def _kept(shelf: OrderedDict[str, T], most: int, key: str, make: Callable[[], T]) -> T:
    if key not in shelf:
        shelf[key] = make()
    shelf.move_to_end(key)
    while len(shelf) > most:
        shelf.popitem(last=False)
    return shelf[key]


def _place(moment: Moment) -> Place:
    settings = moment.settings
    return Place(
        read_scenario(moment.text),
        theories=settings["theories"],
        shocks=settings["shocks"],
        hand=settings["hand"],
        replies=settings["replies"],
    )


@dataclass(frozen=True)
class Ground:
    """A moment and the place it is in."""

    moment: Moment
    place: Place
    theta: Theta

    @classmethod
    def of(cls, moment: Moment, kept: Kept) -> Ground:
        """Raises a UserError for a moment that this program cannot go on from."""
        place = kept.place(moment)
        return cls(moment, place, place.theta(moment.settings["parameters"]))

    @property
    def luck(self) -> IntArray:
        """The luck of every month up to now: int64 (HORIZON + 1, 2)."""
        schedule = luck_schedule(self.moment.luck[0][1])
        for since, value in self.moment.luck[1:]:
            schedule[since:] = luck_schedule(value)[since:]
        return schedule

    def end_of(self, turn: int) -> int:
        """The last month of a turn."""
        return int(self.place.world.turn_start[turn]) - 1

    def state(self, packed: str) -> State:
        """A state of the session's journal.  Raises :class:`FuturesError`."""
        try:
            return state_from_bytes(unpack(packed), self.place.names.shape)
        except ValueError:
            raise FuturesError(
                _("This session keeps its places in a way that this program does not know."),
                _("It was played with another version: futures can be had with that one."),
            ) from None

    def block(self, packed: str) -> Array:
        """The same as one row: float64 (1, value)."""
        return block_of(self.state(packed)).reshape(1, -1)

    def seen(self, packed: str) -> Seen:
        """What the group could see in a state of the session, its hand included.

        The only way from a true state to what is known of it: all that sampling is given.
        """
        world = self.place.world._replace(luck=self.luck)
        visibility = str(self.moment.settings["visibility"])
        return look(world, self.place.names, self.state(packed), visibility)

    def table(self, seen: Seen, luck: int) -> Table:
        """What is seen, as strategies read it; what they leave to the lot falls by ``luck``."""
        world = self.place.world._replace(luck=luck_schedule(luck))
        return Table(world, self.place.names, seen)

    def queue(self, record: TurnRecord, seen: Seen) -> Orders:
        """The diary of a turn as it was asked, with the replies that came, if any have."""
        names, world = self.place.names, self.place.world
        known = empty_state(names.shape)  # who sits at the table is all that the asking needs
        known.partner[AT_TABLE] = seen.partner[P_TABLE]
        known.partner[MERGED_WITH] = seen.partner[P_MERGED]
        orders = orders_from(record.moves, names, world, known)
        if record.replies is None:
            return orders
        orders.who[:] = 0.0
        for reply in record.replies:
            row = names.partner_row[reply.who]
            orders.who[reply.move_index, row] = 1.0
            orders.reply[reply.move_index, row] = REPLIES.index(reply.reply)
        if record.again is not None:
            orders.again[record.again[0], names.partner_row[record.again[1]]] = 1.0
        return orders


def many(states: Array, shape: Shape) -> State:
    """Arrays of many states at once, each with one more dimension in front: views of them."""
    found, at = [], 0
    for dims in shape.arrays():
        size = prod(dims)
        found.append(states[:, at : at + size].reshape(len(states), *dims))
        at += size
    return State(*found)
