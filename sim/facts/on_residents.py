"""Facts about residents and agreements: 3, 4, 5 and 6, and what playing well is worth."""

from __future__ import annotations

import numpy as np

from sim.batch.decide import T_MOVES
from sim.facts.estimates import exactly, mean, quantile, share, share_of
from sim.facts.fact import MORE, Band, Check
from sim.facts.lab import Arm, Lab, against
from sim.fields import M_ADMISSIONS, M_AGREEMENT, M_STAFF, M_TRUST
from sim.playbooks import load_strategy
from sim.words import _

BUILT_IN = (
    "random", "traditional", "orders-and-penalties", "relational", "experimenter",
    "systems-leadership", "lead-agency", "let-everything-pass",
)  # fmt: skip
DRAWN = ("systems", "traditional", "mixed")
NOTHING = "do-nothing"


def pool(lab: Lab) -> tuple[str, ...]:
    """Strategies among which the best quarter is looked for: named ones, and as many by lot."""
    drawn = 20 if lab.seeds >= 150 else 8 if lab.seeds >= 40 else 3
    lots = (f"family:{family}#{k}" for family in DRAWN for k in range(1, drawn + 1))
    return (*BUILT_IN, *lots)


def best_quarter(lab: Lab, measure: int, first: int, last: int) -> tuple[str, ...]:
    """The quarter that does best on other lucks; fewest admissions, or most of anything else."""
    key = ("best quarter", measure, first, last)
    if key in lab.kept:
        return lab.kept[key]
    seeds = max(20, lab.seeds // 4)
    sign = 1.0 if measure == M_ADMISSIONS else -1.0
    score = {
        name: sign
        * float(lab.arm(name, others=True, seeds=seeds).over(measure, first, last).mean())
        for name in pool(lab)
    }
    best = sorted(score, key=lambda name: (score[name], name))[: len(score) // 4]
    lab.kept[key] = tuple(best)
    return lab.kept[key]


def _best(lab: Lab) -> list[Arm]:
    return [lab.arm(name) for name in best_quarter(lab, M_ADMISSIONS, 60, 72)]


def agreement(lab: Lab) -> list[Check]:
    """No moves: a formal agreement and something delivered, by month 24."""
    month = lab.arm(NOTHING).at(M_AGREEMENT, 24)
    return [Check(_("runs with an agreement by month 24"), Band(high=30.0), share(month > 0), "%")]


def late_and_small(lab: Lab) -> list[Check]:
    """The best quarter of strategies against doing nothing, luck by luck."""
    nothing = lab.arm(NOTHING)
    soon = np.mean([against(arm, nothing, 24, 24) for arm in _best(lab)], axis=0)
    late = [against(arm, nothing, 60, 72) for arm in _best(lab)]
    return [
        Check(_("admissions in month 24"), Band(-3.0, 3.0), mean(soon, 90), "%", 90),
        Check(_("admissions in months 60 to 72"), Band(-8.0, -3.0), mean(np.mean(late, 0)), "%"),
        Check(
            _("fifth percentile of all its runs"), Band(low=-12.0),
            quantile(np.array(late), 0.05), "%",
        ),
    ]  # fmt: skip


def slower_growth(lab: Lab) -> list[Check]:
    """Growth of admissions in five years: when nobody moves, and in good runs."""
    good = [arm.growth() for arm in _best(lab)]
    fell = np.array(good) < 0.0
    return [
        Check(_("doing nothing"), Band(10.0, 14.0), mean(lab.arm(NOTHING).growth()), "%"),
        Check(_("good runs"), Band(3.0, 9.0), mean(np.mean(good, axis=0)), "%"),
        Check(_("good runs in which admissions fell"), Band(high=20.0), share_of(fell), "%"),
    ]


def case_finding(lab: Lab) -> list[Check]:
    """With the need that is found, against the twin in which none is found, to month 24."""
    finding = lab.arm("systems-leadership")
    blind = lab.arm("systems-leadership", parameters={"case_finding_bump": 0.0})
    more = 100.0 * (
        finding.outcome.measures[:, 1:25, M_ADMISSIONS]
        / blind.outcome.measures[:, 1:25, M_ADMISSIONS]
        - 1.0
    )
    by_month = more.mean(axis=0)
    least, most = int(by_month.argmin()), int(by_month.argmax())
    return [
        Check(_("lowest month"), Band(0.0, 3.0), mean(more[:, least]), "%"),
        Check(_("highest month"), Band(0.0, 3.0), mean(more[:, most]), "%"),
        Check(_("mean of months 1 to 24 is more than nothing"), Band(low=MORE), mean(more.mean(1))),
    ]


def leverage(lab: Lab) -> list[Check]:
    """The best quarter of strategies is worth a standard deviation of luck."""
    checks = []
    for measure, month, name in (
        (M_STAFF, 12, _("staff-rated joint working in month 12, in deviations of luck")),
        (M_TRUST, 36, _("mean trust in month 36, in deviations of luck")),
    ):
        nothing = lab.arm(NOTHING).at(measure, month)
        arms = [lab.arm(name) for name in best_quarter(lab, measure, month, month)]
        gain = np.mean([arm.at(measure, month) - nothing for arm in arms], axis=0)
        checks.append(Check(name, Band(low=1.0), mean(gain / nothing.std(ddof=1))))
    return checks


def placebo(lab: Lab) -> list[Check]:
    """A move whose sizes are nought, made at every turn: no bit of any measure differs.

    Everybody comes, and coming costs no time: what is left is the move.
    """
    from sim.facts.made_up import PLACEBO, with_placebo

    place = lab.place(with_placebo(), replies=False)
    never, always = (
        lab.lived(place, load_strategy(name), lab.lucks(), parameters={"meeting_cost": 0.0})
        for name in (NOTHING, f"repeat:{PLACEBO}")
    )
    moved = np.abs(never.outcome.measures - always.outcome.measures).max()
    return [
        Check(_("largest difference in any measure, any month"), Band(0.0, 0.0), exactly(moved)),
        Check(_("placebos made in a run"), Band(low=1.0), mean(always.outcome.tally[:, T_MOVES])),
    ]
