"""A trainer's mistakes: each gets its file, line and column, and a sentence that helps.

Every mistake is one change to a small town that is right in every way.  ``§`` marks
where the message must point; it is taken out before the file is read.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from sim import yamlfile
from sim.scenario import ScenarioError, check_files, formatted, load_scenario, read_scenario

TOWN = (Path(__file__).parent / "elmham.yaml").read_text(encoding="utf-8")

# what stood there, what the trainer wrote, the code, words the message must hold
MISTAKES = {
    # --- YAML itself
    "a tab": ("  place: Elmham, invented", "§\tplace: Elmham", "E-YAML", "tab"),
    "a bare yes": ("place: Elmham, invented", "place: §yes", "E-YAML", '"yes"'),
    "an anchor": ("name: Elmham Council", "name: §&c Elmham", "E-YAML", "anchor"),
    "a tag": ("name: Elmham Council", "name: §!important Elmham", "E-YAML", "tag"),
    "a key twice": ("  minutes: 60", "  minutes: 60\n  §minutes: 70", "E-YAML", "line 9"),
    "a colon in text": (
        "title: Winter",
        "title: Winter§: it snows",
        "E-YAML",
        "quotation marks",
    ),
    "an open quotation mark": ('players: "3 to 6"', 'players: §"3 to 6', "E-YAML", "never closed"),
    "an open bracket": ("turns: [3, 3]", "turns: [3, 3\n  acts§: []", "E-YAML", "bracket"),
    "a leading nought": ("minutes: 60", "minutes: §060", "E-YAML", "begin with 0"),
    "an at sign": ("card: It snows.", "card: §@home it snows", "E-YAML", "quotation marks"),
    # --- shape
    "an unknown key": (
        "  minutes: 60",
        "  minutes: 60\n  §minuts: 5",
        "E-UNKNOWN-KEY",
        "“minutes”",
    ),
    "a key misspelt": ("  title: Elmham\n", "  §titel: Elmham\n", "E-UNKNOWN-KEY", "“title”"),
    "a key forgotten": ("  title: Elmham\n", "", "E-MISSING", "“title” is missing in “scenario”"),
    "a partner without a leader": (
        "    leader: {role: Owner}\n",
        "",
        "E-MISSING",
        "“leader” is missing",
    ),
    "a number for text": ('players: "3 to 6"', "players: §6", "E-KIND", '"6"'),
    "text for a number": ("population: 40000", "population: §plenty", "E-KIND", "whole number"),
    "a text for a flag": ("at_table: false", "at_table: §outside", "E-KIND", "true or false"),
    "half a month": ("{month: 5}", "{month: §5.5}", "E-KIND", "whole number"),
    "a word off the scale": ("trust: wary", "trust: §waryish", "E-SCALE", "broken | wary"),
    "a trust word for power": ("power: high", "power: §wary", "E-SCALE", "very low | low"),
    "more than one": ("trust: 0.4", "trust: §4", "E-SCALE", "0 to 1"),
    "an unknown sector": ("sector: business", "sector: §bussiness", "E-CHOICE", "“business”"),
    "an id with capitals": ("id: home-care", "id: §Home-Care", "E-ID", "small letters"),
    "an empty text": ("title: Winter", 'title: §""', "E-EMPTY", "empty"),
    "a thirteenth month": ("start_month: 4", "start_month: §13", "E-RANGE", "at most 12"),
    "two promises": (
        "    - {id: peace, title: No letters, when: eruptions == 0}\n",
        "",
        "E-COUNT",
        "3 are needed",
    ),
    "one line on a card": (
        "lines: [They see it., They take a photographer.]",
        "lines: [They see it.]",
        "E-MISSING",
        "missing",
    ),
    "a text for a list": ("turns: [3, 3]", "turns: §three", "E-KIND", "list"),
    "a text for a group": ("leader: {role: Owner}", "leader: §Owner", "E-KIND", "group of keys"),
    "between itself": (
        "between: [council, hospital]",
        "between: §[council, council]",
        "E-SAME",
        "Two different",
    ),
    # --- names
    "an unknown partner": (
        "between: [council, hospital]",
        "between: [council, §hospitl]",
        "E-UNKNOWN-PARTNER",
        "“hospital” (line 61)",
    ),
    "an unknown partner in a tie": (
        "{from: hospital, to: home-care",
        "{from: hospital, to: §homecare",
        "E-UNKNOWN-PARTNER",
        "“home-care”",
    ),
    "an unknown axis": ("axis: where", "axis: §were", "E-UNKNOWN-AXIS", "“where” (line 50)"),
    "an unknown measure": (
        "counted: [delayed_transfers]",
        "counted: [§delayed_transfer]",
        "E-UNKNOWN-MEASURE",
        "“delayed_transfers”",
    ),
    "an unknown starting measure": (
        "measures: {delayed_transfers: 9.0}",
        "measures: {delays: §9.0}",
        "E-UNKNOWN-MEASURE",
        "There is no measure “delays”",
    ),
    "an unknown move": ("off: [penalty]", "off: [§penality]", "E-UNKNOWN-MOVE", "“penalty”"),
    "an unknown move changed": ("{id: coffee,", "{id: §cofee,", "E-UNKNOWN-MOVE", "“coffee”"),
    "an unknown effect": (
        "{effect: slack,",
        "{effect: §slak,",
        "E-UNKNOWN-EFFECT",
        "“slack”",
    ),
    "an unknown parameter": (
        "parameters: {trust_gain: 0.05}",
        "parameters: {trust_gian: §0.05}",
        "E-UNKNOWN-PARAMETER",
        "“trust_gain”",
    ),
    "an unknown theory": (
        "theories: []",
        "theories: [§mandate_sufices]",
        "E-UNKNOWN-THEORY",
        "“mandate_suffices”",
    ),
    "an unknown choice": ("default: file", "default: §flie", "E-UNKNOWN-OPTION", "“file”"),
    "a partner twice": ("id: home-care", "id: §hospital", "E-DUPLICATE-ID", "line 61"),
    "two names alike": (
        "name: Bluebell Care",
        "name: §the general",
        "E-SAME-NAME",
        "cannot be told apart",
    ),
    "a house move called coffee": ("id: walk", "id: §coffee", "E-DUPLICATE-ID", "already"),
    # --- numbers that do not fit together
    "three positions on two axes": (
        "position: [0.1, 0.8]",
        "position: §[0.1, 0.8, 0.2]",
        "E-AXES",
        "There are 3 numbers here, and 2 axes",
    ),
    "a parameter out of range": (
        "{trust_gain: 0.05}",
        "{trust_gain: §5}",
        "E-PARAMETER-RANGE",
        "between",
    ),
    "tied to itself": (
        "{from: hospital, to: home-care",
        "{from: hospital, to: §hospital",
        "E-SELF-TIE",
        "to itself",
    ),
    "a tie twice": (
        "{from: hospital, to: home-care, trust: 0.4}",
        "§{from: hospital, to: council, trust: 0.4}",
        "E-DUPLICATE-TIE",
        "line 77",
    ),
    "an act after the end": (
        "{title: Trouble, from_turn: 2}",
        "{title: Trouble, from_turn: §3}",
        "E-NO-TURN",
        "the last is turn 2",
    ),
    "too many months": (
        "turns: [3, 3]",
        "turns: §[24, 24, 24, 24, 24, 24]",
        "E-TOO-LONG",
        "144 months",
    ),
    "a size over one": ("size: -0.1}", "size: §-10}", "E-RANGE", "a share of the way"),
    "least over most": ("least: 2", "least: §3", "E-RANGE", "nobody could play"),
    # --- injects
    "an inject after the end": ("{month: 5}", "{month: §50}", "E-NEVER-FIRES", "month 6"),
    "a window the wrong way round": (
        "from: 2, until: 5",
        "from: 5, until: §2",
        "E-WINDOW",
        "ends before it begins",
    ),
    "a condition beyond the end": (
        '"tension(council, hospital) > 0.6"',
        "§month > 40",
        "E-NEVER-FIRES",
        "never holds",
    ),
    "month and if": ("{month: 5}", '§{month: 5, if: "month > 2"}', "E-WHEN", "not both"),
    "neither month nor if": ("{month: 5}", "§{from: 5}", "E-WHEN", "either"),
    "no default": ("    default: file\n", "", "E-NO-DEFAULT", "default: answer"),
    "targets in an inject": (
        "who: [council, hospital], size: -0.1",
        "who: §targets, size: -0.1",
        "E-NO-TARGETS",
        "no one",
    ),
    "a pair of one": (
        "{effect: slack, who: [council, hospital]",
        "{effect: breach, who: §council",
        "E-PAIR",
        "Name both",
    ),
    "an effort on nothing": (
        "{effect: effort, measure: delayed_transfers, size: 0.2}",
        "§{effect: effort, size: 0.2}",
        "E-NO-ARGUMENT",
        "needs “measure”",
    ),
    "a selector among partners": (
        "who: [council, hospital], size: -0.1",
        "who: [council, §payers], size: -0.1",
        "E-WHO",
        "two rows",
    ),
    # --- conditions: the column is the one inside the text
    "a partner unknown in a condition": (
        "tension(council, hospital)",
        "tension(council, §hospitle)",
        "E-CONDITION",
        "“hospital” (line 61)",
    ),
    "a term unknown in a condition": (
        "mean_trust >= civil",
        "§mean_trst >= civil",
        "E-CONDITION",
        "“mean_trust”",
    ),
    "one equals sign": ("eruptions == 0", "eruptions §= 0", "E-CONDITION", "“==”"),
    "a word of another scale": (
        "mean_trust >= civil",
        "mean_trust >= §high",
        "E-CONDITION",
        "civil",
    ),
    "a number for a condition": (
        "when: eruptions == 0",
        "when: §eruptions",
        "E-CONDITION",
        "Compare",
    ),
    "a promise nobody can keep": (
        '"month >= 6 and delayed_transfers < 9"',
        "§month >= 7",
        "E-NEVER-KEPT",
        "Nobody can ever",
    ),
    "a gap that nothing fills": (
        "bad: He waited and waited.}",
        'bad: He waited.}\n    pieces: {waited: [§"He waited {mornings}."]}',
        "E-GAP",
        "“{mornings}”",
    ),
    "half a brace": (
        "bad: He waited and waited.}",
        'bad: He waited.}\n    pieces: {waited: [§"He waited {days."]}',
        "E-GAP",
        "other half",
    ),
    "a last ending that may not fit": (
        'when: "true"',
        "when: §eruptions == 0",
        "E-LAST-ENDING",
        "whatever happened",
    ),
    "an ending after one that always fits": (
        '{id: good, title: It held, when: "trust(council, hospital) >= good", text: It held.}\n'
        '    - {id: still, title: Still dancing, when: "true"',
        "{id: good, title: It held, when: month >= 0, text: It held.}\n"
        '    - {id: still, title: Still dancing, when: §"true"',
        "E-NEVER-ENDS-SO",
        "always comes first",
    ),
    # --- what can be played, and is probably not meant
    "text too long": ("title: Winter", "title: §" + "Winter " * 12, "W-LONG", "projector"),
    "too few minutes": ("minutes: 60", "minutes: §20", "W-MINUTES", "about 36 minutes"),
    "a real person": (
        "{role: Director of Care}",
        "{role: §Jane Smith}",
        "W-NAME",
        "looks like a person's name",
    ),
    "a promise about a figure nobody publishes": (
        "measure: delayed_transfers}",
        "measure: §integration}",
        "E-UNKNOWN-MEASURE",
        "no published measure",
    ),
    "a hint for a turn that never comes": (
        "{turn: 1, step: board,",
        "{turn: §3, step: board,",
        "E-NO-TURN",
        "no turn 3",
    ),
    "a hint for no step": ("step: months,", "step: §month,", "E-CHOICE", "“months”"),
    "two hints for one step": (
        "{step: months, text: The months run by themselves.}",
        "{step: months, text: They run.}\n  - {step: §months, text: The months run.}",
        "E-DUPLICATE-HINT",
        "already, in line",
    ),
    "a feared date after the end": (
        "feared_date: {month: 6",
        "feared_date: {month: §9",
        "W-FEARED-DATE",
        "never comes",
    ),
    "a repeating month": (
        "when: {month: 5}",
        "when: {month: 5}\n    repeats: §true",
        "W-REPEATS",
        "only once",
    ),
    "one choice": (
        "      - {id: file, text: File it}\n    default: file",
        "    default: answer",
        "W-ONE-CHOICE",
        "no choice",
    ),
    "one of the two knows": (
        "known_to: [home-care]",
        "known_to: [§council]",
        "W-KNOWN-TO",
        "one of the two",
    ),
    "an argument that does nothing": (
        "{effect: safety, who: at_table, size: 0.1}",
        "{effect: safety, who: at_table, size: 0.1, measure: §trust}",
        "W-IDLE",
        "does nothing",
    ),
    "coffee switched off": ("off: [penalty]", "off: [§coffee]", "W-ALWAYS-HELD", "always holds"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_where_it_stands(mistake: str, tmp_path: Path) -> None:
    before, after, code, words = MISTAKES[mistake]
    assert TOWN.count(before) >= 1, "the town has changed under this mistake"
    text = TOWN.replace(before, after, 1)
    file = tmp_path / "elmham.yaml"
    file.write_text(text.replace("§", ""), encoding="utf-8")

    messages = [m for m in check_files([file]) if m.level != "advice" or m.code == "W-NAME"]

    found = [message for message in messages if message.code == code]
    assert found, [str(message) for message in messages]
    message = found[0]
    assert words in f"{message.text} {message.suggestion}"
    assert message.file == str(file)
    if "§" in text:
        marked = text[: text.index("§")]
        assert (message.line, message.column) == (
            marked.count("\n") + 1,
            len(marked) - (marked.rfind("\n") + 1) + 1,
        ), str(message)
    assert message.line > 0
    assert message.source == text.replace("§", "").splitlines()[message.line - 1]
    assert message.text.strip()[-1] in ".?:"
    # one mistake is told once: no flood of consequences
    assert len(messages) <= 3, [str(one) for one in messages]

    if message.level == "error":
        with pytest.raises(ScenarioError) as caught:
            load_scenario(file)
        assert f"{file}:{message.line}:{message.column}" in str(caught.value)
    else:
        assert load_scenario(file).id == "elmham"


def test_the_town_itself_is_right() -> None:
    messages = check_files([Path(__file__).parent / "elmham.yaml"])
    assert [m.code for m in messages] == ["A-MATTERS"]


def test_there_are_enough_mistakes() -> None:
    assert len(MISTAKES) >= 40


def test_the_caret_stands_under_the_spot(tmp_path: Path) -> None:
    file = tmp_path / "elmham.yaml"
    file.write_text(TOWN.replace("axis: where", "axis: were"), encoding="utf-8")
    [message] = [m for m in check_files([file]) if m.level == "error"]
    lines = formatted(message).splitlines()
    assert lines[1].index("were") == lines[2].index("^")


def test_the_caret_of_a_very_long_line_is_still_under_it(tmp_path: Path) -> None:
    file = tmp_path / "elmham.yaml"
    long = "x" * 150
    town = TOWN.replace("when: eruptions == 0", f"when: '{'month < 4 or ' * 12} {long} == 0'")
    file.write_text(town, encoding="utf-8")
    [message] = [m for m in check_files([file]) if m.code == "E-CONDITION"]
    lines = formatted(message).splitlines()
    assert lines[1][lines[2].index("^")] == "x"


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "elmham.yaml"
    town = TOWN.replace("axis: where", "axis: were").replace("off: [penalty]", "off: [penality]")
    town = town.replace("  minutes: 60", "  minutes: 60\n  minuts: 3")
    file.write_text(town, encoding="utf-8")
    codes = {message.code for message in check_files([file])}
    assert {"E-UNKNOWN-AXIS", "E-UNKNOWN-MOVE", "E-UNKNOWN-KEY"} <= codes


GARBAGE = (None, True, 3, -1.5, 10**30, "", "wary", "council", [], {}, [[]], [None], {"a": None})


def refusal(text: str) -> ScenarioError | None:
    try:
        read_scenario(text)
    except ScenarioError as error:
        return error
    return None


@pytest.mark.parametrize(
    "every", [11, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_no_value_whatever_in_any_place_is_a_crash(every: int) -> None:
    """Every value of the town in turn becomes something else: messages, never a traceback."""
    document = yamlfile.read_text(TOWN, "elmham.yaml")
    places = [path for path in document.places if path]
    for turn, path in list(enumerate(places))[::every]:
        data = deepcopy(document.data)
        around = data
        for part in path[:-1]:
            around = around[part]
        around[path[-1]] = deepcopy(GARBAGE[turn % len(GARBAGE)])
        refused = refusal(yamlfile.written(data))
        if refused is not None:
            assert str(refused)
            assert all(message.text for message in refused.messages)
