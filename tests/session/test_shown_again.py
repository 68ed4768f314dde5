"""What was seen is shown again: a turn's months, and sessions that other rules played."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from session.scripted import THIN_SKINNED, step

from sim.journal import Journal, JournalError, read
from sim.moves import Event, Move
from sim.observation import Observation
from sim.session import MonthSeen, NotNow, Phase, Session
from sim.session.locality_engine import LocalityEngine

SCENARIO = "dancing-around-the-table"


def noted(session: Session, turns: int) -> dict[int, list[MonthSeen]]:
    """Play so many turns; each one's months as they were seen while they ran."""
    found: dict[int, list[MonthSeen]] = {}
    while len(session.records) < turns or session.phase is not Phase.REVEALED:
        before, month = session.observe(), session.month
        step(session)
        if session.month > month:
            events = tuple(e for e in session.records[-1].events if e.month == session.month)
            seen = MonthSeen(session.month, before, session.observe(), events)
            found.setdefault(session.turn, []).append(seen)
    return found


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, list[MonthSeen]]]:
    """A session of five turns, and its months."""
    folder = tmp_path_factory.mktemp("shown")
    with Session.start(SCENARIO, luck=4, folder=folder) as session:
        months = noted(session, 5)
        assert session.path is not None
        return session.path, months


def assert_same(again: tuple[MonthSeen, ...], months: list[MonthSeen]) -> None:
    assert [seen.month for seen in again] == [seen.month for seen in months]
    assert [seen.events for seen in again] == [seen.events for seen in months]
    assert [seen.after for seen in again] == [seen.after for seen in months]
    for one, other in zip(again, months, strict=True):
        assert one.before.ties == other.before.ties
        assert one.before.month == other.before.month == one.month - 1


def test_the_months_of_a_turn_are_seen_again(
    played: tuple[Path, dict[int, list[MonthSeen]]],
) -> None:
    path, months = played
    with Session.resume(path) as session:
        state, seen = session.state(), session.observe()
        assert_same(session.months(), months[5])
        for turn in months:
            assert_same(session.months(turn), months[turn])
        assert (session.state(), session.observe()) == (state, seen)  # looking changes nothing
        assert_same(session.months(), months[5])
        reveal = session.reveal()
        assert session.months()[0].month == reveal.first_month
        assert session.months()[-1].month == reveal.month
        with pytest.raises(NotNow):
            session.months(6)


def test_the_months_that_have_run_of_a_turn_that_goes_on() -> None:
    with Session.start(SCENARIO, luck=4, save=False) as session:
        assert session.months(1) == ()
        session.choose(Move("coffee", ("council", "hospital")))
        session.run_month()
        (first,) = session.months(1)
        assert first.after == session.observe()
        session.undo()
        assert session.months(1) == ()
        with pytest.raises(NotNow):
            session.months()


def test_a_diary_is_paid_for_once() -> None:
    """What the strip says is left does not fall again while the months run."""
    with Session.start(SCENARIO, luck=4, save=False, hand="all") as session:
        session.choose(Move("outside_facilitator"))
        planned = session.observe().money
        session.replies()
        assert session.observe().money == planned
        while session.phase is not Phase.REVEALED:
            step(session)
            assert session.observe().money <= planned
        assert session.observe().money > planned - 5 or any(
            event.code in ("silence_outsider", "inject", "shock")
            for event in session.records[-1].events
        )


# --- other rules ------------------------------------------------------------------------


def view(session: Session) -> tuple[Any, ...]:
    seen: Observation = session.observe()
    return (
        seen, session.phase, session.turn, session.month, session.queue, session.live_choice,
        session.pending, session.silence, session.records, session.said, session.ending,
    )  # fmt: skip


def other_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an update that changed what a month does."""
    honest = LocalityEngine.run_month

    def other(self: LocalityEngine, answers: Any) -> list[Event]:
        honest(self, answers)
        return []

    monkeypatch.setattr(LocalityEngine, "run_month", other)


def test_at_any_moment_it_is_shown_as_it_was_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    views: list[tuple[bytes, tuple[Any, ...]]] = []
    with Session.start(SCENARIO, luck=1, folder=tmp_path, parameters=THIN_SKINNED) as session:
        path = session.path
        assert path is not None
        while session.turn < 2 or session.silence is None:
            step(session)
            if session.month:
                views.append((path.read_bytes(), view(session)))
        step(session)
        views.append((path.read_bytes(), view(session)))
    phases = {left[1] for _content, left in views}
    assert phases >= {Phase.CHOOSING, Phase.RUNNING, Phase.AWAITING, Phase.REVEALED}
    other_rules(monkeypatch)
    for content, left in views[::3] + views[-2:]:
        path.write_bytes(content)
        with Session.resume(path) as shown:
            assert shown.recorded
            assert view(shown) == left
    assert read(path).lines


def test_its_months_are_seen_again_too(
    played: tuple[Path, dict[int, list[MonthSeen]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, months = played
    other_rules(monkeypatch)
    with Session.resume(path) as shown:
        assert shown.recorded
        assert_same(shown.months(), months[5])
        assert_same(shown.months(2), months[2])


def test_a_fault_of_ours_is_not_blamed_on_the_file(
    played: tuple[Path, dict[int, list[MonthSeen]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _months = played

    def broken(self: LocalityEngine, answers: Any) -> list[Event]:
        raise IndexError("a fault of ours")

    monkeypatch.setattr(LocalityEngine, "run_month", broken)
    with pytest.raises(IndexError, match="a fault of ours"):
        Session.resume(path)
    monkeypatch.undo()
    with Session.resume(path) as session:  # and the file was let go
        assert not session.recorded


def test_settings_that_this_version_refuses(tmp_path: Path) -> None:
    with Session.start(SCENARIO, luck=4, save=False) as session:
        header = dict(session._journal.header)
    header["settings"] = header["settings"] | {"parameters": {"no_such_parameter": 1.0}}
    path = tmp_path / "later.jsonl"
    Journal.create(path, header).close()
    with pytest.raises(JournalError, match="refuses"):
        Session.resume(path)


def test_where_a_state_was_kept_once_a_turn_it_is_shown_at_the_turn_s_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As early programs did: better too early than out of step."""
    with Session.start(SCENARIO, luck=4, save=False) as session:
        while (session.turn, session.phase) != (2, Phase.CHOOSING):
            step(session)
        left = view(session)
        while session.month < 5:
            step(session)
        lines = [
            (line.kind, {k: v for k, v in line.data.items() if k != "state" or line.kind == "turn"})
            for line in session._journal.lines[1:]
        ]
        path = tmp_path / "early.jsonl"
        Journal.create(path, session._journal.header, lines).close()
        state = session.state()
    with Session.resume(path) as again:
        assert not again.recorded
        assert again.state() == state
    other_rules(monkeypatch)
    with Session.resume(path) as shown:
        assert shown.recorded
        assert shown.observe() == left[0]
        assert (shown.phase, shown.turn, shown.month) == (Phase.CHOOSING, 2, 3)
