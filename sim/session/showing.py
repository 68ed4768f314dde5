"""The scenario's words for a session, and a turn's reveal put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sim import reveal as made
from sim.beats import beats
from sim.moves import Event
from sim.observation import Observation
from sim.resident import feeling
from sim.reveal import Reveal, Words
from sim.scenario import Scenario
from sim.session.parts import (
    ChoiceSeen,
    InjectSeen,
    Silence,
    SilenceChoice,
    TurnRecord,
)
from sim.silence import silences
from sim.words import _

_MINUTED: Final = {
    "avoided", "raised_well", "raised_badly", "erupted", "dispute_ended", "project_started",
    "project_refused", "project_succeeded", "project_failed_learned", "project_failed_blamed",
    "project_embedded", "project_spread", "case_approved", "forecast_missed", "leader_announced",
    "leader_left", "leader_arrived", "handover_kept", "joined_table", "merged", "fund_paid",
    "fund_closed", "taken_over", "joint_step", "agreement", "promise_broken", "shock", "inject",
    "move_played", "move_skipped", "facilitator_left", "side_taken", "silence_met",
    "silence_left", "silence_outsider", "silence_next",
}  # fmt: skip


def words_of(scenario: Scenario) -> Words:
    """What a reveal says in the scenario's own words."""
    months = scenario.story.resident.months
    return Words(
        raised={matter.id: matter.when_raised for matter in scenario.unsaid},
        erupts={matter.id: matter.erupts_as for matter in scenario.unsaid},
        cards={inject.id: (inject.title, inject.card) for inject in scenario.injects},
        replies={
            (inject.id, choice.id): choice.reply or ""
            for inject in scenario.injects
            for choice in inject.choices
        },
        months={"good": months.good, "middling": months.middling, "bad": months.bad},
        counted=tuple(scenario.story.resident.counted),
    )


def injects_of(scenario: Scenario) -> dict[str, InjectSeen]:
    """The cards that want an answer, by id."""
    return {
        inject.id: InjectSeen(
            inject.id,
            inject.title,
            inject.card,
            tuple(ChoiceSeen(choice.id, choice.text) for choice in inject.choices),
            inject.default or inject.choices[0].id,
        )
        for inject in scenario.injects
        if inject.choices
    }


def reveal(
    record: TurnRecord,
    events: Sequence[Event],
    before: Observation,
    after: Observation,
    words: Words,
    cause: Callable[[str, str, int], str],
    hands_up: str,
) -> Reveal:
    """What the turn of ``record``, with all its ``events``, showed between two observations."""
    known = {matter.id for matter in after.matters}
    erupted, surfaced = made.surfacings(before, after, events, words)
    return Reveal(
        turn=record.turn,
        first_month=record.first_month,
        month=after.month,
        beats=beats(before, after, events, cause, {item.matter for item in (*erupted, *surfaced)}),
        eruptions=erupted,
        surfaced=surfaced,
        confidences=made.confidences(before, after, events),
        cards=made.cards(events, words),
        minutes=tuple(
            event
            for event in events
            if event.code in _MINUTED
            and ("matter" not in event.args or event.args["matter"] in known)
        ),
        resident=words.months[feeling(after, words.counted)],
        hands_up=hands_up,
    )


def silence(
    row: tuple[str, str, str],
    record: TurnRecord,
    seen: Observation,
    words: Words,
    refusal: Callable[[str], str],
) -> Silence:
    """The silence after the row (a, b, matter), in the last month of ``record`` that ran.

    ``refusal`` says why a choice cannot be made, or "".
    """
    a, b = sorted(row[:2], key=[partner.id for partner in seen.partners].index)
    matter = row[2]
    month = seen.month
    events = [event for event in record.events if event.month == month]
    told = [
        found for found in made.surfacings(seen, seen, events, words)[0] if found.matter == matter
    ]
    return Silence(
        a,
        b,
        matter,
        tuple(
            SilenceChoice(
                kind.id, _(kind.title), _(kind.line), round(kind.cost), refusal(kind.id),
                kind.of_one,
            )
            for kind in silences().values()
        ),
        month,
        told[0] if told else None,
        sides_taken(events, a, b),
    )  # fmt: skip


def sides_taken(events: Sequence[Event], a: str, b: str) -> tuple[tuple[str, str, str], ...]:
    """Who took whose side against whom in a row between ``a`` and ``b``."""
    return tuple(
        (str(event.args["who"]), str(event.args["with"]), str(event.args["against"]))
        for event in events
        if event.code == "side_taken" and {event.args["with"], event.args["against"]} == {a, b}
    )


def cause(causes: Mapping[str, float], sign: int) -> str:
    """The largest cause in one direction, the first among equals; "unsaid" for none seen."""
    largest = max(causes, key=lambda word: causes[word] * sign, default=made.UNSAID)
    return largest if causes.get(largest, 0.0) * sign > 0.0 else made.UNSAID
