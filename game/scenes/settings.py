"""Settings: what a room may need changed in a hurry.  Each change shows at once and is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from game.desk import Desk
from game.scene import SceneChange
from game.scenes.dialogs import Dialog
from game.view.layout import Layout, Rect
from game.view.text import BOLD, height_of, width_of
from game.view.theme import SMALL
from game.view.widgets import Act, Segments, Widget, Words
from sim.words import _

NOTE = SMALL * 1.06


@dataclass(frozen=True)
class Question:
    """One setting: its name, a line about it, its answers and their values."""

    setting: str
    name: str
    note: str
    answers: tuple[tuple[str, Any], ...]


def questions() -> tuple[Question, ...]:
    """All settings, those of the room first."""
    return (
        Question(
            "text",
            _("Size of the text"),
            _("F3 does the same"),
            ((_("Usual"), 1.0), (_("Large"), 1.3)),
        ),
        Question(
            "theme",
            _("Colours"),
            _("F4 does the same"),
            ((_("Light"), "light"), (_("Dark"), "dark")),
        ),
        Question(
            "timer",
            _("A clock for each step"),
            _("It counts down and forces nothing"),
            ((_("Shown"), True), (_("Hidden"), False)),
        ),
        Question(
            "reduced_motion",
            _("Motion"),
            _("Still: each picture as it ends"),
            ((_("Moving"), False), (_("Standing still"), True)),
        ),
        Question(
            "visibility",
            _("What a new session shows"),
            _(
                "Felt: trust as a word. Fog: not even that, of those you hardly know. "
                "Everything: the numbers"
            ),
            ((_("What is felt"), "felt"), (_("Fog"), "fog"), (_("Everything"), "full")),
        ),
        Question(
            "full_screen",
            _("The window"),
            _("F11 does the same"),
            ((_("A window"), False), (_("The whole screen"), True)),
        ),
    )


class SettingsDialog(Dialog):
    """Each row a question and its answers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Settings"), "", wide=0.74, tall=0.96)
        self.desk = desk
        self.hands.focus = questions()[0].setting

    def body(self, layout: Layout, x: int, y: int, width: int) -> list[Widget]:
        widgets: list[Widget] = []
        gap = layout.px(30)
        names = round(width * 0.42)
        for question in questions():
            beside = Rect(x + names + gap, y, width - names - gap, 0)
            widgets += self._row(layout, question, x, y, names, beside)
            y = max(widget.rect.bottom for widget in widgets) + layout.px(22)
        return widgets

    def _row(
        self, layout: Layout, question: Question, x: int, y: int, wide: int, place: Rect
    ) -> list[Widget]:
        """The question at the left, its answers at the right, about one middle."""
        key = question.setting
        name = Words.at(layout, f"{key}:name", x, y, wide, question.name, weight=BOLD)
        note = Words.at(
            layout, f"{key}:note", x, name.rect.bottom, wide, question.note, size=NOTE, muted=True
        )
        labels = tuple(label for label, _value in question.answers)
        cell = place.width // len(labels) - layout.px(28)
        tick = layout.tx(40)
        # a label too long for its place in one line gets the height for more
        fits = all(width_of(label, layout, weight=BOLD) + tick <= cell for label in labels)
        lines = max(height_of(label, layout, max(1, cell - tick)) for label in labels)
        tall = layout.tx(62) if fits else max(layout.tx(62), lines + layout.px(24))
        words_tall = note.rect.bottom - y
        row = max(words_tall, tall)
        name, note = (one.moved(0, (row - words_tall) // 2) for one in (name, note))
        rect = Rect(place.x, y + (row - tall) // 2, place.width, tall)
        values = [value for _label, value in question.answers]
        chosen = values.index(getattr(self.desk.settings, key))
        return [name, note, Segments(key, rect, labels=labels, chosen=chosen)]

    def act(self, act: Act) -> SceneChange | None:
        for question in questions():
            if question.setting == act.key:
                self.desk.change(**{act.key: question.answers[act.value][1]})
        return None

    def in_words(self) -> str:
        lines = [f"**{self.title}**"]
        for question in questions():
            now = getattr(self.desk.settings, question.setting)
            answer = next(label for label, value in question.answers if value == now)
            lines.append(f"- {question.name}: {answer}")
        return "\n".join(lines)

    def help_text(self) -> str:
        return _(
            "**Up** and **down** move from one setting to another, **left** and **right** change "
            "it.\n\n"
            "**What is felt** shows how the partners feel in words, as it seems, not as it is. "
            "**Fog** hides even that of partners whom you hardly know: keep in touch, it lifts. "
            "**Everything** shows the numbers, nothing blurred and nothing late: for talking about "
            "the model, not for a first play. It is for sessions begun from now on."
        )
