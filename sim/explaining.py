"""Why a number of a session changed in one month: the ledger's entries, in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sim.errors import UserError
from sim.fields import MEASURES
from sim.journal import read
from sim.labels import listed, measure_name
from sim.names import Names
from sim.phrases import cause
from sim.scenario import Scenario, read_scenario
from sim.session.log import DECISIONS
from sim.session.opening import play_of
from sim.spelling import meant
from sim.terminal import show_json, show_lines
from sim.words import _

QUANTITIES: Final = {"trust": 2, "tension": 2, "joint": 2, "commitment": 1} | dict.fromkeys(
    (name for name in MEASURES if name not in ("trust", "tension")), 0
)
"""What the ledger keeps, and of how many partners it is."""


class ExplainError(UserError):
    """A question that the ledger cannot answer."""


@dataclass(frozen=True)
class Explanation:
    """One number's month: every cause with what it came to, in the ledger's order."""

    month: int
    quantity: str
    partners: tuple[str, ...]
    entries: tuple[tuple[str, float], ...]
    names: Names

    @property
    def change(self) -> float:
        """What all of them came to."""
        return sum(amount for _cause, amount in self.entries)


def explain(path: Path, month: int, of: str) -> Explanation:
    """Replay the session at ``path`` and read its ledger of ``month``.

    ``of`` is a quantity and its partners: "trust council hospital", "commitment gps",
    "emergency_admissions".  A month that was taken back and lived again is told as it was
    in the end.  The file is only read.

    Raises :class:`sim.journal.JournalError` and :class:`ExplainError`.
    """
    reading = read(path)
    scenario = read_scenario(reading.header["scenario"]["text"])
    quantity, partners = _asked(of, scenario)
    play = play_of(scenario, reading.header)
    entries: tuple[tuple[str, float], ...] | None = None
    lived = 0
    for line in reading.lines:
        if line.kind not in DECISIONS:
            continue
        data: dict[str, Any] = {k: v for k, v in line.data.items() if k != "state"}
        result = play.decide(line.kind, data)
        if line.kind == "month":
            lived = result["month"]
            if lived == month:
                entries = tuple(play.engine.booked(quantity, partners))
    if entries is None:
        raise ExplainError(
            _("The session has not lived month {month}: it stands at month {lived}.").format(
                month=month, lived=lived
            ),
            _("Ask for a month that was played."),
        )
    return Explanation(month, quantity, partners, entries, Names.of(scenario))


def _asked(of: str, scenario: Scenario) -> tuple[str, tuple[str, ...]]:
    quantity, *partners = of.replace(",", " ").split() or [""]
    if quantity not in QUANTITIES:
        raise ExplainError(
            _("The ledger keeps no “{what}”.").format(what=quantity),
            _meant(quantity, list(QUANTITIES)),
        )
    known = [partner.id for partner in scenario.partners]
    for id in partners:
        if id not in known:
            raise ExplainError(
                _("The scenario has no partner “{id}”.").format(id=id), _meant(id, known)
            )
    if len(partners) != QUANTITIES[quantity]:
        example = {0: "{q}", 1: "{q} {a}", 2: "{q} {a} {b}"}[QUANTITIES[quantity]]
        raise ExplainError(
            _("“{of}” does not say of whom.").format(of=of),
            _("Like this: --of “{example}”").format(
                example=example.format(q=quantity, a=known[0], b=known[1])
            ),
        )
    return quantity, tuple(partners)


def _meant(word: str, known: list[str]) -> str:
    if near := meant(word, known):
        return _("Did you mean “{meant}”?").format(meant=near)
    return _("There are: {all}.").format(all=", ".join(known))


def show(path: Path, month: int, of: str, as_json: bool) -> None:
    """Print an explanation, as text or as one JSON object."""
    told = explain(path, month, of)
    if as_json:
        show_json(
            {
                "month": told.month,
                "of": told.quantity,
                "partners": list(told.partners),
                "change": told.change,
                "entries": [{"cause": word, "amount": amount} for word, amount in told.entries],
            }
        )
        return
    who = listed([told.names.partner(id) for id in told.partners])
    name = measure_name(told.quantity) if told.quantity in MEASURES else _(told.quantity)
    title = f"{name.capitalize()}, {who}" if told.partners else name.capitalize()
    lines = [
        _("{title}, month {month}: {change:+.4f}").format(
            title=title, month=told.month, change=told.change
        )
    ]
    lines += [
        f"  {amount:+.4f}  {cause(word, told.names)}"
        for word, amount in sorted(told.entries, key=lambda entry: -abs(entry[1]))
    ]
    if not told.entries:
        lines.append("  " + _("Nothing touched it."))
    show_lines(lines)
