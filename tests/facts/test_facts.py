"""Facts the model must reproduce.  Each test is one of them, with its source.

Arms share their luck and are compared run by run.  `make test` uses enough seeds to
decide; `make test-all` uses two hundred an arm (``-m slow``).
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.fields import AT_TABLE, DEPENDENCE, ERUPTIONS, HISTORY, M_AGREEMENT, M_TRUST, TRUST
from sim.locality import Locality
from sim.moves import Move, orders_from
from sim.rules.candour import goes_well
from sim.rules.events import V_WELL
from sim.rules.ledger import C_MOVE, bad_event, good_event

from .worlds import (
    admissions_growth,
    breach_between_dependent,
    everyone_avoids,
    interval,
    live,
    scenario,
)

SEEDS = [
    pytest.param(16, id="16 seeds"),
    pytest.param(200, id="200 seeds", marks=pytest.mark.slow),
]


def test_1_a_bad_turn_weighs_more_than_a_good_one() -> None:
    """Slovic 1993; Poortinga & Pidgeon 2004: loss / gain between 1.5 and 4 at T = .5."""
    place = Locality(scenario(), luck=1)
    place.state.pair[TRUST, 0, 1] = 0.5
    place.state.pair[HISTORY, 0, 1] = 0.0
    good_event(place.theta, place.state, place.ledger, 0, 1, 1.0, C_MOVE, 0, 1)
    gain = place.state.pair[TRUST, 0, 1] - 0.5
    place.state.pair[TRUST, 0, 1] = 0.5
    place.state.pair[HISTORY, 0, 1] = 0.0
    bad_event(
        place.theta, place.state, place.ledger, 0, 1, 1.0, place.theta.trust_asymmetry, C_MOVE, 0, 1
    )
    loss = 0.5 - place.state.pair[TRUST, 0, 1]
    assert 1.5 <= loss / gain <= 4.0


@pytest.mark.parametrize("seeds", [pytest.param(40, id="40 seeds"), SEEDS[1]])
def test_2_an_early_breach_costs_more_for_longer(seeds: int) -> None:
    """Thirty months on, a breach in month 1 has cost more trust than one in month 30."""
    more = []
    for luck in range(seeds):
        calm = live(luck, 60).series(M_TRUST)
        early = live(luck, 60, before_month={1: breach_between_dependent}).series(M_TRUST)
        late = live(luck, 60, before_month={30: breach_between_dependent}).series(M_TRUST)
        more.append(float((calm[31] - early[31]) - (calm[60] - late[60])))
    low, _high = interval(more)
    assert low > 0.0


@pytest.mark.parametrize("seeds", SEEDS)
def test_3_without_moves_there_is_rarely_an_agreement(seeds: int) -> None:
    """No moves: agreement and first delivery by month 24 in fewer than 30% of runs."""
    agreed = [live(luck, 24).series(M_AGREEMENT)[24] > 0.0 for luck in range(seeds)]
    assert np.mean(agreed) < 0.3


@pytest.mark.parametrize("seeds", SEEDS)
def test_5_doing_nothing_admissions_rise_by_an_eighth(seeds: int) -> None:
    """Admissions +10 to +14% over five years when nobody moves (trend 2.3% a year)."""
    growth = [admissions_growth(live(luck, 66)) for luck in range(seeds)]
    low, high = interval(growth)
    assert 10.0 <= low <= high <= 14.0


@pytest.mark.parametrize("seeds", SEEDS)
def test_9_avoidance_is_quiet_now_and_loud_later(seeds: int) -> None:
    """Avoidance .2 to .8: fewer open disputes in year 1, larger eruptions, less trust at 60."""
    disputes, trust = [], []
    sizes: dict[float, list[float]] = {0.2: [], 0.8: []}
    for luck in range(seeds):
        seen = {}
        for level in (0.2, 0.8):
            run = live(luck, 60, touch=everyone_avoids(level), parameters={"avoidance_mean": level})
            erupted = sum(month <= 12 for month, _size in run.eruptions)
            seen[level] = run.raised_badly[11] + erupted, run.series(M_TRUST)[60]
            sizes[level] += [size for _month, size in run.eruptions]
        disputes.append(seen[0.2][0] - seen[0.8][0])
        trust.append(float(seen[0.2][1] - seen[0.8][1]))
    assert interval(disputes)[0] > 0.0
    assert interval(trust)[0] > 0.0
    assert np.mean(sizes[0.8]) >= 1.5 * np.mean(sizes[0.2])


def test_10_candour_without_trust_hurts() -> None:
    """At T < .3, no space: at least 40% of candour costs trust; at T > .5, with space: ≤ 20%."""
    place = Locality(scenario(), luck=3)
    pairs = [(0, 1), (1, 2), (2, 3), (3, 4)]
    for a, b in pairs:
        place.state.pair[TRUST, a, b] = place.state.pair[TRUST, b, a] = 0.28
    cold = [1.0 - goes_well(place.theta, place.state, a, b, 0.0) for a, b in pairs]
    for a, b in pairs:
        place.state.pair[TRUST, a, b] = place.state.pair[TRUST, b, a] = 0.52
    warm = [1.0 - goes_well(place.theta, place.state, a, b, 1.0) for a, b in pairs]
    assert min(cold) >= 0.4
    assert max(warm) <= 0.2


@pytest.mark.parametrize("seeds", [pytest.param(40, id="40 seeds"), SEEDS[1]])
def test_doing_nothing_ends_in_rows_but_not_at_once(seeds: int) -> None:
    """No moves: 2 to 6 eruptions in 36 months in ≥ 90% of runs, none before month 5 in ≥ 90%."""
    runs = [live(luck, 36) for luck in range(seeds)]
    counts = np.array([run.locality.state.place[ERUPTIONS] for run in runs])
    early = [any(month < 5 for month, _size in run.eruptions) for run in runs]
    assert 2.0 <= np.median(counts) <= 6.0
    assert np.mean((counts >= 2.0) & (counts <= 6.0)) >= 0.9
    assert np.mean(early) <= 0.1


@pytest.mark.parametrize("move", ["coffee", "honest_conversation"])
def test_a_pair_move_that_succeeds_shifts_its_tie(move: str) -> None:
    """At least .05 each way, on every tie that depends on it and is no better than civil.

    Against the twin without it, at the end of the move's month; a conversation has
    succeeded when it was raised well (and would not have been at the board).
    """

    def raised_well(place: Locality) -> list[set[int]]:
        return [{int(r[1]), int(r[2])} for r in place.rows_of_events if int(r[0]) == V_WELL]

    shifts = []
    for luck in range(4):
        first = Locality(scenario(), luck=luck, collect=False)
        needed = np.argwhere(np.triu(first.state.pair[DEPENDENCE]) > 0.0)
        without = Locality(scenario(), luck=luck, replies=False, shocks="off", collect=False)
        without.step()
        for a, b in needed.tolist():
            place = Locality(scenario(), luck=luck, replies=False, shocks="off", collect=False)
            if min(place.state.partner[AT_TABLE, [a, b]]) < 1.0:
                continue
            start = place.state.pair[TRUST].copy()
            pair = (place.names.partners[a], place.names.partners[b])
            place.play(orders_from([Move(move, pair)], place.names, place.world, place.state))
            place.step()
            heard = {a, b} in raised_well(place) and {a, b} not in raised_well(without)
            if move == "honest_conversation" and not heard:
                continue
            shifts += [
                place.state.pair[TRUST, i, j] - without.state.pair[TRUST, i, j]
                for i, j in ((a, b), (b, a))
                if start[i, j] < 0.5
            ]
    assert len(shifts) > 40
    assert min(shifts) >= 0.05
