"""What is assumed (A): every value, what it rests on, what halving and doubling it does.

For the moment when somebody in the room says "why should I believe this?".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.scene import SceneChange
from game.scenes.assumptions_bars import BarsLegend, Scale
from game.scenes.assumptions_entry import Entry
from game.scenes.assumptions_said import Assumption, group_name, in_force
from game.scenes.assumptions_tested import (
    CLASSES,
    MUCH,
    NOTHING,
    SOME,
    TURNS,
    UNTESTED,
    Effect,
    effect_of,
)
from game.scenes.assumptions_verdict import nearest, otherwise, the_limits, the_test, verdict
from game.scenes.dialogs import Dialog
from game.view.layout import Layout, Rect, columns
from game.view.text import BOLD
from game.view.theme import HEADING, SMALL
from game.view.widgets import Act, Scroll, Segments, Tabs, TextField, Widget, Words
from sim.evidence import EvidenceError, Halving, halving
from sim.words import _

if TYPE_CHECKING:
    from sim.session import Session

SEARCH = "search"
ORDER = "order"
OUTCOME = "outcome"
MATTERS_MOST, BY_SUBJECT = range(2)


def tab_name(measure: str) -> str:
    """An outcome in as few words as will do."""
    return {
        "staff_joint_working": _("What staff say"),
        "trust": _("Trust"),
        "eruptions": _("Eruptions"),
        "emergency_admissions": _("Admissions"),
    }.get(measure, measure.replace("_", " "))


def class_name(kind: str) -> str:
    """How far values matter, as the heading of a list of them."""
    return {
        TURNS: _("Turns the headline round"),
        MUCH: _("Matters more than luck"),
        SOME: _("Matters, but less than luck"),
        NOTHING: _("Makes no difference that can be told from luck"),
        UNTESTED: _("Not tested"),
    }[kind]


class AssumptionsDialog(Dialog):
    """All assumptions in a list that can be searched, ordered and scrolled."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("What is assumed"), "", wide=0.9, tall=0.96)
        self.said = in_force(session)
        self.tested, self.trouble = _shipped()
        self.order, self.outcome = MATTERS_MOST, 0
        self.effects: list[dict[str, Effect]] = []
        self.header: tuple[str, ...] = ()
        if self.tested is not None:
            scenario = session.scenario
            self.effects = [
                {one.name: effect_of(self.tested, one, number) for one in self.said}
                for number in range(len(self.tested.outcomes))
            ]
            differs = otherwise(self.tested, scenario.id, scenario.title, self.said)
            self.header = (
                verdict(self.tested),
                f"{nearest(self.tested)} {the_test(self.tested)}".strip(),
                f"{the_limits()} {differs}".strip(),
            )
        self.hands.focus = SEARCH
        self._laid: tuple[tuple[object, ...], tuple[Widget, ...]] | None = None

    def effect(self, said: Assumption) -> Effect | None:
        """What the test says of it, of the outcome that is shown."""
        return self.effects[self.outcome].get(said.name) if self.effects else None

    def found(self) -> list[Assumption]:
        """Those that are about what has been typed, in the order chosen."""
        words = self.hands.text(SEARCH).strip()
        found = [one for one in self.said if one.about(words)] if words else list(self.said)
        if self.order == BY_SUBJECT or not self.effects:
            return found

        def matter(one: Assumption) -> tuple[bool, int, float]:
            effect = self.effects[self.outcome][one.name]
            return not one.changed, CLASSES.index(effect.kind), -effect.reach

        return sorted(found, key=matter)

    def heading(self, said: Assumption) -> str:
        """Over which part of the list it stands."""
        if said.changed:
            return _("Set differently in this play")
        effect = self.effect(said)
        if self.order == BY_SUBJECT or effect is None:
            return group_name(said.group)
        return class_name(effect.kind)

    # --- what it is made of -----------------------------------------------------------------

    def body(self, layout: Layout, x: int, y: int, width: int) -> list[Widget]:
        tall, gap = layout.tx(62), layout.px(18)
        width += 2 * layout.px(12)
        top = Rect(x, y, width, tall)
        label = _("Type a word to search")
        if self.tested is None:
            fixed: list[Widget] = [TextField(SEARCH, top, label=label, limit=60)]
        else:
            search, order = columns(top, [1.0, 1.25], gap)
            tabs = Rect(x, top.bottom + layout.px(6), width, tall)
            names = tuple(tab_name(one.measure) for one in self.tested.outcomes)
            orders = (_("What matters most first"), _("By subject"))
            fixed = [
                TextField(SEARCH, search, label=label, limit=60),
                Segments(ORDER, order, labels=orders, chosen=self.order, size=SMALL * 1.12),
                Tabs(OUTCOME, tabs, labels=names, open=self.outcome),
            ]
        upper = max(widget.rect.bottom for widget in fixed) + gap
        room = Rect(x, upper, width, self._room(layout, upper - y))
        children = self._children(layout, room)
        return [*fixed, Scroll("assumptions", room, children=children, bar=layout.px(12))]

    def _room(self, layout: Layout, above: int) -> int:
        """How tall the list may be so that all of the dialog is on the screen."""
        fixed = 2 * layout.px(36) + layout.tx(54 + 62) + layout.px(22) * 2 + above
        return max(layout.tx(160), round(layout.height * 0.955) - fixed)

    def _children(self, layout: Layout, room: Rect) -> tuple[Widget, ...]:
        """The list, laid out anew only when it is another one: it is long."""
        shown = (layout, tuple(room), self.hands.text(SEARCH), self.order, self.outcome)
        if self._laid is None or self._laid[0] != shown:
            self._laid = (shown, self._entries(layout, room))
        return self._laid[1]

    def _entries(self, layout: Layout, room: Rect) -> tuple[Widget, ...]:
        width = Scroll.inside(room, layout.px(12)).width
        found: list[Widget] = []
        y, heading = room.y, ""
        scale = Scale.of(self.tested, self.outcome) if self.tested is not None else None

        def put(widget: Widget, gap: float) -> None:
            nonlocal y
            found.append(widget)
            y = widget.rect.bottom + layout.px(gap)

        if not self.hands.text(SEARCH).strip():
            for widget in self._above(layout, room.x, y, width):
                put(widget.moved(0, y - widget.rect.y), 12)
        for said in self.found():
            head = self.heading(said)
            if head != heading:
                heading = head
                y += layout.px(14) if found else 0
                put(
                    Words.at(
                        layout, f"head:{head}", room.x, y, width, head,
                        size=HEADING * 0.92, weight=BOLD,
                    ),
                    10,
                )  # fmt: skip
            key = f"entry:{said.name}"
            put(Entry.at(layout, key, room.x, y, width, said, self.effect(said), scale), 0)
        if not self.found():
            none = _("Nothing is assumed about that. Perhaps in other words?")
            found.append(Words.at(layout, "none", room.x, y, width, none, muted=True))
        return tuple(found)

    def _above(self, layout: Layout, x: int, y: int, width: int) -> list[Widget]:
        """What is said once, before the list; placed one by one by the caller."""
        if self.tested is None:
            widgets: list[Widget] = [Words.at(layout, "trouble", x, y, width, self.trouble)]
        else:
            first, *rest = self.header
            widgets = [Words.at(layout, "verdict", x, y, width, first, weight=BOLD)]
            widgets += [
                Words.at(layout, f"about:{k}", x, y, width, words) for k, words in enumerate(rest)
            ]
            widgets.append(BarsLegend.at(layout, "bars", x, y, width, self.tested))
        if not any(one.changed for one in self.said):
            usual = _("This play sets nothing differently: all is as usual.")
            widgets.append(Words.at(layout, "usual", x, y, width, usual, muted=True))
        return widgets

    # --- what is done with it ---------------------------------------------------------------

    def act(self, act: Act) -> SceneChange | None:
        if act.key == ORDER:
            self.order = int(act.value)
        elif act.key == OUTCOME:
            self.outcome = int(act.value)
        self.hands.scrolled.clear()  # another list: from its top
        return None

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        before = self.hands.text(SEARCH)
        change = super().handle(event, layout)
        if self.hands.text(SEARCH) != before:
            self.hands.scrolled.clear()
        return change

    def in_words(self) -> str:
        above = [f"**{self.title}**", *(self.header or (self.trouble,))]
        listed = []
        for one in self.found():
            effect = self.effect(one)
            tested = f"{effect.said} {effect.turns}".strip() if effect is not None else ""
            listed.append(" ".join(filter(None, (f"- {one.sentence}", tested, one.note))))
        return "\n\n".join([*above, "\n".join(listed)])


def _shipped() -> tuple[Halving | None, str]:
    """The test that came with the program, or why there is none."""
    try:
        return halving(), ""
    except EvidenceError as error:
        return None, str(error)
