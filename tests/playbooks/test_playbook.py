"""Reading playbooks: what a file may say, and what it is told when it says something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.legality import Table, look
from sim.locality import Locality
from sim.moves import Move
from sim.playbooks import (
    NoSuchStrategy,
    PlaybookError,
    PlaybookStrategy,
    Scripted,
    ScriptedTurn,
    load_strategy,
    read_playbook,
)
from sim.yamlfile import read_text


@pytest.fixture
def seen() -> Table:
    here = Locality(luck=3, hand="all")
    here.open_turn()
    return Table(here.world, here.names, look(here.world, here.names, here.state))


def strategy(rules: str) -> PlaybookStrategy:
    text = f"playbook: mine\nidea: A test.\nrules:\n{rules}"
    return PlaybookStrategy(read_playbook(read_text(text, "mine.yaml")))


def test_rules_are_tried_in_order_while_places_last(seen: Table) -> None:
    mine = strategy("  - {move: listen, to: hospital}\n  - {move: coffee, times: 8}\n")
    moves = mine.choose(seen).moves
    assert [move.move for move in moves] == ["listen", "coffee", "coffee"]
    assert moves[0].targets == ("hospital",)


def test_a_condition_may_name_partners(seen: Table) -> None:
    yes = "  - {when: 'trust(council, hospital) < deep', move: listen, to: hospital}\n"
    no = "  - {when: 'dispute(council, hospital) == 1', move: listen, to: hospital}\n"
    assert len(strategy(yes).choose(seen).moves) == 1
    assert strategy(no).choose(seen).moves == ()


def test_a_condition_cannot_name_what_nobody_sees() -> None:
    with pytest.raises(PlaybookError) as caught:
        strategy("  - {when: avoidance(council) > 0.5, move: coffee}\n")
    assert "mine.yaml:4" in str(caught.value)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{move: coffee, to: lowest_trust_pear}", "lowest_trust_pair"),
        ("{move: coffee, measure: delayed_transfer}", "delayed_transfers"),
        ("{move: coffee, often: 3}", "often"),
        ("{to: hospital}", "move"),
    ],
)
def test_a_slip_is_pointed_at(rule: str, expected: str) -> None:
    with pytest.raises(PlaybookError) as caught:
        strategy(f"  - {rule}\n")
    assert "mine.yaml:4" in str(caught.value)
    assert expected in str(caught.value)


def test_a_playbook_for_another_scenario_says_so(seen: Table) -> None:
    with pytest.raises(PlaybookError, match="lacks"):
        strategy("  - {move: cofee}\n").choose(seen)


def test_a_strategy_is_known_by_its_other_names_and_its_file(tmp_path: Path) -> None:
    assert load_strategy("Coffee first").name == "relational"
    file = tmp_path / "mine.yaml"
    file.write_text("playbook: mine\nidea: A test.\n", encoding="utf-8")
    assert load_strategy(file).name == "mine"
    with pytest.raises(NoSuchStrategy, match="Did you mean “relational”"):
        load_strategy("relationel")


def test_a_script_skips_what_is_illegal_and_leaves_its_place_empty(seen: Table) -> None:
    script = Scripted(
        [
            ScriptedTurn(
                "say_it_here",
                (
                    Move("handover", ("council",)),
                    Move("coffee", ("council", "hospital")),
                    Move("governance", form="shared"),
                ),
            )
        ]
    )
    choice = script.choose(seen)
    assert choice.live == "say_it_here"
    assert [move.move for move in choice.moves] == ["coffee"]
    assert script.skipped == 2
