"""The journal: what is on disk is what was decided, or a sentence says why not."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.errors import UserError
from sim.journal import (
    CannotSave,
    InUse,
    Journal,
    JournalError,
    delete,
    forget,
    home_folder,
    new_path,
    pack,
    read,
    read_bytes,
    shelf,
    unpack,
)
from sim.journal.chain import write_line

HEADER = {"program": "0.1.0", "scenario": {"id": "two-towns", "title": "Two towns"}}
DECISIONS = [
    ("turn", {"turn": 1, "month": 0, "state": pack(bytes(range(64)))}),
    ("live", {"choice": "let_it_pass"}),
    ("move", {"move": "coffee", "targets": ["council", "hospital"]}),
    ("note", {"text": 'What did nobody say? “…” — "hash":"' + "0" * 64 + '"}\n'}),
    ("month", {"month": 1, "events": [["avoided", {"a": "x", "size": 0.30000000000000004}]]}),
]


def journal_bytes() -> tuple[bytes, list[int]]:
    """A short real journal, and where each of its lines ends."""
    parts = [write_line(0, "0" * 64, "header", {"format": 1} | HEADER)]
    for kind, data in DECISIONS:
        last = parts[-1][0]
        parts.append(write_line(last.seq + 1, last.hash, kind, data))
    content = b"".join(part for _line, part in parts)
    ends = [sum(len(part) for _line, part in parts[: n + 1]) for n in range(len(parts))]
    return content, ends


WHOLE, ENDS = journal_bytes()
LINES = read_bytes(WHOLE, Path("whole.jsonl")).lines


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "session.jsonl"
    with Journal.create(path, HEADER) as journal:
        for kind, data in DECISIONS:
            journal.append(kind, data)
        assert path.read_bytes() == WHOLE  # on disk before the call returned
    reading = read(path)
    assert [line.kind for line in reading.lines] == ["header", *[kind for kind, _ in DECISIONS]]
    assert reading.lines[3].data == DECISIONS[2][1]
    assert reading.torn == b""
    with Journal.open(path) as again:
        assert again.lines == list(reading.lines)
        again.append("note", {"text": "on we go"})
    assert read(path).lines[-1].data == {"text": "on we go"}


def test_cut_anywhere_reopens_at_the_last_whole_line(tmp_path: Path) -> None:
    for cut in range(len(WHOLE) + 1):
        path = tmp_path / f"{cut}.jsonl"
        path.write_bytes(WHOLE[:cut])
        # a line that lacks only its newline is whole: its hash says so
        whole = sum(end - 1 <= cut for end in ENDS)
        if not whole:
            with pytest.raises(JournalError, match="cut off before it began"):
                Journal.open(path)
            assert path.read_bytes() == WHOLE[:cut]
            continue
        kept = WHOLE[: ENDS[whole - 1]]
        torn = WHOLE[len(kept) : cut]
        with Journal.open(path) as journal:
            assert tuple(journal.lines) == LINES[:whole]
            assert path.read_bytes() == kept
            journal.append("note", {"text": "after"})
        assert read(path).lines[:-1] == LINES[:whole]
        aside = tmp_path / f"{cut}.jsonl.torn"
        assert (aside.read_bytes() if aside.exists() else b"") == torn


def survives(path: Path, content: bytes) -> None:
    """Opening changed bytes: a sentence and an untouched file, or a true beginning."""
    path.write_bytes(content)
    torn = path.parent / (path.name + ".torn")
    refused: JournalError | None = None
    try:
        journal = Journal.open(path)
    except JournalError as error:
        refused = error
    if refused:
        assert path.read_bytes() == content
        assert str(path) in str(refused)
        assert len(refused.message) > 40
        assert refused.hint
        assert not torn.exists()
        return
    with journal:
        assert tuple(journal.lines) == LINES[: len(journal.lines)]
        # nothing that was there is gone: the journal and what lies beside it hold it all
        held = path.read_bytes() + (torn.read_bytes() if torn.exists() else b"")
        assert held in (content, content + b"\n") or content.rstrip(b"\0") in held


@pytest.mark.parametrize("flip", [0x01, 0x20, 0x80])
def test_one_changed_byte_anywhere_is_seen(flip: int, tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    for place in range(len(WHOLE)):
        changed = bytearray(WHOLE)
        changed[place] ^= flip
        path.write_bytes(changed)
        with pytest.raises(JournalError) as caught:
            Journal.open(path)
        assert path.read_bytes() == bytes(changed)
        # the changed line is the one named; a lost newline glues it to the next
        line = sum(end <= place for end in ENDS) + 1
        assert caught.value.line == line


@settings(max_examples=400, deadline=None)
@given(
    place=st.integers(0, len(WHOLE) - 1),
    take=st.integers(0, 400),
    put=st.binary(max_size=60) | st.sampled_from([b"\n", b"\0" * 50, b'"}\n', WHOLE[:90]]),
    cut=st.integers(0, 300),
)
@example(place=ENDS[1], take=ENDS[2] - ENDS[1], put=b"", cut=0)  # a line taken out
@example(place=ENDS[1], take=0, put=WHOLE[ENDS[1] : ENDS[2]], cut=0)  # a line twice
@example(place=len(WHOLE) - 1, take=1, put=b"\0" * 50, cut=0)  # zeros for the newline
def test_any_damage_is_a_sentence_or_a_true_beginning(
    place: int, take: int, put: bytes, cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = WHOLE[:place] + put + WHOLE[place + take :]
    content = content[: len(content) - cut]
    survives(tmp_path_factory.mktemp("damage") / "s.jsonl", content)


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_a_foreign_file_is_named_so(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    survives(tmp_path_factory.mktemp("foreign") / "holiday.jpg", content)


def test_a_picture_is_not_a_session(tmp_path: Path) -> None:
    path = tmp_path / "holiday.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0 not ours")
    with pytest.raises(JournalError, match="is not a session of Left Unsaid"):
        Journal.open(path)


def test_chained_by_another_hand(tmp_path: Path) -> None:
    """Well hashed and in order, but no header of ours, or one of a later program."""
    path = tmp_path / "s.jsonl"
    for data, says in (({}, "not a session"), ({"format": 99}, "newer version of Left Unsaid")):
        _line, content = write_line(0, "0" * 64, "header", data)
        path.write_bytes(content)
        with pytest.raises(JournalError, match=says):
            Journal.open(path)
        assert path.read_bytes() == content


def test_zeros_after_a_power_cut_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_bytes(WHOLE + b"\0" * 512)
    with Journal.open(path) as journal:
        assert tuple(journal.lines) == LINES
    assert path.read_bytes() == WHOLE
    assert (tmp_path / "s.jsonl.torn").read_bytes() == b"\0" * 512


def test_torn_twice_keeps_both(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    for cut in (ENDS[2] + 90, ENDS[2] + 100):
        path.write_bytes(WHOLE[:cut])
        Journal.open(path).close()
    assert (tmp_path / "s.jsonl.torn").read_bytes() == WHOLE[ENDS[2] : ENDS[2] + 90]
    assert (tmp_path / "s.jsonl.torn2").read_bytes() == WHOLE[ENDS[2] : ENDS[2] + 100]


def test_nothing_there_or_a_folder(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="There is no session at"):
        Journal.open(tmp_path / "none.jsonl")
    with pytest.raises(JournalError):
        Journal.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_two_copies_on_one_session(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    journal = Journal.create(path, HEADER)
    with pytest.raises(InUse, match="open in another window"):
        Journal.open(path)
    assert len(read(path).lines) == 1  # reading disturbs nobody
    journal.close()
    Journal.open(path).close()


HOLDER = """
import sys, time
from pathlib import Path
from sim.journal import Journal
journal = Journal.open(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""


def test_two_processes_on_one_session(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_bytes(WHOLE)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(InUse):
            Journal.open(path)
    finally:
        holder.kill()
        holder.communicate()
    with Journal.open(path) as journal:  # a dead process holds nothing
        assert tuple(journal.lines) == LINES


def test_a_full_disk_leaves_the_journal_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.jsonl"
    journal = Journal.create(path, HEADER)
    before = path.read_bytes()
    write = os.write

    def full(descriptor: int, content: memoryview) -> int:
        if len(content) > 20:
            return write(descriptor, content[:20])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(CannotSave, match="No space left"):
            journal.append("move", {"move": "coffee", "padding": "." * (1 + (-214) % 20)})
    assert path.read_bytes() == before
    journal.append("move", {"move": "listen"})
    journal.stop_saving()
    journal.append("note", {"text": "only in memory"})
    assert not journal.saved
    assert [line.kind for line in read(path).lines] == ["header", "move"]
    assert [line.kind for line in journal.lines] == ["header", "move", "note"]


def test_a_folder_nobody_may_write_to(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(CannotSave) as caught:
        Journal.create(blocked / "sessions" / "s.jsonl", HEADER)
    assert isinstance(caught.value, UserError)
    assert "play on unsaved" in str(caught.value)
    taken = tmp_path / "s.jsonl"
    Journal.create(taken, HEADER).close()
    content = taken.read_bytes()
    with pytest.raises(CannotSave, match="File exists"):
        Journal.create(taken, HEADER)
    assert taken.read_bytes() == content


def test_a_read_only_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.jsonl"
    path.write_bytes(WHOLE)

    def refuse(*_: object) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(JournalError, match=r"cannot be opened: Read-only.*open the copy"):
        Journal.open(path)
    with pytest.raises(CannotSave, match="Read-only"):
        Journal.create(tmp_path / "new.jsonl", HEADER)


def test_the_shelf_shows_sound_and_damaged(tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_bytes(WHOLE)
    (tmp_path / "bad.jsonl").write_bytes(WHOLE.replace(b"coffee", b"toffee"))
    (tmp_path / "begun.jsonl.part").write_bytes(WHOLE[:30])
    (tmp_path / "photo.png").write_bytes(b"png")
    os.utime(tmp_path / "good.jsonl", (2e9, 2e9))
    good, bad = shelf(tmp_path)
    assert (good.title, good.scenario, good.turn, good.month, good.problem) == (
        "Two towns",
        "two-towns",
        1,
        1,
        "",
    )
    assert "line 4" in bad.problem
    assert shelf(tmp_path / "nowhere") == []


def test_kept_without_notes(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_bytes(WHOLE + WHOLE[ENDS[-2] : ENDS[-2] + 9])
    (tmp_path / "s.jsonl.torn").write_bytes(b"half a note")
    with pytest.raises(JournalError):
        forget(path)  # what follows its last line is not the next line's beginning
    path.write_bytes(WHOLE)
    forget(path)
    assert [line.kind for line in read(path).lines] == ["header", "turn", "live", "move", "month"]
    assert b"nobody say" not in path.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


def test_deleted_unless_it_is_open(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    with Journal.create(path, HEADER), pytest.raises(InUse):
        delete(path)
    delete(path)
    path.write_text("not ours, but the reader has been told so")
    delete(path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(CannotSave):
        delete(path)


def test_where_sessions_are_kept() -> None:
    assert home_folder({"UNSAID_HOME": "/tmp/x"}) == Path("/tmp/x")
    if sys.platform.startswith("linux"):
        assert home_folder({"XDG_DATA_HOME": "/data"}) == Path("/data/left-unsaid")
        assert home_folder({"XDG_DATA_HOME": "relative"}) == home_folder({})
    name = new_path(Path("/s"), "Älter & Söhne", datetime(2015, 4, 1, 9, 30)).name
    assert name.startswith("2015-04-01-0930-lter-s-hne-")


@given(st.binary(max_size=2000))
def test_packed_bytes_come_back(content: bytes) -> None:
    assert unpack(pack(content)) == content


@pytest.mark.parametrize("text", ["", "é", "AAAA", "====", pack(b"x")[:-4]])
def test_unpacking_nonsense_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        unpack(text)


def test_lines_are_plain_json() -> None:
    for number, raw in enumerate(WHOLE.splitlines()):
        line = json.loads(raw)
        assert line["seq"] == number
        assert list(line) == ["seq", "previous", "kind", "data", "hash"]


def test_what_json_cannot_hold_is_our_fault(tmp_path: Path) -> None:
    journal = Journal.create(tmp_path / "s.jsonl", HEADER)
    with pytest.raises(ValueError):
        journal.append("month", {"size": float("nan")})
    assert len(journal.lines) == 1
