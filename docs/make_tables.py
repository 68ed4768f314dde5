"""Fill the tables of the model's pages from the code, between their markers.

Run by ``make docs``.  ``--check`` writes nothing and fails when a table is out of step.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from sim import draws, fields
from sim.effects import EFFECTS, SELECTORS, TARGETS, catalogue
from sim.parameters import PARAMETERS
from sim.shocks import SHOCKS
from sim.silence import silences as every_silence

DOCS = Path(__file__).parent

STATE = {
    "PARTNER_FIELDS": "partner",
    "PAIR_FIELDS": "pair",
    "MATTER_FIELDS": "matter",
    "PROJECT_FIELDS": "project",
    "PLACE_FIELDS": "place",
}
"""Which tuples of ``sim/fields.py`` name state, and of what."""

DRAWN = {
    "P_START": "first avoidance of a partner for which the file gives none",
    "P_LIVE_IN_PLAY": "which matters of the file are in this play, and their weight",
    "P_LIVE_MATTER": "the turn's live matter",
    "P_AGENDA": "what the board takes up",
    "P_BOARD": "whether a matter divides, is raised, goes well; how much an avoided one grows",
    "P_INFORMAL": "informal meetings, and what is said there",
    "P_REPLY": "a reply",
    "P_EFFECT": "the chance of a row of effects; how candour goes and who confides in it",
    "P_ERUPT": "a row between two",
    "P_PROJECT": "a project's result, blame, delay in a reorganisation, beginning from the fund",
    "P_SPREAD": "whether an embedded win is offered, and taken",
    "P_CASE": "a business case",
    "P_LEADER": "whether a leader will leave",
    "P_SHOCK": "a shock, and whom it strikes",
    "P_BLUR": "the blur of what players see",
    "P_HAND": "the hand of a turn",
    "P_STRATEGY": "what strategies choose by lot",
    "P_TAKEOVER": "being taken over",
    "P_ARRIVAL": "the avoidance of the leader who comes",
    "P_START_PAIR": "spread of first trust, shared and own",
    "P_SILENCE": "whether one who speaks first after a row is answered",
    "P_CARD": "which of several cards with a choice a turn deals",
}


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def processes() -> str:
    """Every process that draws: its name, its number, what is drawn."""
    found = {name: value for name, value in vars(draws).items() if name.startswith("P_")}
    if found.keys() != DRAWN.keys():
        raise ValueError(f"say what is drawn by {sorted(found.keys() ^ DRAWN.keys())}")
    return _table(
        ("process", "number", "what is drawn"),
        (
            (f"`{name}`", str(number), DRAWN[name])
            for name, number in sorted(found.items(), key=lambda pair: pair[1])
        ),
    )


def named_state(source: str) -> Iterator[tuple[str, str, str]]:
    """Of what, name and sentence of every field: the comment beside it in ``sim/fields.py``.

    Names that share a line share its comment; a line without one goes on with the last.
    """
    comments = {
        token.start[0]: token.string.lstrip("# ")
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    for node in ast.parse(source).body:
        if not (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)):
            continue
        if node.target.id in STATE and isinstance(node.value, ast.Tuple):
            sentence = ""
            for name in node.value.elts:
                sentence = comments.get(name.lineno, sentence)
                yield STATE[node.target.id], ast.literal_eval(name), sentence


def state() -> str:
    """Every field of the state of partners, pairs, matters, projects and the place."""
    source = Path(fields.__file__).read_text(encoding="utf-8")
    return _table(
        ("of", "name", "what it is"),
        ((of, f"`{name}`", sentence) for of, name, sentence in named_state(source)),
    )


def _effect_row(row: dict[str, Any]) -> str:
    """One row of effects in one phrase: ``safety targets +0.2, chance 0.5``."""
    who = row["who"] if isinstance(row["who"], list) else [row["who"]]
    text = f"{row['effect']} {' '.join(who)} {row['size']:+g}"
    for name in ("measure", "kind", "form", "matter", "chance", "delay", "months", "when"):
        if name in row:
            text += f", {name} {row[name]}"
    return text


def parameters() -> str:
    """Every parameter: default, range, unit, evidence, sentence."""
    return _table(
        ("parameter", "default", "range", "unit", "form direction size", "what it says"),
        (
            (
                f"`{p.name}`",
                f"{p.default:g}",
                f"{p.low:g} to {p.high:g}",
                p.unit,
                " ".join(p.tags),
                p.sentence,
            )
            for p in PARAMETERS.values()
        ),
    )


def effects() -> str:
    """Every primitive effect."""
    return _table(
        ("effect", "on", "names a", "what it does"),
        ((f"`{e.name}`", e.kind, e.argument, e.sentence) for e in EFFECTS.values()),
    )


def selectors() -> str:
    """Every word for whom a row of effects concerns."""
    return _table(("word", "whom"), ((f"`{name}`", who) for name, who in SELECTORS.items()))


def targets() -> str:
    """Every kind of target a move may have."""
    return _table(("kind", "whom"), ((f"`{name}`", who) for name, who in TARGETS.items()))


def moves() -> str:
    """Every move of the catalogue, with its rows."""
    return _table(
        ("move", "name", "names", "places", "£k", "family", "basis", "rows"),
        (
            (
                f"`{m.id}`",
                m.name,
                m.target.replace("_", " ") + (f", {m.least} to {m.most}" if m.most else ""),
                f"{m.places}" + (", standing" if m.standing else ""),
                f"{m.cost:g}",
                m.family + (", asked as an order" if m.directing else ""),
                m.basis,
                "; ".join(map(_effect_row, m.effects)),
            )
            for m in catalogue().values()
        ),
    )


def shocks() -> str:
    """Every shock, with its rows."""
    return _table(
        ("shock", "rate", "month", "strikes", "shown as", "rows"),
        (
            (
                f"`{s.name}`",
                f"{s.rate:g}",
                str(s.season or ""),
                s.scope.replace("_", " "),
                "card" if s.card else "line",
                "; ".join(map(_effect_row, s.effects)),
            )
            for s in SHOCKS.values()
        ),
    )


def silences() -> str:
    """What can be done about the silence after a row, and what comes of it."""
    return _table(
        ("choice", "what comes of it", "£k", "rows"),
        (
            (
                f"`{kind.id}`",
                outcome if kind.of_one else "",
                f"{kind.cost:g}",
                "; ".join(map(_effect_row, rows)),
            )
            for kind in every_silence().values()
            for outcome, rows in kind.outcomes.items()
        ),
    )


def terms() -> str:
    """Everything that a condition of a scenario may name."""
    of = ("", "(partner)", "(partner, partner)")
    return _table(
        ("name", "what it is"),
        (
            (
                f"`{name}{'(matter)' if term.group == 'matter' else of[term.arity]}`",
                term.sentence,
            )
            for name, term in fields.TERMS.items()
        ),
    )


PAGES: dict[str, tuple[Callable[[], str], ...]] = {
    "model.md": (processes, silences),
    "model-tables.md": (state, parameters, effects, selectors, targets, moves, shocks, terms),
}
"""Which tables stand on which page; each between markers with the function's name."""


def filled(page: str, text: str) -> str:
    """``text`` with every block between markers made anew; ValueError without a marker."""
    for make in PAGES[page]:
        name = make.__name__
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        if text.count(begin) != 1 or text.count(end) != 1:
            raise ValueError(f"{page} has no place for the table of {name}")
        block = f"{begin}\n{make()}\n{end}"
        text = re.sub(
            re.escape(begin) + ".*" + re.escape(end), lambda _m, b=block: b, text, flags=re.S
        )
    return text


def main() -> int:
    """Fill the pages, or with ``--check`` say whether they were full."""
    stale = False
    for page in PAGES:
        old = (DOCS / page).read_text(encoding="utf-8")
        new = filled(page, old)
        if old == new:
            continue
        stale = True
        if "--check" not in sys.argv[1:]:
            (DOCS / page).write_text(new, encoding="utf-8")
            stale = False
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
