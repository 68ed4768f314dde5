"""Scenario files: their shape, what is wrong with one, and reading one."""

from sim.scenario.load import (
    Listed,
    check_files,
    find_scenario,
    list_scenarios,
    load_scenario,
    read_scenario,
    scenarios_folder,
)
from sim.scenario.messages import Message, ScenarioError, formatted
from sim.scenario.schema import Scenario

__all__ = [
    "Listed",
    "Message",
    "Scenario",
    "ScenarioError",
    "check_files",
    "find_scenario",
    "formatted",
    "list_scenarios",
    "load_scenario",
    "read_scenario",
    "scenarios_folder",
]
