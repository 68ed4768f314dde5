"""The commands of sweeps: ``unsaid sweep`` and what belongs to it, ``unsaid replay``."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from sim.terminal import show_json, show_lines, show_table, text_width
from sim.window import open_window
from sim.words import _, ngettext

if TYPE_CHECKING:
    from sim.sweep.runner import Interrupted, Summary

RUN: Final = "run"
STOPPED: Final = 130
"""The exit code of what was stopped by Ctrl-C."""
_HELP: Final = ("-h", "--help")


class _Unnamed(typer.Context):
    """A command that goes by the name of its group."""

    @property
    def command_path(self) -> str:
        return self.parent.command_path if self.parent is not None else super().command_path


class SweepCommand(TyperCommand):
    """``unsaid sweep STUDY``, whose own word nobody writes or reads."""

    context_class = _Unnamed

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What stands after ``unsaid sweep``."""
        return ["STUDY --out DIR [OPTIONS]"]


class SweepGroup(TyperGroup):
    """``unsaid sweep STUDY`` runs; ``unsaid sweep plan STUDY`` and its like do what they say.

    A first word that is no command is a study, and help tells of both.
    """

    _helping = False

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put in the word that is left out."""
        if args and args[0] not in self.commands:
            args = ["--help"] if any(word in _HELP for word in args) else [RUN, *args]
        return super().parse_args(ctx, args)

    def get_params(self, ctx: Any) -> list[Any]:
        """The group's own options; in its help, those of the command that goes unnamed."""
        own: list[Any] = super().get_params(ctx)
        return [*self.commands[RUN].params, *own] if self._helping else own

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What stands after ``unsaid sweep``."""
        return ["STUDY --out DIR [OPTIONS]", "|", "COMMAND …"]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Tell of both in one page."""
        self._helping = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._helping = False


sweep_app = typer.Typer(
    cls=SweepGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": list(_HELP)},
    help="Run a study: every run it asks for, into a folder; started again, it goes on.",
)

Study = Annotated[str, typer.Argument(help="A study file, or the id of one that ships.")]
Out = Annotated[Path, typer.Option(metavar="DIR", help="The folder for the results.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON value instead of a text.")]
QuietFlag = Annotated[bool, typer.Option("--quiet", help="Print nothing but what goes wrong.")]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=4096,
        help="Threads, or processes with “--cluster local”; all processors, if left out.",
    ),
]


@sweep_app.command(RUN, cls=SweepCommand, hidden=True)
def run(
    study: Study,
    out: Out,
    workers: Workers = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Let workers of Dask do it: the scheduler's address or its file, or “local”.",
        ),
    ] = None,
    shard: Annotated[
        str | None, typer.Option(metavar="K/N", help="Run the K-th of N parts; see merge.")
    ] = None,
    chunk: Annotated[
        int | None,
        typer.Option(min=1, help="Runs in a file; left out, what takes some seconds."),
    ] = None,
    as_json: Json = False,
    quiet: QuietFlag = False,
) -> None:
    """Run a study: every run it asks for, into a folder; started again, it goes on."""
    from sim.sweep.chunks import ALL, shard_of
    from sim.sweep.plan import plan_of
    from sim.sweep.progress import for_terminal
    from sim.sweep.provenance import command_line
    from sim.sweep.runner import Interrupted, run_sweep
    from sim.sweep.study import read_study

    part = ALL if shard is None else shard_of(shard)
    plan = plan_of(read_study(study))
    try:
        with _stopped_alike():
            summary = run_sweep(
                plan,
                out,
                workers=workers,
                chunk=chunk,
                shard=part,
                cluster=cluster,
                progress=for_terminal(quiet=quiet),
                command=command_line(sys.argv[1:]),
            )
    except Interrupted as stopped:
        _say_stopped(stopped)
        raise typer.Exit(STOPPED) from None
    except KeyboardInterrupt:
        print(_("Stopped. The same command goes on from here."), file=sys.stderr)
        raise typer.Exit(STOPPED) from None
    if as_json:
        show_json(summary.as_dict())
    elif not quiet:
        show_lines(summary_lines(summary))
    if summary.failed == summary.runs > 0:
        raise typer.Exit(1)


@contextmanager
def _stopped_alike() -> Iterator[None]:
    """What a batch system sends before it kills is taken as Ctrl-C is."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _say_stopped(stopped: Interrupted) -> None:
    from sim.sweep.progress import number

    print(
        _(
            "Stopped. {kept} of {runs} runs are safe in {folder}; the same command goes on from "
            "there."
        ).format(kept=number(stopped.kept), runs=number(stopped.runs), folder=stopped.folder),
        file=sys.stderr,
    )


def summary_lines(summary: Summary) -> list[str]:
    """A sweep's end in a few sentences."""
    from sim.sweep.progress import number, span

    lines = [summary.question]
    count = number(summary.runs)
    if summary.shard.whole:
        lines.append(_("{count} runs in {folder}.").format(count=count, folder=summary.folder))
    else:
        lines.append(
            _("{count} runs in {folder}: part {part} of the sweep.").format(
                count=count, folder=summary.folder, part=summary.shard
            )
        )
    if not summary.lived:
        lines.append(_("All of them were there already."))
    else:
        lines.append(
            ngettext(
                "{count} run now, in {time}: {rate} a second with {workers} worker.",
                "{count} run now, in {time}: {rate} a second with {workers} workers.",
                summary.workers,
            ).format(
                count=number(summary.lived),
                time=span(summary.seconds),
                rate=number(summary.lived / max(summary.seconds, 1e-9)),
                workers=summary.workers,
            )
        )
    if summary.failed:
        lines.append(
            _("{count} failed; their rows say why, in the column “failed”:").format(
                count=number(summary.failed)
            )
        )
        for why, runs in list(summary.reasons.items())[:5]:
            lines.append(f"  {number(runs)} × {why}")
        if len(summary.reasons) > 5:
            lines.append("  …")
    if summary.shard.whole:
        lines.append(_("Next: unsaid analyse {folder}").format(folder=summary.folder))
    else:
        lines.append(_("Once every part is done: unsaid sweep merge DIR… --out DIR"))
    return lines


@sweep_app.command()
def plan(
    study: Study,
    precision: Annotated[
        str | None,
        typer.Option(
            metavar="SHARE",
            help="Such as 0.5%: say how many replications put each mean that near the truth.",
        ),
    ] = None,
    workers: Workers = None,
    as_json: Json = False,
) -> None:
    """Say how many runs a study is, how long they take, and how much room."""
    from sim.sweep import foresight
    from sim.sweep.plan import plan_of
    from sim.sweep.progress import ending, for_terminal
    from sim.sweep.study import read_study

    share = None if precision is None else foresight.share_of(precision)
    made = plan_of(read_study(study))
    with ending(for_terminal(quiet=as_json)) as progress:
        ahead = foresight.look_ahead(made, precision=share, workers=workers, progress=progress)
    if as_json:
        show_json(ahead.as_dict())
        return
    show_lines(foresight.lines(ahead))
    if ahead.wanted:
        print()
        show_table(*foresight.table(ahead), right=(1, 2, 3, 4))


@sweep_app.command()
def merge(
    parts: Annotated[list[Path], typer.Argument(metavar="DIR", help="Folders of the parts.")],
    out: Out,
    as_json: Json = False,
) -> None:
    """Join the parts of a sweep that were run with --shard."""
    from sim.sweep import shards
    from sim.sweep.progress import number

    merged = shards.merge(parts, out)
    if as_json:
        show_json(merged.as_dict())
        return
    print(
        _("{runs} runs from {parts} folders in {folder}.").format(
            runs=number(merged.runs), parts=merged.parts, folder=merged.folder
        )
    )
    print(_("Next: unsaid analyse {folder}").format(folder=merged.folder))


@sweep_app.command()
def check(
    studies: Annotated[list[str], typer.Argument(help="Study files, or ids of studies.")],
    as_json: Json = False,
) -> None:
    """Say everything that is wrong with study files, with lines and suggestions."""
    from sim.scenario import formatted
    from sim.sweep.study import check_study

    found = [message for study in studies for message in check_study(study)]
    if as_json:
        show_json([message.as_dict() for message in found])
    else:
        print("\n\n".join(map(formatted, found)) or _("Nothing to mend."))
    if any(message.level == "error" for message in found):
        raise typer.Exit(1)


@sweep_app.command()
def schema() -> None:
    """Print the JSON Schema of study files, for editors."""
    from sim.sweep.study import study_schema

    show_json(study_schema())


def replay(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a sweep.")],
    number: Annotated[int, typer.Option("--run", metavar="N", help="The number of a run.", min=0)],
    as_json: Json = False,
    as_session: Annotated[
        bool,
        typer.Option("--session", help="Keep it as a session, which the game can open."),
    ] = False,
    play: Annotated[
        bool, typer.Option("--play", help="Keep it as a session, and open that in the window.")
    ] = False,
) -> None:
    """Live one run of a sweep again, and tell what happened, or sit down in it."""
    from sim import results, telling
    from sim.sweep import seated
    from sim.sweep.again import live_again

    again = live_again(folder, number)
    if as_session or play:
        print(again.told(), file=sys.stderr)
        for doubt in again.doubts:
            print(doubt, file=sys.stderr)
        path = seated.as_session(folder, again)
        print(_("Kept as a session: {file}").format(file=path))
        if play:
            raise typer.Exit(open_window(None, resume=path))
        print(_("The game lists it on its first screen, under the sessions."))
        return
    if as_json:
        show_json(results.as_data(again.run) | again.as_dict())
        return
    # beside the story, not in it: that is word for word what `unsaid run` tells
    print(again.told(), file=sys.stderr)
    for doubt in again.doubts:
        print(doubt, file=sys.stderr)
    show_lines(telling.tell(again.run, text_width()))
