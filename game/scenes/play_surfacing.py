"""What comes out: a card from outside, a confidence, a matter's words, a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pygame

from game.scene import SceneChange
from game.scenes.play_layout import Areas, card_area
from game.scenes.play_step import Step, draw_heading, heading, split_foot
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, inset, rows
from game.view.shapes import panel
from game.view.table import Look as TableLook
from game.view.table_sprites import Sprites
from game.view.text import BOLD, ITALIC, draw_text, fit, height_of
from game.view.theme import BODY, HEADING, TITLE, Theme, mix
from game.view.widgets import PRIMARY, Act, Button, Card, Widget, button_width
from sim.labels import listed, unquoted
from sim.observation import MatterSeen
from sim.session import CardSeen, Confidence, InjectSeen, Surfaced
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play import PlayScene

HUSH: Final = 0.9
"""Seconds of nothing at all before a row's words."""


class CardStep(Step):
    """Something lies over the table."""

    covers = True

    def sheet(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, edge: str
    ) -> Rect:
        """Lay a sheet over the table; what lies inside the sheet."""
        panel(
            surface, areas.table, theme.canvas, theme.hairline,
            radius=layout.px(12), width=layout.px(2),
        )  # fmt: skip
        sheet = card_area(layout, areas.table)
        panel(
            surface, sheet.move(layout.px(6), layout.px(10)), theme.hairline, radius=layout.px(14)
        )
        panel(surface, sheet, theme.panel, edge, radius=layout.px(14), width=layout.px(4))
        return inset(sheet, layout.px(40), layout.px(30))

    def choices(
        self, layout: Layout, area: Rect, options: Sequence[tuple[str, str, str, str]]
    ) -> list[Widget]:
        """Cards one under another, (key, title, line, icon), with keys 1, 2, 3 …"""
        gap = layout.px(12)
        size = HEADING * 0.86
        tall = [
            card_height(layout, area.width, title, (line,) if line else (), icon, size)
            for _key, title, line, icon in options
        ]
        over = sum(tall) + gap * (len(tall) - 1)
        if over > area.height:
            tall = [one * (area.height - gap * (len(tall) - 1)) // sum(tall) for one in tall]
        y = area.y
        found: list[Widget] = []
        for number, ((key, title, line, icon), one) in enumerate(
            zip(options, tall, strict=True), start=1
        ):
            found.append(
                Card(
                    key,
                    Rect(area.x, y, area.width, one),
                    title=title,
                    lines=(line,) if line else (),
                    icon=icon,
                    tag=str(number),
                    title_size=size,
                    hotkey=pygame.K_0 + number,
                )
            )
            y += one + gap
        return found


def card_height(
    layout: Layout, width: int, title: str, lines: tuple[str, ...], icon: str, size: float
) -> int:
    """A choice's height at full size."""
    from game.view.widgets import card_height as tall

    return tall(layout, width, title, lines, icon=icon, tag="1", title_size=size)


class InjectStep(CardStep):
    """A card from outside, which wants an answer before the month can run."""

    def __init__(self, play: PlayScene, card: InjectSeen) -> None:
        super().__init__(play)
        self.card = card

    def begin(self) -> None:
        self.play.hands.focus = f"option:{self.card.choices[0].id}"

    @property
    def title(self) -> str:
        return _("What do you do?")

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        options = [(f"option:{choice.id}", choice.text, "", "") for choice in self.card.choices]
        return self.choices(layout, rest, options)

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        with layout.layer("card"):
            inner = self.sheet(surface, layout, theme, areas, theme.accent)
            draw_card(surface, layout, theme, inner, self.card.title, self.card.card, "mail")

    def act(self, act: Act) -> SceneChange | None:
        kind, _colon, option = act.key.partition(":")
        if kind == "option":
            self.play.session.answer(option)
            self.play.carry_on()
        return None

    def words(self) -> list[str]:
        options = [f"- {choice.text}" for choice in self.card.choices]
        return [f"**{self.card.title}**", self.card.card, *options]

    def help(self) -> str:
        return _("Something has come from outside. Choose with its number, or click.")


def draw_card(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    inner: Rect,
    title: str,
    body: str,
    icon: str,
) -> None:
    """A title with its icon, and a text beneath it."""
    side = layout.tx(54)
    x = inner.x + side + layout.px(18)
    wide = inner.right - x
    tall = max(side, height_of(title, layout, wide, size=TITLE * 1.2, weight=BOLD))
    tall = min(tall, inner.height // 3)
    draw_icon(surface, icon, (inner.x + side / 2, inner.y + tall / 2), side, theme.accent)
    draw_text(
        surface, layout, Rect(x, inner.y, wide, tall), title, theme.text,
        size=TITLE * 1.2, weight=BOLD, valign="middle",
    )  # fmt: skip
    rest = Rect(inner.x, inner.y + tall + layout.px(22), inner.width, 0)
    rest.height = max(1, inner.bottom - rest.y)
    text = " ".join(body.split())
    draw_text(surface, layout, rest, text, theme.text, size=TITLE, valign="middle")


class NewsStep(CardStep):
    """A card from outside that asks nothing, or what came of the answer to one."""

    def __init__(self, play: PlayScene, card: CardSeen) -> None:
        super().__init__(play)
        self.card = card

    def begin(self) -> None:
        self.play.hands.focus = "next"

    @property
    def title(self) -> str:
        return _("What came of it") if self.card.reply else _("From outside")

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _top, rest = heading(layout, areas.side_inner, self.title)
        rect = split_foot(layout, rest)[1][0]
        return [Button("next", rect, label=_("Go on"), kind=PRIMARY, hotkey=pygame.K_RETURN)]

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        with layout.layer("card"):
            inner = self.sheet(surface, layout, theme, areas, theme.accent)
            body = self.card.reply or self.card.card
            draw_card(surface, layout, theme, inner, self.card.title, body, "mail")

    def act(self, act: Act) -> SceneChange | None:
        if act.key == "next":
            self.play.go_on()
        return None

    def words(self) -> list[str]:
        return [f"**{self.card.title}**", self.card.reply or self.card.card]

    def help(self) -> str:
        return _("Read it aloud. **Enter** goes on.")


class ConfidenceStep(CardStep):
    """Something told in confidence: face down, then its words, then what is done with it."""

    def __init__(self, play: PlayScene, told: Confidence) -> None:
        super().__init__(play)
        self.told = told
        self.open = False

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

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _top, rest = heading(layout, areas.side_inner, self.title)
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
                _("It stays between you. You know them better for it."),
                "lock",
            ),
            (
                "do:go_back",
                _("Go back together"),
                _("Help {source} say it to {about}.").format(**said),
                "handshake",
            ),
            (
                "do:use",
                _("Use it elsewhere"),
                _("Others understand more. {source} will know who told.").format(**said),
                "megaphone",
            ),
        ]
        return self.choices(layout, rest, options)

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        if not self.open:
            _top, rest = heading(layout, areas.side_inner, self.title)
            room, _buttons = split_foot(layout, rest, 2)
            said = _(
                "{source} has told you something about {about}. It lies face down: whoever "
                "holds the card may read it first."
            ).format(**self._who())
            draw_text(surface, layout, room, said, theme.text)
        with layout.layer("card"):
            self._card(surface, layout, theme, areas)

    def _card(self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas) -> None:
        inner = self.sheet(surface, layout, theme, areas, theme.accent)
        if not self.open:
            panel(surface, inner, theme.accent, radius=layout.px(10))
            line = mix(theme.accent, theme.on_accent, 0.35)
            frame = inset(inner, layout.px(16))
            panel(surface, frame, "", line, radius=layout.px(8), width=layout.px(3))
            upper, lower = rows(inset(inner, layout.px(30)), [1.6, 1.0])
            side = min(upper.height, layout.tx(150))
            draw_icon(surface, "ear", upper.center, side, theme.on_accent)
            said = _("From {source}, about {about}").format(**self._who())
            draw_text(
                surface, layout, lower, said, theme.on_accent,
                size=HEADING, weight=BOLD, align="centre",
            )  # fmt: skip
            return
        matter = self.matter
        if matter is None:
            return
        draw_unsaid(
            surface, layout, theme, inner, matter.said_instead, matter.left_unsaid,
            _("“You can't use this.”"), theme.accent,
        )  # fmt: skip

    def act(self, act: Act) -> SceneChange | None:
        kind, _colon, what = act.key.partition(":")
        if kind == "turn":
            self.open = True
            self.play.hands.focus = "do:keep"
        elif kind == "later":
            self.play.go_on()
        elif kind == "do":
            self.play.session.confide(self.told.matter, what)
            self.play.looked_again()
            self.play.go_on()
        return None

    def words(self) -> list[str]:
        lines = [f"**{self.title}**", _("From {source}, about {about}").format(**self._who())]
        if self.open and self.matter is not None:
            lines.append(self.matter.left_unsaid)
        return lines

    def help(self) -> str:
        return _("Something was told in confidence. Turn it over, then choose what you do with it.")


def draw_unsaid(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    inner: Rect,
    said: str,
    unsaid: str,
    scene: str,
    tone: str,
) -> None:
    """What was said instead, struck through; the words themselves; how it went."""
    gap = layout.px(20)
    scene = " ".join(scene.split())
    said = f"“{unquoted(said)}”" if said else ""
    upper = min(height_of(said, layout, inner.width), round(inner.height * 0.28)) if said else 0
    lower = height_of(scene, layout, inner.width, size=HEADING, weight=ITALIC) if scene else 0
    lower = min(lower, round(inner.height * 0.34))
    top, middle, foot = rows(inner, [upper, 1.0, lower], gap)
    if said:
        drawn = draw_text(surface, layout, top, said, theme.muted)
        fitted = fit(said, layout, top)
        step = drawn.height / max(1, len(fitted.lines))
        from game.view import fonts

        for k, line in enumerate(fitted.lines):
            wide = fonts.width(line, fitted.size)
            y = round(drawn.y + step * (k + 0.55))
            surface.fill(theme.muted, Rect(top.x, y, wide, max(1, layout.px(3))))
    words = f"“{unquoted(unsaid)}”"
    draw_text(surface, layout, middle, words, tone, size=TITLE * 1.45, weight=BOLD, valign="middle")
    if scene:
        draw_text(surface, layout, foot, scene, theme.text, size=HEADING, weight=ITALIC)


class SurfacedStep(CardStep):
    """A matter's words are out."""

    def __init__(self, play: PlayScene, told: Surfaced) -> None:
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
        self, play: PlayScene, told: Surfaced, sides: Sequence[tuple[str, str, str]] = ()
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
