"""Strategies: headless players that see what a group sees, and nothing else.

Nearly all are playbooks, one small YAML file each, in a format that trainers and
researchers write too (:mod:`sim.playbooks.playbook`).

>>> load_strategy("relational").name
'relational'
"""

from sim.playbooks.families import FAMILIES_OF_PLAY, NoSuchFamily, draw_playbook
from sim.playbooks.library import (
    NoSuchStrategy,
    load_strategy,
    read_strategy,
    strategies,
    strategy_document,
    strategy_names,
)
from sim.playbooks.playbook import Playbook, PlaybookError, read_playbook
from sim.playbooks.strategies import Choice, PlaybookStrategy, Scripted, ScriptedTurn, Strategy

__all__ = [
    "FAMILIES_OF_PLAY",
    "Choice",
    "NoSuchFamily",
    "NoSuchStrategy",
    "Playbook",
    "PlaybookError",
    "PlaybookStrategy",
    "Scripted",
    "ScriptedTurn",
    "Strategy",
    "draw_playbook",
    "load_strategy",
    "read_playbook",
    "read_strategy",
    "strategies",
    "strategy_document",
    "strategy_names",
]
