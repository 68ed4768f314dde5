"""Checks on how it plays: the clock, promises and endings, moves, parameters."""

from __future__ import annotations

import re
from typing import Final

from sim.effects import TARGETS, catalogue
from sim.expressions import possible
from sim.fields import HORIZON, MEASURES, TERMS
from sim.parameters import PARAMETERS, THEORIES
from sim.scenario.checking_rows import rows
from sim.scenario.review import Review
from sim.words import _
from sim.yamlfile import Path_

TURN_MINUTES: Final = 5.5  # where the file does not say how long the play takes
AROUND: Final = {"briefing": 10.0, "debrief": 30.0}  # minutes, where the file says nothing
UNPUBLISHED: Final = ("trust", "tension", "understanding", "integration", "partnership_holds")
"""Measures that nobody takes while it is played, so that no chart can show them."""
GAPS: Final[dict[str, tuple[str, ...]]] = {
    "once": (), "again": ("times", "people"), "soon": (), "waited": ("days",), "every": (),
    "missed": ("mornings",),
}  # fmt: skip
"""What may stand in braces in each kind of the resident's sentences."""
PRONOUN_GAPS: Final = ("she", "her", "them")
ALWAYS_HELD: Final = ("coffee", "honest_conversation", "listen")


def time(review: Review) -> None:
    """Turns, acts, questions, the feared date and the minutes promised."""
    here, header = review.scenario.time, review.scenario.scenario
    turns, months = len(here.turns), here.months
    if months > HORIZON:
        review.error(
            "E-TOO-LONG",
            ("time", "turns"),
            _("The turns make {months} months; the longest play has {most}.").format(
                months=months, most=HORIZON
            ),
        )
    if here.acts[0].from_turn != 1:
        review.error(
            "E-ACTS", ("time", "acts", 0, "from_turn"), _("The first act begins in turn 1.")
        )
    for i, act in enumerate(here.acts):
        _turn(review, ("time", "acts", i, "from_turn"), act.from_turn, turns)
        if i and act.from_turn <= here.acts[i - 1].from_turn:
            review.error(
                "E-ACTS",
                ("time", "acts", i, "from_turn"),
                _("This act begins no later than the one before it."),
            )
    for i, question in enumerate(here.hands_up):
        _turn(review, ("time", "hands_up", i, "turn"), question.turn, turns)
    for i, turn in enumerate(here.pause_points):
        _turn(review, ("time", "pause_points", i), turn, turns)
    if here.feared_date and here.feared_date.month > months:
        review.warn(
            "W-FEARED-DATE",
            ("time", "feared_date", "month"),
            _("Month {month} is after the end, month {end}: the date never comes.").format(
                month=here.feared_date.month, end=months
            ),
        )
    if here.start_year != header.year:
        review.warn(
            "W-YEAR",
            ("time", "start_year"),
            _("It starts in {start}, and plays in {year} according to “scenario”.").format(
                start=here.start_year, year=header.year
            ),
        )
    timings = review.scenario.debrief.timings
    needed = timings.get("play", TURN_MINUTES * turns)
    needed += sum(timings.get(key, AROUND[key]) for key in AROUND)
    if needed > header.minutes:
        review.warn(
            "W-MINUTES",
            ("scenario", "minutes"),
            _("{turns} turns with briefing and debrief take about {needed:.0f} minutes, "
              "not {minutes}.").format(turns=turns, needed=needed, minutes=header.minutes),
            _("Promise more minutes, or take out a turn."),
        )  # fmt: skip


def _turn(review: Review, path: Path_, turn: int, turns: int) -> None:
    if turn > turns:
        review.error(
            "E-NO-TURN",
            path,
            _("There is no turn {turn}; the last is turn {turns}.").format(turn=turn, turns=turns),
        )


def coach(review: Review) -> None:
    """Hints at turns there are, one for each step."""
    turns = len(review.scenario.time.turns)
    first: dict[tuple[int | None, str], int] = {}
    for i, hint in enumerate(review.scenario.coach):
        if hint.turn is not None:
            _turn(review, ("coach", i, "turn"), hint.turn, turns)
        key = (hint.turn, hint.step)
        if key in first:
            line = review.sources.position(("coach", first[key], "step"))[0]
            review.error(
                "E-DUPLICATE-HINT",
                ("coach", i, "step"),
                _("This step of this turn has a hint already, in line {line}.").format(line=line),
                _("Say both in one hint, or name another turn."),
            )
        first.setdefault(key, i)


def story(review: Review) -> None:
    """Promises that can be kept, endings that can come, things that are counted."""
    told = review.scenario.story
    span = {"month": (0.0, float(review.scenario.time.months))}
    review.unique(("story", "promises"), (p.id for p in told.promises))
    published = [name for name in MEASURES if name not in UNPUBLISHED]
    for i, promise in enumerate(told.promises):
        if promise.measure is not None and promise.measure not in published:
            review.unknown(
                "E-UNKNOWN-MEASURE",
                ("story", "promises", i, "measure"),
                _("There is no published measure “{name}”."),
                promise.measure,
                published,
            )
        where: Path_ = ("story", "promises", i, "when")
        tree = review.condition(where, promise.when)
        if tree is None:
            continue
        can = possible(tree, TERMS, span)
        if not can.true:
            review.error("E-NEVER-KEPT", where, _("Nobody can ever keep this promise."))
        elif not can.false:
            review.warn("W-ALWAYS-KEPT", where, _("Everybody keeps this promise, always."))
    review.unique(("story", "endings"), (e.id for e in told.endings))
    settled = 0
    for i, ending in enumerate(told.endings):
        where = ("story", "endings", i, "when")
        tree = review.condition(where, ending.when)
        if tree is None:
            continue
        can = possible(tree, TERMS, span)
        last = i == len(told.endings) - 1
        if settled:
            review.error(
                "E-NEVER-ENDS-SO",
                where,
                _("This ending never comes: the one in line {line} always comes first.").format(
                    line=settled
                ),
            )
        elif not can.true:
            review.error("E-NEVER-ENDS-SO", where, _("This ending can never come."))
        elif last and can.false:
            review.error(
                "E-LAST-ENDING",
                where,
                _("The last ending must fit whatever happened."),
                _('Write when: "true".'),
            )
        elif not last and not can.false:
            settled = review.sources.position(where)[0]
    for i, name in enumerate(told.resident.counted):
        if name not in MEASURES:
            review.unknown(
                "E-UNKNOWN-MEASURE",
                ("story", "resident", "counted", i),
                _("There is no measure “{name}”."),
                name,
                MEASURES,
            )
    for kind, known in GAPS.items():
        for i, text in enumerate(getattr(told.resident.pieces, kind)):
            _gaps(review, ("story", "resident", "pieces", kind, i), text, known)


def _gaps(review: Review, path: Path_, text: str, known: tuple[str, ...]) -> None:
    """Only gaps that are filled, each with its braces."""
    filled = (*known, *PRONOUN_GAPS)
    gaps = re.findall(r"\{(\w*)\}", text)
    unknown = [gap for gap in gaps if gap.lower() not in filled]
    if unknown or re.search(r"[{}]", re.sub(r"\{\w*\}", "", text)):
        fine = ", ".join(f"{{{gap}}}" for gap in filled)
        review.error(
            "E-GAP",
            path,
            _("Nothing is ever put into “{gap}”.").format(gap=f"{{{unknown[0]}}}")
            if unknown
            else _("A brace is missing its other half."),
            _("These gaps are filled here: {gaps}.").format(gaps=fine),
        )


def moves(review: Review) -> None:
    """Moves that exist; house moves that could be played."""
    chosen, known = review.scenario.moves, catalogue()
    missing = _("There is no move “{name}”.")
    for i, name in enumerate(chosen.off):
        if name not in known:
            review.unknown("E-UNKNOWN-MOVE", ("moves", "off", i), missing, name, known.keys())
        elif name in ALWAYS_HELD:
            review.warn(
                "W-ALWAYS-HELD",
                ("moves", "off", i),
                _("“{name}” is one of the three cards a group always holds.").format(name=name),
                _("Without it the hand is smaller."),
            )
    review.unique(("moves", "change"), (m.id for m in chosen.change))
    for i, change in enumerate(chosen.change):
        if change.id not in known:
            where: Path_ = ("moves", "change", i, "id")
            review.unknown("E-UNKNOWN-MOVE", where, missing, change.id, known.keys())
    review.unique(("moves", "house"), (m.id for m in chosen.house))
    for i, house in enumerate(chosen.house):
        path: Path_ = ("moves", "house", i)
        if house.id in known:
            review.error(
                "E-DUPLICATE-ID",
                (*path, "id"),
                _("“{name}” is a move of the model already.").format(name=house.id),
                _("Choose another id, or change that move under “change”."),
            )
        if house.target not in TARGETS:
            review.unknown(
                "E-UNKNOWN-TARGET",
                (*path, "target"),
                _("There is no kind of target “{name}”."),
                house.target,
                TARGETS.keys(),
            )
        if house.least > house.most:
            review.error(
                "E-RANGE",
                (*path, "least"),
                _("“least” is more than “most”: nobody could play this."),
            )
        rows(review, (*path, "effects"), house.effects, aimed=True)


def parameters(review: Review) -> None:
    """Parameters and rival theories that exist, in their ranges."""
    for name, value in review.scenario.parameters.items():
        path: Path_ = ("parameters", name)
        if name not in PARAMETERS:
            review.unknown(
                "E-UNKNOWN-PARAMETER",
                path,
                _("There is no parameter “{name}”."),
                name,
                PARAMETERS.keys(),
            )
            continue
        parameter = PARAMETERS[name]
        if not parameter.low <= value <= parameter.high:
            review.error(
                "E-PARAMETER-RANGE",
                path,
                _("{value:g} is out of range for “{name}”.").format(value=value, name=name),
                _("It lies between {low:g} and {high:g}; usually {default:g}.").format(
                    low=parameter.low, high=parameter.high, default=parameter.default
                ),
            )
    for i, name in enumerate(review.scenario.theories):
        if name.replace("-", "_") not in THEORIES:
            review.unknown(
                "E-UNKNOWN-THEORY",
                ("theories", i),
                _("There is no rival theory “{name}”."),
                name,
                THEORIES,
            )
