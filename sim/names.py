"""Ids into the words of one scenario: partners, matters, moves, cards."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim.effects import catalogue
from sim.labels import listed
from sim.scenario import Scenario
from sim.words import _


@dataclass(frozen=True)
class MatterWords:
    """The scenario's words for one thing left unsaid."""

    said_instead: str
    left_unsaid: str
    when_raised: str
    erupts_as: str
    raised_again: tuple[str, ...] = ()  # when it is raised a second time, a third


@dataclass(frozen=True)
class Names:
    """Ids into words, for one scenario.  An id that is not listed stands for itself."""

    partners: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)  # partner id -> its leader's role
    matters: Mapping[str, MatterWords] = field(default_factory=dict)
    moves: Mapping[str, str] = field(default_factory=dict)
    cards: Mapping[str, str] = field(default_factory=dict)  # inject id -> its title
    options: Mapping[tuple[str, str], str] = field(default_factory=dict)  # inject, choice -> text

    @classmethod
    def of(cls, scenario: Scenario) -> Names:
        """The names of everything in a scenario, its renamed and house moves included."""
        moves = {move.id: _(move.name) for move in catalogue().values()}
        moves |= {change.id: change.name for change in scenario.moves.change if change.name}
        moves |= {house.id: house.name for house in scenario.moves.house}
        return cls(
            partners={partner.id: partner.name for partner in scenario.partners},
            roles={partner.id: partner.leader.role for partner in scenario.partners},
            matters={
                matter.id: MatterWords(
                    matter.said_instead,
                    matter.left_unsaid,
                    matter.when_raised,
                    matter.erupts_as,
                    matter.scenes[1:],
                )
                for matter in scenario.unsaid
            },
            moves=moves,
            cards={inject.id: inject.title for inject in scenario.injects},
            options={
                (inject.id, choice.id): choice.text
                for inject in scenario.injects
                for choice in inject.choices
            },
        )

    def partner(self, id: str) -> str:
        """A partner's name."""
        return self.partners.get(id, id)

    def people(self, ids: str | Sequence[str]) -> str:
        """Several partners in a row; their ids as a sequence, or in one text with commas."""
        each = re.split(r"[,\s]+", ids.strip()) if isinstance(ids, str) else ids
        return listed([self.partner(id) for id in each if id])

    def move(self, id: str) -> str:
        """A move's name."""
        return self.moves.get(id, id.replace("_", " "))
