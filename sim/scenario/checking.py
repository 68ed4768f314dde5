"""Checks across the parts of a scenario that has the right shape.

Everything that can be judged without playing: names nobody has, injects that can never
fire, endings that can never come, text too long for the projector.
"""

from __future__ import annotations

from sim.scenario import checking_cards, checking_play, checking_table
from sim.scenario.merging import Sources
from sim.scenario.messages import Message
from sim.scenario.review import Review
from sim.scenario.schema import Scenario


def checked(scenario: Scenario, sources: Sources) -> list[Message]:
    """Everything to be said about a scenario that can be judged without playing it."""
    review = Review(scenario, sources)
    for look in (
        checking_table.partners,
        checking_table.place,
        checking_table.ties,
        checking_table.unsaid,
        checking_table.texts,
        checking_play.time,
        checking_play.coach,
        checking_play.story,
        checking_play.moves,
        checking_cards.injects,
        checking_cards.room,
        checking_play.parameters,
    ):
        look(review)
    return review.messages
