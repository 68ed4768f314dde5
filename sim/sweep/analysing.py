"""``unsaid analyse``: the conclusions of a sweep as tables, figures and a page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.terminal import show_json
from sim.words import _


def analyse(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a sweep.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where to write; “analysis” in the sweep's, if left out."),
    ] = None,
    measure: Annotated[
        str | None, typer.Option(help="The measure to lead with; the study's first, if left out.")
    ] = None,
    strategy: Annotated[
        str | None, typer.Option(help="The strategy of which to ask where it does not help.")
    ] = None,
    pair: Annotated[
        str | None,
        typer.Option(metavar="X,Y", help="Two factors to map besides those that matter most."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON value instead of a text.")
    ] = False,
) -> None:
    """Draw the conclusions of a sweep: tables, figures, one page, methods for a paper."""
    from sim.sweep import analysis

    def tell(step: str) -> None:
        if sys.stderr.isatty() and not as_json:
            sys.stderr.write(f"\r\033[K{step}")
            sys.stderr.flush()

    done = analysis.analyse(
        folder, out, measure=measure or "", strategy=strategy or "", pair=pair or "", tell=tell
    )
    tell("")
    if as_json:
        show_json(
            {
                "page": str(done.page),
                "methods": str(done.methods),
                "tables": [str(path) for path in done.tables],
                "figures": [str(path) for path in done.figures],
                "findings": list(done.short),
                "notes": list(done.notes),
                "missing": list(done.missing),
            }
        )
        return
    for note in done.notes:
        print(note + "\n")
    for finding in done.short:
        print(f"- {finding}")
    if done.missing:
        print("\n" + _("Not computed:"))
        for why in dict.fromkeys(done.missing):
            print(f"- {why}")
    print("\n" + _("The page: {file}").format(file=done.page))
    print(_("For a paper: {file}").format(file=done.methods))
