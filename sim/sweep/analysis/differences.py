"""What a strategy changes: paired differences against the baseline."""

from __future__ import annotations

from sim.labels import measure_title
from sim.sweep.analysis import naming
from sim.sweep.analysis.drawing import dots
from sim.sweep.analysis.estimates import MARKS, cell_said, differences_table, rows_of, verdict
from sim.sweep.analysis.look import STRATEGIES_SHOWN, Look
from sim.sweep.analysis.parts import Grid, Picture, Piece, Section
from sim.words import _, ngettext


def differences(look: Look) -> Section:
    """Paired differences against the baseline at the end."""
    if why := look.why_no_gains():
        return Section("differences", _title(), missing=[why])
    rows = [
        row
        for scenario in look.scenarios
        for row in rows_of(look, look.gains, scenario, look.rivals[:STRATEGIES_SHOWN])
        if row["month"] == look.last
    ]
    pieces = []
    if rows:
        pieces.append(
            Piece(
                finding=_leading_said(look),
                picture=Picture(
                    "differences", lambda: dots.differences(rows, look.shown, look.scenarios[:3])
                ),
                caption=_(
                    "Difference from {baseline} at month {month} with its 95% interval; "
                    "{theory}. Right of the line is more, whether or not more is better."
                ).format(
                    baseline=naming.quoted(look.baseline),
                    month=look.last,
                    theory=naming.theory_name(look.theory),
                ),
            )
        )
    pieces += [
        Piece(
            finding=finding(look, scenario, look.theory),
            grid=Grid(
                [
                    _("strategy"),
                    *(naming.axis_name(m, difference=True) for m in look.shown),
                    _("pairs"),
                ],
                [
                    [naming.strategy_name(strategy)]
                    + [
                        cell_said(look, look.gains, scenario, strategy, m, _marked)
                        for m in look.shown
                    ]
                    + [naming.count(int(look.gains.runs[cell, -1]))]
                    for strategy in look.rivals
                    if (cell := look.cell(scenario, look.theory, strategy)) >= 0
                ],
            ),
            caption=_(
                "{scenario}, {theory}, month {month}. ▲ better and ▼ worse than {baseline}, "
                "↑ more and ↓ less where neither is better, ○ the interval holds nought, "
                "= the same in every pair."
            ).format(
                scenario=naming.scenario_name(scenario),
                theory=naming.theory_name(look.theory),
                month=look.last,
                baseline=naming.quoted(look.baseline),
            ),
        )
        for scenario in look.scenarios
        if look.rivals
    ]
    return Section(
        "differences",
        _title(),
        lead=pairs_said(look),
        pieces=pieces,
        tables={"differences": differences_table(look)},
    )


def _title() -> str:
    return _("What a strategy changes")


def pairs_said(look: Look) -> str:
    """What a pair is."""
    if look.sweep.common_luck:
        return _(
            "Each run is paired with the {baseline} run of the same scenario, theory, design "
            "point and replication, which met the same luck; what is left is what the strategy "
            "did. Pairs of which one run failed are left out."
        ).format(baseline=naming.quoted(look.baseline))
    return _(
        "Each run is paired with the {baseline} run of the same scenario, theory, design point "
        "and replication. This study gave every run a luck of its own, so pairing removes the "
        "differences between design points but not those of luck, and intervals are wider than "
        "under common luck. Pairs of which one run failed are left out."
    ).format(baseline=naming.quoted(look.baseline))


def _marked(measure: str, mean: float, low: float, high: float) -> str:
    return f"{MARKS[verdict(measure, low, high)]} {naming.difference(measure, mean, low, high)}"


def finding(look: Look, scenario: str, theory: str) -> str:
    """How many strategies are better, and worse, than the baseline on each measure shown."""
    parts = []
    for measure in filter(naming.way, look.shown):
        at = look.at(measure)
        said = [
            verdict(measure, float(look.gains.low[c, -1, at]), float(look.gains.high[c, -1, at]))
            for strategy in look.rivals
            if (c := look.cell(scenario, theory, strategy)) >= 0 and look.gains.runs[c, -1]
        ]
        parts.append(
            _("{measure}: {better} better, {worse} worse, {unclear} unclear").format(
                measure=measure_title(measure),
                better=said.count("better"),
                worse=said.count("worse"),
                unclear=len(said) - said.count("better") - said.count("worse"),
            )
        )
    head = look.where(scenario) + _("Strategies against {baseline}.").format(
        baseline=naming.quoted(look.baseline)
    )
    return naming.sentence(" ".join((head, *(f"{part}." for part in parts))))


def _leading_said(look: Look) -> str:
    """What the strategy in the foreground does to the leading measure, scenario by scenario."""
    parts = []
    for scenario in look.scenarios:
        said = effect_said(look, scenario, look.theory, look.strategy, look.measure)
        parts.append(said and look.where(scenario) + said)
    return " ".join(part for part in parts if part)


def effect_said(look: Look, scenario: str, theory: str, strategy: str, measure: str) -> str:
    """One effect as a sentence: which way, how much, of how many pairs."""
    cell, at = look.cell(scenario, theory, strategy), look.at(measure)
    if cell < 0 or not look.gains.runs[cell, -1]:
        return ""
    gains = look.gains
    mean, low, high = (float(p[cell, -1, at]) for p in (gains.mean, gains.low, gains.high))
    pairs = int(gains.runs[cell, -1])
    what = verdict(measure, low, high)
    forms = {
        "same": _(
            "{strategy} changes nothing in {measure} by month {month}, against {baseline} "
            "({counted})."
        ),
        "unclear": _(
            "whether {strategy} moves {measure} by month {month} is not clear; the difference "
            "from {baseline} is {signed} ({counted})."
        ),
    }
    clear = {
        True: _(
            "{strategy} raises {measure} by {amount} at month {month}, against {baseline} "
            "({interval}{counted}){verdict}."
        ),
        False: _(
            "{strategy} lowers {measure} by {amount} at month {month}, against {baseline} "
            "({interval}{counted}){verdict}."
        ),
    }
    form = forms.get(what) or clear[mean > 0]
    amount, interval = naming.difference_parts(measure, mean, low, high)
    lucks = int(gains.replications[cell, -1])
    counted = (
        ngettext("{count} luck", "{count} lucks", lucks)
        if look.sweep.common_luck
        else ngettext("{count} replication", "{count} replications", lucks)
    ).format(count=naming.count(lucks))
    if pairs != lucks:
        counted += _(", {count} pairs").format(count=naming.count(pairs))
    said = form.format(
        strategy=naming.quoted(strategy),
        baseline=naming.quoted(look.baseline),
        month=look.last,
        measure=naming.said(measure),
        amount=amount,
        interval=f"{interval}; " if interval else "",
        counted=counted,
        signed=naming.difference(measure, mean, low, high),
        verdict={"better": _(", for the better"), "worse": _(", for the worse")}.get(what, ""),
    )
    return naming.sentence(said)
