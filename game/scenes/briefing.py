"""Before the first turn: the story, who is here, and one promise out of three."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pygame

from game.desk import Desk
from game.scene import Reset, Scene, SceneChange
from game.scenes.briefing_partners import PartnerSheet, about, cards_are_in, names_of, seats_of
from game.scenes.briefing_promise import promises_of
from game.scenes.library_cards import picture_of
from game.view.layout import Layout, Rect, columns, inset, rows
from game.view.prose import Prose
from game.view.shapes import disc, panel
from game.view.text import BOLD, draw_text
from game.view.theme import BODY, TITLE, Theme
from game.view.widgets import (
    PRIMARY,
    Act,
    Button,
    Hands,
    Scroll,
    Widget,
    button_width,
    draw_widgets,
)
from sim.words import _

if TYPE_CHECKING:
    from sim.scenario import Scenario


ENTER: Final = (pygame.K_RETURN, pygame.K_KP_ENTER)
MODIFIED: Final = pygame.KMOD_ALT | pygame.KMOD_CTRL | pygame.KMOD_META
LARGEST: Final = 44
"""A story is read aloud from across the room: its type grows while the page has room."""


def pressed(event: pygame.event.Event, key: int) -> bool:
    """Whether that key goes down by itself."""
    return event.type == pygame.KEYDOWN and event.key == key and not event.mod & MODIFIED


class BriefingScene(Scene):
    """Pages turned by hand: the story's, the partners, the promise.  Enter goes on."""

    def __init__(self, desk: Desk, scenario: Scenario) -> None:
        self.desk = desk
        self.scenario = scenario
        self.page = 0
        self.partner = 0
        self.promise = ""
        self.nudged = False  # somebody wanted to begin without a promise
        self.cards: Path | None = None  # the seat cards, once they are written
        self.hands = Hands(focus="next")

    # --- pages ----------------------------------------------------------------------------

    @property
    def _story(self) -> int:
        return len(self.scenario.story.briefing)

    @property
    def pages(self) -> int:
        return self._story + 2

    @property
    def _on_partners(self) -> bool:
        return self.page == self._story

    @property
    def _on_promise(self) -> bool:
        return self.page == self.pages - 1

    def _title(self) -> str:
        if self._on_partners:
            return _("Who is here")
        if self._on_promise:
            return _("What do you promise?")
        return self.scenario.story.briefing[self.page].title

    # --- events ---------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        if event.type == pygame.KEYDOWN and self._arrow(event.key, layout):
            return None
        if not self._on_partners and pressed(event, pygame.K_p):  # there it is a button's key
            self._write_cards()
            return None
        if event.type == pygame.KEYDOWN and event.key in ENTER:
            self.nudged = self._on_promise and not self.promise
        act = self.hands.handle(event, self.widgets(layout))
        kind, _colon, which = self.hands.focus.partition(":")
        if kind == "partner":  # whoever the focus is on is told about
            self.partner = int(which)
        return self._do(act) if act is not None else None

    def _arrow(self, key: int, layout: Layout) -> bool:
        """Arrows go from partner to partner, and onto the first or the last promise."""
        way = {pygame.K_UP: -1, pygame.K_DOWN: 1}.get(key, 0)
        if not way:
            return False
        if self._on_partners:
            self.partner = (self.partner + way) % len(self.scenario.partners)
            self.hands.focus = "next"  # it is still Enter that goes on
            self._into_view(layout)
            return True
        if self._on_promise and not self.hands.focus.startswith("promise:"):
            wanted = self.scenario.story.promises[0 if way > 0 else -1].id
            self.hands.focus, self.hands.by_keyboard = f"promise:{wanted}", True
            return True
        return False

    def _into_view(self, layout: Layout) -> None:
        for widget in self.widgets(layout):
            if isinstance(widget, Scroll) and widget.key == "partners":
                for child in widget.children:
                    if child.key == f"partner:{self.partner}":
                        here = child.rect.move(0, -widget.offset(self.hands))
                        widget.bring_into_view(self.hands, here)
        self.hands.scrolled.pop("details", None)

    def _do(self, act: Act) -> SceneChange | None:
        kind, _colon, which = act.key.partition(":")
        match kind:
            case "next" if self._on_promise:
                return self.desk.begin(self.scenario, self.promise)
            case "next":
                self._turn_to(self.page + 1)
            case "skip":
                self._turn_to(self.pages - 1)
            case "back" if self.page == 0:
                return self._leave()
            case "back":
                self._turn_to(self.page - 1)
            case "cards":
                self._write_cards()
            case "partner":
                self.partner = int(which)
                self.hands.scrolled.pop("details", None)
            case "promise":
                self.promise = which
                self.nudged = False
                self.hands.focus = "next"
        return None

    def _write_cards(self) -> None:
        self.cards = self.desk.seat_cards(self.scenario)
        if not self._on_partners:  # there it stands on the page itself
            self.desk.notice(cards_are_in(self.cards))

    def _leave(self) -> SceneChange:
        return Reset(self.desk.library())

    def _turn_to(self, page: int) -> None:
        self.page = page
        self.nudged = False
        self.hands.scrolled.clear()
        # nothing is promised by pressing Enter once too often
        self.hands.focus = "" if self._on_promise and not self.promise else "next"

    # --- what is on the screen ------------------------------------------------------------

    def _areas(self, layout: Layout) -> tuple[Rect, Rect, Rect]:
        """Heading, page, foot."""
        whole = inset(layout.window, layout.px(60), layout.px(40))
        head, page, foot = rows(whole, [layout.tx(104), 1.0, layout.tx(68)], layout.px(24))
        return head, page, foot

    def _inner(self, layout: Layout, page: Rect) -> Rect:
        return inset(page, layout.px(44), layout.px(32))

    def widgets(self, layout: Layout) -> list[Widget]:
        _head, page, foot = self._areas(layout)
        inner = self._inner(layout, page)
        if self._on_partners:
            widgets = self._partners(layout, inner)
        elif self._on_promise:
            widgets = self._promises(layout, page)
        else:
            widgets = self._prose(layout, inner)
        return widgets + self._buttons(layout, foot)

    def _prose(self, layout: Layout, area: Rect) -> list[Widget]:
        text = self.scenario.story.briefing[self.page].text
        bar = layout.px(12)
        if self.page == 0:  # the place's portrait stands beside its first page
            area = self._beside(area)[0]
        inside = Scroll.inside(area, bar)
        words = Prose.filling(layout, "prose", inside, text, size=BODY, largest=LARGEST)
        free = max(0, inside.height - words.rect.height)
        aside = 0 if self.page == 0 else (inside.width - words.rect.width) // 2
        words = words.moved(aside, free // 3)
        return [Scroll("page", area, children=(words,), bar=bar)]

    def _beside(self, area: Rect) -> tuple[Rect, Rect]:
        """The first page: its words, and its picture."""
        words, picture = columns(area, [1.5, 1.0], area.width // 40)
        return words, picture

    def _picture(self, layout: Layout, area: Rect, widgets: Sequence[Widget]) -> Rect | None:
        """Where the place's portrait stands: on the first page, and beneath a short list."""
        if self.page == 0:
            return self._beside(area)[1]
        for widget in widgets if self._on_partners else ():
            if isinstance(widget, Scroll) and widget.key == "partners":
                top = max(child.rect.bottom for child in widget.children) + layout.px(30)
                if widget.rect.bottom - top >= layout.px(300):
                    return Rect(widget.rect.x, top, widget.rect.width, widget.rect.bottom - top)
        return None

    def _partners(self, layout: Layout, area: Rect) -> list[Widget]:
        left, right = columns(area, [1.0, 1.3], layout.px(48))
        bar = layout.px(12)
        seats = seats_of(layout, right, self.cards)
        top = min(widget.rect.top for widget in seats) - layout.px(20)
        right = Rect(right.x, right.y, right.width, top - right.y)
        partners = self.scenario.partners
        names = names_of(layout, Scroll.inside(left, bar), partners, self.partner)
        sheet = PartnerSheet.filling(
            layout, "about", Scroll.inside(right, bar), partners[self.partner]
        )
        return [
            Scroll("partners", left, children=names, bar=bar),
            Scroll("details", right, children=(sheet,), bar=bar),
            *seats,
        ]

    def _promises(self, layout: Layout, area: Rect) -> list[Widget]:
        bar = layout.px(12)
        for inside in (area, Scroll.inside(area, bar)):  # the whole width, if all fits
            children = promises_of(layout, inside, self.scenario.story.promises, self.promise)
            if children[-1].rect.bottom <= area.bottom:
                break
        return [Scroll("promises", area, children=children, bar=bar)]

    def _buttons(self, layout: Layout, foot: Rect) -> list[Widget]:
        gap = layout.px(16)
        onward = _("Begin") if self._on_promise else _("Go on")
        specs = [("back", _("Back"), "arrow-left", pygame.K_ESCAPE)]
        if not self._on_promise:
            specs.append(("skip", _("To the promise"), "", 0))
        widgets: list[Widget] = []
        x = foot.x
        for key, label, icon, hotkey in specs:
            wide = button_width(layout, label, icon)
            rect = Rect(x, foot.y, wide, foot.height)
            widgets.append(Button(key, rect, label=label, icon=icon, hotkey=hotkey))
            x += wide + gap
        wide = button_width(layout, onward, "arrow-right")
        rect = Rect(foot.right - wide, foot.y, wide, foot.height)
        ready = not self._on_promise or bool(self.promise)
        widgets.append(
            Button(
                "next",
                rect,
                label=onward,
                icon="arrow-right",
                kind=PRIMARY,
                enabled=ready,
                hint="" if ready else _("Choose a promise first."),
                hotkey=pygame.K_RETURN,
            )
        )
        return widgets

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        surface.fill(theme.background)
        head, page, foot = self._areas(layout)
        upper, lower = rows(head, [0.42, 0.58])
        place = f"{self.scenario.scenario.title} · {self.scenario.scenario.place}"
        draw_text(surface, layout, upper, place, theme.muted, size=BODY, one_line=True)
        draw_text(
            surface, layout, lower, self._title(), theme.text,
            size=TITLE, weight=BOLD, one_line=True,
        )  # fmt: skip
        if not self._on_promise:
            edge = layout.px(2)
            panel(surface, page, theme.panel, theme.hairline, radius=layout.px(16), width=edge)
        widgets = self.widgets(layout)
        beside = self._picture(layout, self._inner(layout, page), widgets)
        if beside is not None:
            tall = min(beside.height, round(beside.width / 1.25))
            drawing = picture_of(self.scenario, beside.width, tall, theme)
            surface.blit(drawing, drawing.get_rect(center=beside.center))
        draw_widgets(surface, layout, theme, widgets, self.hands)
        self._dots(surface, layout, theme, foot, widgets)

    def _dots(
        self,
        surface: pygame.Surface,
        layout: Layout,
        theme: Theme,
        foot: Rect,
        widgets: list[Widget],
    ) -> None:
        """How far through: a dot a page, where there is room between the buttons."""
        left = max(w.rect.right for w in widgets if w.key in ("back", "skip"))
        right = next(w.rect.left for w in widgets if w.key == "next")
        if self.nudged:  # in the dots' place
            place = Rect(left, foot.y, right - left, foot.height)
            place = inset(place, layout.px(24), 0)
            words = _("Choose a promise first: 1, 2 or 3.")
            draw_text(
                surface, layout, place, words, theme.warn, weight=BOLD,
                align="right", valign="middle",
            )  # fmt: skip
            return
        step = layout.px(30)
        if right - left < step * (self.pages + 1):
            return
        x = (left + right - step * (self.pages - 1)) / 2
        for page in range(self.pages):
            here = page == self.page
            radius = layout.px(9 if here else 6)
            centre = (x + step * page, foot.centery)
            disc(surface, centre, radius, theme.accent if here else theme.border)

    def in_words(self) -> str:
        head = f"**{self._title()}**\n\n"
        if self._on_partners:
            return head + "\n\n".join(about(partner) for partner in self.scenario.partners)
        if self._on_promise:
            return head + "\n".join(f"- {one.title}" for one in self.scenario.story.promises)
        return head + self.scenario.story.briefing[self.page].text

    def help_text(self) -> str:
        return _(
            "Read the story aloud, page by page; **Enter** goes on, **Escape** goes back. "
            "Up and down go from partner to partner; **P** writes a card for each seat, to be "
            "printed. On the last page choose one promise, with **1**, **2** or **3**."
        )
