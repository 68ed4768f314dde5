"""How the runs of a sweep are cut into chunks, the pieces that are played and kept whole.

A chunk is a stretch of runs; chunk 0 begins with run 0.  What a run gives does not depend
on where the cuts are: they decide only how much is lost when the power goes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sim.errors import UserError
from sim.words import _

SHORTEST: Final = 1.0
LONGEST: Final = 10.0
"""Seconds that a chunk should take, on one thread."""
CHUNKS: Final = 200
"""About how many chunks a sweep is cut into, while they stay between those."""
MOST_NUMBERS: Final = 4_000_000
"""Measures of a chunk that are in memory at once (32 MB), whatever it takes to play."""


class NoSuchShard(UserError):
    """A ``--shard`` that is no part of anything."""


@dataclass(frozen=True)
class Chunk:
    """Runs ``first`` to ``last`` - 1, the ``index``-th piece of ``of``."""

    index: int
    of: int
    first: int
    last: int

    @property
    def runs(self) -> int:
        """How many runs."""
        return self.last - self.first

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"part-{self.index:06d}-of-{self.of:06d}.parquet"


@dataclass(frozen=True)
class Shard:
    """The ``part``-th (from 1) of ``of`` parts of a sweep: every ``of``-th chunk."""

    part: int = 1
    of: int = 1

    def has(self, chunk: Chunk) -> bool:
        """Whether a chunk belongs to this part."""
        return chunk.index % self.of == self.part - 1

    @property
    def whole(self) -> bool:
        """Whether it is all of the sweep."""
        return self.of == 1

    def __str__(self) -> str:
        return f"{self.part}/{self.of}"


ALL: Final = Shard()


def shard_of(text: str) -> Shard:
    """The shard that ``k/N`` means.  Raises :class:`NoSuchShard`."""
    found = re.fullmatch(r"\s*(\d{1,9})\s*/\s*(\d{1,9})\s*", text)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise NoSuchShard(
            _("--shard {text}: a part and a number of parts are needed.").format(text=text),
            _("Like this: --shard 3/16 for the third of sixteen parts."),
        )
    return Shard(int(found[1]), int(found[2]))


def chunks_of(runs: int, size: int, shard: Shard = ALL) -> Iterator[Chunk]:
    """The chunks of a sweep, or of one part of it, in order."""
    of = math.ceil(runs / size)
    for index in range(shard.part - 1, of, shard.of):
        yield chunk_at(index * size, runs, size)


def chunk_at(run: int, runs: int, size: int) -> Chunk:
    """The chunk that holds a run."""
    index = run // size
    return Chunk(index, math.ceil(runs / size), index * size, min(runs, (index + 1) * size))


def count_chunks(runs: int, size: int, shard: Shard = ALL) -> int:
    """How many chunks :func:`chunks_of` gives."""
    return len(range(shard.part - 1, math.ceil(runs / size), shard.of))


def count_runs(runs: int, size: int, shard: Shard = ALL) -> int:
    """How many runs are in them."""
    if shard.whole:
        return runs
    return sum(chunk.runs for chunk in chunks_of(runs, size, shard))


def chunk_size(
    runs: int, replications: int, seconds: float, *, numbers: int, workers: int = 1, parts: int = 1
) -> int:
    """A good number of runs for a chunk, where a run takes ``seconds`` and keeps ``numbers``.

    Whole groups of replications, unless one group is too much by itself.  A short sweep is
    cut so that every worker has something to do; one of several ``parts``, each with so many
    workers, into as many chunks for each part as it would be for one machine.
    """
    wanted = min(LONGEST, max(SHORTEST, runs * seconds / (CHUNKS * parts)))
    size = wanted / max(seconds, 1e-9)
    size = min(
        size, MOST_NUMBERS / max(1, numbers), math.ceil(runs / (4 * max(1, workers) * parts))
    )
    whole = int(size)
    if whole >= replications:
        whole -= whole % replications
    return max(1, min(runs, whole))
