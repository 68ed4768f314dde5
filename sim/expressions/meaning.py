"""What a condition means: whether its names and kinds fit, and its value.

:func:`interpret` walks the tree directly.  It is the twin that
:func:`sim.expressions.program.evaluate` is tested against.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sim.expressions.tree import (
    SCALE_WORDS,
    Chain,
    Comparison,
    Negative,
    Node,
    Not,
    Number,
    Problem,
    Reference,
    Truth,
    Word,
)
from sim.fields import Term
from sim.spelling import meant as suggest
from sim.words import _, ngettext

Wanted = Literal["boolean", "number"]
EDGE: Final = 1e15
"""Results of arithmetic are held within ± this, so that none is ever infinite."""


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    near = suggest(name, known)
    return _("Did you mean “{meant}”?").format(meant=near) if near else ""


def check(
    tree: Node,
    terms: Mapping[str, Term],
    partners: Iterable[str],
    matters: Iterable[str],
    *,
    wanted: Wanted = "boolean",
) -> tuple[Problem, ...]:
    """Everything wrong with a tree, in order of column; empty when it can be compiled.

    ``terms`` is the vocabulary, ``partners`` and ``matters`` the ids it may name.
    """
    return _Checker(terms, tuple(partners), tuple(matters)).all(tree, wanted)


class _Checker:
    def __init__(
        self, terms: Mapping[str, Term], partners: tuple[str, ...], matters: tuple[str, ...]
    ) -> None:
        self.terms = terms
        self.partners = partners
        self.matters = matters
        self.problems: list[Problem] = []

    def all(self, tree: Node, wanted: Wanted) -> tuple[Problem, ...]:
        self.want(tree, wanted)
        if wanted == "number":
            self.words(tree, tree)
        return tuple(sorted(self.problems, key=lambda problem: problem.column))

    def say(self, column: int, message: str, suggestion: str = "") -> None:
        self.problems.append(Problem(column, message, suggestion))

    def want(self, node: Node, wanted: Wanted) -> None:
        """Check ``node``, and that it is of the kind wanted at its place."""
        kind = self.kind(node)
        if kind == wanted or kind == "unknown":
            return
        if wanted == "boolean":
            example = _written(node) if isinstance(node, Reference) else ""
            self.say(
                node.column,
                _("A number stands where only true or false fits."),
                _("Compare it with something, such as: {example} >= 0.5").format(example=example)
                if example
                else _("Compare it with something."),
            )
        else:
            self.say(node.column, _("Something true or false stands where a number is needed."))

    def kind(self, node: Node) -> Wanted | Literal["unknown"]:
        match node:
            case Number() | Word():
                return "number"
            case Truth():
                return "boolean"
            case Reference():
                return self.reference(node)
            case Not():
                self.want(node.inner, "boolean")
                return "boolean"
            case Negative():
                self.want(node.inner, "number")
                return "number"
            case Comparison():
                self.want(node.left, "number")
                self.want(node.right, "number")
                self.words(node.left, node)
                self.words(node.right, node)
                return "boolean"
            case Chain():
                kind: Wanted = "boolean" if node.rest[0][0] in ("and", "or") else "number"
                for part in (node.first, *(right for _operator, right in node.rest)):
                    self.want(part, kind)
                    if kind == "boolean" and isinstance(part, Word):
                        self.lonely(part)
                return kind

    def reference(self, node: Reference) -> Wanted | Literal["unknown"]:
        term = self.terms.get(node.name)
        if term is None:
            meant = _did_you_mean(node.name, (*self.terms, *SCALE_WORDS))
            self.say(
                node.column,
                _("There is no term “{name}”.").format(name=node.name),
                meant or _("The terms are listed in scenarios/README.md."),
            )
            return "unknown"
        if len(node.arguments) != term.arity:
            self.arity(node, term)
            return "number"
        known = self.matters if term.group == "matter" else self.partners
        for argument in node.arguments:
            if argument.id not in known:
                what = (
                    _("There is no matter “{id}”.")
                    if term.group == "matter"
                    else _("There is no partner “{id}”.")
                )
                self.say(
                    argument.column,
                    what.format(id=argument.id),
                    _did_you_mean(argument.id, known),
                )
        if term.arity == 2 and node.arguments[0].id == node.arguments[1].id:
            self.say(
                node.arguments[1].column,
                _("“{name}” is about two different partners.").format(name=node.name),
            )
        return "number"

    def arity(self, node: Reference, term: Term) -> None:
        mean = f"mean_{node.name}"
        if term.arity == 0:
            self.say(
                node.column,
                _("“{name}” stands alone, without brackets.").format(name=node.name),
            )
            return
        example = {"matter": "late-discharges"}.get(
            term.group, ", ".join((*self.partners[:2], "council", "hospital")[: term.arity])
        )
        self.say(
            node.column,
            ngettext(
                "“{name}” needs {count} id in brackets.",
                "“{name}” needs {count} ids in brackets.",
                term.arity,
            ).format(name=node.name, count=term.arity),
            _("Write {name}({example}){or_mean}.").format(
                name=node.name,
                example=example,
                or_mean=_(", or {mean} for the average of all").format(mean=mean)
                if mean in self.terms and not node.arguments
                else "",
            ),
        )

    def words(self, node: Node, comparison: Node) -> None:
        """Words of the scale need a term of that scale in the same comparison."""
        scales = {
            self.terms[reference.name].scale
            for reference in _all(comparison, Reference)
            if reference.name in self.terms
        }
        if any(reference.name not in self.terms for reference in _all(comparison, Reference)):
            return  # said already
        for word in _all(node, Word):
            if not scales:
                self.lonely(word)
            elif scales != {word.scale}:
                right = {"trust": "broken, wary, civil, good, deep"}.get(
                    next(iter(scales)), "very_low, low, middling, high, very_high"
                )
                self.say(
                    word.column,
                    _("“{word}” does not belong to the scale of what stands beside it.").format(
                        word=word.word
                    ),
                    _("Write a number.")
                    if "number" in scales or len(scales) > 1
                    else _("Its words are {words}.").format(words=right),
                )

    def lonely(self, word: Word) -> None:
        self.say(
            word.column,
            _("“{word}” has nothing beside it that it could measure.").format(word=word.word),
        )


def _written(node: Reference) -> str:
    ids = ", ".join(argument.id for argument in node.arguments)
    return f"{node.name}({ids})" if ids else node.name


def _all(node: Node, kind: Any) -> list[Any]:
    """Every node of a kind in a tree, the tree itself included."""
    found = [node] if isinstance(node, kind) else []
    match node:
        case Not() | Negative():
            found += _all(node.inner, kind)
        case Comparison():
            found += _all(node.left, kind) + _all(node.right, kind)
        case Chain():
            found += _all(node.first, kind)
            for _operator, right in node.rest:
                found += _all(right, kind)
        case _:
            pass
    return found


@dataclass(frozen=True)
class Values:
    """What a condition reads: the arrays of a locality, and which row is whose."""

    terms: Mapping[str, Term]
    partner_rows: Mapping[str, int]
    matter_rows: Mapping[str, int]
    partner: Any
    pair: Any
    matter: Any
    place: Any
    measure: Any


def interpret(tree: Node, values: Values) -> float:
    """The value of a checked tree: 1.0 and 0.0 for true and false."""
    match tree:
        case Number() | Word() | Truth():
            return float(tree.value)
        case Reference():
            return _read(tree, values)
        case Not():
            return 0.0 if interpret(tree.inner, values) else 1.0
        case Negative():
            return 0.0 - interpret(tree.inner, values)
        case Comparison():
            left, right = interpret(tree.left, values), interpret(tree.right, values)
            return float(
                {
                    "<": left < right,
                    "<=": left <= right,
                    ">": left > right,
                    ">=": left >= right,
                    "==": left == right,
                    "!=": left != right,
                }[tree.operator]
            )
        case Chain():
            result = interpret(tree.first, values)
            for operator, right_side in tree.rest:
                result = _join(result, operator, interpret(right_side, values))
            return result


def _join(left: float, operator: str, right: float) -> float:
    if operator == "and":
        return float(bool(left) and bool(right))
    if operator == "or":
        return float(bool(left) or bool(right))
    if operator == "+":
        result = left + right
    elif operator == "-":
        result = left - right
    elif operator == "*":
        result = left * right
    else:
        result = left / right if right else 0.0
    return max(-EDGE, min(EDGE, result))


def _read(node: Reference, values: Values) -> float:
    term = values.terms[node.name]
    rows = values.matter_rows if term.group == "matter" else values.partner_rows
    where = (term.field, *(rows[argument.id] for argument in node.arguments))
    array = getattr(values, term.group)
    return float(array[where if len(where) > 1 else where[0]])
