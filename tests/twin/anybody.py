"""Somebody at the table who tries everything that is allowed, by lot."""

from __future__ import annotations

import random
from collections.abc import Sequence

from sim.effects import catalogue
from sim.fields import GOVERNANCE_FORMS, LIVE_CHOICES, MEASURES
from sim.moves import Move
from sim.scenario import Scenario

TARGETED = ("measure", "form")


class Anybody:
    """Any move that is legal, aimed at anybody; any choice on any matter and card."""

    def __init__(self, scenario: Scenario, seed: int, moves: Sequence[str] = ()) -> None:
        self.lot = random.Random(seed)
        self.partners = [partner.id for partner in scenario.partners]
        self.matters = [matter.id for matter in scenario.unsaid]
        self.kinds = {id: move.target for id, move in catalogue().items()}
        self.kinds |= {move.id: move.target for move in scenario.moves.house}
        self.moves = list(moves) or list(self.kinds)

    def live(self, seen: object) -> str:
        return self.lot.choice(LIVE_CHOICES)

    def confide(self, seen: object, matter: object) -> str:
        return self.lot.choice(("keep", "go_back", "use", ""))

    def answer(self, seen: object, card) -> str:
        return self.lot.choice([choice.id for choice in card.choices])

    def silence(self) -> str:
        return self.lot.choice(("speak", "outsider", "next", ""))

    def order(self, two: Sequence[str]) -> list[str]:
        """Who of two speaks first."""
        return self.lot.sample(list(two), 2)

    def suggestions(self) -> list[Move]:
        """Moves to try one after the other; many will be refused."""
        return [self._suggestion() for _ in range(14)]

    def _suggestion(self) -> Move:
        move = self.lot.choice(self.moves)
        kind = self.kinds[move]
        most = min(4, len(self.partners))
        targets = tuple(self.lot.sample(self.partners, self.lot.randint(1, most)))
        if kind == "measure":
            return Move(move, measure=self.lot.choice(MEASURES))
        if kind == "form":
            form = self.lot.choice(GOVERNANCE_FORMS)
            return Move(move, targets[:1] if form == "lead" else (), form=form)
        if kind in ("everybody", "payers", "commissioners"):
            return Move(move)
        if move == "honest_conversation" and self.lot.random() < 0.5:
            return Move(move, targets, matter=self.lot.choice(self.matters))
        return Move(move, targets)
