"""Things left unsaid (model.md 2, 7.3, 7.6)."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from peers.twin.arithmetic import held
from peers.twin.luck import key32

if TYPE_CHECKING:
    from peers.twin.partner import Partner
    from peers.twin.tie import Tie


class Status(IntEnum):
    """How far out a matter is."""

    DORMANT = 0
    LATENT = 1
    CONFIDED = 2
    SURFACED = 3
    WORKED_THROUGH = 4
    ERUPTED = 5


class Matter:
    """One thing left unsaid between two partners; without an axis, a background matter."""

    def __init__(self, id: str, tie: Tie, axis: int | None) -> None:
        self.id, self.tie, self.axis = id, tie, axis
        self.key = key32(id)
        self.weight = 0.0
        self.status = Status.DORMANT
        self.seen = 0
        self.confided_by: Partner | None = None
        self.confidence = ""  # held, kept, go_back or used
        tie.matters.append(self)

    def __repr__(self) -> str:
        return f"Matter({self.id})"

    @property
    def has_words(self) -> bool:
        return self.axis is not None

    @property
    def on_the_table(self) -> bool:
        return self.status is not Status.DORMANT and self.tie.at_table

    @property
    def distance(self) -> float:
        """How far apart the two stand on it."""
        a, b = self.tie.both
        if self.axis is not None:
            return abs(a.position[self.axis] - b.position[self.axis])
        apart = [abs(p - q) for p, q in zip(a.position, b.position)]
        return sum(apart) / len(apart)

    @property
    def divisiveness(self) -> float:
        """x(m): how readily it divides them, with what they need of each other and their time."""
        tie = self.tie
        stretch = 1.5 - 0.5 * (tie.a.slack + tie.b.slack)
        return (0.15 + self.distance) * tie.dependence * stretch * (1.0 - 0.6 * tie.understanding)

    @property
    def score(self) -> float:
        """How strongly it asks to be talked about."""
        return self.divisiveness * (0.1 + self.weight)

    def add(self, weight: float) -> None:
        """More or less weight; between two there is only so much tension."""
        before = self.weight
        room = max(0.0, 1.5 - self.tie.tension)
        self.weight = max(0.0, before + min(weight, room))
        self.tie.tension = held(self.tie.tension + self.weight - before, 0.0, 1.5)
