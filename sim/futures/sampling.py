"""States that fit what a group has seen: approximate Bayesian computation, turn by turn.

Nobody at the table knows the state, but they know what they did and what they saw.  So some two
thousand worlds begin under lucks of their own, and live through what the session
decided: the same moves with the same replies, the same words after rows, the same answers
to the same cards, as far as each world has room for them.  At every reveal those whose look
is nearest to what was seen go on (:mod:`sim.futures.likeness`), each with several lucks for
the months to come; at the moment itself the nearest :data:`NEAREST`, at least
:data:`LEAST`, are the sample.  Nearest at every reveal rather than only at the end, because
two years of luck seldom repeat themselves whole (docs/decisions/futures.md has figures).

What the session saw is taken from its true states by :meth:`~sim.futures.ground.Ground.seen`
and by nothing else: two sessions that looked alike throughout give the same sample, to the
bit.  Replies, cards and the matter on the table are laid down as they came; that one state
would have made them likelier than another is not counted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.batch import Tracks, play_tracks
from sim.batch.run import Ends
from sim.futures.deeds import Deeds, after_turn, turn_legs
from sim.futures.ground import Ground, Kept, many
from sim.futures.likeness import WEIGHTS, distance, looks
from sim.futures.lives import Leg, Start, in_slices, live
from sim.futures.moment import Lived
from sim.futures.plan import Sampling, lucks_of
from sim.playbooks import Playbook, PlaybookStrategy
from sim.state import INJ_MONTH, Array, IntArray

T = TypeVar("T")
NEAREST: Final = 0.05
LEAST: Final = 50
GOING_ON: Final = 0.3
"""Share of the candidates that goes on from a reveal on the way."""

SLICE: Final = 125
"""Lives of a few months in one call of the kernel."""

_NOBODY: Final = Playbook(playbook="nobody", idea="What was decided is known.", confidence="hold")


@dataclass(frozen=True)
class Sample:
    """States, each with the luck of its month 0, and how they were found."""

    states: Array  # [x, value]
    began: tuple[int, ...]
    told: Sampling


def sampled(
    ground: Ground,
    kept: Kept,
    candidates: int,
    *,
    cores: int = 1,
    stopped: Callable[[], bool] = lambda: False,
    compiled: bool = True,
) -> Sample:
    """States that fit what has been seen up to ``ground.moment``; kept for the next request."""
    told = json.dumps([asdict(ground.moment), candidates], default=str)
    key = hashlib.blake2b(told.encode()).hexdigest()

    def make() -> Sample:
        return _Search(ground, candidates, cores, stopped, compiled).sample()

    return kept.sample(key, make)


class _Search:
    """One search.  What it holds of the session is its decisions and what was seen."""

    def __init__(
        self, ground: Ground, candidates: int, cores: int, stopped: Callable[[], bool],
        compiled: bool,
    ) -> None:  # fmt: skip
        self._ground = ground
        self._place = ground.place
        self._deeds = Deeds(ground)
        self._book = ground.place.book(PlaybookStrategy(_NOBODY))
        self._candidates = candidates
        self._cores = cores
        self._stopped = stopped
        self._compiled = compiled
        self._turns = ground.moment.turns
        self._states: Array = np.zeros((0, 0))
        self._began: tuple[int, ...] = ()
        self._roots: IntArray = np.zeros(0, dtype=np.int64)
        self._distance: Array = np.zeros(0)

    def sample(self) -> Sample:
        """From before the first month to the moment."""
        lived = [turn for turn in self._turns if turn.lived > 0]
        self._begin(last=not lived)
        for turn in lived:
            self._live(turn, last=turn is lived[-1])
        present = self._turns[-1]
        if not present.lived:  # open, and some of its choices may have been made
            self._go(turn_legs(
                self._ground, self._deeds, present, self._book,
                since=self._ground.moment.month, matter=True,
            ))  # fmt: skip
        return Sample(
            self._states,
            self._began,
            Sampling(
                self._candidates, len(self._states), self._distance, len(np.unique(self._roots))
            ),
        )

    def _begin(self, *, last: bool) -> None:
        """Worlds before their first month, their first turn open."""
        lucks = lucks_of(0, self._candidates, "beginnings")

        def some(numbers: IntArray) -> Ends:
            return play_tracks(
                self._place, self._book, [self._ground.theta], [lucks[k] for k in numbers],
                Tracks(keep=True, look=True), last=0, compiled=self._compiled,
            )  # fmt: skip

        first = self._turns[0]
        chosen = self._select(some, first.opened, {}, first.record.live, last)
        self._roots = chosen
        self._began = tuple(lucks[k] for k in chosen)

    def _live(self, turn: Lived, *, last: bool) -> None:
        """A turn's months, and the nearest of those who have lived them."""
        legs = turn_legs(
            self._ground, self._deeds, turn, self._book, since=turn.record.first_month - 1,
            matter=True, dealt=True,
        )  # fmt: skip
        lucks = lucks_of(turn.turn, self._candidates, "turns")
        start = self._start()

        def some(numbers: IntArray) -> Ends:
            return live(
                start.of(numbers), legs, [lucks[k] for k in numbers], keep=True, look=True,
                compiled=self._compiled,
            )  # fmt: skip

        following = next((t for t in self._turns if t.turn == turn.turn + 1), None)
        chosen = self._select(
            some,
            turn.revealed or self._ground.moment.state,
            self._cards(turn),
            following.record.live if following else "",
            last,
        )
        parents = chosen % len(self._roots)
        self._roots = self._roots[parents]
        self._began = tuple(self._began[k] for k in parents)
        if turn.revealed:
            leg = after_turn(self._deeds, turn, self._book)
            self._go([leg if following else replace(leg, opens=False)])

    def _start(self) -> Start:
        return Start(self._place, self._ground.theta, self._states, 1, None, self._began)

    def _go(self, legs: Sequence[Leg]) -> None:
        """All of them as they are, and what is done to them."""
        lucks = lucks_of(0, len(self._states), "openings")
        start = self._start()

        def some(first: int, last: int) -> Array:
            of = start.of(np.arange(first, last))
            return live(of, legs, lucks[first:last], keep=True, compiled=self._compiled).state

        self._states = np.concatenate(self._in_slices(len(self._states), some))

    def _select(
        self, some: Callable[[IntArray], Ends], target: str, cards: Mapping[int, int],
        matter: str, last: bool,
    ) -> IntArray:  # fmt: skip
        """Numbers of those that look most like ``target``, the nearest first; keeps their states.

        Those in which ``matter`` cannot come to the table stand behind all others.  All are
        lived once to be looked at, and those chosen once more to be kept: less work than to
        keep them all is memory.
        """
        seen = self._ground.seen(target)
        shape = self._place.names.shape

        def apart(first: int, end: int) -> tuple[Array, NDArray[np.bool_]]:
            ends = some(np.arange(first, end))
            far = distance(looks(ends.look, shape.partners, shape.matters), seen)
            dealt = many(ends.state, shape).inject[:, INJ_MONTH]
            for row in range(shape.injects):
                far += WEIGHTS["card"] * (dealt[:, row] != cards.get(row, 0))
            return far, self._deeds.can_lie(ends.state, matter)

        parts = self._in_slices(self._candidates, apart)
        far = np.concatenate([part[0] for part in parts])
        able = np.concatenate([part[1] for part in parts])
        share = NEAREST if last else GOING_ON
        wanted = min(self._candidates, max(LEAST, round(share * self._candidates)))
        chosen = np.lexsort((far, ~able))[:wanted]
        states = self._in_slices(wanted, lambda first, end: some(chosen[first:end]).state)
        self._states = np.concatenate(states)
        self._distance = far[chosen]
        return chosen

    def _cards(self, turn: Lived) -> dict[int, int]:
        """The month in which each card from outside came last, by its row."""
        rows = {inject: row for row, inject in enumerate(self._place.names.injects)}
        return {
            rows[str(event.args["id"])]: event.month
            for one in self._turns
            if one.turn <= turn.turn
            for event in one.record.events
            if event.code == "inject"
        }

    def _in_slices(self, count: int, work: Callable[[int, int], T]) -> list[T]:
        return in_slices(count, work, size=SLICE, cores=self._cores, stopped=self._stopped)
