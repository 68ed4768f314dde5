"""A turn's beats: the largest changes that the group could observe, three at most."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from sim.moves import Event
from sim.observation import Observation, TieSeen
from sim.reveal import PLAIN, UNSAID

BEATS: Final = 3

_SIZES: Final = {
    "taken_over": 9.0,
    "merged": 6.0,
    "agreement": 5.0,
    "promise_broken": 5.0,
    "project_failed_blamed": 4.1,
    "project_embedded": 4.0,
    "dispute_ended": 4.0,
    "fund_closed": 4.0,
    "project_succeeded": 3.6,
    "forecast_missed": 3.4,
    "case_approved": 3.2,
    "project_failed_learned": 3.0,
    "raised_badly": 3.0,
    "raised_well": 2.8,
    "joint_step": 2.8,
    "leader_left": 2.6,
    "project_spread": 2.5,
    "joined_table": 2.4,
    "handover_kept": 2.3,
    "project_refused": 2.2,
    "leader_announced": 2.0,
    "leader_arrived": 1.8,
    "facilitator_left": 1.6,
    "project_started": 1.4,
    "side_taken": 1.2,
    "fund_paid": 0.8,
    "avoided": 0.7,
}
"""How much an event changes what the group can see, on the scale where one band of trust
in one direction is :data:`_BAND`.  An assumption of ours: it orders beats, nothing else."""
_BAND: Final = 2.1


def beats(
    before: Observation,
    after: Observation,
    events: Sequence[Event],
    cause: Callable[[str, str, int], str],
    told: Collection[str] = (),
) -> tuple[Event, ...]:
    """The largest changes between two observations, three at most, the largest first.

    ``cause(a, b, sign)`` names what moved a's trust in b, in a word of the ledger, as far
    as the group could see it.  ``told`` are matters that have their own place in the reveal.
    """
    sized: list[tuple[float, int, str, str, Event]] = []

    def offer(size: float, event: Event) -> None:
        sized.append((-size, event.month, event.code, _order(event), event))

    was = {(tie.a, tie.b): tie for tie in before.ties}
    for tie in after.ties:
        if (tie.a, tie.b) not in was:
            continue
        for a, b, step in _steps(was[tie.a, tie.b], tie):
            why = cause(a, b, step)
            if why == UNSAID and step > 0:
                continue  # nobody saw why: no story
            code = "trust_up" if step > 0 else "trust_down"
            size = _BAND * abs(step) * (0.5 if why == UNSAID else 1.0)
            offer(size, Event(after.month, code, {"a": a, "b": b, "cause": why}))
    for event in events:
        size = _SIZES.get(event.code, 0.0)
        if size and event.args.get("matter") not in told and _public(event, after):
            offer(size, event)
    sized.sort(key=lambda item: item[:4])
    kept: list[Event] = []
    subjects: set[tuple[str, ...]] = set()
    for *_rest, event in sized:
        subject = _subject(event)
        if subject not in subjects and len(kept) < BEATS:  # one sentence about one thing
            subjects.add(subject)
            kept.append(event)
    return tuple(kept)


def _steps(earlier: TieSeen, tie: TieSeen) -> list[tuple[str, str, int]]:
    """Who moved how many bands toward whom, as shown; nothing where fog hides it.

    A band that was about to change anyway is no news: the tie must be drawn as changed.
    """
    pairs = (
        (tie.a, tie.b, earlier.trust_ab, tie.trust_ab),
        (tie.b, tie.a, earlier.trust_ba, tie.trust_ba),
    )
    return [
        (a, b, now - then)
        for a, b, then, now in pairs
        if then is not None and now is not None and (now - then) * tie.change > 0
    ]


def _public(event: Event, after: Observation) -> bool:
    """Whether everybody could see it: a matter of the scenario, and raised only once out."""
    id = event.args.get("matter")
    if id is None:
        return True
    matter = next((seen for seen in after.matters if seen.id == id), None)
    if matter is None or PLAIN in matter.id:
        return False
    return bool(matter.left_unsaid) or event.code == "avoided"


def _subject(event: Event) -> tuple[str, ...]:
    """Two events with one subject make one beat."""
    args = event.args
    if event.code == "avoided":
        return (event.code,)
    if "a" in args and "b" in args:
        pair = sorted((str(args["a"]), str(args["b"])))
        return ("pair", *pair)
    if event.code.startswith("leader_"):
        return ("leader", str(args.get("who", "")))
    return (event.code, _order(event))


def _order(event: Event) -> str:
    return ";".join(f"{name}={event.args[name]}" for name in sorted(event.args))
