"""The steps of a turn, one by one: choosing, aiming, taking back, asking again, undoing."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from hands_on import click, key, typed
from play_through import LAYOUT, at_the_table, play_with_keys, step

from game.scenes.dialogs import Dialog
from game.scenes.play_step import Seat
from game.view.boxes import Boxes
from game.view.layout import Layout
from game.view.theme import LIGHT
from sim.fields import AVOIDANCE, CAPABILITY, SAFETY
from sim.session import IllegalMove, Phase


@pytest.fixture
def seated(tmp_path: Path):
    return at_the_table(tmp_path)


def to_diary(seated):
    player, scene = seated
    player.press(pygame.K_1)
    assert step(scene) == "Diary"
    return player, scene


def seat(scene, partner: str) -> tuple[int, int]:
    widgets = scene.widgets(LAYOUT)
    return next(w.rect.center for w in widgets if isinstance(w, Seat) and w.partner == partner)


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


def test_a_card_is_aimed_with_keys(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_1)  # coffee
    assert step(scene) == "Aim"
    player.press(pygame.K_1, pygame.K_2)
    ids = [partner.id for partner in scene.observation.partners]
    assert scene.step.aim.chosen == [ids[0], ids[1]]
    assert step(scene) == "Aim"  # only the button puts it into the diary
    player.press(pygame.K_s)
    assert scene.session.queue[0].targets == (ids[0], ids[1])
    assert step(scene) == "Diary"


def test_a_card_is_aimed_with_arrows_and_enter(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_1)
    assert scene.hands.focus.startswith("seat:")
    first = scene.hands.focus
    player.press(pygame.K_RETURN)
    assert scene.hands.focus == first  # one is enough, a second may follow
    player.press(pygame.K_RIGHT)
    second = scene.hands.focus
    assert second.startswith("seat:")
    assert second != first
    player.press(pygame.K_RETURN)
    assert scene.hands.focus == "done"
    player.press(pygame.K_RETURN)
    chosen = [key.removeprefix("seat:") for key in (first, second)]
    assert list(scene.session.queue[0].targets) == chosen


def test_the_arrows_reach_everybody_and_leave_the_partners_only_by_tab(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_1)
    able = {f"seat:{partner}" for partner in scene.step.hotkeys()}
    arrows = (pygame.K_RIGHT, pygame.K_DOWN, pygame.K_LEFT, pygame.K_UP)
    for start in able:
        reached, edge = {start}, [start]
        while edge:
            here = edge.pop()
            for arrow in arrows:
                scene.hands.focus = here
                player.press(arrow)
                assert scene.hands.focus in able
                if scene.hands.focus not in reached:
                    reached.add(scene.hands.focus)
                    edge.append(scene.hands.focus)
        assert reached == able
    player.press(pygame.K_TAB)
    assert scene.hands.focus == "done"


def test_the_aim_says_what_is_chosen_and_what_is_missing(seated):
    player, scene = to_diary(seated)
    scene.step._play("honest_conversation")
    aim = scene.step.aim
    names = [partner.name for partner in scene.observation.partners]
    assert aim.confirm_label() == "Two partners first"
    player.press(pygame.K_1)
    assert aim.said() == f"{names[0]} and …?"
    assert aim.confirm_label() == "One more"
    player.press(pygame.K_s)
    assert step(scene) == "Aim"
    player.press(pygame.K_2)
    assert aim.said() == f"{names[0]} and {names[1]}."
    player.press(pygame.K_3)  # full: says so, changes nothing
    assert aim.chosen == [partner.id for partner in scene.observation.partners[:2]]
    assert "as many" in aim.why


def test_whoever_is_greyed_says_why(seated):
    player, scene = to_diary(seated)
    scene.step._play("coffee")
    outside = next(p for p in scene.observation.partners if not p.at_table)
    assert outside.name in scene.step.aim.words()[-1]
    player.send(*click(seat(scene, outside.id)))
    assert outside.name in scene.step.aim.why
    assert scene.step.aim.chosen == []


def test_two_in_open_dispute_are_greyed_for_one_another(seated):
    from dataclasses import replace

    _player, scene = to_diary(seated)
    scene.step._play("small_experiment")
    one, other, third = (partner.id for partner in scene.observation.partners[:3])
    table = scene.observation.table
    row = {id: table.names.partner_row[id] for id in (one, other)}
    pair = table.seen.pair.copy()
    from sim.rules.seen import Q_DISPUTE

    pair[Q_DISPUTE, row[one], row[other]] = pair[Q_DISPUTE, row[other], row[one]] = 1.0
    disputed = replace(table, seen=table.seen._replace(pair=pair))
    scene.observation = replace(scene.observation, table=disputed)
    scene.step.aim.seat(one)
    assert "dispute" in scene.step.aim.refusal(other)
    assert scene.step.aim.refusal(third) == ""


def test_one_target_is_swapped_for_another(seated):
    player, scene = to_diary(seated)
    scene.step._play("listen")
    player.press(pygame.K_2, pygame.K_3)
    assert scene.step.aim.chosen == [scene.observation.partners[2].id]


def test_nothing_is_decided_by_enter_alone_where_a_choice_decides(seated):
    player, scene = to_diary(seated)
    scene.step._play("governance")
    player.press(pygame.K_RETURN)
    assert step(scene) == "Aim"
    assert scene.session.queue == ()


def test_a_card_is_aimed_with_the_mouse_at_disc_or_name(seated):
    player, scene = to_diary(seated)
    player.click_on("card:coffee")
    one, two = (partner.id for partner in scene.observation.partners[2:4])
    player.send(*click(seat(scene, one)))
    from game.scenes.play_layout import areas, table_inner
    from game.view.table import table_shape

    picture = table_inner(LAYOUT, areas(LAYOUT).table)
    box = table_shape(LAYOUT, picture, scene.observation).place(two).label.box
    player.send(*click((round(picture.x + box.x + 4), round(picture.y + box.y + box.h / 2))))
    player.click_on("done")
    assert scene.session.queue[0].targets == (one, two)


def test_one_is_enough_where_one_is_enough(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_1, pygame.K_3, pygame.K_s)
    assert len(scene.session.queue[0].targets) == 1


def test_choosing_a_partner_again_lets_it_go(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_1, pygame.K_3, pygame.K_3)
    assert step(scene) == "Aim"
    assert scene.step.aim.chosen == []
    player.press(pygame.K_s)  # nobody: nothing happens
    assert scene.session.queue == ()


def test_escape_leaves_the_aim_the_drawer_and_only_then_the_table(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_1, pygame.K_ESCAPE)
    assert step(scene) == "Diary"
    player.press(pygame.K_d, pygame.K_ESCAPE)
    assert step(scene) == "Diary"
    player.press(pygame.K_ESCAPE)
    assert isinstance(player.stack.top, Dialog)


def test_a_card_is_taken_back(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_1, pygame.K_1, pygame.K_2, pygame.K_s)
    places = scene.observation.places
    player.click_on("entry:0")
    assert scene.session.queue == ()
    assert scene.observation.places == places + 1
    player.press(pygame.K_1, pygame.K_1, pygame.K_2, pygame.K_s)
    player.press(pygame.K_BACKSPACE)
    assert scene.session.queue == ()
    player.press(pygame.K_1, pygame.K_1, pygame.K_2, pygame.K_s)
    player.tab_to("entry:0")
    assert scene.step.look().chosen == scene.session.queue[0].targets
    player.press(pygame.K_DELETE)
    assert scene.session.queue == ()


def test_a_card_that_cannot_be_played_says_why(seated):
    player, scene = to_diary(seated)
    while scene.observation.places:
        player.press(pygame.K_1, pygame.K_1, pygame.K_2, pygame.K_s)
    queued = scene.session.queue
    assert scene.hands.focus == "ask"
    assert "full" in scene.step._hint()
    player.press(pygame.K_2)
    assert "full" in scene.step.why
    assert scene.session.queue == queued


def test_a_refused_move_says_why_and_changes_nothing(seated, monkeypatch):
    player, scene = to_diary(seated)

    def refuse(move):
        raise IllegalMove("Not today.", "Ask again tomorrow.")

    monkeypatch.setattr(scene.session, "choose", refuse)
    player.press(pygame.K_1, pygame.K_1, pygame.K_2, pygame.K_s)
    assert step(scene) == "Diary"
    assert scene.step.why == "Not today. Ask again tomorrow."


def test_the_drawer_gives_one_more_card(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_d)
    card = next(c for c in scene.observation.drawer if c.playable and c.target == "everybody")
    player.click_on(f"family:{card.family}")
    player.click_on(f"card:{card.move}")
    assert [move.move for move in scene.session.queue] == [card.move]
    assert step(scene) == "Diary"


def test_a_target_asks_what_is_to_be_counted(seated):
    player, scene = to_diary(seated)
    cards = {c.move: c for c in (*scene.observation.hand, *scene.observation.drawer)}
    if not cards["target_and_grant"].playable:
        pytest.skip("this luck cannot play it in the first turn")
    scene.step._play("target_and_grant")
    player.press(pygame.K_2)
    assert scene.session.queue[0].measure == "emergency_admissions"


def test_a_board_may_be_led_by_one(seated):
    player, scene = to_diary(seated)
    scene.step._play("governance")
    player.click_on("lead")
    assert step(scene) == "Aim"
    player.press(pygame.K_2, pygame.K_s)
    move = scene.session.queue[0]
    assert (move.form, len(move.targets)) == ("lead", 1)


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
    assert "luck" in scene.desk.notices[-1]


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
    player.press(pygame.K_3)
    assert step(scene) == "Diary"
    held = {m.id for m in scene.observation.matters if m.confidence == "held"}
    assert matter in held or matter == scene.step.play.session.records[-1].confided[0][0]


def test_hands_are_counted_in_digits_only(tmp_path):
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        if here == "HandsUp":
            break
    player.send(typed("a dozen"), typed("12"), key(pygame.K_RETURN))
    said = [line for line in scene.session.said if line.kind == "hands_up"]
    assert said[0].data["count"] == 12
    assert said[0].data["question"]


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


def picture(scene, size: tuple[int, int] = (1280, 720)) -> bytes:
    surface = pygame.Surface(size)
    scene.draw(surface, Layout(*size), LIGHT, 60.0)
    return pygame.image.tobytes(surface, "RGB")


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


def test_why_tells_causes_as_far_as_they_were_seen(tmp_path):
    player, scene = at_the_table(tmp_path)
    assert not any(widget.key == "tool:why" for widget in scene.widgets(LAYOUT))
    for here in play_with_keys(player, scene):
        if here == "Beats" and scene.session.turn == 2:
            break
    player.press(pygame.K_w)
    dialog = player.stack.top
    assert isinstance(dialog, Dialog)
    beats = scene.session.reveal().beats
    assert len(dialog.reasons) == len(beats)
    for beat, (_said, whys) in zip(beats, dialog.reasons, strict=True):
        if beat.code in ("trust_up", "trust_down"):
            assert whys
        assert all(1 <= why.size <= 3 and why.amount is None for why in whys)
    boxes = Boxes(1280, 720)
    player.stack.draw(pygame.Surface((1280, 720)), Layout(1280, 720, 1.3, boxes), LIGHT, 60.0)
    assert [fault for fault in boxes.faults() if "cut short" in fault or "leaves" in fault] == []
    player.press(pygame.K_ESCAPE)
    assert player.stack.top is scene


def test_the_beats_are_shown_once_more(tmp_path):
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        if here == "Beats":
            break
    for _frame in range(20):
        player.wait(1)
    assert not scene.restless(player.t)
    player.press(pygame.K_r)
    assert scene.restless(player.t)
    assert scene.step.shown == 1
