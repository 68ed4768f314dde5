"""Strategies: headless players that see what a group sees, and nothing else.

Nearly all are playbooks, one small YAML file each, in a format that trainers and
researchers write too (:mod:`sim.playbooks.playbook`).

>>> load_strategy("relational").name
'relational'
"""

from sim.playbooks.library import NoSuchStrategy, load_strategy, strategies, strategy_names
from sim.playbooks.playbook import Playbook, PlaybookError, read_playbook
from sim.playbooks.strategies import Choice, PlaybookStrategy, Scripted, ScriptedTurn, Strategy

__all__ = [
    "Choice",
    "NoSuchStrategy",
    "Playbook",
    "PlaybookError",
    "PlaybookStrategy",
    "Scripted",
    "ScriptedTurn",
    "Strategy",
    "load_strategy",
    "read_playbook",
    "strategies",
    "strategy_names",
]
