"""The places that ship: each can be played to its end, and nothing in it is decided beforehand."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from sim.batch import Place, play_batch
from sim.fields import M_ERUPTIONS
from sim.headless import play_through
from sim.playbooks import load_strategy
from sim.scenario import Scenario, check_files, list_scenarios, load_scenario

IDS = [listed.id for listed in list_scenarios()]
PLAYED = ("do-nothing", "orders-and-penalties", "systems-leadership")
WAYS = (
    "do-nothing",
    "let-everything-pass",
    "random",
    "traditional",
    "orders-and-penalties",
    "relational",
    "experimenter",
    "systems-leadership",
    "lead-agency",
)
LUCKS = range(1, 101)
every_place = pytest.mark.parametrize("name", IDS)


class Ways(NamedTuple):
    """What came of a place, one row for each way of playing it."""

    kept: np.ndarray  # [way, promise], share of runs that kept it
    rows: np.ndarray  # [way], mean number of rows
    endings: Counter[str]  # over all of them


@cache
def _scenario(name: str) -> Scenario:
    return load_scenario(name)


@cache
def _ways(name: str) -> Ways:
    """A hundred plays of a place in each of the built-in ways, dealt the hand of a room."""
    scenario = _scenario(name)
    place, end = Place(scenario, hand="play"), scenario.time.months
    kept, rows, endings = [], [], Counter[str]()
    for way in WAYS:
        book = place.book(load_strategy(way))
        came = play_batch(place, book, [place.theta({})], list(LUCKS), months=[end], last=end)
        kept.append(np.asarray(came.kept, dtype=float).mean(axis=0))
        rows.append(came.measures[:, -1, M_ERUPTIONS].mean())
        endings.update(place.endings[ending] for ending in came.ending)
    return Ways(np.array(kept), np.array(rows), endings)


def test_there_are_places_of_every_kind_of_problem() -> None:
    assert {_scenario(name).place.kind for name in IDS} == {"tame", "wicked", "critical"}


@every_place
def test_it_checks_clean(name: str) -> None:
    path = Path(_scenario(name).path)
    assert [str(m) for m in check_files([path]) if m.level != "advice"] == []


@every_place
@pytest.mark.parametrize("way", PLAYED)
def test_it_can_be_played_to_its_end(name: str, way: str) -> None:
    scenario = _scenario(name)
    run = play_through(scenario, load_strategy(way), luck=1, hand="play")
    assert len(run.measures) == scenario.time.months + 1
    assert run.ending in {ending.id for ending in scenario.story.endings}


@every_place
def test_each_promise_can_be_kept_and_can_be_broken(name: str) -> None:
    """In one and the same way of playing, so that luck and the place decide, and no switch."""
    kept = _ways(name).kept
    for number, promise in enumerate(_scenario(name).story.promises):
        shares = dict(zip(WAYS, kept[:, number].tolist(), strict=True))
        assert any(0.0 < share < 1.0 for share in shares.values()), (promise.id, shares)


@every_place
def test_no_promise_is_kept_by_staying_at_home(name: str) -> None:
    """The chairs empty, each is broken three times in four; some way of playing does better."""
    kept = _ways(name).kept
    nothing = kept[WAYS.index("do-nothing")]
    assert (nothing <= 0.25).all(), nothing
    assert (kept.max(axis=0) > nothing + 0.1).all(), kept


@every_place
def test_neither_passing_nor_luck_is_the_best_way_to_play(name: str) -> None:
    """By promises kept, all of them together."""
    best = WAYS[int(_ways(name).kept.mean(axis=1).argmax())]
    assert best not in ("do-nothing", "let-everything-pass", "random")


def test_where_one_is_good_at_it_and_stays_it_pays_to_put_one_in_the_lead() -> None:
    kept = dict(zip(WAYS, _ways("lead-agency").kept.mean(axis=1).tolist(), strict=True))
    assert kept["lead-agency"] > max(kept["relational"], kept["systems-leadership"]), kept


@every_place
def test_each_ending_can_come(name: str) -> None:
    endings = _ways(name).endings
    never = [e.id for e in _scenario(name).story.endings if not endings[e.id]]
    assert never == [], endings


@every_place
def test_what_is_left_alone_comes_out(name: str) -> None:
    """One row or more where nobody does anything, unless the play is over within a year."""
    scenario, rows = _scenario(name), _ways(name).rows
    least, most = (1.0, 7.0) if scenario.time.months > 12 else (0.0, 4.0)
    assert least <= rows[WAYS.index("do-nothing")] <= most, rows


def test_no_two_places_leave_the_same_thing_unsaid() -> None:
    said = Counter(
        text
        for name in IDS
        for matter in _scenario(name).unsaid
        for text in (
            matter.said_instead,
            matter.left_unsaid,
            matter.erupts_as,
            *matter.scenes,
        )
    )
    assert [text for text, times in said.items() if times > 1] == []
