"""Effects on single partners (model.md 7.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.twin.arithmetic import held

if TYPE_CHECKING:
    from peers.twin.partner import Partner
    from peers.twin.rows import Concerned, Row

LEVELS = {
    "avoidance", "safety", "commitment", "capability", "slack", "contact", "credibility",
    "power", "obeyed",
}  # fmt: skip
PARTNER_EFFECTS = LEVELS | {
    "deficit", "budget", "toward_need", "toward_others", "skill", "join_table", "handover",
    "leader_leaves", "warmth", "reorganise",
}  # fmt: skip


def on_partners(row: Row, whom: Concerned) -> None:
    """One row, on each partner that it concerns."""
    for partner, share in whom.shares.items():
        if row.effect in LEVELS:
            partner.gain(row.effect, row.size * share)
        else:
            _change(partner, row, row.size * share, whom.shares)


def _change(partner: Partner, row: Row, g: float, shares: dict[Partner, float]) -> None:
    match row.effect:
        case "deficit":
            partner.deficit = max(0.0, partner.deficit + g)
        case "budget":
            partner.budget = max(0.0, partner.budget * (1.0 + g))
        case "toward_need":
            _move(partner, list(partner.model.place.need), held(g))
        case "toward_others":
            others = {other: share for other, share in shares.items() if other is not partner}
            if others:
                _move(partner, _middle(others), held(g))
        case "skill":
            partner.skill_months = max(partner.skill_months, g)
        case "reorganise":
            partner.reorganising = max(partner.reorganising, g)
        case "join_table":
            _sit_down(partner)
        case "handover":
            partner.handover = True
        case "leader_leaves":
            if partner.leaving <= 0:
                partner.leaving = max(1.0, row.size)
        case "warmth":
            partner.warmth = held(partner.warmth + g, 0.0, 0.3)


def _middle(shares: dict[Partner, float]) -> list[float]:
    total = sum(shares.values())
    axes = zip(*(partner.position for partner in shares))
    return [sum(s * p for s, p in zip(shares.values(), axis)) / total for axis in axes]


def _move(partner: Partner, toward: list[float], g: float) -> None:
    partner.position = [p + g * (t - p) for p, t in zip(partner.position, toward)]


def _sit_down(partner: Partner) -> None:
    if partner.at_table:
        return
    partner.at_table = True
    for other, tie in partner.ties.items():
        if other.at_table:
            tie.meet_more(0.1)
