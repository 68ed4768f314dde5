"""What the sets of parameters that no fact rules out say of facts and headlines, as shipped."""

from __future__ import annotations

from typing import Any, Final

from sim.compiled import rules_hash
from sim.evidence import shipped
from sim.evidence.reading import refused
from sim.terminal import show_json, show_lines
from sim.words import _

FILE: Final = "plausible.json"


def show(as_json: bool) -> None:
    """Tell it.  Raises :class:`sim.evidence.EvidenceError` for data that cannot be read."""
    data = shipped(FILE)
    try:
        lines = said(data)
    except (KeyError, TypeError, ValueError) as error:
        raise refused(
            FILE, _("it does not say what it should ({why})").format(why=error)
        ) from error
    if as_json:
        show_json(data)
        return
    if data.get("rules") != rules_hash():
        lines = [_("These figures are from an earlier version of the rules."), "", *lines]
    show_lines(lines)


def said(data: dict[str, Any]) -> list[str]:
    """The same as lines of text."""
    lines = [
        _(
            "{sets} sets of {parameters} parameters that no constraint rules out, at {seeds} lucks "
            "an arm."
        ).format(sets=data["sets"], parameters=data["parameters"], seeds=data["seeds"]),
        "",
    ]
    for check in data["checks"]:
        low, middle, high = check["quantiles"]
        unit = f" {check['unit']}" if check["unit"] else ""
        lines.append(
            _(
                "{share:.0%} in the band: fact {fact}, {what}: {middle:.3g} "
                "({low:.3g} to {high:.3g}){unit}"
            ).format(
                share=check["in_band"],
                fact=check["fact"],
                what=check["what"],
                middle=middle,
                low=low,
                high=high,
                unit=unit,
            )
        )
    lines.append("")
    for headline in data["headlines"]:
        lines.append(
            _("{holds:.0%} hold, {turns:.0%} turn round: {words}").format(
                holds=headline["holds"], turns=headline["turns"], words=headline["words"]
            )
        )
    return lines
