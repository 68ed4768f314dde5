"""Conditions run compiled as they run interpreted, whatever they do with numbers."""

from __future__ import annotations

import numpy as np
import pytest
from batch.plays import place

from sim.batch import play_batch
from sim.batch.kernel import Story
from sim.expressions import compile_condition, pack
from sim.fields import TERMS
from sim.playbooks import load_strategy

pytestmark = [pytest.mark.compiled, pytest.mark.timeout(1200)]

CONDITIONS = (
    "(trust(council, hospital) - 0.1) * 3 / mean_trust + month > 37.9",
    "-tension(council, hospital) / (month - 36) == 0",  # what is divided by nought is nought
    "999999999 * 999999999 * 999999999 > 999999999",
    "avoidance(gps) / 3 + backing / 7 < 0.3",
    "not (eruptions > 2) and emergency_admissions < 8 or unmet_need >= 0.15",
    "dispute(council, hospital) > 0 or governance_form != 0",
    "true",
)


def test_conditions_compiled() -> None:
    where = place()
    rows = (TERMS, where.names.partner_row, where.names.matter_row)
    code, consts, offsets = pack([compile_condition(text, *rows) for text in CONDITIONS])
    where.story = Story(
        ending=np.array([0, 4, 5]), promise=np.arange(len(CONDITIONS)),
        code=code, consts=consts, offsets=offsets,
    )  # fmt: skip
    where.promises = CONDITIONS
    where.endings = ("one", "two", "three")
    book = where.book(load_strategy("random"))
    seen, interpreted = (
        play_batch(where, book, [where.theta()], range(6), months=[36], compiled=compiled)
        for compiled in (True, False)
    )
    assert seen.kept.tobytes() == interpreted.kept.tobytes()
    assert seen.ending.tolist() == interpreted.ending.tolist()
    assert 0 < seen.kept.sum() < seen.kept.size
