"""The parts of a scenario that say where it plays, when, and who sits at the table."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

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
    Texts,
    TrustLevel,
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


class ResidentPieces(Part):
    """Sentences that the resident's month is put together from, beside the general ones.

    Gaps: ``{times}`` and ``{people}`` in ``again``, ``{days}`` in ``waited``, ``{mornings}``
    in ``missed``; each with a capital begins a sentence.
    """

    once: tuple[Text, ...] = ()  # the story told once
    again: tuple[Text, ...] = ()  # told more often
    soon: tuple[Text, ...] = ()  # went home at once
    waited: tuple[Text, ...] = ()  # waited to go home
    every: tuple[Text, ...] = ()  # somebody came every morning
    missed: tuple[Text, ...] = ()  # on some mornings nobody came


class Resident(Part):
    """The one resident for whom things are counted."""

    name: Text
    who: Text
    pronoun: Literal["she", "he", "they"] = "they"
    counted: tuple[Name, ...] = ()
    months: ResidentMonths
    pieces: ResidentPieces = ResidentPieces()


class Promise(Part):
    """What the group may promise; kept when ``when`` holds at the end.

    ``measure`` is the published figure it is about, shown first while it is played.
    """

    id: Id
    title: Text
    when: Condition
    measure: Name | None = None


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


class Known(Part):
    """What play itself answers: something is said, there is a row, or something still stands."""

    when: Literal["said", "row", "stands"]
    by: Month
    thought: Text  # "thought it would come out before Christmas"
    yes: Text
    no: Text


class HandsUp(Part):
    """One question to the room, at a turn; where play answers it, the count comes back."""

    turn: Turn
    question: Text
    answer: Known | None = None


PlayStep = Literal[
    "board", "diary", "drawer", "aim", "replies", "hands_up", "months", "card", "news", "surfacing",
    "confidence", "beats", "car_park", "ending", "later",
]  # fmt: skip
"""The steps of a turn as a file names them, in their order."""


class Hint(Part):
    """One or two sentences for newcomers at a step of a turn; without ``turn``, of any turn."""

    step: PlayStep
    text: Text
    turn: Turn | None = None


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
    """What ``from_`` thinks of ``to``; ``back`` is the other way, and defaults to ``trust``.

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
    """A thing left unsaid between two partners.  Words never have effects.

    The first of the two says the nicer thing.  ``scenes`` is what happens when it is
    raised: the first time, the second, and so on; a file may give one text for the list.
    """

    id: Id
    between: PairOfIds
    axis: Id
    weight: Level = 0.5
    said_instead: Text
    left_unsaid: Text
    scenes: Annotated[Texts, Field(alias="when_raised", min_length=1, max_length=4)]
    erupts_as: Text
    known_to: tuple[Id, ...] = ()

    @property
    def when_raised(self) -> str:
        """What happens when it is raised for the first time."""
        return self.scenes[0]
