"""A process that plays a scripted session slowly, made to be killed.

    python killed_child.py FOLDER SCENARIO LUCK TURNS PARAMETERS

Starts a session in FOLDER, or goes on with the one that is there, and prints how many
lines are safe after each decision.  Every write goes to disk in small pieces, so that a
kill may fall between two of them.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.session import Session

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def show(session: Session) -> None:
    """How many lines are safe, and whether a silence waits to be broken."""
    waits = " silence" if session.silence is not None else ""
    print(f"{len(session._journal.lines)}{waits}", flush=True)


def main() -> None:
    from session.scripted import over, step

    from sim.session import Session

    write = os.write

    def in_pieces(descriptor: int, content: memoryview) -> int:
        if descriptor > 2:
            time.sleep(0.0002)
        return write(descriptor, content[: 1 + len(content) // 3])

    os.write = in_pieces  # type: ignore[assignment]
    folder, scenario, luck, turns = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
    parameters = json.loads(sys.argv[5])
    kept = sorted(folder.glob("*.jsonl"))
    if kept:
        session = Session.resume(kept[0])
    else:
        session = Session.start(scenario, luck=luck, folder=folder, parameters=parameters)
    print("playing", flush=True)
    show(session)
    while not over(session, int(turns)) and step(session):
        show(session)
    print("done", flush=True)


if __name__ == "__main__":
    main()
