"""The primitive effects, and the moves as rows of them.

A move, an inject, an option in an inject and a trainer's house move are all the same
thing: rows of data (effect, who, size, chance, delay, months, condition) over the
primitives listed here, applied by one rule (:mod:`sim.rules.effects`).  New moves
are data; new primitives are code.

No primitive reaches joint working or a measure.  ``effort`` is the nearest: state
that one process turns into activity, displacing other effort and fading.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

Kind = Literal["partner", "pair", "matter", "project", "place"]


@dataclass(frozen=True)
class Effect:
    """One primitive effect: its name, number, what it works on and one sentence."""

    name: str
    code: int
    kind: Kind
    argument: str  # "", "measure", "kind", "form" or "matter"
    sentence: str


_EFFECTS: Final = """
avoidance|partner||habit of leaving things unsaid, gain toward 1 (or loss, if negative)
safety|partner||felt safety to speak and to fail, gain toward 1 (or loss)
commitment|partner||energy for the shared purpose, gain toward 1 (or loss)
capability|partner||systems-leadership skill, gain toward 1 (or loss)
slack|partner||room in the diary, gain toward 1 (or loss)
contact|partner||how well the players know it, gain toward 1 (or loss)
credibility|partner||what the players' word is worth there, gain toward 1 (or loss)
power|partner||weight at the table, gain toward 1 (or loss)
deficit|partner||shortfall, thousand pounds a month
budget|partner||discretionary money, share of it gained or lost
toward_need|partner||position moves this share of the way to residents' need
toward_others|partner||position moves this share of the way to the others taking part
skill|partner||skill growth funded for so many months
join_table|partner||takes a seat at the table
handover|partner||a proper handover is arranged, should the leader leave
leader_leaves|partner||the leader's departure is announced, in so many months
warmth|partner||this turn's willingness to come
obeyed|partner||habit of waiting for orders, gain toward 1 (or loss)
reorganise|partner||months of reorganisation
meet|pair||chance of informal meetings, gain toward 1 (or loss)
good_turn|pair||good experiences of each other, in trust events
breach|pair||bad experiences of each other, in trust events
gratitude|pair||good experiences that the others have of the first, in trust events
grudge|pair||bad experiences that the others have of the first, in trust events
understanding|pair||of each other's constraints, gain toward 1 (or loss)
candour|pair||bonus for their next honest conversation
dispute|pair||months of open dispute
reset_ties|pair||trust, history and understanding partly lost
tension|matter||weight added to what the two leave unsaid
raise_matter|matter||the weightiest matter between the two is raised, with this bonus
surface|matter||a matter's words come out, nothing else
confide|matter||chance that the partner confides a matter to the players
start_project|project|kind|a joint project starts, of this ambition
boost_project|project||extra push for the members' running projects
stall_projects|project||months for which the members' running experiments stand still
narrative|place||shared public narrative, gain toward 1 (or loss)
promise|place||what has publicly been promised, gain toward 1
governance|place||strength of governance, gain toward 1 (or loss)
governance_form|place|form|none, shared, or lead by the first target
fund_open|place||budgets are pooled
fund|place||pooled fund, thousand pounds
money|place||transformation fund, thousand pounds
backing|place||patience of those above, gain toward 1 (or loss)
home_care|place||home-care capacity, share gained or lost
demand|place||residents' need, share gained or lost
facilitator|place||an outsider holds the room (1) or leaves (-1)
mandate|place||orders from above, gain toward 1
shared_framing|place||the board sees the problem alike, gain toward 1 (or loss)
gain_share|place||costs and benefits realigned, gain toward 1 (or loss)
effort|place|measure|effort on one measure, fading and displacing other effort
case|place||a business case is decided in so many months
merge|place||the first two targets are merged
crisis|place||pressure of a crisis, gain toward 1 (or loss)
winter|place||months of a severe winter
"""


def _read_effects() -> dict[str, Effect]:
    table: dict[str, Effect] = {}
    for code, line in enumerate(_EFFECTS.strip().splitlines()):
        name, kind, argument, sentence = line.split("|")
        table[name] = Effect(name, code, kind, argument, sentence)  # type: ignore[arg-type]
    return table


EFFECTS: Final[dict[str, Effect]] = _read_effects()
"""All primitive effects by name."""

(
    E_AVOIDANCE, E_SAFETY, E_COMMITMENT, E_CAPABILITY, E_SLACK, E_CONTACT, E_CREDIBILITY, E_POWER,
    E_DEFICIT, E_BUDGET, E_TOWARD_NEED, E_TOWARD_OTHERS, E_SKILL, E_JOIN, E_HANDOVER, E_LEAVES,
    E_WARMTH, E_OBEYED, E_REORGANISE, E_MEET, E_GOOD_TURN, E_BREACH, E_GRATITUDE, E_GRUDGE,
    E_UNDERSTANDING, E_CANDOUR, E_DISPUTE, E_RESET_TIES, E_TENSION, E_RAISE, E_SURFACE, E_CONFIDE,
    E_START_PROJECT, E_BOOST_PROJECT, E_STALL_PROJECTS, E_NARRATIVE, E_PROMISE, E_GOVERNANCE,
    E_GOVERNANCE_FORM, E_FUND_OPEN, E_FUND, E_MONEY, E_BACKING, E_HOME_CARE, E_DEMAND,
    E_FACILITATOR, E_MANDATE, E_SHARED_FRAMING, E_GAIN_SHARE, E_EFFORT, E_CASE, E_MERGE, E_CRISIS,
    E_WINTER,
) = range(len(EFFECTS))  # fmt: skip

# Whom an effect concerns.
SELECTORS: Final[dict[str, str]] = {
    "targets": "the partners the move is aimed at",
    "first": "the first of them",
    "second": "the second of them",
    "others": "everybody at the table but the targets",
    "all": "everybody, at the table or not",
    "at_table": "everybody at the table",
    "outside": "everybody not at the table",
    "payers": "those who pay for joint work",
    "commissioners": "those who commission services",
    "providers": "those who provide them",
    "chiefs": "those whose chief executive can be asked",
    "hospital": "the hospital",
    "home_care": "the home-care providers",
    "willing": "those at the table with energy above the middle",
    "named": "partners named in the row by their ids",
}
(
    S_TARGETS, S_FIRST, S_SECOND, S_OTHERS, S_ALL, S_AT_TABLE, S_OUTSIDE, S_PAYERS,
    S_COMMISSIONERS, S_PROVIDERS, S_CHIEFS, S_HOSPITAL, S_HOME_CARE, S_WILLING, S_NAMED,
) = range(len(SELECTORS))  # fmt: skip

# Columns of a compiled effect row.
ROW: Final = ("effect", "who", "size", "chance", "delay", "months", "program", "argument", "mask")
R_EFFECT, R_WHO, R_SIZE, R_CHANCE, R_DELAY, R_MONTHS, R_PROGRAM, R_ARGUMENT, R_MASK = range(
    len(ROW)
)

TARGETS: Final[dict[str, str]] = {
    "one": "one partner",
    "one_or_pair": "one partner, or two who should meet",
    "pair": "two partners",
    "from_to": "two partners in order: who gives, who gets",
    "some": "several partners",
    "outside": "partners who are not at the table",
    "leaving": "a partner whose leader is about to leave",
    "measure": "one thing that is measured",
    "form": "everybody; governance shared, or led by one partner",
    "everybody": "everybody at the table",
    "payers": "those who pay",
    "commissioners": "those who commission",
}
FAMILIES: Final = (
    "feeling", "perceiving", "thinking", "relating", "doing", "being", "structuring", "directing",
)  # fmt: skip


@dataclass(frozen=True)
class MoveType:
    """One move of the catalogue, or a trainer's house move."""

    id: str
    name: str
    lines: tuple[str, str]  # what it does; what it risks
    icon: str
    family: str
    basis: str
    target: str  # one of TARGETS
    least: int
    most: int
    places: int
    cost: float  # thousand pounds
    standing: bool
    directing: bool  # answered "done", "on paper" or "ignored"
    effects: tuple[dict[str, Any], ...]


def move_type(data: dict[str, Any]) -> MoveType:
    """A :class:`MoveType` from one mapping of the catalogue or of a scenario file."""
    first, second = data["lines"]
    return MoveType(
        id=data["id"],
        name=data["name"],
        lines=(first, second),
        icon=data["icon"],
        family=data["family"],
        basis=data.get("basis", "A"),
        target=data["target"],
        least=int(data.get("least", 0)),
        most=int(data.get("most", data.get("least", 0))),
        places=int(data["places"]),
        cost=float(data["cost"]),
        standing=bool(data.get("standing", False)),
        directing=bool(data.get("directing", False)),
        effects=tuple(data["effects"]),
    )


@cache
def catalogue() -> dict[str, MoveType]:
    """All moves that ship, by id, in the order of ``catalogue.yaml``."""
    from sim.yamlfile import read_text

    text = resources.files("sim").joinpath("catalogue.yaml").read_text(encoding="utf-8")
    return {data["id"]: move_type(data) for data in read_text(text).data["moves"]}
