"""What futures cost: the thousand of a moment, states sampled, and the one who asks.

    python benchmarks/futures.py

Each figure is a median of several, as machines are noisy.  Beside the clock on the wall stands
processor time: what the work takes when nobody else wants the cores is that, shared among them.
What the one who asks spends is told as the worst of all.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np
from towns import town

from sim.batch import Place
from sim.futures import FuturesWorker, Kept, Moment, Plan, Request, futures, usable_cores
from sim.library import scenario
from sim.playbooks import load_strategy
from sim.scenario import Scenario
from sim.session import Phase, Session

CORES = usable_cores()
STRATEGIES = ("do-nothing", "relational", "systems-leadership", "random")
FRAME = 1.0 / 60.0


class Here(Kept):
    """Keeps one place that no file describes."""

    def __init__(self, place: Scenario) -> None:
        super().__init__()
        self._here = Place(place)

    def place(self, moment: Moment) -> Place:
        """The same, whatever the moment."""
        return self._here


def played(place: Scenario, turns: int, strategy: str = "relational") -> Session:
    """A session that a strategy has played so many turns of, the next one open."""
    session = Session.start(place, luck=7, save=False)
    who = load_strategy(strategy)
    for _turn in range(turns):
        if session.records[-1].live:
            session.choose_live(who.live(session.observe()))
        while (move := who.move(session.observe())) is not None:
            session.choose(move)
        while session.phase is not Phase.REVEALED:
            if (card := session.run_month().pending) is not None:
                session.answer(who.answer(session.observe(), card))
        session.next_turn()
    return session


def seconds(way: Callable[[], object], times: int = 5) -> tuple[float, float]:
    """The medians of so many: on the wall, and of the processor."""
    taken, spent = [], []
    for _ in range(times):
        start, own = time.perf_counter(), time.process_time()
        way()
        taken.append(time.perf_counter() - start)
        spent.append(time.process_time() - own)
    return median(taken), median(spent)


def thousand() -> None:
    """1,000 futures of 36 months from the first choices on."""
    print(f"\n1,000 futures of 36 months, {CORES} cores, medians of 5:")
    for name, place in (
        ("8 partners", town(8)),
        ("10 partners, the scenario", scenario("dancing-around-the-table")),
    ):
        moment, kept = Moment.of(played(place, 0)), Here(place)
        futures(moment, Request(count=4), kept=kept)
        for strategy in STRATEGIES:
            asked = Request(Plan(strategy), months=(36,))
            wall, own = seconds(
                lambda m=moment, a=asked, k=kept: futures(m, a, kept=k, cores=CORES)
            )
            print(f"  {name:26} {strategy:20} {wall:.2f} s, of the processor {own:.2f} s")


def sampling() -> None:
    """States that fit what was seen, turn after turn as a play goes on."""
    place = scenario("dancing-around-the-table")
    print("\n1,000 futures from sampled states (2,000 candidates), seconds, 10 partners:")
    kept = Kept()
    asked = Request(months=(36,), sampled=True)
    for turns in (0, 1, 2, 4, 7):
        moment = Moment.of(played(place, turns))
        start, own = time.perf_counter(), time.process_time()
        found = futures(moment, asked, kept=kept, cores=CORES)
        first, own = time.perf_counter() - start, time.process_time() - own
        again, _own = seconds(lambda m=moment: futures(m, asked, kept=kept, cores=CORES), 3)
        told = found.sampling
        assert told is not None
        print(
            f"  turn {turns + 1}: {first:.2f} (processor {own:.2f}), another plan {again:.2f}; "
            f"{told.kept} kept, from {told.roots} beginnings, "
            f"distance {told.distance[0]:.0f} to {told.distance[-1]:.0f}"
        )


class Asking:
    """Does what a window does, frame after frame, and notes what that costs."""

    def __init__(self) -> None:
        self.spent: list[float] = []
        self.waited: list[float] = []
        self.worker = FuturesWorker()

    def timed(self, way: Callable[[], object]) -> object:
        """Do it, and note both clocks."""
        own, wall = time.thread_time(), time.perf_counter()
        result = way()
        self.spent.append(time.thread_time() - own)
        self.waited.append(time.perf_counter() - wall)
        return result

    def until(self, done: Callable[[tuple[object, ...]], bool]) -> float:
        """Frames until it is done; how long that took."""
        start = time.perf_counter()
        while not done(self.timed(self.worker.poll)):  # type: ignore[arg-type]
            time.sleep(FRAME)
        return time.perf_counter() - start

    def told(self, what: str) -> None:
        """The worst so far, and begin anew."""
        print(
            f"  {what}: worst {1000 * max(self.spent):.2f} ms of its own, "
            f"{1000 * max(self.waited):.2f} ms by the clock "
            f"(median {1000 * median(self.waited):.3f}), {len(self.spent)} calls"
        )
        self.spent, self.waited = [], []


def asking() -> None:
    """What it costs the process that draws."""
    print("\nThe one who asks:")
    session = played(scenario("dancing-around-the-table"), 5)
    took, _own = seconds(lambda: Moment.of(session), 20)
    print(f"  taking a moment of turn 6: {1000 * took:.2f} ms")
    one = Asking()
    moment = Moment.of(session)
    with one.worker:
        start = time.perf_counter()
        one.timed(lambda: one.worker.warm(moment))
        one.until(lambda _found: one.worker.ready)
        print(f"  from nothing to ready: {time.perf_counter() - start:.1f} s")
        one.told("while the process starts, compiles or loads")
        took_ = []
        for seed in range(20):
            asked = Request(months=(36,), seed=seed)
            one.timed(lambda a=asked: one.worker.ask(moment, a))
            took_.append(one.until(bool))
        print(f"  1,000 futures of the last 21 months, asked to told: {median(took_):.2f} s")
        one.told("asking and looking in, 20 requests")
        waits = []
        for _ in range(10):
            long = one.worker.ask(moment, Request(count=50_000))
            time.sleep(0.3)
            one.worker.ask(moment, Request(count=1), instead_of=long)
            waits.append(one.until(bool))
        print(f"  one future instead of 50,000 begun: {median(waits):.2f} s")
        start = time.perf_counter()
    print(f"  closing: {1000 * (time.perf_counter() - start):.0f} ms")


def main() -> None:
    """All of it."""
    np.seterr(all="raise")
    thousand()
    sampling()
    asking()


if __name__ == "__main__":
    main()
