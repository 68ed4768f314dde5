"""``mesa.batch_run`` for localities, whichever Mesa is installed.

Mesa counts steps, takes seeds and picks the last row differently from version to
version.  This adapter keeps all that to itself: luck is a parameter like any other, a
run is as long as it was asked to be, and the rows hold the numbers of direct runs.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from sim.locality import Locality

Row = dict[str, Any]


class _Lived:
    """A locality that has lived its months, in the shape that ``mesa.batch_run`` reads."""

    running = False  # there is nothing left for Mesa to step

    def __init__(self, model: Callable[..., Locality], max_steps: int, arguments: Row) -> None:
        locality = model(**arguments)
        while locality.running and locality.month < max_steps:
            locality.step()
        self.datacollector = locality.datacollector
        # older versions report row ``steps - 1``: with the start, there is one row more
        self.steps = locality.month + 1


def _live(model: Callable[..., Locality], max_steps: int, **arguments: Any) -> _Lived:
    arguments.pop("rng", None)  # newer versions pass one; luck is ours to give
    return _Lived(model, max_steps, arguments)


def batch_run(
    model: Callable[..., Locality],
    parameters: Mapping[str, Any | Iterable[Any]],
    *,
    luck: int | Iterable[int] = 1,
    number_processes: int | None = 1,
    data_collection_period: int = -1,
    max_steps: int = 1000,
    display_progress: bool = False,
) -> list[Row]:
    """Run a locality under every combination of parameters and luck; one row an agent.

    ``parameters`` are keyword arguments of :class:`Locality`, each one value or an
    iterable of values (a value that is itself a list stands in a list).  A run ends
    after its ``months`` or ``max_steps``, whichever is first.  ``data_collection_period``
    is -1 for the last month only, 1 for every month.  ``number_processes=None`` uses all
    processors; from a script, call it under ``if __name__ == "__main__":``.

    Rows carry ``RunId``, ``Step`` (the month), the parameters, ``luck``, every measure,
    and for each agent ``AgentID`` and the fields collected of it.  Rows stand in the
    order of ``RunId``.
    """
    from mesa.batchrunner import batch_run as run  # it sets how processes start: not before

    given = {**parameters, "luck": [luck] if isinstance(luck, int) else list(luck)}
    with warnings.catch_warnings():
        # one version warns of an argument that the next one requires
        warnings.filterwarnings("ignore", category=DeprecationWarning, module="mesa")
        rows = run(
            partial(_live, model, max_steps),
            given,
            number_processes=number_processes,
            data_collection_period=data_collection_period,
            max_steps=max_steps,
            display_progress=display_progress,
        )
    for row in rows:
        row.pop("rng", None)
        row.pop("iteration", None)
        row["Step"] = int(row["Step"])
    return sorted(rows, key=lambda row: (row["RunId"], row["Step"], row.get("AgentID", 0)))
