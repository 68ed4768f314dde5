"""A folder of sessions as one table; their files are only read, also while they are played."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import UserError
from sim.journal import JournalError, Line, read
from sim.journal.shelf import SUFFIX
from sim.plays.decisions import Row, decisions
from sim.results import OutError, check_out
from sim.scenario import Scenario
from sim.words import _

if TYPE_CHECKING:
    import polars as pl

COLUMNS: Final = {
    "session": "str", "decision": "int", "consent": "bool", "scenario": "str",
    "scenario_hash": "str", "program": "str", "rules": "str", "luck": "str",
    "visibility": "str", "hand_mode": "str", "replies_mode": "bool", "shocks": "str",
    "promise": "str", "theories": "str", "parameters": "str", "parent": "str",
    "parent_turn": "int", "copied": "bool", "recorded": "bool", "turn": "int", "month": "int",
    "place": "int", "kind": "str", "chosen": "str", "to": "str", "about": "str",
    "hand": "str", "legal": "int", "replies": "str", "prediction": "int", "people": "int",
    "undone": "bool", "seconds": "float", "seconds_before": "float",
}  # fmt: skip
"""The table's columns in order, and what is in each; docs/research.md says what they mean."""
NOTE: Final = "note"
_ROUNDS: Final = 200_000


class PlaysError(UserError):
    """A folder that has nothing to be exported."""


@dataclass(frozen=True)
class Plays:
    """What a folder's sessions decided.

    ``sessions`` were read, ``unasked`` of them without consent in their file; ``left_out``
    were not, for want of it; ``problems`` are sentences on those that could not be.
    """

    rows: tuple[Row, ...]
    sessions: int
    unasked: int
    left_out: int
    problems: tuple[JournalError, ...]
    notes: bool = False


def gather(folder: Path, *, everyone: bool = False, notes: bool = False) -> Plays:
    """Every decision of the sessions in ``folder``, session by session.

    Only of those whose file says that the room agreed, unless it is to be of ``everyone``.
    ``notes`` adds what was written at the car park.  Raises :class:`PlaysError` for a
    folder that cannot be read or has no sessions.
    """
    found: dict[str, list[Row]] = {}
    unasked = left_out = 0
    problems: list[JournalError] = []
    known: dict[tuple[str, str], Scenario] = {}
    for path in _paths(folder):
        try:
            lines = read(path).lines
            consent = lines[0].data.get("consent") is True
            if not consent and not everyone:
                left_out += 1
                continue
            own = _pseudonym(lines[0].hash)
            given = {"session": own, "consent": consent, "parent": _parent(lines[0], folder)}
            found[own] = [given | row for row in _rows(lines, path, notes, known)]
            unasked += not consent
        except JournalError as error:
            problems.append(error)
    # by pseudonym: files stand in the order in which rooms sat down
    rows = tuple(row for _own, rows in sorted(found.items()) for row in rows)
    return Plays(rows, len(found), unasked, left_out, tuple(problems), notes)


def table(plays: Plays) -> pl.DataFrame:
    """The rows as a data frame with :data:`COLUMNS`, and ``note`` where notes were wanted."""
    import polars as pl

    kinds = {"str": pl.String, "int": pl.Int32, "bool": pl.Boolean, "float": pl.Float64}
    columns = COLUMNS | ({NOTE: "str"} if plays.notes else {})
    schema = {name: kinds[kind] for name, kind in columns.items()}
    return pl.DataFrame([{name: row.get(name) for name in columns} for row in plays.rows], schema)


def write(plays: Plays, path: Path) -> int:
    """Write the table to a Parquet or CSV file; how many rows there were.

    Raises :class:`~sim.results.OutError`.
    """
    check_out(path)
    made = table(plays)
    try:
        if path.suffix.lower() == ".csv":
            made.write_csv(path)
        else:
            made.write_parquet(path)
    except OSError as error:
        raise OutError(
            _("{file} cannot be written: {why}.").format(file=path, why=error.strerror or error)
        ) from error
    return made.height


def _paths(folder: Path) -> list[Path]:
    try:
        if not folder.is_dir():
            raise PlaysError(
                _("There is no folder {folder}.").format(folder=folder),
                _("Name the folder that has the sessions in it, files that end in .jsonl."),
            )
        paths = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)
    except OSError as error:
        raise PlaysError(
            _("The folder {folder} cannot be read: {why}.").format(
                folder=folder, why=error.strerror or error
            )
        ) from error
    if not paths:
        raise PlaysError(
            _("There are no sessions in {folder}.").format(folder=folder),
            _("Name the folder that has the sessions in it, files that end in .jsonl."),
        )
    return paths


def _rows(
    lines: Sequence[Line], path: Path, notes: bool, known: dict[tuple[str, str], Scenario]
) -> list[Row]:
    """A session's rows; what its lines lack was not lost by us."""
    try:
        return decisions(lines, path, notes=notes, known=known)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise JournalError(
            _("The session {file} cannot be read: it lacks what this program needs.").format(
                file=path
            ),
            _("Open it with the version that wrote it. The file was left as it is."),
            path,
        ) from error


def _parent(first: Line, folder: Path) -> str | None:
    """The session that a branch left, under the same pseudonym as in its own rows."""
    told = first.data.get("parent")
    if not isinstance(told, Mapping):
        return None
    file = Path(str(told.get("file", ""))).name
    if file:
        try:
            return _pseudonym(read(folder / file).lines[0].hash)
        except JournalError:
            pass
    # gone, or never saved: its branches at least have it in common
    return _pseudonym(_told(told, "started") + _told(told, "name") + (file or _told(told, "hash")))


def _told(told: Mapping[str, Any], name: str) -> str:
    return str(told.get(name, ""))


def _pseudonym(secret: str) -> str:
    """A session's name in the table: the same in every export, telling nothing by itself.

    All else that a header holds stands in the table too, so that when a room sat down
    could be found by trying out seconds: each try is made dear.
    """
    return hashlib.pbkdf2_hmac("sha256", secret.encode(), b"left-unsaid plays", _ROUNDS, 8).hex()
