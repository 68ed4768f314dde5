"""Kill the program at any instant: the session is as it was after the last whole line."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from session.scripted import THIN_SKINNED, play_turns

from sim.journal import read, read_bytes
from sim.session import Session

CHILD = Path(__file__).with_name("killed_child.py")
SCENARIO = "dancing-around-the-table"


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
        session.silence,
        session.ending,
        session.records,
        session.said,
    )


def uninterrupted(
    luck: int, turns: int, parameters: dict[str, float]
) -> dict[int, tuple[Any, ...]]:
    """The same script without a break: what a session looks like at so many lines."""
    twin = Session.start(SCENARIO, luck=luck, save=False, parameters=parameters)
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
    ("seed", "luck", "turns", "parameters"),
    [
        (1, 1, 2, THIN_SKINNED),
        pytest.param(2, 42, 8, {}, marks=pytest.mark.slow),
    ],
)
def test_killed_at_any_moment_it_reopens_exactly_as_it_was(
    tmp_path: Path, seed: int, luck: int, turns: int, parameters: dict[str, float]
) -> None:
    views = uninterrupted(luck, turns, parameters)
    chance = random.Random(seed)
    kills = torn = silences = 0
    done = False
    while not done:
        child = subprocess.Popen(
            [
                sys.executable,
                str(CHILD),
                str(tmp_path),
                SCENARIO,
                str(luck),
                str(turns),
                json.dumps(parameters),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        # some die as they open, most after a few decisions and a moment
        said = [child.stdout.readline()] if kills % 5 else []
        moment = chance.uniform(0, 0.03)
        for _ in range(chance.randrange(9)):
            said.append(child.stdout.readline())
            if "silence" in said[-1] and chance.random() < 0.9:
                moment = 0.0  # while everybody waits for a word, on a busy machine too
                break
        try:
            child.wait(moment)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
        said += child.communicate()[0].splitlines()
        kills += 1
        done = any(line.strip() == "done" for line in said)
        assert done or child.returncode == -signal.SIGKILL, said
        safe = [int(line.split()[0]) for line in said if line[:1].isdigit()]
        for path in tmp_path.glob("*.jsonl"):
            left = read_bytes(path.read_bytes(), path)
            torn += bool(left.torn)
            # what was shown as decided is there, and at most one more
            assert not safe or safe[-1] <= len(left.lines)
            with Session.resume(path) as session:
                assert not session.recorded
                silences += session.silence is not None
                if len(left.lines) > 1:
                    assert view(session) == views[len(left.lines)]
    assert kills > 4
    (path,) = tmp_path.glob("*.jsonl")
    assert len(read(path).lines) == max(views)
    assert silences > 0 or not parameters
    print(f"{kills} kills, {torn} of them within a line, {silences} in a silence")


@pytest.fixture(scope="module")
def silence(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[int, tuple[Any, ...]]]:
    """The file of a session with a silence in it, and its views by number of lines."""
    folder = tmp_path_factory.mktemp("silence")
    with Session.start(SCENARIO, luck=1, folder=folder, parameters=THIN_SKINNED) as session:
        play_turns(session, 2)
        assert session.path is not None
        return session.path.read_bytes(), uninterrupted(1, 2, THIN_SKINNED)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(share=st.floats(0.0, 1.0))
def test_cut_anywhere_around_a_silence(
    silence: tuple[bytes, dict[int, tuple[Any, ...]]], share: float
) -> None:
    """From the month in which the row broke out to the reveal that waited for a word."""
    content, views = silence
    start = content.index(b'"silent"')
    cut = content[: start + round(share * (len(content) - start))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cut.jsonl"
        path.write_bytes(cut)
        lines = len(read_bytes(cut, path).lines)
        with Session.resume(path) as session:
            assert not session.recorded
            assert view(session) == views[lines]
