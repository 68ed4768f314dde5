"""What the page is put together from: sections of findings, each with a figure or a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Picture:
    """A figure: the name of its files, and how it is drawn when its turn comes."""

    name: str
    draw: Callable[[], Figure]


@dataclass(frozen=True)
class Grid:
    """A table to read: words from the first column on, numbers from column ``numbers`` on."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: int = 1


@dataclass(frozen=True)
class Piece:
    """A finding in plain words, what it is seen in, and how to read that."""

    finding: str
    picture: Picture | None = None
    grid: Grid | None = None
    caption: str = ""


@dataclass(frozen=True)
class Section:
    """One part of the page.

    ``tables`` are whole, for other programs, by name; ``missing`` says what could not be
    computed, and why.
    """

    id: str
    title: str
    lead: str = ""
    pieces: Sequence[Piece] = ()
    missing: Sequence[str] = ()
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
