"""The branches of a play: a small tree, and a way back to any of its turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.branching import Lane, lanes, suggestion
from game.desk import Desk
from game.scene import Pop, Push, Reset, Scene, SceneChange
from game.scenes.branches_tree import LaneName, Track, TurnDot
from game.scenes.dialogs import Choice, Dialog
from game.view.layout import Layout, Rect, inset, rows
from game.view.shapes import panel
from game.view.text import BOLD, draw_text
from game.view.theme import BODY, TITLE, Theme
from game.view.widgets import (
    PRIMARY,
    Act,
    Button,
    Hands,
    Scroll,
    TextField,
    Widget,
    Words,
    button_width,
    draw_widgets,
)
from sim.words import _

if TYPE_CHECKING:
    from sim.session import Session

LONGEST = 60
"""Letters of a branch's name."""


class BranchesScene(Scene):
    """Every play of the family is a line, every turn of it a dot.

    A line's end is gone on with; any other dot begins a branch at the choices of its turn.
    """

    def __init__(self, session: Session, desk: Desk) -> None:
        self.session = session
        self.desk = desk
        self.lanes = lanes(session)
        here = next((n for n, lane in enumerate(self.lanes) if lane.here), 0)
        self.hands = Hands(focus=f"dot:{here}:{self.lanes[here].last}")
        if here > len(self.lanes) // 2:  # a long list opens at its end, where you are
            self.hands.scrolled["tree"] = 1_000_000

    # --- events -------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        act = self.hands.handle(event, self.widgets(layout))
        return self._do(act) if act is not None else None

    def _do(self, act: Act) -> SceneChange | None:
        kind, _colon, which = act.key.partition(":")
        if kind == "back":
            return Pop()
        if kind == "lane":
            return self._go_on(self.lanes[int(which)])
        if kind == "dot":
            number, _colon, turn = which.partition(":")
            lane = self.lanes[int(number)]
            if self._end(lane, int(turn)):
                return self._go_on(lane)
            return Push(NameDialog(self, lane, int(turn)))
        return None

    def _end(self, lane: Lane, turn: int) -> bool:
        """Whether that turn is where the play stands; one that is over has gone beyond it."""
        return turn == lane.last and not lane.ending

    def _go_on(self, lane: Lane) -> SceneChange | None:
        if lane.here:
            return Pop()
        return Reset(self.desk.resume(lane.path)) if lane.path is not None else None

    def begin(self, lane: Lane, turn: int, name: str) -> SceneChange:
        """A new play that leaves ``lane`` at the choices of ``turn``, and to its table."""
        from sim.session import Session

        if lane.here or lane.path is None:
            branch = self.session.branch(name, turn)
        else:
            with Session.resume(lane.path) as other:
                branch = other.branch(name, turn)
        self.desk.close()
        return Reset(self.desk.play(branch))

    # --- what is on the screen ----------------------------------------------------------------

    def _areas(self, layout: Layout) -> tuple[Rect, Rect, Rect]:
        """Heading, tree, foot."""
        page = inset(layout.window, layout.px(60), layout.px(36))
        head, body, foot = rows(page, [layout.tx(112), 1.0, layout.tx(68)], layout.px(20))
        return head, body, foot

    def widgets(self, layout: Layout) -> list[Widget]:
        _head, body, foot = self._areas(layout)
        label = _("Back to the table")
        wide = button_width(layout, label, "arrow-left")
        back = Button(
            "back", Rect(foot.x, foot.y, wide, foot.height), label=label, icon="arrow-left",
            kind=PRIMARY, hotkey=pygame.K_ESCAPE,
        )  # fmt: skip
        bar = layout.px(12)
        area = inset(body, layout.px(36), layout.px(24))
        children = self._tree(layout, Scroll.inside(area, bar))
        return [Scroll("tree", area, children=children, bar=bar), back]

    def _tree(self, layout: Layout, area: Rect) -> tuple[Widget, ...]:
        turns = self.session.turns
        names = min(round(area.width * 0.36), layout.tx(560))
        left = area.x + names + layout.px(20)
        step = (area.right - left) / (turns + 0.5)  # room for the end of a line
        heads = layout.tx(44)
        across = [round(left + (turn - 0.5) * step) for turn in range(1, turns + 1)]
        found: list[Widget] = []
        word = Words.at(layout, "turn", area.x, area.y, names, _("Turn"), muted=True)
        found.append(word)
        for turn, x in enumerate(across, start=1):
            place = Rect(round(x - step / 2), area.y, round(step), heads)
            found.append(TurnNumber(f"number:{turn}", place, text=str(turn)))
        y = area.y + max(heads, word.rect.height) + layout.px(10)
        side = min(layout.tx(56), round(step * 0.8))
        labels: list[Widget] = []
        dots: list[Widget] = []
        middles: list[int] = []
        for number, lane in enumerate(self.lanes):
            name = LaneName(
                f"lane:{number}", Rect(area.x, y, names, 0), title=lane.name,
                line=self._line(lane), chosen=lane.here, lost=bool(lane.problem),
                enabled=not lane.problem,
            )  # fmt: skip
            name = name.resized(layout)
            middle = name.rect.centery
            middles.append(middle)
            labels.append(name)
            for turn in range(lane.first, lane.last + 1):
                place = Rect(0, 0, side, side)
                place.center = (across[turn - 1], middle)
                dots.append(
                    TurnDot(
                        f"dot:{number}:{turn}", place, own=lane.here, lost=bool(lane.problem),
                        end=self._end(lane, turn), here=lane.here and self._end(lane, turn),
                        enabled=not lane.problem, hint=self._hint(lane, turn),
                    )
                )  # fmt: skip
            y = name.rect.bottom + layout.px(16)
        bottom = max(label.rect.bottom for label in labels)
        place = Rect(left, area.y, area.right - left, bottom - area.y)
        track = Track("track", place, self.lanes, tuple(middles), tuple(across), round(step / 2))
        return (track, *found, *labels, *dots)

    def _line(self, lane: Lane) -> str:
        """How far it came, and how it ended."""
        if lane.problem:
            return lane.problem
        if lane.ending:
            return _("Ended: {ending}").format(ending=lane.ending)
        told = _("Turn {turn} of {turns}").format(turn=lane.last, turns=self.session.turns)
        return _("{turn}: you are here").format(turn=told) if lane.here else told

    def _hint(self, lane: Lane, turn: int) -> str:
        if lane.problem:
            return ""
        if self._end(lane, turn):
            return _("You are here") if lane.here else _("Go on with this play")
        return _("Another way from turn {turn}").format(turn=turn)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        surface.fill(theme.background)
        head, body, _foot = self._areas(layout)
        upper, lower = rows(head, [0.55, 0.45])
        draw_text(
            surface, layout, upper, _("Branches of this play"), theme.text,
            size=TITLE, weight=BOLD, one_line=True,
        )  # fmt: skip
        said = _("Choose a turn to try it another way, or a play to go on with. All of them stay.")
        draw_text(surface, layout, lower, said, theme.muted, size=BODY, one_line=True)
        panel(
            surface, body, theme.panel, theme.hairline,
            radius=layout.px(16), width=layout.px(2),
        )  # fmt: skip
        draw_widgets(surface, layout, theme, self.widgets(layout), self.hands)

    def in_words(self) -> str:
        lines = ["**" + _("Branches of this play") + "**"]
        for lane in self.lanes:
            told = f"**{lane.name}.** {self._line(lane)}"
            if lane.above >= 0:
                left = _("It left “{name}” at turn {turn}.").format(
                    name=self.lanes[lane.above].name, turn=lane.first
                )
                told += f" {left}"
            lines.append(f"- {told}")
        return "\n".join(lines)

    def help_text(self) -> str:
        return _(
            "Each line is a play, each dot one of its turns. **Enter** on a dot begins another "
            "play at the choices of that turn, with the same luck; the play you leave stays as "
            "it is. **Enter** on the end of a line goes on with that play."
        )


class TurnNumber(Words):
    """A turn's number above its column, in the middle."""

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: object) -> None:
        draw_text(
            surface, layout, self.rect, self.text, theme.muted, size=BODY, weight=BOLD,
            align="centre", one_line=True,
        )  # fmt: skip


class NameDialog(Dialog):
    """What the new branch shall be called; a name is suggested."""

    def __init__(self, scene: BranchesScene, lane: Lane, turn: int) -> None:
        text = _(
            "A new play begins at the choices of turn {turn}, with the same luck. "
            "“{name}” stays as it is."
        )
        if not scene.session.saved:
            text = _(
                "A new play begins at the choices of turn {turn}, with the same luck. "
                "“{name}” is not saved: it is gone once you leave it."
            )
        super().__init__(
            _("Another way from turn {turn}").format(turn=turn),
            text.format(turn=turn, name=lane.name),
            (
                Choice("begin", _("Begin"), self._begin, pygame.K_RETURN),
                Choice("close", _("Back")),
            ),
            wide=0.6,
        )
        self.scene, self.lane, self.turn = scene, lane, turn
        self.hands.type_into("name", suggestion(turn, scene.lanes))
        self.hands.typing["name"].anchor = 0  # typing at once replaces the suggestion
        self.hands.focus = "name"

    def _begin(self) -> SceneChange:
        name = self.hands.text("name").strip() or suggestion(self.turn, self.scene.lanes)
        return self.scene.begin(self.lane, self.turn, name)

    def body(self, layout: Layout, x: int, y: int, width: int) -> list[Widget]:
        found = super().body(layout, x, y, width)
        y = found[-1].rect.bottom + layout.px(22)
        label = Words.at(layout, "label", x, y, width, _("Its name"), weight=BOLD)
        place = Rect(x, label.rect.bottom + layout.px(8), width, layout.tx(66))
        field = TextField("name", place, label=_("A name for it"), limit=LONGEST)
        return [*found, label, field]

    def act(self, act: Act) -> SceneChange | None:
        return self._begin() if act.key == "name" else None
