"""A process that plays a scripted session slowly, made to be killed.

    python killed_child.py FOLDER SCENARIO LUCK TURNS

Starts a session in FOLDER, or goes on with the one that is there, and prints how many
lines are safe after each decision.  Every write goes to disk in small pieces, so that a
kill may fall between two of them.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


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
    kept = sorted(folder.glob("*.jsonl"))
    if kept:
        session = Session.resume(kept[0])
    else:
        session = Session.start(scenario, luck=luck, folder=folder)
    print("playing", flush=True)
    print(len(session._journal.lines), flush=True)
    while not over(session, int(turns)) and step(session):
        print(len(session._journal.lines), flush=True)
    print("done", flush=True)


if __name__ == "__main__":
    main()
