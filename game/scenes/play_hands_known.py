"""What hands went up for, once play itself has answered it: "11 of 12 … It did."."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.session import NotNow, Phase
from sim.words import _, ngettext

if TYPE_CHECKING:
    from sim.observation import Observation
    from sim.scenario.parts import HandsUp
    from sim.session import Session


def known_now(session: Session) -> list[str]:
    """Answers that became known with the turn revealed last, with what hands had said."""
    try:
        reveal = session.reveal()
    except NotNow:
        return []
    found = []
    for question, hands, room in _counted(session):
        before = _answer(session, question, reveal.first_month - 1)
        answer = _answer(session, question, reveal.month)
        if answer is not None and before is None:
            found.append(_sentence(question, hands, room, answer))
    return found


def known_later(session: Session, after: Observation) -> list[str]:
    """Answers that only the years after can give."""
    if session.phase is not Phase.ENDED:
        return []
    stands = any(project.stage == "embedded" for project in after.projects)
    return [
        _sentence(question, hands, room, stands)
        for question, hands, room in _counted(session)
        if question.answer is not None and question.answer.when == "stands"
    ]


def _counted(session: Session) -> Iterator[tuple[HandsUp, int, int]]:
    """The questions that play answers and hands were counted for, with the last count."""
    counts = {
        str(said.data.get("question", "")): said for said in session.said if said.kind == "hands_up"
    }
    for question in session.scenario.time.hands_up:
        said = counts.get(question.question)
        if question.answer is not None and said is not None:
            yield question, int(said.data["count"]), int(said.data.get("of") or 0)


def _answer(session: Session, question: HandsUp, month: int) -> bool | None:
    """What is known by the end of a month; None for nothing yet."""
    asked = question.answer
    if asked is None or asked.when == "stands":
        return None
    first = next((r.first_month for r in session.records if r.turn == question.turn), 0)
    if not first or month < first:
        return None
    for turn in range(question.turn, session.turn + 1):
        try:
            reveal = session.reveal(turn)
        except NotNow:
            break
        out = reveal.eruptions if asked.when == "row" else (*reveal.eruptions, *reveal.surfaced)
        if any(first <= one.month <= min(month, asked.by) for one in out):
            return True
    return False if month >= asked.by else None


def _sentence(question: HandsUp, hands: int, room: int, answer: bool) -> str:
    assert question.answer is not None
    if room:
        who = _("{hands} of {room}").format(hands=hands, room=room)
    else:
        who = ngettext("{hands} person", "{hands} people", hands).format(hands=hands)
    came = question.answer.yes if answer else question.answer.no
    return f"{who} {question.answer.thought}. {came}"
