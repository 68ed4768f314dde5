"""Sweeps: what a researcher runs, from a study file to a page of findings.

    from sim import sweep

    table = sweep("candour-before-trust.yaml")

The package is called like the function that most want of it, so it may be called itself.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from sim.sweep.shape import Study

__all__ = ["sweep"]


def sweep(
    study: Study | str | Path,
    out: str | Path | None = None,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    progress: bool = False,
) -> pl.DataFrame:
    """Run a study, given as such or by its file; every run and month as a row of a table.

    ``out`` is a folder to keep the results in: started again, the sweep goes on from what is
    there.  Left out, nothing is kept but the table.  ``workers`` (threads) and ``cluster``
    (``local`` or an address) are as in :func:`sim.sweep.runner.run_sweep`; ``progress`` shows
    how far it is.

    Raises:
        UserError: the study has errors, or the folder is not fit for it.
    """
    from contextlib import ExitStack
    from tempfile import TemporaryDirectory

    from sim.sweep.plan import plan_of
    from sim.sweep.progress import for_terminal
    from sim.sweep.runner import run_sweep
    from sim.sweep.store import read_results
    from sim.sweep.study import read_study

    plan = plan_of(read_study(study) if isinstance(study, str | Path) else study)
    with ExitStack() as stack:
        folder = out or stack.enter_context(TemporaryDirectory(prefix="left-unsaid-"))
        run_sweep(
            plan,
            folder,
            workers=workers,
            cluster=cluster,
            progress=for_terminal(quiet=not progress),
            command="sweep(…)",
        )
        return read_results(folder).collect()


class _Callable(ModuleType):
    """A module that may be called: ``from sim import sweep`` finds the package."""

    def __call__(self, *args: Any, **more: Any) -> pl.DataFrame:
        """:func:`sweep`."""
        return sweep(*args, **more)


sys.modules[__name__].__class__ = _Callable
