"""Aiming a card: at partners on the table, at a measure, at a form of governance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pygame

from game.scenes.play_aim_words import greyed, measure_line, question, said, wanted
from game.scenes.play_hand import draw_details
from game.scenes.play_layout import Areas
from game.scenes.play_parts import Numbered, draw_face, draw_nobody, partner_seen
from game.scenes.play_step import TARGET_KEYS, Shortcut, heading, split_foot
from game.view.layout import Layout, Rect
from game.view.table import Look as TableLook
from game.view.text import BOLD, draw_text, height_of
from game.view.theme import BODY, HEADING, Theme
from game.view.widgets import PRIMARY, Act, Button, Card, Widget, card_height
from sim.moves import Move
from sim.observation import Card as HandCard
from sim.observation import PartnerSeen
from sim.words import _

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

    def __init__(self, play: Flow, card: HandCard) -> None:
        self.play = play
        self.card = card
        self.chosen: list[str] = []
        self.lead = False  # a board led by one partner, who must be chosen
        self.why = ""  # why the partner pointed at last cannot be chosen

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
        """No more than the table has for it."""
        if self.lead:
            return 1
        there = sum(not greyed(self.play, self.card, p.id, ()) for p in self._partners)
        return max(self.least, min(self.card.most, there))

    @property
    def _partners(self) -> tuple[PartnerSeen, ...]:
        return self.play.observation.partners

    @property
    def missing(self) -> int:
        """How many more it needs at least."""
        return max(0, self.least - len(self.chosen))

    def begin(self) -> None:
        """Put the ring on somebody who can be chosen; on nothing where a key would decide."""
        able = self.able()
        first = next((p.id for p in self.play.observation.partners if p.id in able), "")
        self.play.hands.focus = ""
        if self.at_partners:
            self.play.hands.focus = f"seat:{first}" if first else "never"

    def refusal(self, partner: str) -> str:
        """Why a partner cannot be chosen now, in words; "" when it can."""
        return greyed(self.play, self.card, partner, self.chosen)

    def able(self) -> frozenset[str]:
        """Who can be aimed at, apart from those who are already."""
        return frozenset(
            partner.id
            for partner in self.play.observation.partners
            if partner.id not in self.chosen and not self.refusal(partner.id)
        )

    def said(self) -> str:
        """What has been chosen so far, in words: "Northmarsh Council and …?"."""
        return said(self.card, self.play.names, self.chosen, self.least, self.most)

    def confirm_label(self) -> str:
        """What the button says: what is missing, or that all is well."""
        return wanted(self.missing, len(self.chosen)) if self.missing else _("Into the diary")

    # --- widgets --------------------------------------------------------------------------

    def _body(self, layout: Layout, areas: Areas) -> tuple[Rect, Rect, list[Rect]]:
        """Details, what is asked, the two buttons (or the one that lets it be)."""
        _top, rest = heading(layout, areas.side_inner, self.title)
        room, buttons = split_foot(layout, rest, 2 if self.at_partners else 1)
        share = 0.24 if self.card.target == "measure" else 0.34
        tall = round(room.height * (share + 0.1 * (layout.text - 1)))
        details = Rect(room.x, room.y, room.width, tall)
        asked = Rect(room.x, details.bottom + layout.px(16), room.width, 0)
        asked.height = max(1, room.bottom - asked.y)
        return details, asked, buttons

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        _details, asked, buttons = self._body(layout, areas)
        found: list[Widget] = []
        if self.at_partners:
            found.append(
                Button(
                    "done",
                    buttons[0],
                    label=self.confirm_label(),
                    kind=PRIMARY,
                    enabled=not self.missing,
                    hotkey=pygame.K_s,
                )
            )
        else:
            found += self._options(layout, asked)
        never = Button(
            "never", buttons[-1], label=_("Never mind"),
            hotkey=0 if self.chosen else pygame.K_BACKSPACE,
        )  # fmt: skip
        if self.chosen:
            found.append(Shortcut("let_go", Rect(never.rect.topleft, (0, 0)),
                                  hotkey=pygame.K_BACKSPACE))  # fmt: skip
        return [*found, never]

    def _options(self, layout: Layout, area: Rect) -> list[Widget]:
        """What else there is to choose, as tall as it needs to be and no taller than fits."""
        top = height_of(self.question(), layout, area.width, size=HEADING, weight=BOLD)
        top += layout.px(12)
        gap = layout.px(8)
        room = Rect(area.x, area.y + top, area.width, max(1, area.height - top))
        if self.card.target == "measure":
            each = min(layout.tx(78), (room.height - gap * (len(MEASURES) - 1)) // len(MEASURES))
            return [
                Numbered(
                    f"measure:{name}",
                    Rect(room.x, room.y + k * (each + gap), room.width, each),
                    measure_line(name, self.play.observation),
                    str(k + 1),
                    hotkey=pygame.K_1 + k,
                )
                for k, name in enumerate(MEASURES)
            ]
        options = (
            ("form:shared", _("All of them, together"), _("Nobody leads.")),
            ("lead", _("One of them leads"), _("You choose who, next.")),
        )
        found: list[Widget] = []
        y, size = room.y, BODY * 1.15
        for k, (key, title, line) in enumerate(options):
            tall = card_height(layout, room.width, title, (line,), tag="1", title_size=size)
            tall = min(tall, (room.height - gap) // 2)
            found.append(
                Card(
                    key, Rect(room.x, y, room.width, tall), title=title, lines=(line,),
                    tag=str(k + 1), title_size=size, hotkey=pygame.K_1 + k,
                )
            )  # fmt: skip
            y += tall + gap
        return found

    def question(self) -> str:
        """What to do, in a sentence."""
        return question(self.card, self.lead, self.least, self.most)

    # --- drawing --------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas) -> None:
        details, asked, _buttons = self._body(layout, areas)
        draw_details(surface, layout, theme, details, self.card, "")
        text = self.question()
        tall = height_of(text, layout, asked.width, size=HEADING, weight=BOLD)
        tall = min(tall, asked.height // 3)
        place = Rect(asked.x, asked.y, asked.width, tall)
        draw_text(surface, layout, place, text, theme.text, size=HEADING, weight=BOLD)
        if not self.at_partners:
            return
        y = place.bottom + layout.px(14)
        faces = Rect(asked.x, y, asked.width, min(layout.tx(84), (asked.bottom - y) // 3))
        self._faces(surface, layout, theme, faces)
        y = faces.bottom + layout.px(10)
        note = self.why or self._outside()
        below = min(
            height_of(note, layout, asked.width) if note else 0, (asked.bottom - y) * 3 // 5
        )
        words = Rect(asked.x, y, asked.width, max(1, asked.bottom - below - layout.px(8) - y))
        draw_text(surface, layout, words, self.said(), theme.accent, size=BODY * 1.1, weight=BOLD)
        if note:
            tone = theme.warn if self.why else theme.muted
            draw_text(
                surface, layout, Rect(asked.x, asked.bottom - below, asked.width, below),
                note, tone, valign="bottom",
            )  # fmt: skip

    def _faces(self, surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect) -> None:
        """Those who are chosen, and a ring for each who is still wanted, or may be."""
        places = max(self.least, min(self.most, len(self.chosen) + 1))
        radius = min(area.height / 2, (area.width / places - layout.px(8)) / 2)
        for k in range(places):
            centre = (area.x + radius + k * (2 * radius + layout.px(12)), area.centery)
            partner = partner_seen(self.play, self.chosen[k]) if k < len(self.chosen) else None
            if partner is not None:
                draw_face(surface, layout, theme, centre, radius, partner)
            else:
                draw_nobody(surface, layout, theme, centre, radius * 0.92, k < self.least)

    def _outside(self) -> str:
        """Why some are greyed, said once for all who are so for the same reason."""
        reasons: list[str] = []
        for partner in self.play.observation.partners:
            if partner.id in self.chosen:
                continue
            reason = self.refusal(partner.id)
            if reason and reason not in reasons:
                reasons.append(reason)
        return reasons[0] if reasons else ""

    # --- what is done ---------------------------------------------------------------------

    def act(self, act: Act) -> Move | bool | None:
        """A move when it is complete, False for never mind, None for not yet."""
        kind, _colon, which = act.key.partition(":")
        self.why = ""
        match kind:
            case "measure":
                return Move(self.card.move, measure=which)
            case "form":
                return Move(self.card.move, form=which)
            case "lead":
                self.lead = True
                self.begin()
            case "done" if not self.missing:
                return self._move()
            case "enter":
                return self._enter(which)
            case "let_go" if self.chosen:
                self.seat(self.chosen[-1])
            case "never":
                return False
        return None

    def seat(self, partner: str) -> None:
        """A partner was chosen: in, or out again.  Only the button puts it into the diary.

        The ring goes where Enter gets on: to the next one while more are wanted.
        """
        self.why = ""
        if not self.at_partners:
            return
        if partner in self.chosen:
            self.chosen.remove(partner)
        elif reason := self.refusal(partner):
            self.why = reason
        elif len(self.chosen) >= self.most > 1:
            self.why = _("That is as many as it takes. Choose one of them again to let go.")
            partner = self.chosen[-1]
        else:
            if len(self.chosen) >= self.most:
                self.chosen.clear()  # another one instead
            self.chosen.append(partner)
            if self.missing:
                partner = self._next(partner)
        self.play.hands.focus = f"seat:{partner}"

    def _enter(self, partner: str) -> Move | None:
        """Enter on a partner: chooses it, or says that the choice is made; never lets go."""
        if partner not in self.chosen:
            self.seat(partner)
            if self.refusal(partner):
                self.play.hands.focus = f"seat:{self._next(partner)}"
        elif not self.missing:
            return self._move()
        else:
            self.play.hands.focus = f"seat:{self._next(partner)}"
        return None

    def _next(self, partner: str) -> str:
        """Who can be chosen next, going on from one partner; the same where nobody can."""
        ids = [one.id for one in self._partners]
        at = ids.index(partner) + 1
        able = self.able()
        return next((one for one in (*ids[at:], *ids[:at]) if one in able), partner)

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
        return TableLook(
            chosen=tuple(self.chosen), aimable=self.able(), numbers=self.hotkeys(), replies={}
        )

    def words(self) -> list[str]:
        """The aiming as lines of text."""
        lines = [self.question()]
        if self.at_partners:
            lines += [self.said(), self.why or self._outside()]
        return [line for line in lines if line]

    def help(self) -> str:
        if not self.at_partners:
            return _("Choose with its number, the arrow keys and Enter, or the mouse.")
        return _(
            "Choose partners with their numbers, with the arrow keys and **Enter**, or with the "
            "mouse. When enough are chosen, **Enter** on one of them, or **S**, puts the card into "
            "the diary. A number or a click again lets one go; **Backspace** lets the last go, "
            "then leaves the card where it was, as **Escape** does at once."
        )
