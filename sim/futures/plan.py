"""What is asked of futures, and what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.errors import UserError
from sim.fields import HORIZON, MEASURES
from sim.futures.moment import Lived
from sim.playbooks import Playbook, Scripted, ScriptedTurn
from sim.words import _

MOST: Final = 100_000
"""Futures in one request: their measures must fit into memory."""
CANDIDATES: Final = 2000
"""Worlds that are tried, to find states that fit what has been seen."""
NOBODY: Final = "do-nothing"


class FuturesError(UserError):
    """Futures that cannot be had from this moment, or were asked for in a way that is none."""


@dataclass(frozen=True)
class Plan:
    """Who plays on from a moment, and how.

    ``follow`` decides every turn that nothing else here decides: a strategy's name (or
    file), a playbook, or a script.  ``turns`` are turns decided by hand, by number: the
    present one, while it is open, and later ones.  In the present one a move that cannot be
    played is an error; in later ones it is skipped and its places stay empty.

    ``answers`` (option by inject) are for cards of the present turn, ``silence`` (choice,
    who speaks first or "") for the one that waits for a word; left out, ``follow`` answers,
    and a silence is passed over, as a strategy passes over all of them.

    ``lived`` are turns as a session lived them, the present one first
    (:func:`sim.futures.lived_of`): the same replies, words after rows and confidences come
    again, whatever the luck; its cards only where luck deals them again.
    """

    follow: str | Playbook | Scripted = NOBODY
    turns: Mapping[int, ScriptedTurn] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    silence: tuple[str, str] | None = None
    lived: tuple[Lived, ...] = ()


@dataclass(frozen=True)
class Request:
    """How many futures, under what plan, and what is to be told of them.

    ``months`` (0 to 120) are those at whose ends ``measures`` are read; left out, the end
    of the play, and every measure.  Future r draws ``lucks[r]`` from the month after the
    moment on, or what :func:`lucks_of` makes of ``seed``: two plans under one seed differ
    future by future only through what was decided.

    ``sampled``: not from the state as it truly is but from states that fit what the group
    has seen (:mod:`sim.futures.sampling`), found among so many ``candidates``.  Where
    everything is seen, or the session has ended, they are from the state as it is.
    ``compiled=False`` gives the same, slowly.
    """

    plan: Plan = Plan()
    count: int = 1000
    months: tuple[int, ...] = ()
    measures: tuple[str, ...] = ()
    seed: int = 1
    lucks: tuple[int, ...] = ()
    sampled: bool = False
    candidates: int = CANDIDATES
    compiled: bool = True

    def check(self) -> None:
        """Raise :class:`FuturesError` for numbers and names that cannot be."""
        if not 1 <= len(self.lucks or range(self.count)) <= MOST:
            raise FuturesError(
                _("{count} futures cannot be had.").format(count=self.count),
                _("Ask for 1 to {most}.").format(most=MOST),
            )
        if any(not 0 <= month <= HORIZON for month in self.months):
            raise FuturesError(
                _("Futures end with month {most}.").format(most=HORIZON),
                _("Ask for months from 0 to {most}.").format(most=HORIZON),
            )
        for name in self.measures:
            if name not in MEASURES:
                raise FuturesError(
                    _("There is no measure “{measure}”.").format(measure=name),
                    _("There are: {names}.").format(names=", ".join(MEASURES)),
                )


@dataclass(frozen=True)
class Sampling:
    """How states were sampled: of how many candidates how many were kept, and how near.

    ``distance`` of those kept from what was seen, the nearest first; 0 is all the same.
    ``roots`` is from how many beginnings those kept descend.
    """

    candidates: int
    kept: int
    distance: NDArray[np.float64]
    roots: int


@dataclass(frozen=True, eq=False)
class Futures:
    """What came of each future, in the order of its luck."""

    months: tuple[int, ...]
    measures: tuple[str, ...]
    values: NDArray[np.float64]  # [future, month, measure], as they truly would be
    endings: tuple[str, ...]  # ids, in the scenario's order
    ending: NDArray[np.int64]  # [future], index into endings, -1 where the turns are not over
    promises: tuple[str, ...]
    kept: NDArray[np.bool_]  # [future, promise]
    lucks: tuple[int, ...] = field(repr=False)
    sampling: Sampling | None = None

    def of(self, measure: str, month: int | None = None) -> NDArray[np.float64]:
        """One measure at the end of one month (the last one, left out), a value a future."""
        at = len(self.months) - 1 if month is None else self.months.index(month)
        return self.values[:, at, self.measures.index(measure)]

    def against(
        self, other: Futures, measure: str, month: int | None = None
    ) -> NDArray[np.float64]:
        """By how much each future exceeds its twin, which has the same luck.

        Raises ValueError when ``other`` has others.
        """
        if self.lucks != other.lucks:
            raise ValueError("futures are compared one by one only under the same lucks")
        return self.of(measure, month) - other.of(measure, month)


def lucks_of(seed: int, count: int, what: str = "futures") -> tuple[int, ...]:
    """64-bit lucks, keyed by ``seed`` and number: the first of many are those of few."""
    return tuple(
        int.from_bytes(
            hashlib.blake2b(f"{what} {seed} {r}".encode(), digest_size=8).digest(), "big"
        )
        for r in range(count)
    )


def asked_lucks(request: Request) -> Sequence[int]:
    """The luck of each future of a request."""
    return request.lucks or lucks_of(request.seed, request.count)
