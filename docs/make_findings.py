"""Write docs/findings/*.md from the data in sim/evidence: tables and sentences, from numbers alone.

Run it whenever a producer (``python -m sim.facts.balance`` and its siblings) has written its
file.  ``--check`` writes nothing and fails when a page is out of step.  Pages of which there
is no data are left as they are.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from sim.facts import balance, calibration, diversity, record, rivals, sensitivity
from sim.facts.page_balance import balance_page
from sim.facts.page_diversity import diversity_page
from sim.facts.page_facts import facts_page, plausible_page
from sim.facts.page_parts import Data
from sim.facts.page_rivals import rivals_page
from sim.facts.page_sensitivity import sensitivity_page
from sim.facts.swept import evidence_folder, read

FOLDER = Path(__file__).parent / "findings"

PAGES: dict[str, tuple[str, Callable[[Data], str]]] = {
    "facts": (record.FILE, facts_page),
    "plausible": (calibration.JSON, plausible_page),
    "balance": (balance.FILE, balance_page),
    "rivals": (rivals.FILE, rivals_page),
    "sensitivity": (sensitivity.FILE, sensitivity_page),
    "diversity": (diversity.FILE, diversity_page),
}


def main(words: Sequence[str]) -> int:
    """Write every page of which there is data; with --check, say which are out of step."""
    stale = []
    for name, (file, page) in PAGES.items():
        if not (evidence_folder() / file).exists():
            continue
        path, text = FOLDER / f"{name}.md", page(read(file)).rstrip() + "\n"
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.name)
        if "--check" not in words:
            FOLDER.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    print("written: " if "--check" not in words else "out of step: ", ", ".join(stale) or "nothing")
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
