"""Small promises of the schedule: what comes before what, and what is carried where."""

from __future__ import annotations

import numpy as np
import pytest
from model.plays import locality

from sim.fields import (
    COMMITMENT,
    DEPENDENCE,
    DISPUTE,
    FORM_LEAD,
    GOVERNANCE,
    GOVERNANCE_FORM,
    JOINT,
    LEAD,
    M_INTEGRATION,
    MERGED_WITH,
    TRUST,
    UNDERSTANDING,
)
from sim.legality import Table, look
from sim.locality import Locality
from sim.moves import Move, orders_from
from sim.rules.joint import limiting
from sim.rules.ledger import JOINT_LIMITS
from sim.rules.outcomes import mean_joint
from sim.rules.seen import UNKNOWN, X_KNOWN


def test_what_is_put_before_line_1_comes_before_the_cards() -> None:
    """A line of one's own before line 1 can still prevent a card from falling due."""
    where = locality(7)
    order: list[str] = []
    fire = where.answer

    def answer(inject: int, option: int) -> None:
        order.append("card")
        fire(inject, option)

    where.answer = answer  # type: ignore[method-assign]
    where.insert(1, "mine", lambda _place: order.append("mine"))
    for _ in range(12):
        where.step()
    months = "".join("m" if what == "mine" else "c" for what in order)
    assert months.count("m") == 12
    assert "c" in months
    assert months.startswith("m")


def test_it_comes_once_a_month_however_the_month_is_run() -> None:
    where, count = locality(7), []
    where.insert(1, "mine", lambda place: count.append(place.month))
    where.begin_month()
    while (due := where.due()) >= 0:
        where.answer(due, -1)
    where.finish_month()
    where.finish_month()  # a month of its own, begun by this
    assert count == [0, 1]


# --- a merger -----------------------------------------------------------------------------


def merged(luck: int) -> tuple[Locality, int, int]:
    where = locality(luck, shocks="off", replies=False)
    pair = ("hospital", "community")
    move = Move("restructure", pair)
    where.play(orders_from([move], where.names, where.world, where.state))
    where.step()
    a, b = (where.names.partner_row[p] for p in pair)
    assert where.state.partner[MERGED_WITH, b] == a + 1
    return where, a, b


def test_after_a_merger_nobodys_ties_count_twice() -> None:
    where, a, b = merged(8)
    before = locality(8).state.pair[DEPENDENCE]
    after = where.state.pair[DEPENDENCE]
    assert not after[b].any()
    assert not after[:, b].any()
    for k in range(len(after)):
        if k not in (a, b):
            assert after[a, k] == after[k, a] == max(before[a, k], before[b, k])
    rest = [k for k in range(len(after)) if k not in (a, b)]
    assert np.array_equal(after[np.ix_(rest, rest)], before[np.ix_(rest, rest)])


def test_joint_working_of_the_merged_is_carried_on() -> None:
    where, a, b = merged(8)
    assert not where.state.pair[JOINT, b].any()
    carried = [k for k in range(len(where.names.partners)) if where.state.pair[JOINT, a, k] > 0.0]
    twin = locality(8, shocks="off", replies=False)
    twin.step()
    for k in carried:
        bounds = sorted((twin.state.pair[JOINT, a, k], twin.state.pair[JOINT, b, k]))
        assert bounds[0] - 0.02 <= where.state.pair[JOINT, a, k] <= bounds[1] + 0.02
    assert where.state.measure[M_INTEGRATION] == mean_joint(where.arrays.state)


# --- what limits joint working ------------------------------------------------------------


def at_its_best(**settings: object) -> Locality:
    """Two partners between whom nothing is lacking."""
    where = locality(9, **settings)
    where.state.pair[TRUST, 0, 1] = where.state.pair[TRUST, 1, 0] = 0.95
    where.state.pair[UNDERSTANDING, 0, 1] = where.state.pair[UNDERSTANDING, 1, 0] = 1.0
    where.state.partner[COMMITMENT, :2] = 1.0
    where.state.place[GOVERNANCE] = 1.0
    return where


def limit(where: Locality) -> str:
    return JOINT_LIMITS[limiting(where.theta, where.arrays.state, 0, 1)]


@pytest.mark.parametrize("lacking", JOINT_LIMITS)
def test_the_limit_is_what_lacks(lacking: str) -> None:
    where = at_its_best()
    if lacking == "trust":
        where.state.pair[TRUST, 0, 1] = 0.35
    elif lacking == "commitment":
        where.state.partner[COMMITMENT, 0] = 0.05
    elif lacking == "understanding":
        where.state.pair[UNDERSTANDING, 0, 1] = where.state.pair[UNDERSTANDING, 1, 0] = 0.0
    elif lacking == "governance":
        where.state.place[GOVERNANCE] = 0.0
    else:
        where.state.pair[DISPUTE, 0, 1] = where.state.pair[DISPUTE, 1, 0] = 2.0
    assert limit(where) == lacking


def test_a_lead_agency_limits_those_it_leaves_out() -> None:
    where = at_its_best()
    where.state.pair[UNDERSTANDING, 0, 1] = where.state.pair[UNDERSTANDING, 1, 0] = 0.8
    where.state.place[GOVERNANCE_FORM] = FORM_LEAD
    where.state.place[LEAD] = 0
    assert limit(where) == "understanding"
    where.state.place[LEAD] = 2
    assert limit(where) == "governance"


@pytest.mark.parametrize(
    ("theory", "word"), [("mandate_suffices", "governance"), ("joint_without_trust", "commitment")]
)
def test_under_a_rival_theory_trust_is_no_limit(theory: str, word: str) -> None:
    where = at_its_best(theories=(theory,))
    where.state.pair[TRUST, 0, 1] = where.state.pair[TRUST, 1, 0] = 0.05
    where.state.partner[COMMITMENT, :2] = 0.9
    where.state.place[GOVERNANCE] = 0.3 if theory == "mandate_suffices" else 1.0
    assert limit(where) == word


# --- what the group does not know ---------------------------------------------------------


def test_a_matter_nobody_knows_of_is_refused_like_one_that_is_not_there() -> None:
    where = locality(10)
    where.open_turn()
    seen = look(where.world, where.names, where.state)
    table = Table(where.world, where.names, seen)
    rows = {
        bool(seen.matter[X_KNOWN, row] > UNKNOWN): row for row in range(len(where.names.matters))
    }
    assert set(rows) == {True, False}

    def refusal(matter: str, row: int) -> str:
        pair = tuple(where.names.partners[int(k)] for k in where.state.matter[:2, row])
        return table.refusal(Move("honest_conversation", pair, matter=matter))

    hidden, known = where.names.matters[rows[False]], where.names.matters[rows[True]]
    nothing = refusal("no-such-thing", rows[True])
    assert nothing
    assert refusal(hidden, rows[False]).replace(hidden, "no-such-thing") == nothing
    assert refusal(known, rows[True]) == ""
