"""Why a number of a session changed in one month: the ledger's entries, in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sim.errors import UserError
from sim.journal import read
from sim.labels import capital, listed, measure_name
from sim.names import Names
from sim.phrases import cause
from sim.rules.ledger import BOOKED_MEASURES
from sim.scenario import Scenario
from sim.session.opening import replay
from sim.session.play import Play
from sim.spelling import meant
from sim.terminal import show_json, show_lines
from sim.words import _, mark

QUANTITIES: Final = {"trust": 2, "tension": 2, "joint": 2, "commitment": 1} | dict.fromkeys(
    BOOKED_MEASURES, 0
)
"""What the ledger keeps, and of how many partners it is."""
_CALLED: Final = {
    "trust": mark("Trust"),
    "tension": mark("Tension"),
    "joint": mark("Joint working"),
    "commitment": mark("Commitment"),
}


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


@dataclass(frozen=True)
class Overview:
    """What can be asked of a session: the months it has lived, and what the ledger keeps."""

    months: tuple[int, ...]
    quantities: dict[str, int]  # and of how many partners each is
    partners: tuple[str, ...]

    @property
    def example(self) -> str:
        """A question that has an answer, as it is typed."""
        return f"trust {self.partners[0]} {self.partners[1]}"


def overview(path: Path) -> Overview:
    """Which months and things there are to explain in the session at ``path``.

    Raises :class:`sim.journal.JournalError` and :class:`ExplainError`.
    """
    play = _replayed(path)
    partners = tuple(partner.id for partner in play.scenario.partners)
    return Overview(play.engine.booked_months, dict(QUANTITIES), partners)


def explain(path: Path, month: int, of: str) -> Explanation:
    """Replay the session at ``path`` and read its ledger of ``month``.

    ``of`` is a quantity and its partners: "trust council hospital", "commitment gps",
    "emergency_admissions".  A month that was taken back and lived again is told as it was
    in the end.  The file is only read.

    Raises :class:`sim.journal.JournalError` and :class:`ExplainError`.
    """
    play = _replayed(path)
    quantity, partners = _asked(of, play.scenario)
    if month not in play.engine.booked_months:
        raise ExplainError(
            _("The session has not lived month {month}: it stands at month {lived}.").format(
                month=month, lived=play.engine.month
            ),
            _("Ask for a month that was played."),
        )
    entries = tuple(play.engine.booked(quantity, partners, month))
    return Explanation(month, quantity, partners, entries, Names.of(play.scenario))


def every_month(path: Path, of: str) -> list[Explanation]:
    """The same of every month in which anything touched the number."""
    play = _replayed(path)
    quantity, partners = _asked(of, play.scenario)
    names = Names.of(play.scenario)
    told = [
        Explanation(
            month, quantity, partners, tuple(play.engine.booked(quantity, partners, month)), names
        )
        for month in play.engine.booked_months
    ]
    return [one for one in told if one.entries]


def _replayed(path: Path) -> Play:
    """The play of a session, lived again, its ledger filled."""
    play, _said, recorded = replay(read(path).lines, path)
    if recorded:
        raise ExplainError(
            _(
                "The session {file} was played with version {version}, whose results differ "
                "from this program's: its causes cannot be told again."
            ).format(file=path.name, version=recorded),
            _("Ask that version, or branch the session and play on."),
        )
    return play


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


def show(path: Path, month: int | None, of: str | None, as_json: bool) -> None:
    """Print an explanation, as text or as one JSON value.

    Without ``of`` it is what can be asked; without ``month``, every month's change.
    """
    if of is None:
        _show_overview(overview(path), month, as_json)
    elif month is None:
        told = every_month(path, of)
        if as_json:
            show_json([_data(one) for one in told])
        else:
            show_lines([_line(one) for one in told] or [_("Nothing touched it.")])
    else:
        one = explain(path, month, of)
        if as_json:
            show_json(_data(one))
        else:
            show_lines([_title(one), *_causes(one)])


def _show_overview(there: Overview, month: int | None, as_json: bool) -> None:
    if as_json:
        show_json(
            {
                "months": list(there.months),
                "of": there.quantities,
                "partners": list(there.partners),
            }
        )
        return
    if not there.months:
        show_lines([_("No month has been lived yet, so there is nothing to explain.")])
        return
    kinds = [
        ", ".join(name for name, count in there.quantities.items() if count == of)
        for of in (2, 1, 0)
    ]
    last = there.months[-1] if month is None else month
    lived = _("Months {first} to {last} have been lived; each can be explained.")
    if len(there.months) == 1:
        lived = _("Month {first} has been lived, and can be explained.")
    show_lines(
        [
            lived.format(first=there.months[0], last=there.months[-1]),
            _("Of two partners: {names}.").format(names=kinds[0]),
            _("Of one partner: {names}.").format(names=kinds[1]),
            _("Of the place: {names}.").format(names=kinds[2]),
            _("The partners are {names}.").format(names=", ".join(there.partners)),
            _("Ask like this: --month {month} --of “{example}”; without a month, of all.").format(
                month=last, example=there.example
            ),
        ]
    )


def _data(told: Explanation) -> dict[str, Any]:
    return {
        "month": told.month,
        "of": told.quantity,
        "partners": list(told.partners),
        "change": told.change,
        "entries": [{"cause": word, "amount": amount} for word, amount in told.entries],
    }


def _title(told: Explanation) -> str:
    if not told.partners:
        title = capital(measure_name(told.quantity))
    else:
        who = listed([told.names.partner(id) for id in told.partners])
        title = f"{_(_CALLED[told.quantity])}, {who}"
    return _("{title}, month {month}: {change:+.4f}").format(
        title=title, month=told.month, change=told.change
    )


def _causes(told: Explanation) -> list[str]:
    lines = [
        f"  {amount:+.4f}  {cause(word, told.names)}"
        for word, amount in sorted(told.entries, key=lambda entry: -abs(entry[1]))
    ]
    return lines or ["  " + _("Nothing touched it.")]


def _line(told: Explanation) -> str:
    """One month in a line: its change, and the largest cause."""
    word, _amount = max(told.entries, key=lambda entry: abs(entry[1]))
    return _("Month {month}: {change:+.4f}, most of it {cause}").format(
        month=told.month, change=told.change, cause=cause(word, told.names)
    )
