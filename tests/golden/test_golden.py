"""Golden sessions: the same decisions under the same luck read as they did.

`make golden` writes them anew; read what changed before you commit it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from golden.playthrough import GOLDEN, text

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_golden_session(name: str, request: pytest.FixtureRequest) -> None:
    path = HERE / f"{name}.txt"
    played = text(name)
    if request.config.getoption("--regenerate", default=False):
        path.write_text(played, encoding="utf-8", newline="\n")
    assert path.exists(), f"{path.name} is missing: run `make golden` and read it"
    kept = path.read_text(encoding="utf-8").splitlines()
    assert played.splitlines() == kept, "results differ: if they should, run `make golden`"


def test_every_text_belongs_to_a_session() -> None:
    assert {path.stem for path in HERE.glob("*.txt")} == set(GOLDEN)
