"""Line 7 by hand in C, which the compiled rules are measured against, is line 7 of the rules."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sim.fields import (
    AT_TABLE,
    COMMITMENT,
    DEPENDENCE,
    DISPUTE,
    FORM_LEAD,
    FORM_NONE,
    FORM_SHARED,
    GOVERNANCE,
    GOVERNANCE_FORM,
    JOINT,
    JOINT_FLOOR,
    LEAD,
    MERGED_WITH,
    OBEYED,
    REORGANISING,
    SKILL_MONTHS,
    TRUST,
)

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import limit

NO_COMPILER = "no C compiler on this machine"


@pytest.fixture(scope="module")
def begun() -> limit.Work:
    """Ten partners after two months, all at the table, with some of all that line 7 knows."""
    given = limit.work(10, months=6, played=2)
    state = limit.state_of(given.place, given.start)
    tied = [(a, b) for a in range(10) for b in range(a + 1, 10) if state.pair[DEPENDENCE, a, b] > 0]
    for (a, b), field, value in zip(
        tied, (JOINT_FLOOR, JOINT_FLOOR, DISPUTE), (0.3, 0.5, 3.0), strict=False
    ):
        state.pair[field, a, b] = state.pair[field, b, a] = value
    a, b = tied[1]
    state.pair[TRUST, a, b] = 0.2  # roots rot
    state.partner[MERGED_WITH, tied[-1][1]] = tied[-1][0] + 1
    state.partner[REORGANISING, 0] = state.partner[SKILL_MONTHS, 1] = 2.0
    state.partner[COMMITMENT, 2] = 0.0
    state.partner[AT_TABLE], state.partner[OBEYED] = 1.0, 0.4
    state.place[GOVERNANCE], state.place[LEAD] = 0.6, 3.0
    return given._replace(start=limit.block_of(state).copy())


@pytest.mark.skipif(limit.compiler() is None, reason=NO_COMPILER)
@pytest.mark.parametrize(
    ("form", "values"),
    [
        (FORM_LEAD, {}),
        (FORM_SHARED, {"trust_weights": 0.0, "need_pull": 0.05}),
        (FORM_NONE, {"mandate_suffices": 1.0}),
        (FORM_LEAD, {"joint_without_trust": 1.0}),
    ],
    ids=["usual", "all weigh alike", "mandate suffices", "without trust"],
)
def test_c_and_the_rules_live_the_same_months(
    begun: limit.Work, form: int, values: dict[str, float], tmp_path: Path
) -> None:
    """To the last bit, with disputes, roots, a merger, every governance, and rival theories."""
    state = limit.state_of(begun.place, begun.start)
    state.place[GOVERNANCE_FORM] = form
    given = begun._replace(start=limit.block_of(state), theta=begun.theta._replace(**values))
    by_rules = limit.ours(given, compiled=False)(1).copy()
    by_hand = limit.theirs(given, limit.library(tmp_path))(1)
    assert by_rules.tobytes() == by_hand.tobytes()
    joint = limit.state_of(given.place, by_rules).pair[JOINT]
    before = state.pair[JOINT]
    assert (joint != before).sum() > 20, "the months have changed something"


def test_without_a_compiler_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(limit, "compiler", lambda: None)
    monkeypatch.setattr(sys, "argv", ["limit.py", "--out", str(tmp_path / "results.md")])
    with pytest.raises(SystemExit) as ended:
        limit.main()
    assert not ended.value.code
    assert "no C compiler" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_measuring_again_replaces_its_section_and_no_other() -> None:
    text = "# What a run costs\n\n- some\n"
    once = limit.put(limit.HEADING + "\n\nfirst\n", text)
    then = once + "\n## Another\n\n- more\n"
    again = limit.put(limit.HEADING + "\n\nsecond\n", then)
    assert again == then.replace("first", "second")
    assert once.startswith(text)
