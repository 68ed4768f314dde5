"""What can be played, and in a reader's words why not: for people and strategies alike.

The rules stand in :mod:`sim.rules.legality`; here they meet ids and words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.errors import UserError
from sim.fields import GOVERNANCE_FORMS, MEASURES
from sim.labels import pounds
from sim.moves import Move
from sim.observation import Card
from sim.rules.legality import (
    LEGAL,
    REASONS,
    deal,
    legal_move,
    legal_partner,
    legal_targets,
    legal_together,
    takes_targets,
)
from sim.rules.observation import VISIBILITIES, see
from sim.rules.seen import L_MONEY, L_PLACES, UNKNOWN, X_KNOWN, Seen, empty_seen
from sim.state import State, for_rules
from sim.words import _, ngettext
from sim.world import MV_OFF, W_HAND, Names, World


class IllegalMove(UserError):
    """A move that cannot be played, with the reason in a reader's words."""


def look(world: World, names: Names, state: State, visibility: str = "felt") -> Seen:
    """What can be seen now, the hand included; ``visibility`` is full, felt or fog."""
    shape = names.shape
    seen = empty_seen(shape.partners, shape.matters, len(names.moves))
    w, s, out = for_rules(world), for_rules(state), for_rules(seen)
    see(w, s, VISIBILITIES.index(visibility), out)
    deal(w, out)
    return seen


@dataclass(frozen=True)
class Table:
    """What :func:`look` saw, with the scenario it was seen in.

    Two are equal when the same can be seen: what is hidden plays no part.
    """

    world: World
    names: Names
    seen: Seen

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self.names.partners == other.names.partners and all(
            np.array_equal(a, b) for a, b in zip(self.seen, other.seen, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]

    # --- the queue ------------------------------------------------------------------

    def left(self, queue: Sequence[Move]) -> tuple[float, float, int]:
        """Places and money that a queue leaves, and 1 once it took a card from the drawer."""
        types = self.names.move_types
        places = float(self.seen.place[L_PLACES]) - sum(types[m.move].places for m in queue)
        money = float(self.seen.place[L_MONEY]) - sum(types[m.move].cost for m in queue)
        drawn = any(self.seen.hand[self.names.move_row[m.move]] < 0.5 for m in queue)
        return places, money, int(drawn and self.world.setting[W_HAND] > 0.5)

    def card_refusal(self, move: str, queue: Sequence[Move] = ()) -> str:
        """Why a card cannot join the queue, in a reader's words; "" when it can."""
        places, money, drawn = self.left(queue)
        row = self.names.move_row[move]
        code = legal_move(for_rules(self.world), for_rules(self.seen), row, places, money, drawn)
        if REASONS[code] == "places" and places > 0.5:
            return ngettext(
                "One place is left in the diary, and it needs {needs}.",
                "{count} places are left in the diary, and it needs {needs}.",
                round(places),
            ).format(count=round(places), needs=round(self.names.move_types[move].places))
        return self._words(REASONS[code], move, money)

    def refusal(self, move: Move, queue: Sequence[Move] = ()) -> str:
        """Why ``move`` cannot join ``queue``, in a reader's words; "" when it can."""
        names = self.names
        if move.move not in names.move_row:
            return _("There is no move “{move}”.").format(move=move.move)
        if reason := self.card_refusal(move.move, queue):
            return reason
        for target in move.targets:
            if target not in names.partner_row:
                return _("There is no partner “{partner}”.").format(partner=target)
        if move.measure and move.measure not in MEASURES:
            return _("There is no measure “{measure}”.").format(measure=move.measure)
        if move.form and move.form not in GOVERNANCE_FORMS:
            return _("There is no form of governance “{form}”.").format(form=move.form)
        if move.matter and not self._known(move.matter):
            return _("There is nothing known as “{matter}”.").format(matter=move.matter)
        argument = -1
        if move.measure:
            argument = MEASURES.index(move.measure)
        elif move.form:
            argument = GOVERNANCE_FORMS.index(move.form)
        rows = np.array([names.partner_row[t] for t in move.targets] or [-1], dtype=float)
        code = legal_targets(
            for_rules(self.world), for_rules(self.seen), names.move_row[move.move],
            rows, len(move.targets), argument,
        )  # fmt: skip
        return self._words(REASONS[code], move.move, 0.0)

    def _known(self, matter: str) -> bool:
        """Whether the group knows of a matter; a refusal must not tell that there is one."""
        row = self.names.matter_row.get(matter, -1)
        return row >= 0 and bool(self.seen.matter[X_KNOWN, row] > UNKNOWN)

    def possible_targets(self, move: str) -> tuple[str, ...]:
        """Ids of the partners that may be named with a move, in the order in which they sit."""
        row = self.names.move_row[move]
        w, seen = for_rules(self.world), for_rules(self.seen)
        if not takes_targets(w, row) and self.names.move_types[move].target != "form":
            return ()
        return tuple(
            id
            for id in self.names.seats
            if legal_partner(w, seen, row, self.names.partner_row[id]) == LEGAL
        )

    def together(self, move: str, one: str, other: str) -> str:
        """Why two partners cannot be named in one ``move``, in words; "" when they can."""
        code = legal_together(
            for_rules(self.world), for_rules(self.seen), self.names.move_row[move],
            self.names.partner_row[one], self.names.partner_row[other],
        )  # fmt: skip
        return self._words(REASONS[code], move, 0.0)

    def _words(self, reason: str, move: str, money: float) -> str:
        kind = self.names.move_types[move]
        count = _many(kind.least, kind.most)
        return (
            reason_words()
            .get(reason, "")
            .format(
                money=pounds(max(0.0, money)),
                cost=pounds(kind.cost),
                count=count,
                places=kind.places,
            )
        )


def _many(least: int, most: int) -> str:
    if least == most:
        return ngettext("one partner", "{count} partners", least).format(count=least)
    return _("{least} to {most} partners").format(least=least, most=most)


def reason_words() -> Mapping[str, str]:
    """Every reason why something cannot be played, as a reader's sentence."""
    return {
        "off": _("Nobody here can do that: the scenario has taken it out."),
        "places": _("The diary is full: there is no place left this turn."),
        "money": _("It costs {cost}, and {money} is left."),
        "nobody_leaves": _("No leader has said that they will go."),
        "nobody_outside": _("Everybody there is to ask already sits at the table."),
        "no_room": _("Twelve joint projects are running. Nobody has hands for another."),
        "facilitated": _("Somebody from outside holds the room already."),
        "standing": _("That goes on already, and keeps its place in the diary."),
        "case": _("A business case is being decided. Two at once would sink both."),
        "fund": _("The budgets are pooled already."),
        "too_few": _("Too few sit at the table for that."),
        "no_payers": _("It takes two at the table who pay, and there are not two."),
        "no_commissioners": _("Nobody at the table commissions services."),
        "over": _("The last turn is over. What comes now comes without you."),
        "drawer": _("One card a turn comes out of the drawer, and you have taken it."),
        "count": _("That is for {count}."),
        "twice": _("The same partner is named twice."),
        "merged": _("That partner is part of another one now."),
        "not_at_table": _("That partner does not sit at the table yet. Ask it in first."),
        "at_table": _("That partner sits at the table already."),
        "not_leaving": _("Nobody has said that this leader will go."),
        "handed_over": _("That handover is arranged already."),
        "dispute": _("Those two are in open dispute: they will start nothing together."),
        "measure": _("Choose what is to be measured."),
        "same_form": _("That is how it is governed already."),
        "lead": _("Name one partner, at the table, that is to take the lead."),
        "no_lead": _("Shared means that nobody leads: name no partner."),
        "form": _("Choose how it is to be governed: shared, or led by one partner."),
        "no_target": _("That is for everybody whom it concerns: name no partner."),
    }


def legal_cards(table: Table, queue: Sequence[Move] = ()) -> list[Card]:
    """Every move of the scenario as a card, playable or with the reason why not."""
    return [_card(table, move, queue) for move in table.names.moves if _offered(table, move)]


def hand_and_drawer(
    table: Table, queue: Sequence[Move] = ()
) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """The cards in the hand, and those in the drawer.

    Where the scenario is played with all cards, all lie in the hand.
    """
    cards = legal_cards(table, queue)
    held = [c for c in cards if table.seen.hand[table.names.move_row[c.move]] > 0.5]
    return tuple(held), tuple(c for c in cards if c not in held)


def _offered(table: Table, move: str) -> bool:
    return table.world.move[table.names.move_row[move], MV_OFF] < 0.5


def _card(table: Table, move: str, queue: Sequence[Move]) -> Card:
    kind = table.names.move_types[move]
    reason = table.card_refusal(move, queue)
    return Card(
        move=move,
        name=_(kind.name),
        lines=(_(kind.lines[0]), _(kind.lines[1])),
        icon=kind.icon,
        family=kind.family,
        places=kind.places,
        cost=int(kind.cost),
        playable=not reason,
        reason=reason,
        target=kind.target,
        least=kind.least,
        most=kind.most,
    )
