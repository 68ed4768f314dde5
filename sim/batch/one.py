"""One run as a function of its parameters, for tools that want just that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sim.batch.decide import TALLY
from sim.batch.place import Place
from sim.batch.run import play_batch
from sim.compiled import is_cached
from sim.errors import UserError
from sim.fields import HORIZON, MEASURES
from sim.playbooks import load_strategy
from sim.playbooks.interpreter import Book
from sim.scenario import load_scenario
from sim.words import _


class NoSuchMonth(UserError):
    """A month that no run reaches."""


@lru_cache(maxsize=16)
def _ready(
    scenario: str, strategy: str, theories: tuple[str, ...], hand: str, shocks: str
) -> tuple[Place, Book]:
    place = Place(load_scenario(scenario), theories=theories, hand=hand, shocks=shocks)
    return place, place.book(load_strategy(strategy))


def run(
    *,
    scenario: str = "dancing-around-the-table",
    strategy: str = "do-nothing",
    seed: int = 7,
    months: int | None = None,
    theories: Sequence[str] = (),
    hand: str = "play",
    shocks: str = "play",
    **parameters: float,
) -> dict[str, Any]:
    """Live one run; what it came to.

    ``parameters`` are those of :data:`sim.parameters.PARAMETERS`; the rest is as for
    ``unsaid run``.  The dictionary has every measure at the last month, as it truly was, the
    ending's id (None before the end of the last turn), the promises kept, and what the moves
    took.  Compiled rules are used where they lie on disk already: the numbers are the same.

    Raises UserErrors for a scenario, strategy or parameter that there is not.
    """
    place, book = _ready(scenario, strategy, tuple(theories), hand, shocks)
    last = place.months if months is None else months
    if not 1 <= last <= HORIZON:
        raise NoSuchMonth(
            _("months is {months}; a run lives for 1 to {most}.").format(months=last, most=HORIZON)
        )
    seen = play_batch(
        place, book, [place.theta(parameters)], [seed], months=[last], compiled=is_cached()
    )
    ending = int(seen.ending[0])
    return {
        **dict(zip(MEASURES, seen.measures[0, 0].tolist(), strict=True)),
        "ending": place.endings[ending] if ending >= 0 else None,
        "promises": [p for p, kept in zip(place.promises, seen.kept[0], strict=True) if kept],
        **dict(zip(TALLY, seen.tally[0].tolist(), strict=True)),
    }
