"""Plans: which run is which, and what it takes to live it."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.batch import play_batch
from sim.errors import UserError
from sim.headless import play_through
from sim.playbooks import load_strategy
from sim.scenario import load_scenario
from sim.sweep.bench import Bench
from sim.sweep.plan import Cell, Plan, independent_luck, plan_from, plan_of
from sim.sweep.study import read_study, study_of

ELMHAM = Path(__file__).parents[1] / "scenario" / "elmham.yaml"
DATA: dict[str, Any] = {
    "question": "Does tea help?",
    "study": "tea",
    "scenarios": ["elmham.yaml", "first-steps"],
    "strategies": ["do-nothing", "mine.yaml", "repeat:coffee"],
    "families": {"draws": 2, "of": ["systems"], "seed": 5},
    "theories": ["none", ["symmetric_trust", "mandate_suffices"]],
    "vary": {
        "trust_gain": {"low": 0.02, "high": 0.06},
        "place.backing": {"low": 0.3, "high": 0.9},
        "place.kind": ["tame", "wicked"],
    },
    "design": {"kind": "latin-hypercube", "points": 4},
    "replications": 3,
    "seed": 10,
    "months": [3, 6],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("tea")
    shutil.copy(ELMHAM, here / "elmham.yaml")
    (here / "mine.yaml").write_text(
        "playbook: tea-first\nidea: Tea.\nrules: [{move: coffee, times: 2}]\n", encoding="utf-8"
    )
    return here


@pytest.fixture(scope="module")
def plan(folder: Path) -> Plan:
    return plan_of(study_of(DATA, folder))


def other(folder: Path, **changes: Any) -> Plan:
    return plan_of(study_of({**DATA, "scenarios": ["elmham.yaml"], **changes}, folder))


def test_every_scenario_meets_every_theory_and_every_strategy(plan: Plan) -> None:
    names = ["do-nothing", "tea-first", "repeat:coffee", "family:systems#1", "family:systems#2"]
    assert plan.cells == tuple(
        Cell(scenario, theory, strategy)
        for scenario in ("elmham", "first-steps")
        for theory in ("none", "symmetric_trust+mandate_suffices")
        for strategy in names
    )
    assert plan.cells[-1].theories == ("symmetric_trust", "mandate_suffices")
    assert plan.runs == 4 * 20 * 3
    assert plan.baseline == "do-nothing"
    assert plan.months == (3, 6)


def test_runs_are_numbered_densely_replications_first_points_last(plan: Plan) -> None:
    places = [plan.locate(run)[:3] for run in range(plan.runs)]
    assert places == [(p, c, r) for p in range(4) for c in range(20) for r in range(3)]
    for run in (-1, plan.runs):
        with pytest.raises(IndexError):
            plan.locate(run)


def test_a_replication_has_the_same_luck_everywhere(plan: Plan) -> None:
    assert {plan.locate(run).luck for run in range(1, plan.runs, 3)} == {11}


def test_or_every_run_has_its_own(folder: Path) -> None:
    alone = other(folder, luck="independent")
    lucks = [alone.locate(run).luck for run in range(alone.runs)]
    assert len(set(lucks)) == alone.runs
    assert all(0 <= luck < 2**63 for luck in lucks)
    assert lucks[7] == independent_luck(10, 7)
    assert independent_luck(10, 7) == 2746235348077729568


def test_work_is_every_run_once_in_order_wherever_it_is_cut(plan: Plan) -> None:
    whole = plan.work(0, plan.runs)
    assert [run for work in whole for run in work.runs] == list(range(plan.runs))
    assert len(whole) == 4 * 20
    parts = [*plan.work(0, 31), *plan.work(31, 100), *plan.work(100, plan.runs)]
    told = [(run, w.point, w.cell, luck) for w in parts for run, luck in zip(w.runs, w.lucks)]
    for run, point, cell, luck in told:
        where = plan.locate(run)
        assert (point, cell, luck) == (where.point, where.cell, where.luck)
    assert [run for run, *_ in told] == list(range(plan.runs))


def test_strategies_share_a_place_and_points_do_where_only_parameters_vary(
    plan: Plan, folder: Path
) -> None:
    assert len({work.place_key for work in plan.work(0, plan.runs)}) == 4 * 2 * 2
    only = other(folder, vary={"trust_gain": {"low": 0.02, "high": 0.06}})
    assert len({work.place_key for work in only.work(0, only.runs)}) == 2
    bench = Bench(only)
    places = {id(bench.ready(work)[0]) for work in only.work(0, only.runs)}
    assert len(places) == 2


def test_the_bench_sets_everything_that_a_point_says(plan: Plan) -> None:
    bench = Bench(plan)
    for run in (0, 5, 130):
        (work,) = plan.work(run, run + 1)
        place, _book, thetas = bench.ready(work)
        said = plan.points.at(work.point)
        assert thetas[0].trust_gain == said["trust_gain"]
        assert place.scenario.place.backing == said["place.backing"]
        assert place.scenario.place.kind == said["place.kind"]
        assert place.scenario.id == plan.cells[work.cell].scenario


def test_what_the_bench_makes_ready_is_what_would_be_played(plan: Plan) -> None:
    """The measures of one run are those of the same play from the files by hand."""
    run = next(
        r for r in range(plan.runs) if plan.cells[plan.locate(r).cell].strategy == "tea-first"
    )
    (work,) = plan.work(run, run + 1)
    place, book, thetas = Bench(plan).ready(work)
    outcome = play_batch(place, book, thetas, work.lucks, months=plan.months, compiled=False)
    where = plan.locate(run)
    alone = plan.scenario_alone(run)
    assert alone.parameters["trust_gain"] == plan.points.at(where.point)["trust_gain"]
    by_hand = play_through(alone, plan.strategy("tea-first"), luck=where.luck, months=6)
    for at, month in enumerate(plan.months):
        assert list(outcome.measures[0, at]) == list(by_hand.measures[month].values())


def test_a_scenario_alone_carries_its_theories_and_needs_nothing_beside(plan: Plan) -> None:
    alone = plan.scenario_alone(plan.runs - 1)
    assert {"symmetric_trust", "mandate_suffices"} <= set(alone.theories)
    assert alone.place.kind == plan.points.at(3)["place.kind"]
    assert alone.text


def test_a_plan_can_be_sent_and_made_again_from_texts(plan: Plan, folder: Path) -> None:
    sent = pickle.loads(pickle.dumps(plan))
    again = plan_from(plan.study.text, plan.texts)
    for one in (sent, again):
        assert one.fingerprint == plan.fingerprint
        assert one.cells == plan.cells
        assert one.points.factors == plan.points.factors
        assert np.array_equal(one.points.matrix, plan.points.matrix)
        assert one.work(50, 60) == plan.work(50, 60)
        assert one.study.model_dump() == plan.study.model_dump()
        assert one.study.text == plan.study.text
    (work,) = plan.work(7, 8)
    mine, theirs = (Bench(one).ready(work) for one in (plan, again))
    for made, remade in zip(mine[1], theirs[1], strict=True):
        assert np.array_equal(made, remade)
    assert mine[2] == theirs[2]


def test_a_list_of_points_travels_as_text(folder: Path) -> None:
    (folder / "points.csv").write_text("trust_gain\n0.02\n0.05\n", encoding="utf-8")
    here = other(folder, vary={}, design={"kind": "list", "file": "points.csv"})
    again = plan_from(here.study.text, here.texts)
    assert again.points.column("trust_gain") == [0.02, 0.05]
    (folder / "points.csv").write_text("trust_gain\n0.02\n0.06\n", encoding="utf-8")
    changed = other(folder, vary={}, design={"kind": "list", "file": "points.csv"})
    assert changed.fingerprint != here.fingerprint == again.fingerprint


def test_the_fingerprint_is_that_of_every_text(plan: Plan, folder: Path, tmp_path: Path) -> None:
    assert set(plan.texts) == {
        "scenario elmham.yaml", "scenario first-steps", "strategy do-nothing",
        "strategy mine.yaml",
    }  # fmt: skip
    for name in ("elmham.yaml", "mine.yaml"):
        shutil.copy(folder / name, tmp_path / name)
    assert plan_of(study_of(DATA, tmp_path)).fingerprint == plan.fingerprint  # wherever it lies
    tea = tmp_path / "mine.yaml"
    tea.write_text(tea.read_text() + "# stirred\n", encoding="utf-8")
    assert plan_of(study_of(DATA, tmp_path)).fingerprint != plan.fingerprint
    assert plan_of(study_of({**DATA, "seed": 11}, folder)).fingerprint != plan.fingerprint


def test_values_that_do_not_go_together_are_told_of_that_point(folder: Path) -> None:
    apart = other(
        folder,
        vary={"moves.walk.effects.1.size": [0.1, 0.2], "trust_gain": [0.02]},
        design={"kind": "grid"},
    )
    apart.points.matrix[0, 1] = 0.5  # what no check would have let through
    works = apart.work(0, apart.runs)
    with pytest.raises(UserError, match="trust_gain"):
        Bench(apart).ready(works[0])
    Bench(apart).ready(works[-1])


def test_the_first_study_that_ships_is_small() -> None:
    first = plan_of(read_study("first-look"))
    assert first.runs <= 10_000
    cell = first.cells[0]
    assert load_scenario(cell.scenario).id == cell.scenario
    assert load_strategy(cell.strategy).name == cell.strategy
