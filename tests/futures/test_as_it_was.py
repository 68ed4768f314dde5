"""A future under the session's own luck and decisions is what happened, to the bit."""

from __future__ import annotations

import numpy as np
import pytest
from futures.moments import KEPT, PLACE, begun, kind, of, play, played

from sim.fields import MEASURES
from sim.futures import Moment, Plan, Request, futures, moment_of
from sim.headless import play_through
from sim.library import scenario
from sim.moves import Move
from sim.playbooks import ScriptedTurn, load_strategy
from sim.session import Phase

pytestmark = [pytest.mark.compiled, pytest.mark.timeout(1200)]

ALL = tuple(range(73))


def test_that_play_has_everything_in_it() -> None:
    lived = played().lived
    assert any(turn.silences for turn in lived)
    assert any(turn.record.again for turn in lived)
    assert any(turn.record.confided for turn in lived)
    assert any(turn.record.answers for turn in lived)


def test_from_every_turn_on() -> None:
    """Its moves, its replies, whom it asked again, confidences, cards, words after rows."""
    session, lived = played().session, played().lived
    for turn in range(1, 9):
        moment = moment_of(session.lines, session.scenario, turn=turn)
        found = of(moment, Plan(lived=lived[turn - 1 :]), lucks=(4,), months=ALL)
        np.testing.assert_array_equal(found.values[0], played().history[:73])
        assert session.ending is not None
        assert found.endings[found.ending[0]] == session.ending.id


def test_from_every_kind_of_moment_on() -> None:
    """Also from within a turn: asked, before a card, before a word, between two turns."""
    kinds = {(*kind(moment), moment.open): moment for moment in played().moments}
    for moment in kinds.values():
        rest = () if moment.phase is Phase.ENDED else played().lived[moment.turn - 1 :]
        found = of(moment, Plan(lived=rest), lucks=(4,), months=ALL)
        np.testing.assert_array_equal(
            found.values[0], played().history[:73], err_msg=str(kind(moment))
        )
    assert len(kinds) >= 8


@pytest.mark.parametrize(
    ("luck", "settings"),
    [
        (2, {"visibility": "fog", "shocks": "full", "parameters": {"trust_gain": 0.07}}),
        (9, {"hand": "all", "theories": ["silence_is_harmless"], "replies": False}),
    ],
)
def test_whatever_the_settings(luck: int, settings: dict[str, object]) -> None:
    there = play(begun(luck, **settings), 2)
    for moment in (there.moments[0], there.one(turn=2)):
        plan = Plan(lived=there.lived[moment.turn - 1 :])
        found = of(moment, plan, lucks=(luck,), months=tuple(range(7)))
        np.testing.assert_array_equal(found.values[0], there.history[:7])


def test_interpreted_too() -> None:
    session = played().session
    moment = moment_of(session.lines, session.scenario, turn=8)
    asked = Request(Plan(lived=played().lived[7:]), lucks=(4,), months=(36,), compiled=False)
    found = futures(moment, asked, kept=KEPT)
    np.testing.assert_array_equal(found.values[0, 0], played().history[36])


def test_a_strategy_from_the_first_choices_on_is_a_run_of_it() -> None:
    moment = Moment.of(begun(12))
    run = play_through(scenario(PLACE), load_strategy("systems-leadership"), luck=12, months=37)
    found = of(moment, Plan("systems-leadership"), lucks=(12,), months=(0, 12, 37))
    for at, month in enumerate(found.months):
        assert found.values[0, at].tolist() == [run.measures[month][name] for name in MEASURES]
    assert found.endings[found.ending[0]] == run.ending
    assert tuple(np.array(found.promises)[found.kept[0]]) == run.promises


def test_what_lies_in_the_diary_is_asked_and_played() -> None:
    """As the session goes on when nobody asks again and cards are answered as is usual."""
    session = begun(8)
    session.choose(Move("coffee", ("council", "hospital")))
    session.choose(Move("listen", ("gps",)))
    moment = Moment.of(session)
    while session.phase is not Phase.REVEALED:
        report = session.run_month()
        if report.pending is not None:
            session.answer(report.pending.default)
    found = of(moment, lucks=(8,), months=(3,))
    state = session._play.engine.locality.state
    np.testing.assert_array_equal(found.values[0, 0], state.history[:, 3])


def test_the_same_turn_by_hand() -> None:
    """A turn's decisions given as moves are the decisions that lie in the diary."""
    session = played().session
    opened = moment_of(session.lines, session.scenario, turn=2)
    decided = moment_of(session.lines, session.scenario, turn=2, decided=True)
    record = decided.turns[-1].record
    assert record.moves
    assert record.choice == "say_it_here"
    assert not record.confided
    by_hand = Plan(turns={2: ScriptedTurn(record.choice, record.moves)})
    one, other = of(opened, by_hand, count=20), of(decided, count=20)
    np.testing.assert_array_equal(one.values, other.values)


def test_once_it_has_ended_the_ending_stays_and_the_years_after_are_open() -> None:
    there = played()
    assert there.session.ending is not None
    found = of(there.moments[-1], count=5, months=(72, 84))
    assert {found.endings[k] for k in found.ending} == {there.session.ending.id}
    assert len(set(found.of("staff_joint_working", 84))) == 5
    np.testing.assert_array_equal(found.values[:, 0], [there.history[72]] * 5)
