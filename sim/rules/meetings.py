"""Line 3: partners meet, at the board and informally; what divides them is raised or avoided."""

from __future__ import annotations

import numpy as np

from sim.compiled import rule
from sim.draws import P_AGENDA, P_BOARD, P_INFORMAL
from sim.fields import (
    AT_TABLE,
    AVOIDANCE,
    AXIS,
    CANDOUR,
    DEPENDENCE,
    DISPUTE,
    FACILITATOR,
    FIRST,
    LATENT,
    LIVE_CHOICE,
    LIVE_MATTER,
    LIVE_OUTSIDE,
    LIVE_SAY,
    MEETING,
    MERGED_WITH,
    MONTH,
    POS_NOW,
    SAFETY,
    SECOND,
    SEEN,
    SLACK,
    STATUS,
    TURN_MONTH,
    UNDERSTANDING,
    WARMTH,
    WEIGHT,
    WORKED_THROUGH,
)
from sim.parameters import Theta
from sim.rules.basics import clamp, close
from sim.rules.candour import (
    GATHERED,
    GLOW,
    QUIET,
    SAFER,
    SPOKE,
    avoid_it,
    goes_well,
    heaviest,
    raise_it,
    readiness,
)
from sim.rules.chance import draw, draw_pair
from sim.rules.events import V_AVOIDED, Events, emit
from sim.rules.ledger import C_AVOIDED, C_INFORMAL, Ledger, add_weight, good_event
from sim.state import Array, State
from sim.world import World


@rule
def distance(s: State, a: int, b: int, axis: int) -> float:
    """How far a and b are apart on an axis, or on average over all (axis -1)."""
    if axis >= 0:
        return abs(s.position[POS_NOW, a, axis] - s.position[POS_NOW, b, axis])
    total = 0.0
    axes = s.position.shape[2]
    for k in range(axes):
        total += abs(s.position[POS_NOW, a, k] - s.position[POS_NOW, b, k])
    return total / axes


@rule
def divisiveness(s: State, m: int) -> float:
    """How much a matter divides its two: distance x dependence x stretch, less understanding."""
    a = int(s.matter[FIRST, m])
    b = int(s.matter[SECOND, m])
    stretch = 1.5 - 0.5 * (s.partner[SLACK, a] + s.partner[SLACK, b])
    apart = 0.15 + distance(s, a, b, int(s.matter[AXIS, m]))
    return apart * s.pair[DEPENDENCE, a, b] * stretch * (1.0 - 0.6 * s.pair[UNDERSTANDING, a, b])


@rule
def on_the_table(s: State, m: int) -> int:
    """1 when a matter is in play between two who are both at the table."""
    a = int(s.matter[FIRST, m])
    b = int(s.matter[SECOND, m])
    if s.matter[STATUS, m] < LATENT or s.partner[MERGED_WITH, a] == b + 1:
        return 0
    return 1 if s.partner[AT_TABLE, a] > 0.5 and s.partner[AT_TABLE, b] > 0.5 else 0


@rule
def meetings(w: World, th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """The board takes up some matters; pairs meet informally; habits and glow follow."""
    n = s.partner.shape[1]
    gathered = np.zeros((GATHERED, n))
    _board(w, th, s, led, ev, gathered)
    _informal(w, th, s, led, ev, gathered)
    for i in range(n):
        glow = gathered[GLOW, i]
        s.partner[SAFETY, i] = clamp(s.partner[SAFETY, i] + gathered[SAFER, i], 0.0, 1.0)
        s.partner[WARMTH, i] = clamp(s.partner[WARMTH, i] + glow, 0.0, 0.3)
        s.partner[SLACK, i] = close(s.partner[SLACK, i], 0.6 * glow)
    _habits(th, s, gathered)


@rule
def _habits(th: Theta, s: State, gathered: Array) -> None:
    """Avoidance drifts to what neighbours do: the share of silences in what a partner lives by.

    Its own occasions count in full, those of others by the chance of meeting them.
    """
    n = s.partner.shape[1]
    for i in range(n):
        quiet = gathered[QUIET, i]
        spoke = gathered[SPOKE, i]
        for j in range(n):
            if j != i:
                quiet += s.pair[MEETING, i, j] * gathered[QUIET, j]
                spoke += s.pair[MEETING, i, j] * gathered[SPOKE, j]
        occasions = quiet + spoke
        if occasions <= 0.0:
            continue
        own = s.partner[AVOIDANCE, i]
        rate = min(0.15, th.avoidance_drift * occasions)
        s.partner[AVOIDANCE, i] = own + rate * (quiet / occasions - own)


@rule
def _board(w: World, th: Theta, s: State, led: Ledger, ev: Events, gathered: Array) -> None:
    """Slots go to disputes first, then to matters drawn by weight, the live one foremost.

    The draw is a keyed race: score x u / (1 - u) per matter, so that one matter's
    weight never changes another's luck.
    """
    month = int(s.place[MONTH]) + 1
    n = s.partner.shape[1]
    total = s.matter.shape[1]
    slots = int(th.agenda_slots)
    for a in range(n):
        for b in range(a + 1, n):
            if s.pair[DISPUTE, a, b] > 0.0 and slots > 1:
                slots -= 1
    live = -1
    if month == int(s.place[TURN_MONTH]) and s.place[LIVE_MATTER] > 0.0:
        live = int(s.place[LIVE_MATTER]) - 1
    score = np.zeros(total)
    for m in range(total):
        if on_the_table(s, m) == 1 and m != live:
            u, _, _, _ = draw(w, P_AGENDA, month, int(w.matter_key[m]), 0, 0)
            score[m] = divisiveness(s, m) * (0.1 + s.matter[WEIGHT, m]) * u / (1.0 - u)
    if live >= 0:
        slots -= 1
        _live(w, th, s, led, ev, gathered, live)
    for _ in range(slots):
        best = -1
        for m in range(total):
            if score[m] > 0.0 and (best < 0 or score[m] > score[best]):
                best = m
        if best < 0:
            break
        score[best] = 0.0
        _take_up(w, th, s, led, ev, gathered, best)


@rule
def _take_up(
    w: World, th: Theta, s: State, led: Ledger, ev: Events, gathered: Array, m: int,
) -> None:  # fmt: skip
    """One matter on the agenda: it may divide the two, and then be raised or avoided."""
    month = int(s.place[MONTH]) + 1
    a = int(s.matter[FIRST, m])
    b = int(s.matter[SECOND, m])
    divides, raised, well, size = draw(w, P_BOARD, month, int(w.matter_key[m]), 0, 0)
    x = divisiveness(s, m)
    if divides >= th.divide_base + x:
        return
    if s.pair[DISPUTE, a, b] > 0.0:
        avoid_it(th, s, led, ev, gathered, m, 0.3 * th.severity, 1)
        return
    held = 0.2 * s.place[FACILITATOR]
    silent = (1.0 - readiness(th, s, a, b, held)) * (1.0 - readiness(th, s, b, a, held))
    if raised >= silent:
        raise_it(th, s, led, ev, gathered, m, 0.0, well)
    else:
        avoid_it(th, s, led, ev, gathered, m, th.severity * (0.5 + 1.5 * x + 0.4 * size), 1)


@rule
def _live(
    w: World, th: Theta, s: State, led: Ledger, ev: Events, gathered: Array, m: int,
) -> None:  # fmt: skip
    """The turn's live matter: the group says it here, lets it pass, or takes it outside."""
    month = int(s.place[MONTH]) + 1
    a = int(s.matter[FIRST, m])
    b = int(s.matter[SECOND, m])
    done = s.matter[STATUS, m] == WORKED_THROUGH
    if done or on_the_table(s, m) == 0 or s.pair[DISPUTE, a, b] > 0.0:
        return  # settled, or overtaken, since the turn was opened
    _, _, well, size = draw(w, P_BOARD, month, int(w.matter_key[m]), 0, 1)
    choice = int(s.place[LIVE_CHOICE])
    if choice == LIVE_SAY:
        raise_it(th, s, led, ev, gathered, m, 0.0, well)
    elif choice == LIVE_OUTSIDE:
        s.matter[SEEN, m] += 1.0  # the bonus came with the moves, before the board met
        if th.silence_is_harmless < 0.5:  # left for now is still left
            add_weight(s, led, m, 0.6 * th.severity, C_AVOIDED, -1)
        emit(ev, V_AVOIDED, a, b, m, 0.0)
    else:
        x = divisiveness(s, m)
        avoid_it(th, s, led, ev, gathered, m, th.severity * (0.7 + 1.5 * x + 0.4 * size), 1)
        for i in range(s.partner.shape[1]):  # everybody likes a short, pleasant meeting
            if s.partner[AT_TABLE, i] > 0.5:
                gathered[GLOW, i] += th.avoided_relief


@rule
def _informal(w: World, th: Theta, s: State, led: Ledger, ev: Events, gathered: Array) -> None:
    """Each pair meets with its own chance; away from the board things are said more easily."""
    month = int(s.place[MONTH]) + 1
    n = s.partner.shape[1]
    for a in range(n):
        for b in range(a + 1, n):
            if s.pair[MEETING, a, b] <= 0.0 or s.pair[DISPUTE, a, b] > 0.0:
                continue
            meet, raised, well, kind = draw_pair(w, P_INFORMAL, month, a, b, 0)
            if meet >= s.pair[MEETING, a, b]:
                continue
            s.met[a, b] = 1.0
            s.met[b, a] = 1.0
            good_event(th, s, led, a, b, th.meeting_trust, C_INFORMAL, -1, b)
            good_event(th, s, led, b, a, th.meeting_trust, C_INFORMAL, -1, a)
            both = close(s.pair[UNDERSTANDING, a, b], th.understanding_gain)
            s.pair[UNDERSTANDING, a, b] = both
            s.pair[UNDERSTANDING, b, a] = both
            m = heaviest(s, a, b)
            if m < 0 or s.matter[WEIGHT, m] < 0.1:
                continue
            x = divisiveness(s, m)
            if kind >= th.divide_base + x:
                continue
            bonus = th.informal_bonus + 0.5 * s.pair[CANDOUR, a, b]
            says = 1.0 - (1.0 - readiness(th, s, a, b, bonus)) * (
                1.0 - readiness(th, s, b, a, bonus)
            )
            if raised < 0.5 * says and goes_well(th, s, a, b, 0.5) > 0.3:
                raise_it(th, s, led, ev, gathered, m, 0.5, well)
            else:  # less hangs on a silence that nobody else hears
                avoid_it(th, s, led, ev, gathered, m, 0.25 * th.severity * (0.5 + 1.5 * x), 0)
