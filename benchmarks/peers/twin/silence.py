"""The silence after a row: who speaks first, and whether the other answers (model.md 7.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.twin.arithmetic import sigma
from peers.twin.luck import mix
from peers.twin.rows import Occasion, rows_of

from sim.draws import P_SILENCE
from sim.silence import OUTCOMES, silences

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.partner import Partner


def break_silence(choice: str, speaker: Partner, other: Partner, model: Twin) -> str:
    """Do something about it, between two months; what came of it."""
    kind = silences()[choice]
    outcome = choice
    if kind.ease is not None:
        outcome = "met" if _answers(other, speaker, kind.ease, model) else "left"
    model.place.money = max(0.0, model.place.money - kind.cost)
    key = mix(mix(speaker.key, other.key), OUTCOMES.index(outcome) + 1)
    both = (speaker, other)
    occasion = Occasion(key, dict.fromkeys(both, 1.0), both)
    model.rows.come_next_month(rows_of(kind.outcomes[outcome]), occasion)
    return outcome


def _answers(other: Partner, speaker: Partner, ease: float, model: Twin) -> bool:
    th, tie = model.theta, speaker.ties[other]
    air = min(1.0, tie.candour + 0.4 * model.place.facilitator)
    z = other.readiness(speaker) + ease + th.well_space * air
    if tie.cleared > 0:
        z += th.cleared_bonus
    p = 0.5 if th.candour_is_a_coin_toss else sigma(z)
    return model.luck.draw(P_SILENCE, model.month, speaker.key, other.key)[0] < p
