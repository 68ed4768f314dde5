"""When something of ours breaks: a calm screen, what is safe, and how to go on."""

from __future__ import annotations

import pygame

from game import faults
from game.desk import Desk
from game.faults import Fault
from game.places import shown
from game.scene import Quit, Reset, Scene, SceneChange
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect
from game.view.shapes import disc, panel
from game.view.text import BOLD, draw_text, height_of
from game.view.theme import HEADING, SMALL, TITLE, Theme
from game.view.widgets import (
    PLAIN,
    PRIMARY,
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
from sim.words import _


class BrokenScene(Scene):
    """Says what happened in a sentence; a room never sees more than that."""

    def __init__(self, desk: Desk, fault: Fault) -> None:
        self.desk = desk
        self.fault = fault
        self.hands = Hands(focus=self._choices()[0][0])

    # --- what can be done ---------------------------------------------------------------------

    def _choices(self) -> list[tuple[str, str, str]]:
        """Key, words and icon, what to do first in front."""
        on = ("on", _("Go on from there"), "play")
        first = ("first", _("To the first screen"), "library")
        leave = ("leave", _("Close"), "x")
        if self.fault.file is None and self.fault.unsaved is None:
            return [first, leave]
        # what broke twice in one place will break again
        return [first, on, leave] if self.fault.again else [on, first, leave]

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        act = self.hands.handle(event, self.widgets(layout))
        return self._do(act) if act is not None else None

    def _do(self, act: Act) -> SceneChange | None:
        match act.key:
            case "on" if self.fault.unsaved is not None:
                return Reset(self.desk.play(self.fault.unsaved))
            case "on" if self.fault.file is not None:
                return Reset(self.desk.resume(self.fault.file))
            case "first":
                return Reset(self.desk.library())
            case "leave":
                return Quit()
        return None

    # --- what is on the screen ----------------------------------------------------------------

    def _where(self) -> list[str]:
        """Where the play and the report are."""
        lines = []
        if self.fault.file is not None:
            lines.append(_("The play: {file}").format(file=shown(self.fault.file)))
        if self.fault.report is not None:
            words = _("What we know about the fault: {file}. Please send it to us.")
            lines.append(words.format(file=shown(self.fault.report)))
        return lines

    def _frame(self, layout: Layout) -> Rect:
        wide = min(layout.width - 2 * layout.px(60), layout.tx(1240))
        return Rect((layout.width - wide) // 2, 0, wide, layout.height)

    def _text(self, layout: Layout) -> list[Words]:
        """The words, one beneath another from y = 0."""
        frame = self._frame(layout)
        words: list[Words] = []
        y = 0

        def add(key: str, text: str, size: float, weight: str, muted: bool, gap: int) -> None:
            nonlocal y
            one = Words.at(
                layout, key, frame.x, y, frame.width, text, size=size, weight=weight, muted=muted
            )
            words.append(one)
            y = one.rect.bottom + gap

        regular = "regular"
        add("title", _("A short pause"), TITLE * 1.3, BOLD, False, layout.px(22))
        add("what", faults.what_happened(self.fault), HEADING, regular, False, layout.px(14))
        add("safe", faults.what_is_safe(self.fault), HEADING, regular, False, layout.px(44))
        for number, line in enumerate(self._where()):
            add(f"where:{number}", line, SMALL, regular, True, layout.px(10))
        return words

    def _places(self, layout: Layout) -> tuple[Rect, list[Widget]]:
        """The cup's place, and everything else."""
        frame = self._frame(layout)
        words = self._text(layout)
        tall = words[-1].rect.bottom
        buttons, buttons_tall = self._buttons(layout, frame)
        cup, gap = layout.px(150), layout.px(40)
        room = layout.height - 2 * layout.px(40) - buttons_tall - gap
        if cup + gap + tall > room:
            cup = 0
        whole = min(room, (cup + gap if cup else 0) + tall) + gap + buttons_tall
        top = (layout.height - whole) // 2
        place = Rect(frame.x, top, cup, cup)
        y = top + (cup + gap if cup else 0)
        area = Rect(frame.x, y, frame.width, min(tall, room))
        moved = tuple(one.moved(0, y) for one in words)
        scroll = Scroll("words", area, children=moved, bar=layout.px(12))
        foot = area.bottom + gap
        return place, [scroll, *(button.moved(0, foot) for button in buttons)]

    def _buttons(self, layout: Layout, frame: Rect) -> tuple[list[Button], int]:
        tall, gap = layout.tx(72), layout.px(18)
        found: list[Button] = []
        x = frame.x
        choices = self._choices()
        widths = [button_width(layout, label, icon) for _key, label, icon in choices]
        beneath = sum(widths) + gap * (len(widths) - 1) > frame.width
        y = 0
        for number, ((key, label, icon), wide) in enumerate(zip(choices, widths, strict=True)):
            kind = PRIMARY if number == 0 else QUIET if key == "leave" else PLAIN
            hotkey = {"leave": pygame.K_ESCAPE}.get(key, pygame.K_RETURN if number == 0 else 0)
            rect = Rect(x, y, min(wide, frame.width), tall)
            found.append(Button(key, rect, label=label, icon=icon, kind=kind, hotkey=hotkey))
            if beneath:
                y += tall + gap
            else:
                x += wide + gap
        return found, found[-1].rect.bottom

    def widgets(self, layout: Layout) -> list[Widget]:
        return self._places(layout)[1]

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        surface.fill(theme.background)
        cup, widgets = self._places(layout)
        if cup.width:
            disc(surface, cup.center, cup.width // 2, theme.selected)
            draw_icon(surface, "coffee", cup.center, round(cup.width * 0.55), theme.accent)
        draw_widgets(surface, layout, theme, widgets, self.hands)

    def in_words(self) -> str:
        said = [faults.what_happened(self.fault), faults.what_is_safe(self.fault)]
        return "\n\n".join([*said, *self._where()])

    def help_text(self) -> str:
        return _("Go on where you were, or begin again from the first screen.")


def plainly(surface: pygame.Surface, layout: Layout, theme: Theme, words: str) -> None:
    """The same in the plainest way, for when even the calm screen breaks."""
    surface.set_clip(None)
    surface.fill(theme.background)
    wide = layout.width * 3 // 4
    tall = min(layout.height * 3 // 4, height_of(words, layout, wide))
    box = Rect((layout.width - wide) // 2, (layout.height - tall) // 2, wide, tall)
    panel(surface, box.inflate(layout.px(80), layout.px(80)), theme.panel, radius=layout.px(16))
    draw_text(surface, layout, box, words, theme.text)
