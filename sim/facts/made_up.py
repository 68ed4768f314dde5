"""Places made up for a fact: a move that does nothing, a merger that leaves room, a hundred."""

from __future__ import annotations

from typing import Final

from sim.effects import catalogue
from sim.facts.lab import HOME
from sim.scenario import Scenario, load_scenario
from sim.scenario.schema import HouseMove

PLACEBO: Final = "placebo"
MERGER: Final = "merger-in-passing"


def with_placebo() -> Scenario:
    """The usual place, and a house move whose every size is nought.

    Nothing in it is done between two: to meet at all counts as contact, whatever comes of it.
    """
    kinds = (
        ("safety", "targets"), ("avoidance", "targets"), ("commitment", "at_table"),
        ("toward_need", "at_table"), ("governance", "at_table"), ("narrative", "at_table"),
        ("backing", "at_table"), ("home_care", "at_table"),
    )  # fmt: skip
    return _with_house(
        {
            "id": PLACEBO,
            "name": "A circular that nobody reads",
            "lines": ("Sent to two of them.", "Nothing happens."),
            "family": "relating",
            "target": "pair",
            "least": 2,
            "most": 2,
            "effects": [{"effect": kind, "who": who, "size": 0.0} for kind, who in kinds],
        }
    ).model_copy(update={"injects": ()})


def with_merger() -> Scenario:
    """The usual place, and the merger of the catalogue as a house move that takes one place."""
    usual = catalogue()["restructure"]
    return _with_house(
        {
            "id": MERGER,
            "name": "Merge them in passing",
            "lines": ("Two become one.", "Nobody else is asked."),
            "family": "structuring",
            "target": usual.target,
            "least": usual.least,
            "most": usual.most,
            "effects": usual.effects,
        }
    )


def _with_house(move: dict[str, object]) -> Scenario:
    scenario = load_scenario(HOME)
    house = (*scenario.moves.house, HouseMove.model_validate(move))
    return scenario.model_copy(update={"moves": scenario.moves.model_copy(update={"house": house})})


def crowd(partners: int) -> Scenario:
    """So many partners who know each other a little, on one axis, with nothing between them."""
    base = load_scenario(HOME)
    first = base.partners[0]
    axis = base.place.axes[0]
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
            "story": story,
            "place": base.place.model_copy(
                update={
                    "axes": (axis,),
                    "need": base.place.need[:1],
                }
            ),
            "partners": tuple(
                first.model_copy(
                    update={
                        "id": f"partner-{k}", "name": f"Partner {k}", "at_table": True,
                        "position": (0.5,),
                    }
                )
                for k in range(partners)
            ),
            "ties": (),
            "unsaid": (),
            "injects": (),
        }
    )  # fmt: skip
