"""Why a number changed: what was seen, and nothing that would tell the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from session.scripted import play_turns, step

from sim.fields import MEASURES
from sim.rules.ledger import (
    BOOKED_MEASURES,
    C_AVOIDED,
    C_HUSHED,
    C_SEASON,
    C_TREND,
    CAUSES,
    G_MEASURE,
    G_PAIR,
)
from sim.rules.seen import LAGS
from sim.session import Phase, Session, Why
from sim.session.happened import KNOWN_CAUSES, SEEN_CAUSES
from sim.session.whys import explained_months

SCENARIO = "dancing-around-the-table"
LUCKS = (1, 5, 11)


def started(luck: int, visibility: str = "felt") -> Session:
    return Session.start(SCENARIO, luck=luck, save=False, visibility=visibility)


def everything(session: Session) -> dict[tuple[str, ...], tuple[Why, ...]]:
    """Whatever can be asked, and its answer."""
    ids = [partner.id for partner in session.observe().partners]
    told = {
        (quantity, a, b): session.why_of(quantity, (a, b))
        for quantity in ("trust", "tension", "joint")
        for a in ids
        for b in ids
        if a != b
    }
    return told | {(measure,): session.why_of(measure) for measure in (*BOOKED_MEASURES, "trust")}


@pytest.mark.parametrize("visibility", ["felt", "fog"])
@pytest.mark.parametrize("luck", LUCKS)
def test_trust_is_explained_only_where_a_change_of_it_was_shown(luck: int, visibility: str) -> None:
    session = started(luck, visibility)
    told = hidden = 0
    for turn in range(1, 5):
        play_turns(session, turn)
        seen = session.revealed
        assert seen is not None
        assert seen.ties == session.observe().ties
        for tie in seen.ties:
            for a, b, word in ((tie.a, tie.b, tie.trust_ab), (tie.b, tie.a, tie.trust_ba)):
                shown = tie.change != 0 and word is not None
                assert bool(session.why(a, b)) == shown, (turn, a, b)
                told += shown
                hidden += not shown
    assert told
    assert hidden


@pytest.mark.parametrize("luck", LUCKS)
def test_how_heavily_something_lies_between_two_is_never_shown(luck: int) -> None:
    session = started(luck)
    bars: list[Why] = []
    for turn in range(1, 5):
        play_turns(session, turn)
        for (quantity, *_pair), whys in everything(session).items():
            if quantity == "tension":
                bars += whys
    assert {bar.cause for bar in bars} > {"avoided", "unsaid"}
    assert "hushed" not in {bar.cause for bar in bars}
    assert {(bar.size, bar.amount) for bar in bars} == {(0, None)}
    assert {bar.up for bar in bars if bar.cause == "unsaid"} == {None}


def test_once_it_is_over_everything_has_its_name() -> None:
    session = started(1)
    while session.phase is not Phase.ENDED:
        step(session)
    bars = [bar for whys in everything(session).values() for bar in whys]
    assert {"hushed", "avoided", "informal"} <= {bar.cause for bar in bars}
    assert "unsaid" not in {bar.cause for bar in bars}
    assert all(bar.amount for bar in bars)


@pytest.mark.parametrize("visibility", ["felt", "full"])
@pytest.mark.parametrize("luck", LUCKS)
def test_a_figure_is_explained_by_the_months_that_its_line_moved_by(
    luck: int, visibility: str
) -> None:
    """Published late, it moves by what happened earlier; the causes come to just that."""
    session = started(luck, visibility)
    moved = 0
    for turn in range(1, session.turns):
        play_turns(session, turn)
        reveal, series = session.reveal(), session.observe().series
        for measure in BOOKED_MEASURES:
            months = explained_months(session._play, measure, visibility)
            causes = session._play.engine.moved(measure, (), *months, all_seen=True)
            change = series[measure][reveal.month] - series[measure][reveal.first_month - 1]
            assert sum(causes.values()) == pytest.approx(change, abs=1e-9), (turn, measure)
            whys = session.why_of(measure)
            # what nobody saw is one cause, and is none where it came to nothing
            told = session._play.engine.moved(measure, (), *months)
            assert bool(whys) == any(abs(c) > 1e-9 for c in told.values()), (turn, measure)
            assert whys or abs(change) <= 1e-9, (turn, measure)
            if visibility == "full":
                assert sum(why.amount or 0.0 for why in whys) == pytest.approx(change, abs=1e-9)
            moved += abs(change) > 1e-9
    assert moved > 30
    while step(session):
        if session.phase is not Phase.ENDED:
            continue
        series = session.observe().series  # at the end, and after the years after
        for measure in BOOKED_MEASURES:
            change = series[measure][-1] - series[measure][0]
            net = sum(why.amount or 0.0 for why in session.why_of(measure))
            assert net == pytest.approx(change, abs=1e-9), measure


def test_months_that_nobody_has_been_shown_explain_nothing_yet() -> None:
    for visibility in ("felt", "full"):
        session = started(5, visibility)
        play_turns(session, 3)
        told = everything(session)
        months = 0
        while session.phase is not Phase.REVEALED or len(session.records) < 4:
            step(session)
            if session.phase is Phase.REVEALED:
                break
            months += session.month > session.records[-1].first_month
            assert everything(session) == told
        assert months
        assert everything(session) != told


def test_what_nobody_measures_has_no_causes_in_play() -> None:
    session = started(1)
    play_turns(session, 2)
    assert not [name for name, lag in LAGS.items() if lag < 0 and session.why_of(name)]
    assert session.why_of("integration") == ()


# --- two lives ----------------------------------------------------------------------------


def otherwise(session: Session, change: Callable[[int, Any], Any]) -> None:
    """Live the same months with another ledger."""
    engine: Any = session._play.engine
    engine._ledgers = tuple((month, change(month, rows.copy())) for month, rows in engine._ledgers)


def unseen(month: int, rows: Any) -> Any:
    """Other causes that nobody saw, and more of them; what was published stays as it was."""
    named = SEEN_CAUSES | KNOWN_CAUSES | {"move", "inject", "shock"}
    hidden = np.array([CAUSES[int(row[4])] not in named for row in rows], dtype=bool)
    pairs = hidden & (rows[:, 0] == G_PAIR)
    rows[pairs, 7] *= -3.0
    more = [
        [G_PAIR, field, a, b, C_HUSHED, 0, -1, 0.2]
        for field in range(3)
        for a in range(3)
        for b in range(3)
        if a != b
    ]
    halves = rows[hidden & (rows[:, 0] == G_MEASURE)]
    halves[:, 4] = C_HUSHED  # as much of it by another name
    return np.concatenate([rows[~(hidden & (rows[:, 0] == G_MEASURE))], halves, more])


@pytest.mark.parametrize("visibility", ["felt", "fog"])
@pytest.mark.parametrize("luck", LUCKS)
def test_what_nobody_saw_makes_no_difference_to_an_answer(luck: int, visibility: str) -> None:
    one, other = started(luck, visibility), started(luck, visibility)
    for turn in range(1, 5):
        for session in (one, other):
            play_turns(session, turn)
        otherwise(other, unseen)
        assert one.observe() == other.observe()
        assert everything(one) == everything(other)


def test_what_is_not_published_yet_makes_no_difference_to_a_figure() -> None:
    one, other = started(1), started(1)
    for session in (one, other):
        play_turns(session, 3)
    now = one.month

    def later(month: int, rows: Any) -> Any:
        late = [
            row[0] == G_MEASURE and month > now - max(0, LAGS.get(MEASURES[int(row[1])], 0))
            for row in rows
        ]
        rows[late, 7] += 100.0
        return rows

    otherwise(other, later)
    assert everything(one) == everything(other)


def test_what_everybody_saw_does_make_a_difference() -> None:
    """The tests above could fail."""
    for seen in (C_AVOIDED, C_SEASON, C_TREND):
        one, other = started(1), started(1)
        for session in (one, other):
            play_turns(session, 3)

        def change(month: int, rows: Any, seen: int = seen) -> Any:
            rows[rows[:, 4] == seen, 7] *= -5.0
            return rows

        otherwise(other, change)
        assert everything(one) != everything(other), CAUSES[seen]
