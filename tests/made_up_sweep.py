"""Folders of sweeps that nobody ran: the shape of real ones, numbers by a formula we know."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from sim import yamlfile

Floats = np.ndarray
WORTH = {"do-nothing": 0.0, "relational": 0.6, "systems-leadership": 1.0, "traditional": -0.3}


@dataclass(frozen=True)
class Runs:
    """All runs of a made-up sweep, as arrays of one length, for a formula to look at."""

    scenario: np.ndarray
    theory: np.ndarray
    strategy: np.ndarray
    point: np.ndarray
    replication: np.ndarray
    month: np.ndarray
    luck: Floats  # standard normal, one a replication (common) or a run (independent)
    noise: Floats  # standard normal, one a row
    factors: Mapping[str, np.ndarray] = field(default_factory=dict)


def worth(runs: Runs) -> Floats:
    """What a strategy is worth, 0 for doing nothing; families are worth what their number is."""
    known = {name: WORTH.get(name, _drawn(name)) for name in np.unique(runs.strategy)}
    return np.array([known[name] for name in runs.strategy])


def _drawn(name: str) -> float:
    return int(name.partition("#")[2] or 0) / 100.0 + (0.3 if "relational" in name else 0.0)


def staff(runs: Runs) -> Floats:
    """In per cent: strategies pay in time, but systems leadership not where backing is low."""
    share = runs.month / 36.0
    gain = worth(runs)
    if "place.backing" in runs.factors:
        pays = (runs.factors["place.backing"] > 0.45) | (runs.factors["trust_gain"] > 0.05)
        gain = np.where((runs.strategy == "systems-leadership") & ~pays, -0.4, gain)
    gain = np.where(runs.theory == "silence_is_harmless", gain * 0.1, gain)
    gain = np.where(runs.theory == "mandate_suffices", -gain, gain)
    tilt = 200.0 * (runs.factors["trust_gain"] - 0.04) if "trust_gain" in runs.factors else 0.0
    return 40.0 + 8.0 * gain * share + tilt + 5.0 * runs.luck * share + 1.5 * runs.noise


def transfers(runs: Runs) -> Floats:
    """Of which less is better: falls with what a strategy is worth."""
    return 12.0 - 1.2 * worth(runs) * runs.month / 36.0 + 1.5 * runs.luck + 0.4 * runs.noise


def spending(runs: Runs) -> Floats:
    """Of which neither way is better."""
    return 8.0 + 0.2 * np.abs(worth(runs)) + 0.05 * runs.noise


MEASURES: dict[str, Callable[[Runs], Floats]] = {
    "staff_joint_working": staff,
    "delayed_transfers": transfers,
    "spend_per_head": spending,
}


def hypercube(points: int, seed: int = 1) -> dict[str, np.ndarray]:
    """Three factors spread by a Latin hypercube, and one of categories."""
    from scipy.stats import qmc

    lots = qmc.LatinHypercube(d=4, seed=np.random.default_rng(seed)).random(points)
    kinds = np.array(["tame", "wicked", "critical"])
    return {
        "trust_gain": 0.02 + 0.04 * lots[:, 0],
        "place.backing": 0.3 + 0.6 * lots[:, 1],
        "neglect": lots[:, 2],
        "place.kind": kinds[np.minimum((3 * lots[:, 3]).astype(int), 2)],
    }


def write_sweep(
    folder: Path,
    *,
    scenarios: Sequence[str] = ("dancing-around-the-table",),
    theories: Sequence[str] = ("none",),
    strategies: Sequence[str] = ("do-nothing", "relational", "systems-leadership"),
    factors: Mapping[str, np.ndarray] | None = None,
    replications: int = 40,
    months: Sequence[int] = (12, 24, 36),
    measures: Mapping[str, Callable[[Runs], Floats]] = MEASURES,
    design: Mapping[str, Any] | None = None,
    luck: str = "common",
    chunks: int = 3,
    keep: Callable[[int], bool] = lambda _chunk: True,
    fails: Callable[[Runs], np.ndarray] = lambda runs: np.zeros(runs.point.size, bool),
    record: bool = True,
    seed: int = 5,
) -> Path:
    """Write a sweep's folder; ``keep`` chooses which chunks are finished."""
    factors = dict(factors or {})
    points = len(next(iter(factors.values()))) if factors else 1
    cells = [(s, t, p) for s in scenarios for t in theories for p in strategies]
    lots = np.random.default_rng(seed)
    run, month = _grid(points * len(cells) * replications, len(months))
    point, rest = np.divmod(run, len(cells) * replications)
    cell, replication = np.divmod(rest, replications)
    shared = lots.normal(size=replications)[replication]
    lucks = shared if luck == "common" else lots.normal(size=run.max() + 1)[run]
    names = np.array(cells, dtype=object)
    runs = Runs(
        *(names[cell, column] for column in range(3)),
        point=point,
        replication=replication,
        month=np.array(months)[month],
        luck=lucks,
        noise=lots.normal(size=run.size),
        factors={name: values[point] for name, values in factors.items()},
    )
    failed = fails(runs)
    table = pl.DataFrame(
        {
            "run": run,
            "point": point,
            "scenario": runs.scenario.astype(str),
            "theory": runs.theory.astype(str),
            "strategy": runs.strategy.astype(str),
            "replication": replication.astype(np.int32),
            "luck": 1 + replication,
            **runs.factors,
            "month": runs.month.astype(np.int32),
            **{
                name: pl.Series(np.where(failed, np.nan, value(runs))).fill_nan(None)
                for name, value in measures.items()
            },
            "ending": np.where(runs.luck + worth(runs) > 0.5, "it-held", "drifted-apart"),
            "promises_kept": (runs.luck > 0).astype(np.int32),
            "promises": "",
            "spent": 10.0,
            "places": 9.0,
            "moves": pl.Series([9] * run.size, dtype=pl.Int32),
            "skipped": pl.Series([0] * run.size, dtype=pl.Int32),
            "first_eruption": pl.Series([0] * run.size, dtype=pl.Int32),
            "taken_over": pl.Series([0] * run.size, dtype=pl.Int32),
            "failed": pl.Series([None], dtype=pl.String).extend_constant(None, run.size - 1),
        }
    ).with_columns(
        pl.when(pl.Series(failed)).then(pl.lit("A measure came out as no number.")).alias("failed")
    )
    _save(folder, table, chunks, keep)
    study = _study(scenarios, theories, strategies, factors, replications, months, measures)
    study |= {"luck": luck, "design": dict(design or {"kind": "latin-hypercube", "points": points})}
    text = yamlfile.written(study)
    (folder / "study.yaml").write_text(text, encoding="utf-8")
    said: dict[str, Any] = {"study": study["study"], "study_text": text}
    if record:
        said |= _record(study, cells, points)
    (folder / "study.json").write_text(json.dumps(said), encoding="utf-8")
    return folder


def _grid(runs: int, months: int) -> tuple[np.ndarray, np.ndarray]:
    return np.divmod(np.arange(runs * months), months)


def _save(folder: Path, table: pl.DataFrame, chunks: int, keep: Callable[[int], bool]) -> None:
    (folder / "chunks").mkdir(parents=True, exist_ok=True)
    runs = int(table["run"].max() or 0) + 1
    edges = np.linspace(0, runs, chunks + 1).astype(int)
    for index in range(chunks):
        if keep(index):
            inside = table.filter(pl.col("run").is_between(edges[index], edges[index + 1] - 1))
            inside.write_parquet(folder / "chunks" / f"part-{index:06d}-of-{chunks:06d}.parquet")


def _study(
    scenarios: Sequence[str],
    theories: Sequence[str],
    strategies: Sequence[str],
    factors: Mapping[str, np.ndarray],
    replications: int,
    months: Sequence[int],
    measures: Mapping[str, Any],
) -> dict[str, Any]:
    return {
        "question": "Does candour pay before trust does?",
        "study": "candour-before-trust",
        "scenarios": list(scenarios),
        "strategies": [name for name in strategies if not name.startswith("family:")],
        "theories": [name.split("+") if "+" in name else name for name in theories],
        "vary": {
            name: sorted(set(values.tolist()))
            if values.dtype.kind in "UO"
            else {"low": round(float(values.min()), 3), "high": round(float(values.max()), 3)}
            for name, values in factors.items()
        },
        "replications": replications,
        "seed": 1,
        "measures": list(measures),
        "months": list(months),
        "compare_with": "do-nothing",
    }


def _record(study: Mapping[str, Any], cells: Sequence[Any], points: int) -> dict[str, Any]:
    return {
        "format": 1,
        "question": study["question"],
        "program": "0.1.0",
        "rules": "1b4f0e9851971998",
        "study_sha256": "0" * 64,
        "texts": {"scenario dancing-around-the-table": {"sha256": "1" * 64, "text": "…"}},
        "versions": {"python": "3.11.7", "numpy": "2.4.6", "numba": "0.62.1"},
        "platform": {"system": "Linux-6.1", "machine": "x86_64", "processors": 2},
        "command": "unsaid sweep candour.yaml --out results",
        "seeds": {"luck": study["luck"], "first": 1, "design": 1, "families": None},
        "cells": [list(cell) for cell in cells],
        "compared_with": "do-nothing" if any(c[2] == "do-nothing" for c in cells) else None,
        "replications": study["replications"],
        "runs": points * len(cells) * study["replications"],
        "shard": None,
        "started": "2026-11-27T07:00:00+00:00",
        "finished": "2026-11-27T07:10:00+00:00",
    }
