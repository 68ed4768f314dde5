"""Cards from outside: one a turn, some ahead of others, the rest as luck has it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from sim.headless import Run, play_through
from sim.playbooks import load_strategy
from sim.scenario import Scenario, load_scenario

OPTIONS = "choices: [{id: a, text: One way}, {id: b, text: Another way}]\n    default: a"


def with_cards(folder: Path, *cards: str) -> Scenario:
    """The scenario that ships, with these cards and no others."""
    blocks = [f"  - {card}" for card in cards]
    original = load_scenario("dancing-around-the-table").source
    head, _injects, rest = original.partition("\ninjects:\n")
    tail = "\nparameters:" + rest.partition("\nparameters:")[2]
    path = folder / "cards.yaml"
    path.write_text(head + "\ninjects:\n" + "\n".join(blocks) + tail, encoding="utf-8")
    return load_scenario(path)


def card(name: str, when: str, more: str = OPTIONS) -> str:
    return f"id: {name}\n    title: {name}\n    when: {when}\n    card: Something.\n    {more}"


def dealt(run: Run) -> list[tuple[int, str]]:
    return [(e.month, str(e.args["id"])) for e in run.events if e.code == "inject"]


def play(scenario: Scenario, luck: int) -> list[tuple[int, str]]:
    return dealt(play_through(scenario, load_strategy("do-nothing"), luck=luck))


def test_a_turn_has_room_for_one_card_and_another_waits_while_its_time_lasts(tmp_path: Path):
    scenario = with_cards(
        tmp_path,
        card("first", "{month: 1}"),
        card("lost", "{month: 2}"),
        card("waits", '{if: "true", from: 2, until: 5}'),
    )
    assert play(scenario, 1) == [(1, "first"), (4, "waits")]


def test_what_asks_for_no_choice_takes_no_room(tmp_path: Path):
    scenario = with_cards(
        tmp_path,
        card("news", "{month: 1}", "effects: []"),
        card("first", "{month: 1}"),
        card("more-news", "{month: 2}", "effects: []"),
    )
    assert play(scenario, 1) == [(1, "news"), (1, "first"), (2, "more-news")]


def test_of_several_luck_chooses_unless_one_goes_ahead(tmp_path: Path):
    both = [card("one", "{month: 1}"), card("other", "{month: 1}")]
    scenario = with_cards(tmp_path, *both)
    came = Counter(play(scenario, luck)[0][1] for luck in range(40))
    assert min(came["one"], came["other"]) >= 8
    assert sum(came.values()) == 40
    ahead = with_cards(
        tmp_path, both[0], card("other", "{month: 1}", "ahead: true\n    " + OPTIONS)
    )
    assert {play(ahead, luck)[0][1] for luck in range(12)} == {"other"}


@pytest.mark.parametrize("strategy", ["random", "systems-leadership", "let-everything-pass"])
def test_a_play_of_the_scenario_that_ships_deals_at_most_one_a_turn(strategy: str):
    scenario = load_scenario("dancing-around-the-table")
    asking = {inject.id for inject in scenario.injects if inject.choices}
    for luck in (1, 2, 3):
        run = play_through(scenario, load_strategy(strategy), luck=luck)
        for turn in run.turns:
            cards = [e for e in turn.events if e.code == "inject" and e.args["id"] in asking]
            assert len(cards) <= 1
