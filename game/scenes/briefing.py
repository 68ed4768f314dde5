"""Before the first turn: the story, who is here, and one promise out of three."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.desk import Desk
from game.scene import Reset, Scene, SceneChange
from game.scenes.briefing_partners import PartnerName, about
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
    Words,
    button_width,
    card_height,
    draw_widgets,
)
from sim.words import _

if TYPE_CHECKING:
    from sim.scenario import Scenario


LARGEST = 44
"""A story is read aloud from across the room: its type grows while the page has room."""


class BriefingScene(Scene):
    """Pages turned by hand: the story's, the partners, the promise."""

    def __init__(self, desk: Desk, scenario: Scenario) -> None:
        self.desk = desk
        self.scenario = scenario
        self.page = 0
        self.partner = 0
        self.promise = ""
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
        act = self.hands.handle(event, self.widgets(layout))
        kind, _colon, which = self.hands.focus.partition(":")
        if kind == "partner":  # whoever the focus is on is told about
            self.partner = int(which)
        return self._do(act) if act is not None else None

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
            case "leave":
                return self._leave()
            case "partner":
                self.partner = int(which)
            case "promise":
                self.promise = which
                self.hands.focus = "next"
        return None

    def _leave(self) -> SceneChange:
        return Reset(self.desk.library())

    def _turn_to(self, page: int) -> None:
        self.page = page
        self.hands.scrolled.clear()
        self.hands.focus = "next"
        if self._on_partners:
            self.hands.focus = f"partner:{self.partner}"
        elif self._on_promise and not self.promise:
            self.hands.focus = f"promise:{self.scenario.story.promises[0].id}"

    # --- what is on the screen ------------------------------------------------------------

    def _areas(self, layout: Layout) -> tuple[Rect, Rect, Rect]:
        """Heading, page, foot."""
        whole = inset(layout.window, layout.px(60), layout.px(40))
        head, page, foot = rows(whole, [layout.tx(104), 1.0, layout.tx(68)], layout.px(24))
        return head, page, foot

    def widgets(self, layout: Layout) -> list[Widget]:
        _head, page, foot = self._areas(layout)
        inner = inset(page, layout.px(44), layout.px(32))
        if self._on_partners:
            widgets = self._partners(layout, inner)
        elif self._on_promise:
            widgets = self._promises(layout, inner)
        else:
            widgets = self._prose(layout, inner)
        return widgets + self._buttons(layout, foot)

    def _prose(self, layout: Layout, area: Rect) -> list[Widget]:
        text = self.scenario.story.briefing[self.page].text
        bar = layout.px(12)
        inside = Scroll.inside(area, bar)
        words = Prose.filling(layout, "prose", inside, text, size=BODY, largest=LARGEST)
        free = max(0, inside.height - words.rect.height)
        words = words.moved((inside.width - words.rect.width) // 2, free // 3)
        return [Scroll("page", area, children=(words,), bar=bar)]

    def _partners(self, layout: Layout, area: Rect) -> list[Widget]:
        left, right = columns(area, [1.0, 1.25], layout.px(36))
        bar = layout.px(12)
        inside = Scroll.inside(left, bar)
        names: list[Widget] = []
        y = left.y
        shown = self.scenario.partners
        gap = layout.px(6)
        # all of them in sight where that is possible
        tall = (left.height - layout.tx(62)) // max(1, len(shown)) - gap
        tall = max(layout.tx(52), min(layout.tx(68), tall))
        for index, partner in enumerate(shown):
            if index and shown[index - 1].at_table and not partner.at_table:
                words = Words.at(
                    layout, "outside", inside.x, y + layout.px(8), inside.width,
                    _("Not at the table"), muted=True,
                )  # fmt: skip
                names.append(words)
                y = words.rect.bottom + layout.px(4)
            names.append(
                PartnerName(
                    f"partner:{index}",
                    Rect(inside.x, y, inside.width, tall),
                    partner.name,
                    partner.sector,
                    partner.icon,
                    index == self.partner,
                )
            )
            y += tall + gap
        chosen = shown[self.partner]
        told = Prose.filling(
            layout, "about", Scroll.inside(right, bar), about(chosen), size=BODY, largest=LARGEST
        )
        return [
            Scroll("partners", left, children=tuple(names), bar=bar),
            Scroll("details", right, children=(told,), bar=bar),
        ]

    def _promises(self, layout: Layout, area: Rect) -> list[Widget]:
        bar = layout.px(12)
        inside = Scroll.inside(area, bar)
        said = _(
            "Choose one of the three, and say it aloud. You will be asked about it at the end."
        )
        words = Words.at(layout, "said", inside.x, area.y, inside.width, said)
        children: list[Widget] = [words]
        y = words.rect.bottom + layout.px(24)
        gap = layout.px(20)
        promises = self.scenario.story.promises
        room = (area.bottom - y) // len(promises) - gap
        for number, promise in enumerate(promises, start=1):
            least = card_height(
                layout, inside.width, promise.title, icon="hand-heart", title_size=TITLE
            )
            tall = max(least, min(room, layout.tx(150)))
            children.append(
                Button(
                    f"promise:{promise.id}",
                    Rect(inside.x, y, inside.width, tall),
                    label=promise.title,
                    icon="check" if promise.id == self.promise else "hand-heart",
                    chosen=promise.id == self.promise,
                    hotkey=pygame.K_0 + number,
                    size=TITLE,
                    align="left",
                )
            )
            y += tall + gap
        return [Scroll("promises", area, children=tuple(children), bar=bar)]

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
        panel(surface, page, theme.panel, theme.hairline, radius=layout.px(16), width=layout.px(2))
        widgets = self.widgets(layout)
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
            "On the last page choose one promise, with **1**, **2** or **3**."
        )
