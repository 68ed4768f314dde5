"""One file based on another: what the merged data are, and where each value came from.

Groups merge key by key.  Lists whose items have an ``id`` merge by id (ties: by their
two partners): an item with a known id changes that item, any other is added at the
end.  Every other list replaces the one before it.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from sim.scenario.messages import LevelOf, Message, message_at
from sim.words import _
from sim.yamlfile import Document, Path_


@dataclass(frozen=True)
class Sources:
    """Data from one or more files, and the file and path each part came from."""

    data: Any
    document: Document  # the file that was asked for
    origins: dict[Path_, tuple[Document, Path_]]

    @staticmethod
    def of(document: Document) -> Sources:
        """The sources of a file that stands alone."""
        return Sources(document.data, document, {p: (document, p) for p in document.places})

    def origin(self, path: Path_) -> tuple[Document, Path_]:
        """The document and the path in it where a value stands, or the nearest part of it."""
        while path and path not in self.origins:
            path = path[:-1]
        return self.origins.get(path, (self.document, ()))

    def position(self, path: Path_, *, key: bool = False) -> tuple[int, int]:
        """Line and column of a value in whichever file it stands."""
        document, inside = self.origin(path)
        return document.position(inside, key=key)

    def message(
        self,
        level: LevelOf,
        code: str,
        path: Path_,
        text: str,
        suggestion: str = "",
        *,
        key: bool = False,
        offset: int | None = None,
    ) -> Message:
        """A message about a value (``offset``: about one character in it) or its key."""
        document, inside = self.origin(path)
        if offset is not None:
            position = document.within(inside, offset)
        else:
            position = document.position(inside, key=key)
        return message_at(level, code, document, position, text, suggestion)


def merged(base: Sources, document: Document) -> Sources:
    """``document`` laid over the sources it is based on."""
    origins: dict[Path_, tuple[Document, Path_]] = {}

    def keep(value: Any, sources: Sources, old: Path_, path: Path_) -> Any:
        if old in sources.origins:
            origins[path] = sources.origins[old]
        if isinstance(value, dict):
            return {k: keep(v, sources, (*old, k), (*path, k)) for k, v in value.items()}
        if isinstance(value, list):
            return [keep(v, sources, (*old, i), (*path, i)) for i, v in enumerate(value)]
        return value

    def lay(under: Any, over: Any, below: Path_, above: Path_, path: Path_) -> Any:
        if isinstance(under, dict) and isinstance(over, dict):
            origins[path] = (document, above)
            result: dict[str, Any] = {}
            for key in {**under, **over}:
                if key not in over:
                    result[key] = keep(under[key], base, (*below, key), (*path, key))
                elif key not in under:
                    result[key] = keep(over[key], mine, (*above, key), (*path, key))
                else:
                    result[key] = lay(
                        under[key], over[key], (*below, key), (*above, key), (*path, key)
                    )
            return result
        names = [_name(item) for item in under] if isinstance(under, list) else [None]
        if isinstance(over, list) and None not in [*names, *map(_name, over)]:
            origins[path] = (document, above)
            later = {_name(item): i for i, item in enumerate(over)}
            items: list[Any] = []
            for i, item in enumerate(under):
                here = (*path, len(items))
                if names[i] in later:
                    j = later[names[i]]
                    items.append(lay(item, over[j], (*below, i), (*above, j), here))
                else:
                    items.append(keep(item, base, (*below, i), here))
            for j, item in enumerate(over):
                if _name(item) not in names:
                    items.append(keep(item, mine, (*above, j), (*path, len(items))))
            return items
        return keep(over, mine, above, path)

    mine = Sources.of(document)
    return Sources(lay(base.data, document.data, (), (), ()), document, origins)


def twice(sources: Sources) -> list[Message]:
    """Errors for whatever stands twice in a list of one file.

    Laid over another file, the later of the two would silently take the other's place.
    """
    found: list[Message] = []

    def look(value: Any, path: Path_) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                look(item, (*path, key))
        if not isinstance(value, list):
            return
        first: dict[Hashable, int] = {}
        for index, item in enumerate(value):
            look(item, (*path, index))
            name = _name(item)
            if name is None:
                continue
            if name not in first:
                first[name] = index
                continue
            here: Path_ = (*path, index)
            if isinstance(name, tuple):
                line = sources.position((*path, first[name]))[0]
                code, text = "E-DUPLICATE-TIE", _("These two have a tie already, in line {line}.")
                hint = _("One entry holds both ways: “back” is what “to” thinks of “from”.")
            else:
                here = (*here, "id")
                line = sources.position((*path, first[name], "id"))[0]
                code, text = "E-DUPLICATE-ID", _("“{name}” is here a second time.")
                hint = _("It stands in line {line} already; every id is used once.")
            text, hint = (said.format(name=name, line=line) for said in (text, hint))
            found.append(sources.message("error", code, here, text, hint))

    look(sources.data, ())
    return found


def _name(item: Any) -> Hashable:
    """What an item of a list goes by, or None."""
    if not isinstance(item, dict):
        return None
    if isinstance(item.get("id"), str):
        return str(item["id"])
    if isinstance(item.get("from"), str) and isinstance(item.get("to"), str):
        return (item["from"], item["to"])
    return None
