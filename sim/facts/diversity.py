"""One place, one way of playing, many lucks: what kinds of course come of it.

    python -m sim.facts.diversity [LUCKS]

Runs the study ``many-lucks`` and writes ``sim/evidence/diversity.json``.  Each course is put
into one of four kinds by a formula on what was measured, after the courses that Ulibarri et
al. (2020) found among collaborations: some never start, some finish quickly, some hold, some
decline.  The same rules give the same file.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.facts.swept import (
    USUAL,
    Floats,
    Runs,
    argument,
    cells,
    mean_of,
    one,
    run_study,
    scenario_of,
    write,
)

FILE: Final = "diversity.json"
STUDY: Final = "many-lucks"
KINDS: Final = ("non-starter", "quick finisher", "sustainer", "decliner")
MONTHS: Final = (12, 24, 36, 60)
STARTED: Final = 0.05
"""Integration above the first month's at which a partnership has begun to work together."""
BY: Final = 24
"""The month by which it must have begun, and by which a quick finisher is at its best."""
KEPT: Final = 0.8
"""Share of the best gain that must still stand for it to count as held."""


def kinds_of(runs: Runs) -> NDArray[np.int64]:
    """Which of :data:`KINDS` each luck is: int64 [luck].

    With g(t) integration at month t over that of month 1, and best the largest g at 12, 24, 36:

    - non-starter: by month 24 no joint project has been delivered, and g(12) and g(24) < .05;
    - sustainer: of the rest, those with g(60) at least four fifths of best;
    - quick finisher: of what is left, those that were at their best by month 24;
    - decliner: the others.
    """
    gain = np.stack([gained(runs, month) for month in MONTHS])
    best, early = gain[:-1].max(axis=0), gain[:2].max(axis=0)
    started = (early >= STARTED) | (runs.at[BY]["projects_succeeded"] > 0.0)
    held = gain[-1] >= KEPT * best
    kind = np.where(early >= best, KINDS.index("quick finisher"), KINDS.index("decliner"))
    kind = np.where(held, KINDS.index("sustainer"), kind)
    return np.where(started, kind, KINDS.index("non-starter")).astype(np.int64)


def gained(runs: Runs, month: int) -> Floats:
    """Integration over that of the first month."""
    return np.asarray(runs.at[month]["integration"] - runs.at[1]["integration"])


def course_of(runs: Runs) -> dict[str, Any]:
    """Shares of the kinds, and what each looked like."""
    kind = kinds_of(runs)
    found: dict[str, Any] = {"spread": _spread(runs), "kinds": {}}
    for number, name in enumerate(KINDS):
        mine = kind == number
        row: dict[str, Any] = {"share": mean_of(mine.astype(np.float64))}
        if mine.any():
            row["gain"] = [one(gained(runs, month)[mine].mean()) for month in MONTHS]
            row["staff"] = [one(runs.at[m]["staff_joint_working"][mine].mean()) for m in MONTHS]
            row["agreed"] = one((runs.at[24]["agreement_month"][mine] > 0.0).mean())
            row["holds"] = [one(runs.at[m]["partnership_holds"][mine].mean()) for m in MONTHS]
            row["rows"] = one(runs.at[60]["eruptions"][mine].mean())
        found["kinds"][name] = row
    return found


def _spread(runs: Runs) -> dict[str, list[float]]:
    """Tenth, middle and ninth tenth of what luck alone makes of it, at the end of the play."""
    return {
        name: [one(value) for value in np.percentile(runs.last(name), [10.0, 50.0, 90.0])]
        for name in ("staff_joint_working", "trust", "integration", "eruptions")
    }


def measured(lucks: int | None = None) -> dict[str, Any]:
    """Everything the file says.  Takes a minute."""
    table, study = run_study(STUDY, lucks)
    played = cells(table, study)
    return {
        "lucks": study.replications,
        "months": list(MONTHS),
        "places": {
            place: {
                "title": scenario_of(place).title,
                "strategies": {s: course_of(played[place, USUAL, s]) for s in study.strategies},
            }
            for place in study.scenarios
        },
    }


def main(words: Sequence[str]) -> int:
    """Write the file; say where."""
    print(write(FILE, measured(argument(words))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
