"""Rows that wait and moves that stand: there is room for all, and money for some."""

from __future__ import annotations

import numpy as np
import pytest
from model.plays import DANCING, locality

from sim.fields import FACILITATOR, MONEY
from sim.legality import Table, look
from sim.locality import Locality
from sim.moves import QUEUE, Move, orders_from
from sim.observing import observe
from sim.rules.effects import wait
from sim.rules.events import V_FACILITATOR_LEFT, V_STANDING_ENDED
from sim.scenario.schema import HouseMove
from sim.state import PEND_ROW, STAND_MOVE
from sim.waiting import once_a_turn, room

OUTSIDER = "outside_facilitator"


def turn(where: Locality, *moves: Move) -> None:
    where.open_turn()
    where.play(orders_from(moves, where.names, where.world, where.state))


def months_of_turn(where: Locality) -> int:
    starts = [*where.world.turn_start.tolist()]
    return int(next(later for later in starts if later > where.month + 1)) - where.month - 1


# --- room for rows that wait --------------------------------------------------------------


def test_there_is_room_for_the_fullest_diary_there_can_be() -> None:
    """Eight rows of the queue, all of the move that leaves most waiting, in every turn."""
    where = locality(1, replies=False)
    most = 0
    while where.month < where.scenario.time.months:
        many = tuple(where.names.partners[:5])
        turn(where, *[Move("learning_set", many)] * QUEUE)
        for _ in range(months_of_turn(where)):
            where.step()
            most = max(most, int((where.state.pending[PEND_ROW] > 0).sum()))
    assert 6 * QUEUE <= most <= where.names.shape.pending


def test_a_house_move_that_waits_long_makes_more_room() -> None:
    slow = {
        "id": "slow-burn", "name": "Slow burn", "lines": ["It takes two years.", "It may not."],
        "icon": "coffee", "family": "being", "target": "everybody", "places": 1, "cost": 0,
        "effects": [
            {"effect": "safety", "who": ["at_table"], "size": 0.01, "months": 24},
            {"effect": "slack", "who": ["at_table"], "size": 0.01, "delay": 12, "months": 12},
        ],
    }  # fmt: skip
    moves = DANCING.moves.model_copy(update={"house": (HouseMove.model_validate(slow),)})
    where = locality(2, DANCING.model_copy(update={"moves": moves}), replies=False)
    assert where.names.shape.pending > locality(2).names.shape.pending
    most = 0
    while where.month < where.scenario.time.months:
        turn(where, *[Move("slow-burn")] * QUEUE)
        for _ in range(months_of_turn(where)):
            where.step()  # raises if a row found no place
            most = max(most, int((where.state.pending[PEND_ROW] > 0).sum()))
    assert most > 90


def test_a_row_too_many_is_an_error_and_never_dropped() -> None:
    where = locality(3)
    _w, s, _led, _ev, _orders = where.arrays
    nobody = np.zeros(len(where.names.partners))
    for _ in range(where.names.shape.pending):
        wait(s, 0, 5, 1, 0, 0, nobody, -1, -1, -1, 1)
    with pytest.raises(IndexError, match="room"):
        wait(s, 0, 5, 1, 0, 0, nobody, -1, -1, -1, 1)


def test_the_sum_of_what_can_wait() -> None:
    """Two rows of five months and one of nine, turns of three months: by hand."""
    assert once_a_turn([[5, 5, 9]], [1, 4, 7, 10]) == 3 + 3 + 1
    assert once_a_turn([[5, 5], [9]], [1, 4, 7]) == 2 + 2 + 1
    assert once_a_turn([], [1, 4]) == 0
    assert room([[2]], [], [1], [([7], True), ([7], False)], [([13], True), ([3], False)], 4) == (
        4 + QUEUE + 2 + 1 + 2 + 3
    )


# --- moves that stand ---------------------------------------------------------------------


def standing_at(money: float) -> Locality:
    """An outsider holds the room since the first turn, and so much is left for the second."""
    where = locality(5, shocks="off")
    turn(where, Move(OUTSIDER))
    for _ in range(months_of_turn(where)):
        where.step()
    where.state.place[MONEY] = money
    return where


def seen_money(where: Locality) -> tuple[float, int, tuple[str, ...]]:
    seen = observe(where.scenario, where.world, where.names, where.state)
    return seen.money, seen.places, seen.standing


def test_a_standing_move_is_paid_before_anything_else() -> None:
    where = standing_at(12.0)
    where.open_turn()
    assert seen_money(where) == (7.0, 2, (OUTSIDER,))
    table = Table(where.world, where.names, look(where.world, where.names, where.state))
    assert "7" in table.card_refusal("thinking_space")  # ten it costs, and seven are left
    where.step()
    assert where.state.place[MONEY] == pytest.approx(7.0)
    assert where.state.place[FACILITATOR] == 1.0


def test_a_standing_move_ends_with_the_money_and_says_so() -> None:
    where = standing_at(4.0)
    where.open_turn()
    assert seen_money(where) == (4.0, 3, ())  # its place is free already
    where.step()
    told = {int(row[0]): int(row[3]) for row in where.rows_of_events}
    assert told[V_STANDING_ENDED] == where.names.move_row[OUTSIDER]
    assert V_FACILITATOR_LEFT in told
    assert where.state.place[MONEY] == 4.0
    assert where.state.place[FACILITATOR] == 0.0
    assert not where.state.standing[STAND_MOVE].any()
