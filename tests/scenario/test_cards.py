"""Cards that never find room in their turn are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.locality import Locality
from sim.scenario import check_files, load_scenario
from sim.state import INJ_FIRED

TOWN = (Path(__file__).parent / "elmham.yaml").read_text(encoding="utf-8")

SNOW = "when: {month: 5}\n    card: It snows."
CARDS = """
    choices: [{{id: go, text: Go}}, {{id: stay, text: Stay}}]
    default: stay
  - id: ice
    title: Ice
    when: {when}
    ahead: {ahead}
    choices: [{{id: salt, text: Salt}}, {{id: wait, text: Wait}}]
    default: wait
    card: It freezes."""


@pytest.mark.parametrize(
    ("when", "ahead", "lost", "dealt"),
    [
        ("{month: 6}", "false", "ice", {"winter"}),
        ("{month: 4}", "false", "winter", {"ice"}),
        ("{month: 5}", "true", "winter", {"ice"}),  # the same month, and goes ahead
        ("{month: 5}", "false", "", {"winter", "ice"}),  # a deck: luck draws one
        ("{month: 3}", "false", "", {"winter", "ice"}),  # another turn
        ('{if: "true", from: 2, until: 3}', "false", "", {"winter", "ice"}),
    ],
)
def test_a_card_that_never_finds_room_is_told(
    when: str, ahead: str, lost: str, dealt: set[str], tmp_path: Path
) -> None:
    letter = TOWN.index("  - id: letter")
    town = TOWN[:letter] + TOWN[TOWN.index("  - id: winter") :]
    assert town.count(SNOW) == 1
    file = tmp_path / "elmham.yaml"
    text = town.replace(SNOW, SNOW + CARDS.format(when=when, ahead=ahead))
    file.write_text(text, encoding="utf-8")
    told = [m for m in check_files([file]) if m.code == "W-CROWDED"]
    assert [m.source for m in told] == (
        [f"    when: {when}" if lost == "ice" else "    when: {month: 5}"] if lost else []
    )
    for message in told:
        (other,) = dealt
        assert f"“{other}”" in message.text

    # and so it is when it is played
    came = set()
    for luck in range(1, 13):
        place = Locality(load_scenario(file), luck=luck)
        for _month in range(6):
            place.step()
        fired = place.state.inject[INJ_FIRED] > 0
        came |= {one.id for one, did in zip(place.scenario.injects, fired, strict=True) if did}
    assert came == dealt
