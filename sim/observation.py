"""What the players can see: the only thing that play, strategies and seats read.

:func:`sim.rules.observation.see` fills the arrays; :func:`sim.observing.observe` gives
them ids and names.  Equal observations must give equal pixels and equal choices, so nothing
here may carry hidden state.  Everything is frozen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sim.legality import Table

TRUST_BANDS: Final = ("broken", "wary", "civil", "good", "deep")
LEVEL_BANDS: Final = ("very low", "low", "middling", "high", "very high")


@dataclass(frozen=True)
class PartnerSeen:
    """One partner as the group sees it (bands are 0..4, words in ``LEVEL_BANDS``)."""

    id: str
    name: str
    sector: str  # council, health, voluntary, police, education, housing, business, residents
    icon: str
    at_table: bool
    stretch: int  # 0 rushed off its feet .. 4 room to breathe
    contact: int  # how well the players know it
    credibility: int  # what their word is worth there
    leader: str  # role
    new_leader: bool  # the present leader arrived in the last six months
    leaving: bool  # an announced departure
    last_reply: str  # "", "comes", "deputy", "full", "done", "on_paper", "ignored"
    merged_with: str  # id of the partner it was merged into, or ""
    reorganising: bool


@dataclass(frozen=True)
class TieSeen:
    """One unordered pair, ``a`` before ``b`` in the file's order."""

    a: str
    b: str
    trust_ab: int | None  # band 0..4 of a's trust in b; None where fog hides it
    trust_ba: int | None
    change: int  # -1, 0, +1: against what was shown at the last reveal
    dancing: int  # 0..3: how often they have been seen to avoid something
    tokens: int  # "…" under the cloth between these two: matters seen avoided, still unsaid
    tension_surfaced: bool  # something between them has been said and is not worked through
    dispute: bool
    joint: int  # band 0..4 of joint working, publicly visible
    depends: bool  # they need each other for residents
    exact: tuple[float, float, float] | None = None  # T_ab, T_ba, L with full visibility only


@dataclass(frozen=True)
class MatterSeen:
    """A matter the group knows of.  ``left_unsaid`` is "" until confided or surfaced."""

    id: str
    a: str
    b: str
    said_instead: str
    left_unsaid: str
    status: str  # "avoided", "confided", "surfaced", "worked_through", "erupted"
    confided_by: str  # id, or ""
    confidence: str  # none, held, kept, go_back, used
    live: bool = False  # lies on the table this turn


@dataclass(frozen=True)
class ProjectSeen:
    """One joint project; its slot is where its chip lies."""

    slot: int
    kind: str  # name in PROJECT_KINDS
    members: tuple[str, ...]
    stage: str  # running, delivered, embedded
    age: int
    stalled: bool


@dataclass(frozen=True)
class Card:
    """A move as it lies in the hand or the drawer."""

    move: str
    name: str
    lines: tuple[str, str]  # what it does now; the risk
    icon: str
    family: str
    places: int
    cost: int  # thousand pounds
    playable: bool
    reason: str  # in a reader's words, when not playable
    target: str  # kind of target: see sim.effects.TARGETS
    least: int  # number of targets
    most: int


@dataclass(frozen=True)
class Observation:
    """Everything the group can see at this moment."""

    scenario: str
    title: str
    month: int
    turn: int  # 1-based
    turns: int
    turn_months: int  # length of this turn
    act: str
    visibility: str  # full, felt, fog
    partners: tuple[PartnerSeen, ...]  # in the file's order: where they sit
    ties: tuple[TieSeen, ...]
    matters: tuple[MatterSeen, ...]
    projects: tuple[ProjectSeen, ...]
    live: MatterSeen | None
    measures: dict[str, float]  # as last reported
    series: dict[str, tuple[float, ...]]  # reported so far, one value a month from month 0
    no_moves: dict[str, tuple[float, ...]]  # the same, had nobody moved (common knowledge trend)
    backing: int  # candles, 0..5
    places: int  # in the diary this turn
    money: float
    hand: tuple[Card, ...]
    drawer: tuple[Card, ...]
    narrative: int  # band
    governance: str  # none, shared, lead:<id>
    facilitator: bool
    promise: str
    standing: tuple[str, ...] = field(default=())  # moves that hold a place until stopped
    # the same as arrays, for strategies (sim.playbooks); equal when the same can be seen
    table: Table | None = field(default=None, repr=False)
