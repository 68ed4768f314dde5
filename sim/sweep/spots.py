"""Spots in a scenario that a study may vary, named by a path of keys and ids.

``place.backing`` · ``partners.hospital.avoidance`` · ``ties.council~hospital.trust`` ·
``unsaid.eleven-at-night.weight`` · ``moves.coffee.cost`` · ``partners.gps.position.where``

Things in lists go by their id, ties by their two partners with a ``~`` between, numbers on
the axes by the axis, anything else in a list by its place, counted from 1.  ``moves`` takes
the id of any move: one of the model's gets another price, a house move whatever it has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final, Literal, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from sim.effects import catalogue
from sim.errors import UserError
from sim.fields import MEASURES
from sim.parameters import PARAMETERS
from sim.scenario.schema import HouseMove, Scenario
from sim.scenario.shape import keys_of, kind_at, sentence
from sim.spelling import meant
from sim.words import _
from sim.yamlfile import Path_

Kind = Literal["number", "whole", "flag", "text"]
Value = float | int | str | bool

CHANGED: Final = "change"
HOUSE: Final = "house"


class NoSuchSpot(UserError):
    """A path that leads nowhere in a scenario, or to something that is no single value."""


class SpotRefused(UserError):
    """A value that a scenario cannot have at a spot."""


@dataclass(frozen=True)
class Spot:
    """A value in a scenario: ``path`` as it is written, ``steps`` into the scenario's data.

    ``added`` is the id of an item that is not in the list yet, and is put at its end.
    """

    path: str
    steps: Path_
    kind: Kind
    added: str = ""


def kind_of(path: str) -> Kind | None:
    """What kind of value a path leads to in any scenario that has such a spot; None if none."""
    steps: list[str | int] = list(path.split("."))
    if steps[0] == "moves" and len(steps) > 2 and steps[1] not in keys_at("moves"):
        return _plain_kind(kind_at(tuple(steps[2:]), HouseMove))
    return _plain_kind(kind_at(tuple(steps)))


def keys_at(path: str) -> tuple[str, ...]:
    """The keys a scenario may hold at a path of keys."""
    return keys_of(kind_at(tuple(path.split(".")) if path else ()))


def find_spot(scenario: Scenario, path: str) -> Spot:
    """The spot that a path leads to.

    Raises:
        NoSuchSpot: it leads nowhere, or to a group or a list; says what was meant.
    """
    parts = path.split(".")
    if parts[0] == "parameters":
        name = parts[-1] if len(parts) == 2 else ""
        raise NoSuchSpot(
            _("“{path}” is not a spot in a scenario.").format(path=path),
            _("A parameter goes by its name alone: {name}.").format(name=name)
            if name in PARAMETERS
            else _("A parameter goes by its name alone, such as trust_gain."),
        )
    if parts[0] == "moves" and len(parts) > 1 and parts[1] not in keys_at("moves"):
        return _move(scenario, path, parts)
    return _walk(scenario, path, parts)


def changed(scenario: Scenario, values: Mapping[Spot, Value]) -> Scenario:
    """The scenario with other values at some spots; its ``text`` is empty, as nobody wrote it.

    Raises:
        SpotRefused: a scenario cannot have such a value there.
    """
    if not values:
        return scenario
    heads = dict.fromkeys(str(spot.steps[0]) for spot in values)
    parts: dict[str, Any] = {}
    for head in heads:
        part = getattr(scenario, head)
        data = _data(part)
        here = {spot: value for spot, value in values.items() if spot.steps[0] == head}
        for spot, value in here.items():
            data = put(data, spot.steps[1:], value, spot.added)
        try:
            parts[head] = _reader(head).validate_python(data)
        except ValidationError as error:
            raise _refused(here, error) from None
    other = scenario.model_copy(update=parts)
    other._text = other._hash = ""
    return other


def read_value(spot: Spot, value: object) -> Value:
    """A value as a scenario reads it there: whole numbers whole, flags as flags."""
    if spot.kind == "flag" and value in ("true", "false"):
        return value == "true"
    if spot.kind == "text":
        return str(value)
    if isinstance(value, float) and spot.kind == "whole" and value == int(value):
        return int(value)
    return value  # type: ignore[return-value]


def put(data: Any, steps: Sequence[str | int], value: Any, added: str = "") -> Any:
    """``data`` with another value at the end of ``steps``; what lies beside it is shared."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, str):
        group = data or {}
        return {**group, step: put(group.get(step), rest, value, added)}
    items = list(data or ())
    if added:
        ids = [item["id"] for item in items]
        step = ids.index(added) if added in ids else len(items)
        items += [{"id": added}] if step == len(items) else []
    items[step] = put(items[step], rest, value)
    return items


# --- finding the way --------------------------------------------------------------------


def _walk(scenario: Scenario, path: str, parts: Sequence[str]) -> Spot:
    here: Any = scenario
    steps: list[str | int] = []
    for at, part in enumerate(parts):
        options = _options(scenario, here, steps)
        if part not in options:
            raise _astray(path, parts, at, list(options))
        step, read = options[part]
        steps.append(step)
        here = read()
    kind = _plain_kind(kind_at(tuple(steps)))
    if kind is None:
        inside = [
            name
            for name, (step, __) in _options(scenario, here, steps).items()
            if kind_at((*steps, step)) is not str  # a text changes nothing that is counted
        ]
        raise NoSuchSpot(
            _("“{path}” leads to more than one value.").format(path=path),
            _("Go on with one of: {names}.").format(
                names=", ".join(f"{path}.{name}" for name in inside[:12])
            )
            if inside
            else "",
        )
    return Spot(path, tuple(steps), kind)


def _options(
    scenario: Scenario, here: Any, steps: Sequence[str | int]
) -> dict[str, tuple[str | int, Callable[[], Any]]]:
    """Where one can go from ``here``: what the next part may be, its step, and what lies there."""
    if isinstance(here, BaseModel):
        names = {field.alias or name: name for name, field in type(here).model_fields.items()}
        return {
            key: (key, lambda name=name: getattr(here, name))  # type: ignore[misc]
            for key, name in names.items()
        }
    if isinstance(here, dict):
        keys = [*here, *(MEASURES if tuple(steps) == ("place", "measures") else ())]
        return {key: (key, lambda key=key: here.get(key)) for key in keys}  # type: ignore[misc]
    if isinstance(here, tuple):
        return {
            name: (index, lambda index=index: here[index])  # type: ignore[misc]
            for index, name in enumerate(_item_names(scenario, here, steps))
        }
    return {}


def _item_names(scenario: Scenario, here: tuple[Any, ...], steps: Sequence[str | int]) -> list[str]:
    if steps and steps[-1] in ("need", "position"):
        axes = [axis.id for axis in scenario.place.axes]
        return axes if len(axes) == len(here) else []
    names = []
    for number, item in enumerate(here, start=1):
        if hasattr(item, "id"):
            names.append(str(item.id))
        elif hasattr(item, "from_") and hasattr(item, "to"):
            names.append(f"{item.from_}~{item.to}")
        else:
            names.append(str(number))
    return names


def _astray(path: str, parts: Sequence[str], at: int, options: list[str]) -> NoSuchSpot:
    """The error for a path of which part ``at`` is none of the options there."""
    before = ".".join(parts[:at])
    text = _("“{path}” leads nowhere: there is no “{part}” in {where}.").format(
        path=path,
        part=parts[at],
        where=f"“{before}”" if before else _("a scenario"),
    )
    back = "~".join(reversed(parts[at].split("~")))
    if back in options and back != parts[at]:
        other = {"trust": "back", "back": "trust"}  # what the one thinks of the other
        whole = ".".join((*parts[:at], back, *(other.get(p, p) for p in parts[at + 1 :])))
        return NoSuchSpot(text, _("Did you mean “{meant}”?").format(meant=whole))
    if near := meant(parts[at], options):
        whole = ".".join((*parts[:at], near, *parts[at + 1 :]))
        return NoSuchSpot(text, _("Did you mean “{meant}”?").format(meant=whole))
    if not options:
        return NoSuchSpot(
            text, _("“{before}” is one value already.").format(before=before) if before else ""
        )
    return NoSuchSpot(text, _("There are: {names}.").format(names=", ".join(options[:30])))


def _move(scenario: Scenario, path: str, parts: Sequence[str]) -> Spot:
    """``moves.<id>.<key>``: a house move's own row, or the row that changes one of the model's."""
    name = parts[1]
    for group in (HOUSE, CHANGED):
        for index, item in enumerate(getattr(scenario.moves, group)):
            if item.id == name:
                if group == CHANGED and parts[2:] != ["cost"]:
                    raise _only_price(path, name)
                try:
                    spot = _walk(scenario, path, ("moves", group, name, *parts[2:]))
                except NoSuchSpot as error:  # as it was written, not as it is kept
                    said = (error.message, error.hint)
                    raise NoSuchSpot(
                        *(t.replace(f"moves.{group}.", "moves.") for t in said)
                    ) from None
                return Spot(path, ("moves", group, index, *spot.steps[3:]), spot.kind)
    if name not in catalogue():
        known = [*catalogue(), *(house.id for house in scenario.moves.house)]
        raise _astray(path, parts, 1, known)
    if parts[2:] != ["cost"]:
        raise _only_price(path, name)
    index = len(scenario.moves.change)
    return Spot(path, ("moves", CHANGED, index, "cost"), "number", name)


def _only_price(path: str, name: str) -> NoSuchSpot:
    return NoSuchSpot(
        _("“{path}”: a move of the model can have another price, and nothing else.").format(
            path=path
        ),
        _("Write moves.{name}.cost, or make a house move of your own.").format(name=name),
    )


def _plain_kind(kind: Any) -> Kind | None:
    if get_origin(kind) is Literal:
        return "text"
    kinds: dict[Any, Kind] = {float: "number", int: "whole", bool: "flag", str: "text"}
    return kinds.get(kind)


# --- changing a part --------------------------------------------------------------------


@cache
def _reader(head: str) -> TypeAdapter[Any]:
    """What reads one top-level part of a scenario."""
    field = Scenario.model_fields[head]
    kind: Any = field.annotation
    for more in field.metadata:
        kind = Annotated[kind, more]
    return TypeAdapter(kind)


def _data(part: Any) -> Any:
    """A part as plain data, shaped as in a file."""
    if isinstance(part, BaseModel):
        return part.model_dump(by_alias=True)
    if isinstance(part, tuple):
        return [_data(item) for item in part]
    return part


def _refused(values: Mapping[Spot, Value], error: ValidationError) -> SpotRefused:
    """The first finding, said of the spot that it is about."""
    found = error.errors(include_url=False)[0]
    __, text, suggestion = sentence(found)
    spot = next(
        (s for s in values if s.steps[1 : 1 + len(found["loc"])] == found["loc"]),
        next(iter(values)),
    )
    return SpotRefused(
        _("{path} cannot be {value}: {why}").format(path=spot.path, value=values[spot], why=text),
        suggestion,
    )
