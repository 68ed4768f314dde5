"""Checks on a study that has the right shape: does everything it names exist, and fit?"""

from __future__ import annotations

from typing import Any, Final

from sim.errors import UserError
from sim.expressions import suggest
from sim.parameters import PARAMETERS, THEORIES
from sim.playbooks import (
    FAMILIES_OF_PLAY,
    NoSuchFamily,
    NoSuchStrategy,
    PlaybookError,
    PlaybookStrategy,
    Scripted,
    strategy_names,
)
from sim.playbooks.playbook import compiled
from sim.scenario.merging import Sources
from sim.scenario.messages import Message, ScenarioError
from sim.sweep.design_check import design, measures, months, size
from sim.sweep.material import (
    POINTS,
    SCENARIO,
    STRATEGY,
    Material,
    is_file,
    scenario_of,
    strategy_of,
    table_beside,
)
from sim.sweep.shape import ALL, NONE, Study
from sim.sweep.study_review import StudyReview
from sim.sweep.tables import TableError
from sim.sweep.vary_check import vary
from sim.words import _, ngettext
from sim.world import build_world
from sim.yamlfile import Path_

UNREAD: Final = ("E-UNKNOWN-SCENARIO", "E-SCENARIO")
"""What is said of a scenario that could not be read."""


def checked(study: Study, sources: Sources) -> tuple[list[Message], Material]:
    """Everything to be said about a study, and what it names as far as it could be read."""
    review = StudyReview(study, sources)
    for look in (question, scenarios, strategies, families, baseline, fits, theories, table, vary,
                 design, measures, months, size, unchecked):  # fmt: skip
        look(review)
    return review.messages, review.material()


def question(review: StudyReview) -> None:
    """The question stands in the first line, so that a folder of studies can be looked over."""
    data, document = review.sources.data, review.sources.document
    if "question" not in data:
        return  # told already
    path: Path_ = ("question",)
    place = document.places.get(path)
    if document.position(path, key=True)[0] != 1 or place is None or place.exact is None:
        review.error(
            "E-QUESTION",
            path,
            _("The question stands in the first line of the file, and in that line alone."),
            _("Put “question: …” above everything else, comments too."),
            key=True,
        )
    elif not review.study.question.endswith("?"):
        review.say("advice", "A-QUESTION", path, _("A question ends with a question mark."))


def scenarios(review: StudyReview) -> None:
    """They exist, can be played, and are different ones."""
    study = review.study
    if not study.scenarios and "scenarios" in review.sources.data:
        review.no_runs(("scenarios",), _("There is no scenario here."))
    seen: dict[str, int] = {}
    for i, name in enumerate(study.scenarios):
        path: Path_ = ("scenarios", i)
        try:
            scenario = scenario_of(name, study.folder)
        except ScenarioError as error:
            first = error.messages[0]
            if not is_file(name) and not first.file:
                review.error("E-UNKNOWN-SCENARIO", path, first.text, first.suggestion)
                continue
            review.error(
                "E-SCENARIO",
                path,
                _("The scenario cannot be played: {why}").format(why=first),
                _("“unsaid check {file}” says everything.").format(file=error.name),
            )
            continue
        if scenario.id in seen:
            review.twice(path, scenario.id, ("scenarios", seen[scenario.id]))
            continue
        seen[scenario.id] = i
        review.scenarios[name] = scenario
        review.texts[f"{SCENARIO}{name}"] = scenario.text


def strategies(review: StudyReview) -> None:
    """They exist, and each goes by another name."""
    study = review.study
    if not study.strategies and study.families is None:
        review.no_runs(
            ("strategies",),
            _("Nobody plays: there are no strategies and no families.")
            if "strategies" in review.sources.data
            else _("Nobody plays: “strategies” is missing, and so is “families”."),
        )
    seed = study.families.seed if study.families else 1
    seen: dict[str, int] = {}
    for i, name in enumerate(study.strategies):
        path: Path_ = ("strategies", i)
        try:
            strategy, text = strategy_of(name, study.folder, seed)
        except (NoSuchStrategy, NoSuchFamily) as error:
            review.error("E-UNKNOWN-STRATEGY", path, error.message, error.hint)
            continue
        except UserError as error:
            text = _("The strategy cannot be played: {why}").format(why=error.message)
            review.error("E-STRATEGY", path, text, error.hint)
            continue
        if strategy.name in seen:
            review.twice(path, strategy.name, ("strategies", seen[strategy.name]))
            continue
        seen[strategy.name] = i
        review.strategies[name] = strategy
        if text:
            review.texts[f"{STRATEGY}{name}"] = text


def families(review: StudyReview) -> None:
    """Families that there are, with draws in them."""
    chosen = review.study.families
    if chosen is None:
        return
    if chosen.draws == 0:
        review.no_runs(("families", "draws"), _("No playbook is drawn of any family."))
    for i, name in enumerate(chosen.of):
        if name not in FAMILIES_OF_PLAY:
            review.unknown(
                "E-UNKNOWN-FAMILY",
                ("families", "of", i),
                _("There is no family of play called “{name}”."),
                name,
                tuple(FAMILIES_OF_PLAY),
            )
        elif name in chosen.of[:i]:
            review.twice(("families", "of", i), name, ("families", "of", chosen.of.index(name)))


def baseline(review: StudyReview) -> None:
    """What everything is compared with is one of the strategies, and shares their luck."""
    study = review.study
    name = study.compare_with
    if study.luck == "independent" and (name is not None or len(study.strategies) > 1):
        review.warn(
            "W-LUCK",
            ("luck",),
            _("With a luck of its own for every run, differences between strategies are no pairs."),
            _("Leave “luck” out: replication r then has the same luck everywhere."),
        )
    if name is None or name in review.strategies:
        return
    known = {strategy.name: called for called, strategy in review.strategies.items()}
    if name in known:
        return
    path: Path_ = ("compare_with",)
    text = _("“{name}” is not among the strategies, so that nothing can be compared with it.")
    if name in strategy_names():
        hint = _("Add it: strategies: [{name}, …].").format(name=name)
        review.error("E-BASELINE", path, text.format(name=name), hint)
    # one that could not be read may go by any name, except where this is clearly a slip
    elif len(review.strategies) == len(study.strategies) or (
        name not in study.strategies and suggest(name, [*known, *review.strategies])
    ):
        review.unknown("E-BASELINE", path, text, name, [*known, *review.strategies])


def fits(review: StudyReview) -> None:
    """Every playbook can be played in every scenario."""
    for called, scenario in review.scenarios.items():
        try:
            names = build_world(scenario, luck=1)[1]
        except UserError as error:
            i = review.study.scenarios.index(called)
            review.error("E-SCENARIO", ("scenarios", i), error.message, error.hint)
            continue
        for name, strategy in review.strategies.items():
            if not isinstance(strategy, PlaybookStrategy):
                assert isinstance(strategy, Scripted)  # a script skips what does not fit
                continue
            try:
                compiled(strategy.playbook, names)
            except PlaybookError as error:
                review.error(
                    "E-MISFIT",
                    ("strategies", review.study.strategies.index(name)),
                    _("In “{scenario}”: {why}").format(scenario=scenario.id, why=error.message),
                    error.hint,
                )


def theories(review: StudyReview) -> None:
    """Rival theories that there are; every set once."""
    given: Any = review.sources.data.get("theories")
    sets = review.study.theories
    if "theories" in review.sources.data and not sets:
        review.no_runs(("theories",), _("There is no theory here, not even “none”."))
    entries = given if isinstance(given, list) else [given] if isinstance(given, str) else []
    for i, entry in enumerate(entries):
        for j, name in enumerate(entry if isinstance(entry, list) else [entry]):
            if str(name).replace("-", "_") not in (*THEORIES, NONE, ALL):
                path: Path_ = ("theories", i, j) if isinstance(entry, list) else ("theories", i)
                review.unknown(
                    "E-UNKNOWN-THEORY",
                    path,
                    _("There is no rival theory “{name}”."),
                    str(name),
                    (*THEORIES, NONE, ALL),
                )
            elif isinstance(entry, list) and len(entry) > 1 and name in (ALL, NONE):
                review.error(
                    "E-THEORIES",
                    ("theories", i, j),
                    _("“{name}” cannot be one of several theories at once.").format(name=name),
                )
    if len({frozenset(one) for one in sets}) < len(sets):
        review.error("E-DUPLICATE-ID", ("theories",), _("The same theories are here twice."))


def unchecked(review: StudyReview) -> None:
    """How much could not be looked at, because a scenario could not be read."""
    study = review.study
    missing = [i for i, name in enumerate(study.scenarios) if name not in review.scenarios]
    told = {(m.line, m.column) for m in review.messages if m.code in UNREAD}
    missing = [i for i in missing if review.sources.position(("scenarios", i)) in told]
    if not missing:
        return
    paths = sum(name not in PARAMETERS and "." in name for name in study.vary)
    books = sum(isinstance(one, PlaybookStrategy) for one in review.strategies.values())
    parts = []
    if paths:
        parts.append(
            ngettext(
                "whether {count} path of “vary” leads anywhere",
                "whether {count} paths of “vary” lead anywhere",
                paths,
            ).format(count=paths)
        )
    if books:
        parts.append(
            ngettext(
                "whether {count} strategy can be played there",
                "whether {count} strategies can be played there",
                books,
            ).format(count=books)
        )
    if parts:
        review.say(
            "advice",
            "A-UNCHECKED",
            ("scenarios", missing[0]),
            _("Not checked, for want of the scenario: {parts}.").format(
                parts=_(", and ").join(parts)
            ),
        )


def table(review: StudyReview) -> None:
    """The table that a list names can be read."""
    try:
        review.table = table_beside(review.study)
    except TableError as error:
        review.error("E-TABLE", ("design", "file"), error.message, error.hint)
        return
    if review.table is not None:
        review.texts[f"{POINTS}{review.study.design.file}"] = review.table.text
