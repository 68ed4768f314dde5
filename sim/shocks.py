"""What befalls a locality from outside, as data: rates and rows of effects.

The rules draw each shock with its own key (:mod:`sim.rules.falls_due`) and apply its
rows like those of any move.  Rates are per year and per partner it may strike.  In
play at most one a turn is enacted as a card; the rest of ordinary life goes on.
Leaders leaving is a process of its own (:mod:`sim.rules.leaders`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

SCOPES: Final = ("place", "partner", "provider", "payer", "council", "home_care", "outside")
(
    ON_PLACE, ON_PARTNER, ON_PROVIDER, ON_PAYER, ON_COUNCIL, ON_HOME_CARE, ON_OUTSIDE,
) = range(len(SCOPES))  # fmt: skip
ANY_MONTH: Final = 0


@dataclass(frozen=True)
class Shock:
    """One kind of shock.

    ``season`` is the calendar month it comes in (0: any), ``rate`` the yearly rate
    (for a fixed month: its chance).  Rows name the struck partner as ``first``.
    """

    name: str
    rate: float
    scope: str
    season: int
    card: bool  # shown as a card from outside; otherwise a line in the minutes
    effects: tuple[dict[str, Any], ...]

    @property
    def scope_code(self) -> int:
        """Place of the scope in :data:`SCOPES`."""
        return SCOPES.index(self.scope)


def _row(effect: str, who: str, size: float, **more: Any) -> dict[str, Any]:
    return {"effect": effect, "who": [who], "size": size, **more}


_ALL: Final = (
    Shock("national_reorganisation", 0.2, "place", 0, True, (
        _row("slack", "at_table", -0.12), _row("backing", "at_table", -0.1),
        _row("avoidance", "at_table", 0.05),
    )),
    Shock("budget_cut", 0.8, "council", 4, True, (
        _row("budget", "first", -0.04), _row("deficit", "first", 12.0),
        _row("slack", "first", -0.08),
    )),
    Shock("home_care_closes", 0.75, "place", 0, True, (
        _row("home_care", "at_table", -0.06), _row("slack", "payers", -0.05),
    )),
    Shock("election", 0.25, "place", 5, True, (
        _row("backing", "at_table", -0.06), _row("narrative", "at_table", -0.2),
    )),
    Shock("winter", 1.0, "place", 12, False, (_row("slack", "at_table", -0.06, months=3),)),
    Shock("severe_winter", 0.3, "place", 12, True, (
        _row("winter", "at_table", 3.0), _row("slack", "at_table", -0.08, months=2),
        _row("crisis", "at_table", 0.3),
    )),
    Shock("failed_inspection", 0.08, "provider", 0, True, (
        _row("safety", "first", -0.2), _row("slack", "first", -0.15),
        _row("avoidance", "first", 0.1),
    )),
    Shock("scandal", 0.1, "place", 0, True, (
        _row("backing", "at_table", -0.15), _row("safety", "at_table", -0.08),
    )),
    Shock("ring_fenced_money", 0.25, "place", 0, True, (
        _row("money", "at_table", 150.0), _row("backing", "at_table", 0.04),
    )),
    Shock("new_target", 0.3, "place", 0, True, (
        _row("effort", "at_table", 0.3, measure="delayed_transfers"),
        _row("slack", "providers", -0.05), _row("obeyed", "at_table", 0.04),
    )),
    Shock("enthusiast", 0.5, "partner", 0, True, (
        _row("commitment", "first", 0.25), _row("capability", "first", 0.1),
    )),
)  # fmt: skip

SHOCKS: Final[dict[str, Shock]] = {shock.name: shock for shock in _ALL}
"""All shocks by name."""
