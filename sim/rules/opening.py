"""Before a turn's first month: last turn's glow fades, and a matter comes to the table."""

from __future__ import annotations

from sim.compiled import rule
from sim.draws import P_LIVE_MATTER
from sim.fields import (
    ASKED,
    CANDOUR,
    CLEARED,
    DANCING,
    DISPUTE,
    FIRST,
    LIVE_CHOICE,
    LIVE_MATTER,
    LIVE_PASS,
    MONTH,
    SECOND,
    STATUS,
    SURFACED,
    TRUST,
    TURN,
    TURN_MONTH,
    WARMTH,
    WEIGHT,
    WORKED_THROUGH,
)
from sim.rules.chance import draw
from sim.rules.meetings import divisiveness, on_the_table
from sim.state import State
from sim.world import World


@rule
def open_turn(w: World, s: State) -> None:
    """Begin a turn: counters reset and the live matter is drawn by a keyed race.

    Matters with words in the file come first; score = dependence x distance x weight
    x u / (1 - u).
    """
    month = int(s.place[MONTH]) + 1
    n = s.partner.shape[1]
    s.place[TURN] += 1.0
    s.place[TURN_MONTH] = month
    s.place[LIVE_CHOICE] = LIVE_PASS
    for i in range(n):
        s.partner[ASKED, i] = 0.0
        s.partner[WARMTH, i] *= 0.5
        for j in range(n):
            s.shown[i, j] = s.pair[TRUST, i, j]
            s.pair[DANCING, i, j] *= 0.7
            s.pair[CANDOUR, i, j] *= 0.5  # what was made ready and not used wears off
    best = -1
    highest = 0.0
    for m in range(s.matter.shape[1]):
        if on_the_table(s, m) == 0 or s.matter[STATUS, m] == WORKED_THROUGH:
            continue
        a = int(s.matter[FIRST, m])
        b = int(s.matter[SECOND, m])
        if s.pair[DISPUTE, a, b] > 0.0 or w.has_words[m] < 0.5:
            continue
        u, _, _, _ = draw(w, P_LIVE_MATTER, month, int(w.matter_key[m]), 0, 0)
        score = divisiveness(s, m) * (0.1 + s.matter[WEIGHT, m]) * u / (1.0 - u)
        if s.pair[CLEARED, a, b] > 0.0:
            score *= 0.5
        if s.matter[STATUS, m] >= SURFACED:  # it has been said: only where nothing else is left
            score *= 0.01
        if int(s.place[LIVE_MATTER]) == m + 1:  # not the same one twice running
            score *= 0.1
        if score > highest:
            highest = score
            best = m
    s.place[LIVE_MATTER] = best + 1
