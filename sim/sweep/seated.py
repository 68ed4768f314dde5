"""A run of a sweep as a session: to open in the game, look at, and branch from."""

from __future__ import annotations

from pathlib import Path

from sim.led import lead
from sim.session import Session
from sim.sweep.again import Again, plan_of_record
from sim.sweep.folder import read_record
from sim.words import _


def as_session(folder: Path, again: Again, where: Path | None = None) -> Path:
    """Write the run as a session that its strategy played; the session's file.

    ``where`` is the folder for it, by default that of the sessions, in which the game
    finds it.  The scenario inside holds everything that varied.

    Raises :class:`~sim.journal.CannotSave`.
    """
    plan = plan_of_record(folder, read_record(folder))
    scenario = plan.scenario_alone(again.number)
    name = _("Run {number} of {study}").format(number=again.number, study=plan.study.study)
    with Session.start(
        scenario,
        luck=again.located.luck,
        folder=where,
        promise=scenario.story.promises[0].id,
        hand=plan.study.hand,
        shocks=plan.study.shocks,
        name=f"{name}: {again.cell.strategy}",
    ) as session:
        for _turn in lead(session, plan.strategy(again.cell.strategy)):
            pass
        path = session.path
    if path is None:  # a session that is started is saved, or CannotSave was raised
        raise RuntimeError("the session was not saved")
    return path
