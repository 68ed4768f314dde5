"""Writing YAML that reads back as the same data, with its comments where they were."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from sim.yamlfile.reading import INT, TRAPS, read_text


class _Representer(RoundTripRepresenter):
    """Writes nothing as ``null``: a bare colon looks like something forgotten."""


_Representer.add_representer(
    type(None), lambda self, _data: self.represent_scalar("tag:yaml.org,2002:null", "null")
)


def written(data: Any, like: str | None = None) -> str:
    """The text of a file that reads as ``data``.

    With ``like`` (the file's earlier text), comments, order and quotation marks stay
    wherever what they belong to is still there.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.allow_unicode = True
    yaml.width = 4096  # lines stay as long as they were written
    yaml.Representer = _Representer
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
        if TRAPS.fullmatch(value) or len(lines) > 1 or INT.fullmatch(value):
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
    alike = next((t for t in (bool, int, float, str) if isinstance(old, t)), type(old))
    if old == new and isinstance(new, alike) and isinstance(new, bool) == (alike is bool):
        return old
    return _dressed(new)
