"""The chain: how lines follow each other, and how to tell a torn one from a changed one.

One line a fact, in the order they happened::

    {"seq":3,"previous":"<hash of line 2>","kind":"move","data":{…},"hash":"<own>"}

``hash`` is the SHA-256 of the line up to it, closed with ``}``: canonical JSON (ASCII, no
spaces, keys of ``data`` sorted).  So a changed byte anywhere is a changed hash, and a line
taken out or put in breaks the chain.  It finds damage; it is no signature.

A line is complete with its newline.  What follows the last newline is a *torn* write, set
aside, if it can be the beginning of the line that was due; anything else was changed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sim.journal.errors import JournalError
from sim.words import _

FORMAT: Final = 1
"""Version of the journal's format; a program reads its own and older ones."""

START: Final = "0" * 64
HEADER: Final = "header"
LONGEST_LINE: Final = 64 * 1024 * 1024
_HASH: Final = len(',"hash":""}') + 64


@dataclass(frozen=True)
class Line:
    """One line: ``seq`` from 0, ``kind``, its ``data``, and its own ``hash``."""

    seq: int
    kind: str
    data: dict[str, Any]
    hash: str


@dataclass(frozen=True)
class Reading:
    """A sound journal: its lines, the bytes they fill, and what was torn off after them.

    ``newline`` is False when the last line came whole but for its newline.
    """

    lines: tuple[Line, ...]
    length: int
    torn: bytes
    newline: bool = True

    @property
    def header(self) -> dict[str, Any]:
        """Data of the first line."""
        return self.lines[0].data


def write_line(seq: int, previous: str, kind: str, data: dict[str, Any]) -> tuple[Line, bytes]:
    """The next line and its bytes, newline included.

    Raises ValueError for what JSON cannot hold (NaN, infinities): a fault of ours.
    """
    body = (
        f'{{"seq":{seq},"previous":"{previous}","kind":{json.dumps(kind)},'
        f'"data":{_canonical(data)}}}'
    ).encode("ascii")
    digest = hashlib.sha256(body).hexdigest()
    # what is read back is what was written: tuples are lists from the first moment on
    data = json.loads(body)["data"]
    return Line(seq, kind, data, digest), body[:-1] + f',"hash":"{digest}"}}\n'.encode("ascii")


def read_bytes(content: bytes, path: Path) -> Reading:
    """The journal in ``content``; ``path`` only names it in messages.

    Raises :class:`JournalError` for anything but a sound journal with at most its last line
    torn off.
    """
    if not content.startswith(_due(0, START, HEADER)):
        _refuse_first(content, path)
    lines: list[Line] = []
    length = 0
    previous = START
    while (end := content.find(b"\n", length)) >= 0:
        line = _parse(content[length:end], len(lines), previous)
        if line is None:
            raise _changed(path, len(lines) + 1)
        lines.append(line)
        previous = line.hash
        length = end + 1
        if len(lines) == 1:
            _check_header(line, path)
    torn = content[length:]
    newline = True
    if torn:
        # a power cut may leave the file longer than what was written, filled with zeros
        written = torn.rstrip(b"\0")
        last = _parse(written, len(lines), previous)
        if last is not None:
            lines.append(last)
            length += len(written)
            torn, newline = torn[len(written) :], False
            if len(lines) == 1:
                _check_header(last, path)
        elif not _beginning(written, len(lines), previous):
            raise _changed(path, len(lines) + 1)
    if not lines:
        raise JournalError(
            _("The session {file} was cut off before it began: nothing was decided in it.").format(
                file=path
            ),
            _("Delete the file, or leave it; start a new session."),
            path,
            1,
        )
    return Reading(tuple(lines), length, torn, newline)


def pack(content: bytes) -> str:
    """Bytes as compressed text for a line."""
    return base64.b64encode(zlib.compress(content, 6)).decode("ascii")


def unpack(text: str) -> bytes:
    """What :func:`pack` was given.  Raises ValueError when it is no such text."""
    try:
        return zlib.decompress(base64.b64decode(text, validate=True))
    except (binascii.Error, zlib.error, UnicodeEncodeError) as error:
        raise ValueError(str(error)) from error


def _canonical(data: object) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _due(seq: int, previous: str, kind: str = "") -> bytes:
    return f'{{"seq":{seq},"previous":"{previous}","kind":"{kind}'.encode("ascii")


def _parse(raw: bytes, seq: int, previous: str) -> Line | None:
    """The line in ``raw`` if it is whole, unchanged and the next in the chain."""
    if not raw.startswith(_due(seq, previous)) or len(raw) <= _HASH or len(raw) > LONGEST_LINE:
        return None
    body = raw[:-_HASH] + b"}"
    digest = hashlib.sha256(body).hexdigest()
    if raw[-_HASH:] != f',"hash":"{digest}"}}'.encode("ascii"):
        return None
    try:
        line = json.loads(body)
        kind, data = line["kind"], line["data"]
    except (ValueError, KeyError, RecursionError):
        return None  # hashed well, but by another hand than ours
    if not isinstance(kind, str) or not isinstance(data, dict):
        return None
    return Line(seq, kind, data, digest)


def _beginning(written: bytes, seq: int, previous: str) -> bool:
    """Whether ``written`` may be the beginning of the line that was due."""
    due = _due(seq, previous)
    shorter = min(len(due), len(written))
    if written[:shorter] != due[:shorter]:
        return False
    try:
        text = written.decode("ascii")
    except UnicodeDecodeError:
        return False  # we only write ASCII
    try:
        json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return True  # stops before its end
    return False  # a whole line with a wrong hash, or something after it


def _check_header(line: Line, path: Path) -> None:
    version = line.data.get("format")
    if line.kind != HEADER or not isinstance(version, int) or version < 1:
        raise _foreign(path)
    if version > FORMAT:
        raise JournalError(
            _(
                "The session {file} was written by a newer version of Left Unsaid "
                "(its format is {theirs}; this program reads up to {ours})."
            ).format(file=path, theirs=version, ours=FORMAT),
            _("Update the program to open it. The file was left as it is."),
            path,
            1,
        )


def _refuse_first(content: bytes, path: Path) -> None:
    """Raise what fits a file that does not begin as a journal, unless it is torn at once."""
    due = _due(0, START, HEADER)
    written = content.rstrip(b"\0")
    if due.startswith(written):
        return  # empty, or torn within the first bytes
    # most of our first bytes there: one of ours that somebody changed
    head = content[: len(due)]
    same = sum(a == b for a, b in zip(head, due))
    if len(head) == len(due) and same >= len(due) - 4:
        raise _changed(path, 1)
    raise _foreign(path)


def _foreign(path: Path) -> JournalError:
    return JournalError(
        _("The file {file} is not a session of Left Unsaid.").format(file=path),
        _("Choose another file: sessions end in .jsonl. This one was left as it is."),
        path,
        1,
    )


def _changed(path: Path, number: int) -> JournalError:
    return JournalError(
        _(
            "The session {file} was changed after it was written, or is damaged: "
            "line {line} is not what it was."
        ).format(file=path, line=number),
        _(
            "Put back an unchanged copy of the file, or start a new session. "
            "The file was left as it is."
        ),
        path,
        number,
    )
