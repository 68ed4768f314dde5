"""After a row nobody says anything: what can be done about it, and what comes of that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from session.scripted import THIN_SKINNED, step

from sim.effects import EFFECTS
from sim.fields import AVOIDANCE, CANDOUR, DISPUTE, MONEY, SAFETY, TRUST
from sim.locality import Locality
from sim.moves import Event
from sim.rules.silence import answers
from sim.session import IllegalMove, NotNow, Phase, Session, Silence
from sim.silence import OUTCOMES, silences

SCENARIO = "dancing-around-the-table"
CHOICES = [("speak", "a"), ("speak", "b"), ("outsider", ""), ("next", "")]


def silent(luck: int = 1, folder: Path | None = None) -> Session:
    """A session at its first silence, under the first luck from ``luck`` on that has one."""
    while True:
        session = Session.start(
            SCENARIO, luck=luck, folder=folder, save=folder is not None, parameters=THIN_SKINNED
        )
        while session.phase is not Phase.ENDED and session.silence is None:
            step(session)
        if session.silence is not None:
            return session
        session.close()
        luck += 1


def break_it(session: Session, choice: str, which: str) -> str:
    """Break the silence; the code of what came of it."""
    silence = session.silence
    assert silence is not None
    (event,) = session.break_silence(choice, getattr(silence, which) if which else "")
    return event.code


def level(session: Session, field: int, a: str, b: str = "") -> float:
    """A true level of a session's pair or partner."""
    where = session._play.engine.locality  # type: ignore[attr-defined]
    row = where.names.partner_row
    if b:
        return float(where.state.pair[field, row[a], row[b]])
    return float(where.state.partner[field, row[a]])


# --- the file ---------------------------------------------------------------------------


def test_the_choices_are_rows_of_effects_that_there_are() -> None:
    assert list(silences()) == ["speak", "outsider", "next"]
    outcomes = [outcome for kind in silences().values() for outcome in kind.outcomes]
    assert sorted(outcomes) == sorted(OUTCOMES)
    for kind in silences().values():
        assert kind.title
        assert kind.line.endswith(".")
        for rows in kind.outcomes.values():
            assert {row["effect"] for row in rows} <= set(EFFECTS)
    assert silences()["next"].outcomes == {"next": ()}


def test_their_rows_come_last_and_renumber_nobody_else_s() -> None:
    place = Locality(SCENARIO, luck=1)
    starts = [start for start, _stop in place.names.silence_rows.values()]
    others = [int(stop) for table in (place.world.move, place.world.shock) for stop in table[:, -4]]
    assert min(starts) >= max(others + [int(stop) for _start, stop in place.world.option])
    assert max(stop for _s, stop in place.names.silence_rows.values()) == len(place.world.effect)


# --- when it comes ----------------------------------------------------------------------


def test_after_a_row_everything_waits_for_a_word() -> None:
    session = silent()
    silence = session.silence
    assert silence is not None
    assert session.phase is Phase.AWAITING
    assert session.pending is None
    assert silence.told is not None
    assert {silence.told.a, silence.told.b} == {silence.a, silence.b}
    assert silence.told.left_unsaid
    (row,) = [e for e in session.records[-1].events if e.code == "erupted"]
    assert (silence.matter, silence.month) == (row.args["matter"], session.month)
    assert [choice.id for choice in silence.choices] == ["speak", "outsider", "next"]
    for forbidden in (session.next_turn, session.replies, lambda: session.answer("yes")):
        if session.records[-1].replies is not None and forbidden == session.replies:
            continue
        with pytest.raises(NotNow):
            forbidden()
    with pytest.raises(IllegalMove, match="no such choice"):
        session.break_silence("shout")
    with pytest.raises(IllegalMove, match="speak first"):
        session.break_silence("speak", "nobody")
    break_it(session, "next", "")
    assert session.silence is None
    assert session.phase in (Phase.RUNNING, Phase.REVEALED)
    with pytest.raises(NotNow):
        session.break_silence("next")


def test_a_row_in_a_turn_s_last_month_holds_back_what_was_seen_of_it() -> None:
    luck = 0
    while True:
        session = silent(luck)
        if not session.months_left:
            break
        luck += 1
    turn = session.turn
    while session.silence is not None:  # two may fall out at once
        with pytest.raises(NotNow):
            session.reveal(turn)
        code = break_it(session, "outsider", "")
    assert session.phase is Phase.REVEALED
    assert code in [event.code for event in session.reveal(turn).minutes]
    assert code in [event.code for event in session.records[-1].events]


def test_after_two_rows_in_one_month_there_are_two_silences() -> None:
    session = Session.start(SCENARIO, luck=1, save=False)
    while session.phase is not Phase.RUNNING:
        step(session)
    engine = session._play.engine
    honest = engine.run_month
    rows = [("council", "hospital", "late-discharges"), ("gps", "community", "two-cars")]
    broken_out = [
        Event(1, "erupted", {"a": a, "b": b, "matter": matter, "breach": 0.1})
        for a, b, matter in rows
    ]
    engine.run_month = lambda answers: [*honest(answers), *broken_out]  # type: ignore[method-assign]
    session.run_month()
    for a, b, matter in rows:
        silence = session.silence
        assert silence is not None
        assert (silence.a, silence.b, silence.matter) == (a, b, matter)
        with pytest.raises(IllegalMove, match="speak first"):
            session.break_silence("speak", "ccg")
        (event,) = session.break_silence("speak", b)
        assert (event.args["a"], event.args["b"], event.args["matter"]) == (b, a, matter)
    assert session.silence is None
    assert session.phase is Phase.RUNNING


def test_a_month_that_runs_on_passes_over_it() -> None:
    session, twin = silent(), silent()
    break_it(twin, "next", "")
    if twin.phase is Phase.RUNNING:
        assert twin.run_month().pending == session.run_month().pending
    else:
        assert session.run_month().revealed
    assert session.state() == twin.state()
    assert session.records == twin.records


# --- what comes of it -------------------------------------------------------------------


def test_the_next_item_changes_nothing() -> None:
    """A session in which nobody minds the silence is the run without one."""
    luck = 4
    session = Session.start(SCENARIO, luck=luck, save=False, hand="all", parameters=THIN_SKINNED)
    place = Locality(SCENARIO, luck=luck, parameters=THIN_SKINNED)
    rows = 0
    while session.phase is not Phase.ENDED:
        if session.phase is Phase.REVEALED:
            session.next_turn()
            continue
        if session.pending is not None:
            session.answer(session.pending.default)
            continue
        if session.phase is Phase.CHOOSING:
            session.replies()
        month = session.month
        rows += session.run_month().silence is not None
        if session.month > month:
            place.step()
            assert session.state() == place.state_bytes(), month
    assert rows > 0


@pytest.mark.parametrize(("choice", "which"), CHOICES)
def test_nothing_but_money_changes_before_the_next_month(choice: str, which: str) -> None:
    session = silent()
    before = session.observe()
    break_it(session, choice, which)
    after = session.observe()
    assert after.ties == before.ties
    assert after.partners == before.partners
    assert before.money - after.money == silences()[choice].cost


def chances(luck: int, **levels: float) -> Counter[int]:
    """How often somebody who speaks first is answered, each month, in a world of such levels."""
    place = Locality(SCENARIO, luck=luck)
    a, b = 0, 1
    if "trust" in levels:
        place.state.pair[TRUST, b, a] = levels["trust"]
    if "safety" in levels:
        place.state.partner[SAFETY, b] = levels["safety"]
    world, state, *_rest = place.arrays
    ease = silences()["speak"].ease
    assert ease is not None
    found: Counter[int] = Counter()
    for month in range(120):
        place.state.place[0] = month
        found[answers(world, place.theta, state, a, b, ease)] += 1
    return found


def test_who_feels_safe_and_trusts_answers_more_often() -> None:
    wary = sum((chances(luck, trust=0.1, safety=0.2) for luck in range(5)), Counter())
    ready = sum((chances(luck, trust=0.7, safety=0.8) for luck in range(5)), Counter())
    assert wary[1] < ready[1]
    assert 0.05 < wary[1] / 600 < 0.6
    assert 0.4 < ready[1] / 600 < 0.98


@dataclass
class Moment:
    """One silence, to which a test may come back."""

    session: Session
    memo: Any
    silence: Silence

    def lived(self, choice: str, which: str) -> tuple[str, Levels]:
        """What came of a choice, and how the two stand once the next month is over."""
        session = self.session
        session._play.restore(self.memo)
        session._seen = None
        code = break_it(session, choice, which)
        month = session.month
        while session.month == month:
            if session.phase is Phase.REVEALED:
                session.next_turn()
            elif session.pending is not None:
                session.answer(session.pending.default)
            else:
                session.run_month()
        a, b = self.silence.a, self.silence.b
        if which == "b":
            a, b = b, a
        return code, Levels(
            trusted=level(session, TRUST, b, a),
            dispute=level(session, DISPUTE, a, b),
            candour=level(session, CANDOUR, a, b),
            safety=level(session, SAFETY, a),
            avoidance=level(session, AVOIDANCE, a),
            told={
                cause
                for pair in ((a, b), (b, a))
                for cause, _amount in session._play.engine.booked("trust", pair)
            },
        )


class Levels(NamedTuple):
    """How the first of two (who spoke first) stands, and with the other."""

    trusted: float  # by the other
    dispute: float
    candour: float
    safety: float
    avoidance: float
    told: set[str]  # causes that moved trust between the two


@pytest.fixture(scope="module")
def moments() -> list[Moment]:
    found = []
    for luck in range(1, 9):
        session = silent(luck)
        assert session.silence is not None
        found.append(Moment(session, session._play.memo(), session.silence))
    return found


def test_to_speak_first_is_a_risk(moments: list[Moment]) -> None:
    came = Counter()
    for moment in moments:
        for which in "ab":
            code, after = moment.lived("speak", which)
            _code, without = moment.lived("next", which)
            came[code] += 1
            assert code in after.told
            if code == "silence_met":
                assert after.trusted > without.trusted
                assert after.dispute < without.dispute or not without.dispute
                assert after.candour >= without.candour
                assert after.safety > without.safety
            else:
                assert after.trusted < without.trusted
                assert after.dispute == without.dispute
                assert after.safety < without.safety
                assert after.avoidance > without.avoidance
    assert set(came) == {"silence_met", "silence_left"}


def test_an_outsider_helps_a_little_and_makes_them_wait_for_help(moments: list[Moment]) -> None:
    for moment in moments:
        code, after = moment.lived("outsider", "")
        _code, without = moment.lived("next", "")
        assert code == "silence_outsider"
        assert after.safety > without.safety
        assert after.avoidance > without.avoidance
        assert after.dispute < without.dispute or not without.dispute


# --- how it is kept ---------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "which"), CHOICES)
def test_it_reopens_in_the_silence_and_after_it(tmp_path: Path, choice: str, which: str) -> None:
    session = silent(folder=tmp_path)
    assert session.path is not None
    path, silence = session.path, session.silence
    session.close()
    with Session.resume(path) as again:
        assert again.silence == silence
        code = break_it(again, choice, which)
        state, records, phase = again.state(), again.records, again.phase
    with Session.resume(path) as again:
        assert not again.recorded
        assert again.silence is None
        assert (again.state(), again.records, again.phase) == (state, records, phase)
        assert again.records[-1].events[-1].code == code


def test_undo_takes_the_word_back_and_keeps_luck(tmp_path: Path) -> None:
    luck = 0
    while True:
        session = silent(luck)
        if session.months_left:
            break
        luck += 1
    first = session.silence
    code = break_it(session, "speak", "a")
    record = session.records[-1]
    session.undo()
    assert session.silence is None
    assert session.phase is Phase.CHOOSING
    for move in record.moves:
        session.choose(move)
    if record.choice != "let_it_pass":
        session.choose_live(record.choice)
    while session.silence is None:
        step(session) if session.pending is not None else session.run_month()
    assert session.silence == first or record.confided or record.again
    if not (record.confided or record.again):
        assert break_it(session, "speak", "a") == code


def test_a_choice_that_cannot_be_paid_says_so() -> None:
    session = silent()
    session._play.engine.locality.state.place[MONEY] = 1.0  # type: ignore[attr-defined]
    silence = session.silence
    assert silence is not None
    why = {choice.id: choice.why_not for choice in silence.choices}
    assert why["next"] == why["speak"] == ""
    assert "£5,000" in why["outsider"]
    with pytest.raises(IllegalMove, match="£5,000"):
        session.break_silence("outsider")
