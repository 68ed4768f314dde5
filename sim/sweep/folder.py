"""The folder of a sweep as it is read: its record, its results, and whether they are whole.

::

    DIR/study.json            where the results come from (:mod:`sim.sweep.provenance`)
    DIR/study.yaml            the study, word for word
    DIR/chunks/part-000000-of-000123.parquet …    results, one row a run and month
    DIR/chunks/SHA256SUMS     a line for each chunk; ``sha256sum -c SHA256SUMS`` reads it
    DIR/lock                  held while somebody writes here
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.errors import UserError
from sim.sweep.chunks import Chunk
from sim.sweep.provenance import Record
from sim.words import _

if TYPE_CHECKING:
    import polars as pl

RECORD: Final = "study.json"
STUDY: Final = "study.yaml"
CHUNKS: Final = "chunks"
SUMS: Final = "SHA256SUMS"
LOCK: Final = "lock"
NEW: Final = ".new"
DAMAGED: Final = ".damaged"


class StoreError(UserError):
    """A folder that a sweep cannot be kept in, or read from."""


class OtherSweep(StoreError):
    """A folder that holds another sweep than the one that was to go into it."""


class FolderInUse(StoreError):
    """A folder that another process is writing to."""


class CannotWrite(StoreError):
    """The disk is full, or something else keeps us from writing; nothing is lost."""


def read_results(folder: str | Path) -> pl.LazyFrame:
    """Everything finished in the folder of a sweep, one row a run and month, lazily.

    Raises:
        StoreError: it holds no sweep, or nothing of it is finished.
    """
    folder = Path(folder)
    read_record(folder)
    results = results_or_none(folder)
    if results is None:
        raise StoreError(
            _("{folder}: no part of this sweep is finished yet.").format(folder=folder),
            _("Start it again with the same command, and look once a part is done."),
        )
    return results


def results_or_none(folder: Path) -> pl.LazyFrame | None:
    """All finished chunks in their order; None where there are none."""
    import polars as pl

    files = sorted((folder / CHUNKS).glob("part-*.parquet"))
    return pl.scan_parquet(files) if files else None


def read_record(folder: str | Path) -> Record:
    """What ``study.json`` of a sweep's folder says.

    Raises:
        StoreError: there is none, or it cannot be read.
    """
    record = record_in(Path(folder))
    if record is None:
        raise StoreError(
            _("{folder} holds no sweep: there is no {file} in it.").format(
                folder=folder, file=RECORD
            ),
            _("Name the folder that was given to “unsaid sweep” with --out."),
        )
    return record


def read_sums(folder: Path) -> dict[str, str]:
    """Name and SHA-256 of every chunk that was written down; a torn last line is left out."""
    try:
        text = (folder / CHUNKS / SUMS).read_text(encoding="ascii", errors="replace")
    except OSError:
        return {}
    lines = [line.partition("  ") for line in text.split("\n")[:-1]]
    return {name: digest for digest, __, name in lines if len(digest) == 64 and name}


def file_hash(path: Path) -> str:
    """SHA-256 (hex) of a file.  Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def holds(path: Path, chunk: Chunk, rows: int) -> bool:
    """Whether a file can be read through and has the runs of a chunk, ``rows`` of each."""
    import polars as pl

    try:
        table = pl.read_parquet(path, columns=None)
        runs = table["run"]
        return bool(
            len(runs) == chunk.runs * rows
            and runs.n_unique() == chunk.runs
            and runs.min() == chunk.first
            and runs.max() == chunk.last - 1
        )
    except (OSError, pl.exceptions.PolarsError):
        return False
    except BaseException as error:  # what a reader in another language makes of nonsense
        if type(error).__name__ == "PanicException":
            return False
        raise


def record_in(folder: Path) -> Record | None:
    """The record in a folder; None where there is none.  Raises :class:`StoreError`."""
    path = folder / RECORD
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(record, dict):
            raise ValueError("not an object")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise StoreError(
            _("{file} cannot be read: {why}.").format(file=path, why=why),
            _("It says where the results come from. Fetch it back from a copy of the folder."),
        ) from error
    return record
