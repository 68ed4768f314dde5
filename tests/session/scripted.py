"""A scripted group: it sees what any group sees, and always decides the same.

:func:`step` takes one decision, the next one that fits the phase.  Everything in it comes
from the Observation and the session's own log, so that a session which was killed and
reopened goes on with the decision it would have taken.
"""

from __future__ import annotations

from sim.moves import Move
from sim.observation import Card, Observation
from sim.session import IllegalMove, Phase, Session

MEASURE = "delayed_transfers"
THIN_SKINNED = {
    "eruption_threshold": 0.4, "eruption_hazard": 1.0, "severity": 0.2, "avoidance_mean": 0.3,
}  # fmt: skip
"""Parameters under which there is a row within the first months, with most lucks."""


def play_turns(session: Session, turns: int) -> None:
    """Play on until so many turns are over; after the last one, to the very end."""
    while not over(session, turns) and step(session):
        pass


def over(session: Session, turns: int) -> bool:
    """Whether so many turns have been revealed, and there are more."""
    return len(session.records) >= turns < session.turns and session.phase is Phase.REVEALED


def step(session: Session) -> bool:
    """Take the next decision; False when nothing is left to decide."""
    if session.phase is Phase.ENDED:
        if session.month >= 72:
            return False
        session.epilogue()
    elif session.phase is Phase.REVEALED:
        session.next_turn()
    elif session.phase is Phase.AWAITING:
        _answer(session)
    elif session.phase is Phase.RUNNING:
        _run(session)
    else:
        _choose(session)
    return True


def _answer(session: Session) -> None:
    if session.pending is not None:
        choices = session.pending.choices
        session.answer(choices[session.month % len(choices)].id)
        return
    silence = session.silence
    assert silence is not None
    able = [choice for choice in silence.choices if not choice.why_not]
    choice = able[session.month % len(able)]
    session.break_silence(choice.id, silence.b if choice.of_one else "")


def _run(session: Session) -> None:
    record = session.records[-1]
    full = [reply for reply in record.replies or () if reply.reply in ("full", "ignored")]
    if full and record.again is None and session.month < record.first_month:
        session.ask_again(full[0].move_index, full[0].who)
        return
    session.run_month()


def _choose(session: Session) -> None:
    record = session.records[-1]
    seen = session.observe()
    notes = sum(said.kind == "note" and said.turn == session.turn for said in session.said)
    held = [matter for matter in seen.matters if matter.confidence == "held"]
    if not notes:
        session.note(f"What did nobody say in turn {session.turn}? “…”")
    elif held:
        session.confide(held[0].id, ("keep", "go_back", "use")[session.turn % 3])
    elif record.live and record.choice == "let_it_pass" and session.turn % 2 == 0:
        session.choose_live("say_it_here")
    elif not _add(session, seen):
        session.replies()


def _add(session: Session, seen: Observation) -> bool:
    """Put the first playable card with any legal target into the diary."""
    if len(session.queue) >= 3:
        return False
    cards = [card for card in seen.hand if card.playable]
    turned = session.turn + len(session.queue)
    for card in cards[turned % 3 :] + cards[: turned % 3]:
        for move in _aimed(card, seen, turned):
            if move in session.queue:
                continue
            try:
                session.choose(move)
            except IllegalMove:
                continue
            return True
    return False


def _aimed(card: Card, seen: Observation, turned: int) -> list[Move]:
    """A few ways to aim a card."""
    inside = [partner.id for partner in seen.partners if partner.at_table]
    outside = [partner.id for partner in seen.partners if not partner.at_table]
    leaving = [partner.id for partner in seen.partners if partner.leaving]
    pool = {"outside": outside, "leaving": leaving}.get(card.target, inside)
    pool = pool[turned % max(1, len(pool)) :] + pool[: turned % max(1, len(pool))]
    return [
        Move(
            card.move,
            tuple(pool[:count]),
            MEASURE if card.target == "measure" else "",
            "shared" if card.target == "form" else "",
        )
        for count in range(card.least, card.most + 1)
        if count <= len(pool)
    ]
