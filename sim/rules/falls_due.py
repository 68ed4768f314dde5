"""Line 1: injects and shocks fall due."""

from __future__ import annotations

import numpy as np

from sim.compiled import rule
from sim.draws import P_CARD, P_SHOCK, mix
from sim.fields import (
    AT_TABLE,
    CRISIS,
    MERGED_WITH,
    MONTH,
    SEVERE_WINTER,
    SHOCK_TURN,
    TURN,
    TURN_MONTH,
)
from sim.parameters import Theta
from sim.rules.basics import chance
from sim.rules.chance import draw
from sim.rules.effects import apply_rows, holds
from sim.rules.events import V_INJECT, V_SHOCK, Events, emit
from sim.rules.ledger import C_INJECT, C_SHOCK, Ledger
from sim.shocks import (
    ON_COUNCIL,
    ON_HOME_CARE,
    ON_OUTSIDE,
    ON_PARTNER,
    ON_PAYER,
    ON_PLACE,
    ON_PROVIDER,
)
from sim.state import INJ_FIRED, INJ_MONTH, INJ_OPTION, State
from sim.world import (
    IJ_AHEAD,
    IJ_DEFAULT,
    IJ_FIRST,
    IJ_FROM,
    IJ_KEY,
    IJ_MONTH,
    IJ_OPTIONS,
    IJ_PROGRAM,
    IJ_REPEATS,
    IJ_START,
    IJ_STOP,
    IJ_UNTIL,
    OP_START,
    OP_STOP,
    SHOCKS_FULL,
    SHOCKS_OFF,
    SK_CARD,
    SK_KEY,
    SK_RATE,
    SK_SCOPE,
    SK_SEASON,
    SK_START,
    SK_STOP,
    T_COUNCIL,
    T_HOME_CARE,
    T_PAYER,
    T_PROVIDER,
    W_MONTHS,
    W_SHOCKS,
    W_START_MONTH,
    World,
)


@rule
def calendar_month(w: World, month: int) -> int:
    """Month of the year, 1 to 12, of a month of the run."""
    return (int(w.setting[W_START_MONTH]) + month - 2) % 12 + 1


@rule
def dealt(w: World, s: State) -> int:
    """1 when a card with a choice has been dealt this turn: a turn has room for one."""
    for k in range(s.inject.shape[1]):
        if (
            w.inject[k, IJ_OPTIONS] > 0.0
            and s.inject[INJ_FIRED, k] > 0.0
            and s.inject[INJ_MONTH, k] >= s.place[TURN_MONTH]
        ):
            return 1
    return 0


@rule
def is_due(w: World, s: State, k: int) -> int:
    """1 when inject k falls due in the month about to be run and has not been dealt with."""
    month = int(s.place[MONTH]) + 1
    if w.inject[k, IJ_OPTIONS] > 0.0 and dealt(w, s) == 1:
        return 0
    if month > int(w.setting[W_MONTHS]) or w.inject[k, IJ_KEY] <= 0.0:
        return 0
    if int(s.inject[INJ_MONTH, k]) == month and s.inject[INJ_FIRED, k] > 0.0:
        return 0
    if s.inject[INJ_FIRED, k] > 0.0 and (
        w.inject[k, IJ_REPEATS] < 0.5 or month - s.inject[INJ_MONTH, k] < 6.0
    ):
        return 0
    if w.inject[k, IJ_MONTH] > 0.0 and int(w.inject[k, IJ_MONTH]) != month:
        return 0
    if month < int(w.inject[k, IJ_FROM]) or month > int(w.inject[k, IJ_UNTIL]):
        return 0
    return holds(w, s, int(w.inject[k, IJ_PROGRAM]))


@rule
def next_due(w: World, s: State) -> int:
    """Row of the next inject that is due, or -1.

    Those without a choice come first, in the file's order.  Of the cards, of which a turn
    has room for one, those that go ahead of others come first, then whichever luck says.
    """
    month = int(s.place[MONTH]) + 1
    next_one, best = -1, -1.0
    for k in range(s.inject.shape[1]):
        if is_due(w, s, k) == 0:
            continue
        if w.inject[k, IJ_OPTIONS] <= 0.0:
            return k
        u, _, _, _ = draw(w, P_CARD, month, int(w.inject[k, IJ_KEY]), 0, 0)
        rank = u + w.inject[k, IJ_AHEAD]
        if rank > best:
            next_one, best = k, rank
    return next_one


@rule
def fire(w: World, th: Theta, s: State, led: Ledger, ev: Events, k: int, option: int) -> None:
    """Inject k happens, with the option chosen (-1: its default)."""
    month = int(s.place[MONTH]) + 1
    nobody = np.zeros(s.partner.shape[1])
    s.inject[INJ_FIRED, k] += 1.0
    s.inject[INJ_MONTH, k] = month
    key = int(w.inject[k, IJ_KEY])
    count = int(w.inject[k, IJ_OPTIONS])
    if option < 0 or option >= count:
        option = int(w.inject[k, IJ_DEFAULT])
    apply_rows(
        w, th, s, led, ev, int(w.inject[k, IJ_START]), int(w.inject[k, IJ_STOP]), C_INJECT, k,
        nobody, -1, -1, -1, key,
    )  # fmt: skip
    if count > 0:
        s.inject[INJ_OPTION, k] = option + 1
        at = int(w.inject[k, IJ_FIRST]) + option
        apply_rows(
            w, th, s, led, ev, int(w.option[at, OP_START]), int(w.option[at, OP_STOP]), C_INJECT, k,
            nobody, -1, -1, -1, mix(key, option + 1),
        )  # fmt: skip
    emit(ev, V_INJECT, -1, -1, k, option if count > 0 else -1.0)


@rule
def can_strike(w: World, s: State, scope: int, i: int) -> int:
    """1 when a shock of this scope may strike partner i (scope 0 strikes the place)."""
    if s.partner[MERGED_WITH, i] > 0.0:
        return 0
    seated = s.partner[AT_TABLE, i] > 0.5
    if scope == ON_PARTNER:
        return 1 if seated else 0
    if scope == ON_PROVIDER:
        return 1 if seated and w.trait[T_PROVIDER, i] > 0.5 else 0
    if scope == ON_PAYER:
        return 1 if seated and w.trait[T_PAYER, i] > 0.5 else 0
    if scope == ON_COUNCIL:
        return 1 if w.trait[T_COUNCIL, i] > 0.5 else 0
    if scope == ON_HOME_CARE:
        return 1 if w.trait[T_HOME_CARE, i] > 0.5 else 0
    if scope == ON_OUTSIDE:
        return 0 if seated else 1
    return 0


@rule
def shocks(w: World, th: Theta, s: State, led: Ledger, ev: Events) -> None:
    """Each shock has its own keyed draw; in play at most one card from outside a turn."""
    if s.place[SEVERE_WINTER] > 0.0:
        s.place[SEVERE_WINTER] -= 1.0
    s.place[CRISIS] *= 0.85
    mode = int(w.setting[W_SHOCKS])
    if mode == SHOCKS_OFF:
        return
    month = int(s.place[MONTH]) + 1
    season = calendar_month(w, month)
    n = s.partner.shape[1]
    who = np.zeros(n)
    for k in range(w.shock.shape[0]):
        fixed = int(w.shock[k, SK_SEASON])
        if fixed > 0 and fixed != season:
            continue
        hazard = th.shock_rate * w.shock[k, SK_RATE]
        p = min(1.0, hazard) if fixed > 0 else chance(hazard / 12.0)
        scope = int(w.shock[k, SK_SCOPE])
        struck = -1
        came = 0
        if scope == ON_PLACE:
            u, _, _, _ = draw(w, P_SHOCK, month, int(w.shock[k, SK_KEY]), 0, 0)
            came = 1 if u < p else 0
        else:
            each = p if scope != ON_PARTNER else p / n  # an enthusiast appears somewhere
            for i in range(n):
                if can_strike(w, s, scope, i) == 0:
                    continue
                u, _, _, _ = draw(w, P_SHOCK, month, int(w.shock[k, SK_KEY]), int(w.key[i]), 0)
                if u < each:
                    struck = i
                    came = 1
                    break
        if came == 0:
            continue
        if mode != SHOCKS_FULL and w.shock[k, SK_CARD] > 0.5:
            if s.place[SHOCK_TURN] == s.place[TURN]:
                continue
            s.place[SHOCK_TURN] = s.place[TURN]
        apply_rows(
            w, th, s, led, ev, int(w.shock[k, SK_START]), int(w.shock[k, SK_STOP]), C_SHOCK, k,
            who, struck, -1, -1, int(w.shock[k, SK_KEY]),
        )  # fmt: skip
        emit(ev, V_SHOCK, struck, -1, k, 0.0)
