"""The tree of a condition, and what is said about one that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sim.errors import UserError
from sim.fields import LEVEL_WORDS, TRUST_WORDS
from sim.words import _

Comparator = Literal["<", "<=", ">", ">=", "==", "!="]
SCALE_WORDS: Final = {
    word.replace(" ", "_"): value for word, value in (TRUST_WORDS | LEVEL_WORDS).items()
}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a condition: where (1 = first character), and how to mend it."""

    column: int
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.suggestion}" if self.suggestion else self.message


class ConditionError(UserError):
    """A condition that cannot be read; ``problems`` holds one or more of them."""

    def __init__(self, text: str, problems: tuple[Problem, ...]) -> None:
        self.text = text
        self.problems = problems
        first = problems[0]
        super().__init__(
            _("In the condition “{text}”, character {column}: {problem}").format(
                text=text if len(text) <= 80 else text[:79] + "…",
                column=first.column,
                problem=first,
            )
        )


# --- the tree; every node knows the column it starts in -------------------------------


@dataclass(frozen=True)
class Number:
    """A number."""

    column: int
    value: float


@dataclass(frozen=True)
class Truth:
    """``true`` or ``false``."""

    column: int
    value: bool


@dataclass(frozen=True)
class Word:
    """A word of the scale."""

    column: int
    word: str

    @property
    def value(self) -> float:
        """The number it stands for."""
        return SCALE_WORDS[self.word]

    @property
    def scale(self) -> Literal["trust", "level"]:
        """The scale it belongs to."""
        return "trust" if self.word in TRUST_WORDS else "level"


@dataclass(frozen=True)
class Argument:
    """An id in a term's brackets."""

    column: int
    id: str


@dataclass(frozen=True)
class Reference:
    """A term: ``month``, ``trust(council, hospital)``."""

    column: int
    name: str
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True)
class Not:
    """``not …``."""

    column: int
    inner: Node


@dataclass(frozen=True)
class Negative:
    """``-…``."""

    column: int
    inner: Node


@dataclass(frozen=True)
class Chain:
    """Several things joined from left to right: ``a and b and c``, ``a + b - c``.

    ``rest`` pairs each operator with what follows it.  In one chain the operators are
    all ``and``, all ``or``, all of ``+ -``, or all of ``* /``.
    """

    column: int
    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True)
class Comparison:
    """``left < right`` and its five relatives."""

    column: int
    left: Node
    operator: Comparator
    right: Node


Node = Number | Truth | Word | Reference | Not | Negative | Chain | Comparison
