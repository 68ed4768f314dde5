"""What rooms decided, as a table: who is in it, what is in it, and what is not."""

from __future__ import annotations

import csv
import functools
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest
from session.scripted import THIN_SKINNED, play_turns, step
from typer.testing import CliRunner

from sim.cli import app, main
from sim.errors import UserError
from sim.journal import Journal, read
from sim.moves import Move
from sim.plays import export
from sim.plays.export import COLUMNS, PlaysError, gather, table
from sim.results import OutError
from sim.scenario import Scenario, load_scenario
from sim.session import Phase, Session, opening

SECRET = "Ursula from Finance"


@pytest.fixture(scope="module", autouse=True)
def _read_once() -> Iterator[None]:
    """Reading a scenario takes longer than playing it: once is enough for all stories here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "read_scenario", functools.cache(opening.read_scenario))
        patch.setattr(export, "_ROUNDS", 10)
        yield


@functools.cache
def place() -> Scenario:
    return load_scenario("dancing-around-the-table")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two rooms: one agreed, played a turn and left by a branch, the other was never asked."""
    folder = tmp_path_factory.mktemp("rooms")
    with Session.start(
        place(), luck=2**64 - 3, folder=folder, consent=True, promise="", name=SECRET
    ) as session:
        session.note(f"{SECRET} again.")
        session.seat("council", SECRET)
        session.vote(f"Does {SECRET} stay?", SECRET, 3)
        session.choose(Move("coffee", ("council",)))
        session.choose(Move("coffee", ("hospital",)))
        session.take_back(0)
        session.undo()
        play_turns(session, 1)
        session.hands_up(4, f"Will {SECRET} come?", of=9)
        session.next_turn()
        session.branch(SECRET, 2, luck=5).close()
    with Session.start(place(), luck=8, folder=folder) as other:
        step(other)
        other.choose(Move("coffee", ("council",)))
        other.note(f"{SECRET} too.")
    return folder


def first_room(folder: Path) -> Path:
    """The file of the room that agreed, not of the branch that left it."""
    (path,) = [
        path
        for path in folder.iterdir()
        if (head := read(path).header)["consent"] and not head.get("parent")
    ]
    return path


@pytest.fixture(scope="module")
def rows(played: Path) -> list[dict[str, object]]:
    """The decisions of the room that agreed, without its branch's."""
    return [row for row in table(gather(played)).to_dicts() if not row["parent"]]


def test_only_rooms_that_agreed_are_in_it_and_nothing_is_touched(played: Path) -> None:
    before = {path: path.read_bytes() for path in played.iterdir()}
    plays = gather(played)
    assert (plays.sessions, plays.left_out, plays.unasked) == (2, 1, 0)
    assert all(row["consent"] for row in plays.rows)
    assert {path: path.read_bytes() for path in played.iterdir()} == before
    everyone = gather(played, everyone=True)
    assert (everyone.sessions, everyone.left_out, everyone.unasked) == (3, 0, 1)
    assert Counter(row["consent"] for row in everyone.rows)[False] == 1


def test_a_row_is_a_decision_with_what_was_offered_and_answered(rows: list[dict]) -> None:
    assert [row["decision"] for row in rows] == list(range(1, len(rows) + 1))
    first, second, taken, undo = rows[:4]
    assert (first["kind"], first["chosen"], first["to"], first["place"]) == (
        "move", "coffee", "council", 1,
    )  # fmt: skip
    assert first["luck"] == str(2**64 - 3)
    assert len(first["hand"].split("+")) > 3
    assert first["legal"] >= second["legal"] > 0
    assert (taken["kind"], taken["to"], taken["legal"]) == ("take_back", "council", 2)
    assert undo["kind"] == "undo"
    assert [row["undone"] for row in rows[:5]] == [True, True, True, False, False]
    hands = [row for row in rows if row["kind"] == "hands_up"]
    assert [(row["prediction"], row["people"], row["turn"]) for row in hands] == [(4, 9, 1)]
    assert all(row["seconds"] is None and not row["recorded"] for row in rows)


def test_replies_and_choices_are_those_of_the_session(played: Path, rows: list[dict]) -> None:
    turn = 0
    for line in read(first_room(played)).lines:
        turn = line.data["turn"] if line.kind == "turn" else turn
        if line.kind != "replies":
            continue
        moves = [row for row in rows if row["kind"] == "move" and row["turn"] == turn]
        moves = [row for row in moves if not row["undone"]]
        told = [
            (index, *reply.split(":"))
            for index, row in enumerate(moves)
            for reply in (row["replies"] or "").split("+")
            if reply
        ]
        assert told == [tuple(reply) for reply in line.data["replies"]]
        assert told
        (diary,) = [row for row in rows if (row["kind"], row["turn"]) == ("diary", turn)]
        assert diary["chosen"] == "+".join(row["chosen"] for row in moves)


def test_a_branch_names_its_parent_and_marks_what_it_only_took_with_it(played: Path) -> None:
    rows = gather(played).rows
    branch = [row for row in rows if row["parent"]]
    (own,) = {row["session"] for row in rows if not row["parent"]}
    assert {row["parent"] for row in branch} == {own}
    assert {row["parent_turn"] for row in branch} == {2}
    assert [row["kind"] for row in branch if not row["copied"]] == ["luck"]
    assert {row["luck"] for row in branch if not row["copied"]} == {"5"}
    assert {row["turn"] for row in branch if row["copied"]} == {1}


def test_a_whole_play_has_every_kind(tmp_path: Path) -> None:
    with Session.start(
        place(), luck=3, folder=tmp_path, consent=True, hand="all",
        theories=["symmetric_trust"], parameters=THIN_SKINNED,
    ) as session:  # fmt: skip
        play_turns(session, 1)
        session.next_turn()
        if session.records[-1].live:
            session.choose_live("say_it_here")
    rows = gather(tmp_path).rows
    kinds = {row["kind"] for row in rows}
    assert {"live", "move", "diary", "silence"} <= kinds
    for row in rows:
        assert row["theories"] == "symmetric_trust"
        assert row["parameters"].startswith("avoidance_mean=0.3+eruption_hazard=1.0+")
        if row["kind"] == "silence":
            assert len(row["to"].split("+")) == 2
            assert row["legal"] >= 2
        if row["kind"] == "live":
            assert (row["legal"], bool(row["about"])) == (3, True)


def test_a_session_cut_off_half_way_gives_what_it_has(
    played: Path, rows: list[dict], tmp_path: Path
) -> None:
    source = first_room(played)
    content = source.read_bytes()
    (tmp_path / "killed.jsonl").write_bytes(content[: len(content) * 3 // 4])
    cut = gather(tmp_path).rows
    assert 0 < len(cut) < len(rows)
    unanswered = [name for name in COLUMNS if name not in ("replies", "undone")]
    for ours, theirs in zip(cut, rows, strict=False):
        assert [ours.get(name) for name in unanswered] == [theirs.get(name) for name in unanswered]
    assert [path.name for path in tmp_path.iterdir()] == ["killed.jsonl"]


def test_results_of_other_rules_keep_their_lines_and_lose_the_hand(
    played: Path, tmp_path: Path
) -> None:
    source = first_room(played)
    first, *lines = read(source).lines
    other = [(line.kind, dict(line.data)) for line in lines]
    replies = next(data for kind, data in other if kind == "replies")
    replies["replies"] = [[index, who, "elsewhere"] for index, who, _ in replies["replies"]]
    Journal.create(tmp_path / "old.jsonl", first.data | {"rules": "0" * 8}, other).close()
    rows = table(gather(tmp_path))
    assert rows["recorded"].all()
    assert rows["hand"].null_count() == rows["legal"].null_count() == len(rows)
    assert rows["replies"].drop_nulls()[0].endswith(":elsewhere")


def test_damaged_and_foreign_files_are_named_and_passed_over(played: Path, tmp_path: Path) -> None:
    for path in played.iterdir():
        shutil.copy(path, tmp_path)
    (tmp_path / "shopping.jsonl").write_text('{"milk": 2}\n', encoding="utf-8")
    strange = {"consent": True, "program": "9", "rules": "", "scenario": {"text": ""}}
    Journal.create(tmp_path / "strange.jsonl", strange).close()
    content = bytearray(next(played.iterdir()).read_bytes())
    content[len(content) // 3] ^= 1
    (tmp_path / "changed.jsonl").write_bytes(content)
    plays = gather(tmp_path)
    assert plays.sessions == 2
    named = sorted(problem.path.name for problem in plays.problems if problem.path)
    assert named == ["changed.jsonl", "shopping.jsonl", "strange.jsonl"]


def run(*args: object) -> str:
    done = CliRunner().invoke(app, ["sessions", "export", *map(str, args)])
    if isinstance(done.exception, UserError):
        raise done.exception
    return f"{done.exit_code}\n{done.output}"


def test_what_is_written_is_read_by_another_program(played: Path, tmp_path: Path) -> None:
    out = tmp_path / "plays.parquet"
    said = run(played, "--out", out)
    assert said.startswith("0\n")
    assert "1 session was left out" in said
    assert "--all" in said
    count, rooms = duckdb.sql(
        f"select count(*), count(distinct session) from '{out}' where consent"
    ).fetchall()[0]
    assert (count, rooms) == (int(said.split()[1]), 2)
    assert pl.read_parquet(out).columns == list(COLUMNS)


def test_no_free_text_and_no_clock_unless_notes_are_wanted(played: Path, tmp_path: Path) -> None:
    out = tmp_path / "plays.csv"
    said = run(played, "--out", out, "--all")
    assert "has no consent in its file" in said
    text = out.read_text(encoding="utf-8")
    assert SECRET not in text
    for path in played.iterdir():
        assert path.stem not in text
        assert read(path).header["started"][:10] not in text
    with out.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(COLUMNS)

    said = run(played, "--out", out, "--with-notes")
    assert "read them before" in said
    noted = pl.read_csv(out, infer_schema_length=None)
    assert noted.columns == [*COLUMNS, "note"]
    assert f"{SECRET} again." in noted["note"].drop_nulls().to_list()
    for name in COLUMNS:
        assert SECRET not in json.dumps(noted[name].to_list())
    assert f"{SECRET} too." not in out.read_text(encoding="utf-8")  # that room did not agree


def test_nothing_to_take_is_said_and_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "plays.csv"
    with pytest.raises(PlaysError):
        run(tmp_path / "nowhere", "--out", out)
    with pytest.raises(PlaysError):
        run(tmp_path, "--out", out)
    with pytest.raises(OutError):
        run(tmp_path, "--out", tmp_path / "plays.xlsx")
    Session.start(place(), luck=1, folder=tmp_path).close()
    said = run(tmp_path, "--out", out)
    assert said.startswith("1\n")
    assert "nothing was written" in said
    assert not out.exists()


def test_a_session_that_is_being_played_can_be_read(tmp_path: Path) -> None:
    with Session.start(place(), luck=1, folder=tmp_path, consent=True) as session:
        assert session.phase is Phase.CHOOSING
        session.choose(Move("coffee", ("council",)))
        assert [row["kind"] for row in gather(tmp_path).rows] == ["move"]
        session.choose(Move("coffee", ("hospital",)))


def test_the_room_agrees_as_its_session_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from game.desk import Desk

    monkeypatch.setenv("UNSAID_HOME", str(tmp_path))
    for consent in (True, False):
        desk = Desk(tmp_path, seed=1, consent=consent)
        desk.begin(load_scenario("first-steps"), "")
        assert desk.session is not None
        assert desk.session.path is not None
        assert read(desk.session.path).header["consent"] is consent
        assert any("research" in words for words in desk.notices) is consent
        desk.close()
    monkeypatch.setattr("sys.argv", ["unsaid", "play", "--resume", "--consent"])
    with pytest.raises(SystemExit):
        main()
    assert "as its session begins" in capsys.readouterr().err
