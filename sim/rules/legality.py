"""Which moves can be played, and on whom: one place for people and strategies.

Everything follows from what can be seen (:class:`~sim.rules.seen.Seen`), so that being
told "no" never tells a secret.  The reasons are codes; :mod:`sim.legality` has the words.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.compiled import rule
from sim.draws import P_HAND
from sim.effects import (
    E_CASE,
    E_FACILITATOR,
    E_FUND_OPEN,
    E_START_PROJECT,
    FAMILIES,
    R_EFFECT,
    TARGETS,
)
from sim.fields import FORM_LEAD, FORM_SHARED
from sim.rules.chance import draw
from sim.rules.seen import (
    L_BACKING,
    L_CASE,
    L_CRISIS,
    L_DISPUTES,
    L_ENDED,
    L_FACILITATOR,
    L_FORM,
    L_FREE_SLOTS,
    L_FUND_OPEN,
    L_LEAD,
    L_LEAVING,
    L_MONEY,
    L_MONTH,
    L_MOST_TOKENS,
    L_OUTSIDE,
    L_PLACES,
    L_RUNNING,
    L_SEATS,
    P_COMMISSIONER,
    P_HANDOVER,
    P_LEAVING,
    P_MERGED,
    P_PAYER,
    P_TABLE,
    Q_DISPUTE,
    Seen,
)
from sim.state import Array
from sim.world import (
    MV_COST,
    MV_DIRECTING,
    MV_FAMILY,
    MV_KEY,
    MV_LEAST,
    MV_MOST,
    MV_OFF,
    MV_PLACES,
    MV_STANDING,
    MV_START,
    MV_STOP,
    MV_TARGET,
    W_HAND,
    World,
)

# kinds of target, in the order of sim.effects.TARGETS
(
    TO_ONE, TO_ONE_OR_PAIR, TO_PAIR, TO_FROM_TO, TO_SOME, TO_OUTSIDE, TO_LEAVING, TO_MEASURE,
    TO_FORM, TO_EVERYBODY, TO_PAYERS, TO_COMMISSIONERS,
) = range(len(TARGETS))  # fmt: skip

REASONS: Final = (
    "", "off", "places", "money", "nobody_leaves", "nobody_outside", "no_room", "facilitated",
    "standing", "case", "fund", "too_few", "no_payers", "no_commissioners", "over", "drawer",
    "count", "twice", "merged", "not_at_table", "at_table", "not_leaving", "handed_over",
    "dispute", "measure", "same_form", "lead", "no_lead", "form", "no_target",
)  # fmt: skip
(
    LEGAL, R_OFF, R_PLACES, R_MONEY, R_NOBODY_LEAVES, R_NOBODY_OUTSIDE, R_NO_ROOM, R_FACILITATED,
    R_STANDING, R_CASE, R_FUND, R_TOO_FEW, R_NO_PAYERS, R_NO_COMMISSIONERS, R_OVER, R_DRAWER,
    R_COUNT, R_TWICE, R_MERGED, R_NOT_AT_TABLE, R_AT_TABLE, R_NOT_LEAVING, R_HANDED_OVER,
    R_DISPUTE, R_MEASURE, R_SAME_FORM, R_LEAD, R_NO_LEAD, R_FORM, R_NO_TARGET,
) = range(len(REASONS))  # fmt: skip

ALWAYS: Final = 3
"""The catalogue's first three always lie in the hand: coffee, honest conversation, listen."""
DEALT: Final = 4
DOING: Final = FAMILIES.index("doing")
STRUCTURING: Final = FAMILIES.index("structuring")


@rule
def does(w: World, move: int, effect: int) -> int:
    """1 when one of a move's rows has this effect."""
    for row in range(int(w.move[move, MV_START]), int(w.move[move, MV_STOP])):
        if int(w.effect[row, R_EFFECT]) == effect:
            return 1
    return 0


@rule
def takes_targets(w: World, move: int) -> int:
    """1 when partners are named with the move, 0 when it concerns whom it concerns."""
    kind = int(w.move[move, MV_TARGET])
    return 1 if kind <= TO_LEAVING else 0


@rule
def ever_legal(w: World, seen: Seen, move: int) -> int:
    """Reason why a move cannot be played now whatever the diary and the money; 0 if it can."""
    if seen.place[L_ENDED] > 0.5:
        return R_OVER
    if w.move[move, MV_OFF] > 0.5:
        return R_OFF
    if seen.standing[move] > 0.5:
        return R_STANDING
    kind = int(w.move[move, MV_TARGET])
    if kind == TO_LEAVING and seen.place[L_LEAVING] < 0.5:
        return R_NOBODY_LEAVES
    if kind == TO_OUTSIDE and seen.place[L_OUTSIDE] < max(1.0, w.move[move, MV_LEAST]):
        return R_NOBODY_OUTSIDE
    if kind < TO_OUTSIDE and seen.place[L_SEATS] < w.move[move, MV_LEAST]:
        return R_TOO_FEW
    if kind in (TO_PAYERS, TO_COMMISSIONERS):
        trait = P_PAYER if kind == TO_PAYERS else P_COMMISSIONER
        count = 0.0
        for i in range(seen.partner.shape[1]):
            count += seen.partner[trait, i] * seen.partner[P_TABLE, i]
        if kind == TO_PAYERS and count < 2.0:
            return R_NO_PAYERS
        if kind == TO_COMMISSIONERS and count < 1.0:
            return R_NO_COMMISSIONERS
    if seen.place[L_FREE_SLOTS] < 0.5 and does(w, move, E_START_PROJECT) == 1:
        return R_NO_ROOM
    if seen.place[L_FACILITATOR] > 0.5 and does(w, move, E_FACILITATOR) == 1:
        return R_FACILITATED
    if seen.place[L_CASE] > 0.0 and does(w, move, E_CASE) == 1:
        return R_CASE
    if seen.place[L_FUND_OPEN] > 0.5 and does(w, move, E_FUND_OPEN) == 1:
        return R_FUND
    return LEGAL


@rule
def legal_move(w: World, seen: Seen, move: int, places: float, money: float, drawn: int) -> int:
    """Reason why a move cannot join the queue; 0 when it can.

    ``places`` and ``money`` are what the queue leaves; ``drawn`` is 1 once a card was
    taken from the drawer this turn.
    """
    reason = ever_legal(w, seen, move)
    if reason != LEGAL:
        return reason
    if w.move[move, MV_PLACES] > places + 1e-9:
        return R_PLACES
    if w.move[move, MV_COST] > money + 1e-9:
        return R_MONEY
    if drawn > 0 and seen.hand[move] < 0.5:
        return R_DRAWER
    return LEGAL


@rule
def legal_partner(w: World, seen: Seen, move: int, i: int) -> int:
    """Reason why partner i cannot be named with a move; 0 when it can."""
    kind = int(w.move[move, MV_TARGET])
    if seen.partner[P_MERGED, i] > 0.0:
        return R_MERGED
    if kind == TO_OUTSIDE:
        return R_AT_TABLE if seen.partner[P_TABLE, i] > 0.5 else LEGAL
    if seen.partner[P_TABLE, i] < 0.5:
        return R_NOT_AT_TABLE
    if kind == TO_LEAVING:
        if seen.partner[P_LEAVING, i] <= 0.0:
            return R_NOT_LEAVING
        if seen.partner[P_HANDOVER, i] > 0.5:
            return R_HANDED_OVER
    return LEGAL


@rule
def legal_together(w: World, seen: Seen, move: int, i: int, j: int) -> int:
    """Reason why i and j cannot be named together; 0 when they can."""
    if i == j:
        return R_TWICE
    if seen.pair[Q_DISPUTE, i, j] > 0.5 and does(w, move, E_START_PROJECT) == 1:
        return R_DISPUTE
    return LEGAL


@rule
def legal_targets(
    w: World, seen: Seen, move: int, targets: Array, count: int, argument: int
) -> int:
    """Reason why a move cannot be aimed like this; 0 when it can.

    ``targets[:count]`` are rows of partners in order; ``argument`` the measure or form
    chosen with it, or -1.
    """
    kind = int(w.move[move, MV_TARGET])
    if kind == TO_MEASURE and argument < 0:
        return R_MEASURE
    if kind == TO_FORM:
        return _form(seen, targets, count, argument)
    if takes_targets(w, move) == 0:
        return R_NO_TARGET if count > 0 else LEGAL
    if count < int(w.move[move, MV_LEAST]) or count > int(w.move[move, MV_MOST]):
        return R_COUNT
    for x in range(count):
        i = int(targets[x])
        reason = legal_partner(w, seen, move, i)
        if reason != LEGAL:
            return reason
        for y in range(x):
            reason = legal_together(w, seen, move, int(targets[y]), i)
            if reason != LEGAL:
                return reason
    return LEGAL


@rule
def _form(seen: Seen, targets: Array, count: int, argument: int) -> int:
    if argument not in (FORM_SHARED, FORM_LEAD):
        return R_FORM
    if argument == FORM_SHARED and count > 0:
        return R_NO_LEAD
    if argument == FORM_LEAD:
        if count != 1:
            return R_LEAD
        i = int(targets[0])
        if seen.partner[P_MERGED, i] > 0.0:
            return R_MERGED
        if seen.partner[P_TABLE, i] < 0.5:
            return R_NOT_AT_TABLE
    if argument == int(seen.place[L_FORM]) and (
        argument == FORM_SHARED or int(targets[0]) == int(seen.place[L_LEAD])
    ):
        return R_SAME_FORM
    return LEGAL


@rule
def appeal(w: World, seen: Seen, move: int) -> float:
    """How likely a card is dealt: what the table shows calls for some more than for others.

    Only things that stay as they are within a turn count, so that no decision in it
    changes the cards that lie there already.
    """
    family = int(w.move[move, MV_FAMILY])
    weight = 1.0
    stuck = min(3.0, seen.place[L_MOST_TOKENS])
    low = max(0.0, 3.0 - seen.place[L_BACKING])
    if int(w.move[move, MV_TARGET]) == TO_LEAVING:
        weight = 8.0
    elif family == DOING:
        weight = 1.6 if seen.place[L_RUNNING] < 2.0 else 1.0
    elif family == STRUCTURING or w.move[move, MV_DIRECTING] > 0.5:
        weight = 0.6 + 0.25 * low + 0.6 * seen.place[L_CRISIS]
    else:
        weight = 1.0 + 0.25 * stuck + 0.3 * min(2.0, seen.place[L_DISPUTES])
    if w.move[move, MV_STANDING] > 0.5 and seen.place[L_DISPUTES] > 0.5:
        weight += 0.5
    return weight


@rule
def deal(w: World, seen: Seen) -> None:
    """Fill ``seen.hand``: what is always held, and four more by a keyed race.

    Each legal move runs with appeal x u / (1 - u), so that one card's luck never changes
    another's.  Where the scenario is played with all cards, all are in the hand.
    """
    moves = w.move.shape[0]
    for move in range(moves):
        seen.hand[move] = 1.0
    if w.setting[W_HAND] < 0.5:
        return
    score = np.zeros(moves)
    for move in range(moves):
        if move < ALWAYS:
            continue
        seen.hand[move] = 0.0
        # whole turns' places: what is in the queue changes no card
        if ever_legal(w, seen, move) == LEGAL and (
            w.move[move, MV_PLACES] <= seen.place[L_PLACES]
            and w.move[move, MV_COST] <= seen.place[L_MONEY]
        ):
            month = int(seen.place[L_MONTH])  # so that another luck from now on deals the same
            u, _, _, _ = draw(w, P_HAND, month, int(w.move[move, MV_KEY]), 0, 0)
            score[move] = appeal(w, seen, move) * u / (1.0 - u)
    for _ in range(DEALT):
        best = -1
        for move in range(ALWAYS, moves):
            if score[move] > 0.0 and (best < 0 or score[move] > score[best]):
                best = move
        if best < 0:
            break
        score[best] = 0.0
        seen.hand[best] = 1.0
