"""What runs in a worker of a cluster; the only module that needs ``distributed`` to import.

Each worker is handed the plan once, and again when it has been started anew; a task is a
chunk's bounds, what comes back the bytes of its file.
"""

from __future__ import annotations

import signal
import threading
import uuid
from typing import Any

from distributed import WorkerPlugin, get_worker

from sim import __version__
from sim.compiled import rules_hash
from sim.errors import UserError
from sim.sweep.chunks import Chunk
from sim.sweep.plan import Plan
from sim.sweep.playing import Play, Player
from sim.words import _


class OtherVersion(UserError):
    """A worker whose rules are not those of the sweep."""


class NoPlan(UserError):
    """A worker that has not been handed the plan, or could not take it."""


class Bring(WorkerPlugin):
    """Brings a plan to every worker there is and to every one that comes."""

    def __init__(self, plan: Plan, play: Play, *, ours: bool = False) -> None:
        self.plan, self.play, self.ours = plan, play, ours
        self.version, self.rules = __version__, rules_hash()
        self.name = name_of(plan, self.rules)
        self._player: Player | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_player": None}

    def setup(self, worker: Any) -> None:
        """A worker that we started leaves Ctrl-C to us: it reaches every process there is."""
        if self.ours and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    @property
    def player(self) -> Player:
        """The plan's player in this worker.  Raises :class:`OtherVersion`."""
        if self._player is None:
            if (self.version, self.rules) != (__version__, rules_hash()):
                raise OtherVersion(
                    _(
                        "A worker has version {theirs} of the program with rules {rules}; the "
                        "sweep is of {ours} with {ours_rules}."
                    ).format(
                        theirs=__version__,
                        rules=rules_hash(),
                        ours=self.version,
                        ours_rules=self.rules,
                    ),
                    _("Install the same version on every machine of the cluster."),
                )
            self._player = Player(self.plan, self.play)
        return self._player


def name_of(plan: Plan, rules: str) -> str:
    """What the plan is called among workers, another name each time.

    Workers that have a plan of that name would go on with what they have, be it of rules
    that have changed since.
    """
    return f"left-unsaid-{plan.fingerprint[:16]}-{rules}-{uuid.uuid4().hex[:12]}"


def play_chunk(name: str, chunk: Chunk) -> bytes:
    """A chunk of the plan called ``name``, as the bytes of a Parquet file."""
    worker = get_worker()
    bring: Any = worker.plugins.get(name)
    if bring is None:
        raise NoPlan(
            _("The worker at {address} could not take this sweep.").format(address=worker.address),
            _(
                "Install left-unsaid {version} where it runs, and start it anew; then give the "
                "same command again. What is finished is kept."
            ).format(version=__version__),
        )
    return bytes(bring.player.chunk(chunk))
