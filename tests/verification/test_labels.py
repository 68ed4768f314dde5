"""What partners are called, where they stand in the file and in which row: none of it matters.

For the scenario that ships, orders in the file are in ``tests/model/test_keyed.py``; here are
places by lot, other names and other rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model.plays import DANCING
from model.test_keyed import shuffled
from verification.lives import born, live_month
from verification.places import Data, place_files, read
from verification.test_random_places import FEW, MANY

from sim.draws import hash64, key32
from sim.fields import ENDED, LEAD, LIVE_MATTER, MERGED_WITH
from sim.locality import Locality
from sim.rules.events import V_REPLY
from sim.scenario import Scenario

seeds = st.integers(0, 2**32)


# --- the order in the file --------------------------------------------------------------------


def order_plays_no_part(data: Data, seed: int, months: int) -> None:
    scenario = read(data)
    given_, moved = born(seed, scenario), born(seed, shuffled(scenario, seed))
    for _ in range(months):
        live_month(given_, seed)
        live_month(moved, seed)
        assert moved.state_bytes() == given_.state_bytes()
        assert moved.rows_of_events.tobytes() == given_.rows_of_events.tobytes()


@settings(FEW, max_examples=5)
@given(place_files(), seeds)
def test_the_order_of_partners_ties_and_matters_in_the_file_changes_no_bit(
    data: Data, seed: int
) -> None:
    order_plays_no_part(data, seed, 12)


@pytest.mark.slow
@settings(MANY, max_examples=50)
@given(place_files(), seeds)
def test_nor_does_it_in_many_places(data: Data, seed: int) -> None:
    order_plays_no_part(data, seed, 48)


# --- names ------------------------------------------------------------------------------------


def renamed(thing: Any, names: dict[str, str]) -> Any:
    """Data of a file with other ids, wherever they stand."""
    if isinstance(thing, dict):
        return {key: renamed(value, names) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [renamed(value, names) for value in thing]
    return names.get(thing, thing) if isinstance(thing, str) else thing


@contextmanager
def keyed_by(
    order: Callable[[str], int], key: Callable[[str], int]
) -> Iterator[pytest.MonkeyPatch]:
    """Worlds built meanwhile have their rows in this order and these keys."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.world.hash64", order)
        patch.setattr("sim.world.key32", key)
        yield patch


def names_play_no_part(data: Data, seed: int, months: int) -> None:
    ids = [partner["id"] for partner in data["partners"]]
    new = {old: f"other-{k}" for k, old in enumerate(Random(seed).sample(ids, len(ids)))}
    old = {name: id for id, name in new.items()}

    def was(text: str) -> str:
        return "~".join(old.get(part, part) for part in text.split("~"))

    here = born(seed, read(data))
    with keyed_by(lambda text: hash64(was(text)), lambda text: key32(was(text))):
        there = born(seed, read(renamed(data, new)))
    assert set(there.names.partners) == set(old)
    for _ in range(months):
        live_month(here, seed)
        live_month(there, seed)
        assert there.state_bytes() == here.state_bytes()
        assert there.rows_of_events.tobytes() == here.rows_of_events.tobytes()


@settings(FEW, max_examples=5)
@given(place_files(), seeds)
def test_other_names_with_the_same_keys_change_no_bit(data: Data, seed: int) -> None:
    names_play_no_part(data, seed, 12)


@pytest.mark.slow
@settings(MANY, max_examples=50)
@given(place_files(), seeds)
def test_nor_do_they_in_many_places(data: Data, seed: int) -> None:
    names_play_no_part(data, seed, 48)


# --- rows -------------------------------------------------------------------------------------

ROW_BY_ROW = ("toward_others", "start_project", "fund_open")
"""Effects that go through partners one after another, so that other rows are another outcome:
each moves toward where those before have moved to; a project (the pooled fund begins some too)
is keyed by its members in the order of rows.
"""


def row_by_row(where: Locality) -> set[str]:
    """Moves with one of these effects."""
    return {
        id
        for id, move in where.names.move_types.items()
        if any(row["effect"] in ROW_BY_ROW for row in move.effects)
    }


def in_other_rows(seed: int, scenario: Scenario, salt: str, **settings_: object) -> Locality:
    """The same place under the same keys, its partners and matters in other rows."""

    def key(text: str) -> int:  # a background matter is called after its two, in their order
        return key32("~".join(sorted(text.split("~"), key=hash64)))

    with keyed_by(lambda text: hash64(salt + text), key):
        return born(seed, scenario, **settings_)


def rows_play_no_part(scenario: Scenario, seed: int, months: int, **settings_: object) -> None:
    here = born(seed, scenario, **settings_)
    there = in_other_rows(seed, scenario, "salt", **settings_)
    assert here.names.partners != there.names.partners
    at = np.array([there.names.partner_row[id] for id in here.names.partners])
    of_key = {int(key): row for row, key in enumerate(there.world.matter_key)}
    matters = np.array([of_key[int(key)] for key in here.world.matter_key])[
        : len(here.names.matters)
    ]
    named = {int(row): k for k, row in enumerate(at)}
    never = row_by_row(here)
    for _ in range(months):
        live_month(here, seed, never=never)
        live_month(there, seed, never=never)
        compare(here, there, at, matters)
        same_rows = {row: row for row in range(len(at))}
        assert told(here, same_rows) == told(there, named), f"month {here.month}"


def told(where: Locality, named: dict[int, int]) -> Counter[tuple[int, ...]]:
    """The month's events and whom they name; of two, who comes first follows from rows."""
    events: Counter[tuple[int, ...]] = Counter()
    for code, a, b, _what, _value in where.rows_of_events.tolist():
        who = (a,) if code == V_REPLY else (a, b)  # a reply's second is a place in the diary
        events[int(code), *sorted(named.get(int(row), -1) for row in who)] += 1
    return events


def compare(here: Locality, there: Locality, at: np.ndarray, matters: np.ndarray) -> None:
    mine, its = here.state, there.state
    plain = [f for f in range(mine.partner.shape[0]) if f != MERGED_WITH]
    close(mine.partner[plain], its.partner[plain][:, at], "partners")
    close(mine.pair, its.pair[:, at][:, :, at], "pairs")
    close(mine.position, its.position[:, at], "positions")
    close(mine.matter[2:6], its.matter[2:6][:, matters], "matters")
    close(mine.measure, its.measure, "measures")
    place = [f for f in range(ENDED) if f not in (LEAD, LIVE_MATTER)]
    close(mine.place[place], its.place[place], "the place")


def close(mine: np.ndarray, its: np.ndarray, what: str) -> None:
    worst = np.abs(mine - its).max(initial=0.0)
    assert worst <= 1e-9 * max(1.0, np.abs(mine).max(initial=0.0)), f"{what} differ by {worst}"


@pytest.mark.parametrize("luck", [1, 2])
def test_other_rows_with_the_same_keys_tell_the_same_story_to_1e_9(luck: int) -> None:
    """Of meetings, candour, habits, replies, moves, positions, joint working and what follows.

    Rows after which the air is clear, shocks and projects go through rows one after another.
    """
    quiet = DANCING.model_copy(update={"injects": ()})
    rows_play_no_part(quiet, luck, 24, shocks="off", theories=("silence_is_harmless",))
