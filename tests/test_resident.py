"""One resident's month in words: true to what is counted, and never the same twice."""

from __future__ import annotations

from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.prose import WAYS
from sim.resident import (
    CAME,
    LONGEST,
    STORY,
    WAIT,
    Lived,
    lived,
    month_in_words,
    turned,
    turned_in_words,
)
from sim.scenario.parts import Resident, ResidentMonths, ResidentPieces
from sim.told import Told

PLAIN = Resident(
    name="Mrs Okafor",
    who="81",
    pronoun="she",
    months=ResidentMonths(good="g", middling="m", bad="b"),
)
OWN = PLAIN.model_copy(update={"pieces": ResidentPieces(again=("{Times} the stairs, {times}.",))})

good = st.floats(20, 90)
waiting = st.floats(0, 60)
unmet = st.floats(0, 1)


def month(story: float, wait: float, came: float, start: float = 52.0) -> Lived:
    return lived({STORY: (start, story), WAIT: (12.0, wait), CAME: (0.12, came)}, 1)


@given(good, good, waiting, waiting, unmet, unmet)
def test_a_better_figure_never_makes_a_worse_month(
    story: float, more: float, wait: float, longer: float, came: float, less: float
) -> None:
    worse = month(min(story, more), max(wait, longer), max(came, less))
    better = month(max(story, more), min(wait, longer), min(came, less))
    assert worse.times >= better.times >= 1  # type: ignore[operator]
    assert worse.days >= better.days >= 0  # type: ignore[operator]
    assert worse.mornings >= better.mornings >= 0  # type: ignore[operator]


def test_figures_that_move_are_felt() -> None:
    assert month(52.0, 12.0, 0.12) == Lived(3, 9, 3)
    assert month(55.0, 8.0, 0.0) == Lived(1, 6, 0)
    assert month(49.0, 20.0, 0.2) == Lived(6, 15, 5)


def said(times: int, days: int, mornings: int, resident: Resident = PLAIN, luck: int = 1) -> str:
    return month_in_words(Lived(times, days, mornings), resident, Told(luck))


@pytest.mark.parametrize("luck", range(30))
def test_the_words_say_the_numbers_and_no_others(luck: int) -> None:
    words = said(4, 7, 2, luck=luck).lower()
    assert "four" in words
    assert "seven days" in words
    assert "two mornings" in words
    others = {"one", "three", "five", "six", "eight", "nine", "ten"}
    assert not others & set(words.replace(".", " ").replace(",", " ").split())
    best = said(1, 0, 0, luck=luck).lower()
    assert "times" not in best
    assert "days" not in best


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 12), st.integers(0, 5)), max_size=14))
def test_never_the_same_twice_and_never_too_long(months: list[tuple[int, int, int]]) -> None:
    told, read = Told(7), []
    for number, lived_ in enumerate(months):
        read.append(month_in_words(Lived(*lived_), PLAIN, told, f"month {number}"))
    assert len(set(read)) == len(read)
    assert all(len(words) <= LONGEST for words in read)


def test_a_line_says_which_way_it_went() -> None:
    before = Lived(3, 9, 3)
    assert turned(before, Lived(3, 9, 3)) == 0
    assert turned(before, Lived(2, 9, 3)) == turned(before, Lived(2, 9, 2)) == 1
    assert turned(before, Lived(3, 11, 3)) == turned(Lived(), Lived(2)) - 1 == -1
    assert turned(before, Lived(2, 10, 3)) == 0
    said = {way: {turned_in_words(way, PLAIN, Told(luck)) for luck in range(40)}
            for way in (-1, 0, 1)}  # fmt: skip
    assert all("Mrs Okafor" in line for lines in said.values() for line in lines)
    assert not said[-1] & said[0]
    assert not said[0] & said[1]


def test_a_scenario_s_own_sentences_are_used() -> None:
    assert any("the stairs, four times." in said(4, 7, 2, OWN, luck) for luck in range(30))


def test_what_nobody_publishes_is_not_told() -> None:
    assert lived({}, 3) == Lived()
    assert month_in_words(Lived(), PLAIN, Told(1)) == ""
    assert "morning" not in month_in_words(Lived(times=3, days=4), PLAIN, Told(1)).lower()


@pytest.mark.parametrize("which", ["she", "he", "they"])
def test_nobody_is_called_by_another_s_pronoun(which: str) -> None:
    resident = PLAIN.model_copy(update={"pronoun": which})
    words = " ".join(
        said(times, days, mornings, resident, luck).lower()
        for luck in range(25)
        for times, days, mornings in ((1, 0, 0), (3, 4, 2))
    )
    found = set(words.replace(".", " ").replace(",", " ").split())
    others = {"she": {"he", "his", "him"}, "he": {"she", "her"}}
    assert not found & others.get(which, {"she", "he", "her", "his"})
    assert which in found or which == "they"


@pytest.mark.parametrize("pool", WAYS)
def test_every_pool_is_written_with_care(pool: str) -> None:
    ways = WAYS[pool]
    assert len(set(ways)) == len(ways)
    for way in ways:
        assert way.rstrip("”")[-1] in ".:!?}", way
        gaps = [name for _text, name, _spec, _conv in Formatter().parse(way) if name]
        assert all(gap.isidentifier() for gap in gaps), way
        assert "  " not in way
        assert way == way.strip()
        assert way.count("“") == way.count("”"), way
