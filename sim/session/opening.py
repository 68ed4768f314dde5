"""Opening a session: its header, its play, and its decisions replayed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim import __version__
from sim.compiled import rules_hash
from sim.errors import UserError
from sim.journal import JournalError, Line, unpack
from sim.scenario import Scenario, read_scenario
from sim.session.locality_engine import LocalityEngine
from sim.session.log import DECISIONS, Log
from sim.session.parts import Said
from sim.session.play import Play
from sim.words import _

SAID = ("note", "hands_up", "seat", "vote", "branch")


def header(
    scenario: Scenario,
    *,
    luck: int,
    settings: dict[str, Any],
    consent: bool,
    started: str,
    name: str,
) -> dict[str, Any]:
    """A session's first line: everything that is needed to play it again from the file alone.

    ``luck`` becomes a schedule, ``[[first month, decimal string], …]``: JSON readers round
    64-bit numbers.
    """
    return {
        "program": __version__,
        "rules": rules_hash(),
        "scenario": {
            "id": scenario.id,
            "title": scenario.title,
            "hash": scenario.hash,
            "text": scenario.text,
        },
        "luck": [[1, str(luck)]],
        "settings": settings,
        "consent": consent,
        "started": started,
        "name": name,
    }


def replay(
    lines: Sequence[Line],
    path: Path,
    scenario: Scenario | None = None,
    watch: Callable[[Play, Line], None] | None = None,
) -> tuple[Play, list[Said], str]:
    """The play that a journal's lines tell of, what the room said, and how far it holds.

    The last is "" when this program's results are the recorded ones; otherwise the version
    that recorded them, and the play stands as its last snapshot shows it.  ``scenario`` is
    the header's, where it has been read already: reading takes longer than playing.
    ``watch`` is shown the play before each decision that is taken anew.
    """
    head = lines[0].data
    decisions = [line for line in lines if line.kind in DECISIONS]
    with _readable(path):
        scenario = scenario or _scenario(head, path)
        said = [
            Said(line.kind, line.data["turn"], {k: v for k, v in line.data.items() if k != "turn"})
            for line in lines
            if line.kind in SAID
        ]
        # a branch of a session that other rules played begins where it left that one
        first = _count(decisions, head.get("played_from", 0))
        play = _begun(scenario, head, path)
        begun = _as_recorded(play, decisions[:first])
    if begun and _again(
        play, decisions[first:], ours=head.get("rules") == rules_hash(), watch=watch
    ):
        return play, said, ""
    with _readable(path):
        play = _begun(scenario, head, path)
        if not _as_recorded(play, decisions):
            raise _otherwise(head, path)
        return play, said, str(head["program"])


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """What a journal lacks here was not lost by us: it was written by another version."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise JournalError(
            _("The session {file} cannot be read: it lacks what this program needs.").format(
                file=path
            ),
            _("Open it with the version that wrote it. The file was left as it is."),
            path,
        ) from error


def play_of(scenario: Scenario, head: dict[str, Any]) -> Play:
    """The play that a header describes, before its first turn."""
    settings = head["settings"]
    luck = tuple((int(month), int(value)) for month, value in head["luck"])
    engine = LocalityEngine(scenario, luck, settings)
    return Play(engine, scenario, settings["promise"])


def _scenario(head: dict[str, Any], path: Path) -> Scenario:
    """The scenario as the header carries it: the file it came from may be long gone."""
    told = head["scenario"]
    if hashlib.sha256(told["text"].encode()).hexdigest() != told["hash"]:
        raise JournalError(
            _("The scenario inside the session {file} is not the one it was played with.").format(
                file=path
            ),
            _("Put back an unchanged copy of the file. It was left as it is."),
            path,
            1,
        )
    try:
        return read_scenario(told["text"])
    except UserError as error:
        message = _("The scenario inside the session {file} is refused by this version: {why}")
        raise _refused(message, error, head, path) from error


def _begun(scenario: Scenario, head: dict[str, Any], path: Path) -> Play:
    """The play of a header, whose settings another version may have known better."""
    try:
        return play_of(scenario, head)
    except UserError as error:
        message = _("The session {file} was begun with what this version refuses: {why}")
        raise _refused(message, error, head, path) from error


def _refused(message: str, error: UserError, head: dict[str, Any], path: Path) -> JournalError:
    """What another version wrote, and this one does not take."""
    return JournalError(
        message.format(file=path, why=error.message),
        _("Open it with version {version}. The file was left as it is.").format(
            version=head["program"]
        ),
        path,
        1,
    )


def _count(decisions: Sequence[Line], turn: int) -> int:
    """How many decisions there are up to the beginning of ``turn``."""
    for number, line in enumerate(decisions):
        if line.kind == "turn" and line.data["turn"] == turn:
            return number + 1
    return 0


def _again(
    play: Play,
    decisions: Sequence[Line],
    *,
    ours: bool,
    watch: Callable[[Play, Line], None] | None = None,
) -> bool:
    """Take all decisions anew; whether everything came out as recorded.

    ``ours``: these very rules recorded them, so that what fails is a fault of this program
    and no other version's way of writing.
    """
    for line in decisions:
        data = dict(line.data)
        snapshot = data.pop("state", None)
        try:
            if watch is not None:
                watch(play, line)
            result = play.decide(line.kind, data)
        except (UserError, KeyError):
            return False  # what was legal is so no longer, or is no longer known
        except (IndexError, ValueError, TypeError):
            if ours:
                raise
            return False
        # through JSON, as the recorded one went
        if data | json.loads(json.dumps(result)) != data:
            return False
        if snapshot is not None and unpack(snapshot) != play.engine.state():
            return False
    return True


def _as_recorded(play: Play, decisions: Sequence[Line]) -> bool:
    """Follow the lines without the rules; whether the last snapshot could be put back."""
    known = 0  # up to which decision there is a state
    for number, line in enumerate(decisions, start=1):
        play.log.follow(line.kind, line.data)
        known = number if "state" in line.data else known
    if not known:
        return not decisions
    try:
        play.engine.set_state(unpack(decisions[known - 1].data["state"]))
    except ValueError:
        return False  # a later program keeps more, or less, of a locality
    if play.engine.month != play.log.month:
        # an early program kept a state a turn: what came after it cannot be shown in step
        play.log = Log(play.log.turns)
        for line in decisions[:known]:
            play.log.follow(line.kind, line.data)
    play.begin()
    return True


def _otherwise(head: dict[str, Any], path: Path) -> JournalError:
    return JournalError(
        _(
            "The session {file} was played with version {version}, whose model is another "
            "than this program's."
        ).format(file=path, version=head["program"]),
        _("Open it with that version. The file was left as it is."),
        path,
    )
