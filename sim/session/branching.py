"""A branch: another session that leaves this one at the choices of a turn."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sim import __version__
from sim.compiled import rules_hash
from sim.journal import Journal, Line, new_path
from sim.session.parts import NoSuchThing
from sim.words import _


def left_at(lines: list[Line], turn: int) -> int:
    """Number of the line with which ``turn`` began.

    Raises :class:`NoSuchThing` for a turn that has not.
    """
    begun = {line.data["turn"]: at for at, line in enumerate(lines) if line.kind == "turn"}
    if turn not in begun:
        raise NoSuchThing(
            _("The session cannot be branched at turn {turn}.").format(turn=turn),
            _("Choose a turn that has begun, from 1 to {last}.").format(last=max(begun)),
        )
    return begun[turn]


def name_of(name: str, turn: int, lines: list[Line]) -> str:
    """The branch's name: the one given, or one that no other branch of this session has."""
    if name.strip():
        return name.strip()
    taken = {line.data.get("name") for line in lines if line.kind == "branch"}
    plain = _("Turn {turn}, otherwise").format(turn=turn)
    name, number = plain, 2
    while name in taken:
        name, number = f"{plain} ({number})", number + 1
    return name


def header(journal: Journal, at: int, name: str, turn: int, recorded: bool) -> dict[str, Any]:
    """The first line of a branch that leaves ``journal`` after its line ``at``.

    ``parent`` tells where it left, and of its parents in turn: so that a family can be
    drawn though some of its files are gone.
    """
    first = journal.header
    made = first | {
        "name": name,
        "parent": {
            "file": journal.path.name if journal.path else "",
            "name": first.get("name", ""),
            "started": first.get("started", ""),
            "turn": turn,
            "hash": journal.lines[at].hash,
            "parent": first.get("parent"),
        },
        "program": __version__,
        "rules": rules_hash(),
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    if recorded:
        made["played_from"] = turn
    return made


def copied(lines: list[Line], at: int) -> list[tuple[str, dict[str, Any]]]:
    """What a branch takes with it: everything up to line ``at``, but not its sisters."""
    return [(line.kind, line.data) for line in lines[1 : at + 1] if line.kind != "branch"]


def journal_of(
    parent: Journal, first: dict[str, Any], lines: list[tuple[str, dict[str, Any]]]
) -> Journal:
    """The branch's journal: a file beside its parent's, or unsaved as that is."""
    if parent.path is None or not parent.saved:
        return Journal.unsaved(first, lines)
    scenario = str(first["scenario"]["id"])
    folder: Path = parent.path.parent
    return Journal.create(
        new_path(folder, f"{scenario} {first['name']}", datetime.now()), first, lines
    )
