"""A sweep on a cluster: a real scheduler, real worker processes, and what can happen to them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster
from sweep.quick import Quick, plan

from sim.errors import UserError
from sim.sweep import cluster
from sim.sweep.chunks import Chunk
from sim.sweep.playing import Player, Rules
from sim.sweep.progress import Quiet
from sim.sweep.runner import run_sweep
from sim.sweep.store import read_results
from sim.sweep.worker import Bring, play_chunk

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
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    heard = Heard()
    with LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=50) as empty:
        said = str(refused(tmp_path / "r", empty.scheduler_address, progress=heard))
    assert "has no workers" in said
    assert "dask worker" in said
    assert heard.notes == ["Waiting for workers …"]


class Heard(Quiet):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, sentence: str) -> None:
        self.notes.append(sentence)


def test_a_file_that_no_scheduler_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    heard = Heard()
    said = str(refused(tmp_path / "r", str(tmp_path / "sched.json"), progress=heard))
    assert "No scheduler answers at" in said
    assert "--scheduler-file FILE.json" in said
    assert heard.notes == [f"Waiting for the scheduler to write {tmp_path / 'sched.json'} …"]


def test_a_scheduler_that_dies_half_way_is_said_and_its_file_is_read(tmp_path: Path) -> None:
    """In processes of their own, as on SLURM: the sweep is there before either of them."""
    file, folder = tmp_path / "sched.json", tmp_path / "r"
    file.write_text('{"address": "')  # an older one's, torn
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}

    def started(what: str, *more: str) -> subprocess.Popen[bytes]:
        words = ["-m", f"distributed.cli.dask_{what}", "--scheduler-file", str(file), *more]
        return subprocess.Popen([sys.executable, *words], env=env, stderr=subprocess.DEVNULL)

    scheduler = started("scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard")
    worker = started("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard")

    def kill() -> None:
        end = time.monotonic() + 60
        while len(list(folder.glob("chunks/*.parquet"))) < 3 and time.monotonic() < end:
            time.sleep(0.005)
        scheduler.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with pytest.raises(UserError, match=r"The cluster at .* is gone") as error:
            run_sweep(plan(), folder, play=Quick(seconds=0.05), chunk=2, cluster=str(file))
    finally:
        killer.join()
        for process in (worker, scheduler):
            process.kill()
            process.wait()
    assert "Nothing is lost" in error.value.hint
    assert "give the same command again" in error.value.hint
    assert 0 < run_sweep(plan(), folder, play=Quick()).lived <= 34


class Lacking(Quick):
    """Rules for which something is not installed."""

    def __call__(self, *args: Any, **more: Any) -> Any:
        raise ModuleNotFoundError("No module named 'numba'")


def test_a_worker_that_lacks_a_package_makes_no_failed_rows(running: Any, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No module named 'numba'") as error:
        run_sweep(
            plan(), tmp_path / "r", play=Lacking(), chunk=2, cluster=running.scheduler_address
        )
    assert "Install left-unsaid" in error.value.hint
    assert not list((tmp_path / "r" / "chunks").glob("*.parquet"))


def test_a_worker_that_was_not_handed_the_plan_says_so(running: Any) -> None:
    with running.get_client() as client, pytest.raises(UserError, match="could not take") as error:
        client.submit(play_chunk, "another plan", Chunk(0, 1, 0, 1), pure=False).result()
    assert "Install left-unsaid" in error.value.hint


def test_a_plan_has_another_name_each_time_and_is_taken_back(running: Any, tmp_path: Path) -> None:
    assert Bring(plan(), Quick()).name != Bring(plan(), Quick()).name
    run_sweep(plan(), tmp_path / "r", play=Quick(), cluster=running.scheduler_address)
    assert not [name for name in running.scheduler.worker_plugins if "left-unsaid" in name]


@pytest.mark.compiled
def test_the_rules_themselves_come_to_the_same_in_processes_one_of_which_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, usual, killed = tmp_path / "r", cluster._started, []

    @contextmanager
    def started(workers: int) -> Iterator[Any]:
        with usual(workers) as here:
            mine = pids(here)

            def kill() -> None:
                end = time.monotonic() + 60
                while len(list(folder.glob("chunks/*.parquet"))) < 8 and time.monotonic() < end:
                    time.sleep(0.001)
                killed.append(mine[0])
                os.kill(mine[0], signal.SIGKILL)

            killer = threading.Thread(target=kill)
            killer.start()
            yield here
            killer.join()

    monkeypatch.setattr(cluster, "_started", started)
    made = plan(replications=50)
    summary = run_sweep(made, folder, play=Rules(), chunk=10, cluster="local", workers=2)
    assert killed
    assert (summary.lived, summary.failed) == (made.runs, 0)
    run_sweep(made, tmp_path / "threads", play=Rules(), workers=2)
    in_threads = read_results(tmp_path / "threads").collect()
    assert read_results(folder).collect().equals(in_threads)


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
