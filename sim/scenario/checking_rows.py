"""Checks on rows of effects: what, on whom, how much, and what else an effect asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sim.effects import EFFECTS, SELECTORS, Effect
from sim.fields import GOVERNANCE_FORMS, MEASURES, PROJECT_KINDS
from sim.scenario.review import Review
from sim.scenario.schema import EffectRow
from sim.words import _
from sim.yamlfile import Path_

AIMED: Final = ("targets", "first", "second")
CHOSEN: Final = "chosen"  # the measure or form that the move is aimed at
ARGUMENTS: Final[dict[str, Sequence[str]]] = {
    "measure": MEASURES,
    "kind": PROJECT_KINDS,
    "form": GOVERNANCE_FORMS,
}


def rows(review: Review, path: Path_, effects: Iterable[EffectRow], *, aimed: bool) -> None:
    """Check some rows.  ``aimed``: they belong to a move, which has targets."""
    for i, row in enumerate(effects):
        here: Path_ = (*path, i)
        if row.when is not None:
            review.condition((*here, "when"), row.when)
        effect = EFFECTS.get(row.effect)
        if effect is None:
            review.unknown(
                "E-UNKNOWN-EFFECT",
                (*here, "effect"),
                _("There is no effect “{name}”."),
                row.effect,
                EFFECTS.keys(),
            )
            continue
        _who(review, here, row, effect, aimed)
        _size(review, here, row, effect)
        _arguments(review, here, row, effect, aimed)


def _who(review: Review, path: Path_, row: EffectRow, effect: Effect, aimed: bool) -> None:
    where: Path_ = (*path, "who")
    named = review.partners.__contains__
    if not row.who:
        if effect.kind in ("partner", "pair", "matter") and row.matter is None:
            review.warn(
                "W-WHO",
                path,
                _("Without “who”, “{name}” happens to everybody at the table.").format(
                    name=effect.name
                ),
                _("Name partners: who: [council, hospital], or write who: at_table."),
            )
        return
    for j, name in enumerate(row.who):
        at = (*where, j) if len(row.who) > 1 else where
        # an id that is a selector's word too (often "hospital") is the id within a list
        if name in SELECTORS and name != "named" and not (len(row.who) > 1 and named(name)):
            if len(row.who) > 1:
                review.error(
                    "E-WHO",
                    at,
                    _("“{name}” stands alone: it cannot be mixed with others.").format(name=name),
                    _("Write two rows of effects."),
                )
            elif name in AIMED and not aimed:
                review.error(
                    "E-NO-TARGETS",
                    at,
                    _("Nobody is aimed at here, so “{name}” means no one.").format(name=name),
                    _("Name partners: who: [council, hospital]."),
                )
        elif not named(name):
            known = [*review.partners, *(s for s in SELECTORS if s != "named")]
            review.unknown(
                "E-UNKNOWN-PARTNER",
                at,
                _("“{name}” is neither a partner nor a word for several."),
                name,
                known,
            )
    if effect.kind == "pair" and len(row.who) == 1 and row.who[0] in review.partners:
        review.error(
            "E-PAIR",
            where,
            _("“{name}” happens between two; only one is named.").format(name=effect.name),
            _("Name both: who: [council, hospital]."),
        )


def _size(review: Review, path: Path_, row: EffectRow, effect: Effect) -> None:
    if "gain toward 1" in effect.sentence and abs(row.size) > 1:
        review.error(
            "E-RANGE",
            (*path, "size"),
            _("{size:g} is too large: “{name}” goes a share of the way, −1 to 1.").format(
                size=row.size, name=effect.name
            ),
        )


def _arguments(review: Review, path: Path_, row: EffectRow, effect: Effect, aimed: bool) -> None:
    for key, known in ARGUMENTS.items():
        value: str | None = getattr(row, key)
        if value is None:
            if effect.argument == key:
                review.error(
                    "E-NO-ARGUMENT",
                    path,
                    _("The effect “{name}” needs “{key}”.").format(name=effect.name, key=key),
                    _("One of: {names}.").format(names=", ".join(known)),
                )
        elif value == CHOSEN and aimed and effect.argument == key != "kind":
            continue
        elif value not in known:
            review.unknown(
                f"E-UNKNOWN-{key.upper()}",
                (*path, key),
                _("There is no {key} “{name}”.").replace("{key}", key),
                value,
                known,
            )
        elif effect.argument != key:
            _idle(review, (*path, key), effect, key)
    if row.matter is not None:
        if row.matter not in review.matters:
            review.unknown(
                "E-UNKNOWN-MATTER",
                (*path, "matter"),
                _("There is no matter “{name}”."),
                row.matter,
                review.matters,
            )
        elif effect.kind != "matter":
            _idle(review, (*path, "matter"), effect, "matter")


def _idle(review: Review, path: Path_, effect: Effect, key: str) -> None:
    review.warn(
        "W-IDLE",
        path,
        _("The effect “{name}” takes no “{key}”; this does nothing.").format(
            name=effect.name, key=key
        ),
    )
