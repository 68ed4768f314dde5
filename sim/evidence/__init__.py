"""What tests of the model found, shipped as data beside this file, and read from it.

Producers (:mod:`sim.facts`) write the data; nothing here runs the model.
"""

from __future__ import annotations

from sim.evidence.halved import Arm, Halving, Moved, Outcome, Trial, Usual, halving
from sim.evidence.reading import EvidenceError, shipped

__all__ = [
    "Arm",
    "EvidenceError",
    "Halving",
    "Moved",
    "Outcome",
    "Trial",
    "Usual",
    "halving",
    "shipped",
]
