"""What stands between two partners, and how experience moves it (model.md 2, 7.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.twin.arithmetic import close, held
from peers.twin.matter import Status

if TYPE_CHECKING:
    from peers.twin.matter import Matter
    from peers.twin.partner import Partner

    from sim.parameters import Theta


class Tie:
    """Two partners, the first of them in row order; trust and history each way, the rest alike."""

    def __init__(self, a: Partner, b: Partner, theta: Theta) -> None:
        self.a, self.b, self.theta = a, b, theta
        self.both = (a, b)
        self.trust = {a: 0.0, b: 0.0}  # a's in b, b's in a
        self.history = {a: 0.0, b: 0.0}
        self.tension = 0.0  # the sum of the weights of its matters
        self.understanding = self.meeting = self.dependence = 0.0
        self.dispute = self.cleared = 0.0  # months
        self.joint = self.floor = 0.0
        self.candour = self.dancing = 0.0
        self.met = False  # this month
        self.matters: list[Matter] = []

    def __repr__(self) -> str:
        return f"Tie({self.a.id}, {self.b.id})"

    @property
    def least_trust(self) -> float:
        return min(self.trust[self.a], self.trust[self.b])

    @property
    def mean_trust(self) -> float:
        return 0.5 * (self.trust[self.a] + self.trust[self.b])

    @property
    def at_table(self) -> bool:
        """Whether both sit at the table."""
        return self.a.at_table and self.b.at_table

    @property
    def in_dispute(self) -> bool:
        return self.dispute > 0

    @property
    def merged(self) -> bool:
        """Whether one of the two was merged away."""
        return bool(self.a.merged_with or self.b.merged_with)

    @property
    def weightiest(self) -> Matter | None:
        """What weighs most of all that is in play between the two."""
        alive = [matter for matter in self.matters if matter.status is not Status.DORMANT]
        return max(alive, key=lambda matter: matter.weight, default=None)

    def understand(self, gain: float) -> None:
        self.understanding = close(self.understanding, gain)

    def meet_more(self, gain: float) -> None:
        self.meeting = close(self.meeting, gain)

    # --- experience ---------------------------------------------------------------------

    def good(self, who: Partner, strength: float, *, delivery: bool = False) -> None:
        """``who`` has a good experience of the other."""
        th = self.theta
        if strength <= 0 or (th.trust_follows_delivery and not delivery):
            return
        t = self.trust[who]
        gain = th.trust_gain * strength * (1.0 - t) * (1.0 + th.confirmation_bias * (t - 0.5))
        self.trust[who] = held(t + gain)
        self.history[who] = min(10.0, self.history[who] + 0.4 * strength)

    def bad(
        self, who: Partner, strength: float, *, hearsay: bool = False, blame: bool = False
    ) -> None:
        """``who`` has a bad experience of the other."""
        th = self.theta
        if strength <= 0 or (th.trust_follows_delivery and not blame):
            return
        ratio = th.hearsay_asymmetry if hearsay else th.trust_asymmetry
        cushion = 1.0 + self.history[who] / th.history_cushion
        if th.symmetric_trust:
            ratio = cushion = 1.0
        t = self.trust[who]
        loss = th.trust_gain * ratio * strength * t * (1.0 - th.confirmation_bias * (t - 0.5))
        self.trust[who] = t - min(t, loss / cushion)

    def good_both(self, strength: float) -> None:
        for who in self.both:
            self.good(who, strength)

    def bad_both(self, strength: float) -> None:
        for who in self.both:
            self.bad(who, strength)
