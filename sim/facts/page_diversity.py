"""The page of what luck alone makes of a place, from ``diversity.json``."""

from __future__ import annotations

from collections.abc import Sequence

from sim.facts.diversity import KINDS, kinds_of
from sim.facts.page_parts import Data, about, table, within


def diversity_page(data: Data) -> str:
    doc = (kinds_of.__doc__ or "").partition("\n\n")[2]
    rule = "\n".join(line.strip() for line in doc.strip().splitlines())
    parts = [
        about(
            "The same place, many lucks",
            f"Nothing differs but luck ({data['lucks']} lucks). Each course is one of four kinds.",
            data,
            "diversity",
        ),
        rule,
    ]
    for place in data["places"].values():
        rows = []
        for strategy, course in place["strategies"].items():
            spread = course["spread"]["staff_joint_working"]
            shares = [within(course["kinds"][kind]["share"]) for kind in KINDS]
            rows.append([strategy, *shares, f"{spread[0]:.0f} – {spread[1]:.0f} – {spread[2]:.0f}"])
        parts += [
            f"## {place['title']}",
            table(["", *KINDS, "staff %, tenth – middle – ninth tenth"], rows),
            _looked_like(place, data["months"]),
        ]
    return "\n\n".join(parts)


def _looked_like(place: Data, months: Sequence[int]) -> str:
    rows = [
        [
            f"{strategy}, {kind}",
            " ".join(f"{x:+.2f}" for x in row["gain"]), " ".join(f"{x:.0f}" for x in row["staff"]),
            " ".join(f"{x:.0%}" for x in row["holds"]), f"{row['rows']:.1f}",
        ]
        for strategy, course in place["strategies"].items()
        for kind, row in course["kinds"].items()
        if "gain" in row
    ]  # fmt: skip
    when = ", ".join(map(str, months))
    head = ["", f"integration gained by month {when}", "staff %", "partnership holds", "rows"]
    return table(head, rows)
