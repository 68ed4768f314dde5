"""The replies: invitations face down, turned one by one; one may be asked again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pygame

from game.scene import SceneChange
from game.scenes.play_layout import Areas
from game.scenes.play_parts import CAME, draw_face, draw_titled, partner_seen, still
from game.scenes.play_step import Shortcut, Step, draw_heading, heading, split_foot
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset
from game.view.shapes import disc, panel
from game.view.table import Look as TableLook
from game.view.table_sprites import REPLY_ICONS
from game.view.text import BOLD, draw_text, height_of
from game.view.theme import BODY, Theme
from game.view.widgets import PRIMARY, Act, Button, Hands, Look, Scroll, Widget, Words
from sim.observation import PartnerSeen
from sim.session import Reply
from sim.voice import voice
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow

SECONDS = 1.6  # between two replies, when nobody presses a key


@dataclass(frozen=True)
class ReplyRow(Widget):
    """One partner's answer, face down until it is turned.

    Choosing it asks again, where that is still possible.
    """

    partner: PartnerSeen | None = None
    reply: str = ""  # "" while it lies face down
    text: str = ""
    again: bool = False  # can be asked again
    latest: bool = False  # turned just now, or the next to be turned
    veiled: bool = False  # there is no room for it: neither drawn nor pointed at

    @property
    def takes_focus(self) -> bool:  # type: ignore[override]
        return self.again

    def holds(self, pos: tuple[int, int]) -> bool:
        return not self.veiled and super().holds(pos)

    @staticmethod
    def beside(layout: Layout) -> int:
        """How much of the width is not for words."""
        return layout.tx(84) + layout.px(48) + layout.tx(58)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        if self.veiled:
            return
        down = not self.reply
        fill = theme.panel2 if down else theme.selected if self.latest or look.hover else ""
        edge = theme.accent if self.latest or self.again else theme.hairline
        width = layout.px(3 if self.latest else 2)
        panel(surface, self.rect, fill, edge, radius=layout.px(10), width=width)
        self.note(surface, layout)
        inner = inset(self.rect, layout.px(10), layout.px(4))
        side = min(layout.tx(84), inner.height)
        if self.partner is not None:
            centre = (inner.x + side / 2, inner.centery)
            draw_face(surface, layout, theme, centre, side / 2 - 2, self.partner)
        left = inner.x + side + layout.px(14)
        right = self._mark(surface, layout, theme, inner, down)
        room = Rect(left, inner.y, max(1, right - layout.px(10) - left), inner.height)
        ink = theme.muted if down else theme.text
        draw_text(surface, layout, room, self.text, ink, size=BODY, valign="middle")
        if look.focus:
            self.ring(surface, layout, theme)

    def _mark(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, inner: Rect, down: bool
    ) -> int:
        """What stands at the right: an envelope, the answer's icon, or an arrow to ask again."""
        side = min(layout.tx(58), inner.height)
        centre = (inner.right - side / 2, inner.centery)
        if self.again:
            panel(
                surface, Rect(inner.right - side, inner.centery - side // 2, side, side),
                theme.panel, theme.accent, radius=side // 2, width=layout.px(3),
            )  # fmt: skip
            draw_icon(surface, "rotate-ccw", centre, round(side * 0.6), theme.accent)
        elif down:
            draw_icon(surface, "mail", centre, round(side * 0.8), theme.muted)
        else:
            tone = theme.good if self.reply in CAME else theme.warn
            disc(surface, centre, side // 2, tone)
            name = REPLY_ICONS.get(self.reply, "circle-help")
            draw_icon(surface, name, centre, round(side * 0.64), theme.on_sector)
        return inner.right - side


@dataclass(frozen=True)
class Following(Scroll):
    """A list that keeps one of its widgets in sight until somebody scrolls it.

    It goes by whole lines: what does not fit is left out, never cut.
    """

    follow: Rect | None = None

    def _stops(self) -> list[int]:
        """How far it can be scrolled: every line may be the first."""
        return sorted({child.rect.top - self.rect.top for child in self.children})

    @property
    def overflow(self) -> int:
        rest = super().overflow
        return next((stop for stop in self._stops() if stop >= rest), rest) if rest else 0

    def offset(self, hands: Hands) -> int:
        if self.key in hands.scrolled or self.follow is None:
            wanted = super().offset(hands)
            return max((stop for stop in self._stops() if stop <= wanted), default=0)
        wanted = min(self.overflow, self.follow.bottom - self.rect.bottom)
        return next((stop for stop in self._stops() if stop >= wanted), max(0, wanted))

    def by(self, hands: Hands, pixels: int) -> None:
        wanted = self.offset(hands) + pixels
        stops = [stop for stop in self._stops() if stop <= self.overflow]
        if pixels > 0:
            found = next((stop for stop in stops if stop >= wanted), self.overflow)
        else:
            found = max((stop for stop in stops if stop <= wanted), default=0)
        hands.scrolled[self.key] = found

    def whole(self, hands: Hands) -> Following:
        """The same list, in which what would be cut at its foot is not seen."""
        first = self.rect.top + self.offset(hands)
        last = first + self.rect.height
        return replace(
            self,
            children=tuple(
                _veiled(child) if first < child.rect.top < last < child.rect.bottom else child
                for child in self.children
            ),
        )


def _veiled(child: Widget) -> Widget:
    if isinstance(child, ReplyRow):
        return replace(child, veiled=True)
    return Shortcut(child.key, child.rect)


class RepliesStep(Step):
    """Step three of a turn."""

    name = "replies"

    def __init__(self, play: Flow) -> None:
        super().__init__(play)
        self.shown = 0
        self.due = -1.0

    def begin(self) -> None:
        self.play.session.replies()
        self.play.looked_again()
        if still(self.play):
            self.shown = len(self.replies())
        self.play.hands.focus = "next"

    @property
    def title(self) -> str:
        return _("What they answer") if self.shown else _("The invitations are out")

    def replies(self) -> tuple[Reply, ...]:
        """All answers, turned or not."""
        return self.play.session.replies()

    @property
    def over(self) -> bool:
        """Whether every answer has been turned."""
        return self.shown >= len(self.replies())

    def can_ask_again(self, reply: Reply) -> bool:
        """One answer that was no may be asked again, once a turn."""
        record = self.play.session.records[-1]
        return self.over and record.again is None and reply.reply not in CAME

    def _said(self, at: int) -> str:
        """One answer in words."""
        return voice(self.play.session).replies(self.play.session.turn)[at]

    # --- widgets --------------------------------------------------------------------------

    def _note(self) -> str:
        """A line above the button: that one may be asked again."""
        if any(self.can_ask_again(reply) for reply in self.replies()):
            return _("One of them may be asked again.")
        return ""

    def _room(self, layout: Layout, areas: Areas) -> tuple[Rect, Rect, Rect]:
        """The list, the line beneath it, the button."""
        _top, rest = heading(layout, areas.side_inner, self.title)
        room, buttons = split_foot(layout, rest)
        note = self._note()
        beside = layout.tx(BODY * 1.25) + layout.px(14)
        tall = height_of(note, layout, room.width - beside, weight=BOLD) if note else 0
        tall += layout.px(14) if note else 0
        line = Rect(room.x, room.bottom - tall, room.width, tall)
        return Rect(room.x, room.y, room.width, room.height - tall), line, buttons[0]

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        room, _line, button = self._room(layout, areas)
        label = _("The months run") if self.over else _("Turn the next")
        go = Button("next", button, label=label, kind=PRIMARY, hotkey=pygame.K_RETURN)
        bar = layout.px(8)
        rows, follow = self._rows(layout, room, bar)
        listed = Following("replies", room, children=rows, bar=bar, follow=follow)
        return [listed.whole(self.play.hands), go]

    def _rows(self, layout: Layout, room: Rect, bar: int) -> tuple[tuple[Widget, ...], Rect | None]:
        """Every invitation under its move; and the one that was turned last."""
        queue, replies = self.play.session.queue, self.replies()
        if not queue:
            words = _("You have asked nobody for anything. The months run all the same.")
            return (Words.at(layout, "none", room.x, room.y, room.width, words),), None
        found: list[Widget] = []
        follow: Rect | None = None
        wide, y, at = Scroll.inside(room, bar).width, room.y, 0
        for index, move in enumerate(queue):
            name = self.play.names.move(move.move)
            head = Words.at(layout, f"move:{index}", room.x, y, wide, name, weight=BOLD)
            found.append(head)
            y = head.rect.bottom + layout.px(4)
            mine = [reply for reply in replies if reply.move_index == index]
            if not mine:
                note = _("Nobody has to be asked for this.")
                found.append(Words.at(layout, f"note:{index}", room.x, y, wide, note, muted=True))
                y = found[-1].rect.bottom + layout.px(4)
            for reply in mine:
                row = self._row(layout, reply, at, Rect(room.x, y, wide, 0))
                found.append(row)
                follow = row.rect if at <= self.shown else follow
                y = row.rect.bottom + layout.px(6)
                at += 1
            y += layout.px(8)
        return tuple(found), follow

    def _row(self, layout: Layout, reply: Reply, at: int, place: Rect) -> ReplyRow:
        name = self.play.names.partner(reply.who)
        turned = at < self.shown
        text = self._said(at) if turned else name
        if turned and self.play.session.records[-1].again == (reply.move_index, reply.who):
            text = _("Asked again. {said}").format(said=text)
        again = turned and self.can_ask_again(reply)
        inside = place.width - ReplyRow.beside(layout)
        least = layout.tx(62) if len(self.replies()) > 5 else layout.tx(92)
        tall = max(least, height_of(text, layout, inside) + layout.px(16))
        return ReplyRow(
            f"again:{reply.move_index}:{reply.who}",
            Rect(place.x, place.y, place.width, tall),
            partner_seen(self.play, reply.who),
            reply.reply if turned else "",
            text,
            again,
            not self.over and at == self.shown - 1,
            enabled=again,
            hint=_("Ask again") if again else "",
        )

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        _room, line, _button = self._room(layout, areas)
        if line.height:
            draw_titled(
                surface, layout, theme, line, "rotate-ccw", self._note(), theme.accent, BODY
            )

    def look(self) -> TableLook:
        turned = self.replies()[: self.shown]
        last = (turned[-1].who,) if turned and not self.over else ()
        return TableLook(replies={reply.who: reply.reply for reply in turned}, pair=last)

    # --- what is done ---------------------------------------------------------------------

    def act(self, act: Act) -> SceneChange | None:
        kind, _colon, which = act.key.partition(":")
        if kind == "next":
            if self.over:
                self.play.after_replies()
            else:
                self._turn()
        elif kind == "again":
            index, _colon, who = which.partition(":")
            self.play.session.ask_again(int(index), who)
            self.play.looked_again()
            self.play.hands.focus = "next"
        return None

    def _turn(self) -> None:
        self.shown += 1
        self.due = -1.0
        self.play.hands.scrolled.pop("replies", None)  # the list follows again

    def update(self, t: float) -> SceneChange | None:
        if self.over:
            return None
        if self.due < 0:
            self.due = t + SECONDS
        elif t >= self.due:
            self._turn()
        return None

    def restless(self, t: float) -> bool:
        return not self.over

    def words(self) -> list[str]:
        lines = [f"**{self.title}**"]
        for k, reply in enumerate(self.replies()):
            move = self.play.names.move(self.play.session.queue[reply.move_index].move)
            name = self.play.names.partner(reply.who)
            said = self._said(k) if k < self.shown else f"{name}: …"
            lines.append(f"- {move}: {said}")
        return lines

    def help(self) -> str:
        return _(
            "**Enter** turns the next answer. When all are turned, one that was no may be asked "
            "again: choose it. Then the months run."
        )
