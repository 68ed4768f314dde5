"""The silence after a row: whether somebody who speaks first is answered, and what follows."""

from __future__ import annotations

import numpy as np

from sim.compiled import rule
from sim.draws import P_SILENCE, mix
from sim.effects import R_DELAY, R_MONTHS
from sim.fields import CANDOUR, CLEARED, FACILITATOR, MONTH
from sim.parameters import Theta
from sim.rules.candour import readiness
from sim.rules.chance import draw
from sim.rules.effects import wait
from sim.rules.ledger import C_SILENCE
from sim.state import State
from sim.world import World


@rule
def answers(w: World, th: Theta, s: State, speaker: int, other: int, ease: float) -> int:
    """1 when ``other`` answers the one who spoke first, in the month that has just been.

    It is the other's readiness to say something difficult to the speaker, eased by having
    been spoken to, by the air that a row clears, and by a space made for it.
    """
    chance = 0.5
    if th.candour_is_a_coin_toss <= 0.5:
        space = min(1.0, s.pair[CANDOUR, other, speaker] + 0.4 * s.place[FACILITATOR])
        cleared = th.cleared_bonus if s.pair[CLEARED, other, speaker] > 0.0 else 0.0
        bonus = ease + cleared + th.well_space * space
        chance = readiness(th, s, other, speaker, bonus)
    month = int(s.place[MONTH])
    u, _, _, _ = draw(w, P_SILENCE, month, int(w.key[speaker]), int(w.key[other]), 0)
    return 1 if u < chance else 0


@rule
def break_silence(w: World, s: State, start: int, stop: int, which: int, a: int, b: int) -> None:
    """Rows ``start`` to ``stop``, aimed at a and b, take effect as the next month begins."""
    month = int(s.place[MONTH]) + 1
    who = np.zeros(s.partner.shape[1])
    who[a] = 1.0
    who[b] = 1.0
    key = mix(mix(int(w.key[a]), int(w.key[b])), which + 1)
    for row in range(start, stop):
        due = month + int(w.effect[row, R_DELAY])
        left = int(w.effect[row, R_MONTHS])
        wait(s, row, due, left, C_SILENCE, which, who, a, b, -1, mix(key, row - start))
