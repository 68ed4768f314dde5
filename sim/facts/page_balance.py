"""The page of what wins where, from ``balance.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.facts.page_parts import Data, about, move, table, within
from sim.facts.verdicts import TUTORIAL, ahead, clearly, winners


def balance_page(data: Data) -> str:
    lucks = data["lucks"]
    parts = [
        about(
            "What wins where",
            "Strategies, families of play and single moves at every place. *Promises* is the share "
            "of a place's three promises that were kept: the chance of a group that chose one by "
            f"lot. {lucks} lucks; of each family sixty draws, its best tenth chosen on the first "
            f"half of the lucks and told on the second.",
            data,
            "balance",
        ),
        "## Verdicts",
        *map(_verdict, data["checks"]),
        f"The tutorial ({', '.join(TUTORIAL)}) is in the tables and not in the verdicts.",
    ]
    for place in data["places"].values():
        parts += _place(place)
    return "\n\n".join(parts)


def _verdict(check: Data) -> str:
    lines = [f"**{check['claim']}** {'Holds.' if check['holds'] else 'Does not hold.'}", ""]
    lines += [f"- Against: {words}" for words in check["against"]]
    lines += [f"- {words}" for words in check["seen"]]
    return "\n".join(lines)


def _place(place: Data) -> list[str]:
    parts = [
        f"## {place['title']}",
        f"A {place['kind']} problem, {place['partners']} partners, {place['months']} months.",
        _arms(place),
        _told_of_families(place),
        "Played for one promise at a time, each family by the tenth that keeps it most often:",
        _contests(place),
        "One move over and over, every move at hand (the ten that keep most, and what it does to "
        "trust against doing nothing):",
        _repeated(place),
        "What fills the diary:",
        _used(place),
        *_limits(place),
    ]
    return parts


def _arms(place: Data) -> str:
    head = ["", "promises", "each", "all", "trust", "staff %", "admissions %", "delays", "rows",
            "£k", "places", "most used", "ends most often as"]  # fmt: skip

    def rows(named: Mapping[str, Data], group: str, form: str) -> list[list[str]]:
        order = sorted(named, key=lambda name: -named[name]["share"][0])
        return [_arm(form.format(name), named[name], place["used"][group][name]) for name in order]

    return table(
        head,
        [
            *rows(place["arms"], "arms", "{}"),
            *rows(place["families"], "families", "*{}, best tenth*"),
        ],
    )


def _arm(name: str, row: Data, used: Mapping[str, float]) -> list[str]:
    most = next(iter(used.items()), None)
    ending = next(iter(row["endings"].items()))
    return [
        name, within(row["share"]), " ".join(f"{x:.2f}" for x in row["each"]), f"{row['all']:.2f}",
        within(row["trust"], 3), within(row["staff"], 1), within(row["admissions"], 1),
        within(row["delays"], 1), within(row["rows"], 1), f"{row['spent']:.0f}",
        f"{row['places']:.0f}", f"{move(most[0])} {most[1]:.0%}" if most else "",
        f"{ending[0]} {ending[1]:.0%}",
    ]  # fmt: skip


def _told_of_families(place: Data) -> str:
    best = winners(place)
    said = " and ".join(f"*{name}*" for name in best)
    lead = place["best_family"]
    second = max(
        (f for f in place["families"] if f != lead), key=lambda f: place["families"][f]["share"][0]
    )
    gap = place["families"][lead]["share"][0] - place["families"][second]["share"][0]
    clear = "clearly" if ahead(place, lead, second) > 0 else "not clearly"
    return (
        f"Unbeaten among families: {said}. {lead.capitalize()} play is {gap:.2f} ahead of {second} "
        f"play, {clear}. Of the playbooks that ship, `{place['best_built_in']}` keeps most."
    )


def _contests(place: Data) -> str:
    families = list(place["families"])
    return table(
        ["promise", *families, "unbeaten"],
        [
            [
                place["promises"][promise],
                *(within(contest["kept"][family]) for family in families),
                ", ".join(winners(contest)),
            ]
            for promise, contest in place["contests"].items()
        ],
    )


def _repeated(place: Data) -> str:
    rows = place["repeated"]
    nothing = place["at_hand"]["do-nothing"]
    order = sorted(rows, key=lambda name: (-rows[name]["share"][0], name))[:10]
    return table(
        ["move", "promises", "each", "trust", "admissions %"],
        [
            [
                move(name), within(rows[name]["share"]),
                " ".join(f"{x:.2f}" for x in rows[name]["each"]),
                f"{rows[name]['trust'][0] - nothing['trust'][0]:+.3f}",
                within(rows[name]["admissions"], 1),
            ]
            for name in order
        ],
    )  # fmt: skip


def _used(place: Data) -> str:
    rows = [(f"*{name}*", used) for name, used in place["used"]["families"].items()]
    best = place["best_built_in"]
    rows.append((best, place["used"]["arms"][best]))
    return table(
        ["", "moves, by their share of the places"],
        [
            [name, ", ".join(f"{move(m)} {share:.0%}" for m, share in [*used.items()][:6])]
            for name, used in rows
        ],
    )


def _limits(place: Data) -> list[str]:
    limits = place["limits"]
    families = list(place["families"])
    held = [*next(iter(limits["limited"].values()))]
    parts = [
        "The same best tenths, as it is and with one thing changed (share of promises):",
        table(
            ["", *families],
            [
                [change, *(within(by[family]) for family in families)]
                for change, by in limits["shares"].items()
            ],
        ),
        *(_hangs_on(family, limits["lead"][family]) for family in limits["lead"]),
        "What held joint working back at the end, as shares of dependence, and mean slack:",
        table(
            ["", *held],
            [
                [family, *(f"{limits['limited'][family][name]:.2f}" for name in held)]
                for family in families
            ],
        ),
    ]
    return parts


def _hangs_on(family: str, lead: Mapping[str, Sequence[float]]) -> str:
    """What the gap between a family and systems play hangs on, of what was changed."""
    usual = lead["as it is"]
    moved = {change: gap[0] - usual[0] for change, gap in lead.items() if change != "as it is"}
    most = max(moved, key=lambda change: abs(moved[change]))
    words = {1: "ahead of", 0: "not to be told from", -1: "behind"}
    return (
        f"{family.capitalize()} play is {words[clearly(usual)]} systems play here "
        f"({usual[0]:+.2f}). Of what was changed, “{most}” moves that most, by {moved[most]:+.2f}: "
        f"with it {family} play is {words[clearly(list(lead[most]))]} systems play "
        f"({lead[most][0]:+.2f})."
    )
