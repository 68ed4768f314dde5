"""Strategies, families and single moves at every place: what wins where, and what never should.

    python -m sim.facts.balance [LUCKS]

Runs the studies ``balance`` and ``one-move-over-and-over``, counts which moves fill the diary
in good play, replays families with one thing changed, and writes ``sim/evidence/balance.json``
with a verdict on each check (:mod:`sim.facts.verdicts`).  LUCKS (80) may be fewer for a look.
The same rules give the same file.

What it cannot say: how people would play.  A family's best tenth stands for them.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import numpy as np

from sim.batch import Place
from sim.facts.limits import what_limits
from sim.facts.moves_used import places_by_move
from sim.facts.swept import (
    USUAL,
    YEARS_ON,
    Floats,
    Key,
    Runs,
    argument,
    cells,
    mean_of,
    one,
    run_study,
    say,
    scenario_of,
    write,
)
from sim.facts.verdicts import NEVER, verdicts
from sim.playbooks import load_strategy
from sim.playbooks.families import FAMILIES_OF_PLAY, FAMILY
from sim.playbooks.library import REPEAT

FILE: Final = "balance.json"
STUDIES: Final = ("balance", "one-move-over-and-over")
NOTHING: Final = "do-nothing"
BEST: Final = 10
"""One in so many draws of a family stands for it."""
COUNTED_LUCKS: Final = 20
"""Lucks over which places by move are counted."""
THREADS: Final = 2


def arm_of(runs: Runs, nothing: Runs) -> dict[str, Any]:
    """One row of the table: a strategy at a place."""
    endings = {id: one(runs.endings.count(id) / len(runs)) for id in dict.fromkeys(runs.endings)}
    return {
        "share": mean_of(runs.share),
        "each": [one(value) for value in runs.kept.mean(axis=0)],
        "all": one(runs.kept.all(axis=1).mean()),
        "endings": dict(sorted(endings.items(), key=lambda found: -found[1])),
        "trust": mean_of(runs.last("trust")),
        "staff": mean_of(runs.last("staff_joint_working")),
        "integration": mean_of(runs.last("integration")),
        "admissions": mean_of(against(runs, nothing, "emergency_admissions")),
        "delays": mean_of(runs.last("delayed_transfers")),
        "rows": mean_of(runs.last("eruptions")),
        "spent": one(runs.tally["spent"].mean()),
        "places": one(runs.tally["places"].mean()),
    }


def against(runs: Runs, nothing: Runs, measure: str) -> Floats:
    """By how many per cent a measure is above that of doing nothing, five years on."""
    ours, theirs = runs.at[YEARS_ON][measure], nothing.at[YEARS_ON][measure]
    return np.asarray(100.0 * (ours / theirs - 1.0))


def together(many: Sequence[Runs]) -> Runs:
    """Several draws as one: every number the mean over draws, luck by luck; kept as shares."""
    first = many[0]
    return Runs(
        first.end,
        {
            month: {k: np.mean([runs.at[month][k] for runs in many], axis=0) for k in seen}
            for month, seen in first.at.items()
        },
        np.mean([runs.kept for runs in many], axis=0),
        {k: np.mean([runs.tally[k] for runs in many], axis=0) for k in first.tally},
        tuple(ending for runs in many for ending in runs.endings),
    )


def family_of(
    name: str, place: str, played: Mapping[Key, Runs], nothing: Runs
) -> tuple[dict[str, Any], Runs]:
    """A family's row, and its best tenth on the lucks on which it was not chosen."""
    draws = {
        strategy: runs
        for (where, _theory, strategy), runs in played.items()
        if where == place and strategy.startswith(f"{FAMILY}{name}#")
    }
    order = sorted(
        draws,
        key=lambda draw: (
            -float(draws[draw].half(0).share.mean()),
            -float(draws[draw].half(0).last("staff_joint_working").mean()),
            int(draw.rpartition("#")[2]),
        ),
    )
    best = order[: max(1, len(order) // BEST)]
    decile = together([draws[draw].half(1) for draw in best])
    every = together([runs.half(1) for runs in draws.values()])
    row = arm_of(decile, nothing.half(1))
    row["all"] = one(np.mean([draws[draw].half(1).kept.all(axis=1).mean() for draw in best]))
    return (
        {
            "family": name,
            "draws": len(order),
            "best": best,
            **row,
            "whole": mean_of(every.share),
        },
        decile,
    )


def _good_share(best: Runs, decile: Runs) -> Floats:
    """Shares kept by the better of the best playbook and the best family, on the second half."""
    told = best.half(1)
    return told.share if told.share.mean() > decile.share.mean() else decile.share


def contest(promise: int, place: str, played: Mapping[Key, Runs]) -> dict[str, Any]:
    """One promise, as a group that had chosen it would play for it.

    Of each family the tenth that kept it most often on one half of the lucks; on the other
    half, how often they keep it, and by how much more often than each other family.
    """
    kept: dict[str, Floats] = {}
    for family in FAMILIES_OF_PLAY:
        draws = [
            runs
            for (where, _theory, strategy), runs in played.items()
            if where == place and strategy.startswith(f"{FAMILY}{family}#")
        ]
        draws.sort(key=lambda runs: -float(runs.half(0).kept[:, promise].mean()))  # a stable sort
        best = draws[: max(1, len(draws) // BEST)]
        kept[family] = np.mean([runs.half(1).kept[:, promise] for runs in best], axis=0)
    return {
        "kept": {family: mean_of(values) for family, values in kept.items()},
        "apart": {f"{a} - {b}": mean_of(kept[a] - kept[b]) for a in kept for b in kept if a < b},
    }


def used(place: Place, strategies: Sequence[str]) -> dict[str, float]:
    """Share of the places in the diary by move, over strategies; the fullest first."""
    lucks = range(1, COUNTED_LUCKS + 1)
    total = sum(
        places_by_move(place, load_strategy(name), lucks).sum(axis=0) for name in strategies
    )
    shares = np.asarray(total) / max(1.0, float(np.sum(total)))
    found = dict(zip(place.names.moves, shares.tolist(), strict=True))
    return {
        move: one(share)
        for move, share in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        if share > 0.0
    }


def at_place(name: str, dealt: Mapping[Key, Runs], at_hand: Mapping[Key, Runs]) -> dict[str, Any]:
    """Everything about one place."""
    scenario = scenario_of(name)
    nothing, spare = dealt[name, USUAL, NOTHING], at_hand[name, USUAL, NOTHING]
    built_in = [s for (p, _t, s) in dealt if p == name and not s.startswith(FAMILY)]
    arms = {s: dealt[name, USUAL, s] for s in built_in}
    rows = {s: arm_of(runs, nothing) for s, runs in arms.items()}
    found = [family_of(family, name, dealt, nothing) for family in FAMILIES_OF_PLAY]
    deciles = {row["family"]: decile for row, decile in found}
    leader = max(deciles, key=lambda family: float(deciles[family].share.mean()))
    best = max((s for s in rows if s not in NEVER), key=lambda s: rows[s]["share"][0])
    repeated = {
        s.removeprefix(REPEAT): arm_of(runs, spare)
        for (p, _t, s), runs in at_hand.items()
        if p == name and s.startswith(REPEAT)
    }
    freely = {
        s: arm_of(runs, spare)
        for (p, _t, s), runs in at_hand.items()
        if p == name and not s.startswith(REPEAT)
    }
    place = Place(scenario)
    families = {row["family"]: row for row, _decile in found}
    return {
        "title": scenario.title,
        "kind": scenario.place.kind,
        "partners": len(scenario.partners),
        "months": scenario.time.months,
        "promises": {p.id: p.title for p in scenario.story.promises},
        "arms": rows,
        "families": families,
        "repeated": repeated,
        "at_hand": freely,
        "best_family": leader,
        "best_built_in": best,
        # families against each other, luck by luck
        "apart": {
            f"{a} - {b}": mean_of(deciles[a].share - deciles[b].share)
            for a in deciles
            for b in deciles
            if a < b
        },
        "behind": {
            s: mean_of(arms[s].half(1).share - _good_share(arms[best], deciles[leader]))
            for s in NEVER
        },
        "contests": {
            promise.id: contest(k, name, dealt) for k, promise in enumerate(scenario.story.promises)
        },
        "used": {
            "arms": {s: used(place, [s]) for s in built_in},
            "families": {f: used(place, row["best"]) for f, row in families.items()},
        },
        "limits": what_limits(scenario, {f: families[f]["best"] for f in families}),
    }


def measured(lucks: int | None = None) -> dict[str, Any]:
    """Everything the file says.  Takes some minutes."""
    played: list[Mapping[Key, Runs]] = []
    places: tuple[str, ...] = ()
    for study in STUDIES:
        say(f"{study} …")
        table, read = run_study(study, lucks)
        played.append(cells(table, read))
        places = read.scenarios
    with ThreadPoolExecutor(THREADS) as pool:
        say("what fills the diary, what limits …")
        found = dict(zip(places, pool.map(lambda name: at_place(name, *played), places)))
    data: dict[str, Any] = {"lucks": len(next(iter(played[0].values()))), "places": found}
    return {**data, "checks": verdicts(data)}


def main(words: Sequence[str]) -> int:
    """Write the file; say where."""
    print(write(FILE, measured(argument(words))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
