"""What happens is told in sentences that a person would say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sim.fields import MEASURES, PROJECT_KINDS
from sim.labels import (
    calendar,
    listed,
    measure_name,
    measure_parts,
    measure_title,
    measure_value,
    pounds,
)
from sim.moves import Event
from sim.names import MatterWords, Names
from sim.phrases import CODES, cause, project, reply, scene, sentence
from sim.rules.events import CODES as RULE_CODES
from sim.rules.ledger import CAUSES
from sim.shocks import SHOCKS
from sim.words import use_language

NAMES = Names(
    partners={"council": "Northmarsh Council", "hospital": "Saltmere General", "gps": "Marsh GPs"},
    roles={"council": "Director of Adult Social Care"},
    matters={
        "late-discharges": MatterWords(
            "We value our partnership.",
            "You discharge at eleven at night.",
            "A pause.",
            "A letter.",
        )
    },
    moves={"coffee": "Coffee"},
    cards={"the-mp-writes": "The MP writes"},
    options={("the-mp-writes", "answer"): "Answer together"},
)
EVERYTHING: dict[str, str | float | int] = {
    "a": "council", "b": "hospital", "who": "council", "source": "council", "about": "hospital",
    "matter": "late-discharges", "with": "hospital", "against": "gps", "members": "council,gps",
    "kind": "small_experiment", "money": 150.0, "amount": 20.0, "level": 2, "name": "winter",
    "id": "the-mp-writes", "option": "answer", "move": "coffee", "targets": "council hospital",
    "reason": "The diary is full.", "reply": "deputy", "cause": "coffee", "breach": 0.4, "slot": 1,
}  # fmt: skip


def told(code: str, **args: str | float | int) -> str:
    return sentence(Event(7, code, args), NAMES)


@pytest.mark.parametrize("code", CODES)
def test_every_event_is_a_whole_sentence_without_ids(code: str) -> None:
    for month in range(1, 9):
        said = sentence(Event(month, code, EVERYTHING), NAMES)
        assert said.rstrip("”")[-1] in ".:!?" or said.endswith("”"), said
        assert said[0].isupper() or said[0] in "“£", said
        assert not re.search(r"[{}_]|late-discharges|\b(council|hospital|gps)\b", said), said


@pytest.mark.parametrize("code", CODES)
def test_an_event_of_an_old_journal_that_lacks_its_arguments_still_reads(code: str) -> None:
    assert sentence(Event(1, code, {}), NAMES)


def test_an_event_nobody_has_words_for_is_told_by_its_code() -> None:
    assert told("moon_landed", who="hospital") == "moon landed: hospital."


def test_what_is_avoided_tells_what_was_said_instead_and_never_what_was_not() -> None:
    for month in range(1, 13):
        event = Event(month, "avoided", EVERYTHING)
        assert "We value our partnership." in sentence(event, NAMES)
        assert "eleven at night" not in sentence(event, NAMES)
        assert scene(event, NAMES) == ""


def test_the_same_event_always_reads_the_same() -> None:
    event = Event(3, "raised_well", EVERYTHING)
    assert sentence(event, NAMES) == sentence(event, NAMES)


def test_the_scenario_s_own_words_come_with_what_comes_out() -> None:
    assert scene(Event(1, "erupted", EVERYTHING), NAMES) == "A letter."
    assert scene(Event(1, "raised_badly", EVERYTHING), NAMES) == "A pause."
    # a scene is told once; the second time there is another, or none
    assert scene(Event(1, "raised_well", EVERYTHING), NAMES, before=1) == ""
    words = replace(NAMES.matters["late-discharges"], raised_again=("Again.",))
    names = replace(NAMES, matters={"late-discharges": words})
    assert scene(Event(1, "raised_well", EVERYTHING), names, before=1) == "Again."
    assert scene(Event(1, "raised_well", EVERYTHING), names, before=2) == ""


def test_a_project_is_told_by_its_kind() -> None:
    said = told("project_started", members="council,gps", kind="pilot")
    assert "Northmarsh Council and Marsh GPs" in said
    assert "pilot" in said
    assert "pilot" not in told("project_started", members="council,gps", kind="programme")
    assert [project(kind) for kind in PROJECT_KINDS] == [project(n) for n in range(1, 6)]


def test_who_trusts_whom_less_says_why() -> None:
    for month in range(1, 9):
        event = Event(month, "trust_down", {"a": "council", "b": "hospital", "cause": "coffee"})
        said = sentence(event, NAMES)
        assert all(word in said for word in ("Northmarsh Council", "Saltmere General", "Coffee"))
    assert cause("coffee", NAMES) == "Coffee"
    assert cause("the-mp-writes", NAMES) == "The MP writes"
    assert cause("some_new_process", NAMES) == "some new process"


def test_working_together_less_is_never_told_as_more() -> None:
    pair = {"a": "council", "b": "hospital"}
    for level in (1, 2, 3):
        up = {sentence(Event(m, "joint_step", pair | {"level": level, "up": 1}), NAMES)
              for m in range(40)}  # fmt: skip
        down = {sentence(Event(m, "joint_step", pair | {"level": level, "up": 0}), NAMES)
                for m in range(40)}  # fmt: skip
        assert up
        assert down
        assert not up & down


def test_every_cause_of_the_ledger_has_words() -> None:
    assert [word for word in CAUSES if cause(word, NAMES) == word.replace("_", " ")] == []


def test_everything_the_rules_can_say_has_words() -> None:
    assert set(RULE_CODES) - set(CODES) == set()


def test_every_shock_has_words() -> None:
    for name in SHOCKS:
        assert "_" not in (said := told("shock", name=name, who="gps"))
        assert name.replace("_", " ").capitalize() + "." != said or name == "winter"


def test_replies_are_told() -> None:
    assert reply("Saltmere General", "full") == "Saltmere General finds the diary full."
    assert reply("Saltmere General", "") == "Saltmere General has not been asked."


def test_names_are_listed_as_people_say_them() -> None:
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "nobody",
        "A",
        "A and B",
        "A, B and C",
    ]


def test_months_follow_each_other_over_the_new_year() -> None:
    assert [calendar(month, 11, 2015) for month in (1, 2, 3, 15)] == [
        "November 2015",
        "December 2015",
        "January 2016",
        "January 2017",
    ]


def test_money_is_said_in_pounds() -> None:
    assert [pounds(x) for x in (0.25, 5, 20, 1000, 1250)] == [
        "£200",
        "£5,000",
        "£20,000",
        "£1 million",
        "£1.2 million",
    ]


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_a_name_and_a_way_to_be_written(measure: str) -> None:
    assert "_" not in measure_name(measure)
    assert measure_title(measure)[0].isupper()
    assert "," not in measure_title(measure)
    assert measure_name(measure).startswith(measure_parts(measure)[0])
    assert measure_value(measure, 0.5)


def test_an_unknown_language_leaves_the_source() -> None:
    assert not use_language("tlh")
    assert listed([]) == "nobody"
    assert use_language("en")
