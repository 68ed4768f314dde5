"""Where results come from: everything that ``study.json`` says, and what must not be mixed."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from sim import __version__
from sim.compiled import rules_hash
from sim.sweep.chunks import Shard, count_chunks
from sim.sweep.plan import Plan
from sim.words import _

FORMAT: Final = 1
"""Of ``study.json``."""
PACKAGES: Final = ("numpy", "numba", "llvmlite", "polars", "scipy", "SALib", "mesa")

Record = dict[str, Any]
"""What ``study.json`` holds."""


def now() -> str:
    """The time, in UTC, as it is written down."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def versions() -> dict[str, str]:
    """Version of Python, and of every package that numbers may follow from."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name.lower()] = version(name)
        except PackageNotFoundError:
            continue
    return found


def machine() -> dict[str, Any]:
    """What it runs on: no name that would tell whose it is."""
    return {
        "system": platform.platform(),
        "machine": platform.machine(),
        "processors": os.cpu_count() or 1,
        "byte_order": sys.byteorder,
    }


def record_of(plan: Plan, *, chunk: int, shard: Shard, command: str) -> Record:
    """The record of a sweep that is about to begin; ``chunk`` is runs in a chunk."""
    study = plan.study
    return {
        "format": FORMAT,
        "study": study.study,
        "question": study.question,
        **identity(plan),
        "study_path": study.path,
        "texts": {
            name: {"sha256": sha256(text), "text": text} for name, text in plan.texts.items()
        },
        "versions": versions(),
        "platform": machine(),
        "command": command,
        "seeds": {
            "luck": study.luck,
            "first": study.seed,
            "design": study.design.seed,
            "families": study.families.seed if study.families else None,
        },
        "cells": [[cell.scenario, cell.theory, cell.strategy] for cell in plan.cells],
        "compared_with": plan.baseline,
        "factors": list(plan.points.factors),
        "measures": list(study.measures),
        "months": list(plan.months),
        "points": len(plan.points),
        "replications": study.replications,
        "runs": plan.runs,
        "chunk": chunk,
        "chunks": count_chunks(plan.runs, chunk),
        "shard": None if shard.whole else {"part": shard.part, "of": shard.of},
        "started": now(),
        "finished": None,
        "seconds": 0.0,
        "sittings": [],
    }


def identity(plan: Plan) -> Record:
    """What two sweeps must have in common for their results to be of one kind."""
    return {
        "program": __version__,
        "rules": rules_hash(),
        "study_text": plan.study.text,
        "study_sha256": sha256(plan.study.text),
        "points_sha256": points_hash(plan),
        "fingerprint": plan.fingerprint,
    }


def sha256(text: str) -> str:
    """Of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def points_hash(plan: Plan) -> str:
    """SHA-256 of the design's points: another version of a sampler may draw others."""
    points = plan.points
    digest = hashlib.sha256(repr((points.factors, points.labels)).encode("utf-8"))
    digest.update(points.matrix.astype("<f8").tobytes())
    return digest.hexdigest()


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Why results of two records must not be mixed, a sentence each; none if they may be."""
    found: list[str] = []
    if old.get("study_sha256") != new["study_sha256"]:
        if old.get("study") == new["study"]:
            found.append(_("The text of the study is another."))
        else:
            found.append(_("That is the study “{name}”.").format(name=old.get("study")))
    found += _texts(old.get("texts") or {}, new["texts"])
    if old.get("program") != new["program"]:
        found.append(
            _("It was made by version {old} of the program, and this is {new}.").format(
                old=old.get("program"), new=new["program"]
            )
        )
    elif old.get("rules") != new["rules"]:
        found.append(
            _("The rules of the model have changed since (they were {old}, now {new}).").format(
                old=old.get("rules"), new=new["rules"]
            )
        )
    if not found and old.get("points_sha256") != new["points_sha256"]:
        found.append(_("The design's points come out otherwise with the SciPy and SALib here."))
    if not found and old.get("fingerprint") != new["fingerprint"]:
        found.append(_("What is drawn for its families is another."))
    if not found and old.get("shard") != new["shard"]:
        found.append(
            _("That is part {old} of the sweep, and this is {new}.").format(
                old=_shard(old.get("shard")), new=_shard(new["shard"])
            )
        )
    return found


def _texts(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Scenarios, playbooks and tables that are there in both with another text."""
    return [
        _("The text of “{name}” has changed since.").format(name=name)
        for name in sorted(set(old) & set(new))
        if old[name].get("sha256") != new[name]["sha256"]
    ]


def _shard(shard: Any) -> str:
    return f"{shard['part']}/{shard['of']}" if shard else _("all")


def command_line(args: Sequence[str]) -> str:
    """A command as it could be typed again."""
    import shlex

    return shlex.join(("unsaid", *args))
