"""One session's file: made, opened, added to, never overwritten."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from sim.journal.chain import FORMAT, HEADER, START, Line, Reading, read_bytes, write_line
from sim.journal.errors import CannotSave, InUse, JournalError
from sim.journal.lock import lock
from sim.words import _

_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn newlines into two bytes


def read(path: Path | str) -> Reading:
    """The journal at ``path``, without a lock and without touching it.

    For debriefs, reports and the shelf; also while somebody plays it.  Raises
    :class:`JournalError`.
    """
    path = Path(path)
    try:
        return read_bytes(path.read_bytes(), path)
    except OSError as error:
        raise _unreadable(path, error) from error


class Journal:
    """A session's lines, on disk before :meth:`append` returns.

    ``lines`` holds them all; ``path`` is None for a session that nobody wants saved.
    Make one with :meth:`create`, :meth:`open` or :meth:`unsaved`; close it, or use it in a
    ``with``: until then no other copy of the program may open the session.
    """

    def __init__(self, lines: list[Line], path: Path | None, descriptor: int, length: int):
        self.lines = lines
        self.path = path
        self._descriptor = descriptor
        self._length = length
        self._ragged = False

    @classmethod
    def create(
        cls, path: Path, header: dict[str, Any], lines: Sequence[tuple[str, dict[str, Any]]] = ()
    ) -> Journal:
        """A new file at ``path``: ``header``, then ``lines`` as (kind, data), all or nothing.

        Raises :class:`CannotSave` when the folder or the file cannot be written, or the
        file is there already.
        """
        first, content = _chained(header, lines)
        # under another name until the header is safe: a session's file is never half begun
        part = path.with_name(path.name + ".part")
        descriptor, begun = -1, False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists():
                raise FileExistsError(17, os.strerror(17), str(path))
            descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o644)
            begun = True
            _write(descriptor, content)
            os.fsync(descriptor)
            os.close(descriptor)
            descriptor = -1
            part.rename(path)
            begun = False
            _sync_folder(path.parent)
            descriptor = os.open(path, os.O_RDWR | _BINARY)
        except OSError as error:
            if descriptor >= 0:
                os.close(descriptor)
            if begun:
                part.unlink(missing_ok=True)
            raise CannotSave(path, error) from error
        if not lock(descriptor):
            os.close(descriptor)
            raise InUse(path)
        return cls(first, path, descriptor, len(content))

    @classmethod
    def open(cls, path: Path | str) -> Journal:
        """The session at ``path``, to go on with it.

        A torn last line is set aside in ``<name>.torn`` beside it.  Raises
        :class:`InUse` while another copy has it open and :class:`JournalError` for
        anything else than a sound journal, which is then left as it is.
        """
        path = Path(path)
        try:
            descriptor = os.open(path, os.O_RDWR | _BINARY)
        except OSError as error:
            raise _unreadable(path, error) from error
        try:
            if not lock(descriptor):
                raise InUse(path)
            content = _content(descriptor)
            reading = read_bytes(content, path)
            if reading.torn or not reading.newline:
                _mend(descriptor, path, reading)
            length = reading.length + (not reading.newline)
        except OSError as error:
            os.close(descriptor)
            raise _unreadable(path, error) from error
        except BaseException:
            os.close(descriptor)
            raise
        return cls(list(reading.lines), path, descriptor, length)

    @classmethod
    def unsaved(
        cls, header: dict[str, Any], lines: Sequence[tuple[str, dict[str, Any]]] = ()
    ) -> Journal:
        """A journal in memory only."""
        first, content = _chained(header, lines)
        return cls(first, None, -1, len(content))

    @property
    def header(self) -> dict[str, Any]:
        """Data of the first line."""
        return self.lines[0].data

    @property
    def saved(self) -> bool:
        """Whether lines go to a file."""
        return self._descriptor >= 0

    def append(self, kind: str, data: dict[str, Any]) -> Line:
        """Add a line; when this returns, the line is on disk.

        Raises :class:`CannotSave`, and the journal is as it was before.
        """
        last = self.lines[-1]
        line, content = write_line(last.seq + 1, last.hash, kind, data)
        if self._descriptor >= 0:
            assert self.path is not None
            try:
                if self._ragged:
                    os.ftruncate(self._descriptor, self._length)
                    self._ragged = False
                os.lseek(self._descriptor, self._length, os.SEEK_SET)
                _write(self._descriptor, content)
                os.fsync(self._descriptor)
            except OSError as error:
                self._take_back(error)
        self._length += len(content)
        self.lines.append(line)
        return line

    def stop_saving(self) -> None:
        """Go on in memory only; the file keeps what it has."""
        self.close()

    def close(self) -> None:
        """Let the file go, so that another copy may open it."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def abandon(self) -> None:
        """Let the file go and delete it: one in which nothing came about."""
        self.close()
        if self.path is not None:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def _take_back(self, error: OSError) -> None:
        """Half a line may be on disk: cut it off, so that the next one fits the chain."""
        assert self.path is not None
        try:
            os.ftruncate(self._descriptor, self._length)
            os.fsync(self._descriptor)
        except OSError:
            self._ragged = True  # the next append cuts it off, or the next opening sets it aside
        raise CannotSave(self.path, error) from error


def _chained(
    header: dict[str, Any], lines: Sequence[tuple[str, dict[str, Any]]]
) -> tuple[list[Line], bytes]:
    """A journal's first lines and their bytes."""
    line, content = write_line(0, START, HEADER, header | {"format": FORMAT})
    chained, parts = [line], [content]
    for kind, data in lines:
        line, content = write_line(len(chained), line.hash, kind, data)
        chained.append(line)
        parts.append(content)
    return chained, b"".join(parts)


def _write(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]


def _content(descriptor: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    parts = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _mend(descriptor: int, path: Path, reading: Reading) -> None:
    """Copy what is torn to a file beside the journal, and only then cut it off."""
    if reading.torn:
        aside = _aside(path, reading.torn)
        if aside is not None:
            copy = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o644)
            try:
                _write(copy, reading.torn)
                os.fsync(copy)
            finally:
                os.close(copy)
            _sync_folder(path.parent)
        os.ftruncate(descriptor, reading.length)
    if not reading.newline:
        os.lseek(descriptor, reading.length, os.SEEK_SET)
        _write(descriptor, b"\n")
    os.fsync(descriptor)


def _aside(path: Path, torn: bytes) -> Path | None:
    """A free name for the torn bytes; None when an earlier try has kept them already."""
    number = 1
    while True:
        tail = ".torn" if number == 1 else f".torn{number}"
        aside = path.with_name(path.name + tail)
        if not aside.exists():
            return aside
        if aside.read_bytes() == torn:
            return None
        number += 1


def _sync_folder(folder: Path) -> None:
    """Make a new name in ``folder`` safe from a power cut; Windows does so by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unreadable(path: Path, error: OSError) -> JournalError:
    if isinstance(error, FileNotFoundError):
        return JournalError(
            _("There is no session at {file}.").format(file=path),
            _("Check the name, or choose one from the list of sessions."),
            path,
        )
    if isinstance(error, IsADirectoryError):
        return JournalError(
            _("{file} is a folder, not a session.").format(file=path),
            _("Choose a file that ends in .jsonl."),
            path,
        )
    return JournalError(
        _("The session {file} cannot be opened: {reason}.").format(
            file=path, reason=error.strerror or str(error)
        ),
        _("Copy it to a folder where you may read and write, and open the copy."),
        path,
    )
