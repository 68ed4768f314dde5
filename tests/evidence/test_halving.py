"""What ships about halving and doubling: whole, of these rules, and refused when damaged."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from sim.compiled import rules_hash
from sim.evidence import EvidenceError, halving
from sim.evidence.halved import FILE, read
from sim.facts.halving import LUCKS, changes_of, measured, written
from sim.parameters import PARAMETERS, THEORIES


def shipped() -> str:
    return resources.files("sim.evidence").joinpath(FILE).read_text(encoding="utf-8")


def test_every_value_was_halved_and_doubled_within_its_range():
    found = halving()
    assert list(found.tested) == list(PARAMETERS)
    for name, tested in found.tested.items():
        parameter = PARAMETERS[name]
        assert tested.arms, name
        for arm in tested.arms:
            assert parameter.low <= arm.value <= parameter.high
            assert arm.value != tested.value
            assert len(arm.moved) == 2
            assert {len(row) for row in arm.moved} == {len(found.outcomes)}


def test_it_was_made_by_the_rules_there_are():
    assert halving().rules == rules_hash(), "rules have changed: run `make findings`"


def test_the_headline_is_told_with_its_interval_and_who_turns_it_round():
    found = halving()
    assert found.lead.low <= found.lead.by <= found.lead.high
    turning = {one.name for one in found.turning}
    for name, tested in found.tested.items():
        assert (name in turning) is any(arm.lead.low <= 0 for arm in tested.arms)


def test_what_only_reaches_admissions_moves_nothing_else():
    """A check of the run itself: growth of admissions is read by nobody before month 60."""
    found = halving()
    trend = found.tested["admission_trend_per_year"]
    staff, trust, eruptions, admissions = range(4)
    assert trend.reach(staff) == trend.reach(trust) == trend.reach(eruptions) == 0.0
    assert trend.reach(admissions) > 1.0


# --- what half and double are ---------------------------------------------------------------


def test_a_range_that_ends_before_the_double_cuts_it():
    halved, doubled = changes_of(PARAMETERS["joint_gate_high"], 0.75)
    assert (halved.value, halved.cut) == (0.4, True)
    assert (doubled.value, doubled.cut) == (1.0, True)
    assert [c.cut for c in changes_of(PARAMETERS["trust_gain"], 0.04)] == [False, False]


def test_of_a_chance_when_nothing_helps_the_odds_are_halved():
    """Half of nought would be no test."""
    halved, doubled = changes_of(PARAMETERS["success_base"], 0.0)
    assert halved.value == pytest.approx(-0.6931, abs=1e-4)
    assert doubled.value == pytest.approx(0.6931, abs=1e-4)


def test_switches_are_thrown():
    for name in THEORIES:
        assert [(c.way, c.value) for c in changes_of(PARAMETERS[name], 0.0)] == [("on", 1.0)]
    assert [c.way for c in changes_of(PARAMETERS["trust_weights"], 1.0)] == ["off"]


@pytest.mark.slow
def test_the_same_rules_give_the_same_file():
    """Two lucks rather than two hundred, twice; and what ships was made with all of them."""
    assert written(measured(2)) == written(measured(2))
    assert halving().lucks == LUCKS


# --- damage ---------------------------------------------------------------------------------


def refused(text: str) -> str:
    with pytest.raises(EvidenceError) as error:
        read(text)
    assert "make findings" in error.value.hint
    return error.value.message


def changed(**new: object) -> str:
    return json.dumps({**json.loads(shipped()), **new})


def test_a_file_that_is_cut_short_is_refused():
    assert "no JSON" in refused(shipped()[:4000])


def test_another_form_is_refused():
    assert "form 7" in refused(changed(form=7))


def test_a_missing_part_is_named():
    said = json.loads(shipped())
    del said["lucks"]
    assert "lucks" in refused(json.dumps(said))


def test_a_value_or_a_measure_that_does_not_exist_is_named():
    said = json.loads(shipped())
    said["values"]["goodwill"] = said["values"].pop("trust_gain")
    assert "goodwill" in refused(json.dumps(said))
    assert "happiness" in refused(changed(outcomes=[["happiness", 36]]))


@pytest.mark.parametrize("bad", [[1.0, 2.0, 3.0], [float("nan")] * 3, [1.0], "much"])
def test_an_interval_that_is_none_is_refused(bad: object):
    refused(changed(lead=bad))


@pytest.mark.parametrize("text", ["", "[]", "null", "7", '{"form": 1}', '{"form": 1, "values": 3}'])
def test_anything_else_is_refused_in_a_sentence(text: str):
    assert refused(text).endswith(".")
