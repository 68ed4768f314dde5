"""Designs: where the points lie, the same on every machine."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from sim.sweep.designs import Points, count_points, points
from sim.sweep.shape import Study
from sim.sweep.tables import Table, TableError, read_table, table_of

TWO = {"trust_gain": {"low": 0.02, "high": 0.06}, "neglect": {"low": 0.0, "high": 0.05}}


def study(design: dict[str, Any], vary: dict[str, Any] | None = None) -> Study:
    return Study.model_validate(
        {
            "question": "Where?",
            "study": "where",
            "scenarios": ["elmham"],
            "vary": TWO if vary is None else vary,
            "design": design,
        }
    )


def laid(
    design: dict[str, Any], vary: dict[str, Any] | None = None, table: Table | None = None
) -> Points:
    """The points, which are as many as were counted before any were made."""
    this = study(design, vary)
    found = points(this, table)
    assert len(found) == count_points(this, table)
    assert found.matrix.dtype == np.float64
    return found


def test_no_design_is_one_point() -> None:
    found = laid({"kind": "none"}, {})
    assert (len(found), found.factors, found.at(0)) == (1, (), {})


def test_a_grid_takes_levels_of_ranges_and_all_of_lists_the_first_factor_slowest() -> None:
    vary = {"trust_gain": {"low": 0.02, "high": 0.06}, "place.kind": ["tame", "wicked"]}
    found = laid({"kind": "grid", "levels": 3}, vary)
    assert [tuple(found.at(p).values()) for p in range(len(found))] == [
        (0.02, "tame"),
        (0.02, "wicked"),
        (0.04, "tame"),
        (0.04, "wicked"),
        (0.06, "tame"),
        (0.06, "wicked"),
    ]
    assert found.labels == (None, ("tame", "wicked"))
    assert found.column("place.kind") == ["tame", "wicked"] * 3
    assert found.problem == {
        "num_vars": 1,
        "names": ["trust_gain"],
        "bounds": [[0.02, 0.06]],
    }


def test_a_grid_over_whole_numbers_has_whole_numbers_each_once() -> None:
    found = laid({"kind": "grid", "levels": 5}, {"moves.walk.places": {"low": 0, "high": 2}})
    assert found.column("moves.walk.places") == [0.0, 1.0, 2.0]


def test_a_latin_hypercube_has_one_point_in_each_slice_of_each_factor() -> None:
    found = laid({"kind": "latin-hypercube", "points": 40, "seed": 1})
    for at, (low, high) in enumerate([(0.02, 0.06), (0.0, 0.05)]):
        slices = np.floor((found.matrix[:, at] - low) / (high - low) * 40)
        assert sorted(slices) == list(range(40))


def test_a_latin_hypercube_takes_every_value_of_a_list_as_often() -> None:
    vary = {
        **TWO,
        "place.kind": ["tame", "wicked", "critical"],
        "moves.coffee.cost": [0, 5],
        "place.backing": ["low", "high"],
        "partners.hospital.at_table": [True, False],
        "injects.winter.when.month": {"low": 3, "high": 6},
    }
    found = laid({"kind": "latin-hypercube", "points": 120}, vary)
    for name, values in {
        "place.kind": {"tame", "wicked", "critical"},
        "moves.coffee.cost": {0.0, 5.0},
        "place.backing": {0.3, 0.7},
        "partners.hospital.at_table": {"true", "false"},
        "injects.winter.when.month": {3.0, 4.0, 5.0, 6.0},
    }.items():
        column = found.column(name)
        assert set(column) == values
        assert {column.count(value) for value in column} == {120 // len(values)}


def test_one_value_is_held_fast_and_leaves_the_others_where_they_were() -> None:
    alone = laid({"kind": "sobol", "N": 8})
    held = laid({"kind": "sobol", "N": 8}, {"place.kind": ["tame"], **TWO, "ask_base": [0.5]})
    assert np.array_equal(held.matrix[:, 1:3], alone.matrix)
    assert held.column("ask_base") == [0.5] * len(held)
    assert held.problem == alone.problem


def test_sobol_is_saltelli_s_scheme_by_salib() -> None:
    from SALib.sample import sobol

    found = laid({"kind": "sobol", "N": 16, "seed": 5})
    assert found.problem is not None
    theirs = sobol.sample(found.problem, 16, calc_second_order=False, seed=5)
    assert found.matrix.shape == (16 * (2 + 2), 2)
    assert np.allclose(found.matrix, theirs, rtol=0, atol=1e-15)
    assert len(laid({"kind": "sobol", "N": 16, "second_order": True})) == 16 * (2 * 2 + 2)


def test_a_design_of_salib_s_finds_the_indices_of_a_known_function() -> None:
    """Ishigami's function, whose indices are known: 0.314, 0.442, 0."""
    from SALib.analyze import sobol

    names = ("well_base", "raise_base", "fund_base")  # ranges that hold -3 to 1
    vary = {name: {"low": -3.0, "high": 1.0} for name in names}
    found = laid({"kind": "sobol", "N": 1024}, vary)
    x = (found.matrix + 1.0) / 2.0 * np.pi
    y = np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    first = sobol.analyze(found.problem, y, calc_second_order=False, num_resamples=2, seed=1)
    assert np.allclose(first["S1"], [0.314, 0.442, 0.0], atol=0.03)


def test_morris_moves_one_factor_at_a_time() -> None:
    found = laid({"kind": "morris", "trajectories": 6, "levels": 4})
    for start in range(0, len(found), 3):
        steps = np.diff(found.matrix[start : start + 3], axis=0)
        assert (np.count_nonzero(steps, axis=1) == 1).all()


@pytest.mark.parametrize(
    "design",
    [
        {"kind": "latin-hypercube", "points": 500},
        {"kind": "sobol", "N": 64},
        {"kind": "morris", "trajectories": 100},
        {"kind": "grid", "levels": 30},
    ],
    ids=lambda design: design["kind"],
)
def test_no_point_lies_outside_and_the_seed_decides_where(design: dict[str, Any]) -> None:
    found = laid(design)
    assert (found.matrix >= [0.02, 0.0]).all()
    assert (found.matrix <= [0.06, 0.05]).all()
    assert np.array_equal(found.matrix, laid(design).matrix)
    if design["kind"] != "grid":
        assert not np.array_equal(found.matrix, laid({**design, "seed": 2}).matrix)


def test_the_points_are_those_that_they_were() -> None:
    """Bits of each design under seed 1, with the libraries that are pinned."""

    def bits(design: dict[str, Any]) -> str:
        return hashlib.sha256(laid(design).matrix.tobytes()).hexdigest()[:12]

    assert {
        "latin-hypercube": bits({"kind": "latin-hypercube", "points": 7}),
        "sobol": bits({"kind": "sobol", "N": 8}),
        "morris": bits({"kind": "morris", "trajectories": 3}),
    } == {
        "latin-hypercube": "becbd496dd9a",
        "sobol": "c41d83b0ebcf",
        "morris": "06f70f57e435",
    }


# --- lists ------------------------------------------------------------------------------


def test_a_list_keeps_its_order_and_every_bit_of_its_numbers(tmp_path: Path) -> None:
    gains = [0.05, 0.1 / 3.0, 0.02]
    data = pl.DataFrame({"place.kind": ["wicked", "tame", "tame"], "trust_gain": gains})
    vary = {"trust_gain": {"low": 0.02, "high": 0.06}, "place.kind": ["tame", "wicked"]}
    for name in ("points.csv", "points.parquet"):
        path = tmp_path / name
        if name.endswith(".csv"):
            data.write_csv(path)
        else:
            data.write_parquet(path)
        table = read_table(path)
        for this in (table, table_of(table.text, name)):  # the text is enough
            found = laid({"kind": "list", "file": name}, vary, this)
            assert found.column("trust_gain") == gains
            assert found.column("place.kind") == ["wicked", "tame", "tame"]


def test_a_list_alone_says_what_varies() -> None:
    table = table_of("trust_gain,place.backing,place.kind\n0.02,low,tame\n0.05,0.8,tame\n", "p")
    found = laid({"kind": "list", "file": "p"}, {}, table)
    assert found.factors == ("trust_gain", "place.backing", "place.kind")
    assert found.column("place.backing") == [0.3, 0.8]
    assert found.column("place.kind") == ["tame", "tame"]


def test_a_list_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "points.parquet").write_bytes(b"not so")
    with pytest.raises(TableError, match="cannot be read as a table"):
        read_table(tmp_path / "points.parquet")
    (tmp_path / "points.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TableError, match="UTF-8"):
        read_table(tmp_path / "points.csv")
