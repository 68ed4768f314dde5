"""The worker's side: requests come down a pipe, one at a time they are lived, answers go back."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Final

from sim.batch import play_batch
from sim.errors import UserError
from sim.futures.ground import Kept
from sim.futures.lives import Stopped
from sim.futures.moment import Moment
from sim.futures.plan import NOBODY, Request
from sim.futures.playing import futures, usable_cores
from sim.playbooks import load_strategy

# what is asked
WARM, ASK, DROP = "warm", "ask", "drop"
# what is answered
READY, DONE, REFUSED, FAULT = "ready", "done", "refused", "fault"

POLITENESS: Final = 5
"""How far this process stands behind the one that draws, where both want the processor."""


def serve(connection: Connection) -> None:
    """Live futures until whoever asks has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asks decides when it is over
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(POLITENESS)
    _Desk(connection).work()


class _Desk:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._inbox: SimpleQueue[tuple[Any, ...]] = SimpleQueue()
        self._dropped: set[int] = set()
        self._kept = Kept()
        self._cores = usable_cores()
        self._warm = False

    def work(self) -> None:
        """Take one request after the other, for ever."""
        threading.Thread(target=self._listen, daemon=True).start()
        while True:
            kind, *rest = self._inbox.get()
            if kind == WARM:
                self._prepare(rest[0])
            else:
                self._connection.send(self._ask(*rest))

    def _listen(self) -> None:
        """Requests are taken in while others are lived, so that those can be dropped."""
        while True:
            try:
                message = self._connection.recv()
            except (EOFError, OSError):
                os._exit(0)  # nobody waits for anything any more, not even for a compiler
            if message[0] == DROP:
                self._dropped.add(message[1])
            else:
                self._inbox.put(message)

    def _prepare(self, moment: Moment) -> None:
        """The compiled rules, and a moment's place, ready before anybody needs them."""
        try:
            place = self._kept.place(moment)
        except UserError:
            return  # whoever asks for its futures is told why there are none
        play_batch(place, place.book(load_strategy(NOBODY)), [place.theta()], [1], months=(0,))
        self._connection.send((READY,))
        self._warm = True

    def _ask(self, number: int, moment: Moment, request: Request) -> tuple[Any, ...]:
        try:
            if request.compiled and not self._warm and number not in self._dropped:
                self._prepare(moment)
            found = futures(
                moment, request, kept=self._kept, cores=self._cores,
                stopped=lambda: number in self._dropped,
            )  # fmt: skip
        except Stopped:
            return (DROP, number)
        except UserError as error:
            return REFUSED, number, error.message, error.hint
        except Exception:
            return FAULT, number, traceback.format_exc()
        return DONE, number, found
