"""The page of which assumptions matter, from ``sensitivity.json``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.facts.page_parts import Data, about, table

OUTCOME: Final = {
    "staff_joint_working@36": "staff-rated joint working, month 36", "trust@36": "trust, month 36",
    "integration@36": "integration, month 36", "emergency_admissions@60": "admissions, month 60",
}  # fmt: skip


def sensitivity_page(data: Data) -> str:
    morris, sobol = data["morris"], data["sobol"]
    parts = [
        about(
            "Which assumptions matter",
            f"All {len(data['parameters'])} parameters with a range, each over the whole of it, in "
            "*Dancing around the table*; then the dozen that matter most. Rival theories are on "
            "[a page of their own](rivals.md).",
            data,
            "sensitivity",
        ),
        "## How often the first finding survives",
        "Share of points at which *systems leadership* is better than doing nothing: with every "
        f"parameter anywhere in its range ({morris['trajectories']} trajectories, "
        f"{morris['lucks']} lucks a point), and with only the dozen varied.",
        table(
            ["", "all", "the dozen"],
            [
                [OUTCOME[o], f"{share:.1%}", f"{sobol['better'][o]:.1%}"]
                for o, share in morris["better"].items()
            ],
        ),
        "## The dozen",
        "Total Sobol’ indices with their intervals: the share of the variance between points that "
        "a parameter has a hand in. In brackets what it explains alone. The difference is that "
        "between systems leadership and doing nothing.",
    ]
    for kind, words in (("level", "Under systems leadership"), ("difference", "The difference")):
        by = sobol["indices"][kind]
        parts += [
            f"**{words}**",
            table(
                ["", *(OUTCOME[o] for o in by)],
                [[f"`{name}`", *(_index(by[o][name]) for o in by)] for name in data["dozen"]],
            ),
        ]
    parts += ["## Every parameter", _every(data)]
    return "\n\n".join(parts)


def _index(values: Sequence[float]) -> str:
    alone, _half, total, half = values
    return f"{total:.2f} ± {half:.2f} ({max(0.0, alone):.2f})"


def _every(data: Data) -> str:
    effects = data["morris"]["effects"]
    columns = [(kind, outcome) for kind in effects for outcome in effects[kind]]
    most = {p: max(effects[k][o][p][0] for k, o in columns) for p in data["parameters"]}
    quiet = sum(
        all(effects[k][o][p][0] <= effects[k][o][p][1] for k, o in columns)
        for p in data["parameters"]
    )
    rows = [
        [f"`{p}`", *(f"{effects[k][o][p][0]:.2f} ± {effects[k][o][p][1]:.2f}" for k, o in columns)]
        for p in sorted(data["parameters"], key=lambda p: (-most[p], p))
    ]
    head = ["", *(f"{OUTCOME[o]}{', difference' if k == 'difference' else ''}" for k, o in columns)]
    return (
        "Morris’s μ*: the mean size of what moving a parameter across its range does, in standard "
        f"deviations of the outcome over all points. Of {quiet} parameters no effect on any column "
        "can be told from none.\n\n" + table(head, rows)
    )
