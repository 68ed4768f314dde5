"""Who plays on, and how: what a plan decides, and what is said where it cannot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from futures.moments import KEPT, at_first, of, played

from sim.errors import UserError
from sim.futures import (
    FuturesError,
    Plan,
    Request,
    Stopped,
    futures,
    lucks_of,
    moment_of,
)
from sim.futures.ground import Ground, many
from sim.futures.lives import Leg, Start, live
from sim.moves import Move
from sim.playbooks import PlaybookError, Scripted, ScriptedTurn, load_strategy
from sim.session import Phase
from sim.state import INJ_MONTH

pytestmark = [pytest.mark.compiled, pytest.mark.timeout(1200)]

TALK = Move("honest_conversation", ("council", "hospital"))


def test_each_future_has_its_luck_however_many_there_are() -> None:
    moment = at_first()
    few, many = of(moment, count=3, months=(12,)), of(moment, count=40, months=(12,))
    assert many.lucks[:3] == few.lucks == lucks_of(1, 3)
    np.testing.assert_array_equal(many.values[:3], few.values)
    assert len(set(many.of("trust"))) == 40
    other = of(moment, count=3, months=(12,), seed=2)
    assert not set(other.lucks) & set(few.lucks)


def test_threads_share_the_work_and_change_nothing() -> None:
    moment = at_first()
    asked = Request(Plan("random"), count=70, months=(6, 12))
    one = futures(moment, asked, kept=KEPT)
    two = futures(moment, asked, kept=KEPT, cores=2)
    np.testing.assert_array_equal(one.values, two.values)


def test_what_has_been_stays_and_what_comes_is_open() -> None:
    moment = played().one(turn=4)
    found = of(moment, count=20, months=(0, 5, 9, 12))
    was = played().history[[0, 5, 9]]
    np.testing.assert_array_equal(found.values[:, :3], np.broadcast_to(was, (20, *was.shape)))
    assert len(set(found.of("trust"))) == 20


def test_two_plans_differ_only_through_what_was_decided() -> None:
    moment = at_first()
    talk, rest = Plan(turns={1: ScriptedTurn(moves=(TALK,))}), Plan()
    said, unsaid = (of(moment, plan, count=200, months=(3, 36)) for plan in (talk, rest))
    assert not of(moment, rest, count=200, months=(3, 36)).against(unsaid, "trust").any()
    apart = said.against(unsaid, "tension", 3)
    assert apart.any()
    assert np.std(apart) < np.std(said.of("tension", 3) - said.of("tension", 36))
    with pytest.raises(ValueError, match="same lucks"):
        said.against(of(moment, rest, count=200, seed=2), "trust")


def test_only_the_measures_that_were_asked_for() -> None:
    found = of(at_first(), count=4, months=(1, 2), measures=("trust", "unmet_need"))
    assert found.values.shape == (4, 2, 2)
    every = of(at_first(), count=4, months=(1, 2))
    np.testing.assert_array_equal(found.of("unmet_need", 1), every.of("unmet_need", 1))


def test_later_turns_may_be_given_too() -> None:
    moment = at_first()
    script = Scripted([ScriptedTurn(), ScriptedTurn("say_it_here", (TALK,))])
    given = Plan(turns={1: ScriptedTurn(), 2: ScriptedTurn("say_it_here", (TALK,))})
    one, other = of(moment, Plan(script), count=20), of(moment, given, count=20)
    np.testing.assert_array_equal(one.values, other.values)
    assert (one.values != of(moment, count=20).values).any()


def test_a_playbook_of_ones_own() -> None:
    moment = at_first()
    strategy = load_strategy("relational")
    assert not isinstance(strategy, Scripted)
    one = of(moment, Plan(strategy.playbook), count=5)
    np.testing.assert_array_equal(one.values, of(moment, Plan("relational"), count=5).values)


def test_the_card_on_the_table_comes_and_its_answer_counts() -> None:
    moment = next(m for m in played().moments if m.card and not m.answer)
    scenario = played().session.scenario
    choices = next(i.choices for i in scenario.injects if i.id == moment.card)
    arms = [of(moment, Plan(answers={moment.card: c.id}), count=30, months=(36,)) for c in choices]
    assert (arms[0].values != arms[-1].values).any()
    given = played().one(card=moment.card, month=moment.month, phase=Phase.RUNNING)
    as_answered = of(moment, Plan(answers={given.card: given.answer}), count=30, months=(36,))
    np.testing.assert_array_equal(as_answered.values, of(given, count=30, months=(36,)).values)


def test_the_card_on_the_table_comes_whatever_luck_would_have_dealt() -> None:
    by_luck = []
    for moment in (m for m in played().moments if m.card and not m.answer):
        ground = Ground.of(moment, KEPT)
        names, book = ground.place.names, ground.place.book(load_strategy("do-nothing"))
        row, now = names.injects.index(moment.card), moment.month + 1
        start = Start(ground.place, ground.theta, ground.block(moment.state), now, ground.luck)
        came = []
        for card in (row, -1):
            ends = live(start, [Leg(now, book, card=card)], range(30), keep=True)
            came.append(many(ends.state, names.shape).inject[:, INJ_MONTH, row] == now)
        assert came[0].all()
        by_luck.append(came[1].all())
    assert not all(by_luck)


def test_a_word_after_a_row() -> None:
    moment = next(m for m in played().moments if m.silent)
    first = moment.silent[0][1]
    spoken = of(moment, Plan(silence=("speak", first)), count=30, months=(36,))
    passed = of(moment, Plan(silence=("next", "")), count=30, months=(36,))
    np.testing.assert_array_equal(passed.values, of(moment, count=30, months=(36,)).values)
    assert (spoken.values != passed.values).any(axis=(1, 2)).all()
    with pytest.raises(FuturesError, match="speak first"):
        of(moment, Plan(silence=("speak", "nobody")))


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (Plan(turns={1: ScriptedTurn(moves=(Move("coffee"),))}), "Turn 1 cannot be played"),
        (Plan(turns={1: ScriptedTurn("shout")}), "no such choice: shout"),
        (Plan(turns={9: ScriptedTurn()}), "no turn 9"),
        (Plan(answers={"january": "hope"}), "no answer “hope”"),
        (Plan("systems-leader"), "no strategy called"),
    ],
)
def test_what_cannot_be_is_said(plan: Plan, words: str) -> None:
    with pytest.raises(UserError, match=words):
        of(at_first(), plan)


def test_what_has_been_decided_cannot_be_decided_again() -> None:
    session = played().session
    with pytest.raises(FuturesError, match="Turn 2 has been decided"):
        of(played().one(turn=2, phase=Phase.RUNNING), Plan(turns={2: ScriptedTurn()}))
    with pytest.raises(FuturesError, match="one after the other, from turn 3"):
        of(moment_of(session.lines, session.scenario, turn=3), Plan(lived=played().lived[5:]))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"count": 0}, "0 futures"),
        ({"months": (121,)}, "month 120"),
        ({"measures": ("happiness",)}, "no measure “happiness”"),
    ],
)
def test_numbers_and_names_that_cannot_be(asked: dict[str, object], words: str) -> None:
    with pytest.raises(FuturesError, match=words):
        of(at_first(), **asked)


def test_a_state_of_another_program_is_refused_in_a_sentence() -> None:
    broken = replace(at_first(), state=at_first().state[:-8])
    with pytest.raises(FuturesError, match="another version"):
        of(broken)


def test_a_playbook_that_does_not_fit_the_scenario() -> None:
    strategy = load_strategy("repeat:coffee")
    assert not isinstance(strategy, Scripted)
    rule = strategy.playbook.rules[0].model_copy(update={"move": "fly"})
    book = strategy.playbook.model_copy(update={"rules": (rule,)})
    with pytest.raises(PlaybookError, match="fly"):
        of(at_first(), Plan(book))


def test_whoever_no_longer_wants_to_know_is_left_alone() -> None:
    asked = Request(count=5000)
    with pytest.raises(Stopped):
        futures(at_first(), asked, kept=KEPT, cores=2, stopped=lambda: True)
