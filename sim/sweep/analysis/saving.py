"""Tables, figures and pages on disk: the same folder in, the same bytes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.errors import UserError
from sim.sweep.analysis.drawing.style import house_style, saved
from sim.sweep.analysis.parts import Section
from sim.words import _

if TYPE_CHECKING:
    import polars as pl

TABLES: Final = "tables"
FIGURES: Final = "figures"
SIGNIFICANT: Final = 12
"""Figures kept in a table: enough for anybody, and the same whatever added them up."""


class CannotSave(UserError):
    """An analysis that cannot be written where it was asked for."""


@dataclass(frozen=True)
class Drawn:
    """A figure on disk, and as SVG to be put into the page."""

    name: str
    svg: bytes


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the disk says into a sentence."""
    try:
        yield
    except OSError as error:
        raise CannotSave(
            _("{file} cannot be written: {why}.").format(file=path, why=error.strerror or error),
            _("Make room, or name another folder with --out. The sweep itself is untouched."),
        ) from error


def make_folders(out: Path) -> None:
    """Make the folder of an analysis and those within it."""
    for folder in (out / TABLES, out / FIGURES):
        with told(folder):
            folder.mkdir(parents=True, exist_ok=True)


def save_tables(sections: Iterable[Section], out: Path) -> list[Path]:
    """Every table as CSV and as Parquet."""
    paths = []
    for section in sections:
        for name, frame in section.tables.items():
            whole = rounded(frame)
            for path in (out / TABLES / f"{name}.csv", out / TABLES / f"{name}.parquet"):
                with told(path):
                    if path.suffix == ".csv":
                        whole.write_csv(path)
                    else:
                        whole.write_parquet(path, compression="zstd", statistics=False)
                paths.append(path)
    return paths


def rounded(frame: pl.DataFrame) -> pl.DataFrame:
    """The table with its floats rounded to :data:`SIGNIFICANT` figures, and no nan."""
    import polars.selectors as cs

    return frame.with_columns(cs.float().fill_nan(None).round_sig_figs(SIGNIFICANT))


def save_figures(sections: Iterable[Section], out: Path) -> dict[str, Drawn]:
    """Draw every figure, as SVG and PNG; by name."""
    found = {}
    with house_style():
        for section in sections:
            for piece in section.pieces:
                if piece.picture is None:
                    continue
                name = piece.picture.name
                svg, png = saved(piece.picture.draw())
                for path, data in (
                    (out / FIGURES / f"{name}.svg", svg),
                    (out / FIGURES / f"{name}.png", png),
                ):
                    with told(path):
                        path.write_bytes(data)
                found[name] = Drawn(name, svg)
    return found


def save_text(path: Path, text: str) -> Path:
    """Write a page."""
    with told(path):
        path.write_text(text, encoding="utf-8", newline="\n")
    return path
