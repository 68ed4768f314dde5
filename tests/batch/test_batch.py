"""What a sweep computes for a run is what a room with that strategy would have lived."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from batch.plays import SCENARIOS, assert_same_as_played, batch, place

from sim.batch import TALLY, Place, Tracks, play_batch, play_tracks
from sim.library import scenario
from sim.parameters import THEORIES
from sim.playbooks import load_strategy, strategy_names
from sim.rules.events import new_events
from sim.rules.ledger import new_ledger

pytestmark = [pytest.mark.compiled, pytest.mark.timeout(1200)]

SOME = ("systems-leadership", "orders-and-penalties", "random", "scripted", "repeat:command")


@pytest.mark.parametrize("name", SOME)
def test_a_run_of_a_batch_is_the_run_that_is_played(name: str) -> None:
    assert_same_as_played(place(), load_strategy(name), [7, 2**63 + 11], 40)


@pytest.mark.parametrize("name", SOME[:2])
def test_so_it_is_in_another_place(name: str) -> None:
    assert_same_as_played(place("first-steps"), load_strategy(name), [7, 8], 12)


@pytest.mark.slow
@pytest.mark.parametrize("where", SCENARIOS)
@pytest.mark.parametrize("name", strategy_names())
def test_every_strategy_in_every_place(name: str, where: str) -> None:
    assert_same_as_played(place(where), load_strategy(name), range(4), 44)


def test_with_all_cards_every_shock_and_another_parameter() -> None:
    where = place(hand="all", shocks="full")
    assert_same_as_played(where, load_strategy("random"), [3], 60, trust_gain=0.07)


@pytest.mark.parametrize("theory", ["silence_is_harmless", "trust_follows_delivery"])
def test_under_rival_theories(theory: str) -> None:
    assert theory in THEORIES
    where = place(theories=(theory,))
    assert_same_as_played(where, load_strategy("systems-leadership"), [5], 36)


def test_interpreted_too() -> None:
    strategy = load_strategy("relational")
    assert_same_as_played(place(), strategy, [12], 37, compiled=False)


def test_every_bit_of_the_state_and_every_entry_of_the_ledger() -> None:
    """Compiled and interpreted, month after month, each going on from its own last state."""
    where = place(hand="all", shocks="full")
    strategy = load_strategy("random")
    partners = len(where.names.partners)
    states: dict[bool, np.ndarray | None] = {True: None, False: None}
    for month in range(1, 40):
        rows = {}
        for compiled in (True, False):
            ledger, events = new_ledger(partners), new_events(partners)
            ends = play_tracks(
                where, where.book(strategy), [where.theta()], [21],
                Tracks(states=states[compiled], keep=True, ledger=ledger, events=events),
                last=month, compiled=compiled,
            )  # fmt: skip
            states[compiled] = ends.state
            rows[compiled] = (
                ends.state.tobytes(),
                ledger.rows[: ledger.count[0]].tobytes(),
                events.rows[: events.count[0]].tobytes(),
            )
            assert ledger.count[0] > 0
        assert rows[True] == rows[False], month
    whole = play_tracks(
        where, where.book(strategy), [where.theta()], [21], Tracks(keep=True), last=39
    )
    assert states[True] is not None
    assert whole.state.tobytes() == states[True].tobytes()  # with the ledger off, in one go


@pytest.mark.parametrize(("threads", "size"), [(1, 40), (2, 7), (7, 1), (2, 13)])
def test_threads_and_sizes_of_chunks_change_nothing(threads: int, size: int) -> None:
    where = place()
    strategy = load_strategy("experimenter")
    book, theta = where.book(strategy), where.theta()
    lucks = range(100, 140)
    alone = play_batch(where, book, [theta], lucks, months=[12, 36])

    def part(first: int) -> np.ndarray:
        these = lucks[first : first + size]
        return play_batch(where, book, [theta], these, months=[12, 36]).measures

    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(part, range(0, 40, size)))
    assert np.concatenate(parts).tobytes() == alone.measures.tobytes()


def test_each_run_has_its_own_parameters() -> None:
    where = place()
    book = where.book(load_strategy("traditional"))
    thetas = [
        where.theta({"trust_gain": 0.02, "admission_trend_per_year": 0.01}),
        where.theta({"trust_gain": 0.07}),
    ]
    both = play_batch(where, book, thetas, [4, 4], months=[36])
    for r, theta in enumerate(thetas):
        alone = play_batch(where, book, [theta], [4], months=[36])
        assert alone.measures[0].tobytes() == both.measures[r].tobytes()
    assert both.measures[0].tobytes() != both.measures[1].tobytes()


def test_nobody_holds_the_interpreter_while_runs_are_lived() -> None:
    """Somebody else gets a turn long before ten thousand runs are over."""
    where = place()
    book, theta = where.book(load_strategy("do-nothing")), where.theta()
    turns: list[int] = []
    done = threading.Event()

    def count() -> None:
        while not done.wait(0.005):
            turns.append(1)

    watcher = threading.Thread(target=count)
    watcher.start()
    play_batch(where, book, [theta], range(800), months=[36])
    done.set()
    watcher.join()
    assert len(turns) > 10


def test_what_is_counted_beside_the_measures() -> None:
    where = place()
    seen = batch(where, load_strategy("traditional"), [7], 36, compiled=True)
    tally = dict(zip(TALLY, seen.tally[0], strict=True))
    assert tally["spent"] > 100
    assert tally["places"] >= tally["moves"] > 8
    assert seen.measures[0, int(tally["first_eruption"]), 14] > 0
    assert seen.measures[0, int(tally["first_eruption"]) - 1, 14] == 0


def test_months_that_are_not_there_are_refused() -> None:
    where = Place(scenario("first-steps"))
    book = where.book(load_strategy("do-nothing"))
    for months in ([121], [-1]):
        with pytest.raises(ValueError, match="months must lie"):
            play_batch(where, book, [where.theta()], [1], months=months)
