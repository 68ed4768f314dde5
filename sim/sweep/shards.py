"""Parts of a sweep that were run one by one, as batch queues do, joined into one folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sim.sweep import provenance
from sim.sweep.chunks import Chunk, Shard, chunks_of
from sim.sweep.folder import CHUNKS, StoreError, file_hash, holds, read_record, read_sums
from sim.sweep.progress import number
from sim.sweep.provenance import Record, differences
from sim.sweep.store import Store
from sim.words import _, ngettext

NAMED: Final = 12
"""Chunks that are named in a sentence before it says how many more."""


class CannotMerge(StoreError):
    """Parts that are not of one sweep, or not all of them."""


@dataclass(frozen=True)
class Merged:
    """What was joined."""

    folder: Path
    parts: int
    runs: int
    chunks: int

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "folder": str(self.folder),
            "parts": self.parts,
            "runs": self.runs,
            "chunks": self.chunks,
        }


def merge(parts: Sequence[str | Path], out: str | Path) -> Merged:
    """Join the folders of a sweep's parts into one; what is in them stays there.

    Every chunk must be there, whole, and of the same study, program and rules.  Started
    again after it was stopped, it goes on.

    Raises:
        CannotMerge: they do not belong together, or something is missing or damaged.
        StoreError: a folder that is none of a sweep's, or cannot be written to.
    """
    folders, out = [Path(part) for part in parts], Path(out)
    records = [read_record(folder) for folder in folders]
    for folder, record in zip(folders, records):
        _check_same(folders[0], records[0], folder, record)
        if out.exists() and out.resolve() == folder.resolve():
            raise CannotMerge(
                _("{folder} is one of the parts.").format(folder=out),
                _("Name a new folder with --out."),
            )
    first = records[0]
    chunks = list(chunks_of(first["runs"], first["chunk"]))
    found = _found(folders, chunks, len(first["months"]))
    missing = [chunk for chunk in chunks if chunk.index not in found]
    if missing:
        raise _incomplete(missing, chunks, records)
    with Store.open(out) as store:
        record = _joined(folders, records)
        store.refuse_other(record)
        if store.record is None:
            store.begin(record)
        rows = len(first["months"])
        there, __ = store.kept(chunks, rows)
        for chunk in chunks:
            if chunk.index not in there:
                store.adopt(chunk, *found[chunk.index])
        store.kept(chunks, rows)
        store.note(**record)
        store.write_study()
    return Merged(out, len(folders), first["runs"], len(chunks))


def _check_same(one: Path, first: Record, other: Path, record: Record) -> None:
    why = differences({**first, "shard": None}, {**record, "shard": None})
    if not why and (first["chunk"], first["runs"]) != (record["chunk"], record["runs"]):
        why = [
            _("Their chunks hold {one} and {other} runs.").format(
                one=number(first["chunk"]), other=number(record["chunk"])
            )
        ]
    if why:
        raise CannotMerge(
            _("{one} and {other} are not parts of one sweep. {why}").format(
                one=one, other=other, why=" ".join(why)
            ),
            _("Run every part with the same study, the same program and the same --chunk."),
        )


def _found(
    folders: Sequence[Path], chunks: Sequence[Chunk], rows: int
) -> dict[int, tuple[Path, str]]:
    """Where each chunk is, whole, and its SHA-256.

    Raises :class:`CannotMerge` for a damaged one.
    """
    found: dict[int, tuple[Path, str]] = {}
    for folder in folders:
        sums = read_sums(folder)
        for chunk in chunks:
            path = folder / CHUNKS / chunk.name
            if not path.is_file():
                continue
            digest = file_hash(path)
            whole = digest == sums[chunk.name] if chunk.name in sums else holds(path, chunk, rows)
            if not whole:
                raise CannotMerge(
                    _("{file} is damaged.").format(file=path),
                    _("Run that part again with the same command: only this chunk is run anew."),
                )
            if chunk.index not in found:
                found[chunk.index] = path, digest
            elif digest != found[chunk.index][1]:
                _check_equal(found[chunk.index][0], path)
    return found


def _check_equal(one: Path, other: Path) -> None:
    """The same runs, written twice: the files may differ, what is in them must not."""
    import polars as pl

    if not pl.read_parquet(one).equals(pl.read_parquet(other)):
        raise CannotMerge(
            _("{one} and {other} hold the same runs with other results.").format(
                one=one, other=other
            ),
            _("One of the machines computes otherwise. Please tell us which they are."),
        )


def _incomplete(
    missing: Sequence[Chunk], chunks: Sequence[Chunk], records: Sequence[Record]
) -> CannotMerge:
    """Which parts are missing, if they were cut alike; else which chunks."""
    cuts = {(record.get("shard") or {}).get("of", 1) for record in records}
    of = cuts.pop() if len(cuts) == 1 else 1
    names: list[str] = []
    for part in range(1, of + 1) if of > 1 else ():
        shard = Shard(part, of)
        lacks = sum(shard.has(chunk) for chunk in missing)
        whole = sum(shard.has(chunk) for chunk in chunks)
        if lacks == whole and lacks:
            names.append(_("part {part}").format(part=shard))
        elif lacks:
            names.append(
                _("{lacks} of {whole} chunks of part {part}").format(
                    lacks=number(lacks), whole=number(whole), part=shard
                )
            )
    names = names or [_("chunk {number}").format(number=chunk.index) for chunk in missing]
    more = len(names) - NAMED
    text = ", ".join(names[:NAMED])
    if more > 0:
        text += ngettext(" and {count} more", " and {count} more", more).format(count=more)
    return CannotMerge(
        _("Not all of the sweep is there. Missing: {what}.").format(what=text),
        _("Run what is missing with --shard, then merge all the folders."),
    )


def _joined(folders: Sequence[Path], records: Sequence[Record]) -> Record:
    """The record of the whole, and where its parts come from."""
    parts = [
        {
            "folder": folder.name,
            **{key: record.get(key) for key in ("shard", "command", "platform", "versions")},
            **{key: record.get(key) for key in ("started", "finished", "seconds", "sittings")},
        }
        for folder, record in zip(folders, records)
    ]
    return {
        **records[0],
        "shard": None,
        "started": min(record["started"] for record in records),
        "finished": provenance.now(),
        "seconds": round(sum(record.get("seconds") or 0.0 for record in records), 3),
        "failed": sum(record.get("failed") or 0 for record in records),
        "sittings": [],
        "parts": parts,
    }
