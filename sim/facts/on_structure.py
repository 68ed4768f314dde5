"""Facts about structures: 7, 8 and 13, pooled budgets, mergers, leads and mandates."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.facts.estimates import mean
from sim.facts.fact import MORE, Band, Check
from sim.facts.lab import LAST, Arm, Lab, against
from sim.facts.made_up import MERGER, with_merger
from sim.fields import M_DELAYS, M_FAILED, M_INTEGRATION, M_STAFF, M_STARTED, M_SUCCEEDED
from sim.moves import Move
from sim.playbooks import Playbook, ScriptedTurn, load_strategy
from sim.scenario import load_scenario
from sim.words import _

LED: Final = "lead-agency"
"""The place with twelve partners."""
WINTER: Final = "winter-crisis"
"""The place where orders can do most."""


def pooling_alone(lab: Lab) -> list[Check]:
    """Budgets pooled in the first turn and nothing else, against nothing at all."""
    pooled = lab.scripted({1: _turn(Move("pool_budgets"))})
    nothing = lab.arm("do-nothing")
    return [
        *(
            Check(
                _("admissions, {months} months on").format(months=month), Band(-0.5, 0.5),
                mean(against(pooled, nothing, month, month), 90), "%", 90,
            )
            for month in (12, 24)
        ),
        Check(
            _("more joint projects begun by month 24"), Band(low=MORE),
            mean(pooled.at(M_STARTED, 24) - nothing.at(M_STARTED, 24)),
        ),
    ]  # fmt: skip


def _turn(*moves: Move) -> ScriptedTurn:
    return ScriptedTurn("let_it_pass", moves)


def merger(lab: Lab) -> list[Check]:
    """Two are merged as one of them begins a joint team with a third: when the team is through.

    The merger takes one place in the diary, so that both moves fit one turn; everybody comes.
    """
    scenario = with_merger()
    place = lab.place(scenario, replies=False)
    ids = [partner.id for partner in scenario.partners if partner.at_table]
    one, other, third = ids[0], ids[1], ids[2]
    team = Move("integrated_team", (one, third))
    nothing = load_strategy("do-nothing")
    lucks = lab.lucks()
    apart = lab.lived(place, nothing, lucks, {1: _turn(team)})
    merged = lab.lived(place, nothing, lucks, {1: _turn(team, Move(MERGER, (one, other)))})
    usual, late = _through(apart), _through(merged)
    begun = merged.at(M_STARTED, LAST) > 0
    late = np.where(late > 0, late, LAST)  # not through by then: at least so late
    both = (usual > 0) & begun
    alone = lab.scripted({1: _turn(Move("restructure", (one, other)))})
    before = lab.arm("do-nothing")
    return [
        Check(
            _("months by which the team is late"), Band(low=18.0), mean((late - usual)[both]),
        ),
        *(
            Check(
                _("admissions, months {first} to {last}").format(first=first, last=last),
                Band(-1.5, 1.5), mean(against(alone, before, first, last), 90), "%", 90,
            )
            for first, last in ((13, 24), (60, 72))
        ),
    ]  # fmt: skip


def _through(arm: Arm) -> np.ndarray:
    """The month in which the first project delivered or failed, 0 for none [run]."""
    done = arm.outcome.measures[:, :, M_SUCCEEDED] + arm.outcome.measures[:, :, M_FAILED]
    return np.where(done.any(axis=1), (done > 0).argmax(axis=1), 0)


def in_the_lead(lab: Lab) -> list[Check]:
    """Twelve partners: one in the lead or a shared board, all else alike; and what orders do.

    Orders against systems leadership in a winter crisis: with hands enough, and starved of
    home care and of room in the diary.
    """
    led, shared = (lab.played(_governed(form), LED) for form in ("lead", "shared"))
    end = led.place.months
    ample, starved = (_winter(lab, hands) for hands in (True, False))
    return [
        Check(
            _("lead over shared board, twelve partners: staff-rated joint working"),
            Band(low=-0.5), mean(led.at(M_STAFF, end) - shared.at(M_STAFF, end)), "%",
        ),
        Check(
            _("the same: joint working"),
            Band(low=-0.01), mean(led.at(M_INTEGRATION, end) - shared.at(M_INTEGRATION, end)),
        ),
        Check(
            _("orders while hands suffice: fewer delayed transfers, months 4 to 18"),
            Band(low=MORE), mean(ample), "%",
        ),
        Check(
            _("orders when starved: fewer delayed transfers, months 4 to 18"),
            Band(high=-MORE), mean(starved), "%",
        ),
    ]  # fmt: skip


def _governed(form: str) -> Playbook:
    """One playbook, under one form of governance or the other."""
    return Playbook.model_validate(
        {
            "playbook": f"governed-{form}",
            "idea": "The same moves under one in the lead, or a shared board.",
            "live": [{"choice": "say_it_here"}],
            "confidence": "go_back",
            "rules": [
                {"when": "governance < middling", "move": "governance", "to": "strongest",
                 "form": form},
                {"when": "turn == 2 and fund_open == 0", "move": "pool_budgets"},
                {"when": "turn >= 3 and running < 3", "move": "integrated_team",
                 "to": "highest_trust_pair", "every": 2},
                {"move": "coffee", "to": "lowest_trust_pair"},
                {"move": "listen", "to": "unbelieving"},
            ],
        }
    )  # fmt: skip


def _winter(lab: Lab, hands: bool) -> np.ndarray:
    """How much lower delays are under orders than under systems leadership, per cent [run]."""
    scenario = load_scenario(WINTER)
    capacity, room = (1.1, 0.1) if hands else (0.7, -0.2)
    partners = tuple(
        p.model_copy(update={"slack": min(0.9, max(0.05, p.slack + room))})
        for p in scenario.partners
    )
    scenario = scenario.model_copy(
        update={
            "place": scenario.place.model_copy(update={"home_care": capacity}),
            "partners": partners,
        }
    )
    place = lab.place(scenario)
    orders, systems = (
        lab.lived(place, load_strategy(name), lab.lucks()).over(M_DELAYS, 4, 18)
        for name in ("orders-and-penalties", "systems-leadership")
    )
    return 100.0 * (1.0 - orders / systems)
