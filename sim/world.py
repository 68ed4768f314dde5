"""A scenario as arrays: everything that stays the same during a run.

:class:`World` is what the rules read; :class:`Names` is its Python side (which row is
the hospital?).  Rows are ordered by the 64-bit hash of the partner's id, never by
place in the file, so that swapping two partners in a file changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from sim.draws import hash64, key32
from sim.effects import (
    EFFECTS,
    FAMILIES,
    ROW,
    SELECTORS,
    TARGETS,
    MoveType,
    catalogue,
    move_type,
)
from sim.errors import UserError
from sim.expressions import Program, compile_condition, pack
from sim.fields import (
    GOVERNANCE_FORMS,
    HORIZON,
    MEASURES,
    PROJECT_KINDS,
    TERMS,
)
from sim.parameters import Theta, theta
from sim.scenario.schema import EffectRow, Scenario
from sim.shocks import SHOCKS, Shock
from sim.silence import silences
from sim.state import Array, IntArray, Shape, for_rules
from sim.waiting import room, spans
from sim.words import _

# traits of partners that never change: trait[FIELD, i]
TRAITS: Final = ("provider", "commissioner", "payer", "hospital", "home_care", "chief", "council")
T_PROVIDER, T_COMMISSIONER, T_PAYER, T_HOSPITAL, T_HOME_CARE, T_CHIEF, T_COUNCIL = range(
    len(TRAITS)
)

# facts of the place: setting[FIELD]
SETTINGS: Final = (
    "population", "kind", "season", "start_month", "trend", "months", "turns", "shocks",
    "hand", "replies",
)  # fmt: skip
(
    W_POPULATION, W_KIND, W_SEASON, W_START_MONTH, W_TREND, W_MONTHS, W_TURNS, W_SHOCKS, W_HAND,
    W_REPLIES,
) = range(len(SETTINGS))  # fmt: skip
TAME, WICKED, CRITICAL = range(3)
KINDS: Final = ("tame", "wicked", "critical")
SHOCKS_OFF, SHOCKS_PLAY, SHOCKS_FULL = range(3)
SHOCK_MODES: Final = ("off", "play", "full")

MOVE: Final = (
    "places", "cost", "target", "least", "most", "standing", "directing", "start", "stop",
    "family", "key", "off",
)  # fmt: skip
(
    MV_PLACES, MV_COST, MV_TARGET, MV_LEAST, MV_MOST, MV_STANDING, MV_DIRECTING, MV_START, MV_STOP,
    MV_FAMILY, MV_KEY, MV_OFF,
) = range(len(MOVE))  # fmt: skip

INJECT: Final = (
    "month", "from", "until", "repeats", "program", "start", "stop", "options", "first_option",
    "default", "key", "ahead",
)  # fmt: skip
(
    IJ_MONTH, IJ_FROM, IJ_UNTIL, IJ_REPEATS, IJ_PROGRAM, IJ_START, IJ_STOP, IJ_OPTIONS, IJ_FIRST,
    IJ_DEFAULT, IJ_KEY, IJ_AHEAD,
) = range(len(INJECT))  # fmt: skip

OPTION: Final = ("start", "stop")
OP_START, OP_STOP = range(len(OPTION))

SHOCK: Final = ("rate", "scope", "season", "start", "stop", "key", "card")
SK_RATE, SK_SCOPE, SK_SEASON, SK_START, SK_STOP, SK_KEY, SK_CARD = range(len(SHOCK))


class World(NamedTuple):
    """What stays the same: int64 keys and programs, float64 tables."""

    luck: IntArray  # [month, 2], the two halves of each month's luck
    key: IntArray  # [i], 32-bit keys of partners
    matter_key: IntArray  # [m]
    has_words: Array  # [m], 1 for matters of the file, 0 for background ones
    trait: Array  # [trait, i]
    need: Array  # [axis]
    base: Array  # [M], measures at the start
    setting: Array  # [SETTINGS]
    turn_start: Array  # [turn], first month of each turn, 1-based; one more for the end
    move: Array  # [move, column]
    effect: Array  # [row, column]
    mask: Array  # [mask, i], partners named in effect rows; value 1 + order
    inject: Array  # [inject, column]
    option: Array  # [option, column]
    shock: Array  # [shock, column]
    code: IntArray  # packed programs
    consts: Array
    offsets: IntArray


@dataclass(frozen=True)
class Names:
    """Ids behind the rows of a :class:`World`."""

    partners: tuple[str, ...]  # by row
    matters: tuple[str, ...]  # by row; background matters are "a~b"
    moves: tuple[str, ...]
    injects: tuple[str, ...]
    shocks: tuple[str, ...]
    partner_row: Mapping[str, int]
    matter_row: Mapping[str, int]
    move_row: Mapping[str, int]
    move_types: Mapping[str, MoveType]
    shock_types: Mapping[str, Shock]
    silence_rows: Mapping[str, tuple[int, int]]  # outcome -> its effect rows, start and stop
    seats: tuple[str, ...]  # partner ids in the file's order
    shape: Shape
    theta: Theta


class WorldError(UserError):
    """A scenario that cannot be built, though its file is well-formed."""


def luck_schedule(luck: int) -> IntArray:
    """The same luck for every month: int64 (HORIZON + 1, 2), the low and high halves."""
    value = luck & 0xFFFFFFFFFFFFFFFF
    return np.tile(np.array([value & 0xFFFFFFFF, value >> 32], dtype=np.int64), (HORIZON + 1, 1))


class _Rows:
    """Collects effect rows, the programs of their conditions and their masks."""

    def __init__(self, partner_row: Mapping[str, int], matter_row: Mapping[str, int]) -> None:
        self.partner_row = partner_row
        self.matter_row = matter_row
        self.rows: list[list[float]] = []
        self.masks: list[list[float]] = []
        self.programs: list[Program] = []

    def program(self, text: str | None) -> int:
        """Index of the compiled condition, -1 for none."""
        if text is None or text.strip() in ("", "true"):
            return -1
        self.programs.append(compile_condition(text, TERMS, self.partner_row, self.matter_row))
        return len(self.programs) - 1

    def add(self, rows: Sequence[Any]) -> tuple[int, int]:
        """Append effect rows; returns where they start and stop."""
        start = len(self.rows)
        for given in rows:
            row = given if isinstance(given, EffectRow) else EffectRow.model_validate(given)
            self.rows.append(self._row(row))
        return start, len(self.rows)

    def _row(self, row: EffectRow) -> list[float]:
        effect = EFFECTS[row.effect]
        who, mask = self._who(row.who)
        argument = -1.0
        if row.measure and row.measure != "chosen":
            argument = float(MEASURES.index(row.measure))
        elif row.kind:
            argument = float(1 + PROJECT_KINDS.index(row.kind))
        elif row.form and row.form != "chosen":
            argument = float(GOVERNANCE_FORMS.index(row.form))
        elif row.matter:
            argument = float(self.matter_row[row.matter])
        return [
            float(effect.code), float(who), row.size, row.chance, float(row.delay),
            float(row.months), float(self.program(row.when)), argument, float(mask),
        ]  # fmt: skip

    def _who(self, who: tuple[str, ...]) -> tuple[int, int]:
        names = tuple(SELECTORS)
        if not who:
            return names.index("at_table"), -1
        if len(who) == 1 and who[0] in SELECTORS:
            return names.index(who[0]), -1
        mask = [0.0] * len(self.partner_row)
        for order, partner in enumerate(who):
            mask[self.partner_row[partner]] = float(order + 1)
        self.masks.append(mask)
        return names.index("named"), len(self.masks) - 1


def _background(scenario: Scenario) -> list[tuple[str, str]]:
    """Dependent pairs: each has a plain matter, for plays in which the file's are not live."""
    done: set[frozenset[str]] = set()
    pairs = []
    for tie in scenario.ties:
        pair = frozenset((tie.from_, tie.to))
        if (tie.dependence or 0.0) > 0.0 and pair not in done:
            done.add(pair)
            first, second = sorted(pair, key=hash64)
            pairs.append((first, second))
    return pairs


def build_world(
    scenario: Scenario,
    *,
    luck: int,
    parameters: Mapping[str, float] | None = None,
    theories: Sequence[str] = (),
    months: int | None = None,
    shocks: str = "play",
    hand: str = "all",
    replies: bool = True,
) -> tuple[World, Names]:
    """All constant arrays of a scenario under one luck (a 64-bit integer).

    ``shocks`` is ``off``, ``play`` or ``full``; ``replies=False`` lets everybody come.
    Raises ParameterError for parameters, :class:`WorldError` for two partners whose
    ids have the same key.
    """
    th = theta({**scenario.parameters, **(parameters or {})}, (*scenario.theories, *theories))
    partners = tuple(sorted((p.id for p in scenario.partners), key=hash64))
    rows = {partner: row for row, partner in enumerate(partners)}
    if len({key32(p) for p in partners}) != len(partners):
        raise WorldError(_("Two partners' ids have the same key by chance. Rename one of them."))
    background = _background(scenario)
    matter_ids = [m.id for m in scenario.unsaid] + [f"{a}~{b}" for a, b in background]
    matter_ids.sort(key=hash64)
    matter_row = {matter: row for row, matter in enumerate(matter_ids)}
    parts = {p.id: p for p in scenario.partners}
    collect = _Rows(rows, matter_row)

    moves = _moves(scenario)
    move_table = []
    targets = tuple(TARGETS)
    for identity, move in moves.items():
        start, stop = collect.add(move.effects)
        move_table.append([
            move.places, move.cost, targets.index(move.target), move.least, move.most,
            move.standing, move.directing, start, stop, FAMILIES.index(move.family),
            key32(identity), identity in scenario.moves.off,
        ])  # fmt: skip

    injects = []
    options: list[tuple[int, int]] = []
    for inject in scenario.injects:
        start, stop = collect.add(inject.effects)
        first_option = len(options)
        for choice in inject.choices:
            options.append(collect.add(choice.effects))
        default = next((k for k, c in enumerate(inject.choices) if c.id == inject.default), 0)
        injects.append([
            inject.when.month or 0, inject.when.from_ or 1, inject.when.until or HORIZON,
            inject.repeats, collect.program(inject.when.if_), start, stop, len(inject.choices),
            first_option, default, key32(inject.id), inject.ahead,
        ])  # fmt: skip

    shock_table = []
    for name, shock in SHOCKS.items():
        start, stop = collect.add(shock.effects)
        shock_table.append([
            shock.rate, shock.scope_code, shock.season, start, stop, key32(name), shock.card,
        ])  # fmt: skip

    # last of all, so that they renumber nobody else's rows
    silence_rows = {
        outcome: collect.add(rows)
        for silence in silences().values()
        for outcome, rows in silence.outcomes.items()
    }

    pairs = len(
        {frozenset(m.between) for m in scenario.unsaid} | {frozenset(p) for p in background}
    )
    code, consts, offsets = pack(collect.programs)
    starts = np.cumsum([1, *scenario.time.turns]).astype(float)
    place = scenario.place
    trend = place.admission_trend_per_year
    setting = np.array([
        place.population, KINDS.index(place.kind), place.season, scenario.time.start_month,
        th.admission_trend_per_year if trend is None else trend,
        scenario.time.months if months is None else months, len(scenario.time.turns),
        SHOCK_MODES.index(shocks), hand == "play", replies,
    ], dtype=float)  # fmt: skip
    trait = np.array(
        [
            [
                p.provider, p.commissioner, p.payer, p.hospital, p.home_care, p.chief,
                p.sector == "council",
            ]
            for p in (parts[q] for q in partners)
        ],
        dtype=float,
    ).T.copy()  # fmt: skip
    world = World(
        luck=luck_schedule(luck),
        key=np.array([key32(p) for p in partners], dtype=np.int64),
        matter_key=np.array([key32(m) for m in matter_ids] or [0], dtype=np.int64),
        has_words=np.array([float("~" not in m) for m in matter_ids] or [0.0]),
        trait=trait,
        need=np.array(place.need, dtype=float),
        base=_base(scenario),
        setting=setting,
        turn_start=starts,
        move=np.array(move_table, dtype=float),
        effect=np.array(collect.rows or [[0.0] * len(ROW)], dtype=float),
        mask=np.array(collect.masks or [[0.0] * len(partners)], dtype=float),
        inject=np.array(injects or [[0] * len(INJECT)], dtype=float),
        option=np.array(options or [(0, 0)], dtype=float),
        shock=np.array(shock_table, dtype=float),
        code=code,
        consts=consts,
        offsets=offsets,
    )
    names = Names(
        partners=partners,
        matters=tuple(matter_ids),
        moves=tuple(moves),
        injects=tuple(i.id for i in scenario.injects),
        shocks=tuple(SHOCKS),
        partner_row=rows,
        matter_row=matter_row,
        move_row={move: row for row, move in enumerate(moves)},
        move_types=moves,
        shock_types=SHOCKS,
        silence_rows=silence_rows,
        seats=tuple(p.id for p in scenario.partners),
        shape=Shape(
            len(partners),
            len(place.axes),
            len(matter_ids),
            len(scenario.injects),
            _waiting(world, [move in scenario.moves.off for move in moves], silence_rows, pairs),
        ),
        theta=for_rules(th),
    )
    return world, names


def _waiting(
    world: World, off: Sequence[bool], silence_rows: Mapping[str, tuple[int, int]], pairs: int
) -> int:
    """Rows of effects that can wait at once in this world."""

    def of(start: float, stop: float) -> list[int]:
        return spans(world.effect, int(start), int(stop))

    moves = [of(m[MV_START], m[MV_STOP]) for m, gone in zip(world.move, off) if not gone]
    standing = [of(m[MV_START], m[MV_STOP]) for m in world.move if m[MV_STANDING] > 0.5]
    cards = []
    for card in world.inject:
        first, count = int(card[IJ_FIRST]), int(card[IJ_OPTIONS])
        options = [of(*world.option[k]) for k in range(first, first + count)]
        fullest = max(options, key=sum, default=[])
        cards.append((of(card[IJ_START], card[IJ_STOP]) + fullest, card[IJ_REPEATS] > 0.5))
    shocks = [(of(k[SK_START], k[SK_STOP]), k[SK_SEASON] > 0.5) for k in world.shock]
    silent = max(stop - start for start, stop in silence_rows.values())  # each waits a month
    return room(moves, standing, world.turn_start[:-1].tolist(), cards, shocks, silent * pairs)


def _moves(scenario: Scenario) -> dict[str, MoveType]:
    """The catalogue as this scenario has it: renamed, re-costed, with house moves."""
    from dataclasses import replace

    moves = dict(catalogue())
    for change in scenario.moves.change:
        old = moves[change.id]
        moves[change.id] = replace(
            old,
            name=change.name or old.name,
            cost=old.cost if change.cost is None else change.cost,
        )
    for house in scenario.moves.house:
        moves[house.id] = move_type(house.model_dump())
    return moves


_MEASURE_DEFAULTS: Final = {
    "staff_joint_working": 50.0,
    "delayed_transfers": 9.7,
    "emergency_admissions": 7.5,
    "care_home_admissions": 659.0,
    "reablement_at_home": 82.0,
    "resident_experience": 54.0,
    "unmet_need": 0.12,
    "spend_per_head": 62.0,
}


def _base(scenario: Scenario) -> Array:
    values = {**_MEASURE_DEFAULTS, **scenario.place.measures}
    return np.array([values.get(name, 0.0) for name in MEASURES], dtype=float)
