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

ID_PATTERN: Final = r"^[a-z][a-z0-9-]*$"
NAME_PATTERN: Final = r"^[a-z][a-z0-9_-]*$"


def _wrong(code: str, sentence: str) -> PydanticCustomError:
    """An error in our own words; braces are doubled, because Pydantic fills them in."""
    return PydanticCustomError(code, sentence.replace("{", "{{").replace("}", "}}"))  # type: ignore[arg-type]


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong("not_a_number", f"A number is needed here, not {_shown(value)}.")
    if abs(value) > 1e12 or not math.isfinite(value):
        raise _wrong("not_finite", f"{_shown(value)} is too large to play with.")
    return float(value)


def _whole(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong("not_whole", f"A whole number is needed here, not {_shown(value)}.")
    return value


def _flag(value: object) -> object:
    if not isinstance(value, bool):
        raise _wrong("not_a_flag", f"Only true or false fits here, not {_shown(value)}.")
    return value


def _text(value: object) -> object:
    if isinstance(value, str):
        if not value.strip():
            raise _wrong("empty_text", "This text is empty. Write it, or take the line out.")
        return value.strip()
    if value is None:
        raise _wrong("empty_text", "Nothing is written here. Write the text, or take the line out.")
    if isinstance(value, bool | int | float):
        raise _wrong(
            "not_text", f"Text is needed here. Put it in quotation marks: {_as_quoted(value)}."
        )
    raise _wrong("not_text", "Text is needed here, not a list or a group of keys.")


def _as_quoted(value: object) -> str:
    return f'"{str(value).lower() if isinstance(value, bool) else value}"'


def _words(table: dict[str, float], kind: str) -> BeforeValidator:
    names = " | ".join(table)

    def read(value: object) -> object:
        if isinstance(value, str):
            word = " ".join(value.lower().replace("_", " ").replace("-", " ").split())
            if word in table:
                return table[word]
            raise _wrong(
                f"not_{kind}", f"{_shown(value)} is not on the scale. Write {names}, or 0 to 1."
            )
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _wrong(
                f"not_{kind}",
                f"{_shown(value)} is not on the scale. Write {names}, or 0 to 1.",
            )
        if not 0.0 <= value <= 1.0:
            raise _wrong(
                "off_scale", f"{_shown(value)} lies outside 0 to 1. Write {names}, or 0 to 1."
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
        raise _wrong(
            "not_who",
            "Say who: a word such as `targets` or `payers`, a partner's id, "
            "or a list of ids such as [council, hospital].",
        )
    return tuple(value)


def _identifier(value: object) -> object:
    if not isinstance(value, str):
        return _text(value)
    return value


Number = Annotated[float, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_whole)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[str, BeforeValidator(_text)]
Id = Annotated[str, BeforeValidator(_identifier), Field(pattern=ID_PATTERN, max_length=40)]
Name = Annotated[str, BeforeValidator(_identifier), Field(pattern=NAME_PATTERN, max_length=40)]
TrustLevel = Annotated[float, _words(TRUST_WORDS, "trust")]
Level = Annotated[float, _words(LEVEL_WORDS, "level")]
Condition = Annotated[str, BeforeValidator(_condition)]
Who = Annotated[tuple[str, ...], BeforeValidator(_some)]


def _two_different(value: tuple[str, str]) -> tuple[str, str]:
    if value[0] == value[1]:
        raise _wrong("same_twice", f"Two different partners are needed, not {value[0]} twice.")
    return value


PairOfIds = Annotated[tuple[Id, Id], AfterValidator(_two_different)]
