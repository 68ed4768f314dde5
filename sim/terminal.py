"""How the command line puts things on a screen: tables, JSON, sentences of regret."""

from __future__ import annotations

import json
import sys
import tempfile
import traceback
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim import __version__
from sim.errors import UserError
from sim.journal import home_folder
from sim.words import _

TEXT_WIDTH = 96


PIPED_WIDTH = 140


def show_json(data: Any) -> None:
    """One JSON value, indented, on standard output."""
    print(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))


def show_lines(lines: Iterable[str]) -> None:
    """Text as it is, no markup."""
    for line in lines:
        print(line)


def text_width() -> int:
    """Columns of running text: the terminal's, at most :data:`TEXT_WIDTH`."""
    return min(TEXT_WIDTH, Console().width) if sys.stdout.isatty() else TEXT_WIDTH


def show_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str = "",
    right: Sequence[int] = (),
) -> None:
    """A table; the columns numbered in ``right`` are set to the right."""
    heading = Text(title) if title else None
    table = Table(title=heading, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for index, column in enumerate(columns):
        table.add_column(
            Text(column),
            justify="right" if index in right else "left",
            no_wrap=index == 0,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    out = Console(highlight=False)
    if not out.is_terminal:
        out = Console(highlight=False, width=PIPED_WIDTH)
    with out.capture() as captured:
        out.print(table)
    # rich fills every line up to the table's width
    lines = [line.rstrip() for line in captured.get().split("\n")]
    print("\n".join(lines).strip("\n") + "\n")


def show_rows(rows: Sequence[Mapping[str, object]], as_json: bool, *, title: str = "") -> None:
    """The same rows as a table for people or as a JSON list for programs."""
    if as_json:
        show_json([dict(row) for row in rows])
        return
    columns = list(rows[0]) if rows else []
    right = [
        index
        for index, name in enumerate(columns)
        if all(isinstance(row[name], int | float) for row in rows)
    ]
    cells = [[_cell(row[name]) for name in columns] for row in rows]
    show_table([name.replace("_", " ") for name in columns], cells, title=title, right=right)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def show_user_error(error: UserError) -> None:
    """What is wrong with what we were given, on standard error."""
    err = Console(stderr=True, highlight=False, soft_wrap=True)
    err.print(Text(error.message, style="bold red"))
    if error.hint:
        err.print(Text(error.hint))


def show_fault(error: BaseException) -> Path:
    """Our own mistake: its traceback goes to a file, which the message names."""
    told = (
        f"Left Unsaid {__version__}, Python {sys.version.split()[0]} on {sys.platform}\n"
        f"Command: {' '.join(sys.argv[1:])}\n\n" + "".join(traceback.format_exception(error))
    )
    name = f"fault-{datetime.now():%Y-%m-%d-%H%M%S-%f}.txt"
    for folder in (home_folder() / "faults", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / name
            path.write_text(told, encoding="utf-8")
            break
        except OSError:
            continue
    else:  # nowhere to write: better on the screen than nowhere
        path = Path("-")
        sys.stderr.write(told)
    err = Console(stderr=True, highlight=False, soft_wrap=True)
    err.print(Text(_("Something broke, and it is our fault, not yours."), style="bold red"))
    told_in = _("What we know about it is in {file}. Please send it to us.").format(file=path)
    err.print(Text(told_in))
    return path
