"""A researcher's mistakes: each gets its file, line and column, and a sentence that helps.

Every mistake is one change to a study that is right in every way.  ``§`` marks where the
message must point; it is taken out before the file is read.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sweep.tea import DESIGN, MORRIS, ONLY, STUDY, VARY, folder_at, written

from sim.sweep.study import check_study


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_at(tmp_path)


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
    "fewer than none": ("replications: 4", "replications: §-5", "E-RANGE", "at least 1"),
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
    "a playbook that is not there": ("mine.yaml", "§yours.yaml", "E-STRATEGY", "no such"),
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
