"""From arrays of what can be seen to an :class:`~sim.observation.Observation` with its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

from sim.fields import AGE as PROJECT_AGE
from sim.fields import (
    CONFIDENCE_STATES,
    EMPTY,
    FORM_LEAD,
    GOVERNANCE_FORMS,
    HORIZON,
    KIND,
    LEVEL_WORDS,
    M_ADMISSIONS,
    MEASURES,
    MONTH,
    PROJECT_KINDS,
    PROJECT_SLOTS,
    PROJECT_STAGES,
    STAGE,
    STALLED,
    TENSION,
    TRUST,
    TRUST_WORDS,
)
from sim.legality import Table, hand_and_drawer, look
from sim.moves import Move
from sim.observation import MatterSeen, Observation, PartnerSeen, ProjectSeen, TieSeen
from sim.prose.plain import plain_words
from sim.rules.outcomes import season_of
from sim.rules.seen import (
    HIDDEN,
    L_BACKING,
    L_FACILITATOR,
    L_FORM,
    L_LEAD,
    L_NARRATIVE,
    L_TURN,
    L_TURN_MONTHS,
    MEASURE_LAG,
    P_CONTACT,
    P_CREDIBILITY,
    P_LEAVING,
    P_MERGED,
    P_NEW_LEADER,
    P_REORGANISING,
    P_SLACK,
    P_TABLE,
    Q_CHANGE,
    Q_DANCING,
    Q_DEPENDS,
    Q_DISPUTE,
    Q_JOINT,
    Q_SURFACED,
    Q_TOKENS,
    Q_TRUST,
    SEEN_CONFIDED,
    X_CONFIDENCE,
    X_FIRST,
    X_KNOWN,
    X_LIVE,
    X_SECOND,
    X_TOLD_BY,
    Seen,
)
from sim.scenario import Scenario
from sim.state import State, for_rules
from sim.words import _
from sim.world import W_TREND, Names, World

KNOWN_AS: Final = ("", "avoided", "confided", "surfaced", "worked_through", "erupted")


def _level(value: float) -> int:
    """Band 0..4 of a level that stands as the number of its word."""
    return list(LEVEL_WORDS.values()).index(float(value))


def _trust(value: float) -> int | None:
    return None if value < 0.0 else list(TRUST_WORDS.values()).index(float(value))


def observe(
    scenario: Scenario,
    world: World,
    names: Names,
    state: State,
    *,
    visibility: str = "felt",
    queue: Sequence[Move] = (),
    promise: str = "",
    replies: Mapping[str, str] | None = None,
) -> Observation:
    """What the group can see now, the diary holding ``queue``.

    ``visibility`` is full, felt or fog; ``promise`` the title of the promise made;
    ``replies`` each partner's last reply by id.
    """
    seen = look(world, names, state, visibility)
    table = Table(world, names, seen)
    hand, drawer = hand_and_drawer(table, queue)
    places, money, _drawn = table.left(queue)
    matters = _matters(scenario, names, seen)
    turn = int(seen.place[L_TURN])
    acts = [act.title for act in scenario.time.acts if act.from_turn <= turn]
    series = _series(state, visibility)
    form = int(seen.place[L_FORM])
    governance = GOVERNANCE_FORMS[form]
    if form == FORM_LEAD:
        governance = f"lead:{names.partners[int(seen.place[L_LEAD])]}"
    return Observation(
        scenario=scenario.id,
        title=scenario.scenario.title,
        month=int(state.place[MONTH]),
        turn=turn,
        turns=len(scenario.time.turns),
        turn_months=int(seen.place[L_TURN_MONTHS]),
        act=acts[-1] if acts else "",
        visibility=visibility,
        partners=_partners(scenario, names, seen, replies or {}),
        ties=_ties(names, seen, state, visibility),
        matters=matters,
        projects=_projects(names, state),
        live=next((matter for matter in matters if matter.live), None),
        measures={name: values[-1] for name, values in series.items()},
        series=series,
        no_moves=_no_moves(world, int(state.place[MONTH])),
        backing=int(seen.place[L_BACKING]),
        places=round(places),
        money=money,
        hand=hand,
        drawer=drawer,
        narrative=_level(seen.place[L_NARRATIVE]),
        governance=governance,
        facilitator=bool(seen.place[L_FACILITATOR] > 0.5),
        promise=promise,
        standing=tuple(m for m, on in zip(names.moves, seen.standing, strict=True) if on > 0.5),
        table=table,
    )


def _partners(
    scenario: Scenario, names: Names, seen: Seen, replies: Mapping[str, str]
) -> tuple[PartnerSeen, ...]:
    found = []
    for part in scenario.partners:
        see = seen.partner[:, names.partner_row[part.id]]
        merged = int(see[P_MERGED])
        found.append(
            PartnerSeen(
                id=part.id,
                name=part.name,
                sector=part.sector,
                icon=part.icon,
                at_table=bool(see[P_TABLE] > 0.5),
                stretch=_level(see[P_SLACK]),
                contact=_level(see[P_CONTACT]),
                credibility=_level(see[P_CREDIBILITY]),
                leader=part.leader.role,
                new_leader=bool(see[P_NEW_LEADER] > 0.5),
                leaving=bool(see[P_LEAVING] > 0.0),
                last_reply=replies.get(part.id, ""),
                merged_with=names.partners[merged - 1] if merged else "",
                reorganising=bool(see[P_REORGANISING] > 0.0),
            )
        )
    return tuple(found)


def _ties(names: Names, seen: Seen, state: State, visibility: str) -> tuple[TieSeen, ...]:
    found = []
    for a, b in combinations(names.seats, 2):
        i, j = names.partner_row[a], names.partner_row[b]
        if seen.partner[P_MERGED, i] > 0.0 or seen.partner[P_MERGED, j] > 0.0:
            continue
        one, two = seen.pair[:, i, j], seen.pair[:, j, i]
        change = one[Q_CHANGE] + two[Q_CHANGE]
        exact = None
        if visibility == "full":
            pair = state.pair
            exact = (
                float(pair[TRUST, i, j]), float(pair[TRUST, j, i]), float(pair[TENSION, i, j]),
            )  # fmt: skip
        found.append(
            TieSeen(
                a=a,
                b=b,
                trust_ab=_trust(one[Q_TRUST]),
                trust_ba=_trust(two[Q_TRUST]),
                change=int(change > 0) - int(change < 0),
                dancing=int(one[Q_DANCING]),
                tokens=int(one[Q_TOKENS]),
                tension_surfaced=bool(one[Q_SURFACED] > 0.5),
                dispute=bool(one[Q_DISPUTE] > 0.5),
                joint=_level(one[Q_JOINT]),
                depends=bool(one[Q_DEPENDS] > 0.5),
                exact=exact,
            )
        )
    return tuple(found)


def _matters(scenario: Scenario, names: Names, seen: Seen) -> tuple[MatterSeen, ...]:
    words = {matter.id: matter for matter in scenario.unsaid}
    order = {matter.id: place for place, matter in enumerate(scenario.unsaid)}
    plain = [m for m in names.matters if m not in words]
    found = []
    for m in sorted(names.matters, key=lambda id: (order.get(id, len(order)), id)):
        see = seen.matter[:, names.matter_row[m]]
        known = int(see[X_KNOWN])
        if known == 0:
            continue
        told = int(see[X_TOLD_BY])
        a, b = sorted(
            (names.partners[int(see[X_FIRST])], names.partners[int(see[X_SECOND])]),
            key=names.seats.index,
        )
        if m in words:
            said, unsaid = words[m].said_instead, words[m].left_unsaid
        else:
            said, unsaid = (_(way) for way in plain_words(plain.index(m)))
        if known < SEEN_CONFIDED:  # what is only avoided keeps its words
            unsaid = ""
        found.append(
            MatterSeen(
                id=m,
                a=a,
                b=b,
                said_instead=said,
                left_unsaid=unsaid,
                status=KNOWN_AS[known],
                confided_by=names.partners[told - 1] if told else "",
                confidence=CONFIDENCE_STATES[int(see[X_CONFIDENCE])],
                live=bool(see[X_LIVE] > 0.5),
            )
        )
    return tuple(found)


def _projects(names: Names, state: State) -> tuple[ProjectSeen, ...]:
    found = []
    for slot in range(PROJECT_SLOTS):
        column = state.project[:, slot]
        stage = int(column[STAGE])
        if stage == EMPTY or not 1 <= int(column[KIND]) <= len(PROJECT_KINDS):
            continue
        members = [p for p in names.seats if state.member[slot, names.partner_row[p]] > 0.5]
        found.append(
            ProjectSeen(
                slot=slot,
                kind=PROJECT_KINDS[int(column[KIND]) - 1],
                members=tuple(members),
                stage=PROJECT_STAGES[stage],
                age=int(column[PROJECT_AGE]),
                stalled=bool(column[STALLED] > 0.0),
            )
        )
    return tuple(found)


def _series(state: State, visibility: str) -> dict[str, tuple[float, ...]]:
    """Each published measure, as it was known month by month from month 0."""
    now = int(state.place[MONTH])
    found = {}
    for row, name in enumerate(MEASURES):
        lag = 0 if visibility == "full" else MEASURE_LAG[row]
        if lag != HIDDEN:
            found[name] = tuple(
                float(state.history[row, max(0, month - lag)]) for month in range(now + 1)
            )
    return found


def _no_moves(world: World, now: int) -> dict[str, tuple[float, ...]]:
    """What everybody expects of admissions if nothing is done: growth and the seasons."""
    base = float(world.base[M_ADMISSIONS])
    trend = float(world.setting[W_TREND])
    w = for_rules(world)
    return {
        "emergency_admissions": tuple(
            base * (1.0 + trend * month / 12.0) * float(season_of(w, month))
            for month in range(min(now, HORIZON) + 1)
        )
    }
