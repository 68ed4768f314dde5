"""Chunks of runs played, on a thread, in a worker process or on another machine.

A chunk is a function of the plan and of its first and last run.  A run that raises is a
row with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from sim.errors import UserError
from sim.sweep.bench import Bench
from sim.sweep.chunks import Chunk
from sim.sweep.plan import Plan, Work
from sim.sweep.rows import Block, laid_out, packed

if TYPE_CHECKING:
    import polars as pl

    from sim.batch import Outcome, Place
    from sim.parameters import Theta
    from sim.playbooks.interpreter import Book

TOGETHER: Final = 256
"""Runs in one call: a sweep can be stopped, and its memory stays flat, between calls."""
LONGEST_REASON: Final = 300
INTERPRETED_RUN: Final = 0.1
"""Seconds that a run of 36 months takes when it is not compiled, about."""
WORTH_COMPILING: Final = 20.0
"""Seconds of interpreted runs that one would rather live than compile for."""


class Play(Protocol):
    """What lives runs: :func:`sim.batch.play_batch`, or something like it."""

    def __call__(
        self,
        place: Place,
        book: Book,
        thetas: Sequence[Theta],
        lucks: Sequence[int],
        *,
        months: Sequence[int],
    ) -> Outcome:
        """One row of the outcome for each of ``lucks``."""
        ...


class Stopped(Exception):
    """The sweep is being stopped: a chunk was not finished, and nothing of it is kept."""


@dataclass(frozen=True)
class Rules:
    """The rules themselves, compiled or interpreted: the same bits, at another speed."""

    compiled: bool = True

    def __call__(self, *args: Any, **more: Any) -> Outcome:
        """:func:`sim.batch.play_batch`."""
        from sim.batch import play_batch

        return play_batch(*args, **more, compiled=self.compiled)


def quicker(plan: Plan) -> Rules:
    """The rules in the way that has a plan done first: a handful is not worth compiling for."""
    from sim.compiled import is_cached

    return Rules(compiled=is_cached() or worth_compiling(plan, plan.runs))


def worth_compiling(plan: Plan, runs: int) -> bool:
    """Whether so many runs of a plan take longer interpreted than compiling does."""
    return runs * INTERPRETED_RUN * max(plan.months) / 36 > WORTH_COMPILING


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Player:
    """Plays chunks of one plan, on any number of threads."""

    plan: Plan
    play: Play = field(default_factory=Rules)
    stopping: Callable[[], bool] = _never
    bench: Bench = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bench", Bench(self.plan))

    def chunk(self, chunk: Chunk) -> bytes:
        """A chunk as the bytes of a Parquet file.  Raises :class:`Stopped`."""
        return packed(self.table(chunk.first, chunk.last))

    def table(self, first: int, last: int) -> pl.DataFrame:
        """Runs ``first`` to ``last`` - 1 as a table.  Raises :class:`Stopped`."""
        blocks: list[Block] = []
        for work in self.plan.work(first, last):
            for at in range(0, len(work.runs), TOGETHER):
                if self.stopping():
                    raise Stopped
                blocks += self._lived(_part(work, at, at + TOGETHER))
        return laid_out(self.plan, blocks)

    def _lived(self, work: Work) -> list[Block]:
        try:
            place, book, thetas = self.bench.ready(work)
        except ImportError:  # this machine lacks something: it is no matter of these runs
            raise
        except Exception as error:  # whatever it is, it is the matter of these runs alone
            return [Block(work, failed=reason_of(error))]
        try:
            outcome = self.play(place, book, thetas, work.lucks, months=self.plan.months)
            return [Block(work, place, outcome)]
        except ImportError:
            raise
        except Exception as error:
            if len(work.runs) == 1:
                return [Block(work, failed=reason_of(error))]
        # one of them spoils it for all: each by itself
        each = range(len(work.runs))
        return [block for at in each for block in self._lived(_part(work, at, at + 1))]


def failed_chunk(plan: Plan, chunk: Chunk, reason: str) -> bytes:
    """A chunk of which no run could be lived, all for one reason, as the bytes of a file."""
    blocks = [Block(work, failed=reason) for work in plan.work(chunk.first, chunk.last)]
    return packed(laid_out(plan, blocks))


def reason_of(error: BaseException) -> str:
    """Why a run failed, on one line."""
    if isinstance(error, UserError):
        text = error.message
    else:
        text = f"{type(error).__name__}: {error}".removesuffix(": ")
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 1] + "…"


def _part(work: Work, first: int, last: int) -> Work:
    return replace(work, runs=work.runs[first:last], lucks=work.lucks[first:last])
