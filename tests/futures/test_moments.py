"""A moment is taken from what is written down; the session never knows."""

from __future__ import annotations

import pickle

import pytest
from futures.moments import begun, kind, played

from sim.futures import Moment, moment_of
from sim.journal import unpack
from sim.moves import Move
from sim.session import AsRecorded, NoSuchThing, Phase, Session

COFFEE = Move("coffee", ("council", "hospital"))


def test_taking_one_leaves_the_session_as_it_was() -> None:
    session = begun()
    session.choose(COFFEE)
    state, lines, phase = session.state(), session.lines, session.phase
    Moment.of(session)
    assert (session.state(), session.lines, session.phase) == (state, lines, phase)


def test_it_holds_the_state_the_luck_and_what_lies_in_the_diary() -> None:
    session = begun(5)
    session.choose(COFFEE)
    moment = Moment.of(session)
    assert unpack(moment.state) == session.state()
    assert moment.luck == ((1, 5),)
    assert moment.open
    assert moment.decided
    assert moment.turns[-1].record.replies is None
    session.replies()
    asked = Moment.of(session)
    assert unpack(asked.state) == session.state()
    assert asked.open
    assert len(asked.turns[-1].record.replies or ()) == 2
    session.run_month()
    running = Moment.of(session)
    assert unpack(running.state) == session.state()
    assert (running.open, running.month) == (False, 1 if running.phase is Phase.RUNNING else 0)


def test_it_travels() -> None:
    moment = played().moments[-1]
    assert pickle.loads(pickle.dumps(moment)) == moment


def test_there_is_one_at_every_step_of_a_play() -> None:
    """Choosing, asked, running, before a card, answered, before a word, between turns, ended."""
    kinds = {kind(moment) for moment in played().moments}
    assert {phase for phase, *_ in kinds} == set(Phase)
    assert (Phase.AWAITING, True, False, False) in kinds
    assert (Phase.RUNNING, True, True, False) in kinds
    assert (Phase.AWAITING, False, False, True) in kinds


def test_an_earlier_one_is_the_one_that_was() -> None:
    session = played().session
    for turn in (1, 4, 8):
        earlier = moment_of(session.lines, session.scenario, turn=turn)
        taken = [m for m in played().moments if m.turn == turn and m.phase is Phase.CHOOSING]
        assert taken[0] == earlier
        decided = moment_of(session.lines, session.scenario, turn=turn, decided=True)
        assert taken[-1] == decided


def test_decisions_that_were_taken_back_are_not_in_it() -> None:
    session = begun()
    before = Moment.of(session)
    session.choose(COFFEE)
    session.run_month()
    session.undo()
    after = Moment.of(session)
    assert (after.state, after.phase, after.decided) == (before.state, before.phase, False)
    assert after.turns == before.turns


def test_a_diary_may_be_closed_with_nothing_in_it() -> None:
    moment = Moment.of(begun())
    assert not moment.decided
    assert moment.as_it_stands().decided


def test_the_luck_of_a_branch_begins_where_it_left() -> None:
    session = begun()
    session.run_month()
    branch = session.branch("", 1, luck=99)
    assert Moment.of(branch).luck == ((1, 4), (1, 99))


def test_a_turn_that_has_not_come_has_none() -> None:
    session = begun()
    with pytest.raises(NoSuchThing, match="no such moment in turn 2"):
        moment_of(session.lines, session.scenario, turn=2)
    with pytest.raises(NoSuchThing, match="no such moment in turn 1"):
        moment_of(session.lines, session.scenario, turn=1, decided=True)


def test_what_is_only_shown_as_it_was_recorded_has_none() -> None:
    session = begun()
    shown = Session(session._play, session._journal, recorded="0.0.1")
    with pytest.raises(AsRecorded, match="version"):
        Moment.of(shown)
