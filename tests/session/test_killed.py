"""Kill the program at any instant: the session is as it was after the last whole line."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from session.scripted import play_turns

from sim.journal import read, read_bytes
from sim.session import Session

CHILD = Path(__file__).with_name("killed_child.py")
SCENARIO = "dancing-around-the-table"
LUCK = 42


def view(session: Session) -> tuple[Any, ...]:
    """Everything that can be asked of a session."""
    return (
        session.state(),
        session.observe(),
        session.phase,
        session.turn,
        session.month,
        session.months_left,
        session.queue,
        session.pending,
        session.ending,
        session.records,
        session.said,
    )


def uninterrupted(turns: int) -> dict[int, tuple[Any, ...]]:
    """The same script without a break: what a session looks like at so many lines."""
    twin = Session.start(SCENARIO, luck=LUCK, save=False)
    views = {len(twin._journal.lines): view(twin)}
    append = twin._journal.append

    def noted(kind: str, data: dict[str, Any]) -> Any:
        line = append(kind, data)
        waiting.append(len(twin._journal.lines))
        return line

    waiting: list[int] = []
    twin._journal.append = noted  # type: ignore[method-assign]
    do, say = twin._do, twin._say

    def did(kind: str, data: dict[str, Any]) -> Any:
        result = do(kind, data)
        views[waiting.pop()] = view(twin)
        return result

    def said(kind: str, data: dict[str, Any]) -> None:
        say(kind, data)
        views[waiting.pop()] = view(twin)

    twin._do, twin._say = did, said  # type: ignore[method-assign]
    play_turns(twin, turns)
    return views


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX's")
@pytest.mark.parametrize(
    ("seed", "stride", "turns"), [(1, 9, 2), pytest.param(2, 9, 8, marks=pytest.mark.slow)]
)
def test_killed_at_any_moment_it_reopens_exactly_as_it_was(
    tmp_path: Path, seed: int, stride: int, turns: int
) -> None:
    views = uninterrupted(turns)
    chance = random.Random(seed)
    kills = torn = 0
    done = False
    while not done:
        child = subprocess.Popen(
            [sys.executable, str(CHILD), str(tmp_path), SCENARIO, str(LUCK), str(turns)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        # some die as they open, most after a few decisions and a moment
        said = [child.stdout.readline()] if kills % 5 else []
        for _ in range(chance.randrange(stride)):
            said.append(child.stdout.readline())
        try:
            child.wait(chance.uniform(0, 0.03))
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
        said += child.communicate()[0].splitlines()
        kills += 1
        done = any(line.strip() == "done" for line in said)
        assert done or child.returncode == -signal.SIGKILL, said
        safe = [int(line) for line in said if line.strip().isdigit()]
        for path in tmp_path.glob("*.jsonl"):
            left = read_bytes(path.read_bytes(), path)
            torn += bool(left.torn)
            # what was shown as decided is there, and at most one more
            assert not safe or safe[-1] <= len(left.lines)
            with Session.resume(path) as session:
                assert not session.recorded
                if len(left.lines) > 1:
                    assert view(session) == views[len(left.lines)]
    assert kills > 4
    (path,) = tmp_path.glob("*.jsonl")
    assert len(read(path).lines) == max(views)
    print(f"{kills} kills, {torn} of them within a line")
