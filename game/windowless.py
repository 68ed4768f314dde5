"""``play`` where there is no display: a strategy plays, in words, and leaves pictures.

Says so in one sentence, prints the turns, writes them to a file, and draws the play screen
of every turn without a window.  The session is kept beside them, like any other.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.words import _

if TYPE_CHECKING:
    from game.desk import Desk
    from sim.headless import Run, Strategy
    from sim.session import Session

SCENARIO: Final = "dancing-around-the-table"
STRATEGY: Final = "relational"
SIZE: Final = (1920, 1080)


def play_in_words(
    scenario: str | None = None,
    *,
    seed: int | None = None,
    resume: bool | str | Path = False,
    pictures: Path | None = None,
) -> int:
    """Play a whole scenario with a built-in strategy; the exit code.

    ``resume`` plays nothing: a session that people began is theirs to end.  The files go
    into ``pictures``, or into the folder of the sessions.
    """
    _say(
        _(
            "There is no display here, so a built-in strategy plays instead, and the turns "
            "follow as text."
        )
    )
    if resume:
        _say(_("Your session is left as it is: go on with it where there is a screen."))
    # only now: reading the rules takes a while, and somebody is waiting for the sentence
    from sim.headless import play_through
    from sim.journal import sessions_folder
    from sim.library import strategy as named
    from sim.scenario import load_scenario
    from sim.telling import tell

    strategy = named(STRATEGY)
    luck = 7 if seed is None else seed
    run = play_through(load_scenario(scenario or SCENARIO), strategy, luck=luck)
    lines = list(tell(run))
    print("\n".join(lines), flush=True)
    folder = pictures or sessions_folder()
    stem = f"{run.scenario.id}-{luck}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        report = folder / f"{stem}.txt"
        report.write_text("\n".join(lines) + "\n", encoding="utf-8")
        saved = list(_draw(run, strategy, folder, stem))
    except OSError as error:
        _say(_("The report could not be written: {why}").format(why=error))
        return 1
    _say(_("The turns are in {file}.").format(file=report))
    if saved:
        words = _("Pictures of the play screen, {first} to {last}, are in {folder}.")
        _say(words.format(first=saved[0].name, last=saved[-1].name, folder=folder))
    return 0


def _draw(run: Run, strategy: Strategy, folder: Path, stem: str) -> Iterator[Path]:
    """The same play once more, the screen drawn at each turn's choices and at the end."""
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    import pygame

    from game.desk import Desk
    from sim.led import lead
    from sim.session import Session

    pygame.display.init()
    pygame.font.init()
    # hidden: it lends its pixel format to the pictures
    window = pygame.Window("Left Unsaid", SIZE, hidden=True)
    surface = window.get_surface()
    desk = Desk(folder)
    try:
        # kept among the plays of people: its name says that it is none of theirs
        given: dict[str, Any] = {
            "luck": run.luck, "folder": folder, "promise": run.scenario.story.promises[0].id,
            "name": _("Played by itself ({strategy})").format(strategy=STRATEGY),
        }  # fmt: skip
        with Session.start(run.scenario, **given) as session:
            for turn in lead(session, strategy):
                _picture(desk, session, surface)
                path = folder / f"{stem}-turn-{turn}.png"
                pygame.image.save(surface, path)
                yield path
            _picture(desk, session, surface)
            path = folder / f"{stem}-ending.png"
            pygame.image.save(surface, path)
            yield path
    finally:
        window.destroy()
        pygame.display.quit()


def _picture(desk: Desk, session: Session, surface: object) -> None:
    from game.scene import Stack

    stack = Stack(desk.play(session))
    stack.draw(surface, desk.layout(*SIZE), desk.theme, 60.0)  # type: ignore[arg-type]


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
