"""Can a condition ever be true?  Can it ever be false?

Values are followed as ranges: trust lies in 0 to 1, the month between the first and the
last.  The answer errs on the side of "yes, it can": a condition said to be impossible
is.  ``month > 40`` in a play of 36 months is found, and so is ``month > 9 and month < 4``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.expressions.meaning import EDGE
from sim.expressions.tree import (
    Chain,
    Comparison,
    Negative,
    Node,
    Not,
    Number,
    Reference,
    Truth,
    Word,
)
from sim.fields import Term

Range = tuple[float, float]
_Key = tuple[str, tuple[str, ...]]
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


@dataclass(frozen=True)
class Possible:
    """Whether a condition can be true, and whether it can be false."""

    true: bool
    false: bool


def possible(tree: Node, terms: Mapping[str, Term], known: Mapping[str, Range]) -> Possible:
    """What a checked condition can come to.

    ``known`` gives ranges of terms by name, such as ``{"month": (0, 36)}``; the rest
    follow from their scale.
    """
    return _Ranges(terms, known, {}).truth(tree)


class _Ranges:
    def __init__(
        self, terms: Mapping[str, Term], known: Mapping[str, Range], narrowed: dict[_Key, Range]
    ) -> None:
        self.terms = terms
        self.known = known
        self.narrowed = narrowed

    def truth(self, node: Node) -> Possible:
        match node:
            case Truth():
                return Possible(node.value, not node.value)
            case Not():
                inner = self.truth(node.inner)
                return Possible(inner.false, inner.true)
            case Comparison():
                return _compared(self.span(node.left), node.operator, self.span(node.right))
            case Chain() if node.rest[0][0] in ("and", "or"):
                parts = [node.first, *(right for _operator, right in node.rest)]
                each = [self.truth(part) for part in parts]
                if node.rest[0][0] == "or":
                    return Possible(any(p.true for p in each), all(p.false for p in each))
                inside = self.narrow(parts)
                true = inside is not None and all(inside.truth(part).true for part in parts)
                return Possible(true, any(p.false for p in each))
            case _:
                return Possible(True, True)

    def narrow(self, parts: list[Node]) -> _Ranges | None:
        """What is left of every range when all the parts hold; None when nothing is."""
        narrowed = dict(self.narrowed)
        for part in parts:
            if not isinstance(part, Comparison):
                continue
            for reference, operator, other in (
                (part.left, part.operator, part.right),
                (part.right, _TURNED[part.operator], part.left),
            ):
                if not isinstance(reference, Reference):
                    continue
                low, high = _Ranges(self.terms, self.known, narrowed).span(reference)
                least, most = self.span(other)
                if operator in (">", ">=", "=="):
                    low = max(low, least)
                if operator in ("<", "<=", "=="):
                    high = min(high, most)
                if low > high:
                    return None
                narrowed[_key(reference)] = (low, high)
        return _Ranges(self.terms, self.known, narrowed)

    def span(self, node: Node) -> Range:
        match node:
            case Number() | Word():
                return (node.value, node.value)
            case Negative():
                low, high = self.span(node.inner)
                return (-high, -low)
            case Reference():
                return self.narrowed.get(_key(node)) or self.of_term(node.name)
            case Chain():
                result = self.span(node.first)
                for operator, right in node.rest:
                    result = _joined(result, operator, self.span(right))
                return result
            case _:
                return (-EDGE, EDGE)

    def of_term(self, name: str) -> Range:
        term = self.terms[name]
        if name in self.known:
            return self.known[name]
        if term.scale in ("trust", "level"):
            return (0.0, 1.0)
        if term.sentence.endswith("0 to 1.5"):
            return (0.0, 1.5)
        return (-EDGE, EDGE)


def _key(node: Reference) -> _Key:
    return node.name, tuple(argument.id for argument in node.arguments)


def _compared(left: Range, operator: str, right: Range) -> Possible:
    if operator in (">", ">="):
        left, right, operator = right, left, _TURNED[operator]
    if operator == "<":
        return Possible(left[0] < right[1], left[1] >= right[0])
    if operator == "<=":
        return Possible(left[0] <= right[1], left[1] > right[0])
    meet = left[0] <= right[1] and right[0] <= left[1]
    fixed = left[0] == left[1] == right[0] == right[1]
    return Possible(meet, not fixed) if operator == "==" else Possible(not fixed, meet)


def _joined(left: Range, operator: str, right: Range) -> Range:
    if operator == "+":
        ends = [left[0] + right[0], left[1] + right[1]]
    elif operator == "-":
        ends = [left[0] - right[1], left[1] - right[0]]
    elif operator == "*":
        ends = [a * b for a in left for b in right]
    elif right[0] <= 0.0 <= right[1]:
        return (-EDGE, EDGE)
    else:
        ends = [a / b for a in left for b in right]
    return (max(-EDGE, min(ends)), min(EDGE, max(ends)))
