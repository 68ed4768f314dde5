"""Restricted YAML with the position of every value: the only reader and writer of YAML.

Scenarios, playbooks, studies and the catalogue of moves are YAML 1.2 without its traps:
no anchors, aliases, tags or directives, no key twice, no bare ``yes`` or ``on`` (which
readers of YAML disagree about), one document, at most 1 MiB.  Reading gives plain dicts,
lists, texts, numbers and flags, and where each of them stands, so that a message can point
at it.  See ``docs/decisions/yaml.md``.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from sim.errors import UserError
from sim.words import _

LARGEST: Final = 1024 * 1024  # bytes
DEEPEST: Final = 32  # lists and groups inside one another

Path_ = tuple[str | int, ...]
"""Where a value stands in the data: ``("partners", 2, "name")``."""

_INT: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_TRAPS: Final = re.compile(r"(?i:yes|no|on|off)")
_FLAGS: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False,
                 "FALSE": False}  # fmt: skip
_NULLS: Final = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True)
class Flaw:
    """One thing wrong with a file: line and column count from 1, 0 for the file as a whole."""

    line: int
    column: int
    message: str
    suggestion: str = ""


class YamlError(UserError):
    """A file that cannot be read as restricted YAML; ``flaws`` holds one or more."""

    def __init__(self, name: str, flaws: tuple[Flaw, ...], text: str = "") -> None:
        self.name = name
        self.flaws = flaws
        self.text = text
        first = flaws[0]
        where = f"{name}:{first.line}:{first.column}" if first.line else name
        super().__init__(f"{where}: {first.message}" if where else first.message, first.suggestion)


@dataclass(frozen=True)
class _Place:
    value: tuple[int, int]
    key: tuple[int, int] | None = None
    exact: int | None = None  # columns from the value's start to its text, if on one line


@dataclass(frozen=True)
class Document:
    """A file as read: ``data``, its ``text``, and the place of every value and key."""

    name: str
    text: str
    data: Any
    places: dict[Path_, _Place] = field(repr=False)

    def position(self, path: Path_, *, key: bool = False) -> tuple[int, int]:
        """Line and column (from 1) of a value, or of its key.

        A path that is not in the file gives the nearest part of it that is, so that
        a missing key points at the group which lacks it.
        """
        while path and path not in self.places:
            path = path[:-1]
        place = self.places[path]
        return place.key if key and place.key else place.value

    def within(self, path: Path_, offset: int) -> tuple[int, int]:
        """Line and column of one character (from 0) of a text; of its start, if it wraps."""
        place = self.places.get(path)
        if place is None or place.exact is None:
            return self.position(path)
        return place.value[0], place.value[1] + place.exact + offset

    def line(self, number: int) -> str:
        """One line of the file, counted from 1; "" outside it."""
        lines = self.text.splitlines()
        return lines[number - 1] if 1 <= number <= len(lines) else ""


# --- reading --------------------------------------------------------------------------


def read(path: str | Path) -> Document:
    """Read a file.

    Raises:
        YamlError: it is missing, a folder, too large, not UTF-8, empty, or not
            restricted YAML.
    """
    path = Path(path)
    return read_text(text_of(path), str(path))


def text_of(path: str | Path) -> str:
    """The text of a file, unread otherwise.  Raises :class:`YamlError` as :func:`read` does."""
    path = Path(path)

    def refuse(message: str, suggestion: str = "", line: int = 0, column: int = 0) -> YamlError:
        return YamlError(str(path), (Flaw(line, column, message, suggestion),))

    try:
        if path.is_dir():
            raise refuse(_("This is a folder, not a file."), _("Name a file inside it."))
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise refuse(_("There is no such file.")) from None
    except (OSError, ValueError) as error:
        raise refuse(
            _("The file cannot be opened: {why}.").format(why=getattr(error, "strerror", error))
        ) from None
    if len(raw) > LARGEST:
        raise refuse(_("The file is larger than 1 MiB; a scenario is a few pages of text."))
    try:
        # as a text file is read everywhere: without the mark some editors put in front,
        # and with one kind of line end, so that a file's hash is the same on all systems
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        raise refuse(
            _("The file is not UTF-8 text."),
            _("Save it again from your editor with the encoding UTF-8."),
            before.count(b"\n") + 1,
            len(before) - (before.rfind(b"\n") + 1) + 1,
        ) from None


def read_text(text: str, name: str = "") -> Document:
    """Read a text as :func:`read` reads a file; ``name`` is what messages call it."""
    flaws: list[Flaw] = []
    if len(text.encode("utf-8", "replace")) > LARGEST:
        flaws.append(Flaw(0, 0, _("The text is larger than 1 MiB.")))
    elif not text.strip():
        flaws.append(Flaw(0, 0, _("The file is empty.")))
    if flaws:
        raise YamlError(name, tuple(flaws), text)
    builder = _Builder(text, flaws)
    try:
        data = builder.document()
    except ReaderError as error:
        # its own position counts from the start of a chunk
        at = max(text.find(chr(error.character)), 0)
        before = text[:at]
        sign = f"U+{error.character:04X}"
        flaw = Flaw(
            before.count("\n") + 1,
            at - before.rfind("\n"),
            _("There is an invisible character here ({sign}) that no text needs.").format(
                sign=sign
            ),
            _("Delete it."),
        )
        raise YamlError(name, (flaw,), text) from None
    except MarkedYAMLError as error:
        flaws.append(_explained(error, text))
    except YAMLError as error:
        flaws.append(Flaw(0, 0, str(error).splitlines()[0]))
    except (ValueError, RecursionError, AttributeError, IndexError, TypeError):
        # the parser's own slips on garbage: it is not YAML, whatever else it may be
        flaws.append(Flaw(0, 0, _("The file cannot be read as YAML.")))
    if flaws:
        raise YamlError(name, tuple(sorted(flaws, key=lambda f: (f.line, f.column))), text)
    return Document(name, text, data, builder.places)


class _Builder:
    """Makes plain data of the parser's events, and notes where everything stands."""

    def __init__(self, text: str, flaws: list[Flaw]) -> None:
        self.lines = text.split("\n")
        self.events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        self.places: dict[Path_, _Place] = {}
        self.flaws = flaws

    def flaw(self, event: Any, message: str, suggestion: str = "") -> None:
        mark = event.start_mark
        self.flaws.append(Flaw(mark.line + 1, mark.column + 1, message, suggestion))

    def document(self) -> Any:
        data: Any = None
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if event.version or event.tags:
                    self.flaw(event, _("Lines that begin with % are not used here."))
                if documents > 1:
                    self.flaw(
                        event,
                        _("A second document begins here (---)."),
                        _("One file holds one document."),
                    )
                built = self.node(next(self.events), (), None, 0)
                data = built if documents == 1 else data
        if not documents:
            self.flaws.append(Flaw(0, 0, _("The file holds nothing but comments.")))
        return data

    def node(self, event: Any, path: Path_, key: tuple[int, int] | None, depth: int) -> Any:
        if getattr(event, "anchor", None):
            sign = "*" if isinstance(event, AliasEvent) else "&"
            self.flaw(
                event,
                _("“{sign}{name}” is a YAML anchor; they are not used here.").format(
                    sign=sign, name=event.anchor
                ),
                _("Write the value out, or put the text in quotation marks."),
            )
        if getattr(event, "tag", None):
            self.flaw(
                event,
                _("“{tag}” is a YAML tag; they are not used here.").format(tag=event.tag),
                _("Put the text in quotation marks if it begins with “!”."),
            )
        if isinstance(event, AliasEvent):
            return None
        self.places[path] = _Place(
            (event.start_mark.line + 1, event.start_mark.column + 1), key, self.exact(event)
        )
        if isinstance(event, ScalarEvent):
            return self.scalar(event)
        if depth >= DEEPEST:
            mark = event.start_mark
            raise MarkedYAMLError(problem="too deep", problem_mark=mark)
        if isinstance(event, SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(self.events), SequenceEndEvent):
                items.append(self.node(event, (*path, len(items)), None, depth + 1))
            return items
        return self.mapping(path, depth)

    def mapping(self, path: Path_, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            name = f"#{len(found)}"
            here = (event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, ScalarEvent):
                name = event.value
                # `off:` as a key is plain enough: keys are always text
                trap = _TRAPS.fullmatch(name)
                if not trap and not isinstance(self.scalar(event), str):
                    self.flaw(
                        event,
                        _("The key “{key}” must be text.").format(key=name),
                        _('Put it in quotation marks: "{key}".').format(key=name),
                    )
                if name in found:
                    first = self.places[(*path, name)].key or (0, 0)
                    self.flaw(
                        event,
                        _("The key “{key}” is here a second time.").format(key=name),
                        _("It stands in line {line} already.").format(line=first[0]),
                    )
            else:
                self.flaw(event, _("A key must be a single word."))
                self.node(event, (*path, name), None, depth + 1)
            found[name] = self.node(next(self.events), (*path, name), here, depth + 1)
        return found

    def scalar(self, event: Any) -> Any:
        value: str = event.value
        if not event.implicit[0]:
            return value  # quoted, or a block of text
        if value in _NULLS:
            return None
        if value in _FLAGS:
            return _FLAGS[value]
        if _TRAPS.fullmatch(value):
            self.flaw(
                event,
                _("A bare “{word}” may mean the word, or true or false.").format(word=value),
                _('Write true or false, or put the word in quotation marks: "{word}".').format(
                    word=value
                ),
            )
            return value
        if _INT.fullmatch(value) or _FLOAT.fullmatch(value):
            if len(value) > 40:
                self.flaw(event, _("This number is too long."))
                return 0
            if re.match(r"[-+]?0[0-9]", value):
                self.flaw(
                    event,
                    _("A number does not begin with 0."),
                    _("Take the 0 away, or put it in quotation marks if it is text."),
                )
            return int(value) if _INT.fullmatch(value) else float(value)
        return value

    def exact(self, event: Any) -> int | None:
        if not isinstance(event, ScalarEvent) or event.start_mark.line != event.end_mark.line:
            return None
        line = self.lines[event.start_mark.line]
        start = 0 if event.implicit[0] else 1
        at = event.start_mark.column + start
        return start if line[at : at + len(event.value)] == event.value else None


def _explained(error: MarkedYAMLError, text: str) -> Flaw:
    """What the parser stumbled over, in a sentence about what people usually did."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    lines = text.split("\n")
    source = lines[line - 1] if 0 < line <= len(lines) else ""
    problem = str(error.problem or error.context or "")
    if "\t" in source and ("\\t" in problem or not source.strip() or source.lstrip(" ")[0] == "\t"):
        return Flaw(
            line,
            source.index("\t") + 1,
            _("There is a tab here."),
            _("Use spaces: two for each step to the right."),
        )
    if problem == "too deep":
        return Flaw(line, column, _("Too many lists and groups inside one another."))
    if "mapping values are not allowed" in problem:
        return Flaw(
            line,
            column,
            _("This colon does not fit here."),
            _("Put text that holds “: ” in quotation marks, and start keys of one group in "
              "the same column."),
        )  # fmt: skip
    if "quoted scalar" in str(error.context) or "unexpected end of stream" in problem:
        opened = error.context_mark or mark
        if opened is not None:
            line, column = opened.line + 1, opened.column + 1
        return Flaw(line, column, _("The text that begins here is never closed."),
                    _("Is a quotation mark missing, or one too many inside it?"))  # fmt: skip
    if "flow" in str(error.context) or "flow" in problem:
        return Flaw(line, column, _("A list or group in brackets goes wrong here."),
                    _("Is a comma or a closing bracket missing?"))  # fmt: skip
    if "cannot start any token" in problem:
        return Flaw(line, column, _("No text can begin with this character."),
                    _("Put the whole text in quotation marks."))  # fmt: skip
    if "block end" in problem or "block collection" in str(error.context) or "simple key" in (
        problem + str(error.context)
    ):
        return Flaw(
            line,
            column,
            _("This line does not fit the lines above it."),
            _("Is it moved too far left or right, or is a colon or a “- ” missing?"),
        )
    return Flaw(
        line, column, _("This cannot be read as YAML ({problem}).").format(problem=problem)
    )


# --- writing --------------------------------------------------------------------------


def written(data: Any, like: str | None = None) -> str:
    """The text of a file that reads as ``data``.

    With ``like`` (the file's earlier text), comments, order and quotation marks stay
    wherever what they belong to is still there.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.allow_unicode = True
    yaml.width = 100
    yaml.indent(mapping=2, sequence=4, offset=2)
    tree = _merged(yaml.load(like), data) if like is not None else _dressed(data)
    out = io.StringIO()
    yaml.dump(tree, out)
    return out.getvalue()


def write(path: str | Path, data: Any, like: str | None = None) -> None:
    """Write ``data`` to a file, whole or not at all; ``like`` as for :func:`written`."""
    path = Path(path)
    text = written(data, like)
    read_text(text, str(path))
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    os.replace(part, path)


def _dressed(value: Any) -> Any:
    """Data in the styles people write: blocks for long text, quotes where a reader may slip."""
    if isinstance(value, dict):
        return CommentedMap({_dressed(str(key)): _dressed(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return CommentedSeq([_dressed(item) for item in value])
    if isinstance(value, str):
        lines = value.split("\n")
        plain = all(line == line.rstrip() and line.isprintable() for line in lines[:-1])
        if len(lines) > 1 and plain and lines[0].strip() and not lines[0].startswith(" "):
            return LiteralScalarString(value)
        if _TRAPS.fullmatch(value) or len(lines) > 1 or _INT.fullmatch(value):
            return DoubleQuotedScalarString(value)
    return value


def _merged(old: Any, new: Any) -> Any:
    """``old`` (with its comments), changed so that it reads as ``new``."""
    if isinstance(old, CommentedMap) and isinstance(new, dict):
        for key in [key for key in old if key not in new]:
            del old[key]
        for key, value in new.items():
            old[key] = _merged(old[key], value) if key in old else _dressed(value)
        return old
    if isinstance(old, CommentedSeq) and isinstance(new, list | tuple):
        if len(old) > len(new):
            del old[len(new) :]
        for at, value in enumerate(new):
            if at < len(old):
                old[at] = _merged(old[at], value)
            else:
                old.append(_dressed(value))
        return old
    same = type(old).__mro__[-2] if isinstance(old, str | int | float) else type(old)
    if old == new and isinstance(new, same) and isinstance(old, bool) == isinstance(new, bool):
        return old
    return _dressed(new)
