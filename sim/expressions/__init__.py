"""The condition language: read, check, evaluate, and compile to arrays.

One small typed language serves injects, promises, endings, effects, playbooks and
studies: ``trust(council, hospital) < wary and month >= 12``.  Nothing in a file is ever
run as Python.

>>> from sim.fields import TERMS
>>> tree = parse("tension(council, hospital) > 0.6 or month >= 12")
>>> check(tree, TERMS, ["council", "hospital"], [])
()
"""

from sim.expressions.meaning import EDGE, Values, Wanted, check, interpret
from sim.expressions.possible import Possible, possible
from sim.expressions.program import Program, compile_condition, evaluate, pack
from sim.expressions.syntax import DEEPEST, LONGEST, parse
from sim.expressions.tree import ConditionError, Node, Problem
from sim.spelling import meant as suggest

__all__ = [
    "DEEPEST",
    "EDGE",
    "LONGEST",
    "ConditionError",
    "Node",
    "Possible",
    "Problem",
    "Program",
    "Values",
    "Wanted",
    "check",
    "compile_condition",
    "evaluate",
    "interpret",
    "pack",
    "parse",
    "possible",
    "suggest",
]
