"""Places of any size, made from *Dancing around the table*, to see what size costs.

Fewer partners: the first ones.  More: those of the file again, under other ids, each with the
ties of its original to the first ones, so that the mean number of ties stays as it is.  Cards,
which name partners, are left out.
"""

from __future__ import annotations

from sim.library import scenario
from sim.scenario import Scenario


def town(partners: int) -> Scenario:
    """The place with so many partners (2 to 100)."""
    base = scenario("dancing-around-the-table")
    chosen = list(base.partners[:partners])
    ties = list(base.ties)
    round_ = 1
    while len(chosen) < partners:
        round_ += 1
        for original in base.partners[: partners - len(chosen)]:
            again = f"{original.id}-{round_}"
            chosen.append(original.model_copy(update={"id": again, "name": f"{again}"}))
            ties += [
                tie.model_copy(update={"from_": again})
                for tie in base.ties
                if tie.from_ == original.id
            ]
    there = {partner.id for partner in chosen}
    story = base.story.model_copy(
        update={
            "promises": tuple(
                p.model_copy(update={"when": "disputes_open == 0"}) for p in base.story.promises
            ),
            "endings": tuple(
                e.model_copy(update={"when": "eruptions > 2"}) for e in base.story.endings
            ),
        }
    )
    return base.model_copy(
        update={
            "partners": tuple(chosen),
            "ties": tuple(t for t in ties if t.from_ in there and t.to in there),
            "unsaid": tuple(m for m in base.unsaid if set(m.between) <= there),
            "injects": (),
            "story": story,
        }
    )
