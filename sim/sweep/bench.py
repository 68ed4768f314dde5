"""The bench on which a process does its share of a plan: places and books kept at hand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import TYPE_CHECKING, Final

from sim.parameters import Theta
from sim.sweep.plan import Plan, Work

if TYPE_CHECKING:
    from sim.batch import Place
    from sim.playbooks.interpreter import Book

KEPT: Final = 32
"""Places kept at hand beside those that every point needs again."""


class Bench:
    """Turns the works of a plan into what is played; threads may share one.

    Building a place takes milliseconds: those used last are kept, with their books.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._lock = Lock()
        self._places: OrderedDict[Hashable, tuple[Place, dict[str, Book]]] = OrderedDict()
        again = {(cell.scenario, cell.theory) for cell in plan.cells}
        self._most = KEPT + len(again)

    def ready(self, work: Work) -> tuple[Place, Book, list[Theta]]:
        """The place, the strategy as a book for it, and the parameters of each run.

        Raises UserError for a point that cannot be: values that do not go together, or a
        playbook that does not fit.
        """
        # what is built here is Python, so that threads would gain nothing side by side
        with self._lock:
            place, books = self._place(work)
            name = self.plan.cells[work.cell].strategy
            if name not in books:
                books[name] = place.book(self.plan.strategy(name))
            theta = place.theta(self.plan.parameters_at(work.point))
            return place, books[name], [theta] * len(work.runs)

    def _place(self, work: Work) -> tuple[Place, dict[str, Book]]:
        found = self._places.get(work.place_key)
        if found is None:
            found = (_built(self.plan, work), {})
            self._places[work.place_key] = found
            while len(self._places) > self._most:
                self._places.popitem(last=False)
        self._places.move_to_end(work.place_key)
        return found


def _built(plan: Plan, work: Work) -> Place:
    from sim.batch import Place  # compiled rules are loaded by those who play, not who plan

    study = plan.study
    return Place(
        plan.scenario_at(work.point, work.cell),
        theories=plan.cells[work.cell].theories,
        shocks=study.shocks,
        hand=study.hand,
        replies=True,
    )
