"""Why one family does well where it does: replays with one thing changed, and what limits.

The best tenth of each family is played again, as it is and with one thing changed: another
kind of problem, coordination as among eight, joint working that needs no trust, a fund twice
as large.  The change that takes most from the lead of one family over another is what that
lead hangs on.  Beside it: what held joint working back at the end of the play, pair by pair,
by the model's own account (:func:`sim.rules.joint.limiting`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.batch import Place, Tracks, play_batch, play_tracks
from sim.facts.swept import Floats, mean_of, one
from sim.fields import DEPENDENCE, MONEY, SLACK
from sim.parameters import Theta
from sim.playbooks import load_strategy
from sim.rules.joint import limiting
from sim.rules.ledger import BY_COMMITMENT, BY_DISPUTE, BY_GOVERNANCE, BY_TRUST, BY_UNDERSTANDING
from sim.scenario import Scenario
from sim.state import for_rules, view
from sim.world import CRITICAL, TAME, W_KIND, WICKED

LUCKS: Final = 40
FIRST_LUCK: Final = 10_001
"""Lucks on which nothing was chosen."""
KINDS: Final = {"tame": TAME, "wicked": WICKED, "critical": CRITICAL}
LIMITS: Final = {
    BY_TRUST: "trust", BY_COMMITMENT: "energy", BY_UNDERSTANDING: "understanding",
    BY_GOVERNANCE: "structure", BY_DISPUTE: "open dispute",
}  # fmt: skip
USUAL_PARTNERS: Final = 8
"""The number of partners at which coordination costs what its parameter says."""


def what_limits(scenario: Scenario, best: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """For each family's best draws: shares kept as it is and with one thing changed; limits."""
    variants = _variants(scenario)
    shares: dict[str, dict[str, Floats]] = {
        change: {
            family: np.mean([_share(place, theta, draw) for draw in draws], axis=0)
            for family, draws in best.items()
        }
        for change, (place, theta) in variants.items()
    }
    place, theta = variants["as it is"]
    return {
        "shares": {
            change: {family: mean_of(share) for family, share in by.items()}
            for change, by in shares.items()
        },
        "lead": {  # of traditional and of orders over systems play, luck by luck
            family: {change: mean_of(by[family] - by["systems"]) for change, by in shares.items()}
            for family in ("traditional", "orders")
        },
        "limited": {family: _limited(place, theta, draws) for family, draws in best.items()},
    }


def _variants(scenario: Scenario) -> dict[str, tuple[Place, Theta]]:
    """The place as it is, then with one thing changed at a time."""
    usual = Place(scenario)
    theta = usual.theta()
    found = {"as it is": (usual, theta)}
    for name, code in KINDS.items():
        if int(usual.world.setting[W_KIND]) == code:
            continue
        place = Place(scenario)
        place.world.setting[W_KIND] = code
        found[f"{name} problem"] = (place, theta)
    partners = len(scenario.partners)
    if partners != USUAL_PARTNERS:
        cost = theta.coordination_cost * USUAL_PARTNERS / partners
        found["coordination as among eight"] = (usual, theta._replace(coordination_cost=cost))
    found["coordination free"] = (usual, theta._replace(coordination_cost=0.0))
    found["joint working needs no trust"] = (usual, theta._replace(joint_without_trust=1.0))
    richer = Place(scenario)
    richer.start.place[MONEY] *= 2.0
    found["twice the fund"] = (richer, theta)
    return found


def _share(place: Place, theta: Theta, strategy: str) -> Floats:
    """Share of the promises kept, luck by luck."""
    lucks = range(FIRST_LUCK, FIRST_LUCK + LUCKS)
    book = place.book(load_strategy(strategy))
    return play_batch(place, book, [theta], lucks, months=[place.months]).kept.mean(axis=1)


def _limited(place: Place, theta: Theta, draws: Sequence[str]) -> dict[str, float]:
    """What held joint working back at the end, as shares of dependence; mean slack beside it."""
    weight = dict.fromkeys(LIMITS.values(), 0.0)
    slack: list[float] = []
    lucks = range(FIRST_LUCK, FIRST_LUCK + LUCKS // 4)
    for draw in draws:
        book = place.book(load_strategy(draw))
        ends = play_tracks(place, book, [theta], lucks, Tracks(keep=True), last=place.months)
        for block in ends.state:
            _add(place, theta, block, weight)
            slack.append(float(view(block, place.names.shape).partner[SLACK].mean()))
    whole = max(1e-9, sum(weight.values()))
    return {
        **{name: one(w / whole) for name, w in weight.items()},
        "slack": one(sum(slack) / len(slack)),
    }


def _add(place: Place, theta: Theta, block: NDArray[np.float64], weight: dict[str, float]) -> None:
    state = view(block, place.names.shape)
    s = for_rules(state)
    for a, b in np.argwhere(np.triu(state.pair[DEPENDENCE]) > 0.0).tolist():
        weight[LIMITS[limiting(theta, s, a, b)]] += float(state.pair[DEPENDENCE, a, b])
