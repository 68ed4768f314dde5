"""Effects on pairs, and on what lies between them (model.md 7.2)."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from peers.twin.arithmetic import held
from peers.twin.candour import raise_matter
from peers.twin.luck import Uniforms
from peers.twin.matter import Matter, Status

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.partner import Partner
    from peers.twin.rows import Concerned, Occasion, Row
    from peers.twin.tie import Tie

PAIR_EFFECTS = {
    "meet", "understanding", "good_turn", "breach", "gratitude", "grudge", "candour", "dispute",
    "reset_ties",
}  # fmt: skip
MATTER_EFFECTS = {"tension", "raise_matter", "surface", "confide"}


def on_pairs(row: Row, whom: Concerned) -> None:
    """One row, between every two whom it concerns, both ways."""
    for a, b in combinations(whom.shares, 2):
        tie = a.ties[b]
        _between(tie, row, row.size * min(whom.shares[a], whom.shares[b]), whom.first)
        tie.met = True


def _between(tie: Tie, row: Row, g: float, first: Partner | None) -> None:
    match row.effect:
        case "meet":
            tie.meet_more(g)
        case "understanding":
            tie.understand(g)
        case "good_turn":
            tie.good_both(g)
        case "breach":
            tie.bad_both(g)
        case "gratitude" | "grudge" if first in tie.both:
            other = tie.a if first is tie.b else tie.b
            if row.effect == "gratitude":
                tie.good(other, g)
            else:
                tie.bad(other, g)
        case "candour":
            tie.candour = held(tie.candour + g)
        case "dispute":
            tie.dispute = max(min(1.0, tie.dispute), tie.dispute + g)
        case "reset_ties":
            _reset(tie, g)


def _reset(tie: Tie, g: float) -> None:
    kept = 1.0 - min(1.0, g)
    for who in tie.both:
        tie.trust[who] += g * (tie.theta.institutional_trust - tie.trust[who])
        tie.history[who] *= kept
    tie.understanding *= kept


def on_matter(row: Row, whom: Concerned, occasion: Occasion, u: Uniforms, model: Twin) -> None:
    """One row, on what lies between the first two whom it concerns."""
    if row.effect == "confide":
        _confide(row, whom, u, model)
        return
    pair = _two(whom)
    chosen = row.matter or (occasion.matter if row.effect == "raise_matter" else "")
    matter = model.matter(chosen) if chosen else None
    if occasion.is_move and matter and set(pair) != set(matter.tie.both):
        matter = None  # it is not theirs: as if none were chosen
    if matter is None and len(pair) == 2:
        matter = pair[0].ties[pair[1]].weightiest
    if matter is None and row.effect == "surface" and pair:
        matter = _own(pair[0], (Status.LATENT, Status.CONFIDED))
    if matter is None or matter.status is Status.DORMANT:
        return
    match row.effect:
        case "tension":
            matter.add(row.size)
        case "surface" if matter.status in (Status.LATENT, Status.CONFIDED):
            matter.status = Status.SURFACED
        case "raise_matter":
            named_by_a_card = bool(row.matter) and not occasion.is_move
            if named_by_a_card or all(whom.shares[p] >= 0.99 for p in pair):
                raise_matter(matter, held(row.size), u[1], model, at_once=True)


def _two(whom: Concerned) -> list[Partner]:
    """The first, if it takes part, and whoever is next; else the first two in row order."""
    there = list(whom.shares)
    if whom.first in whom.shares:
        there.remove(whom.first)
        there.insert(0, whom.first)
    return there[:2]


def _own(partner: Partner, statuses: tuple[Status, ...]) -> Matter | None:
    """What weighs most of what a partner leaves unsaid."""
    there = [
        matter
        for matter in partner.model.matters
        if partner in matter.tie.both and matter.status in statuses and matter.weight > 0
    ]
    return max(there, key=lambda matter: matter.weight, default=None)


def _confide(row: Row, whom: Concerned, u: Uniforms, model: Twin) -> None:
    """Whoever knows the players best tells them something."""
    nearness = {
        partner: 0.5 * partner.contact + 0.5 * partner.credibility
        for partner, share in whom.shares.items()
        if share >= 0.99
    }
    teller = max(nearness, key=lambda partner: nearness[partner], default=None)
    if teller is None or nearness[teller] <= 0:
        return
    if u[1] >= row.size * (0.4 + 0.6 * nearness[teller]):
        return
    matter = model.matter(row.matter) if row.matter else _own(teller, (Status.LATENT,))
    if matter is not None and matter.status is Status.LATENT:
        matter.status = Status.CONFIDED
        matter.confided_by, matter.confidence = teller, "held"
