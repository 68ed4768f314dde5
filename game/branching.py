"""The branches of a play as lanes: who left whom at which turn, how far each came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.words import _

if TYPE_CHECKING:
    from sim.journal import Kept
    from sim.journal.family import Branch
    from sim.session import Session


@dataclass(frozen=True)
class Lane:
    """One play of the family: it has turns ``first`` to ``last`` of its own.

    ``above`` is the lane it left at the choices of its first turn, -1 for the first play.
    ``path`` is None where its file is gone or cannot be opened; ``problem`` then says why.
    """

    name: str
    above: int
    first: int
    last: int
    here: bool = False
    ending: str = ""  # its title; "" while it is not over
    path: Path | None = None
    problem: str = ""


def lanes(session: Session) -> tuple[Lane, ...]:
    """The family of the session that is being played, parents before their branches."""
    if session.path is None or not session.saved:
        return (_own(session, -1, 1),)
    from sim.journal.family import family

    tree = family(session.path)
    return tuple(_below(tree, -1, [0], session)) or (_own(session, -1, 1),)


def _below(branch: Branch, above: int, count: list[int], session: Session) -> Iterator[Lane]:
    first = max(1, branch.turn)
    mine = count[0]
    count[0] += 1
    if branch.kept is not None and branch.kept.path == session.path:
        yield _own(session, above, first)
    else:
        yield _other(branch, above, first, session)
    for child in branch.branches:
        yield from _below(child, mine, count, session)


def _own(session: Session, above: int, first: int) -> Lane:
    ending = session.ending
    return Lane(
        session.name or _("The first play"), above, first, max(first, session.turn), here=True,
        ending=ending.title if ending is not None else "", path=session.path,
    )  # fmt: skip


def _other(branch: Branch, above: int, first: int, session: Session) -> Lane:
    name = branch.name or _("The first play")
    last = max([first, *(child.turn for child in branch.branches)])
    if branch.kept is None:
        return Lane(name, above, first, last, problem=_("Its file is gone."))
    if branch.kept.problem:
        return Lane(name, above, first, last, problem=branch.kept.problem)
    ending = _ending(branch.kept, session) if branch.kept.ended else ""
    last = max(last, branch.kept.turn)
    return Lane(name, above, first, last, ending=ending, path=branch.kept.path)


def _ending(kept: Kept, session: Session) -> str:
    """The title of the ending that a kept play came to."""
    from sim.journal import JournalError, read

    titles = {ending.id: ending.title for ending in session.scenario.story.endings}
    try:
        for line in reversed(read(kept.path).lines):
            if line.kind == "ending":
                return titles.get(line.data["ending"]["id"], "…")
    except (JournalError, KeyError, TypeError):
        pass
    return "…"


def suggestion(turn: int, known: tuple[Lane, ...]) -> str:
    """A name for a new branch that none of those known has."""
    plain = _("Turn {turn}, otherwise").format(turn=turn)
    taken = {lane.name for lane in known}
    name, number = plain, 2
    while name in taken:
        name, number = f"{plain} ({number})", number + 1
    return name
