"""The steps of a turn, one by one: replies, hands up, undoing, what is told in confidence."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from hands_on import click, key, typed
from play_through import (
    at_the_table,
    picture,
    play_with_keys,
    seat,
    step,
    to_diary,
)

from game.scenes.play_replies import ReplyRow
from game.scenes.play_step import Shortcut
from game.scenes.play_surfacing import SurfacedStep, of_our_doing
from game.view.layout import Layout
from sim.fields import AVOIDANCE, CAPABILITY, SAFETY
from sim.session import Phase


@pytest.fixture
def seated(tmp_path: Path):
    return at_the_table(tmp_path)


@pytest.mark.parametrize(
    ("code", "choice"),
    [
        (pygame.K_1, "let_it_pass"),
        (pygame.K_2, "say_it_here"),
        (pygame.K_3, "take_it_outside"),
    ],
)
def test_what_lies_on_the_table_has_three_choices(seated, code, choice):
    player, scene = seated
    assert scene.observation.live is not None
    player.press(code)
    assert scene.session.live_choice == choice
    assert step(scene) == "Diary"


def test_replies_turn_one_by_one_and_one_is_asked_again(tmp_path):
    for luck in range(3, 30):
        player, scene = to_diary(at_the_table(tmp_path, luck=luck))
        player.press(pygame.K_1, pygame.K_1, pygame.K_2, pygame.K_s)
        player.press(pygame.K_1, pygame.K_3, pygame.K_4, pygame.K_s)
        player.press(pygame.K_s)
        answers = scene.session.replies()
        assert len(answers) == 4
        for turned in range(4):
            assert len(scene.step.look().replies) == len({a.who for a in answers[:turned]})
            player.press(pygame.K_RETURN)
        no = [answer for answer in answers if answer.reply != "comes"]
        if no:
            break
    player.click_on(f"again:{no[0].move_index}:{no[0].who}")
    assert scene.session.records[-1].again == (no[0].move_index, no[0].who)
    assert not any(scene.step.can_ask_again(answer) for answer in scene.step.replies())
    player.press(pygame.K_RETURN)
    assert step(scene) in ("Months", "HandsUp")


@pytest.mark.parametrize("size", [(1280, 720), (1024, 640)])
def test_the_answer_just_turned_is_seen_and_no_line_is_cut(tmp_path, size):
    layout = Layout(*size)
    player, scene = to_diary(at_the_table(tmp_path))
    for first in (1, 2, 3):
        scene.step._play("coffee")
        player.press(pygame.K_0 + first, pygame.K_0 + first % 3 + 1, pygame.K_s)
    player.press(pygame.K_s)
    assert len(scene.session.replies()) == 6
    moved = 0
    for turned in range(1, 7):
        player.press(pygame.K_RETURN)
        listed = next(w for w in scene.widgets(layout) if w.key == "replies")
        offset = listed.offset(scene.hands)
        moved = max(moved, offset)
        room = listed.rect.move(0, offset)
        rows = [child for child in listed.children if isinstance(child, ReplyRow)]
        assert room.contains(rows[turned - 1].rect)
        for child in listed.children:
            seen = not getattr(child, "veiled", isinstance(child, Shortcut))
            if seen and child.rect.colliderect(room):
                assert room.contains(child.rect)
    assert moved
    for _notch in range(12):  # it can be scrolled back to the first, by whole lines
        listed = next(w for w in scene.widgets(layout) if w.key == "replies")
        listed.by(scene.hands, -listed.step)
    assert listed.offset(scene.hands) == 0
    listed.by(scene.hands, listed.step)
    assert listed.offset(scene.hands) in {c.rect.top - listed.rect.top for c in listed.children}


def test_undo_goes_back_to_the_last_reveal_from_anywhere_in_the_turn(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_1, pygame.K_1, pygame.K_2, pygame.K_s, pygame.K_s)
    while step(scene) != "Months":
        player.press(pygame.K_RETURN)
    before = scene.session.state()
    player.press(pygame.K_RETURN)
    assert scene.session.state() != before
    player.send(key(pygame.K_z, pygame.KMOD_CTRL))
    assert step(scene) == "Board"
    assert scene.session.phase is Phase.CHOOSING
    assert scene.session.month == 0
    said = scene.desk.notices[-1]
    assert "luck" in said
    assert f"“{scene.names.move('coffee')}”" in said
    assert "1 month" in said
    assert "answers" in said


def test_what_has_been_revealed_stays(seated):
    player, scene = seated
    for here in play_with_keys(player, scene):
        if here == "Beats":
            break
    player.send(key(pygame.K_z, pygame.KMOD_CTRL))
    assert step(scene) == "Beats"
    assert scene.desk.notices


def test_a_confidence_lies_face_down_until_it_is_turned(tmp_path):
    for luck in range(3, 40):
        player, scene = at_the_table(tmp_path, luck=luck)
        for here in play_with_keys(player, scene):
            if here == "Confidence" or scene.session.turn > 4:
                break
        if here == "Confidence":
            break
    matter = scene.step.told.matter
    words = scene.step.matter.left_unsaid
    assert words
    assert words not in scene.in_words()
    player.click_on("later")
    while step(scene) == "Confidence":
        player.click_on("later")
    while step(scene) != "Diary":
        player.press(pygame.K_1 if step(scene) == "Board" else pygame.K_RETURN)
    player.press(pygame.K_c)
    assert step(scene) == "Confidence"
    player.press(pygame.K_RETURN)
    assert step(scene) == "Confidence open"
    assert scene.step.matter.left_unsaid in scene.in_words()
    player.press(pygame.K_RETURN)
    assert step(scene) == "Confidence open"  # Enter by habit decides nothing
    player.press(pygame.K_3)
    assert step(scene) == "Confidence done"
    assert "knows who told" in scene.in_words()
    player.press(pygame.K_RETURN)
    assert step(scene) == "Diary"
    held = {m.id for m in scene.observation.matters if m.confidence == "held"}
    assert matter in held or matter == scene.step.play.session.records[-1].confided[0][0]


def test_hands_are_counted_in_digits_only(tmp_path):
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        if here == "HandsUp":
            break
    player.send(typed("a dozen"), typed("11"), key(pygame.K_RETURN))
    assert step(scene) == "HandsUp"  # of how many?
    player.send(typed("10"), key(pygame.K_RETURN))
    assert "more hands than people" in scene.step.why
    player.tab_to("room")
    player.send(key(pygame.K_BACKSPACE), typed("2"), key(pygame.K_RETURN))
    said = [line for line in scene.session.said if line.kind == "hands_up"]
    assert (said[0].data["count"], said[0].data["of"]) == (11, 12)
    assert said[0].data["question"]
    assert step(scene) == "Months"


def test_hands_are_counted_with_the_mouse_alone(tmp_path):
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        if here == "HandsUp":
            break
    player.click_on("fewer:hands")
    assert scene.step.counted == (0, -1)  # nobody is a count as well
    for _hand in range(4):
        player.click_on("more:hands")
    player.click_on("fewer:hands")
    player.click_on("more:room")
    assert scene.step.counted == (3, 3)
    player.click_on("more:room")
    for size in ((1024, 640), (1280, 720)):
        for widget in scene.widgets(Layout(*size)):
            if widget.key.startswith(("more:", "fewer:")):
                assert min(widget.rect.size) >= 44
    player.click_on("count")
    said = [line for line in scene.session.said if line.kind == "hands_up"]
    assert (said[0].data["count"], said[0].data["of"]) == (3, 4)


def test_ctrl_z_in_a_field_takes_no_turn_back(tmp_path):
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        if here == "HandsUp":
            break
    queue = scene.session.queue
    player.send(typed("9"), key(pygame.K_z, pygame.KMOD_LCTRL))
    assert step(scene) == "HandsUp"
    assert scene.hands.text("hands") == "9"
    assert scene.session.queue == queue
    assert scene.session.records[-1].replies
    scene.hands.focus = ""
    player.send(key(pygame.K_z, pygame.KMOD_LCTRL))
    assert step(scene) == "Minutes"  # anywhere else it goes back, as ever
    assert scene.session.queue == ()


def test_how_many_there_are_is_asked_only_once(tmp_path):
    player, scene = at_the_table(tmp_path)
    turns = set()
    for here in play_with_keys(player, scene):
        if here == "HandsUp":
            turns.add(scene.session.turn)
            assert scene.hands.text("room") == ("" if len(turns) == 1 else "12")
    assert len(turns) == 3


def test_hands_come_back_when_the_answer_is_known(tmp_path):
    from game.scenes.play_hands_known import known_later

    told = []
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        if here == "Beats":
            told += [text for text in scene.step.sentences if text.startswith("7 of 12")]
    out = [
        one.month
        for turn in (2, 3)
        for one in (*scene.session.reveal(turn).eruptions, *scene.session.reveal(turn).surfaced)
    ]
    came = "It did." if out else "It did not."
    wanted = f"7 of 12 thought that it would come out before Christmas. {came}"
    assert set(told) == {wanted}
    assert scene.session.phase is Phase.ENDED
    later = known_later(scene.session, scene.observation)
    stands = any(project.stage == "embedded" for project in scene.observation.projects)
    assert later[0].endswith("Something is." if stands else "Nothing is.")


def test_a_partner_chosen_on_the_table_keeps_its_ties_shown(seated):
    player, scene = to_diary(seated)
    partner = scene.observation.partners[1].id
    player.send(*click(seat(scene, partner)))
    assert scene.focus == partner
    player.send(*click(seat(scene, partner)))
    assert scene.focus == ""


def test_the_turn_can_be_read_as_text_at_every_step(tmp_path):
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        words = scene.in_words()
        assert f"Turn {scene.session.turn}" in words or scene.session.phase is Phase.ENDED, here
        assert "At the table:" in words
        assert scene.help_text()


def test_two_places_that_differ_only_in_what_is_hidden_look_the_same(tmp_path):
    """How safe partners feel and what they avoid is nobody's to see: not one pixel of it."""
    _player, one = at_the_table(tmp_path)
    other = one.session.branch("hidden", 1)
    state = other._play.engine.locality.state
    for field in (AVOIDANCE, SAFETY, CAPABILITY):
        state.partner[field] = 1.0 - state.partner[field]
    other._seen = None
    assert other.state() != one.session.state()
    assert other.observe() == one.session.observe()
    _player, two = at_the_table(tmp_path, session=other)
    two.badges = one.badges  # one is a branch of the other, and says so
    assert picture(one) == picture(two)
    assert one.in_words() == two.in_words()


def test_a_badge_says_whatever_is_unusual(tmp_path):
    _player, scene = at_the_table(tmp_path)
    assert scene.badges() == ("Not saved",)
    _player, branch = at_the_table(tmp_path, session=scene.session.branch("aside", 1))
    assert "Branch" in branch.badges()


def test_the_beats_are_shown_once_more(tmp_path):
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        if here == "Beats":
            break
    for _frame in range(20):
        player.wait(1)
    assert not scene.restless(player.t)
    seen = scene.observation
    first = scene.session.records[-1].first_month
    player.press(pygame.K_r)
    assert scene.restless(player.t)
    months = []
    while scene.step.film:
        assert "Replay" in scene.facts().badges
        player.wait(0.5)
        months.append(scene.observation.month)
    assert months == sorted(months)
    assert set(months) == set(range(first, seen.month + 1))
    assert scene.observation == seen
    assert scene.step.shown == 1
    assert "Replay" not in scene.facts().badges


def test_a_surfacing_says_what_the_group_had_to_do_with_it(tmp_path: Path):
    player, scene = at_the_table(tmp_path)
    said: set[str] = set()
    for here in play_with_keys(player, scene):
        if here == "Surfaced":
            assert isinstance(scene.step, SurfacedStep)
            doing = of_our_doing(scene.session, scene.step.told)
            record = scene.session.records[-1]
            if doing == "say_it_here":
                assert record.live == scene.step.told.matter
            elif doing:
                both = {scene.step.told.a, scene.step.told.b}
                assert any(both <= set(m.targets) for m in record.moves if m.move == doing)
            said.add(scene.step.words()[2])
    assert "You said it here." in said
    assert "Nobody had asked them to." in said
