"""Every headline under every rival theory, at every place.

    python -m sim.facts.rivals [LUCKS]

Runs the study ``rivals-everywhere`` and writes ``sim/evidence/rivals.json``: for each headline,
place and theory the paired difference that it is about, with its 95% interval, and whether the
headline holds there, cannot be told, or turns round.  The same rules give the same file.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.facts.swept import (
    USUAL,
    Floats,
    Key,
    Runs,
    argument,
    cells,
    mean_of,
    run_study,
    scenario_of,
    write,
)
from sim.parameters import THEORIES

FILE: Final = "rivals.json"
STUDY: Final = "rivals-everywhere"
END: Final = 0
"""Stands for the month in which the last turn ends."""
NOTHING: Final = "do-nothing"
KEPT: Final = "promises"
"""Stands for the share of the promises that was kept."""


@dataclass(frozen=True)
class Headline:
    """A claim about two strategies: ``one`` against ``other``, a measure, a month.

    ``sign`` is which way the difference is claimed to go.  With ``within``, the claim is that
    there is none to speak of: the 90% interval of the difference, in per cent of the other,
    lies inside plus or minus ``within``.
    """

    id: str
    words: str
    one: str
    other: str
    measure: str
    month: int
    sign: int = 1
    within: float = 0.0


HEADLINES: Final = (
    Headline(
        "staff",
        "Systems leadership lifts staff-rated joint working over doing nothing.",
        "systems-leadership",
        NOTHING,
        "staff_joint_working",
        END,
    ),
    Headline(
        "trust",
        "Systems leadership lifts trust over doing nothing.",
        "systems-leadership",
        NOTHING,
        "trust",
        END,
    ),
    Headline(
        "coffee",
        "Relationships alone lift joint working over doing nothing.",
        "relational",
        NOTHING,
        "integration",
        END,
    ),
    Headline(
        "ahead",
        "Systems leadership integrates more than business as usual.",
        "systems-leadership",
        "traditional",
        "integration",
        END,
    ),
    Headline(
        "lead",
        "One in the lead integrates more than business as usual.",
        "lead-agency",
        "traditional",
        "integration",
        END,
    ),
    Headline(
        "silence",
        "Letting everything pass is behind moves by lot after 18 months.",
        "let-everything-pass",
        "random",
        "staff_joint_working",
        18,
        -1,
    ),
    Headline(
        "rows",
        "Systems leadership sees fewer rows than doing nothing.",
        "systems-leadership",
        NOTHING,
        "eruptions",
        END,
        -1,
    ),
    Headline(
        "orders",
        "Orders and penalties cost trust against doing nothing.",
        "orders-and-penalties",
        NOTHING,
        "trust",
        END,
        -1,
    ),
    Headline(
        "admissions",
        "Systems leadership slows emergency admissions after five years.",
        "systems-leadership",
        NOTHING,
        "emergency_admissions",
        60,
        -1,
    ),
    Headline(
        "late",
        "Within a year it changes admissions by less than 3%.",
        "systems-leadership",
        NOTHING,
        "emergency_admissions",
        12,
        within=3.0,
    ),
    Headline(
        "pooling",
        "Pooling budgets alone changes admissions by less than 0.5% at two years.",
        "repeat:pool_budgets",
        NOTHING,
        "emergency_admissions",
        24,
        within=0.5,
    ),
    Headline(
        "promises",
        "Systems leadership keeps more promises than business as usual.",
        "systems-leadership",
        "traditional",
        KEPT,
        END,
    ),
)
"""What the findings and the handouts say, as differences that runs can be asked for."""


def values_of(runs: Runs, headline: Headline) -> Floats:
    """What a headline is about, luck by luck."""
    if headline.measure == KEPT:
        return runs.share
    month = runs.end if headline.month == END else headline.month
    return runs.at[month][headline.measure]


def judged(headline: Headline, ours: Floats, theirs: Floats) -> dict[str, Any]:
    """The difference and what it says of the headline: holds, open or turns."""
    if headline.within:
        percent = np.asarray(100.0 * (ours / theirs - 1.0))
        mean, low, high = mean_of(percent)
        # 90% of it: two one-sided tests at 5%
        narrow = (high - low) / 2.0 * 0.84
        inside = max(abs(mean - narrow), abs(mean + narrow)) < headline.within
        outside = abs(mean) - narrow > headline.within
        verdict = "holds" if inside else "turns" if outside else "open"
        return {"apart": [mean, low, high], "verdict": verdict}
    apart = mean_of(ours - theirs)
    low, high = sorted(headline.sign * edge for edge in apart[1:])
    return {"apart": apart, "verdict": "holds" if low > 0.0 else "turns" if high < 0.0 else "open"}


def measured(lucks: int | None = None) -> dict[str, Any]:
    """Everything the file says.  Takes some minutes."""
    table, study = run_study(STUDY, lucks)
    played = cells(table, study)
    theories = (USUAL, *THEORIES)
    return {
        "lucks": study.replications,
        "theories": list(theories),
        "places": {name: scenario_of(name).title for name in study.scenarios},
        "headlines": [
            {
                "headline": headline.id,
                "words": headline.words,
                "found": {
                    place: {t: _at(played, headline, place, t) for t in theories}
                    for place in study.scenarios
                },
            }
            for headline in HEADLINES
        ],
    }


def _at(played: Mapping[Key, Runs], headline: Headline, place: str, theory: str) -> dict[str, Any]:
    ours, theirs = (played[place, theory, name] for name in (headline.one, headline.other))
    return judged(headline, values_of(ours, headline), values_of(theirs, headline))


def main(words: Sequence[str]) -> int:
    """Write the file; say where."""
    print(write(FILE, measured(argument(words))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
