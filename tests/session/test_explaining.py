"""Why a number changed: a session's ledger, asked from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from session.scripted import THIN_SKINNED, play_turns, step

from sim.explaining import ExplainError, every_month, explain, overview, show
from sim.moves import Event
from sim.session import Phase, Session
from sim.session.locality_engine import LocalityEngine

SCENARIO = "dancing-around-the-table"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three turns of a place in which there are rows, with everything visible."""
    folder = tmp_path_factory.mktemp("told")
    with Session.start(
        SCENARIO, luck=1, folder=folder, visibility="full", parameters=THIN_SKINNED
    ) as session:
        play_turns(session, 3)
        assert session.path is not None
        return session.path


def test_what_can_be_asked(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = overview(played)
    assert there.months == tuple(range(1, 10))
    assert there.quantities["trust"] == 2
    show(played, None, None, False)
    said = capsys.readouterr().out
    assert "Months 1 to 9 have been lived" in said
    assert all(partner in said for partner in there.partners)
    assert "emergency_admissions" in said
    assert "--of" in said
    explain(played, there.months[-1], there.example)  # the example it gives has an answer
    show(played, None, None, True)
    assert json.loads(capsys.readouterr().out)["months"] == list(there.months)


def test_only_measures_that_the_ledger_keeps_are_offered(played: Path) -> None:
    """Whatever is offered of the place was touched in nine months; the rest is refused."""
    of_place = [name for name, count in overview(played).quantities.items() if not count]
    assert all(every_month(played, name) for name in of_place)
    for name in ("who_pays", "understanding", "eruptions"):
        assert name not in of_place
        with pytest.raises(ExplainError, match="keeps no"):
            explain(played, 1, name)


def test_a_month_s_causes_come_to_what_changed(played: Path) -> None:
    with Session.resume(played) as session:
        seen = session.months(2)
        lived = [month for turn in (1, 2, 3) for month in session.months(turn)]
        erupted = [e for month in lived for e in month.events if e.code == "erupted"]
    for month in seen:
        for before, after in zip(month.before.ties, month.after.ties, strict=True):
            if not after.depends:
                continue
            assert before.exact is not None
            assert after.exact is not None
            told = explain(played, month.month, f"tension {after.a} {after.b}")
            assert told.change == pytest.approx(after.exact[2] - before.exact[2], abs=1e-12)
        break
    (first, *_more) = erupted
    told = explain(played, first.month, f"tension {first.args['a']} {first.args['b']}")
    assert dict(told.entries)["eruption"] < 0.0
    months = every_month(played, f"tension {first.args['a']} {first.args['b']}")
    assert told in months
    assert all(one.entries for one in months)


def test_what_was_done_about_a_silence_is_a_cause(tmp_path: Path) -> None:
    with Session.start(SCENARIO, luck=1, folder=tmp_path, parameters=THIN_SKINNED) as session:
        while session.silence is None:
            step(session)
        a, b, path = session.silence.a, session.silence.b, session.path
        (event,) = session.break_silence("speak", a)
        month = session.month + 1
        while session.month < month:
            step(session)
    assert path is not None
    causes = [
        cause
        for pair in ((a, b), (b, a))
        for cause, _amount in explain(path, month, f"trust {pair[0]} {pair[1]}").entries
    ]
    assert event.code in causes


def test_a_month_taken_back_is_none_until_it_is_lived_again(tmp_path: Path) -> None:
    with Session.start(SCENARIO, luck=3, folder=tmp_path) as session:
        session.run_month()
        session.undo()
        assert session.path is not None
        path = session.path
    assert overview(path).months == ()
    with pytest.raises(ExplainError, match="stands at month 0"):
        explain(path, 1, "trust council hospital")


@pytest.mark.parametrize(
    ("of", "says"),
    [
        ("happiness", "keeps no"),
        ("trust council hospitel", "no partner"),
        ("trust council", "of whom"),
        ("", "keeps no"),
    ],
)
def test_a_question_that_has_no_answer_says_how_to_ask(played: Path, of: str, says: str) -> None:
    with pytest.raises(ExplainError, match=says) as caught:
        explain(played, 3, of)
    assert caught.value.hint


def test_other_rules_do_not_tell_another_story(
    played: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = LocalityEngine.run_month

    def other(self: LocalityEngine, answers: Any) -> list[Event]:
        honest(self, answers)
        return []

    monkeypatch.setattr(LocalityEngine, "run_month", other)
    with pytest.raises(ExplainError, match="results differ"):
        explain(played, 3, "trust council hospital")


def test_the_years_after_can_be_explained_too(tmp_path: Path) -> None:
    with Session.start(SCENARIO, luck=3, folder=tmp_path) as session:
        while session.phase is not Phase.ENDED:
            step(session)
        session.epilogue()
        assert session.path is not None
        path = session.path
    assert overview(path).months == tuple(range(1, 73))
    assert explain(path, 60, "emergency_admissions").entries
