"""Names of measures, months, sums of money and lists, as a reader would say them."""

from __future__ import annotations

from collections.abc import Sequence

from sim.words import _, mark

_MEASURES: dict[str, tuple[str, str]] = {
    # name, and how a value reads: {0} is the value, {1} the value times a hundred
    "staff_joint_working": (mark("staff who say joint working works"), "{0:.0f}%"),
    "trust": (mark("trust, on average"), "{0:.2f}"),
    "tension": (mark("tension, on average"), "{0:.2f}"),
    "understanding": (mark("understanding, on average"), "{0:.2f}"),
    "integration": (mark("integration"), "{0:.2f}"),
    "delayed_transfers": (mark("delayed transfers, per 100,000 adults a day"), "{0:.1f}"),
    "emergency_admissions": (mark("emergency admissions, per 1,000 a month"), "{0:.2f}"),
    "care_home_admissions": (mark("care-home admissions, per 100,000 over 65 a year"), "{0:.0f}"),
    "reablement_at_home": (mark("still at home 91 days after reablement"), "{0:.0f}%"),
    "resident_experience": (mark("residents with a good experience"), "{0:.0f}%"),
    "unmet_need": (mark("need that is not met"), "{1:.0f}%"),
    "spend_per_head": (mark("spending a head, a month"), "£{0:.2f}"),
    "who_pays": (mark("largest payer's share of the cost"), "{1:.0f}%"),
    "who_saves": (mark("largest saver's share of the savings"), "{1:.0f}%"),
    "eruptions": (mark("eruptions so far"), "{0:.0f}"),
    "disputes_open": (mark("open disputes"), "{0:.0f}"),
    "projects_started": (mark("projects started"), "{0:.0f}"),
    "projects_succeeded": (mark("projects that delivered"), "{0:.0f}"),
    "projects_failed": (mark("projects that failed"), "{0:.0f}"),
    "projects_embedded": (mark("projects that have become the way things are done"), "{0:.0f}"),
    "agreement_month": (mark("month of the first agreement and delivery"), "{0:.0f}"),
    "forecast_saving": (mark("saving forecast, £k a month"), "{0:.0f}"),
    "realised_saving": (mark("saving realised, £k a month"), "{0:.0f}"),
    "partnership_holds": (mark("the partnership holds"), "{1:.0f}%"),
}
_MONTHS = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"),
    mark("July"), mark("August"), mark("September"), mark("October"), mark("November"),
    mark("December"),
)  # fmt: skip


def measure_name(measure: str) -> str:
    """What a measure counts, with its unit: "emergency admissions, per 1,000 a month"."""
    name, _form = _MEASURES.get(measure, (measure.replace("_", " "), ""))
    return _(name)


def measure_parts(measure: str) -> tuple[str, str]:
    """The same apart: "emergency admissions", and "per 1,000 a month" or ""."""
    name, _comma, unit = measure_name(measure).partition(", ")
    return name, unit


def measure_title(measure: str) -> str:
    """What a measure counts, as a heading: "Emergency admissions"."""
    return capital(measure_parts(measure)[0])


def measure_value(measure: str, value: float) -> str:
    """One value of a measure as it is written: "54%", "7.50", "£8.20"."""
    _name, form = _MEASURES.get(measure, ("", "{0:.2f}"))
    return form.format(value, 100.0 * value)


def calendar(month: int, start_month: int, start_year: int) -> str:
    """Month 1 is the month the play starts in: "April 2015"."""
    # month 0 is the state before the first month, and belongs to the month before it
    years, index = divmod(start_month - 1 + month - 1, 12)
    return f"{_(_MONTHS[index])} {start_year + years}"


def pounds(thousands: float) -> str:
    """Money as people say it, from thousands of pounds: "£20,000", "£1.2 million"."""
    if abs(thousands) >= 1000.0:
        return _("£{amount} million").format(amount=f"{thousands / 1000.0:.1f}".removesuffix(".0"))
    return f"£{round(thousands * 1000.0, -2 if abs(thousands) < 10 else -3):,.0f}"


def listed(names: Sequence[str]) -> str:
    """Names in a row, as said aloud: "A", "A and B", "A, B and C"; nobody for none."""
    if not names:
        return _("nobody")
    if len(names) == 1:
        return names[0]
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def capital(text: str) -> str:
    """The text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def unquoted(text: str) -> str:
    """Words without the quotation marks around all of them, for use inside our own."""
    inner = text[1:-1]
    if text[:1] in '“"' and text[-1:] in '”"' and not set(inner) & set('“”"'):
        return inner
    return text


def numeral(count: int) -> str:
    """A small number as a word: "seven"."""
    words = (
        _("none"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"),
        _("eight"), _("nine"), _("ten"), _("eleven"), _("twelve"), _("thirteen"), _("fourteen"),
    )  # fmt: skip
    return words[count] if 0 <= count < len(words) else str(count)
