"""Scenario discovery: where does a strategy not help?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.sweep.analysis import naming
from sim.sweep.analysis.boxes import (
    Cases,
    box_rows,
    box_said,
    cases_of,
    category_said,
    chance_said,
    limit_said,
    range_said,
    step_rows,
)
from sim.sweep.analysis.drawing import planes
from sim.sweep.analysis.look import Look
from sim.sweep.analysis.parts import Grid, Picture, Piece, Section
from sim.sweep.analysis.prim import FEWEST, Box, Found, Limit, Prim
from sim.words import _, ngettext

if TYPE_CHECKING:
    import polars as pl


ENOUGH: Final = 4 * FEWEST
"""Cases below which no box is looked for."""


def discovery(look: Look) -> Section:
    """Boxes in which the strategy does not help, measure by measure."""
    strategy = naming.quoted(look.strategy)
    title = (
        _("Where {strategy} does not help").format(strategy=strategy)
        if look.strategy
        else _("Where a strategy does not help")
    )
    if why := look.why_no_gains() or (
        "" if look.strategy else _("There is no strategy to ask of.")
    ):
        return Section("discovery", title, missing=[why])
    directed = [measure for measure in look.sweep.measures if naming.way(measure)]
    if not directed:
        return Section(
            "discovery",
            title,
            missing=[_("Of none of the measures is one way better, so nothing helps or fails to.")],
        )
    leading = look.measure if naming.way(look.measure) else directed[0]
    rows: list[dict[str, Any]] = []
    steps: list[dict[str, Any]] = []
    summary: list[list[str]] = []
    nowhere = 0  # measures that the strategy betters in every case
    missing: list[str] = []
    pieces: list[Piece] = []
    for measure in sorted(directed, key=lambda name: name != leading):
        cases = cases_of(look, measure)
        if not cases.dimensions:
            missing.append(
                _("Nothing was varied: one design point, theory and scenario have no “where”.")
            )
            break
        nowhere += _fails_nowhere(cases)
        if why := _too_few(look, cases):
            if measure == leading and (cases.gain.size >= ENOUGH or not _mixed(cases)):
                pieces.append(Piece(finding=why))
            elif measure == leading:
                missing.append(why)
            summary.append(_line(look, cases, None))
            continue
        boxes = list(Prim(cases.dimensions, cases.interest).cover())
        for number, found in enumerate(boxes, start=1):
            rows += box_rows(look, cases, found, number)
            steps += step_rows(look, cases, found, number)
        summary.append(_line(look, cases, boxes[0]))
        if measure == leading:
            pieces.append(_leading(look, cases, boxes))
    if summary:
        pieces.append(_summary(look, summary, nowhere))
    return Section(
        "discovery",
        title,
        lead=_(
            "A case is a design point under one theory in one scenario; it is of interest where "
            "the mean paired difference over replications is nought or on the worse side. PRIM "
            "(Friedman & Fisher 1999; for scenario discovery Bryant & Lempert 2010) looks for a "
            "box in the factors in which such cases are dense. Of all boxes on the way the one "
            "with the best balance of coverage and density (their harmonic mean) is shown; "
            "limits that chance explains as well (quasi-p above 0.05) have been dropped. What a "
            "box holds is then taken away, and the next one looked for, three in all."
        ),
        pieces=pieces,
        missing=missing,
        tables={
            name: frame
            for name, frame in (("boxes", _frame(rows)), ("boxes_on_the_way", _frame(steps)))
            if frame.height
        },
    )


def _mixed(cases: Cases) -> bool:
    """Whether the strategy helps in some cases and not in others, or there are none at all."""
    return cases.gain.size == 0 or bool(cases.interest.any() and not cases.interest.all())


def _fails_nowhere(cases: Cases) -> bool:
    return cases.gain.size > 0 and not cases.interest.any()


def _too_few(look: Look, cases: Cases) -> str:
    """Why no box is looked for; "" to look."""
    interest, all_ = int(cases.interest.sum()), cases.gain.size
    place = {
        "strategy": naming.quoted(look.strategy),
        "measure": naming.said(cases.measure),
        "count": naming.count(interest),
        "all": naming.count(all_),
    }
    if all_ == 0:
        return _("There is no pair of runs of {strategy} to judge {measure} by.").format(**place)
    if interest == 0:
        return naming.sentence(
            _("{strategy} betters {measure} in every one of {all} cases.").format(**place)
        )
    if interest == all_:
        return naming.sentence(
            _("{strategy} does not help {measure} in any of {all} cases.").format(**place)
        )
    if all_ < ENOUGH:
        return _(
            "For {measure} there are {all} cases; too few to look for a box of them. In {count} "
            "of them {strategy} does not help."
        ).format(**place)
    if interest < FEWEST:
        return naming.sentence(
            _(
                "{strategy} fails to help {measure} in {count} of {all} cases: too few to look for "
                "a box of them."
            ).format(**place)
        )
    return ""


def _leading(look: Look, cases: Cases, boxes: Sequence[Found]) -> Piece:
    """The boxes of the leading measure: finding, picture, limits."""
    first, base = boxes[0].box, float(cases.interest.mean())
    strategy, measure = naming.quoted(look.strategy), naming.said(cases.measure)
    if first.limits:
        finding = _(
            "Where {limits}, {strategy} fails to help {measure} in {density} of cases, against "
            "{base} of all; {coverage} of all its failures lie there."
        ).format(
            limits=_and(cases, first),
            strategy=strategy,
            measure=measure,
            density=naming.share(first.density),
            base=naming.share(base),
            coverage=naming.share(first.coverage),
        )
        finding += "".join(
            " "
            + _("Of the rest, it fails in {density} where {limits}.").format(
                density=naming.share(found.box.density), limits=_and(cases, found.box)
            )
            for found in boxes[1:]
            if found.box.limits
        )
    else:
        finding = naming.sentence(
            _(
                "{strategy} fails to help {measure} in {base} of cases, and no box in the factors "
                "holds these failures any better than all cases together."
            ).format(strategy=strategy, measure=measure, base=naming.share(base))
        )
    by = {dimension.name: dimension for dimension in cases.dimensions}
    return Piece(
        finding=finding,
        picture=Picture("where-not", lambda: _draw(cases, boxes[0])),
        grid=Grid(
            [_("box"), _("factor"), _("in the box"), _("over all cases"), _("quasi-p")],
            [
                [
                    str(number),
                    name,
                    limit_said(by[name], limit),
                    range_said(by[name]),
                    chance_said(found.quasi_p[name]),
                ]
                for number, found in enumerate(boxes, start=1)
                for name, limit in found.box.limits.items()
            ],
            numbers=4,
        )
        if first.limits
        else None,
        caption=_("{cases} cases, {interest} of interest.").format(
            cases=naming.count(cases.gain.size), interest=naming.count(int(cases.interest.sum()))
        )
        + "".join(f" {_numbers_said(number, found.box)}" for number, found in enumerate(boxes, 1))
        + " "
        + _(
            "A box after the first is looked for among the cases outside those before it. Quasi-p: "
            "how likely a limit would look as useful by chance. The figure shows box 1."
        ),
    )


def _and(cases: Cases, box: Box) -> str:
    return box_said(cases, box.limits).replace("; ", _(" and "))


def _numbers_said(number: int, box: Box) -> str:
    if not box.limits:
        return _("No further box stands out among the rest.")
    return _(
        "Box {number}: {inside} cases, {hits} of interest; density {density}, coverage {coverage}, "
        "mass {mass}."
    ).format(
        number=number,
        inside=naming.count(box.cases),
        hits=naming.count(box.hits),
        density=naming.share(box.density),
        coverage=naming.share(box.coverage),
        mass=naming.share(box.mass),
    )


def _draw(cases: Cases, found: Found) -> Any:
    sides = _sides(cases, found)
    return planes.box(
        [{"coverage": box.coverage, "density": box.density} for box in found.trajectory],
        {"coverage": found.box.coverage, "density": found.box.density},
        cases.interest,
        sides[0],
        sides[1],
        (_("does not help"), _("helps")),
    )


def _sides(cases: Cases, found: Found) -> tuple[planes.Side, planes.Side]:
    """The two factors whose limits are surest; the gain itself where there is only one."""
    ranked = sorted(found.quasi_p, key=lambda name: (found.quasi_p[name], name))
    named = [dimension.name for dimension in cases.dimensions]
    names = [*ranked, *(name for name in named if name not in ranked)][
        : 2 if len(ranked) > 1 else 1
    ]
    by = {dimension.name: dimension for dimension in cases.dimensions}
    sides = []
    for name in names:
        dimension = by[name]
        limit = found.box.limits.get(name, Limit())
        low, high = limit.low, limit.high
        if limit.kept:
            low, high = min(limit.kept) - 0.5, max(limit.kept) + 0.5
        labels = tuple(category_said(name, one) for one in dimension.categories)
        sides.append(planes.Side(name, dimension.values, low, high, labels))
    if len(sides) == 1:
        by_scale = cases.gain * naming.scale(cases.measure)
        name = naming.axis_name(cases.measure, difference=True)
        if naming.way(cases.measure) < 0:
            name = _("{measure}, turned round").format(measure=name)
        sides.append(planes.Side(name, by_scale))
    return sides[0], sides[1]


def _line(look: Look, cases: Cases, found: Found | None) -> list[str]:
    base = float(cases.interest.mean()) if cases.gain.size else np.nan
    box = found.box if found and found.box.limits else None
    none = _("fails nowhere") if _fails_nowhere(cases) else _("no box found")
    if box is None:
        return [naming.axis_name(cases.measure), naming.share(base), "–", "–", none]
    return [
        naming.axis_name(cases.measure),
        naming.share(base),
        naming.share(box.density),
        naming.share(box.coverage),
        box_said(cases, box.limits),
    ]


def _summary(look: Look, lines: list[list[str]], nowhere: int) -> Piece:
    boxed = sum(line[2] != "–" for line in lines)
    if nowhere == len(lines):
        finding = ngettext(
            "{strategy} failed nowhere: it betters the measure in every case.",
            "{strategy} failed nowhere: it betters each of the {all} measures in every case.",
            len(lines),
        )
    else:
        finding = (
            _("A box of failures was found for {boxed} of {all} measures.")
            if boxed
            else _("No box of failures was found for any measure.")
        )
        if nowhere:
            finding += " " + ngettext(
                "On {nowhere} of them {strategy} failed nowhere.",
                "On {nowhere} of them {strategy} failed nowhere.",
                nowhere,
            )
    # the box, in words, stands to the left of its numbers
    return Piece(
        finding=naming.sentence(
            finding.format(
                boxed=boxed,
                all=len(lines),
                nowhere=nowhere,
                strategy=naming.quoted(look.strategy),
            )
        ),
        grid=Grid(
            [
                _("measure"),
                _("the box"),
                _("does not help, all cases"),
                _("in the box (density)"),
                _("coverage"),
            ],
            [[line[0], line[4], *line[1:4]] for line in lines],
            numbers=2,
        ),
        caption=_("Every measure of which one way is better, at month {month}.").format(
            month=look.last
        ),
    )


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(rows, infer_schema_length=None)
