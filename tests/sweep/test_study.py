"""Studies: what is read, what is said about them, and those that ship."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sweep.tea import DESIGN, ONLY, STUDY, VARY, folder_at, written

from sim.parameters import THEORIES
from sim.scenario import formatted
from sim.sweep.study import (
    StudyError,
    check_study,
    find_study,
    read_study,
    studies_folder,
    study_of,
    study_schema,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_at(tmp_path)


def test_a_study_with_a_mistake_is_not_read(folder: Path) -> None:
    path = written(folder, STUDY.replace("trust_gain:", "trust_gian:"))
    with pytest.raises(StudyError, match="Did you mean “trust_gain”"):
        read_study(path)


def test_nobody_plays(folder: Path) -> None:
    text = STUDY.replace(STUDY[STUDY.index("strategies:") : STUDY.index("theories:")], "")
    found = check_study(written(folder, text))
    assert any(message.code == "E-NO-RUNS" and "Nobody plays" in message.text for message in found)


def test_a_study_that_is_right_needs_no_mending(folder: Path) -> None:
    assert check_study(written(folder, STUDY)) == []


def test_everything_is_told_at_once(folder: Path) -> None:
    text = (
        STUDY.replace("0.06}", "0.6}")
        .replace("mine.yaml", "yours.yaml")
        .replace("[3, 6]", "[3, 600]")
        .replace("[trust,", "[truss,")
        .replace("study: tea\n", "")
    )
    found = check_study(written(folder, text))
    assert [message.line for message in found] == sorted(message.line for message in found)
    assert {message.code for message in found} == {
        "E-MISSING", "E-STRATEGY", "E-PARAMETER-RANGE", "E-UNKNOWN-MEASURE", "E-RANGE",
    }  # fmt: skip


def test_a_playbook_with_a_mistake_is_told_of_where_it_is_named_and_where_it_stands(
    folder: Path,
) -> None:
    (folder / "mine.yaml").write_text("playbook: mine\nidea: Tea.\nrulez: []\n")
    (found,) = check_study(written(folder, STUDY))
    assert (found.code, found.line) == ("E-STRATEGY", 4)
    assert "mine.yaml:3" in found.text


def test_a_message_shows_the_line_and_a_caret(folder: Path) -> None:
    path = written(folder, STUDY.replace("place.backing: {low: low", "place.backing: {low: lo"))
    with pytest.raises(StudyError) as caught:
        read_study(path)
    shown = formatted(caught.value.messages[0]).splitlines()
    assert shown[0].startswith(f"{path}:9:24: error")
    assert shown[1].index("lo,") == shown[2].index("^")


@pytest.mark.parametrize(
    ("before", "after", "code", "words"),
    [
        (VARY + DESIGN, ONLY + "design: {kind: sobol, N: 100}", "W-POWER-OF-TWO", "64 or 128"),
        (VARY + DESIGN, ONLY + "design: {kind: sobol, N: 64}", "A-FEW-LUCKS", "30"),
        ("seed: 1\n", "seed: 1\nluck: independent\n", "W-LUCK", "same luck"),
        ("[3, 6]", "[3, 12]", "A-AFTERWARDS", "month 6"),
        ("Does tea help?", "Tea", "A-QUESTION", "question mark"),
    ],
)
def test_what_can_be_run_and_is_probably_not_meant(
    folder: Path, before: str, after: str, code: str, words: str
) -> None:
    path = written(folder, STUDY.replace(before, after))
    found = [message for message in check_study(path) if message.code == code]
    assert found
    assert words in f"{found[0].text} {found[0].suggestion}"
    read_study(path)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("trust_gain\n0.02\n", "no column “place.kind”"),
        ("trust_gain,place.kin\n0.02,tame\n", "Is “place.kin” meant to be it?"),
        ("trust_gain,place.kind\n0.02,tame\n0.5,tame\n", "row 2, column “trust_gain”: 0.5 lies"),
        ("trust_gain,place.kind\n0.02,lame\n", "row 1, column “place.kind”: “lame” is not"),
        ("trust_gain,place.kind\n,tame\n", "row 1, column “trust_gain”: the value is missing"),
        ("trust_gain,place.kind\nmuch,tame\n", "much is no number"),
        ("trust_gain,place.kind\n", "nothing to run"),
        ("", "cannot be read"),
    ],
)
def test_what_is_wrong_with_a_list(folder: Path, table: str, words: str) -> None:
    (folder / "points.csv").write_text(table, encoding="utf-8")
    vary = ONLY + "  place.kind: [tame, wicked]\n"
    text = STUDY.replace(VARY + DESIGN, vary + "design: {kind: list, file: points.csv}")
    found = check_study(written(folder, text))
    assert [message.code for message in found] == ["E-TABLE"]
    assert words in f"{found[0].text} {found[0].suggestion}"
    assert found[0].line == 10


def test_a_list_alone_says_what_varies_and_is_held_to_the_scenario(folder: Path) -> None:
    text = STUDY.replace(VARY + DESIGN, "design: {kind: list, file: points.csv}")
    path = written(folder, text)
    (folder / "points.csv").write_text("trust_gain,place.kind\n0.02,tame\n0.03,wicked\n")
    assert check_study(path) == []
    (folder / "points.csv").write_text("trust_gain,place.kind\n0.2,tame\n0.03,wiked\n")
    assert {m.code for m in check_study(path)} == {"E-PARAMETER-RANGE", "E-VALUE"}


def test_what_is_read_is_what_was_meant(folder: Path) -> None:
    study = read_study(written(folder, STUDY))
    assert study.theories == ((), ("silence_is_harmless",), ("symmetric_trust", "mandate_suffices"))
    assert study.vary["place.backing"].span == (0.3, 0.9)
    assert study.vary["partners.hospital.avoidance"].numbers == (0.2, 0.7)
    assert study.vary["place.kind"].words == ("tame", "wicked")
    assert study.vary["moves.coffee.cost"].values == (0.0, 5.0)
    assert study.vary["partners.home-care.at_table"].values == (True, False)
    assert (study.hand, study.shocks, study.luck) == ("play", "play", "common")
    assert study.text == STUDY


def test_short_ways_of_writing(folder: Path) -> None:
    data = {
        "question": "How short?",
        "study": "short",
        "scenarios": "elmham.yaml",
        "families": 2,
        "theories": "all",
        "measures": "all",
        "months": 6,
        "replications": 1,
    }
    study = study_of(data, folder)
    assert study.scenarios == ("elmham.yaml",)
    assert study.families is not None
    assert len(study.families.of) > 1
    assert study.theories == ((), *((theory,) for theory in THEORIES))
    assert len(study.measures) > 20
    assert study.months == (6,)


def test_a_study_goes_by_its_name() -> None:
    assert find_study("candour-before-trust").name == "02-candour-before-trust.yaml"
    with pytest.raises(StudyError, match="Did you mean “candour-before-trust”"):
        find_study("candour-before-truth")


STUDIES = sorted(studies_folder().glob("*.yaml"))


@pytest.mark.parametrize("path", STUDIES, ids=lambda path: path.stem)
def test_a_study_that_ships_has_a_question_in_its_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("question: ")
    assert first.endswith("?")


@pytest.mark.parametrize(
    "path",
    [STUDIES[0], *(pytest.param(path, marks=pytest.mark.slow) for path in STUDIES[1:])],
    ids=lambda path: path.stem,
)
def test_a_study_that_ships_is_in_order(path: Path) -> None:
    assert [m for m in check_study(path) if m.level != "advice"] == []


def test_the_schema_tells_editors_what_a_study_may_hold() -> None:
    schema = study_schema()
    json.dumps(schema)
    assert schema["required"] == ["question", "study", "scenarios"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["replications"]["minimum"] == 1
    kinds = schema["$defs"]["Design"]["properties"]["kind"]["enum"]
    assert set(kinds) == {"grid", "latin-hypercube", "sobol", "morris", "list", "none"}
    sobol = schema["$defs"]["Design"]["allOf"][kinds.index("sobol")]
    assert sobol["then"]["properties"]["levels"] is False
    assert "N" not in sobol["then"]["properties"]


def test_a_month_that_stands_twice_is_read_once(folder: Path) -> None:
    path = written(folder, STUDY.replace("[3, 6]", "[3, 3, 6]"))
    (found,) = check_study(path)
    assert (found.level, found.code) == ("warning", "W-TWICE")
    assert read_study(path).months == (3, 6)


def test_a_misspelt_design_is_told_once(folder: Path) -> None:
    (found,) = check_study(written(folder, STUDY.replace("kind: latin-", "kind: latn-")))
    assert found.code == "E-CHOICE"


def test_a_misspelt_scenario_says_what_could_not_be_checked_and_hides_no_other_mistake(
    folder: Path,
) -> None:
    text = STUDY.replace("[elmham.yaml]", "[elmhan.yaml]").replace("[3, 6]", "[3, 600]")
    first, second, third = check_study(written(folder, text))
    assert (first.code, second.code, third.code) == ("E-SCENARIO", "A-UNCHECKED", "E-RANGE")
    assert "paths of “vary”" in second.text
    assert "strategies can be played" in second.text


def test_a_study_is_known_by_a_misspelt_beginning() -> None:
    with pytest.raises(StudyError) as caught:
        find_study("02-candor")
    assert "02-candour-before-trust" in caught.value.messages[0].suggestion
    with pytest.raises(StudyError) as caught:
        find_study("zzzz")
    assert caught.value.messages[0].suggestion.startswith("There are: 01-first-look, 02-")
