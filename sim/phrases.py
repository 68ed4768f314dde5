"""What happened, in a sentence: the words of events, for the window, the minutes and the text.

The model and the journal know events as a code and its arguments
(:class:`sim.moves.Event`); only here do they become words, in the reader's language.
A sentence never says more than the group could have seen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sim.fields import PROJECT_KINDS
from sim.labels import capital, listed, pounds, unquoted
from sim.moves import Event
from sim.names import Names
from sim.prose import WAYS
from sim.told import Told
from sim.words import _

RAISED: Final = ("raised_well", "raised_badly", "surfaced")
"""Events with which a matter's words come out, other than in a row."""


def sentence(event: Event, names: Names, told: Told | None = None, when: str = "") -> str:
    """One sentence for an event.

    With ``told``, words that this group has not read yet; ``when`` (a month) sets apart
    what would be the same again.  Without it the month and the matter choose, so that the
    same event always reads the same and a run of them does not.
    """
    words = _Arguments(event, names)
    pool, found = pool_of(event, names)
    if not found:
        plain = _PLAIN[event.code](words) if event.code in _PLAIN else _unknown(event)
        return told.again(plain, when) if told else plain
    if told is not None:
        return told.say(pool, quoting(event, found, told), words.fill, when)
    found = tuple(way for way in found if quotes(way)) or found
    chosen = event.month + sum(map(ord, words.text("matter") + words.text("a")))
    return words.fill(found[chosen % len(found)])


def quoting(event: Event, found: tuple[str, ...], told: Told, where: str = "") -> tuple[str, ...]:
    """The ways that quote a matter the first time it is told of, and the others after that.

    ``where`` keeps separate books: the minutes quote what a beat has quoted already.
    """
    with_words = tuple(way for way in found if quotes(way))
    if not with_words:
        return found
    if told.first(f"{where}:{quoted(event)}"):
        return with_words
    return tuple(way for way in found if not quotes(way)) or found


def quoted(event: Event) -> str:
    """What of a matter an event would quote, as a mark to remember it by."""
    part = "said" if event.code == "avoided" else "left"
    return f"{part}:{event.args.get('matter', '')}"


def quotes(way: str) -> bool:
    """Whether a way has a matter's own words in it."""
    return "{said}" in way or "{left}" in way


def pool_of(event: Event, names: Names) -> tuple[str, tuple[str, ...]]:
    """Which of the written ways fit an event: the pool's name and its ways, or "" and none."""
    pool = _POOLS.get(event.code, "")
    name = pool if isinstance(pool, str) else pool(_Arguments(event, names))
    return (name, ways(name)) if name in WAYS else ("", ())


def ways(pool: str) -> tuple[str, ...]:
    """The ways of a pool, in the reader's language; none for a pool that there is not."""
    return tuple(_(way) for way in WAYS.get(pool, ()))


def fill(event: Event, names: Names, way: str, **more: str) -> str:
    """A way with an event's names and words in its gaps."""
    return _Arguments(event, names).fill(way, **more)


def _unknown(event: Event) -> str:
    code = event.code.replace("_", " ")
    return f"{code}: {listed([str(v) for v in event.args.values()])}."


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
        "hushed": _("something was left unsaid when nobody was looking"),
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
        "crisis": _("the pressure of the moment"),
        "admissions": _("more people, or fewer, taken to hospital in an emergency"),
        "unmet": _("needs that nobody met earlier"),
        "care_homes": _("how many have moved into a care home"),
        "trust": _("how far they trust each other"),
        "understanding": _("how well they know each other's work"),
        "tension": _("what is left unsaid"),
        "disputes": _("open disputes"),
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

    def fill(self, way: str, **more: str) -> str:
        """A way with its gaps filled: partners, their roles, words, sums."""
        named = ("a", "b", "who", "members", "source", "about", "with", "against")
        known = {"with": "with_"}
        words = {known.get(key, key): self.who(key) for key in named if key in self.args}
        roles = {"role": "who", "role_a": "a", "role_b": "b"}
        for gap, key in roles.items():
            words[gap] = self.names.roles.get(self.text(key), "") or _("leader")
        if "matter" in self.args:
            words |= {"said": self.quote("said_instead"), "left": self.quote("left_unsaid")}
        if "a" in self.args and "b" in self.args:
            words["pair"] = listed([self.who("a"), self.who("b")])
        if "kind" in self.args:
            words["project"] = project(self.args["kind"])
        for key in ("money", "amount"):
            if key in self.args:
                words[key] = pounds(self.number(key))
        if "cause" in self.args:
            words["cause"] = cause(self.text("cause"), self.names)
        return capital(way.format_map(_Gaps(words | more)))


class _Gaps(dict[str, str]):
    """An argument that an old journal does not have leaves a gap, never an error."""

    def __missing__(self, key: str) -> str:
        return "…"


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


def _skipped(w: _Arguments) -> str:
    told = _("{move} did not happen. {reason}")
    return told.format(move=w.names.move(w.text("move")), reason=w.text("reason")).strip()


def _standing_ended(w: _Arguments) -> str:
    told = _("There was no money left for {move}: it has ended.")
    return told.format(move=w.names.move(w.text("move")))


def _unknown_shock(w: _Arguments) -> str:
    name = w.text("name").replace("_", " ").capitalize()
    return f"{name}: {w.who('who')}." if w.text("who") else f"{name}."


def _matter(pool: str, w: _Arguments) -> str:
    """The pool for a matter: small things have no words of their own."""
    return pool if w.worded else f"{pool}_SMALL"


def _kind(w: _Arguments) -> str:
    kind = w.args.get("kind", "")
    return kind if isinstance(kind, str) else PROJECT_KINDS[int(kind) - 1]


def _started(w: _Arguments) -> str:
    pool = f"STARTED_{_kind(w).upper()}"
    return pool if pool in WAYS else "STARTED_OTHER"


def _joint(w: _Arguments) -> str:
    level = w.number("level")
    step = min(4, max(0, int(level if level >= 1.0 else level * 4.0 + 1e-9)))
    if w.args.get("up", 1) and step:
        return f"JOINT_UP_{step}"
    return f"JOINT_DOWN_{min(3, step)}"


def _shock(w: _Arguments) -> str:
    pool = f"SHOCK_{w.text('name').upper()}"
    return pool if pool in WAYS else ""


def _trust(way: str, w: _Arguments) -> str:
    """What moved it decides how it is said; a move or a card by its name."""
    cause_ = w.text("cause")
    pool = f"TRUST_{way}_{cause_.upper()}"
    if pool in WAYS:
        return pool
    return f"TRUST_{way}_MOVE" if cause_ in w.names.moves else f"TRUST_{way}_OTHER"


_Pool = Callable[[_Arguments], str]

_POOLS: Final[dict[str, str | _Pool]] = {
    "avoided": lambda w: _matter("AVOIDED", w),
    "raised_well": lambda w: _matter("RAISED_WELL", w),
    "raised_badly": lambda w: _matter("RAISED_BADLY", w),
    "surfaced": lambda w: _matter("SURFACED", w),
    "confided": "CONFIDED",
    "erupted": "ERUPTED",
    "side_taken": "SIDE_TAKEN",
    "silence_met": "SILENCE_MET",
    "silence_left": "SILENCE_LEFT",
    "silence_outsider": "SILENCE_OUTSIDER",
    "silence_next": "SILENCE_NEXT",
    "dispute_ended": "DISPUTE_ENDED",
    "project_started": _started,
    "project_refused": "PROJECT_REFUSED",
    "project_succeeded": "PROJECT_SUCCEEDED",
    "project_failed_learned": "FAILED_LEARNED",
    "project_failed_blamed": "FAILED_BLAMED",
    "project_embedded": "PROJECT_EMBEDDED",
    "project_spread": "PROJECT_SPREAD",
    "case_approved": "CASE_APPROVED",
    "case_refused": "CASE_REFUSED",
    "forecast_missed": "FORECAST_MISSED",
    "leader_announced": "LEADER_ANNOUNCED",
    "leader_left": "LEADER_LEFT",
    "leader_arrived": "LEADER_ARRIVED",
    "handover_kept": "HANDOVER_KEPT",
    "joined_table": "JOINED_TABLE",
    "merged": "MERGED",
    "fund_paid": "FUND_PAID",
    "fund_closed": "FUND_CLOSED",
    "taken_over": "TAKEN_OVER",
    "joint_step": _joint,
    "agreement": "AGREEMENT",
    "promise_broken": lambda w: "PROMISE_BROKEN" if w.text("who") else "PROMISE_BROKEN_ALL",
    "shock": _shock,
    "facilitator_left": "FACILITATOR_LEFT",
    "trust_up": lambda w: _trust("UP", w),
    "trust_down": lambda w: _trust("DOWN", w),
    "reply": lambda w: f"REPLY_{w.text('reply').upper()}",
}
_PLAIN: Final[dict[str, Callable[[_Arguments], str]]] = {
    "inject": _inject,
    "move_played": _played,
    "move_skipped": _skipped,
    "standing_ended": _standing_ended,
    "reply": lambda w: reply(w.who("who"), w.text("reply")),
    "shock": _unknown_shock,
}
"""Codes that are told in one way only: by the names of what happened."""
CODES: Final = tuple(dict.fromkeys((*_POOLS, *_PLAIN)))
"""Every code that has words."""
