"""From a moment and a request to futures: who plays which months, and what came of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from sim.batch import Outcome
from sim.fields import CONFIDENCE_HELD, LIVE_CHOICES, MEASURES
from sim.futures.deeds import Deeds, after_turn, answering, turn_legs
from sim.futures.ground import Ground, Kept
from sim.futures.lives import Edit, Leg, Start, in_slices, live
from sim.futures.moment import Moment
from sim.futures.plan import Futures, FuturesError, Plan, Request, Sampling, asked_lucks, lucks_of
from sim.futures.sampling import Crowd, sampled
from sim.moves import Orders
from sim.playbooks import PlaybookStrategy, Scripted, ScriptedTurn, Strategy, load_strategy
from sim.playbooks.interpreter import Book
from sim.rules.seen import L_MONEY, X_CONFIDENCE, Seen
from sim.session import Phase
from sim.silence import silences
from sim.words import _


def usable_cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def futures(
    moment: Moment,
    request: Request | None = None,
    *,
    kept: Kept | None = None,
    cores: int = 1,
    stopped: Callable[[], bool] = lambda: False,
) -> Futures:
    """The futures of ``moment`` that ``request`` asks for, lived in this process.

    The first call compiles the rules, which takes about half a minute once for each
    version of them; :class:`~sim.futures.FuturesWorker` lives them elsewhere.  ``kept``
    saves building the same place again; ``cores`` threads share the work, with the same
    results; :class:`~sim.futures.lives.Stopped` is raised soon after ``stopped()`` is true.

    Raises a UserError: :class:`FuturesError` for what cannot be asked, those of strategies
    and parameters.
    """
    request = request or Request()
    request.check()
    kept = kept or Kept()
    ground = Ground.of(moment, kept)
    lucks = asked_lucks(request)
    months = request.months or (ground.place.months,)
    columns = request.measures or MEASURES
    lives = _Lives(ground, request, max(*months, moment.month))
    crowd: Crowd | None = None
    told: Sampling | None = None
    if request.sampled and not everything_is_seen(moment):
        crowd, told = sampled(
            ground, kept, request.candidates, cores=cores, stopped=stopped,
            compiled=request.compiled,
        )  # fmt: skip
    start = lives.start(crowd)
    legs = lives.legs(sampled=crowd is not None)
    wanted = [MEASURES.index(name) for name in columns]

    def some(first: int, last: int) -> Outcome:
        ends = live(
            start.of(np.arange(first, last)), legs, lucks[first:last], months=months,
            compiled=request.compiled,
        )  # fmt: skip
        return ends.outcome._replace(measures=ends.outcome.measures[:, :, wanted])

    parts = in_slices(len(lucks), some, cores=cores, stopped=stopped)
    return Futures(
        months=tuple(months),
        measures=tuple(columns),
        values=np.concatenate([part.measures for part in parts]),
        endings=ground.place.endings,
        ending=np.concatenate([part.ending for part in parts]),
        promises=ground.place.promises,
        kept=np.concatenate([part.kept for part in parts]),
        lucks=tuple(lucks),
        sampling=told,
    )


def everything_is_seen(moment: Moment) -> bool:
    """Whether nothing about this moment is hidden from the group."""
    return moment.settings["visibility"] == "full" or moment.phase is Phase.ENDED


class _Lives:
    """Who decides which months of a request's futures."""

    def __init__(self, ground: Ground, request: Request, last: int) -> None:
        self._ground = ground
        self._plan: Plan = request.plan
        self._seed = request.seed
        self._last = last
        self._deeds = Deeds(ground)
        self._strategy = self._who()
        _check_turns(ground.moment, self._plan, len(ground.place.scenario.time.turns))
        turns = {turn: one for turn, one in self._plan.turns.items() if not self._is_now(turn)}
        self._book: Book = ground.place.book(self._strategy, turns)

    def start(self, crowd: Crowd | None) -> Start:
        """Where they begin: in the state as it is, or in states that fit what was seen."""
        ground = self._ground
        if crowd is not None:
            return Start(ground.place, ground.theta, crowd.states, 1, None, crowd.began)
        packed = ground.moment.over or ground.moment.state
        since = ground.moment.month + 1
        return Start(ground.place, ground.theta, ground.block(packed), since, ground.luck)

    def legs(self, *, sampled: bool) -> list[Leg]:
        """What they live through, up to the last month asked for."""
        moment = self._ground.moment
        if moment.phase is Phase.ENDED:
            return [Leg(self._last, self._book)]
        if self._plan.lived:
            return self._as_lived()
        now = self._now(sampled)
        later = Leg(self._last, self._book)
        return [*now, later] if now else [later]

    def _who(self) -> Strategy:
        follow = self._plan.follow
        if isinstance(follow, str):
            return load_strategy(follow)
        return follow if isinstance(follow, Scripted) else PlaybookStrategy(follow)

    def _is_now(self, turn: int) -> bool:
        return self._ground.moment.open and turn == self._ground.moment.turn

    # --- the present turn -------------------------------------------------------------

    def _now(self, sampled: bool) -> list[Leg]:
        """The rest of the present turn, where it is not simply the strategy's."""
        moment, ground = self._ground.moment, self._ground
        before: list[Edit] = []
        queued: Orders | None = None
        if moment.open:
            seen = ground.seen(moment.state)
            given = self._plan.turns.get(moment.turn)
            if given is not None:
                queued = self._by_hand(given, seen)
                before.append(self._deeds.live(given.live))
            elif moment.decided:
                queued = ground.queue(moment.turns[-1].record, seen)
            elif sampled:
                queued = self._by_sight(seen, before)
        if moment.silent and self._plan.silence is not None:
            before.append(self._word(*self._plan.silence))
        answers, card = self._answers()
        if not before and queued is None and not answers and card < 0:
            return []
        last = min(self._last, ground.end_of(moment.turn))
        book = answering(ground, self._book, answers)
        return [Leg(last, book, queued, card, tuple(before))]

    def _by_hand(self, given: ScriptedTurn, seen: Seen) -> Orders:
        """The moves given for the turn, if each could be put into the diary."""
        moment = self._ground.moment
        if given.live not in LIVE_CHOICES:
            raise FuturesError(_("There is no such choice: {choice}.").format(choice=given.live))
        table = self._ground.table(seen, 0)
        for k, move in enumerate(given.moves):
            if reason := table.refusal(move, given.moves[:k]):
                raise FuturesError(
                    _("Turn {turn} cannot be played like that.").format(turn=moment.turn), reason
                )
        record = moment.turns[-1].record
        return self._ground.queue(replace(record, moves=given.moves, replies=None), seen)

    def _by_sight(self, seen: Seen, before: list[Edit]) -> Orders:
        """What the strategy does in the open turn: it sees what the group sees."""
        record = self._ground.moment.turns[-1].record
        choice = self._strategy.choose(self._ground.table(seen, lucks_of(self._seed, 1, "lots")[0]))
        before.append(self._deeds.live(choice.live))
        what = confidence_of(self._strategy)
        held = np.flatnonzero(seen.matter[X_CONFIDENCE] == CONFIDENCE_HELD)
        if what != "hold":
            matters = self._ground.place.names.matters
            before.append(self._deeds.confide([(matters[row], what) for row in held]))
        return self._ground.queue(replace(record, moves=choice.moves, replies=None), seen)

    def _answers(self) -> tuple[dict[str, str], int]:
        """Answers to this turn's cards, and the row of the one on the table, or -1."""
        moment, place = self._ground.moment, self._ground.place
        answers = dict(self._plan.answers)
        for card, option in answers.items():
            known = {inject.id: inject.choices for inject in place.scenario.injects}
            if option not in [choice.id for choice in known.get(card, ())]:
                raise FuturesError(
                    _("The card “{card}” has no answer “{option}”.").format(
                        card=card, option=option
                    )
                )
        if moment.answer:
            answers[moment.card] = moment.answer
        return answers, place.names.injects.index(moment.card) if moment.card else -1

    def _word(self, choice: str, who: str) -> Edit:
        """The silence that waits is dealt with like this."""
        a, b, _matter = self._ground.moment.silent[0]
        if choice not in silences():
            raise FuturesError(_("There is no such choice: {choice}.").format(choice=choice))
        kind = silences()[choice]
        if kind.of_one and who not in (a, b):
            raise FuturesError(_("One of the two who fell out has to speak first: say which."))
        if kind.cost > self._ground.seen(self._ground.moment.state).place[L_MONEY]:
            raise FuturesError(_("There is not enough money left for that."))
        return self._deeds.say(choice, *((b, a) if who == b else (a, b)))

    # --- as it was --------------------------------------------------------------------

    def _as_lived(self) -> list[Leg]:
        """Turns as they were lived, then the strategy."""
        moment, deeds, book = self._ground.moment, self._deeds, self._book
        legs: list[Leg] = []
        for lived in self._plan.lived:
            now = lived.turn == moment.turn
            if moment.phase is Phase.REVEALED and not legs:
                done = moment.turns[-1]
                if now:  # what was done after its reveal, as far as it is not done yet
                    done = replace(lived, settled=len(done.record.confided))
                legs.append(after_turn(deeds, done, book))
                if now:
                    continue
            since = moment.month if now else lived.record.first_month - 1
            known = len(moment.turns[-1].silences) if now else 0
            legs += turn_legs(self._ground, deeds, lived, book, since=since, known=known)
            if lived.revealed:
                legs.append(after_turn(deeds, lived, book))
        if moment.card and legs:
            legs[0] = replace(legs[0], card=self._answers()[1])
        before = [leg for leg in legs if leg.last < self._last]
        return [*before, *_cut(legs[len(before) :], self._last), Leg(self._last, book)]


def _cut(legs: Sequence[Leg], last: int) -> list[Leg]:
    """The first of these legs, as far as month ``last``."""
    return [replace(leg, last=last, opens=False) for leg in legs[:1]]


def confidence_of(strategy: Strategy) -> str:
    """What a strategy does with confidences: keep, go_back, use or hold."""
    if isinstance(strategy, Scripted):
        return strategy.confidence
    return strategy.playbook.confidence


def _check_turns(moment: Moment, plan: Plan, turns: int) -> None:
    """Raise FuturesError for turns that are over, or that there are not."""
    choosing = moment.phase is Phase.CHOOSING
    first = moment.turn if choosing else moment.turn + 1
    for turn in plan.turns:
        if turn < first:
            raise FuturesError(
                _("Turn {turn} has been decided already.").format(turn=turn),
                _("From here on, turns {first} to {last} can be.").format(first=first, last=turns),
            )
        if turn > turns:
            raise FuturesError(
                _("There is no turn {turn}.").format(turn=turn),
                _("The last one is turn {last}.").format(last=turns),
            )
    numbers = [lived.turn for lived in plan.lived]
    if numbers and (
        numbers[0] not in (moment.turn, first)
        or numbers != list(range(numbers[0], numbers[0] + len(numbers)))
    ):
        raise FuturesError(
            _("Turns can be lived again only one after the other, from turn {first} on.").format(
                first=first
            )
        )
