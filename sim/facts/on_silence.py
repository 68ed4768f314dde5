"""Facts about what is left unsaid: 9 and 11, and the rows that come of it."""

from __future__ import annotations

from math import nan

import numpy as np

from sim.facts.estimates import mean, ratio, share
from sim.facts.fact import MORE, Band, Check, Seen
from sim.facts.lab import Arm, Lab
from sim.fields import (
    AT_TABLE,
    AVOIDANCE,
    DISPUTE,
    ERUPTIONS,
    M_ERUPTIONS,
    M_STAFF,
    M_TRUST,
    RAISED_BADLY,
    SLACK,
    TENSION,
)
from sim.moves import Move, orders_from
from sim.rules.replies import will_come
from sim.state import State, for_rules, view
from sim.words import _


def avoidance(lab: Lab) -> list[Check]:
    """Everybody's avoidance at .2 and at .8, where they start and where they return to."""
    found = {level: _lived_avoiding(lab, level) for level in (0.2, 0.8)}
    (open_, trusted, size, rows), (quiet, cold, sizes, more) = found[0.2], found[0.8]
    # one large row weighs as much as one small: sizes are means over rows, runs drawn again
    low = ratio(size, rows)
    high = ratio(sizes, more)
    larger = Check(_("how many times as large rows are"), Band(low=1.5), _over(high, low))
    return [
        Check(_("fewer open disputes in the first year"), Band(low=MORE), mean(open_ - quiet)),
        larger,
        Check(_("less trust in month 60"), Band(low=MORE), mean(trusted - cold)),
    ]


def _over(above: Seen, below: Seen) -> Seen:
    """One estimate over another, at the ends of both their intervals; nan where one is."""
    if not below.low > 0.0:
        return Seen(nan, nan, nan)
    return Seen(above.value / below.value, above.low / below.high, above.high / below.low)


def _lived_avoiding(
    lab: Lab, level: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Open disputes of year 1, trust in month 60, sizes of rows summed, rows: each [run]."""
    place = lab.place()

    usual = {"avoidance_mean": level}

    def touched(s: State, _run: int) -> None:
        s.partner[AVOIDANCE, :] = level

    states = lab.states(place, "do-nothing", 0, touched=touched, parameters=usual)
    shape, runs = place.names.shape, lab.seeds
    size, rows, first_year, trust = (np.zeros(runs) for _i in range(4))
    for month in range(1, 61):
        before = states
        states = lab.states(place, "do-nothing", month, since=before, parameters=usual)
        for run in range(runs):
            was, now = view(before[run], shape), view(states[run], shape)
            if now.place[ERUPTIONS] > was.place[ERUPTIONS]:
                broke = np.triu((now.pair[DISPUTE] > 0.0) & (was.pair[DISPUTE] <= 0.0))
                size[run] += was.pair[TENSION][broke].sum()
                rows[run] += broke.sum()
            if month == 12:
                first_year[run] = now.place[RAISED_BADLY] + now.place[ERUPTIONS]
    for run in range(runs):
        trust[run] = view(states[run], shape).measure[M_TRUST]
    return first_year, trust, size, rows


def silence_pays_today(lab: Lab) -> list[Check]:
    """Letting everything pass against moves by lot: replies and slack to month 6, staff at 18.

    Replies: one and the same request, to coffee, made to everybody at the table.
    """
    place = lab.place()
    seeds = min(lab.seeds, 100)
    replies, room = np.zeros((2, 6, seeds)), np.zeros((2, 6, seeds))
    for arm, strategy in enumerate(("let-everything-pass", "random")):
        for month in range(1, 7):
            for run, block in enumerate(lab.states(place, strategy, month, seeds=seeds)):
                s = view(block, place.names.shape)
                replies[arm, month - 1, run] = _willing(lab, s)
                room[arm, month - 1, run] = s.partner[SLACK].mean()
    later = lab.arm("random").at(M_STAFF, 18) - lab.arm("let-everything-pass").at(M_STAFF, 18)
    return [
        Check(
            _("silence: readiness to come, more than random, months 1 to 6"),
            Band(low=MORE), mean((replies[0] - replies[1]).mean(axis=0)),
        ),
        Check(
            _("silence: slack, more than random, months 1 to 6"),
            Band(low=MORE), mean((room[0] - room[1]).mean(axis=0)),
        ),
        Check(
            _("random: staff-rated joint working, more than silence, month 18"),
            Band(low=MORE), mean(later), "%",
        ),
    ]  # fmt: skip


def _willing(lab: Lab, s: State) -> float:
    """Mean chance that a partner at the table would come, were it asked to coffee now."""
    place = lab.place()
    theta = lab.theta(place)
    world, state = for_rules(place.world), for_rules(s)
    chances = []
    for id, row in place.names.partner_row.items():
        if s.partner[AT_TABLE, row] > 0.5:
            orders = orders_from([Move("coffee", (id,))], place.names, place.world, s)
            chances.append(will_come(world, theta, state, for_rules(orders), 0, row))
    return float(np.mean(chances))


def rows_in_time(lab: Lab) -> list[Check]:
    """Doing nothing ends in rows, but not at once; business as usual meets one in the middle."""

    def rows(strategy: str) -> Arm:
        return lab.arm(strategy)

    nothing = rows("do-nothing")
    count = nothing.at(M_ERUPTIONS, 36)
    checks = [
        Check(
            _("doing nothing: runs with two to six rows in 36 months"),
            Band(low=90.0), share((count >= 2) & (count <= 6)), "%",
        ),
        Check(
            _("doing nothing: runs without a row before month 5"),
            Band(low=90.0), share(nothing.at(M_ERUPTIONS, 4) == 0), "%",
        ),
    ]  # fmt: skip
    for strategy in ("traditional", "random"):
        arm = rows(strategy)
        between = arm.at(M_ERUPTIONS, 18) > arm.at(M_ERUPTIONS, 5)
        checks.append(
            Check(
                _("{strategy}: runs with a row between months 6 and 18").format(strategy=strategy),
                Band(low=80.0),
                share(between),
                "%",
            )
        )
    return checks
