"""Line 7, in its middle: what nobody feeds fades."""

from __future__ import annotations

from sim.compiled import rule
from sim.fields import (
    AVOIDANCE,
    CAPABILITY,
    COMMITMENT,
    CONTACT,
    DEPENDENCY,
    FACILITATOR,
    HISTORY,
    MEETING,
    OBEYED,
    REORGANISING,
    SAFETY,
    SKILL_MONTHS,
    TRUST,
    UNDERSTANDING,
)
from sim.parameters import Theta
from sim.rules.basics import close
from sim.rules.ledger import (
    C_DRIFT,
    C_NEGLECT,
    Ledger,
    set_pair,
    set_partner,
)
from sim.state import State


@rule
def ease(th: Theta, s: State, led: Ledger) -> None:
    """What nobody feeds fades: contact, understanding, history, trust without contact, levels."""
    n = s.partner.shape[1]
    for i in range(n):
        for j in range(n):
            if j == i:
                continue
            if s.met[i, j] < 0.5:
                t = s.pair[TRUST, i, j]
                step = th.neglect * (th.institutional_trust - t)
                set_pair(s, led, TRUST, i, j, t + step, C_NEGLECT, -1, j)
            s.met[i, j] = 0.0
            s.pair[HISTORY, i, j] *= 1.0 - th.history_fade
            s.pair[UNDERSTANDING, i, j] *= 1.0 - th.understanding_fade
            c = s.pair[MEETING, i, j]
            if c > th.meeting_base:
                s.pair[MEETING, i, j] = c - th.contact_fade * (c - th.meeting_base)
    held = s.place[FACILITATOR]
    s.place[DEPENDENCY] = close(s.place[DEPENDENCY], 0.04 if held > 0.5 else -0.1)
    for i in range(n):
        rest = th.commitment_rest
        c = s.partner[COMMITMENT, i]
        value = c + th.commitment_drift * (rest - c)
        set_partner(s, led, COMMITMENT, i, value, C_DRIFT, -1, -1)
        usual = th.safety_mean * (1.0 - 0.2 * s.place[DEPENDENCY] * (1.0 - held))
        s.partner[SAFETY, i] += th.safety_drift * (usual - s.partner[SAFETY, i])
        if s.partner[SKILL_MONTHS, i] > 0.0:
            s.partner[SKILL_MONTHS, i] -= 1.0
            s.partner[CAPABILITY, i] = close(s.partner[CAPABILITY, i], 0.02)
            s.partner[AVOIDANCE, i] = close(s.partner[AVOIDANCE, i], -0.02)
            s.partner[SAFETY, i] = close(s.partner[SAFETY, i], 0.012)
        else:
            s.partner[CAPABILITY, i] *= 1.0 - th.capability_decay
        s.partner[AVOIDANCE, i] += 0.02 * (th.avoidance_mean - s.partner[AVOIDANCE, i])
        s.partner[CONTACT, i] *= 0.985
        s.partner[OBEYED, i] *= 0.985
        if s.partner[REORGANISING, i] > 0.0:
            s.partner[REORGANISING, i] -= 1.0
