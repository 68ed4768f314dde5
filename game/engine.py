"""The pygame that is installed, and whether there is a screen to show a window on."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import metadata
from typing import Final

from sim.errors import UserError
from sim.words import _

UNSEEN: Final = frozenset(("dummy", "offscreen", "evdev", "disk"))
"""Drivers of SDL whose windows nobody sees."""


class WrongPygame(UserError):
    """The old ``pygame`` is installed, alone or on top of pygame-ce."""


def refuse_old_pygame() -> None:
    """Raise :class:`WrongPygame` where the distribution ``pygame`` is installed.

    It and pygame-ce install into one folder, so that having both breaks either.  Looks at
    what is installed without importing it: a mixture may not even import.
    """
    try:
        metadata.distribution("pygame")
    except metadata.PackageNotFoundError:
        return
    raise WrongPygame(
        _("The old “pygame” is installed, which takes the place of “pygame-ce” that we need."),
        _(
            "Mend it with: {python} -m pip uninstall -y pygame pygame-ce, and then: "
            "{python} -m pip install pygame-ce"
        ).format(python=sys.executable or "python"),
    )


def has_display(environment: Mapping[str, str] | None = None, platform: str = "") -> bool:
    """Whether there may be a screen: False only where it is certain that there is none."""
    environment = os.environ if environment is None else environment
    if not (platform or sys.platform).startswith(("linux", "freebsd")):
        return True
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER", "SDL_VIDEO_DRIVER")
    return any(environment.get(name) for name in wanted)


def shows_windows(driver: str, environment: Mapping[str, str] | None = None) -> bool:
    """Whether a window of that driver can be seen, or was asked for all the same.

    Where no screen answers, SDL quietly takes a driver that draws for nobody.
    """
    environment = os.environ if environment is None else environment
    asked = environment.get("SDL_VIDEODRIVER") or environment.get("SDL_VIDEO_DRIVER")
    return bool(asked) or driver not in UNSEEN
