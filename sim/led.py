"""A session that a strategy plays, where a group would: kept and opened like any other."""

from __future__ import annotations

from collections.abc import Iterator

from sim.headless import Strategy
from sim.session import IllegalMove, Phase, Session


def lead(session: Session, strategy: Strategy) -> Iterator[int]:
    """Play ``session`` to its ending, giving the number of each turn once it is decided.

    The same decisions in the same order as :func:`sim.headless.play_through`, so the same
    months; after a row a strategy passes on to the next item.
    """
    while session.phase is not Phase.ENDED:
        seen = session.observe()
        if seen.live is not None:
            session.choose_live(strategy.live(seen))
        for matter in seen.matters:
            if matter.confidence == "held" and (what := strategy.confide(seen, matter)):
                session.confide(matter.id, what)
        refused = 0
        while refused < 4 and (move := strategy.move(session.observe())) is not None:
            try:
                session.choose(move)
            except IllegalMove:
                refused += 1
        seen = session.observe()  # as it decided, so it answers, whatever the months bring
        yield session.turn
        session.replies()
        while session.phase in (Phase.RUNNING, Phase.AWAITING):
            session.run_month()
            if session.pending is not None:
                session.answer(strategy.answer(seen, session.pending))
            elif session.silence is not None:  # a strategy passes on to the next item
                session.break_silence("next")
        session.next_turn()
