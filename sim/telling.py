"""A run as a text to read: its turns, its months, what happened, how it ended."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from sim.headless import Run, Turn
from sim.labels import calendar, measure_name, measure_value, unquoted
from sim.moves import Event, Move
from sim.names import Names
from sim.phrases import RAISED, scene
from sim.voice import Voice, voice_of_run
from sim.words import _, ngettext

SHOWN: Final = ("staff_joint_working", "trust", "delayed_transfers", "emergency_admissions")
"""The measures under each turn: two that move early, one later, one late."""


def tell(run: Run, width: int = 90) -> Iterator[str]:
    """The lines of a run's text, each at most ``width`` characters."""
    words = voice_of_run(run)
    scenario = run.scenario
    yield f"{scenario.scenario.title} · {scenario.scenario.place}"
    yield _("Strategy: {strategy}. Luck: {luck}.").format(strategy=run.strategy, luck=run.luck)
    for turn in run.turns:
        yield ""
        yield from _turn(run, turn, words, width)
    if run.afterwards:
        yield ""
        yield _heading(_("Afterwards, without you"), width)
        told = words.months_later(run.afterwards)
        yield from _months(run, run.afterwards, told, words.names, width)
    yield ""
    yield from _ending(run, width)


def _turn(run: Run, turn: Turn, words: Voice, width: int) -> Iterator[str]:
    names, number = words.names, turn.turn
    first, last = _month(run, turn.first_month), _month(run, turn.first_month + turn.months - 1)
    span = first if first == last else _("{first} to {last}").format(first=first, last=last)
    title = _("Turn {turn}, {span}").format(turn=turn.turn, span=span)
    yield _heading(f"{title} · {turn.act}" if turn.act else title, width)
    if turn.live is not None:
        did = {
            "let_it_pass": _("You let it pass."),
            "say_it_here": _("You say it here."),
            "take_it_outside": _("You take it outside."),
        }.get(turn.choice, "")
        table = f"{words.live(number)} “{unquoted(turn.live.said_instead)}”"
        yield from _wrapped(f"{table} {did}".strip(), width, 2)
    for index, move in enumerate(turn.moves):
        answers = [
            said
            for answer, said in zip(turn.replies, words.replies(number), strict=True)
            if answer.move_index == index
        ]
        yield from _wrapped(" ".join([_move(move, names), *answers]), width, 2)
    if not turn.moves:
        yield "  " + _("Nothing in the diary.")
    yield from _months(run, turn.events, words.events(number), names, width)
    row = run.measures[turn.first_month + turn.months - 1]
    figures = [f"{measure_name(name)} {measure_value(name, row[name])}" for name in SHOWN]
    yield from _wrapped("; ".join(figures).capitalize() + ".", width, 2)
    minutes = words.minutes(number)
    if minutes is not None:
        for line in minutes.lines():
            yield from _wrapped(line, width, 4)
    name = run.scenario.story.resident.name
    yield from _wrapped(f"{name}: {words.turns[number - 1].resident}", width, 2)


def _months(
    run: Run, events: Sequence[Event], told: Sequence[str], names: Names, width: int
) -> Iterator[str]:
    month = 0
    raised = Counter(
        event.args.get("matter")
        for turn in run.turns
        for event in turn.events
        if event.code in RAISED and events and event.month < events[0].month
    )
    for event, said in zip(events, told, strict=True):
        if not said:
            continue
        if event.month != month:
            month = event.month
            yield f"  {_month(run, month)}"
        yield from _wrapped(said, width, 4)
        matter = event.args.get("matter")
        if words := scene(event, names, raised[matter]):
            yield from _wrapped(words, width, 8, hanging=0)
        raised[matter] += event.code in RAISED


def _ending(run: Run, width: int) -> Iterator[str]:
    story = run.scenario.story
    came = next((ending for ending in story.endings if ending.id == run.ending), None)
    if came is None:
        count = len(run.measures) - 1
        yield ngettext(
            "Stopped after {count} month, before the last turn was over.",
            "Stopped after {count} months, before the last turn was over.",
            count,
        ).format(count=count)
        return
    yield _heading(_("How it ended: {title}").format(title=came.title), width)
    yield from _wrapped(came.text, width, 2)
    for promise in story.promises:
        way = _("Kept: {title}") if promise.id in run.promises else _("Not kept: {title}")
        yield from _wrapped(way.format(title=promise.title), width, 2)


def _move(move: Move, names: Names) -> str:
    to = names.people(move.targets) if move.targets else ""
    about = [word for word in (to, measure_name(move.measure) if move.measure else "") if word]
    name = names.move(move.move)
    return f"{name} ({'; '.join(about)})." if about else f"{name}."


def _month(run: Run, month: int) -> str:
    return calendar(month, run.scenario.time.start_month, run.scenario.time.start_year)


def _heading(text: str, width: int) -> str:
    return f"── {text} ".ljust(width, "─")


def _wrapped(text: str, width: int, indent: int, *, hanging: int = 2) -> list[str]:
    space = " " * indent
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += textwrap.wrap(
            paragraph, width, initial_indent=space, subsequent_indent=space + " " * hanging
        )
    return lines
