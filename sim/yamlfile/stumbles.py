"""What the parser stumbled over, in a sentence about what people usually did."""

from __future__ import annotations

from typing import Any

from ruamel.yaml.error import MarkedYAMLError

from sim.words import _
from sim.yamlfile.document import Flaw


def explained(error: MarkedYAMLError, text: str, last: Any = None) -> Flaw:
    """One flaw of a parser's error; ``last`` is the last text it read before."""
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
    if last is not None and not last.implicit[0] and last.start_mark.line < last.end_mark.line:
        # a quotation mark left open closes at the next one, lines below
        begun = last.start_mark
        if lines[begun.line][begun.column] in "\"'" and last.end_mark.line in (line - 1, line - 2):
            return Flaw(
                begun.line + 1,
                begun.column + 1,
                _("The text that begins here goes on to line {line}: it is never closed before.")
                .format(line=last.end_mark.line + 1),
                _("Is a quotation mark missing, or one too many inside it?"),
            )  # fmt: skip
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
    if (
        "block end" in problem
        or "block collection" in str(error.context)
        or "simple key" in (problem + str(error.context))
    ):
        return Flaw(
            line,
            column,
            _("This line does not fit the lines above it."),
            _("Is it moved too far left or right, or is a colon or a “- ” missing?"),
        )
    return Flaw(line, column, _("This cannot be read as YAML ({problem}).").format(problem=problem))
