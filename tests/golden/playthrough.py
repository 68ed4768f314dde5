"""A whole scripted session as readable text: what was seen, chosen, answered, and became.

Golden sessions are these texts, kept.  A change of the rules shows as a change of the text,
read by whoever made it; the digest under each turn changes with any bit of the state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from session.scripted import step

from sim.labels import listed
from sim.moves import Event
from sim.names import Names
from sim.observation import LEVEL_BANDS, TRUST_BANDS, Observation
from sim.phrases import sentence
from sim.reveal import Surfaced
from sim.scenario import load_scenario
from sim.session import Phase, Session, TurnRecord

GOLDEN: dict[str, tuple[str, int, dict[str, object]]] = {
    "dancing-felt": ("dancing-around-the-table", 1, {"visibility": "felt"}),
    "dancing-full": ("dancing-around-the-table", 2, {"visibility": "full", "hand": "all"}),
    "dancing-fog": ("dancing-around-the-table", 3, {"visibility": "fog", "shocks": "full"}),
    "dancing-silence": ("dancing-around-the-table", 4, {"theories": ["silence_is_harmless"]}),
}
"""Name of each golden session: scenario, luck, settings."""


def text(name: str) -> str:
    """The session of that name, played now."""
    scenario_id, luck, settings = GOLDEN[name]
    scenario = load_scenario(scenario_id)
    names = Names.of(scenario)
    promise = scenario.story.promises[luck % 3].id
    session = Session.start(scenario, luck=luck, save=False, promise=promise, **settings)  # type: ignore[arg-type]
    asked = ", ".join(f"{key} {value}" for key, value in settings.items())
    lines = [f"{scenario.title}: luck {luck}, {asked}, promise {promise}"]
    while session.phase is not Phase.ENDED:
        if session.phase is Phase.CHOOSING and not session.queue and not _begun(session):
            lines += ["", *_opening(session, names)]
        turn = len(session.records)
        step(session)
        if session.phase is Phase.REVEALED and len(session.records) == turn:
            lines += _turn(session.records[-1], names)
            lines += _reveal(session, names)
    assert session.ending is not None
    ending = session.ending
    kept = "kept" if ending.kept else "not kept"
    lines += ["", f"ENDING {ending.title}", f"  {ending.text.strip()}"]
    lines += [f"  promise: {ending.promise}: {kept}", "", "THREE YEARS LATER"]
    lines += _months(session.epilogue(), names)
    lines += [f"  state {_digest(session)}", ""]
    return "\n".join(lines)


def _begun(session: Session) -> bool:
    """Whether the script has taken its first decision of the turn."""
    return any(said.turn == session.turn for said in session.said)


def _opening(session: Session, names: Names) -> Iterator[str]:
    seen = session.observe()
    yield f"TURN {seen.turn} of {seen.turns}, {seen.turn_months} months, act {seen.act}"
    yield f"  candles {seen.backing}, money {seen.money:.0f}, places {seen.places}"
    yield f"  governance {seen.governance}, narrative {LEVEL_BANDS[seen.narrative]}"
    if seen.live is not None:
        pair = listed([names.partner(seen.live.a), names.partner(seen.live.b)])
        yield f"  on the table, {pair}: “{seen.live.said_instead.strip()}”"
    yield "  hand: " + ", ".join(
        card.name if card.playable else f"({card.name}: {card.reason})" for card in seen.hand
    )
    yield from _ties(seen)
    for matter in seen.matters:
        words = f": “{matter.left_unsaid.strip()}”" if matter.left_unsaid else ""
        yield f"  matter {matter.id}, {matter.status}{words}"
    for project in seen.projects:
        yield f"  project {project.kind} of {', '.join(project.members)}, {project.stage}"


def _ties(seen: Observation) -> Iterator[str]:
    for tie in seen.ties:
        bands = [
            "?" if band is None else TRUST_BANDS[band] for band in (tie.trust_ab, tie.trust_ba)
        ]
        marks = ["dancing " + "•" * tie.dancing] if tie.dancing else []
        marks += ["… " * tie.tokens] if tie.tokens else []
        marks += ["said"] if tie.tension_surfaced else []
        marks += ["DISPUTE"] if tie.dispute else []
        marks += [f"joint {tie.joint}"] if tie.joint else []
        if tie.depends or marks:
            note = f" ({', '.join(mark.strip() for mark in marks)})" if marks else ""
            yield f"  {tie.a} {bands[0]} / {bands[1]} {tie.b}{note}"


def _turn(record: TurnRecord, names: Names) -> Iterator[str]:
    if record.live:
        yield f"  > live matter {record.live}: {record.choice}"
    for matter, what in record.confided:
        yield f"  > confidence {matter}: {what}"
    for index, move in enumerate(record.moves):
        aimed = " ".join(filter(None, [*move.targets, move.measure, move.form, move.matter]))
        yield f"  > {move.move} {aimed}".rstrip()
        for reply in record.replies or ():
            if reply.move_index == index:
                again = " (asked again)" if record.again == (index, reply.who) else ""
                yield f"      {reply.who}: {reply.reply}{again}"
    for answer in record.answers:
        yield f"  > card {answer.inject}: {answer.option}"
    yield from _months(record.events, names)


def _months(events: tuple[Event, ...], names: Names) -> Iterator[str]:
    month = 0
    for event in events:
        if event.month != month:
            month = event.month
            yield f"  month {month}"
        yield f"    {event.code}: {sentence(event, names)}"


def _reveal(session: Session, names: Names) -> Iterator[str]:
    reveal = session.reveal()
    yield "  REVEALED"
    for event in reveal.beats:
        yield f"    beat {event.code}: {sentence(event, names)}"
    for kind, found in (("erupted", reveal.eruptions), ("surfaced", reveal.surfaced)):
        for item in found:
            yield from _words(kind, item)
    for confidence in reveal.confidences:
        yield f"    in confidence, {confidence.source} about {confidence.about}"
    for card in reveal.cards:
        yield f"    card {card.title}: {card.option} → {card.reply.strip()}"
    yield f"    resident: {reveal.resident.strip()}"
    if reveal.hands_up:
        yield f"    hands up: {reveal.hands_up}"
    yield f"    state {_digest(session)}"


def _words(kind: str, item: Surfaced) -> Iterator[str]:
    how = {True: "well", False: "badly", None: "by itself"}[item.well]
    yield f"    {kind} ({how}), {item.a} and {item.b}: “{item.left_unsaid.strip()}”"
    if item.scene:
        yield f"      {item.scene.strip()}"


def _digest(session: Session) -> str:
    return hashlib.sha256(session.state()).hexdigest()[:16]
