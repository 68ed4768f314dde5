"""The files of data that ship beside this one, read, or refused in a sentence."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from sim.errors import UserError
from sim.words import _


class EvidenceError(UserError):
    """Data that came with the program and cannot be read."""


def text_of(file: str) -> str:
    """The text of a file of data.  Raises :class:`EvidenceError` when it cannot be read."""
    try:
        return resources.files("sim.evidence").joinpath(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvidenceError(
            _("{file}, which comes with the program, cannot be read: {why}.").format(
                file=f"sim/evidence/{file}", why=error
            ),
            _(
                "Install Left Unsaid anew, or have the model asked again: `make findings`, half an "
                "hour, and `make calibration` for the plausible sets."
            ),
        ) from error


def shipped(file: str) -> dict[str, Any]:
    """The JSON of a file of data.  Raises :class:`EvidenceError`."""
    try:
        found = json.loads(text_of(file))
    except ValueError as error:
        raise refused(file, _("it is no JSON ({why})").format(why=error)) from error
    if not isinstance(found, dict):
        raise refused(file, _("it does not say what it should"))
    return found


def refused(file: str, why: str) -> EvidenceError:
    """The regret that a file of data is not what it should be."""
    return EvidenceError(
        _("{file} cannot be used: {why}.").format(file=f"sim/evidence/{file}", why=why),
        _("Install Left Unsaid anew, or have the model asked again: `make findings`."),
    )
