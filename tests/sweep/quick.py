"""Studies for the tests of sweeps, and rules so quick that thousands of runs take no time.

Importable by other processes: what they are handed must be found by its name.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sim.batch import TALLY, Outcome
from sim.fields import MEASURES
from sim.sweep.plan import Plan, plan_of
from sim.sweep.study import Study, study_of

STUDY: dict[str, Any] = {
    "question": "Does it go on where it stopped?",
    "study": "does-it-go-on",
    "scenarios": ["first-steps"],
    "strategies": ["do-nothing", "relational"],
    "vary": {"trust_gain": {"low": 0.02, "high": 0.06}, "place.kind": ["tame", "wicked"]},
    "design": {"kind": "grid", "levels": 2},
    "replications": 5,
    "months": [3, 6],
    "measures": ["trust", "eruptions"],
}
"""Four points, two cells, five lucks: forty runs."""


def study(folder: str | Path = ".", **other: Any) -> Study:
    return study_of({**STUDY, **other}, folder)


def plan(folder: str | Path = ".", **other: Any) -> Plan:
    return plan_of(study(folder, **other)) if other else _usual()


@cache
def _usual() -> Plan:
    return plan_of(study())


@dataclass(frozen=True)
class Quick:
    """Rules that are a sum.

    A run of ``fails`` (lucks) raises; one of ``no_number`` comes out as none; one of
    ``kills`` ends the process.  Each call takes ``seconds`` a run, and writes what it lived
    into ``log``.
    """

    fails: tuple[int, ...] = ()
    no_number: tuple[int, ...] = ()
    kills: tuple[int, ...] = ()
    seconds: float = 0.0
    log: str = ""

    def __call__(
        self, place: Any, book: Any, thetas: Any, lucks: Sequence[int], *, months: Sequence[int]
    ) -> Outcome:
        if any(luck in self.kills for luck in lucks):
            os.kill(os.getpid(), signal.SIGKILL)
        if any(luck in self.fails for luck in lucks):
            raise ZeroDivisionError("a month without days")
        if self.log:
            with open(self.log, "a") as file:
                file.write("".join(f"{thetas[0].trust_gain} {luck}\n" for luck in lucks))
        if self.seconds:
            time.sleep(self.seconds * len(lucks))
        luck = np.array(lucks, dtype=np.float64)[:, None, None] % 1009
        month = np.array(months, dtype=np.float64)[None, :, None]
        which = np.arange(len(MEASURES), dtype=np.float64)[None, None, :]
        measures = np.sqrt(luck) + month * thetas[0].trust_gain + which
        measures[[luck in self.no_number for luck in lucks]] = np.nan
        count = len(lucks)
        kept = np.zeros((count, len(place.promises)), dtype=bool)
        kept[:, :1] = np.array(lucks)[:, None] % 2 == 0
        ends = max(months) >= place.months
        ending = np.array(lucks) % len(place.endings) if ends else np.full(count, -1)
        return Outcome(measures, ending, kept, np.full((count, len(TALLY)), 3.0))
