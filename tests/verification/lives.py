"""Lives to be looked at month by month: moves by lot, at a table of any size."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from random import Random

import numpy as np
from model.plays import ALONE, IN_TWOS, is_turn, run_month

from sim.effects import MoveType
from sim.fields import CONFIDENCE, CONFIDENCE_HELD, GOVERNANCE_FORMS, MEASURES
from sim.legality import Table, look
from sim.locality import Locality
from sim.moves import QUEUE, Move, orders_from
from sim.scenario import Scenario


def born(luck: int, scenario: Scenario, **settings: object) -> Locality:
    """A locality with every shock there is, unless said otherwise; nothing is collected."""
    given = {"shocks": "full", "collect": False, **settings}
    return Locality(scenario, luck=luck, **given)  # type: ignore[arg-type]


def any_move(where: Locality, move: MoveType, dice: Random) -> Move:
    """This move aimed at as many as there are; whether it is legal is not asked.

    Who is chosen follows from partners' keys, so that neither names nor rows play a part.
    """
    partners = [where.names.partners[row] for row in np.argsort(where.world.key)]
    count = 0
    if move.target in ALONE:
        count = 1
    elif move.target in IN_TWOS:
        count = 2
    elif move.target == "one_or_pair":
        count = dice.choice((1, 2))
    elif move.target == "some":
        count = dice.randint(move.least, max(move.least, move.most))
    measure = dice.choice(MEASURES[5:12]) if move.target == "measure" else ""
    form = dice.choice(GOVERNANCE_FORMS) if move.target == "form" else ""
    count = min(len(partners), 1 if form == "lead" else count)
    return Move(move.id, tuple(dice.sample(partners, count)), measure, form)


def decide(where: Locality, seed: int, *, never: Collection[str] = ()) -> None:
    """Open a turn and decide it by lot: confidences, the live matter, up to four moves."""
    where.open_turn()
    dice = Random(f"{seed} turn {where.month}")
    for m, state in enumerate(where.state.matter[CONFIDENCE].tolist()):
        if state == CONFIDENCE_HELD:
            own = Random(f"{seed} {where.month} {where.world.matter_key[m]}")
            where.use_confidence(m, own.choice((2, 3, 4)))
    types = [move for move in where.names.move_types.values() if move.id not in never]
    moves = [any_move(where, dice.choice(types), dice) for _ in range(dice.randint(0, 4))]
    where.play(orders_from(moves, where.names, where.world, where.state), dice.randrange(3))


def decide_legally(where: Locality, seed: int, *, wish: Sequence[str] = ()) -> None:
    """The same with nothing that would be refused: first what is wished for, then by lot."""
    where.open_turn()
    dice = Random(f"{seed} legally {where.month}")
    table = Table(where.world, where.names, look(where.world, where.names, where.state))
    types = list(where.names.move_types.values())
    wanted = [where.names.move_types[move] for move in wish]
    queue: list[Move] = []
    for kind in (*wanted, *dice.sample(types, len(types))):
        move = any_move(where, kind, dice)
        if len(queue) < QUEUE and not table.refusal(move, queue):
            queue.append(move)
    where.play(orders_from(queue, where.names, where.world, where.state), dice.randrange(3))


def live_month(where: Locality, seed: int, *, never: Collection[str] = ()) -> None:
    """One month, decided by lot where a turn begins."""
    if is_turn(where):
        decide(where, seed, never=never)
    run_month(where, seed)


def lived(
    where: Locality, months: int, seed: int, *, never: Collection[str] = ()
) -> Iterator[Locality]:
    """The locality at the end of each month."""
    for _ in range(months):
        live_month(where, seed, never=never)
        yield where


def left_alone(where: Locality, months: int) -> Iterator[Locality]:
    """The same, with nobody deciding anything."""
    for _ in range(months):
        where.step()
        yield where


def events_of(where: Locality, *codes: int) -> list[tuple[int, ...]]:
    """The month's events with one of these codes, as (code, a, b, what); all without codes."""
    return [
        (int(row[0]), int(row[1]), int(row[2]), int(row[3]))
        for row in where.rows_of_events
        if not codes or int(row[0]) in codes
    ]
