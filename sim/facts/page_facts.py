"""The page of facts, from ``facts.json``, and what plausible sets of parameters say of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.facts.page_parts import Data, about, table

ROLES: Final = {
    "constraint": "used in calibration",
    "shaped": "a rule was changed for it",
    "checked": "checked afterwards",
    "rule": "follows from an equation",
}


def facts_page(data: Data) -> str:
    """Every fact: what is expected, what was seen, the verdict."""
    facts = data["facts"]
    met = sum(fact["verdict"] == "met" for fact in facts)
    constraints = [fact["fact"] for fact in facts if fact["role"] == "constraint"]
    shaped = [fact["fact"] for fact in facts if fact["role"] == "shaped"]
    checked = [fact["fact"] for fact in facts if fact["role"] == "checked"]
    parts = [
        about(
            "Facts that the model must reproduce",
            f"{met} of {len(facts)} are met, at {data['seeds']} lucks an arm, the same in every "
            "arm, compared luck by luck. A check is met when its whole interval lies in the band, "
            "undecided when only the estimate does. `unsaid facts` looks again.",
            data,
            "record",
        ),
        f"**How many of these are findings?** Facts {_listed(constraints)} chose the sizes of the "
        f"model; for {_listed(shaped)} a rule was changed when they failed. That these are met is "
        f"no finding. Only {_listed(checked)} were looked at afterwards and changed nothing. The "
        "rest follow from an equation or from how draws are keyed, and check the program. Facts 1 "
        "to 13 are about localities, as the sources describe them; 14 to 18 are aims and guards of "
        "ours. [What was changed for which fact](../decisions/facts.md).",
    ]
    for fact in facts:
        parts.append(f"## {fact['fact']}. {fact['says']}")
        parts.append(
            f"**{fact['verdict'].capitalize()}**; {ROLES[fact['role']]}. Source: {fact['source']}. "
            f"Band: {fact['band'][0].lower() + fact['band'][1:]}"
        )
        if fact["why_not"]:
            parts.append(fact["why_not"])
        parts.append(
            table(
                ["", "expected", "seen", "interval", "verdict"],
                [
                    [
                        check["what"] + (f", {check['unit']}" if check["unit"] else ""),
                        _band(check["expected"]),
                        f"{check['seen']:.3g}",
                        _interval(check["interval"], check["level"]),
                        check["verdict"],
                    ]
                    for check in fact["checks"]
                ],
            )
        )
    return "\n\n".join(parts)


def plausible_page(data: Data) -> str:
    """What the sets that no constraint rules out say of facts and of headlines."""
    facts = [
        [
            f"{check['fact']}: {check['what']}" + (f", {check['unit']}" if check["unit"] else ""),
            _band(check["expected"]),
            *(f"{value:.3g}" for value in check["quantiles"]),
            f"{check['in_band']:.0%}",
        ]
        for check in data["checks"]
    ]
    headlines = [
        [
            headline["words"],
            *(f"{value:.3g}" for value in headline["quantiles"]),
            f"{headline['holds']:.0%}",
            f"{headline['turns']:.0%}",
        ]
        for headline in data["headlines"]
    ]
    waves = "\n".join(f"- {wave}" for wave in data["waves"])
    return "\n\n".join(
        [
            about(
                "Plausible parameters",
                f"{data['sets']} sets of {data['parameters']} parameters that no constraint rules "
                "out, found by history matching: a set is thrown out when a number of a fact lies "
                "more than three errors outside its band. They are not draws from a posterior, and "
                "no set is the best one. Each parameter was tried three tenths of the way from its "
                "usual value to either end of its range. Any study may use them: "
                "`design: {kind: list, file: plausible.csv}`, as "
                "`scenarios/studies/15-over-plausible.yaml` does.",
                data,
                "calibration",
            ),
            f"Constraints: facts {_listed(data['constraints'])}. Only looked at afterwards: "
            f"{_listed(data['checked'])}. {data['seeds']} lucks an arm.\n\n{waves}",
            "## Facts over these sets\n\nThe 5th, 50th and 95th percentile over sets, and in how "
            "many the estimate lies in the band.",
            table(["", "expected", "5%", "50%", "95%", "in band"], facts),
            "## Headlines over these sets\n\nThe paired difference that each is about, in the "
            "direction that it claims; it holds where the whole 95% interval says so, and turns "
            "round where it says the opposite; what is left is not settled at so few lucks.",
            table(["", "5%", "50%", "95%", "holds", "turns"], headlines),
        ]
    )


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(ids[:-1]) + f" and {ids[-1]}" if len(ids) > 1 else "".join(ids)


def _band(ends: Sequence[float | None]) -> str:
    low, high = ends
    if low is None:
        return "less than 0" if high and -1e-6 < high < 0 else f"at most {high:g}"
    if high is None:
        return "more than 0" if 0 < low < 1e-6 else f"at least {low:g}"
    return f"{low:g} to {high:g}" if low != high else f"{low:g}"


def _interval(ends: Sequence[float], level: int) -> str:
    if ends[0] == ends[1]:
        return "exact"
    return f"{ends[0]:.3g} to {ends[1]:.3g}" + (f" ({level}%)" if level != 95 else "")
