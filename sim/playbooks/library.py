"""Strategies by name or by file."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any, Final

from sim import yamlfile
from sim.effects import catalogue
from sim.errors import UserError
from sim.expressions import suggest
from sim.moves import Move
from sim.playbooks import families
from sim.playbooks.playbook import (
    Injects,
    Playbook,
    PlaybookError,
    Rule,
    read_playbook,
)
from sim.playbooks.strategies import PlaybookStrategy, Scripted, ScriptedTurn, Strategy
from sim.words import _

REPEAT: Final = "repeat:"
"""``repeat:coffee`` plays one move over and over; any move of the scenario will do."""


class NoSuchStrategy(UserError):
    """A strategy that nobody knows."""


def _built_in() -> dict[str, str]:
    """Text of every playbook that ships, by id."""
    folder = resources.files("sim.playbooks")
    return {
        path.name.removesuffix(".yaml"): path.read_text(encoding="utf-8")
        for path in sorted(folder.iterdir(), key=lambda p: p.name)
        if path.name.endswith(".yaml")
    }


def strategy_names() -> tuple[str, ...]:
    """Every strategy that ships: the playbooks, and each move played over and over."""
    return (*_built_in(), *(f"{REPEAT}{move}" for move in catalogue()))


def load_strategy(name: str | Path) -> Strategy:
    """A strategy by its name, by another of its names, or by its file.

    ``repeat:<move>`` plays one move over and over, ``family:<family>#<number>`` is one drawn
    by lot (:mod:`sim.playbooks.families`).  Raises :class:`NoSuchStrategy` with the name that
    was probably meant, YamlError or :class:`PlaybookError` for a file.
    """
    text = str(name)
    if text.startswith(REPEAT):
        return PlaybookStrategy(repeat(text.removeprefix(REPEAT)))
    if (drawn := families.drawn_at(text)) is not None:
        return PlaybookStrategy(families.draw_playbook(*drawn))
    return read_strategy(strategy_document(text))


def strategy_document(name: str, folder: Path | None = None) -> yamlfile.Document:
    """The playbook that a name stands for, as read: one that ships, or a file.

    Files stand relative to ``folder`` (the current one, left out).  Raises
    :class:`NoSuchStrategy` or YamlError.
    """
    built_in = _built_in()
    key = name.strip().lower().replace(" ", "-")
    if key in built_in:
        return yamlfile.read_text(built_in[key], f"{key}.yaml")
    path = Path(name) if folder is None else folder / name
    if name.endswith((".yaml", ".yml")) or path.is_file():
        return yamlfile.read(path)
    for known, book in built_in.items():
        document = yamlfile.read_text(book, f"{known}.yaml")
        others = [str(other).casefold() for other in document.data.get("names", ())]
        if name.casefold() in others:
            return document
    meant = suggest(key, strategy_names())
    raise NoSuchStrategy(
        _("There is no strategy called “{name}”.").format(name=name),
        _("Did you mean “{meant}”?").format(meant=meant)
        if meant
        else _("“unsaid strategies” lists them; a playbook of your own is named by its file."),
    )


def strategies() -> list[Strategy]:
    """Every strategy that ships."""
    return [load_strategy(name) for name in strategy_names()]


def repeat(move: str) -> Playbook:
    """One move over and over, to whoever the lot falls on."""
    return Playbook(
        playbook=f"{REPEAT}{move}",
        idea=_("One move over and over: {move}.").format(
            move=catalogue()[move].name if move in catalogue() else move
        ),
        source=_("A yardstick: what one move can and cannot do by itself."),
        injects=Injects(),
        rules=(Rule(move=move, to="random", many=4, form="random", times=3),),
    )


def read_strategy(document: yamlfile.Document) -> Strategy:
    """A strategy from a file as read: a playbook, or a script.  Raises PlaybookError."""
    if isinstance(document.data, dict) and "scripted" in document.data:
        return _scripted(document)
    return PlaybookStrategy(read_playbook(document))


def _scripted(document: yamlfile.Document) -> Scripted:
    """A list of turns: ``{live: say_it_here, moves: [{move: coffee, targets: [a, b]}]}``."""
    data: dict[str, Any] = document.data
    try:
        turns = [
            ScriptedTurn(
                str(turn.get("live", "let_it_pass")),
                tuple(Move.from_data(move) for move in turn.get("moves", ())),
            )
            for turn in data["scripted"]
        ]
        return Scripted(
            turns,
            answers={str(k): str(v) for k, v in data.get("answers", {}).items()},
            confidence=str(data.get("confidence", "keep")),
            name=str(data.get("playbook", "scripted")),
            idea=str(data.get("idea", "")),
            source=str(data.get("source", "")),
        )
    except (AttributeError, KeyError, TypeError):
        raise PlaybookError(
            _("{file}: a script is a list of turns, each with its moves.").format(
                file=document.name or _("The playbook")
            ),
            "scripted: [{live: say_it_here, moves: [{move: coffee, targets: [a, b]}]}]",
        ) from None
