"""A session: what may be decided when, what is written down, and the ways back."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from session.scripted import step

from sim.journal import CannotSave, InUse, JournalError, read, shelf
from sim.moves import Move
from sim.session import (
    IllegalMove,
    NoSuchThing,
    NotNow,
    Phase,
    Session,
)

SCENARIO = "dancing-around-the-table"
LUCK = 20150401


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.start(SCENARIO, luck=LUCK, folder=tmp_path) as session:
        yield session


def until(session: Session, phase: Phase, turn: int) -> Session:
    """Play on to a phase of a turn."""
    while (session.phase, session.turn) != (phase, turn):
        assert step(session)
    return session


def same(a: Session, b: Session) -> None:
    """Two sessions that nobody could tell apart."""
    assert a.state() == b.state()
    assert a.observe() == b.observe()
    for name in (
        "phase", "month", "turn", "turns", "months_left", "queue", "live_choice", "pending",
        "ending", "records", "settings",
    ):  # fmt: skip
        assert getattr(a, name) == getattr(b, name), name
    assert [a.reveal(n + 1) for n in range(len(a.records) - 1)] == [
        b.reveal(n + 1) for n in range(len(b.records) - 1)
    ]


def test_a_session_from_its_first_turn_to_the_years_after(session: Session) -> None:
    assert (session.phase, session.turn, session.month) == (Phase.CHOOSING, 1, 0)
    seen = set()
    while step(session):
        seen.add(session.phase)
    assert seen == set(Phase)
    assert (session.turn, session.month) == (session.turns, 72)
    assert session.ending is not None
    assert session.ending.text
    assert [record.turn for record in session.records] == list(range(1, session.turns + 1))
    assert all(len(session.reveal(turn).beats) <= 3 for turn in range(1, session.turns + 1))
    assert session.epilogue() == session.epilogue()


def test_it_reopens_as_it_was_at_every_decision(tmp_path: Path) -> None:
    session = Session.start(SCENARIO, luck=7, folder=tmp_path)
    assert session.path is not None
    twin = Session.start(SCENARIO, luck=7, save=False)
    more, count = True, 0
    while more:
        more = step(session)
        step(twin)
        count += 1
        if count % 15:
            continue
        session.close()
        session = Session.resume(session.path)
        assert not session.recorded
        same(session, twin)
    assert session.said == twin.said
    assert count > 60


def test_turns_follow_their_order(session: Session) -> None:
    with pytest.raises(NotNow, match="still choosing"):
        session.next_turn()
    with pytest.raises(NotNow):
        session.answer("yes")
    with pytest.raises(NotNow):
        session.reveal()
    until(session, Phase.RUNNING, 1)
    with pytest.raises(NotNow, match="The diary is closed"):
        session.choose(Move("coffee", ("council",)))
    replies = session.replies()
    assert session.replies() == replies
    until(session, Phase.REVEALED, 1)
    with pytest.raises(NotNow, match="begin the next one"):
        session.run_month()
    assert session.reveal() == session.reveal(1)


def test_a_month_waits_for_the_answer_to_a_card(session: Session) -> None:
    while session.phase is not Phase.AWAITING:
        assert step(session)
    month, before = session.month, session.state()
    report = session.run_month()
    assert report.pending == session.pending
    assert (session.month, session.state()) == (month, before)
    with pytest.raises(IllegalMove, match="no such answer"):
        session.answer("neither")
    assert session.pending is not None
    session.answer(session.pending.default)
    while session.phase is Phase.AWAITING:
        step(session)
    assert session.run_month().month == month + 1


def test_what_cannot_be_chosen_says_why_and_leaves_no_line(session: Session) -> None:
    assert session.path is not None
    before = session.path.read_bytes()
    for move in (Move("coffee", ("nobody",)), Move("no_such_move"), Move("honest_conversation")):
        with pytest.raises(IllegalMove) as caught:
            session.choose(move)
        assert len(str(caught.value)) > 15
    with pytest.raises(IllegalMove):
        session.choose_live("shout")
    with pytest.raises(IllegalMove):
        session.take_back(0)
    with pytest.raises(IllegalMove):
        session.confide("no-such-matter", "keep")
    assert session.path.read_bytes() == before
    assert session.queue == ()


def test_take_back(session: Session) -> None:
    first, second = Move("listen", ("council",)), Move("coffee", ("gps", "hospital"))
    start = session.observe()
    session.choose(first)
    session.choose(second)
    session.take_back(0)
    assert session.queue == (second,)
    session.take_back(0)
    assert session.queue == ()
    assert session.observe() == start


def test_one_may_be_asked_again_once(session: Session) -> None:
    session.choose(Move("coffee", ("council", "hospital")))
    first = session.replies()[0]
    again = session.ask_again(first.move_index, first.who)
    assert again.who == first.who
    assert again in session.replies()
    with pytest.raises(NotNow, match="One may be asked again"):
        session.ask_again(first.move_index, first.who)


def test_asking_somebody_who_was_not_asked(session: Session) -> None:
    session.choose(Move("coffee", ("council", "hospital")))
    session.replies()
    with pytest.raises(IllegalMove, match="were not asked"):
        session.ask_again(0, "gps")
    session.run_month()
    with pytest.raises(NotNow):
        session.ask_again(0, "council")


def test_undo_goes_back_to_the_last_reveal_and_keeps_luck(session: Session) -> None:
    until(session, Phase.CHOOSING, 2)
    start, seen = session.state(), session.observe()
    once = []
    while session.phase is not Phase.REVEALED:
        step(session)
        once.append(session.state())
        if len(once) in (4, 9):
            session.undo()
            assert (session.state(), session.observe()) == (start, seen)
            assert (session.phase, session.turn, session.queue) == (Phase.CHOOSING, 2, ())
    twin = until(Session.start(SCENARIO, luck=LUCK, save=False), Phase.REVEALED, 2)
    same(session, twin)
    with pytest.raises(NotNow, match="stays revealed"):
        session.undo()
    assert session.path is not None
    session.close()
    same(Session.resume(session.path), twin)


def test_another_choice_after_undo_is_what_counts(session: Session) -> None:
    session.choose(Move("listen", ("council",)))
    session.run_month()
    session.undo()
    session.choose(Move("listen", ("gps",)))
    until(session, Phase.REVEALED, 1)
    assert session.records[0].moves[0] == Move("listen", ("gps",))
    assert session.path is not None
    session.close()
    again = Session.resume(session.path)
    assert again.records == session.records
    assert again.state() == session.state()


def test_a_branch_leaves_at_a_turn_and_is_a_session_of_its_own(session: Session) -> None:
    until(session, Phase.CHOOSING, 2)
    at_two = (session.state(), session.observe())
    until(session, Phase.REVEALED, 3)
    before = session.state()
    with session.branch("What if we had listened", 2) as branch:
        assert (branch.state(), branch.observe()) == at_two
        assert branch.name == "What if we had listened"
        assert branch.parent is not None
        assert session.path is not None
        assert branch.parent["file"] == session.path.name
        assert branch.parent["turn"] == 2
        assert branch.records[:1] == session.records[:1]
        assert branch.reveal(1) == session.reveal(1)
        until(branch, Phase.REVEALED, 3)
        assert branch.state() == before  # same decisions, same luck
        path = branch.path
    assert session.state() == before
    assert path is not None
    same(Session.resume(path), branch)
    for turn in (0, 4, 9):
        with pytest.raises(NoSuchThing):
            session.branch("too far", turn)
    assert len(shelf(path.parent)) == 2


def test_a_branch_with_other_luck_shares_only_the_past(session: Session) -> None:
    until(session, Phase.REVEALED, 3)
    branch = session.branch("Other luck", 3, luck=99)
    assert branch.records[:2] == session.records[:2]
    until(branch, Phase.REVEALED, 3)
    assert branch.state() != session.state()
    branch.close()
    assert branch.path is not None
    same(Session.resume(branch.path), branch)


def test_a_branch_of_a_branch(session: Session) -> None:
    until(session, Phase.CHOOSING, 3)
    with session.branch("one", 2, luck=1) as one:
        until(one, Phase.CHOOSING, 3)
        with one.branch("two", 3, luck=2) as two:
            until(two, Phase.REVEALED, 3)
        assert two.path is not None
        same(Session.resume(two.path), two)


def test_two_copies_on_one_session(session: Session) -> None:
    assert session.path is not None
    with pytest.raises(InUse, match="open in another window"):
        Session.resume(session.path)
    session.choose(Move("listen", ("council",)))  # the first copy is not disturbed
    session.close()
    assert Session.resume(session.path).queue == session.queue


def test_a_damaged_session_is_refused_and_left_alone(session: Session) -> None:
    until(session, Phase.REVEALED, 1)
    session.close()
    path = session.path
    assert path is not None
    whole = path.read_bytes()
    edited = whole.replace(b'"say_it_here"', b'"let_it_pass"').replace(b"council", b"counsel", 1)
    path.write_bytes(edited)
    with pytest.raises(JournalError, match="changed after it was written"):
        Session.resume(path)
    assert path.read_bytes() == edited
    path.write_bytes(b"PK\x03\x04 a spreadsheet")
    with pytest.raises(JournalError, match="not a session"):
        Session.resume(path)


def test_a_torn_session_loses_only_the_torn_line(session: Session) -> None:
    until(session, Phase.REVEALED, 1)
    session.close()
    path = session.path
    assert path is not None
    whole = path.read_bytes()
    path.write_bytes(whole[:-200])
    with Session.resume(path) as again:
        assert again.phase is Phase.RUNNING
        until(again, Phase.REVEALED, 1)
        same(again, session)
    assert path.read_bytes() == whole
    assert path.with_name(path.name + ".torn").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(CannotSave, match="play on unsaved"):
        Session.start(SCENARIO, luck=1, folder=blocked)
    with Session.start(SCENARIO, luck=1, save=False) as session:
        assert (session.path, session.saved) == (None, False)
        until(session, Phase.REVEALED, 1)
        assert not session.branch("also unsaved", 1).saved
    assert list(tmp_path.iterdir()) == [blocked]


def test_a_full_disk_leaves_the_session_as_it_was(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    until(session, Phase.RUNNING, 1)
    before = (session.state(), session.phase, session.month, session.observe())

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(CannotSave, match="No space left"):
            step(session)
    assert (session.state(), session.phase, session.month, session.observe()) == before
    twin = until(Session.start(SCENARIO, luck=LUCK, save=False), Phase.REVEALED, 1)
    step(session)
    session.stop_saving()
    same(until(session, Phase.REVEALED, 1), twin)
    assert session.path is not None
    assert read(session.path).lines[-1].kind in ("ask_again", "month", "card")


def test_what_the_room_said_is_kept(session: Session) -> None:
    session.note("What did nobody say? Nothing. 🤐 \ud800")
    session.hands_up(7, "Will it come out this quarter?")
    session.seat("council", "Table by the window")
    session.vote("Who speaks first?", "an outsider", 4)
    session.undo()
    session.close()
    assert session.path is not None
    again = Session.resume(session.path)
    assert again.said == session.said
    assert [said.kind for said in again.said] == ["note", "hands_up", "seat", "vote"]


def test_why_tells_what_was_seen_and_hides_the_rest(session: Session) -> None:
    assert session.why("council", "hospital") == ()
    until(session, Phase.REVEALED, 4)
    seen = session.observe()
    bars = [bar for tie in seen.ties for bar in session.why(tie.a, tie.b)]
    assert bars
    assert all(bar.amount is None and 0 <= bar.size <= 3 for bar in bars)
    assert {bar.cause for bar in bars} & {"neglect", "drift", "informal"} == set()
    assert "unsaid" in {bar.cause for bar in bars}
    full = Session.start(SCENARIO, luck=LUCK, save=False, visibility="full")
    until(full, Phase.REVEALED, 4)
    exact = full.why("council", "hospital")
    assert exact
    assert all(bar.amount for bar in exact)
    assert "unsaid" not in {bar.cause for bar in exact}


def test_the_promise_the_group_chose(tmp_path: Path) -> None:
    with pytest.raises(NoSuchThing, match="no promise"):
        Session.start(SCENARIO, luck=1, folder=tmp_path, promise="world-peace")
    assert list(tmp_path.iterdir()) == []


def test_results_that_differ_open_as_recorded(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an update that changed the rules: here, what a month does."""
    until(session, Phase.CHOOSING, 3)
    session.close()
    engine = type(session._play.engine)
    honest = engine.run_month

    def other(self: object, answers: object) -> object:
        honest(self, answers)  # type: ignore[arg-type]
        return []

    monkeypatch.setattr(engine, "run_month", other)
    assert session.path is not None
    whole = session.path.read_bytes()
    with Session.resume(session.path) as shown:
        assert shown.recorded
        assert (shown.phase, shown.turn, shown.month) == (Phase.CHOOSING, 3, 6)
        assert shown.observe() == session.observe()
        assert shown.reveal(1) == session.reveal(1)
        assert shown.records == session.records
        with pytest.raises(NotNow, match="shown as it was recorded"):
            shown.choose(Move("listen", ("council",)))
        with shown.branch("On from there", 3) as branch:
            assert not branch.recorded
            assert branch.state() == session.state()
            until(branch, Phase.REVEALED, 3)
            assert branch.reveal(2) == session.reveal(2)
        assert branch.path is not None
        with Session.resume(branch.path) as again:
            assert not again.recorded
            assert again.state() == branch.state()
    assert session.path.read_bytes() == whole
