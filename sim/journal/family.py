"""All the branches of one play, as a tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.journal.shelf import Kept, shelf


@dataclass(frozen=True)
class Branch:
    """One session of a family, and the sessions that left it.

    ``file`` is the name of its file, "" for a session that was never saved; ``turn`` the
    turn of its parent at whose choices it left, 0 for the first of the family.  ``kept`` is
    None where the file is no longer there.  ``branches`` stand in the order in which they
    left, by turn and then by time.
    """

    file: str
    name: str
    turn: int
    kept: Kept | None
    branches: tuple[Branch, ...] = ()

    def __contains__(self, path: object) -> bool:
        """Whether the session at ``path`` is this one or came from it."""
        mine = self.kept is not None and self.kept.path == path
        return mine or any(path in branch for branch in self.branches)


@dataclass
class _Node:
    """What is known of one session while the tree is being built."""

    file: str
    name: str = ""
    started: str = ""
    turn: int = 0
    kept: Kept | None = None
    parent: str = ""  # key of another node


def family(path: Path) -> Branch:
    """The tree of all branches of the play that the session at ``path`` belongs to.

    Parents whose files are gone stay in it as far as their children tell of them.
    """
    nodes: dict[str, _Node] = {}
    for kept in shelf(path.parent):
        node = nodes.setdefault(kept.path.name, _Node(kept.path.name))
        node.kept = kept
        node.name, node.started = kept.name or node.name, kept.started or node.started
        _ancestry(node, kept.parents, nodes)
    nodes.setdefault(path.name, _Node(path.name))
    first, seen = path.name, {path.name}
    while (above := nodes[first].parent) and above not in seen:
        first = above
        seen.add(first)  # no circles, whoever wrote them
    return _tree(first, nodes, set())


def _ancestry(node: _Node, told: Mapping[str, Any] | None, nodes: dict[str, _Node]) -> None:
    """Note where ``node`` left its parent, and where that one left the one before."""
    while isinstance(told, Mapping) and told:
        # a session that was never saved has no file; the line it was left at stands for it
        file = str(told.get("file", ""))
        node.parent, node.turn = file or str(told.get("hash", "")), int(told.get("turn") or 0)
        fresh = _Node(file, str(told.get("name", "")), str(told.get("started", "")))
        node = nodes.setdefault(node.parent, fresh)
        node.name, node.started = node.name or fresh.name, node.started or fresh.started
        told = told.get("parent")


def _tree(key: str, nodes: Mapping[str, _Node], seen: set[str]) -> Branch:
    """The branch of one node, without those that were met on the way to it."""
    seen = seen | {key}
    node = nodes[key]
    left = [k for k, other in nodes.items() if other.parent == key and k not in seen]
    left.sort(key=lambda k: (nodes[k].turn, nodes[k].started, k))
    return Branch(
        node.file, node.name, node.turn, node.kept, tuple(_tree(k, nodes, seen) for k in left)
    )
