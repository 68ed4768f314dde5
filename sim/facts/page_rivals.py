"""The page of headlines under rival theories, from ``rivals.json``."""

from __future__ import annotations

from typing import Final

from sim.facts.page_parts import Data, about, table

THEORY: Final = {
    "none": "the model", "symmetric_trust": "trust even", "trust_follows_delivery": "only delivery",
    "joint_without_trust": "no trust needed", "no_effect_on_admissions": "no effect",
    "silence_is_harmless": "silence harmless", "polite_distance_helps": "distance helps",
    "candour_is_a_coin_toss": "candour a toss", "mandate_suffices": "mandate suffices",
}  # fmt: skip


def rivals_page(data: Data) -> str:
    theories = data["theories"]
    mark = {"holds": "", "open": " ?", "turns": " ✗"}
    parts = [
        about(
            "Headlines under rival theories",
            "Each headline is a paired difference, here under the model as it is and under each of "
            "eight theories that say otherwise. **?** marks what cannot be told from nought, **✗** "
            f"what turns round. {data['lucks']} lucks.",
            data,
            "rivals",
        ),
        _survivors(data),
    ]
    for headline in data["headlines"]:
        rows = [
            [
                data["places"][place],
                *(f"{by[t]['apart'][0]:+.3g}{mark[by[t]['verdict']]}" for t in theories),
            ]
            for place, by in headline["found"].items()
        ]
        head = ["", *(THEORY.get(t, t) for t in theories)]
        parts += [f"## {headline['words']}", _outlives(headline, data), table(head, rows)]
    return "\n\n".join(parts)


def _outlives(headline: Data, data: Data) -> str:
    cells = [
        (place, theory, found["verdict"])
        for place, by in headline["found"].items()
        for theory, found in by.items()
        if theory != "none"
    ]
    held = sum(verdict == "holds" for *_where, verdict in cells)
    turned = sorted({THEORY.get(t, t) for _p, t, verdict in cells if verdict == "turns"})
    usual = [
        data["places"][place]
        for place, by in headline["found"].items()
        if by["none"]["verdict"] != "holds"
    ]
    words = f"Holds in {held} of {len(cells)} places under rival theories."
    if turned:
        words += f" Turns round under: {', '.join(turned)}."
    if usual:
        words += f" Does not hold even under the model as it is in: {', '.join(usual)}."
    return words


def _survivors(data: Data) -> str:
    """Which theories overturn most, which nothing at all."""
    lost = {
        theory: sum(
            by[theory]["verdict"] != "holds" and by["none"]["verdict"] == "holds"
            for headline in data["headlines"]
            for by in headline["found"].values()
        )
        for theory in data["theories"]
        if theory != "none"
    }
    order = sorted(lost, key=lambda theory: -lost[theory])
    rows = [[THEORY.get(theory, theory), str(lost[theory])] for theory in order]
    total = len(data["headlines"]) * len(data["places"])
    return table(["theory", f"headlines and places lost, of {total}"], rows)
