"""A moment of a session: everything that futures go on from, taken from its journal alone.

Taking one reads lines that are there already: the session is not touched, no rule is run,
and nothing is unpacked before a future is asked for.  So any moment that has been can be
had as well as the present one, of a session that is being played or of one on disk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sim.journal import Line
from sim.moves import Event
from sim.scenario import Scenario
from sim.session import AsRecorded, NoSuchThing, Phase, Session, TurnRecord
from sim.session.log import DECISIONS, Log
from sim.words import _

OPENED: Final = ("turn", "luck")
"""Lines with which a turn begins: with a luck of its own, where a branch took one."""


@dataclass(frozen=True)
class Lived:
    """One turn as it was played, or as far as it has been.

    ``opened`` and ``revealed`` are states (packed, as in the journal): as its choices were
    opened, and as it was revealed, "" before that.  ``settled`` is how many of the record's
    confidences were dealt with while choosing; the others were after the reveal.
    """

    record: TurnRecord
    opened: str
    revealed: str = ""
    settled: int = 0
    lived: int = 0  # months of it that have run

    @property
    def turn(self) -> int:
        """Its number, from 1."""
        return self.record.turn

    @property
    def answers(self) -> dict[str, str]:
        """Cards answered: option by inject."""
        return {answer.inject: answer.option for answer in self.record.answers}

    @property
    def dealt(self) -> dict[int, str]:
        """Cards that wanted an answer: inject by the month in which they came."""
        return {answer.month: answer.inject for answer in self.record.answers}

    @property
    def silences(self) -> tuple[Event, ...]:
        """What came of each silence, in order, in the month of its row."""
        return tuple(e for e in self.record.events if e.code.startswith("silence_"))


@dataclass(frozen=True)
class Moment:
    """Where a session stands, or stood; it can be pickled, and knows no file.

    ``decided``: the present turn's moves are what lies in its diary, whether they have been
    asked or not; otherwise who plays on decides them anew, an open turn's as it was opened.
    """

    text: str = field(repr=False)  # of the scenario
    settings: Mapping[str, Any]
    luck: tuple[tuple[int, int], ...]  # (first month, 64 bits), in order, up to now
    phase: Phase
    month: int
    state: str = field(repr=False)  # packed
    turns: tuple[Lived, ...] = field(repr=False)  # up to now, the present one last
    decided: bool = False
    card: str = ""  # inject that lies on the table before the next month
    answer: str = ""  # and the option chosen, if one has been
    silent: tuple[tuple[str, str, str], ...] = ()  # rows after which nobody has spoken
    over: str = field(default="", repr=False)  # packed state as the last turn ended, once it has

    @property
    def turn(self) -> int:
        """The present turn, from 1."""
        return self.turns[-1].turn

    @property
    def open(self) -> bool:
        """Whether a turn has begun of which no month has run."""
        return (
            self.phase is not Phase.REVEALED
            and self.phase is not Phase.ENDED
            and (self.turns[-1].lived == 0)
        )

    def as_it_stands(self) -> Moment:
        """The same, the diary closed with what lies in it, be it nothing."""
        return replace(self, decided=True) if self.open else self

    @classmethod
    def of(cls, session: Session) -> Moment:
        """Where ``session`` stands now.  Raises :class:`~sim.session.AsRecorded`."""
        if session.recorded:
            raise AsRecorded(str(session.lines[0].data["program"]))
        return moment_of(session.lines, session.scenario)


def moment_of(
    lines: Sequence[Line], scenario: Scenario, *, turn: int | None = None, decided: bool = False
) -> Moment:
    """A moment of the session that ``lines`` tell of, ``scenario`` being the one it plays.

    The present one; or with ``turn``, as the choices of that turn were opened, none of them
    made; or with ``decided`` too, once they were made, before anybody was asked.

    Raises :class:`~sim.session.NoSuchThing` for a turn that has not begun, or whose choices
    are still being made.
    """
    return _follow(lines[: _until(lines, turn, decided)], scenario, decided)


def lived_of(lines: Sequence[Line], scenario: Scenario) -> tuple[Lived, ...]:
    """Every turn of a session, to be lived again from an earlier moment."""
    return _follow(lines, scenario, False).turns


def _until(lines: Sequence[Line], turn: int | None, decided: bool) -> int:
    """How many lines there are up to that moment."""
    if turn is None:
        return len(lines)
    found, present = -1, 0
    for at, line in enumerate(lines):
        if line.kind == "turn":
            present = line.data["turn"]
        if present == turn and (line.kind == "replies" if decided else line.kind in OPENED):
            found = at if decided else at + 1
    if found < 0:
        raise NoSuchThing(
            _("There is no such moment in turn {turn} yet.").format(turn=turn),
            _("Choose a turn that has been begun, and for its decisions one that was decided."),
        )
    return found


def _follow(lines: Sequence[Line], scenario: Scenario, decided: bool) -> Moment:
    head = lines[0].data
    log = Log(tuple(scenario.time.turns))
    luck = [(int(since), int(value)) for since, value in head["luck"]]
    state, over = "", ""
    done: list[Lived] = []
    opened, settled = "", 0
    for line in lines[1:]:
        if line.kind not in DECISIONS:
            continue
        state = line.data.get("state", state)
        log.follow(line.kind, line.data)
        if line.kind == "turn":
            done = [*done[:-1], _last(done, log)] if done else []
            opened, settled = state, 0
            done.append(Lived(log.record, opened))
        elif line.kind == "luck":
            luck.append((int(line.data["since"]), int(line.data["luck"])))
        elif "reveal" in line.data:
            settled = len(log.record.confided)
            lived = log.month - log.record.first_month + 1
            done[-1] = Lived(log.record, opened, state, settled, lived)
        elif line.kind == "ending":
            over = _before(lines, line)
    if done and log.phase in (Phase.CHOOSING, Phase.RUNNING, Phase.AWAITING):
        lived = log.month - log.record.first_month + 1
        done[-1] = Lived(log.record, opened, "", len(log.record.confided), lived)
    elif done:
        done[-1] = _last(done, log)
    card = next(iter(log.waiting), "") or next(reversed(log.answers), "")
    return Moment(
        text=head["scenario"]["text"],
        settings=dict(head["settings"]),
        luck=tuple(luck),
        phase=log.phase,
        month=log.month,
        state=state,
        turns=tuple(done),
        decided=log.phase in (Phase.RUNNING, Phase.AWAITING) or decided or bool(log.record.moves),
        card=card,
        answer=log.answers.get(card, ""),
        silent=log.silent,
        over=over,
    )


def _last(done: Sequence[Lived], log: Log) -> Lived:
    """The last turn revealed, with the confidences dealt with since."""
    return replace(done[-1], record=log.records[-1])


def _before(lines: Sequence[Line], ending: Line) -> str:
    """The state just before the line with which the session ended."""
    states = [line.data["state"] for line in lines[: ending.seq] if "state" in line.data]
    return str(states[-1])
