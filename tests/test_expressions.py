"""The condition language: what it says, what it refuses, and its two ways of running."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim import fields
from sim.expressions import (
    EDGE,
    LONGEST,
    ConditionError,
    Program,
    Values,
    check,
    compile_condition,
    evaluate,
    interpret,
    pack,
    parse,
    possible,
)
from sim.fields import TERMS

PARTNERS = {"council": 0, "hospital": 1, "home-care": 2}
MATTERS = {"late-discharges": 0, "panel": 1}


def some_values(seed: int) -> Values:
    draw = np.random.default_rng(seed).random
    return Values(
        TERMS,
        PARTNERS,
        MATTERS,
        draw((len(fields.PARTNER_FIELDS), 3)),
        draw((len(fields.PAIR_FIELDS), 3, 3)),
        draw((len(fields.MATTER_FIELDS), 2)),
        draw(len(fields.PLACE_FIELDS)) * 20,
        draw(len(fields.MEASURES)),
    )


def run(program: Program, values: Values, *, views: bool = False) -> float:
    arrays: list[Any] = [
        values.partner, values.pair, values.matter, values.place, values.measure
    ]  # fmt: skip
    code: Any = program.code
    consts: Any = program.consts
    if views:
        arrays = [memoryview(array) for array in arrays]
        code, consts = memoryview(code), memoryview(consts) if len(consts) else consts
    return float(evaluate(code, consts, 0, len(program.code), *arrays))


def compiled(text: str, wanted: Any = "boolean") -> Program:
    return compile_condition(text, TERMS, PARTNERS, MATTERS, wanted=wanted)


def value(text: str, wanted: Any = "boolean", **places: float) -> float:
    values = some_values(1)
    for name, number in places.items():
        values.place[fields.PLACE_FIELDS.index(name)] = number
    return run(compiled(text, wanted), values)


# --- what it says ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "month", "expected"),
    [
        ("month >= 12", 12, 1),
        ("month >= 12", 11, 0),
        ("not month >= 12", 11, 1),
        ("month == 3 or month == 5 and month > 4", 3, 1),  # and binds tighter than or
        ("(month == 3 or month == 5) and month > 4", 3, 0),
        ("not month > 4 and true", 3, 1),  # not binds tighter than and
        ("1 + 2 * 3 == 7", 0, 1),
        ("10 - 4 - 3 == 3", 0, 1),
        ("8 / 4 / 2 == 1", 0, 1),
        ("-2 * -3 == 6", 0, 1),
        ("month / 0 == 0", 7, 1),  # dividing by nothing is nothing, by rule
        ("true", 0, 1),
        ("false", 0, 0),
        ("month != 3", 3, 0),
        (".5 < 1.", 0, 1),
    ],
)
def test_conditions_say_what_they_seem_to(text: str, month: float, expected: float) -> None:
    assert value(text, month=month) == expected


def test_words_of_the_scale_are_their_numbers() -> None:
    values = some_values(1)
    values.pair[fields.TRUST, 0, 1] = 0.45
    values.partner[fields.AVOIDANCE, 2] = 0.9
    assert run(compiled("trust(council, hospital) == civil"), values) == 1
    assert run(compiled("trust(council, hospital) > wary"), values) == 1
    assert run(compiled("avoidance(home-care) == very_high"), values) == 1
    assert run(compiled("avoidance(home-care) == very high"), values) == 1


def test_arguments_keep_their_order_and_their_hyphens() -> None:
    values = some_values(1)
    values.pair[fields.TRUST, 0, 2], values.pair[fields.TRUST, 2, 0] = 0.2, 0.8
    assert run(compiled("trust(council, home-care) < trust(home-care, council)"), values) == 1
    assert run(compiled("month-1 < month"), values) == 1


def test_nothing_is_infinite() -> None:
    assert value("*".join(["999999999"] * 30), "number") == EDGE
    assert value("-" + "*".join(["999999999"] * 30), "number") == -EDGE


def test_absent_conditions_always_hold() -> None:
    programs = [None, compiled("month > 1"), None, compiled("false")]
    code, consts, offsets = pack(programs)
    values = some_values(1)
    arrays = (values.partner, values.pair, values.matter, values.place, values.measure)
    held = [evaluate(code, consts, int(offsets[p]), int(offsets[p + 1]), *arrays) for p in range(4)]
    assert held == [1.0, 1.0, 1.0, 0.0]
    assert len(pack([])[0]) == 1
    assert list(pack([])[2]) == [0]


# --- what it refuses ------------------------------------------------------------------

REFUSED = {
    "": (1, "Nothing is written"),
    "   ": (4, "Nothing is written"),
    "month": (1, "Compare it"),
    "month > ": (9, "breaks off"),
    "month = 3": (7, "“==”"),
    "month > 3 && month < 5": (11, "“and”"),
    "month ≥ 3": (7, "“>=”"),
    "Month > 3": (1, "lower case"),
    "monht > 3": (1, "“month”"),
    "month > 3)": (10, "never opened"),
    "(month > 3": (1, "never closed"),
    "1 < month < 4": (11, "a < b and b < c"),
    "month > 3 month < 5": (11, "missing before it"),
    "month(3) > 1": (7, "An id belongs here"),
    "month(council) > 1": (1, "stands alone"),
    "trust > wary": (1, "mean_trust"),
    "trust(council) > wary": (1, "needs 2 ids"),
    "trust(council, hospitl) > wary": (16, "“hospital”"),
    "trust(council, council) > wary": (16, "two different"),
    "trust('council', hospital) > wary": (7, "without quotation marks"),
    "weight(late-discharge) > 1": (8, "“late-discharges”"),
    "weight(council) > 1": (8, "no matter"),
    "trust(council, hospital) > high": (28, "broken, wary"),
    "month > wary": (9, "Write a number"),
    "wary > 0.2": (1, "nothing beside it"),
    "wary": (1, "number stands"),
    "not month": (5, "Compare it"),
    "month > true": (9, "where a number is needed"),
    "(month > 3) + 1 > 2": (2, "where a number is needed"),
    "month > 3 and 4": (15, "Compare it"),
    "month > 99999999999": (9, "too large"),
    "__import__('os')": (1, "means nothing"),
    "month > 3; month": (10, "means nothing"),
    "(" * 13 + "true" + ")" * 13: (14, "inside one another"),
    "not " * 13 + "true": (53, "inside one another"),
    "-" * 13 + "1 > 0": (14, "inside one another"),
    "true or " * 60 + "true": (LONGEST + 1, "at most 400"),
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:30])
def test_what_is_refused_says_where_and_why(text: str) -> None:
    column, words = REFUSED[text]
    with pytest.raises(ConditionError) as caught:
        compiled(text)
    problem = caught.value.problems[0]
    assert problem.column == column, problem
    assert words in str(problem)
    assert words in str(caught.value)


def test_all_wrong_names_are_told_at_once() -> None:
    problems = check(parse("monht > 3 and trst(council, hospital) > 0.3"), TERMS, PARTNERS, MATTERS)
    assert [problem.column for problem in problems] == [1, 15]


def test_a_vocabulary_of_ones_own() -> None:
    terms = {"here": fields.Term("here", "place", 3, 0, "level", "a strategy's own word")}
    assert compile_condition("here > low", terms, {}, {}).code[0, 1] == 3
    with pytest.raises(ConditionError, match="no term"):
        compile_condition("month > 3", terms, {}, {})


def refusal(text: str) -> ConditionError | None:
    try:
        compiled(text)
    except ConditionError as error:
        return error
    return None


@given(st.text(max_size=60) | st.text(alphabet="monthtrus(),.<>=!+-*/ 019andnot", max_size=80))
@example("-" * 200)
@example("(" * 400)
@example("²")
@example("month > ١")
def test_no_text_whatever_is_a_crash(text: str) -> None:
    refused = refusal(text)
    if refused is not None:
        assert refused.problems
        assert all(1 <= problem.column <= len(text) + 1 for problem in refused.problems)


# --- two ways of running it -----------------------------------------------------------

_numbers = st.sampled_from(
    ["0", "1", "0.45", "12", "999999999", "month", "mean_trust", "trust(council, hospital)",
     "tension(hospital, home-care)", "avoidance(home-care)", "weight(panel)",
     "status(late-discharges)", "money", "eruptions"]
)  # fmt: skip


def _sums(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner) | st.builds(
        "-{}".format, inner
    )


_sum = st.recursive(_numbers, _sums, max_leaves=5)
_comparison = (
    st.builds("{} {} {}".format, _sum, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), _sum)
    | st.just("true")
    | st.just("false")
    | st.just("trust(hospital, council) >= wary")
)
_conditions = st.recursive(
    _comparison,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner)
        | st.builds("{} {} {}".format, inner, st.sampled_from(["and", "or"]), inner)
        | st.builds("not ({})".format, inner)
    ),
    max_leaves=5,
)


@given(_conditions, st.integers(0, 20))
@settings(max_examples=300)
def test_compiled_and_interpreted_agree_to_the_bit(text: str, seed: int) -> None:
    try:
        tree = parse(text)
    except ConditionError:  # too long or too deep
        return
    values = some_values(seed)
    program = compiled(text)
    expected = interpret(tree, values)
    assert run(program, values) == expected
    assert run(program, values, views=True) == expected


@given(_sum, st.integers(0, 20))
def test_sums_agree_to_the_bit(text: str, seed: int) -> None:
    try:
        tree = parse(text)
    except ConditionError:
        return
    values = some_values(seed)
    got = run(compiled(text, "number"), values)
    assert np.float64(got).tobytes() == np.float64(interpret(tree, values)).tobytes()


def test_the_deepest_condition_fits_the_stack() -> None:
    booleans = "false or true and (" * 6 + "1 < 1 + 2 * (" + "1 + 2 * (" * 5 + "3" + ")" * 12
    assert value(booleans) in (0.0, 1.0)


# --- what can never be ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "true", "false"),
    [
        ("month > 40", False, True),
        ("month >= 0", True, False),
        ("month > 9 and month < 4", False, True),
        ("month > 9 and not month > 9", True, True),  # not followed that far
        ("month > 5 and month < 5", False, True),
        ("9 < month and month <= 9", False, True),
        ("mean_trust > 1", False, True),
        ("trust(council, hospital) < wary", True, True),
        ("trust(council, hospital) < wary and trust(hospital, council) > good", True, True),
        ("month > 40 or eruptions > 3", True, True),
        ("month * 2 > 80", False, True),
        ("1 == 1", True, False),
        ("false", False, True),
    ],
)
def test_what_can_never_be_is_found(text: str, true: bool, false: bool) -> None:
    can = possible(parse(text), TERMS, {"month": (0, 36)})
    assert (can.true, can.false) == (true, false)


@given(_conditions, st.integers(0, 20))
@settings(max_examples=200)
def test_what_is_said_to_be_impossible_is(text: str, seed: int) -> None:
    try:
        tree = parse(text)
    except ConditionError:
        return
    can = possible(tree, TERMS, {"month": (0, 20)})
    held = bool(interpret(tree, some_values(seed)))
    assert can.true if held else can.false
