"""Line 10: measures as functions of state."""

from __future__ import annotations

from sim.compiled import rule
from sim.fields import (
    AT_TABLE,
    DEPENDENCE,
    DISPUTE,
    ERUPTIONS,
    FIRST_AGREEMENT,
    FIRST_DELIVERY,
    FORECAST,
    JOINT,
    JOINT_FLOOR,
    M_AGREEMENT,
    M_DISPUTES,
    M_EMBEDDED,
    M_ERUPTIONS,
    M_FAILED,
    M_FORECAST,
    M_HOLDS,
    M_INTEGRATION,
    M_REALISED,
    M_STAFF,
    M_STARTED,
    M_SUCCEEDED,
    M_TENSION,
    M_TRUST,
    M_UNDERSTANDING,
    M_WHO_PAYS,
    M_WHO_SAVES,
    MERGED_WITH,
    PAID,
    PROJECTS_EMBEDDED,
    PROJECTS_FAILED,
    PROJECTS_STARTED,
    PROJECTS_SUCCEEDED,
    REALISED,
    SAVED,
    TENSION,
    TRUST,
    UNDERSTANDING,
)
from sim.parameters import Theta
from sim.rules.basics import clamp
from sim.rules.ledger import (
    C_DISPUTES,
    C_INTEGRATION,
    C_TENSION,
    C_TRUST,
    C_UNDERSTANDING,
    Ledger,
    set_part,
)
from sim.state import State
from sim.world import World


@rule
def measure(w: World, th: Theta, s: State, led: Ledger) -> None:
    """Take every measure that follows from relationships and counts.

    Those of residents are set by :func:`sim.rules.outcomes.residents`.  ``trust``,
    ``tension``, ``understanding`` are means over dependent pairs; ``integration`` is
    joint working weighted by dependence; staff-rated joint working follows T, M, X.
    """
    n = s.partner.shape[1]
    trust = 0.0
    tension = 0.0
    understanding = 0.0
    joint = 0.0
    weight = 0.0
    pairs = 0.0
    disputes = 0.0
    broken = 0.0
    rooted = 0.0
    for a in range(n):
        for b in range(a + 1, n):
            if s.pair[DISPUTE, a, b] > 0.0:
                disputes += 1.0
            if s.pair[JOINT_FLOOR, a, b] > 0.1:
                rooted = 1.0
            d = s.pair[DEPENDENCE, a, b]
            if d <= 0.0 or s.partner[MERGED_WITH, a] == b + 1 or s.partner[MERGED_WITH, b] == a + 1:
                continue
            mean = 0.5 * (s.pair[TRUST, a, b] + s.pair[TRUST, b, a])
            trust += mean
            tension += s.pair[TENSION, a, b]
            understanding += 0.5 * (s.pair[UNDERSTANDING, a, b] + s.pair[UNDERSTANDING, b, a])
            joint += d * s.pair[JOINT, a, b]
            weight += d
            pairs += 1.0
            seated = s.partner[AT_TABLE, a] > 0.5 and s.partner[AT_TABLE, b] > 0.5
            if (
                d >= 0.5
                and seated
                and (s.pair[DISPUTE, a, b] > 0.0 or mean < th.institutional_trust)
            ):
                broken += 1.0
    pairs = max(1.0, pairs)
    s.measure[M_TRUST] = trust / pairs
    s.measure[M_TENSION] = tension / pairs
    s.measure[M_UNDERSTANDING] = understanding / pairs
    s.measure[M_INTEGRATION] = joint / max(1e-9, weight)
    _staff(w, s, led, disputes)
    s.measure[M_ERUPTIONS] = s.place[ERUPTIONS]
    s.measure[M_DISPUTES] = disputes
    s.measure[M_STARTED] = s.place[PROJECTS_STARTED]
    s.measure[M_SUCCEEDED] = s.place[PROJECTS_SUCCEEDED]
    s.measure[M_FAILED] = s.place[PROJECTS_FAILED]
    s.measure[M_EMBEDDED] = s.place[PROJECTS_EMBEDDED]
    agreed = s.place[FIRST_AGREEMENT]
    delivered = s.place[FIRST_DELIVERY]
    s.measure[M_AGREEMENT] = max(agreed, delivered) if agreed > 0.0 and delivered > 0.0 else 0.0
    s.measure[M_FORECAST] = s.place[FORECAST]
    s.measure[M_REALISED] = s.place[REALISED]
    s.measure[M_HOLDS] = 1.0 if broken == 0.0 and rooted > 0.5 else 0.0
    _shares(s)


@rule
def _staff(w: World, s: State, led: Ledger, disputes: float) -> None:
    """Staff-rated joint working follows trust, understanding and joint working at once."""
    base = w.base[M_STAFF]
    a = 60.0 * (s.measure[M_TRUST] - 0.42)
    b = a + 20.0 * (s.measure[M_UNDERSTANDING] - 0.25)
    c = b + 30.0 * (s.measure[M_INTEGRATION] - 0.1)
    d = c - 10.0 * (s.measure[M_TENSION] - 0.15)
    e = d - 1.5 * disputes
    causes = (C_TRUST, C_UNDERSTANDING, C_INTEGRATION, C_TENSION, C_DISPUTES)
    before = clamp(base, 0.0, 100.0)
    for cause, term in zip(causes, (a, b, c, d, e)):
        after = clamp(base + term, 0.0, 100.0)
        set_part(s, led, M_STAFF, cause, after - before)
        before = after
    s.measure[M_STAFF] = before


@rule
def _shares(s: State) -> None:
    """Largest payer's and largest saver's shares so far, 0 while there is nothing to share."""
    paid = 0.0
    saved = 0.0
    most_paid = 0.0
    most_saved = 0.0
    for i in range(s.partner.shape[1]):
        paid += s.partner[PAID, i]
        saved += s.partner[SAVED, i]
        most_paid = max(most_paid, s.partner[PAID, i])
        most_saved = max(most_saved, s.partner[SAVED, i])
    s.measure[M_WHO_PAYS] = most_paid / paid if paid > 0.0 else 0.0
    s.measure[M_WHO_SAVES] = most_saved / saved if saved > 0.0 else 0.0


@rule
def record(s: State, month: int) -> None:
    """Write this month's measures into the history."""
    if month < s.history.shape[1]:
        for m in range(s.measure.shape[0]):
            s.history[m, month] = s.measure[m]
