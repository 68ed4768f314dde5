"""What is assumed (A): the model's parameters and theories in force, in plain sentences.

What this play sets differently comes first; the rest by subject, with what each rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygame

from game.scene import SceneChange
from game.scenes.dialogs import Dialog
from game.view.layout import Layout, Rect
from game.view.shapes import panel
from game.view.text import BOLD, draw_text, height_of
from game.view.theme import BODY, HEADING, SMALL, Theme
from game.view.widgets import Look, Scroll, TextField, Widget, Words
from sim.labels import capital
from sim.parameters import PARAMETERS, THEORIES, Parameter
from sim.words import _

if TYPE_CHECKING:
    from sim.session import Session

SEARCH = "search"
NOTE = SMALL * 1.08


def group_name(group: str) -> str:
    """A subject, as its heading says it."""
    return {
        "trust": _("How trust moves"),
        "candour": _("What is said, and what is not"),
        "contact": _("Meeting one another"),
        "asking": _("Invitations and replies"),
        "positions": _("What partners want"),
        "projects": _("Doing things together"),
        "integration": _("From joint working to residents"),
        "place": _("The place"),
        "energy": _("Energy, safety, skill"),
        "money": _("Money and those above"),
        "theory": _("Rival theories, switched off"),
    }.get(group, capital(group))


def grade(tag: str) -> str:
    """What an assumption rests on, in words."""
    return {
        "E1": _("has been measured between organisations"),
        "E2": _("has been measured among people or teams"),
        "E3": _("has been described, not measured"),
        "S": _("is from the article that this game grew from"),
        "A": _("is our assumption"),
        "T": _("is tuned by us, so that plays come out believable"),
    }.get(tag, tag)


def rests_on(parameter: Parameter) -> str:
    """What its form, direction and size rest on, said once where they agree."""
    form, way, size = (grade(tag) for tag in parameter.tags)
    if form == way == size:
        return _("All of this {grade}.").format(grade=form)
    if form == way:
        return _("How it works {form}; how strongly {size}.").format(form=form, size=size)
    return _("How it works {form}; which way {way}; how strongly {size}.").format(
        form=form, way=way, size=size
    )


def amount(value: float, unit: str) -> str:
    """A value with its unit, as a reader would say it."""
    form = {
        "0..1": _("{value} on a scale from 0 to 1"),
        "logit": _("{value} on the scale of odds"),
        "ratio": _("{value} times"),
        "share": _("{value} of 1"),
        "tension": _("{value} of tension, 0 to 1"),
    }.get(unit, "{value} {unit}")
    return form.format(value=f"{value:g}", unit=unit)


@dataclass(frozen=True)
class Assumption:
    """One line of the list."""

    group: str
    sentence: str
    note: str  # the value, and what it rests on
    changed: bool = False
    name: str = ""

    def about(self, words: str) -> bool:
        """Whether it is about all of these words."""
        text = f"{self.sentence} {self.note} {group_name(self.group)} {self.name}".casefold()
        return all(word in text for word in words.casefold().split())


def in_force(session: Session) -> tuple[Assumption, ...]:
    """Everything assumed in this play; what it sets differently first."""
    settings, scenario = session.settings, session.scenario
    asked = {**scenario.parameters, **settings["parameters"]}
    theories = {name.replace("-", "_") for name in (*scenario.theories, *settings["theories"])}
    first: list[Assumption] = []
    rest: list[Assumption] = []
    for name, parameter in PARAMETERS.items():
        if name in THEORIES:
            on = name in theories or asked.get(name, 0.0) > 0.0
            found = _theory(parameter, on)
        else:
            found = _parameter(parameter, float(asked.get(name, parameter.default)))
        (first if found.changed else rest).append(found)
    return (*first, *rest)


def _theory(parameter: Parameter, on: bool) -> Assumption:
    sentence = _(parameter.sentence)
    note = _("Switched on in this play.") if on else _("Switched off.")
    note = f"{note} {rests_on(parameter)}"
    return Assumption(parameter.group, sentence, note, on, parameter.name)


def _parameter(parameter: Parameter, value: float) -> Assumption:
    changed = value != parameter.default
    usual = _("It may be from {low} to {high}.").format(
        low=f"{parameter.low:g}", high=f"{parameter.high:g}"
    )
    if changed:
        said = _("Here {value}, usually {usual}.").format(
            value=amount(value, parameter.unit), usual=f"{parameter.default:g}"
        )
    else:
        said = _("It is {value}.").format(value=amount(value, parameter.unit))
    note = f"{said} {usual} {rests_on(parameter)}"
    return Assumption(parameter.group, _(parameter.sentence), note, changed, parameter.name)


@dataclass(frozen=True)
class Entry(Widget):
    """An assumption in the list: its sentence, its value, what it rests on."""

    sentence: str = ""
    note_text: str = ""
    changed: bool = False

    takes_focus = False

    def holds(self, pos: tuple[int, int]) -> bool:
        return False

    @classmethod
    def at(cls, layout: Layout, key: str, x: int, y: int, width: int, said: Assumption) -> Entry:
        """As tall as its words need."""
        inner = width - layout.px(24)
        tall = height_of(said.sentence, layout, inner, size=BODY)
        tall += height_of(said.note, layout, inner, size=NOTE) + layout.px(14)
        return cls(key, Rect(x, y, width, tall), said.sentence, said.note, said.changed)

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        tone = theme.accent if self.changed else theme.hairline
        bar = Rect(self.rect.x, self.rect.y + layout.px(4), layout.px(5), self.rect.height)
        bar.height = max(1, self.rect.height - layout.px(14))
        panel(surface, bar, tone, radius=max(1, bar.width // 2))
        left = self.rect.x + layout.px(20)
        inner = Rect(left, self.rect.y, self.rect.width - layout.px(24), self.rect.height)
        tall = height_of(self.sentence, layout, inner.width, size=BODY)
        upper = Rect(inner.x, inner.y, inner.width, tall)
        draw_text(surface, layout, upper, self.sentence, theme.text, size=BODY)
        lower = Rect(inner.x, upper.bottom, inner.width, self.rect.bottom - upper.bottom)
        draw_text(surface, layout, lower, self.note_text, theme.muted, size=NOTE)


class AssumptionsDialog(Dialog):
    """All assumptions in a list that can be searched and scrolled."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("What is assumed"), "", wide=0.84, tall=0.96)
        self.said = in_force(session)
        self.hands.focus = SEARCH

    def found(self) -> list[Assumption]:
        """Those that are about what has been typed."""
        words = self.hands.text(SEARCH).strip()
        return [one for one in self.said if one.about(words)] if words else list(self.said)

    def body(self, layout: Layout, x: int, y: int, width: int) -> list[Widget]:
        tall = layout.tx(62)
        field = TextField(
            SEARCH, Rect(x, y, width, tall), label=_("Type a word to search"), limit=60
        )
        top = field.rect.bottom + layout.px(18)
        room = Rect(x, top, width + 2 * layout.px(12), self._room(layout))
        children = self._entries(layout, room)
        return [field, Scroll("assumptions", room, children=children, bar=layout.px(12))]

    @staticmethod
    def _room(layout: Layout) -> int:
        """How tall the list may be so that all of the dialog is on the screen."""
        fixed = 2 * layout.px(36) + layout.tx(62 + 62 + 54) + layout.px(22) * 2 + layout.px(24)
        return max(layout.tx(160), round(layout.height * 0.95) - fixed)

    def _entries(self, layout: Layout, room: Rect) -> tuple[Widget, ...]:
        width = Scroll.inside(room, layout.px(12)).width
        found: list[Widget] = []
        y, heading = room.y, ""
        if not self.hands.text(SEARCH).strip() and not any(one.changed for one in self.said):
            usual = _("This play sets nothing differently: all is as usual.")
            words = Words.at(layout, "usual", room.x, y, width, usual, muted=True)
            found.append(words)
            y = words.rect.bottom + layout.px(6)
        for said in self.found():
            head = _("Set differently in this play") if said.changed else group_name(said.group)
            if head != heading:
                heading = head
                y += layout.px(10) if found else 0
                words = Words.at(
                    layout, f"head:{head}", room.x, y, width, head,
                    size=HEADING * 0.92, weight=BOLD,
                )  # fmt: skip
                found.append(words)
                y = words.rect.bottom + layout.px(10)
            entry = Entry.at(layout, f"entry:{said.name}", room.x, y, width, said)
            found.append(entry)
            y = entry.rect.bottom
        if not found:
            none = _("Nothing is assumed about that. Perhaps in other words?")
            found.append(Words.at(layout, "none", room.x, y, width, none, muted=True))
        return tuple(found)

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        before = self.hands.text(SEARCH)
        change = super().handle(event, layout)
        if self.hands.text(SEARCH) != before:
            self.hands.scrolled.clear()  # another list: from its top
        return change

    def in_words(self) -> str:
        lines = [f"**{self.title}**"]
        lines += [f"- {one.sentence} {one.note}" for one in self.found()]
        return "\n".join(lines)
