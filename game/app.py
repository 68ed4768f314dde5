"""From the command line to the first scene.

Decides between a window and none; :class:`game.loop.Loop` is the only loop.  pygame is
imported only once it is known to be the right one.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from game.engine import has_display, refuse_old_pygame, shows_windows
from sim.errors import UserError
from sim.words import _

if TYPE_CHECKING:
    from game.desk import Desk
    from game.scene import Scene


NAMED: Final = 3  # damaged sessions named at once


class NothingToResume(UserError):
    """There is no session that is not over, or it is damaged."""


def main(
    scenario: str | None = None,
    seed: int | None = None,
    resume: bool | str | Path = False,
    screenshots: Path | None = None,
    consent: bool = False,
) -> int:
    """Play, in a window or, where there is no display, without one.

    ``scenario`` is an id or a file; None opens the library.  ``resume`` is True for the
    newest session that is not over, or a session's file.  ``screenshots`` is the folder
    for pictures.  ``consent``: the room agrees to research, and the files of sessions begun
    here say so; one that plays itself never does.  Returns the exit code; a
    :class:`sim.errors.UserError` is the caller's.
    """
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    for desktop in ("X11", "WAYLAND"):  # what desktops know the window by
        os.environ.setdefault(f"SDL_VIDEO_{desktop}_WMCLASS", "left-unsaid")
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")  # or it is blurred
    refuse_old_pygame()
    import pygame

    from game.desk import Desk
    from game.loop import Loop
    from sim.journal.shelf import home_folder

    shown = has_display()
    if shown:
        try:
            pygame.display.init()
            shown = shows_windows(pygame.display.get_driver())
        except pygame.error:
            shown = False
    if not shown:
        pygame.display.quit()
        from game.windowless import play_in_words

        return play_in_words(scenario, seed=seed, resume=resume, pictures=screenshots)

    desk = Desk(home_folder(), seed=seed, pictures=screenshots, consent=consent)
    loop = Loop(desk)
    try:
        loop.open()
        code = loop.run(lambda: _first_scene(desk, scenario, resume))
        _farewell(desk)
    finally:
        desk.close()
        loop.close()
        pygame.quit()
    return code


def _first_scene(desk: Desk, scenario: str | None, resume: bool | str | Path) -> Scene:
    if resume:
        return desk.resume(newest() if resume is True else Path(resume))
    if scenario is None:
        return desk.library()
    from sim.scenario import load_scenario

    return desk.briefing(load_scenario(scenario))


def newest(folder: Path | None = None) -> Path:
    """The newest session that is not over; :class:`NothingToResume` where there is none."""
    from sim.journal import sessions_folder, shelf

    found = shelf(folder)
    for kept in found:
        if not kept.ended and not kept.problem:
            return kept.path
    damaged = [kept for kept in found if kept.problem]
    if damaged:
        lines = [_("There is no session to go on with: what is not over cannot be opened.")]
        lines += [
            _("{file}: {why}").format(file=kept.path, why=kept.problem) for kept in damaged[:NAMED]
        ]
        raise NothingToResume("\n".join(lines), _("Begin a new one with: unsaid play"))
    raise NothingToResume(
        _("There is no session to go on with in {folder}.").format(
            folder=folder or sessions_folder()
        ),
        _("Begin one with: unsaid play"),
    )


def _farewell(desk: Desk) -> None:
    session = desk.session
    if session is None or session.path is None or not session.saved or session.ending is not None:
        return
    words = _("Saved in {file}. Go on with: unsaid play --resume")
    print(words.format(file=session.path), file=sys.stderr)
