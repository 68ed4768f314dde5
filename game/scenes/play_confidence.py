"""Something told in confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.scene import SceneChange
from game.scenes.play_card import CardStep, draw_aside, draw_unsaid
from game.scenes.play_layout import Areas
from game.scenes.play_parts import draw_faces, partner_seen
from game.scenes.play_step import draw_heading, heading, split_foot
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset, rows
from game.view.shapes import panel
from game.view.text import BOLD, draw_text
from game.view.theme import HEADING, TITLE, Theme, mix
from game.view.widgets import PRIMARY, Act, Button, Widget
from sim.observation import MatterSeen, PartnerSeen
from sim.session import Confidence
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow


class ConfidenceStep(CardStep):
    """Something told in confidence: face down, then its words, then what is done with it."""

    name = "confidence"

    def __init__(self, play: Flow, told: Confidence) -> None:
        super().__init__(play)
        self.told = told
        self.open = False
        self.done = ""  # what was done with it

    def begin(self) -> None:
        self.play.hands.focus = "turn"

    @property
    def title(self) -> str:
        return _("Can I tell you something?")

    @property
    def matter(self) -> MatterSeen | None:
        """The matter as it is known now."""
        seen = self.play.observation.matters
        return next((matter for matter in seen if matter.id == self.told.matter), None)

    def _who(self) -> dict[str, str]:
        names = self.play.names
        return {
            "source": names.partner(self.told.source),
            "about": names.partner(self.told.about),
        }

    def consequence(self) -> str:
        """What follows from what was done with it, in words."""
        ways = {
            "keep": _(
                "It stays between you. {source} talks to you more easily now, and your word "
                "counts for more there."
            ),
            "go_back": _(
                "You go back together. The next time somebody brings {source} and {about} to say "
                "it, it will come easier."
            ),
            "use": _(
                "It is out. {about} understands a little more. {source} knows who told, and will "
                "think twice before telling you anything."
            ),
        }
        return ways[self.done].format(**self._who()) if self.done else ""

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        if self.done:
            rect = split_foot(layout, rest)[1][0]
            return [Button("next", rect, label=_("Go on"), kind=PRIMARY, hotkey=pygame.K_RETURN)]
        if not self.open:
            _room, buttons = split_foot(layout, rest, 2)
            return [
                Button(
                    "turn", buttons[0], label=_("Turn it over"), kind=PRIMARY,
                    hotkey=pygame.K_RETURN,
                ),
                Button("later", buttons[1], label=_("Leave it face down")),
            ]  # fmt: skip
        said = self._who()
        options = [
            (
                "do:keep",
                _("Keep it"),
                _("It stays between you. {source} will trust your word more.").format(**said),
                "lock",
            ),
            (
                "do:go_back",
                _("Go back together"),
                _("{source} and {about} may find it easier to say, next time.").format(**said),
                "handshake",
            ),
            (
                "do:use",
                _("Use it elsewhere"),
                _("{about} understands more. {source} will know who told.").format(**said),
                "megaphone",
            ),
        ]
        return self.choices(layout, rest, options)

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        _top, rest = heading(layout, areas.side_inner, self.title)
        if not self.open:
            room, _buttons = split_foot(layout, rest, 2)
            said = _(
                "{source} has told you something about {about}. It lies face down: whoever "
                "holds the card may read it first."
            ).format(**self._who())
            draw_text(surface, layout, room, said, theme.text, size=HEADING * 0.94)
        elif self.done:
            room = split_foot(layout, rest)[0]
            label = {
                "keep": _("You kept it"),
                "go_back": _("You go back together"),
                "use": _("You used it"),
            }[self.done]
            draw_aside(surface, layout, theme, room, label, self.consequence())
        with layout.layer("card"):
            self._card(surface, layout, theme, areas)

    def _card(self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas) -> None:
        inner = self.sheet(surface, layout, theme, areas, theme.accent)
        if not self.open:
            panel(surface, inner, theme.accent, radius=layout.px(10))
            line = mix(theme.accent, theme.on_accent, 0.35)
            frame = inset(inner, layout.px(16))
            panel(surface, frame, "", line, radius=layout.px(8), width=layout.px(3))
            upper, middle, lower = rows(inset(inner, layout.px(30)), [1.3, 0.7, 0.7])
            side = min(upper.height, layout.tx(150))
            draw_icon(surface, "ear", upper.center, side, theme.on_accent)
            said = _("From {source}, about {about}").format(**self._who())
            draw_text(
                surface, layout, middle, said, theme.on_accent,
                size=TITLE, weight=BOLD, align="centre", valign="middle",
            )  # fmt: skip
            tall = min(lower.height, layout.tx(96))
            faces = Rect(lower.x, lower.centery - tall // 2, lower.width, tall)
            draw_faces(surface, layout, theme, faces, self._people(), "centre")
            return
        matter = self.matter
        if matter is None:
            return
        out = self.done == "use"
        draw_unsaid(
            surface, layout, theme, inner, self._people(), matter.said_instead,
            matter.left_unsaid, theme.accent, "" if out else self.aside(),
        )  # fmt: skip

    def aside(self) -> str:
        """What goes with the words: not to be used; and whose they are, if not the teller's."""
        written = self.play.scenario.unsaid
        speaker = next((m.between[0] for m in written if m.id == self.told.matter), "")
        if speaker and speaker != self.told.source:
            theirs = _("“That is what {about} would say to us. You can't use it.”")
            return theirs.format(**self._who())
        return _("“You can't use this.”")

    def _people(self) -> list[PartnerSeen]:
        """Who told, and whom it is about."""
        both = (self.told.source, self.told.about)
        return [p for id in both if (p := partner_seen(self.play, id))]

    def act(self, act: Act) -> SceneChange | None:
        kind, _colon, what = act.key.partition(":")
        if kind == "turn":
            self.open = True
            self.play.hands.focus = ""  # no ring on something that decides
        elif kind == "later":
            self.play.go_on()
        elif kind == "do":
            self.play.session.confide(self.told.matter, what)
            self.play.looked_again()
            self.done = what
            self.play.hands.focus = "next"
        elif kind == "next":
            self.play.go_on()
        return None

    def words(self) -> list[str]:
        lines = [f"**{self.title}**", _("From {source}, about {about}").format(**self._who())]
        if self.open and self.matter is not None:
            lines.append(self.matter.left_unsaid)
        if self.done:
            lines.append(self.consequence())
        return lines

    def help(self) -> str:
        return _("Something was told in confidence. Turn it over, then choose what you do with it.")
