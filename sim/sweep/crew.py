"""Crews: who plays the chunks of a sweep, and how they are handed out and brought home.

Whoever plays them (threads here, workers of a cluster in :mod:`sim.sweep.cluster`) hands
their bytes back, and only this process writes.  A worker that dies has nothing to lose.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Future,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from sim.sweep.chunks import Chunk
from sim.sweep.playing import Player

BEAT: Final = 1.0
"""Seconds after which one looks up even if nothing is done."""


class Crew(Protocol):
    """Who plays chunks."""

    @property
    def workers(self) -> int:
        """How many chunks are played at once."""
        ...

    def submit(self, chunk: Chunk) -> Future[bytes]:
        """Have a chunk played."""
        ...

    def look(self) -> None:
        """Look whether anybody is still there; raises UserError if not."""
        ...

    def is_deadly(self, error: BaseException) -> bool:
        """Whether an error says that workers died of a chunk."""
        ...

    def told(self, error: BaseException) -> BaseException:
        """What to raise for an error that ends the sweep: a UserError where it is no fault."""
        ...


@dataclass
class Threads:
    """A crew of threads in this process: compiled rules let go of the interpreter's lock."""

    player: Player
    workers: int
    stop: threading.Event = field(default_factory=threading.Event)
    _pool: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        self.player = replace(self.player, stopping=self.stop.is_set)
        self._pool = ThreadPoolExecutor(self.workers, thread_name_prefix="sweep")

    def submit(self, chunk: Chunk) -> Future[bytes]:
        """Have a chunk played."""
        return self._pool.submit(self.player.chunk, chunk)

    def look(self) -> None:
        """Threads are always there."""

    def is_deadly(self, error: BaseException) -> bool:
        """A thread does not die alone."""
        return False

    def told(self, error: BaseException) -> BaseException:
        """Nothing stands between us and a thread that could be told about."""
        return error

    @contextmanager
    def at_work(self) -> Iterator[Threads]:
        """The crew; sent home at the end, in the middle of a chunk if it must be."""
        try:
            yield self
        finally:
            self.stop.set()
            self._pool.shutdown(wait=True, cancel_futures=True)


def work_through(
    crew: Crew,
    chunks: Iterable[Chunk],
    keep: Callable[[Chunk, bytes], None],
    failed: Callable[[Chunk, BaseException], bytes],
    beat: Callable[[], None] = lambda: None,
) -> None:
    """Have chunks played, a few more than there are workers at a time, and keep each.

    A chunk that workers died of is played once more at the end, by itself: its neighbours
    may have been the cause.  If they die again, it is kept as ``failed`` has it.
    """
    todo = deque(chunks)
    suspects: deque[Chunk] = deque()
    alone = False
    flying: dict[Future[bytes], Chunk] = {}
    try:
        while todo or flying or suspects:
            if not todo and not flying:
                todo, suspects, alone = suspects, deque(), True
            while todo and len(flying) < (1 if alone else 2 * crew.workers):
                one = todo.popleft()
                flying[crew.submit(one)] = one
            done, __ = wait(flying, timeout=BEAT, return_when=FIRST_COMPLETED)
            for future in done:
                one = flying.pop(future)
                error = _error_of(future)
                if error is None:
                    keep(one, future.result())
                elif not crew.is_deadly(error):
                    raise crew.told(error)
                elif alone:
                    keep(one, failed(one, error))
                else:
                    suspects.append(one)
            beat()
            crew.look()
    except KeyboardInterrupt:
        for future, one in flying.items():  # what is done is kept
            if future.done() and not future.cancelled() and future.exception() is None:
                keep(one, future.result())
        raise
    finally:
        for future in flying:
            future.cancel()


def _error_of(future: Future[bytes]) -> BaseException | None:
    """What a chunk ended in; we have cancelled none, so that one cancelled is an error too."""
    try:
        return future.exception()
    except CancelledError as error:
        return error
