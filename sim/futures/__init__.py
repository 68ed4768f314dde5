"""What could yet come of a play: many runs from one moment of a session.

:func:`futures` lives them in this process, :class:`FuturesWorker` in another one, so that
whoever draws a picture need not wait.

>>> moment = Moment.of(session)                                         # doctest: +SKIP
>>> futures(moment, Request(Plan("relational"), months=(36,))).of("trust").mean()
...                                                                     # doctest: +SKIP
"""

from __future__ import annotations

from sim.futures.ground import Kept
from sim.futures.lives import Stopped
from sim.futures.moment import Lived, Moment, lived_of, moment_of
from sim.futures.plan import Futures, FuturesError, Plan, Request, Sampling, lucks_of
from sim.futures.playing import futures, usable_cores
from sim.futures.worker import Answer, FuturesWorker, Ticket

__all__ = [
    "Answer",
    "Futures",
    "FuturesError",
    "FuturesWorker",
    "Kept",
    "Lived",
    "Moment",
    "Plan",
    "Request",
    "Sampling",
    "Stopped",
    "Ticket",
    "futures",
    "lived_of",
    "lucks_of",
    "moment_of",
    "usable_cores",
]
