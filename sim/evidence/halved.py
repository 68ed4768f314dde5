"""What halving and doubling each value does to what comes out: ``halving.json``, read.

:mod:`sim.facts.halving` writes the file.  Every value was changed alone, all else as usual,
and each run compared with the usual run under the same luck.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from sim.evidence.reading import refused, text_of
from sim.fields import MEASURES
from sim.parameters import PARAMETERS
from sim.words import _

FORM: Final = 1
"""Of the file; another one cannot be read."""
FILE: Final = "halving.json"
WAYS: Final = ("halved", "doubled", "on", "off")
"""What is done to a value: numbers are halved and doubled, switches thrown."""


class Moved(NamedTuple):
    """A mean paired difference and its 95% interval, in the outcome's unit."""

    by: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether it can be told from luck: the interval leaves out nought."""
        return self.low > 0.0 or self.high < 0.0


class Usual(NamedTuple):
    """An outcome with every value as usual: its mean, and what luck alone does (one SD)."""

    mean: float
    luck: float


@dataclass(frozen=True)
class Outcome:
    """A measure at the end of a month."""

    measure: str
    month: int


@dataclass(frozen=True)
class Arm:
    """One value changed one way, and what came of it.

    ``moved`` has a row for each strategy of :class:`Halving`, a column for each outcome.
    """

    way: str  # one of WAYS
    value: float
    cut: bool  # its range did not allow the whole change
    moved: tuple[tuple[Moved, ...], ...]
    lead: Moved  # of the strategy over its rival, in the first outcome, under this value

    @property
    def turns(self) -> bool:
        """Whether the strategy is no longer clearly better than its rival."""
        return self.lead.low <= 0.0


@dataclass(frozen=True)
class Trial:
    """One parameter, its value when all was as usual, and its arms."""

    name: str
    value: float
    arms: tuple[Arm, ...]

    @property
    def turns(self) -> bool:
        """Whether under any of its arms the headline is no longer clear."""
        return any(arm.turns for arm in self.arms)

    def reach(self, outcome: int) -> float:
        """The largest difference it makes that can be told from luck, 0 for none."""
        moved = [arm.moved[0][outcome] for arm in self.arms]
        return max((abs(one.by) for one in moved if one.clear), default=0.0)


@dataclass(frozen=True)
class Halving:
    """All of it.  ``strategies`` are the one that is asked about and its rival."""

    rules: str  # hash of the rules that the runs were lived under
    scenario: str
    title: str  # the scenario's
    strategies: tuple[str, str]
    lucks: int
    outcomes: tuple[Outcome, ...]
    usual: tuple[tuple[Usual, ...], ...]  # by strategy, by outcome
    lead: Moved  # with every value as usual
    tested: dict[str, Trial]

    @property
    def turning(self) -> tuple[Trial, ...]:
        """Those that unsettle the headline, halved or doubled."""
        return tuple(one for one in self.tested.values() if one.turns)


@cache
def halving() -> Halving:
    """The data that came with the program.

    Raises :class:`EvidenceError` when it is missing or damaged.
    """
    return read(text_of(FILE))


def read(text: str) -> Halving:
    """The text of a file as :mod:`sim.facts.halving` writes it.

    Raises :class:`EvidenceError`, which says what is wrong with it.
    """
    try:
        said = json.loads(text)
    except ValueError as error:
        raise refused(FILE, _("it is no JSON ({why})").format(why=error)) from error
    try:
        if said["form"] != FORM:
            raise refused(FILE, _("it is of form {form}, not {wanted}").format(
                form=said["form"], wanted=FORM,
            ))  # fmt: skip
        return _halving(said)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        why = f"{type(error).__name__}: {error}"
        raise refused(FILE, _("it does not say what it should ({why})").format(why=why)) from error


def _halving(said: dict[str, Any]) -> Halving:
    outcomes = tuple(Outcome(str(measure), int(month)) for measure, month in said["outcomes"])
    for outcome in outcomes:
        if outcome.measure not in MEASURES:
            raise refused(FILE, _("no measure is called “{name}”").format(name=outcome.measure))
    strategy, rival = map(str, said["strategies"])
    count = len(outcomes)
    tested = {name: _tested(name, one, count) for name, one in said["values"].items()}
    return Halving(
        rules=str(said["rules"]),
        scenario=str(said["scenario"]),
        title=str(said["title"]),
        strategies=(strategy, rival),
        lucks=int(said["lucks"]),
        outcomes=outcomes,
        usual=tuple(
            tuple(Usual(*map(float, pair)) for pair in _full(said["usual"][name], count))
            for name in (strategy, rival)
        ),
        lead=_moved(said["lead"], "lead"),
        tested={name: tested[name] for name in PARAMETERS if name in tested},
    )


def _tested(name: str, said: dict[str, Any], outcomes: int) -> Trial:
    if name not in PARAMETERS:
        raise refused(FILE, _("no value is called “{name}”").format(name=name))
    arms = []
    for way, arm in said["arms"].items():
        if way not in WAYS:
            raise refused(FILE, _("{name} cannot be “{way}”").format(name=name, way=way))
        cut = bool(arm["cut"]) and way in ("halved", "doubled")
        moved = tuple(
            tuple(_moved(one, name) for one in _full(row, outcomes))
            for row in _full(arm["moved"], 2)
        )
        lead = _moved(arm["lead"], name)
        arms.append(Arm(way, float(arm["value"]), cut, moved, lead))
    arms.sort(key=lambda arm: WAYS.index(arm.way))
    return Trial(name, float(said["value"]), tuple(arms))


def _moved(said: list[float], name: str) -> Moved:
    by, low, high = map(float, said)
    if not low <= by <= high:  # not a number is refused as well
        raise refused(
            FILE,
            _("in {name}, {by:g} does not lie between {low:g} and {high:g}").format(
                name=name, by=by, low=low, high=high
            ),
        )
    return Moved(by, low, high)


def _full(said: list[Any], count: int) -> list[Any]:
    if len(said) != count:
        raise ValueError(f"{count} expected, {len(said)} found")
    return said
