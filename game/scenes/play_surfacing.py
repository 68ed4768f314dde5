"""What comes out otherwise than in a row: a matter's words, and how they were taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.scenes.play_card import ReadStep, draw_aside, draw_unsaid
from game.scenes.play_layout import Areas
from game.scenes.play_parts import partner_seen
from game.scenes.play_step import draw_heading, heading, split_foot
from game.view.layout import Layout
from game.view.theme import Theme
from sim.session import Session, Surfaced
from sim.voice import voice
from sim.words import _

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow


def of_our_doing(session: Session, told: Surfaced) -> str:
    """What the group did this turn that brought it out: "say_it_here", a move's id, or ""."""
    if not session.records:
        return ""
    record = session.records[-1]
    if (record.live, record.choice) == (told.matter, "say_it_here"):
        return record.choice
    came = {
        (reply.move_index, reply.who) for reply in record.replies or () if reply.reply == "comes"
    }
    both = (told.a, told.b)
    met = [
        move.move
        for index, move in enumerate(record.moves)
        if all(who in move.targets and (index, who) in came for who in both)
    ]
    return "honest_conversation" if "honest_conversation" in met else next(iter(met), "")


class SurfacedStep(ReadStep):
    """A matter's words are out."""

    name = "surfacing"

    def __init__(self, play: Flow, told: Surfaced) -> None:
        super().__init__(play)
        self.told = told

    @property
    def title(self) -> str:
        return _("It was said")

    def _why(self) -> str:
        """What the group had to do with it, in a line."""
        doing = of_our_doing(self.play.session, self.told)
        if doing == "":
            return _("Nobody had asked them to.")
        if doing == "say_it_here":
            return _("You said it here.")
        if doing == "honest_conversation":
            return _("You had brought them to it.")
        cards = (*self.play.observation.hand, *self.play.observation.drawer)
        name = next((card.name for card in cards if card.move == doing), "")
        return _("They had met: {card}.").format(card=name) if name else ""

    def _how(self) -> str:
        """How it came out, in a line."""
        return voice(self.play.session).caption(self.told)

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        draw_heading(surface, layout, theme, areas.side_inner, self.title)
        _top, rest = heading(layout, areas.side_inner, self.title)
        room = split_foot(layout, rest)[0]
        draw_aside(surface, layout, theme, room, self._how(), " ".join(self.told.scene.split()))
        with layout.layer("card"):
            tone = {True: theme.good, False: theme.tension, None: theme.accent}[self.told.well]
            inner = self.sheet(surface, layout, theme, areas, tone)
            seen = self.play.observation.matters
            said = next((m.said_instead for m in seen if m.id == self.told.matter), "")
            both = (self.told.a, self.told.b)
            people = [p for id in both if (p := partner_seen(self.play, id))]
            foot = {
                True: _("It was heard."), False: _("It hurt."), None: _("It is out."),
            }[self.told.well]  # fmt: skip
            foot = _("{taken} {why}").format(taken=foot, why=self._why()).strip()
            draw_unsaid(
                surface, layout, theme, inner, people, said, self.told.left_unsaid, tone, foot
            )

    def words(self) -> list[str]:
        how = [self._why(), self._how()]
        return [f"**{self.title}**", self.told.left_unsaid, *how, self.told.scene]

    def help(self) -> str:
        return _("Something unsaid has been said. Read it aloud. **Enter** goes on.")
