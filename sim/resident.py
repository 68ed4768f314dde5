"""One resident's month, in words made from what is counted for her."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from sim.labels import capital, numeral
from sim.observation import Observation
from sim.phrases import ways
from sim.scenario.parts import Resident
from sim.told import Told
from sim.words import _, ngettext

_NOTICED: Final = {
    "delayed_transfers": -0.2,
    "emergency_admissions": -0.04,
    "care_home_admissions": -0.03,
    "unmet_need": -0.4,
    "spend_per_head": -0.05,
    "tension": -0.2,
    "disputes_open": -1.0,
    "eruptions": -1.0,
    "staff_joint_working": 0.05,
    "trust": 0.1,
    "understanding": 0.1,
    "integration": 0.1,
    "reablement_at_home": 0.01,
    "resident_experience": 0.03,
}
"""Relative change since the start that a resident would notice, negative where less is
better.  An assumption of ours: it chooses between three texts, nothing else."""
_FELT: Final = 0.34
"""How many of the measures counted for her must have changed, on balance, for another text."""


def feeling(observation: Observation, counted: Sequence[str]) -> str:
    """Whether the resident's month was good, middling or bad, by what is counted for her.

    Each measure counts by its change since the start, as last reported, against what one
    would notice, and for no more than one: a single wild figure is not her month.
    """
    noticed = []
    for name in counted:
        series = observation.series.get(name)
        if not series or name not in observation.measures or name not in _NOTICED:
            continue
        start = series[0]
        change = (observation.measures[name] - start) / max(abs(start), 0.05)
        noticed.append(max(-1.0, min(1.0, change / _NOTICED[name])))
    if not noticed:
        return "middling"
    mean = sum(noticed) / len(noticed)
    return "good" if mean >= _FELT else "bad" if mean <= -_FELT else "middling"


# --- her month, put together ------------------------------------------------------------

STORY: Final = "resident_experience"
WAIT: Final = "delayed_transfers"
CAME: Final = "unmet_need"
_TOLD_AT_FIRST: Final = 3
_TELLING: Final = 1.2
"""Points of good experience that spare her one telling."""
_DAYS: Final = 0.75
"""Her days of waiting for each delayed transfer per 100,000 adults."""
_MORNINGS: Final = 25.0
"""Her mornings without anybody in a month in which no need at all was met."""
LONGEST: Final = 160
"""Characters that the foot of the screen has room for."""


@dataclass(frozen=True)
class Lived:
    """What a month was like: how often she told her story, how long she waited, who came.

    Each follows one measure, and never moves against it: assumptions of ours that choose
    words.  None where nobody publishes the measure.
    """

    times: int | None = None
    days: int | None = None
    mornings: int | None = None  # on which nobody came


def lived(series: Mapping[str, Sequence[float]], month: int) -> Lived:
    """Her month, from the measures as they were known by then."""

    def known(name: str) -> float | None:
        values = series.get(name)
        return values[min(month, len(values) - 1)] if values else None

    good, waiting, unmet = known(STORY), known(WAIT), known(CAME)
    times = None
    if good is not None:
        better = (good - series[STORY][0]) / _TELLING
        times = max(1, min(9, round(_TOLD_AT_FIRST - better)))
    return Lived(
        times,
        None if waiting is None else max(0, round(_DAYS * waiting)),
        None if unmet is None else max(0, min(20, round(_MORNINGS * unmet))),
    )


def turned(before: Lived, now: Lived) -> int:
    """Whether things got better for her (1), worse (-1) or neither, on balance."""
    pairs = (
        (before.times, now.times),
        (before.days, now.days),
        (before.mornings, now.mornings),
    )
    steps = [(a > b) - (a < b) for a, b in pairs if a is not None and b is not None]
    return (sum(steps) > 0) - (sum(steps) < 0)


def turned_in_words(way: int, resident: Resident, told: Told, when: str = "") -> str:
    """The same in a line: "For Mrs Okafor, much the same."."""
    pool = ("RESIDENT_SAME", "RESIDENT_BETTER", "RESIDENT_WORSE")[way]
    return told.say(pool, ways(pool), partial(_filled, gaps={"name": resident.name}), when)


def month_in_words(month: Lived, resident: Resident, told: Told, when: str = "") -> str:
    """Two or three short sentences; "" when nothing is counted that they could be made of."""
    said: list[str] = []
    pieces = _pieces(month, resident)
    for number, (pool, own, gaps) in enumerate(pieces, start=1):
        taken = sum(map(len, said)) + len(said)
        room = LONGEST * number // len(pieces) - taken
        fill = partial(_filled, gaps=gaps | _pronouns(resident.pronoun))
        words = told.say(pool, (*own, *ways(pool)), fill, when, partial(_short, room))
        if taken + len(words) <= LONGEST:
            said.append(words)
    return " ".join(said)


def _pieces(month: Lived, resident: Resident) -> list[tuple[str, tuple[str, ...], dict[str, str]]]:
    """Which pools tell this month, with the scenario's own sentences and the gaps' words."""
    own = resident.pieces
    found: list[tuple[str, tuple[str, ...], dict[str, str]]] = []
    if month.times == 1:
        found.append(("RESIDENT_ONCE", own.once, {}))
    elif month.times is not None:
        gaps = {"times": _times(month.times), "people": numeral(month.times)}
        found.append(("RESIDENT_AGAIN", own.again, gaps))
    if month.days is not None and month.days < 1:
        found.append(("RESIDENT_SOON", own.soon, {}))
    elif month.days is not None:
        days = ngettext("{count} day", "{count} days", month.days)
        gaps = {"days": days.format(count=numeral(month.days))}
        found.append(("RESIDENT_WAITED", own.waited, gaps))
    if month.mornings == 0:
        found.append(("RESIDENT_EVERY", own.every, {}))
    elif month.mornings is not None:
        mornings = ngettext("{count} morning", "{count} mornings", month.mornings)
        gaps = {"mornings": mornings.format(count=numeral(month.mornings))}
        found.append(("RESIDENT_MISSED", own.missed, gaps))
    return found


def _short(room: int, words: str) -> bool:
    return len(words) <= room


def _times(count: int) -> str:
    if count == 2:
        return _("twice")
    return _("{count} times").format(count=numeral(count)) if count > 2 else _("once")


def _pronouns(which: str) -> dict[str, str]:
    """Who, whose, and to whom."""
    return {
        "she": {"she": _("she"), "her": _("her"), "them": _("her")},
        "he": {"she": _("he"), "her": _("his"), "them": _("him")},
    }.get(which, {"she": _("they"), "her": _("their"), "them": _("them")})


def _filled(way: str, gaps: dict[str, str]) -> str:
    """The gaps filled; one with a capital begins a sentence."""
    capitals = {name.capitalize(): capital(word) for name, word in gaps.items()}
    return way.format_map(gaps | capitals)
