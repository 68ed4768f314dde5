"""Finding scenarios, reading them, and basing one on another."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from sim import yamlfile
from sim.effects import EFFECTS, SELECTORS
from sim.fields import LEVEL_WORDS, TERMS, TRUST_WORDS
from sim.rules.seen import HIDDEN, LAGS
from sim.scenario import (
    ScenarioError,
    check_files,
    list_scenarios,
    load_scenario,
    read_scenario,
)
from sim.scenario.checking_play import UNPUBLISHED

ELMHAM = Path(__file__).parent / "elmham.yaml"


def test_a_scenario_says_what_its_file_says() -> None:
    town = load_scenario(ELMHAM)
    assert town.id == "elmham"
    assert town.partners[1].avoidance == 0.9  # very high
    assert town.ties[0].from_ == "council"
    assert (town.ties[0].trust, town.ties[0].back) == (0.3, 0.45)  # wary, civil
    assert town.injects[0].when.if_ == "tension(council, hospital) > 0.6"
    assert town.injects[0].when.from_ == 2
    assert town.injects[0].effects[0].who == ("council", "hospital")
    assert town.time.months == 6
    assert town.text == ELMHAM.read_text(encoding="utf-8")
    assert town.hash == hashlib.sha256(town.text.encode()).hexdigest()
    assert town.path == str(ELMHAM)


def test_only_published_measures_can_be_promised() -> None:
    assert set(UNPUBLISHED) == {name for name, lag in LAGS.items() if lag == HIDDEN}
    town = load_scenario(ELMHAM)
    assert [promise.measure for promise in town.story.promises] == ["delayed_transfers", None, None]


def test_a_scenario_never_changes() -> None:
    town = load_scenario(ELMHAM)
    with pytest.raises(ValidationError):
        town.place.population = 3  # type: ignore[misc]


def test_a_scenario_reads_back_from_its_own_text() -> None:
    town = load_scenario(ELMHAM)
    again = read_scenario(town.text)
    assert again.hash == town.hash
    assert again.model_dump() == town.model_dump()


def test_an_unknown_scenario_is_guessed() -> None:
    with pytest.raises(ScenarioError, match="dancing-around-the-table"):
        load_scenario("dancing-round-the-table")


def test_a_missing_file_is_told() -> None:
    with pytest.raises(ScenarioError, match=r"nowhere\.yaml.*\n.*no such file"):
        load_scenario("nowhere.yaml")


def test_a_list_is_no_scenario(tmp_path: Path) -> None:
    file = tmp_path / "list.yaml"
    file.write_text("- a\n- b\n")
    [message] = check_files([file])
    assert message.code == "E-KIND"


def test_the_library_shows_a_broken_file_with_its_first_error(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(ELMHAM.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "torn.yaml").write_text("scenario:\n\tid: x\n", encoding="utf-8")
    good, torn = list_scenarios(tmp_path)
    assert (good.id, good.title, good.problem) == ("elmham", "Elmham", None)
    assert torn.id == "torn"
    assert torn.problem is not None
    assert (torn.problem.line, torn.problem.column) == (2, 1)


def test_every_scenario_that_ships_has_no_errors_and_no_warnings() -> None:
    for listed in list_scenarios():
        assert listed.problem is None, str(listed.problem)
        messages = [m for m in check_files([listed.path]) if m.level != "advice"]
        assert messages == [], [str(message) for message in messages]


def test_the_main_scenario_loads_quickly() -> None:
    load_scenario("dancing-around-the-table")
    took = []
    for _again in range(3):
        start = time.perf_counter()
        load_scenario("dancing-around-the-table")
        took.append(time.perf_counter() - start)
    assert min(took) < 0.6  # about 0.2 s on a quiet machine


# --- a town of one's own, in a dozen lines ---------------------------------------------

OWN = """
scenario: {id: my-town, title: My town, based_on: elmham}
partners:
  - {id: council, name: My Council}
  - id: police
    name: The Police
    sector: police
    position: [0.5, 0.5]
    leader: {role: Chief Constable}
ties:
  - {from: council, to: hospital, trust: deep}
  - {from: police, to: council}
time: {turns: [3, 3, 3]}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "elmham.yaml").write_text(ELMHAM.read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    return file


def test_a_town_of_ones_own_changes_what_it_names(own: Path) -> None:
    town = load_scenario(own)
    assert town.id == "my-town"
    assert [p.id for p in town.partners] == ["council", "hospital", "home-care", "police"]
    council = town.partners[0]
    assert (council.name, council.power) == ("My Council", 0.7)
    assert (town.ties[0].trust, town.ties[0].back) == (0.8, 0.45)
    assert len(town.ties) == 3
    assert town.time.turns == (3, 3, 3)
    assert town.time.acts[1].from_turn == 2


def test_its_text_stands_alone(own: Path) -> None:
    town = load_scenario(own)
    (own.parent / "elmham.yaml").unlink()
    again = read_scenario(town.text)
    assert again.hash == town.hash
    assert again.partners == town.partners
    assert again.scenario.based_on is None


def test_a_mistake_points_into_the_file_it_stands_in(own: Path) -> None:
    base = own.parent / "elmham.yaml"
    base.write_text(base.read_text().replace("axis: where", "axis: were"), encoding="utf-8")
    own.write_text(OWN.replace("from: police", "from: plice"), encoding="utf-8")
    messages = {m.code: m for m in check_files([own]) if m.level == "error"}
    assert messages["E-UNKNOWN-AXIS"].file == str(base)
    assert "axis: were" in messages["E-UNKNOWN-AXIS"].source
    assert messages["E-UNKNOWN-PARTNER"].file == str(own)
    assert (messages["E-UNKNOWN-PARTNER"].line, messages["E-UNKNOWN-PARTNER"].column) == (12, 12)


def test_files_based_on_one_another_in_a_circle_are_refused(own: Path) -> None:
    base = own.parent / "elmham.yaml"
    text = base.read_text().replace("  id: elmham", "  id: elmham\n  based_on: own")
    base.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match="circle"):
        load_scenario(own)


def test_an_unknown_base_is_told_where_it_stands(own: Path) -> None:
    own.write_text(OWN.replace("based_on: elmham", "based_on: nowhere"), encoding="utf-8")
    [message] = check_files([own])
    assert (message.code, message.line) == ("E-BASED-ON", 2)


def test_merging_keeps_every_other_place(own: Path) -> None:
    text = load_scenario(own).text
    data = yamlfile.read_text(text).data
    assert data["story"] == yamlfile.read(ELMHAM).data["story"]


def test_the_trainers_page_names_every_word() -> None:
    page = (Path(__file__).parents[2] / "scenarios" / "README.md").read_text(encoding="utf-8")
    words = {*TERMS, *EFFECTS, *SELECTORS, *TRUST_WORDS, *LEVEL_WORDS} - {"named"}
    assert [word for word in sorted(words) if f"`{word}`" not in page] == []


def test_the_trainers_first_file_plays(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "scenarios" / "README.md").read_text(encoding="utf-8")
    file = tmp_path / "my-town.yaml"
    file.write_text(page.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    town = load_scenario(file)
    assert (town.id, town.partners[0].name) == ("my-town", "My Council")
    assert [m for m in check_files([file]) if m.level == "error"] == []


def test_what_stands_twice_in_a_file_based_on_another_is_told_with_both_lines(own: Path) -> None:
    """Merging goes by ids: the later of the two would hide the first."""
    council = "  - {id: council, name: My Council}\n"
    tie = "  - {from: police, to: council}\n"
    text = OWN.replace(council, council + "  - {id: council, wants: Quiet}\n", 1)
    own.write_text(text.replace(tie, tie + tie, 1), encoding="utf-8")
    found = [m for m in check_files([own]) if m.level == "error"]
    told = [(m.code, m.line) for m in found]
    assert told == [("E-DUPLICATE-ID", 5), ("E-DUPLICATE-TIE", 14)]
    assert "line 4 " in found[0].suggestion
    assert "line 13" in found[1].text
    with pytest.raises(ScenarioError):
        load_scenario(own)


def test_a_bare_yes_hides_no_other_mistake(own: Path) -> None:
    text = own.with_name("elmham.yaml").read_text(encoding="utf-8")
    text = text.replace("place: Elmham, invented", "place: yes", 1)
    text = text.replace("sector: business", "sector: bussiness", 1)
    file = own.with_name("wrong.yaml")
    file.write_text(text, encoding="utf-8")
    found = check_files([file])
    told = [m.code for m in found if m.level == "error"]
    assert told[0] == "E-YAML"
    assert "E-CHOICE" in told
    assert len({(m.line, m.column) for m in found}) == len(found)
    with pytest.raises(ScenarioError):
        load_scenario(file)
