"""What is assumed in a play, in plain sentences: each value, and what it rests on.

What the play sets differently comes first; the rest by subject.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.labels import capital
from sim.parameters import PARAMETERS, THEORIES, Parameter
from sim.words import _

if TYPE_CHECKING:
    from sim.session import Session


def group_name(group: str) -> str:
    """A subject, as its heading says it."""
    return {
        "trust": _("How trust moves"),
        "candour": _("What is said, and what is not"),
        "contact": _("Meeting one another"),
        "asking": _("Invitations and replies"),
        "positions": _("What partners want"),
        "projects": _("Doing things together"),
        "integration": _("From joint working to residents"),
        "place": _("The place"),
        "energy": _("Energy, safety, skill"),
        "money": _("Money and those above"),
        "theory": _("Rival theories, switched off"),
    }.get(group, capital(group))


def grade(tag: str) -> str:
    """What an assumption rests on, in words."""
    return {
        "E1": _("has been measured between organisations"),
        "E2": _("has been measured among people or teams"),
        "E3": _("has been described, not measured"),
        "S": _("is from the article that this game grew from"),
        "A": _("is our assumption"),
        "T": _("is tuned by us, so that plays come out believable"),
    }.get(tag, tag)


def rests_on(parameter: Parameter) -> str:
    """What its form, direction and size rest on, said once where they agree."""
    form, way, size = (grade(tag) for tag in parameter.tags)
    if form == way == size:
        return _("All of this {grade}.").format(grade=form)
    if form == way:
        return _("How it works {form}; how strongly {size}.").format(form=form, size=size)
    return _("How it works {form}; which way {way}; how strongly {size}.").format(
        form=form, way=way, size=size
    )


def amount(value: float, unit: str) -> str:
    """A value with its unit, as a reader would say it."""
    form = {
        "0..1": _("{value} on a scale from 0 to 1"),
        "logit": _("{value} on the scale of odds"),
        "ratio": _("{value} times"),
        "share": _("{value} of 1"),
        "tension": _("{value} of tension, 0 to 1"),
    }.get(unit, "{value} {unit}")
    return form.format(value=f"{value:g}", unit=unit)


@dataclass(frozen=True)
class Assumption:
    """One line of the list."""

    group: str
    sentence: str
    note: str  # the value, and what it rests on
    changed: bool = False
    name: str = ""
    value: float = 0.0  # in force

    def about(self, words: str) -> bool:
        """Whether it is about all of these words."""
        text = f"{self.sentence} {self.note} {group_name(self.group)} {self.name}".casefold()
        return all(word in text for word in words.casefold().split())


def in_force(session: Session) -> tuple[Assumption, ...]:
    """Everything assumed in this play; what it sets differently first."""
    settings, scenario = session.settings, session.scenario
    asked = {**scenario.parameters, **settings["parameters"]}
    theories = {name.replace("-", "_") for name in (*scenario.theories, *settings["theories"])}
    first: list[Assumption] = []
    rest: list[Assumption] = []
    for name, parameter in PARAMETERS.items():
        if name in THEORIES:
            on = name in theories or asked.get(name, 0.0) > 0.0
            found = _theory(parameter, on)
        else:
            found = _parameter(parameter, float(asked.get(name, parameter.default)))
        (first if found.changed else rest).append(found)
    return (*first, *rest)


def _theory(parameter: Parameter, on: bool) -> Assumption:
    sentence = _(parameter.sentence)
    note = _("Switched on in this play.") if on else _("Switched off.")
    note = f"{note} {rests_on(parameter)}"
    return Assumption(parameter.group, sentence, note, on, parameter.name, float(on))


def _parameter(parameter: Parameter, value: float) -> Assumption:
    changed = value != parameter.default
    usual = _("It may be from {low} to {high}.").format(
        low=f"{parameter.low:g}", high=f"{parameter.high:g}"
    )
    if changed:
        said = _("Here {value}, usually {usual}.").format(
            value=amount(value, parameter.unit), usual=f"{parameter.default:g}"
        )
    else:
        said = _("It is {value}.").format(value=amount(value, parameter.unit))
    note = f"{said} {usual} {rests_on(parameter)}"
    return Assumption(parameter.group, _(parameter.sentence), note, changed, parameter.name, value)
