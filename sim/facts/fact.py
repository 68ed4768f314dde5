"""What a fact is: something that the model must reproduce, and how one sees whether it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf, isfinite, isnan
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from sim.words import _, mark

if TYPE_CHECKING:
    from sim.facts.lab import Lab

Role = Literal["constraint", "shaped", "checked", "rule"]
"""Throws sets of parameters out; a rule was changed for it; only looked at afterwards; follows
from one equation."""

MORE: Final = 1e-9
"""The end of a band that leaves nought itself out."""

Verdict = Literal["met", "not met", "undecided"]

VERDICTS: Final[dict[Verdict, str]] = {
    "met": mark("met"),
    "not met": mark("not met"),
    "undecided": mark("undecided"),
}
ROLES: Final[dict[Role, str]] = {
    "constraint": mark("used in calibration"),
    "shaped": mark("a rule was changed for it"),
    "checked": mark("checked afterwards"),
    "rule": mark("follows from an equation"),
}


class Band(NamedTuple):
    """What is expected: from ``low`` to ``high``, both included."""

    low: float = -inf
    high: float = inf

    def said(self, unit: str = "") -> str:
        """The band in words: “1.5 to 4”, “at most 30 %”."""
        after = f" {unit}" if unit else ""
        if self.low == -inf:
            return _("at most {high}{unit}").format(high=f"{self.high:g}", unit=after)
        if self.high == inf:
            return _("at least {low}{unit}").format(low=f"{self.low:g}", unit=after)
        return _("{low} to {high}{unit}").format(
            low=f"{self.low:g}", high=f"{self.high:g}", unit=after
        )


class Seen(NamedTuple):
    """An estimate and its interval: ``low`` = ``high`` = ``value`` where there is no chance."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Check:
    """One number of a fact: where it is expected, where it was seen.

    Met when the whole interval lies in the band, not met when the estimate lies outside it,
    undecided in between, for more seeds would tell, and where there was nothing to look at (nan).
    """

    what: str
    band: Band
    seen: Seen
    unit: str = ""
    level: int = 95  # per cent, of the interval

    @property
    def verdict(self) -> Verdict:
        """Met, not met, or undecided at so many seeds."""
        low, high = self.band
        if isnan(self.seen.value):
            return "undecided"
        if low <= self.seen.low and self.seen.high <= high:
            return "met"
        return "undecided" if low <= self.seen.value <= high else "not met"

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``; ends that are open are null."""
        return {
            "what": self.what,
            "unit": self.unit,
            "expected": [None if abs(end) == inf else end for end in self.band],
            "seen": _known(self.seen.value),
            "interval": [_known(self.seen.low), _known(self.seen.high)],
            "level": self.level,
            "verdict": self.verdict,
        }


def _known(value: float) -> float | None:
    return value if isfinite(value) else None


@dataclass(frozen=True)
class Fact:
    """A stylised fact: what should be so, who says it, and how to look."""

    id: str
    says: str
    source: str
    role: Role
    look: Callable[[Lab], list[Check]]
    band: str = ""
    """Where its bands come from, in a sentence."""
    why_not: str = ""
    """The reason, where it is known not to be met."""


@dataclass(frozen=True)
class Finding:
    """A fact as it was found."""

    fact: Fact
    seeds: int
    checks: tuple[Check, ...] = field(default_factory=tuple)

    @property
    def verdict(self) -> Verdict:
        """Met when every check is, not met as soon as one is not."""
        seen = {check.verdict for check in self.checks}
        if "not met" in seen:
            return "not met"
        return "undecided" if "undecided" in seen else "met"

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "fact": self.fact.id,
            "says": _(self.fact.says),
            "source": self.fact.source,
            "band": _(self.fact.band),
            "role": self.fact.role,
            "seeds": self.seeds,
            "verdict": self.verdict,
            "why_not": _(self.fact.why_not) if self.verdict != "met" and self.fact.why_not else "",
            "checks": [check.as_dict() for check in self.checks],
        }
