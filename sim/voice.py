"""A play's own words: every sentence a group reads, none of them twice.

The words are made anew from what was decided and what came of it, in the order in which it
was shown; so a session that is resumed, undone or replayed reads as it did, and a turn's
words never depend on the turns after it.  What is told of the months has a memory of its
own, so that a run without a window tells them alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import gcd
from typing import TYPE_CHECKING, Final

from sim import phrases, resident
from sim.draws import key32
from sim.labels import calendar, numeral
from sim.minutes import START, Board, Minutes, Place, hush_after, minutes
from sim.moves import Event
from sim.names import Names
from sim.rules.seen import HIDDEN, LAGS
from sim.told import Told
from sim.words import _

if TYPE_CHECKING:
    from sim.headless import Run
    from sim.reveal import Reveal, Surfaced
    from sim.scenario import Scenario
    from sim.session import Session

IN_THE_DIARY: Final = ("reply", "move_played")
"""Events that are told with the moves, not with the months."""


@dataclass(frozen=True)
class Turned:
    """One turn as it is told: what was decided, answered, seen.

    ``seen`` are the events that everybody could see, None for all of them; ``beats`` is
    None as long as nothing has been revealed.  ``replies`` are (move, who, answer),
    ``again`` the one of them that was asked twice.  ``resident`` is the scenario's own text
    for her month, for where nothing is known that one of ours could be made of.
    """

    first_month: int
    month: int
    events: tuple[Event, ...] = ()
    seen: tuple[Event, ...] | None = None
    beats: tuple[Event, ...] | None = None
    replies: tuple[tuple[int, str, str], ...] = ()
    again: tuple[int, str] | None = None
    live: str = ""
    choice: str = ""
    resident: str = ""


@dataclass
class _Words:
    """One turn's words."""

    events: list[str] = field(default_factory=list)
    captions: dict[tuple[int, str], str] = field(default_factory=dict)  # month, matter
    replies: list[str] = field(default_factory=list)
    beats: list[str] = field(default_factory=list)
    minutes: Minutes | None = None
    resident: str = ""
    turned: str = ""  # how the resident's month compares with the one of a turn ago
    live: str = ""


@dataclass(frozen=True)
class _Memory:
    """What was told, who was asked and how hushed it was, before a turn."""

    months: Told
    shown: Told
    asked: dict[str, int]
    hush: float

    def copy(self) -> _Memory:
        return _Memory(self.months.copy(), self.shown.copy(), dict(self.asked), self.hush)


class Voice:
    """Words for a play: ``turns`` so far, the last of them perhaps still open.

    ``series`` are the measures as they were known, a value a month.
    """

    def __init__(
        self,
        scenario: Scenario,
        luck: int,
        turns: Sequence[Turned],
        series: Mapping[str, Sequence[float]],
    ) -> None:
        self.names = Names.of(scenario)
        self._scenario = scenario
        self._luck = luck
        self._place = Place(
            scenario.scenario.place, scenario.time.start_month, scenario.time.start_year
        )
        self._months = Told(luck)  # what is told of the months
        self._shown = Told(luck)  # everything else
        self._asked: dict[str, int] = {}  # partner -> times asked so far
        self._hush = START
        self.start = self._lived(series, 0)
        self.turns: list[_Words] = []
        self._told_of: list[Turned] = []
        self._before: list[_Memory] = []  # what was remembered before each turn
        self.follow(turns, series)

    def follow(self, turns: Sequence[Turned], series: Mapping[str, Sequence[float]]) -> None:
        """Tell what is new in ``turns``: only from the first turn on that is not as it was."""
        same = 0
        for one, other in zip(self._told_of, turns, strict=False):
            if one != other:
                break
            same += 1
        if same < len(self.turns):
            memory = self._before[same].copy()
            self._months, self._shown = memory.months, memory.shown
            self._asked, self._hush = memory.asked, memory.hush
        del self.turns[same:], self._told_of[same:], self._before[same:]
        for turn in turns[same:]:
            memory = _Memory(self._months, self._shown, self._asked, self._hush)
            self._before.append(memory.copy())
            self._told_of.append(turn)
            self.turns.append(self._turn(turn, series))

    # --- what is asked of it --------------------------------------------------------------

    def events(self, turn: int) -> tuple[str, ...]:
        """What a turn's months brought, a sentence an event; "" for what the diary tells."""
        return tuple(self.turns[turn - 1].events)

    def sentence(self, event: Event) -> str:
        """An event that has just happened, as the months tell it."""
        for held, words in zip(reversed(self._told_of), reversed(self.turns), strict=True):
            if event in held.events:
                last = held.events[::-1].index(event)
                return words.events[len(held.events) - 1 - last]
        return phrases.sentence(event, self.names)

    def beats(self, turn: int) -> tuple[str, ...]:
        """A reveal's sentences, one for each beat; one for none."""
        return tuple(self.turns[turn - 1].beats)

    def minutes(self, turn: int) -> Minutes | None:
        """The minutes of a turn's board, once it is over."""
        return self.turns[turn - 1].minutes if 0 < turn <= len(self.turns) else None

    def live(self, turn: int) -> str:
        """Who says what lies on the table, and to whom: "The council says to the hospital:"."""
        return self.turns[turn - 1].live if 0 < turn <= len(self.turns) else ""

    def replies(self, turn: int) -> tuple[str, ...]:
        """A turn's answers, a line each, in their order."""
        return tuple(self.turns[turn - 1].replies)

    def caption(self, told: Surfaced) -> str:
        """How a matter's words came out, in a line."""
        for words in self.turns:
            if (told.month, told.matter) in words.captions:
                return words.captions[told.month, told.matter]
        ways = phrases.ways("OUT")
        event = Event(told.month, "surfaced", {"a": told.a, "b": told.b})
        return phrases.fill(event, self.names, ways[key32(told.matter) % len(ways)])

    def resident(self, turn: int | None = None) -> str:
        """The resident's month, as the last reveal left it, or the one of ``turn``."""
        turns = self.turns if turn is None else self.turns[: max(0, turn)]
        return next((w.resident for w in reversed(turns) if w.resident), self.start)

    def turned(self, turn: int) -> str:
        """Whether a turn made the resident's months better or worse, in a line."""
        return self.turns[turn - 1].turned

    def later(self, events: Sequence[Event]) -> tuple[str, ...]:
        """What happened in the years after, in words that the screen has not used before."""
        return self._after(events, self._shown.copy())

    def months_later(self, events: Sequence[Event]) -> tuple[str, ...]:
        """The months after the last turn, as :meth:`events` tells those before."""
        return self._after(events, self._months.copy())

    def _after(self, events: Sequence[Event], told: Told) -> tuple[str, ...]:
        return tuple(self._told(event, told) for event in events)

    # --- how it is told -------------------------------------------------------------------

    def _turn(self, turn: Turned, series: Mapping[str, Sequence[float]]) -> _Words:
        words = _Words(replies=self._replies(turn), live=self._live(turn))
        for event in turn.events:
            words.events.append(self._told(event, self._months))
            matter = str(event.args.get("matter", ""))
            if event.code in (*phrases.RAISED, "erupted"):
                self._shown.first(f":left:{matter}")  # a sheet of its own has shown the words
            if event.code in phrases.RAISED and matter in self.names.matters:
                words.captions[event.month, matter] = self._caption(event)
        if turn.beats is None:
            return words
        when = self._calendar(turn.month)
        for beat in turn.beats:
            words.beats.append(phrases.sentence(beat, self.names, self._shown, when))
        if not words.beats:
            nothing = phrases.ways("NOTHING")
            words.beats.append(self._shown.say("NOTHING", nothing, str, when))
        words.minutes = self._minutes(turn)
        words.resident = self._lived(series, turn.month, turn.resident)
        way = resident.turned(
            resident.lived(series, turn.first_month - 1), resident.lived(series, turn.month)
        )
        story = self._scenario.story.resident
        words.turned = resident.turned_in_words(way, story, self._shown, when)
        return words

    def _live(self, turn: Turned) -> str:
        """Whoever stands first in a matter is the one who says the nicer thing."""
        if not turn.live:
            return ""
        first = self._shown.first(f":said:{turn.live}")  # no beat need quote it any more
        matter = next((m for m in self._scenario.unsaid if m.id == turn.live), None)
        pair = matter.between if matter else tuple(turn.live.split("~"))
        pool = "LIVE_SMALL" if matter is None else "LIVE" if first else "LIVE_AGAIN"
        event = Event(turn.first_month, "live", dict(zip("ab", pair, strict=True)))
        fill = partial(phrases.fill, event, self.names)
        return self._shown.say(pool, phrases.ways(pool), fill, self._calendar(turn.first_month))

    def _told(self, event: Event, told: Told) -> str:
        if event.code in IN_THE_DIARY:
            return ""
        return phrases.sentence(event, self.names, told, self._calendar(event.month))

    def _caption(self, event: Event) -> str:
        pool = {"raised_well": "HEARD", "raised_badly": "HURT"}.get(event.code, "OUT")
        fill = partial(phrases.fill, event, self.names)
        return self._shown.say(pool, phrases.ways(pool), fill, self._calendar(event.month))

    def _replies(self, turn: Turned) -> list[str]:
        """Each partner runs through the ways to answer on its own, so that an answer which
        is asked for again changes nobody else's words.
        """
        order = {partner.id: place for place, partner in enumerate(self._scenario.partners)}
        asked: dict[str, list[int]] = {}
        for index, (_move, who, _answer) in enumerate(turn.replies):
            asked.setdefault(who, []).append(index)
        found: list[str] = []
        for index, (move, who, answer) in enumerate(turn.replies):
            nth = asked[who].index(index)
            if turn.again == (move, who):
                nth = len(asked[who])
            found.append(self._reply(who, answer, order.get(who, 0), self._asked.get(who, 0) + nth))
        for who, indices in asked.items():
            again = turn.again is not None and turn.again[1] == who
            self._asked[who] = self._asked.get(who, 0) + len(indices) + again
        return found

    def _reply(self, who: str, answer: str, seat: int, nth: int) -> str:
        pool = f"REPLY_{answer.upper()}"
        ways = phrases.ways(pool)
        if not ways:
            return phrases.reply(self.names.partner(who), answer)
        stride = len(self._scenario.partners)
        while gcd(stride, len(ways)) != 1:
            stride += 1
        way = self._shown.order(pool, len(ways))[(seat + nth * stride) % len(ways)]
        said = phrases.fill(Event(0, "reply", {"who": who}), self.names, ways[way])
        if nth < len(ways):
            return said
        return _("{words} That makes {count} times of asking.").format(
            words=said, count=numeral(nth + 1)
        )

    def _minutes(self, turn: Turned) -> Minutes:
        board = Board(
            turn.first_month,
            turn.month,
            turn.events if turn.seen is None else turn.seen,
            tuple((who, answer) for _move, who, answer in turn.replies),
            turn.live,
            turn.choice,
        )
        self._hush = hush_after(self._hush, board, self.names)
        return minutes(board, self._hush, self._place, self.names, self._shown)

    def _lived(self, series: Mapping[str, Sequence[float]], month: int, own: str = "") -> str:
        story = self._scenario.story.resident
        lived = resident.lived(series, month)
        said = resident.month_in_words(lived, story, self._shown, self._calendar(month))
        return said or " ".join((own or story.months.middling).split())

    def _calendar(self, month: int) -> str:
        return calendar(month, self._place.start_month, self._place.start_year)


# --- of a session, and of a run without a window ------------------------------------------


def voice(session: Session) -> Voice:
    """The words of a session as it stands."""
    records = session.records
    last = records[-1] if records else None
    stands = (session.phase, session.month, len(records), last)
    kept = session.words
    if kept is not None and kept[0] == stands:
        held: Voice = kept[1]
        return held
    revealed = {made.turn: made for made in _reveals(session)}
    turns = []
    for record in records:
        reveal = revealed.get(record.turn)
        turns.append(
            Turned(
                first_month=record.first_month,
                month=reveal.month if reveal else record.first_month,
                events=record.events,
                seen=reveal.minutes if reveal else None,
                beats=reveal.beats if reveal else None,
                replies=tuple((r.move_index, r.who, r.reply) for r in record.replies or ()),
                again=record.again,
                live=record.live,
                choice=record.choice if record.live else "",
                resident=reveal.resident if reveal else "",
            )
        )
    series = session.observe().series
    if kept is not None:
        made: Voice = kept[1]
        made.follow(turns, series)
    else:
        made = Voice(session.scenario, session.luck, turns, series)
    session.words = (stands, made)
    return made


def _reveals(session: Session) -> list[Reveal]:
    open_turn = session.turn and session.phase not in ("revealed", "ended")
    return [session.reveal(turn) for turn in range(1, session.turn + (0 if open_turn else 1))]


def voice_of_run(run: Run) -> Voice:
    """The words of a run: the same, as far as they do not need a room."""
    known = {
        name: tuple(
            run.measures[max(0, month - LAGS.get(name, 0))][name]
            for month in range(len(run.measures))
        )
        for name in (run.measures[0] if run.measures else {})
        if LAGS.get(name, 0) != HIDDEN
    }
    turns = [
        Turned(
            first_month=turn.first_month,
            month=turn.first_month + turn.months - 1,
            events=turn.events,
            beats=(),
            replies=tuple((r.move_index, r.who, r.reply) for r in turn.replies),
            live=turn.live.id if turn.live else "",
            choice=turn.choice,
        )
        for turn in run.turns
    ]
    return Voice(run.scenario, run.luck, turns, known)
