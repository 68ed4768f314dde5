"""The facts, in the order of their numbers, and how they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from sim.errors import UserError
from sim.facts import on_balance, on_opinions, on_residents, on_silence, on_structure, on_trust
from sim.facts.fact import Fact, Finding
from sim.facts.lab import Lab
from sim.words import _, mark

FACTS: Final = (
    Fact(
        "1", mark("A bad turn moves trust 1.5 to 4 times as far as a good one."),
        "Slovic 1993; Poortinga & Pidgeon 2004", "rule", on_trust.bad_against_good,
        band=mark("Ours, round the ratio of about 2.5 that studies of risk managers suggest."),
    ),
    Fact(
        "2", mark("Thirty months on, an early breach has cost more trust than a late one."),
        "Lount et al. 2008; Schilke, Reimann & Cook 2013", "constraint",
        on_trust.early_breach,
        band=mark("The direction is theirs; no size is asked for."),
    ),
    Fact(
        "3", mark("Left alone, fewer than 30% come to a delivered agreement within two years."),
        "Huxham & Vangen 2005; the article of 2015", "constraint", on_residents.agreement,
        band=mark("Ours: without anybody who works for them they are rare in the case studies."),
    ),
    Fact(
        "4", mark("The best quarter of play changes little by month 24, and 3 to 8% by year six."),
        "Morciano et al. 2021", "constraint", on_residents.late_and_small,
        band=mark(
            "Ours, after programme areas that were 3 to 8 points below others after five years; "
            "month 24 and the tail are guards against an advertisement."
        ),
    ),
    Fact(
        "5", mark("Admissions rise by 10 to 14% in five years; in good runs by 3 to 9%."),
        "Morciano et al. 2021", "constraint",
        on_residents.slower_growth,
        band=mark(
            "Ours, after 12% (9.5 to 13.6) without a programme and 3.5 to 8.8% with one, 2013 to "
            "2018."
        ),
    ),
    Fact(
        "6", mark("Need is found first: admissions 0 to 3% higher for it in the first two years."),
        "Morciano et al. 2021", "checked", on_residents.case_finding,
        band=mark(
            "Ours. The abstract says nothing of need found first, and an earlier evaluation found "
            "the opposite in year one."
        ),
    ),
    Fact(
        "7", mark("Budgets pooled and nothing else: more projects, the same admissions."),
        "National Audit Office 2017", "checked", on_structure.pooling_alone,
        band=mark(
            "Ours: the audit found more joint work and no fall; half a per cent is what could not "
            "be seen. So early, good play changes hardly more."
        ),
    ),
    Fact(
        "8", mark("A merger delays what the two are developing by 18 months or more."),
        "Fulop et al. 2002", "shaped", on_structure.merger,
        band=mark(
            "Theirs for the delay; for admissions ours. The length of a reorganisation was set by "
            "it."
        ),
    ),
    Fact(
        "9", mark("The more is avoided, the quieter the first year and the larger the rows."),
        "Morrison & Milliken 2000; the article of 2015", "constraint", on_silence.avoidance,
        band=mark("Directions are theirs; half as large again is ours."),
    ),
    Fact(
        "10", mark("Honest talk in the cold often costs trust; with trust and space, seldom."),
        "Edmondson 1999; the article of 2015", "constraint", on_trust.candour_in_the_cold,
        band=mark("Ours: directions are theirs."),
    ),
    Fact(
        "11", mark("Silence pays for half a year, and has lost by a year and a half."),
        "The article of 2015 (see docs/model.md)", "checked", on_silence.silence_pays_today,
        band=mark("Ours, after the article's story of pleasant meetings."),
    ),
    Fact(
        "12", mark("A hundred opinions fall into camps at an openness of .15, and agree at .32."),
        "Hegselmann & Krause 2002", "rule", on_opinions.fragments,
        band=mark("Theirs, for a hundred opinions and a uniform start; 75% of runs is ours."),
    ),
    Fact(
        "13", mark("Among many, a stable lead does as well as a shared board; orders win while "
                   "hands suffice, and lose when starved."),
        "Provan & Kenis 2008; Grint 2005", "shaped", on_structure.in_the_lead,
        band=mark(
            "Ours: both are theory and case studies. The seats of a shared board, hands and wear "
            "were set by it."
        ),
    ),
    Fact(
        "14", mark("No family, strategy or single move wins everywhere."),
        "A guard against an advertisement", "shaped", on_balance.nobody_wins_everywhere,
        band=mark("Ours. Unbeaten: nobody is clearly ahead, luck by luck."),
    ),
    Fact(
        "15", mark("A move whose sizes are nought changes nothing but the diary."),
        "A placebo", "rule", on_residents.placebo,
        band=mark("None: to the bit."),
    ),
    Fact(
        "16", mark("Coffee, or talk that goes well, adds .05 to trust that is civil at best."),
        "What a player must be able to feel", "constraint", on_trust.pair_moves,
        band=mark("Ours: a twentieth of the scale can be felt."),
    ),
    Fact(
        "17", mark("Playing well is worth a standard deviation of luck."),
        "What a player must be able to feel", "constraint", on_residents.leverage,
        band=mark("Ours."),
    ),
    Fact(
        "18", mark("Doing nothing ends in two to six rows, not at once; business as usual and "
                   "moves by lot meet one between months 6 and 18."),
        "The article of 2015 (see docs/model.md)", "constraint", on_silence.rows_in_time,
        band=mark("Ours: a play of ninety minutes needs a row or two, not in its first turn."),
    ),
)  # fmt: skip
"""Facts 1 to 15 are about localities; 16 to 18 are about what a group can feel in a play."""


class NoSuchFact(UserError):
    """A fact that is not on the list."""


def chosen(ids: Iterable[str]) -> tuple[Fact, ...]:
    """The facts of these numbers, in the suite's order; all, for none.

    Raises :class:`NoSuchFact`.
    """
    wanted = [id.strip() for id in ids]
    known = {fact.id: fact for fact in FACTS}
    for id in wanted:
        if id not in known:
            raise NoSuchFact(
                _("There is no fact “{id}”.").format(id=id),
                _("There are 1 to {last}.").format(last=FACTS[-1].id),
            )
    return tuple(fact for fact in FACTS if not wanted or fact.id in wanted)


def look(
    lab: Lab, facts: Iterable[Fact] = FACTS, tell: Callable[[Fact], None] = lambda _fact: None
) -> list[Finding]:
    """See how each fact stands in the lab; ``tell`` hears of each before it is looked at."""
    findings = []
    for fact in facts:
        tell(fact)
        findings.append(Finding(fact, lab.seeds, tuple(fact.look(lab))))
    return findings
