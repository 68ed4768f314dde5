"""The command ``unsaid``: everything that needs no window.

Exit codes: 0 done; 1 what was given is wrong; 2 the command was used wrongly; 3 a fault
of ours, saved to a file that the message names.
"""

from __future__ import annotations

import inspect
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim import __version__, library
from sim.errors import UserError
from sim.facts import commands as stylised
from sim.parameters import PARAMETERS
from sim.plays import commands as plays
from sim.sweep import analysing as analyses
from sim.sweep import commands as sweeps
from sim.terminal import (
    show_fault,
    show_json,
    show_lines,
    show_rows,
    show_table,
    show_user_error,
    text_width,
)
from sim.window import open_window
from sim.words import _, ngettext, use_language

if TYPE_CHECKING:
    from sim.headless import Run

app = typer.Typer(
    name="unsaid",
    help="A table, some partners, and what they do not say.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(sweeps.sweep_app, name="sweep")
app.add_typer(plays.sessions_app, name="sessions")

Json = Annotated[bool, typer.Option("--json", help="One JSON value instead of a text.")]
Seed = Annotated[int | None, typer.Option(help="The luck: same seed, same run.", min=0)]


class GivenWrong(UserError):
    """An option whose value cannot be what was meant."""


def main() -> None:
    """Run the command; the one place where errors become sentences and exit codes."""
    use_language(_language())
    try:
        translated(typer.main.get_command(app))()
    except UserError as error:
        show_user_error(error)
        sys.exit(1)
    except BrokenPipeError:  # whoever was reading has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        show_fault(error)
        sys.exit(3)


def translated(command: Any) -> Any:
    """A command with its help, and that of everything under it, in the reader's language.

    Help is written where commands are declared, before a language could be chosen.
    """
    if command.help:
        command.help = _(inspect.cleandoc(command.help))
    for option in command.params:
        if getattr(option, "help", None):
            option.help = _(option.help)
    for inner in getattr(command, "commands", {}).values():
        translated(inner)
    return command


def _language() -> str:
    for name in ("UNSAID_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value.split(".")[0].split("@")[0]
    return ""


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Say the version.")] = False,
) -> None:
    if version:
        print(f"unsaid {__version__}")
        raise typer.Exit


@app.command()
def run(
    scenario: Annotated[str, typer.Argument(help="The id of a scenario, or a file.")],
    strategy: Annotated[
        str, typer.Option(help="A strategy by name, or a file; see `unsaid strategies`.")
    ] = "do-nothing",
    seed: Seed = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PARAMETER=VALUE", help="Set a parameter; may be repeated."),
    ] = None,
    theory: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Switch a rival theory on; may be repeated."),
    ] = None,
    months: Annotated[
        int | None,
        typer.Option(min=1, max=120, help="How many months; usually the scenario's own length."),
    ] = None,
    runs: Annotated[
        int | None,
        typer.Option(min=1, max=100_000, help="Many runs, with seeds one after another."),
    ] = None,
    as_json: Json = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A .parquet or .csv with a row for each run and month."),
    ] = None,
) -> None:
    """Play a scenario with a strategy, without a window, and tell what happened."""
    from sim import results, telling
    from sim.headless import play_through

    if out is not None:
        results.check_out(out)
    loaded = library.scenario(scenario)
    chosen = library.strategy(strategy)
    values = dict(map(_setting, set_ or []))
    first = 7 if seed is None else seed
    played = []
    for luck in range(first, first + (runs or 1)):
        played.append(
            play_through(
                loaded,
                chosen,
                luck=luck,
                parameters=values,
                theories=tuple(theory or ()),
                months=months,
            )
        )
        _progress(len(played), runs or 1)
    if out is not None:
        count = results.write(played, out)
        if not as_json:
            print(_("{count} rows in {file}.").format(count=count, file=out))
    if runs is not None:
        _show_summary(played, as_json)
    elif as_json:
        show_json(results.as_data(played[0]))
    elif out is None:
        show_lines(telling.tell(played[0], text_width()))


def _show_summary(played: list[Run], as_json: bool) -> None:
    from sim import results
    from sim.labels import measure_name, measure_value

    table = results.summary(played)
    endings = results.endings(played)
    if as_json:
        first = played[0]
        show_json(
            {
                "scenario": first.scenario.scenario.id,
                "strategy": first.strategy,
                "seeds": [run.luck for run in played],
                "summary": table,
                "endings": endings,
            }
        )
        return
    for month in dict.fromkeys(row["month"] for row in table):
        rows = [
            [measure_name(row["measure"])]
            + [measure_value(row["measure"], row[key]) for key in ("mean", "p5", "p50", "p95")]
            for row in table
            if row["month"] == month
        ]
        show_table(
            [_("measure"), _("mean"), "5%", "50%", "95%"],
            rows,
            title=_("Month {month}, over {runs} runs").format(month=month, runs=len(played)),
            right=(1, 2, 3, 4),
        )
    if endings:
        show_table([_("ending"), _("runs")], list(endings.items()), right=(1,))


def _setting(text: str) -> tuple[str, float]:
    name, equals, value = text.partition("=")
    try:
        return name.strip(), float(value) if equals else float("nope")
    except ValueError:
        raise GivenWrong(
            _("--set {text}: a parameter and a number are needed.").format(text=text),
            _("Like this: --set trust_gain=0.05"),
        ) from None


def _progress(done: int, of: int) -> None:
    if of >= 10 and sys.stderr.isatty():
        sys.stderr.write(f"\r{done}/{of}" + ("\r" + " " * 20 + "\r" if done == of else ""))
        sys.stderr.flush()


@app.command()
def moves(as_json: Json = False) -> None:
    """Everything a group can do, with what it takes and what it risks."""
    from sim.effects import TARGETS, catalogue

    rows: list[dict[str, object]] = []
    for move in catalogue().values():
        row: dict[str, object] = {
            "move": move.id,
            "name": _(move.name),
            "to": _(TARGETS[move.target]),
            "places": move.places,
            "thousand_pounds": int(move.cost),
            "family": move.family,
        }
        if as_json:
            row |= {
                "does": _(move.lines[0]),
                "risks": _(move.lines[1]),
                "target": move.target,
                "least": move.least,
                "most": move.most,
                "standing": move.standing,
                "directing": move.directing,
                "basis": move.basis,
                "effects": [dict(effect) for effect in move.effects],
            }
        else:
            row["what it does; what it risks"] = " ".join(_(line) for line in move.lines)
        rows.append(row)
    show_rows(rows, as_json)


@app.command()
def strategies(as_json: Json = False) -> None:
    """Everybody who can play without a group."""
    show_rows(library.strategies(), as_json)


@app.command()
def parameters(as_json: Json = False) -> None:
    """Every assumption that is a number: range, usual value, evidence, one sentence."""
    rows = [
        {
            "parameter": p.name,
            "group": p.group,
            "low": p.low,
            "high": p.high,
            "default": p.default,
            "unit": p.unit,
            "evidence": " ".join(p.tags),
            "sentence": _(p.sentence),
        }
        for p in PARAMETERS.values()
    ]
    show_rows(rows, as_json)
    if not as_json:
        print(_("Evidence for form, direction and size: E1 between organisations, E2 elsewhere,"))
        print(_("E3 qualitative, S the story, A an assumption, T tuned."))


@app.command()
def scenarios(as_json: Json = False) -> None:
    """The places to play; the one to begin with first."""
    rows = library.scenarios()
    if not as_json:
        for row in rows:
            if row.pop("tutorial"):
                row["title"] = _("{title} (begin here)").format(title=row["title"])
    show_rows(rows, as_json)


@app.command()
def check(
    files: Annotated[list[str], typer.Argument(help="Scenario files, or ids of scenarios.")],
    as_json: Json = False,
) -> None:
    """Say everything that is wrong with scenario files, with lines and suggestions."""
    from sim.scenario import check_files, formatted

    found = check_files(files)
    if as_json:
        show_json([message.as_dict() for message in found])
    else:
        # not wrapped: the caret stands under the spot it means
        print("\n\n".join(formatted(message) for message in found) or _("Nothing to mend."))
    if any(message.level == "error" for message in found):
        raise typer.Exit(1)


@app.command()
def cards(
    scenario: Annotated[str, typer.Argument(help="The id of a scenario, or a file.")],
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="Where to write the page, an HTML file.")
    ] = Path("cards.html"),
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there already.")
    ] = False,
) -> None:
    """Seat cards to print: want, fear, one thing you cannot say; and a facilitator's sheet."""
    from sim.report import cards as seats
    from sim.report import pages

    loaded = library.scenario(scenario)
    pages.save(seats.page(loaded), out, force=force)
    count = len(loaded.partners)
    print(
        ngettext(
            "{count} seat card and a facilitator's sheet in {file}.",
            "{count} seat cards and a facilitator's sheet in {file}.",
            count,
        ).format(count=count, file=out)
    )
    print(_("Open it in a browser and print it: A4, full size, one side."))


@app.command()
def explain(
    journal: Annotated[Path, typer.Argument(help="The file of a session.")],
    month: Annotated[
        int | None, typer.Option(min=1, max=120, help="Which month; every one, if left out.")
    ] = None,
    of: Annotated[
        str | None,
        typer.Option(
            help='Of what: "trust council hospital", "commitment gps".  Left out, the '
            "command says what there is."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Why a number of a session changed in a month: every cause, and what it came to."""
    from sim import explaining

    explaining.show(journal, month, of, as_json)


app.command()(sweeps.replay)
app.command()(analyses.analyse)
app.command()(stylised.facts)


@app.command()
def play(
    scenario: Annotated[str | None, typer.Argument(help="The id of a scenario, or a file.")] = None,
    seed: Seed = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the last session.")] = False,
    screenshots: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Save pictures in this folder.")
    ] = None,
    consent: Annotated[
        bool,
        typer.Option(
            "--consent",
            help="Everybody in the room agrees that what is decided may be used for research: "
            "the files of sessions begun in this window say so.",
        ),
    ] = False,
) -> None:
    """Open the window and sit down at the table."""
    if consent and resume:
        raise GivenWrong(
            _("A room agrees as its session begins: --consent does not go with --resume."),
            _("Leave it out; whether the room agreed stands in the session's file already."),
        )
    raise typer.Exit(
        open_window(scenario, seed=seed, resume=resume, screenshots=screenshots, consent=consent)
    )
