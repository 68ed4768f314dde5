"""What a study is going to take, said before it runs: ``unsaid sweep plan``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from sim.errors import UserError
from sim.labels import measure_name
from sim.sweep import pilot
from sim.sweep.chunks import count_chunks
from sim.sweep.pilot import COMPILING, Cost, Wanted
from sim.sweep.plan import Plan
from sim.sweep.playing import Play, Player, Rules, quicker, worth_compiling
from sim.sweep.progress import Progress, Quiet, number, size, span
from sim.sweep.runner import fitting, numbers_of, usable_processors, usual_seconds
from sim.words import _, ngettext

FINEST: Final = 1e-6
COARSEST: Final = 1.0
BARE: Final = 0.2
"""The least number that, without a %, was probably meant as one."""
VALUE: Final = 8.0
FILE: Final = 10_000.0
"""Bytes that a number takes on the disk, and a file by itself, where none is written yet."""


class NoPrecision(UserError):
    """A ``--precision`` that is no share of a mean."""


@dataclass(frozen=True)
class Ahead:
    """What a plan takes: ``seconds`` on ``workers`` threads, ``bytes`` on the disk.

    ``measured`` is whether a pilot was run for it; ``compiling`` whether half a minute comes
    on top.  ``wanted`` are replications for a precision, most demanding first;
    ``passed`` says why points and cells were passed over for it, a reason each.
    """

    plan: Plan
    workers: int
    seconds: float
    bytes: float
    measured: bool
    compiling: bool
    precision: float | None = None
    wanted: tuple[Wanted, ...] = ()
    passed: tuple[str, ...] = ()

    @property
    def enough(self) -> int | None:
        """Replications that are enough for every measure that is not nearly nought."""
        counts = [one.replications for one in self.wanted]
        return max((c for c in counts if c is not None), default=None)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        plan = self.plan
        found: dict[str, Any] = {
            "study": plan.study.study,
            "question": plan.study.question,
            "points": len(plan.points),
            "cells": len(plan.cells),
            "replications": plan.study.replications,
            "runs": plan.runs,
            "months": list(plan.months),
            "measures": list(plan.study.measures),
            "workers": self.workers,
            "seconds": round(self.seconds, 1),
            "compiling_seconds": COMPILING if self.compiling else 0.0,
            "bytes": round(self.bytes),
            "measured": self.measured,
        }
        if self.precision is not None:
            found["precision"] = self.precision
            found["replications_wanted"] = self.enough
            found["passed_over"] = list(self.passed)
            found["wanted"] = [
                {
                    "measure": one.measure,
                    "replications": one.replications,
                    "month": one.month,
                    **_cell(plan, one),
                    "mean": one.mean,
                    "standard_deviation": one.spread,
                    "nearly_nought": one.replications is None,
                    "nearly_nought_somewhere": one.left_out,
                }
                for one in self.wanted
            ]
        return found


def share_of(text: str) -> float:
    """The share that ``0.5%`` or ``0.005`` means.  Raises :class:`NoPrecision`."""
    found = re.fullmatch(r"\s*([0-9]*\.?[0-9]+(?:[eE]-?[0-9]+)?)\s*(%?)\s*", text)
    share = float(found[1]) / (100 if found[2] else 1) if found else 0.0
    if found is None or not FINEST <= share < COARSEST:
        raise NoPrecision(
            _("--precision {text}: a share of the mean is needed.").format(text=text),
            _("Like this: --precision 0.5%"),
        )
    if not found[2] and share >= BARE:
        raise NoPrecision(
            _("--precision {text}: {text} means {share}% of the mean.").format(
                text=text.strip(), share=f"{share * 100:g}"
            ),
            _("Write {meant}%, or {share}% if you mean that.").format(
                meant=text.strip(), share=f"{share * 100:g}"
            ),
        )
    return share


def look_ahead(
    plan: Plan,
    *,
    precision: float | None = None,
    workers: int | None = None,
    play: Play | None = None,
    progress: Progress | None = None,
) -> Ahead:
    """Say what a plan takes; with a ``precision``, how many replications that wants."""
    from sim.compiled import is_cached

    progress = progress or Quiet()
    workers = workers or usable_processors()
    asked = play is None and precision is not None and worth_compiling(plan, pilot.asked(plan))
    rules = play or (Rules() if asked else quicker(plan))
    player = Player(plan, rules)
    compiling = pilot.compiling(player)
    measured = not compiling
    if asked and compiling:
        progress.note(_("Compiling the rules; that takes half a minute, once."))
        player.table(0, 1)
        compiling = not is_cached()
        measured = True
    if measured:
        cost = pilot.cost(player)
    else:  # no half a minute for a question; what a run usually takes
        cost = Cost(usual_seconds(plan), VALUE * (4 + numbers_of(plan)), FILE)
    # interpreted runs hold the interpreter's lock: threads gain them nothing
    at_once = 1 if rules == Rules(compiled=False) else workers
    chunks = count_chunks(plan.runs, fitting(plan, cost.seconds, at_once))
    found: list[Wanted] = []
    passed: list[str] = []
    if precision is not None:
        begun = False

        def told(done: int, of: int) -> None:
            nonlocal begun
            if begun:
                progress.add(pilot.LUCKS)
            else:
                progress.begin(of * pilot.LUCKS, of)
                begun = True

        found = pilot.wanted(player, precision, told=told, passed=passed.append)
    return Ahead(
        plan=plan,
        workers=at_once,
        seconds=plan.runs * cost.seconds / min(at_once, max(1, plan.runs)),
        bytes=plan.runs * cost.bytes + chunks * cost.file,
        measured=measured,
        compiling=compiling,
        precision=precision,
        wanted=tuple(found),
        passed=tuple(passed),
    )


def lines(ahead: Ahead) -> list[str]:
    """What is ahead, in sentences."""
    plan, study = ahead.plan, ahead.plan.study
    told = [
        study.question,
        laid_out(plan),
        taken(ahead),
    ]
    if ahead.compiling:
        told.append(
            _("Compiling the rules comes on top: about {time}, the first time only.").format(
                time=span(COMPILING)
            )
        )
    if not ahead.measured:
        told.append(_("That is an estimate; once the rules are compiled, a pilot measures it."))
    if ahead.precision is None:
        return told
    if ahead.passed:
        told.append(
            ngettext(
                "The pilot passed over {count} point and cell, of which a run failed: {why}",
                "The pilot passed over {count} points and cells, of which a run failed: {why}",
                len(ahead.passed),
            ).format(count=number(len(ahead.passed)), why=" ".join(dict.fromkeys(ahead.passed)))
        )
    if not ahead.wanted:
        told.append(_("Every run of the pilot failed: there is no mean to be near to."))
        return told
    told += precise(ahead)
    return told


def laid_out(plan: Plan) -> str:
    """How many runs there are, and of how many of what they are made."""
    study = plan.study
    theories, scenarios = len(study.theories), len(study.scenarios)
    drawn = len(plan.cells) // (theories * scenarios) - len(study.strategies)
    listed, books = _strategies(len(study.strategies)), _drawn(drawn)
    played = f"({listed} + {books})" if drawn and study.strategies else books if drawn else listed
    return _("{points} × {cells} × {replications} = {runs}: the cells are {spelt}.").format(
        points=ngettext("{count} point", "{count} points", len(plan.points)).format(
            count=number(len(plan.points))
        ),
        cells=ngettext("{count} cell", "{count} cells", len(plan.cells)).format(
            count=number(len(plan.cells))
        ),
        replications=ngettext(
            "{count} replication", "{count} replications", study.replications
        ).format(count=number(study.replications)),
        runs=ngettext("{count} run", "{count} runs", plan.runs).format(count=number(plan.runs)),
        spelt=" × ".join(
            (
                played,
                ngettext("{count} set of theories", "{count} sets of theories", theories).format(
                    count=number(theories)
                ),
                ngettext("{count} scenario", "{count} scenarios", scenarios).format(
                    count=number(scenarios)
                ),
            )
        ),
    )


def _strategies(count: int) -> str:
    return ngettext("{count} strategy", "{count} strategies", count).format(count=number(count))


def _drawn(count: int) -> str:
    return ngettext(
        "{count} playbook of the families", "{count} playbooks of the families", count
    ).format(count=number(count))


def taken(ahead: Ahead) -> str:
    """How long it takes, and how much room."""
    if ahead.seconds < 1:
        text = ngettext(
            "Less than a second on {workers} processor, and {size} on the disk.",
            "Less than a second on {workers} processors, and {size} on the disk.",
            ahead.workers,
        )
    else:
        text = ngettext(
            "About {time} on {workers} processor, and {size} on the disk.",
            "About {time} on {workers} processors, and {size} on the disk.",
            ahead.workers,
        )
    return text.format(time=span(ahead.seconds), workers=ahead.workers, size=size(ahead.bytes))


def precise(ahead: Ahead) -> list[str]:
    """How many replications a precision wants, and what is left out of that."""
    worst, enough = ahead.wanted[0], ahead.enough
    share = f"{(ahead.precision or 0.0) * 100:g}%"
    told = []
    if enough is not None:
        told.append(
            ngettext(
                "With {count} replication the mean of every cell over all points is within {share} "
                "of the truth 19 times in 20; the study has {has}. Most are wanted by: {measure}.",
                "With {count} replications the mean of every cell over all points is within "
                "{share} of the truth 19 times in 20; the study has {has}. Most are wanted by: "
                "{measure}.",
                enough,
            ).format(
                count=number(enough),
                share=share,
                has=number(ahead.plan.study.replications),
                measure=measure_name(worst.measure),
            )
        )
    for text, names in (
        (
            _("Left out, because a share of nearly nought says nothing: {names}."),
            [one.measure for one in ahead.wanted if one.replications is None],
        ),
        (
            _("Left out in the cells and months where it is nearly nought: {names}."),
            [one.measure for one in ahead.wanted if one.left_out and one.replications is not None],
        ),
    ):
        if names:
            told.append(text.format(names=", ".join(map(measure_name, names))))
    return told


def table(ahead: Ahead) -> tuple[list[str], list[list[str]]]:
    """Columns and rows: what each measure wants, and where it wants most."""
    columns = [_("measure"), _("replications"), _("mean"), _("spread"), _("month"), _("where")]
    rows = []
    for one in ahead.wanted:
        where = _cell(ahead.plan, one)
        theory = "" if where["theory"] == "none" else f", {where['theory']}"
        rows.append(
            [
                measure_name(one.measure),
                "–" if one.replications is None else number(one.replications),
                f"{one.mean:.3g}",
                f"{one.spread:.3g}",
                str(one.month),
                f"{where['scenario']}, {where['strategy']}{theory}",
            ]
        )
    return columns, rows


def _cell(plan: Plan, one: Wanted) -> dict[str, Any]:
    cell = plan.cells[one.cell]
    return {
        "scenario": cell.scenario,
        "theory": cell.theory,
        "strategy": cell.strategy,
    }
