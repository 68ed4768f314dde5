"""Checks across the parts of a scenario that has the right shape."""

from __future__ import annotations

from sim.scenario.merging import Sources
from sim.scenario.messages import Message
from sim.scenario.schema import Scenario


def checked(scenario: Scenario, sources: Sources) -> list[Message]:
    """Everything to be said about a scenario that can be judged without playing it."""
    return []
