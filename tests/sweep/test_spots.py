"""Spots in a scenario: found by a path, changed one at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.scenario import Scenario, load_scenario
from sim.sweep.spots import NoSuchSpot, SpotRefused, changed, find_spot, kind_of, read_value

ELMHAM = Path(__file__).parents[1] / "scenario" / "elmham.yaml"


@pytest.fixture(scope="module")
def elmham() -> Scenario:
    return load_scenario(ELMHAM)


def with_value(scenario: Scenario, path: str, value: object) -> Scenario:
    spot = find_spot(scenario, path)
    assert kind_of(path) == spot.kind  # what designs are told, without a scenario at hand
    return changed(scenario, {spot: read_value(spot, value)})


@pytest.mark.parametrize(
    ("path", "value", "read"),
    [
        ("place.backing", 0.2, lambda s: s.place.backing),
        ("place.kind", "tame", lambda s: s.place.kind),
        ("place.governance.strength", 0.9, lambda s: s.place.governance.strength),
        ("place.measures.delayed_transfers", 4.0, lambda s: s.place.measures["delayed_transfers"]),
        ("place.measures.unmet_need", 0.3, lambda s: s.place.measures["unmet_need"]),  # added
        ("place.need.who", 0.7, lambda s: s.place.need[1]),
        ("place.admission_trend_per_year", 0.01, lambda s: s.place.admission_trend_per_year),
        ("partners.hospital.safety", 0.2, lambda s: s.partners[1].safety),
        ("partners.hospital.position.where", 0.1, lambda s: s.partners[1].position[0]),
        ("partners.hospital.leader.months", 3, lambda s: s.partners[1].leader.months),
        ("partners.home-care.at_table", True, lambda s: s.partners[2].at_table),
        ("ties.council~hospital.back", 0.2, lambda s: s.ties[0].back),
        ("tie_defaults.same_sector", 0.2, lambda s: s.tie_defaults.same_sector),
        ("unsaid.eleven-at-night.weight", 0.1, lambda s: s.unsaid[0].weight),
        ("moves.coffee.cost", 9.0, lambda s: s.moves.change[0].cost),
        ("moves.listen.cost", 9.0, lambda s: s.moves.change[1].cost),
        ("moves.walk.cost", 9.0, lambda s: s.moves.house[0].cost),
        ("moves.walk.effects.1.size", 0.5, lambda s: s.moves.house[0].effects[0].size),
        ("injects.winter.when.month", 4, lambda s: s.injects[1].when.month),
        ("time.turns.2", 5, lambda s: s.time.turns[1]),
    ],
)
def test_a_path_leads_to_one_value_and_changes_nothing_else(
    elmham: Scenario, path: str, value: object, read: object
) -> None:
    other = with_value(elmham, path, value)
    assert read(other) == value  # type: ignore[operator]
    back = other.model_dump()
    for part, was in elmham.model_dump().items():
        assert (back[part] == was) == (part != path.split(".")[0])
    assert other.text == ""  # nobody has written it


def test_several_values_go_together(elmham: Scenario) -> None:
    paths = ("moves.listen.cost", "moves.penalty.cost", "place.backing")
    spots = [find_spot(elmham, path) for path in paths]
    other = changed(elmham, dict(zip(spots, (3.0, 4.0, 0.5))))
    assert [(m.id, m.cost) for m in other.moves.change[1:]] == [("listen", 3.0), ("penalty", 4.0)]
    assert other.place.backing == 0.5


def test_words_of_the_right_scale_serve(elmham: Scenario) -> None:
    assert with_value(elmham, "partners.council.safety", "high").partners[0].safety == 0.7
    with pytest.raises(SpotRefused, match=r"partners\.council\.safety cannot be wary"):
        with_value(elmham, "partners.council.safety", "wary")


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("place.backin", "“place.backing”"),
        ("ties.hospital~council.trust", "“ties.council~hospital.back”"),
        ("partners.homecare.safety", "“partners.home-care.safety”"),
        ("partners.hospital", "partners.hospital.safety"),
        ("place.need.me", "where, who"),
        ("time.turns.3", "1, 2"),
        ("moves.walk.place", "“moves.walk.places”"),
        ("injects.winters.when.month", "“injects.winter.when.month”"),
    ],
)
def test_a_path_that_leads_nowhere_says_where_one_could_go(
    elmham: Scenario, path: str, hint: str
) -> None:
    with pytest.raises(NoSuchSpot) as caught:
        find_spot(elmham, path)
    assert hint in caught.value.hint
