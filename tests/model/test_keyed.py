"""A draw is a function of what it is for: what is decided here leaves luck there alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import numpy as np
import pytest
from model.plays import DANCING, locality, play_month

import sim.rules.chance as chance_module
from sim.draws import P_AGENDA, P_ERUPT, P_INFORMAL, P_LEADER, P_SHOCK
from sim.fields import MEETING
from sim.locality import Locality
from sim.moves import Move, orders_from
from sim.rules.chance import draw
from sim.rules.replies import ask
from sim.scenario import Scenario

Draws = dict[tuple[int, ...], tuple[float, ...]]


def shuffled(scenario: Scenario, seed: int) -> Scenario:
    """The same scenario with its partners, ties and matters in another order in the file."""
    dice = Random(seed)
    lists = {name: list(getattr(scenario, name)) for name in ("partners", "ties", "unsaid")}
    for entries in lists.values():
        dice.shuffle(entries)
    return scenario.model_copy(update={name: tuple(e) for name, e in lists.items()})


def swapped(scenario: Scenario) -> Scenario:
    """The same scenario with its first two partners swapped in the file."""
    first, second, *rest = scenario.partners
    return scenario.model_copy(update={"partners": (second, first, *rest)})


@pytest.mark.parametrize("other", [swapped(DANCING), shuffled(DANCING, 1), shuffled(DANCING, 2)])
def test_the_order_in_the_file_changes_no_bit(other: Scenario) -> None:
    given, moved = locality(21), locality(21, other)
    assert moved.names.seats != given.names.seats
    assert moved.names.partners == given.names.partners
    for _ in range(24):
        play_month(given, 21)
        play_month(moved, 21)
        assert moved.state_bytes() == given.state_bytes()
        assert moved.rows_of_events.tobytes() == given.rows_of_events.tobytes()


def test_a_card_or_a_move_added_to_the_file_leaves_luck_alone() -> None:
    """Rows of effects move down the table; what they draw does not change."""
    never = DANCING.injects[0].model_copy(
        update={
            "id": "never",
            "when": DANCING.injects[0].when.model_copy(update={"month": 119, "if_": None}),
        }
    )
    longer = DANCING.model_copy(update={"injects": (never, *DANCING.injects)})
    short, long = locality(22), locality(22, longer)
    assert len(long.world.effect) > len(short.world.effect)
    for _ in range(30):
        play_month_with_defaults(short)
        play_month_with_defaults(long)
        for name in ("partner", "pair", "position", "matter", "project", "place", "measure"):
            here, there = getattr(short.state, name), getattr(long.state, name)
            assert np.array_equal(here, there), f"{name} in month {short.month}"


def play_month_with_defaults(where: Locality) -> None:
    if where.month + 1 in where.turns_at:
        where.open_turn()
        queue(where, [Move("facilitator"), Move("coffee", ("hospital",))])
    where.step()


def queue(where: Locality, moves: list[Move]) -> None:
    known = [move for move in moves if move.move in where.names.move_row]
    assert known
    where.play(orders_from(known, where.names, where.world, where.state))


@contextmanager
def spying(monkeypatch: pytest.MonkeyPatch) -> Iterator[Draws]:
    """Every draw the rules make meanwhile, by process, month and keys."""
    seen: Draws = {}
    real = chance_module.uniform4

    def spy(low: int, high: int, *what: int) -> tuple[float, ...]:
        values = real(low, high, *what)
        assert seen.setdefault(what, values) == values
        return values

    with monkeypatch.context() as patch:
        patch.setattr(chance_module, "uniform4", spy)
        yield seen


SWITCHED = 9  # months lived when the two runs part: the start of a turn
PAIR = ("council", "hospital")


def run(months: int, moves: list[Move]) -> Locality:
    where = locality(23, replies=False)
    for _ in range(months):
        if where.month + 1 in where.turns_at:
            where.open_turn()
            if where.month == SWITCHED and moves:
                queue(where, moves)
        where.step()
    return where


def meeting_of(where: Locality) -> Move:
    """Some move that brings two partners together."""
    move = next(m for m in where.names.move_types.values() if m.target in ("pair", "one_or_pair"))
    return Move(move.id, PAIR)


def test_two_runs_that_differ_in_one_move_are_equal_before_it() -> None:
    move = meeting_of(locality(23))
    without, with_it = run(SWITCHED, []), run(SWITCHED, [move])
    assert SWITCHED + 1 in without.turns_at
    assert without.state_bytes() == with_it.state_bytes()
    without, with_it = run(SWITCHED + 1, []), run(SWITCHED + 1, [move])
    assert without.state_bytes() != with_it.state_bytes()
    assert np.array_equal(
        without.state.history[:, : SWITCHED + 1], with_it.state.history[:, : SWITCHED + 1]
    )


def test_after_the_move_everybody_else_keeps_their_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """The month after they part, and for a year, other pairs and partners draw as before."""
    move = meeting_of(locality(23))
    with spying(monkeypatch) as alone:
        without = run(SWITCHED + 12, [])
    with spying(monkeypatch) as moved:
        with_it = run(SWITCHED + 12, [move])
    assert without.state_bytes() != with_it.state_bytes()
    key = {partner: int(k) for partner, k in zip(without.names.partners, without.world.key)}
    theirs = {key[partner] for partner in PAIR}
    same = {what for what in alone if not theirs & set(what[2:5])}
    # nothing drawn for others is drawn with another value …
    assert all(moved[what] == alone[what] for what in same & moved.keys())
    # … and in the month they part, whatever luck others had they have in both
    first = SWITCHED + 1
    for process in (P_AGENDA, P_INFORMAL, P_ERUPT, P_LEADER, P_SHOCK):
        here = {w: v for w, v in alone.items() if w[:2] == (process, first) and w in same}
        there = {w for w in moved if w[:2] == (process, first) and not theirs & set(w[2:5])}
        assert there == set(here), process
    # … and most of it for the year after: only what the move changed is asked anew
    assert len(same & moved.keys()) > 0.9 * len(same)


def test_informal_meetings_of_others_happen_all_the_same() -> None:
    """In the month of the move, two who were not part of it meet exactly if they would have."""
    move = meeting_of(locality(23))
    without, with_it = run(SWITCHED + 1, []), run(SWITCHED + 1, [move])
    rows = [without.names.partner_row[partner] for partner in PAIR]
    others = [i for i in range(len(without.names.partners)) if i not in rows]
    for i in others:
        for j in others:
            assert without.state.pair[MEETING, i, j] == with_it.state.pair[MEETING, i, j]


def test_a_reply_does_not_depend_on_the_place_in_the_queue() -> None:
    partners = list(locality(24).names.partners)[:6]
    single = next(m for m in locality(24).names.move_types.values() if m.target == "one")
    moves = [Move(single.id, (partner,)) for partner in partners]
    replies = []
    for order in (moves, moves[::-1], moves[2:] + moves[:2]):
        where = locality(24)
        where.open_turn()
        orders = orders_from(order, where.names, where.world, where.state)
        where.play(orders)
        ask(where.arrays.world, where.theta, where.arrays.state, where.arrays.orders)
        replies.append({
            move.targets: orders.reply[q, where.names.partner_row[move.targets[0]]]
            for q, move in enumerate(order)
        })  # fmt: skip
    assert replies[0] == replies[1] == replies[2]
    assert len(set(replies[0].values())) > 1, "no luck in this one: choose another"


def test_luck_may_change_from_a_month_on() -> None:
    """Futures and undo draw what is to come from another luck; what was stays."""
    given, other = locality(25), locality(25)
    other.set_luck(10, 99)
    for _ in range(9):
        given.step()
        other.step()
    assert given.state_bytes() == other.state_bytes()
    given.step()
    other.step()
    assert given.state_bytes() != other.state_bytes()


def test_both_halves_of_luck_count() -> None:
    bits = [0, 1, 1 << 31, 1 << 32, 1 << 63]
    assert len({locality(luck).state_bytes() for luck in bits}) == len(bits)


def test_a_pair_draws_the_same_from_either_side() -> None:
    where = locality(26)
    world = where.arrays.world
    assert chance_module.draw_pair(world, P_INFORMAL, 3, 1, 4, 0) == chance_module.draw_pair(
        world, P_INFORMAL, 3, 4, 1, 0
    )
    one, other = int(world.key[1]), int(world.key[4])
    assert draw(world, P_INFORMAL, 3, one, other, 0) != draw(world, P_INFORMAL, 3, other, one, 0)
