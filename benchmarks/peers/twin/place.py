"""The place itself: governance, money, patience, what was promised (model.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.twin.arithmetic import close

from sim.fields import MEASURES

if TYPE_CHECKING:
    from peers.twin.partner import Partner

    from sim.scenario import Scenario

FORMS = ("none", "shared", "lead")


class Place:
    """What all partners share."""

    def __init__(self, scenario: Scenario) -> None:
        part = scenario.place
        self.population, self.kind = part.population, part.kind
        self.need, self.season = part.need, part.season
        self.narrative = 0.3 * part.narrative
        self.governance, self.form = part.governance.strength, part.governance.form
        self.lead: Partner | None = None
        self.fund, self.fund_open = 0.0, False
        self.backing, self.home_care, self.demand = part.backing, part.home_care, 1.0
        self.money = part.transformation_fund
        self.facilitator, self.dependency = False, 0.0
        self.mandate = self.shared_framing = self.gain_share = 0.0
        self.case_months = 0.0
        self.forecast = self.realised = self.promised = 0.0
        self.taken_over = self.first_agreement = self.first_delivery = 0
        self.eruptions = self.raised_badly = self.raised_well = self.avoided = 0
        self.projects_started = self.projects_succeeded = 0
        self.projects_failed = self.projects_embedded = 0
        self.severe_winter = self.crisis = 0.0
        self.shock_turn = 0
        self.seats = 0
        self.effort = dict.fromkeys(MEASURES, 0.0)

    def gain(self, name: str, size: float) -> None:
        """A gain toward 1 of one of its levels, or a loss toward 0."""
        setattr(self, name, close(getattr(self, name), size))

    @property
    def governance_form(self) -> int:
        """As conditions name it."""
        return FORMS.index(self.form)

    def agree(self, month: int) -> None:
        """A formal agreement; the first one counts."""
        self.first_agreement = self.first_agreement or month
