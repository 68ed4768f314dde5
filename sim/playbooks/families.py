"""Families of play: playbooks drawn by lot from the moves of one way of going about it.

One hand-written playbook for each side is a straw man.  A family is every playbook that
can be written with its moves; a draw is one of them, with its rules, their order,
conditions, whom they mean, and the choices on live matters, confidences and cards from
outside all by lot.  Every draw has the same diary and the same fund, and goes on down its
list while there is room, so that families differ in their moves and in nothing else.
Judge a family by its best draws, chosen on one set of lucks and played on another.

A draw is a function of family, number and seed, on every machine.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sim.effects import MoveType, catalogue
from sim.errors import UserError
from sim.expressions import suggest
from sim.fields import LIVE_CHOICES, M_DELAYS, M_EXPERIENCE, MEASURES
from sim.playbooks.playbook import Injects, Live, Playbook, Rule
from sim.words import _, mark

T = TypeVar("T")

FAMILY: Final = "family:"
"""``family:systems#17`` is the seventeenth draw of a family, under seed 1."""
RULES: Final = (4, 10)
"""The fewest and the most rules of a draw, beside those that fill its diary."""


class NoSuchFamily(UserError):
    """A family of play that nobody knows."""


@dataclass(frozen=True)
class FamilyOfPlay:
    """A way of going about it: the families of moves that it draws on."""

    name: str
    idea: str
    of: tuple[str, ...]

    @property
    def moves(self) -> tuple[str, ...]:
        """Ids of its moves, in the order of the catalogue."""
        return tuple(move.id for move in catalogue().values() if move.family in self.of)


_WAYS: Final = ("feeling", "perceiving", "thinking", "relating", "doing", "being")
_STRUCTURES: Final = ("structuring", "directing")

FAMILIES_OF_PLAY: Final[dict[str, FamilyOfPlay]] = {
    family.name: family
    for family in (
        FamilyOfPlay("systems", mark("The six ways of systems leadership."), _WAYS),
        FamilyOfPlay(
            "traditional", mark("Structures, programmes, targets and orders."), _STRUCTURES
        ),
        FamilyOfPlay("orders", mark("Only what is told from above."), ("directing",)),
        FamilyOfPlay("mixed", mark("Every move there is."), (*_WAYS, *_STRUCTURES)),
    )
}
"""The families by name, in the order in which studies take them."""

# When a rule holds: things that differ between plays and within one.
_WHEN: Final = (
    "turn <= 2", "turn <= 4", "turn >= 2", "turn >= 3", "turn >= 5", "turns_left > 2",
    "lowest_trust < wary", "lowest_trust < civil", "lowest_trust >= civil", "lowest_trust >= good",
    "running < 2", "running < 4", "running > 0", "succeeded > 0", "succeeded > 1",
    "embedded == 0", "failed == 0", "disputes > 0", "disputes == 0", "eruptions > 0",
    "eruptions == 0", "most_tokens > 1", "most_tokens == 0", "live == 1", "leaving_anyone > 0",
    "backing < 3", "backing >= 3", "narrative < middling", "governance < low",
    "governance >= low", "money > 300", "money > 600", "facilitator == 0", "fund_open == 0",
    "crisis > low", "outside > 0",
)  # fmt: skip
_ONE: Final = (
    "random", "most_stretched", "least_stretched", "best_known", "least_known", "believing",
    "unbelieving", "willing", "unwilling", "strongest", "weakest", "new_leader", "hospital",
    "home_care", "payers", "commissioners", "most_dancing", "least_trusted", "most_trusted",
)  # fmt: skip
_TWO: Final = (
    "random_pair", "lowest_trust_pair", "highest_trust_pair", "widest_gap_pair",
    "most_dancing_pair", "live_pair", "disputed_pair", "confided_pair", "surfaced_pair",
    "ready_pair", "payer_and_saver", "joint_pair",
)  # fmt: skip
_WHOM: Final[dict[str, tuple[str, ...]]] = {
    "one": _ONE,
    "one_or_pair": (*_ONE, *_TWO),
    "pair": _TWO,
    "from_to": _TWO,
    "some": (*_ONE, *_TWO),
    "outside": ("random",),
    "leaving": ("leaving",),
    "form": ("random", "strongest", "most_trusted", "willing"),
}
_COUNTED: Final = ("random", *MEASURES[M_DELAYS : M_EXPERIENCE + 1])


class _Lots:
    """Lots for one draw; each keyed by what it is for, so that none moves another."""

    def __init__(self, family: str, number: int, seed: int) -> None:
        self.key = f"left-unsaid/{family}/{number}/{seed}"

    def below(self, most: int, *of: object) -> int:
        """A whole number from 0 to ``most`` - 1."""
        text = "/".join((self.key, *map(str, of)))
        digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % most

    def one(self, options: Sequence[T], *of: object) -> T:
        """One of the options."""
        return options[self.below(len(options), *of)]

    def shuffled(self, options: Sequence[str], *of: object) -> list[str]:
        """All of them, in an order by lot."""
        return sorted(options, key=lambda option: (self.below(1 << 62, *of, option), option))


def draw_playbook(family: str, number: int, seed: int = 1) -> Playbook:
    """Draw ``number`` (from 1) of a family.  Raises :class:`NoSuchFamily`."""
    if family not in FAMILIES_OF_PLAY:
        near = suggest(family, FAMILIES_OF_PLAY)
        raise NoSuchFamily(
            _("There is no family of play called “{name}”.").format(name=family),
            _("Did you mean “{meant}”?").format(meant=near)
            if near
            else _("There are: {names}.").format(names=", ".join(FAMILIES_OF_PLAY)),
        )
    chosen = FAMILIES_OF_PLAY[family]
    lots = _Lots(family, number, seed)
    moves = catalogue()
    rules = [
        _rule(lots, moves[lots.one(chosen.moves, "move", k)], k)
        for k in range(RULES[0] + lots.below(RULES[1] - RULES[0] + 1, "rules"))
    ]
    # whatever is left of the diary is filled, so that no draw wins by sitting still
    rest = lots.shuffled(chosen.moves, "rest")
    rules += [_rule(lots, moves[move], f"rest-{move}", at_any_time=True) for move in rest]
    return Playbook(
        playbook=f"{FAMILY}{family}#{number}",
        idea=_("Drawn by lot. {idea}").format(idea=_(chosen.idea)),
        source=_("A yardstick: draw {number} of the family “{family}”.").format(
            number=number, family=family
        ),
        live=_live(lots),
        confidence=lots.one(("keep", "go_back", "use", "hold"), "confidence"),
        injects=Injects(choose=lots.one(("default", "first", "last"), "injects")),
        rules=tuple(rules),
    )


def drawn_at(name: str) -> tuple[str, int] | None:
    """Family and number of a name such as ``family:systems#17``, or None."""
    found = re.fullmatch(rf"{FAMILY}([a-z-]+)#([1-9][0-9]{{0,8}})", name)
    return (found[1], int(found[2])) if found else None


def _rule(lots: _Lots, move: MoveType, key: object, *, at_any_time: bool = False) -> Rule:
    """One rule for a move; ``at_any_time`` leaves out when it holds."""
    data: dict[str, Any] = {"move": move.id}
    data["to"] = lots.one(_WHOM.get(move.target, ("random",)), "to", key)
    if move.most > move.least:
        data["many"] = move.least + lots.below(move.most - move.least + 1, "many", key)
    if move.target == "measure":
        data["measure"] = lots.one(_COUNTED, "measure", key)
    if move.target == "form":
        data["form"] = lots.one(("shared", "lead"), "form", key)
    if not at_any_time:
        if lots.below(3, "whether", key) > 0:
            data["when"] = lots.one(_WHEN, "when", key)
        data["times"] = lots.one((1, 1, 2, 3), "times", key)
        data["every"] = lots.one((1, 1, 1, 2, 3), "every", key)
        data["chance"] = lots.one((1.0, 1.0, 0.75, 0.5), "chance", key)
    return Rule(**data)


def _live(lots: _Lots) -> tuple[Live, ...]:
    """What to do with a live matter: one thing always, or another under a condition."""
    entries: list[dict[str, str]] = [{"choice": lots.one((*LIVE_CHOICES, "random"), "live")}]
    if lots.below(2, "live-when") > 0:
        first = lots.one(LIVE_CHOICES, "live-first")
        entries.insert(0, {"choice": first, "when": lots.one(_WHEN, "live-condition")})
    return tuple(Live.model_validate(entry) for entry in entries)
