"""What the checks share: collecting messages, looking ids up, judging conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sim.expressions import ConditionError, Node, check, parse, suggest
from sim.fields import TERMS
from sim.scenario.merging import Sources
from sim.scenario.messages import LevelOf, Message
from sim.scenario.schema import Scenario
from sim.words import _
from sim.yamlfile import Path_


class Findings:
    """What has been found so far about a file of any kind."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.messages: list[Message] = []

    def error(
        self, code: str, path: Path_, text: str, suggestion: str = "", *, key: bool = False
    ) -> None:
        """Something that keeps the file from being used."""
        self.say("error", code, path, text, suggestion, key=key)

    def warn(
        self, code: str, path: Path_, text: str, suggestion: str = "", *, key: bool = False
    ) -> None:
        """Something that can be used, and is probably not what was meant."""
        self.say("warning", code, path, text, suggestion, key=key)

    def say(
        self,
        level: LevelOf,
        code: str,
        path: Path_,
        text: str,
        suggestion: str = "",
        *,
        key: bool = False,
    ) -> None:
        """A message of any level about the value at a path, or about its ``key``."""
        self.messages.append(self.sources.message(level, code, path, text, suggestion, key=key))

    def unknown(
        self,
        code: str,
        path: Path_,
        text: str,
        name: str,
        known: Mapping[str, Path_] | Iterable[str],
    ) -> None:
        """An error about a name nobody knows: says which was meant, and where that stands."""
        meant = suggest(name, known)
        suggestion = ""
        if meant:
            suggestion = _("Did you mean “{meant}”?").format(meant=meant)
            if isinstance(known, Mapping):
                line = self.sources.position(known[meant])[0]
                suggestion = _("Did you mean “{meant}” (line {line})?").format(
                    meant=meant, line=line
                )
        else:
            names = list(known)
            if 0 < len(names) <= 30:
                suggestion = _("There are: {names}.").format(names=", ".join(names))
        self.error(code, path, text.format(name=name), suggestion)


class Review(Findings):
    """One scenario under review, and what has been found so far."""

    def __init__(self, scenario: Scenario, sources: Sources) -> None:
        super().__init__(sources)
        self.scenario = scenario
        self.partners: dict[str, Path_] = {
            p.id: ("partners", i, "id") for i, p in enumerate(scenario.partners)
        }
        self.matters: dict[str, Path_] = {
            m.id: ("unsaid", i, "id") for i, m in enumerate(scenario.unsaid)
        }

    def partner(self, path: Path_, name: str) -> bool:
        """Whether a partner exists; an error if not."""
        if name in self.partners:
            return True
        self.unknown(
            "E-UNKNOWN-PARTNER", path, _("There is no partner “{name}”."), name, self.partners
        )
        return False

    def unique(self, path: Path_, names: Iterable[str], key: str = "id") -> None:
        """Errors for ids that stand twice in a list."""
        first: dict[str, int] = {}
        for index, name in enumerate(names):
            if name in first:
                line = self.sources.position((*path, first[name], key))[0]
                self.error(
                    "E-DUPLICATE-ID",
                    (*path, index, key),
                    _("“{name}” is here a second time.").format(name=name),
                    _("It stands in line {line} already; every id is used once.").format(line=line),
                )
            first.setdefault(name, index)

    def condition(self, path: Path_, text: str) -> Node | None:
        """The tree of a condition, or None and messages about what is wrong with it."""
        try:
            tree = parse(text)
            problems = check(tree, TERMS, self.partners, self.matters)
        except ConditionError as error:
            tree, problems = None, error.problems
        for problem in problems:
            suggestion = problem.suggestion
            for known in (self.partners, self.matters):
                for name, place in known.items():
                    if f"“{name}”" in suggestion:
                        line = self.sources.position(place)[0]
                        suggestion = suggestion.replace(
                            f"“{name}”",
                            _("“{name}” (line {line})").format(name=name, line=line),
                        )
            self.messages.append(
                self.sources.message(
                    "error",
                    "E-CONDITION",
                    path,
                    problem.message,
                    suggestion,
                    offset=problem.column - 1 + self._indent(path),
                )
            )
        return None if problems else tree

    def _indent(self, path: Path_) -> int:
        """Blanks before a condition inside its quotation marks."""
        value: Any = self.sources.data
        for part in path:
            value = value[part]
        return len(value) - len(value.lstrip()) if isinstance(value, str) else 0
