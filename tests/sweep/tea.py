"""A small study that is right in every way, and the folder that it stands in."""

from __future__ import annotations

import shutil
from pathlib import Path

ELMHAM = Path(__file__).parents[1] / "scenario" / "elmham.yaml"
MINE = """\
playbook: mine
names: [Tea first]
idea: Tea.
rules:
  - {move: coffee, to: lowest_trust_pair, times: 2}
"""
STUDY = """\
question: Does tea help?
study: tea
scenarios: [elmham.yaml]
strategies: [do-nothing, mine.yaml, "repeat:walk"]
families: {draws: 3, of: [systems, traditional], seed: 2}
theories: [none, silence_is_harmless, [symmetric_trust, mandate-suffices]]
vary:
  trust_gain: {low: 0.02, high: 0.06}
  place.backing: {low: low, high: 0.9}
  place.kind: [tame, wicked]
  partners.hospital.avoidance: [0.2, high]
  moves.coffee.cost: [0, 5]
  partners.home-care.at_table: [true, false]
design: {kind: latin-hypercube, points: 8, seed: 3}
replications: 4
seed: 1
measures: [trust, staff_joint_working]
months: [3, 6]
compare_with: do-nothing
"""
VARY = STUDY[STUDY.index("vary:") : STUDY.index("design:")]
DESIGN = "design: {kind: latin-hypercube, points: 8, seed: 3}"
MORRIS = "design: {kind: morris, trajectories: 4}"
ONLY = "vary:\n  trust_gain: {low: 0.02, high: 0.06}\n"


def folder_at(path: Path) -> Path:
    """Put everything that the study names into a folder."""
    shutil.copy(ELMHAM, path / "elmham.yaml")
    (path / "mine.yaml").write_text(MINE, encoding="utf-8")
    return path


def written(folder: Path, text: str) -> Path:
    """The study's file, with this text."""
    path = folder / "study.yaml"
    path.write_text(text, encoding="utf-8")
    return path
