"""How near the compiled rules come to C: line 7, the loop over pairs, against the same by hand.

    python benchmarks/limit.py [--rounds 41] [--out benchmarks/results.md]

Both live the same months from the same states: every spell begins from the same numbers, is
told who met whom, and goes through positions, what fades and joint working, the ledger off.
``peers/pairs.c`` is compiled for this very processor; the two take turns in one process, and
their numbers must agree to the last bit.  Without a C compiler there is nothing to compare with.
"""

from __future__ import annotations

import argparse
import ctypes
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

import numpy as np
from towns import town

from sim import fields
from sim.batch import Place, Tracks, play_tracks
from sim.compiled import cache_folder, rows, rule, rules_hash
from sim.parameters import Theta
from sim.playbooks import load_strategy
from sim.rules.events import Events, new_events
from sim.rules.ledger import Ledger, new_ledger
from sim.rules.month import line_7
from sim.state import Array, State, block_of, empty_state, for_rules
from sim.world import World

PARTNERS = (8, 30, 100)
MONTHS = 36
"""Months of a spell: as long as the scenario, so that nothing fades away to denormal numbers."""
PLAYED = 12
"""Months played before, so that there are disputes, roots and merged partners to be met."""
SOURCE = Path(__file__).parent / "peers" / "pairs.c"
HEADING = "## The limit: line 7 in C"
FLAGS = ("-march=native", "-ffp-contract=off", "-std=c11", "-fPIC", "-shared")

# the order of `struct theta` in pairs.c
PARAMETERS = (
    "openness", "trust_weights", "stubbornness", "position_rate", "need_pull",
    "neglect", "institutional_trust", "history_fade", "understanding_fade",
    "contact_fade", "meeting_base", "commitment_rest", "commitment_drift",
    "safety_mean", "safety_drift", "capability_decay", "avoidance_mean",
    "mandate_suffices", "joint_without_trust", "joint_gate_low", "joint_gate_high",
    "integration_lag", "joint_decay",
)  # fmt: skip
# rows of the arrays, for the compiler's -D
ROWS = (
    "AT_TABLE", "AVOIDANCE", "CAPABILITY", "COMMITMENT", "CONTACT", "MERGED_WITH", "OBEYED",
    "REORGANISING", "SAFETY", "SKILL_MONTHS", "DEPENDENCE", "DISPUTE", "HISTORY", "JOINT",
    "JOINT_FLOOR", "MEETING", "TRUST", "UNDERSTANDING", "POS_NOW", "POS_FIRST", "DEPENDENCY",
    "FACILITATOR", "FORM_LEAD", "FORM_SHARED", "GOVERNANCE", "GOVERNANCE_FORM", "LEAD", "SEATS",
)  # fmt: skip
STATE = ("partner", "pair", "position", "place", "met")


@rule
def live(
    w: World, thetas: Any, s: State, led: Ledger, ev: Events, start: Array, block: Array,
    meets: Array, spells: int,
) -> None:  # fmt: skip
    """Many spells of line 7, each from ``start``; ``meets[month, i, j]`` says who met."""
    th = thetas[0]
    n = s.partner.shape[1]
    for _ in range(spells):
        for x in range(block.shape[0]):
            block[x] = start[x]
        for month in range(meets.shape[0]):
            for i in range(n):
                for j in range(n):
                    s.met[i, j] = meets[month, i, j]
            line_7(w, th, s, led, ev)


class Work(NamedTuple):
    """Where both begin, and the place in which they live."""

    place: Place
    theta: Theta
    start: Array  # a whole state
    meets: Array  # [month, i, j], 1 where the two meet


def work(partners: int, months: int = MONTHS, played: int = PLAYED) -> Work:
    """The place with so many partners after ``played`` months, and who meets from then on."""
    place = Place(town(partners))
    theta = place.theta()
    book = place.book(load_strategy("systems-leadership"))
    # interpreted, as a process has one kernel, and here that is `live`
    ends = play_tracks(place, book, [theta], [11], Tracks(keep=True), last=played, compiled=False)
    start = ends.state[0]
    state = state_of(place, start)
    luck = np.random.default_rng(5)
    upper = np.triu(luck.random((months, partners, partners)) < state.pair[fields.MEETING], 1)
    meets = (upper | upper.transpose(0, 2, 1)).astype(np.float64)
    return Work(place, theta, start, meets)


def state_of(place: Place, block: Array) -> State:
    """A state of this place with the numbers of ``block``."""
    state = empty_state(place.names.shape)
    block_of(state)[:] = block
    return state


def ours(given: Work, *, compiled: bool = True) -> Callable[[int], Array]:
    """Live so many spells by the rules, and give the state at the end."""
    state = empty_state(given.place.names.shape)
    block = block_of(state)
    partners = state.partner.shape[1]
    tuples = (
        given.place.world, state, new_ledger(partners, on=False), new_events(partners, on=False)
    )  # fmt: skip
    if compiled:
        from sim.compiled.whole import whole

        # a folder of its own: what lies beside the kernel of whole runs says that it is there
        kernel = whole(live, cache_folder().with_name("limit-" + cache_folder().name))
        w, s, led, ev = map(rows, tuples)
        kind = np.dtype([(name, "<f8") for name in Theta._fields])
        thetas: Any = np.array([tuple(given.theta)], dtype=kind)
    else:
        kernel = live
        w, s, led, ev = map(for_rules, tuples)
        thetas = [given.theta]

    def run(spells: int) -> Array:
        kernel(w, thetas, s, led, ev, given.start, block, given.meets, spells)
        return block

    return run


def compiler() -> str | None:
    """The C compiler of this machine, if it has one."""
    return shutil.which("cc")


def library(folder: Path, optimise: str = "-O3") -> ctypes.CDLL:
    """``pairs.c`` compiled into ``folder`` and loaded."""
    made = folder / f"pairs{optimise}.so"
    defined = [f"-D{name}={getattr(fields, name)}" for name in ROWS]
    command = [compiler() or "cc", optimise, *FLAGS, *defined, "-o", made, SOURCE, "-lm"]
    subprocess.run(command, check=True)
    return ctypes.CDLL(str(made))


def theirs(given: Work, made: ctypes.CDLL) -> Callable[[int], Array]:
    """Live so many spells in C, and give the state at the end."""
    state = empty_state(given.place.names.shape)
    block = block_of(state)
    sizes = (ctypes.c_long * 3)(state.partner.shape[1], state.position.shape[2], block.size)
    theta = (ctypes.c_double * len(PARAMETERS))(*(getattr(given.theta, x) for x in PARAMETERS))
    arrays = (ctypes.c_void_p * len(STATE))(*(getattr(state, x).ctypes.data for x in STATE))
    need = given.place.world.need
    months = ctypes.c_long(given.meets.shape[0])

    def run(spells: int) -> Array:
        made.live(
            sizes, theta, _at(need), _at(given.start), _at(block), arrays, _at(given.meets),
            months, ctypes.c_long(spells),
        )  # fmt: skip
        return block

    return run


def _at(array: Array) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


def seconds(run: Callable[[int], Array], spells: int) -> float:
    """What so many spells take of the processor: others who want it too do not count."""
    start = time.thread_time()
    run(spells)
    return time.thread_time() - start


class Measured(NamedTuple):
    """Microseconds a month, and how many times C's time ours is, round by round."""

    ours: float
    c: float
    ratios: list[float]
    plain: float  # C with -O2, over C with -O3


def measured(partners: int, folder: Path, rounds: int) -> Measured:
    """Rounds in turns; raises ``SystemExit`` when the numbers differ."""
    given = work(partners)
    mine = ours(given)
    fast, plain = (theirs(given, library(folder, level)) for level in ("-O3", "-O2"))
    if not mine(1).tobytes() == fast(1).tobytes() == plain(1).tobytes():
        raise SystemExit(f"The rules and pairs.c give other numbers with {partners} partners.")
    spells = max(1, int(0.02 / seconds(fast, 3) * 3))
    seen: list[tuple[float, float, float]] = []
    for _ in range(rounds):
        seen.append((seconds(mine, spells), seconds(fast, spells), seconds(plain, spells)))
    months = 1e6 / (spells * MONTHS)
    return Measured(
        ours=median(m for m, _f, _p in seen) * months,
        c=median(f for _m, f, _p in seen) * months,
        ratios=[m / f for m, f, _p in seen],
        plain=median(p / f for _m, f, p in seen),
    )


def report(rounds: int) -> str:
    """The section of ``results.md``."""
    lines = [
        HEADING,
        "",
        f"Made by `benchmarks/limit.py`: positions, what fades, joint working, {MONTHS} months "
        f"again and again from the same state, compiled rules with the ledger off against "
        f"`benchmarks/peers/pairs.c` ({_version()}, `-O3 {' '.join(FLAGS[:2])}`), in turns, "
        f"{rounds} rounds, rules {rules_hash()}. Both give the same bits.",
        "",
        "| partners | rules, µs a month | C | rules / C, median | middle half | C `-O2` / `-O3` |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for partners in PARTNERS:
            seen = measured(partners, Path(folder), rounds)
            low, middle, high = quantiles(seen.ratios, n=4)
            lines.append(
                f"| {partners} | {seen.ours:.2f} | {seen.c:.2f} | {middle:.2f} "
                f"| {low:.2f} to {high:.2f} | {seen.plain:.2f} |"
            )
    return "\n".join([*lines, ""])


def _version() -> str:
    done = subprocess.run(
        [compiler() or "cc", "--version"], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[0]


def put(section: str, text: str) -> str:
    """``text`` with its section of this heading replaced, or with one more."""
    before, _found, after = text.partition(HEADING + "\n")
    _old, mark, rest = after.partition("\n## ")
    kept = "## " + rest if mark else ""
    return before.rstrip("\n") + "\n\n" + section + ("\n" + kept if kept else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=41)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("results.md"))
    given = parser.parse_args()
    if compiler() is None:
        print("This machine has no C compiler (`cc`), so there is no limit to compare with.")
        sys.exit()
    section = report(given.rounds)
    print(section)
    text = given.out.read_text(encoding="utf-8") if given.out.is_file() else ""
    given.out.write_text(put(section, text), encoding="utf-8")


if __name__ == "__main__":
    main()
