"""How the command line finds the window without importing it.

`sim` works without `game`, and never imports it: the window is found as a plug-in
(pyproject.toml, entry point left_unsaid.window), which an import contract checks.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

from sim.errors import UserError
from sim.words import _


class NoWindow(UserError):
    """The package that draws is not installed."""


def open_window(
    scenario: str | None = None,
    *,
    seed: int | None = None,
    resume: bool | Path = False,
    screenshots: Path | None = None,
    consent: bool = False,
) -> int:
    """Open the window and stay until it is closed; the exit code.

    ``resume`` is True for the last session, or a session's file.  ``consent``: the room
    agrees to research, and sessions begun there say so.  Raises :class:`NoWindow`.
    """
    found = list(entry_points(group="left_unsaid.window", name="play"))
    if not found:
        raise NoWindow(
            _("The window is not installed."), _("Install the package left-unsaid as a whole.")
        )
    window = found[0].load()
    given = {"seed": seed, "resume": resume, "screenshots": screenshots, "consent": consent}
    return int(window(scenario, **given) or 0)
