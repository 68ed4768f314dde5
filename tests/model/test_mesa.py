"""Locality as researchers meet it: a Mesa model, batches of runs, lines of their own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pytest
from model.plays import DANCING, locality

import sim
from sim.fields import AVOIDANCE, HORIZON, M_INTEGRATION, MEASURES, MEETING, TRUST
from sim.locality import Locality, Partner
from sim.mesa_batch import batch_run

PAGE = Path(__file__).parents[2] / "docs" / "research.md"


def test_locality_is_a_mesa_model_of_agents() -> None:
    where = Locality(DANCING, rng=7)
    assert isinstance(where, mesa.Model)
    assert type(where.agents).__name__.endswith("AgentSet")
    assert [partner.id for partner in where.agents] == list(where.names.partners)
    assert all(isinstance(partner, Partner) for partner in where.agents)
    assert where.scenario is DANCING


def test_luck_and_rng_are_the_same_thing() -> None:
    assert Locality(DANCING, rng=7).state_bytes() == Locality(DANCING, luck=7).state_bytes()
    assert Locality(DANCING, rng=8).state_bytes() != Locality(DANCING, luck=7).state_bytes()


def test_agents_read_and_write_through() -> None:
    where = locality(3)
    first, second = list(where.agents)[:2]
    where.state.partner[AVOIDANCE, first.row] = 0.75
    assert first.avoidance == 0.75
    first.avoidance = 0.25
    assert where.state.partner[AVOIDANCE, first.row] == 0.25
    first.set_toward(second, "trust", 0.9)
    assert where.state.pair[TRUST, first.row, second.row] == 0.9
    assert first.toward(second) == 0.9
    assert second.toward(first) != 0.9
    where.agents.set("safety", 0.5)
    assert where.agents.get("safety") == [0.5] * len(where.agents)
    where.restore(where.memo())
    assert first.avoidance == 0.25
    with pytest.raises(AttributeError):
        _ = first.no_such_field


def test_the_data_collector_has_a_row_for_the_start_and_for_every_month() -> None:
    where = locality(3)
    for _ in range(6):
        where.step()
    model = where.datacollector.get_model_vars_dataframe()
    agents = where.datacollector.get_agent_vars_dataframe()
    assert list(model.columns) == list(MEASURES)
    assert np.array_equal(model.to_numpy().T, where.state.history[:, :7])
    assert len(agents) == 7 * len(where.names.partners)
    last = agents.xs(6, level="Step")["avoidance"].to_numpy()
    assert np.array_equal(last, where.state.partner[AVOIDANCE])


def test_nothing_is_collected_when_nobody_asks() -> None:
    where, silent = locality(3), locality(3, collect=False)
    for _ in range(3):
        where.step()
        silent.step()
    assert silent.state_bytes() == where.state_bytes()
    assert silent.datacollector.get_model_vars_dataframe().empty


def test_a_model_runs_to_its_months_and_not_past_the_horizon() -> None:
    where = locality(3, months=5)
    where.run_model()
    assert where.month == 5
    assert not where.running
    where.step()
    assert where.month == 6
    while where.month < HORIZON:
        where.step()
    with pytest.raises(ValueError, match="at most"):
        where.step()


def direct(months: int, luck: int, **settings: Any) -> Locality:
    where = Locality(DANCING, luck=luck, months=months, **settings)
    where.run_model()
    return where


def test_batches_hold_the_numbers_of_direct_runs() -> None:
    given = {"scenario": [DANCING], "months": 8, "trust_gain": [0.03, 0.08]}
    rows = batch_run(Locality, given, luck=[1, 2])
    partners = len(direct(0, 1).names.partners)
    assert len(rows) == 4 * partners
    for row in rows:
        assert row["Step"] == 8
        same = direct(8, row["luck"], trust_gain=row["trust_gain"])
        for m, name in enumerate(MEASURES):
            assert row[name] == same.state.measure[m]
        agent = next(a for a in same.agents if a.unique_id == row["AgentID"])
        assert row["avoidance"] == agent.avoidance
    assert len({row["integration"] for row in rows}) == 4


def test_batches_every_month_and_no_longer_than_asked() -> None:
    rows = batch_run(
        Locality, {"scenario": [DANCING]}, luck=5, max_steps=4, data_collection_period=1
    )
    where = direct(4, 5)
    by_month = {row["Step"]: row["integration"] for row in rows}
    assert list(by_month) == [0, 1, 2, 3, 4]
    assert list(by_month.values()) == where.state.history[M_INTEGRATION, :5].tolist()


def test_a_line_of_ones_own_comes_where_it_was_put() -> None:
    where = locality(7)
    called: list[str] = []
    for before in (3, 1, 10):
        where.insert(before, f"mine {before}", lambda _l, b=before: called.append(str(b)))
    where.step()
    assert called == ["1", "3", "10"]
    assert [n for n, _ in where.lines if "mine" in n] == ["mine 1", "mine 3", "mine 10"]
    assert where.state_bytes() == stepped(7)
    with pytest.raises(ValueError, match="no line 11"):
        where.insert(11, "too late", lambda _l: None)


def stepped(luck: int) -> bytes:
    where = locality(luck)
    where.step()
    return where.state_bytes()


def test_the_page_for_researchers_does_what_it_says() -> None:
    """Every block of the page, in order, in one namespace."""
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    assert len(blocks) >= 5
    space: dict[str, Any] = {"__name__": "page"}
    for number, block in enumerate(blocks):
        exec(compile(block, f"{PAGE.name}, block {number + 1}", "exec"), space)
    usual, apart = space["usual"], space["apart"]
    assert np.array_equal(usual.state.history[:, :13], apart.state.history[:, :13])
    assert not np.array_equal(usual.state.history, apart.state.history)
    assert apart.state.pair[MEETING].sum() < usual.state.pair[MEETING].sum()
    assert len(space["measures"]) == usual.scenario.time.months + 1
    assert {row["luck"] for row in space["rows"]} == {1, 2}


def test_importing_the_package_costs_nothing_until_it_is_used() -> None:
    heavy = ["numpy", "mesa", "pandas", "pydantic", "polars", "scipy", "numba", "pygame"]
    code = f"import sim, sys; print([m for m in {heavy!r} if m in sys.modules], sim.Locality)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("[] <class 'sim.locality.Locality'>")
    assert sim.load_scenario("dancing-around-the-table").id == DANCING.id
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = sim.nothing_such
