"""The ending: a page of its own, then the table as it stands now.  Never a score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.scene import Reset, SceneChange
from game.scenes.play_layout import Areas
from game.scenes.play_parts import ease, still
from game.scenes.play_standing import standing_lines
from game.scenes.play_step import Step, draw_heading, heading, split_foot
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset, rows
from game.view.shapes import panel
from game.view.table import Look as TableLook
from game.view.text import BOLD, draw_text, height_of
from game.view.theme import BODY, HEADING, TITLE, Theme, mix
from game.view.widgets import PRIMARY, Act, Button, Widget, button_width
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow

BY = (0.3, 1.6, 3.2)
"""Seconds until the title, the sentences and the promise come up."""


class EndingStep(Step):
    """How it ended, and whether the promise was kept."""

    name = "ending"

    def __init__(self, play: Flow) -> None:
        super().__init__(play)
        self.since = -1.0
        self.page = True  # the words alone; then the table

    @property
    def whole_window(self) -> bool:  # type: ignore[override]
        """The words have the window to themselves at first."""
        return self.page

    def begin(self) -> None:
        self.play.hands.focus = "table" if self.page else "later"
        self.since = -1.0

    @property
    def title(self) -> str:
        ending = self.play.session.ending
        return ending.title if ending is not None else _("How it ended")

    def text(self) -> str:
        """The ending's two sentences."""
        ending = self.play.session.ending
        return " ".join(ending.text.split()) if ending is not None else ""

    def promise(self) -> str:
        """What became of the promise."""
        ending = self.play.session.ending
        if ending is None or not ending.promise:
            return ""
        way = (
            _("You promised: {promise}. It was kept.")
            if ending.kept
            else _("You promised: {promise}. It was not kept.")
        )
        return way.format(promise=ending.promise.rstrip("."))

    def _kept(self) -> bool:
        ending = self.play.session.ending
        return ending is not None and ending.kept

    # --- widgets --------------------------------------------------------------------------

    def _page(self, layout: Layout) -> tuple[Rect, Rect, Rect, Rect]:
        """Of the page: title, sentences, promise, button."""
        page = inset(layout.window, round(layout.width * 0.12), round(layout.height * 0.1))
        parts = rows(page, [0.9, 1.2, 0.75, layout.tx(66)], layout.px(24))
        label = _("The table as it stands")
        wide = min(button_width(layout, label) + layout.px(60), page.width)
        button = Rect(page.centerx - wide // 2, parts[3].y, wide, parts[3].height)
        return parts[0], parts[1], parts[2], button

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        if self.page:
            label = _("The table as it stands")
            rect = self._page(layout)[3]
            return [Button("table", rect, label=label, kind=PRIMARY, hotkey=pygame.K_RETURN)]
        _top, rest = heading(layout, areas.side_inner, self.title)
        _room, buttons = split_foot(layout, rest, 2)
        return [
            Button(
                "later", buttons[0], label=_("Three years later"), kind=PRIMARY,
                hotkey=pygame.K_RETURN,
            ),
            Button("library", buttons[1], label=_("To the first screen")),
        ]  # fmt: skip

    # --- drawing --------------------------------------------------------------------------

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        if self.page:
            self._draw_page(surface, layout, theme, t)
        else:
            self._draw_side(surface, layout, theme, areas)

    def _draw_page(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        surface.fill(theme.canvas)
        elapsed = 99.0 if self.since < 0 else t - self.since
        share = [ease((elapsed - by) / 0.9) for by in BY]
        title, text, promise, _button = self._page(layout)
        draw_text(
            surface, layout, title, self.title, mix(theme.canvas, theme.accent, share[0]),
            size=TITLE * 2.4, weight=BOLD, align="centre", valign="bottom",
        )  # fmt: skip
        wide = round(title.width * 0.24 * share[0])
        line = Rect(title.centerx - wide // 2, title.bottom + layout.px(10), wide, layout.px(4))
        surface.fill(mix(theme.canvas, theme.border, share[0]), line)
        draw_text(
            surface, layout, text, self.text(), mix(theme.canvas, theme.text, share[1]),
            size=TITLE * 1.2, align="centre", valign="middle",
        )  # fmt: skip
        if share[2] > 0.02:
            tone = theme.good if self._kept() else theme.warn
            self._promise(surface, layout, promise, mix(theme.canvas, tone, share[2]),
                          mix(theme.canvas, theme.text, share[2]))  # fmt: skip

    def _promise_tall(self, layout: Layout, width: int, size: float) -> int:
        """How tall the promise's frame is when nothing shrinks."""
        if not self.promise():
            return 0
        room = width - layout.tx(size * 1.5) - layout.px(66)
        return height_of(self.promise(), layout, room, size=size, weight=BOLD) + layout.px(44)

    def _promise(
        self,
        surface: pygame.Surface,
        layout: Layout,
        area: Rect,
        tone: str,
        ink: str,
        size: float = HEADING,
    ) -> None:
        """The promise, in a frame with its mark: kept or not."""
        said = self.promise()
        if not said:
            return
        side = layout.tx(size * 1.5)
        box = Rect(area.x, 0, area.width, 0)
        box.height = min(area.height, self._promise_tall(layout, area.width, size))
        box.centery = area.centery
        panel(surface, box, "", tone, radius=layout.px(14), width=layout.px(4))
        inner = inset(box, layout.px(22), layout.px(12))
        name = "check" if self._kept() else "x"
        draw_icon(surface, name, (inner.x + side / 2, inner.centery), side, tone)
        left = inner.x + side + layout.px(18)
        words = Rect(left, inner.y, max(1, inner.right - left), inner.height)
        draw_text(surface, layout, words, said, ink, size=size, weight=BOLD, valign="middle")

    def _draw_side(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        _top, rest = heading(layout, areas.side_inner, self.title)
        room, _buttons = split_foot(layout, rest, 2)
        said = "\n".join(standing_lines(self.play.observation))
        size = BODY * 0.95
        gap = layout.px(16)
        tall = [
            height_of(self.text(), layout, room.width, size=BODY),
            self._promise_tall(layout, room.width, size),
            height_of(said, layout, room.width, size=BODY),
        ]
        free = room.height - 2 * gap
        if sum(tall) > free:
            tall = [one * free // sum(tall) for one in tall]
        text, promise, stands = rows(room, tall, gap)
        draw_text(surface, layout, text, self.text(), theme.text, size=BODY)
        tone = theme.good if self._kept() else theme.warn
        self._promise(surface, layout, promise, tone, theme.text, size)
        draw_text(surface, layout, stands, said, theme.text, size=BODY)

    # --- what is done ---------------------------------------------------------------------

    def act(self, act: Act) -> SceneChange | None:
        if act.key == "table":
            self.page = False
            self.begin()
        elif act.key == "later":
            self.play.to_later()
        elif act.key == "library":
            return Reset(self.play.desk.library())
        return None

    def update(self, t: float) -> SceneChange | None:
        if self.since < 0 and not still(self.play):
            self.since = t
        return None

    def restless(self, t: float) -> bool:
        if still(self.play) or not self.page:
            return False
        return self.since < 0 or t - self.since < BY[-1] + 1.2

    def look(self) -> TableLook:
        return TableLook(replies={}, calm=True)

    def words(self) -> list[str]:
        lines = [f"**{self.title}**", self.text(), self.promise()]
        lines += [f"- {line}" for line in standing_lines(self.play.observation)]
        return [line for line in lines if line]

    def help(self) -> str:
        return _("This is how it ended. **Enter** goes on, to what still stands three years later.")
