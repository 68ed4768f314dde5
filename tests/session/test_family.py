"""All branches of one play: a tree, though some of it may be gone."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from session.scripted import step

from sim.journal import Branch, CannotSave, Journal, delete, family, shelf
from sim.session import Phase, Session

SCENARIO = "dancing-around-the-table"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.start(SCENARIO, luck=20150401, folder=tmp_path) as session:
        while (session.phase, session.turn) != (Phase.CHOOSING, 3):
            assert step(session)
        yield session


def drawn(branch: Branch, depth: int = 0) -> list[str]:
    """The tree as lines: where it left, its name, and how far it got."""
    far = f"turn {branch.kept.turn}" if branch.kept else "gone"
    lines = ["  " * depth + f"{branch.turn} {branch.name or '-'}: {far}"]
    for other in branch.branches:
        lines += drawn(other, depth + 1)
    return lines


def path_of(session: Session) -> Path:
    assert session.path is not None
    return session.path


def test_a_family_is_drawn_from_any_of_its_members(session: Session, tmp_path: Path) -> None:
    Session.start(SCENARIO, luck=1, folder=tmp_path).close()  # of another family
    with session.branch("What if we had listened", 2) as one, session.branch("", 1) as two:
        while one.turn < 3:
            step(one)
        with one.branch("Later", 3) as three:
            paths = [path_of(s) for s in (session, one, two, three)]
    for path in paths:
        assert drawn(family(path)) == [
            "0 -: turn 3",
            "  1 Turn 1, otherwise: turn 1",
            "  2 What if we had listened: turn 3",
            "    3 Later: turn 3",
        ]
        assert path in family(path)
    assert tmp_path / "elsewhere.jsonl" not in family(paths[0])
    kept = {item.name: (item.parent, item.parent_turn) for item in shelf(tmp_path) if item.name}
    assert kept["Later"] == (paths[1].name, 3)
    assert kept["Turn 1, otherwise"] == (paths[0].name, 1)


def test_what_is_gone_keeps_its_place(session: Session) -> None:
    with session.branch("one", 2) as one, one.branch("two", 2) as two:
        paths = [path_of(s) for s in (session, one, two)]
    session.close()
    delete(paths[1])
    delete(paths[0])
    assert drawn(family(paths[2])) == ["0 -: gone", "  2 one: gone", "    2 two: turn 2"]


def test_what_is_damaged_keeps_its_place_and_says_so(session: Session) -> None:
    with session.branch("one", 2) as one, one.branch("two", 2) as two:
        paths = [path_of(s) for s in (session, one, two)]
    paths[1].write_bytes(paths[1].read_bytes().replace(b'"note"', b'"nota"', 1))
    tree = family(paths[2])
    (damaged,) = tree.branches
    assert (damaged.name, damaged.turn, damaged.branches[0].name) == ("one", 2, "two")
    assert damaged.kept is not None
    assert "changed" in damaged.kept.problem


def test_a_branch_of_a_play_that_was_never_saved() -> None:
    with Session.start(SCENARIO, luck=1, save=False) as session:
        branch = session.branch("", 1)
        assert branch.path is None
        assert branch.name == "Turn 1, otherwise"
        assert session.branch("", 1).name == "Turn 1, otherwise (2)"
        assert branch.branch(" mine ", 1).name == "mine"


def test_that_a_branch_was_made_is_kept(session: Session) -> None:
    session.note("before")
    with session.branch("one", 2) as one:
        assert [said.kind for said in one.said].count("branch") == 0
    with session.branch("two", 3) as two:
        assert [said.kind for said in two.said].count("branch") == 0
        assert "before" not in [said.data.get("text") for said in one.said]
    told = [said.data["name"] for said in session.said if said.kind == "branch"]
    assert told == ["one", "two"]
    session.close()
    with Session.resume(path_of(session)) as again:
        assert again.said == session.said


def test_a_branch_that_cannot_be_written_leaves_nothing(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = session.said
    append = Journal.append

    def full(self: Journal, kind: str, data: dict[str, object]) -> object:
        if kind == "branch":
            raise CannotSave(tmp_path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        return append(self, kind, data)

    monkeypatch.setattr(Journal, "append", full)
    with pytest.raises(CannotSave):
        session.branch("one", 2)
    assert session.said == before
    assert [path.name for path in tmp_path.iterdir()] == [path_of(session).name]


def test_a_session_that_cannot_begin_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Journal, kind: str, data: dict[str, object]) -> object:
        raise CannotSave(tmp_path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))

    monkeypatch.setattr(Journal, "append", full)
    with pytest.raises(CannotSave):
        Session.start(SCENARIO, luck=1, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []
