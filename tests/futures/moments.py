"""A session to have futures of, played once, and every moment there was in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from session.scripted import THIN_SKINNED, over, step

from sim.futures import Futures, Kept, Lived, Moment, Plan, Request, futures, lived_of
from sim.library import scenario
from sim.session import Phase, Session

PLACE = "dancing-around-the-table"
KEPT = Kept()
"""Places are built once for all tests; samples are the same however often they are made."""


@dataclass(frozen=True)
class Played:
    """A session, and where it stood after every decision."""

    session: Session
    moments: tuple[Moment, ...]

    @property
    def lived(self) -> tuple[Lived, ...]:
        """Its turns."""
        return lived_of(self.session.lines, self.session.scenario)

    @property
    def history(self) -> np.ndarray:
        """Every measure at the end of every month: [month, measure]."""
        state = self.session._play.engine.locality.state  # type: ignore[attr-defined]
        return state.history.T.copy()

    def one(self, **like: Any) -> Moment:
        """The first moment that is like this."""
        return next(
            moment
            for moment in self.moments
            if all(getattr(moment, name) == value for name, value in like.items())
        )


@cache
def played() -> Played:
    """Thin-skinned partners: rows and words after them, confidences, cards, asking again."""
    return play(begun(4, parameters=THIN_SKINNED), 8)


def play(session: Session, turns: int) -> Played:
    """A scripted group plays so many turns; all eight to the end and three years on."""
    moments = [Moment.of(session)]
    while not over(session, turns) and step(session):
        moments.append(Moment.of(session))
    return Played(session, tuple(moments))


def begun(luck: int = 4, **settings: Any) -> Session:
    """A session at its first choices."""
    return Session.start(scenario(PLACE), luck=luck, save=False, **settings)


@cache
def at_first(luck: int = 4) -> Moment:
    """The first choices of a session, nothing decided."""
    return Moment.of(begun(luck))


def of(moment: Moment, plan: Plan | None = None, **asked: Any) -> Futures:
    """Futures of a moment, by the rules compiled."""
    return futures(moment, Request(plan or Plan(), **asked), kept=KEPT)


def kind(moment: Moment) -> tuple[str, bool, bool, bool]:
    """What tells moments apart: phase, a card and its answer, a silence."""
    return moment.phase, bool(moment.card), bool(moment.answer), bool(moment.silent)


__all__ = ["KEPT", "PLACE", "Phase", "Played", "at_first", "begun", "kind", "of", "play", "played"]
