"""Left Unsaid: a model of partnerships, and of what partners leave unsaid.

Everything here runs without a window; the front end is the package ``game``.
``Locality``, ``load_scenario``, ``run`` and ``sweep`` are loaded when they are first asked for, so
that ``import sim`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.batch.one import run as run
    from sim.locality import Locality as Locality
    from sim.scenario import load_scenario as load_scenario
    from sim.sweep import sweep as sweep

__version__ = "0.1.0"
__all__ = ["Locality", "__version__", "load_scenario", "run", "sweep"]


def __getattr__(name: str) -> Any:
    if name == "Locality":
        from sim.locality import Locality

        return Locality
    if name == "load_scenario":
        from sim.scenario import load_scenario

        return load_scenario
    if name == "run":
        from sim.batch.one import run

        return run
    if name == "sweep":
        from importlib import import_module

        return import_module("sim.sweep")  # the package itself, which may be called
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
