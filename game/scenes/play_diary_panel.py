"""What the diary looks like: the cards, the words of one, what fills the places."""

from __future__ import annotations

import pygame

from game.scenes.play_aim import Aim
from game.scenes.play_drawer import family_tabs
from game.scenes.play_hand import (
    CardRow,
    Entry,
    draw_details,
    draw_free_place,
    move_about,
    stopping,
)
from game.scenes.play_layout import Areas
from game.scenes.play_step import Step, draw_heading, heading
from game.view.layout import Layout, Rect, columns, rows
from game.view.theme import SMALL, Theme
from game.view.widgets import (
    PLAIN,
    PRIMARY,
    Button,
    Hands,
    Scroll,
    Widget,
    button_width,
)
from sim.moves import Move
from sim.observation import Card, PartnerSeen
from sim.words import _

HAND = 7  # cards


class DiaryPanel(Step):
    """The diary's side panel, as it stands."""

    drawer = False
    family = "relating"
    aim: Aim | None = None
    why = ""  # the last thing that could not be done

    @property
    def title(self) -> str:
        if self.aim is not None:
            return self.aim.title
        return _("The drawer") if self.drawer else _("Your diary")

    # --- what there is --------------------------------------------------------------------

    def cards(self) -> tuple[Card, ...]:
        """The cards shown: the hand, or one family of the drawer."""
        seen = self.play.observation
        if not self.drawer:
            return seen.hand
        return tuple(card for card in seen.drawer if card.family == self.family)

    def card(self, move: str) -> Card | None:
        """A card by its move, from the hand or the drawer."""
        seen = self.play.observation
        return next((card for card in (*seen.hand, *seen.drawer) if card.move == move), None)

    def used(self) -> list[tuple[str, Card | None, Move | None]]:
        """What fills the diary: key, card, and the move; standing moves have none."""
        found: list[tuple[str, Card | None, Move | None]] = [
            (f"standing:{move}", self.card(move), None) for move in self.play.observation.standing
        ]
        for index, move in enumerate(self.play.session.queue):
            found.append((f"entry:{index}", self.card(move.move), move))
        return found

    def _stands(self, move: str) -> bool:
        """Whether a move goes on, turn after turn, once it has been played."""
        table = self.play.observation.table
        return table is not None and table.names.move_types[move].standing

    def shown(self) -> Card | None:
        """The card whose words are shown: under the mouse, or the keyboard's."""
        hands: Hands = self.play.hands
        for key in (hands.focus, hands.hover) if hands.by_keyboard else (hands.hover, hands.focus):
            if key.startswith("card:"):
                return self.card(key.removeprefix("card:"))
        return None

    # --- what is pointed at ---------------------------------------------------------------

    def _first(self) -> str:
        """Where the ring lies by itself: a card that can be played; the button once it is full."""
        playable = [card for card in self.cards() if card.playable]
        if self.play.observation.places <= 0 and self.play.session.queue:
            return "ask"
        return f"card:{playable[0].move}" if playable else "ask"

    def _at(self) -> str:
        """The key of what is pointed at, by keyboard or mouse."""
        hands: Hands = self.play.hands
        return hands.focus if hands.by_keyboard else hands.hover

    def _pointed(self) -> tuple[str, ...]:
        """Whom the entry that is pointed at in the diary is aimed at."""
        at = self._at()
        return next((move.targets for key, _card, move in self.used() if move and key == at), ())

    def _entry(self) -> tuple[Card | None, str] | None:
        """The card of the entry that is pointed at, and with whom or what."""
        for key, card, move in self.used():
            if key == self._at():
                if move is None:
                    return card, stopping(card)
                if self._stands(move.move):
                    return card, stopping(card)
                about = move_about(move, dict(self.play.names.partners))
                return card, about or _("It is in the diary. Choose it to take it back.")
        return None

    # --- widgets --------------------------------------------------------------------------

    def _parts(self, layout: Layout, areas: Areas) -> tuple[Rect, Rect, Rect, Rect]:
        """The cards, the details, the places, the button."""
        _top, rest = heading(layout, areas.side_inner, self.title)
        gap = layout.px(10)
        grown = layout.text - 1  # large type needs the room for the cards and their words
        each = round(layout.px(56) * (1 - grown * 0.2))
        lines = max(1, len(self.used()) + (self.play.observation.places > 0))
        places = min(each * lines + layout.px(6) * (lines - 1), round(rest.height * 0.32))
        button = round(layout.px(56) * (1 + grown * 0.4))
        # the words take what a whole hand leaves, and never less than can be read
        free = rest.height - places - button - 3 * gap
        hand = HAND * layout.tx(50) + (HAND - 1) * layout.px(6)
        if self.drawer:  # the fullest way of working, beneath the tabs
            hand = self._tabs(layout) + layout.px(8)
            hand += self._most_cards() * (layout.tx(50) + layout.px(6)) - layout.px(6)
        least = round(rest.height * (0.215 + 0.1 * grown))
        details = max(least, min(free - hand, round(rest.height * 0.36)))
        found = rows(rest, [1.0, details, places, button], gap)
        return found[0], found[1], found[2], found[3]

    def widgets(self, layout: Layout, areas: Areas) -> list[Widget]:
        if self.aim is not None:
            return self.aim.widgets(layout, areas)
        cards, _details, places, button = self._parts(layout, areas)
        found: list[Widget] = []
        found += self._beside_title(layout, areas)
        if self.drawer:
            tabs, cards = rows(cards, [self._tabs(layout), 1.0], layout.px(8))
            found += family_tabs(layout, tabs, self.family)
        found.append(self._list(layout, cards))
        found += self._entries(layout, places)
        found.append(
            Button(
                "ask",
                button,
                label=_("Send the invitations") if self.play.session.queue else _("Do nothing"),
                kind=PRIMARY if self.play.session.queue else PLAIN,
                hotkey=pygame.K_s,
            )
        )
        return found

    def _tabs(self, layout: Layout) -> int:
        """How tall the drawer's tabs are."""
        return round(layout.px(132) * (1 + (layout.text - 1) * 0.25))

    def _most_cards(self) -> int:
        """How many cards the fullest way of working has."""
        families = [card.family for card in self.play.observation.drawer]
        return max((families.count(family) for family in families), default=0)

    def _beside_title(self, layout: Layout, areas: Areas) -> list[Widget]:
        """The drawer, and a confidence that still lies face down."""
        inner, found = areas.side_inner, list[Widget]()
        tall, right = layout.tx(46), inner.right
        if not self.drawer:
            label = _("The drawer")
            wide = min(button_width(layout, label, "library", SMALL), inner.width // 2)
            rect = Rect(right - wide, inner.y - layout.px(4), wide, tall)
            hint = _("One card of all there are (D)")
            found.append(
                Button(
                    "drawer", rect, label=label, icon="library", size=SMALL,
                    hotkey=pygame.K_d, hint=hint,
                )
            )  # fmt: skip
            right = rect.x - layout.px(8)
        if self.play.held_confidence() is not None:
            rect = Rect(right - tall, inner.y - layout.px(4), tall, tall)
            hint = _("Something told in confidence (C)")
            found.append(
                Button("confidence", rect, icon="ear", size=SMALL, hotkey=pygame.K_c, hint=hint)
            )
        return found

    def _list(self, layout: Layout, area: Rect) -> Widget:
        bar = layout.px(8)
        cards = self.cards()
        tall = layout.tx(60)
        gap = layout.px(6)
        if cards:  # rows may shrink a little so that a whole hand is seen at once
            tall = max(layout.px(40), min(tall, (area.height + gap) // len(cards) - gap))
        wide = area.width
        if len(cards) * (tall + gap) - gap > area.height:
            wide = Scroll.inside(area, bar).width
        shown = self.shown()
        children = tuple(
            CardRow(
                f"card:{card.move}",
                Rect(area.x, area.y + k * (tall + gap), wide, tall),
                card,
                str(k + 1) if k < 9 else "",
                card == shown,
                hotkey=pygame.K_1 + k if k < 9 else 0,
            )
            for k, card in enumerate(cards)
        )
        return Scroll("cards", area, children=children, bar=bar)

    def _entries(self, layout: Layout, area: Rect) -> list[Widget]:
        used = self.used()
        places, _free = self._lines(layout, area)
        last = len(used) - 1
        names = dict(self.play.names.partners)
        found: list[Widget] = []
        for k, ((key, card, move), rect) in enumerate(zip(used, places, strict=True)):
            standing = move is None
            about = move_about(move, names) if move else _("every turn; choose it to stop it")
            label = card.name if card else self.play.names.move(move.move if move else key[9:])
            if move is not None and about and not move.targets:
                label = f"{label}: {about}"
            back = _("Stop it") if standing else _("Take it back")
            if k == last and not standing and not self.drawer:
                back = _("Take it back (Backspace)")
            found.append(
                Entry(
                    key,
                    rect,
                    card.icon if card else "repeat",
                    label,
                    about,
                    self._faces(move),
                    standing,
                    card.places if card else 1,
                    hint=back,
                    hotkey=pygame.K_BACKSPACE if k == last and not standing else 0,
                )
            )
        return found

    def _faces(self, move: Move | None) -> tuple[PartnerSeen, ...]:
        """Those whom a move is aimed at."""
        seen = {partner.id: partner for partner in self.play.observation.partners}
        targets = move.targets if move is not None else ()
        return tuple(seen[target] for target in targets if target in seen)

    def draw(
        self, surface: pygame.Surface, layout: Layout, theme: Theme, areas: Areas, t: float
    ) -> None:
        room = areas.side_inner.copy()
        if self.aim is None:  # the title ends where the buttons beside it begin
            beside = [widget.rect.left for widget in self._beside_title(layout, areas)]
            room.width = min([room.right, *beside]) - layout.px(10) - room.x
        top, _rest = heading(layout, areas.side_inner, self.title)
        draw_heading(surface, layout, theme, room, self.title, tall=top.height)
        if self.aim is not None:
            self.aim.draw(surface, layout, theme, areas)
            return
        _cards, details, places, _button = self._parts(layout, areas)
        card, note = self.shown(), self._hint()
        if (pointed := self._entry()) is not None:
            card, note = pointed
        stands = card is not None and self._stands(card.move)
        draw_details(surface, layout, theme, details, card, self.why, note, stands)
        for rect in self._lines(layout, places)[1]:
            draw_free_place(surface, layout, theme, rect)

    def _lines(self, layout: Layout, area: Rect) -> tuple[list[Rect], list[Rect]]:
        """A line for each thing in the diary; the free places side by side in the last."""
        free = max(0, self.play.observation.places)
        count = len(self.used())
        lines = rows(area, [1.0] * max(1, count + (free > 0)), layout.px(6))
        return lines[:count], columns(lines[-1], [1.0] * free, layout.px(8)) if free else []

    def _hint(self) -> str:
        """What the details say while no card is pointed at."""
        if self.shown() is not None:
            return ""
        if self.play.observation.places <= 0:
            return _("The diary is full. Take something back, or send the invitations.")
        if self.used() and self.play.observation.places == 1:
            return _("One place is left.")
        if self.drawer:
            return _("One card a turn may come out of here.")
        return _("Point at a card to read it.")
