"""Calibration by history matching: which sets of parameters the facts do not rule out.

    python -m sim.facts.calibration [SETS]

Facts with the role "constraint" rule sets out; the others are only looked at afterwards, over
the sets that are left.  Three waves: sets over the whole box (Sobol' points); then sets that
emulators of what was seen do not rule out, and sets near those that stood.  What is left is
written to ``scenarios/studies/plausible.csv``, where any study may use it, and what it says of
facts and headlines to ``sim/evidence/plausible.json``.  The same rules give the same files, on
any number of processes.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import resources
from math import ceil, log2
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.compiled import rules_hash
from sim.facts.fact import Check
from sim.facts.lab import Lab
from sim.facts.matching import (
    CUT,
    NAMES,
    Emulator,
    Floats,
    emulate,
    implausibility,
    may_be_plausible,
    usual,
    values_of,
)
from sim.facts.rivals import END, HEADLINES, KEPT, Headline
from sim.facts.suite import FACTS
from sim.facts.swept import argument, write
from sim.fields import MEASURES

SETS: Final = 200
"""Sets that are shipped."""
WAVES: Final = (160, 96, 96)
"""Sets that are run in each wave before it is seen what they leave; more follow in the last."""
SEEDS: Final = 20
"""Lucks an arm."""
CONSTRAINTS: Final = ("18", "3", "10", "2", "16", "4", "5", "17", "9")
"""Facts that throw sets out, the cheap ones first: a set that fails one is not run any further."""
CHECKED: Final = ("1", "6", "7", "8", "11", "13")
"""Looked at over the sets that are left; 12, 14 and 15 cost too much, or say nothing of sets."""
CSV: Final = "plausible.csv"
JSON: Final = "plausible.json"


@dataclass(frozen=True)
class Trial:
    """A set as it was run: what each fact showed; fewer facts, where it failed early."""

    shares: Floats
    checks: tuple[Check, ...]

    @property
    def worst(self) -> float:
        """Its greatest implausibility."""
        return max(implausibility(check) for check in self.checks)


def tried(shares: Floats) -> Trial:
    """Run the constraints for a set, one after another while it stands."""
    lab = Lab(SEEDS, parameters=values_of(shares), threads=1)
    checks: list[Check] = []
    for id in CONSTRAINTS:
        found = _looked(lab, [id])
        checks += found
        if max(implausibility(check) for check in found) > CUT:
            break
    return Trial(shares, tuple(checks))


def _looked(lab: Lab, ids: Iterable[str]) -> list[Check]:
    wanted = set(ids)
    return [check for fact in FACTS if fact.id in wanted for check in fact.look(lab)]


def waves(sets: int, crew: Callable[..., Any], tell: Callable[[str], None]) -> list[Trial]:
    """Throw sets out, wave by wave; those that stand, the usual one first if it does."""
    names = [c.what for c in _looked(Lab(SEEDS, parameters=values_of(usual())), CONSTRAINTS)]
    seen: list[Trial] = list(crew(tried, [usual(), *_spread(WAVES[0])]))
    standing = _standing(seen, len(names))
    tell(f"wave 1: {len(seen)} sets, {len(standing)} stand")
    wave = 1
    while wave < len(WAVES) or (len(standing) < sets and wave < 12):
        emulators = _emulators(seen, names)
        more = _proposed(emulators, standing, WAVES[min(wave, len(WAVES) - 1)], wave)
        found = list(crew(tried, more))
        seen += found
        standing += _standing(found, len(names))
        wave += 1
        tell(
            f"wave {wave}: {len(found)} sets, {len(_standing(found, len(names)))} stand, "
            f"{len(standing)} in all; emulators explain "
            + ", ".join(f"{e.explained:.2f}" for e, _band in emulators)
        )
    if len(standing) <= sets:
        return standing
    # evenly from all waves: later ones lie nearer to what stood before
    return [standing[k * len(standing) // sets] for k in range(sets)]


def _standing(trials: Iterable[Trial], whole: int) -> list[Trial]:
    return [t for t in trials if len(t.checks) == whole and t.worst <= CUT]


def _spread(count: int) -> list[Floats]:
    """Sobol' points over the unit cube of the parameters."""
    from scipy.stats import qmc

    return list(qmc.Sobol(len(NAMES), seed=1).random_base2(ceil(log2(count)))[:count])


def _emulators(
    seen: Sequence[Trial], names: Sequence[str]
) -> list[tuple[Emulator, tuple[float, float]]]:
    """One for each number, from the sets in which it was looked at."""
    found = []
    for what in names:
        at = [(t.shares, c) for t in seen for c in t.checks if c.what == what]
        numbers = np.array([check.seen.value for _shares, check in at])
        if len(at) < 60 or not numbers.std() > 0.0:
            continue
        emulator = emulate(np.array([shares for shares, _check in at]), numbers)
        if emulator.explained > 0.1:
            found.append((emulator, tuple(at[0][1].band)))
    return found  # type: ignore[return-value]


def _proposed(
    emulators: Sequence[tuple[Emulator, tuple[float, float]]],
    standing: Sequence[Trial],
    count: int,
    wave: int,
) -> list[Floats]:
    """Sets that no emulator throws out: half from all over the box, half near what stood.

    Near: between two that stand, and a step aside, wider than what lies between them.
    """
    rng = np.random.default_rng(1000 + wave)
    all_over: list[Floats] = []
    for _round in range(40):
        drawn = rng.random((20_000, len(NAMES)))
        all_over += list(drawn[may_be_plausible(emulators, drawn)])
        if len(all_over) >= count // 2:
            break
    anchors = np.array([t.shares for t in standing] or [usual()])
    near: list[Floats] = []
    for _round in range(40):
        one, other = (anchors[rng.integers(0, len(anchors), 4000)] for _k in range(2))
        mixed = np.where(rng.random(one.shape) < 0.5, one, other)
        drawn = np.clip(mixed + rng.normal(0.0, 0.15, one.shape), 0.0, 1.0)
        near += list(drawn[may_be_plausible(emulators, drawn)])
        if len(near) >= count:
            break
    half = all_over[: count // 2]
    return [*half, *near[: count - len(half)]]


def afterwards(trial: Trial) -> dict[str, Any]:
    """Everything about a set that stands: its facts, those that are only checked, headlines."""
    lab = Lab(SEEDS, parameters=values_of(trial.shares), threads=1)
    return {
        "checks": [
            (c.what, c.unit, *c.band, c.seen.value, implausibility(c))
            for c in (*trial.checks, *_looked(lab, CHECKED))
        ],
        "headlines": {headline.id: _headline(lab, headline) for headline in HEADLINES},
    }


def _headline(lab: Lab, headline: Headline) -> tuple[float, float, float]:
    """The paired difference that a headline is about, with its interval, in its own direction."""
    from sim.facts.estimates import mean

    one, other = lab.arm(headline.one), lab.arm(headline.other)
    if headline.measure == KEPT:
        a, b = (100.0 * arm.outcome.kept.mean(axis=1) for arm in (one, other))
    else:
        month = one.place.months if headline.month == END else headline.month
        a, b = (arm.at(MEASURES.index(headline.measure), month) for arm in (one, other))
    difference = a - b
    if headline.within:
        return tuple(mean(100.0 * difference / b, 90))  # type: ignore[return-value]
    return tuple(mean(headline.sign * difference))  # type: ignore[return-value]


def summary(found: Sequence[dict[str, Any]], told: Sequence[str]) -> dict[str, Any]:
    """What the sets that are left say of facts and headlines."""
    names = [row[0] for row in found[0]["checks"]]
    facts = _ids((*CONSTRAINTS, *CHECKED))
    checks = []
    for k, what in enumerate(names):
        rows = [one["checks"][k] for one in found]
        low, high = rows[0][2:4]
        values = np.array([row[4] for row in rows])
        checks.append(
            {
                "fact": facts[k],
                "what": what,
                "unit": rows[0][1],
                "expected": [None if not np.isfinite(end) else end for end in (low, high)],
                "in_band": float(np.mean([low <= value <= high for value in values])),
                "not_implausible": float(np.mean([row[5] <= CUT for row in rows])),
                "quantiles": np.quantile(values, [0.05, 0.5, 0.95]).tolist(),
            }
        )
    headlines = []
    for headline in HEADLINES:
        lines = np.array([one["headlines"][headline.id] for one in found])
        if headline.within:
            holds = (lines[:, 1] >= -headline.within) & (lines[:, 2] <= headline.within)
            turns = (lines[:, 1] > headline.within) | (lines[:, 2] < -headline.within)
        else:
            holds, turns = lines[:, 1] > 0.0, lines[:, 2] < 0.0
        headlines.append(
            {
                "id": headline.id,
                "words": headline.words,
                "holds": float(holds.mean()),
                "turns": float(turns.mean()),
                "quantiles": np.quantile(lines[:, 0], [0.05, 0.5, 0.95]).tolist(),
            }
        )
    return {
        "rules": rules_hash(),
        "sets": len(found),
        "parameters": len(NAMES),
        "seeds": SEEDS,
        "constraints": list(CONSTRAINTS),
        "checked": list(CHECKED),
        "waves": list(told),
        "checks": checks,
        "headlines": headlines,
    }


def _ids(ids: Iterable[str]) -> list[str]:
    """The fact that each check belongs to, in the order in which :func:`afterwards` looks."""
    lab = Lab(10)
    return [id for id in ids for _check in _looked(lab, [id])]


def main(arguments: Sequence[str]) -> None:
    """Calibrate, and write what is left."""
    sets = argument(["", *arguments]) or SETS
    told: list[str] = []

    def tell(line: str) -> None:
        told.append(line)
        print(line, flush=True)

    tried(usual())  # compiles once, before others would do so side by side
    with ProcessPoolExecutor(cpu_count() or 1, get_context("spawn")) as pool:

        def crew(work: Callable[..., Any], points: Sequence[Any]) -> Iterable[Any]:
            return pool.map(work, points, chunksize=4)

        standing = waves(sets, crew, tell)
        if not standing:
            sys.exit("No set of parameters stands: look at the facts by themselves.")
        found = list(crew(afterwards, standing))
    _write_sets([trial.shares for trial in standing])
    write(JSON, summary(found, told))


def _write_sets(sets: Sequence[Floats]) -> None:
    folder = Path(str(resources.files("scenarios"))) / "studies"
    with (folder / CSV).open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(NAMES)
        lines.writerows([values_of(shares)[name] for name in NAMES] for shares in sets)


if __name__ == "__main__":
    main(sys.argv[1:])
