"""A placebo: a move whose sizes are all nought changes nothing but the diary.

What is left is the asking itself (7.1 of ``docs/model.md``): who comes has a fuller diary and
knows the players a little better, who finds the diary full thinks a little less of them.
"""

from __future__ import annotations

import numpy as np
import pytest
from model.plays import DANCING
from model.test_keyed import spying
from verification.lives import born
from verification.places import move

from sim.draws import P_EFFECT, P_REPLY
from sim.effects import EFFECTS
from sim.fields import (
    ASKED,
    CONTACT,
    CREDIBILITY,
    MONEY,
    PARTNER_FIELDS,
    SLACK,
    TRUST,
)
from sim.locality import Locality
from sim.moves import Move, orders_from
from sim.rules.events import V_REPLY
from sim.rules.ledger import C_NEGLECT
from sim.rules.replies import COMES, FULL
from sim.scenario import Scenario
from sim.scenario.schema import HouseMove
from sim.state import State

SWITCHES = frozenset({
    "join_table", "handover", "leader_leaves", "raise_matter", "surface", "start_project",
    "governance_form", "fund_open", "facilitator", "case", "merge",
})  # fmt: skip
"""Effects that happen or do not, whatever their size: of them there is no placebo."""
MEETINGS = frozenset(name for name, effect in EFFECTS.items() if effect.kind == "pair")
"""Effects between two: they count as contact, whatever their size."""
LUCKS = range(4)


def nothing(name: str, *effects: str, **more: object) -> HouseMove:
    """A move with these effects, each of size 0, now and for two months more."""
    rows = []
    for effect in effects:
        row = {"effect": effect, "who": "targets", "size": 0, "months": 3}
        rows.append(row | ({"measure": "delayed_transfers"} if effect == "effort" else {}))
    return HouseMove.model_validate(move(name, "some", *rows, least=1, most=8, **more))


AMOUNTS = sorted(set(EFFECTS) - SWITCHES - MEETINGS)
PLACEBOS = (
    *(
        nothing(f"nothing-{k}", *AMOUNTS[k : k + 12], cost=7)
        for k in range(0, len(AMOUNTS), 12)
    ),
    nothing("meeting", *sorted(MEETINGS), cost=7),
)  # fmt: skip


def with_placebos() -> Scenario:
    moves = DANCING.moves
    house = (*moves.house, *PLACEBOS)
    return DANCING.model_copy(
        update={"moves": moves.model_copy(update={"house": house}), "injects": ()}
    )


SCENARIO = with_placebos()
OTHERS = (
    Move("coffee", ("council", "hospital")),
    Move("listen", ("gps",)),
    Move("business_case"),
    Move("public_narrative"),
)


def live(luck: int, months: int, *moves: Move, **settings: object) -> Locality:
    """A life in which the first turn holds the ``OTHERS``, and ``moves`` after them."""
    where = born(luck, SCENARIO, **settings)
    where.open_turn()
    where.play(orders_from([*OTHERS, *moves], where.names, where.world, where.state))
    for _ in range(months):
        where.step()
    return where


def aimed(house: HouseMove) -> Move:
    """The placebo, aimed at three whom the others do not ask by name."""
    return Move(house.id, ("community", "mental-health", "voluntary"))


def same_but(here: State, there: State, *fields: int) -> None:
    """Bit for bit the same, these fields of partners and the money apart."""
    rows = [f for f in range(len(PARTNER_FIELDS)) if f not in fields]
    for name, mine, other in zip(State._fields, here, there, strict=True):
        if name == "partner":
            assert np.array_equal(mine[rows], other[rows]), name
        elif name == "place":
            apart = [f for f in range(mine.shape[0]) if f != MONEY]
            assert np.array_equal(mine[apart], other[apart]), name
        elif not name.startswith("pending"):  # rows that wait, and will do nothing
            assert np.array_equal(mine, other), name


@pytest.mark.parametrize("house", PLACEBOS[:-1], ids=lambda h: h.id)
def test_with_everybody_coming_and_coming_for_nothing_not_a_bit_differs(house: HouseMove) -> None:
    """For a year: but that those asked were asked, and know the players a little better."""
    settings = {"replies": False, "parameters": {"meeting_cost": 0.0}}
    for luck in LUCKS:
        without = live(luck, 12, **settings)
        with_it = live(luck, 12, aimed(house), **settings)
        same_but(without.state, with_it.state, CONTACT, ASKED)
        assert without.state.place[MONEY] - with_it.state.place[MONEY] == house.cost
        asked = [with_it.names.partner_row[id] for id in aimed(house).targets]
        apart = np.flatnonzero(without.state.partner[CONTACT] != with_it.state.partner[CONTACT])
        assert set(apart) <= set(asked)


@pytest.mark.parametrize("house", PLACEBOS, ids=lambda h: h.id)
def test_with_replies_only_what_asking_does_to_those_asked_is_done(house: HouseMove) -> None:
    replies = set()
    for luck in LUCKS:
        before: list[State] = []
        for moves in ((), (aimed(house),)):
            where = born(luck, SCENARIO)
            where.open_turn()
            where.play(orders_from([*OTHERS, *moves], where.names, where.world, where.state))
            where.insert(3, "after moves", lambda here, kept=before: kept.append(here.memo()))
            where.step()
        without, with_it = before
        if house.id == "meeting":  # which it is: see the last test
            with_it.met[:] = without.met
        same_but(without, with_it, SLACK, CONTACT, CREDIBILITY, ASKED)
        answers = {
            int(row[1]): int(row[4]) for row in where.rows_of_events
            if int(row[0]) == V_REPLY and int(row[2]) == len(OTHERS)
        }  # fmt: skip
        replies |= set(answers.values())
        for i in range(len(where.names.partners)):
            mine, other = without.partner[:, i], with_it.partner[:, i]
            came = answers.get(i) == COMES
            full = answers.get(i) == FULL
            cost = 2.0 * where.theta.meeting_cost if came else 0.0
            assert other[SLACK] == pytest.approx(mine[SLACK] * (1.0 - cost), abs=1e-15)
            more = 0.03 * (1.0 - mine[CONTACT]) if came else 0.0
            assert other[CONTACT] == pytest.approx(mine[CONTACT] + more, abs=1e-15)
            less = 0.02 * mine[CREDIBILITY] if full else 0.0
            assert other[CREDIBILITY] == pytest.approx(mine[CREDIBILITY] - less, abs=1e-15)
            assert other[ASKED] == mine[ASKED] + (i in answers)
    assert {COMES, FULL} <= replies, "no luck in these: choose others"


@pytest.mark.parametrize("house", PLACEBOS, ids=lambda h: h.id)
def test_nobody_elses_luck_is_another(house: HouseMove, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every draw that a year makes without it is made with it, and comes out the same."""
    for luck in LUCKS[:2]:
        settings = {"replies": False, "parameters": {"meeting_cost": 0.0}}
        with spying(monkeypatch) as alone:
            without = live(luck, 12, **settings)
        with spying(monkeypatch) as beside:
            live(luck, 12, aimed(house), **settings)
        asked = {int(without.world.key[without.names.partner_row[p]]) for p in aimed(house).targets}
        own = {
            what for what in beside.keys() - alone.keys()
            if what[0] == P_EFFECT or (what[0] == P_REPLY and what[2] in asked)
        }  # fmt: skip
        if house.id == "meeting":  # those who met trust each other a little otherwise
            assert all(beside[what] == drawn for what, drawn in alone.items() if what in beside)
        else:
            assert beside == alone | {what: beside[what] for what in own}


@pytest.mark.parametrize("luck", LUCKS)
def test_it_does_not_matter_whether_a_placebo_comes_first_or_last(luck: int) -> None:
    """Where the others stand in the diary is not part of their luck."""
    given = {"replies": False}
    where = [born(luck, SCENARIO, **given) for _ in range(2)]
    nothing_at_all = aimed(PLACEBOS[0])
    for here, moves in zip(where, ([nothing_at_all, *OTHERS], [*OTHERS, nothing_at_all])):
        here.open_turn()
        here.play(orders_from(moves, here.names, here.world, here.state))
        for _ in range(9):
            here.step()
    same_but(where[0].state, where[1].state, SLACK, CONTACT)  # closing on 1 rounds by its order
    for field in (SLACK, CONTACT):
        mine, other = (here.state.partner[field] for here in where)
        assert mine == pytest.approx(other, abs=1e-12)


def test_a_meeting_about_nothing_is_still_a_meeting() -> None:
    """Those who were brought together are no strangers that month; that is all it does."""
    house = PLACEBOS[-1]
    settings = {"replies": False, "parameters": {"meeting_cost": 0.0}}
    spared = 0
    for luck in LUCKS:
        without = live(luck, 1, **settings)
        with_it = live(luck, 1, aimed(house), **settings)
        rows = [with_it.names.partner_row[id] for id in aimed(house).targets]
        apart = np.argwhere(without.state.pair[TRUST] != with_it.state.pair[TRUST])
        assert all(a in rows and b in rows for a, b in apart.tolist())
        for here, count in ((without, 1), (with_it, 0)):
            neglected = [
                row for row in here.rows_of_ledger
                if row[4] == C_NEGLECT and row[2] in rows and row[3] in rows
            ]  # fmt: skip
            spared += count * len(neglected)
            assert count or not neglected
    assert spared > 0
