"""A run as a function: what other tools call."""

from __future__ import annotations

import pytest

from sim import run
from sim.errors import UserError
from sim.headless import play_through
from sim.library import scenario
from sim.parameters import ParameterError
from sim.playbooks import load_strategy

pytestmark = pytest.mark.compiled


def test_a_run_as_a_dictionary() -> None:
    seen = run(scenario="first-steps", strategy="relational", seed=3, trust_gain=0.06)
    played = play_through(
        scenario("first-steps"), load_strategy("relational"), luck=3,
        parameters={"trust_gain": 0.06},
    )  # fmt: skip
    assert {name: seen[name] for name in played.measures[-1]} == played.measures[-1]
    assert seen["ending"] == played.ending
    assert tuple(seen["promises"]) == played.promises


def test_what_there_is_not_is_said_in_a_sentence() -> None:
    with pytest.raises(ParameterError, match="trust_gian"):
        run(scenario="first-steps", trust_gian=0.06)
    with pytest.raises(UserError, match="1 to 120"):
        run(scenario="first-steps", months=121)
