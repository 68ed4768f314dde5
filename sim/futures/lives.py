"""Many lives from given states, leg by leg: between two legs something is done to the states.

What a whole strategy does, one leg does.  What a session did that no strategy does (a
confidence kept, a word after a row) is done to the states where one leg ends.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import numpy as np

from sim.batch import Outcome, Place, Tracks, play_tracks
from sim.batch.decide import T_FIRST_ERUPTION, T_TAKEN_OVER
from sim.batch.run import Ends
from sim.fields import HORIZON
from sim.moves import Orders
from sim.parameters import Theta
from sim.playbooks.interpreter import Book
from sim.state import Array, IntArray
from sim.world import W_MONTHS

T = TypeVar("T")
Edit = Callable[[Array, Sequence[int]], None]
"""Changes states (run, value) in place, given each run's luck."""

SLICE: Final = 64
"""Lives in one call of the kernel: some tens of milliseconds, so that stopping is quick."""


class Stopped(Exception):
    """Nobody wants to know any more."""


@dataclass(frozen=True)
class Start:
    """Where lives begin: life r in state r % x, under its own luck from month ``since`` on.

    ``luck`` (HORIZON + 1, 2) is what was before; ``began`` each state's luck of month 0,
    where states have their own.
    """

    place: Place
    theta: Theta
    states: Array  # [x, value]
    since: int
    luck: IntArray | None = None
    began: tuple[int, ...] | None = None

    def of(self, numbers: IntArray) -> Start:
        """Where the lives of these numbers begin, a state a life; one is for all."""
        if len(self.states) == 1:
            return self
        rows = numbers % len(self.states)
        began = None if self.began is None else tuple(self.began[row] for row in rows)
        return replace(self, states=self.states[rows], began=began)


@dataclass(frozen=True)
class Leg:
    """The months up to ``last`` under one book; ``before`` them something is done.

    ``queued`` and ``card`` are as in :class:`sim.batch.Tracks`; ``opens`` the turn that is
    due after them.  ``told`` are months that have been: the play does not end with them,
    though its turns may be over.
    """

    last: int
    book: Book
    queued: Orders | None = None
    card: int = -1
    before: tuple[Edit, ...] = ()
    opens: bool = False
    told: bool = False


def live(
    start: Start,
    legs: Sequence[Leg],
    lucks: Sequence[int],
    *,
    months: Sequence[int] = (),
    keep: bool = False,
    look: bool = False,
    compiled: bool = True,
) -> Ends:
    """One life under each of ``lucks``, through every leg.

    Measures are read after the last leg; ``keep`` and ``look`` ask for the states that they
    end in, and what can be seen there.
    """
    states, began = start.states, start.began
    if legs[0].before:  # the states are about to be changed
        states = np.repeat(states, len(lucks) // len(states), axis=0)
        began = None if began is None else began * (len(lucks) // len(began))
    outcome: Outcome | None = None
    for leg in legs:
        final = leg is legs[-1]
        for edit in leg.before:
            edit(states, lucks)
        ends = play_tracks(
            _endless(start.place) if leg.told else start.place,
            leg.book,
            [start.theta],
            lucks,
            Tracks(
                states=states,
                since=start.since,
                world_luck=start.luck,
                began=began,
                queued=leg.queued,
                card=leg.card,
                keep=keep or not final,
                look=leg.opens or (look and final),
                open=leg.opens,
            ),
            months=months if final else (),
            last=leg.last,
            compiled=compiled,
        )
        states = ends.state
        outcome = ends.outcome if outcome is None else _together(outcome, ends.outcome)
    assert outcome is not None
    return Ends(outcome, ends.state, ends.look)


def _endless(place: Place) -> Place:
    """The same place, whose play is never over."""
    other = copy.copy(place)
    setting = place.world.setting.copy()
    setting[W_MONTHS] = HORIZON + 1
    other.world = place.world._replace(setting=setting)
    return other


def _together(before: Outcome, after: Outcome) -> Outcome:
    """Two legs of the same lives as one; the later one's measures know the earlier months."""
    ended = before.ending >= 0
    tally = before.tally + after.tally
    tally[:, T_TAKEN_OVER] = after.tally[:, T_TAKEN_OVER]
    first = before.tally[:, T_FIRST_ERUPTION]
    tally[:, T_FIRST_ERUPTION] = np.where(first > 0.0, first, after.tally[:, T_FIRST_ERUPTION])
    return Outcome(
        after.measures,
        np.where(ended, before.ending, after.ending),
        np.where(ended[:, np.newaxis], before.kept, after.kept),
        tally,
    )


def in_slices(
    count: int,
    work: Callable[[int, int], T],
    *,
    size: int = SLICE,
    cores: int = 1,
    stopped: Callable[[], bool] = lambda: False,
) -> list[T]:
    """``work(first, last)`` over ``count`` lives in slices, by so many threads; in order.

    Raises :class:`Stopped` soon after ``stopped()`` has become true.
    """

    def one(first: int) -> T:
        if stopped():
            raise Stopped
        return work(first, min(count, first + size))

    firsts = range(0, count, size)
    if cores < 2 or len(firsts) < 2:
        return [one(first) for first in firsts]
    with ThreadPoolExecutor(cores) as pool:
        return list(pool.map(one, firsts))
