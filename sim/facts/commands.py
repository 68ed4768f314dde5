"""``unsaid facts``: whether the model does what it must, with the numbers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from sim.errors import UserError
from sim.terminal import show_json, show_lines
from sim.words import _, ngettext

if TYPE_CHECKING:
    from sim.facts.fact import Check, Finding

EXIT_NOT_MET = 1


class BadSetting(UserError):
    """A ``--set`` that cannot be read."""


def facts(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[FACT]…", help="Which; all, if left out.")
    ] = None,
    seeds: Annotated[
        int, typer.Option(min=10, max=100_000, help="Lucks an arm: the same in every arm.")
    ] = 200,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="A parameter of another value."),
    ] = None,
    theory: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A rival theory, switched on.")
    ] = None,
    over: Annotated[
        bool,
        typer.Option(
            "--over-plausible",
            help="How the facts stand over all parameter sets that are not implausible, as "
            "shipped: nothing is run.",
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON value instead of a text.")
    ] = False,
) -> None:
    """Look whether the model does what it must: each fact, what is expected, what was seen.

    Ends with 1 when a fact is not met.
    """
    if over:
        if ids or set_ or theory:
            raise BadSetting(
                _("--over-plausible tells what was found; nothing is run, so nothing can be set."),
                _("Leave the rest out, or leave it out and run the facts."),
            )
        from sim.facts import over_plausible

        over_plausible.show(as_json)
        return
    from sim.compiled import is_cached
    from sim.facts.lab import Lab
    from sim.facts.suite import chosen, look

    wanted = chosen(ids or ())
    lab = Lab(seeds, parameters=_settings(set_ or []), theories=tuple(theory or ()))
    lab.theta(lab.place())  # says at once what is wrong with a value or a theory
    watched = sys.stderr.isatty() and not as_json
    if watched and not is_cached():
        print(_("The rules are compiled first, once; that takes a minute."), file=sys.stderr)

    def tell(text: str) -> None:
        if watched:
            sys.stderr.write(f"\r\033[K{text}")
            sys.stderr.flush()

    findings = look(lab, wanted, lambda fact: tell(_("Looking at fact {id} …").format(id=fact.id)))
    tell("")
    if as_json:
        show_json(
            {
                "seeds": seeds,
                "parameters": lab.parameters,
                "theories": list(lab.theories),
                "facts": [finding.as_dict() for finding in findings],
            }
        )
    else:
        show_lines(_report(findings, seeds))
        if lab.parameters or lab.theories:
            print(_("Of the model as you changed it, not as it is."))
    if any(finding.verdict == "not met" for finding in findings):
        raise typer.Exit(EXIT_NOT_MET)


def _settings(given: list[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for text in given:
        name, sign, value = text.partition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            sign = ""
        if not sign:
            raise BadSetting(
                _("“{text}” is no parameter and a number.").format(text=text),
                _("Write --set trust_gain=0.05; “unsaid parameters” lists them."),
            )
    return found


def _report(findings: list[Finding], seeds: int) -> list[str]:
    from sim.facts.fact import ROLES, VERDICTS

    lines = []
    for finding in findings:
        fact = finding.fact
        lines.append(
            _("{id}. {says}  {verdict}").format(
                id=fact.id, says=_(fact.says), verdict=_(VERDICTS[finding.verdict]).upper()
            )
        )
        lines.append(f"    {fact.source}; {_(ROLES[fact.role])}")
        lines += [f"    {_line(check)}" for check in finding.checks]
        if finding.verdict != "met" and fact.why_not:
            lines.append("    " + _("Why: {why}").format(why=_(fact.why_not)))
        lines.append("")
    met = sum(finding.verdict == "met" for finding in findings)
    open_ = sum(finding.verdict == "undecided" for finding in findings)
    lines.append(
        ngettext(
            "{met} of {count} fact met, {undecided} undecided, at {seeds} seeds an arm.",
            "{met} of {count} facts met, {undecided} undecided, at {seeds} seeds an arm.",
            len(findings),
        ).format(met=met, count=len(findings), undecided=open_, seeds=seeds)
    )
    if open_:
        lines.append(_("Undecided: the interval reaches out of the band; more --seeds would tell."))
    return lines


def _line(check: Check) -> str:
    from sim.facts.fact import VERDICTS

    seen = _number(check.seen.value)
    if check.seen.low != check.seen.high:
        seen += _(" ({low} to {high})").format(
            low=_number(check.seen.low), high=_number(check.seen.high)
        )
    unit = f" {check.unit}" if check.unit else ""
    return _("{verdict}: {what}: {seen}{unit}, expected {band}").format(
        verdict=_(VERDICTS[check.verdict]), what=check.what, seen=seen, unit=unit,
        band=_expected(check),
    )  # fmt: skip


def _expected(check: Check) -> str:
    low, _high = check.band
    if 0.0 < abs(low) < 1e-6:  # an open end
        return _("more than 0")
    if 0.0 < abs(check.band.high) < 1e-6:
        return _("less than 0")
    return check.band.said(check.unit)


def _number(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 1 else f"{value:.2f}"
