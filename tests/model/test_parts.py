"""What a measure is made of: its entries of a month sum to its change in the month."""

from __future__ import annotations

import pytest
from model.plays import is_turn, locality, open_turn, run_month

from sim.fields import (
    HOME_CARE,
    M_ADMISSIONS,
    M_CARE_HOMES,
    M_DELAYS,
    M_EXPERIENCE,
    M_REABLEMENT,
    M_SPEND,
    M_STAFF,
    M_UNMET,
    MEASURE_PARTS,
    MEASURES,
)
from sim.locality import Locality
from sim.rules.ledger import BOOKED_MEASURES, C_TREND, CAUSES, G_MEASURE

MADE_OF = {
    M_STAFF: {"trust", "understanding", "integration", "tension", "disputes"},
    M_DELAYS: {
        "admissions", "demand", "season", "capacity", "integration", "crisis", "effort",
    },
    M_ADMISSIONS: {"trend", "season", "case_finding", "integration", "effort"},
    M_CARE_HOMES: {"unmet", "integration", "effort"},
    M_REABLEMENT: {"unmet", "integration", "effort"},
    M_EXPERIENCE: {"unmet", "integration", "effort"},
    M_UNMET: {"demand", "season", "capacity", "integration", "effort"},
    M_SPEND: {"admissions", "care_homes"},
}  # fmt: skip


def booked(where: Locality, measure: int) -> dict[str, float]:
    """The month's entries of a measure, by cause."""
    sums: dict[str, float] = {}
    for row in where.rows_of_ledger:
        if (int(row[0]), int(row[1])) == (G_MEASURE, measure):
            cause = CAUSES[int(row[4])]
            assert cause not in sums, "one entry a part"
            sums[cause] = float(row[7])
    return sums


@pytest.mark.parametrize("seed", range(6))
def test_a_measures_entries_sum_to_its_month(seed: int) -> None:
    """To 1e-12 of what the measure is, for those that have a formula of their own."""
    where = locality(seed)
    named: dict[int, set[str]] = {m: set() for m in MADE_OF}
    for _ in range(48):
        if is_turn(where):
            open_turn(where, seed)
        before = where.state.measure.copy()
        run_month(where, seed)
        for m in MADE_OF:
            entries = booked(where, m)
            named[m] |= set(entries)
            change = where.state.measure[m] - before[m]
            close = 1e-12 * max(1.0, before[m])
            assert sum(entries.values()) == pytest.approx(change, abs=close, rel=0), MEASURES[m]
            whole = where.world.base[m] + where.state.part[m].sum()
            assert whole == pytest.approx(where.state.measure[m], abs=close, rel=0)
    for m, causes in MADE_OF.items():
        assert named[m] <= causes, MEASURES[m]
        assert len(named[m]) >= len(causes) - 2, f"{MEASURES[m]} books {named[m]} only"


def test_measures_of_no_formula_book_nothing() -> None:
    """Means and counts are explained by the ties and events that they are made of."""
    where = locality(3)
    for _ in range(12):
        where.step()
        measures = {int(row[1]) for row in where.rows_of_ledger if int(row[0]) == G_MEASURE}
        assert measures <= set(MADE_OF)
    assert set(BOOKED_MEASURES) == {MEASURES[m] for m in MADE_OF}


def test_an_entry_is_booked_under_what_did_it() -> None:
    """Home care that goes under is capacity; nothing else of unmet need differs."""
    usual, closed = locality(4), locality(4)
    for where in (usual, closed):
        where.step()
    closed.state.place[HOME_CARE] *= 0.8
    usual.step()
    closed.step()
    there, here = booked(closed, M_UNMET), booked(usual, M_UNMET)
    assert there["capacity"] > here.get("capacity", 0.0) + 0.05
    for cause in ("demand", "season", "effort"):
        assert there.get(cause, 0.0) == pytest.approx(here.get(cause, 0.0), abs=1e-12)


def test_every_part_is_a_cause() -> None:
    assert CAUSES[C_TREND : C_TREND + len(MEASURE_PARTS)] == MEASURE_PARTS
