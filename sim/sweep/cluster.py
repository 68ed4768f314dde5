"""A crew on a cluster: ``dask.distributed``, started here or running elsewhere already.

No scheduler of our own: chunks of some seconds are handed to Dask, their bytes come back,
and this process writes them.  A killed worker costs the chunks it was at, which others play.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

from sim import __version__
from sim.errors import UserError
from sim.sweep.chunks import Chunk
from sim.sweep.playing import Player, reason_of
from sim.words import _

LOCAL: Final = "local"
ANSWER: Final = 10.0
"""Seconds within which a scheduler must answer, and a first worker be there."""
PATIENCE: Final = 60.0
"""Seconds without any worker after which a sweep is given up."""
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

        return self._pool.submit(play_chunk, self.name, chunk)

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

    def _gone(self, why: str) -> ClusterError:
        return ClusterError(
            _("The cluster at {where} is gone: {why}.").format(where=self.where, why=why),
            _("What is finished is kept: give the same command again once it is back."),
        )


@contextmanager
def crew_of(player: Player, address: str, workers: int) -> Iterator[Workers]:
    """The workers at an address, or ``local`` ones that are there as long as this lasts.

    Raises:
        ClusterError: nobody answers, or ``distributed`` is not installed.
    """
    try:
        import distributed
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
        made: Any = distributed.Client  # only partly typed
        try:
            client = stack.enter_context(made(where, timeout=ANSWER))
        except Exception as error:  # a name that is none, a port where nobody listens, …
            raise ClusterError(
                _("No scheduler answers at {address}: {why}.").format(
                    address=address, why=reason_of(error).rstrip(".")
                ),
                _("Start one with “dask scheduler”, and give the address that it prints."),
            ) from error
        try:
            client.wait_for_workers(1, timeout=ANSWER)
        except Exception as error:
            raise ClusterError(
                _("The scheduler at {address} has no workers.").format(address=address),
                _("Start some with “dask worker {address}”.").format(address=address),
            ) from error
        bring = Bring(player.plan, player.play, ours=address == LOCAL)
        try:
            client.register_plugin(bring)
        except Exception as error:
            raise ClusterError(
                _("The workers at {address} cannot take this sweep: {why}.").format(
                    address=address, why=reason_of(error).rstrip(".")
                ),
                _("Install left-unsaid {version} on each of their machines.").format(
                    version=__version__
                ),
            ) from error
        yield Workers(client, bring.name, address)


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
