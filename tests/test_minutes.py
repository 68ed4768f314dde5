"""The minutes' scale: more avoided, more hushed; and never more words than a level has."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sim.minutes import (
    LEVELS,
    WORDS,
    Board,
    Place,
    avoided_share,
    hush_after,
    level_of,
    minutes,
)
from sim.moves import Event
from sim.names import MatterWords, Names
from sim.told import Told

NAMES = Names(
    partners={"council": "Northmarsh Council", "hospital": "Saltmere General", "gps": "Marsh GPs"},
    roles={"council": "Director of Adult Social Care", "hospital": "Chief Executive"},
    matters={
        id: MatterWords(f"We value our {id}.", f"You hold back the {id}.", "", "")
        for id in ("nights", "money", "nurses", "forms")
    },
)
PLACE = Place("Northmarsh", 4, 2015)
HOW = ("avoided", "raised_well", "raised_badly")


def came(matter: str, how: str, month: int = 1) -> Event:
    return Event(
        month, how, {"a": "council", "b": "hospital", "matter": matter, "at_board": 1}
    )  # fmt: skip


boards = st.builds(
    lambda events: Board(1, 3, tuple(events)),
    st.lists(
        st.builds(
            came,
            st.sampled_from((*NAMES.matters, "council~gps", "gps~hospital")),
            st.sampled_from(HOW),
            st.integers(1, 3),
        ),
        min_size=1,
        max_size=10,
    ),
)
habits = st.floats(0.0, 1.0)


@given(boards, habits, st.data())
def test_what_is_said_instead_of_avoided_never_hushes(
    board: Board, habit: float, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(board.events) - 1))
    changed = replace(board.events[at], code="avoided")
    events = (*board.events[:at], changed, *board.events[at + 1 :])
    silent = hush_after(habit, replace(board, events=events), NAMES)
    assert silent >= hush_after(habit, board, NAMES)
    assert level_of(silent) >= level_of(hush_after(habit, board, NAMES))
    assert hush_after(habit, board, NAMES) <= hush_after(min(1.0, habit + 0.1), board, NAMES)


@given(boards, habits, st.integers(0, 2**64 - 1))
def test_no_level_has_more_words_than_it_may(board: Board, habit: float, luck: int) -> None:
    hush = hush_after(habit, board, NAMES)
    made = minutes(board, hush, PLACE, NAMES, Told(luck))
    assert made.level == level_of(hush)
    assert made.length <= WORDS[made.level]
    assert all(item.event in board.events for item in made.items)
    assert minutes(board, hush, PLACE, NAMES, Told(luck)) == made


@given(boards, st.integers(0, 2**64 - 1))
def test_the_same_board_is_written_shorter_the_more_hushed_it_is(board: Board, luck: int) -> None:
    length = [
        minutes(board, hush, PLACE, NAMES, Told(luck)).length
        for hush in (0.1, 0.45, 0.53, 0.6, 0.7, 0.9)
    ]
    assert length[-1] <= 9
    assert min(length) in length[-2:]
    if any(event.args["matter"] in NAMES.matters for event in board.events):
        assert length[-2] <= length[0] + 4
    # a board with nothing but one small thing has little to say anyway


def test_what_the_group_chose_to_say_counts_double() -> None:
    board = Board(1, 3, (came("nights", "raised_well"), came("money", "avoided", 2)))
    assert avoided_share(board, NAMES) == 0.5
    chosen = replace(board, live="nights", choice="say_it_here")
    assert avoided_share(chosen, NAMES) == 1 / 3
    passed = replace(board, live="money", first_month=2, choice="let_it_pass")
    assert avoided_share(passed, NAMES) == 2 / 3
    assert avoided_share(replace(passed, choice="take_it_outside"), NAMES) == 0.5


def test_what_was_said_elsewhere_is_not_the_board_s_candour() -> None:
    away = replace(
        came("nights", "raised_well"), args=came("nights", "raised_well").args | {"at_board": 0}
    )
    assert avoided_share(Board(1, 3, (away,)), NAMES) is None
    assert hush_after(0.7, Board(1, 3, (away,)), NAMES) == 0.7


def test_a_quote_that_does_not_fit_is_kept_for_another_time() -> None:
    long = "You hold back " + " ".join(["the nights"] * 40) + "."
    worded = NAMES.matters["nights"]
    names = replace(NAMES, matters={"nights": replace(worded, left_unsaid=long)})
    told = Told(3)
    board = Board(1, 3, (came("nights", "raised_well"),))
    made = minutes(board, 0.1, PLACE, names, told)
    assert made.length <= WORDS[0]
    # the other ways are about what was said before, and nothing was minuted before
    assert made.items == ()
    later = minutes(board, 0.1, PLACE, NAMES, told)
    assert [worded.left_unsaid in item.text for item in later.items] == [True]


def test_the_minutes_say_who_answered_what_and_nothing_of_who_sat_there() -> None:
    replies = (
        ("council", "full"), ("council", "comes"), ("hospital", "deputy"), ("gps", "on_paper"),
    )  # fmt: skip
    board = Board(1, 3, (came("nights", "avoided"),), replies)

    def answers(board: Board, hush: float) -> str:
        return " ".join(minutes(board, hush, PLACE, NAMES, Told(1)).answers)

    assert answers(board, 0.1) == (
        "Asked to something: two. Came: one. Sent a deputy: Saltmere General."
    )
    assert answers(board, 0.6) == "Asked to something: two. Came: one."
    assert answers(board, 0.9) == ""
    full = replace(board, replies=(("gps", "full"), ("hospital", "done")))
    assert answers(full, 0.1) == "Asked to something: one. Came: none. Diary full: Marsh GPs."
    # whoever was only told to do something was asked to come to nothing
    assert answers(replace(board, replies=(("gps", "done"), ("hospital", "ignored"))), 0.1) == ""


def test_a_row_that_the_loveliest_minutes_hint_at_may_have_come_in_any_way() -> None:
    row = came("nights", "erupted")
    for luck in range(40):
        said = minutes(Board(1, 3, (row,)), 0.95, PLACE, NAMES, Told(luck)).close
        assert not re.search(r"\b(post|postman|letter|newspaper|photograph|corresp\w+)\b", said)


def test_they_never_meet_on_new_year_s_day() -> None:
    board = Board(7, 9, (came("nights", "avoided"),))
    place = replace(PLACE, start_year=2018)
    assert minutes(board, 0.1, place, NAMES, Told(1)).next == (
        "Next meeting: Tuesday 8 January 2019."
    )
    assert len(WORDS) == LEVELS
