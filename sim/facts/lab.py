"""Where facts are looked for: runs under common luck, kept so that none is lived twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.batch import Place
from sim.batch.run import Outcome, Tracks, play_batch, play_tracks
from sim.fields import M_ADMISSIONS
from sim.parameters import Theta
from sim.playbooks import Playbook, PlaybookStrategy, ScriptedTurn, Strategy, load_strategy
from sim.scenario import Scenario, load_scenario
from sim.state import Array, State, view

Floats = npt.NDArray[np.float64]

HOME: Final = "dancing-around-the-table"
"""The place in which facts are looked for, where they do not name another."""
LAST: Final = 72
"""Runs are lived this far: three years of play, three years of what is left of it."""
OTHERS: Final = 1_000_000
"""Lucks from here on are those on which strategies are chosen, never those they are judged on."""


@dataclass(frozen=True)
class Arm:
    """Runs of one kind, one a luck: ``outcome.measures`` [run, month 0 to LAST, measure]."""

    place: Place
    outcome: Outcome

    def at(self, measure: int, month: int) -> Floats:
        """A measure in one month: [run]."""
        return self.outcome.measures[:, month, measure]

    def over(self, measure: int, first: int, last: int) -> Floats:
        """Its mean from one month to another, both included: [run]."""
        return np.asarray(self.outcome.measures[:, first : last + 1, measure].mean(axis=1))

    def growth(self) -> Floats:
        """Rise of admissions in five years, per cent [run].

        The year round month 60 against the start, which is a year's mean: seasons average out.
        """
        base = float(self.place.world.base[M_ADMISSIONS])
        return 100.0 * (self.over(M_ADMISSIONS, 55, 66) / base - 1.0)


def against(arm: Arm, other: Arm, first: int, last: int) -> Floats:
    """Admissions of one arm over those of another under the same luck, per cent [run]."""
    mine, theirs = (a.over(M_ADMISSIONS, first, last) for a in (arm, other))
    return 100.0 * (mine / theirs - 1.0)


class Lab:
    """Runs for one set of parameters: ``seeds`` an arm, the same lucks in each.

    ``parameters`` are set everywhere, ``theories`` are on everywhere.  Rules are compiled.
    """

    def __init__(
        self,
        seeds: int = 200,
        *,
        parameters: Mapping[str, float] | None = None,
        theories: Sequence[str] = (),
        threads: int = 2,
    ) -> None:
        self.seeds = seeds
        self.parameters = dict(parameters or {})
        self.theories = tuple(theories)
        self.threads = threads
        self._places: dict[tuple[object, ...], Place] = {}
        self._arms: dict[tuple[object, ...], Arm] = {}
        self.kept: dict[tuple[object, ...], tuple[str, ...]] = {}
        """Choices made once for this lab, by what they are for."""

    def place(
        self, scenario: str | Scenario = HOME, *, shocks: str = "play", replies: bool = True
    ) -> Place:
        """A scenario ready for runs, all cards in hand; kept where it has a name."""
        if isinstance(scenario, Scenario):
            return self._built(scenario, shocks, replies)
        key = (scenario, shocks, replies)
        if key not in self._places:
            self._places[key] = self._built(load_scenario(scenario), shocks, replies)
        return self._places[key]

    def _built(self, scenario: Scenario, shocks: str, replies: bool) -> Place:
        return Place(scenario, theories=self.theories, shocks=shocks, hand="all", replies=replies)

    def theta(self, place: Place, parameters: Mapping[str, float] | None = None) -> Theta:
        """The parameters of this lab, and others on top."""
        return place.theta({**self.parameters, **(parameters or {})})

    def lucks(self, *, others: bool = False, seeds: int | None = None) -> list[int]:
        """The lucks of every arm; ``others``: those on which strategies are chosen."""
        first = OTHERS if others else 0
        return list(range(first, first + (seeds or self.seeds)))

    def arm(
        self,
        strategy: str,
        scenario: str = HOME,
        *,
        others: bool = False,
        seeds: int | None = None,
        parameters: Mapping[str, float] | None = None,
    ) -> Arm:
        """Runs of a strategy, from month 0 to LAST; kept for whoever asks again."""
        key = (strategy, scenario, others, seeds, *sorted((parameters or {}).items()))
        if key not in self._arms:
            place = self.place(scenario)
            lucks = self.lucks(others=others, seeds=seeds)
            self._arms[key] = self.lived(
                place, load_strategy(strategy), lucks, parameters=parameters
            )
        return self._arms[key]

    def played(self, book: Playbook, scenario: str | Scenario = HOME) -> Arm:
        """Runs of a playbook of one's own."""
        return self.lived(self.place(scenario), PlaybookStrategy(book), self.lucks())

    def scripted(self, turns: Mapping[int, ScriptedTurn], scenario: str = HOME) -> Arm:
        """Runs in which these turns (from 1) are played, and nothing else."""
        strategy = load_strategy("do-nothing")
        return self.lived(self.place(scenario), strategy, self.lucks(), turns)

    def lived(
        self,
        place: Place,
        strategy: Strategy,
        lucks: Sequence[int],
        script: Mapping[int, ScriptedTurn] | None = None,
        parameters: Mapping[str, float] | None = None,
    ) -> Arm:
        """Live the runs, on as many threads as the lab has; the numbers do not depend on it."""
        book = place.book(strategy, script)
        theta = [self.theta(place, parameters)]
        months = range(LAST + 1)
        parts = [list(part) for part in np.array_split(np.array(lucks), self.threads) if len(part)]
        with ThreadPoolExecutor(self.threads) as crew:
            done = list(
                crew.map(lambda part: play_batch(place, book, theta, part, months=months), parts)
            )
        return Arm(place, Outcome(*(np.concatenate(column) for column in zip(*done, strict=True))))

    def states(
        self,
        place: Place,
        strategy: str,
        month: int,
        *,
        touched: Callable[[State, int], None] | None = None,
        since: Array | None = None,
        script: Mapping[int, ScriptedTurn] | None = None,
        seeds: int | None = None,
        parameters: Mapping[str, float] | None = None,
    ) -> Array:
        """The states after a month, [run, value]; from ``since``, or from the first month.

        ``touched(state, run)`` may change each before it is given back.
        """
        book, lucks = place.book(load_strategy(strategy), script), self.lucks(seeds=seeds)
        tracks = Tracks(keep=True, states=since)
        theta = [self.theta(place, parameters)]
        found = play_tracks(place, book, theta, lucks, tracks, last=month).state
        if touched:
            for run, block in enumerate(found):
                touched(view(block, place.names.shape), run)
        return found

    def going_on(self, place: Place, strategy: str, states: Array, last: int) -> Arm:
        """Runs that go on from given states, each under its own luck; months 0 to ``last``."""
        book = place.book(load_strategy(strategy))
        ends = play_tracks(
            place, book, [self.theta(place)], self.lucks(seeds=len(states)),
            Tracks(states=states), months=range(last + 1),
        )  # fmt: skip
        return Arm(place, ends.outcome)
