"""The description is complete: a model written from it alone lives through the same months.

The twin (`benchmarks/peers/twin/`) was written from `docs/model.md` and `docs/model-draws.md`, not
from the rules.  Same luck, same decisions: every number of every partner, pair, matter, project
and measure agrees in every month.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import mesa
import pytest

from sim.batch import Place, play_batch
from sim.effects import EFFECTS
from sim.fields import MEASURES
from sim.parameters import THEORIES
from sim.playbooks import load_strategy
from sim.scenario import load_scenario

sys.path.insert(0, str(Path(__file__).parent))

from anything import anything
from side_by_side import Play, first_difference, ours, parting, the_twin

DANCING = "dancing-around-the-table"
STRATEGIES = (
    "do-nothing", "let-everything-pass", "random", "traditional", "orders-and-penalties",
    "relational", "experimenter", "systems-leadership", "lead-agency", "hold-what-was-built",
)  # fmt: skip
SHOCKS = ("off", "play", "full")
A_FEW = [
    Play(DANCING, "do-nothing", 1, 40),  # to beyond the last turn
    Play(DANCING, "systems-leadership", 2**63 + 5),
    Play(DANCING, "traditional", 3, 30, "full", ("symmetric_trust",)),
    Play(DANCING, "orders-and-penalties", 4, 24, "off", ("mandate_suffices",)),
    Play(DANCING, "random", 5, 24, "full", ("joint_without_trust",)),
    Play(DANCING, "relational", 6, 24, "play", ("candour_is_a_coin_toss",)),
    Play(DANCING, "experimenter", 7, 30, "off", ("no_effect_on_admissions",)),
    Play(DANCING, "do-nothing", 8, 24, "full", ("silence_is_harmless",)),
    Play(DANCING, 9, 9, 24, "play", ("polite_distance_helps",)),
    Play(DANCING, 10, 10, 24, "full", ("trust_follows_delivery",), replies=False),
    Play("first-steps", "systems-leadership", 11, 9, "full", hand="play"),
    Play("first-steps", 12, 12, 9),
]


def of(play: Play) -> str:
    return f"{play.scenario} {play.who} {play.shocks} {' '.join(play.theories)}"


@pytest.mark.parametrize("play", A_FEW, ids=of)
def test_the_twin_lives_through_the_same_months(play: Play) -> None:
    assert first_difference(play) == ""


def test_every_primitive_effect_is_described_so_that_it_can_be_built_again() -> None:
    acted = set()
    for seed, shocks in ((2, "full"), (3, "off")):
        play = Play(anything(seed, merging=seed == 2), seed, seed, 34, shocks)
        script, states = ours(play)
        twin = the_twin(play, script)
        assert parting(states, twin) == ""
        acted |= twin.rows.acted
    assert acted == set(EFFECTS)


def test_a_number_that_differs_a_little_is_noticed() -> None:
    play = Play(DANCING, "do-nothing", 1, 3)
    _, states = ours(play)
    changed = replace(play, parameters={"trust_gain": 0.0400001})
    assert "month 1, trust of" in parting(states, the_twin(changed, []))


@pytest.mark.compiled
def test_the_kernel_of_sweeps_gives_the_measures_of_the_twin() -> None:
    place = Place(load_scenario(DANCING), hand="all")
    lucks, months = [21], list(range(37))
    book = place.book(load_strategy("do-nothing"))
    seen = play_batch(place, book, [place.theta()], lucks, months=months).measures
    for run, luck in enumerate(lucks):
        twin = the_twin(Play(DANCING, "do-nothing", luck), [])
        for _ in range(36):
            twin.step()
        for month in months:
            for row, name in enumerate(MEASURES):
                there = twin.history[month][name]
                assert seen[run, month, row] == pytest.approx(there, rel=1e-9, abs=1e-9)


def test_mesa_runs_the_twin_like_any_other_model() -> None:
    rows = mesa.batch_run(
        type(the_twin(Play("first-steps", "do-nothing", 1), [])),
        {"scenario": "first-steps", "luck": [1, 2]},
        number_processes=1,
        display_progress=False,
    )
    trust = {row["luck"]: row["trust"] for row in rows}
    for luck in (1, 2):
        twin = the_twin(Play("first-steps", "do-nothing", luck), [])
        twin.run_model()
        assert twin.month == 6
        assert trust[luck] == twin.measures["trust"]


# --- the same, wide ---------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("first", [0, 10, 20])
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_under_thirty_lucks_for_sixty_months(strategy: str, first: int) -> None:
    for luck in range(first, first + 10):
        theories = (THEORIES[luck % len(THEORIES)],) if luck % 2 else ()
        play = Play(DANCING, strategy, 1000 + luck, 60, SHOCKS[luck % 3], theories)
        assert first_difference(play) == "", of(play)


@pytest.mark.slow
@pytest.mark.parametrize("first", [0, 6])
@pytest.mark.parametrize(
    "scenario", ["first-steps", "lead-agency", "winter-crisis", "nothing-works"]
)
def test_whatever_anybody_may_do_in_other_places(scenario: str, first: int) -> None:
    for seed in range(first, first + 6):
        theories = (THEORIES[seed % len(THEORIES)],) if seed % 2 else ()
        play = Play(scenario, seed, seed, 60, SHOCKS[seed % 3], theories, replies=seed % 5 > 0)
        assert first_difference(play) == "", of(play)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(100, 160, 10))
def test_whatever_befalls_anybody(first: int) -> None:
    for seed in range(first, first + 10):
        play = Play(anything(seed, merging=seed % 2 == 0), seed, seed, 48, SHOCKS[seed % 3])
        assert first_difference(play) == "", f"anything({seed})"
