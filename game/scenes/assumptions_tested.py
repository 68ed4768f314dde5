"""What halving and doubling a value did, in words a room can follow.

The figures ship with the program (:mod:`sim.evidence`); here they become sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.scenes.assumptions_said import Assumption
from sim.evidence import Arm, Halving, Moved, Trial
from sim.labels import listed
from sim.parameters import PARAMETERS
from sim.words import _, ngettext

TURNS = "turns"  # the headline round, whatever the outcome that is shown
MUCH = "much"  # by more than luck alone
SOME = "some"
NOTHING = "nothing"  # that can be told from luck
UNTESTED = "untested"
CLASSES = (TURNS, MUCH, SOME, NOTHING, UNTESTED)
"""How far a value matters to one outcome."""


@dataclass(frozen=True)
class Effect:
    """What a test of one value says of one outcome."""

    kind: str  # one of CLASSES
    reach: float  # the largest clear difference, in the outcome's unit
    said: str
    turns: str = ""  # where it turns the headline round: a sentence
    arms: tuple[Arm, ...] = ()


def effect_of(found: Halving, said: Assumption, outcome: int) -> Effect:
    """What halving and doubling did to the outcome, and whether the test fits this play."""
    tested = found.tested.get(said.name)
    if tested is None:
        return Effect(UNTESTED, 0.0, _("It has not been halved and doubled yet."))
    reach = tested.reach(outcome)
    words = _moves(found, tested, outcome) if reach else _moves_nothing(found, tested, outcome)
    if said.value != tested.value:
        words = f"{words} {_elsewhere(said.name, tested.value)}"
    if tested.turns:
        kind = TURNS
    elif reach > found.usual[0][outcome].luck:
        kind = MUCH
    else:
        kind = SOME if reach else NOTHING
    return Effect(kind, reach, words, _turning(found, tested), tested.arms)


def _moves(found: Halving, tested: Trial, outcome: int) -> str:
    """As in "Halved: 6 points fewer staff say it works. Doubled: 10 points more. Luck …"."""
    measure = found.outcomes[outcome].measure
    parts: list[str] = []
    for arm in tested.arms:
        moved = arm.moved[0][outcome]
        words = difference(measure, moved, whole=not parts)
        parts.append(_("{done}: {moved}.").format(done=done(tested.name, arm), moved=words))
    luck = size(measure, found.usual[0][outcome].luck)
    parts.append(_("Luck alone moves it by {amount}.").format(amount=luck))
    return " ".join(parts)


def _moves_nothing(found: Halving, tested: Trial, outcome: int) -> str:
    changes = [arm.moved[0][outcome] for arm in tested.arms]
    nothing = all(one.low == one.high == 0.0 for one in changes)
    switch = PARAMETERS[tested.name].unit == "switch"
    if switch:
        words = (
            _("Switching it changes nothing here.")
            if nothing
            else _("Switching it changes nothing here that luck does not.")
        )
    else:
        words = (
            _("Halving or doubling it changes nothing here.")
            if nothing
            else _("Halving or doubling it changes nothing here that luck does not.")
        )
    others = [
        outcome_name(other.measure)
        for number, other in enumerate(found.outcomes)
        if number != outcome and tested.reach(number)
    ]
    if others:
        words += " " + _("It does move {outcomes}.").format(outcomes=listed(others))
    return words


def _elsewhere(name: str, value: float) -> str:
    """That the test was made from another value than this play's."""
    if PARAMETERS[name].unit == "switch":
        return (
            _("(Tested from on, unlike this play.)")
            if value
            else _("(Tested from off, unlike this play.)")
        )
    return _("(Tested from {value}, not from this play’s value.)").format(value=f"{value:g}")


def _turning(found: Halving, tested: Trial) -> str:
    ways = [done(tested.name, arm) for arm in tested.arms if arm.turns]
    if not ways:
        return ""
    return _("{done}, {strategy} is no longer clearly better than {rival}.").format(
        done=either([ways[0], *(way.lower() for way in ways[1:])]),
        strategy=strategy_name(found.strategies[0]),
        rival=strategy_name(found.strategies[1]),
    )


def either(ways: Sequence[str]) -> str:
    """One way, or either of two."""
    return ways[0] if len(ways) == 1 else _("{one} or {other}").format(one=ways[0], other=ways[1])


def done(name: str, arm: Arm) -> str:
    """What was done to a value: "Halved", or how far its range allowed it."""
    if arm.cut:
        value = f"{arm.value:g}"
        if arm.way == "halved":
            return _("At its least, {value}").format(value=value)
        return _("At its most, {value}").format(value=value)
    odds = PARAMETERS[name].unit == "logit" and PARAMETERS[name].low < 0.0
    return {
        "halved": _("Odds halved") if odds else _("Halved"),
        "doubled": _("Odds doubled") if odds else _("Doubled"),
        "on": _("Switched on"),
        "off": _("Switched off"),
    }[arm.way]


# --- outcomes in words ------------------------------------------------------------------------


def outcome_name(measure: str) -> str:
    """An outcome in a few words, inside a sentence."""
    return {
        "staff_joint_working": _("what staff say"),
        "trust": _("trust"),
        "eruptions": _("eruptions"),
        "emergency_admissions": _("admissions"),
    }.get(measure, measure.replace("_", " "))


def figure(measure: str, value: float) -> str:
    """A size as a number: whole points where there are any, else one decimal."""
    value = abs(value) * (100.0 if measure == "trust" else 1.0)
    if measure in ("eruptions", "emergency_admissions"):
        return f"{value:.1f}" if value >= 0.05 else _("less than {least}").format(least="0.1")
    return f"{value:.0f}" if value >= 0.95 else _("less than {least}").format(least="1")


def size(measure: str, value: float) -> str:
    """A size with its unit: "3 points"."""
    number = figure(measure, value)
    if measure == "eruptions":
        return number
    one = number == "1" or not number[0].isdigit()
    return ngettext("{number} point", "{number} points", 1 if one else 2).format(number=number)


def difference(measure: str, moved: Moved, *, whole: bool) -> str:
    """A difference in words; ``whole`` says of what, else it has just been said."""
    if not moved.clear:
        subject = outcome_name(measure)
        unclear = _("no clear difference to {outcome}").format(outcome=subject)
        return unclear if whole else _("no clear difference")
    more = moved.by > 0.0
    amount_ = figure(measure, moved.by) if measure == "eruptions" else size(measure, moved.by)
    if not whole:
        if measure in ("trust", "emergency_admissions"):
            form = _("{amount} higher") if more else _("{amount} lower")
        else:
            form = _("{amount} more") if more else _("{amount} fewer")
        return form.format(amount=amount_)
    if measure == "staff_joint_working":
        form = (
            _("{amount} more staff say it works")
            if more
            else _("{amount} fewer staff say it works")
        )
    elif measure == "trust":
        form = _("trust {amount} in 100 higher") if more else _("trust {amount} in 100 lower")
    elif measure == "eruptions":
        form = _("{amount} more eruptions") if more else _("{amount} fewer eruptions")
    elif measure == "emergency_admissions":
        form = (
            _("growth of emergency admissions {amount} higher")
            if more
            else _("growth of emergency admissions {amount} lower")
        )
    else:
        form = _("{amount} higher") if more else _("{amount} lower")
    return form.format(amount=amount_)


def strategy_name(strategy: str) -> str:
    """A strategy as a few words inside a sentence."""
    return {
        "systems-leadership": _("systems leadership"),
        "do-nothing": _("doing nothing"),
    }.get(strategy, strategy.replace("-", " "))
