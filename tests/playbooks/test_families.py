"""Families of play: playbooks by lot, the same lot everywhere."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sim.effects import catalogue
from sim.legality import Table, look
from sim.locality import Locality
from sim.playbooks import (
    FAMILIES_OF_PLAY,
    NoSuchFamily,
    Playbook,
    PlaybookStrategy,
    draw_playbook,
    load_strategy,
    read_playbook,
)
from sim.playbooks.families import drawn_at
from sim.yamlfile import read_text, written

FAMILIES = tuple(FAMILIES_OF_PLAY)


def draws(family: str, count: int = 40) -> list[Playbook]:
    return [draw_playbook(family, number) for number in range(1, count + 1)]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_draw_plays_its_family_s_moves_and_no_others(family: str) -> None:
    for book in draws(family):
        assert {rule.move for rule in book.rules} == set(FAMILIES_OF_PLAY[family].moves)


def test_the_six_ways_and_the_structures_share_no_move_and_leave_none_out() -> None:
    systems = set(FAMILIES_OF_PLAY["systems"].moves)
    traditional = set(FAMILIES_OF_PLAY["traditional"].moves)
    assert not systems & traditional
    assert systems | traditional == set(FAMILIES_OF_PLAY["mixed"].moves) == set(catalogue())


@pytest.mark.parametrize("family", FAMILIES)
def test_draws_differ_from_one_another_in_rules_and_in_the_live_choice(family: str) -> None:
    books = draws(family)
    assert len({book.rules for book in books}) == len(books)
    assert len({book.live for book in books}) > 5
    assert {book.confidence for book in books} == {"keep", "go_back", "use", "hold"}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_draw_is_a_playbook_that_could_have_been_written_by_hand(family: str) -> None:
    for book in draws(family, 12):  # reading checks every condition and every word for whom
        text = written(book.model_dump(mode="json", exclude_defaults=True))
        assert read_playbook(read_text(text)) == book


@pytest.mark.parametrize("family", FAMILIES)
def test_a_draw_is_never_illegal(family: str) -> None:
    for number in (1, 2):
        strategy = PlaybookStrategy(draw_playbook(family, number))
        here = Locality("first-steps", luck=number, hand="all", ledger=False)
        for _month in range(6):
            if here.month + 1 in here.turns_at:
                here.open_turn()
                seen = Table(here.world, here.names, look(here.world, here.names, here.state))
                choice = strategy.choose(seen)
                for place, move in enumerate(choice.moves):
                    assert seen.refusal(move, choice.moves[:place]) == ""
                here.play(choice.orders, choice.live_code)
            here.step()


def test_a_draw_hangs_on_family_number_and_seed_and_on_nothing_else() -> None:
    first = draw_playbook("systems", 17, 3)
    assert first.playbook == "family:systems#17"
    assert draw_playbook("systems", 17, 3) == first
    assert draw_playbook("systems", 18, 3).rules != first.rules
    assert draw_playbook("systems", 17, 4).rules != first.rules
    # another process hashes its texts differently
    code = (
        "from sim.playbooks import draw_playbook;"
        "print(draw_playbook('systems', 17, 3).model_dump_json(), end='')"
    )
    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "4711", "PYTHONUTF8": "1"},
    )
    assert other.stdout.decode() == first.model_dump_json()


def test_a_draw_goes_by_its_name() -> None:
    assert drawn_at("family:traditional#4") == ("traditional", 4)
    assert load_strategy("family:traditional#4").name == "family:traditional#4"
    assert drawn_at("family:traditional") is None
    with pytest.raises(NoSuchFamily, match="Did you mean “systems”"):
        load_strategy("family:system#4")
