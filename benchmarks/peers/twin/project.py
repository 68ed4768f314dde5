"""Projects (model.md 7.11)."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from peers.twin.arithmetic import mean
from peers.twin.luck import mix

if TYPE_CHECKING:
    from peers.twin.partner import Partner
    from peers.twin.tie import Tie

KINDS = ("small_experiment", "clumsy_solution", "pilot", "programme", "joint_team")


class Project:
    """Something that two or more do together."""

    def __init__(
        self,
        kind: str,
        ambition: float,
        members: list[Partner],
        *,
        energy: float,
        mandated: bool,
        month: int,
    ) -> None:
        self.kind, self.ambition, self.members = kind, ambition, members
        self.energy, self.mandated, self.began = energy, mandated, month
        self.stage = "running"  # then delivered, embedded
        self.age, self.stalled = 0.0, 0.0
        self.rooted = 0.0  # months of attention since it delivered
        self.length = 4 + int(10.0 * ambition)
        key = 0
        for member in members:
            key = mix(key, member.key)
        self.key = mix(key, 4096 * (KINDS.index(kind) + 1) + month)

    def __repr__(self) -> str:
        return f"Project({self.kind}, {self.stage}, {[m.id for m in self.members]})"

    @property
    def ties(self) -> list[Tie]:
        return [a.ties[b] for a, b in combinations(self.members, 2)]

    @property
    def in_dispute(self) -> bool:
        return any(tie.in_dispute for tie in self.ties)

    @property
    def least_trust(self) -> float:
        return min(tie.least_trust for tie in self.ties)

    @property
    def mean_trust(self) -> float:
        return mean(tie.mean_trust for tie in self.ties)
