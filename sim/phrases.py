"""What happened, in a sentence: the words of events, for the window, the minutes and the text.

The model and the journal know events as a code and its arguments
(:class:`sim.moves.Event`); only here do they become words, in the reader's language.
A sentence never says more than the group could have seen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sim.fields import PROJECT_KINDS
from sim.labels import listed, pounds, unquoted
from sim.moves import Event
from sim.names import Names
from sim.words import _

RAISED: Final = ("raised_well", "raised_badly", "surfaced")
"""Events with which a matter's words come out, other than in a row."""


def sentence(event: Event, names: Names) -> str:
    """One sentence for an event.

    Where there are several ways to say it, the month and the matter choose, so that the
    same event always reads the same and a run of them does not.
    """
    ways = _SENTENCES.get(event.code)
    words = _Arguments(event, names)
    if ways is None:
        return f"{event.code.replace('_', ' ')}: {listed([str(v) for v in event.args.values()])}."
    said = ways(words)
    if isinstance(said, str):
        return said
    return said[(event.month + sum(map(ord, words.text("matter") + words.text("a")))) % len(said)]


def scene(event: Event, names: Names, before: int = 0) -> str:
    """The scenario's own words for a matter that came out: a short scene, or "" for none.

    ``before`` is how often it was raised already: a scene is never told twice.
    """
    matter = names.matters.get(str(event.args.get("matter", "")))
    if matter is None:
        return ""
    if event.code == "erupted":
        return matter.erupts_as
    if event.code not in RAISED:
        return ""
    scenes = (matter.when_raised, *matter.raised_again)
    return scenes[before] if before < len(scenes) else ""


def reply(who: str, answer: str) -> str:
    """One partner's reply to having been asked, ``answer`` a word of the reply codes."""
    ways: dict[str, str] = {
        "comes": _("{who} comes."),
        "deputy": _("{who} sends a deputy."),
        "full": _("{who} finds the diary full."),
        "done": _("{who}: done."),
        "on_paper": _("{who}: done, on paper."),
        "ignored": _("{who} has mislaid the email."),
    }
    return ways.get(answer, _("{who} has not been asked.")).format(who=who)


def project(kind: str | int | float) -> str:
    """A kind of project with its article: "a small experiment"."""
    name = PROJECT_KINDS[int(kind) - 1] if not isinstance(kind, str) else kind
    return {
        "small_experiment": _("a small experiment"),
        "clumsy_solution": _("nobody's first choice"),
        "pilot": _("a pilot"),
        "programme": _("a programme"),
        "joint_team": _("a joint team"),
    }.get(name, name.replace("_", " "))


def cause(word: str, names: Names) -> str:
    """A cause as the ledger or a beat names it, in words: a move, a card, or a process."""
    known: dict[str, str] = {
        "move": _("something you did"),
        "inject": _("a card from outside"),
        "shock": _("something from outside"),
        "raised_well": _("something difficult was said, and heard"),
        "raised_badly": _("something difficult was said, and it hurt"),
        "avoided": _("something was left unsaid again"),
        "worked_through": _("something has been worked through"),
        "eruption": _("the row"),
        "sides": _("sides were taken"),
        "informal": _("they keep running into each other"),
        "neglect": _("nobody has been in touch"),
        "project": _("what they do together"),
        "blame": _("blame for what failed"),
        "leader": _("somebody new is in post"),
        "drift": _("time, and nothing to feed it"),
        "narrative": _("what is being said in public"),
        "promise": _("what was promised in public"),
        "cost": _("what it costs in time"),
        "dispute": _("the open dispute"),
        "joint": _("working together"),
        "fund": _("who pays in, and who does not"),
        "board": _("what happens at the board"),
        "case": _("the business case"),
        "trend": _("more people need more, every year"),
        "season": _("the time of year"),
        "case_finding": _("need that was not seen before"),
        "integration": _("services that work as one"),
        "capacity": _("care at home, and how much of it there is"),
        "effort": _("effort on this one figure"),
        "demand": _("how much residents need"),
        "start": _("how it was at the start"),
        "reorganisation": _("the reorganisation"),
        "silence": _("what was done about the silence"),
        "silence_met": _("one of them spoke first, and was answered"),
        "silence_left": _("one of them spoke first, and nobody answered"),
        "silence_outsider": _("somebody from outside held the silence"),
        "silence_next": _("the next item"),
        "unsaid": _("something unsaid"),
    }
    if word in known:
        return known[word]
    return names.moves.get(word) or names.cards.get(word) or word.replace("_", " ")


class _Arguments:
    """An event's arguments, as words."""

    def __init__(self, event: Event, names: Names) -> None:
        self.args = event.args
        self.names = names

    def text(self, key: str) -> str:
        return str(self.args.get(key, ""))

    def number(self, key: str) -> float:
        value = self.args.get(key, 0.0)
        return float(value) if not isinstance(value, str) or value else 0.0

    def who(self, key: str) -> str:
        return self.names.people(self.text(key))

    @property
    def worded(self) -> bool:
        """Whether the scenario has words for the event's matter: small things have none."""
        return self.text("matter") in self.names.matters

    def quote(self, part: str) -> str:
        matter = self.names.matters.get(self.text("matter"))
        return unquoted(str(getattr(matter, part))) if matter else "…"

    def fill(self, *ways: str, **more: str) -> tuple[str, ...]:
        known = {"a": "a", "b": "b", "who": "who", "members": "members"}
        words = {name: self.who(key) for name, key in known.items() if key in self.args} | more
        return tuple(way.format_map(_Gaps(words)) for way in ways)


class _Gaps(dict[str, str]):
    """An argument that an old journal does not have leaves a gap, never an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def _avoided(w: _Arguments) -> tuple[str, ...]:
    if not w.worded:
        return w.fill(
            _("{a} and {b} had a small thing to settle, and talked about parking."),
            _("Something minor between {a} and {b} was taken as read."),
            _("{a} and {b} agreed to pick it up outside the meeting. Neither wrote it down."),
        )
    return w.fill(
        _("“{said}” That was as far as {a} and {b} got."),
        _("{a} and {b} had a pleasant meeting. “{said}”"),
        _("“{said}” {a} and {b} nodded, and the chair moved on."),
        _("There was cake. {a} and {b} did not talk about it. “{said}”"),
        said=w.quote("said_instead"),
    )


def _raised_well(w: _Arguments) -> tuple[str, ...]:
    if not w.worded:
        return w.fill(
            _("{a} and {b} cleared up a small thing that had been in the way."),
            _("Something that had annoyed {a} and {b} for weeks took them four minutes."),
        )
    return w.fill(
        _("It was said between {a} and {b}, and it was heard: “{left}”"),
        _("“{left}” Said aloud between {a} and {b}, and nobody left the room."),
        left=w.quote("left_unsaid"),
    )


def _raised_badly(w: _Arguments) -> tuple[str, ...]:
    if not w.worded:
        return w.fill(
            _("{a} and {b} raised a small thing, and it came out larger than it was."),
            _("A word between {a} and {b} about something minor. It was not taken well."),
        )
    return w.fill(
        _("It was said between {a} and {b}, and it hurt: “{left}”"),
        _("“{left}” Said between {a} and {b}, in the wrong way or at the wrong moment."),
        left=w.quote("left_unsaid"),
    )


def _confided(w: _Arguments) -> tuple[str, ...]:
    return w.fill(
        _("{source} told you something about {about}. “You can't use this.”"),
        _("“Can I tell you something?” It was {source}, and it was about {about}."),
        source=w.who("source"),
        about=w.who("about"),
    )


def _started(w: _Arguments) -> tuple[str, ...]:
    way = {
        "small_experiment": _("{members} are trying something small."),
        "clumsy_solution": _("{members} have settled for nobody's first choice, and begun."),
        "pilot": _("{members} have begun a pilot."),
        "programme": _("The programme has reached {members}."),
        "joint_team": _("{members} have put one team together."),
    }.get(_kind(w), _("{members} have begun something together."))
    return w.fill(way)


def _kind(w: _Arguments) -> str:
    kind = w.args.get("kind", "")
    return kind if isinstance(kind, str) else PROJECT_KINDS[int(kind) - 1]


def _joint_step(w: _Arguments) -> tuple[str, ...]:
    level = w.number("level")
    steps = (
        _("{a} and {b} hardly work together any more."),
        _("{a} and {b} now share what they know about the people they both see."),
        _("{a} and {b} now have people working side by side."),
        _("{a} and {b} now share a budget."),
        _("From outside, {a} and {b} are now one service."),
    )
    return w.fill(steps[min(4, max(0, int(level if level >= 1.0 else level * 4.0 + 1e-9)))])


def _leader(w: _Arguments, way: str) -> tuple[str, ...]:
    role = w.names.roles.get(w.text("who"), "") or _("leader")
    return w.fill(way, role=role)


def _inject(w: _Arguments) -> str:
    card, option = w.text("id"), w.text("option")
    title = w.names.cards.get(card, card.replace("-", " "))
    chosen = w.names.options.get((card, option), "")
    if not chosen:
        return f"{title}."
    return _("{title}: “{option}”").format(title=title, option=unquoted(chosen))


def _played(w: _Arguments) -> str:
    move = w.names.move(w.text("move"))
    if not w.text("targets"):
        return f"{move}."
    return _("{move}, with {targets}.").format(move=move, targets=w.who("targets"))


def _shock(w: _Arguments) -> tuple[str, ...]:
    way = {
        "national_reorganisation": _("Whitehall has announced a reorganisation."),
        "budget_cut": _("The budget of {who} has been cut again."),
        "home_care_closes": _("A home-care firm has handed back its contracts."),
        "election": _("There is an election coming, and nobody signs anything."),
        "winter": _("Winter. The corridors fill up."),
        "severe_winter": _("It is a hard winter, and it is not over."),
        "failed_inspection": _("The inspectors have been to {who}, and they did not like it."),
        "scandal": _("It is on the front page, with a photograph."),
        "ring_fenced_money": _("There is new money, with a string on it."),
        "new_target": _("There is a new target."),
        "enthusiast": _("There is somebody at {who} who is really keen."),
    }.get(w.text("name"))
    if way is None:
        name = w.text("name").replace("_", " ")
        return w.fill("{name}: {who}." if w.text("who") else "{name}.", name=name.capitalize())
    return w.fill(way)


_Way = Callable[[_Arguments], str | tuple[str, ...]]

_SENTENCES: Final[dict[str, _Way]] = {
    "avoided": _avoided,
    "raised_well": _raised_well,
    "raised_badly": _raised_badly,
    "confided": _confided,
    "surfaced": lambda w: w.fill(
        _("What lies between {a} and {b} is out in the open: “{left}”"), left=w.quote("left_unsaid")
    ),
    "erupted": lambda w: w.fill(
        _("It came out between {a} and {b}, in front of everybody."),
        _("What {a} and {b} had not said for so long, they said all at once."),
    ),
    "side_taken": lambda w: w.fill(
        _("{who} stands with {with_}, against {against}."),
        with_=w.who("with"),
        against=w.who("against"),
    ),
    "silence_met": lambda w: w.fill(_("{a} spoke first. {b} looked up, and answered.")),
    "silence_left": lambda w: w.fill(_("{a} spoke first. {b} went on reading the papers.")),
    "silence_outsider": lambda w: w.fill(
        _("Somebody from outside let the silence be, until {a} and {b} could breathe again.")
    ),
    "silence_next": lambda w: _("Everybody turned a page. The chair took the next item."),
    "dispute_ended": lambda w: w.fill(_("{a} and {b} are speaking again.")),
    "project_started": _started,
    "project_refused": lambda w: w.fill(
        _("{members} would not begin {project}: not with each other, not yet."),
        project=project(w.args.get("kind", "")),
    ),
    "project_succeeded": lambda w: w.fill(
        _("It worked: {project}, by {members}."), project=project(w.args.get("kind", ""))
    ),
    "project_failed_learned": lambda w: w.fill(
        _("{members} tried {project}; it did not work, and they sat down to find out why."),
        project=project(w.args.get("kind", "")),
    ),
    "project_failed_blamed": lambda w: w.fill(
        _("{members} tried {project}; it did not work, and it had to be somebody's fault."),
        project=project(w.args.get("kind", "")),
    ),
    "project_embedded": lambda w: w.fill(
        _("What {members} tried is now simply how things are done.")
    ),
    "project_spread": lambda w: w.fill(_("It is catching: {members} are doing it too.")),
    "case_approved": lambda w: w.fill(
        _("The business case has been approved: {money}."), money=pounds(w.number("money"))
    ),
    "case_refused": lambda w: _("The business case came back with comments, and without money."),
    "forecast_missed": lambda w: _("The savings in the business case have not come, and it shows."),
    "leader_announced": lambda w: _leader(w, _("At {who}, the {role} is leaving.")),
    "leader_left": lambda w: _leader(w, _("At {who}, the {role} has gone. There was a card.")),
    "leader_arrived": lambda w: _leader(w, _("There is a new {role} at {who}.")),
    "handover_kept": lambda w: w.fill(
        _("There had been a proper handover at {who}. Nobody noticed, which is the point.")
    ),
    "joined_table": lambda w: w.fill(_("{who} now has a chair at the table.")),
    "merged": lambda w: w.fill(_("{a} and {b} are now one organisation, on the letterhead.")),
    "fund_paid": lambda w: w.fill(
        _("{amount} was paid into the pooled fund."), amount=pounds(w.number("amount"))
    ),
    "fund_closed": lambda w: _("The pooled fund has been closed."),
    "taken_over": lambda w: _("The partnership has been taken over from above."),
    "joint_step": _joint_step,
    "agreement": lambda w: _("There is a formal agreement, the first, with signatures on it."),
    "promise_broken": lambda w: w.fill(
        _("What was promised in public has not happened, and {who} can count.")
        if w.text("who")
        else _("What was promised in public has not happened, and people can count.")
    ),
    "shock": _shock,
    "inject": _inject,
    "move_played": _played,
    "move_skipped": lambda w: _("{move} did not happen. {reason}").format(
        move=w.names.move(w.text("move")), reason=w.text("reason")
    ).strip(),
    "reply": lambda w: reply(w.who("who"), w.text("reply")),
    "facilitator_left": lambda w: _("The outsider who held the room has gone home."),
    "trust_up": lambda w: w.fill(
        _("{a} trusts {b} more: {cause}."), cause=cause(w.text("cause"), w.names)
    ),
    "trust_down": lambda w: w.fill(
        _("{a} trusts {b} less: {cause}."), cause=cause(w.text("cause"), w.names)
    ),
}  # fmt: skip
CODES: Final = tuple(_SENTENCES)
"""Every code that has words."""
