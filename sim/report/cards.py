"""Seat cards to print: who you are, what you want, what you fear, one thing you cannot say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.pages import rendered
from sim.scenario import Scenario
from sim.scenario.parts import PartnerPart
from sim.words import _

PER_PAGE = 2


@dataclass(frozen=True)
class Card:
    """One seat.  A text that the scenario does not have is "": there is room to write it."""

    name: str
    icon: str
    sector: str
    role: str
    temper: str
    seated: bool
    want: str
    fear: str
    cannot_say: str
    apart_from: tuple[str, ...]  # partners with whom something is left unsaid


def cards(scenario: Scenario) -> tuple[Card, ...]:
    """A card for every partner, in the file's order."""
    names = {partner.id: partner.name for partner in scenario.partners}
    apart: dict[str, dict[str, None]] = {partner.id: {} for partner in scenario.partners}
    for matter in scenario.unsaid:
        a, b = matter.between
        apart[a][names[b]] = apart[b][names[a]] = None
    return tuple(_card(partner, tuple(apart[partner.id])) for partner in scenario.partners)


def _card(partner: PartnerPart, apart: tuple[str, ...]) -> Card:
    seat = partner.seat
    return Card(
        name=partner.name,
        icon=partner.icon,
        sector=sector_name(partner.sector),
        role=partner.leader.role,
        temper=_line(partner.leader.temper),
        seated=partner.at_table,
        want=_line(seat.want if seat else partner.wants),
        fear=_line(seat.fear if seat else partner.fears),
        cannot_say=_line(seat.cannot_say if seat else ""),
        apart_from=apart,
    )


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def sector_name(sector: str) -> str:
    """A sector in words."""
    return {
        "council": _("Council"),
        "health": _("Health"),
        "voluntary": _("Charities and volunteers"),
        "police": _("Police"),
        "education": _("Education"),
        "housing": _("Housing"),
        "business": _("Business"),
        "residents": _("Residents"),
    }[sector]


def page(scenario: Scenario) -> str:
    """The whole document: cards two to a page, then the facilitator's sheet."""
    every = cards(scenario)
    return rendered(
        "cards.html.j2",
        scenario=scenario,
        cards=every,
        sheets=in_pages(every),
        timings=scenario.debrief.timings,
        script=scenario.debrief.script or "",
        timing_name=timing_name,
    )


def in_pages(every: Sequence[Card]) -> list[Sequence[Card]]:
    """Cards in pages of two."""
    return [every[k : k + PER_PAGE] for k in range(0, len(every), PER_PAGE)]


def timing_name(key: str) -> str:
    """A part of the session in words."""
    known = {
        "briefing": _("Briefing"),
        "play": _("Play"),
        "debrief": _("Debrief"),
        "slack": _("To spare"),
    }
    return known.get(key, key.replace("_", " ").capitalize())
