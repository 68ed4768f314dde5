"""What the compiled kernel is worth: runs of the same model, written for Mesa as anybody might.

    python benchmarks/twin.py [--rounds 21] [--out benchmarks/results.md]

Our kernel under ``play_batch``, one thread, against the twin (``peers/twin/``) under
``mesa.batch_run``, one process.  Both live the same months under the same lucks, nobody does
anything, measures are read at the end; the two must agree before anything is timed.  They take
turns in one process, by processor time.  The twin is timed a second time with Mesa's own
generator in place of the keyed draws, which are slow in plain Python.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

import mesa
import numpy as np
from peers.twin.model import Twin

from sim.batch import Place, play_batch
from sim.compiled import rules_hash
from sim.fields import MEASURES
from sim.playbooks import load_strategy
from sim.scenario import load_scenario

SCENARIO = "dancing-around-the-table"
MONTHS = 36
KERNEL_RUNS, TWIN_RUNS = 400, 6
"""Runs of a round: enough to be timed."""
HEADING = "## The kernel and the same model in Mesa"

Run = Callable[[Sequence[int]], np.ndarray]


def kernel() -> Run:
    """Measures at the end, [run, measure], from the compiled kernel."""
    place = Place(load_scenario(SCENARIO))
    book, theta = place.book(load_strategy("do-nothing")), place.theta()

    def run(lucks: Sequence[int]) -> np.ndarray:
        return play_batch(place, book, [theta], lucks, months=[MONTHS]).measures[:, 0]

    return run


def twin(**settings: Any) -> Run:
    """The same from Mesa."""

    def run(lucks: Sequence[int]) -> np.ndarray:
        rows = mesa.batch_run(
            Twin,
            {"scenario": SCENARIO, "luck": list(lucks), "months": MONTHS, **settings},
            number_processes=1,
            display_progress=False,
        )
        return np.array([[row[name] for name in MEASURES] for row in rows])

    return run


def seconds(run: Run, lucks: Sequence[int]) -> float:
    """Processor seconds a run."""
    start = time.process_time()
    run(lucks)
    return (time.process_time() - start) / len(lucks)


class Measured(NamedTuple):
    """Seconds a run, round by round."""

    kernel: list[float]
    twin: list[float]
    dice: list[float]  # the twin with Mesa's own generator


def measured(rounds: int) -> Measured:
    """Rounds in turns; raises ``SystemExit`` when the two do not agree."""
    fast, slow, dice = kernel(), twin(), twin(keyed=False)
    few = range(1, TWIN_RUNS + 1)
    if not np.allclose(fast(few), slow(few), rtol=1e-9, atol=1e-9):
        raise SystemExit("The kernel and the twin do not agree: nothing to compare.")
    dice(few)
    seen = Measured([], [], [])
    for n in range(rounds):
        first = 1000 * (n + 1)
        seen.kernel.append(seconds(fast, range(first, first + KERNEL_RUNS)))
        seen.twin.append(seconds(slow, range(first, first + TWIN_RUNS)))
        seen.dice.append(seconds(dice, range(first, first + TWIN_RUNS)))
    return seen


def report(rounds: int) -> str:
    """The section of ``results.md``."""
    seen = measured(rounds)
    lines = [
        HEADING,
        "",
        f"Made by `benchmarks/twin.py`: *Dancing around the table*, {MONTHS} months, nobody does "
        f"anything, shocks as in play, measures at the end. `play_batch`, one thread "
        f"({KERNEL_RUNS} runs a round, rules {rules_hash()}), and the twin of "
        f"`benchmarks/peers/twin/` under `mesa.batch_run`, one process ({TWIN_RUNS} runs a "
        f"round, mesa {version('mesa')}), in turns, {rounds} rounds, processor time. Both give "
        f"the same measures to 1e-9.",
        "",
        "| | ms a run | times the kernel, median | middle half |",
        "|---|---:|---:|---:|",
        f"| kernel | {1000 * median(seen.kernel):.2f} | 1 | |",
        _line("twin, the same luck", seen.twin, seen.kernel),
        _line("twin, Mesa's own generator", seen.dice, seen.kernel),
        "",
    ]
    return "\n".join(lines)


def _line(name: str, slow: list[float], fast: list[float]) -> str:
    low, middle, high = quantiles([s / f for s, f in zip(slow, fast)], n=4)
    times = f"{middle:.0f} | {low:.0f} to {high:.0f}"
    return f"| {name} | {1000 * median(slow):.0f} | {times} |"


def put(section: str, text: str) -> str:
    """``text`` with its section of this heading replaced, or with one more."""
    before, _found, after = text.partition(HEADING + "\n")
    _old, mark, rest = after.partition("\n## ")
    kept = "## " + rest if mark else ""
    return before.rstrip("\n") + "\n\n" + section + ("\n" + kept if kept else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("results.md"))
    given = parser.parse_args()
    section = report(given.rounds)
    print(section)
    before = given.out.read_text(encoding="utf-8") if given.out.exists() else ""
    given.out.write_text(put(section, before), encoding="utf-8")


if __name__ == "__main__":
    main()
