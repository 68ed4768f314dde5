"""Writing a sweep's folder, chunk by chunk, so that it is safe at every moment.

Whatever is written gets a temporary name, is synced, and is then renamed: a file with its
own name is whole.  :mod:`sim.sweep.folder` says what lies where.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import platform
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from sim.journal.lock import lock
from sim.sweep.chunks import Chunk
from sim.sweep.folder import (
    CHUNKS,
    DAMAGED,
    LOCK,
    NEW,
    RECORD,
    STUDY,
    SUMS,
    CannotWrite,
    FolderInUse,
    OtherSweep,
    StoreError,
    file_hash,
    holds,
    read_results,
    read_sums,
    record_in,
)
from sim.sweep.provenance import Record, differences
from sim.words import _

__all__ = ["Store", "read_results"]

_OURS: Final = {LOCK, RECORD + NEW, STUDY + NEW}
_FULL: Final = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Store:
    """The folder of one sweep, locked while it is open.

    ``record`` is what its ``study.json`` says; None in a new folder, until :meth:`begin`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.record: Record | None = None
        self._sums: dict[str, str] = {}
        self._lock = -1

    @classmethod
    def open(cls, folder: str | Path) -> Self:
        """Open a folder to write to it; a new one is made.

        Raises:
            StoreError: it holds something else, or a process is writing to it.
            CannotWrite: it cannot be made.
        """
        store = cls(Path(folder))
        _check_ours(store.folder)
        try:
            (store.folder / CHUNKS).mkdir(parents=True, exist_ok=True)
            store._lock = _locked(store.folder)
            store.record = record_in(store.folder)  # only now is it sure that nobody changes it
            store._tidy()
        except OSError as error:
            store.close()
            raise _cannot_write(store.folder, error) from error
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of the lock.  To close twice does no harm."""
        if self._lock >= 0:
            with suppress(OSError):  # who wrote here is nobody's business any more
                os.ftruncate(self._lock, 0)
            os.close(self._lock)
            self._lock = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def path(self, chunk: Chunk) -> Path:
        """Where a chunk is kept."""
        return self.folder / CHUNKS / chunk.name

    def refuse_other(self, record: Record) -> None:
        """Raise :class:`OtherSweep` if what lies here is not of the same sweep."""
        if self.record is None or not (found := differences(self.record, record)):
            return
        raise OtherSweep(
            _("{folder} holds another sweep, and results are not mixed. {why}").format(
                folder=self.folder, why=" ".join(found)
            ),
            _(
                "Name another folder with --out; or put back what has changed: {file} in the "
                "folder is the study as it was, {record} holds every text that it used."
            ).format(file=STUDY, record=RECORD),
        )

    def begin(self, record: Record) -> None:
        """Write down where the results are going to come from, before there are any."""
        self._put(self.folder / RECORD, _json(record))
        self.record = record
        self.write_study()

    def write_study(self) -> None:
        """Put the study beside its results, word for word."""
        path = self.folder / STUDY
        if not path.is_file():
            self._put(path, str((self.record or {}).get("study_text", "")).encode("utf-8"))

    def note(self, **more: Any) -> None:
        """Change some entries of the record."""
        record = {**(self.record or {}), **more}
        self._put(self.folder / RECORD, _json(record))
        self.record = record

    # --- chunks ---------------------------------------------------------------------------

    def keep(self, chunk: Chunk, data: bytes) -> None:
        """Write a finished chunk: it is there whole, or not at all.

        Raises:
            CannotWrite: the disk is full, or worse.
        """
        self._put(self.path(chunk), data)
        line = f"{hashlib.sha256(data).hexdigest()}  {chunk.name}\n"
        try:
            with (self.folder / CHUNKS / SUMS).open("ab") as file:
                file.write(line.encode("ascii"))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _cannot_write(self.folder, error) from error

    def adopt(self, chunk: Chunk, path: Path, digest: str) -> None:
        """Take a finished chunk from another folder, without copying it where that will do.

        ``digest`` is its SHA-256, and is written down with it.

        Raises:
            CannotWrite: the disk is full, or what has arrived is not what was sent.
        """
        new = self.path(chunk).with_name(chunk.name + NEW)
        try:
            try:
                os.link(path, new)
            except OSError:  # another disk, or a file system without links
                write_synced(new, path.read_bytes())
            if file_hash(new) != digest:
                new.unlink()
                raise CannotWrite(
                    _("{file} did not arrive whole in {folder}.").format(
                        file=path, folder=self.folder
                    ),
                    _("Give the same command again. If it happens again, look to the disks."),
                )
            self._sums[chunk.name] = digest
            new.replace(self.path(chunk))
            _sync_folder(new.parent)
        except OSError as error:
            raise _cannot_write(self.folder, error) from error

    def kept(self, chunks: Iterable[Chunk], rows: int) -> tuple[set[int], list[Path]]:
        """Which chunks (indices) are here and whole, and what was found damaged.

        ``rows`` is how many a run has.  What is damaged is renamed, and will be run again.
        """
        whole: set[int] = set()
        damaged: list[Path] = []
        for chunk in chunks:
            path = self.path(chunk)
            if not path.exists():
                self._sums.pop(chunk.name, None)
            elif self._is_whole(chunk, rows):
                whole.add(chunk.index)
            else:
                self._sums.pop(chunk.name, None)
                damaged.append(_set_aside(path))
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self._sums.items()))
        if (self.folder / CHUNKS / SUMS).exists() or lines:
            self._put(self.folder / CHUNKS / SUMS, lines.encode("ascii"))
        return whole, damaged

    def _is_whole(self, chunk: Chunk, rows: int) -> bool:
        path = self.path(chunk)
        try:
            digest = file_hash(path)
        except OSError:
            return False
        if chunk.name in self._sums:
            return digest == self._sums[chunk.name]
        # the process died before it could write the sum down
        if not holds(path, chunk, rows):
            return False
        self._sums[chunk.name] = digest
        return True

    def _tidy(self) -> None:
        """Read the sums; take away what was being written when a process died."""
        chunks = self.folder / CHUNKS
        # in the folder itself a file of somebody else's may end alike
        ours = (self.folder / (RECORD + NEW), self.folder / (STUDY + NEW))
        for half in (*chunks.glob(f"*{NEW}"), *ours):
            half.unlink(missing_ok=True)
        self._sums = read_sums(self.folder)

    def _put(self, path: Path, data: bytes) -> None:
        new = path.with_name(path.name + NEW)
        try:
            write_synced(new, data)
            new.replace(path)
            _sync_folder(path.parent)
        except OSError as error:
            with suppress(OSError):  # the next who opens the folder takes it away
                new.unlink(missing_ok=True)
            raise _cannot_write(self.folder, error) from error


def write_synced(path: Path, data: bytes) -> None:
    """Write a file, and wait until it is on the disk.  Raises OSError."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


# --- the folder ---------------------------------------------------------------------------


def _check_ours(folder: Path) -> None:
    """Refuse a folder in which something else lies than a sweep."""
    try:
        inside = {path.name for path in folder.iterdir()}
        empty = not any((folder / CHUNKS).iterdir()) if CHUNKS in inside else True
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise StoreError(
            _("{folder} is a file, and a sweep wants a folder.").format(folder=folder),
            _("Name a folder with --out; a new one is made."),
        ) from None
    except OSError as error:
        raise _cannot_write(folder, error) from error
    if RECORD not in inside and (inside - _OURS - {CHUNKS} or not empty):
        raise StoreError(
            _("{folder} is not empty, and what is in it is no sweep: there is no {file}.").format(
                folder=folder, file=RECORD
            ),
            _("Name a new folder with --out, or an empty one."),
        )


def _locked(folder: Path) -> int:
    """The descriptor of a lock that goes when the process does, however it goes."""
    path = folder / LOCK
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
    free = lock(descriptor)
    os.lseek(descriptor, 0, os.SEEK_SET)  # to lock moves far beyond the end on some systems
    if not free:
        who = os.read(descriptor, 200).decode("utf-8", errors="replace").strip()
        os.close(descriptor)
        raise FolderInUse(
            _("Somebody is writing to {folder} already{who}.").format(
                folder=folder, who=f" ({who})" if who else ""
            ),
            _("Wait until that sweep is done, stop it, or name another folder with --out."),
        )
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"process {os.getpid()} on {platform.node()}\n".encode())
    return descriptor


def _set_aside(path: Path) -> Path:
    """Rename a damaged file, so that it is neither read nor lost."""
    number = 1
    while (aside := path.with_name(f"{path.name}{DAMAGED}{number if number > 1 else ''}")).exists():
        number += 1
    path.replace(aside)
    return aside


def _json(record: Record) -> bytes:
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode("utf-8")


def _sync_folder(folder: Path) -> None:
    """Make a new name safe from a power cut; Windows does so by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems know no such thing
            raise
    finally:
        os.close(descriptor)


def _cannot_write(folder: Path, error: OSError) -> CannotWrite:
    if error.errno in _FULL:
        return CannotWrite(
            _("The disk is full: {folder} cannot take more.").format(folder=folder),
            _(
                "Nothing is lost: what is finished is kept. Make room, then give the same "
                "command again, and it goes on from there."
            ),
        )
    return CannotWrite(
        _("{folder} cannot be written to: {why}.").format(
            folder=folder, why=error.strerror or str(error)
        ),
        _("What is finished is kept. Once it can be written to, give the same command again."),
    )
