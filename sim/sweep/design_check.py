"""Checks on how a study is laid out: its design, measures, months, and how much it would run."""

from __future__ import annotations

from typing import Final

from sim.fields import HORIZON, MEASURES
from sim.sweep.designs import MOST_POINTS, count_points
from sim.sweep.shape import KEYS, NEEDED
from sim.sweep.study_review import StudyReview
from sim.words import _
from sim.yamlfile import Path_

MOST_RUNS: Final = 1_000_000_000
FEW_LUCKS: Final = 30
"""Indices of a design that is to be averaged over luck want at least so many replications."""


def design(review: StudyReview) -> None:
    """The design has what it needs, and nothing that means nothing to it."""
    here = review.study.design
    given = review.sources.data.get("design")
    keys = set(given) if isinstance(given, dict) else set()
    if isinstance(given, dict) and "kind" not in given:
        review.error(
            "E-MISSING",
            ("design",),
            _("“{key}” is missing in “design”.").format(key="kind"),
            _("It is one of: {names}.").format(names=", ".join(KEYS)),
            key=True,
        )
        return
    if not review.design_known:
        return  # told already; what belongs to it cannot be judged
    for key in sorted({key for of in KEYS.values() for key in of} & keys - set(KEYS[here.kind])):
        review.error(
            "E-UNKNOWN-KEY",
            ("design", key),
            _("“{key}” means nothing to a design of the kind “{kind}”.").format(
                key=key, kind=here.kind
            ),
            _("It has: {keys}.").format(keys=", ".join(KEYS[here.kind]) or _("nothing more")),
            key=True,
        )
    if (needed := NEEDED.get(here.kind)) and getattr(here, needed) is None:
        if needed not in keys:
            review.error(
                "E-MISSING",
                ("design",),
                _("“{key}” is missing in “design”.").format(key=needed),
                key=True,
            )
    elif needed and getattr(here, needed) == 0:
        review.no_runs(("design", needed), _("The design has no points."))
    if here.N and here.kind == "sobol" and here.N & (here.N - 1):
        review.warn(
            "W-POWER-OF-TWO",
            ("design", "N"),
            _("{count} is no power of two: the points will not be spread evenly.").format(
                count=here.N
            ),
            _("Write {less} or {more}.").format(
                less=1 << (here.N.bit_length() - 1), more=1 << here.N.bit_length()
            ),
        )
    if here.kind == "morris" and (here.levels or 4) % 2:
        review.error(
            "E-LEVELS",
            ("design", "levels"),
            _("Morris' method needs an even number of levels."),
            _("Write {less} or {more}.").format(
                less=max(2, (here.levels or 4) - 1), more=(here.levels or 4) + 1
            ),
        )
    if here.kind in ("sobol", "morris") and 0 < review.study.replications < FEW_LUCKS:
        review.say(
            "advice",
            "A-FEW-LUCKS",
            ("replications",),
            _("Indices of single lucks say little; they are averaged over at least {few}.").format(
                few=FEW_LUCKS
            ),
        )


def measures(review: StudyReview) -> None:
    """Measures that there are, each once."""
    if not review.study.measures:
        review.error("E-COUNT", ("measures",), _("Nothing is measured."), _("Write measures: all."))
    for i, name in enumerate(review.study.measures):
        path: Path_ = ("measures", i)
        if name not in MEASURES:
            review.unknown(
                "E-UNKNOWN-MEASURE", path, _("There is no measure “{name}”."), name, MEASURES
            )
        elif name in review.study.measures[:i]:
            review.twice(path, name, ("measures", review.study.measures.index(name)))


def months(review: StudyReview) -> None:
    """Months once each, and, left out, the same end for all scenarios."""
    ends = {s.time.months for s in review.scenarios.values()}
    written = review.sources.data.get("months") if review.study.months else None
    given = written if isinstance(written, list) else review.study.months
    for i, month in enumerate(given):
        if not 1 <= month <= HORIZON:
            review.error(
                "E-RANGE",
                ("months", i),
                _("There is no month {month}: they are counted from 1 to {most}.").format(
                    month=month, most=HORIZON
                ),
            )
        elif month in given[:i]:
            review.warn(
                "W-TWICE",
                ("months", i),
                _("Month {month} is here a second time; it is read once.").format(month=month),
                _("Take it out, or write the month you meant."),
            )
        elif ends and month > max(ends):
            review.say(
                "advice",
                "A-AFTERWARDS",
                ("months", i),
                _("The play ends with month {end}: what follows goes on without moves.").format(
                    end=max(ends)
                ),
            )
    if not given and len(ends) > 1:
        review.say(
            "advice",
            "A-ENDS",
            ("scenarios",),
            _("These scenarios end with months {months}; all are read at each of them.").format(
                months=", ".join(map(str, sorted(ends)))
            ),
            _("Say which months you mean: months: [{first}].").format(first=min(ends)),
        )


def size(review: StudyReview) -> None:
    """Neither nothing at all nor more than anybody could run."""
    study = review.study
    if study.replications == 0:
        review.no_runs(("replications",), _("Nothing is run 0 times."))
        return
    points = count_points(study, review.table)
    drawn = study.families.draws * len(study.families.of) if study.families else 0
    cells = len(study.scenarios) * len(study.theories) * (len(study.strategies) + drawn)
    runs = points * cells * study.replications
    shown = _("{points} points × {cells} cells × {replications} replications").format(
        points=f"{points:,}", cells=f"{cells:,}", replications=f"{study.replications:,}"
    )
    if points > MOST_POINTS:
        review.error(
            "E-TOO-LARGE",
            ("design",),
            _("The design has {points} points; the most is {most}.").format(
                points=f"{points:,}", most=f"{MOST_POINTS:,}"
            ),
            _("A latin hypercube covers as many factors with far fewer points.")
            if study.design.kind == "grid"
            else "",
            key=True,
        )
    elif runs > MOST_RUNS:
        review.error(
            "E-TOO-LARGE",
            ("replications",) if points <= study.replications else ("design",),
            _("{product} make {runs} runs; the most is {most}.").format(
                product=shown, runs=f"{runs:,}", most=f"{MOST_RUNS:,}"
            ),
            key=True,
        )
