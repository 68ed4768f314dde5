"""What befalls: cards of the scenario, and shocks (model.md 7.14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peers.twin.arithmetic import chance
from peers.twin.conditions import holds
from peers.twin.luck import key32, mix
from peers.twin.rows import Occasion, rows_of

from sim.draws import P_CARD, P_SHOCK
from sim.shocks import SHOCKS, Shock

if TYPE_CHECKING:
    from peers.twin.model import Twin
    from peers.twin.partner import Partner

    from sim.scenario.schema import Inject


class Cards:
    """The scenario's injects, and when each of them came."""

    def __init__(self, model: Twin) -> None:
        self.model = model
        self.injects = model.scenario.injects
        self.came: dict[str, int] = {}
        self.dealt_in = -1  # the turn that last had a card with a choice

    def fall_due(self) -> None:
        """One after the other, until none is due."""
        while inject := self._next():
            self._happen(inject)

    def _next(self) -> Inject | None:
        due = [inject for inject in self.injects if self._is_due(inject)]
        for inject in due:
            if not inject.choices:
                return inject
        return max(due, key=self._luck, default=None)

    def _luck(self, inject: Inject) -> float:
        return inject.ahead + self.model.luck.draw(P_CARD, self.model.now, key32(inject.id))[0]

    def _is_due(self, inject: Inject) -> bool:
        model, t, when = self.model, self.model.now, inject.when
        if t > model.scenario.time.months:
            return False
        last = self.came.get(inject.id)
        if last is not None and (last == t or not inject.repeats or t - last < 6):
            return False
        if when.month is not None and t != when.month:
            return False
        if not (when.from_ or 1) <= t <= (when.until or 120):
            return False
        if inject.choices and self.dealt_in == model.turn:
            return False
        return holds(when.if_, model)

    def _happen(self, inject: Inject) -> None:
        model, key = self.model, key32(inject.id)
        self.came[inject.id] = model.now
        model.rows.apply(rows_of(inject.effects), Occasion(key))
        if not inject.choices:
            return
        self.dealt_in = model.turn
        ids = [choice.id for choice in inject.choices]
        chosen = model.decided.cards.get(inject.id) or inject.default or ids[0]
        place = ids.index(chosen)
        rows = rows_of(inject.choices[place].effects)
        model.rows.apply(rows, Occasion(mix(key, place + 1)))


def shocks_strike(model: Twin) -> None:
    """Ordinary life goes on."""
    place = model.place
    if place.severe_winter > 0:
        place.severe_winter -= 1.0
    place.crisis *= 0.85
    if model.shocks == "off":
        return
    for shock in SHOCKS.values():
        if shock.season and shock.season != model.calendar_month:
            continue
        struck = _struck(shock, model)
        if struck is None:
            continue
        if shock.card and model.shocks == "play":
            if place.shock_turn == model.turn:
                continue
            place.shock_turn = model.turn
        model.rows.apply(rows_of(shock.effects), Occasion(key32(shock.name), named=struck))


def _struck(shock: Shock, model: Twin) -> tuple[Partner, ...] | None:
    """Whether it strikes, and which partner: nobody in particular, if it strikes the place."""
    rate = model.theta.shock_rate * shock.rate
    p = min(1.0, rate) if shock.season else chance(rate / 12.0)
    if shock.name == "enthusiast":
        p /= len(model.partners)
    key = key32(shock.name)
    if shock.scope == "place":
        return () if model.luck.draw(P_SHOCK, model.now, key)[0] < p else None
    for partner in model.partners:
        may = {
            "partner": partner.at_table,
            "provider": partner.at_table and partner.provider,
            "council": partner.sector == "council",
        }[shock.scope]
        if partner.merged_with or not may:
            continue
        if model.luck.draw(P_SHOCK, model.now, key, partner.key)[0] < p:
            return (partner,)
    return None
