"""From the text of a condition to a tree: tokens, grammar, and where things went wrong.

The grammar, from loosest to tightest (a small language with a parser of its own, so
that no text from a file is ever run as Python)::

    condition   either
    either      both ("or" both)*
    both        negation ("and" negation)*
    negation    "not" negation | comparison
    comparison  sum (("<" | "<=" | ">" | ">=" | "==" | "!=") sum)?
    sum         product (("+" | "-") product)*
    product     sign (("*" | "/") sign)*
    sign        "-" sign | atom
    atom        number | "true" | "false" | word | term | "(" either ")"
    term        name | name "(" id ("," id)* ")"

A word is a word of the scale (``wary``, ``very_high``).  Ids may hold hyphens, so
inside a term's brackets ``-`` belongs to the id; everywhere else it is a minus.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sim.expressions.tree import (
    SCALE_WORDS,
    Argument,
    Chain,
    Comparator,
    Comparison,
    ConditionError,
    Negative,
    Node,
    Not,
    Number,
    Problem,
    Reference,
    Truth,
    Word,
)
from sim.words import _

LONGEST: Final = 400  # characters
DEEPEST: Final = 12  # brackets, nots and minus signs inside one another
LARGEST: Final = 1e9  # no number in a condition needs to be larger

COMPARATORS: Final = ("<=", ">=", "==", "!=", "<", ">")
KEYWORDS: Final = ("and", "or", "not", "true", "false")


def parse(text: str) -> Node:
    """Read a condition.

    Raises:
        ConditionError: it is empty, too long, nested too deeply, or not a condition.
    """
    return _Parser(text).whole()


# --- tokens ---------------------------------------------------------------------------

_TOKEN: Final = re.compile(
    r"(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))"
    r"|(?P<name>[a-z][a-z0-9_]*)"
    r"|(?P<operator><=|>=|==|!=|[-<>+*/(),])"
)
_ID: Final = re.compile(r"[a-z][a-z0-9-]*")

_ADVICE: Final = {
    "=": "==",
    "&": "and",
    "|": "or",
    "!": "not",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "–": "-",
    "−": "-",
    "×": "*",
    "÷": "/",
    "[": "(",
    "]": ")",
}


@dataclass(frozen=True)
class _Token:
    kind: str  # number, name, operator, id, end
    text: str
    column: int


def _problem(text: str, column: int, message: str, suggestion: str = "") -> ConditionError:
    return ConditionError(text, (Problem(column, message, suggestion),))


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at, in_term = 0, False
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = (in_term and _ID.match(text, at)) or _TOKEN.match(text, at)
        if not match:
            raise _strange(text, at)
        kind = match.lastgroup or "id"
        token = _Token(kind, match.group(), at + 1)
        if token.text == "(" and tokens and tokens[-1].kind == "name":
            in_term = tokens[-1].text not in KEYWORDS
        elif token.text == ")":
            in_term = False
        tokens.append(token)
        at = match.end()
    tokens.append(_Token("end", "", len(text) + 1))
    return tokens


def _strange(text: str, at: int) -> ConditionError:
    sign = text[at]
    if sign in _ADVICE:
        return _problem(
            text,
            at + 1,
            _("“{sign}” means nothing here.").format(sign=sign),
            _("Did you mean “{meant}”?").format(meant=_ADVICE[sign]),
        )
    if sign in "\"'“”‘’`":
        return _problem(text, at + 1, _("Ids and words stand here without quotation marks."))
    if sign.isalpha() and sign != sign.lower():
        return _problem(text, at + 1, _("Terms and ids are written in lower case."))
    return _problem(text, at + 1, _("“{sign}” means nothing in a condition.").format(sign=sign))


# --- the parser -----------------------------------------------------------------------


class _Parser:
    """Recursive descent; ``depth`` counts what is open, so recursion stays shallow."""

    def __init__(self, text: str) -> None:
        self.text = text
        if len(text) > LONGEST:
            raise _problem(
                text,
                LONGEST + 1,
                _("A condition has at most {most} characters; this one has {count}.").format(
                    most=LONGEST, count=len(text)
                ),
            )
        self.tokens = _tokens(text)
        self.at = 0
        self.depth = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.at]

    def take(self, *texts: str) -> _Token | None:
        token = self.now
        if token.kind in ("name", "operator") and token.text in texts:
            self.at += 1
            return token
        return None

    def refuse(self, message: str, suggestion: str = "") -> ConditionError:
        return _problem(self.text, self.now.column, message, suggestion)

    def deeper(self, read: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.refuse(
                _("More than {most} brackets and signs inside one another.").format(most=DEEPEST),
                _("Split it into several conditions."),
            )
        node = read()
        self.depth -= 1
        return node

    def whole(self) -> Node:
        if self.now.kind == "end":
            raise self.refuse(_("Nothing is written here."), _("For “always” write true."))
        node = self.either()
        if self.now.kind != "end":
            raise self.unexpected()
        return node

    def unexpected(self) -> ConditionError:
        token = self.now
        if token.kind == "end":
            return self.refuse(_("The condition breaks off here."))
        if token.text == ")":
            return self.refuse(_("This bracket was never opened."))
        if token.text in COMPARATORS:
            return self.refuse(
                _("Only two things can be compared at once."),
                _("Write: a < b and b < c."),
            )
        return self.refuse(
            _("“{token}” does not fit here.").format(token=token.text),
            _("Is an “and”, an “or” or a comparison missing before it?")
            if token.kind in ("name", "number")
            else "",
        )

    def chain(self, operators: tuple[str, ...], read: Callable[[], Node]) -> Node:
        first = read()
        rest: list[tuple[str, Node]] = []
        while token := self.take(*operators):
            rest.append((token.text, read()))
        return Chain(first.column, first, tuple(rest)) if rest else first

    def either(self) -> Node:
        return self.chain(("or",), self.both)

    def both(self) -> Node:
        return self.chain(("and",), self.negation)

    def negation(self) -> Node:
        if token := self.take("not"):
            return Not(token.column, self.deeper(self.negation))
        return self.comparison()

    def comparison(self) -> Node:
        left = self.sum()
        if not (token := self.take(*COMPARATORS)):
            return left
        right = self.sum()
        operator: Comparator = token.text  # type: ignore[assignment]
        return Comparison(left.column, left, operator, right)

    def sum(self) -> Node:
        return self.chain(("+", "-"), self.product)

    def product(self) -> Node:
        return self.chain(("*", "/"), self.sign)

    def sign(self) -> Node:
        if token := self.take("-"):
            return Negative(token.column, self.deeper(self.sign))
        return self.atom()

    def atom(self) -> Node:
        token = self.now
        if token.kind == "number":
            self.at += 1
            if float(token.text) > LARGEST:
                raise _problem(self.text, token.column, _("This number is too large."))
            return Number(token.column, float(token.text))
        if self.take("("):
            node = self.deeper(self.either)
            self.close(token)
            return node
        if token.kind == "name" and token.text not in ("and", "or", "not"):
            self.at += 1
            return self.named(token)
        raise self.unexpected()

    def named(self, token: _Token) -> Node:
        if token.text in ("true", "false"):
            return Truth(token.column, token.text == "true")
        if token.text == "very" and self.now.text in ("low", "high"):
            self.at += 1
            return Word(token.column, f"very_{self.tokens[self.at - 1].text}")
        if token.text in SCALE_WORDS:
            return Word(token.column, token.text)
        if not (bracket := self.take("(")):
            return Reference(token.column, token.text)
        arguments: list[Argument] = []
        while True:
            if self.now.kind != "id":
                raise self.refuse(
                    _("An id belongs here, such as {term}(council, hospital).").format(
                        term=token.text
                    )
                )
            arguments.append(Argument(self.now.column, self.now.text))
            self.at += 1
            if not self.take(","):
                break
        self.close(bracket)
        return Reference(token.column, token.text, tuple(arguments))

    def close(self, bracket: _Token) -> None:
        if self.take(")"):
            return
        if self.now.kind == "end":
            raise _problem(self.text, bracket.column, _("This bracket is never closed."))
        raise self.unexpected()
