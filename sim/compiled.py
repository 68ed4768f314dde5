"""What ``@rule`` means, and the only file that imports numba.

The month is written once, as small functions over arrays marked ``@rule``.  They
run as plain Python, unless the process was started with ``UNSAID_COMPILED=1``: then
they are compiled by numba on first use.  Both ways give the same bits, which the
golden sessions check.

numba's on-disk cache does not notice a change in a function of *another* module, so
the cache lives in a folder named after a hash of every rule source: changed rules
never meet stale machine code.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

COMPILED: Final = os.environ.get("UNSAID_COMPILED", "") == "1"
"""True in a process that runs the rules compiled."""

_HERE: Final = Path(__file__).resolve().parent


def rules_hash() -> str:
    """SHA-256 (hex, 16 characters) of every source file a rule may live in."""
    digest = hashlib.sha256()
    sources = [*_HERE.glob("*.py"), *(_HERE / "rules").glob("*.py")]
    for package in ("expressions", "playbooks"):
        sources += (_HERE / package).glob("*.py")
    for path in sorted(sources, key=lambda p: p.relative_to(_HERE).as_posix()):
        digest.update(path.relative_to(_HERE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Where compiled rules are kept: ``$UNSAID_CACHE`` or the user's cache folder."""
    named = os.environ.get("UNSAID_CACHE") or os.environ.get("XDG_CACHE_HOME")
    base = Path(named) if named else Path.home() / ".cache"
    return base / "left-unsaid" / f"rules-{rules_hash()}"


if COMPILED:
    _folder = cache_folder()
    try:
        _folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # a read-only home: compile into a folder of this process
        _folder = Path(tempfile.mkdtemp(prefix="left-unsaid-rules-"))
    os.environ.setdefault("NUMBA_CACHE_DIR", str(_folder))
    import numba

    def rule(function: Callable[P, R]) -> Callable[P, R]:
        """Mark a function as one of the rules (here: compile it on first use)."""
        compiled: Callable[P, R] = numba.njit(
            cache=True, nogil=True, fastmath=False, error_model="numpy"
        )(function)
        return compiled

else:

    def rule(function: Callable[P, R]) -> Callable[P, R]:
        """Mark a function as one of the rules (here: leave it as plain Python)."""
        return function
