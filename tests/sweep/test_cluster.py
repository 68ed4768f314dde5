"""A sweep on a cluster: a real scheduler, real worker processes, and what can happen to them."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster
from sweep.quick import Quick, plan

from sim.errors import UserError
from sim.sweep import cluster
from sim.sweep.playing import Player
from sim.sweep.runner import run_sweep
from sim.sweep.store import read_results
from sim.sweep.worker import Bring

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def running() -> Iterator[Any]:
    """A scheduler, and two worker processes of one thread; one that dies is replaced."""
    with cluster._started(2) as here:
        yield here


def pids(running: Any) -> list[int]:
    return [nanny.pid for nanny in running.workers.values() if nanny.pid]


def test_a_worker_killed_half_way_costs_nothing(running: Any, tmp_path: Path) -> None:
    folder = tmp_path / "r"

    def kill() -> None:
        end = time.monotonic() + 60
        while len(list(folder.glob("chunks/*.parquet"))) < 6 and time.monotonic() < end:
            time.sleep(0.005)
        killed.append(pids(running)[0])
        os.kill(killed[0], signal.SIGKILL)

    killed: list[int] = []
    killer = threading.Thread(target=kill)
    killer.start()
    summary = run_sweep(
        plan(), folder, play=Quick(seconds=0.02), chunk=2, cluster=running.scheduler_address
    )
    killer.join()
    assert killed
    assert (summary.lived, summary.failed) == (40, 0)
    assert read_results(folder).collect().equals(Player(plan(), Quick()).table(0, 40))


def refused(folder: Path, address: str, **more: Any) -> UserError:
    with pytest.raises(UserError) as error:
        run_sweep(plan(), folder, play=Quick(), chunk=2, cluster=address, **more)
    assert error.value.hint
    return error.value


def test_workers_with_other_rules_are_found_out(
    running: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.sweep.worker.rules_hash", lambda: "cafe")
    said = str(refused(tmp_path / "r", running.scheduler_address))
    assert "the sweep is of 0.1.0 with cafe" in said
    assert "Install the same version on every machine" in said


def test_a_chunk_that_kills_whoever_plays_it_is_given_up(running: Any, tmp_path: Path) -> None:
    """Its neighbours, which died with it, are played."""
    folder = tmp_path / "r"
    made = plan(luck="independent")
    running.scheduler.allowed_failures = 0  # each death takes a second
    poison = made.luck(11)
    summary = run_sweep(
        made, folder, play=Quick(kills=(poison,)), chunk=2, cluster=running.scheduler_address
    )
    assert summary.failed == 2
    assert [why.startswith("The workers that lived it died (") for why in summary.reasons] == [True]
    found = read_results(folder).collect()
    good = found.filter(found["failed"].is_null())
    assert set(found["run"]) - set(good["run"]) == {10, 11}
    expected = Player(made, Quick()).table(0, 40)
    assert good.equals(expected.filter(~expected["run"].is_in([10, 11])))


def test_a_plan_is_carried_without_what_was_made_of_it() -> None:
    bring = Bring(plan(), Quick())
    assert bring.player.plan is bring.plan
    assert bring.__getstate__()["_player"] is None


def test_ctrl_c_is_for_us_and_not_for_the_workers_that_we_started() -> None:
    """It reaches every process of a terminal, and a worker would die with a long complaint."""
    before = signal.getsignal(signal.SIGINT)
    try:
        Bring(plan(), Quick()).setup(None)
        assert signal.getsignal(signal.SIGINT) is before  # somebody else's worker is left alone
        Bring(plan(), Quick(), ours=True).setup(None)
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


# --- nobody there -------------------------------------------------------------------------


def nowhere() -> str:
    """An address at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{free.getsockname()[1]}"


@pytest.mark.parametrize("address", ["", "no address at all"])
def test_where_nobody_answers_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    address = address or nowhere()
    monkeypatch.setattr(cluster, "ANSWER", 0.5)
    said = str(refused(tmp_path / "r", address))
    assert f"No scheduler answers at {address}" in said
    assert "dask scheduler" in said
    # nothing is lost: the same folder is good for a sweep without one
    assert run_sweep(plan(), tmp_path / "r", play=Quick()).lived == 40


def test_a_scheduler_without_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 1.0)
    with LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=50) as empty:
        said = str(refused(tmp_path / "r", empty.scheduler_address))
    assert "has no workers" in said
    assert "dask worker" in said


def test_without_the_package_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "pip install left-unsaid[cluster]" in str(refused(tmp_path / "r", "local"))


class Gone:
    """A client whose scheduler, or whose last worker, has gone."""

    def __init__(self, threads: dict[str, int] | None) -> None:
        self.threads: dict[str, int] | None = {"a": 2}
        self.later = threads

    def get_executor(self, **_: Any) -> None:
        return None

    def nthreads(self) -> dict[str, int]:
        if self.threads is None:
            raise OSError("Timed out during handshake")
        return self.threads


@pytest.mark.parametrize(
    ("threads", "why"), [(None, "Timed out during handshake"), ({}, "no worker is left")]
)
def test_a_cluster_that_goes_away(threads: dict[str, int] | None, why: str) -> None:
    client = Gone(threads)
    crew = cluster.Workers(client, "plan", "tcp://there:8786", patience=0.0)
    assert crew.workers == 2
    client.threads = client.later
    with pytest.raises(UserError, match=why) as error:
        crew.look()
    assert "give the same command again" in error.value.hint
