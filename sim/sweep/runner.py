"""Running a sweep: what is missing is played and kept, and begun anew wherever it stopped."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sim.sweep import pilot, provenance
from sim.sweep.chunks import ALL, Chunk, Shard, chunk_size, chunks_of, count_chunks, count_runs
from sim.sweep.crew import Crew, Threads, work_through
from sim.sweep.folder import StoreError, results_or_none
from sim.sweep.plan import Plan
from sim.sweep.playing import Play, Player, failed_chunk, quicker, reason_of
from sim.sweep.progress import Progress, Quiet, ending, number
from sim.sweep.store import Store
from sim.words import _

PROCESSORS: Final = 8
"""What a machine that runs a part is taken to have: a cut must not hang on what it has."""
NOTED: Final = 30.0
"""Seconds after which it is written down how long a sitting has taken so far."""


class Interrupted(KeyboardInterrupt):
    """A sweep was stopped; ``kept`` of its ``runs`` are safe."""

    def __init__(self, folder: Path, kept: int, runs: int) -> None:
        super().__init__()
        self.folder, self.kept, self.runs = folder, kept, runs


@dataclass(frozen=True)
class Summary:
    """What there is once a sweep is done; ``lived`` runs are this time's, the rest was there.

    ``reasons`` say of the runs that failed how many did so why, the commonest first.
    """

    folder: Path
    study: str
    question: str
    runs: int
    lived: int
    chunks: int
    workers: int
    seconds: float
    failed: int
    reasons: Mapping[str, int]
    shard: Shard
    damaged: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "folder": str(self.folder),
            "study": self.study,
            "question": self.question,
            "shard": None if self.shard.whole else str(self.shard),
            "runs": self.runs,
            "runs_this_time": self.lived,
            "chunks": self.chunks,
            "workers": self.workers,
            "seconds": round(self.seconds, 3),
            "runs_a_second": round(self.lived / self.seconds, 1) if self.seconds > 0 else None,
            "failed": self.failed,
            "reasons": dict(self.reasons),
            "damaged": list(self.damaged),
        }


def run_sweep(
    plan: Plan,
    folder: str | Path,
    *,
    workers: int | None = None,
    chunk: int | None = None,
    shard: Shard = ALL,
    cluster: str | None = None,
    play: Play | None = None,
    progress: Progress | None = None,
    command: str = "",
) -> Summary:
    """Run a plan, or what is still missing of it, into a folder.

    ``workers`` are threads (of this machine's processors, left out), or processes of a
    cluster that is started here (``cluster="local"``); any other ``cluster`` is the address
    of a scheduler, or the ``….json`` that it writes its address into.  ``chunk`` is how many
    runs are played and kept at a time; it changes no result.  ``play`` stands in for
    :func:`sim.batch.play_batch`.

    Raises:
        StoreError: the folder is not fit for it, or cannot be written to.
        ClusterError: there is no such cluster, or it is gone.
        Interrupted: somebody stopped it.
    """
    workers = workers or usable_processors()
    progress = progress or Quiet()
    player = Player(plan, play or quicker(plan))
    with Store.open(folder) as store, ending(progress):
        record = provenance.record_of(plan, chunk=1, shard=shard, command=command)
        store.refuse_other(record)
        if store.record is None:
            # a cut that all parts agree on cannot follow from how fast one machine is
            size = chunk or _fitting(player, workers, shard, progress)
            record |= {"chunk": size, "chunks": count_chunks(plan.runs, size)}
            store.begin(record)
        else:
            store.write_study()  # it may have died before it could
        sweep = _Sweep(plan, store, shard, progress)
        sweep.look_around(chunk)
        if sweep.missing:
            with _crew(player, workers, cluster, progress) as crew:
                sweep.run(crew, command)
                workers = crew.workers
        return sweep.summary(workers)


def usable_processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _fitting(player: Player, workers: int, shard: Shard, progress: Progress) -> int:
    """A chunk size that fits: from a pilot, or, for a part, from what a run usually takes."""
    plan = player.plan
    if shard.whole:
        _warm(player, progress)
        seconds = pilot.cost(player).seconds
    else:
        seconds, workers = usual_seconds(plan), PROCESSORS
    return fitting(plan, seconds, workers, shard.of)


def fitting(plan: Plan, seconds: float, workers: int, parts: int = 1) -> int:
    """A good number of runs for a chunk, where a run takes ``seconds``.

    ``workers`` are those of each of the ``parts``.
    """
    return chunk_size(
        plan.runs,
        plan.study.replications,
        seconds,
        numbers=numbers_of(plan),
        workers=workers,
        parts=parts,
    )


def numbers_of(plan: Plan) -> int:
    """How many measures are kept of a run."""
    return len(plan.months) * len(plan.study.measures)


def usual_seconds(plan: Plan) -> float:
    """What a compiled run takes, about: 1 ms for 8 partners and 36 months."""
    partners = max(len(scenario.partners) for scenario in plan.scenarios.values())
    return 1e-3 * (partners / 8) ** 2 * max(plan.months) / 36


def _warm(player: Player, progress: Progress) -> None:
    """Have the rules compiled before threads ask for them."""
    if pilot.compiling(player):
        progress.note(_("Compiling the rules; that takes half a minute, once."))
    player.table(0, 1)


def _crew(
    player: Player, workers: int, cluster: str | None, progress: Progress
) -> AbstractContextManager[Crew]:
    if cluster is None:
        _warm(player, progress)
        return Threads(player, workers).at_work()
    from sim.sweep.cluster import LOCAL, crew_of

    if cluster == LOCAL:  # its processes find the compiled rules, and compile none
        _warm(player, progress)
    return crew_of(player, cluster, workers, progress.note)


@dataclass
class _Sweep:
    """One sitting of a sweep."""

    plan: Plan
    store: Store
    shard: Shard
    progress: Progress
    missing: list[Chunk] = field(default_factory=list)
    lived: int = 0
    damaged: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def record(self) -> dict[str, Any]:
        return self.store.record or {}

    @property
    def size(self) -> int:
        return int(self.record["chunk"])

    @property
    def runs(self) -> int:
        return count_runs(self.plan.runs, self.size, self.shard)

    def chunks(self) -> Iterator[Chunk]:
        return chunks_of(self.plan.runs, self.size, self.shard)

    def look_around(self, chunk: int | None) -> None:
        """What is there already, and what is missing."""
        if chunk is not None and chunk != self.size:
            self.progress.note(
                _("The chunks in {folder} hold {count} runs each, and go on doing so.").format(
                    folder=self.store.folder, count=number(self.size)
                )
            )
        whole, damaged = self.store.kept(self.chunks(), len(self.plan.months))
        self.missing = [one for one in self.chunks() if one.index not in whole]
        self.damaged = tuple(path.name for path in damaged)
        for path in damaged:
            self.progress.note(
                _("{file} was damaged: it is set aside, and its runs are run again.").format(
                    file=path
                )
            )

    @property
    def kept(self) -> int:
        """Runs that are safe."""
        return self.runs - sum(chunk.runs for chunk in self.missing) + self.lived

    def run(self, crew: Crew, command: str) -> None:
        """Have everything that is missing played, and keep it."""
        began, before = time.monotonic(), float(self.record.get("seconds") or 0.0)
        noted = began
        sitting: dict[str, Any] = {
            "started": provenance.now(),
            "workers": crew.workers,
            "crew": type(crew).__name__.lower(),
            "command": command,
            "versions": provenance.versions(),
            "platform": provenance.machine(),
        }
        sittings = [*(self.record.get("sittings") or []), sitting]
        self.store.note(sittings=sittings, finished=None)
        count = count_chunks(self.plan.runs, self.size, self.shard)
        self.progress.begin(
            self.runs, count, runs_done=self.kept, chunks_done=count - len(self.missing)
        )

        def note(**more: Any) -> None:
            """What this sitting took so far, beside what others did."""
            self.seconds = time.monotonic() - began
            sitting.update(runs=self.lived, seconds=round(self.seconds, 3))
            self.store.note(sittings=sittings, seconds=round(before + self.seconds, 3), **more)

        def beat() -> None:
            nonlocal noted
            self.progress.beat()
            if time.monotonic() - noted >= NOTED:  # one that dies cannot say how long it took
                note()
                noted = time.monotonic()

        try:
            work_through(crew, self.missing, self._keep, self._failed, beat)
        except KeyboardInterrupt:
            # it may have come between a chunk's being safe and its being counted
            kept = sum(one.runs for one in self.chunks() if self.store.path(one).exists())
            with suppress(StoreError):
                note()
            raise Interrupted(self.store.folder, kept, self.runs) from None
        except BaseException:
            with suppress(StoreError):  # a full disk: it has been said already
                note()
            raise
        sitting["finished"] = provenance.now()
        note(finished=provenance.now())

    def _keep(self, chunk: Chunk, data: bytes) -> None:
        self.store.keep(chunk, data)
        self.lived += chunk.runs
        self.progress.add(chunk.runs)

    def _failed(self, chunk: Chunk, error: BaseException) -> bytes:
        why = _("The workers that lived it died ({why}).").format(why=reason_of(error))
        return failed_chunk(self.plan, chunk, why)

    def summary(self, workers: int) -> Summary:
        """What there is now."""
        reasons = failures(self.store.folder)
        if self.record.get("failed") != sum(reasons.values()):
            self.store.note(failed=sum(reasons.values()))
        return Summary(
            folder=self.store.folder,
            study=self.plan.study.study,
            question=self.plan.study.question,
            runs=self.runs,
            lived=self.lived,
            chunks=count_chunks(self.plan.runs, self.size, self.shard),
            workers=workers,
            seconds=self.seconds,
            failed=sum(reasons.values()),
            reasons=reasons,
            shard=self.shard,
            damaged=self.damaged,
        )


def failures(folder: Path) -> dict[str, int]:
    """How many runs of a sweep failed, by reason, the commonest first."""
    import polars as pl

    results = results_or_none(folder)
    if results is None:
        return {}
    found = (
        results.select("run", "failed")
        .filter(pl.col("failed").is_not_null())
        .unique()
        .group_by("failed")
        .agg(pl.len().alias("runs"))
        .sort(["runs", "failed"], descending=[True, False])
        .collect(engine="streaming")
    )
    return {str(reason): int(runs) for reason, runs in found.rows()}
