"""What a month costs, interpreted and compiled: same scenario, same luck, same months.

Each way runs in a process of its own.  The figure is the median over the months after
the first twelve, so that compiling is not counted but named.  The ratio is what
matters: machines differ, and are noisy.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from statistics import median


def measure() -> None:
    """Live 72 months and print the cost of each, in milliseconds, as JSON."""
    from sim.locality import Locality

    place = Locality("dancing-around-the-table", luck=7)
    place.datacollector.collect = lambda _model: None
    months = []
    for _ in range(72):
        start = time.perf_counter()
        place.step()
        months.append(1000.0 * (time.perf_counter() - start))
    print(json.dumps(months))


def main() -> None:
    """Print both ways side by side."""
    results = {}
    for way, flag in (("interpreted", "0"), ("compiled", "1")):
        done = subprocess.run(
            [sys.executable, __file__, "--measure"],
            env={**os.environ, "UNSAID_COMPILED": flag},
            capture_output=True,
            text=True,
            check=True,
        )
        results[way] = json.loads(done.stdout.splitlines()[-1])
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    print("dancing-around-the-table, ten partners, ledger on, median of months 13 to 72")
    cost = {way: median(months[12:]) for way, months in results.items()}
    for way, months in results.items():
        print(f"  {way:12} {cost[way]:7.3f} ms a month; the first year {sum(months[:12]):9.0f} ms")
    print(f"  interpreted / compiled  {cost['interpreted'] / cost['compiled']:5.1f}")


if __name__ == "__main__":
    measure() if "--measure" in sys.argv else main()
