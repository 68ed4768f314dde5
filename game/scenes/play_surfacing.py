"""What comes out: a matter's words, or a row that stops everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pygame

from game.scene import SceneChange
from game.scenes.play_card import CardStep, draw_unsaid
from game.scenes.play_layout import Areas
from game.scenes.play_step import Step, draw_heading, heading, split_foot
from game.view.layout import Layout, Rect, inset, rows
from game.view.table import Look as TableLook
from game.view.table_sprites import Sprites
from game.view.text import BOLD, draw_text
from game.view.theme import BODY, HEADING, TITLE, Theme, mix
from game.view.widgets import PRIMARY, Act, Button, Widget, button_width
from sim.labels import listed, unquoted
from sim.session import Surfaced
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow


HUSH: Final = 0.9
"""Seconds of nothing at all before a row's words."""


class SurfacedStep(CardStep):
    """A matter's words are out."""

    def __init__(self, play: Flow, told: Surfaced) -> None:
        super().__init__(play)
        self.told = told

    def begin(self) -> None:
        self.play.hands.focus = "next"

    @property
    def title(self) -> str:
        return _("It was said")

    def _how(self) -> str:
        names = self.play.names
        pair = listed([names.partner(self.told.a), names.partner(self.told.b)])
        way = (
            _("Between {pair}. It was heard.") if self.told.well else _("Between {pair}. It hurt.")
        )
        return way.format(pair=pair)

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        rect = split_foot(layout, rest)[1][0]
        return [Button("next", rect, label=_("Go on"), kind=PRIMARY, hotkey=pygame.K_RETURN)]

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        _top, rest = heading(layout, areas.side_inner, self.title)
        room = split_foot(layout, rest)[0]
        draw_text(surface, layout, room, self._how(), theme.text, size=HEADING)
        with layout.layer("card"):
            tone = theme.good if self.told.well else theme.tension
            inner = self.sheet(surface, layout, theme, areas, tone)
            seen = self.play.observation.matters
            said = next((m.said_instead for m in seen if m.id == self.told.matter), "")
            draw_unsaid(
                surface, layout, theme, inner, said, self.told.left_unsaid, self.told.scene, tone
            )

    def act(self, act: Act) -> SceneChange | None:
        if act.key == "next":
            self.play.go_on()
        return None

    def words(self) -> list[str]:
        return [f"**{self.title}**", self.told.left_unsaid, self._how(), self.told.scene]

    def help(self) -> str:
        return _("Something unsaid has been said. Read it aloud. **Enter** goes on.")


class EruptionStep(Step):
    """Everything stops.  The words fill the window; who stands with whom is seen."""

    covers = True
    whole_window = True

    def __init__(
        self, play: Flow, told: Surfaced, sides: Sequence[tuple[str, str, str]] = ()
    ) -> None:
        super().__init__(play)
        self.told = told
        self.sides = tuple(sides)  # who, with, against
        self.since = -1.0

    def begin(self) -> None:
        self.play.hands.focus = "next"
        self.since = -1.0

    def _places(self, layout: Layout) -> tuple[Rect, Rect, Rect, Rect, Rect]:
        """The scene, the words, the two sides, the question and its button."""
        page = inset(layout.window, layout.px(90), layout.px(54))
        tall = layout.tx(62)
        scene, words, sides, foot = rows(
            page, [layout.tx(150), 1.0, layout.tx(176), tall], layout.px(26)
        )
        label = _("Next item")
        wide = min(button_width(layout, label), foot.width // 2)
        button = Rect(foot.right - wide, foot.y, wide, foot.height)
        question = Rect(foot.x, foot.y, foot.width - wide - layout.px(20), foot.height)
        return scene, words, sides, question, button

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        rect = self._places(layout)[4]
        return [Button("next", rect, label=_("Next item"), hotkey=pygame.K_RETURN)]

    def _share(self, t: float) -> float:
        if self.since < 0:
            return 1.0
        return max(0.0, min(1.0, (t - self.since - HUSH) / 0.8))

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        ground = "#170A10" if theme.name == "dark" else "#FFF4F2"
        surface.fill(ground)
        share = self._share(t)
        if share <= 0.02:
            return
        scene, words, sides, question, _button = self._places(layout)
        tone = mix(ground, theme.conflict, share)
        ink = mix(ground, theme.text, share)
        draw_text(
            surface, layout, scene, " ".join(self.told.scene.split()), ink,
            size=HEADING, valign="middle", align="centre",
        )  # fmt: skip
        draw_text(
            surface, layout, words, f"“{unquoted(self.told.left_unsaid)}”", tone,
            size=TITLE * 2.2, weight=BOLD, valign="middle", align="centre",
        )  # fmt: skip
        self._sides(surface, layout, theme, sides, ink)
        draw_text(
            surface, layout, question, _("Who speaks first?"), ink,
            size=HEADING, weight=BOLD, valign="middle",
        )  # fmt: skip

    def _sides(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, ink: str
    ) -> None:
        """The two of them, far apart, with whoever stands behind each."""
        half = (area.width - layout.px(60)) // 2
        seen = {partner.id: partner for partner in self.play.observation.partners}
        for who, place in (
            (self.told.a, Rect(area.x, area.y, half, area.height)),
            (self.told.b, Rect(area.right - half, area.y, half, area.height)),
        ):
            behind = [one for one, beside, _against in self.sides if beside == who and one in seen]
            left = place.x == area.x
            radius = min(layout.tx(42), place.height // 4)
            sprites = Sprites(theme, float(radius), layout.u)
            x = place.x + radius if left else place.right - radius
            for k, one in enumerate([who, *behind]):
                small = sprites if k == 0 else Sprites(theme, radius * 0.7, layout.u)
                picture = small.person(seen[one])
                centre = (x, place.y + radius)
                surface.blit(picture, picture.get_rect(center=centre))
                step = round(radius * (2.1 if k == 0 else 1.6))
                x += step if left else -step
            names = [self.play.names.partner(one) for one in (who, *behind)]
            text = (
                names[0]
                if len(names) == 1
                else _("{who}, with {others}").format(who=names[0], others=listed(names[1:]))
            )
            below = Rect(place.x, place.y + 2 * radius + layout.px(6), place.width, 0)
            below.height = max(1, place.bottom - below.y)
            draw_text(
                surface, layout, below, text, ink,
                size=BODY, weight=BOLD, align="left" if left else "right",
            )  # fmt: skip

    def act(self, act: Act) -> SceneChange | None:
        if act.key == "next":
            self.play.go_on()
        return None

    def update(self, t: float) -> SceneChange | None:
        if self.since < 0:
            self.since = t
        return None

    def restless(self, t: float) -> bool:
        return self.since < 0 or t - self.since < HUSH + 1.0

    def look(self) -> TableLook:
        return TableLook(pair=(self.told.a, self.told.b))

    def words(self) -> list[str]:
        return [self.told.scene, f"**{self.told.left_unsaid}**", _("Who speaks first?")]

    def help(self) -> str:
        return _("It came out. Take your time: there is no clock here. **Enter** goes on.")
