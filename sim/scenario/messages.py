"""What is wrong with a file, said so that whoever wrote it can mend it.

A message has a level, a code to search for, a place, one or two sentences, and the
line itself with a caret under the spot.  The same messages appear on the command
line, in the window and in editors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from sim.errors import UserError
from sim.words import _, ngettext
from sim.yamlfile import Document, YamlError

LevelOf = Literal["error", "warning", "advice"]


@dataclass(frozen=True)
class Message:
    """One finding.  ``line`` and ``column`` count from 1; 0 means the file as a whole."""

    level: LevelOf
    code: str
    file: str
    line: int
    column: int
    text: str
    source: str = ""
    suggestion: str = ""

    @property
    def where(self) -> str:
        """``file:line:column``, as editors understand it."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def __str__(self) -> str:
        sentence = f"{self.text} {self.suggestion}" if self.suggestion else self.text
        return f"{self.where}: {sentence}" if self.where else sentence

    def as_dict(self) -> dict[str, str | int]:
        """For ``--json`` and editors."""
        return asdict(self)


def formatted(message: Message) -> str:
    """A message on several lines, with the source line and a caret."""
    levels = {"error": _("error"), "warning": _("warning"), "advice": _("advice")}
    where = f"{message.where}: " if message.where else ""
    lines = [f"{where}{levels[message.level]} {message.code}"]
    if message.line and message.source.strip():
        # a very long line is cut around the spot, so that the caret stays under it
        start = max(0, message.column - 60) if len(message.source) > 100 else 0
        shown = message.source[start : start + 100].replace("\t", " ")
        lines += [f"    {shown}", " " * (4 + message.column - 1 - start) + "^"]
    lines.append(f"  {message.text}")
    if message.suggestion:
        lines.append(f"  {message.suggestion}")
    return "\n".join(lines)


class FileError(UserError):
    """A file that cannot be used; ``messages`` holds everything found, errors first."""

    def __init__(self, name: str, messages: Sequence[Message]) -> None:
        order = {"error": 0, "warning": 1, "advice": 2}
        self.name = name
        self.messages = tuple(sorted(messages, key=lambda m: (order[m.level], m.line, m.column)))
        errors = [message for message in self.messages if message.level == "error"]
        if len(errors) == 1 and not errors[0].file:  # about no file: a sentence will do
            super().__init__(errors[0].text, errors[0].suggestion)
            return
        shown = errors[:5]
        text = "\n".join(formatted(message) for message in shown)
        more = len(errors) - len(shown)
        if more > 0:
            text += "\n" + ngettext(
                "… and {count} more error.", "… and {count} more errors.", more
            ).format(count=more)
        super().__init__(text)


class ScenarioError(FileError):
    """A scenario that cannot be played."""


def messages_of(error: YamlError, code: str = "E-YAML") -> list[Message]:
    """The messages of a file that could not even be read."""
    lines = error.text.split("\n")
    return [
        Message(
            "error",
            code if flaw.line else "E-FILE",
            error.name,
            flaw.line,
            flaw.column,
            flaw.message,
            lines[flaw.line - 1] if 0 < flaw.line <= len(lines) else "",
            flaw.suggestion,
        )
        for flaw in error.flaws
    ]


def message_at(
    level: LevelOf,
    code: str,
    document: Document,
    position: tuple[int, int],
    text: str,
    suggestion: str = "",
) -> Message:
    """A message about one place in a document."""
    line, column = position
    return Message(level, code, document.name, line, column, text, document.line(line), suggestion)
