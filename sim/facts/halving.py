"""Halve and double every value of the model, one at a time, and write down what it does.

    python -m sim.facts.halving [LUCKS]

Lives *systems leadership* and *do nothing* in one scenario under common lucks, with every
value as usual and with each of them halved and doubled alone, and writes
``sim/evidence/halving.json``.  The same rules give the same file.

What it cannot say: values are changed one at a time, so what two do together is not seen
(``unsaid sweep`` does that); the scenario is made up; and luck decides which of two hundred
small differences look clear.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import isfinite, log, sqrt
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import evidence
from sim.batch import Place, play_batch
from sim.compiled import rules_hash
from sim.evidence.halved import FILE, FORM
from sim.facts.swept import argument
from sim.fields import M_ADMISSIONS, MEASURES
from sim.parameters import PARAMETERS, Parameter
from sim.playbooks import load_strategy
from sim.scenario import load_scenario

SCENARIO: Final = "dancing-around-the-table"
STRATEGIES: Final = ("systems-leadership", "do-nothing")
OUTCOMES: Final = (
    ("staff_joint_working", 36),  # per cent of staff; the headline is about it
    ("trust", 36),  # 0..1
    ("eruptions", 36),  # how many so far
    ("emergency_admissions", 60),  # per cent above the start; the same month, so no season
)
MONTHS: Final = (36, 60)
LUCKS: Final = 200
THREADS: Final = 2
DIGITS: Final = 4

Runs = NDArray[np.float64]  # [luck, outcome]


class Change(NamedTuple):
    """One way to change a value; ``cut`` where its range does not allow the whole of it."""

    way: str
    value: float
    cut: bool


def changes_of(parameter: Parameter, value: float) -> tuple[Change, ...]:
    """What stands for half and double of a value.

    A number is halved and doubled, as far as its range allows.  A value on the scale of odds
    that may be of either sign is a chance when nothing helps: its odds are halved and doubled,
    since half of nought would be no test.  A switch is thrown.
    """
    if parameter.unit == "switch":
        on = value > 0.0
        return (Change("off" if on else "on", parameter.low if on else parameter.high, False),)
    if parameter.unit == "logit" and parameter.low < 0.0:
        wanted = (("halved", value - log(2.0)), ("doubled", value + log(2.0)))
    else:
        wanted = (("halved", value / 2.0), ("doubled", value * 2.0))
    found = []
    for way, new in wanted:
        held = min(max(new, parameter.low), parameter.high)
        if held != value:
            found.append(Change(way, round(held, 6), held != new))
    return tuple(found)


def paired(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> list[float]:
    """Mean difference, run by run, and its 95% interval (normal approximation)."""
    apart = ours - theirs
    mean = float(apart.mean())
    half = 1.96 * float(apart.std(ddof=1)) / sqrt(len(apart))
    return _rounded(mean, mean - half, mean + half)


def _rounded(*values: float) -> list[float]:
    assert all(map(isfinite, values)), values
    return [round(value, DIGITS) + 0.0 for value in values]  # no -0.0


def measured(lucks: int) -> dict[str, Any]:
    """Everything the file says.  Takes some minutes."""
    scenario = load_scenario(SCENARIO)
    place = Place(scenario)
    books = [place.book(load_strategy(name)) for name in STRATEGIES]
    start = float(place.world.base[M_ADMISSIONS])

    def lived(job: tuple[dict[str, float], int]) -> Runs:
        values, strategy = job
        outcome = play_batch(
            place, books[strategy], [place.theta(values)], range(1, lucks + 1), months=MONTHS
        )
        columns = [
            outcome.measures[:, MONTHS.index(month), MEASURES.index(measure)]
            for measure, month in OUTCOMES
        ]
        runs = np.stack(columns, axis=1)
        runs[:, -1] = 100.0 * (runs[:, -1] / start - 1.0)
        return runs

    usual_values = {name: getattr(place.theta(), name) for name in PARAMETERS}
    arms = [
        (name, change)
        for name, parameter in PARAMETERS.items()
        for change in changes_of(parameter, usual_values[name])
    ]
    jobs: list[tuple[dict[str, float], int]] = [({}, s) for s in range(2)]
    jobs += [({name: change.value}, s) for name, change in arms for s in range(2)]
    with ThreadPoolExecutor(THREADS) as pool:
        runs = list(_told(pool.map(lived, jobs), len(jobs)))
    usual = runs[:2]
    values: dict[str, Any] = {
        name: {"value": value, "arms": {}} for name, value in usual_values.items()
    }
    for k, (name, change) in enumerate(arms):
        ours = runs[2 + 2 * k : 4 + 2 * k]
        values[name]["arms"][change.way] = {
            "value": change.value,
            "cut": change.cut,
            "moved": [
                [paired(ours[s][:, x], usual[s][:, x]) for x in range(len(OUTCOMES))]
                for s in range(2)
            ],
            "lead": paired(ours[0][:, 0], ours[1][:, 0]),
        }
    return {
        "form": FORM,
        "rules": rules_hash(),
        "scenario": SCENARIO,
        "title": scenario.title,
        "strategies": list(STRATEGIES),
        "lucks": lucks,
        "outcomes": [list(outcome) for outcome in OUTCOMES],
        "usual": {
            name: [
                _rounded(float(column.mean()), float(column.std(ddof=1))) for column in usual[s].T
            ]
            for s, name in enumerate(STRATEGIES)
        },
        "lead": paired(usual[0][:, 0], usual[1][:, 0]),
        "values": values,
    }


def _told(runs: Iterator[Runs], count: int) -> Iterator[Runs]:
    """The runs as they come; now and then, how far it is."""
    began = time.perf_counter()
    for done, one in enumerate(runs, 1):
        if done % 50 == 0 or done == count:
            gone = time.perf_counter() - began
            print(f"{done} of {count} batches, {gone:.0f} s", file=sys.stderr, flush=True)
        yield one


def written(said: dict[str, Any]) -> str:
    """As JSON, one line a value, so that differences can be read."""
    head = {key: one for key, one in said.items() if key != "values"}
    lines = [f"{_json(key)}: {_json(head[key])}," for key in sorted(head)]
    values = [f"{_json(name)}: {_json(one)}" for name, one in sorted(said["values"].items())]
    return "{\n" + "\n".join(lines) + '\n"values": {\n' + ",\n".join(values) + "\n}}\n"


def _json(said: object) -> str:
    return json.dumps(said, sort_keys=True)


def main(arguments: Sequence[str]) -> None:
    """Measure and write."""
    said = measured(argument(["", *arguments]) or LUCKS)
    text = written(said)
    found = evidence.halved.read(text)  # nothing is kept that could not be read again
    path = Path(evidence.__file__).parent / FILE
    path.write_text(text, encoding="utf-8", newline="\n")
    turning = ", ".join(one.name for one in found.turning) or "none"
    print(f"{len(found.tested)} values, {found.lucks} lucks, into {path.name}.")
    print(f"These turn the headline round: {turning}.")


if __name__ == "__main__":
    main(sys.argv[1:])
