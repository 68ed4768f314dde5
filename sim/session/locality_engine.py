"""A session's locality: the real engine, on the rules that sweeps run too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from sim.expressions import Values, interpret, parse
from sim.fields import (
    CONFIDENCE,
    CONFIDENCE_HELD,
    CONFIDENCE_STATES,
    LIVE_CHOICE,
    LIVE_CHOICES,
    LIVE_MATTER,
    MEASURES,
    MONEY,
    PAIR_FIELDS,
    PARTNER_FIELDS,
    TERMS,
)
from sim.labels import pounds
from sim.legality import Table, look
from sim.locality import Locality
from sim.moves import Event, Move, Orders, orders_from
from sim.observation import Observation
from sim.observing import observe
from sim.rules.ledger import G_MEASURE, G_PAIR, G_PARTNER
from sim.rules.replies import REPLIES
from sim.rules.silence import answers, break_silence
from sim.scenario import Scenario
from sim.session.happened import Happened
from sim.silence import OUTCOMES, silences
from sim.state import STAND_MOVE, Array
from sim.words import _

_CONFIDENCE: Final = {"keep": "kept", "go_back": "go_back", "use": "used"}


class LocalityEngine:
    """A :class:`~sim.locality.Locality` as :class:`~sim.session.engine.Engine` wants it.

    ``luck`` is a schedule, (first month, luck) in order; ``settings`` are a session's:
    promise, visibility, hand, replies, shocks, parameters, theories.
    """

    def __init__(
        self, scenario: Scenario, luck: Sequence[tuple[int, int]], settings: Mapping[str, Any]
    ):
        self.locality = Locality(
            scenario,
            luck=luck[0][1],
            parameters=settings["parameters"],
            theories=settings["theories"],
            shocks=settings["shocks"],
            hand=settings["hand"],
            replies=settings["replies"],
        )
        for since, value in luck[1:]:
            self.locality.set_luck(since, value)
        self._visibility: str = settings["visibility"]
        self._promise = next(
            (p.title for p in scenario.story.promises if p.id == settings.get("promise")), ""
        )
        self._options = [[choice.id for choice in inject.choices] for inject in scenario.injects]
        self._happened = Happened(self.locality.names, self._options)
        self._queue: tuple[Move, ...] = ()
        self._ledgers: tuple[tuple[int, Array], ...] = ()  # month, its rows
        self._between: tuple[Array, ...] = ()  # booked since the last month was closed

    # --- the turn ---------------------------------------------------------------------

    @property
    def month(self) -> int:
        """Months lived so far."""
        return self.locality.month

    def open_turn(self) -> None:
        """Begin the next turn: a live matter comes to the table, a hand is dealt."""
        self._queue = ()
        self.locality.open_turn()

    def set_luck(self, since: int, luck: int) -> None:
        """Draw the months from ``since`` on from another luck."""
        self.locality.set_luck(since, luck)

    def live_matter(self) -> str:
        """Id of the turn's live matter, or ""."""
        row = int(self.locality.state.place[LIVE_MATTER]) - 1
        return self.locality.names.matters[row] if row >= 0 else ""

    def choose_live(self, choice: str) -> None:
        """Set what the group does with the live matter."""
        self.locality.state.place[LIVE_CHOICE] = LIVE_CHOICES.index(choice)

    def refusal(self, move: Move, queue: Sequence[Move]) -> str:
        """Why ``move`` cannot join ``queue``, in a reader's words; "" when it can."""
        here = self.locality
        seen = look(here.world, here.names, here.state, self._visibility)
        return Table(here.world, here.names, seen).refusal(move, queue)

    def confide(self, matter: str, what: str) -> str:
        """Do ``what`` with a held confidence; the reason why not, or ""."""
        here, row = self.locality, self.locality.names.matter_row.get(matter, -1)
        if row < 0 or here.state.matter[CONFIDENCE, row] != CONFIDENCE_HELD:
            return _("Nobody has told you that in confidence.")
        before = int(here.ledger.count[0])
        choice = CONFIDENCE_STATES.index(_CONFIDENCE[what])
        here.use_confidence(row, choice)
        self._between = (*self._between, here.rows_of_ledger[before:].copy())
        return ""

    def stop_standing(self, move: str) -> str:
        """Stop a standing move; the reason why not, or ""."""
        standing = self.locality.state.standing
        row = self.locality.names.move_row.get(move, -1) + 1
        slots = np.flatnonzero(standing[STAND_MOVE] == row)
        if row < 1 or not slots.size:
            return _("That does not go on from turn to turn, so it cannot be stopped.")
        standing[:, slots[0]] = 0.0
        return ""

    def ask(self, queue: Sequence[Move]) -> list[list[tuple[str, str]]]:
        """Each queued move's replies, as (partner, reply), in the order in which they sit."""
        here = self.locality
        self._queue = tuple(queue)
        live = int(here.state.place[LIVE_CHOICE])
        here.play(orders_from(queue, here.names, here.world, here.state), live)
        here.ask()
        return [
            [
                (id, REPLIES[int(here.orders.reply[place, here.names.partner_row[id]])])
                for id in here.names.seats
                if here.orders.who[place, here.names.partner_row[id]] > 0.0
            ]
            for place in range(len(queue))
        ]

    def ask_again(self, index: int, who: str) -> str:
        """One partner's reply to queued move ``index`` when asked once more."""
        here, row = self.locality, self.locality.names.partner_row[who]
        here.orders.again[index, row] += 1.0
        here.orders.reply[index, row] = 0.0
        here.ask()
        return REPLIES[int(here.orders.reply[index, row])]

    # --- the months -------------------------------------------------------------------

    def due(self, answers: Mapping[str, str] | None = None) -> list[str]:
        """Id of the inject that wants a choice before the next month, if there is one.

        Those in ``answers`` have theirs; what they bring about may make another fall due.
        """
        here, answers = self.locality, answers or {}
        if here.due() < 0:
            return []
        memo = here.memo()
        here.begin_month()
        found = []
        while (row := here.due()) >= 0:
            if self._options[row] and here.names.injects[row] not in answers:
                found = [here.names.injects[row]]
                break
            self._fire(row, answers)
        here.restore(memo)
        return found

    def run_month(self, answers: Mapping[str, str]) -> list[Event]:
        """Live one month, ``answers`` being the options chosen on what was due."""
        here = self.locality
        here.begin_month()
        while (row := here.due()) >= 0:
            self._fire(row, answers)
        here.finish_month()
        rows = np.concatenate([*self._between, here.rows_of_ledger])
        self._ledgers = (*self._ledgers, (here.month, rows))
        self._between = ()
        return self._happened.events(here.rows_of_events, here.month, self._queue)

    def silence_refusal(self, choice: str) -> str:
        """Why the silence cannot be dealt with so, in a reader's words; "" when it can."""
        cost, money = silences()[choice].cost, float(self.locality.state.place[MONEY])
        if cost <= money:
            return ""
        return _("It costs {cost}, and {money} are left.").format(
            cost=pounds(cost), money=pounds(money)
        )

    def break_silence(self, choice: str, a: str, b: str) -> str:
        """Do ``choice`` about the silence of two, the one who speaks first named first.

        What is to be paid is paid now; its rows wait for the next month.
        """
        here, kind = self.locality, silences()[choice]
        first, second = here.names.partner_row[a], here.names.partner_row[b]
        w, s, *_rest = here.arrays
        outcome = choice
        if kind.ease is not None:
            met = answers(w, here.theta, s, first, second, kind.ease)
            outcome = "met" if met else "left"
        here.state.place[MONEY] = max(0.0, float(here.state.place[MONEY]) - kind.cost)
        start, stop = here.names.silence_rows[outcome]
        break_silence(w, s, start, stop, OUTCOMES.index(outcome), first, second)
        return outcome

    def end(self) -> None:
        """The last turn is over: what comes now comes without the players."""
        self._queue = ()
        self.locality.end()

    def _fire(self, row: int, answers: Mapping[str, str]) -> None:
        chosen = answers.get(self.locality.names.injects[row], "")
        option = self._options[row].index(chosen) if chosen else -1
        self.locality.answer(row, option)

    # --- what there is to see ---------------------------------------------------------

    def observe(
        self,
        queue: Sequence[Move],
        replies: Mapping[str, str] | None = None,
        *,
        paid: bool = False,
    ) -> Observation:
        """What the group can see now, the diary holding ``queue``.

        ``replies`` is each partner's last one; left out, this turn's.  ``paid``: what is in
        the diary has been paid for, as the turn's months have begun.
        """
        here = self.locality
        if replies is None:
            replies = {
                id: REPLIES[int(code)]
                for codes in here.orders.reply
                for id, code in zip(here.names.partners, codes, strict=True)
                if code > 0.0
            }
        seen = observe(
            here.scenario,
            here.world,
            here.names,
            here.state,
            visibility=self._visibility,
            queue=queue,
            promise=self._promise,
            replies=replies,
        )
        return replace(seen, money=float(here.state.place[MONEY])) if paid else seen

    def holds(self, condition: str) -> bool:
        """Whether a condition of the scenario is true now."""
        names, s = self.locality.names, self.locality.state
        values = Values(
            TERMS, names.partner_row, names.matter_row, s.partner, s.pair, s.matter, s.place,
            s.measure,
        )  # fmt: skip
        return bool(interpret(parse(condition), values))

    def moved(
        self,
        quantity: str,
        partners: Sequence[str],
        since: int,
        until: int | None = None,
        *,
        all_seen: bool = False,
    ) -> dict[str, float]:
        """What moved one quantity from that month on: words of the ledger, and how much.

        ``until`` is the last month that counts; every month without it.

        What nobody could see is one sum, "unsaid", unless everything is visible or
        ``all_seen``.
        """
        total: dict[str, float] = {}
        for month, rows in self._ledgers:
            if since <= month <= (month if until is None else until):
                for word, amount in self._entries(rows, quantity, partners, seen=not all_seen):
                    total[word] = total.get(word, 0.0) + amount
        return total

    @property
    def booked_months(self) -> tuple[int, ...]:
        """The months whose ledger there is, in order: those lived in this process."""
        return tuple(month for month, _rows in self._ledgers)

    def booked(
        self, quantity: str, partners: Sequence[str], month: int | None = None
    ) -> list[tuple[str, float]]:
        """A month's entries of one quantity, as (cause, amount), in the ledger's order.

        ``quantity`` is trust, tension, joint (of two), another partner field (of one) or a
        measure (of none).  Without ``month`` it is the last one's.
        """
        if month is None:
            month = self.month
        rows = dict(self._ledgers).get(month)
        return [] if rows is None else self._entries(rows, quantity, partners)

    def measures(self, month: int) -> dict[str, float]:
        """Every measure as it truly was at the end of a month; 0 is before the first."""
        history = self.locality.state.history[:, month]
        return dict(zip(MEASURES, history.tolist()))

    def _entries(
        self, rows: Array, quantity: str, partners: Sequence[str], *, seen: bool = False
    ) -> list[tuple[str, float]]:
        row = [self.locality.names.partner_row[id] for id in partners]
        if len(row) == 2:
            wanted = (G_PAIR, PAIR_FIELDS.index(quantity), *row)
        elif len(row) == 1:
            wanted = (G_PARTNER, PARTNER_FIELDS.index(quantity), *row, -1)
        else:
            wanted = (G_MEASURE, MEASURES.index(quantity), -1, -1)
        of = rows[np.all(rows[:, : 2 + len(row)] == wanted[: 2 + len(row)], axis=1)]
        hidden = seen and self._visibility != "full"
        return [
            (
                "unsaid"
                if hidden and not self._happened.seen(int(cause))
                else self._happened.cause(int(cause), int(which)),
                amount,
            )
            for cause, which, _other, amount in of[:, 4:].tolist()
        ]

    # --- there and back ---------------------------------------------------------------

    def state(self) -> bytes:
        """The whole state, for snapshots and comparisons."""
        return self.locality.state_bytes()

    def set_state(self, state: bytes) -> None:
        """Put a state of :meth:`state` back; ValueError when it does not fit."""
        self.locality.set_state(state)

    def memo(self) -> Any:
        """Everything needed to be as now again."""
        here = self.locality
        orders = Orders(*(column.copy() for column in here.orders))
        kept = (self._queue, self._ledgers, self._between)
        return here.memo(), orders, here.world.luck.copy(), kept

    def restore(self, memo: Any) -> None:
        """Be as when ``memo`` was taken."""
        state, orders, luck, kept = memo
        self.locality.orders = Orders(*(column.copy() for column in orders))
        self.locality.world.luck[:] = luck
        self.locality.restore(state)  # binds the orders to the rules too
        self._queue, self._ledgers, self._between = kept
