"""The minutes of a turn's board: the more was avoided, the shorter and the warmer.

Written from what everybody could see, and from nothing else: every item carries the event
that it is about.  A candid board gets items, actions and disagreements; a careful one gets
"noted"; in the end there is one line, and it is lovely.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from sim.labels import calendar, listed, numeral
from sim.moves import Event
from sim.names import Names
from sim.phrases import fill, quoted, quotes, quoting, ways
from sim.told import Told
from sim.words import _

START: Final = 0.4
"""How hushed a board is before its first meeting, 0 to 1: polite, not yet practised."""
CUTS: Final = (0.4, 0.5, 0.57, 0.64, 0.72)
"""From which hush on the minutes are of the next level.  An assumption of ours: it chooses
words, nothing else."""
LEVELS: Final = len(CUTS) + 1
WORDS: Final = (92, 72, 52, 34, 22, 9)
"""The most words that items and closing may have, by level."""
ITEMS: Final = (4, 4, 3, 2, 1, 0)
_ACTIONS: Final = (2, 1, 0, 0, 0, 0)
_PLAIN_UNTIL: Final = 1  # the last level that calls things by their names

_ANSWERS: Final = ("full", "deputy", "comes")
"""What can be answered to an invitation, the best last.  Whoever was told to do something
("done", "on paper") was not asked to come."""
_SAID: Final = ("raised_well", "raised_badly")
_MATTERS: Final = ("erupted", *_SAID, "avoided")
_OTHER: Final = (
    "taken_over", "merged", "promise_broken", "agreement", "dispute_ended", "joined_table",
    "leader_left", "leader_announced", "project_failed_blamed", "project_failed_learned",
    "project_succeeded", "project_refused", "case_approved", "forecast_missed", "fund_closed",
    "project_started", "project_embedded", "project_spread", "leader_arrived", "fund_paid",
)  # fmt: skip
_NAMES: Final = {
    "project_failed_learned": "FAILED_LEARNED",
    "project_failed_blamed": "FAILED_BLAMED",
}


@dataclass(frozen=True)
class Board:
    """What the minutes of one turn are written from.

    ``events`` as everybody could see them; ``replies`` who answered what, in order;
    ``live`` and ``choice`` what was done with the matter that lay on the table.
    """

    first_month: int
    month: int
    events: tuple[Event, ...]
    replies: tuple[tuple[str, str], ...] = ()
    live: str = ""
    choice: str = ""


@dataclass(frozen=True)
class Place:
    """Whose board it is, and when its first month was."""

    name: str
    start_month: int
    start_year: int


@dataclass(frozen=True)
class Item:
    """One item, with who is to do what, and the event that it tells of."""

    text: str
    action: str
    event: Event


@dataclass(frozen=True)
class Minutes:
    """One meeting's minutes.  ``level`` 0 is candid, the highest one line.

    ``answers`` tells who came to what the group had asked them to.
    """

    heading: str
    when: str
    answers: tuple[str, ...]
    items: tuple[Item, ...]
    close: str
    next: str
    level: int

    @property
    def length(self) -> int:
        """Words of items, actions and closing."""
        return sum(map(count_words, self.body()))

    def body(self) -> list[str]:
        """What was minuted, without heading and dates."""
        said = [part for item in self.items for part in (item.text, item.action) if part]
        return [*said, self.close]

    def lines(self) -> tuple[str, ...]:
        """All of it as lines of text."""
        told = [f"{self.heading}, {self.when}", *self.answers]
        for number, item in enumerate(self.items, start=1):
            told.append(f"{number}. {item.text}")
            if item.action:
                told.append(_("Action: {action}").format(action=item.action))
        told += [self.close, self.next]
        return tuple(line for line in told if line)


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text))


def avoided_share(board: Board, names: Names) -> float | None:
    """How much of what came to the board was avoided, 0 to 1; None when nothing came.

    A matter that the scenario gives words counts twice what a small one does, and twice
    again the one that the group itself said there, or let pass.
    """
    weight = {True: 0.0, False: 0.0}
    for event in board.events:
        if event.code == "avoided" or (event.code in _SAID and at_board(event)):
            worded = str(event.args.get("matter", "")) in names.matters
            chosen = (
                event.args.get("matter") == board.live
                and event.month == board.first_month
                and board.choice != "take_it_outside"
            )
            weight[event.code == "avoided"] += (2.0 if worded else 1.0) * (2.0 if chosen else 1.0)
    total = weight[True] + weight[False]
    return weight[True] / total if total else None


def at_board(event: Event) -> bool:
    """Whether a matter was raised in front of everybody."""
    return bool(event.args.get("at_board"))


def hush_after(before: float, board: Board, names: Names) -> float:
    """How hushed a board is after this: half habit, half what has just been avoided."""
    share = avoided_share(board, names)
    return before if share is None else (before + share) / 2.0


def level_of(hush: float) -> int:
    """The level of the minutes, 0 (candid) to :data:`LEVELS` - 1."""
    return sum(hush >= cut for cut in CUTS)


def minutes(board: Board, hush: float, place: Place, names: Names, told: Told) -> Minutes:
    """The minutes of one turn's board; ``hush`` is :func:`hush_after` it."""
    level = level_of(hush)
    when = span(board.first_month, board.month, place)
    items, left = _items(board, level, names, told, when)
    erupted = any(event.code == "erupted" for event in board.events)
    pool = "MINUTES_CLOSE_ROW" if erupted and level == LEVELS - 1 else f"MINUTES_CLOSE_{level}"
    return Minutes(
        heading=_("{place} Partnership Board").format(place=place.name),
        when=when,
        answers=_answers(board, level, names),
        items=tuple(items),
        close=told.say(pool, ways(pool), str, when, lambda words: count_words(words) <= left),
        next=_next(board.month + 1, place) if level < LEVELS - 1 else "",
        level=level,
    )


def span(first: int, last: int, place: Place) -> str:
    """The turn's months: "April to June 2015"."""
    begins = calendar(first, place.start_month, place.start_year)
    ends = calendar(last, place.start_month, place.start_year)
    if first == last:
        return begins
    if begins[-4:] == ends[-4:]:
        begins = begins[:-5]
    return _("{first} to {last}").format(first=begins, last=ends)


def _items(board: Board, level: int, names: Names, told: Told, when: str) -> tuple[list[Item], int]:
    """The items, and how many words are left for the closing."""
    closing = max(map(count_words, ways(f"MINUTES_CLOSE_{level}")))
    left = WORDS[level] - closing
    items: list[Item] = []
    for event in _chosen(board.events, level, names):
        if len(items) >= ITEMS[level]:
            break
        text = _say(event, _pool(event, level, board, names), left, names, told, when)
        if not text:
            continue
        left -= count_words(text)
        action = ""
        if len(items) < _ACTIONS[level] and event.args.get("matter") in names.matters:
            pool = f"MINUTES_ACTION_{event.code.upper()}"
            action = _say(event, pool, left, names, told, when)
            left -= count_words(action)
        items.append(Item(text, action, event))
    return items, left + closing


def _say(event: Event, pool: str, room: int, names: Names, told: Told, when: str) -> str:
    """An event in a pool's words, in at most ``room`` of them; "" when none is short enough."""

    def fits(words: str) -> bool:
        return count_words(words) <= room

    filled = partial(fill, event, names)
    # what is too long is no way at all: it must not use up the first quoting either
    fitting = tuple(way for way in ways(pool) if fits(filled(way)))
    new = tuple(way for way in fitting if filled(way) not in told.said)
    if not new:
        return ""
    first = not told.knows(f"minutes:{quoted(event)}")
    if event.code in _SAID and first and any(map(quotes, ways(pool))) and not any(map(quotes, new)):
        return ""  # the others tell of what these minutes have told before
    return told.say(pool, quoting(event, new, told, "minutes"), filled, when)


def _chosen(events: Sequence[Event], level: int, names: Names) -> list[Event]:
    """The events worth an item, the first in importance first; one for each subject."""
    matters: dict[str, Event] = {}
    for event in events:
        if event.code in _MATTERS:
            id = str(event.args.get("matter", ""))
            held = matters.get(id)
            # what came out outweighs what did not; of two alike the later one
            if held is None or _MATTERS.index(event.code) <= _MATTERS.index(held.code):
                matters[id] = event
    worded = [e for e in matters.values() if str(e.args.get("matter", "")) in names.matters]
    small = [e for e in matters.values() if e not in worded]
    rest = sorted(
        (event for event in events if event.code in _OTHER),
        key=lambda event: (_OTHER.index(event.code), event.month),
    )
    erupted = [e for e in matters.values() if e.code == "erupted"]
    said = [e for e in worded if e.code in _SAID and at_board(e)]
    told = [e for e in worded if e.code in _SAID and not at_board(e)]
    small = [e for e in small if e.code == "avoided" or at_board(e)]
    avoided = [e for e in worded if e.code == "avoided"]
    if level >= _PLAIN_UNTIL + 3:
        return [*erupted, *avoided, *small]
    if level > _PLAIN_UNTIL + 1:
        return [*erupted, *avoided, *rest, *said, *small]
    if level > _PLAIN_UNTIL:
        return [*erupted, *said[:1], *avoided, *rest, *small]
    return [*erupted, *said, *rest[:1], *avoided[:1], *told, *rest[1:], *avoided[1:], *small]


def _pool(event: Event, level: int, board: Board, names: Names) -> str:
    """Which of the minutes' pools fits an event at a level; "" for none."""
    if level >= _PLAIN_UNTIL + 3:
        return "MINUTES_WARM_ERUPTED" if event.code == "erupted" else "MINUTES_WARM_PAIR"
    manner = "PLAIN" if level <= _PLAIN_UNTIL else "POLITE"
    small = str(event.args.get("matter", "~")) not in names.matters
    name = _NAMES.get(event.code, event.code.upper())
    if event.code == "avoided":
        outside = board.choice == "take_it_outside" and event.month == board.first_month
        if small:
            name = "SMALL"
        elif outside and event.args.get("matter") == board.live:
            name = "OUTSIDE"
    elif event.code in _SAID and small:
        name = "SAID_SMALL" if event.code == "raised_well" else "HURT_SMALL"
    elif event.code in _SAID and not at_board(event):
        name = "ELSEWHERE" if event.code == "raised_well" else "ELSEWHERE_BADLY"
    pool = f"MINUTES_{manner}_{name}"
    return pool if ways(pool) else ""


def _answers(board: Board, level: int, names: Names) -> tuple[str, ...]:
    """Who came to what they were asked to, by the best of their answers; vaguer as it gets
    warmer.  Nobody takes attendance at the board itself.
    """
    best: dict[str, int] = {}
    for who, answer in board.replies:
        if answer in _ANSWERS:
            best[who] = max(best.get(who, 0), _ANSWERS.index(answer))
    if level >= LEVELS - 2 or not best:
        return ()
    full, deputies, came = ([who for who in best if best[who] == k] for k in range(3))
    told = [
        _("Asked to something: {count}. Came: {here}.").format(
            count=numeral(len(best)), here=numeral(len(came))
        )
    ]
    if level > _PLAIN_UNTIL + 1:
        return tuple(told)
    if deputies:
        told.append(_("Sent a deputy: {who}.").format(who=_some(deputies, names)))
    if full:
        told.append(_("Diary full: {who}.").format(who=_some(full, names)))
    return tuple(told)


def _some(ids: Sequence[str], names: Names) -> str:
    """Up to three by name, more by number."""
    if len(ids) > 3:
        return numeral(len(ids))
    return listed([names.partner(id) for id in ids])


def _next(month: int, place: Place) -> str:
    """The first Tuesday of a month of the play."""
    years, index = divmod(place.start_month - 1 + month - 1, 12)
    first = date(place.start_year + years, index + 1, 1)
    day = first + timedelta(days=(1 - first.weekday()) % 7)
    if (day.month, day.day) == (1, 1):
        day += timedelta(days=7)  # not even this Board
    name = calendar(month, place.start_month, place.start_year)
    return _("Next meeting: Tuesday {day} {month}.").format(day=day.day, month=name)
