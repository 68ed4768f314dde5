"""Why a number changed, as far as the group could see it: what a session answers.

Until the play is over, and unless everything is visible, an answer follows from what was
shown and from causes that everybody saw: what nobody saw makes no difference to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sim.fields import MEASURES
from sim.observation import Observation
from sim.reveal import UNSAID
from sim.rules.seen import HIDDEN, LAGS
from sim.session.parts import Phase, Why
from sim.session.play import Play

_NOTHING: Final = 1e-12
"""Below it an amount is what adding up in another order leaves over."""


def why_of(play: Play, quantity: str, partners: Sequence[str], visibility: str) -> tuple[Why, ...]:
    """What moved a quantity in the turn last revealed; in the whole play once it has ended."""
    over = play.log.phase is Phase.ENDED
    if not play.log.records or not play.log.reveals:
        return ()
    exact = over or visibility == "full"
    if not exact and not _shown(play, quantity, partners):
        return ()
    since, until = explained_months(play, quantity, visibility)
    if not any(since <= month <= until for month in play.engine.booked_months):
        return ()  # shown as it was recorded: nobody can tell
    causes = play.engine.moved(quantity, partners, since, until, all_seen=over)
    if exact or not partners:
        return weighed(causes, exact=exact)
    seen = {word: amount for word, amount in causes.items() if word != UNSAID}
    if quantity == "tension":
        return _unweighed(seen)
    return (*weighed(seen, exact=False), Why(UNSAID, None, 0))


def weighed(causes: Mapping[str, float], *, exact: bool) -> tuple[Why, ...]:
    """Causes as bars, the largest first, what nobody saw last.

    Bars are in thirds of the largest, so that they tell no more than a drawing could;
    with ``exact`` each carries its amount too.
    """
    most = max((abs(amount) for amount in causes.values()), default=0.0)
    bars = [
        Why(word, amount > 0.0, max(1, round(3.0 * abs(amount) / most)), amount if exact else None)
        for word, amount in causes.items()
        if abs(amount) > _NOTHING
    ]
    bars.sort(key=lambda bar: (bar.cause == UNSAID, -bar.size))
    return tuple(bars)


def _unweighed(seen: Mapping[str, float]) -> tuple[Why, ...]:
    """Causes as bars of one size: how heavily something lies between two is never shown."""
    bars = [Why(word, amount > 0.0, 0) for word, amount in seen.items() if abs(amount) > _NOTHING]
    return (*bars, Why(UNSAID, None, 0)) if bars else ()


def _shown(play: Play, quantity: str, partners: Sequence[str]) -> bool:
    """Whether a change of the quantity is anything that the last reveal showed."""
    if not partners:
        return LAGS.get(quantity, 0) != HIDDEN
    if quantity == "tension":
        return True  # of what was seen only; the rest is not weighed
    if quantity == "joint":
        pair = set(partners)
        return any(
            event.code == "joint_step" and {event.args["a"], event.args["b"]} == pair
            for event in play.log.records[-1].events
        )
    return quantity == "trust" and _trust_shown(play.revealed, partners)


def _trust_shown(seen: Observation | None, partners: Sequence[str]) -> bool:
    a, b = partners
    for tie in seen.ties if seen is not None else ():
        if {tie.a, tie.b} == {a, b}:
            word = tie.trust_ab if tie.a == a else tie.trust_ba
            return tie.change != 0 and word is not None
    return False


def explained_months(play: Play, quantity: str, visibility: str) -> tuple[int, int]:
    """The months that are explained, the first and the last.

    A measure is published late: its line moved by what happened as much earlier.
    """
    if play.log.phase is Phase.ENDED:
        since, until = 1, play.engine.month
    else:
        since, until = play.log.records[-1].first_month, play.log.reveals[-1].month
    lag = LAGS.get(quantity, 0) if quantity in MEASURES and visibility != "full" else 0
    return max(1, since - max(0, lag)), until - max(0, lag)
