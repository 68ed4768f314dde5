"""A partner: an organisation that others depend on (model.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
from peers.twin.arithmetic import close, held, mean, sigma
from peers.twin.luck import key32

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.tie import Tie

    from sim.scenario.parts import PartnerPart


class Partner(mesa.Agent):
    """One organisation at the table, or not; what it is like, and what it does."""

    model: Twin

    def __init__(self, model: Twin, part: PartnerPart) -> None:
        super().__init__(model)
        self.id, self.key = part.id, key32(part.id)
        self.sector = part.sector
        self.provider, self.commissioner, self.payer = part.provider, part.commissioner, part.payer
        self.hospital, self.home_care, self.chief = part.hospital, part.home_care, part.chief
        self.avoidance = self.safety = 0.0
        self.commitment, self.capability = part.commitment, part.capability
        self.slack = self.slack_anchor = part.slack
        self.power, self.budget, self.deficit = part.power, part.budget, 0.0
        self.contact, self.credibility = part.contact, part.credibility
        self.at_table = part.at_table
        self.position, self.first_position = list(part.position), tuple(part.position)
        self.tenure, self.leaving, self.leaders = float(part.leader.months), 0.0, 0
        self.handover = False
        self.asked = 0
        self.warmth = self.obeyed = 0.0
        self.merged_with: Partner | None = None
        self.reorganising = self.skill_months = 0.0
        self.cost_share = self.benefit_share = 0.0
        self.paid = self.saved = 0.0
        self.own_activity = 1.0
        # gathered while they meet, applied afterwards (7.3, 7.5)
        self.safer = self.glow = 0.0
        self.quiet = self.spoke = 0
        self.ties: dict[Partner, Tie] = {}

    def __repr__(self) -> str:
        return f"Partner({self.id})"

    @property
    def others(self) -> list[Partner]:
        """Everybody else, in row order."""
        return list(self.ties)

    @property
    def carries(self) -> int:
        """How many projects want its attention: running, or not yet embedded."""
        return sum(
            project is not None and project.stage != "embedded" and self in project.members
            for project in self.model.slots
        )

    def gain(self, name: str, size: float) -> None:
        """A gain toward 1 of one of its levels, or a loss toward 0."""
        setattr(self, name, close(getattr(self, name), size))

    def trust_in(self, other: Partner) -> float:
        return self.ties[other].trust[self]

    def mean_trust_in(self, others: list[Partner]) -> float:
        return mean(self.trust_in(other) for other in others if other is not self)

    # --- coming and speaking --------------------------------------------------------------

    def comes(self, asked: list[Partner], directing: bool) -> float:
        """P(it comes when asked together with others) (7.1)."""
        th, place = self.model.theta, self.model.place
        others = [other for other in asked if other is not self]
        trust = self.mean_trust_in(others) if others else self.credibility
        z = (
            th.ask_base
            + th.ask_credibility * (self.credibility - 0.3)
            + th.ask_trust * (trust - 0.3)
            + th.ask_slack * (self.slack - 0.3)
            - th.ask_power * self.power
            - th.ask_again * self.asked
            + 5.0 * self.warmth
        )
        if directing:
            z += th.directed_by_mandate * (place.mandate + self.obeyed)
        return sigma(z)

    def raises(self, other: Partner, bonus: float) -> float:
        """P(it raises what lies between it and another) (7.3)."""
        return sigma(self.readiness(other) + bonus)

    def readiness(self, other: Partner) -> float:
        th, tie = self.model.theta, self.ties[other]
        ready = (
            th.raise_base
            - th.raise_avoidance * self.avoidance
            + th.raise_safety * self.safety
            + th.raise_trust * tie.trust[self]
        )
        if tie.cleared > 0 and not tie.in_dispute:
            ready += th.cleared_readiness
        return ready

    # --- after meeting (7.3, 7.5) -----------------------------------------------------------

    def settle(self) -> None:
        """What it felt while they met becomes what it feels."""
        self.safety = held(self.safety + self.safer)
        self.warmth = held(self.warmth + self.glow, 0.0, 0.3)
        self.gain("slack", 0.6 * self.glow)

    def pick_up_habits(self) -> None:
        """Avoiding is a habit that those share who meet."""
        quiet, spoke = float(self.quiet), float(self.spoke)
        for other, tie in self.ties.items():
            quiet += tie.meeting * other.quiet
            spoke += tie.meeting * other.spoke
        n = quiet + spoke
        if n > 0:
            pace = min(0.15, self.model.theta.avoidance_drift * n)
            self.avoidance += pace * (quiet / n - self.avoidance)

    # --- what it moves toward (7.9, 7.10) -----------------------------------------------------

    def next_position(self) -> list[float]:
        """Where it stands next month: those near enough whom it trusts, its first view, need."""
        th = self.model.theta
        after = []
        for axis, here in enumerate(self.position):
            total, weights = here, 1.0
            for other, tie in self.ties.items():
                there = other.position[axis]
                if tie.meeting <= 0 or abs(there - here) >= th.openness:
                    continue
                weight = 4.0 * tie.trust[self] * tie.meeting if th.trust_weights else 1.0
                total += weight * there
                weights += weight
            held_to = th.stubbornness * self.first_position[axis]
            held_to += (1.0 - th.stubbornness) * total / weights
            step = th.position_rate * (held_to - here)
            step += th.need_pull * self.commitment * (self.model.place.need[axis] - here)
            after.append(held(here + step))
        return after

    def ease(self) -> None:
        """What nobody feeds fades."""
        th, place = self.model.theta, self.model.place
        self.commitment += th.commitment_drift * (th.commitment_rest - self.commitment)
        leaning = 0.0 if place.facilitator else 0.2 * place.dependency
        self.safety += th.safety_drift * (th.safety_mean * (1.0 - leaning) - self.safety)
        if self.skill_months > 0:
            self.skill_months -= 1.0
            self.gain("capability", 0.02)
            self.gain("avoidance", -0.02)
            self.gain("safety", 0.012)
        else:
            self.capability *= 1.0 - th.capability_decay
        self.avoidance += 0.02 * (th.avoidance_mean - self.avoidance)
        self.contact *= 0.985
        self.obeyed *= 0.985
        if self.reorganising > 0:
            self.reorganising -= 1.0
