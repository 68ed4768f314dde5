"""Futures from another process: ask, look in once a frame, never wait.

The picture must never stand still for a compiler.  So the rules are compiled and futures
lived in a process of their own, spawned and never forked; a thread here starts it, hands
requests over and takes answers in.  :meth:`FuturesWorker.ask` and
:meth:`FuturesWorker.poll` only put into a queue and take out of one.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Final

from sim.errors import UserError
from sim.futures import serving
from sim.futures.moment import Moment
from sim.futures.plan import Futures, FuturesError, Request
from sim.words import _

PATIENCE: Final = 2.0
"""Seconds that a process which was told to end has for it."""


@dataclass(frozen=True)
class Ticket:
    """What an answer is to be known by."""

    number: int


@dataclass(frozen=True)
class Answer:
    """Futures, or why there are none; ``fault`` is what a report of a fault of ours needs."""

    ticket: Ticket
    futures: Futures | None = None
    error: UserError | None = None
    fault: str = ""


class FuturesWorker:
    """A process that lives futures for this one, started when it is first needed.

    Close it when it is needed no longer (it is a context manager); it ends with this
    process in any case.  One thread of this process may use it.
    """

    def __init__(self) -> None:
        self._numbers = count(1)
        self._waiting: set[int] = set()
        self._answers: deque[Answer] = deque()
        self._link = _Link(self._answers)

    @property
    def ready(self) -> bool:
        """Whether the compiled rules are there, so that futures come within a second."""
        return self._link.ready

    @property
    def waiting(self) -> tuple[Ticket, ...]:
        """What has been asked and neither answered nor cancelled."""
        return tuple(Ticket(number) for number in sorted(self._waiting))

    def warm(self, moment: Moment) -> None:
        """Have the rules compiled, or loaded, and the moment's place built ahead of time."""
        self._link.post((serving.WARM, moment))

    def ask(
        self,
        moment: Moment,
        request: Request | None = None,
        *,
        instead_of: Ticket | None = None,
    ) -> Ticket:
        """Ask for futures; :meth:`poll` brings them.

        Requests are answered one after the other; one that is ``instead_of`` another takes
        its place, and the other is cancelled.
        """
        if instead_of is not None:
            self.cancel(instead_of)
        ticket = Ticket(next(self._numbers))
        self._waiting.add(ticket.number)
        self._link.post((serving.ASK, ticket.number, moment, request or Request()))
        return ticket

    def poll(self) -> tuple[Answer, ...]:
        """The answers that have come since the last time; never waits.

        A process that has died is an answer too; the next request starts another.
        """
        found = []
        while self._answers:
            answer = self._answers.popleft()
            if answer.ticket.number in self._waiting:
                self._waiting.discard(answer.ticket.number)
                found.append(answer)
        return tuple(found)

    def cancel(self, ticket: Ticket) -> None:
        """No answer is wanted any more; the process stops working on it within moments."""
        if ticket.number in self._waiting:
            self._waiting.discard(ticket.number)
            self._link.post((serving.DROP, ticket.number))

    def close(self) -> None:
        """End the process, whatever it is doing; when this returns it is gone."""
        self._waiting.clear()
        self._link.close()

    def __enter__(self) -> FuturesWorker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Link:
    """The thread that tends the process: the only one that ever waits for it."""

    def __init__(self, answers: deque[Answer]) -> None:
        self.ready = False
        self._answers = answers
        self._outbox: deque[tuple[Any, ...]] = deque()
        self._bell, self._ring = multiprocessing.Pipe(duplex=False)
        self._thread: threading.Thread | None = None
        self._closing = False
        self._context = multiprocessing.get_context("spawn")
        self._process: Any = None
        self._connection: Connection | None = None
        self._asked: set[int] = set()  # and not answered, by the process that there is

    def post(self, message: tuple[Any, ...]) -> None:
        """Have a message sent."""
        if self._closing:
            raise RuntimeError("the worker has been closed")
        self._outbox.append(message)
        if self._thread is None:
            self._thread = threading.Thread(target=self._tend, daemon=True, name="futures")
            self._thread.start()
        self._ring.send_bytes(b"!")

    def close(self) -> None:
        """End the process and the thread."""
        if self._closing:
            return
        self._closing = True
        if self._thread is not None:
            self._ring.send_bytes(b"!")
            self._thread.join()
        self._bell.close()
        self._ring.close()

    def _tend(self) -> None:
        while not self._closing:
            there = [self._bell]
            if self._connection is not None:
                there += [self._connection, self._process.sentinel]
            found = wait(there)
            if self._connection is not None and self._connection in found:
                self._take_in()
            elif self._process is not None and self._process.sentinel in found:
                self._mourn()
            if self._bell in found:
                self._bell.recv_bytes()
                while self._outbox and not self._closing:
                    self._send(self._outbox.popleft())
        self._end()

    def _send(self, message: tuple[Any, ...]) -> None:
        kind, *rest = message
        if self._connection is None and kind == serving.DROP:
            return
        if kind == serving.ASK:
            self._asked.add(rest[0])
        try:
            connection = self._connection or self._start()
            connection.send(message)
        except OSError:
            self._mourn()

    def _start(self) -> Connection:
        self._connection, theirs = self._context.Pipe()
        self._process = self._context.Process(
            target=serving.serve, args=(theirs,), daemon=True, name="futures"
        )
        self._process.start()
        theirs.close()
        return self._connection

    def _take_in(self) -> None:
        assert self._connection is not None
        try:
            kind, *rest = self._connection.recv()
        except (EOFError, OSError):
            self._mourn()
            return
        if kind == serving.READY:
            self.ready = True
            return
        number, *what = rest
        self._asked.discard(number)
        if kind == serving.DONE:
            self._answers.append(Answer(Ticket(number), futures=what[0]))
        elif kind == serving.REFUSED:
            self._answers.append(Answer(Ticket(number), error=FuturesError(*what)))
        elif kind == serving.FAULT:
            self._answers.append(Answer(Ticket(number), error=_broken(), fault=what[0]))

    def _mourn(self) -> None:
        """The process is gone: whatever it was asked is answered with a sentence."""
        code = self._end()
        for number in sorted(self._asked):
            fault = f"the process of futures ended with {code}"
            self._answers.append(Answer(Ticket(number), error=_broken(), fault=fault))
        self._asked.clear()

    def _end(self) -> int | None:
        self.ready = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        process, self._process = self._process, None
        if process is None or process.pid is None:  # it was never started
            return None
        process.terminate()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            process.join()
        code: int | None = process.exitcode
        with suppress(ValueError):
            process.close()
        return code


def _broken() -> FuturesError:
    return FuturesError(
        _("The futures could not be worked out: something went wrong on the way."),
        _("Ask again: it begins anew. The play itself is not touched by it."),
    )
