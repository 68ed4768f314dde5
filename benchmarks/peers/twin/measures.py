"""The measures that are taken at the end of a month (model.md 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.twin.arithmetic import held, mean
from peers.twin.residents import joint_working

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.tie import Tie


def take(model: Twin) -> None:
    """Line 10: what staff feel, means over the pairs that need each other, counts."""
    place, measures = model.place, model.measures
    pairs = [tie for tie in model.ties if tie.dependence > 0 and not _one(tie)]
    trust = mean(tie.mean_trust for tie in pairs)
    tension = mean(tie.tension for tie in pairs)
    understanding = mean(tie.understanding for tie in pairs)
    joint = joint_working(pairs)
    disputes = sum(tie.in_dispute for tie in model.ties)
    staff = (
        model.base["staff_joint_working"]
        + 60.0 * (trust - 0.42)
        + 20.0 * (understanding - 0.25)
        + 30.0 * (joint - 0.1)
        - 10.0 * (tension - 0.15)
        - 1.5 * disputes
    )
    agreed = place.first_agreement and place.first_delivery
    measures |= {
        "staff_joint_working": held(staff, 0.0, 100.0),
        "trust": trust,
        "tension": tension,
        "understanding": understanding,
        "integration": joint,
        "who_pays": _largest([partner.paid for partner in model.partners]),
        "who_saves": _largest([partner.saved for partner in model.partners]),
        "eruptions": place.eruptions,
        "disputes_open": disputes,
        "projects_started": place.projects_started,
        "projects_succeeded": place.projects_succeeded,
        "projects_failed": place.projects_failed,
        "projects_embedded": place.projects_embedded,
        "agreement_month": max(place.first_agreement, place.first_delivery) if agreed else 0,
        "forecast_saving": place.forecast,
        "realised_saving": place.realised,
        "partnership_holds": float(_holds(pairs, model)),
    }
    model.history.append(dict(measures))


def _one(tie: Tie) -> bool:
    """Whether the two have become one."""
    return tie.a.merged_with is tie.b or tie.b.merged_with is tie.a


def _largest(amounts: list[float]) -> float:
    total = sum(amounts)
    return max(amounts) / total if total > 0 else 0.0


def _holds(pairs: list[Tie], model: Twin) -> bool:
    least = model.theta.institutional_trust
    close_ones = [tie for tie in pairs if tie.dependence >= 0.5 and tie.at_table]
    calm = all(not tie.in_dispute and tie.mean_trust >= least for tie in close_ones)
    return calm and any(tie.floor > 0.1 for tie in model.ties)
