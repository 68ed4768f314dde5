"""A place where anything befalls anybody: cards made by lot of all primitive effects."""

from __future__ import annotations

import random

from sim.effects import EFFECTS, SELECTORS
from sim.fields import MEASURES, PROJECT_KINDS
from sim.scenario import Scenario, load_scenario
from sim.scenario.schema import Choice, EffectRow, HouseMove, Inject, Moves, When

SIZES = {
    "deficit": (-20, 30), "skill": (1, 9), "leader_leaves": (1, 6), "reorganise": (1, 9),
    "good_turn": (0, 4), "breach": (0, 2), "gratitude": (0, 4), "grudge": (0, 2),
    "dispute": (-3, 3), "reset_ties": (0, 0.6), "tension": (-0.2, 0.4), "confide": (0.5, 2),
    "stall_projects": (1, 4), "fund": (-50, 90), "money": (-50, 90), "case": (1, 6),
    "merge": (1, 1), "winter": (1, 4), "facilitator": (-1, 1), "raise_matter": (0, 1),
    "start_project": (0, 1), "warmth": (-0.2, 0.3),
}  # fmt: skip
WHEN = (None, None, None, "backing > middling", "avoided >= 5", "mean_trust > civil or month < 9")


def anything(seed: int, *, merging: bool = False) -> Scenario:
    """*Dancing around the table* with other cards and two moves of its own."""
    base = load_scenario("dancing-around-the-table")
    lot = random.Random(seed)
    rows = _Rows(base, lot, merging)
    cards = [_card(n, rows, lot) for n in range(24)]
    house = tuple(
        HouseMove(
            id=f"move-{n}", name="Anything", lines=("It does something.", "It may not."),
            family="doing", places=1, cost=lot.randint(0, 20), target="pair", least=2, most=2,
            effects=tuple(rows.row(move=True) for _ in range(5)),
        )
        for n in range(2)
    )  # fmt: skip
    moves = Moves(house=house)
    return base.model_copy(update={"injects": tuple(cards), "moves": moves})


def _card(n: int, rows: _Rows, lot: random.Random) -> Inject:
    start = lot.randint(1, 30)
    when = (
        When(month=start)
        if lot.random() < 0.5
        else When(**{"if": lot.choice(WHEN[3:]), "from": start, "until": start + 8})
    )
    options = tuple(
        Choice(id=f"option-{x}", text="So", effects=tuple(rows.row() for _ in range(3)))
        for x in range(lot.choice((0, 0, 2, 3)))
    )
    return Inject(
        id=f"card-{n}", title="A card", when=when, repeats=lot.random() < 0.5,
        ahead=lot.random() < 0.3, card="Something happens.",
        effects=tuple(rows.row() for _ in range(4)), choices=options,
    )  # fmt: skip


class _Rows:
    """Rows by lot; every primitive has its turn before one comes again."""

    def __init__(self, base: Scenario, lot: random.Random, merging: bool) -> None:
        self.lot = lot
        self.partners = [partner.id for partner in base.partners]
        self.matters = [matter.id for matter in base.unsaid]
        self.effects = [name for name in EFFECTS if merging or name != "merge"]
        self.deck: list[str] = []
        self.selectors = [name for name in SELECTORS if name != "named"]

    def row(self, *, move: bool = False) -> EffectRow:
        lot, name = self.lot, self._effect()
        who = tuple(lot.sample(self.partners, lot.randint(1, 4)))
        if lot.random() < 0.6:
            who = (lot.choice(self.selectors),)
        if name == "merge":
            who = tuple(lot.sample(self.partners, 2))
        low, high = SIZES.get(name, (-0.2, 0.35))
        size = float(low) if low == high else lot.uniform(low, high)
        more: dict[str, object] = {}
        if name == "effort":
            more["measure"] = lot.choice(MEASURES)
        elif name == "start_project":
            more["kind"] = lot.choice(PROJECT_KINDS)
        elif EFFECTS[name].kind == "matter" and not move and lot.random() < 0.5:
            more["matter"] = lot.choice(self.matters)
        return EffectRow(
            effect=name, who=who, size=size, chance=lot.choice((1.0, 0.6)),
            delay=lot.choice((0, 0, 1, 3)), months=lot.choice((1, 1, 2, 4)),
            when=lot.choice(WHEN), **more,
        )  # fmt: skip

    def _effect(self) -> str:
        if not self.deck:
            self.deck = self.lot.sample(self.effects, len(self.effects))
        return self.deck.pop()
