"""The command ``unsaid sessions export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.words import _, ngettext

if TYPE_CHECKING:
    from sim.plays.export import Plays

sessions_app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="What rooms played: their sessions, for research.",
)


@sessions_app.callback()
def _sessions() -> None:
    """Keep ``export`` a command of its own while it is the only one."""


@sessions_app.command()
def export(
    out: Annotated[
        Path,
        typer.Option(metavar="FILE", help="A .parquet or .csv with a row for each decision."),
    ],
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR", help="The folder of the sessions; the program's own, if left out."
        ),
    ] = None,
    everyone: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Also sessions whose file holds no consent: for rooms that agreed in another "
            "way, and only for those.",
        ),
    ] = False,
    notes: Annotated[
        bool,
        typer.Option(
            "--with-notes",
            help="Also what was written at the car park, word for word: it may name people.",
        ),
    ] = False,
) -> None:
    """What rooms decided, a row a decision, of those who agreed to it; no names, no notes."""
    from sim.journal import sessions_folder
    from sim.plays.export import gather, write
    from sim.results import check_out
    from sim.terminal import show_user_error

    check_out(out)
    plays = gather(folder or sessions_folder(), everyone=everyone, notes=notes)
    for problem in plays.problems:
        show_user_error(problem)
    if plays.sessions:
        count = write(plays, out)
        print(
            ngettext(
                "{rows} decisions of {count} session in {file}.",
                "{rows} decisions of {count} sessions in {file}.",
                plays.sessions,
            ).format(rows=count, count=plays.sessions, file=out)
        )
    else:
        print(_("No session could be taken: nothing was written."))
    _tell(plays)
    if not plays.sessions:
        raise typer.Exit(1)


def _tell(plays: Plays) -> None:
    """What was left out, and what to see to before the table is passed on."""
    if plays.left_out:
        print(
            ngettext(
                "{count} session was left out: its file does not say that the room agreed to "
                "research.",
                "{count} sessions were left out: their files do not say that the room agreed to "
                "research.",
                plays.left_out,
            ).format(count=plays.left_out)
        )
        print(_("Where everybody in the room agreed in another way, on paper, --all takes it."))
    if plays.unasked:
        print(
            ngettext(
                "{count} session has no consent in its file. Keep it only if you know that "
                "everybody in the room agreed; the column “consent” tells which.",
                "{count} sessions have no consent in their files. Keep only those of which you "
                "know that everybody in the room agreed; the column “consent” tells which.",
                plays.unasked,
            ).format(count=plays.unasked)
        )
    if any(row["kind"] == "note" for row in plays.rows):
        print(_("Notes are in it word for word: read them before anybody else does."))
