"""Fill the tables of docs/model.md from the code, between their markers.

Run by ``make docs``.  ``--check`` writes nothing and fails when a table is out of step.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sim import draws
from sim.effects import EFFECTS, catalogue
from sim.parameters import PARAMETERS
from sim.shocks import SHOCKS
from sim.silence import silences as every_silence

PAGE = Path(__file__).parent / "model.md"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


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


def moves() -> str:
    """Every move of the catalogue, with its rows."""
    return _table(
        ("move", "name", "places", "£k", "family", "basis", "rows"),
        (
            (
                f"`{m.id}`",
                m.name,
                f"{m.places}" + (", standing" if m.standing else ""),
                f"{m.cost:g}",
                m.family + (", directing" if m.directing else ""),
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


BLOCKS = {
    "processes": processes,
    "parameters": parameters,
    "effects": effects,
    "moves": moves,
    "shocks": shocks,
    "silences": silences,
}


def filled(text: str) -> str:
    """``text`` with every block between markers made anew; ValueError without a marker."""
    for name, make in BLOCKS.items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        if text.count(begin) != 1 or text.count(end) != 1:
            raise ValueError(f"{PAGE.name} has no place for the table of {name}")
        block = f"{begin}\n{make()}\n{end}"
        text = re.sub(
            re.escape(begin) + ".*" + re.escape(end), lambda _m, b=block: b, text, flags=re.S
        )
    return text


def main() -> int:
    """Fill the page, or with ``--check`` say whether it was full."""
    old = PAGE.read_text(encoding="utf-8")
    new = filled(old)
    if "--check" in sys.argv[1:]:
        return int(old != new)
    if old != new:
        PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
