"""The diary: choosing, aiming, taking back; what is greyed or locked says why."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from hands_on import click
from play_through import (
    LAYOUT,
    at_the_table,
    play_with_keys,
    seat,
    step,
    to_diary,
)

from game.scenes.dialogs import Dialog
from game.scenes.play_aim import Aim
from game.scenes.play_hand import price
from game.view.boxes import Boxes
from game.view.layout import Layout
from game.view.theme import LIGHT
from sim.session import IllegalMove


@pytest.fixture
def seated(tmp_path: Path):
    return at_the_table(tmp_path)


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
    assert scene.hands.focus == second
    player.press(pygame.K_RETURN)  # on one that is chosen: that is it
    chosen = [key.removeprefix("seat:") for key in (first, second)]
    assert list(scene.session.queue[0].targets) == chosen


@pytest.mark.parametrize("move", ["coffee", "honest_conversation", "listen", "small_experiment"])
def test_enter_alone_always_gets_on(seated, move):
    player, scene = to_diary(seated)
    scene.step._play(move)
    assert step(scene) == "Aim"
    least = scene.step.aim.least
    for _press in range(least):
        assert scene.session.queue == ()
        player.press(pygame.K_RETURN)
    assert len(scene.step.aim.chosen) == least
    player.press(pygame.K_RETURN)
    assert [(m.move, len(m.targets)) for m in scene.session.queue] == [(move, least)]


def test_the_ring_goes_to_whoever_is_chosen_by_number_and_enter_adds_nobody(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_1, pygame.K_2)
    second = scene.observation.partners[1].id
    assert scene.hands.focus == f"seat:{second}"
    player.press(pygame.K_RETURN)
    assert scene.session.queue[0].targets == (second,)


def test_the_ring_goes_on_while_more_are_wanted(seated):
    player, scene = to_diary(seated)
    scene.step._play("honest_conversation")
    ids = [partner.id for partner in scene.observation.partners]
    player.press(pygame.K_2)
    assert scene.hands.focus == f"seat:{ids[2]}"
    player.press(pygame.K_LEFT, pygame.K_RETURN)
    assert len(scene.step.aim.chosen) in (1, 2)
    scene.hands.focus = f"seat:{ids[1]}"  # on one that is chosen, with one missing or none
    missing = scene.step.aim.missing
    player.press(pygame.K_RETURN)
    assert (step(scene) == "Aim") == bool(missing)


def test_enter_on_one_too_many_goes_back_to_the_last_that_was_chosen(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_1, pygame.K_1, pygame.K_2)
    ids = [partner.id for partner in scene.observation.partners]
    scene.hands.focus = f"seat:{ids[2]}"
    player.press(pygame.K_RETURN)
    assert "as many" in scene.step.aim.why
    assert scene.step.aim.chosen == ids[:2]
    player.press(pygame.K_RETURN)
    assert scene.session.queue[0].targets == tuple(ids[:2])


def test_backspace_lets_the_last_go_and_then_leaves(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_1, pygame.K_1, pygame.K_2, pygame.K_BACKSPACE)
    assert scene.step.aim.chosen == [scene.observation.partners[0].id]
    player.press(pygame.K_BACKSPACE)
    assert (step(scene), scene.step.aim.chosen) == ("Aim", [])
    player.press(pygame.K_BACKSPACE)
    assert step(scene) == "Diary"


def test_no_more_are_asked_for_than_sit_at_the_table(seated):
    from dataclasses import replace

    _player, scene = to_diary(seated)
    card = replace(scene.step.card("small_experiment"), least=2, most=20)
    aim = Aim(scene, card)
    there = sum(partner.at_table for partner in scene.observation.partners)
    assert 2 < aim.most <= there
    assert "twenty" not in aim.question()


def test_nothing_covers_never_mind(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_1, pygame.K_1)
    player.tab_to("done")
    boxes = Boxes(1280, 720)
    scene.draw(pygame.Surface((1280, 720)), Layout(1280, 720, 1.0, boxes), LIGHT, 9.0)
    assert "hint" not in boxes.names("text")


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


def test_what_lies_in_the_diary_says_whom_it_is_for(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_1, pygame.K_1, pygame.K_2, pygame.K_s)
    player.tab_to("entry:0")
    boxes = Boxes(1280, 720)
    scene.draw(pygame.Surface((1280, 720)), Layout(1280, 720, 1.0, boxes), LIGHT, 9.0)
    names = [partner.name for partner in scene.observation.partners[:2]]
    shown = " ".join(boxes.names("text"))
    assert f"{names[0]} and {names[1]}"[:40] in shown


def test_the_ring_is_on_the_button_once_the_diary_is_full(seated):
    player, scene = to_diary(seated)
    for place in (pygame.K_1, pygame.K_2, pygame.K_3):
        assert scene.hands.focus.startswith("card:")
        player.press(pygame.K_1, place, pygame.K_RETURN)
    assert scene.observation.places == 0
    assert scene.hands.focus == "ask"
    player.press(pygame.K_RETURN)
    assert step(scene) == "Replies"


def test_one_place_that_is_left_is_no_full_diary(seated):
    player, scene = to_diary(seated)
    for place in (pygame.K_1, pygame.K_2):
        player.press(pygame.K_1, place, pygame.K_RETURN)
    assert scene.observation.places == 1
    scene.hands.focus = "ask"
    assert scene.step._hint() == "One place is left."
    cards = (*scene.observation.hand, *scene.observation.drawer)
    wide = next(card for card in cards if card.places == 2)
    assert wide.reason == "One place is left in the diary, and it needs 2."
    scene.step._play(wide.move)
    assert "full" not in scene.step.why


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_every_card_of_the_fullest_drawer_is_seen_whole(tmp_path, size):
    layout = Layout(*size)
    most = 0
    for luck in range(3, 30):
        player, scene = to_diary(at_the_table(tmp_path, luck=luck))
        player.press(pygame.K_d)
        families = [card.family for card in scene.observation.drawer]
        scene.step.family = max(families, key=families.count)
        most = max(most, families.count(scene.step.family))
        cards = next(w for w in scene.widgets(layout) if w.key == "cards")
        assert cards.overflow == 0
        if most >= 6:
            return
    raise AssertionError("no luck has a full drawer")


def test_what_goes_on_every_turn_says_so_and_how_to_stop_it(seated):
    player, scene = to_diary(seated)
    card = scene.step.card("outside_facilitator")
    assert scene.step._stands(card.move)
    assert "each turn, until you stop it" in price(card, stands=True)
    assert not scene.step._stands("coffee")
    assert "each turn" not in price(card)
    scene.step._play(card.move)
    for entry in ("entry:0", "standing:outside_facilitator"):
        player.tab_to(entry)
        boxes = Boxes(1280, 720)
        scene.draw(pygame.Surface((1280, 720)), Layout(1280, 720, 1.0, boxes), LIGHT, 9.0)
        shown = " ".join(boxes.names("text"))
        assert "It keeps its place and costs £5,000" in shown
        assert "drawer, and you have taken it" not in shown
        if entry == "entry:0":
            player.press(pygame.K_s)
            for here in play_with_keys(player, scene):
                if here == "Diary" and scene.session.turn == 2:
                    break
    player.press(pygame.K_RETURN)
    assert scene.observation.standing == ()
