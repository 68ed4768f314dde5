"""What was left unsaid comes out by itself (model.md 7.7)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from peers.twin.arithmetic import chance
from peers.twin.matter import Status

from sim.draws import P_ERUPT

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.partner import Partner
    from peers.twin.tie import Tie

Hearsay = defaultdict[tuple["Partner", "Partner"], float]


def erupt(model: Twin) -> None:
    """Disputes run on, and new ones begin; what third parties hear comes last."""
    th = model.theta
    heard: Hearsay = defaultdict(float)
    for tie in model.ties:
        if not tie.in_dispute:
            tie.cleared = max(0.0, tie.cleared - 1.0)
    for tie in model.ties:
        if tie.in_dispute:
            tie.dispute = max(0.0, tie.dispute - 1.0)
            continue
        if th.silence_is_harmless or tie.merged:
            continue
        threshold = th.eruption_threshold * (0.5 + max(tie.a.avoidance, tie.b.avoidance))
        over = tie.tension - threshold
        if over <= 0:
            continue
        u = model.luck.of_pair(P_ERUPT, model.now, tie.a.key, tie.b.key)[0]
        if u < chance(th.eruption_hazard * over / 0.2):
            _row(tie, heard, model)
    for (listener, other), strength in heard.items():
        listener.ties[other].bad(listener, strength, hearsay=True)


def _row(tie: Tie, heard: Hearsay, model: Twin) -> None:
    th, tension, matter = model.theta, tie.tension, tie.weightiest
    a, b = tie.both
    tie.bad_both(th.breach_strength * tension)
    for third in model.partners:
        if third in tie.both or not third.at_table:
            continue
        apart = third.trust_in(a) - third.trust_in(b)
        if abs(apart) >= 0.1:
            heard[third, b if apart > 0 else a] += th.hearsay_strength * (0.5 + tension)
    tie.dispute = 1.0 + int(th.dispute_months * tension + 0.5)
    for any_two in model.ties:
        if any_two.at_table:
            any_two.cleared = max(any_two.cleared, 5.0)
    tie.cleared = tie.dispute + 12.0
    tie.dancing = 0.0
    for each in tie.matters:
        if each.status is not Status.DORMANT:
            each.add(-0.5 * each.weight)
    if matter is not None:
        matter.status, matter.seen = Status.ERUPTED, 0
        if matter.confidence == "held":
            matter.confidence = ""
    tie.joint -= 0.25 * tie.joint
    model.place.eruptions += 1
