"""Rows of effects: what a move, a card, a shock and a silence are all made of (model.md 7.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from peers.twin.conditions import holds
from peers.twin.effects_pair import MATTER_EFFECTS, PAIR_EFFECTS, on_matter, on_pairs
from peers.twin.effects_partner import PARTNER_EFFECTS, on_partners
from peers.twin.effects_place import on_place
from peers.twin.effects_project import PROJECT_EFFECTS, on_projects
from peers.twin.luck import mix

from sim.draws import P_EFFECT
from sim.effects import SELECTORS

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.partner import Partner


@dataclass(frozen=True)
class Row:
    """One row of effects."""

    effect: str
    who: tuple[str, ...] = ()
    size: float = 1.0
    chance: float = 1.0
    delay: int = 0
    months: int = 1
    when: str | None = None
    matter: str = ""
    measure: str = ""
    kind: str = ""


def rows_of(data: Iterable[Any]) -> tuple[Row, ...]:
    """Rows from a scenario's (models) or from the catalogue's (mappings)."""
    rows = []
    for item in data:
        given = item if isinstance(item, Mapping) else item.model_dump(exclude_none=True)
        kept = {name: given[name] for name in Row.__dataclass_fields__ if name in given}
        who = kept.get("who", ())
        kept["who"] = (who,) if isinstance(who, str) else tuple(who)
        rows.append(Row(**kept))
    return tuple(rows)


@dataclass(frozen=True, eq=False)
class Occasion:
    """Where rows come from: whom it concerns, with which share, and what was chosen with it."""

    key: int
    shares: Mapping[Partner, float] = field(default_factory=dict)  # of those who were asked
    named: tuple[Partner, ...] = ()
    is_move: bool = False
    measure: str = ""
    form: str = ""
    matter: str = ""


@dataclass(frozen=True, eq=False)
class Concerned:
    """Whom a row concerns now: shares above 0 in row order, and who was named first."""

    shares: dict[Partner, float]
    named: tuple[Partner, ...]

    @property
    def first(self) -> Partner | None:
        return self.named[0] if self.named else None


def concerned(row: Row, occasion: Occasion, model: Twin) -> Concerned:
    """Who a row concerns, on the state of this moment."""
    if row.who and not (len(row.who) == 1 and row.who[0] in SELECTORS):
        named = tuple(model.partner_of[id] for id in row.who)
        there = {p: 1.0 for p in model.partners if p in named and not p.merged_with}
        return Concerned(there, named)
    selector = row.who[0] if row.who else "at_table"
    shares = {}
    for partner in model.partners:
        share = 0.0 if partner.merged_with else _share(partner, selector, occasion)
        if share > 0:
            shares[partner] = share
    return Concerned(shares, occasion.named)


def _share(partner: Partner, selector: str, occasion: Occasion) -> float:
    asked = partner in occasion.shares
    share = occasion.shares.get(partner, 1.0)
    chosen = {
        "targets": asked,
        "first": partner in occasion.named[:1],
        "second": partner in occasion.named[1:2],
        "others": partner.at_table and not asked,
        "all": True,
        "at_table": partner.at_table,
        "outside": not partner.at_table,
        "payers": partner.payer,
        "commissioners": partner.commissioner,
        "providers": partner.provider,
        "chiefs": partner.chief,
        "hospital": partner.hospital,
        "home_care": partner.home_care,
        "willing": partner.at_table and partner.commitment > 0.5,
    }[selector]
    return share if chosen else 0.0


@dataclass
class Waiting:
    """A row that is still to come, once or for several months."""

    row: Row
    place: int  # among the rows of its occasion
    occasion: Occasion
    due: int
    times: int


class Rows:
    """Applies rows at once, or when their month has come."""

    def __init__(self, model: Twin) -> None:
        self.model = model
        self.waiting: list[Waiting | None] = []
        self.acted: set[str] = set()  # effects that have come about

    def apply(self, rows: tuple[Row, ...], occasion: Occasion) -> None:
        """All of an occasion's rows: now, later, for as long as they say."""
        for place, row in enumerate(rows):
            now = self.model.now
            times = row.months
            if row.delay == 0:
                self._act(row, place, occasion)
                times -= 1
            if times > 0:
                due = now + (row.delay or 1)
                self._wait(Waiting(row, place, occasion, due, times))

    def come_next_month(self, rows: tuple[Row, ...], occasion: Occasion) -> None:
        """What was decided between two months."""
        for place, row in enumerate(rows):
            due = self.model.month + 1 + row.delay
            self._wait(Waiting(row, place, occasion, due, row.months))

    def fall_due(self) -> None:
        """What waited for this month."""
        for index, waiting in enumerate(self.waiting):
            if waiting is None or waiting.due != self.model.now:
                continue
            waiting.due += 1
            waiting.times -= 1
            if waiting.times == 0:
                self.waiting[index] = None
            self._act(waiting.row, waiting.place, waiting.occasion)

    def _wait(self, waiting: Waiting) -> None:
        for index, there in enumerate(self.waiting):
            if there is None:
                self.waiting[index] = waiting
                return
        self.waiting.append(waiting)

    def _act(self, row: Row, place: int, occasion: Occasion) -> None:
        model = self.model
        u = model.luck.draw(P_EFFECT, model.now, mix(occasion.key, place))
        if not holds(row.when, model) or u[0] >= row.chance:
            return
        self.acted.add(row.effect)
        whom = concerned(row, occasion, model)
        if row.effect in PARTNER_EFFECTS:
            on_partners(row, whom)
        elif row.effect in PAIR_EFFECTS:
            on_pairs(row, whom)
        elif row.effect in MATTER_EFFECTS:
            on_matter(row, whom, occasion, u, model)
        elif row.effect in PROJECT_EFFECTS:
            on_projects(row, whom, model)
        else:
            on_place(row, whom, occasion, model)
