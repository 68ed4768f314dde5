"""The players' moves: asked, answered, and taking effect (model.md 7.1, 7.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from peers.twin.arithmetic import close
from peers.twin.luck import key32, mix
from peers.twin.place import FORMS
from peers.twin.rows import Occasion, Row, rows_of
from peers.twin.script import Choice

from sim.draws import P_REPLY
from sim.effects import catalogue
from sim.fields import MEASURES

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.partner import Partner

    from sim.scenario import Scenario

NAMING = ("one", "one_or_pair", "pair", "from_to", "some", "outside", "leaving")
"""Moves that ask the partners they name; others ask the table."""
SHARES = {"comes": 1.0, "deputy": None, "full": 0.0, "done": 1.0, "on_paper": 0.3, "ignored": 0.0}


@dataclass(frozen=True)
class Kind:
    """A kind of move, from the catalogue or the scenario's own."""

    id: str
    target: str
    cost: float
    standing: bool
    directing: bool
    rows: tuple[Row, ...]


def kinds(scenario: Scenario) -> dict[str, Kind]:
    """All kinds of move that a scenario knows."""
    cost = {change.id: change.cost for change in scenario.moves.change if change.cost is not None}
    known = {
        move.id: Kind(
            move.id, move.target, cost.get(move.id, move.cost), move.standing, move.directing,
            rows_of(move.effects),
        )
        for move in catalogue().values()
    }  # fmt: skip
    for move in scenario.moves.house:
        known[move.id] = Kind(move.id, move.target, move.cost, False, False, rows_of(move.effects))
    return known


@dataclass(eq=False)
class Queued:
    """A move in the turn's diary, and what those asked have replied."""

    kind: Kind
    choice: Choice
    key: int
    named: tuple[Partner, ...]
    asked: list[Partner]
    replies: dict[Partner, str]


class Diary:
    """What the group has put into its diary this turn, and what stands there."""

    def __init__(self, model: Twin) -> None:
        self.model = model
        self.kinds = kinds(model.scenario)
        self.queue: list[Queued] = []
        self.standing: list[Kind | None] = [None, None, None]

    def fill(self, choices: tuple[Choice, ...]) -> None:
        """A new turn's moves; everybody whom they ask says whether they come."""
        self.queue = []
        for choice in choices:
            like = sum(_same(choice, before.choice, before.kind) for before in self.queue)
            self.queue.append(self._queued(choice, like))
        for move in self.queue:
            for partner in move.asked:
                move.replies[partner] = self._reply(partner, move)

    def _queued(self, choice: Choice, nth: int) -> Queued:
        model, kind = self.model, self.kinds[choice.move]
        named = tuple(model.partner_of[id] for id in choice.targets)
        if kind.target in NAMING:
            asked = [partner for partner in model.partners if partner in named]
        else:
            asked = [partner for partner in model.partners if _concerns(kind.target, partner)]
        argument = -1
        if choice.measure:
            argument = MEASURES.index(choice.measure)
        elif choice.form:
            argument = FORMS.index(choice.form)
        elif choice.matter:
            argument = model.matters.index(model.matter(choice.matter))
        together = 0
        for place, partner in enumerate(named, start=1):
            ordered = place if kind.target == "from_to" else 0
            together = (together + mix(partner.key, ordered)) & 0xFFFFFFFF
        key = mix(mix(mix(key32(kind.id), argument + 1), nth), together)
        return Queued(kind, choice, key, named, asked, {})

    def _reply(self, partner: Partner, move: Queued) -> str:
        model = self.model
        yes, partly, no = ("comes", "deputy", "full")
        if move.kind.directing:
            yes, partly, no = ("done", "on_paper", "ignored")
        p = partner.comes(move.asked, move.kind.directing)
        partner.asked += 1
        u = model.luck.draw(P_REPLY, model.now, partner.key, 0, move.key)[0]
        if not model.replies or u < p:
            return yes
        return partly if u < p + (1.0 - p) * model.theta.deputy_share else no

    def take_effect(self) -> None:
        """Line 2 of a turn's first month, after what waited."""
        model, place = self.model, self.model.place
        live = model.live
        if live is not None and model.decided.live == "take_it_outside":
            live.tie.candour = min(1.0, live.tie.candour + 0.5)
        place.facilitator = False
        for slot, kind in enumerate(self.standing):
            if kind is None:
                continue
            if kind.cost <= place.money + 1e-9:
                place.money = max(0.0, place.money - kind.cost)
                model.rows.apply(kind.rows, Occasion(key32(kind.id), is_move=True))
            else:
                self.standing[slot] = None
        for move in self.queue:
            self._take_effect(move)
        self.queue = []

    def _take_effect(self, move: Queued) -> None:
        model, kind, choice = self.model, move.kind, move.choice
        model.place.money = max(0.0, model.place.money - kind.cost)
        shares = {}
        for partner, reply in move.replies.items():
            if reply in ("comes", "done"):
                partner.slack = close(partner.slack, -2.0 * model.theta.meeting_cost)
                partner.contact = close(partner.contact, 0.03)
            elif reply in ("full", "ignored"):
                partner.credibility = close(partner.credibility, -0.02)
            share = SHARES[reply]
            shares[partner] = model.theta.deputy_effect if share is None else share
        occasion = Occasion(
            move.key, shares, move.named, True, choice.measure, choice.form, choice.matter
        )
        model.rows.apply(kind.rows, occasion)
        if kind.standing and kind not in self.standing and None in self.standing:
            self.standing[self.standing.index(None)] = kind

    def stop_standing(self) -> None:
        """The last turn is over."""
        self.standing = [None, None, None]


def _same(one: Choice, other: Choice, kind: Kind) -> bool:
    """Whether two moves are alike; in whose order they name, counts only from one to another."""
    if kind.target != "from_to":
        one, other = (
            Choice(c.move, tuple(sorted(c.targets)), c.measure, c.form, c.matter)
            for c in (one, other)
        )
    return one == other


def _concerns(target: str, partner: Partner) -> bool:
    if not partner.at_table or partner.merged_with:
        return False
    return {"payers": partner.payer, "commissioners": partner.commissioner}.get(target, True)
