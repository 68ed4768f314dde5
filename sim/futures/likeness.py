"""How far what is seen in one state is from what was seen in another: one number.

The distance is a weighted sum of plain differences: bands apart, counts apart, yes against
no, published figures apart in steps of their own.  Weights say how much each tells of what
lies beneath, and how surely: :data:`WEIGHTS`.  A blurred band is one step from being
another, so it counts little for itself; there are many of them.  What everybody knows for
certain (a row, a figure published at once) counts for more.  What fog hides, and what
only follows from luck's choice of this turn's matter, is not compared.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from sim.fields import (
    M_ADMISSIONS,
    M_CARE_HOMES,
    M_DELAYS,
    M_EXPERIENCE,
    M_REABLEMENT,
    M_SPEND,
    M_STAFF,
    M_UNMET,
)
from sim.rules.seen import (
    L_BACKING,
    L_DELIVERED,
    L_EMBEDDED,
    L_ERUPTIONS,
    L_FACILITATOR,
    L_FAILED,
    L_FORM,
    L_FUND_OPEN,
    L_GOVERNANCE,
    L_MONEY,
    L_NARRATIVE,
    L_RUNNING,
    L_SUCCEEDED,
    L_TAKEN_OVER,
    LEVEL_VALUES,
    P_COMMITMENT,
    P_CONTACT,
    P_CREDIBILITY,
    P_LEAVING,
    P_MERGED,
    P_NEW_LEADER,
    P_SLACK,
    P_TABLE,
    Q_CHANGE,
    Q_DANCING,
    Q_DEPENDS,
    Q_DISPUTE,
    Q_JOINT,
    Q_PROJECT,
    Q_SURFACED,
    Q_TOKENS,
    Q_TRUST,
    SEEN_CONFIDED,
    SEEN_MATTER,
    SEEN_PAIR,
    SEEN_PARTNER,
    SEEN_PLACE,
    TRUST_VALUES,
    X_AVOIDED,
    X_KNOWN,
    Seen,
)
from sim.state import Array

WEIGHTS: Final = {
    "trust": 1.0,  # a band, between two who need each other for residents
    "other trust": 0.1,  # a band, between any others
    "change": 0.5,  # an arrow of trust, as it was revealed
    "partner": 0.25,  # a band of room in the diary, contact, credibility, energy
    "leader": 1.0,  # somebody leaving, new, merged, asked to the table or not
    "dancing": 0.25,  # a level of the cue
    "tokens": 0.5,  # a slip under the cloth
    "matter": 1.0,  # a step of how far a matter is known
    "said": 1.0,  # something said and not worked through, or not
    "dispute": 3.0,  # two in open dispute, or not
    "joint": 1.0,  # a band of joint working
    "project": 0.5,  # a joint project of two
    "place": 0.5,  # a candle, a band of narrative or governance, 50 thousand pounds
    "result": 3.0,  # a project delivered, embedded, succeeded, failed; a row
    "form": 2.0,  # another form of governance, a fund, an outsider; taken over
    "measure": 1.0,  # a step of a published figure: see STEPS
    "card": 2.0,  # a card from outside that came to one and not to the other
}

STEPS: Final = {
    M_STAFF: 0.003, M_DELAYS: 0.03, M_ADMISSIONS: 0.01, M_CARE_HOMES: 0.01, M_REABLEMENT: 0.01,
    M_EXPERIENCE: 0.02, M_UNMET: 0.05, M_SPEND: 0.01,
}  # fmt: skip
"""How much of a figure is one step apart, as a share of what was published."""

PARTNER_BANDS: Final = (P_SLACK, P_CONTACT, P_CREDIBILITY, P_COMMITMENT)
BOTH_WAYS: Final = {
    Q_DANCING: "dancing", Q_TOKENS: "tokens", Q_SURFACED: "said", Q_DISPUTE: "dispute",
    Q_PROJECT: "project",
}  # fmt: skip
FORMS: Final = (L_FORM, L_FUND_OPEN, L_FACILITATOR, L_TAKEN_OVER)
RESULTS: Final = (L_DELIVERED, L_EMBEDDED, L_SUCCEEDED, L_FAILED, L_ERUPTIONS, L_RUNNING)
_FUND_STEP: Final = 50.0  # thousand pounds


class Looks(NamedTuple):
    """What is seen in many states, as :data:`sim.batch.run.Ends.look` has it."""

    partner: Array  # [run, field, i]
    pair: Array  # [run, field, i, j]
    matter: Array  # [run, field, m]
    place: Array  # [run, field]
    measure: Array  # [run, M]


def looks(rows: Array, partners: int, matters: int) -> Looks:
    """Rows of looks as arrays: views of them."""
    n, m = partners, max(1, matters)
    sizes = (len(SEEN_PARTNER) * n, len(SEEN_PAIR) * n * n, len(SEEN_MATTER) * m, len(SEEN_PLACE))
    partner, pair, matter, place, measure = np.split(rows, np.cumsum(sizes), axis=1)
    return Looks(
        partner.reshape(-1, len(SEEN_PARTNER), n),
        pair.reshape(-1, len(SEEN_PAIR), n, n),
        matter.reshape(-1, len(SEEN_MATTER), m),
        place,
        measure,
    )


def distance(seen: Looks, target: Seen) -> Array:
    """How far each of many looks is from what the group saw: float64 (run,), 0 for alike."""
    return (
        _partners(seen.partner, target.partner)
        + _pairs(seen.pair, target.pair)
        + _matters(seen.matter, target.matter)
        + _place(seen.place, target.place)
        + _measures(seen.measure, target.measure)
    )


def _partners(seen: Array, target: Array) -> Array:
    apart = np.zeros(len(seen))
    for field in PARTNER_BANDS:
        known = target[field] >= 0.0
        bands = np.abs(_levels(seen[:, field]) - _levels(target[field])) * known
        apart += WEIGHTS["partner"] * bands.sum(axis=1)
    for field in (P_NEW_LEADER, P_MERGED, P_TABLE):
        apart += WEIGHTS["leader"] * (seen[:, field] != target[field]).sum(axis=1)
    leaving = (seen[:, P_LEAVING] > 0.0) != (target[P_LEAVING] > 0.0)
    return apart + WEIGHTS["leader"] * leaving.sum(axis=1)


def _pairs(seen: Array, target: Array) -> Array:
    needed = target[Q_DEPENDS] > 0.5
    weight = np.where(needed, WEIGHTS["trust"], WEIGHTS["other trust"])
    weight = weight * (target[Q_TRUST] >= 0.0)
    np.fill_diagonal(weight, 0.0)
    apart = (weight * np.abs(_trusts(seen[:, Q_TRUST]) - _trusts(target[Q_TRUST]))).sum((1, 2))
    arrows = np.abs(seen[:, Q_CHANGE] - target[Q_CHANGE])
    apart += WEIGHTS["change"] * (weight * arrows).sum((1, 2))
    for field, what in BOTH_WAYS.items():  # each pair stands there twice
        apart += 0.5 * WEIGHTS[what] * np.abs(seen[:, field] - target[field]).sum((1, 2))
    joint = np.abs(_levels(seen[:, Q_JOINT]) - _levels(target[Q_JOINT])).sum((1, 2))
    return apart + 0.5 * WEIGHTS["joint"] * joint


def _matters(seen: Array, target: Array) -> Array:
    """How far each is known; not what merely lies on the table, which luck chose."""

    def known(of: Array) -> Array:
        far = of[..., X_KNOWN, :]
        return np.where(far >= SEEN_CONFIDED, far, of[..., X_AVOIDED, :] > 0.0)

    return WEIGHTS["matter"] * np.abs(known(seen) - known(target)).sum(axis=1)


def _place(seen: Array, target: Array) -> Array:
    apart = WEIGHTS["place"] * (
        np.abs(seen[:, L_BACKING] - target[L_BACKING])
        + np.abs(seen[:, L_MONEY] - target[L_MONEY]) / _FUND_STEP
    )
    for field in (L_NARRATIVE, L_GOVERNANCE):
        apart += WEIGHTS["place"] * np.abs(_levels(seen[:, field]) - _levels(target[field]))
    for field in RESULTS:
        apart += WEIGHTS["result"] * np.abs(seen[:, field] - target[field])
    for field in FORMS:
        apart += WEIGHTS["form"] * ((seen[:, field] > 0.0) != (target[field] > 0.0))
    return apart


def _measures(seen: Array, target: Array) -> Array:
    apart = np.zeros(len(seen))
    for field, step in STEPS.items():
        size = step * max(1e-6, abs(float(target[field])))
        apart += WEIGHTS["measure"] * np.abs(seen[:, field] - target[field]) / size
    return apart


def _levels(values: Array) -> Array:
    """Bands of levels that stand as the numbers of their words."""
    return np.searchsorted(_CUTS_LEVEL, values).astype(np.float64)


def _trusts(values: Array) -> Array:
    return np.searchsorted(_CUTS_TRUST, values).astype(np.float64)


_CUTS_LEVEL: Final = np.array(LEVEL_VALUES[1:]) - 0.01
_CUTS_TRUST: Final = np.array(TRUST_VALUES[1:]) - 0.01
