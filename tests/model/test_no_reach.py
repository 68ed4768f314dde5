"""What people do reaches residents by way of partners only.

No primitive effect, under any selector, size or argument, changes joint working, what
embedded projects keep standing of it, or a measure.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from model.plays import locality, play_month

from sim.effects import EFFECTS, ROW, SELECTORS, catalogue
from sim.fields import JOINT, JOINT_FLOOR, MEASURES
from sim.locality import Locality
from sim.rules.effects import apply_row
from sim.rules.ledger import C_MOVE
from sim.shocks import SHOCKS
from sim.state import Array, State, copy_state, for_rules, state_bytes

ARGUMENTS = {"measure": range(len(MEASURES)), "kind": range(1, 6), "form": range(3)}
SIZES = (0.6, -0.6)


@cache
def lived(months: int, luck: int) -> Locality:
    """A locality after so many months; by month 20 with disputes, projects and confidences."""
    where = locality(luck)
    for _ in range(months):
        play_month(where, luck)
    where.begin_month()
    return where


def out_of_reach(state: State) -> bytes:
    """What no effect may touch."""
    kept = (state.pair[JOINT], state.pair[JOINT_FLOOR], state.measure, state.history)
    return b"".join(array.tobytes() for array in kept)


def applied(where: Locality, row: list[float], who: Array) -> State:
    """A copy of the locality's state after one row of effects, and nothing else."""
    state = copy_state(where.state, where.names.shape)
    n = len(where.names.partners)
    mask = np.array([[1.0, 2.0] + [0.0] * (n - 2)])
    world = for_rules(where.world._replace(effect=np.array([row]), mask=mask))
    where.ledger.count[:] = 0
    where.events.count[:] = 0
    _w, _s, led, ev, _orders = where.arrays
    apply_row(world, where.theta, for_rules(state), led, ev, 0, C_MOVE, 0, who, 2, 5, -1, 99)
    return state


def rows_of(name: str) -> list[list[float]]:
    """The effect under every selector, size and argument, certain to come up."""
    effect = EFFECTS[name]
    rows = []
    for who, selector in enumerate(SELECTORS):
        mask = 0.0 if selector == "named" else -1.0
        for size in SIZES:
            for argument in (-1, *ARGUMENTS.get(effect.argument, ())):
                rows.append([effect.code, who, size, 1, 0, 1, -1, argument, mask])
    assert len(rows[0]) == len(ROW)
    return [[float(value) for value in row] for row in rows]


@pytest.mark.parametrize("name", list(EFFECTS))
def test_no_effect_reaches_joint_working_or_a_measure(name: str) -> None:
    moved = False
    for months in (0, 20):
        where = lived(months, luck=9)
        n = len(where.names.partners)
        before, everything = out_of_reach(where.state), state_bytes(where.state)
        crowds = [np.ones(n), np.resize([1.0, 0.5, -1.0, 0.0, 1.0], n)]
        for row in rows_of(name):
            for who in crowds:
                after = applied(where, row, who)
                assert out_of_reach(after) == before, f"{name}: {row}"
                moved = moved or state_bytes(after) != everything
    assert moved, f"{name} never does anything"


def test_everything_that_ships_is_made_of_these() -> None:
    """Moves and shocks are rows over the same primitives, so the same holds for them."""
    for row in [r for m in catalogue().values() for r in m.effects]:
        assert row["effect"] in EFFECTS
    for shock in SHOCKS.values():
        for row in shock.effects:
            assert row["effect"] in EFFECTS
