"""The first screen: a play to go on with, first steps, places to begin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.desk import Desk
from game.places import meant
from game.scene import Push, Quit, Reset, Scene, SceneChange
from game.scenes.dialogs import Choice, Dialog
from game.scenes.library_cards import HeroCard, ScenarioCard, in_rows
from game.scenes.library_files import Shelved, card_of, read, scenario_names
from game.scenes.open_file import OpenFileDialog, open_file
from game.scenes.sessions import SessionsScene, standing
from game.view.layout import Layout, Rect, columns, inset, rows
from game.view.text import BOLD, draw_text, width_of
from game.view.theme import BODY, HEADING, TITLE, Theme
from game.view.widgets import (
    QUIET,
    Act,
    Button,
    Hands,
    Scroll,
    Widget,
    Words,
    button_width,
    draw_widgets,
)
from sim.words import _, ngettext

if TYPE_CHECKING:
    from sim.journal import Kept

NAME = TITLE * 1.35


class LibraryScene(Scene):
    """Reads one file between two frames, so that the window never waits."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.hands = Hands()
        self.waiting = list(scenario_names(desk.home))
        self.files: list[Shelved] = []
        self.sessions: list[Kept] = []
        self._shelf_read = False

    # --- reading ------------------------------------------------------------------------------

    def update(self, t: float) -> SceneChange | None:
        if not self._shelf_read:
            from sim.journal import shelf

            self.sessions, self._shelf_read = shelf(), True
        elif self.waiting:
            self.files.append(read(self.waiting.pop(0)))
        if not self.hands.focus:
            self.hands.focus = self._first_choice()
        return None

    def _first_choice(self) -> str:
        """What the keyboard is on at first: the newest play, the first steps, the first place."""
        if self.newest is not None:
            return "go-on"
        if self.waiting or not self.files:
            return ""
        return "first-steps" if self.tutorial else f"scenario:{self.places[0].name}"

    def restless(self, t: float) -> bool:
        return bool(self.waiting) or not self._shelf_read

    @property
    def newest(self) -> Kept | None:
        """The newest play that is not over."""
        return next((one for one in self.sessions if not one.ended and not one.problem), None)

    @property
    def tutorial(self) -> Shelved | None:
        """The scenario to learn by, where there is one."""
        return next((file for file in self.files if file.teaches), None)

    @property
    def places(self) -> list[Shelved]:
        """Every other scenario, files with errors last."""
        others = [file for file in self.files if not file.teaches]
        return sorted(others, key=lambda file: file.scenario is None)

    # --- events -------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        if event.type == pygame.DROPFILE:
            return open_file(self.desk, Path(event.file))
        if event.type == pygame.DROPTEXT and (path := meant(event.text)) is not None:
            return open_file(self.desk, path)
        act = self.hands.handle(event, self.widgets(layout))
        return self._do(act) if act is not None else None

    def _do(self, act: Act) -> SceneChange | None:
        kind, _colon, which = act.key.partition(":")
        match kind:
            case "scenario":
                return self._begin(which)
            case "first-steps" if self.tutorial is not None:
                return self._begin(self.tutorial.name)
            case "go-on" if self.newest is not None:
                return Reset(self.desk.resume(self.newest.path))
            case "plays":
                return Push(SessionsScene(self.desk, self.sessions, self._turns()))
            case "open":
                return Push(OpenFileDialog(self.desk))
            case "settings":
                return Push(self.desk.settings_dialog())
            case "leave":
                return Push(_leaving())
        return None

    def _begin(self, name: str) -> SceneChange:
        """To the briefing; the file is read once more, for it may have changed meanwhile."""
        fresh = read(name)
        self.files = [fresh if file.name == name else file for file in self.files]
        if fresh.scenario is None:
            return Push(Dialog(_("This file cannot be played"), fresh.problem))
        return Push(self.desk.briefing(fresh.scenario))

    def _turns(self) -> dict[str, int]:
        """How many turns each scenario has, by id."""
        known = [file.scenario for file in self.files if file.scenario is not None]
        return {scenario.id: len(scenario.time.turns) for scenario in known}

    # --- what is on the screen ----------------------------------------------------------------

    def _areas(self, layout: Layout) -> tuple[Rect, Rect, list[Rect], Rect]:
        """Name, motto, a place for each tool, the shelves."""
        page = inset(layout.window, layout.px(60), layout.px(36))
        gap, tall = layout.px(6), layout.tx(64)
        widths = [button_width(layout, label, icon) for _key, label, icon in self._tools()]
        wide = sum(widths) + gap * (len(widths) - 1)
        name = width_of(_("Left Unsaid"), layout, size=NAME, weight=BOLD) + layout.px(40)
        if name + wide <= page.width:
            top, motto, body = rows(page, [tall, layout.tx(44), 1.0], layout.px(2))
            title, right = columns(top, [1.0, wide])
            x, y = right.x, right.y
        else:  # beneath the name, narrower where even that is too little
            title, motto, line, body = rows(page, [tall, layout.tx(44), tall, 1.0], layout.px(2))
            most = (page.width - gap * (len(widths) - 1)) / max(1, sum(widths))
            widths = [int(one * min(1.0, most)) for one in widths]
            x, y = line.x, line.y
        places = []
        for one in widths:
            places.append(Rect(x, y, one, layout.tx(60)))
            x += one + gap
        body = Rect(body.x, body.y + layout.px(12), body.width, body.height - layout.px(12))
        return title, motto, places, body

    def _tools(self) -> list[tuple[str, str, str]]:
        tools = [
            ("open", _("Open a file"), "file-text"),
            ("settings", _("Settings"), "settings"),
            ("leave", _("Close"), "x"),
        ]
        if self.sessions:
            tools.insert(0, ("plays", _("All plays"), "library"))
        return tools

    def widgets(self, layout: Layout) -> list[Widget]:
        _title, _motto, places, body = self._areas(layout)
        bar = layout.px(12)
        # the list goes down to the edge: what is cut there can be scrolled to
        shelves = Rect(body.x, body.y, body.width, layout.height - body.y)
        for inside in (shelves, Scroll.inside(shelves, bar)):  # the whole width, if all fits
            children = self._shelves(layout, inside)
            if children[-1].rect.bottom <= shelves.bottom - layout.px(20):
                break
        found: list[Widget] = [
            Scroll(
                "shelves", shelves, children=children, bar=bar,
                margin=layout.px(20),
            )
        ]  # fmt: skip
        hotkeys = {"leave": pygame.K_ESCAPE, "open": pygame.K_o}
        for (key, label, icon), rect in zip(self._tools(), places, strict=True):
            hotkey = hotkeys.get(key, 0)
            found.append(Button(key, rect, label=label, icon=icon, kind=QUIET, hotkey=hotkey))
        return found

    def _shelves(self, layout: Layout, inside: Rect) -> tuple[Widget, ...]:
        edge = layout.px(6)  # room for the ring
        inside = Rect(inside.x, inside.y + edge, inside.width, inside.height)
        heroes = self._heroes(layout, inside)
        y = max((hero.rect.bottom for hero in heroes), default=inside.y - layout.px(20))
        words = _("Places to begin") if heroes else _("A place to begin")
        head = Words.at(
            layout, "head", inside.x, y + layout.px(18), inside.width, words,
            size=HEADING, weight=BOLD,
        )  # fmt: skip
        found: list[Widget] = [*heroes, head]
        y = head.rect.bottom + layout.px(10)
        found += self._cards(layout, Rect(inside.x, y, inside.width, 0))
        if self.waiting:
            y = found[-1].rect.bottom + layout.px(14)
            words = _("Reading the files …")
            found.append(Words.at(layout, "reading", inside.x, y, inside.width, words, muted=True))
        return tuple(found)

    def _heroes(self, layout: Layout, area: Rect) -> list[HeroCard]:
        """The newest play, and the first steps, side by side."""
        cards: list[HeroCard] = []
        newest, tutorial = self.newest, self.tutorial
        if newest is not None:
            cards.append(
                HeroCard(
                    "go-on", area, kicker=_("Go on"), title=newest.name or newest.title,
                    line=standing(newest, self._turns().get(newest.scenario, 0)), icon="play",
                    first=True,
                )
            )  # fmt: skip
        if tutorial is not None and tutorial.scenario is not None:
            head = tutorial.scenario.scenario
            there = sum(partner.at_table for partner in tutorial.scenario.partners)
            minutes = ngettext("{count} minute", "{count} minutes", head.minutes)
            partners = ngettext("{count} partner", "{count} partners", there)
            line = _("{minutes}, {partners}: learn it by playing it").format(
                minutes=minutes.format(count=head.minutes), partners=partners.format(count=there)
            )
            cards.append(
                HeroCard(
                    "first-steps", area, kicker=_("New here?"), title=head.title, line=line,
                    icon="footprints", first=not cards,
                )
            )  # fmt: skip
        shares = [1.25, 1.0] if len(cards) == 2 else [1.0]
        return in_rows(layout, area, cards, shares)

    def _cards(self, layout: Layout, area: Rect) -> list[ScenarioCard]:
        """The places to begin, in rows of equal height."""
        cards = [card_of(file) for file in self.places]
        most = 3 if area.width / 3 >= layout.tx(530) else 2
        return in_rows(layout, area, cards, [1.0] * max(1, min(len(cards), most)))

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        surface.fill(theme.background)
        title, motto, _places, _body = self._areas(layout)
        draw_text(
            surface, layout, title, _("Left Unsaid"), theme.text,
            size=NAME, weight=BOLD, valign="middle", one_line=True,
        )  # fmt: skip
        words = _("A table, some partners, and what they do not say")
        draw_text(surface, layout, motto, words, theme.muted, size=BODY, one_line=True)
        draw_widgets(surface, layout, theme, self.widgets(layout), self.hands)

    def in_words(self) -> str:
        lines = []
        if self.newest is not None:
            told = standing(self.newest, self._turns().get(self.newest.scenario, 0))
            name = self.newest.name or self.newest.title
            lines += ["**" + _("Go on") + f"**: {name}. {told}", ""]
        if self.tutorial is not None and self.tutorial.scenario is not None:
            about = " ".join(self.tutorial.scenario.scenario.summary.split())
            lines += ["**" + _("New here?") + f"** {about}", ""]
        lines.append("**" + _("Places to begin") + "**")
        if self.waiting:
            lines.append(_("Reading the files …"))
        for file in self.places:
            card = card_of(file)
            told = " · ".join(words for _icon, words in card.facts)
            parts = [f"**{card.title}.**", card.place, card.summary, told]
            lines.append("- " + " ".join(part for part in parts if part))
        return "\n".join(lines)

    def help_text(self) -> str:
        return _(
            "Choose a place to begin a play, or go on with one that is not over. **O** opens a "
            "file: a scenario of your own, or a play somebody gave you. It can also be dropped "
            "on this window."
        )


def _leaving() -> Dialog:
    """Escape, once too often on the way back, shall not close the window."""
    dialog = Dialog(
        _("Leave Left Unsaid?"),
        _("Every play is kept, and can be gone on with another time."),
        (Choice("leave", _("Leave"), Quit), Choice("stay", _("Stay"))),
    )
    dialog.hands.focus = "stay"
    return dialog
