"""Reading restricted YAML: files, texts, and the events the parser makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from sim.words import _
from sim.yamlfile.document import Document, Flaw, Path_, Place, YamlError
from sim.yamlfile.stumbles import explained

LARGEST: Final = 1024 * 1024  # bytes
DEEPEST: Final = 32  # lists and groups inside one another

INT: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
TRAPS: Final = re.compile(r"(?i:yes|no|on|off)")
_FLAGS: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False,
                 "FALSE": False}  # fmt: skip
_NULLS: Final = ("", "~", "null", "Null", "NULL")


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
    meant: Document | None = None
    try:
        data = builder.document()
        meant = Document(name, text, data, builder.places)
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
        flaws.append(explained(error, text, builder.last))
    except YAMLError as error:
        flaws.append(Flaw(0, 0, str(error).splitlines()[0]))
    except (ValueError, RecursionError, AttributeError, IndexError, TypeError):
        # the parser's own slips on garbage: it is not YAML, whatever else it may be
        flaws.append(Flaw(0, 0, _("The file cannot be read as YAML.")))
    if flaws or meant is None:
        raise YamlError(name, tuple(sorted(flaws, key=lambda f: (f.line, f.column))), text, meant)
    return meant


class _Builder:
    """Makes plain data of the parser's events, and notes where everything stands."""

    def __init__(self, text: str, flaws: list[Flaw]) -> None:
        self.lines = text.split("\n")
        self.events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        self.places: dict[Path_, Place] = {}
        self.flaws = flaws
        self.last: Any = None  # the last text, key or number read

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
        self.places[path] = Place(
            (event.start_mark.line + 1, event.start_mark.column + 1), key, self.exact(event)
        )
        if isinstance(event, AliasEvent):
            return None
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
                trap = TRAPS.fullmatch(name)
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
        self.last = event
        value: str = event.value
        if not event.implicit[0]:
            return value  # quoted, or a block of text
        if value in _NULLS:
            return None
        if value in _FLAGS:
            return _FLAGS[value]
        if TRAPS.fullmatch(value):
            self.flaw(
                event,
                _("A bare “{word}” may mean the word, or true or false.").format(word=value),
                _('Write true or false, or put the word in quotation marks: "{word}".').format(
                    word=value
                ),
            )
            return value
        if INT.fullmatch(value) or _FLOAT.fullmatch(value):
            if len(value) > 40:
                self.flaw(event, _("This number is too long."))
                return 0
            if re.match(r"[-+]?0[0-9]", value):
                self.flaw(
                    event,
                    _("A number does not begin with 0."),
                    _("Take the 0 away, or put it in quotation marks if it is text."),
                )
            return int(value) if INT.fullmatch(value) else float(value)
        return value

    def exact(self, event: Any) -> int | None:
        if not isinstance(event, ScalarEvent) or event.start_mark.line != event.end_mark.line:
            return None
        line = self.lines[event.start_mark.line]
        start = 0 if event.implicit[0] else 1
        at = event.start_mark.column + start
        return start if line[at : at + len(event.value)] == event.value else None
