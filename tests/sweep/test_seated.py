"""From the paper to the room: a run of a sweep as a session that the game opens."""

from __future__ import annotations

from pathlib import Path

import pytest
from sweep import quick

from sim.session import Phase, Session
from sim.sweep.again import live_again
from sim.sweep.runner import run_sweep
from sim.sweep.seated import as_session

pytestmark = [pytest.mark.compiled, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve runs that differ in a parameter, a number of the place, theory and strategy."""
    folder = tmp_path_factory.mktemp("swept")
    plan = quick.plan(
        folder,
        strategies=["relational", "orders-and-penalties"],
        theories=["none", ["symmetric_trust", "mandate_suffices"]],
        vary={"trust_gain": [0.03, 0.06], "place.backing": [0.4]},
        design={"kind": "grid"},
        replications=2,
    )
    run_sweep(plan, folder / "results")
    return folder / "results"


@pytest.mark.parametrize("number", [0, 5, 15])
def test_the_session_lived_what_the_run_lived(swept: Path, tmp_path: Path, number: int) -> None:
    again = live_again(swept, number)
    assert not again.doubts
    path = as_session(swept, again, tmp_path)
    with Session.resume(path) as session:
        assert session.phase is Phase.ENDED
        assert not session.recorded  # its decisions were replayed, under these rules
        month = len(again.run.measures) - 1
        assert session._play.engine.measures(month) == again.run.measures[month]
        assert session.name.startswith(f"Run {number} of does-it-go-on")
