"""What was run: the study in a table, what is missing of it, and the page's findings in short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.labels import listed, measure_name
from sim.sweep.analysis import naming
from sim.sweep.analysis.factors import factors
from sim.sweep.analysis.look import STRATEGIES_SHOWN, Look
from sim.sweep.analysis.parts import Grid, Piece, Section
from sim.sweep.analysis.reading import PROVENANCE, STUDY, Sweep
from sim.words import _, ngettext

SCENARIOS = 3
"""Scenarios whose findings stand in short, at most."""
REASONS = 5
"""Reasons why runs failed that are named, at most."""


def notes(look: Look) -> list[str]:
    """What a reader must know before believing anything: unfinished, in part, failed runs."""
    sweep = look.sweep
    found = []
    shard = sweep.provenance.get("shard")
    if isinstance(shard, Mapping):
        found.append(
            _(
                "This is part {part} of {of} of a sweep. Merge the parts before drawing "
                "conclusions: “unsaid sweep merge”."
            ).format(part=shard.get("part"), of=shard.get("of"))
        )
    elif not sweep.finished:
        found.append(
            _(
                "This sweep is not finished: {runs} of {planned} runs are there ({share}). "
                "Everything here is of those; start the sweep again with the same command to go "
                "on, and analyse it anew."
            ).format(
                runs=naming.count(sweep.runs),
                planned=naming.count(sweep.planned),
                share=naming.share(sweep.runs / max(1, sweep.planned)),
            )
        )
    if sweep.study_changed:
        found.append(
            _(
                "{file} in the folder is not the study that was run; what is said here is of the "
                "text in {record}, which is."
            ).format(file=STUDY, record=PROVENANCE)
        )
    if sweep.failed:
        reasons = [
            f"“{why}” ({naming.count(n)})" for why, n in list(sweep.failures.items())[:REASONS]
        ]
        more = len(sweep.failures) - REASONS
        found.append(
            ngettext(
                "{count} run failed and is left out: {reasons}.",
                "{count} runs failed and are left out: {reasons}.",
                sweep.failed,
            ).format(
                count=naming.count(sweep.failed),
                reasons=", ".join(reasons)
                + (_(" and {n} more reasons").format(n=more) if more > 0 else ""),
            )
            + " "
            + _("If failing has to do with what was varied, means are biased.")
        )
    return found


def overview(look: Look) -> Section:
    """The study as a table of facts."""
    return Section(
        "study",
        _("What was run"),
        lead=left_out(look),
        pieces=[
            Piece(
                finding=_sentence(look.sweep),
                grid=Grid([_("what"), _("how")], facts(look), numbers=2),
            )
        ],
    )


def left_out(look: Look) -> str:
    """What this page has no room for, and where it is; "" where it has room for all."""
    said = []
    measures = [name for name in look.sweep.measures if name not in look.shown]
    if measures:
        said.append(
            _("Of {all} measures this page has {shown}; the tables also have {names}.").format(
                shown=len(look.shown),
                all=len(look.sweep.measures),
                names=listed([naming.said(name) for name in measures]),
            )
        )
    strategies = look.strategies[STRATEGIES_SHOWN:]
    if strategies:
        said.append(
            _("Figures have the first {shown} of {all} strategies; the tables have all.").format(
                shown=STRATEGIES_SHOWN, all=len(look.strategies)
            )
        )
    return " ".join(said)


def _sentence(sweep: Sweep) -> str:
    lucks = ngettext("{count} replication", "{count} replications", sweep.replications)
    points = ngettext("{count} design point", "{count} design points", sweep.points.height)
    cells = ngettext(
        "{count} combination of scenario, theory and strategy",
        "{count} combinations of scenario, theory and strategy",
        len(sweep.cells),
    )
    form = (
        _("{runs} runs: {points} × {cells} × {lucks}.")
        if sweep.finished
        else _("{runs} of {planned} runs so far, at {points}: {cells}, up to {lucks}.")
    )
    return form.format(
        runs=naming.count(sweep.runs),
        planned=naming.count(sweep.planned),
        points=points.format(count=naming.count(sweep.points.height)),
        cells=cells.format(count=naming.count(len(sweep.cells))),
        lucks=lucks.format(count=naming.count(sweep.replications)),
    )


def facts(look: Look) -> list[list[str]]:
    """What was run, a line each: for the page and for ``methods.md``."""
    sweep = look.sweep
    drawn = len({c.strategy for c in sweep.cells}) - len(look.strategies)
    strategies = [naming.strategy_name(name) for name in look.strategies]
    if drawn:
        strategies.append(
            ngettext("{count} drawn playbook", "{count} drawn playbooks", drawn).format(
                count=naming.count(drawn)
            )
        )
    rows = [
        [_("scenarios"), listed([naming.scenario_name(name) for name in look.scenarios])],
        [_("strategies"), listed(strategies)],
        [_("theories"), "; ".join(naming.theory_name(name) for name in look.theories)],
        [
            _("compared with"),
            naming.strategy_name(look.baseline) if look.baseline else _("nothing"),
        ],
        [_("varied"), "; ".join(varied(sweep)) or _("nothing")],
        [_("design"), design_said(sweep)],
        [_("replications"), naming.count(sweep.replications)],
        [
            _("luck"),
            _("common: replication r has the same luck at every point and for every strategy")
            if sweep.common_luck
            else _("independent: every run has its own"),
        ],
        [_("months"), ", ".join(map(str, sweep.months))],
        [_("measures"), "; ".join(map(measure_name, sweep.measures))],
        [
            _("runs"),
            _("{runs} of {planned}; {failed}").format(
                runs=naming.count(sweep.runs),
                planned=naming.count(sweep.planned),
                failed=_("{count} of them failed").format(count=naming.count(sweep.failed))
                if sweep.failed
                else _("none failed"),
            ),
        ],
    ]
    for key, name in (("hand", _("moves on offer")), ("shocks", _("cards from outside"))):
        if sweep.study.get(key):
            rows.append([name, str(sweep.study[key])])
    return rows


def varied(sweep: Sweep) -> list[str]:
    """Each factor with its range or its values."""
    found = []
    for factor in factors(sweep):
        said = sweep.ranges.get(factor.name)
        if isinstance(said, Mapping) and {"low", "high"} <= set(said):
            text = _("{low} to {high}").format(low=said["low"], high=said["high"])
        elif isinstance(said, list):
            text = ", ".join(map(str, said))
        elif factor.categories:
            text = ", ".join(factor.categories)
        else:
            text = _("{low} to {high}").format(
                low=f"{factor.values.min():g}", high=f"{factor.values.max():g}"
            )
        found.append(f"{factor.name} ({text})")
    return found


def design_said(sweep: Sweep) -> str:
    """The kind of design with what it was made with: "sobol, N 512, seed 1"."""
    design = dict(sweep.design)
    kind = str(design.pop("kind", "none"))
    made = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in design.items())
    return f"{kind.replace('-', ' ')}, {made}" if made else kind


def in_short(sections: Sequence[Section]) -> list[tuple[str, str]]:
    """The leading finding of each section that has one, with the section's id; of sections
    that go by scenario, all of them.
    """
    wanted = ("differences", "theories", "regret", "sensitivity", "heat", "discovery", "families")
    by = {section.id: section for section in sections}
    found: list[tuple[str, str]] = []
    for name in wanted:
        section = by.get(name)
        if section is None or not section.pieces:
            continue
        first = section.pieces[0]
        if name == "discovery" and first.grid and not first.picture:
            continue  # nothing to say of the leading measure
        if name == "heat" and any(one == "sensitivity" for one, _finding in found):
            continue  # says the same with less
        told = section.pieces if name in ("theories", "regret", "families") else [first]
        found += [(name, piece.finding) for piece in told[:SCENARIOS]]
    return found


def provenance_facts(record: Mapping[str, Any]) -> list[list[str]]:
    """What ``study.json`` says of where the results come from, long texts left out."""
    rows: list[list[str]] = []
    for key in (
        "program",
        "rules",
        "study_sha256",
        "points_sha256",
        "command",
        "started",
        "finished",
    ):
        if value := record.get(key):
            rows.append([key.replace("_", " "), str(value)])
    rows += [
        [key, pairs_said(record[key])]
        for key in ("versions", "platform", "seeds")
        if isinstance(record.get(key), Mapping)
    ]
    texts = record.get("texts")
    if isinstance(texts, Mapping):
        rows += [
            [name, f"sha256 {text['sha256']}"]
            for name, text in texts.items()
            if isinstance(text, Mapping) and "sha256" in text
        ]
    return rows


def pairs_said(pairs: Mapping[str, Any]) -> str:
    """An entry of the record on one line: "python 3.12, numpy 2.1"."""
    return ", ".join(f"{name} {one}" for name, one in pairs.items() if one is not None)
