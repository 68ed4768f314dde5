"""Aiming a card: at partners on the table, at a measure, at a form of governance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.scenes.play_hand import draw_details
from game.scenes.play_layout import Areas
from game.scenes.play_step import TARGET_KEYS, heading, split_foot
from game.view.layout import Layout, Rect
from game.view.table import Look as TableLook
from game.view.text import draw_text, height_of
from game.view.theme import BODY, Theme
from game.view.widgets import PRIMARY, Act, Button, Widget
from sim.labels import measure_name
from sim.moves import Move
from sim.observation import Card
from sim.words import _, ngettext

if TYPE_CHECKING:
    from game.scenes.play_flow import Flow

AT_PARTNERS: Final = ("one", "one_or_pair", "pair", "from_to", "some", "outside", "leaving")
MEASURES: Final = (
    "delayed_transfers",
    "emergency_admissions",
    "care_home_admissions",
    "reablement_at_home",
    "resident_experience",
)


class Aim:
    """One card that wants to know at whom."""

    def __init__(self, play: Flow, card: Card) -> None:
        self.play = play
        self.card = card
        self.chosen: list[str] = []
        self.lead = False  # a board led by one partner, who must be chosen

    @property
    def needed(self) -> bool:
        """Whether there is anything to ask."""
        return self.card.target in (*AT_PARTNERS, "measure", "form")

    @property
    def at_partners(self) -> bool:
        """Whether partners are being chosen now."""
        return self.card.target in AT_PARTNERS or self.lead

    @property
    def title(self) -> str:
        return self.card.name

    @property
    def least(self) -> int:
        return 1 if self.lead else max(1, self.card.least)

    @property
    def most(self) -> int:
        return 1 if self.lead else max(self.least, self.card.most)

    def begin(self) -> None:
        """Put the focus where the choice is made."""
        if self.at_partners:
            able = [p.id for p in self.play.observation.partners if p.id in self.able()]
            self.play.hands.focus = f"seat:{able[0]}" if able else "never"
        elif self.card.target == "measure":
            self.play.hands.focus = f"measure:{MEASURES[0]}"
        else:
            self.play.hands.focus = "form:shared"

    def able(self) -> frozenset[str]:
        """Who can be aimed at, apart from those who are already."""
        found = set()
        for partner in self.play.observation.partners:
            if partner.merged_with:
                continue
            if self.card.target == "outside":
                fits = not partner.at_table
            elif self.card.target == "leaving":
                fits = partner.leaving
            else:
                fits = partner.at_table
            if fits and partner.id not in self.chosen:
                found.add(partner.id)
        return frozenset(found)

    def question(self) -> str:
        """What to do, in a sentence."""
        if self.card.target == "measure":
            return _("What is to be counted?")
        if self.card.target == "form" and not self.lead:
            return _("Who holds it?")
        if self.card.target == "from_to":
            return _("First who gives, then who gets.")
        if self.least == self.most:
            return ngettext(
                "Choose {count} partner.", "Choose {count} partners.", self.most
            ).format(count=self.most)
        return _("Choose {least} to {most} partners.").format(least=self.least, most=self.most)

    # --- widgets --------------------------------------------------------------------------

    def _body(self, layout: Layout, areas: Areas) -> tuple[Rect, Rect, list[Rect]]:
        """Details, what is asked, the two buttons."""
        _top, rest = heading(layout, areas.side_inner, self.title)
        room, buttons = split_foot(layout, rest, 2)
        tall = round(room.height * 0.4)
        details = Rect(room.x, room.y, room.width, tall)
        asked = Rect(room.x, details.bottom + layout.px(16), room.width, room.height - tall)
        asked.height = max(1, room.bottom - asked.y)
        return details, asked, buttons

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _details, asked, buttons = self._body(layout, areas)
        found: list[Widget] = []
        if not self.at_partners:
            found += self._options(layout, asked)
        never = buttons[1]
        if self.at_partners:
            found.append(
                Button(
                    "done",
                    buttons[0],
                    label=_("Into the diary"),
                    kind=PRIMARY,
                    enabled=len(self.chosen) >= self.least,
                    hotkey=pygame.K_s,
                )
            )
        found.append(Button("never", never, label=_("Never mind"), hotkey=pygame.K_BACKSPACE))
        return found

    def _options(self, layout: Layout, area: Rect) -> list[Widget]:
        if self.card.target == "measure":
            options = [
                (f"measure:{name}", measure_name(name).partition(",")[0]) for name in MEASURES
            ]
        else:
            options = [
                ("form:shared", _("All of them, together")),
                ("lead", _("One of them leads")),
            ]
        top = height_of(self.question(), layout, area.width) + layout.px(10)
        gap = layout.px(8)
        room = area.height - top
        tall = max(layout.tx(36), min(layout.tx(60), (room + gap) // len(options) - gap))
        return [
            Button(
                key,
                Rect(area.x, area.y + top + k * (tall + gap), area.width, tall),
                label=label[:1].upper() + label[1:],
                align="left",
                hotkey=pygame.K_1 + k,
            )
            for k, (key, label) in enumerate(options)
        ]

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas) -> None:
        details, asked, _buttons = self._body(layout, areas)
        draw_details(surface, layout, theme, details, self.card, "")
        said = self.question()
        tall = min(asked.height, height_of(said, layout, asked.width))
        draw_text(
            surface, layout, Rect(asked.x, asked.y, asked.width, tall), said, theme.text, size=BODY
        )
        if not self.at_partners or not self.chosen:
            return
        names = [self.play.names.partner(id) for id in self.chosen]
        listed = "\n".join(f"{k}. {name}" for k, name in enumerate(names, start=1))
        rest = Rect(asked.x, asked.y + tall + layout.px(8), asked.width, 0)
        rest.height = max(1, asked.bottom - rest.y)
        draw_text(surface, layout, rest, listed, theme.accent, size=BODY, weight="bold")

    # --- what is done ---------------------------------------------------------------------

    def act(self, act: Act) -> Move | bool | None:
        """A move when it is complete, False for never mind, None for not yet."""
        kind, _colon, which = act.key.partition(":")
        match kind:
            case "measure":
                return Move(self.card.move, measure=which)
            case "form":
                return Move(self.card.move, form=which)
            case "lead":
                self.lead = True
                self.begin()
            case "done" if len(self.chosen) >= self.least:
                return self._move()
            case "never":
                return False
        return None

    def seat(self, partner: str) -> Move | bool | None:
        """A partner was chosen: in, or out again."""
        if not self.at_partners:
            return None
        if partner in self.chosen:
            self.chosen.remove(partner)
            return None
        if partner not in self.able() or len(self.chosen) >= self.most:
            return None
        self.chosen.append(partner)
        if len(self.chosen) == self.most:
            return self._move()
        if len(self.chosen) >= self.least:
            self.play.hands.focus = "done" if self.play.hands.by_keyboard else self.play.hands.focus
        return None

    def _move(self) -> Move:
        form = "lead" if self.lead else ""
        return Move(self.card.move, tuple(self.chosen), form=form)

    def hotkeys(self) -> dict[str, str]:
        """A key for everybody who can be aimed at, or has been."""
        if not self.at_partners:
            return {}
        able = self.able() | set(self.chosen)
        return {
            partner.id: key
            for partner, key in zip(self.play.observation.partners, TARGET_KEYS)
            if partner.id in able
        }

    def look(self) -> TableLook:
        if not self.at_partners:
            return TableLook(replies={})
        able = self.able() if len(self.chosen) < self.most else frozenset()
        return TableLook(
            chosen=tuple(self.chosen), aimable=able, numbers=self.hotkeys(), replies={}
        )
