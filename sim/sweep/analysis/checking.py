"""Whether the chunks of a sweep are what the sweep wrote: unchanged, and each its own runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sim.errors import UserError
from sim.labels import listed
from sim.sweep.chunks import ALL, Chunk, Shard, chunks_of
from sim.sweep.folder import CHUNKS, file_hash, read_sums
from sim.words import _, ngettext

NAMED: Final = 5
"""Files that a sentence names, at most."""


class SweepUnreadable(UserError):
    """A folder that holds no sweep, or one that cannot be read."""


class ChunksWrong(SweepUnreadable):
    """Results that are not those the sweep wrote."""


def refuse_changed(folder: Path, files: Sequence[Path]) -> None:
    """Hold each chunk against its line in ``chunks/SHA256SUMS``, where it has one.

    Raises:
        ChunksWrong: a chunk is not what was written down of it.
    """
    sums = read_sums(folder)
    changed = []
    for file in files:
        try:
            if file.name in sums and file_hash(file) != sums[file.name]:
                changed.append(file)
        except OSError:
            changed.append(file)
    if changed:
        raise ChunksWrong(
            ngettext(
                "{files} in {folder} is not what the sweep wrote: its SHA-256 is not the one "
                "written down.",
                "{files} in {folder} are not what the sweep wrote: their SHA-256 are not those "
                "written down.",
                len(changed),
            ).format(files=_named(changed), folder=folder / CHUNKS),
            _again(len(changed)),
        )


def refuse_other_runs(folder: Path, files: Sequence[Path], record: Mapping[str, Any]) -> None:
    """See that each chunk holds the runs that its name and the record say, each once.

    Where the record does not say how runs were cut, that those of a chunk follow one
    another, and that none is in two chunks.

    Raises:
        ChunksWrong: a chunk holds other runs, or is none of this sweep's.
    """
    known = _expected(record)
    if known and (strange := [file for file in files if file.name not in known]):
        raise ChunksWrong(
            ngettext(
                "{files} in {folder} is no part of this sweep.",
                "{files} in {folder} are no parts of this sweep.",
                len(strange),
            ).format(files=_named(strange), folder=folder / CHUNKS),
            _("Take it out of the folder, and analyse again."),
        )
    wrong = []
    beyond = 0  # runs up to here are in the files before
    for file in files:
        first, last, good = _runs_in(file)
        chunk = known.get(file.name)
        good = good and (first, last) == ((chunk.first, chunk.last) if chunk else (first, last))
        if not good or (not known and first < min(beyond, last)):
            wrong.append(file)
        else:
            beyond = max(beyond, last)
    if not wrong:
        return
    sums = read_sums(folder)
    raise ChunksWrong(
        ngettext(
            "{files} in {folder} does not hold the runs it should: some are missing, doubled, or "
            "another part’s.",
            "{files} in {folder} do not hold the runs they should: some are missing, doubled, or "
            "another part’s.",
            len(wrong),
        ).format(files=_named(wrong), folder=folder / CHUNKS),
        # a sweep believes what agrees with its sums, and looks into what has none
        _("Delete what is named, and start the sweep again with the same command: it runs those.")
        if any(file.name in sums for file in wrong) or not known
        else _again(len(wrong)),
    )


def _again(count: int) -> str:
    return ngettext(
        "Start the sweep again with the same command: it runs this part again.",
        "Start the sweep again with the same command: it runs these parts again.",
        count,
    )


def _expected(record: Mapping[str, Any]) -> dict[str, Chunk]:
    """The chunks of a sweep, or of its part, by file name; {} where the record has no size."""
    runs, size, part = record.get("runs"), record.get("chunk"), record.get("shard")
    if not (isinstance(runs, int) and isinstance(size, int) and runs > 0 and size > 0):
        return {}
    shard = ALL
    if isinstance(part, Mapping):
        k, of = part.get("part"), part.get("of")
        if not (isinstance(k, int) and isinstance(of, int) and 1 <= k <= of):
            return {}
        shard = Shard(k, of)
    return {chunk.name: chunk for chunk in chunks_of(runs, size, shard)}


def _runs_in(file: Path) -> tuple[int, int, bool]:
    """The first run of a chunk, the one after its last, and whether each is there once a month."""
    import polars as pl

    try:
        table = pl.read_parquet(file, columns=["run", "month"])
    except (OSError, pl.exceptions.PolarsError):
        return 0, 0, False
    if not table.height:
        return 0, 0, True
    if table.null_count().row(0) != (0, 0):
        return 0, 0, False
    first, last = int(table["run"].min()), int(table["run"].max()) + 1  # type: ignore[arg-type]
    whole = (
        table["run"].n_unique() == last - first
        and table.height == (last - first) * table["month"].n_unique()
        and not table.is_duplicated().any()
    )
    return first, last, whole


def _named(files: Sequence[Path]) -> str:
    names = [file.name for file in files[:NAMED]]
    more = len(files) - NAMED
    return listed([*names, _("{count} more").format(count=more)] if more > 0 else names)
