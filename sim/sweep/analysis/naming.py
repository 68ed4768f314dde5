"""How strategies, theories, measures and their values are written in tables and figures."""

from __future__ import annotations

import math
from typing import Final

from sim.labels import capital, listed, measure_name, measure_parts, measure_value
from sim.words import _

UP: Final = (
    "staff_joint_working", "trust", "understanding", "integration", "reablement_at_home",
    "resident_experience", "projects_succeeded", "projects_embedded", "realised_saving",
    "partnership_holds",
)  # fmt: skip
"""Measures of which more is better."""
DOWN: Final = (
    "tension", "delayed_transfers", "emergency_admissions", "care_home_admissions", "unmet_need",
    "eruptions", "disputes_open", "projects_failed",
)  # fmt: skip
"""Measures of which less is better.

Of the others neither is: spending more may be right, a forecast is no saving, a month of
agreement is 0 while there is none.  They have differences, but no regret and no failures.
"""
FAMILY: Final = "family:"
"""How the names of randomly drawn playbooks begin: ``family:relational#17``."""
NO_THEORY: Final = "none"


def way(measure: str) -> int:
    """Which way is better: 1 up, -1 down, 0 for neither."""
    return (measure in UP) - (measure in DOWN)


def family_of(strategy: str) -> str:
    """``"relational"`` of ``"family:relational#17"``; "" of any other strategy."""
    if not strategy.startswith(FAMILY):
        return ""
    return strategy.removeprefix(FAMILY).partition("#")[0]


def strategy_name(strategy: str) -> str:
    """A strategy as it is said: "systems leadership"."""
    return strategy.replace("-", " ").replace("_", " ").replace(":", ": ")


def quoted(strategy: str) -> str:
    """A strategy within a sentence, where its words would run into the others: "“say it first”"."""
    return _("“{name}”").format(name=strategy_name(strategy))


def sentence(text: str) -> str:
    """The text as it begins a sentence, also where that begins with a quotation mark."""
    return text[0] + capital(text[1:]) if text.startswith("“") else capital(text)


def theory_name(theory: str) -> str:
    """A set of rival theories as it is said: "silence is harmless and trust is symmetric"."""
    if theory == NO_THEORY:
        return _("the model as it is")
    return listed([part.replace("_", " ") for part in theory.split("+")])


def scenario_name(scenario: str) -> str:
    """A scenario as it is said: "Dancing around the table"."""
    stem = scenario.rsplit("/", 1)[-1].removesuffix(".yaml")
    return capital(stem.replace("-", " ").replace("_", " "))


def scale(measure: str) -> float:
    """What a value is multiplied by when it is written: 100 for shares written as per cent."""
    return 100.0 if measure_value(measure, 1.0) == "100%" else 1.0


def unit(measure: str) -> str:
    """The sign that a value is written with: "%", "£" or ""."""
    written = measure_value(measure, 1.0)
    return "%" if written.endswith("%") else "£" if written.startswith("£") else ""


def difference_unit(measure: str) -> str:
    """What differences are counted in: "percentage points", "£", or ""."""
    return _("percentage points") if unit(measure) == "%" else unit(measure)


def said(measure: str) -> str:
    """A measure within a sentence: "“delayed transfers”"."""
    return _("“{measure}”").format(measure=measure_parts(measure)[0])


def file_name(text: str) -> str:
    """A name as part of a file's name."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in text)


def axis_name(measure: str, *, difference: bool = False) -> str:
    """A measure as the title of an axis, with the unit of its values or differences."""
    name = capital(measure_name(measure))
    mark = difference_unit(measure) if difference else unit(measure)
    return f"{name} ({mark})" if mark else name


def decimals(half: float) -> int:
    """Decimals that a number deserves whose interval reaches ``half`` to either side: those
    at which the half width has one figure, or two where the first is small; four at most.
    """
    if not math.isfinite(half) or half <= 0.0:
        return 2
    return min(4, max(0, math.ceil(math.log10(3.5 / half))))


def number(value: float, places: int, *, sign: bool = False) -> str:
    """A number with ``places`` decimals, a true minus, and no minus nought; "–" for none."""
    if not math.isfinite(value):
        return "–"
    written = f"{value:,.{places}f}"
    if float(written.replace(",", "")) == 0.0:
        return written.lstrip("-")
    if value < 0:
        return "−" + written.lstrip("-")
    return ("+" if sign else "") + written


def _pounds(written: str, mark: str) -> str:
    if mark != "£":
        return written
    head = written[:1] if written[:1] in "+−" else ""
    return f"{head}£{written[len(head) :]}"


def level(measure: str, mean: float, low: float, high: float) -> str:
    """A mean and its interval: "54.3% (53.1 to 55.5)"."""
    by, mark = scale(measure), unit(measure)
    places = decimals((high - low) / 2.0 * by)
    head = _pounds(number(mean * by, places), mark) + ("%" if mark == "%" else "")
    return head + _interval(low * by, high * by, places)


def difference(measure: str, mean: float, low: float, high: float) -> str:
    """A difference and its interval: "+3.2 (2.1 to 4.3)"."""
    by, mark = scale(measure), unit(measure)
    places = decimals((high - low) / 2.0 * by)
    head = _pounds(number(mean * by, places, sign=True), mark)
    return head + _interval(low * by, high * by, places)


def difference_said(measure: str, mean: float, low: float, high: float) -> str:
    """The same with its unit, for running text: "3.2 percentage points (2.1 to 4.3)"."""
    head, interval = difference_parts(measure, mean, low, high)
    return head + (" " + _("({interval})").format(interval=interval) if interval else "")


def difference_parts(measure: str, mean: float, low: float, high: float) -> tuple[str, str]:
    """A difference with its unit, and its interval: "3.2 percentage points", "2.1 to 4.3"."""
    by, mark = scale(measure), unit(measure)
    places = decimals((high - low) / 2.0 * by)
    head = _pounds(number(abs(mean) * by, places if mean else 0), mark)
    if mark == "%":
        head = _("{number} percentage points").format(number=head)
    low, high = sorted((abs(low), abs(high))) if low * high > 0 else (low, high)
    return head, _span(low * by, high * by, places)


def _interval(low: float, high: float, places: int) -> str:
    span = _span(low, high, places)
    return " " + _("({interval})").format(interval=span) if span else ""


def _span(low: float, high: float, places: int) -> str:
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return _("{low} to {high}").format(low=number(low, places), high=number(high, places))


def share(value: float) -> str:
    """A share as a whole per cent: "37%"; "under 1%" and "over 99%" at the ends."""
    if not math.isfinite(value):
        return "–"
    if 0.0 < value < 0.01:
        return _("under 1%")
    if 0.99 < value < 1.0:
        return _("over 99%")
    return f"{100.0 * value:.0f}%"


def count(value: int) -> str:
    """A whole number with its thousands apart: "1,000,000"."""
    return f"{value:,}"
