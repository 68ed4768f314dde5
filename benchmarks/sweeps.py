"""What a run costs: by partners, by number of runs, by threads; interpreted against compiled.

    python benchmarks/sweeps.py [--most 1000000] [--out benchmarks/results.md]

Each figure is a median of several, taken in turns with its peer in one process, as machines
are noisy; the ratios are what matters.  Cold compiling and loading what was compiled run in
processes of their own, with an empty cache and a full one.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from statistics import median

import numpy as np
from towns import town

from sim import __version__
from sim.batch import Place, play_batch
from sim.compiled import rules_hash
from sim.playbooks import load_strategy

STRATEGY = "systems-leadership"
MONTHS = 36
FIRST = f"""
import time
from sim.batch import Place, play_batch
from sim.library import scenario
from sim.playbooks import load_strategy
place = Place(scenario("dancing-around-the-table"))
book = place.book(load_strategy("{STRATEGY}"))
start = time.perf_counter()
play_batch(place, book, [place.theta()], [1], months=[36])
print(time.perf_counter() - start)
"""


def lived(place: Place, runs: int, threads: int, *, compiled: bool = True) -> float:
    """Seconds that so many runs of 36 months take."""
    book, theta = place.book(load_strategy(STRATEGY)), place.theta()
    size = max(1, min(2_000, -(-runs // threads)))

    def part(first: int) -> float:
        lucks = range(first, min(runs, first + size))
        seen = play_batch(place, book, [theta], lucks, months=[MONTHS], compiled=compiled)
        return float(seen.measures.sum())

    start = time.perf_counter()
    if threads == 1:
        for first in range(0, runs, size):
            part(first)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(part, range(0, runs, size)))
    return time.perf_counter() - start


def in_turns(ways: dict[str, Callable[[], float]], times: int) -> dict[str, float]:
    """The median of each way, one after the other, ``times`` times."""
    seen: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(times):
        for name, way in ways.items():
            seen[name].append(way())
    return {name: median(values) for name, values in seen.items()}


def first_calls() -> tuple[float, float]:
    """Seconds of the first run, compiling it and loading it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "UNSAID_CACHE": folder}
        cold, cached = (
            float(
                subprocess.run(
                    [sys.executable, "-c", FIRST], env=environment, check=True,
                    capture_output=True, text=True,
                ).stdout
            )
            for _ in range(2)
        )  # fmt: skip
    return cold, cached


def by_partners() -> list[str]:
    lines = ["| partners | 1 thread, ms a run | 2 threads | interpreted | interpreted / compiled |"]
    lines += ["|---:|---:|---:|---:|---:|"]
    for partners in (6, 8, 12, 30):
        place = Place(town(partners))
        runs = 600 if partners < 20 else 120
        lived(place, 8, 1)
        seen = in_turns(
            {
                "one": lambda p=place, r=runs: lived(p, r, 1) / r,
                "two": lambda p=place, r=runs: lived(p, r, 2) / r,
                "interpreted": lambda p=place: lived(p, 2, 1, compiled=False) / 2,
            },
            5,
        )
        ratio = seen["interpreted"] / seen["one"]
        lines.append(
            f"| {partners} | {1000 * seen['one']:.2f} | {1000 * seen['two']:.2f} "
            f"| {1000 * seen['interpreted']:.0f} | {ratio:.0f} |"
        )
    return lines


def by_runs(most: int) -> list[str]:
    lines = ["| runs | seconds, 2 threads | runs a second | peak memory, MB |"]
    lines += ["|---:|---:|---:|---:|"]
    place = Place(town(8))
    runs = 1_000
    while runs <= most:
        seconds = lived(place, runs, 2)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        lines.append(f"| {runs:,} | {seconds:.1f} | {runs / seconds:,.0f} | {peak:.0f} |")
        runs *= 10
    return lines


def report(most: int) -> str:
    cold, cached = first_calls()
    versions = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy", "mesa"))
    return "\n".join(
        [
            "# What a run costs",
            "",
            "Made by `make bench` (`benchmarks/sweeps.py`). Machines are noisy and differ: read "
            "the ratios.",
            "",
            f"- {platform.system()} {platform.machine()}, {_processor()}, {os.cpu_count()} cores",
            f"- Python {platform.python_version()}, {versions}, Left Unsaid {__version__}, "
            f"rules {rules_hash()}",
            f"- *Dancing around the table* and places of other sizes made from it, {MONTHS} "
            f"months, strategy `{STRATEGY}`, hand of seven, shocks as in play",
            "",
            "## By partners",
            "",
            *by_partners(),
            "",
            "## By number of runs, 8 partners",
            "",
            *by_runs(most),
            "",
            "## The first run of a process",
            "",
            f"- with an empty cache, everything compiled: {cold:.1f} s",
            f"- with what was compiled on disk: {cached:.2f} s",
            "",
        ]
    )


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or "processor unknown"
    names = [line.split(":")[1].strip() for line in text.splitlines() if "model name" in line]
    return names[0] if names else "processor unknown"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("results.md"))
    given = parser.parse_args()
    np.seterr(all="raise")
    text = report(given.most)
    print(text)
    given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
