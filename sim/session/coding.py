"""Decisions and what came of them as JSON, and back.

Events are kept as ``[month, code, args]``: codes and ids, put into words only when shown,
so that a session can be read in another language than it was played in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any, TypeVar

from sim.moves import Event, Move
from sim.reveal import CardSeen, Confidence, Reveal, Surfaced
from sim.session.parts import Reply

T = TypeVar("T")


def move_data(move: Move) -> dict[str, Any]:
    """A move, without what it leaves empty."""
    return {name: value for name, value in asdict(move).items() if value not in ("", ())}


def move_from(data: dict[str, Any]) -> Move:
    """The move that :func:`move_data` wrote."""
    return Move(**(data | {"targets": tuple(data.get("targets", ()))}))


def events_data(events: Sequence[Event]) -> list[list[Any]]:
    """Events as lists."""
    return [[event.month, event.code, dict(event.args)] for event in events]


def events_from(data: list[list[Any]]) -> tuple[Event, ...]:
    """The events that :func:`events_data` wrote."""
    return tuple(Event(month, code, args) for month, code, args in data)


def replies_data(replies: Sequence[Reply]) -> list[list[Any]]:
    """Replies as lists."""
    return [[reply.move_index, reply.who, reply.reply] for reply in replies]


def replies_from(data: list[list[Any]]) -> tuple[Reply, ...]:
    """The replies that :func:`replies_data` wrote."""
    return tuple(Reply(index, who, reply) for index, who, reply in data)


def reveal_data(reveal: Reveal) -> dict[str, Any]:
    """A reveal, whole: it must be shown again as it was, whatever the rules are by then."""
    data = asdict(reveal)
    for name in ("beats", "minutes"):
        data[name] = events_data(getattr(reveal, name))
    return data


def reveal_from(data: dict[str, Any]) -> Reveal:
    """The reveal that :func:`reveal_data` wrote, by this version or an earlier one."""
    known = {field.name for field in fields(Reveal)}
    return Reveal(
        **{
            **{name: value for name, value in data.items() if name in known},
            "beats": events_from(data["beats"]),
            "minutes": events_from(data["minutes"]),
            "eruptions": _all(Surfaced, data["eruptions"]),
            "surfaced": _all(Surfaced, data["surfaced"]),
            "confidences": _all(Confidence, data["confidences"]),
            "cards": _all(CardSeen, data["cards"]),
        }
    )


def _all(kind: type[T], rows: list[dict[str, Any]]) -> tuple[T, ...]:
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    return tuple(kind(**{name: row[name] for name in names}) for row in rows)
