"""Gather every sentence for translators into sim/locale/left-unsaid.pot.

Run by ``make words``.  Most sentences stand in the code, in ``_("…")``; those that stand in
tables (moves, parameters, the command line's own help) are added from the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc
from io import BytesIO
from pathlib import Path
from typing import Any

import typer
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from sim import __version__
from sim.cli import app
from sim.effects import TARGETS, catalogue
from sim.parameters import PARAMETERS
from sim.silence import silences
from sim.words import DOMAIN, LOCALE_FOLDER

ROOT = Path(__file__).parent.parent
KEYWORDS = {"_": None, "gettext": None, "mark": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**.html.j2", "jinja2"), ("**.md.j2", "jinja2")]
TEMPLATE = LOCALE_FOLDER / f"{DOMAIN}.pot"


def in_code() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Sentences marked in the code and in templates, with the file they stand in."""
    for package in ("sim", "game"):
        for file, _line, message, _comments, _context in extract_from_dir(
            ROOT / package, method_map=METHODS, keywords=KEYWORDS
        ):
            yield message, f"{package}/{file}"


def in_tables() -> Iterator[tuple[str, str]]:
    """Sentences that stand in tables, with the file they stand in."""
    for move in catalogue().values():
        for text in (move.name, *move.lines):
            yield text, "sim/catalogue.yaml"
    for silence in silences().values():
        for text in (silence.title, silence.line):
            yield text, "sim/silence.yaml"
    for text in TARGETS.values():
        yield text, "sim/effects.py"
    for parameter in PARAMETERS.values():
        yield parameter.sentence, "sim/parameters.py"
    for text in helped(typer.main.get_command(app)):
        yield text, "sim/cli.py"


def helped(command: Any) -> Iterator[str]:
    """The help of a command, of its options, and of everything under it."""
    for text in (command.help, *(getattr(option, "help", None) for option in command.params)):
        if text:
            yield cleandoc(text)
    for inner in getattr(command, "commands", {}).values():
        yield from helped(inner)


def gathered() -> Catalog:
    """Everything, each sentence once, in the order of its text so that differences are small."""
    catalog = Catalog(
        project="Left Unsaid", version=__version__, copyright_holder="", charset="utf-8"
    )
    found: dict[str | tuple[str, ...], set[str]] = {}
    for message, file in (*in_code(), *in_tables()):
        found.setdefault(message, set()).add(file)
    for message in sorted(found, key=str):
        catalog.add(message, locations=[(file, 0) for file in sorted(found[message])])
    return catalog


def main() -> None:
    """Write the template."""
    catalog = gathered()
    catalog.header_comment = (
        "# Left Unsaid: every sentence a player may read.\n"
        "# Made by `make words`; CONTRIBUTING.md says how to translate it."
    )
    LOCALE_FOLDER.mkdir(exist_ok=True)
    text = BytesIO()
    write_po(text, catalog, width=96, include_lineno=False)
    # a date would make every run a difference
    lines = text.getvalue().decode("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith('"POT-Creation-Date')]
    TEMPLATE.write_text("".join(kept), encoding="utf-8")
    print(f"{len(catalog)} sentences in {TEMPLATE.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
