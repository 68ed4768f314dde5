"""Does a file have the shape of a scenario?  Pydantic's findings in a trainer's words.

What is said about a scenario is said in the same words about any other file that a
Pydantic model describes: :func:`fitted` takes the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sim.expressions import suggest
from sim.scenario.merging import Sources
from sim.scenario.messages import Message
from sim.scenario.schema import Scenario
from sim.words import _, ngettext
from sim.yamlfile import Path_

M = TypeVar("M", bound=BaseModel)


def shaped(sources: Sources) -> tuple[Scenario | None, list[Message]]:
    """The scenario, and everything that keeps the data from being one; see :func:`fitted`."""
    return fitted(sources, Scenario)


def fitted(
    sources: Sources, model: type[M], stand_ins: Mapping[str, Any] | None = None
) -> tuple[M | None, list[Message]]:
    """The data as a ``model``, and everything that keeps them from being one.

    When leaving out what is wrong makes a whole of the rest, that is returned beside the
    messages, so that the checks across parts can be made in the same round.  ``stand_ins``
    are values for keys that must not be missing, used only to make such a whole.
    """
    try:
        return model.model_validate(sources.data), []
    except ValidationError as error:
        found: list[dict[str, Any]] = [dict(one) for one in error.errors(include_url=False)]
    rest = deepcopy(sources.data)
    for one in found:
        _leave_out(rest, one["loc"])
    try:
        whole = model.model_validate({**(stand_ins or {}), **rest})
    except ValidationError:
        whole = None
    return whole, [_message(sources, one, model) for one in found]


def _leave_out(data: Any, path: Path_) -> None:
    """Take away one key; items of lists stay, because the others would move up."""
    for part in path[:-1]:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(data, dict):
        data.pop(path[-1], None)


def _message(sources: Sources, found: dict[str, Any], model: type[BaseModel]) -> Message:
    kind: str = found["type"]
    path: Path_ = tuple(part for part in found["loc"] if part != "[key]")
    name = str(path[-1]) if path else ""
    if kind == "missing":
        meant = _misspelt(sources, path, model)
        return sources.message(
            "error",
            "E-MISSING",
            path[:-1],
            _("“{key}” is missing {where}.").format(key=name, where=_inside(path[:-1])),
            _("Is “{meant}” meant to be it?").format(meant=meant) if meant else "",
            key=True,
        )
    if kind == "extra_forbidden":
        known = keys_at(path[:-1], model)
        meant = suggest(name, known)
        return sources.message(
            "error",
            "E-UNKNOWN-KEY",
            path,
            _("There is no key “{key}” {where}.").format(key=name, where=_inside(path[:-1])),
            _("Did you mean “{meant}”?").format(meant=meant)
            if meant
            else _("The keys are: {keys}.").format(keys=", ".join(known)),
            key=True,
        )
    code, text, suggestion = sentence(found)
    return sources.message("error", code, path, text, suggestion)


_CODES: Final = {
    "empty_text": "E-EMPTY",
    "off_scale": "E-SCALE",
    "not_trust": "E-SCALE",
    "not_level": "E-SCALE",
    "same_twice": "E-SAME",
}


def sentence(found: Mapping[str, Any]) -> tuple[str, str, str]:
    """Code, sentence and suggestion for one of Pydantic's findings about a value."""
    kind: str = found["type"]
    context: Mapping[str, Any] = found.get("ctx", {})
    value = found.get("input")
    shown = value if isinstance(value, str) else str(value)
    shown = shown if len(shown) <= 40 else shown[:39] + "…"
    if kind == "string_pattern_mismatch":
        return (
            "E-ID",
            _("“{value}” cannot be an id.").format(value=shown),
            _("Use small letters, digits and hyphens, beginning with a letter."),
        )
    if kind == "string_too_long":
        return (
            "E-ID",
            _("“{value}” is too long for an id.").format(value=shown),
            _("At most {most} characters.").format(most=context["max_length"]),
        )
    if kind in ("too_short", "too_long"):
        least = kind == "too_short"
        limit = context["min_length" if least else "max_length"]
        text = (
            ngettext("At least {limit} is needed here", "At least {limit} are needed here", limit)
            if least
            else ngettext("At most {limit} fits here", "At most {limit} fit here", limit)
        ).format(limit=limit)
        count = len(value) if isinstance(value, list) else context.get("actual_length", 0)
        return "E-COUNT", _("{limit}; there are {count}.").format(limit=text, count=count), ""
    bounds = {
        "greater_than_equal": ("ge", _("It must be at least {limit}.")),
        "less_than_equal": ("le", _("It must be at most {limit}.")),
        "greater_than": ("gt", _("It must be more than {limit}.")),
        "less_than": ("lt", _("It must be less than {limit}.")),
    }
    if kind in bounds:
        key, limits = bounds[kind]
        return (
            "E-RANGE",
            _("{value} is out of range.").format(value=shown),
            limits.format(limit=f"{context[key]:g}"),
        )
    if kind == "literal_error":
        choices = [
            part.strip("' ") for part in context["expected"].replace(" or ", ", ").split(",")
        ]
        meant = suggest(shown, choices)
        return (
            "E-CHOICE",
            _("“{value}” is not one of: {choices}.").format(
                value=shown, choices=", ".join(choices)
            ),
            _("Did you mean “{meant}”?").format(meant=meant) if meant else "",
        )
    if kind in ("tuple_type", "list_type"):
        return (
            "E-KIND",
            _("A list is needed here."),
            _("Write [one, another], or a line beginning with “- ” for each."),
        )
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return (
            "E-KIND",
            _("A group of keys is needed here, each with a colon."),
            _("Indent them by two spaces below this line."),
        )
    if kind == "missing_argument" or kind == "unexpected_positional_argument":
        return "E-COUNT", _("Exactly two are needed here."), ""
    return _CODES.get(kind, "E-KIND"), str(found["msg"]), ""


def _inside(path: Path_) -> str:
    names = [part for part in path if isinstance(part, str)]
    return _("in “{group}”").format(group=names[-1]) if names else _("in the file")


def _misspelt(sources: Sources, path: Path_, model: type[BaseModel]) -> str:
    """A key beside the missing one that looks like it."""
    value: Any = sources.data
    for part in path[:-1]:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return ""
    if not isinstance(value, dict):
        return ""
    known = keys_at(path[:-1], model)
    return suggest(str(path[-1]), [key for key in value if key not in known])


@cache
def keys_at(path: Path_, model: type[BaseModel] = Scenario) -> tuple[str, ...]:
    """The keys a file may hold at a path, by their names in the file."""
    return keys_of(kind_at(path, model))


def kind_at(path: Path_, model: Any = Scenario) -> Any:
    """What stands at a path: a model, ``tuple[…]``, ``dict[…]``, a plain type, or None."""
    for part in path:
        model = _inner(model, part)
        if model is None:
            return None
    return model


def keys_of(kind: Any) -> tuple[str, ...]:
    """The keys of a model by their names in the file; of anything else, none."""
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return ()
    return tuple(field.alias or name for name, field in kind.model_fields.items())


def _inner(model: Any, part: str | int) -> Any:
    if isinstance(model, type) and issubclass(model, BaseModel):
        for name, field in model.model_fields.items():
            if (field.alias or name) == part:
                return _plain(field.annotation)
        return None
    arguments = get_args(model)
    if get_origin(model) is dict:
        return _plain(arguments[1])
    return _plain(arguments[0]) if get_origin(model) is tuple and arguments else None


def _plain(annotation: Any) -> Any:
    """An annotation without ``Annotated`` and ``| None``."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _plain(next(part for part in get_args(annotation) if part is not type(None)))
    return annotation
