"""What a turn showed the group: beats, words that came out, cards, the resident's month.

Made of what the group could observe before and after, and of the turn's events as far
as they were seen.  Never of hidden state: what nobody saw is no beat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sim.moves import Event
from sim.observation import MatterSeen, Observation

UNSAID: Final = "unsaid"
"""The cause of what nobody could see."""
PLAIN: Final = "~"
"""In the id of a matter that the scenario gives no words."""


@dataclass(frozen=True)
class Surfaced:
    """A matter's words, out at last or in the open row.

    ``well`` says how it was taken; None where nobody raised it, so that nobody can say.
    """

    matter: str
    a: str
    b: str
    month: int
    left_unsaid: str
    scene: str
    well: bool | None


@dataclass(frozen=True)
class Confidence:
    """Something told in confidence; it comes face down, the words are in the matter."""

    matter: str
    source: str
    about: str
    month: int


@dataclass(frozen=True)
class CardSeen:
    """A card from outside that fell this turn, with what was chosen."""

    id: str
    title: str
    card: str
    month: int
    option: str = ""
    reply: str = ""


@dataclass(frozen=True)
class Reveal:
    """One turn's reveal.  ``beats`` are at most three, the largest first.

    ``minutes`` are the turn's events that those at the board know of.
    """

    turn: int
    first_month: int
    month: int
    beats: tuple[Event, ...]
    eruptions: tuple[Surfaced, ...]
    surfaced: tuple[Surfaced, ...]
    confidences: tuple[Confidence, ...]
    cards: tuple[CardSeen, ...]
    minutes: tuple[Event, ...]
    resident: str
    hands_up: str = ""


@dataclass(frozen=True)
class Words:
    """The scenario's words that a reveal needs."""

    raised: dict[str, str]  # matter -> when_raised
    erupts: dict[str, str]  # matter -> erupts_as
    cards: dict[str, tuple[str, str]]  # inject -> title, card
    replies: dict[tuple[str, str], str]  # inject, option -> reply
    months: dict[str, str]  # good, middling, bad
    counted: tuple[str, ...]


def surfacings(
    before: Observation, after: Observation, events: Sequence[Event], words: Words
) -> tuple[tuple[Surfaced, ...], tuple[Surfaced, ...]]:
    """Eruptions, and matters whose words came out otherwise, in the order they happened."""
    was = {matter.id: matter for matter in before.matters}
    now = {matter.id: matter for matter in after.matters}
    erupted: list[Surfaced] = []
    surfaced: dict[str, Surfaced] = {}
    for event in events:
        matter = now.get(str(event.args.get("matter", "")))
        if matter is None or not matter.left_unsaid:
            continue
        if event.code == "erupted":
            erupted.append(_surfaced(matter, event.month, words.erupts, well=False))
        elif PLAIN in matter.id or _was_out(was.get(matter.id)):
            continue
        elif event.code in ("raised_well", "raised_badly"):
            heard = event.code == "raised_well"
            surfaced[matter.id] = _surfaced(matter, event.month, words.raised, well=heard)
    for item in erupted:
        surfaced.pop(item.matter, None)
    # words can come out without anybody raising them: somebody new says it
    told = {item.matter for item in erupted} | set(surfaced)
    for matter in after.matters:
        if matter.id in told or PLAIN in matter.id:
            continue
        if _is_out(matter) and not _was_out(was.get(matter.id)):
            well = False if matter.status == "erupted" else None
            surfaced[matter.id] = _surfaced(matter, after.month, words.raised, well=well)
    return tuple(erupted), tuple(surfaced.values())


def confidences(
    before: Observation, after: Observation, events: Sequence[Event]
) -> tuple[Confidence, ...]:
    """What was confided to the group between the two observations."""
    held = {matter.id for matter in before.matters if matter.status == "confided"}
    months = {
        str(event.args.get("matter", "")): event.month
        for event in events
        if event.code == "confided"
    }
    return tuple(
        Confidence(
            matter.id,
            matter.confided_by,
            matter.b if matter.a == matter.confided_by else matter.a,
            months.get(matter.id, after.month),
        )
        for matter in after.matters
        if matter.status == "confided" and matter.id not in held
    )


def cards(events: Sequence[Event], words: Words) -> tuple[CardSeen, ...]:
    """The cards from outside that fell, with the option taken."""
    found = []
    for event in events:
        if event.code != "inject":
            continue
        inject, option = str(event.args["id"]), str(event.args.get("option", ""))
        title, card = words.cards.get(inject, (inject, ""))
        reply = words.replies.get((inject, option), "")
        found.append(CardSeen(inject, title, card, event.month, option, reply))
    return tuple(found)


def _surfaced(
    matter: MatterSeen, month: int, scenes: dict[str, str], *, well: bool | None
) -> Surfaced:
    scene = scenes.get(matter.id, "")
    return Surfaced(matter.id, matter.a, matter.b, month, matter.left_unsaid, scene, well)


def _is_out(matter: MatterSeen) -> bool:
    return matter.status in ("surfaced", "worked_through", "erupted")


def _was_out(matter: MatterSeen | None) -> bool:
    return matter is not None and _is_out(matter)
