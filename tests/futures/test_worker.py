"""Futures from another process: asked for and looked in on, never waited for."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from futures.moments import KEPT, at_first

from sim.futures import Answer, FuturesWorker, Moment, Plan, Request, Ticket, futures
from sim.playbooks import ScriptedTurn

QUICK = Request(count=3, months=(2,), compiled=False)
ENDLESS = Request(count=50_000, months=(36,), compiled=False)
LONG = 60.0


@pytest.fixture(scope="module")
def worker() -> Iterator[FuturesWorker]:
    """One process for most tests: to start it takes a second or two."""
    with FuturesWorker() as one:
        yield one


@pytest.fixture(scope="module")
def moment() -> Moment:
    return at_first()


def answers(worker: FuturesWorker, count: int = 1) -> list[Answer]:
    """Look in, frame by frame, until so many answers are there."""
    found: list[Answer] = []
    until = time.monotonic() + LONG
    while len(found) < count and time.monotonic() < until:
        found += worker.poll()
        time.sleep(0.005)
    assert len(found) == count
    return found


def process_of(worker: FuturesWorker) -> int:
    process = worker._link._process
    assert process is not None
    return int(process.pid)


def gone(process: int) -> bool:
    """Whether there is no such process any more."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_they_are_those_that_this_process_would_have_lived(
    worker: FuturesWorker, moment: Moment
) -> None:
    ticket = worker.ask(moment, QUICK)
    assert worker.waiting == (ticket,)
    (answer,) = answers(worker)
    assert (answer.ticket, answer.error, worker.waiting) == (ticket, None, ())
    assert answer.futures is not None
    here = futures(moment, QUICK, kept=KEPT)
    np.testing.assert_array_equal(answer.futures.values, here.values)
    assert answer.futures.lucks == here.lucks
    assert worker.poll() == ()


def test_nobody_waits_while_they_are_lived(worker: FuturesWorker, moment: Moment) -> None:
    """What this thread spends on asking and looking in, not what others take from it."""
    asked = time.thread_time()
    ticket = worker.ask(moment, ENDLESS)
    spent = [time.thread_time() - asked]
    for _frame in range(100):
        before = time.thread_time()
        assert worker.poll() == ()
        spent.append(time.thread_time() - before)
        time.sleep(0.001)
    assert max(spent) < 0.002
    worker.cancel(ticket)


def test_what_is_cancelled_is_left_and_the_next_comes(
    worker: FuturesWorker, moment: Moment
) -> None:
    first = worker.ask(moment, ENDLESS)
    second = worker.ask(moment, ENDLESS, instead_of=first)
    third = worker.ask(moment, QUICK, instead_of=second)
    (answer,) = answers(worker)
    assert answer.ticket == third
    worker.cancel(third)  # too late, and no matter
    worker.cancel(Ticket(10**9))  # nobody's


def test_what_cannot_be_is_answered_in_a_sentence(worker: FuturesWorker, moment: Moment) -> None:
    plans = (Plan("no-such"), Plan(turns={7: ScriptedTurn(), 9: ScriptedTurn()}))
    for plan in plans:
        worker.ask(moment, Request(plan, count=1, compiled=False))
    found = answers(worker, 2)
    assert [answer.futures for answer in found] == [None, None]
    assert "no strategy called" in str(found[0].error)
    assert "no turn 9" in str(found[1].error)
    assert not any(answer.fault for answer in found)


def test_one_that_dies_says_so_and_another_takes_its_place(
    worker: FuturesWorker, moment: Moment
) -> None:
    worker.ask(moment, QUICK)
    answers(worker)
    first = process_of(worker)
    ticket = worker.ask(moment, ENDLESS)
    time.sleep(0.2)
    os.kill(first, 9)
    (answer,) = answers(worker)
    assert answer.ticket == ticket
    assert "something went wrong" in str(answer.error)
    assert answer.fault
    assert not worker.ready
    worker.ask(moment, QUICK)
    assert answers(worker)[0].futures is not None
    assert process_of(worker) != first


def test_a_fault_of_ours_is_told_apart(worker: FuturesWorker, moment: Moment) -> None:
    broken = Request(Plan(turns={1: "tea"}), count=1, compiled=False)  # type: ignore[dict-item]
    worker.ask(moment, broken)
    (answer,) = answers(worker)
    assert "Traceback" in answer.fault


def test_closed_it_leaves_nothing_behind(moment: Moment) -> None:
    """In the midst of its work, and of warming up."""
    worker = FuturesWorker()
    worker.warm(moment)
    worker.ask(moment, Request(count=20_000))
    until = time.monotonic() + 10
    while worker._link._process is None or worker._link._process.pid is None:
        assert time.monotonic() < until
        time.sleep(0.005)
    process = process_of(worker)
    worker.close()
    worker.close()
    assert gone(process)
    assert process not in [child.pid for child in multiprocessing.active_children()]
    with pytest.raises(RuntimeError, match="closed"):
        worker.ask(moment, QUICK)


def test_one_that_was_never_needed_is_never_started() -> None:
    worker = FuturesWorker()
    assert worker.poll() == ()
    worker.close()


SCRIPT = """
import sys
from sim.futures import FuturesWorker, Moment
from sim.session import Session
if __name__ == "__main__":
    session = Session.start("first-steps", luck=1, save=False)
    worker = FuturesWorker()
    worker.warm(Moment.of(session))
    ticket = worker.ask(Moment.of(session))
    worker.poll()
    assert "numba" not in sys.modules, "the one who asks needs no compiler"
    while worker._link._process is None or worker._link._process.pid is None:
        pass
    print(worker._link._process.pid, flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("how", ["ends", "killed"])
def test_it_ends_with_the_one_who_asked(how: str, tmp_path: Path) -> None:
    """Not closed: the one who asked just ended, or was killed."""
    script = tmp_path / "asks.py"
    stays = "    import time; time.sleep(60)\n" if how == "killed" else ""
    script.write_text(SCRIPT + stays, encoding="utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout is not None
        process = int(asking.stdout.readline())
        if how == "killed":
            asking.kill()
        asking.wait(LONG)
        assert how == "killed" or asking.returncode == 0
    until = time.monotonic() + LONG
    while not gone(process):
        assert time.monotonic() < until
        time.sleep(0.02)
