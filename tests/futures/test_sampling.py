"""States that fit what was seen: found without a look at what was not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from futures.moments import KEPT, at_first, begun, of, play, played

from sim.batch.run import Ends
from sim.fields import (
    AVOIDANCE,
    LIVE_MATTER,
    MONTH,
    SAFETY,
    SLACK,
    TRUST,
    TURN,
    TURN_MONTH,
    WEIGHT,
)
from sim.futures import Kept, Moment, Plan, Request, futures, moment_of
from sim.futures.deeds import Deeds, after_turn, turn_legs
from sim.futures.ground import Ground, many
from sim.futures.likeness import distance, looks
from sim.futures.lives import Start, live
from sim.futures.sampling import sampled
from sim.journal import pack, unpack
from sim.playbooks import load_strategy
from sim.rules.seen import Q_TRUST, Seen
from sim.state import state_bytes, state_from_bytes

pytestmark = [pytest.mark.compiled, pytest.mark.timeout(1200)]


def otherwise(moment: Moment) -> Moment:
    """A session that looked the same throughout, and was not."""
    shape = Ground.of(moment, KEPT).place.names.shape

    def changed(packed: str) -> str:
        if not packed:
            return ""
        state = state_from_bytes(unpack(packed), shape)
        state.partner[AVOIDANCE] = 0.99 - state.partner[AVOIDANCE]
        state.partner[SAFETY] *= 0.5
        state.partner[SLACK] += 1e-4
        state.pair[TRUST] -= 1e-9
        state.matter[WEIGHT] += 0.3
        return pack(state_bytes(state))

    turns = tuple(
        replace(turn, opened=changed(turn.opened), revealed=changed(turn.revealed))
        for turn in moment.turns
    )
    return replace(moment, state=changed(moment.state), turns=turns)


def flat(seen: Seen) -> np.ndarray:
    """What was seen, as the kernel writes it."""
    return np.concatenate([np.asarray(array).ravel() for array in seen[:5]])[np.newaxis]


def test_sessions_that_looked_alike_have_the_same_sampled_futures() -> None:
    moment = played().one(turn=3)
    other = otherwise(moment)
    here, there = (Ground.of(m, KEPT) for m in (moment, other))
    for one, two in zip(moment.turns, other.turns, strict=True):
        for packed, changed in ((one.opened, two.opened), (one.revealed, two.revealed)):
            if packed:
                np.testing.assert_array_equal(flat(here.seen(packed)), flat(there.seen(changed)))
    asked = Request(Plan("random"), count=40, months=(9, 36), sampled=True, candidates=150)
    one, two = (futures(m, asked, kept=Kept()) for m in (moment, other))
    np.testing.assert_array_equal(one.values, two.values)
    exact = (of(m, Plan("random"), count=40, months=(9, 36)) for m in (moment, other))
    assert (next(exact).values != next(exact).values).any()


def test_with_the_sessions_own_luck_a_world_lives_what_it_lived() -> None:
    """Matter by matter, card by card, word by word: nothing of a turn is left out."""
    there = played()
    moment = there.moments[-1]
    ground = Ground.of(moment, KEPT)
    deeds, book = Deeds(ground), ground.place.book(load_strategy("do-nothing"))
    start = Start(ground.place, ground.theta, ground.block(moment.turns[0].opened), 0)
    for turn, following in zip(moment.turns, [*moment.turns[1:], None], strict=True):
        since = turn.record.first_month - 1
        legs = turn_legs(ground, deeds, turn, book, since=since, matter=True, dealt=True)
        ends: Ends = live(start, legs, [4], keep=True)
        np.testing.assert_array_equal(ends.state, ground.block(turn.revealed))
        if following is not None:
            start = replace(start, states=ends.state)
            ends = live(start, [after_turn(deeds, turn, book)], [4], keep=True)
            np.testing.assert_array_equal(ends.state, ground.block(following.opened))
            start = replace(start, states=ends.state)


def test_the_nearest_are_kept_and_are_nearer_than_any() -> None:
    moment = played().one(turn=3)
    ground = Ground.of(moment, KEPT)
    crowd, told = sampled(ground, KEPT, 300)
    assert told.kept == 50 == len(crowd.states)
    assert told.candidates == 300
    assert 1 < told.roots <= 50
    assert (np.diff(crowd.distance) >= 0.0).all()
    few, _told = sampled(ground, KEPT, 50)  # as many as are kept: none is turned away
    assert crowd.distance.mean() < few.distance.mean()


def test_sampled_states_fit_what_everybody_knows() -> None:
    """The month, the turn, the matter on the table."""
    moment = played().one(turn=3)
    ground = Ground.of(moment, KEPT)
    crowd, _told = sampled(ground, KEPT, 300)
    true = ground.state(moment.state)
    some = many(crowd.states, ground.place.names.shape)
    for at in (MONTH, TURN, TURN_MONTH, LIVE_MATTER):
        np.testing.assert_array_equal(some.place[:, at], true.place[at])
    hidden = some.matter[:, WEIGHT]
    assert hidden.std(axis=0).max() > 0.0  # what nobody knows differs


def test_with_full_sight_there_is_nothing_to_guess() -> None:
    moment = Moment.of(begun(7, visibility="full"))
    exact, guessed = of(moment, count=5), of(moment, count=5, sampled=True, candidates=100)
    np.testing.assert_array_equal(exact.values, guessed.values)
    assert guessed.sampling is None


def test_the_open_turn_is_decided_by_what_the_group_sees() -> None:
    """Whatever the state, a strategy sees one table, and does one thing there."""
    moment = at_first()
    found = of(moment, Plan("relational"), count=60, months=(3,), sampled=True, candidates=100)
    again = of(moment, Plan("relational"), count=60, months=(3,), sampled=True, candidates=100)
    np.testing.assert_array_equal(found.values, again.values)
    assert found.sampling is not None
    assert found.sampling.kept == 50


@pytest.mark.parametrize("at", ["asked", "within", "card", "silence", "between"])
def test_from_within_a_turn_too(at: str) -> None:
    moments = [moment for moment in played().moments if moment.turn <= 4]
    moment = {
        "asked": lambda: next(m for m in moments if m.open and m.turns[-1].record.replies),
        "within": lambda: next(m for m in moments if m.turns[-1].lived == 1),
        "card": lambda: next(m for m in moments if m.card and not m.answer),
        "silence": lambda: next(m for m in moments if m.silent),
        "between": lambda: next(m for m in moments if m.turns[-1].revealed),
    }[at]()
    found = of(moment, count=20, months=(12,), sampled=True, candidates=60)
    assert np.isfinite(found.values).all()
    assert found.sampling is not None
    assert found.sampling.kept == 50


def test_what_looks_the_same_is_no_distance_away() -> None:
    moment = played().one(turn=5)
    ground = Ground.of(moment, KEPT)
    shape = ground.place.names.shape
    seen = ground.seen(moment.state)
    row = flat(seen)
    assert distance(looks(row, shape.partners, shape.matters), seen).tolist() == [0.0]
    row = np.repeat(row, 2, axis=0)
    looks(row[1:], shape.partners, shape.matters).pair[0, Q_TRUST, 0, 1] += 0.15
    near = distance(looks(row, shape.partners, shape.matters), seen)
    assert near[0] == 0.0 < near[1]


def test_what_fog_hides_is_not_compared() -> None:
    there = play(begun(2, visibility="fog"), 1)
    moment = moment_of(there.session.lines, there.session.scenario, turn=1)
    ground = Ground.of(moment, KEPT)
    seen = ground.seen(moment.state)
    hidden = seen.pair[Q_TRUST] < 0.0
    assert hidden.any()
    assert not hidden.all()
    shape = ground.place.names.shape
    row = flat(seen)
    look = looks(row, shape.partners, shape.matters)
    look.pair[0, Q_TRUST][hidden] = 0.8
    assert distance(look, seen).tolist() == [0.0]
