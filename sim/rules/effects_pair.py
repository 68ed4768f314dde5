"""What effects do to pairs, to matters between them and to their projects."""

from __future__ import annotations

import numpy as np

from sim.compiled import rule
from sim.effects import (
    E_BOOST_PROJECT,
    E_BREACH,
    E_CANDOUR,
    E_CONFIDE,
    E_DISPUTE,
    E_GOOD_TURN,
    E_GRATITUDE,
    E_GRUDGE,
    E_MEET,
    E_RAISE,
    E_RESET_TIES,
    E_STALL_PROJECTS,
    E_START_PROJECT,
    E_SURFACE,
    E_TENSION,
    E_UNDERSTANDING,
)
from sim.fields import (
    CANDOUR,
    CONFIDED,
    CONFIDED_BY,
    CONFIDENCE,
    CONFIDENCE_BACK,
    CONFIDENCE_HELD,
    CONFIDENCE_KEPT,
    CONFIDENCE_USED,
    CONTACT,
    CREDIBILITY,
    DISPUTE,
    ENERGY,
    FIRST,
    HISTORY,
    LATENT,
    MEETING,
    PROJECT_SLOTS,
    RUNNING,
    SAFETY,
    SECOND,
    STAGE,
    STALLED,
    STATUS,
    SURFACED,
    TRUST,
    UNDERSTANDING,
    WEIGHT,
)
from sim.parameters import Theta
from sim.rules.basics import clamp, close
from sim.rules.candour import GATHERED, SAFER, heaviest, raise_it
from sim.rules.events import V_CONFIDED, V_SURFACED, Events, emit
from sim.rules.ledger import C_MOVE, Ledger, add_weight, bad_event, good_event, set_pair
from sim.rules.project_start import start_project
from sim.state import Array, State
from sim.world import World


@rule
def on_pairs(
    th: Theta, s: State, led: Ledger, code: int, size: float, share: Array, first: int,
    cause: int, which: int,
) -> None:  # fmt: skip
    """Pair effects, both ways between every two who take part (or toward the first)."""
    n = s.partner.shape[1]
    for a in range(n):
        if share[a] <= 0.0:
            continue
        for b in range(n):
            if b == a or share[b] <= 0.0:
                continue
            g = size * min(share[a], share[b])
            s.met[a, b] = 1.0
            if code == E_MEET:
                s.pair[MEETING, a, b] = close(s.pair[MEETING, a, b], g)
            elif code == E_GOOD_TURN:
                good_event(th, s, led, a, b, g, cause, which, b)
            elif code == E_BREACH:
                bad_event(th, s, led, a, b, g, th.trust_asymmetry, cause, which, b)
            elif code == E_GRATITUDE:
                if b == first:
                    good_event(th, s, led, a, b, g, cause, which, b)
            elif code == E_GRUDGE:
                if b == first:
                    bad_event(th, s, led, a, b, g, th.trust_asymmetry, cause, which, b)
            elif code == E_UNDERSTANDING:
                s.pair[UNDERSTANDING, a, b] = close(s.pair[UNDERSTANDING, a, b], g)
            elif code == E_CANDOUR:
                s.pair[CANDOUR, a, b] = clamp(s.pair[CANDOUR, a, b] + g, 0.0, 1.0)
            elif code == E_DISPUTE:
                old = s.pair[DISPUTE, a, b]  # its end is line 4's business, and an event
                s.pair[DISPUTE, a, b] = max(min(1.0, old), old + g)
            elif code == E_RESET_TIES:
                t = s.pair[TRUST, a, b]
                toward = t + g * (th.institutional_trust - t)
                set_pair(s, led, TRUST, a, b, toward, cause, which, b)
                s.pair[HISTORY, a, b] *= 1.0 - min(1.0, g)
                s.pair[UNDERSTANDING, a, b] *= 1.0 - min(1.0, g)


@rule
def on_matters(
    w: World, th: Theta, s: State, led: Ledger, ev: Events, code: int, size: float, share: Array,
    first: int, given: int, cause: int, which: int, u: float, v: float,
) -> None:  # fmt: skip
    """Effects on things left unsaid: between two who take part, or told by one of them."""
    n = s.partner.shape[1]
    gathered = np.zeros((GATHERED, n))
    if code == E_CONFIDE:
        _confide(w, s, ev, size, share, given, u, v)
        return
    a = first
    b = -1
    if a < 0 or share[a] <= 0.0:
        a = -1
        for i in range(n):
            if share[i] > 0.0:
                a = i
                break
    for i in range(n):
        if i != a and share[i] > 0.0:
            b = i
            break
    m = given
    if m >= 0 and cause == C_MOVE:  # a move speaks of what lies between its own two
        i = int(s.matter[FIRST, m])
        j = int(s.matter[SECOND, m])
        if not ((i == a and j == b) or (i == b and j == a)):
            m = -1
    if m < 0 and a >= 0 and b >= 0:
        m = heaviest(s, a, b)
    if m < 0 and code == E_SURFACE and a >= 0:  # one partner alone says the awkward truth
        for x in range(s.matter.shape[1]):
            mine = int(s.matter[FIRST, x]) == a or int(s.matter[SECOND, x]) == a
            open_ = s.matter[STATUS, x] == LATENT or s.matter[STATUS, x] == CONFIDED
            if mine and open_ and (m < 0 or s.matter[WEIGHT, x] > s.matter[WEIGHT, m]):
                m = x
    if m < 0 or s.matter[STATUS, m] < LATENT:
        return
    if code == E_TENSION:
        add_weight(s, led, m, size, cause, which)
    elif code == E_RAISE:
        both = 1 if given >= 0 and cause != C_MOVE else 0
        if a >= 0 and b >= 0 and share[a] >= 0.99 and share[b] >= 0.99:
            both = 1  # a deputy cannot say it, nor hear it
        if both == 1:
            raise_it(th, s, led, ev, gathered, m, clamp(size, 0.0, 1.0), u)
            for i in range(n):
                s.partner[SAFETY, i] = clamp(s.partner[SAFETY, i] + gathered[SAFER, i], 0.0, 1.0)
    elif code == E_SURFACE and s.matter[STATUS, m] < SURFACED:
        s.matter[STATUS, m] = SURFACED
        emit(ev, V_SURFACED, int(s.matter[FIRST, m]), int(s.matter[SECOND, m]), m, 0.0)


@rule
def _confide(
    w: World, s: State, ev: Events, size: float, share: Array, given: int, u: float, v: float
) -> None:
    """Somebody tells the players what is unsaid, if they are known and their word is good."""
    n = s.partner.shape[1]
    teller = -1
    best = 0.0
    for i in range(n):
        if share[i] < 0.99:
            continue
        x = 0.5 * s.partner[CONTACT, i] + 0.5 * s.partner[CREDIBILITY, i]
        if x > best:
            best = x
            teller = i
    if teller < 0 or u >= size * (0.4 + 0.6 * best):
        return
    m = given
    if m < 0:
        for x in range(s.matter.shape[1]):
            if s.matter[STATUS, x] != LATENT or s.matter[WEIGHT, x] <= 0.0:
                continue
            i = int(s.matter[FIRST, x])
            j = int(s.matter[SECOND, x])
            if (i == teller or j == teller) and (
                m < 0 or s.matter[WEIGHT, x] > s.matter[WEIGHT, m]
            ):
                m = x
    if m < 0 or s.matter[STATUS, m] != LATENT:
        return
    other = int(s.matter[FIRST, m])
    if other == teller:
        other = int(s.matter[SECOND, m])
    s.matter[STATUS, m] = CONFIDED
    s.matter[CONFIDED_BY, m] = teller + 1
    s.matter[CONFIDENCE, m] = CONFIDENCE_HELD
    emit(ev, V_CONFIDED, teller, other, m, 0.0)


@rule
def on_projects(
    w: World, th: Theta, s: State, ev: Events, code: int, size: float, share: Array, kind: int,
    move: int,
) -> None:  # fmt: skip
    """Start a project among those who came, back their running ones, or hold them up."""
    n = s.partner.shape[1]
    if code == E_START_PROJECT:
        slot = start_project(w, th, s, ev, share, kind, clamp(size, 0.0, 1.0), move, 0)
        if slot >= 0:
            total = 0.0
            count = 0.0
            for i in range(n):
                if share[i] > 0.0:
                    total += share[i]
                    count += 1.0
            s.project[ENERGY, slot] = 0.3 * (total / max(1.0, count)) - 0.15
        return
    for p in range(PROJECT_SLOTS):
        if s.project[STAGE, p] != RUNNING:
            continue
        mine = 0.0
        for i in range(n):
            if s.member[p, i] > 0.5:
                mine = max(mine, share[i])
        if mine <= 0.0:
            continue
        if code == E_BOOST_PROJECT:
            s.project[ENERGY, p] = clamp(s.project[ENERGY, p] + size * mine, -1.0, 1.0)
        elif code == E_STALL_PROJECTS:
            s.project[STALLED, p] = max(s.project[STALLED, p], size)


@rule
def use_confidence(th: Theta, s: State, led: Ledger, m: int, choice: int, cause: int) -> None:
    """What the players do with a held confidence: keep it, go back together, or use it.

    Kept, the teller's ties with the players deepen.  Going back together makes the next honest
    conversation of the matter's two easier.  Used elsewhere, the two understand each other
    better, and the teller, who may be a third, takes it as a breach by them.
    """
    teller = int(s.matter[CONFIDED_BY, m]) - 1
    if teller < 0:
        return
    a = int(s.matter[FIRST, m])
    b = int(s.matter[SECOND, m])
    s.matter[CONFIDENCE, m] = choice
    if choice == CONFIDENCE_KEPT:
        s.partner[CREDIBILITY, teller] = close(s.partner[CREDIBILITY, teller], 0.25)
        s.partner[CONTACT, teller] = close(s.partner[CONTACT, teller], 0.2)
        s.partner[SAFETY, teller] = close(s.partner[SAFETY, teller], 0.05)
    elif choice == CONFIDENCE_BACK:
        s.pair[CANDOUR, a, b] = min(1.0, s.pair[CANDOUR, a, b] + 0.6)
        s.pair[CANDOUR, b, a] = s.pair[CANDOUR, a, b]
    elif choice == CONFIDENCE_USED:
        s.pair[UNDERSTANDING, a, b] = close(s.pair[UNDERSTANDING, a, b], 0.2)
        s.pair[UNDERSTANDING, b, a] = s.pair[UNDERSTANDING, a, b]
        s.partner[CREDIBILITY, teller] = close(s.partner[CREDIBILITY, teller], -0.5)
        for other in (a, b):
            if other != teller:
                bad_event(th, s, led, teller, other, 1.0, th.trust_asymmetry, cause, m, other)
        s.matter[STATUS, m] = SURFACED
