"""The shape of a study file: frozen Pydantic models whose attributes are the file's keys.

What can only be judged with the scenarios and strategies at hand is
:mod:`sim.sweep.study_check`'s business.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, WithJsonSchema
from pydantic_core import PydanticKnownError

from sim.fields import HORIZON, LEVEL_WORDS, MEASURES, TRUST_WORDS
from sim.parameters import THEORIES
from sim.playbooks import FAMILIES_OF_PLAY
from sim.scenario.numbers import Flag, Id, Text, Texts, Whole, wrong
from sim.scenario.parts import Part
from sim.words import _

Design_ = Literal["grid", "latin-hypercube", "sobol", "morris", "list", "none"]
KEYS: Final[dict[str, tuple[str, ...]]] = {
    "grid": ("levels",),
    "latin-hypercube": ("points", "seed"),
    "sobol": ("N", "second_order", "seed"),
    "morris": ("trajectories", "levels", "seed"),
    "list": ("file",),
    "none": (),
}
"""The keys that belong to each kind of design."""
NEEDED: Final[dict[str, str]] = {
    "latin-hypercube": "points", "sobol": "N", "morris": "trajectories", "list": "file",
}  # fmt: skip
"""The key without which a design is none."""
LEVELS: Final = {"grid": 5, "morris": 4}
"""Levels of a range, where the file gives none."""
ALL: Final = "all"
NONE: Final = "none"

Edge = float | str
"""An end of a range: a number, or a word of a scale such as ``wary``."""
Value = bool | float | str


def number_of(value: object) -> float | None:
    """The number that a value is or a word of a scale stands for; None for anything else."""
    if isinstance(value, str):
        word = " ".join(value.lower().replace("_", " ").replace("-", " ").split())
        return TRUST_WORDS.get(word, LEVEL_WORDS.get(word))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def _edge(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise wrong("not_a_number", _("A number is needed here, not {value}."), value)
    if isinstance(value, str):
        if number_of(value) is None:
            raise wrong("not_a_number", _("A number is needed here, not {value}."), value)
        return value
    if not math.isfinite(value) or abs(value) > 1e12:
        raise wrong("not_finite", _("{value} is too large to play with."), value)
    return value


def _one_value(value: object) -> object:
    if value is None or not isinstance(value, bool | int | float | str):
        raise wrong("not_a_value", _("One number or one word is needed here, not {value}."), value)
    return value


def _factor(value: object) -> object:
    if isinstance(value, list | tuple):
        return {"values": list(value)}
    if not isinstance(value, dict | Factor):
        raise wrong(
            "not_a_range",
            _("Write a range, such as {{low: 0.2, high: 0.6}}, or a list, such as [{value}]."),
            value,
        )
    return value


def _families(value: object) -> object:
    return {"draws": value} if isinstance(value, int) and not isinstance(value, bool) else value


def _theories(value: object) -> object:
    """Every set of rival theories as a tuple of names; the usual model is the empty set."""
    sets: list[tuple[str, ...]] = []
    for one in [value] if isinstance(value, str) else value if isinstance(value, list) else [None]:
        names = [one] if isinstance(one, str) else one
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise wrong(
                "not_theories",
                _("Write none, all, or a list of rival theories, such as [none, {first}]."),
                first=THEORIES[0],
            )
        if names == [ALL]:
            sets += [(), *((theory,) for theory in THEORIES)]
        else:
            sets.append(tuple(name.replace("-", "_") for name in names if name != NONE))
    return tuple(sets)


def _measures(value: object) -> object:
    return MEASURES if value in (ALL, [ALL]) else [value] if isinstance(value, str) else value


def _months(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


def _some(value: int) -> int:
    if value < 0:
        raise PydanticKnownError("greater_than_equal", {"ge": 1})
    return value


def _once(months: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(months))


# none is told of as a study of no runs, in words of its own
Some = Annotated[Whole, Field(le=10**9, json_schema_extra={"minimum": 1}), AfterValidator(_some)]
# what lies outside is told of beside everything else that is wrong with a list
Month = Annotated[Whole, Field(json_schema_extra={"minimum": 1, "maximum": HORIZON})]
Seed = Annotated[Whole, Field(ge=0, le=10**12)]


class Factor(Part):
    """What one factor may be: from ``low`` to ``high``, or one of a list."""

    low: Annotated[Edge | None, BeforeValidator(_edge)] = None
    high: Annotated[Edge | None, BeforeValidator(_edge)] = None
    values: tuple[Annotated[Value, BeforeValidator(_one_value)], ...] | None = None

    @property
    def span(self) -> tuple[float, float] | None:
        """Both ends of the range as numbers; None for a list."""
        low, high = number_of(self.low), number_of(self.high)
        return None if low is None or high is None else (low, high)

    @property
    def numbers(self) -> tuple[float, ...] | None:
        """The values of a list as numbers; None for a range, and where one is no number."""
        found = [number_of(value) for value in self.values or ()]
        return None if not found or None in found else tuple(found)  # type: ignore[arg-type]

    @property
    def words(self) -> tuple[str, ...]:
        """The values of a list as words, each once."""
        return tuple(dict.fromkeys(label_of(value) for value in self.values or ()))


def label_of(value: object) -> str:
    """A value that is not a number as tables show it; flags as in a file."""
    return str(value).lower() if isinstance(value, bool) else str(value)


class Families(Part):
    """Playbooks drawn by lot: so many of each family, under a seed."""

    draws: Annotated[Some, Field(le=10_000)]
    of: Annotated[Texts, Field(min_length=1)] = tuple(FAMILIES_OF_PLAY)
    seed: Seed = 1


class Design(Part):
    """How the points are laid; which keys belong to which ``kind`` is :data:`KEYS`."""

    kind: Design_ = "none"
    points: Some | None = None
    levels: Annotated[Whole, Field(ge=2, le=1000)] | None = None
    N: Some | None = None
    second_order: Flag = False
    trajectories: Some | None = None
    file: Text | None = None
    seed: Seed = 1


_RANGE_OR_LIST: Final[dict[str, Any]] = {
    "oneOf": [
        {
            "type": "object",
            "properties": {key: {"type": ["number", "string"]} for key in ("low", "high")},
            "required": ["low", "high"],
            "additionalProperties": False,
        },
        {"type": "array", "items": {"type": ["number", "string", "boolean"]}, "minItems": 1},
    ]
}
_NAMES: Final[dict[str, Any]] = {"type": "array", "items": {"type": "string"}, "minItems": 1}
_THEORY: Final[dict[str, Any]] = {"enum": [NONE, ALL, *THEORIES]}
_SET: Final[dict[str, Any]] = {"anyOf": [_THEORY, {"type": "array", "items": _THEORY}]}
_THEORIES: Final[dict[str, Any]] = {"anyOf": [_THEORY, {"type": "array", "items": _SET}]}


class Study(Part):
    """A study: a question, and the runs that may answer it.

    Comes from :func:`sim.sweep.study.read_study`, never changes.  ``text`` is the file as
    read, ``folder`` where files that it names are looked for.
    """

    question: Text
    study: Id
    scenarios: Annotated[Texts, WithJsonSchema(_NAMES)]
    strategies: Annotated[Texts, WithJsonSchema(_NAMES)] = ()
    families: Annotated[
        Families | None,
        BeforeValidator(_families),
    ] = None
    theories: Annotated[
        tuple[tuple[str, ...], ...], BeforeValidator(_theories), WithJsonSchema(_THEORIES)
    ] = ((),)
    vary: dict[str, Annotated[Factor, BeforeValidator(_factor), WithJsonSchema(_RANGE_OR_LIST)]] = (
        Field(default_factory=dict)
    )
    design: Design = Design()
    replications: Some = 100
    seed: Seed = 1
    luck: Literal["common", "independent"] = "common"
    hand: Literal["all", "play"] = "play"
    shocks: Literal["off", "play", "full"] = "play"
    measures: Annotated[
        tuple[Text, ...],
        BeforeValidator(_measures),
        WithJsonSchema(
            {"anyOf": [{"const": ALL}, {"type": "array", "items": {"enum": list(MEASURES)}}]}
        ),
    ] = MEASURES
    months: Annotated[tuple[Month, ...], BeforeValidator(_months), AfterValidator(_once)] = ()
    compare_with: Text | None = None

    _text: str = PrivateAttr(default="")
    _path: str = PrivateAttr(default="")
    _material: Any = PrivateAttr(default=None)  # what checking has read, for the plan

    @property
    def text(self) -> str:
        """The file as read."""
        return self._text

    @property
    def path(self) -> str:
        """Where the file stood; "" for a study that came from a text."""
        return self._path

    @property
    def folder(self) -> Path:
        """Where the files that the study names are looked for."""
        return Path(self._path).parent
