"""Checks on who sits at the table: partners, place, ties, matters, and long texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from sim.fields import MEASURES
from sim.scenario.review import Review
from sim.words import _, ngettext
from sim.yamlfile import Path_

COMFORTABLE: Final = 14  # partners that fit round the table on a projector
MATTERS: Final = (8, 16)

# Characters that can be read from the back of the room in the place each text has.
PROJECTOR: Final[dict[tuple[str, ...], int]] = {
    ("scenario", "title"): 60,
    ("story", "portrait"): 100,
    ("story", "briefing", "title"): 60,
    ("story", "briefing", "text"): 700,
    ("story", "promises", "title"): 90,
    ("story", "endings", "title"): 40,
    ("story", "endings", "text"): 320,
    ("story", "resident", "months", "good"): 220,
    ("story", "resident", "months", "middling"): 220,
    ("story", "resident", "months", "bad"): 220,
    ("story", "resident", "pieces", "once"): 70,
    ("story", "resident", "pieces", "again"): 70,
    ("story", "resident", "pieces", "soon"): 70,
    ("story", "resident", "pieces", "waited"): 70,
    ("story", "resident", "pieces", "every"): 70,
    ("story", "resident", "pieces", "missed"): 70,
    ("time", "acts", "title"): 40,
    ("time", "hands_up", "question"): 120,
    ("time", "feared_date", "title"): 60,
    ("coach", "text"): 200,
    ("place", "axes", "low"): 60,
    ("place", "axes", "high"): 60,
    ("partners", "name"): 32,
    ("partners", "leader", "role"): 48,
    ("partners", "wants"): 140,
    ("partners", "fears"): 140,
    # a printed card holds no more than a projector
    ("partners", "leader", "temper"): 150,
    ("partners", "seat", "want"): 150,
    ("partners", "seat", "fear"): 150,
    ("partners", "seat", "cannot_say"): 150,
    ("unsaid", "said_instead"): 120,
    ("unsaid", "left_unsaid"): 160,
    ("unsaid", "when_raised"): 280,
    ("unsaid", "erupts_as"): 400,
    ("moves", "change", "name"): 40,
    ("moves", "house", "name"): 40,
    ("moves", "house", "lines"): 90,
    ("injects", "title"): 60,
    ("injects", "card"): 420,
    ("injects", "choices", "text"): 100,
    ("injects", "choices", "reply"): 220,
}

_TITLED: Final = re.compile(r"\b(Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady)\.? [A-Z]\w+")
_GIVEN: Final = re.compile(
    r"\b(Alan|Alison|Amanda|Andrew|Angela|Anna|Anne|Barbara|Ben|Brian|Caroline|Catherine|Charlotte|"
    r"Chris|Christine|Claire|Daniel|David|Deborah|Diane|Elizabeth|Emily|Emma|Fiona|George|Graham|"
    r"Hannah|Helen|Ian|Jack|James|Jane|Janet|Jennifer|Jessica|Joanna|John|Jonathan|Julia|Julie|"
    r"Karen|Kate|Katherine|Keith|Kevin|Laura|Linda|Lisa|Louise|Margaret|Maria|Mark|Martin|Mary|"
    r"Matthew|Michael|Michelle|Mohammed|Muhammad|Natalie|Nicholas|Nicola|Oliver|Patricia|Paul|"
    r"Peter|Philip|Rachel|Rebecca|Richard|Robert|Ruth|Sally|Samantha|Sandra|Sarah|Sharon|Simon|"
    r"Sophie|Stephen|Steven|Stuart|Susan|Thomas|Tim|Tracey|William) (?!Street|Road|House|Hospital|"
    r"Ward|Centre|College)[A-Z]\w+"
)


def partners(review: Review) -> None:
    """Ids, names, positions, shares, and roles that look like real people."""
    scenario = review.scenario
    review.unique(("partners",), (p.id for p in scenario.partners))
    axes = len(scenario.place.axes)
    names: dict[str, tuple[str, int]] = {}
    for i, partner in enumerate(scenario.partners):
        path: Path_ = ("partners", i)
        if len(partner.position) != axes:
            _axes(review, (*path, "position"), len(partner.position), axes)
        folded = " ".join(partner.name.casefold().split())
        if folded in names:
            other, at = names[folded]
            line = review.sources.position(("partners", at, "name"))[0]
            review.error(
                "E-SAME-NAME",
                (*path, "name"),
                _("“{name}” and “{other}” (line {line}) cannot be told apart.").format(
                    name=partner.name, other=other, line=line
                ),
                _("Give one of them another name."),
            )
        names.setdefault(folded, (partner.name, i))
        for where, text in ((("name",), partner.name), (("leader", "role"), partner.leader.role)):
            if found := _TITLED.search(text) or _GIVEN.search(text):
                review.say(
                    "advice",
                    "W-NAME",
                    (*path, *where),
                    _("“{name}” looks like a person's name.").format(name=found.group()),
                    _("Write a role: nobody should find themselves in a file."),
                )
    for key in ("cost_share", "benefit_share"):
        shares = [getattr(p, key) for p in scenario.partners]
        stated = [share for share in shares if share is not None]
        if stated and None not in shares and abs(sum(stated) - 1.0) > 0.01:
            review.warn(
                "W-SHARES",
                ("partners",),
                _("All the partners' “{key}” together make {sum:g}, not 1.").format(
                    key=key, sum=round(sum(stated), 3)
                ),
                _("They are shared out in these proportions."),
            )
    seated = sum(p.at_table for p in scenario.partners)
    if seated < 2:
        review.error(
            "E-NOBODY",
            ("partners",),
            ngettext(
                "Only {count} partner sits at the table.",
                "Only {count} partners sit at the table.",
                seated,
            ).format(count=seated),
            _("A table needs two: at_table: true."),
        )
    if len(scenario.partners) > COMFORTABLE:
        review.say(
            "advice",
            "A-MANY-PARTNERS",
            ("partners",),
            _("{count} partners are hard to read on a projector; up to {most} fit well.").format(
                count=len(scenario.partners), most=COMFORTABLE
            ),
        )


def place(review: Review) -> None:
    """Axes, need and the measures' starting values."""
    here = review.scenario.place
    review.unique(("place", "axes"), (axis.id for axis in here.axes))
    if len(here.need) != len(here.axes):
        _axes(review, ("place", "need"), len(here.need), len(here.axes))
    for name in here.measures:
        if name not in MEASURES:
            review.unknown(
                "E-UNKNOWN-MEASURE",
                ("place", "measures", name),
                _("There is no measure “{name}”."),
                name,
                MEASURES,
            )
        elif here.measures[name] < 0:
            review.error(
                "E-RANGE", ("place", "measures", name), _("A measure cannot start below 0.")
            )


def ties(review: Review) -> None:
    """Both ends exist and differ; each pair has one tie."""
    first: dict[frozenset[str], int] = {}
    for i, tie in enumerate(review.scenario.ties):
        path: Path_ = ("ties", i)
        review.partner((*path, "from"), tie.from_)
        review.partner((*path, "to"), tie.to)
        if tie.from_ == tie.to:
            review.error(
                "E-SELF-TIE",
                (*path, "to"),
                _("“{name}” is tied to itself here.").format(name=tie.to),
            )
            continue
        pair = frozenset((tie.from_, tie.to))
        if pair in first:
            line = review.sources.position(("ties", first[pair]))[0]
            review.error(
                "E-DUPLICATE-TIE",
                path,
                _("These two have a tie already, in line {line}.").format(line=line),
                _("One entry holds both ways: “back” is what “to” thinks of “from”."),
            )
        first.setdefault(pair, i)


def unsaid(review: Review) -> None:
    """Matters: between whom, on which axis, known to whom."""
    scenario = review.scenario
    review.unique(("unsaid",), (m.id for m in scenario.unsaid))
    axes: dict[str, Path_] = {
        axis.id: ("place", "axes", i, "id") for i, axis in enumerate(scenario.place.axes)
    }
    for i, matter in enumerate(scenario.unsaid):
        path: Path_ = ("unsaid", i)
        for j, name in enumerate(matter.between):
            review.partner((*path, "between", j), name)
        if matter.axis not in axes:
            review.unknown(
                "E-UNKNOWN-AXIS",
                (*path, "axis"),
                _("There is no axis “{name}”."),
                matter.axis,
                axes,
            )
        for j, name in enumerate(matter.known_to):
            if review.partner((*path, "known_to", j), name) and name in matter.between:
                review.warn(
                    "W-KNOWN-TO",
                    (*path, "known_to", j),
                    _("“{name}” is one of the two; “known_to” names others who know.").format(
                        name=name
                    ),
                )
    count = len(scenario.unsaid)
    partners = len(scenario.partners)
    least = min(MATTERS[0], partners * (partners - 1) // 2 + 1)
    if not least <= count <= MATTERS[1]:
        review.say(
            "advice",
            "A-MATTERS",
            ("unsaid",),
            _("There are {count} matters; {least} to {most} make a good play.").format(
                count=count, least=least, most=MATTERS[1]
            ),
        )


def texts(review: Review) -> None:
    """Texts too long to be read from the back of the room."""
    for pattern, most in PROJECTOR.items():
        for path, text in _found(review.sources.data, pattern, ()):
            if len(text.strip()) > most:
                review.warn(
                    "W-LONG",
                    path,
                    _("This text has {count} characters; the projector shows {most} well.").format(
                        count=len(text.strip()), most=most
                    ),
                    _("Say it in fewer words."),
                )


def _found(value: Any, pattern: tuple[str, ...], path: Path_) -> Iterator[tuple[Path_, str]]:
    """Every text at a pattern of keys, whatever lists lie between."""
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from _found(item, pattern, (*path, i))
    elif isinstance(value, dict) and pattern:
        if pattern[0] in value:
            yield from _found(value[pattern[0]], pattern[1:], (*path, pattern[0]))
    elif isinstance(value, str) and not pattern:
        yield path, value


def _axes(review: Review, path: Path_, count: int, axes: int) -> None:
    review.error(
        "E-AXES",
        path,
        ngettext("There is {count} number here", "There are {count} numbers here", count).format(
            count=count
        )
        + ngettext(", and {axes} axis.", ", and {axes} axes.", axes).format(axes=axes),
        _("Give one number for each of the axes in “place”."),
    )
