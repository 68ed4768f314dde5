"""What happens: means by month and at the end."""

from __future__ import annotations

from sim.labels import listed
from sim.sweep.analysis import naming
from sim.sweep.analysis.drawing import dots, lines
from sim.sweep.analysis.estimates import cell_said, rows_of, table
from sim.sweep.analysis.intervals import OVER
from sim.sweep.analysis.look import STRATEGIES_SHOWN, Look, only_families
from sim.sweep.analysis.parts import Grid, Picture, Piece, Section
from sim.words import _


def means(look: Look) -> Section:
    """Means by month, and at the end."""
    pieces = []
    several = len(look.sweep.months) > 1
    for scenario in look.scenarios:
        shown = look.strategies[:STRATEGIES_SHOWN]
        frame = rows_of(look, look.levels, scenario, shown)
        if not frame:
            continue
        pieces.append(
            Piece(
                finding=look.where(scenario) + _range_said(look, scenario),
                picture=Picture(
                    f"means-{naming.file_name(scenario)}",
                    lambda frame=frame, shown=shown: (  # type: ignore[misc]
                        lines.by_month if several else dots.levels
                    )(frame, look.shown, shown, look.baseline),
                ),
                grid=Grid(
                    [_("strategy"), *(naming.axis_name(name) for name in look.shown)],
                    [
                        [naming.strategy_name(strategy)]
                        + [
                            cell_said(look, look.levels, scenario, strategy, m, naming.level)
                            for m in look.shown
                        ]
                        for strategy in look.strategies
                        if look.cell(scenario, look.theory, strategy) >= 0
                    ],
                ),
                caption=_(
                    "{scenario}, {theory}. Mean and 95% interval at month {month}{drawn}"
                ).format(
                    scenario=naming.scenario_name(scenario),
                    theory=naming.theory_name(look.theory),
                    month=look.last,
                    drawn=_("; shaded in the figure, where the spread is of means, not of runs.")
                    if several
                    else ".",
                ),
            )
        )
    return Section(
        id="means",
        title=_("What happens"),
        lead=over_said(look),
        pieces=pieces,
        missing=[] if pieces else [_no_means(look)],
        tables={"means": table(look, look.levels, "mean", "runs")},
    )


def _no_means(look: Look) -> str:
    if not look.strategies:
        return only_families()
    return _("No run succeeded, so there are no means.")


def over_said(look: Look) -> str:
    """What the intervals are taken over, in a sentence or two."""
    end = int(look.levels.over[:, -1].max(initial=0))
    if OVER[end] == "replications":
        return _(
            "A mean is over all design points and replications. Its 95% interval is over "
            "replications: it says how far chance alone could have moved the mean, with the "
            "design points as they are. How much design points differ is shown further down."
        )
    if OVER[end] == "points":
        return _(
            "There is one replication, so nothing is known about chance. The 95% intervals are "
            "over design points: how far another choice of points could have moved a mean."
        )
    return _("There is one run of each kind, so no interval can be computed.")


def _range_said(look: Look, scenario: str) -> str:
    """Which strategy ends with most of the leading measure, and which with least."""
    at = look.at(look.measure)
    found = {
        strategy: float(look.levels.mean[cell, -1, at])
        for strategy in look.strategies
        if (cell := look.cell(scenario, look.theory, strategy)) >= 0 and look.levels.runs[cell, -1]
    }
    said = {
        strategy: cell_said(look, look.levels, scenario, strategy, look.measure, naming.level)
        for strategy in found
    }
    if not found:
        return _("No run without a family of playbooks is in the sweep.")
    most, least = max(found, key=found.__getitem__), min(found, key=found.__getitem__)
    start = _("At month {month}, {measure}:").format(
        month=look.last, measure=naming.said(look.measure)
    )
    if len(found) == 1 or found[most] == found[least]:
        return f"{start} " + _("{value} under {strategies}.").format(
            value=said[most], strategies=listed([naming.quoted(name) for name in found])
        )
    return f"{start} " + _("most under {most}, {high}, least under {least}, {low}.").format(
        most=naming.quoted(most),
        high=said[most],
        least=naming.quoted(least),
        low=said[least],
    )
