"""Facts about trust and candour: 1, 2 and 10, and what a move between two is worth."""

from __future__ import annotations

from functools import partial

import numpy as np

from sim.batch import Place
from sim.facts.estimates import exactly, mean, quantile
from sim.facts.fact import MORE, Band, Check
from sim.facts.lab import Lab
from sim.fields import (
    AT_TABLE,
    CANDOUR,
    DEPENDENCE,
    FACILITATOR,
    FIRST,
    HISTORY,
    M_TRUST,
    RAISED,
    SECOND,
    TRUST,
    WEIGHT,
)
from sim.moves import Move
from sim.playbooks import ScriptedTurn
from sim.rules.candour import goes_well
from sim.rules.ledger import C_ERUPTION, C_MOVE, bad_event, good_event, new_ledger
from sim.state import Array, State, for_rules, view
from sim.words import _

BREACH = 2.0
"""Strength of the bad turn of fact 2, in trust events."""


def bad_against_good(lab: Lab) -> list[Check]:
    """One event of each kind, of the same strength, at T = .5 and without history."""
    place = lab.place()
    theta = lab.theta(place)
    s = view(lab.states(place, "do-nothing", 0, seeds=1)[0], place.names.shape)
    ledger = new_ledger(s.partner.shape[1], on=False)

    def moved(bad: bool) -> float:
        s.pair[TRUST, 0, 1], s.pair[HISTORY, 0, 1] = 0.5, 0.0
        if bad:
            bad_event(theta, s, ledger, 0, 1, 1.0, theta.trust_asymmetry, C_MOVE, 0, 1)
        else:
            good_event(theta, s, ledger, 0, 1, 1.0, C_MOVE, 0, 1)
        return abs(float(s.pair[TRUST, 0, 1]) - 0.5)

    loss, gain = moved(True), moved(False)
    return [Check(_("loss over gain of trust"), Band(1.5, 4.0), exactly(loss / max(1e-12, gain)))]


def early_breach(lab: Lab) -> list[Check]:
    """A breach before month 1 and one before month 30, each against its twin thirty months on.

    Nothing comes from outside, and no leader leaves: what differs is the history that is there.
    """
    place = lab.place(shocks="off")
    theta = lab.theta(place)

    def breached(s: State, _run: int) -> None:
        ledger = new_ledger(s.partner.shape[1], on=False)
        for a, b in np.argwhere(s.pair[DEPENDENCE] > 0.0).tolist():
            bad_event(
                theta, s, ledger, a, b, BREACH, theta.trust_asymmetry, C_ERUPTION, -1, b
            )  # fmt: skip

    def lost(month: int) -> np.ndarray:
        before = lab.states(place, "do-nothing", month - 1)
        after = before.copy()
        for run, block in enumerate(after):
            breached(view(block, place.names.shape), run)
        late = month + 30
        calm, hurt = (
            lab.going_on(place, "do-nothing", states, late).at(M_TRUST, late)
            for states in (before, after)
        )
        return np.asarray(calm - hurt)

    more = lost(1) - lost(30)
    return [
        Check(
            _("trust lost through the early breach more than the late"), Band(low=MORE), mean(more)
        )
    ]


def candour_in_the_cold(lab: Lab) -> list[Check]:
    """How honest talk goes between every two who need each other, in places that were lived in.

    The odds themselves, over the pairs of all runs at months 6 to 36, nothing prepared and nobody
    holding the room: without space at a trust below .3, and with a space made for it at a trust
    above .5.  One number a luck, the mean over its pairs.
    """
    place = lab.place()
    theta = lab.theta(place)
    seeds = min(lab.seeds, 60)
    cold: list[list[float]] = [[] for _luck in range(seeds)]
    warm: list[list[float]] = [[] for _luck in range(seeds)]
    for strategy in ("do-nothing", "orders-and-penalties", "relational"):
        for month in (6, 18, 36):
            states = lab.states(place, strategy, month, seeds=seeds)
            for luck, s in enumerate(_views(place, states)):
                s.pair[CANDOUR], s.place[FACILITATOR] = 0.0, 0.0
                least = np.minimum(s.pair[TRUST], s.pair[TRUST].T)
                most = np.maximum(s.pair[TRUST], s.pair[TRUST].T)
                wanted = np.triu(s.pair[DEPENDENCE]) > 0.0
                well = partial(goes_well, theta, for_rules(s))
                cold[luck] += [1.0 - well(a, b, 0.0) for a, b in np.argwhere(wanted & (most < 0.3))]
                warm[luck] += [
                    1.0 - well(a, b, 1.0) for a, b in np.argwhere(wanted & (least > 0.5))
                ]
    return [
        Check(
            _("honest talk that costs trust, below .3 and without space"),
            Band(low=40.0),
            mean(_by_luck(cold)),
            "%",
        ),
        Check(_("the same above .5 and with space"), Band(high=20.0), mean(_by_luck(warm)), "%"),
    ]


def _by_luck(chances: list[list[float]]) -> np.ndarray:
    """The mean of each luck, per cent; nan for one that had none."""
    return np.array([100.0 * float(np.mean(one)) if one else np.nan for one in chances])


def pair_moves(lab: Lab) -> list[Check]:
    """What coffee, and a conversation that went well, add to trust that is no better than civil.

    Against the twin without the move, at the end of its month, each way of every tie that is
    needed; everybody comes, and nothing comes from outside.  A conversation went well when a
    matter of the two lost weight by it.  On one tie of twenty luck may have it otherwise: the two
    may have had a good meeting without the move.
    """
    place = lab.place(replies=False, shocks="off")
    seeds = max(6, lab.seeds // 10)
    start = _views(place, lab.states(place, "do-nothing", 0, seeds=seeds))
    without = _views(place, lab.states(place, "do-nothing", 1, seeds=seeds))
    names = place.names.partners
    seated = start[0].partner[AT_TABLE] > 0.5
    needed = np.argwhere(np.triu(start[0].pair[DEPENDENCE]) > 0.0)
    pairs = [(a, b) for a, b in needed.tolist() if seated[a] and seated[b]]
    checks = []
    for move, said in (
        ("coffee", _("what coffee adds to trust, at least, on 19 ties of 20")),
        ("honest_conversation", _("the same of a conversation that went well")),
    ):
        shifts = np.full((2 * len(pairs), seeds), np.nan)
        for row, (a, b) in enumerate(pairs):
            turn = {1: ScriptedTurn("let_it_pass", (Move(move, (names[a], names[b])),))}
            ended = _views(place, lab.states(place, "do-nothing", 1, seeds=seeds, script=turn))
            for luck, (first, calm, s) in enumerate(zip(start, without, ended, strict=True)):
                if move != "coffee" and not _eased(calm, s, a, b):
                    continue
                for way, (i, j) in enumerate(((a, b), (b, a))):
                    if first.pair[TRUST, i, j] < 0.5:
                        moved = s.pair[TRUST, i, j] - calm.pair[TRUST, i, j]
                        shifts[2 * row + way, luck] = moved
        checks.append(Check(said, Band(low=0.05), quantile(shifts, 0.05)))
    return checks


def _eased(calm: State, s: State, a: int, b: int) -> bool:
    """Whether a matter of the two was raised, and weighs less for it than without."""
    first, second = s.matter[FIRST], s.matter[SECOND]
    theirs = ((first == a) & (second == b)) | ((first == b) & (second == a))
    raised = s.matter[RAISED] > calm.matter[RAISED]
    return bool((theirs & raised & (s.matter[WEIGHT] < 0.8 * calm.matter[WEIGHT])).any())


def _views(place: Place, states: Array) -> list[State]:
    return [view(block, place.names.shape) for block in states]
