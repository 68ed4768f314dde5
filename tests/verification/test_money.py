"""Money is neither made nor lost: whole plays, month by month, reconciled to 1e-9."""

from __future__ import annotations

from collections import Counter

import pytest
from model.plays import DANCING, is_turn, run_month
from verification.accounts import Clerk
from verification.lives import born, decide_legally
from verification.places import card, move, partner, place_data, read

from sim.fields import FUND, MONEY, PROJECTS_EMBEDDED
from sim.headless import play_through
from sim.playbooks import load_strategy
from sim.scenario import Scenario
from sim.session.locality_engine import LocalityEngine

STRATEGIES = (
    "do-nothing", "traditional", "orders-and-penalties", "systems-leadership", "lead-agency",
    "random", "repeat:pool_budgets", "repeat:act_generously",
)  # fmt: skip


def audited(
    monkeypatch: pytest.MonkeyPatch, scenario: Scenario, strategy: str, luck: int,
    months: int = 48, **settings: object,
) -> Clerk:  # fmt: skip
    """A play as ``unsaid run`` plays it, with a clerk beside it from the first month on."""
    clerks: list[Clerk] = []

    class Audited(LocalityEngine):
        def __init__(self, *given: object) -> None:
            super().__init__(*given)  # type: ignore[arg-type]
            clerks.append(Clerk(self.locality))

    monkeypatch.setattr("sim.headless.LocalityEngine", Audited)
    given = {"hand": "all", "shocks": "full", **settings}
    play_through(scenario, load_strategy(strategy), luck=luck, months=months, **given)  # type: ignore[arg-type]
    (clerk,) = clerks
    assert clerk.months == months
    return clerk


def place_of_grants() -> Scenario:
    """Money comes here, and goes, in every way that a file can say."""
    people = [
        partner(
            id, payer=k < 3, hospital=k == 1, sector="council" if k == 0 else "health",
            budget=90, position=[0.4 + 0.1 * k, 0.5], commitment="very high",
        )
        for k, id in enumerate(("council", "hospital", "gps", "charity"))
    ]  # fmt: skip
    ids = [p["id"] for p in people]
    ties = [
        {"from": a, "to": b, "trust": "good", "dependence": 0.8, "contact": "high"}
        for a in ids for b in ids if a < b
    ]  # fmt: skip
    cards = [
        card("grant", 3, {"effect": "money", "size": 120}),
        card("pot", 5, {"effect": "fund_open"}, {"effect": "fund", "size": 80}),
        card("clawback", 11, {"effect": "money", "size": -5000}),
        card("leak", 12, {"effect": "fund", "size": -30}),
        card("gift", 14, {"effect": "fund", "size": 40}, {"effect": "money", "size": 400}),
        card("bill", 15, {"effect": "deficit", "who": ["council", "hospital"], "size": 25}),
        card("rescue", 20, {"effect": "deficit", "who": "council", "size": -400}),
        card("windfall", 21, {"effect": "budget", "who": "gps", "size": 0.2}),
    ]
    house = [
        move("bid", "everybody", {"effect": "money", "size": 60}, least=0, most=0, cost=15),
        move("chip-in", "payers", {"effect": "fund", "size": 25}, least=0, most=0, cost=10),
    ]
    return read(
        place_data(
            people, ties, injects=cards, house=house, transformation_fund=700, backing="very high"
        )
    )


def by_lot(scenario: Scenario, luck: int, months: int, *wish: str) -> Clerk:
    """A play of legal moves by lot, of those wished for whenever they can be played."""
    where = born(luck, scenario)
    clerk = Clerk(where)
    for _ in range(months):
        if is_turn(where):
            decide_legally(where, luck, wish=wish)
        run_month(where, luck)
    assert clerk.months == months
    return clerk


@pytest.mark.parametrize("strategy", ["systems-leadership"])
def test_every_pound_of_a_strategy_is_accounted_for(
    monkeypatch: pytest.MonkeyPatch, strategy: str
) -> None:
    audited(monkeypatch, DANCING, strategy, 1, 24, hand="play")


@pytest.mark.parametrize("luck", range(3))
def test_every_pound_of_plays_by_lot_is_accounted_for(luck: int) -> None:
    by_lot(DANCING, luck, 30)


@pytest.mark.parametrize("luck", range(3))
def test_so_it_is_where_money_comes_and_goes_in_every_way(luck: int) -> None:
    clerk = by_lot(place_of_grants(), luck, 30)
    assert clerk.totals["pooled by cards"] > 0.0
    assert clerk.totals["money by cards"] != 0.0


def test_the_books_have_seen_every_kind_of_entry() -> None:
    """Else what is above would reconcile accounts on which nothing ever happens."""
    wishes = (
        "outside_facilitator", "business_case", "restructure", "pool_budgets", "chip-in", "bid",
        "small_experiment",
    )  # fmt: skip
    clerks = [by_lot(place_of_grants(), luck, 27, wish) for luck, wish in enumerate(wishes)]
    seen = sum((Counter({k: abs(v) for k, v in c.totals.items()}) for c in clerks), Counter())
    for name in (
        "moves", "standing moves", "money by cards", "money by moves", "money by shocks",
        "business cases", "pooled by cards", "pooled by moves", "paid in", "spent", "experiments",
        "joint work", "saved", "deficit carried into a merger",
    ):  # fmt: skip
        assert seen[name] > 0.0, name
    assert any(c.where.state.place[PROJECTS_EMBEDDED] > 0 for c in clerks)


def test_over_a_whole_play_what_went_in_is_what_went_out_and_what_is_left() -> None:
    clerk = by_lot(place_of_grants(), 8, 36, "pool_budgets")
    t, place = clerk.totals, clerk.where.state.place
    funded = ("money by cards", "money by moves", "money by shocks", "business cases", "moves")
    left = 700.0 + sum(t[name] for name in (*funded, "standing moves"))
    assert place[MONEY] == pytest.approx(left, abs=1e-9)
    pooled = ("pooled by cards", "pooled by moves", "paid in", "spent", "experiments", "forfeited")
    assert place[FUND] == pytest.approx(sum(t[name] for name in pooled), abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["dancing", "grants"])
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_every_pound_of_many_plays(
    monkeypatch: pytest.MonkeyPatch, strategy: str, place: str
) -> None:
    scenario = DANCING if place == "dancing" else place_of_grants()
    for luck in range(100, 104):
        audited(monkeypatch, scenario, strategy, luck, 72)
