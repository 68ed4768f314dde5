"""Random plays, each decision a function of the seed and the month alone.

So a play can be picked up at any month, in any order, by another locality.
"""

from __future__ import annotations

from random import Random

from sim.effects import MoveType
from sim.fields import CONFIDENCE, CONFIDENCE_HELD, GOVERNANCE_FORMS, MEASURES
from sim.locality import Locality
from sim.moves import Move, orders_from
from sim.rules.effects_pair import use_confidence
from sim.rules.ledger import C_MOVE
from sim.scenario import Scenario, load_scenario
from sim.world import IJ_OPTIONS

DANCING = load_scenario("dancing-around-the-table")

ALONE = ("one", "leaving", "outside")
IN_TWOS = ("pair", "from_to")


def locality(luck: int, scenario: Scenario = DANCING, **settings: object) -> Locality:
    """A locality as the tests play it: every shock there is, unless they say otherwise."""
    return Locality(scenario, luck=luck, **{"shocks": "full", **settings})  # type: ignore[arg-type]


def random_move(where: Locality, move: MoveType, dice: Random) -> Move:
    """This move with targets of the right kind and number; whether it is wise is not asked."""
    partners = list(where.names.partners)
    if move.target in ALONE:
        targets = dice.sample(partners, 1)
    elif move.target in IN_TWOS:
        targets = dice.sample(partners, 2)
    elif move.target == "one_or_pair":
        targets = dice.sample(partners, dice.choice((1, 2)))
    elif move.target == "some":
        targets = dice.sample(partners, dice.randint(max(2, move.least), max(3, move.most)))
    else:
        targets = []
    measure = dice.choice(MEASURES[5:12]) if move.target == "measure" else ""
    form = dice.choice(GOVERNANCE_FORMS) if move.target == "form" else ""
    if form == "lead":
        targets = dice.sample(partners, 1)
    return Move(move.id, tuple(targets), measure, form)


def open_turn(where: Locality, seed: int) -> None:
    """Open a turn and decide it: confidences, the live matter, one to four moves."""
    where.open_turn()
    dice = Random(f"{seed} turn {where.month}")
    for m, state in enumerate(where.state.matter[CONFIDENCE].tolist()):
        if state == CONFIDENCE_HELD:
            choice = dice.choice((2, 3, 4))
            use_confidence(where.theta, where.arrays.state, where.arrays.ledger, m, choice, C_MOVE)
    types = list(where.names.move_types.values())
    moves = [random_move(where, dice.choice(types), dice) for _ in range(dice.randint(1, 4))]
    orders = orders_from(moves, where.names, where.world, where.state)
    where.play(orders, live=dice.randrange(3))


def is_turn(where: Locality) -> bool:
    """Whether the month about to be run is the first of a turn."""
    return where.month + 1 in where.turns_at


def run_month(where: Locality, seed: int) -> None:
    """The month itself, with some option taken on every card that comes."""
    dice = Random(f"{seed} month {where.month}")
    where.begin_month()
    while (due := where.due()) >= 0:
        options = int(where.world.inject[due, IJ_OPTIONS])
        where.answer(due, dice.randrange(options) if options else -1)
    where.finish_month()


def play_month(where: Locality, seed: int) -> None:
    """Decide if a turn begins, then run the month."""
    if is_turn(where):
        open_turn(where, seed)
    run_month(where, seed)
