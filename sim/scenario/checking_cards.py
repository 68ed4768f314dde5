"""Checks on what befalls the table: when each inject falls due, what it does, who answers it."""

from __future__ import annotations

from itertools import accumulate

from sim.expressions import possible
from sim.fields import TERMS
from sim.scenario.checking_rows import rows
from sim.scenario.review import Review
from sim.scenario.schema import Inject
from sim.words import _
from sim.yamlfile import Path_


def injects(review: Review) -> None:
    """When each falls due, what it does, and who answers it."""
    review.unique(("injects",), (inject.id for inject in review.scenario.injects))
    for i, inject in enumerate(review.scenario.injects):
        path: Path_ = ("injects", i)
        _when(review, (*path, "when"), inject)
        rows(review, (*path, "effects"), inject.effects, aimed=False)
        review.unique((*path, "choices"), (choice.id for choice in inject.choices))
        for j, choice in enumerate(inject.choices):
            rows(review, (*path, "choices", j, "effects"), choice.effects, aimed=False)
        choices: dict[str, Path_] = {
            choice.id: (*path, "choices", j, "id") for j, choice in enumerate(inject.choices)
        }
        if inject.choices and inject.default is None:
            review.error(
                "E-NO-DEFAULT",
                path,
                _("“{name}” has choices and no “default”.").format(name=inject.id),
                _("Say which one is taken when nobody chooses: default: {first}.").format(
                    first=inject.choices[0].id
                ),
            )
        elif inject.default is not None and inject.default not in choices:
            review.unknown(
                "E-UNKNOWN-OPTION",
                (*path, "default"),
                _("There is no choice “{name}” here."),
                inject.default,
                choices,
            )
        if len(inject.choices) == 1:
            review.warn(
                "W-ONE-CHOICE",
                (*path, "choices"),
                _("One choice is no choice."),
                _("Add another, or move its effects to the inject."),
            )


def _when(review: Review, path: Path_, inject: Inject) -> None:
    when, end = inject.when, review.scenario.time.months
    if (when.month is None) == (when.if_ is None):
        review.error(
            "E-WHEN",
            path,
            _("Say when: either a “month” or an “if”, and not both."),
        )
        return
    never = _("This can never fire: the play ends with month {end}.").format(end=end)
    if when.month is not None:
        if when.month > end:
            review.error("E-NEVER-FIRES", (*path, "month"), never)
        for key in ("from", "until"):
            if getattr(when, "from_" if key == "from" else key) is not None:
                review.warn(
                    "W-WINDOW",
                    (*path, key),
                    _("“{key}” belongs to “if”; beside “month” it does nothing.").format(key=key),
                )
        if inject.repeats:
            review.warn(
                "W-REPEATS",
                (path[0], path[1], "repeats"),
                _("A month comes only once: this cannot repeat."),
            )
        return
    first, last = when.from_ or 1, min(when.until or end, end)
    if first > end:
        review.error("E-NEVER-FIRES", (*path, "from"), never)
        return
    if first > last:
        review.error(
            "E-WINDOW",
            (*path, "until"),
            _("This can never fire: it ends before it begins, in month {first}.").format(
                first=first
            ),
        )
        return
    tree = review.condition((*path, "if"), when.if_ or "")
    if tree is None:
        return
    # while a month is run, `month` still counts the months before it
    can = possible(tree, TERMS, {"month": (first - 1.0, float(last))})
    if not can.true:
        review.error(
            "E-NEVER-FIRES", (*path, "if"), _("This can never fire: its condition never holds.")
        )
    elif inject.repeats and not can.false:
        review.warn(
            "W-EVERY-MONTH",
            (*path, "if"),
            _("This always holds and repeats: it fires every month."),
        )


def room(review: Review) -> None:
    """A turn has room for one card with choices: those that never find any.

    Several in one month are a deck, of which luck draws one; what comes later in the turn,
    or has to let others go ahead, never comes.
    """
    ends = list(accumulate(review.scenario.time.turns))
    decks: dict[int, list[tuple[int, int, Inject]]] = {}
    for i, inject in enumerate(review.scenario.injects):
        month = inject.when.month
        if month is None or not inject.choices or inject.when.if_ is not None or month > ends[-1]:
            continue
        turn = next(k for k, end in enumerate(ends) if month <= end)
        decks.setdefault(turn, []).append((month, i, inject))
    for turn, cards in decks.items():
        first, at, before = min(cards, key=lambda card: (card[0], not card[2].ahead, card[1]))
        line = review.sources.position(("injects", at, "id"))[0]
        for month, i, inject in cards:
            if (month, inject.ahead) == (first, before.ahead):
                continue
            mend = _("Put one of them into another turn.")
            if turn + 1 < len(ends):
                mend = _(
                    "Put one of them into another turn, or let this one wait for room: "
                    'when: {{if: "true", from: {month}, until: {until}}}.'
                ).format(month=month, until=ends[turn + 1])
            review.warn(
                "W-CROWDED",
                ("injects", i, "when", "month"),
                _(
                    "This card never comes: a turn has room for one card with choices, and "
                    "“{name}” (line {line}) is dealt before it."
                ).format(name=before.id, line=line),
                mend,
            )
