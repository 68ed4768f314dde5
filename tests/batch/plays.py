"""What the batch tests compare: a run of a sweep, and the same run as a room would play it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.batch import Outcome, Place, play_batch
from sim.fields import MEASURES
from sim.headless import play_through
from sim.library import scenario
from sim.playbooks import Strategy

SCENARIOS = ("dancing-around-the-table", "first-steps")


def place(name: str = SCENARIOS[0], **settings: object) -> Place:
    return Place(scenario(name), **settings)  # type: ignore[arg-type]


def batch(
    where: Place, strategy: Strategy, lucks: Sequence[int], last: int, *, compiled: bool,
    **values: float,
) -> Outcome:  # fmt: skip
    return play_batch(
        where, where.book(strategy), [where.theta(values)], lucks,
        months=range(last + 1), compiled=compiled,
    )  # fmt: skip


def assert_same_as_played(
    where: Place, strategy: Strategy, lucks: Sequence[int], last: int, *, compiled: bool = True,
    **values: float,
) -> None:  # fmt: skip
    """Every run, month by month and measure by measure, to the bit; its ending and promises."""
    setting = where.world.setting
    modes = {
        "hand": "play" if setting[8] > 0.5 else "all",
        "shocks": ("off", "play", "full")[int(setting[7])],
    }
    seen = batch(where, strategy, lucks, last, compiled=compiled, **values)
    for r, luck in enumerate(lucks):
        run = play_through(
            where.scenario, strategy, luck=luck, months=last, parameters=values,
            theories=where.theories, **modes,
        )  # fmt: skip
        played = np.array([[row[name] for name in MEASURES] for row in run.measures])
        assert seen.measures[r].tobytes() == played.tobytes(), (strategy.name, luck)
        ending = where.endings[seen.ending[r]] if seen.ending[r] >= 0 else ""
        assert ending == run.ending
        kept = tuple(p for p, yes in zip(where.promises, seen.kept[r], strict=True) if yes)
        assert kept == run.promises
