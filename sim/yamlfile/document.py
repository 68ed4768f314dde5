"""What reading a file gives: plain data, and where each value stands; or what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sim.errors import UserError

Path_ = tuple[str | int, ...]
"""Where a value stands in the data: ``("partners", 2, "name")``."""


@dataclass(frozen=True)
class Flaw:
    """One thing wrong with a file: line and column count from 1, 0 for the file as a whole."""

    line: int
    column: int
    message: str
    suggestion: str = ""


class YamlError(UserError):
    """A file that cannot be read as restricted YAML; ``flaws`` holds one or more.

    ``document`` is what it most likely means, where the reader could go on to the end: only
    for looking for more mistakes in it.
    """

    def __init__(
        self,
        name: str,
        flaws: tuple[Flaw, ...],
        text: str = "",
        document: Document | None = None,
    ) -> None:
        self.document = document
        self.name = name
        self.flaws = flaws
        self.text = text
        first = flaws[0]
        where = f"{name}:{first.line}:{first.column}" if first.line else name
        super().__init__(f"{where}: {first.message}" if where else first.message, first.suggestion)


@dataclass(frozen=True)
class Place:
    """Line and column of a value and of its key."""

    value: tuple[int, int]
    key: tuple[int, int] | None = None
    exact: int | None = None  # columns from the value's start to its text, if on one line


@dataclass(frozen=True)
class Document:
    """A file as read: ``data``, its ``text``, and the place of every value and key."""

    name: str
    text: str
    data: Any
    places: dict[Path_, Place] = field(repr=False)

    def position(self, path: Path_, *, key: bool = False) -> tuple[int, int]:
        """Line and column (from 1) of a value, or of its key.

        A path that is not in the file gives the nearest part of it that is, so that
        a missing key points at the group which lacks it.
        """
        while path and path not in self.places:
            path = path[:-1]
        place = self.places[path]
        return place.key if key and place.key else place.value

    def within(self, path: Path_, offset: int) -> tuple[int, int]:
        """Line and column of one character (from 0) of a text; of its start, if it wraps."""
        place = self.places.get(path)
        if place is None or place.exact is None:
            return self.position(path)
        return place.value[0], place.value[1] + place.exact + offset

    def line(self, number: int) -> str:
        """One line of the file, counted from 1; "" outside it."""
        lines = self.text.splitlines()
        return lines[number - 1] if 1 <= number <= len(lines) else ""
