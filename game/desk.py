"""What all scenes share: the settings, the luck asked for, the session being played.

Scenes ask it for one another, so that none needs to know how another is made.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game import settings as kept
from game.scene import Reset, Scene, SceneChange
from game.view.boxes import Boxes
from game.view.layout import TEXT_SIZES, Layout
from game.view.theme import THEMES, Theme
from sim.words import _

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.session import Session

# The rules and the scenarios are imported where they are used: the window is up before them.


class Desk:
    """One window's shared things.  ``home`` is the user's folder (settings, pictures).

    ``consent``: the room agrees that what it decides may be used for research.
    """

    def __init__(
        self,
        home: Path,
        *,
        seed: int | None = None,
        pictures: Path | None = None,
        consent: bool = False,
    ):
        self.home = home
        self.seed = seed
        self.consent = consent
        self.pictures = pictures or home / "pictures"
        self.settings = kept.load(home / "settings.json")
        self.session: Session | None = None
        self.notices: list[str] = []

    # --- how things look --------------------------------------------------------------

    @property
    def theme(self) -> Theme:
        return THEMES[self.settings.theme]

    def layout(self, width: int, height: int, boxes: Boxes | None = None) -> Layout:
        """The layout for a window of that size, in pixels."""
        return Layout(width, height, self.settings.text, boxes)

    def change(self, **changes: Any) -> None:
        """Change settings, and keep them."""
        self.settings = replace(self.settings, **changes)
        kept.save(self.home / "settings.json", self.settings)

    def next_theme(self) -> None:
        """Light to dark and back."""
        self.change(theme="dark" if self.settings.theme == "light" else "light")

    def next_text_size(self) -> None:
        """The next size of text, and round again."""
        at = TEXT_SIZES.index(self.settings.text) if self.settings.text in TEXT_SIZES else 0
        self.change(text=TEXT_SIZES[(at + 1) % len(TEXT_SIZES)])

    def notice(self, words: str) -> None:
        """Say something in passing, for a few seconds, over whatever is shown."""
        self.notices.append(words)

    # --- scenes -----------------------------------------------------------------------

    def library(self) -> Scene:
        """The first screen; leaves the session that was being played."""
        from game.scenes.library import LibraryScene

        self.close()
        return LibraryScene(self)

    def briefing(self, scenario: Scenario) -> Scene:
        """The story, the partners and the promise of a scenario."""
        from game.scenes.briefing import BriefingScene

        return BriefingScene(self, scenario)

    def settings_dialog(self) -> Scene:
        """Text size and colours."""
        from game.scenes.settings import SettingsDialog

        return SettingsDialog(self)

    def begin(self, scenario: Scenario, promise: str) -> SceneChange:
        """Start a session; where it cannot be saved, it is played unsaved, and that is said."""
        from sim.journal import CannotSave
        from sim.session import Session

        self.close()
        given: dict[str, Any] = {
            "luck": self.seed, "promise": promise, "visibility": self.settings.visibility,
            "consent": self.consent,
        }  # fmt: skip
        try:
            session = Session.start(scenario, **given)
        except CannotSave as error:
            session = Session.start(scenario, **given, save=False)
            self.notice(_("You play on, but nothing is saved: {why}").format(why=error.message))
        if self.consent and session.saved:
            # said where everybody reads it, not only on whoever's command line
            self.notice(_("What is decided here may be used for research: the file says so."))
        return Reset(self.play(session))

    def resume(self, path: Path) -> Scene:
        """The session at ``path``, where it was left; a JournalError says why not.

        Then whatever is being played goes on being played.
        """
        from sim.session import Session

        if self.session is not None and self.session.path == path:
            self.close()  # we hold that file ourselves
        session = Session.resume(path)
        self.close()
        return self.play(session)

    def play(self, session: Session) -> Scene:
        """The play screen of a session."""
        from game.scenes.play import PlayScene

        self.session = session
        return PlayScene(session, self)

    def branches(self, session: Session) -> Scene:
        """The plays that left this one, or that it left, as a tree."""
        from game.scenes.branches import BranchesScene

        return BranchesScene(session, self)

    # --- files ------------------------------------------------------------------------

    def seat_cards(self, scenario: Scenario) -> Path:
        """Write a card for each seat, to be printed; returns where.

        Raises :class:`~sim.journal.CannotSave`.
        """
        from sim.journal import CannotSave
        from sim.report import cards

        path = self.home / "cards" / f"{scenario.id}.html"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(cards.page(scenario), encoding="utf-8")
        except OSError as error:
            raise CannotSave(path, error) from error
        return path

    # --- beginning and end ------------------------------------------------------------

    def warm_up(self) -> None:
        """Import the rules while people read: what is first needed at "Begin" is there."""

        def ahead() -> None:
            with suppress(Exception):  # whoever needs it will say what is wrong
                import_module("sim.session")

        threading.Thread(target=ahead, daemon=True).start()

    def close(self) -> None:
        """Let go of the session's file."""
        if self.session is not None:
            self.session.close()
            self.session = None
