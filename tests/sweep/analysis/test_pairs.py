"""Which two factors are mapped together: those that matter, and those that one asks for."""

from __future__ import annotations

import pytest
from made_up_sweep import hypercube, write_sweep

from sim.sweep.analysis import heat as maps
from sim.sweep.analysis.gathering import gather
from sim.sweep.analysis.heat import heat
from sim.sweep.analysis.look import NotInSweep, look_at
from sim.sweep.analysis.reading import Sweep, open_sweep


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    folder = tmp_path_factory.mktemp("pairs")
    write_sweep(folder, factors=hypercube(30), replications=2)
    return open_sweep(folder)


def pairs_of(sweep: Sweep, pair: str = "") -> list[tuple[str, str]]:
    table = heat(look_at(sweep, gather(sweep), pair=pair)).tables["heat"]
    rows = table.select("factor_x", "factor_y").unique(maintain_order=True).rows()
    return [(str(x), str(y)) for x, y in rows]


def test_what_matters_most_comes_first_and_is_there_when_not_all_can_be(
    sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = pairs_of(sweep)
    assert len(every) == 6
    monkeypatch.setattr(maps, "DRAWN", 2)
    monkeypatch.setattr(maps, "PAIRS", 2)
    few = pairs_of(sweep)
    look = look_at(sweep, gather(sweep))
    influence = heat(look).tables["influence"].filter(measure=look.measure, of="difference")
    mine = influence.filter(strategy=look.strategy).sort("explained", descending=True)
    assert set(mine["factor"][:2]) in [set(pair) for pair in few]
    assert len(few) <= 2


def test_a_pair_that_is_asked_for_is_mapped_whatever_it_explains(
    sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "DRAWN", 2)
    monkeypatch.setattr(maps, "PAIRS", 1)
    assert pairs_of(sweep, "neglect, trust_gain") == [("trust_gain", "neglect")]


def test_an_asked_for_pair_is_drawn_too(sweep: Sweep, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[list[tuple[str, str]]] = []
    monkeypatch.setattr(maps, "DRAWN", 2)
    monkeypatch.setattr(
        maps.planes, "heat", lambda found, *_, **__: drawn.append([(m.x, m.y) for m in found])
    )
    for pair in ("", "trust_gain,neglect"):
        for piece in heat(look_at(sweep, gather(sweep), pair=pair)).pieces:
            if piece.picture is not None:
                piece.picture.draw()
    assert [len(found) for found in drawn[:2]] == [1, 1]
    assert all({"trust_gain", "neglect"} in map(set, found) for found in drawn[2:])


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        ("trust_gain", "two factors are needed"),
        ("trust_gain,trust_gain", "two factors are needed"),
        ("trust_gain,neglct", "“neglct” is not in this sweep"),
    ],
)
def test_what_is_no_pair_is_said(sweep: Sweep, pair: str, sentence: str) -> None:
    with pytest.raises(NotInSweep, match=sentence):
        look_at(sweep, gather(sweep), pair=pair)
