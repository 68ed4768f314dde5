"""Nobody, everybody, nothing, everything: what any sensible person expects of it."""

from __future__ import annotations

import numpy as np
import pytest
from model.plays import DANCING
from model.test_invariants import check_bounds, check_symmetry
from verification.lives import born, events_of, left_alone, lived
from verification.places import hundred, one_partner, partner, place_data, table

from sim import yamlfile
from sim.fields import (
    AVOIDANCE,
    AVOIDED,
    ERUPTIONS,
    JOINT,
    KIND,
    LIVE_MATTER,
    LIVE_PASS,
    LIVE_SAY,
    M_ADMISSIONS,
    M_INTEGRATION,
    M_SPEND,
    M_STARTED,
    MANDATE,
    MANDATED,
    MEETING,
    MONEY,
    PROGRAMME,
    RAISED_BADLY,
    RAISED_WELL,
    RUNNING,
    STAGE,
    TRUST,
    TURN_MONTH,
)
from sim.headless import play_through
from sim.locality import Locality
from sim.moves import Move, orders_from
from sim.playbooks import load_strategy
from sim.rules.events import V_BADLY, V_ERUPTED, V_REFUSED, V_SIDE, V_STARTED, V_WELL
from sim.scenario import ScenarioError, read_scenario

ONE_THING_AT_A_TIME = {"shocks": "off"}


def play(where: Locality, *moves: Move, live: int = LIVE_PASS) -> None:
    where.open_turn()
    where.play(orders_from(moves, where.names, where.world, where.state), live)


# --- avoidance ------------------------------------------------------------------------------


def habit(where: Locality, level: float) -> None:
    where.state.partner[AVOIDANCE, :] = level


def said_and_avoided(level: float, lucks: range) -> tuple[float, float]:
    """Over two years left alone, when everybody's habit of avoiding is held at a level."""
    said = avoided = 0.0
    for luck in lucks:
        where = born(
            luck, table(), **ONE_THING_AT_A_TIME,
            parameters={"avoidance_mean": level, "avoidance_drift": 0.0},
        )  # fmt: skip
        habit(where, level)
        for _ in left_alone(where, 24):
            pass
        assert (where.state.partner[AVOIDANCE] == level).all()
        said += where.state.place[RAISED_WELL] + where.state.place[RAISED_BADLY]
        avoided += where.state.place[AVOIDED]
    return said, avoided


def test_where_nobody_avoids_more_is_said_than_left_and_the_other_way_round() -> None:
    said, left = said_and_avoided(0.0, range(5))
    assert said > left
    said_by_avoiders, left_by_avoiders = said_and_avoided(1.0, range(5))
    assert left_by_avoiders > 2.0 * said_by_avoiders
    assert said > 2.0 * said_by_avoiders


SILENT = {
    "avoidance_mean": 1.0, "avoidance_drift": 0.2, "raise_base": -3.0, "raise_avoidance": 4.0,
    "raise_safety": 0.0, "raise_trust": 0.0, "cleared_readiness": 0.0,
}  # fmt: skip


@pytest.mark.parametrize("choice", [LIVE_PASS, LIVE_SAY])
def test_where_everybody_avoids_only_say_it_here_says_anything_at_the_board(choice: int) -> None:
    """Of other matters one in a hundred slips out at most: the model's tails are never nought."""
    by_choice = by_itself = occasions = 0
    for luck in range(6):
        where = born(luck, table(), **ONE_THING_AT_A_TIME, parameters=SILENT)
        habit(where, 1.0)
        for _ in range(24):
            if where.month + 1 in where.turns_at:
                play(where, live=choice)
            before = where.state.place[AVOIDED]
            first = where.month + 1 == int(where.state.place[TURN_MONTH])
            live = int(where.state.place[LIVE_MATTER]) - 1 if first else -1
            where.step()
            at_board = [
                int(row[3])
                for row in where.rows_of_events
                if int(row[0]) in (V_WELL, V_BADLY) and row[4] == 0.0
            ]
            by_choice += at_board.count(live)
            by_itself += len([m for m in at_board if m != live])
            occasions += int(where.state.place[AVOIDED] - before)
    assert occasions > 250
    assert by_itself <= 0.02 * occasions
    assert (by_choice > 30) if choice == LIVE_SAY else (by_choice == 0)


# --- trust ----------------------------------------------------------------------------------

NO_TRUST = {"trust_gain": 0.01, "institutional_trust": 0.2}


def without_trust(luck: int) -> Locality:
    """Nobody trusts anybody, and whatever a month brings is gone at its end."""

    def none(where: Locality) -> None:
        n = len(where.names.partners)
        where.state.pair[TRUST][~np.eye(n, dtype=bool)] = 0.0

    where = born(
        luck, table(transformation_fund=5000), parameters=NO_TRUST, shocks="off",
        replies=False,  # so that everybody comes
    )  # fmt: skip
    none(where)
    where.insert(1, "no trust", none)
    where.insert(7, "no trust", none)
    return where


def test_without_trust_no_project_starts_unless_by_order() -> None:
    refused = 0
    for luck in range(8):
        where = without_trust(luck)
        for _ in lived(where, 24, luck, never=("command", "programme", "restructure")):
            refused += len(events_of(where, V_REFUSED))
            assert where.state.place[MANDATE] == 0.0
            assert where.state.measure[M_STARTED] == 0.0
    assert refused > 5


def test_without_trust_an_order_starts_what_nobody_would_have_begun() -> None:
    where = without_trust(1)
    pair = where.names.partners[:2]
    play(where, Move("small_experiment", pair))
    where.step()
    assert events_of(where, V_REFUSED)
    assert where.state.measure[M_STARTED] == 0
    where.state.place[MANDATE] = 0.5
    where.step()
    where.step()
    where.state.place[MANDATE] = 0.5
    play(where, Move("integrated_team", pair), Move("programme"))
    where.step()
    running = where.state.project[:, where.state.project[STAGE] == RUNNING]
    assert running.shape[1] == 2
    assert (running[MANDATED] == 1.0).all()
    assert PROGRAMME in running[KIND]


def test_without_trust_joint_working_withers() -> None:
    where = without_trust(2)
    before = where.state.measure[M_INTEGRATION]
    for _ in left_alone(where, 60):
        assert where.state.measure[M_INTEGRATION] <= before
        before = where.state.measure[M_INTEGRATION]
    assert before < 0.02


# --- ties and partners ------------------------------------------------------------------------


def season(month: int, size: float = 0.08) -> float:
    """A bell of the year, highest in January and lowest in July, for a start in April."""
    of_year = (4 + month - 2) % 12 + 1
    t = 1.0 - min(of_year - 1, 13 - of_year) / 6.0
    return 1.0 + size * (2.0 * (3.0 * t * t - 2.0 * t**3) - 1.0)


@pytest.mark.parametrize("luck", range(3))
def test_without_ties_nothing_erupts_and_admissions_are_trend_and_season(luck: int) -> None:
    where = born(luck, table(tied=False), **ONE_THING_AT_A_TIME)
    where.state.pair[MEETING] = 0.0
    trust = where.state.pair[TRUST].copy()
    start, trend = 7.5, 0.023
    for _ in left_alone(where, 60):
        t = where.month
        expected = start * (1.0 + trend * t / 12.0) * season(t)
        assert where.state.measure[M_ADMISSIONS] == pytest.approx(expected, rel=1e-12)
        assert not events_of(where)
    assert where.state.place[ERUPTIONS] == 0
    assert not where.state.pair[JOINT].any()
    # strangers they were, and the usual trust between strangers they come to
    rest = where.theta.institutional_trust
    assert (abs(where.state.pair[TRUST] - rest) <= abs(trust - rest) + 1e-12).all()


def test_a_file_with_one_partner_is_refused_in_a_sentence() -> None:
    with pytest.raises(ScenarioError) as refusal:
        read_scenario(yamlfile.written(place_data([partner("alone")])))
    assert "At least 3 are needed here; there are 1." in str(refusal.value)


@pytest.mark.parametrize("luck", range(3))
def test_alone_nothing_between_partners_ever_happens(luck: int) -> None:
    """The arrays hold a table of one, though no file may ask for it."""
    where = born(luck, one_partner())
    between = (V_WELL, V_BADLY, V_ERUPTED, V_SIDE, V_STARTED)
    for _ in lived(where, 48, luck, never=("restructure",)):
        assert not events_of(where, *between)
        check_bounds(where.state)
    assert where.state.measure[M_INTEGRATION] == 0.0
    assert where.state.measure[M_STARTED] == 0.0
    assert where.state.measure[M_SPEND] > 0.0


def crowd(months: int) -> None:
    where = born(3, hundred())
    said = 0
    for _ in lived(where, months, 3):
        check_bounds(where.state)
        check_symmetry(where.state)
        said += len(events_of(where))
        assert where.events.count[1] == 0, "events were lost"
        assert where.ledger.count[1] == 0, "entries of the ledger were lost"
    assert said > 0


def test_a_hundred_partners_live_within_bounds_and_nothing_is_lost() -> None:
    crowd(3)


@pytest.mark.slow
def test_a_hundred_partners_live_so_for_three_years() -> None:
    crowd(36)


# --- money ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["systems-leadership", "traditional", "random"])
def test_without_money_only_what_is_free_is_played(name: str) -> None:
    poor = DANCING.model_copy(
        update={
            "place": DANCING.place.model_copy(update={"transformation_fund": 0.0}),
            "injects": (),
        }
    )
    run = play_through(poor, load_strategy(name), luck=11, shocks="off")
    where = born(11, poor)
    moves = [move for turn in run.turns for move in turn.moves]
    assert moves
    assert {where.names.move_types[move.move].cost for move in moves} == {0.0}


def test_without_money_there_is_never_any_unless_somebody_brings_it() -> None:
    where = born(5, table(transformation_fund=0), shocks="off")
    for _ in left_alone(where, 40):
        assert where.state.place[MONEY] == 0.0
