"""A card from outside: what it asks, and what came of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.scene import SceneChange
from game.scenes.play_card import CardStep, ReadStep, draw_aside, draw_card
from game.scenes.play_layout import Areas
from game.scenes.play_step import draw_heading, heading, split_foot
from game.view.layout import Layout
from game.view.theme import Theme
from game.view.widgets import Act, Widget
from sim.session import CardSeen, InjectSeen
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow


class InjectStep(CardStep):
    """A card from outside, which wants an answer before the month can run."""

    name = "card"

    def __init__(self, play: Flow, card: InjectSeen) -> None:
        super().__init__(play)
        self.card = card

    def begin(self) -> None:
        self.play.hands.focus = ""  # no ring on something that decides

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


class NewsStep(ReadStep):
    """A card from outside that asks nothing, or what came of the answer to one."""

    name = "news"

    def __init__(self, play: Flow, card: CardSeen) -> None:
        super().__init__(play)
        self.card = card

    @property
    def title(self) -> str:
        return _("What came of it") if self.card.reply else _("From outside")

    def chosen(self) -> str:
        """What the group answered, in the card's words."""
        return self.play.names.options.get((self.card.id, self.card.option), "")

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        _top, rest = heading(layout, areas.side_inner, self.title)
        room = split_foot(layout, rest)[0]
        said = self.chosen()
        label = _("You chose") if said else ""
        draw_aside(surface, layout, theme, room, label, said or _("Read it aloud."))
        with layout.layer("card"):
            inner = self.sheet(surface, layout, theme, areas, theme.accent)
            body = self.card.reply or self.card.card
            draw_card(surface, layout, theme, inner, self.card.title, body, "mail")

    def words(self) -> list[str]:
        said = self.chosen()
        chose = _("You chose: {said}").format(said=said) if said else ""
        lines = [f"**{self.card.title}**", chose, self.card.reply or self.card.card]
        return [line for line in lines if line]

    def help(self) -> str:
        return _("Read it aloud. **Enter** goes on.")
