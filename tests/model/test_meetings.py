"""What meetings leave behind: at the board, over coffee, and in everybody's habits."""

from __future__ import annotations

import numpy as np
import pytest
from model.plays import locality

from sim.fields import (
    AT_TABLE,
    AVOIDANCE,
    CANDOUR,
    CLEARED,
    DANCING,
    LATENT,
    LIVE_CHOICE,
    LIVE_MATTER,
    LIVE_OUTSIDE,
    MEETING,
    MERGED_WITH,
    SEEN,
    SLACK,
    STATUS,
    TENSION,
    TURN_MONTH,
    WARMTH,
    WEIGHT,
)
from sim.locality import Locality
from sim.rules.eruptions import CLEARS_THE_ROOM_FOR, eruptions
from sim.rules.events import V_ERUPTED, V_WELL
from sim.rules.ledger import C_AVOIDED, C_HUSHED, G_PAIR
from sim.rules.meetings import meetings


def only_informal(luck: int, avoidance: float, meeting: float = 1.0) -> Locality:
    """Nobody at the table, so that no board meets; everybody runs into everybody."""
    where = locality(luck)
    where.state.partner[AT_TABLE, :] = 0.0
    where.state.partner[AVOIDANCE, :] = avoidance
    where.state.pair[MEETING] = meeting * (1.0 - np.eye(len(where.names.partners)))
    where.state.matter[WEIGHT, where.state.matter[STATUS] >= LATENT] = 0.3
    return where


def meet(where: Locality) -> None:
    where.begin_month()
    w, s, led, ev, _orders = where.arrays
    meetings(w, where.theta, s, led, ev)


def test_over_coffee_what_divides_may_be_avoided_and_weighs_more() -> None:
    where = only_informal(1, avoidance=1.0)
    weight, slack = where.state.matter[WEIGHT].copy(), where.state.partner[SLACK].copy()
    meet(where)
    grown = where.state.matter[WEIGHT] - weight
    assert grown.max() > 0.0
    assert (where.state.partner[WARMTH] > 0.0).any()
    warmed = where.state.partner[WARMTH] > 0.0
    assert (where.state.partner[SLACK, warmed] > slack[warmed]).all()
    booked = [r for r in where.rows_of_ledger if (r[0], r[1], r[4]) == (G_PAIR, TENSION, C_HUSHED)]
    assert sum(row[7] for row in booked) == pytest.approx(2.0 * grown.sum(), abs=1e-12)


def test_nobody_sees_what_is_avoided_over_coffee() -> None:
    where = only_informal(1, avoidance=1.0)
    meet(where)
    assert where.state.matter[SEEN].max() == 0.0
    assert where.state.pair[DANCING].max() == 0.0
    assert len(where.rows_of_events) == 0
    assert not (where.rows_of_ledger[:, 4] == C_AVOIDED).any()  # what everybody saw


def test_habits_drift_to_what_neighbours_do() -> None:
    """A partner that meets only the silent grows more silent than one that meets nobody."""
    lonely, among = (only_informal(2, avoidance=0.9) for _ in range(2))
    # one partner has nothing unsaid with anybody: what it learns, it learns from others
    i = 0
    for where in (lonely, among):
        mine = [m for m, pair in enumerate(where.state.matter[:2].T.tolist()) if i in pair]
        where.state.matter[STATUS, mine] = 0.0
        where.state.partner[AVOIDANCE, i] = 0.2
    lonely.state.pair[MEETING, i, :] = lonely.state.pair[MEETING, :, i] = 0.0
    meet(lonely)
    meet(among)
    assert lonely.state.partner[AVOIDANCE, i] == 0.2
    assert among.state.partner[AVOIDANCE, i] > 0.2


def test_where_things_are_said_habits_of_silence_wear_off() -> None:
    """The drift is to the share of silences, not to silence."""
    where = only_informal(3, avoidance=0.0)
    where.state.partner[1, :] = 1.0  # safety
    where.state.pair[0] = 1.0  # trust
    where.state.partner[AVOIDANCE, 0] = 0.9
    for _ in range(12):
        where.state.matter[WEIGHT, where.state.matter[STATUS] >= LATENT] = 0.3
        meet(where)
    assert any(int(row[0]) == V_WELL for row in where.rows_of_events)
    assert where.state.partner[AVOIDANCE, 0] < 0.9


def test_left_for_now_is_still_left() -> None:
    """Taking it outside leaves the matter heavier until somebody has that conversation."""
    where = locality(4)
    where.open_turn()
    m = int(where.state.place[LIVE_MATTER]) - 1
    assert m >= 0
    where.state.place[LIVE_CHOICE] = LIVE_OUTSIDE
    weight = float(where.state.matter[WEIGHT, m])
    assert int(where.state.place[TURN_MONTH]) == where.month + 1
    where.state.pair[MEETING] = 0.0
    meet(where)
    assert where.state.matter[WEIGHT, m] == pytest.approx(weight + 0.6 * where.theta.severity)


def test_what_was_made_ready_and_not_used_wears_off() -> None:
    where = locality(5)
    where.state.pair[CANDOUR, 0, 1] = where.state.pair[CANDOUR, 1, 0] = 0.8
    where.open_turn()
    assert where.state.pair[CANDOUR, 0, 1] == pytest.approx(0.4)


def test_a_row_clears_the_air_for_all_who_were_in_the_room() -> None:
    where = locality(6)
    where.state.pair[TENSION, 0, 1] = where.state.pair[TENSION, 1, 0] = 1.5
    seated = where.state.partner[AT_TABLE] > 0.5
    for _ in range(40):  # it breaks out sooner or later
        where.begin_month()
        w, s, led, ev, _orders = where.arrays
        eruptions(w, where.theta, s, led, ev)
        if any(int(row[0]) == V_ERUPTED for row in where.rows_of_events):
            break
        where.state.place[0] += 1.0
    else:
        raise AssertionError("nothing broke out")
    assert where.state.pair[CLEARED, 0, 1] > CLEARS_THE_ROOM_FOR
    cleared = where.state.pair[CLEARED] > 0.0
    for i in range(len(seated)):
        for j in range(len(seated)):
            if {i, j} != {0, 1}:
                assert cleared[i, j] == (i != j and seated[i] and seated[j])
    assert not where.state.partner[MERGED_WITH].any()
