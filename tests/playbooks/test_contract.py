"""What every strategy promises, whoever wrote it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.fields import M_ADMISSIONS, M_TENSION, TENSION, WEIGHT
from sim.legality import Table, look
from sim.locality import Locality
from sim.moves import orders_from
from sim.observing import observe
from sim.playbooks import Choice, Strategy, load_strategy, strategy_names

SCENARIO = "dancing-around-the-table"
BUILT_IN = tuple(name for name in strategy_names() if not name.startswith("repeat:"))
REPEATS = tuple(name for name in strategy_names() if name.startswith("repeat:"))


def table(here: Locality, visibility: str = "felt") -> Table:
    return Table(here.world, here.names, look(here.world, here.names, here.state, visibility))


def play(
    strategy: Strategy, months: int, luck: int = 7, hand: str = "play", visibility: str = "felt"
) -> list[Choice]:
    """Play it, and hold every move against the one list of what is legal."""
    here = Locality(SCENARIO, luck=luck, hand=hand, shocks="full", ledger=False)
    choices = []
    while here.month < months:
        if here.month + 1 in here.turns_at:
            here.open_turn()
            seen = table(here, visibility)
            choice = strategy.choose(seen)
            for place, move in enumerate(choice.moves):
                assert seen.refusal(move, choice.moves[:place]) == ""
            here.play(choice.orders, choice.live_code)
            choices.append(choice)
        here.step()
    assert np.isfinite(here.state.measure).all()
    return choices


@pytest.mark.parametrize("name", BUILT_IN)
@pytest.mark.parametrize("visibility", ["felt", "fog"])
def test_it_plays_to_the_end_and_never_what_is_illegal(name: str, visibility: str) -> None:
    choices = play(load_strategy(name), 36, visibility=visibility)
    assert len(choices) == 8


@pytest.mark.parametrize("name", REPEATS)
def test_one_move_over_and_over_is_never_illegal(name: str) -> None:
    strategy = load_strategy(name)
    for choice in play(strategy, 7, hand="all"):
        assert {move.move for move in choice.moves} <= {name.removeprefix("repeat:")}


@pytest.mark.parametrize("name", BUILT_IN)
def test_same_luck_same_moves(name: str) -> None:
    assert play(load_strategy(name), 9) == play(load_strategy(name), 9)


def test_another_luck_makes_random_play_differ() -> None:
    assert play(load_strategy("random"), 9, luck=1) != play(load_strategy("random"), 9, luck=2)


@pytest.mark.parametrize("name", BUILT_IN)
def test_what_nobody_sees_changes_no_choice(name: str) -> None:
    here = Locality(SCENARIO, luck=11, hand="play")
    for _month in range(6):
        here.step()
    here.open_turn()
    before = observe(here.scenario, here.world, here.names, here.state)
    chosen = load_strategy(name).choose(before)

    here.state.matter[WEIGHT] += 0.2
    here.state.pair[TENSION] += 0.2
    here.state.history[M_TENSION] += 0.2
    here.state.history[M_ADMISSIONS, here.month] += 3.0  # not published yet
    here.state.position[:] = 0.5
    after = observe(here.scenario, here.world, here.names, here.state)

    assert after == before
    assert load_strategy(name).choose(after) == chosen


@pytest.mark.parametrize("name", BUILT_IN)
def test_its_queue_is_the_same_as_its_moves_would_make(name: str) -> None:
    here = Locality(SCENARIO, luck=5, hand="all")
    here.open_turn()
    choice = load_strategy(name).choose(table(here))
    made = orders_from(choice.moves, here.names, here.world, here.state)
    for field, mine, theirs in zip(made._fields, choice.orders, made, strict=True):
        assert np.array_equal(mine, theirs), field


@pytest.mark.parametrize("name", strategy_names())
def test_it_says_what_it_is(name: str) -> None:
    strategy = load_strategy(name)
    assert strategy.name == name
    assert strategy.idea
    assert strategy.source
