"""The shape of a scenario file: one frozen Pydantic model for each part of it.

Attribute names are the keys of the YAML file, except ``from`` and ``if``, which
Python keeps for itself: they are ``from_`` and ``if_`` here.  Unknown keys are
refused.  Words of the scale are numbers by the time they arrive here.
What can only be judged across parts (does that partner exist?) is
:mod:`sim.scenario.checking`'s business.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from sim.fields import HORIZON
from sim.scenario.numbers import (
    Condition,
    Flag,
    Id,
    Level,
    Name,
    Number,
    PairOfIds,
    Text,
    TrustLevel,
    Who,
    Whole,
)

Share = Annotated[Number, Field(ge=0, le=1)]
Money = Annotated[Number, Field(ge=0, le=1_000_000)]  # thousand pounds
Month = Annotated[Whole, Field(ge=1, le=HORIZON)]
Turn = Annotated[Whole, Field(ge=1, le=40)]
Sector = Literal[
    "council", "health", "voluntary", "police", "education", "housing", "business", "residents"
]
Family = Literal[
    "feeling", "perceiving", "thinking", "relating", "doing", "being", "structuring", "directing"
]


class Part(BaseModel):
    """What every part has in common: it never changes and refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())


# --- what it is -----------------------------------------------------------------------


class Header(Part):
    """Who wrote the scenario, about what, and for whom."""

    id: Id
    title: Text
    place: Text
    summary: Text
    authors: Annotated[tuple[Text, ...], Field(min_length=1)]
    licence: Text = "CC BY 4.0"
    language: Text = "en"
    version: Text = "1"
    year: Annotated[Whole, Field(ge=1900, le=2100)]
    minutes: Annotated[Whole, Field(ge=5, le=480)]
    players: Text
    tags: tuple[Text, ...] = ()
    based_on: Text | None = None


# --- the story ------------------------------------------------------------------------


class Page(Part):
    """One page of the briefing: paragraphs, ``**bold**`` and ``- `` lists."""

    title: Text
    text: Text


class ResidentMonths(Part):
    """The resident's month in words, when things go well, so-so and badly."""

    good: Text
    middling: Text
    bad: Text


class Resident(Part):
    """The one resident for whom things are counted."""

    name: Text
    who: Text
    counted: tuple[Name, ...] = ()
    months: ResidentMonths


class Promise(Part):
    """What the group may promise; kept when ``when`` holds at the end."""

    id: Id
    title: Text
    when: Condition


class Ending(Part):
    """Two sentences; the first ending whose ``when`` holds is the one that comes."""

    id: Id
    title: Text
    when: Condition
    text: Text


class Story(Part):
    """Everything that is told."""

    briefing: Annotated[tuple[Page, ...], Field(min_length=1, max_length=12)]
    portrait: Text
    resident: Resident
    promises: Annotated[tuple[Promise, ...], Field(min_length=3, max_length=3)]
    endings: Annotated[tuple[Ending, ...], Field(min_length=4, max_length=6)]
    glossary: dict[Text, Text] = Field(default_factory=dict)


# --- the clock ------------------------------------------------------------------------


class Act(Part):
    """A chapter of the play, from a turn on."""

    title: Text
    from_turn: Turn


class HandsUp(Part):
    """One question to the room, at a turn."""

    turn: Turn
    question: Text


class FearedDate(Part):
    """The date everyone is afraid of."""

    month: Month
    title: Text


class Time(Part):
    """When it starts, and how many months each turn takes."""

    start_month: Annotated[Whole, Field(ge=1, le=12)]
    start_year: Annotated[Whole, Field(ge=1900, le=2100)]
    turns: Annotated[
        tuple[Annotated[Whole, Field(ge=1, le=24)], ...], Field(min_length=1, max_length=40)
    ]
    acts: Annotated[tuple[Act, ...], Field(min_length=1, max_length=9)]
    hands_up: tuple[HandsUp, ...] = ()
    pause_points: tuple[Turn, ...] = ()
    feared_date: FearedDate | None = None

    @property
    def months(self) -> int:
        """Months from the first turn to the last."""
        return sum(self.turns)


# --- the place ------------------------------------------------------------------------


class Axis(Part):
    """A question on which partners differ, with both ends named."""

    id: Id
    low: Text
    high: Text


class Governance(Part):
    """How the partnership is governed at the start."""

    form: Literal["none", "shared", "lead"] = "none"
    strength: Level = 0.3


class Place(Part):
    """The locality before anyone does anything.  Money in thousand pounds."""

    population: Annotated[Whole, Field(ge=1_000, le=10_000_000)]
    kind: Literal["tame", "wicked", "critical"] = "wicked"
    measures: dict[str, Number] = Field(default_factory=dict)
    admission_trend_per_year: Annotated[Number, Field(ge=-0.1, le=0.1)] | None = None
    season: Annotated[Number, Field(ge=0, le=0.5)] = 0.08
    transformation_fund: Money = 0.0
    governance: Governance = Governance()
    backing: Level = 0.7
    narrative: Level = 0.3
    home_care: Annotated[Number, Field(gt=0, le=3)] = 1.0
    axes: Annotated[tuple[Axis, ...], Field(min_length=1, max_length=4)]
    need: tuple[Level, ...]


# --- the people -----------------------------------------------------------------------


class Leader(Part):
    """A role, never a real person."""

    role: Text
    months: Annotated[Whole, Field(ge=0, le=480)] = 24
    temper: Text | None = None


class Seat(Part):
    """What stands on the seat card of somebody who plays this partner."""

    want: Text
    fear: Text
    cannot_say: Text


class PartnerPart(Part):
    """One organisation.  ``avoidance`` and ``safety`` left out come from the parameters."""

    id: Id
    name: Text
    sector: Sector
    icon: Name = "users"
    at_table: Flag = True
    power: Level = 0.5
    budget: Money = 30.0
    avoidance: Level | None = None
    safety: Level | None = None
    commitment: Level = 0.5
    capability: Level = 0.3
    slack: Level = 0.5
    position: tuple[Level, ...]
    provider: Flag = False
    commissioner: Flag = False
    payer: Flag = False
    cost_share: Share | None = None
    benefit_share: Share | None = None
    hospital: Flag = False
    home_care: Flag = False
    chief: Flag = False
    contact: Level = 0.3
    credibility: Level = 0.5
    leader: Leader
    wants: Text | None = None
    fears: Text | None = None
    seat: Seat | None = None


class Tie(Part):
    """What ``from_`` thinks of ``to``; ``back`` (``to``'s trust in ``from_``) defaults to ``trust``.

    ``dependence``, ``contact`` and ``understanding`` hold for both ways; what is
    left out (None) takes the model's default.
    """

    from_: Annotated[Id, Field(alias="from")]
    to: Id
    trust: TrustLevel | None = None
    back: TrustLevel | None = None
    dependence: Level | None = None
    contact: Level | None = None
    understanding: Level | None = None
    history: Text | None = None


class TieDefaults(Part):
    """Trust of pairs that have no tie of their own in the file."""

    same_sector: TrustLevel | None = None


class Matter(Part):
    """A thing left unsaid between two partners.  Words never have effects."""

    id: Id
    between: PairOfIds
    axis: Id
    weight: Level = 0.5
    said_instead: Text
    left_unsaid: Text
    when_raised: Text
    erupts_as: Text
    known_to: tuple[Id, ...] = ()


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
    """Something that befalls the table.  ``default`` is the choice when nobody chooses."""

    id: Id
    title: Text
    when: When
    repeats: Flag = False
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
