"""The shape of a scenario file: one frozen Pydantic model for each part of it.

Attribute names are the keys of the YAML file, except ``from`` and ``if``, which
Python keeps for itself: they are ``from_`` and ``if_`` here.  Unknown keys are
refused.  Words of the scale are numbers by the time they arrive here.
What can only be judged across parts (does that partner exist?) is
:mod:`sim.scenario.checking`'s business.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, PrivateAttr

from sim.fields import HORIZON
from sim.scenario.numbers import (
    Condition,
    Flag,
    Id,
    Name,
    Number,
    Text,
    Who,
    Whole,
)
from sim.scenario.parts import (
    Act,
    Axis,
    Ending,
    Family,
    FearedDate,
    Governance,
    HandsUp,
    Header,
    Hint,
    Leader,
    Matter,
    Money,
    Month,
    Page,
    Part,
    PartnerPart,
    Place,
    Promise,
    Resident,
    ResidentMonths,
    Seat,
    Share,
    Story,
    Tie,
    TieDefaults,
    Time,
)

__all__ = [
    "Act",
    "Axis",
    "Choice",
    "Debrief",
    "EffectRow",
    "Ending",
    "FearedDate",
    "Governance",
    "HandsUp",
    "Header",
    "Hint",
    "HouseMove",
    "Inject",
    "Leader",
    "Matter",
    "MoveChange",
    "Moves",
    "Page",
    "Part",
    "PartnerPart",
    "Place",
    "Promise",
    "Resident",
    "ResidentMonths",
    "Scenario",
    "Seat",
    "Story",
    "Tie",
    "TieDefaults",
    "Time",
    "When",
]


# --- what can be done, what befalls ---------------------------------------------------


class EffectRow(Part):
    """One primitive effect: what, on whom, how much, how likely, when.

    ``who`` empty means the effect's own default (the move's targets; nobody in
    particular for effects on the place).  ``matter``, ``measure``, ``kind`` and
    ``form`` are what some effects ask besides.
    """

    effect: Name
    who: Who = ()
    size: Number = 1.0
    chance: Share = 1.0
    delay: Annotated[Whole, Field(ge=0, le=HORIZON)] = 0
    months: Annotated[Whole, Field(ge=1, le=HORIZON)] = 1
    when: Condition | None = None
    matter: Id | None = None
    measure: Name | None = None
    kind: Name | None = None
    form: Name | None = None


class MoveChange(Part):
    """A move of the model under another name or at another price."""

    id: Name
    name: Text | None = None
    cost: Money | None = None


class HouseMove(Part):
    """A move of the scenario's own, composed from the effects the model offers."""

    id: Name
    name: Text
    lines: tuple[Text, Text]
    icon: Name = "sparkles"
    family: Family
    places: Annotated[Whole, Field(ge=0, le=3)] = 1
    cost: Money = 0.0
    target: Name = "partners"
    least: Annotated[Whole, Field(ge=0, le=100)] = 1
    most: Annotated[Whole, Field(ge=0, le=100)] = 1
    effects: Annotated[tuple[EffectRow, ...], Field(min_length=1, max_length=24)]


class Moves(Part):
    """Which moves are in play."""

    off: tuple[Name, ...] = ()
    change: tuple[MoveChange, ...] = ()
    house: tuple[HouseMove, ...] = ()


class When(Part):
    """When an inject falls due: in one ``month``, or when ``if_`` holds, from and until months."""

    month: Month | None = None
    if_: Annotated[Condition | None, Field(alias="if")] = None
    from_: Annotated[Month | None, Field(alias="from")] = None
    until: Month | None = None


class Choice(Part):
    """One way to answer an inject, and the reply it gets."""

    id: Name
    text: Text
    effects: tuple[EffectRow, ...] = ()
    reply: Text | None = None


class Inject(Part):
    """Something that befalls the table.  ``default`` is the choice when nobody chooses.

    A turn has room for one card with choices; ``ahead`` puts it before others that fall due.
    """

    id: Id
    title: Text
    when: When
    repeats: Flag = False
    ahead: Flag = False
    card: Text
    effects: Annotated[tuple[EffectRow, ...], Field(max_length=24)] = ()
    choices: Annotated[tuple[Choice, ...], Field(max_length=4)] = ()
    default: Name | None = None


# --- afterwards -----------------------------------------------------------------------


class Debrief(Part):
    """What the facilitator asks and says afterwards.  ``timings`` in minutes."""

    questions: dict[Name, Text] = Field(default_factory=dict)
    script: Text | None = None
    timings: dict[Name, Annotated[Number, Field(ge=0, le=480)]] = Field(default_factory=dict)
    reading: tuple[Text, ...] = ()


class Scenario(Part):
    """A whole scenario.  Comes from :func:`sim.scenario.load_scenario`, never changes.

    ``text`` is the file as read (for one that is based on another: both merged, so
    that it stands alone), ``hash`` its SHA-256 in hexadecimal, ``path`` where it
    stood, or "" when it came from a text.
    """

    scenario: Header
    story: Story
    time: Time
    place: Place
    partners: Annotated[tuple[PartnerPart, ...], Field(min_length=3, max_length=100)]
    ties: tuple[Tie, ...] = ()
    tie_defaults: TieDefaults = TieDefaults()
    unsaid: Annotated[tuple[Matter, ...], Field(max_length=64)] = ()
    moves: Moves = Moves()
    injects: Annotated[tuple[Inject, ...], Field(max_length=64)] = ()
    coach: Annotated[tuple[Hint, ...], Field(max_length=64)] = ()
    house_names: tuple[Text, ...] = ()
    parameters: dict[str, Number] = Field(default_factory=dict)
    theories: tuple[Name, ...] = ()
    debrief: Debrief = Debrief()

    _text: str = PrivateAttr(default="")
    _hash: str = PrivateAttr(default="")
    _path: str = PrivateAttr(default="")

    @property
    def id(self) -> str:
        """The scenario's id."""
        return self.scenario.id

    @property
    def title(self) -> str:
        """The scenario's title."""
        return self.scenario.title

    @property
    def text(self) -> str:
        """The file as read."""
        return self._text

    @property
    def source(self) -> str:
        """The same as ``text``."""
        return self._text

    @property
    def hash(self) -> str:
        """SHA-256 of ``text``, in hexadecimal."""
        return self._hash

    @property
    def path(self) -> str:
        """Where the file stood; "" for a scenario that came from a text."""
        return self._path
