"""What residents get (model.md 7.15)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from peers.twin.arithmetic import held, mean, smooth

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.tie import Tie


def joint_working(ties: Iterable[Tie]) -> float:
    """Joint working of some pairs, weighted by how far they need each other."""
    ties = list(ties)
    weight = sum(tie.dependence for tie in ties)
    return sum(tie.joint * tie.dependence for tie in ties) / max(1e-9, weight)


class Residents:
    """Outcomes, and what they follow slowly."""

    def __init__(self, model: Twin) -> None:
        self.model = model
        self.joint_at_first = self.joint_lagged = joint_working(model.ties)
        self.unmet_lagged = model.base["unmet_need"]
        self.admissions_lagged = 1.0
        self.delivered_lagged = 0.0

    def live_a_month(self) -> None:
        """Line 9, first half."""
        model, base, measures = self.model, self.model.base, self.model.measures
        th, place, t = model.theta, model.place, self.model.now
        effort, first = place.effort, self.joint_at_first
        joint = joint_working(model.ties)
        self.joint_lagged += (joint - self.joint_lagged) / th.outcome_lag
        reach = held((self.joint_lagged - first) / max(0.05, 0.5 - first), -0.5, 1.0)
        place.demand *= 1.0 + 0.25 * model.trend / 12.0
        place.home_care += th.home_care_recovery * max(0.0, 1.0 - place.home_care)
        winter = 0.04 if place.severe_winter > 0 else 0.0

        before = model.history[t - 12]["integration"] if t > 12 else first
        found = th.case_finding_bump * max(0.0, joint - before)
        prevented = th.max_admission_effect * reach
        if th.no_effect_on_admissions:
            found = prevented = 0.0
        admissions = (
            base["emergency_admissions"]
            * (1.0 + model.trend * t / 12.0)
            * (self._season() + winter)
            * (1.0 + found - prevented)
            * (1.0 - 0.02 * effort["emergency_admissions"])
        )
        ratio = admissions / base["emergency_admissions"]

        short = max(0.0, place.demand * (1.0 + winter) - place.home_care * (1.0 + 0.25 * joint))
        unmet = held(base["unmet_need"] + 0.7 * short - 0.15 * max(0.0, joint - first))
        unmet = held(unmet - 0.05 * effort["unmet_need"])
        self.unmet_lagged += (unmet - self.unmet_lagged) / 9.0
        worse = self.unmet_lagged - base["unmet_need"]

        around = [tie for tie in model.ties if tie.a.hospital or tie.b.hospital]
        at_hospital = joint_working(around) if sum(t.dependence for t in around) > 0 else joint
        target = (
            1.0
            + 0.8 * (ratio - 1.0)
            + 1.1 * short
            - 0.8 * held(at_hospital - first, -0.3, 0.6)
            + 0.25 * place.crisis
            - 0.35 * self._done()
        )
        delays = measures["delayed_transfers"]
        delays += 0.5 * (base["delayed_transfers"] * max(0.25, target) - delays)

        homes = base["care_home_admissions"]
        homes += homes * (0.6 * worse - 0.12 * reach - 0.04 * effort["care_home_admissions"])
        homes = held(homes, 0.0, 1e9)
        at_home = base["reablement_at_home"] - 15.0 * worse + 8.0 * reach
        at_home += 3.0 * effort["reablement_at_home"]
        experience = base["resident_experience"] - 30.0 * worse + 22.0 * reach
        experience += 6.0 * effort["resident_experience"]
        self.admissions_lagged += (ratio - self.admissions_lagged) / 6.0
        spend = base["spend_per_head"] * (0.6 + 0.4 * self.admissions_lagged)
        spend += 0.1 * base["spend_per_head"] * (homes / base["care_home_admissions"] - 1.0)

        measures |= {
            "emergency_admissions": admissions,
            "unmet_need": unmet,
            "delayed_transfers": delays,
            "care_home_admissions": homes,
            "reablement_at_home": held(at_home, 0.0, 100.0),
            "resident_experience": held(experience, 0.0, 100.0),
            "spend_per_head": spend,
        }
        for name in effort:
            effort[name] *= 0.9
        for partner in model.partners:
            if short > 0 and (partner.sector == "council" or partner.payer):
                partner.deficit += 0.6 * short

    def _done(self) -> float:
        """What orders about delays come to: there must be hands for them."""
        place = self.model.place
        effort = held(place.effort["delayed_transfers"], -0.5, 1.2)
        if effort <= 0:
            return effort
        slack = mean(partner.slack for partner in self.model.table)
        return effort * min(1.0, place.home_care / place.demand) * smooth(slack, 0.03, 0.13)

    def _season(self) -> float:
        month = self.model.calendar_month
        away = month - 1 if month <= 7 else 13 - month
        y = 1.0 - away / 6.0
        return 1.0 + self.model.place.season * (2.0 * y * y * (3.0 - 2.0 * y) - 1.0)
