"""A group never reads the same sentence twice in a play, and what it reads is true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from sim.headless import play_through
from sim.library import strategy
from sim.minutes import LEVELS, WORDS
from sim.moves import Event
from sim.names import Names
from sim.scenario import Scenario, load_scenario
from sim.session import IllegalMove, Phase, Session
from sim.telling import tell
from sim.voice import Turned, Voice, voice, voice_of_run

SCENARIO = "dancing-around-the-table"
SLOW = pytest.mark.slow
ALL = (
    ("let-everything-pass", "let_it_pass", 1),
    ("systems-leadership", "say_it_here", 5),
    ("orders-and-penalties", "take_it_outside", 7),
    ("random", "say_it_here", 8),
    ("let-everything-pass", "let_it_pass", 2),
    ("do-nothing", "take_it_outside", 3),
    ("relational", "say_it_here", 4),
    ("traditional", "let_it_pass", 6),
    ("experimenter", "say_it_here", 9),
    ("repeat:coffee", "let_it_pass", 10),
)
PLAYS = [pytest.param(*play, marks=() if number < 3 else SLOW) for number, play in enumerate(ALL)]
"""Three of them each time, all of them in the slow suite."""


@cache
def scenario() -> Scenario:
    return load_scenario(SCENARIO)


def play_turn(session: Session, name: str, choice: str) -> None:
    """One turn decided by a strategy, the live matter aside."""
    who = strategy(name)
    seen = session.observe()
    if seen.live is not None:
        session.choose_live(choice)
    refused = 0
    while refused < 4 and (move := who.move(session.observe())) is not None:
        try:
            session.choose(move)
        except IllegalMove:
            refused += 1
    session.replies()
    while session.phase in (Phase.RUNNING, Phase.AWAITING):
        if session.silence is not None:
            session.break_silence("next")
        elif session.run_month().pending is not None and session.pending is not None:
            session.answer(who.answer(seen, session.pending))


@cache
def played(name: str, choice: str, luck: int) -> Session:
    session = Session.start(scenario(), luck=luck, save=False)
    while session.phase is not Phase.ENDED:
        play_turn(session, name, choice)
        session.next_turn()
    return session


def shown(session: Session) -> Iterator[str]:
    """Every sentence of a play on the screen, in the order in which it is read."""
    words = voice(session)
    yield words.start
    for turn in range(1, session.turns + 1):
        reveal = session.reveal(turn)
        if words.live(turn):
            yield words.live(turn)
        yield from words.replies(turn)
        for told in reveal.surfaced:
            yield words.caption(told)
        yield from words.beats(turn)
        minutes = words.minutes(turn)
        assert minutes is not None
        yield from minutes.body()
        yield words.turned(turn)
        yield words.resident(turn)
    yield from words.later(session.epilogue())


def twice(sentences: list[str]) -> list[str]:
    return [one for number, one in enumerate(sentences) if one in sentences[:number]]


@pytest.mark.parametrize(("name", "choice", "luck"), PLAYS)
def test_no_sentence_is_read_twice_in_a_play(name: str, choice: str, luck: int) -> None:
    told = list(shown(played(name, choice, luck)))
    assert len(told) > 60
    assert twice(told) == []
    assert not [one for one in told if re.search(r"[{}_…]{1}\w*[}]|\{|\}", one)]


@pytest.mark.parametrize(("name", "choice", "luck"), PLAYS)
def test_the_truth_is_quoted_once_by_the_minutes_and_never_by_a_beat(
    name: str, choice: str, luck: int
) -> None:
    session = played(name, choice, luck)
    words = voice(session)
    for matter in scenario().unsaid:
        quoted = matter.left_unsaid.strip("“”")
        minuted = sum(
            quoted in item.text
            for turn in range(1, session.turns + 1)
            for item in words.minutes(turn).items  # type: ignore[union-attr]
        )
        assert minuted <= 1
        # a sheet of its own has shown it already
        assert not any(quoted in beat for turn in words.turns for beat in turn.beats)


@pytest.mark.parametrize(
    ("name", "luck"),
    [("let-everything-pass", 1), ("orders-and-penalties", 2)]
    + [pytest.param("relational", luck, marks=SLOW) for luck in range(3, 7)],
)
def test_no_line_of_a_run_s_months_is_told_twice(name: str, luck: int) -> None:
    run = play_through(scenario(), strategy(name), luck=luck)
    words = voice_of_run(run)
    told = [line for turn in words.turns for line in (*turn.events, *turn.replies) if line]
    assert len(told) > 100
    assert twice(told) == []
    text = " ".join(" ".join(tell(run, width=10_000)).split())
    assert all(" ".join(line.split()) in text for line in told if "did not happen" not in line)


def test_a_run_tells_its_months_as_a_session_does() -> None:
    run = play_through(scenario(), strategy("let-everything-pass"), luck=1)
    session = Session.start(scenario(), luck=1, save=False)
    play_turn(session, "let-everything-pass", "let_it_pass")
    one, other = voice(session), voice_of_run(run)
    assert session.records[0].events == tuple(
        event for event in run.turns[0].events if event.code != "move_skipped"
    )
    assert one.turns[0].events == other.turns[0].events
    assert one.turns[0].replies == other.turns[0].replies
    assert one.start == other.start


def test_the_same_journal_tells_the_same_words_at_every_moment(tmp_path: Path) -> None:
    session = Session.start(scenario(), luck=11, folder=tmp_path)
    kept: list[tuple[object, ...]] = []
    for _turn in range(3):
        play_turn(session, "relational", "say_it_here")
        kept.append(told_of(voice(session), session.turn))
        session.next_turn()
        # what is told of earlier turns never changes
        assert [told_of(voice(session), turn) for turn in (1, 2, 3)[: len(kept)]] == kept
    session.choose_live("let_it_pass")
    session.replies()
    before = voice(session).replies(session.turn)
    session.undo()
    session.choose_live("let_it_pass")
    session.replies()
    assert voice(session).replies(session.turn) == before
    path = session.path
    session.close()
    assert path is not None
    with Session.resume(path) as again:
        assert [told_of(voice(again), turn) for turn in (1, 2, 3)] == kept
        branch = again.branch("another way", 3)
        assert [told_of(voice(branch), turn) for turn in (1, 2)] == kept[:2]


def told_of(words: Voice, turn: int) -> tuple[object, ...]:
    told = words.turns[turn - 1]
    return (
        told.live, tuple(told.events), tuple(told.replies), tuple(told.beats), told.minutes,
        told.resident,
    )  # fmt: skip


def test_what_is_told_bit_by_bit_is_what_is_told_at_once() -> None:
    session = Session.start(scenario(), luck=12, save=False)
    for _turn in range(3):
        play_turn(session, "traditional", "let_it_pass")
        voice(session)
        session.next_turn()
    session.choose_live("say_it_here")
    session.replies()
    session.run_month()
    voice(session)
    session.undo()
    held = [told_of(voice(session), turn) for turn in (1, 2, 3, 4)]
    session.words = None
    assert [told_of(voice(session), turn) for turn in (1, 2, 3, 4)] == held


def test_an_answer_asked_for_again_changes_nobody_else_s_words() -> None:
    for luck in range(1, 40):
        session = Session.start(scenario(), luck=luck, save=False)
        who = strategy("relational")
        while (move := who.move(session.observe())) is not None:
            session.choose(move)
        answers = session.replies()
        no = [k for k, answer in enumerate(answers) if answer.reply in ("full", "deputy")]
        if len(no) > 1:
            break
    before = voice(session).replies(1)
    session.ask_again(answers[no[0]].move_index, answers[no[0]].who)
    after = voice(session).replies(1)
    assert before[no[0]] != after[no[0]]
    assert [line for k, line in enumerate(before) if k != no[0]] == [
        line for k, line in enumerate(after) if k != no[0]
    ]


# --- the minutes are true -------------------------------------------------------------------


@pytest.mark.parametrize(("name", "choice", "luck"), PLAYS)
def test_every_item_happened_and_everybody_at_the_board_knew(
    name: str, choice: str, luck: int
) -> None:
    session = played(name, choice, luck)
    names = Names.of(scenario())
    for turn in range(1, session.turns + 1):
        reveal = session.reveal(turn)
        minutes = voice(session).minutes(turn)
        assert minutes is not None
        for item in minutes.items:
            assert item.event in reveal.minutes
            assert item.event in session.records[turn - 1].events
            about = people(item.event, names)
            mentioned = {one for one in names.partners.values() if one in item.text}
            assert mentioned <= about, item.text
            unsaid = names.matters.get(str(item.event.args.get("matter", "")))
            for id, matter in names.matters.items():
                if matter is not unsaid or item.event.code == "avoided":
                    assert matter.left_unsaid.strip("“”") not in item.text, id
        answered: dict[str, set[str]] = {}
        for answer in session.records[turn - 1].replies or ():
            answered.setdefault(names.partner(answer.who), set()).add(answer.reply)
        for line in minutes.answers:
            for one in (one for one in names.partners.values() if one in line):
                assert "comes" not in answered[one]
                assert ("deputy" if "deputy" in line else "full") in answered[one]
                assert "deputy" in line or "deputy" not in answered[one]
        assert minutes.length <= WORDS[minutes.level]


def people(event: Event, names: Names) -> set[str]:
    ids = " ".join(str(event.args.get(key, "")) for key in ("a", "b", "who", "members"))
    return {names.partner(id) for id in ids.replace(",", " ").split()}


WARM = re.compile(
    r"\b(thank\w*|lovely|love|warm\w*|delight\w*|grateful|wonderful|kind\w*|welcome\w*|joy|happy|"
    r"best wishes|encouraged|pleased|glad|congratulat\w*|constructive|positive|good will)\b",
    re.IGNORECASE,
)


@SLOW
def test_the_more_is_avoided_the_shorter_and_the_warmer() -> None:
    found: dict[int, list[tuple[int, float]]] = {level: [] for level in range(LEVELS)}
    for play in ALL:
        words = voice(played(*play))
        for told in words.turns:
            minutes = told.minutes
            assert minutes is not None
            warmth = sum(len(WARM.findall(line)) for line in minutes.body()) / minutes.length
            found[minutes.level].append((minutes.length, warmth))
    means = [
        (sum(n for n, _w in rows) / len(rows), sum(w for _n, w in rows) / len(rows))
        for _level, rows in sorted(found.items())
        if len(rows) >= 3
    ]
    assert len(means) >= 5
    lengths, warmths = zip(*means, strict=True)
    assert all(one > other * 1.15 for one, other in pairwise(lengths))
    assert warmths[0] < 0.02
    assert warmths[-1] > 0.1
    assert warmths[-1] > warmths[len(warmths) // 2] > warmths[0]


@SLOW
def test_groups_that_say_it_read_longer_minutes_than_groups_that_let_it_pass() -> None:
    def words(choice: str) -> float:
        lengths = [
            told.minutes.length
            for luck in (21, 22, 23)
            for told in voice(played("do-nothing", choice, luck)).turns
            if told.minutes is not None
        ]
        return sum(lengths) / len(lengths)

    assert words("say_it_here") > 1.3 * words("let_it_pass")


def test_where_nothing_is_known_of_her_the_scenario_s_own_text_tells_her_month() -> None:
    turn = Turned(1, 3, beats=(), resident="Nobody came\nuntil four.")
    words = Voice(scenario(), 1, [turn], {})
    assert words.resident(1) == "Nobody came until four."
    assert words.resident(0) == " ".join(scenario().story.resident.months.middling.split())


def test_two_sessions_keep_their_words_apart() -> None:
    one, other = (Session.start(scenario(), luck=luck, save=False) for luck in (3, 4))
    assert voice(one) is voice(one)
    assert voice(one) is not voice(other)
