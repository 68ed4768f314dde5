"""A crew on a cluster: ``dask.distributed``, started here or running elsewhere already.

No scheduler of our own: chunks of some seconds are handed to Dask, their bytes come back,
and this process writes them.  A killed worker costs the chunks it was at, which others play.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

from sim import __version__
from sim.errors import UserError
from sim.sweep.chunks import Chunk
from sim.sweep.playing import Player, reason_of
from sim.words import _

LOCAL: Final = "local"
FILE: Final = ".json"
"""How the name of a scheduler's file ends, which says where the scheduler is."""
ANSWER: Final = 10.0
"""Seconds within which a scheduler must answer at an address."""
PATIENCE: Final = 60.0
"""Seconds that one waits for a scheduler's file, for a first worker, and for another one."""
FAREWELL: Final = 5.0
"""Seconds that workers have to forget a plan that is done."""
LOOK: Final = 0.2
"""Seconds between two looks at a scheduler's file."""
RETRIES: Final = 2
ONE_THREAD: Final = {
    "NUMBA_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "POLARS_MAX_THREADS": "1",
}
"""Every process sees all cores, and would use them, if it were not told."""


class ClusterError(UserError):
    """No cluster to be had, or none any more; what is finished is kept."""


@dataclass
class Workers:
    """The workers of a cluster."""

    client: Any
    name: str
    where: str
    patience: float = PATIENCE
    _pool: Executor = field(init=False)
    _seen: float = field(init=False, default_factory=monotonic)
    _workers: int = field(init=False, default=1)

    def __post_init__(self) -> None:
        self._pool = self.client.get_executor(pure=False, retries=RETRIES)
        self.look()

    @property
    def workers(self) -> int:
        """How many chunks are played at once."""
        return self._workers

    def submit(self, chunk: Chunk) -> Future[bytes]:
        """Have a chunk played."""
        from sim.sweep.worker import play_chunk

        try:
            return self._pool.submit(play_chunk, self.name, chunk)
        except Exception as error:  # a client that has been closed, in whatever words
            raise self.told(error) from error

    def look(self) -> None:
        """Look who is there.  Raises :class:`ClusterError` when nobody has been for long."""
        try:
            threads = sum(self.client.nthreads().values())
        except Exception as error:  # whatever is thrown at those whose scheduler is gone
            raise self._gone(reason_of(error)) from error
        if threads:
            self._seen, self._workers = monotonic(), threads
        elif monotonic() - self._seen > self.patience:
            raise self._gone(_("no worker is left"))

    def is_deadly(self, error: BaseException) -> bool:
        """Whether an error says that workers died of a chunk."""
        from distributed import KilledWorker

        return isinstance(error, KilledWorker)

    def told(self, error: BaseException) -> BaseException:
        """What to say of an error: is it ours, the scheduler's end, or a worker's lack?"""
        if isinstance(error, UserError):
            return error
        lacks = _lack(error)
        if lacks is not None:
            return _unfit(self.where, reason_of(lacks))
        if isinstance(error, CancelledError | OSError) or self.client.status != "running":
            return self._gone(_("its scheduler does not answer any more"))
        return error

    def _gone(self, why: str) -> ClusterError:
        return ClusterError(
            _("The cluster at {where} is gone: {why}.").format(where=self.where, why=why),
            _("Nothing is lost: once it is back, give the same command again, and it goes on."),
        )


@contextmanager
def crew_of(
    player: Player,
    address: str,
    workers: int,
    tell: Callable[[str], None] = lambda text: None,
) -> Iterator[Workers]:
    """The workers of a scheduler, or ``local`` ones that are there as long as this lasts.

    ``address`` is the scheduler's, or the file (``….json``) that it writes it into; ``tell``
    hears what is waited for.

    Raises:
        ClusterError: nobody answers, or ``distributed`` is not installed.
    """
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise ClusterError(
            _("--cluster needs the package “distributed”, which is not installed."),
            _("Install it with: pip install left-unsaid[cluster]"),
        ) from None
    from sim.sweep.worker import Bring

    with ExitStack() as stack:
        stack.enter_context(_hushed())
        if address == LOCAL:
            where: Any = stack.enter_context(_started(workers))
        else:
            where = address
        client = stack.enter_context(_client(where, tell))
        _await_workers(client, address, tell)
        bring = Bring(player.plan, player.play, ours=address == LOCAL)
        stack.callback(_take_back, client, bring.name)
        try:
            client.register_plugin(bring)
        except Exception as error:
            raise _unfit(address, reason_of(error)) from error
        yield Workers(client, bring.name, address)


def _client(where: Any, tell: Callable[[str], None]) -> Any:
    """A client of the scheduler at an address, in a file, or of a cluster of our own."""
    import distributed

    made: Any = distributed.Client  # only partly typed
    in_file = isinstance(where, str) and where.endswith(FILE)
    if in_file and not Path(where).is_file():
        tell(_("Waiting for the scheduler to write {file} …").format(file=where))
    end = monotonic() + (PATIENCE if in_file else ANSWER)
    while True:
        try:
            # looked into each time: an older scheduler may have left its file behind
            at = _in_file(Path(where)) if in_file else where
            return made(at, timeout=min(ANSWER, max(1.0, end - monotonic())))
        except Exception as error:  # a name that is none, a port where nobody listens, …
            if in_file and monotonic() < end:
                sleep(LOOK)
                continue
            raise ClusterError(
                _("No scheduler answers at {address}: {why}.").format(
                    address=where, why=reason_of(error).rstrip(".")
                ),
                _(
                    "Start one with “dask scheduler”, and give the address that it prints, or "
                    "with “--scheduler-file FILE.json”, and give that file."
                ),
            ) from error


def _in_file(path: Path) -> str:
    """The address that a scheduler wrote down.  Raises OSError, ValueError or KeyError."""
    return str(json.loads(path.read_text(encoding="utf-8"))["address"])


def _await_workers(client: Any, address: str, tell: Callable[[str], None]) -> None:
    try:
        if not client.nthreads():
            tell(_("Waiting for workers …"))
        client.wait_for_workers(1, timeout=PATIENCE)
    except Exception as error:
        named = f"--scheduler-file {address}" if address.endswith(FILE) else address
        raise ClusterError(
            _("The scheduler at {address} has no workers.").format(address=address),
            _("Start some with “dask worker {address}”.").format(address=named),
        ) from error


def _take_back(client: Any, name: str) -> None:
    """Have workers that go on without us forget the plan."""

    def ask() -> None:
        with suppress(Exception):  # one that has died has forgotten it
            client.unregister_worker_plugin(name)

    if client.status == "running":
        # a worker that hangs answers never, and the sweep is done
        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(FAREWELL)


def _lack(error: BaseException) -> ImportError | None:
    """The import that failed, here or, as is told along with an error, on the other side."""
    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, ImportError):
        seen = seen.__cause__
    return seen


def _unfit(where: str, why: str) -> ClusterError:
    return ClusterError(
        _("The workers at {address} cannot take this sweep: {why}.").format(
            address=where, why=why.rstrip(".")
        ),
        _(
            "Install left-unsaid {version} where the scheduler and each worker run; then give "
            "the same command again. What is finished is kept."
        ).format(version=__version__),
    )


@contextmanager
def _started(workers: int) -> Iterator[Any]:
    """A cluster on this machine: processes of one thread each, never forked."""
    import dask
    import distributed

    made: Any = distributed.LocalCluster
    with dask.config.set({"distributed.worker.multiprocessing-method": "spawn"}):
        try:
            cluster = made(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address=":0",
                silence_logs=logging.CRITICAL,
                env=ONE_THREAD,
            )
        except Exception as error:
            raise ClusterError(
                _("No cluster can be started here: {why}.").format(
                    why=reason_of(error).rstrip(".")
                ),
                _("Leave --cluster out: threads use all processors of one machine too."),
            ) from error
        with cluster:
            yield cluster


@contextmanager
def _hushed() -> Iterator[None]:
    """What Dask logs about workers that come and go is nothing that went wrong."""
    logger = logging.getLogger("distributed")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
