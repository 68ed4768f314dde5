"""Saying it: how likely it is raised, and how it goes.  The same rule everywhere."""

from __future__ import annotations

from typing import Final

from sim.compiled import rule
from sim.fields import (
    AVOIDANCE,
    AVOIDED,
    CANDOUR,
    CLEARED,
    COMMITMENT,
    DANCING,
    DISPUTE,
    FACILITATOR,
    FIRST,
    LATENT,
    RAISED,
    RAISED_BADLY,
    RAISED_WELL,
    SAFETY,
    SECOND,
    SEEN,
    SHARED_FRAMING,
    STATUS,
    SURFACED,
    TENSION,
    TRUST,
    UNDERSTANDING,
    WEIGHT,
    WORKED_THROUGH,
)
from sim.parameters import Theta
from sim.rules.basics import close, sigma
from sim.rules.events import V_AVOIDED, V_BADLY, V_WELL, Events, emit
from sim.rules.ledger import (
    C_AVOIDED,
    C_BADLY,
    C_HUSHED,
    C_WELL,
    Ledger,
    add_weight,
    bad_event,
    good_event,
    set_partner,
)
from sim.state import Array, State

GATHERED: Final = 4
"""What meetings do to partners is gathered in rows, one a partner, and applied after them:"""
SAFER, GLOW, QUIET, SPOKE = range(GATHERED)  # safety, warmth; times avoided, times said


@rule
def readiness(th: Theta, s: State, i: int, j: int, bonus: float) -> float:
    """Chance that i raises a matter with j (after Morrison & Milliken 2000 on silence).

    Once a row is over and has cleared the air the two are readier: the worst has been said.
    """
    over = s.pair[CLEARED, i, j] > 0.0 and s.pair[DISPUTE, i, j] <= 0.0
    cleared = th.cleared_readiness if over else 0.0
    return sigma(
        th.raise_base
        - th.raise_avoidance * s.partner[AVOIDANCE, i]
        + th.raise_safety * s.partner[SAFETY, i]
        + th.raise_trust * s.pair[TRUST, i, j]
        + cleared
        + bonus
    )


@rule
def made_for(s: State, a: int, b: int, space: float) -> float:
    """The space in which two talk: where it is, what was prepared, who holds the room; 0..1."""
    return min(1.0, space + s.pair[CANDOUR, a, b] + 0.4 * s.place[FACILITATOR])


@rule
def goes_well(th: Theta, s: State, a: int, b: int, space: float) -> float:
    """Chance that a matter raised between a and b is raised well."""
    if th.candour_is_a_coin_toss > 0.5:
        return 0.5
    trust = 0.5 * (s.pair[TRUST, a, b] + s.pair[TRUST, b, a])
    safety = 0.5 * (s.partner[SAFETY, a] + s.partner[SAFETY, b])
    cleared = th.cleared_bonus if s.pair[CLEARED, a, b] > 0.0 else 0.0
    made = made_for(s, a, b, space)
    return sigma(
        th.well_base
        + th.well_trust * trust
        + th.well_safety * safety
        + th.well_space * made
        + th.well_understanding * (s.pair[UNDERSTANDING, a, b] + 0.5 * s.place[SHARED_FRAMING])
        - th.well_tension * s.pair[TENSION, a, b]
        + cleared
    )


@rule
def raise_it(
    th: Theta, s: State, led: Ledger, ev: Events, gathered: Array, m: int, space: float, u: float,
) -> int:  # fmt: skip
    """A matter is raised; 1 when it was raised well.  ``gathered[row, i]`` waits its turn.

    ``space`` is what was made for it: none at the board, which the event tells.
    """
    a = int(s.matter[FIRST, m])
    b = int(s.matter[SECOND, m])
    well = u < goes_well(th, s, a, b, space)
    # what is said before everybody is settled; what is said in a space made for it goes deeper
    gain = th.well_gain * (0.6 + 0.4 * made_for(s, a, b, space))
    s.matter[RAISED, m] += 1.0
    gathered[SPOKE, a] += 1.0
    gathered[SPOKE, b] += 1.0
    s.pair[CANDOUR, a, b] = 0.0
    s.pair[CANDOUR, b, a] = 0.0
    s.met[a, b] = 1.0
    s.met[b, a] = 1.0
    weight = s.matter[WEIGHT, m]
    if well:
        add_weight(s, led, m, -th.worked_share * weight, C_WELL, -1)
        good_event(th, s, led, a, b, gain, C_WELL, m, b)
        good_event(th, s, led, b, a, gain, C_WELL, m, a)
        both = close(s.pair[UNDERSTANDING, a, b], 0.15)
        s.pair[UNDERSTANDING, a, b] = both
        s.pair[UNDERSTANDING, b, a] = both
        s.pair[DANCING, a, b] = 0.0
        s.pair[DANCING, b, a] = 0.0
        gathered[SAFER, a] += 0.03
        gathered[SAFER, b] += 0.03
        s.matter[STATUS, m] = WORKED_THROUGH if s.matter[WEIGHT, m] < 0.12 else SURFACED
        s.matter[SEEN, m] = 0.0
        s.place[RAISED_WELL] += 1.0
        emit(ev, V_WELL, a, b, m, space)
        return 1
    add_weight(s, led, m, 0.4 * th.severity, C_BADLY, -1)
    strength = th.badly_loss * (0.6 + weight)
    bad_event(th, s, led, a, b, strength, th.trust_asymmetry, C_BADLY, m, b)
    bad_event(th, s, led, b, a, strength, th.trust_asymmetry, C_BADLY, m, a)
    gathered[SAFER, a] -= 0.04
    gathered[SAFER, b] -= 0.04
    for i in (a, b):
        value = close(s.partner[COMMITMENT, i], -0.02)
        set_partner(s, led, COMMITMENT, i, value, C_BADLY, m, -1)
    s.matter[STATUS, m] = SURFACED
    s.place[RAISED_BADLY] += 1.0
    emit(ev, V_BADLY, a, b, m, space)
    return 0


@rule
def avoid_it(
    th: Theta, s: State, led: Ledger, ev: Events, gathered: Array, m: int, severity: float,
    at_board: int,
) -> None:  # fmt: skip
    """A matter is avoided: a short, pleasant meeting, and a little more under the cloth.

    What is avoided at the board everybody sees; over coffee nobody does.
    """
    a = int(s.matter[FIRST, m])
    b = int(s.matter[SECOND, m])
    cause = C_AVOIDED if at_board == 1 else C_HUSHED
    if th.silence_is_harmless > 0.5:
        add_weight(s, led, m, -0.1 * s.matter[WEIGHT, m], cause, -1)
    else:
        add_weight(s, led, m, severity, cause, -1)
    if s.matter[STATUS, m] == WORKED_THROUGH:
        s.matter[STATUS, m] = SURFACED  # its words are known; nobody can unhear them
    if th.polite_distance_helps > 0.5:
        good_event(th, s, led, a, b, 0.5, cause, m, b)
        good_event(th, s, led, b, a, 0.5, cause, m, a)
    gathered[GLOW, a] += th.avoided_relief
    gathered[GLOW, b] += th.avoided_relief
    gathered[QUIET, a] += 1.0
    gathered[QUIET, b] += 1.0
    s.place[AVOIDED] += 1.0
    if at_board == 1:
        s.pair[DANCING, a, b] = min(4.0, s.pair[DANCING, a, b] + 1.0)
        s.pair[DANCING, b, a] = s.pair[DANCING, a, b]
        s.matter[SEEN, m] += 1.0
        emit(ev, V_AVOIDED, a, b, m, severity)


@rule
def heaviest(s: State, a: int, b: int) -> int:
    """Row of the weightiest matter in play between a and b, -1 when there is none."""
    best = -1
    for m in range(s.matter.shape[1]):
        if s.matter[STATUS, m] < LATENT:
            continue
        i = int(s.matter[FIRST, m])
        j = int(s.matter[SECOND, m])
        same = (i == a and j == b) or (i == b and j == a)
        if same and (best < 0 or s.matter[WEIGHT, m] > s.matter[WEIGHT, best]):
            best = m
    return best
