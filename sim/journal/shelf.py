"""Where sessions are kept, and which there are."""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sim.journal.errors import CannotSave, InUse, JournalError
from sim.journal.file import Journal, read

SUFFIX: Final = ".jsonl"
PERSONAL: Final = ("note", "seat")
"""Kinds of lines that people may want forgotten."""


@dataclass(frozen=True)
class Kept:
    """A session on the shelf.

    ``problem`` is the sentence that says why it cannot be opened, or "".  A branch has its
    ``name``, the file name of its ``parent``, and ``parent_turn``, at whose choices it left.
    """

    path: Path
    scenario: str
    title: str
    name: str
    started: str
    turn: int
    month: int
    ended: bool
    problem: str = ""
    parent: str = ""
    parent_turn: int = 0
    parents: Mapping[str, Any] | None = field(default=None, repr=False, compare=False)


def home_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Where the program keeps what is the user's: ``$UNSAID_HOME``, or the system's place."""
    environment = os.environ if environment is None else environment
    if chosen := environment.get("UNSAID_HOME"):
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = environment.get("APPDATA") or str(Path.home() / "AppData" / "Roaming")
        return Path(base) / "left-unsaid"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "left-unsaid"
    data = environment.get("XDG_DATA_HOME", "")
    # the XDG base directory specification: a path that is not absolute is to be ignored
    base = data if data.startswith("/") else str(Path.home() / ".local" / "share")
    return Path(base) / "left-unsaid"


def sessions_folder() -> Path:
    """The folder of the sessions; it need not be there yet."""
    return home_folder() / "sessions"


def new_path(folder: Path, name: str, now: datetime) -> Path:
    """A file name for a new session, such as ``2015-04-01-0930-market-town-3f9a.jsonl``."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "session"
    return folder / f"{now:%Y-%m-%d-%H%M}-{plain}-{secrets.token_hex(2)}{SUFFIX}"


def shelf(folder: Path | None = None) -> list[Kept]:
    """Every session in ``folder``, the latest first, damaged ones with their problem.

    A folder that is missing or may not be read has none.
    """
    folder = sessions_folder() if folder is None else folder
    kept: list[tuple[float, Kept]] = []
    try:
        paths = sorted(folder.glob("*" + SUFFIX))
    except OSError:
        return []
    for path in paths:
        try:
            kept.append((path.stat().st_mtime, _look(path)))
        except OSError:
            continue  # gone since the list was made
    kept.sort(key=lambda item: (-item[0], item[1].path.name))
    return [item for _time, item in kept]


def forget(path: Path, kinds: Sequence[str] = PERSONAL) -> None:
    """Keep the session at ``path`` without what people wrote and where they sat.

    The file is written anew, its chain too, and only then takes the old one's place; torn
    bytes set aside go as well.  Raises :class:`JournalError` when it cannot be opened and
    :class:`CannotSave` when it cannot be written, and then nothing has changed.
    """
    with Journal.open(path) as journal:
        lines = [(line.kind, line.data) for line in journal.lines[1:] if line.kind not in kinds]
        header = journal.header
    fresh = path.with_name(f"{path.stem}-{secrets.token_hex(2)}.fresh")
    Journal.create(fresh, header, lines).close()
    try:
        os.replace(fresh, path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise CannotSave(path, error) from error
    _drop_torn(path)


def delete(path: Path) -> None:
    """Delete the session at ``path``, unless it is open somewhere.

    A damaged file is deleted too: whoever asks for it has been told.
    """
    try:
        Journal.open(path).close()
    except InUse:
        raise
    except JournalError:
        pass
    try:
        path.unlink()
    except OSError as error:
        raise CannotSave(path, error) from error
    _drop_torn(path)


def _drop_torn(path: Path) -> None:
    for aside in path.parent.glob(path.name + ".torn*"):
        aside.unlink(missing_ok=True)


def _look(path: Path) -> Kept:
    try:
        reading = read(path)
    except JournalError as error:
        return Kept(path, "", path.stem, "", "", 0, 0, False, str(error))
    header = reading.header
    scenario = header.get("scenario")
    if not isinstance(scenario, dict):
        scenario = {}
    turn = month = 0
    ended = False
    for line in reading.lines:
        turn = line.data.get("turn", turn)
        month = line.data.get("month", month)
        ended = line.kind == "ending" or (ended and line.kind != "undo")
    parents = header.get("parent")
    if not isinstance(parents, dict):
        parents = {}
    return Kept(
        path,
        scenario.get("id", ""),
        scenario.get("title", path.stem),
        header.get("name", ""),
        header.get("started", ""),
        turn,
        month,
        ended,
        parent=str(parents.get("file", "")),
        parent_turn=turn_left if isinstance(turn_left := parents.get("turn"), int) else 0,
        parents=parents,
    )
