"""Conditions as arrays, and the one rule that runs them, interpreted or compiled.

A program is a list of instructions for a small stack machine.  Each is one row of an
``int64`` array with four columns: what to do, then up to three numbers:

========================  =====================================================
``CONSTANT, c, 0, 0``     put ``consts[c]`` on the stack
``PARTNER, f, i, 0``      put ``partner[f, i]`` on the stack
``PAIR, f, i, j``         ``pair[f, i, j]``
``MATTER, f, m, 0``       ``matter[f, m]``
``PLACE, f, 0, 0``        ``place[f]``
``MEASURE, f, 0, 0``      ``measure[f]``
``NOT``, ``NEGATIVE``     replace the top
``AND`` … ``DIFFERENT``   take two off, put one on
========================  =====================================================

True is 1.0 and false is 0.0.  ``x / 0`` is 0, by rule, and every result of
arithmetic is held within ±``EDGE``, so that no condition ever meets an infinity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.compiled import rule
from sim.expressions.meaning import EDGE, Wanted, check
from sim.expressions.syntax import parse
from sim.expressions.tree import (
    Chain,
    Comparison,
    ConditionError,
    Negative,
    Node,
    Not,
    Number,
    Truth,
    Word,
)
from sim.fields import Term

COLUMNS: Final = 4
STACK: Final = 32
# Enough: each of the 13 levels that DEEPEST allows leaves at most two values waiting
# ("or" and "and", or "+" and "*"), one comparison leaves one, and one is on top: 28.

CONSTANT, PARTNER, PAIR, MATTER, PLACE, MEASURE = range(6)
NOT, NEGATIVE = range(6, 8)
AND, OR, ADD, SUBTRACT, MULTIPLY, DIVIDE = range(8, 14)
LESS, AT_MOST, MORE, AT_LEAST, SAME, DIFFERENT = range(14, 20)

_LOADS: Final = {
    "partner": PARTNER,
    "pair": PAIR,
    "matter": MATTER,
    "place": PLACE,
    "measure": MEASURE,
}
_OPERATORS: Final = {
    "and": AND,
    "or": OR,
    "+": ADD,
    "-": SUBTRACT,
    "*": MULTIPLY,
    "/": DIVIDE,
    "<": LESS,
    "<=": AT_MOST,
    ">": MORE,
    ">=": AT_LEAST,
    "==": SAME,
    "!=": DIFFERENT,
}


@dataclass(frozen=True, eq=False)
class Program:
    """One compiled condition: ``code`` int64 (instructions, 4), ``consts`` float64."""

    text: str
    code: NDArray[np.int64]
    consts: NDArray[np.float64]


def compile_condition(
    text: str,
    terms: Mapping[str, Term],
    partner_rows: Mapping[str, int],
    matter_rows: Mapping[str, int],
    *,
    wanted: Wanted = "boolean",
) -> Program:
    """Compile a condition (or, with ``wanted="number"``, a sum) against these rows.

    Raises:
        ConditionError: the text cannot be read, or names something unknown.
    """
    tree = parse(text)
    problems = check(tree, terms, partner_rows, matter_rows, wanted=wanted)
    if problems:
        raise ConditionError(text, problems)
    code: list[tuple[int, int, int, int]] = []
    consts: list[float] = []

    def constant(value: float) -> None:
        if value not in consts:
            consts.append(value)
        code.append((CONSTANT, consts.index(value), 0, 0))

    def emit(node: Node) -> None:
        match node:
            case Number() | Word() | Truth():
                constant(float(node.value))
            case Not() | Negative():
                emit(node.inner)
                code.append((NOT if isinstance(node, Not) else NEGATIVE, 0, 0, 0))
            case Chain():
                emit(node.first)
                for operator, right in node.rest:
                    emit(right)
                    code.append((_OPERATORS[operator], 0, 0, 0))
            case Comparison():
                emit(node.left)
                emit(node.right)
                code.append((_OPERATORS[node.operator], 0, 0, 0))
            case _:
                term = terms[node.name]
                rows = matter_rows if term.group == "matter" else partner_rows
                where = [rows[argument.id] for argument in node.arguments] + [0, 0]
                code.append((_LOADS[term.group], term.field, where[0], where[1]))

    emit(tree)
    return Program(
        text, np.array(code, dtype=np.int64).reshape(-1, COLUMNS), np.array(consts, dtype=float)
    )


def pack(
    programs: Sequence[Program | None],
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Lay many programs end to end.

    Returns ``code`` (all instructions, 4), ``consts``, and ``offsets``
    (programs + 1): program p runs from ``offsets[p]`` to ``offsets[p + 1]``.  None
    becomes an empty program, which is always true.  ``code`` and ``consts`` have at
    least one row, so that compiled code never meets an empty array.
    """
    code: list[NDArray[np.int64]] = []
    consts: list[NDArray[np.float64]] = []
    offsets = [0]
    before = 0
    for program in programs:
        if program is not None:
            part = program.code.copy()
            part[part[:, 0] == CONSTANT, 1] += before
            before += len(program.consts)
            code.append(part)
            consts.append(program.consts)
        offsets.append(offsets[-1] + (0 if program is None else len(program.code)))
    if not code:
        code.append(np.zeros((1, COLUMNS), dtype=np.int64))
    if not before:
        consts.append(np.zeros(1))
    return np.concatenate(code), np.concatenate(consts), np.array(offsets, dtype=np.int64)


@rule
def evaluate(code, consts, start, stop, partner, pair, matter, place, measure):  # type: ignore[no-untyped-def]
    """Run the instructions ``start`` to ``stop`` of ``code``; 1.0 for an empty program.

    ``partner[f, i]``, ``pair[f, i, j]``, ``matter[f, m]``, ``place[f]`` and
    ``measure[m]`` are float64 arrays or memoryviews.
    """
    if stop <= start:
        return 1.0
    stack = np.empty(STACK)
    top = -1
    for at in range(start, stop):
        op = int(code[at, 0])
        f = int(code[at, 1])
        i = int(code[at, 2])
        if op <= MEASURE:
            value = 0.0
            if op == CONSTANT:
                value = consts[f]
            elif op == PARTNER:
                value = partner[f, i]
            elif op == PAIR:
                value = pair[f, i, int(code[at, 3])]
            elif op == MATTER:
                value = matter[f, i]
            elif op == PLACE:
                value = place[f]
            else:
                value = measure[f]
            top += 1
            stack[top] = value
        elif op == NOT:
            stack[top] = 0.0 if stack[top] != 0.0 else 1.0
        elif op == NEGATIVE:
            stack[top] = 0.0 - stack[top]
        else:
            right = float(stack[top])
            top -= 1
            left = float(stack[top])
            value = 0.0
            if op == AND:
                value = 1.0 if left != 0.0 and right != 0.0 else 0.0
            elif op == OR:
                value = 1.0 if left != 0.0 or right != 0.0 else 0.0
            elif op == LESS:
                value = 1.0 if left < right else 0.0
            elif op == AT_MOST:
                value = 1.0 if left <= right else 0.0
            elif op == MORE:
                value = 1.0 if left > right else 0.0
            elif op == AT_LEAST:
                value = 1.0 if left >= right else 0.0
            elif op == SAME:
                value = 1.0 if left == right else 0.0
            elif op == DIFFERENT:
                value = 1.0 if left != right else 0.0
            else:
                if op == ADD:
                    value = left + right
                elif op == SUBTRACT:
                    value = left - right
                elif op == MULTIPLY:
                    value = left * right
                elif right != 0.0:
                    value = left / right
                if value > EDGE:
                    value = EDGE
                elif value < -EDGE:
                    value = -EDGE
            stack[top] = value
    return float(stack[0])
