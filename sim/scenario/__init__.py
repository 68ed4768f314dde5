"""Scenario files: their shape, what is wrong with one, and reading one."""

from sim.scenario.schema import Scenario

__all__ = ["Scenario"]
