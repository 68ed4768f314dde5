"""One resident's month: which of her three texts fits what is counted for her."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.observation import Observation

_NOTICED: Final = {
    "delayed_transfers": -0.2,
    "emergency_admissions": -0.04,
    "care_home_admissions": -0.03,
    "unmet_need": -0.4,
    "spend_per_head": -0.05,
    "tension": -0.2,
    "disputes_open": -1.0,
    "eruptions": -1.0,
    "staff_joint_working": 0.05,
    "trust": 0.1,
    "understanding": 0.1,
    "integration": 0.1,
    "reablement_at_home": 0.01,
    "resident_experience": 0.03,
}
"""Relative change since the start that a resident would notice, negative where less is
better.  An assumption of ours: it chooses between three texts, nothing else."""
_FELT: Final = 0.34
"""How many of the measures counted for her must have changed, on balance, for another text."""


def feeling(observation: Observation, counted: Sequence[str]) -> str:
    """Whether the resident's month was good, middling or bad, by what is counted for her.

    Each measure counts by its change since the start, as last reported, against what one
    would notice, and for no more than one: a single wild figure is not her month.
    """
    noticed = []
    for name in counted:
        series = observation.series.get(name)
        if not series or name not in observation.measures or name not in _NOTICED:
            continue
        start = series[0]
        change = (observation.measures[name] - start) / max(abs(start), 0.05)
        noticed.append(max(-1.0, min(1.0, change / _NOTICED[name])))
    if not noticed:
        return "middling"
    mean = sum(noticed) / len(noticed)
    return "good" if mean >= _FELT else "bad" if mean <= -_FELT else "middling"
