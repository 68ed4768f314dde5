"""The format of a playbook: one small YAML file that says how somebody plays.

::

    playbook: coffee-first
    names: [The cafetière]
    idea: Nothing gets said between people who have never had a coffee.
    source: The article's locality began with coffee.
    live:
      - {choice: take_it_outside, when: lowest_trust < civil}
      - {choice: say_it_here}
    confidence: go_back
    injects: {choose: default, answers: {winter-beds: open-them}}
    rules:
      - {when: leaving_anyone > 0, move: handover, to: leaving, times: 2}
      - {move: honest_conversation, to: ready_pair, when: turn > 2}
      - {move: coffee, to: lowest_trust_pair, times: 3}

Rules are tried in order, each up to ``times`` times a turn, and only every ``every``-th
turn, while three places and the money last.  ``when`` is a condition over what can be
seen (:data:`sim.rules.seen.SEEN_TERMS`), ``to`` a word of :mod:`sim.playbooks.selectors`,
``many`` how many partners (the least that the move needs, left out).  A condition with a
comma in it stands in quotation marks: ``when: "trust(council, hospital) < wary"``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.errors import UserError
from sim.expressions import ConditionError, Program, compile_condition, pack, suggest
from sim.fields import (
    CONFIDENCE_BACK,
    CONFIDENCE_KEPT,
    CONFIDENCE_USED,
    GOVERNANCE_FORMS,
    LIVE_CHOICES,
    MEASURES,
)
from sim.playbooks.interpreter import ANY_MOVE, BY_LOT, Book
from sim.playbooks.selectors import WORDS
from sim.rules.seen import SEEN_TERMS
from sim.words import _
from sim.world import Names
from sim.yamlfile import Document

CONFIDE: Final = {"keep": CONFIDENCE_KEPT, "go_back": CONFIDENCE_BACK, "use": CONFIDENCE_USED}
"""What can be done with a confidence that is held, as the rules have it."""

Whole = Annotated[int, Field(strict=True)]
Condition = str | bool


class PlaybookError(UserError):
    """A playbook that cannot be read or played, with file, line and a sentence."""


class Part(BaseModel):
    """What every part has in common: it never changes and refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(Part):
    """One line of a playbook: when, which move, to whom."""

    move: str  # id of a move, or "any"
    to: str = "random"
    when: Condition = True
    many: Annotated[Whole, Field(ge=0, le=100)] = 0
    measure: str = "random"
    form: Literal["shared", "lead", "random"] = "shared"
    times: Annotated[Whole, Field(ge=1, le=8)] = 1
    every: Annotated[Whole, Field(ge=1, le=40)] = 1
    chance: Annotated[float, Field(gt=0, le=1)] = 1.0


class Live(Part):
    """What to do with the live matter, when."""

    choice: Literal["let_it_pass", "say_it_here", "take_it_outside", "random"]
    when: Condition = True


class Injects(Part):
    """How cards from outside are answered: in general, and some by their id."""

    choose: Literal["default", "first", "last"] = "default"
    answers: dict[str, str] = Field(default_factory=dict)


class Playbook(Part):
    """A strategy as a file says it."""

    playbook: Annotated[str, Field(pattern=r"^[a-z][a-z0-9:#_-]*$", max_length=80)]
    names: tuple[str, ...] = ()
    idea: str
    source: str = ""
    live: tuple[Live, ...] = ()
    confidence: Literal["keep", "go_back", "use", "hold"] = "keep"
    injects: Injects = Injects()
    rules: tuple[Rule, ...] = ()


def read_playbook(document: Document) -> Playbook:
    """A playbook from a file as read.

    Raises :class:`PlaybookError` with file, line and column of the first thing that is
    wrong: its shape, a word for whom that is none, or a condition over what cannot be seen.
    """
    try:
        book = Playbook.model_validate(document.data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _at(document, tuple(first["loc"]), _said(first)) from None
    for place, rule in enumerate(book.rules):
        path = ("rules", place)
        if rule.to not in WORDS:
            raise _at(
                document,
                (*path, "to"),
                _("“{word}” is no word for whom a move is for.").format(word=rule.to),
                _meant(rule.to, WORDS),
            )
        if rule.measure != "random" and rule.measure not in MEASURES:
            raise _at(
                document,
                (*path, "measure"),
                _("There is no measure “{measure}”.").format(measure=rule.measure),
                _meant(rule.measure, MEASURES),
            )
        _check_condition(document, (*path, "when"), rule.when)
    for place, entry in enumerate(book.live):
        _check_condition(document, ("live", place, "when"), entry.when)
    return book


def _said(found: Mapping[str, Any]) -> str:
    name = str(found["loc"][-1]) if found["loc"] else ""
    if found["type"] == "missing":
        return _("“{key}” is missing.").format(key=name)
    if found["type"] == "extra_forbidden":
        return _("There is no key “{key}” here.").format(key=name)
    return _("“{value}” does not fit here: {why}.").format(
        value=found.get("input"), why=str(found["msg"]).rstrip(".").lower()
    )


def _meant(word: str, known: Any) -> str:
    near = suggest(word, known)
    return _("Did you mean “{meant}”?").format(meant=near) if near else ""


def _at(document: Document, path: Any, message: str, hint: str = "") -> PlaybookError:
    line, column = document.position(tuple(path))
    name = document.name or _("The playbook")
    return PlaybookError(f"{name}:{line}:{column}: {message}", hint)


def _check_condition(document: Document, path: Any, condition: Condition) -> None:
    """Everything but ids, which only a scenario knows: here any id will do."""
    text = _text(condition)
    ids = dict.fromkeys(re.findall(r"[a-z][a-z0-9-]*", text), 0)
    try:
        compile_condition(text, SEEN_TERMS, ids, ids)
    except ConditionError as error:
        raise _at(document, path, error.message, error.hint) from None


def _text(condition: Condition) -> str:
    return str(condition).lower() if isinstance(condition, bool) else condition


def compiled(playbook: Playbook, names: Names) -> Book:
    """The playbook as arrays for one world.

    Raises :class:`PlaybookError` when it names a move, or a partner in a condition, that
    the scenario does not have.
    """
    programs: list[Program] = []

    def program(condition: Condition) -> int:
        text = _text(condition)
        if text == "true":
            return -1
        try:
            programs.append(
                compile_condition(text, SEEN_TERMS, names.partner_row, names.matter_row)
            )
        except ConditionError as error:
            raise PlaybookError(
                _("The playbook “{playbook}” does not fit this scenario.").format(
                    playbook=playbook.playbook
                ),
                str(error),
            ) from None
        return len(programs) - 1

    rules = []
    for rule in playbook.rules:
        if rule.move != "any" and rule.move not in names.move_row:
            raise PlaybookError(
                _("The playbook “{playbook}” plays “{move}”, which this scenario lacks.").format(
                    playbook=playbook.playbook, move=rule.move
                ),
                _meant(rule.move, names.moves),
            )
        argument = BY_LOT
        if rule.move != "any" and names.move_types[rule.move].target == "measure":
            argument = BY_LOT if rule.measure == "random" else MEASURES.index(rule.measure)
        elif rule.move != "any" and rule.form != "random":
            argument = GOVERNANCE_FORMS.index(rule.form)
        rules.append([
            program(rule.when), ANY_MOVE if rule.move == "any" else names.move_row[rule.move],
            WORDS.index(rule.to), rule.many, argument, rule.times, rule.every, rule.chance,
        ])  # fmt: skip
    live = [
        [
            BY_LOT if entry.choice == "random" else LIVE_CHOICES.index(entry.choice),
            program(entry.when),
        ]
        for entry in playbook.live
    ]
    code, consts, offsets = pack(programs)
    return Book(
        rule=np.array(rules, dtype=float).reshape(-1, 8),
        live=np.array(live, dtype=float).reshape(-1, 2),
        code=code,
        consts=consts,
        offsets=offsets,
        answer=np.full(max(1, len(names.injects)), -1.0),
        confide=np.array([CONFIDE.get(playbook.confidence, 0)], dtype=float),
        script=np.full((0, 1, 4 + len(names.partners)), -1.0),
        script_live=np.full(0, -1.0),
    )
