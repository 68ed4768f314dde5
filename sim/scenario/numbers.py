"""The kinds of value a scenario may hold: text, ids, flags, numbers, words of the scale.

Every kind refuses what YAML only nearly says (``true`` for a number, ``2015`` for a
text), and says so in a sentence a trainer can act on.  Numbers are plain floats and
integers once read: a word of the scale such as ``wary`` becomes its number here.
"""

from __future__ import annotations

import math
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from sim.fields import LEVEL_WORDS, TRUST_WORDS
from sim.words import _

ID_PATTERN: Final = r"^[a-z][a-z0-9-]*$"
NAME_PATTERN: Final = r"^[a-z][a-z0-9_-]*$"


def wrong(code: str, sentence: str, value: object = "", **more: str) -> PydanticCustomError:
    """An error in our own words; ``{value}`` is the value as it stands in the file."""
    shown = repr(value) if isinstance(value, str) else str(value)
    shown = shown if len(shown) <= 40 else shown[:37] + "..."
    # Pydantic leaves a sentence alone that comes without a context of its own
    return PydanticCustomError(code, sentence.format(value=shown, **more))


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong("not_a_number", _("A number is needed here, not {value}."), value)
    if abs(value) > 1e12 or not math.isfinite(value):
        raise wrong("not_finite", _("{value} is too large to play with."), value)
    return float(value)


def _whole(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong("not_whole", _("A whole number is needed here, not {value}."), value)
    if abs(value) > 10**12:
        raise wrong("not_finite", _("{value} is too large to play with."), value)
    return value


def _flag(value: object) -> object:
    if not isinstance(value, bool):
        raise wrong("not_a_flag", _("Only true or false fits here, not {value}."), value)
    return value


def _text(value: object) -> object:
    if isinstance(value, str):
        if not value.strip():
            raise wrong("empty_text", _("This text is empty. Write it, or take the line out."))
        return value.strip()
    if value is None:
        raise wrong(
            "empty_text", _("Nothing is written here. Write the text, or take the line out.")
        )
    if isinstance(value, bool | int | float):
        quoted = str(value).lower() if isinstance(value, bool) else str(value)
        raise wrong(
            "not_text",
            _('Text is needed here. Put it in quotation marks: "{quoted}".'),
            quoted=quoted,
        )
    raise wrong("not_text", _("Text is needed here, not a list or a group of keys."))


def _words(table: dict[str, float], kind: str) -> BeforeValidator:
    names = " | ".join(table)

    def read(value: object) -> object:
        if isinstance(value, str):
            word = " ".join(value.lower().replace("_", " ").replace("-", " ").split())
            if word in table:
                return table[word]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong(
                f"not_{kind}",
                _("{value} is not on the scale. Write {names}, or 0 to 1."),
                value,
                names=names,
            )
        if not 0.0 <= value <= 1.0:
            raise wrong(
                "off_scale",
                _("{value} lies outside 0 to 1. Write {names}, or 0 to 1."),
                value,
                names=names,
            )
        return float(value)

    return BeforeValidator(read)


def _condition(value: object) -> object:
    # YAML reads a bare `when: true` as a flag; it can only mean one thing here.
    if isinstance(value, bool):
        return "true" if value else "false"
    return _text(value)


def _some(value: object) -> object:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise wrong(
            "not_who",
            _(
                "Say who: a word such as “targets” or “payers”, a partner's id, "
                "or a list of ids such as [council, hospital]."
            ),
        )
    return tuple(value)


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


def _identifier(value: object) -> object:
    if not isinstance(value, str):
        return _text(value)
    return value


Number = Annotated[float, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_whole)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
Id = Annotated[str, BeforeValidator(_identifier), Field(pattern=ID_PATTERN, max_length=40)]
Name = Annotated[str, BeforeValidator(_identifier), Field(pattern=NAME_PATTERN, max_length=40)]
TrustLevel = Annotated[float, _words(TRUST_WORDS, "trust")]
Level = Annotated[float, _words(LEVEL_WORDS, "level")]
Condition = Annotated[str, BeforeValidator(_condition)]
Who = Annotated[tuple[str, ...], BeforeValidator(_some)]


def _two_different(value: tuple[str, str]) -> tuple[str, str]:
    if value[0] == value[1]:
        raise wrong(
            "same_twice", _("Two different partners are needed, not “{name}” twice."), name=value[0]
        )
    return value


PairOfIds = Annotated[tuple[Id, Id], AfterValidator(_two_different)]
