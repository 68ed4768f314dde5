"""A researcher's mistakes: each gets its file, line and column, and a sentence that helps.

Every mistake is one change to a study that is right in every way.  ``§`` marks where the
message must point; it is taken out before the file is read.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

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

ELMHAM = Path(__file__).parents[1] / "scenario" / "elmham.yaml"
MINE = """\
playbook: mine
names: [Tea first]
idea: Tea.
rules:
  - {move: coffee, to: lowest_trust_pair, times: 2}
"""
STUDY = """\
question: Does tea help?
study: tea
scenarios: [elmham.yaml]
strategies: [do-nothing, mine.yaml, "repeat:walk"]
families: {draws: 3, of: [systems, traditional], seed: 2}
theories: [none, silence_is_harmless, [symmetric_trust, mandate-suffices]]
vary:
  trust_gain: {low: 0.02, high: 0.06}
  place.backing: {low: low, high: 0.9}
  place.kind: [tame, wicked]
  partners.hospital.avoidance: [0.2, high]
  moves.coffee.cost: [0, 5]
  partners.home-care.at_table: [true, false]
design: {kind: latin-hypercube, points: 8, seed: 3}
replications: 4
seed: 1
measures: [trust, staff_joint_working]
months: [3, 6]
compare_with: do-nothing
"""
VARY = STUDY[STUDY.index("vary:") : STUDY.index("design:")]
DESIGN = "design: {kind: latin-hypercube, points: 8, seed: 3}"
MORRIS = "design: {kind: morris, trajectories: 4}"
ONLY = "vary:\n  trust_gain: {low: 0.02, high: 0.06}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ELMHAM, tmp_path / "elmham.yaml")
    (tmp_path / "mine.yaml").write_text(MINE, encoding="utf-8")
    return tmp_path


def written(folder: Path, text: str) -> Path:
    path = folder / "study.yaml"
    path.write_text(text, encoding="utf-8")
    return path


# what stood there, what the researcher wrote, the code, words the message must hold
MISTAKES = {
    # --- YAML and shape
    "a tab": ("seed: 1\n", "seed:§\t1\n", "E-YAML", ""),
    "an unknown key": ("seed: 1\n", "sead: 1\n", "E-UNKNOWN-KEY", "“seed”"),
    "a key forgotten": ("study: tea\n", "", "E-MISSING", "“study” is missing in the file"),
    "half a replication": ("replications: 4", "replications: §0.5", "E-KIND", "whole number"),
    "a question further down": (
        "question: Does tea help?\nstudy: tea\n",
        "study: tea\n§question: Does tea help?\n",
        "E-QUESTION",
        "first line",
    ),
    "a question on two lines": (
        "question: Does tea help?",
        "§question: >-\n  Does tea\n  help?",
        "E-QUESTION",
        "that line alone",
    ),
    # --- nothing to run
    "no replications": ("replications: 4", "replications: §0", "E-NO-RUNS", "at least one run"),
    "no points": ("points: 8", "points: §0", "E-NO-RUNS", "no points"),
    "no scenarios": ("[elmham.yaml]", "§[]", "E-NO-RUNS", "no scenario"),
    "no draws": ("draws: 3", "draws: §0", "E-NO-RUNS", "No playbook"),
    "no values": ("[0, 5]", "§[]", "E-NO-RUNS", "no value"),
    # --- names
    "an unknown scenario": (
        "[elmham.yaml]",
        "[§first-stepps]",
        "E-UNKNOWN-SCENARIO",
        "“first-steps”",
    ),
    "a scenario file that is not there": (
        "[elmham.yaml]",
        "[§elmhan.yaml]",
        "E-SCENARIO",
        "no such file",
    ),
    "a scenario twice": (
        "[elmham.yaml]",
        "[elmham.yaml, §./elmham.yaml]",
        "E-DUPLICATE-ID",
        "second time",
    ),
    "an unknown strategy": (
        "[do-nothing,",
        "[do-nothing, §relationel,",
        "E-UNKNOWN-STRATEGY",
        "“relational”",
    ),
    "a playbook that is not there": ("mine.yaml", "§yours.yaml", "E-UNKNOWN-STRATEGY", "no such"),
    "a strategy twice": ("[do-nothing,", "[do-nothing, §Baseline,", "E-DUPLICATE-ID", "do-nothing"),
    "a move that the scenario lacks": (
        '"repeat:walk"',
        '§"repeat:wlk"',
        "E-MISFIT",
        "“walk”",
    ),
    "an unknown family": ("[systems,", "[§system,", "E-UNKNOWN-FAMILY", "“systems”"),
    "an unknown theory": (
        "silence_is_harmless,",
        "§silence_is_harmles,",
        "E-UNKNOWN-THEORY",
        "“silence_is_harmless”",
    ),
    "a theory among others that is none": (
        "[symmetric_trust,",
        "[symmetric_trust, §none,",
        "E-THEORIES",
        "at once",
    ),
    "theories twice": (
        "theories: [none,",
        "theories: §[none, none,",
        "E-DUPLICATE-ID",
        "same theories",
    ),
    "an unknown measure": ("[trust,", "[§trussed,", "E-UNKNOWN-MEASURE", "There is no measure"),
    "a measure twice": ("[trust,", "[trust, §trust,", "E-DUPLICATE-ID", "second time"),
    "a month too late": ("[3, 6]", "[3, §121]", "E-RANGE", "from 1 to 120"),
    "a month too early": ("[3, 6]", "[§0, 6]", "E-RANGE", "no month 0"),
    "a month twice": ("[3, 6]", "[3, §3]", "E-DUPLICATE-ID", "second time"),
    "a baseline that does not play": (
        "compare_with: do-nothing",
        "compare_with: §relational",
        "E-BASELINE",
        "Add it",
    ),
    "a baseline misspelt": (
        "compare_with: do-nothing",
        "compare_with: §do-nothin",
        "E-BASELINE",
        "“do-nothing”",
    ),
    # --- what varies
    "an unknown parameter": (
        "  trust_gain:",
        "  §trust_gian:",
        "E-UNKNOWN-PARAMETER",
        "“trust_gain”",
    ),
    "a path that leads nowhere": (
        "partners.hospital.avoidance:",
        "§partners.hospitl.avoidance:",
        "E-PATH",
        "“partners.hospital.avoidance”",
    ),
    "a path to a group": ("  place.kind:", "  §place.governance:", "E-PATH", "strength"),
    "a path through a value": ("place.kind:", "§place.kind.more:", "E-PATH", "one value already"),
    "a price of no move": (
        "moves.coffee.cost",
        "§moves.cofee.cost",
        "E-PATH",
        "“moves.coffee.cost”",
    ),
    "another size of a move of the model": (
        "moves.coffee.cost",
        "§moves.coffee.places",
        "E-PATH",
        "moves.coffee.cost",
    ),
    "a parameter by a path": (
        "  trust_gain:",
        "  §parameters.trust_gain:",
        "E-PATH",
        "name alone: trust_gain",
    ),
    "the strategy as a factor": (
        "  place.kind: [tame, wicked]",
        "  §strategy: [do-nothing, relational]",
        "E-FACTOR",
        "“strategies:”",
    ),
    "a parameter out of its range": (
        "{low: 0.02, high: 0.06}",
        "{low: 0.02, high: §0.6}",
        "E-PARAMETER-RANGE",
        "between 0.01 and 0.08",
    ),
    "a word for a parameter": (
        "{low: 0.02, high: 0.06}",
        "{low: 0.02, high: §high}",
        "E-KIND",
        "a number, not high",
    ),
    "a number that the scenario refuses": (
        "{low: low, high: 0.9}",
        "{low: low, high: §1.9}",
        "E-VALUE",
        "outside 0 to 1",
    ),
    "a word of another scale": (
        "{low: low, high: 0.9}",
        "{low: §wary, high: 0.9}",
        "E-VALUE",
        "very low | low",
    ),
    "a word that the scenario refuses": (
        "[tame, wicked]",
        "[tame, §wiked]",
        "E-VALUE",
        "“wicked”",
    ),
    "a price below nought": ("[0, 5]", "[0, §-5]", "E-VALUE", "at least 0"),
    "what breaks the scenario elsewhere": (
        "moves.coffee.cost: [0, 5]",
        "moves.walk.least: [§3, 2]",
        "E-VALUE",
        "nobody could play this",
    ),
    "a range upside down": (
        "{low: 0.02, high: 0.06}",
        "{low: §0.06, high: 0.02}",
        "E-RANGE",
        "“low” must be less",
    ),
    "a range of one value": (
        "{low: 0.02, high: 0.06}",
        "{low: §0.06, high: 0.06}",
        "E-RANGE",
        "write [0.06]",
    ),
    "half a range": (
        "  trust_gain: {low: 0.02, high: 0.06}",
        "  §trust_gain: {low: 0.02}",
        "E-MISSING",
        "“high”",
    ),
    "a value for a range": ("{low: 0.02, high: 0.06}", "§0.06", "E-KIND", "such as [0.06]"),
    "a range of words": ("[tame, wicked]", "§{low: 0, high: 1}", "E-KIND", "has no range"),
    "a value twice": ("[0, 5]", "[0, §0]", "E-DUPLICATE-ID", "second time"),
    "a rival theory twice over": (
        "  trust_gain: {low: 0.02, high: 0.06}",
        "  §silence_is_harmless: [0, 1]",
        "E-THEORIES",
        "out of one of the two",
    ),
    # --- the design
    "an unknown design": ("latin-hypercube", "§latin-hyper", "E-CHOICE", "“latin-hypercube”"),
    "a design without points": (", points: 8", "", "E-MISSING", "“points” is missing"),
    "a key of another design": ("points: 8", "points: 8, §levels: 4", "E-UNKNOWN-KEY", "levels"),
    "no design": (DESIGN + "\n", "", "E-NO-DESIGN", "latin-hypercube"),
    "nothing to vary": (VARY, "", "E-NOTHING-VARIES", "vary:"),
    "a grid without end": (
        DESIGN,
        "§design: {kind: grid, levels: 1000}",
        "E-TOO-LARGE",
        "latin hypercube",
    ),
    "runs without end": ("replications: 4", "§replications: 400000000", "E-TOO-LARGE", "cells"),
    "Sobol' over words": (
        VARY + DESIGN,
        "vary:\n  place.kind: §[tame, wicked]\n  trust_gain: {low: 0.02, high: 0.06}\n"
        "design: {kind: sobol, N: 8}",
        "E-CATEGORICAL",
        "a study for each",
    ),
    "Morris over a list": (
        VARY + DESIGN,
        f"vary:\n  trust_gain: §[0.02, 0.06]\n  neglect: {{low: 0, high: 0.05}}\n{MORRIS}",
        "E-CATEGORICAL",
        "{low: 0.02, high: 0.06}",
    ),
    "Morris with odd levels": (
        VARY + DESIGN,
        ONLY + "design: {kind: morris, trajectories: 4, levels: §5}",
        "E-LEVELS",
        "4 or 6",
    ),
    "a list that is not there": (
        DESIGN,
        "design: {kind: list, file: §points.csv}",
        "E-TABLE",
        "no file",
    ),
    "a list of another kind": (
        DESIGN,
        "design: {kind: list, file: §points.xlsx}",
        "E-TABLE",
        ".parquet",
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_pointed_at(folder: Path, case: str) -> None:
    before, after, code, words = MISTAKES[case]
    assert before in STUDY
    text = STUDY.replace(before, after, 1)
    if "§" in text:
        start = text.index("§")
        line = text[:start].count("\n") + 1
        column = start - (text.rfind("\n", 0, start) + 1) + 1
        text = text.replace("§", "")
    else:
        line = column = 0
    path = written(folder, text)
    errors = [message for message in check_study(path) if message.level == "error"]
    found = [message for message in errors if message.code == code]
    assert found, errors
    if line:
        assert (found[0].line, found[0].column) == (line, column)
    assert words in f"{found[0].text} {found[0].suggestion}"
    assert found[0].file == str(path)


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
        "E-MISSING", "E-UNKNOWN-STRATEGY", "E-PARAMETER-RANGE", "E-UNKNOWN-MEASURE", "E-RANGE",
    }  # fmt: skip


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
