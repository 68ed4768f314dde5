"""The facts that the model must reproduce, looked at as ``unsaid facts`` looks at them.

`make test` uses as many lucks as decide; `make test-all` two hundred an arm, as reported.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from sim.facts.fact import Fact, Verdict
from sim.facts.lab import Lab
from sim.facts.suite import FACTS, chosen, look

FEW = {"4": 120, "5": 120, "8": 200, "9": 200, "13": 200, "14": 10, "18": 250}
"""Lucks an arm in the quick form, where they are not :data:`USUAL`."""
USUAL = 60


def id_of(fact: Fact) -> str:
    return f"fact {fact.id}"


def verdicts(facts: tuple[Fact, ...], lab: Lab) -> dict[str, Verdict]:
    return {finding.fact.id: finding.verdict for finding in look(lab, facts)}


@pytest.fixture(scope="module")
def labs() -> dict[int, Lab]:
    """One lab for each number of lucks: facts share their runs."""
    return {}


@pytest.mark.parametrize("fact", FACTS, ids=id_of)
def test_the_model_does_what_it_must(fact: Fact, labs: dict[int, Lab]) -> None:
    seeds = FEW.get(fact.id, USUAL)
    (finding,) = look(labs.setdefault(seeds, Lab(seeds)), [fact])
    assert finding.verdict == "met", [check.as_dict() for check in finding.checks]


@pytest.mark.slow
@pytest.mark.parametrize("fact", FACTS, ids=id_of)
def test_at_two_hundred_lucks_an_arm(fact: Fact, labs: dict[int, Lab]) -> None:
    (finding,) = look(labs.setdefault(200, Lab(200)), [fact])
    assert finding.verdict == "met", [check.as_dict() for check in finding.checks]


@pytest.mark.parametrize(
    ("fact", "world"),
    [
        ("1", {"theories": ["symmetric_trust"]}),
        ("2", {"parameters": {"history_cushion": 5.0}}),
        ("4", {"theories": ["no_effect_on_admissions"]}),
        ("5", {"parameters": {"admission_trend_per_year": 0.0}}),
        ("6", {"parameters": {"case_finding_bump": 0.0}}),
        ("9", {"parameters": {"raise_avoidance": 0.0}}),
        ("10", {"parameters": {"well_base": 1.0}}),
        ("13", {"parameters": {"order_wear": 0.0, "effort_cost": 0.0}}),
        ("16", {"parameters": {"trust_gain": 0.02}}),
        ("17", {"parameters": {"ask_base": -2.0, "ask_slack": 0.0, "deputy_share": 0.0}}),
        ("18", {"theories": ["silence_is_harmless"]}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_in_another_world_the_fact_would_not_be_met(fact: str, world: dict[str, object]) -> None:
    """A check that every world passes says nothing of this one."""
    lab = Lab(24, **world)  # type: ignore[arg-type]
    assert verdicts(chosen([fact]), lab)[fact] == "not met"


def unsaid(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sim", "facts", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_says_what_was_expected_and_what_was_seen() -> None:
    told = unsaid("1", "3", "--seeds", "20", "--json")
    found = json.loads(told.stdout)
    assert told.returncode == 0
    assert [fact["fact"] for fact in found["facts"]] == ["1", "3"]
    (check,) = found["facts"][1]["checks"]
    assert check["expected"] == [None, 30.0]
    assert check["interval"][0] <= check["seen"] <= check["interval"][1]
    assert found["facts"][1]["role"] == "constraint"


def test_the_command_ends_with_one_when_a_fact_is_not_met() -> None:
    told = unsaid("1", "--seeds", "10", "--theory", "symmetric_trust")
    assert told.returncode == 1
    assert "NOT MET" in told.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["99"], "There is no fact “99”."),
        (["--set", "trust_gain"], "is no parameter and a number"),
        (["--set", "trust_gian=.1"], "There is no parameter called “trust_gian”."),
        (["--theory", "nonsense"], "nonsense"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(words: list[str], said: str) -> None:
    told = unsaid(*words)
    assert told.returncode == 1
    assert said in told.stderr
    assert "Traceback" not in told.stderr
