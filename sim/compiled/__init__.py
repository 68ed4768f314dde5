"""What ``@rule`` means, and the only package that imports numba.

The month is written once, as small functions over arrays marked ``@rule``.  They are plain
Python wherever they are called, and stay so in the process that draws.  Who wants a
hundred thousand runs asks :func:`kernel` for one rule compiled with everything that it
calls; nothing of numba is loaded before.  Both ways give the same bits, which tests check.

numba's on-disk cache does not notice a change in a function of *another* module, so the
cache lives in a folder named after a hash of every rule source: changed rules never meet
stale machine code.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_HERE: Final = Path(__file__).resolve().parents[1]

SOURCES: Final = (
    "batch", "compiled", "expressions", "playbooks", "rules", "scenario", "yamlfile",
    "catalogue.yaml", "draws.py", "effects.py", "fields.py", "initial.py", "measures.py",
    "moves.py", "parameters.py", "shocks.py", "silence.py", "silence.yaml", "state.py",
    "sweep/spots.py", "waiting.py", "world.py",
)  # fmt: skip
"""Files and folders of ``sim`` that a run's numbers may follow from."""


def rule(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function as one of the rules: :func:`kernel` may compile it."""
    function.__dict__["is_rule"] = True
    return function


def small(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a rule that is less work than calling it: compiled, it is put into its callers."""
    function.__dict__["compiled_as"] = ("alwaysinline",)
    return function


def seldom(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a rule that sweeps hardly ever reach: compiled, it stays out of its callers' way."""
    function.__dict__["compiled_as"] = ("noinline", "cold")
    return function


def rules_hash() -> str:
    """SHA-256 (hex, 16 characters) of every source that a run's numbers may follow from."""
    digest = hashlib.sha256()
    for path in rule_sources():
        digest.update(path.relative_to(_HERE).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def rule_sources() -> list[Path]:
    """Every file under :data:`SOURCES`, in a fixed order."""
    found: list[Path] = []
    for name in SOURCES:
        path = _HERE / name
        if path.is_file():
            found.append(path)
        else:
            found += [p for p in path.rglob("*") if p.suffix in (".py", ".yaml")]
    return sorted(found, key=lambda p: p.relative_to(_HERE).as_posix())


def cache_folder() -> Path:
    """Where compiled rules are kept: ``$UNSAID_CACHE`` or the user's cache folder."""
    named = os.environ.get("UNSAID_CACHE") or os.environ.get("XDG_CACHE_HOME")
    base = Path(named) if named else Path.home() / ".cache"
    tags = f"{sys.implementation.cache_tag}-numba{version('numba')}"
    return base / "left-unsaid" / f"rules-{rules_hash()}-{tags}"


def is_cached() -> bool:
    """Whether compiled rules of this version lie on disk, so that nothing need be compiled."""
    return any(cache_folder().rglob("*.nbc"))


@cache
def kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """``function``, a rule, compiled with every rule that it calls, the GIL released.

    It takes what :func:`rows` makes of named tuples of arrays, NumPy arrays and numbers.
    The first call compiles, which takes about half a minute, or loads what an earlier
    process compiled.  The same function gives the same kernel, at once: what is compiled is
    not looked for again.
    """
    from sim.compiled.whole import whole

    return whole(function, cache_folder())


def rows(arrays: tuple[Any, ...]) -> Any:
    """A named tuple of C-contiguous arrays as a :func:`kernel` reads it: the same memory.

    The arrays must stay where they are and keep their shapes as long as it is used.
    """
    from sim.compiled.views import Rows

    return Rows(arrays)
