"""What ships as evidence: made by the rules there are, told on pages that are in step."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from sim.compiled import rules_hash
from sim.evidence import EvidenceError
from sim.facts import over_plausible
from sim.facts.matching import NAMES
from sim.parameters import PARAMETERS

ROOT = Path(__file__).parents[2]
FILES = ("facts", "halving", "balance", "rivals", "diversity", "sensitivity", "plausible")
SETS = ROOT / "scenarios" / "studies" / "plausible.csv"


def data(name: str) -> dict[str, object]:
    text = resources.files("sim.evidence").joinpath(f"{name}.json").read_text(encoding="utf-8")
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("name", FILES)
def test_it_was_found_under_the_rules_there_are(name: str) -> None:
    assert data(name)["rules"] == rules_hash(), "run `make findings` (and `make calibration`)"


def test_its_pages_say_what_was_found() -> None:
    told = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "make_findings.py"), "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout + told.stderr


def test_plausible_sets_give_every_parameter_a_value_in_its_range() -> None:
    with SETS.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == data("plausible")["sets"]
    assert len({tuple(row.items()) for row in rows}) == len(rows)
    for row in rows:
        assert tuple(row) == NAMES
        for name, value in row.items():
            p = PARAMETERS[name]
            assert p.low <= float(value) <= p.high


def test_the_command_tells_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    over_plausible.show(as_json=False)
    told = capsys.readouterr().out
    assert f"{data('plausible')['sets']} sets of {len(NAMES)} parameters" in told
    assert "in the band" in told
    assert "turn round" in told


def test_what_is_no_such_data_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(over_plausible, "shipped", lambda _file: {"sets": 3})
    with pytest.raises(EvidenceError, match="does not say what it should"):
        over_plausible.show(as_json=False)
