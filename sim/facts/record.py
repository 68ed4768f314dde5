"""The facts as they stand, kept for the page of findings.

    python -m sim.facts.record [LUCKS]

Looks at every fact and writes ``sim/evidence/facts.json``.  The same rules give the same file.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Final

from sim.facts.fact import Finding
from sim.facts.lab import Lab
from sim.facts.suite import look
from sim.facts.swept import argument, write

FILE: Final = "facts.json"
SEEDS: Final = 200


def recorded(findings: Sequence[Finding], seeds: int) -> dict[str, Any]:
    """Findings as they are kept: six figures of every number."""
    return {"seeds": seeds, "facts": [_rounded(finding.as_dict()) for finding in findings]}


def _rounded(data: Any) -> Any:
    if isinstance(data, float):
        return float(f"{data:.6g}")
    if isinstance(data, dict):
        return {key: _rounded(value) for key, value in data.items()}
    return [_rounded(value) for value in data] if isinstance(data, list | tuple) else data


def main(arguments: Sequence[str]) -> None:
    """Look, and write."""
    seeds = argument(["", *arguments]) or SEEDS
    write(FILE, recorded(look(Lab(seeds)), seeds))


if __name__ == "__main__":
    main(sys.argv[1:])
