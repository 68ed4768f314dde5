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
from collections.abc import Callable, Sequence
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
Some = Callable[[IntArray], Ends]
"""Lives of candidates by their numbers."""
NEAREST: Final = 0.05
LEAST: Final = 50
GOING_ON: Final = 0.25
"""Share of the candidates that goes on from a reveal on the way."""

SLICE: Final = 125
"""Lives of a few months in one call of the kernel."""

_NOBODY: Final = Playbook(playbook="nobody", idea="What was decided is known.", confidence="hold")


@dataclass(frozen=True)
class Crowd:
    """Worlds at one moment, those that look most like what was seen first."""

    states: Array  # [x, value]
    began: tuple[int, ...]  # each one's luck of month 0, which keys what is made out of trust
    roots: IntArray  # number of the beginning from which each descends
    distance: Array


def sampled(
    ground: Ground,
    kept: Kept,
    candidates: int,
    *,
    cores: int = 1,
    stopped: Callable[[], bool] = lambda: False,
    compiled: bool = True,
) -> tuple[Crowd, Sampling]:
    """States that fit what has been seen up to ``ground.moment``, and how they were found.

    What went before the present turn is kept: the next turn's sample goes on from it.
    """
    search = _Search(ground, kept, candidates, cores, stopped, compiled)
    crowd = kept.sample(search.key(ground.moment.turns, ground.moment.state), search.sample)
    roots = len(np.unique(crowd.roots))
    return crowd, Sampling(candidates, len(crowd.states), crowd.distance, roots)


class _Search:
    """One search.  What it holds of the session is its decisions and what was seen."""

    def __init__(
        self, ground: Ground, kept: Kept, candidates: int, cores: int,
        stopped: Callable[[], bool], compiled: bool,
    ) -> None:  # fmt: skip
        self._ground = ground
        self._kept = kept
        self._place = ground.place
        self._deeds = Deeds(ground)
        self._book = ground.place.book(PlaybookStrategy(_NOBODY))
        self._candidates = candidates
        self._cores = cores
        self._stopped = stopped
        self._compiled = compiled
        self._turns = ground.moment.turns

    def key(self, turns: Sequence[Lived], more: str) -> str:
        """What a crowd that lived these turns follows from, in short."""
        moment = self._ground.moment
        told = [
            moment.text, dict(moment.settings), moment.luck[0], self._candidates,
            [asdict(turn) for turn in turns], more,
        ]  # fmt: skip
        return hashlib.blake2b(json.dumps(told, default=str).encode()).hexdigest()

    def sample(self) -> Crowd:
        """From before the first month to the moment."""
        lived = sum(turn.lived > 0 for turn in self._turns)
        crowd = self._select(lived, last=True)
        present = self._turns[-1]
        if not present.lived:  # open, and some of its choices may have been made
            legs = turn_legs(
                self._ground, self._deeds, present, self._book,
                since=self._ground.moment.month, matter=True,
            )  # fmt: skip
            crowd = self._done_to(crowd, legs)
        return crowd

    def _crowd(self, turns: int) -> Crowd:
        """Those who go on once so many turns are over, the next one open."""
        following = self._turns[turns]
        key = self.key(self._turns[:turns], following.opened + following.record.live)
        return self._kept.sample(key, lambda: self._select(turns, last=False))

    def _select(self, turns: int, *, last: bool) -> Crowd:
        """The nearest of all who have lived so many turns, the next one open if it has been.

        Those in which its matter cannot come to the table stand behind all others.  All are
        lived once to be looked at, and those chosen once more to be kept: less work than to
        keep them all is memory.
        """
        following = self._turns[turns] if turns < len(self._turns) else None
        before, some = self._turn(turns) if turns else self._beginning()
        turn = self._turns[turns - 1] if turns else self._turns[0]
        seen = self._ground.seen(
            (turn.revealed or self._ground.moment.state) if turns else turn.opened
        )
        shape = self._place.names.shape
        cards = self._cards(turns)

        def apart(first: int, end: int) -> tuple[Array, NDArray[np.bool_]]:
            ends = some(np.arange(first, end))
            far = distance(looks(ends.look, shape.partners, shape.matters), seen)
            dealt = many(ends.state, shape).inject[:, INJ_MONTH]
            far += WEIGHTS["card"] * (dealt[:, : len(cards)] != cards).sum(axis=1)
            matter = following.record.live if following else ""
            return far, self._deeds.can_lie(ends.state, matter)

        parts = self._in_slices(self._candidates, apart)
        far = np.concatenate([part[0] for part in parts])
        able = np.concatenate([part[1] for part in parts])
        share = NEAREST if last else GOING_ON
        wanted = min(self._candidates, max(LEAST, round(share * self._candidates)))
        chosen = np.lexsort((far, ~able))[:wanted]
        parents = chosen % len(before.roots)
        crowd = Crowd(
            self._kept_states(wanted, lambda first, end: some(chosen[first:end])),
            tuple(before.began[k] for k in parents),
            before.roots[parents],
            far[chosen],
        )
        if turns and turn.revealed:
            leg = after_turn(self._deeds, turn, self._book)
            crowd = self._done_to(crowd, [leg if following else replace(leg, opens=False)])
        return crowd

    def _beginning(self) -> tuple[Crowd, Some]:
        """Worlds before their first month, their first turn open: each its own beginning."""
        count = self._candidates
        lucks = lucks_of(0, count, "beginnings")

        def some(numbers: IntArray) -> Ends:
            return play_tracks(
                self._place, self._book, [self._ground.theta], [lucks[k] for k in numbers],
                Tracks(keep=True, look=True), last=0, compiled=self._compiled,
            )  # fmt: skip

        nothing = np.zeros((0, 0))
        return Crowd(nothing, lucks, np.arange(count), np.zeros(count)), some

    def _turn(self, turns: int) -> tuple[Crowd, Some]:
        """Those who begin the last of so many turns, and how it is lived by some numbers."""
        turn = self._turns[turns - 1]
        legs = turn_legs(
            self._ground, self._deeds, turn, self._book, since=turn.record.first_month - 1,
            matter=True, dealt=True,
        )  # fmt: skip
        lucks = lucks_of(turn.turn, self._candidates, "turns")
        before = self._crowd(turns - 1)
        start = self._start(before)

        def some(numbers: IntArray) -> Ends:
            return live(
                start.of(numbers), legs, [lucks[k] for k in numbers], keep=True, look=True,
                compiled=self._compiled,
            )  # fmt: skip

        return before, some

    def _start(self, crowd: Crowd) -> Start:
        return Start(self._place, self._ground.theta, crowd.states, 1, None, crowd.began)

    def _done_to(self, crowd: Crowd, legs: Sequence[Leg]) -> Crowd:
        """All of a crowd as they are, and what is done to them."""
        count = len(crowd.states)
        lucks = lucks_of(0, count, "openings")
        start = self._start(crowd)

        def some(first: int, last: int) -> Ends:
            of = start.of(np.arange(first, last))
            return live(of, legs, lucks[first:last], keep=True, compiled=self._compiled)

        return replace(crowd, states=self._kept_states(count, some))

    def _kept_states(self, count: int, work: Callable[[int, int], Ends]) -> Array:
        """The states in which so many lives end: each slice goes to its place at once."""
        states = np.empty((count, self._place.names.shape.size()))

        def some(first: int, last: int) -> None:
            states[first:last] = work(first, last).state

        self._in_slices(count, some)
        return states

    def _cards(self, turns: int) -> Array:
        """The month in which each card from outside came last, by its row; 0 for never."""
        rows = {inject: row for row, inject in enumerate(self._place.names.injects)}
        last = np.zeros(len(rows))
        for turn in self._turns[:turns]:
            for event in turn.record.events:
                if event.code == "inject":
                    last[rows[str(event.args["id"])]] = event.month
        return last

    def _in_slices(self, count: int, work: Callable[[int, int], T]) -> list[T]:
        return in_slices(count, work, size=SLICE, cores=self._cores, stopped=self._stopped)
