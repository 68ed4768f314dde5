"""Points that somebody else has laid: a CSV or Parquet table, one row a point."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.errors import UserError
from sim.spelling import meant
from sim.sweep.shape import Factor, label_of, number_of
from sim.words import _

if TYPE_CHECKING:
    import polars as pl

    from sim.sweep.designs import Axis

ENDINGS: Final = (".csv", ".parquet")


class TableError(UserError):
    """A table of points that cannot be read."""


@dataclass(frozen=True, eq=False)
class Table:
    """A table as read; ``text`` is the same as CSV, from which it can be read again."""

    name: str
    text: str
    data: pl.DataFrame

    @property
    def rows(self) -> int:
        """How many points it holds."""
        return self.data.height

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(self.data.columns)

    def factors(self) -> dict[str, Factor]:
        """Every column as a factor: the span of its numbers, or its words."""
        found: dict[str, Factor] = {}
        for name in self.columns:
            values = [value for value in self.data[name].to_list() if value is not None]
            numbers = [_number(value) for value in values]
            stated = [number for number in numbers if number is not None]
            if stated and len(stated) == len(values) and min(stated) < max(stated):
                found[name] = Factor(low=min(stated), high=max(stated))
            else:
                found[name] = Factor(values=tuple(dict.fromkeys(values)))
        return found

    def column(self, axis: Axis) -> NDArray[np.float64]:
        """The values of one factor; places among its labels for words and flags."""
        values = self.data[axis.name].to_list()
        if axis.labels is not None:
            place = {label: float(at) for at, label in enumerate(axis.labels)}
            return np.array([place[label_of(value)] for value in values])
        return np.array([_number(value) for value in values], dtype=np.float64)

    def problems(self, axes: tuple[Axis, ...], given: bool) -> Iterator[tuple[str, str]]:
        """What is wrong with the columns that ``axes`` need: sentence and suggestion.

        ``given`` says that the axes are the study's own, so that values must lie within them.
        """
        if not self.rows:
            yield _("{file} has no rows: there is nothing to run.").format(file=self.name), ""
            return
        for axis in axes:
            if axis.name not in self.columns:
                near = meant(axis.name, self.columns)
                yield (
                    _("{file} has no column “{name}”.").format(file=self.name, name=axis.name),
                    _("Is “{meant}” meant to be it?").format(meant=near)
                    if near
                    else _("Its columns are: {names}.").format(names=", ".join(self.columns[:30])),
                )
                continue
            for row, value in enumerate(self.data[axis.name].to_list(), start=1):
                if why := _unfit(value, axis, given):
                    yield (
                        _("{file}, row {row}, column “{name}”: {why}").format(
                            file=self.name, row=row, name=axis.name, why=why
                        ),
                        "",
                    )
                    break


def _number(value: Any) -> float | None:
    """The number that a cell holds, also beside words of a scale; None for anything else."""
    try:
        return float(value) if isinstance(value, str) else number_of(value)
    except ValueError:
        return number_of(value)


def _unfit(value: Any, axis: Axis, given: bool) -> str:
    """Why a value cannot be that of an axis; "" when it can."""
    if value is None:
        return _("the value is missing.")
    if axis.labels is not None:
        if label_of(value) not in axis.labels:
            return _("“{value}” is not one of: {names}.").format(
                value=label_of(value), names=", ".join(axis.labels)
            )
        return ""
    number = _number(value)
    if number is None or not np.isfinite(number):
        return _("{value} is no number.").format(value=value)
    if axis.kind == "whole" and number != int(number):
        return _("a whole number is needed, not {value:g}.").format(value=number)
    if given and axis.span is not None and not axis.span[0] <= number <= axis.span[1]:
        return _("{value:g} lies outside the study's {low:g} to {high:g}.").format(
            value=number, low=axis.span[0], high=axis.span[1]
        )
    if given and axis.span is None and number not in axis.values:
        return _("{value:g} is not one of the study's values.").format(value=number)
    return ""


def read_table(path: Path) -> Table:
    """A table from a file.  Raises :class:`TableError`."""
    import polars as pl

    if path.suffix.lower() not in ENDINGS:
        raise TableError(
            _("{file}: a list of points is a CSV or Parquet file.").format(file=path.name),
            _("Its name ends in .csv or .parquet."),
        )
    if not path.is_file():
        raise TableError(_("There is no file {file}.").format(file=path))
    try:
        if path.suffix.lower() == ".csv":
            text = path.read_text(encoding="utf-8-sig")
        else:
            text = pl.read_parquet(path).write_csv()
    except UnicodeDecodeError:
        raise TableError(_("{file} is not UTF-8 text.").format(file=path.name)) from None
    except (OSError, pl.exceptions.PolarsError) as error:
        raise _unread(path.name, error) from None
    return table_of(text, path.name)


def table_of(text: str, name: str) -> Table:
    """A table from its text.  Raises :class:`TableError`."""
    import polars as pl

    try:
        data = pl.read_csv(io.BytesIO(text.encode("utf-8")), infer_schema_length=None)
    except pl.exceptions.PolarsError as error:
        raise _unread(name, error) from None
    return Table(name, text, data.rename({column: column.strip() for column in data.columns}))


def _unread(name: str, error: Exception) -> TableError:
    why = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return TableError(_("{file} cannot be read as a table: {why}.").format(file=name, why=why))
