"""Finding, reading and checking scenario files.

``scenarios/x.yaml`` → :class:`~sim.yamlfile.Document` (positions) → merged with what it
is based on → :class:`~sim.scenario.schema.Scenario` (shape) → checks across its parts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final

from sim import yamlfile
from sim.expressions import suggest
from sim.scenario.checking import checked
from sim.scenario.merging import Sources, merged, twice
from sim.scenario.messages import Message, ScenarioError, messages_of
from sim.scenario.schema import Scenario
from sim.scenario.shape import shaped
from sim.words import _
from sim.yamlfile import Document, YamlError

ENDINGS: Final = (".yaml", ".yml")
CHAIN: Final = 5  # files based on one another


@dataclass(frozen=True)
class Listed:
    """One scenario in the library; ``problem`` is its first error, for a file with errors."""

    id: str
    title: str
    path: Path
    problem: Message | None = None


def scenarios_folder() -> Path:
    """Where the scenarios that ship are."""
    return Path(str(resources.files("scenarios")))


def load_scenario(name: str | Path) -> Scenario:
    """A scenario by its id (one that ships) or by its file.

    Raises:
        ScenarioError: there is none, or it has errors.
    """
    path = find_scenario(name)
    return _loaded(*_examined(_read(path), ()), path)


def read_scenario(text: str, name: str = "") -> Scenario:
    """A scenario from a text, such as the one a journal holds.

    Raises:
        ScenarioError: it has errors.
    """
    try:
        document = yamlfile.read_text(text, name)
    except YamlError as error:
        raise ScenarioError(name, messages_of(error)) from None
    return _loaded(*_examined(document, ()), None)


def find_scenario(name: str | Path) -> Path:
    """The file of a scenario, by id or path.

    Raises:
        ScenarioError: there is no such scenario; says which one was probably meant.
    """
    text = str(name)
    if isinstance(name, Path) or text.endswith(ENDINGS) or "/" in text or "\\" in text:
        return Path(text)
    folder = scenarios_folder()
    if (folder / f"{text}.yaml").is_file():
        return folder / f"{text}.yaml"
    if Path(text).is_file():
        return Path(text)
    known = [path.stem for path in _files(folder)]
    meant = suggest(text, known)
    raise ScenarioError(
        text,
        [
            Message(
                "error",
                "E-UNKNOWN-SCENARIO",
                "",
                0,
                0,
                _("There is no scenario “{name}”.").format(name=text),
                suggestion=_("Did you mean “{meant}”?").format(meant=meant)
                if meant
                else _("There are: {names}.").format(names=", ".join(known)),
            )
        ],
    )


def list_scenarios(folder: Path | None = None) -> list[Listed]:
    """Every scenario in a folder (the ones that ship, when left out), also with errors."""
    found: list[Listed] = []
    for path in _files(folder or scenarios_folder()):
        name, title, problem = path.stem, path.stem, None
        try:
            scenario = load_scenario(path)
            name, title = scenario.id, scenario.title
        except ScenarioError as error:
            problem = error.messages[0]
        found.append(Listed(name, title, path, problem))
    return found


def check_files(paths: Iterable[str | Path]) -> list[Message]:
    """Everything to be said about some files, in order: what ``unsaid check`` prints."""
    messages: list[Message] = []
    for name in paths:
        found: list[Message] = []
        try:
            path = find_scenario(name)
            document: Document | None = yamlfile.read(path)
        except ScenarioError as error:
            messages += error.messages
            continue
        except YamlError as error:
            document, found = error.document, messages_of(error)
        if document is not None:
            # what follows only from a line that was told of already is not told again
            told = {message.line for message in found}
            more = _examined(document, ())[2]
            found += [m for m in more if m.file != document.name or m.line not in told]
        messages += sorted(found, key=lambda m: (m.file != str(path), m.line, m.column))
    return messages


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in ENDINGS)


def _read(path: Path) -> Document:
    try:
        return yamlfile.read(path)
    except YamlError as error:
        raise ScenarioError(str(path), messages_of(error)) from None


def _examined(
    document: Document, chain: tuple[str, ...]
) -> tuple[Sources, Scenario | None, list[Message]]:
    sources = Sources.of(document)
    if not isinstance(document.data, dict):
        return (
            sources,
            None,
            [
                sources.message(
                    "error",
                    "E-KIND",
                    (),
                    _("A scenario file is a group of keys, such as “scenario:”."),
                )
            ],
        )
    alone = sources
    try:
        sources = _with_base(sources, chain)
    except ScenarioError as error:
        return sources, None, list(error.messages)
    scenario, messages = shaped(sources)
    if scenario is not None:
        messages += checked(scenario, sources)
    known = {(message.code, message.line, message.column) for message in messages}
    messages += [m for m in twice(alone) if (m.code, m.line, m.column) not in known]
    return sources, scenario, messages


def _with_base(sources: Sources, chain: tuple[str, ...]) -> Sources:
    """The sources of a file together with those of the file it is based on."""
    header = sources.data.get("scenario")
    name: Any = header.get("based_on") if isinstance(header, dict) else None
    if not isinstance(name, str):
        return sources
    where = ("scenario", "based_on")
    document = sources.document

    def refuse(text: str, suggestion: str = "") -> ScenarioError:
        return ScenarioError(
            document.name, [sources.message("error", "E-BASED-ON", where, text, suggestion)]
        )

    # a file beside this one goes before one that ships
    beside = Path(document.name).parent / name
    if name.endswith(ENDINGS):
        path = beside
    else:
        file = beside.with_name(f"{name}.yaml")
        try:
            path = file if document.name and file.is_file() else find_scenario(name)
        except ScenarioError as error:
            raise refuse(error.messages[0].text, error.messages[0].suggestion) from None
    key = str(path.resolve())
    if key in (str(Path(document.name).resolve()), *chain) or len(chain) >= CHAIN:
        raise refuse(_("These files are based on one another in a circle."))
    try:
        under = _read(path)
    except ScenarioError as error:
        raise refuse(
            _("The scenario it is based on cannot be read: {why}").format(why=error.messages[0])
        ) from None
    if not isinstance(under.data, dict):
        raise refuse(_("“{name}” is not a scenario.").format(name=name))
    base = _with_base(Sources.of(under), (*chain, key))
    # what is this file's own is never inherited
    inherited = dict(base.data)
    if isinstance(inherited.get("scenario"), dict):
        inherited["scenario"] = {
            k: v for k, v in inherited["scenario"].items() if k not in ("id", "title", "based_on")
        }
    return merged(Sources(inherited, base.document, base.origins), document)


def _loaded(
    sources: Sources, scenario: Scenario | None, messages: list[Message], path: Path | None
) -> Scenario:
    """The scenario with its text, unless there are errors."""
    errors = [message for message in messages if message.level == "error"]
    if scenario is None or errors:
        raise ScenarioError(sources.document.name, messages)
    text = sources.document.text
    if scenario.scenario.based_on is not None:
        # the text must stand alone: a journal keeps it, and the base may change
        data = {**sources.data, "scenario": {**sources.data["scenario"], "based_on": None}}
        text = yamlfile.written(data)
    scenario._text = text
    scenario._hash = hashlib.sha256(text.encode("utf-8")).hexdigest()
    scenario._path = str(path) if path is not None else ""
    return scenario
