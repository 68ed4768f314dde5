"""Reading, checking and describing study files.

``study.yaml`` → :class:`~sim.yamlfile.Document` (positions) → :class:`Study` (shape) →
checks with the scenarios and strategies that it names.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sim import yamlfile
from sim.scenario.load import ENDINGS, scenarios_folder
from sim.scenario.merging import Sources
from sim.scenario.messages import FileError, Message, messages_of
from sim.scenario.shape import fitted
from sim.spelling import LEAST, meant
from sim.sweep.material import Material
from sim.sweep.shape import KEYS, Design, Factor, Families, Study
from sim.sweep.study_check import checked
from sim.words import _
from sim.yamlfile import Document, YamlError

__all__ = [
    "Design",
    "Factor",
    "Families",
    "Study",
    "StudyError",
    "check_study",
    "find_study",
    "read_study",
    "studies_folder",
    "study_from",
    "study_of",
    "study_schema",
]

_STAND_INS: Final = {"question": "?", "study": "study", "scenarios": []}


class StudyError(FileError):
    """A study that cannot be run."""


def studies_folder() -> Path:
    """Where the studies that ship are."""
    return scenarios_folder() / "studies"


def find_study(name: str | Path) -> Path:
    """The file of a study: a path, or the id or file name of one that ships.

    Raises:
        StudyError: there is no such study; says which one was probably meant.
    """
    text = str(name)
    if isinstance(name, Path) or text.endswith(ENDINGS) or "/" in text or Path(text).is_file():
        return Path(text)
    known = {
        path.stem.lstrip("0123456789").lstrip("-"): path
        for path in sorted(studies_folder().glob("*.yaml"))
    }
    known |= {path.stem: path for path in known.values()}
    if text in known:
        return known[text]
    # who began with the beginning may have slipped in it: 02-candor for 02-candour-…
    near = meant(text, known) or _begun(text, known)
    names = sorted({path.stem for path in known.values()})
    hint = _("There are: {names}.").format(names=", ".join(names))
    if near:
        hint = _("Did you mean “{meant}”?").format(meant=near)
    text = _("There is no study “{name}”.").format(name=text)
    raise StudyError(str(name), [Message("error", "E-UNKNOWN-STUDY", "", 0, 0, text, "", hint)])


def _begun(text: str, known: Mapping[str, Path]) -> str:
    """The one name whose beginning ``text`` was meant to be, or ""."""
    beginnings: dict[str, list[str]] = {}
    for name in known:
        beginnings.setdefault(name[: len(text) + 1], []).append(name)
    near = meant(text, beginnings) if len(text) >= LEAST else ""
    found = beginnings.get(near, [])
    return found[0] if len(found) == 1 else ""


def read_study(name: str | Path) -> Study:
    """A study from its file, checked with everything that it names.

    Raises:
        StudyError: it has errors; all of them are in ``messages``.
    """
    path = find_study(name)
    try:
        document = yamlfile.read(path)
    except YamlError as error:
        raise StudyError(str(path), [*messages_of(error), *_rest(error)]) from None
    return _ready(document)


def study_from(text: str, path: str = "") -> Study:
    """A study from its text; ``path`` is where the files that it names stand beside.

    Raises:
        StudyError: it has errors.
    """
    try:
        document = yamlfile.read_text(text, path)
    except YamlError as error:
        raise StudyError(path, [*messages_of(error), *_rest(error)]) from None
    return _ready(document)


def study_of(data: Mapping[str, Any], folder: str | Path = ".") -> Study:
    """A study from plain data, as from a file in ``folder``.

    Raises:
        StudyError: it has errors.
    """
    return study_from(yamlfile.written(dict(data)), str(Path(folder) / "study.yaml"))


def study_as_it_was(text: str, path: str = "") -> Study:
    """A study from a text that was checked before, not looked at again.

    Raises:
        StudyError: it is not the text of a study.
    """
    try:
        document = yamlfile.read_text(text, path)
    except YamlError as error:
        raise StudyError(path, messages_of(error)) from None
    study, found = fitted(Sources.of(document), Study)
    if study is None or found:
        raise StudyError(path, found)
    return _with_text(study, document, None)


def check_study(name: str | Path) -> list[Message]:
    """Everything to be said about a study file, in the order of its lines."""
    try:
        path = find_study(name)
        document: Document | None = yamlfile.read(path)
        found: list[Message] = []
    except StudyError as error:
        return list(error.messages)
    except YamlError as error:
        document, found = error.document, messages_of(error)
    if document is not None:
        told = {message.line for message in found}
        found += [m for m in _examined(document)[1] if m.line not in told]
    return sorted(found, key=lambda m: (m.line, m.column))


def study_schema() -> dict[str, Any]:
    """The JSON Schema of study files, for editors and other programs."""
    schema = Study.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Left Unsaid: a study"
    every = {key for keys in KEYS.values() for key in keys}
    schema["$defs"]["Design"]["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": {"properties": dict.fromkeys(sorted(every - set(keys)), False)},
        }
        for kind, keys in KEYS.items()
    ]
    return schema


def _rest(error: YamlError) -> list[Message]:
    """What else is wrong with a file that the reader stumbled over, as far as it can be told."""
    if error.document is None:
        return []
    told = {flaw.line for flaw in error.flaws}
    return [m for m in _examined(error.document)[1] if m.line not in told]


def _ready(document: Document) -> Study:
    study, messages, material = _examined(document)
    if study is None or any(message.level == "error" for message in messages):
        raise StudyError(document.name, messages)
    return _with_text(study, document, material)


def _with_text(study: Study, document: Document, material: Material | None) -> Study:
    study._text = document.text
    study._path = document.name
    study._material = material
    return study


def _examined(document: Document) -> tuple[Study | None, list[Message], Material]:
    sources = Sources.of(document)
    if not isinstance(document.data, dict):
        text = _("A study file is a group of keys, such as “question:”.")
        return None, [sources.message("error", "E-KIND", (), text)], Material()
    study, messages = fitted(sources, Study, _STAND_INS)
    if study is None:
        return None, messages, Material()
    study._path = document.name
    more, material = checked(study, sources)
    told = {(message.line, message.column) for message in messages}
    return study, [*messages, *(m for m in more if (m.line, m.column) not in told)], material
