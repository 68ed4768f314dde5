"""What each part of the page finds in sweeps whose truth we wrote ourselves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from made_up_sweep import MEASURES, hypercube, write_sweep
from SALib.sample import sobol as sample_sobol

from sim.parameters import THEORIES
from sim.sweep.analysis import NotInSweep, open_sweep
from sim.sweep.analysis.bands import bands
from sim.sweep.analysis.convergence import convergence
from sim.sweep.analysis.differences import differences
from sim.sweep.analysis.discovery import discovery
from sim.sweep.analysis.drawing.planes import Plane
from sim.sweep.analysis.endings import endings
from sim.sweep.analysis.factors import Bins, binned, explained, factors
from sim.sweep.analysis.families import families
from sim.sweep.analysis.gathering import gather
from sim.sweep.analysis.heat import _ends, heat
from sim.sweep.analysis.look import Look, look_at
from sim.sweep.analysis.means import means
from sim.sweep.analysis.overview import left_out
from sim.sweep.analysis.regret import regret, regrets
from sim.sweep.analysis.sensitivity import sensitivity
from sim.sweep.analysis.theories import fate, theories

STAFF = {"staff_joint_working": MEASURES["staff_joint_working"]}


def look_into(folder: Path, measure: str = "", strategy: str = "") -> Look:
    sweep = open_sweep(folder)
    return look_at(sweep, gather(sweep), measure, strategy)


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Look:
    """Eighty points, ten replications; systems leadership fails where backing is low."""
    return look_into(
        write_sweep(
            tmp_path_factory.mktemp("points"),
            theories=("none", "silence_is_harmless", "mandate_suffices"),
            factors=hypercube(80),
            replications=10,
        )
    )


@pytest.fixture(scope="module")
def simple(tmp_path_factory: pytest.TempPathFactory) -> Look:
    """One point, forty replications, one measure."""
    return look_into(write_sweep(tmp_path_factory.mktemp("simple"), measures=STAFF))


def test_means_and_differences_find_what_was_put_in(simple: Look) -> None:
    section = means(simple)
    ends = section.tables["means"].filter(pl.col("month") == 36)
    assert ends["mean"].to_list() == sorted(ends["mean"].to_list())
    section = differences(simple)
    row = section.tables["differences"].filter(
        (pl.col("month") == 36) & (pl.col("strategy") == "relational")
    )
    assert row["low"][0] < 8 * 0.6 < row["high"][0]
    assert row["verdict"][0] == "better"
    assert row["pairs"][0] == row["replications"][0] == 40
    assert (
        "“Systems leadership” raises “staff who say joint working works” by "
        in section.pieces[0].finding
    )
    assert " at month 36, against “do nothing” (" in section.pieces[0].finding
    assert "; 40 lucks), for the better." in section.pieces[0].finding


def test_common_luck_makes_differences_surer_than_means(simple: Look) -> None:
    level = means(simple).tables["means"].filter(pl.col("month") == 36)
    gain = differences(simple).tables["differences"].filter(pl.col("month") == 36)
    widths = [(frame["high"] - frame["low"]).to_numpy().max() for frame in (level, gain)]
    assert widths[1] < widths[0] / 2


def test_less_is_better_of_some_measures(look: Look) -> None:
    found = (
        differences(look)
        .tables["differences"]
        .filter((pl.col("month") == 36) & (pl.col("theory") == "none"))
    )
    said = dict(
        found.filter(pl.col("strategy") == "relational").select("measure", "verdict").rows()
    )
    assert said == {
        "staff_joint_working": "better",
        "delayed_transfers": "better",
        "spend_per_head": "more",
    }


def test_bands_are_the_percentiles_of_runs(look: Look) -> None:
    found = bands(look).tables["bands"]
    rows = look.sweep.rows.filter(
        (pl.col("month") == 24)
        & (pl.col("theory") == "none")
        & (pl.col("strategy") == "relational")
    ).collect()["staff_joint_working"]
    mine = found.filter(
        (pl.col("month") == 24)
        & (pl.col("theory") == "none")
        & (pl.col("strategy") == "relational")
        & (pl.col("measure") == "staff_joint_working")
    )
    expected = np.percentile(rows.to_numpy(), [5, 50, 95])
    assert mine.select("p5", "p50", "p95").row(0) == pytest.approx(tuple(expected))
    assert mine["runs"][0] == 800


def test_conclusions_survive_fade_and_turn_under_rival_theories(look: Look) -> None:
    section = theories(look)
    found = section.tables["theories"].filter(pl.col("measure") == "staff_joint_working")
    fates = {(s, t): f for s, t, f in found.select("strategy", "theory", "fate").rows()}
    assert fates["relational", "none"] == "reference"
    assert fates["relational", "mandate_suffices"] == "turns"
    assert fates["relational", "silence_is_harmless"] == "survives"
    assert "survive each of the 2 theories asked, “silence is harmless” and" in (
        section.pieces[0].finding
    )
    assert (
        "Turned round: “relational” on “staff who say joint working works” (if mandate suffices)"
        in (section.pieces[0].finding)
    )


@pytest.mark.parametrize(
    ("reference", "here", "becomes"),
    [
        ("better", "better", "survives"),
        ("better", "unclear", "fades"),
        ("worse", "better", "turns"),
        ("unclear", "worse", "appears"),
        ("unclear", "same", "open"),
    ],
)
def test_what_becomes_of_a_conclusion(reference: str, here: str, becomes: str) -> None:
    assert fate(reference, here) == becomes


def test_a_box_is_found_where_systems_leadership_does_not_help(tmp_path: Path) -> None:
    folder = write_sweep(tmp_path, factors=hypercube(200), replications=4, measures=STAFF)
    section = discovery(look_into(folder))
    box = {
        row["factor"]: row
        for row in section.tables["boxes"].filter(pl.col("box") == 1).iter_rows(named=True)
    }
    assert set(box) == {"trust_gain", "place.backing"}
    assert box["place.backing"]["high"] == pytest.approx(0.45, abs=0.03)
    assert box["trust_gain"]["high"] == pytest.approx(0.05, abs=0.004)
    assert box["trust_gain"]["density"] > 0.9
    assert box["trust_gain"]["quasi_p"] < 0.001
    assert "“systems leadership” fails to help" in section.pieces[0].finding
    way = section.tables["boxes_on_the_way"]
    assert way["coverage"][0] == way["mass"][0] == 1.0


def test_a_strategy_that_always_helps_has_no_such_box(tmp_path: Path) -> None:
    folder = write_sweep(tmp_path, factors=hypercube(60), replications=8, measures=STAFF)
    section = discovery(look_into(folder, strategy="relational"))
    assert section.pieces[0].finding.startswith("“Relational” betters")
    assert "in every one of 60 cases" in section.pieces[0].finding
    assert section.missing == []
    assert section.pieces[1].finding.startswith("“Relational” failed nowhere")
    assert section.pieces[1].grid is not None
    assert section.pieces[1].grid.rows[0][1] == "fails nowhere"
    assert "boxes" not in section.tables


def test_the_page_says_what_it_has_no_room_for(tmp_path: Path) -> None:
    more = MEASURES | dict.fromkeys(("trust", "tension"), MEASURES["delayed_transfers"])
    look = look_into(write_sweep(tmp_path, replications=2, measures=more))
    assert left_out(look) == "Of 5 measures this page has 4; the tables also have “tension”."
    assert "Drawn for 2 of 5 measures; the table “bands” has every one." in bands(look).lead


def test_only_a_study_of_all_eight_theories_asked_every_rival(tmp_path: Path) -> None:
    def said(*rivals: str) -> str:
        folder = tmp_path / str(len(rivals))
        return (
            theories(
                look_into(
                    write_sweep(
                        folder,
                        theories=("none", *rivals),
                        replications=3,
                        months=(36,),
                        measures=STAFF,
                    )
                )
            )
            .pieces[0]
            .finding
        )

    assert "survive every rival theory." in said(*THEORIES)
    assert "survive the one rival theory asked, “mandate suffices”." in said("mandate_suffices")


def test_regret_is_the_distance_to_the_best(look: Look) -> None:
    found = regrets(look, "dancing-around-the-table", "delayed_transfers")
    assert found is not None
    cells = [look.cell("dancing-around-the-table", "none", s) for s in found.strategies]
    levels = look.sums.point_levels[:, cells, look.at("delayed_transfers")]
    expected = levels - levels.min(1, keepdims=True)  # of transfers less is better
    assert pytest.approx(expected) == found.values[:, :80].T
    assert (found.values.min(0) == 0).all()
    table = regret(look).tables["regret"]
    best = table.filter(pl.col("measure") == "delayed_transfers").sort("max_regret")
    assert best["strategy"][0] == "systems-leadership"
    assert best["cases"][0] == 240
    assert "spend_per_head" not in table["measure"]


def test_heat_maps_hold_the_mean_of_the_points_in_each_cell(look: Look) -> None:
    section = heat(look)
    found = section.tables["heat"].filter(
        (pl.col("factor_x") == "place.backing")
        & (pl.col("factor_y") == "place.kind")
        & (pl.col("strategy") == "systems-leadership")
        & (pl.col("of") == "difference")
        & (pl.col("measure") == "staff_joint_working")
    )
    assert found["points"].sum() == 80
    cell = look.cell("dancing-around-the-table", "none", "systems-leadership")
    tame = (look.sweep.points["place.kind"] == "tame").to_numpy()
    whole = found.filter(pl.col("y") == "tame")
    assert np.average(whole["value"], weights=whole["points"]) == pytest.approx(
        look.sums.point_gains[tame, cell, 0].mean()
    )
    assert set(whole["y"]) == {"tame"}
    assert section.pieces[1].finding.startswith(
        "Of the factors, place.backing explains more than any"
    )


def test_the_heading_of_maps_speaks_of_all_of_them_and_passes_over_thin_cells(look: Look) -> None:
    maps = [
        Plane("kind", "gain", ("tame", "wicked"), ("0.1", "0.2"), values, points)
        for values, points in (
            (np.array([[1.0, 2.0], [3.0, np.nan]]), np.array([[4, 5], [6, 0]])),
            (np.array([[9.0, 2.0], [7.0, 0.5]]), np.array([[1, 5], [6, 3]])),
        )
    ]
    assert maps[1].thin.tolist() == [[True, False], [False, False]]
    bins = {
        "kind": Bins(None, ("tame", "wicked"), ()),
        "gain": Bins(None, ("0.1", "0.2"), (0.05, 0.15, 0.25)),
    }
    said = _ends(maps, bins, look, "mean", "relational")
    assert "of the cells of all 2 maps most at kind at tame and gain near 0.2" in said
    assert "least at kind at wicked and gain near 0.2" in said


def test_what_a_factor_explains_alone_is_not_raised_by_chance(look: Look) -> None:
    backing, neglect = (
        binned(f) for f in factors(look.sweep) if f.name in ("place.backing", "neglect")
    )
    x = look.sweep.points["place.backing"].to_numpy()
    assert explained(backing, 3 * x) > 0.9
    noise = np.random.default_rng(1).normal(size=80)
    assert explained(neglect, noise) < 0.15
    assert np.isnan(explained(neglect, np.ones(80)))


def test_sobol_indices_of_a_sweep_and_how_sure_they_are(tmp_path: Path) -> None:
    names = ["trust_gain", "place.backing", "neglect"]
    bounds = [[0.02, 0.06], [0.3, 0.9], [0.0, 1.0]]
    problem = {"num_vars": 3, "names": names, "bounds": bounds}
    x = sample_sobol.sample(problem, 32, calc_second_order=False, seed=1)
    folder = write_sweep(
        tmp_path,
        factors={name: x[:, j] for j, name in enumerate(names)},
        design={"kind": "sobol", "N": 32},
        strategies=("do-nothing", "relational"),
        replications=6,
        measures={k: MEASURES[k] for k in ("staff_joint_working", "delayed_transfers")},
    )
    section = sensitivity(look_into(folder))
    found = section.tables["sobol"].filter(pl.col("of") == "mean")
    staff = found.filter(
        (pl.col("measure") == "staff_joint_working") & (pl.col("strategy") == "do-nothing")
    )
    # a tilt in trust gain alone: it explains all, the others nothing
    assert staff["ST"].to_list() == pytest.approx([1, 0, 0], abs=0.25)
    assert staff["reliability"][0] > 0.9
    # transfers differ between points by chance alone, and the page says so
    assert found.filter(pl.col("measure") == "delayed_transfers")["reliability"].max() < 0.5
    assert "6 replications" in section.missing[0]
    assert section.pieces[0].finding.startswith("trust_gain drives")


def test_families_are_chosen_on_one_half_and_judged_on_the_other(tmp_path: Path) -> None:
    drawn = [f"family:{family}#{k}" for family in ("relational", "systems") for k in range(20)]
    folder = write_sweep(
        tmp_path,
        strategies=("do-nothing", "relational", *drawn),
        replications=20,
        measures=STAFF,
        months=(36,),
    )
    look = look_into(folder)
    section = families(look)
    found = {row["name"]: row for row in section.tables["families"].iter_rows(named=True)}
    systems = found["systems"]
    assert (systems["playbooks"], systems["chosen"], systems["replications"]) == (20, 2, 10)
    assert systems["difference"] > systems["difference_of_all"]
    # what was chosen for its luck does not keep it: by hand, from the odd replications
    names = [f"family:systems#{n.strip('#')}" for n in systems["names"].split(", ")]
    rows = look.sweep.rows.collect()
    odd = rows.filter((pl.col("replication") % 2 == 1) & pl.col("strategy").is_in(names))
    assert systems["mean"] == pytest.approx(odd["staff_joint_working"].mean())
    even = (
        rows.filter(pl.col("replication") % 2 == 0)
        .group_by("strategy")
        .agg(pl.col("staff_joint_working").mean())
    )
    best = even.filter(pl.col("strategy").str.starts_with("family:systems")).sort(
        "staff_joint_working", descending=True
    )
    assert set(names) == set(best["strategy"][:2])
    # drawn playbooks do not crowd the page
    assert look.strategies == ("do-nothing", "relational")
    assert len(means(look).tables["means"]) == 42


def test_convergence_says_whether_there_were_enough(simple: Look) -> None:
    section = convergence(simple)
    last = section.tables["convergence"].filter(pl.col("of") == "difference").tail(1)
    assert last["replications"][0] == 40
    assert section.pieces[0].finding.startswith("After 40 replications no interval is wider than ±")


def test_endings_add_up(simple: Look) -> None:
    section = endings(simple)
    shares = section.tables["endings"].group_by("strategy").agg(pl.col("share").sum())
    assert shares["share"].to_list() == pytest.approx([1, 1, 1])
    assert "drifted apart" in section.pieces[0].finding


def test_a_strategy_or_measure_that_is_not_there_is_asked_back(simple: Look) -> None:
    for wrong in ({"measure": "trust"}, {"strategy": "relatonal"}, {"strategy": "do-nothing"}):
        with pytest.raises(NotInSweep):
            look_at(simple.sweep, simple.sums, **wrong)
    with pytest.raises(NotInSweep, match="relational"):
        look_at(simple.sweep, simple.sums, strategy="relatonal")


def test_independent_luck_is_said(tmp_path: Path) -> None:
    folder = write_sweep(tmp_path, replications=12, luck="independent", measures=STAFF)
    section = differences(look_into(folder))
    assert "a luck of its own" in section.lead
    found = section.tables["differences"].filter(pl.col("month") == 36)
    assert (found["high"] - found["low"]).min() > 3  # luck does not cancel
