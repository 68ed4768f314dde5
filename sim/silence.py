"""What a group can do with the silence after a row, as rows of primitive effects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

OUTSIDER, NEXT = "outsider", "next"
OUTCOMES: Final = ("met", "left", OUTSIDER, NEXT)
"""What can come of it: spoken to and answered, spoken to and left alone, or as chosen."""

Rows = tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class SilenceType:
    """One thing to do with the silence.

    ``ease`` is None for what needs nobody to answer; such a choice has one outcome, its own
    id.  With a number it needs one of the two to speak first, and has ``met`` and ``left``.
    """

    id: str
    title: str
    line: str
    cost: float  # thousand pounds
    ease: float | None
    outcomes: dict[str, Rows]

    @property
    def of_one(self) -> bool:
        """Whether one of the two has to speak first."""
        return self.ease is not None


@cache
def silences() -> dict[str, SilenceType]:
    """Everything a group can do with the silence, by id, in the order of ``silence.yaml``."""
    from sim.yamlfile import read_text

    text = resources.files("sim").joinpath("silence.yaml").read_text(encoding="utf-8")
    return {data["id"]: _silence(data) for data in read_text(text).data["choices"]}


def _silence(data: dict[str, Any]) -> SilenceType:
    always: Rows = tuple(data.get("effects", ()))
    ease = data.get("ease")
    if ease is None:
        outcomes = {str(data["id"]): always}
    else:
        outcomes = {name: (*always, *data[name]) for name in OUTCOMES[:2]}
    if not set(outcomes) <= set(OUTCOMES):
        raise ValueError(f"the ledger knows no outcome {', '.join(outcomes)} of a silence")
    return SilenceType(
        id=data["id"],
        title=data["title"],
        line=data["line"],
        cost=float(data["cost"]),
        ease=None if ease is None else float(ease),
        outcomes=outcomes,
    )
