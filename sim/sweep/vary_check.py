"""Checks on what a study varies: that it exists everywhere, and stays in its range."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim import yamlfile
from sim.parameters import PARAMETERS, THEORIES, Parameter
from sim.scenario import Scenario
from sim.scenario.checking import checked as scenario_checked
from sim.scenario.merging import Sources
from sim.spelling import meant
from sim.sweep.designs import axes_of, axis_of
from sim.sweep.shape import LEVELS, Factor, label_of, number_of
from sim.sweep.spots import (
    NoSuchSpot,
    Spot,
    SpotRefused,
    changed,
    find_spot,
    kind_of,
    read_value,
)
from sim.sweep.study_review import StudyReview
from sim.words import _
from sim.yamlfile import Path_

ELSEWHERE = {
    "strategy": "strategies", "scenario": "scenarios", "theory": "theories", "family": "families",
}  # fmt: skip
"""What is no factor of a design, because every point is run with each of them."""


def vary(review: StudyReview) -> None:
    """Every factor exists, has values it can have, and suits the design."""
    study = review.study
    listed = study.design.kind == "list" and not study.vary and review.table is not None
    factors = review.table.factors() if listed and review.table else study.vary
    for name, factor in factors.items():
        path: Path_ = ("design", "file") if listed else ("vary", name)
        if not _shaped(review, path, factor):
            continue
        if name in PARAMETERS:
            _parameter(review, path, PARAMETERS[name], factor)
        else:
            _spot(review, path, name, factor)
        if not listed:
            _suits(review, path, name, factor)
    _together(review, bool(factors))
    if review.table is not None and study.design.kind == "list":
        axes = axes_of(study, review.table)
        for text, hint in review.table.problems(axes, not listed):
            review.error("E-TABLE", ("design", "file"), text, hint)
        spare = [c for c in review.table.columns if c not in factors]
        if spare and all(name in review.table.columns for name in factors):
            review.warn(
                "W-COLUMNS",
                ("design", "file"),
                _("Columns that are not varied are left out: {names}.").format(
                    names=", ".join(spare[:12])
                ),
            )


def _shaped(review: StudyReview, path: Path_, factor: Factor) -> bool:
    """A range with two ends in order, or a list of different values."""
    given: Any = review.sources.data
    for part in path:
        given = given.get(part) if isinstance(given, dict) else None
    if factor.values is not None:
        labels = [label_of(value) for value in factor.values]
        for i, label in enumerate(labels):
            if label in labels[:i]:
                review.error(
                    "E-DUPLICATE-ID",
                    (*path, i),
                    _("“{name}” is here a second time.").format(name=label),
                )
        if not labels:
            review.no_runs(path, _("There is no value here."))
        return bool(labels)
    for key, other in (("low", "high"), ("high", "low")):
        if getattr(factor, key) is None and not (isinstance(given, dict) and key in given):
            review.error(
                "E-MISSING",
                path,
                _("“{key}” is missing beside “{other}”.").format(key=key, other=other)
                if getattr(factor, other) is not None
                else _("“{key}” is missing.").format(key=key),
                _("A range has both ends: {low: 0.2, high: 0.6}."),
                key=True,
            )
    span = factor.span
    if span is not None and span[0] >= span[1]:
        review.error(
            "E-RANGE",
            (*path, "low"),
            _("“low” is {low:g}, and “high” is {high:g}: this is no range.").format(
                low=span[0], high=span[1]
            ),
            (
                _("“low” must be less than “high”; for one value only, write [{low:g}].")
                if len(review.study.vary) > 1 or review.study.design.kind == "none"
                else _(
                    "“low” must be less than “high”; for one value only, write [{low:g}] and "
                    "leave “design” out, as nothing else varies."
                )
            ).format(low=span[0]),
        )
        return False
    return span is not None


def _values(factor: Factor, path: Path_) -> Iterator[tuple[Path_, Any]]:
    """Both ends of a range or all of a list, and where each stands."""
    if factor.values is None:
        yield (*path, "low"), factor.low
        yield (*path, "high"), factor.high
    else:
        for i, value in enumerate(factor.values):
            yield (*path, i), value


def _parameter(review: StudyReview, path: Path_, parameter: Parameter, factor: Factor) -> None:
    theories = {theory for one in review.study.theories for theory in one}
    theories |= {
        name.replace("-", "_") for s in review.scenarios.values() for name in s.theories
    }  # fmt: skip
    if parameter.name in THEORIES and parameter.name in theories:
        review.error(
            "E-THEORIES",
            path,
            _("“{name}” is varied here, and switched on as a rival theory too.").format(
                name=parameter.name
            ),
            _("Take it out of one of the two."),
            key=True,
        )
    for where, value in _values(factor, path):
        number = None if isinstance(value, str) else number_of(value)
        if number is None:
            review.error(
                "E-KIND",
                where,
                _("A parameter is a number, not {value}.").format(value=label_of(value)),
            )
        elif not parameter.low <= number <= parameter.high:
            review.error(
                "E-PARAMETER-RANGE",
                where,
                _("{value:g} is out of range for “{name}”.").format(
                    value=number, name=parameter.name
                ),
                _("It lies between {low:g} and {high:g}; usually {default:g}.").format(
                    low=parameter.low, high=parameter.high, default=parameter.default
                ),
            )


def _spot(review: StudyReview, path: Path_, name: str, factor: Factor) -> None:
    """A spot that every scenario has, and values that it can have in all of them."""
    if name in ELSEWHERE or name in ELSEWHERE.values():
        key = ELSEWHERE.get(name, name)
        review.error(
            "E-FACTOR",
            path,
            _("“{name}” is nothing to vary: every point is run with each of them.").format(
                name=name
            ),
            _("List them under “{key}:”.").format(key=key),
            key=True,
        )
        return
    if "." not in name and (near := meant(name, PARAMETERS)):
        review.error(
            "E-UNKNOWN-PARAMETER",
            path,
            _("There is no parameter “{name}”.").format(name=name),
            _("Did you mean “{meant}”?").format(meant=near),
            key=True,
        )
        return
    for scenario in review.scenarios.values():
        try:
            spot = find_spot(scenario, name)
        except NoSuchSpot as error:
            text = error.message
            if len(review.scenarios) > 1:
                text = _("In “{scenario}”: {why}").format(scenario=scenario.id, why=text)
            hint = error.hint
            if "." not in name:
                hint = _("A parameter goes by its name, a number of the scenario by its path, "
                         "such as place.backing.")  # fmt: skip
            review.error("E-PATH", path, text, hint, key=True)
            continue
        _values_fit(review, path, scenario, spot, factor)


def _values_fit(
    review: StudyReview, path: Path_, scenario: Scenario, spot: Spot, factor: Factor
) -> None:
    if factor.values is None and spot.kind in ("flag", "text"):
        review.error(
            "E-KIND",
            path,
            _("“{path}” is no number: it has no range.").format(path=spot.path),
            _("List its values: [true, false].")
            if spot.kind == "flag"
            else _("List its values: [one, another]."),
        )
        return
    nowhere = yamlfile.read_text("{}")  # nobody has written the scenario as it is then
    for where, value in _values(factor, path):
        try:
            other = changed(scenario, {spot: read_value(spot, value)})
        except SpotRefused as error:
            review.error("E-VALUE", where, error.message, error.hint)
            continue
        whole = Sources(other.model_dump(by_alias=True), nowhere, {})
        errors = [m for m in scenario_checked(other, whole) if m.level == "error"]
        if errors:
            review.error(
                "E-VALUE",
                where,
                _("{path} cannot be {value}: {why}").format(
                    path=spot.path, value=label_of(value), why=errors[0].text
                ),
                errors[0].suggestion,
            )


def _suits(review: StudyReview, path: Path_, name: str, factor: Factor) -> None:
    """Whether the design can do something with such a factor."""
    kind = review.study.design.kind
    if kind in ("sobol", "morris") and factor.values is not None and len(factor.values) > 1:
        words = axis_of(name, factor).labels is not None
        numbers = factor.numbers
        review.error(
            "E-CATEGORICAL",
            path,
            _("A design of the kind “{kind}” needs a range, and this is a list.").format(kind=kind),
            _("Make a study for each of them, or take a grid or a latin-hypercube.")
            if words or numbers is None
            else _("Write {{low: {low:g}, high: {high:g}}}, or take a grid.").format(
                low=min(numbers), high=max(numbers)
            ),
        )
    if kind == "none" and review.design_known and axis_of(name, factor).varies:
        review.error(
            "E-NO-DESIGN",
            path,
            _("This cannot vary: the study has no design."),
            _("Say how points are laid: design: {kind: latin-hypercube, points: 200}."),
            key=True,
        )
    levels = review.study.design.levels or LEVELS["morris"]
    span = factor.span
    whole = name not in PARAMETERS and kind_of(name) == "whole"
    if kind == "morris" and whole and span is not None and span[1] - span[0] + 1 < levels:
        review.error(
            "E-LEVELS",
            path,
            _("There are fewer whole numbers here than the design has levels ({levels}).").format(
                levels=levels
            ),
            _("Take fewer levels, or a wider range."),
        )


def _together(review: StudyReview, any_factor: bool) -> None:
    """A design wants something to vary."""
    study = review.study
    axes = axes_of(study, review.table)
    if study.design.kind in ("none", "list"):
        return
    if not any(axis.varies for axis in axes) and not (any_factor and not axes):
        review.error(
            "E-NOTHING-VARIES",
            ("design",),
            _("There is a design, and nothing that varies."),
            _("Leave “design” out, if what has one value is to be held fast; or write a range.")
            if axes
            else _("Say what varies: vary: {trust_gain: {low: 0.02, high: 0.06}}."),
            key=True,
        )
