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
    for beat, reason in zip(beats, dialog.reasons, strict=True):
        if beat.code in ("trust_up", "trust_down"):
            assert reason.whys
        assert all(1 <= why.size <= 3 and why.amount is None for why in reason.whys)
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
    seen = scene.observation
    first = scene.session.records[-1].first_month
    player.press(pygame.K_r)
    assert scene.restless(player.t)
    months = []
    while scene.step.film:
        player.wait(0.5)
        months.append(scene.observation.month)
    assert months == sorted(months)
    assert set(months) == set(range(first, seen.month + 1))
    assert scene.observation == seen
    assert scene.step.shown == 1


def at_the_end(folder: Path, **settings):
    """Somebody before the ending's page."""
    player, scene = at_the_table(folder)
    if settings:
        scene.desk.change(**settings)
    for here in play_with_keys(player, scene):
        if here == "Ending":
            return player, scene
    raise AssertionError("it never ends")


def test_the_ending_has_a_page_of_its_own_and_then_the_table(tmp_path, home):
    player, scene = at_the_end(tmp_path)
    assert scene.step.whole_window
    assert scene.session.ending.title in scene.in_words()
    page = picture(scene)
    player.press(pygame.K_RETURN)
    assert step(scene) == "Ending"
    assert not scene.step.whole_window
    assert picture(scene) != page


def test_the_ending_comes_up_by_and_by_and_stands_at_last(tmp_path, home):
    player, scene = at_the_end(tmp_path)
    player.wait(0.1)
    assert scene.restless(player.t)
    surface = pygame.Surface((1280, 720))
    seen = []
    for t in (player.t, player.t + 1.2, player.t + 2.8, player.t + 9, player.t + 20):
        scene.draw(surface, LAYOUT, LIGHT, t)
        seen.append(pygame.image.tobytes(surface, "RGB"))
    assert len(set(seen)) == 4
    assert seen[3] == seen[4]


def test_three_years_go_by_in_forty_seconds_and_can_be_skipped(tmp_path, home):
    player, scene = at_the_end(tmp_path)
    ended = scene.observation.month
    player.press(pygame.K_RETURN, pygame.K_RETURN)
    assert step(scene) == "Later"
    assert scene.observation.month == ended
    months = []
    for _quarter in range(4 * 41):
        player.wait(0.25)
        months.append(scene.observation.month)
    assert months == sorted(months)
    assert set(months) == set(range(ended, 73))
    assert scene.step.over
    player.wait(2)
    assert not scene.restless(player.t)
    last = picture(scene)
    player.press(pygame.K_r)
    assert scene.observation.month == ended
    player.press(pygame.K_RETURN)  # to the end of it
    assert scene.observation.month == 72
    assert picture(scene) == last


def test_back_from_the_years_after_stands_the_table_as_it_was_left(tmp_path, home):
    player, scene = at_the_end(tmp_path)
    ended = scene.observation.month
    player.press(pygame.K_RETURN, pygame.K_RETURN, pygame.K_RETURN)
    player.click_on("ending")
    assert step(scene) == "Ending"
    assert scene.observation.month == ended
    player.press(pygame.K_RETURN, pygame.K_RETURN)
    assert (step(scene), scene.observation.month) == ("Later", ended)


def test_with_reduced_motion_everything_stands_at_its_last_instant(tmp_path, home):
    player, scene = at_the_table(tmp_path)
    scene.desk.change(reduced_motion=True)
    for here in play_with_keys(player, scene):
        if here in ("Replies", "Beats"):
            assert scene.step.over
        if here in ("Replies", "Beats", "Eruption", "Ending", "CarPark"):
            player.wait(0.1)
            assert not scene.restless(player.t), here
    assert scene.step.over
    assert scene.observation.month == 72


def test_everything_is_explained_by_name_once_the_play_is_over(tmp_path, home):
    from game.scenes.play_why import WhyDialog

    player, _scene = at_the_end(tmp_path)
    player.press(pygame.K_RETURN)
    player.press(pygame.K_w)
    dialog = player.stack.top
    assert isinstance(dialog, WhyDialog)
    player.click_on("view:figure")
    (figure,) = dialog.reasons
    assert figure.whys
    assert all(why.amount is not None and why.cause != "unsaid" for why in figure.whys)
    player.click_on("view:partner")
    assert all(why.cause != "unsaid" for reason in dialog.reasons for why in reason.whys)


def test_why_explains_a_partner_and_a_figure_as_far_as_it_was_seen(tmp_path):
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        if here == "Beats" and scene.session.turn == 3:
            break
    scene.focus = scene.observation.partners[1].id
    player.press(pygame.K_w)
    dialog = player.stack.top
    assert (dialog.view, dialog.partner) == ("partner", scene.focus)
    names = [partner.name for partner in scene.observation.partners]
    assert all(names[1] in reason.said for reason in dialog.reasons)
    other = scene.observation.partners[2].id
    player.click_on(f"partner:{other}")
    assert all(names[2] in reason.said for reason in dialog.reasons)
    player.click_on("view:figure")
    player.click_on("figure:delayed_transfers")
    (figure,) = dialog.reasons
    assert figure.said.startswith("Delayed transfers")
    causes = {why.cause for why in figure.whys}
    assert causes
    assert not causes & {"demand", "integration", "capacity"}  # nobody sees those move a figure
    assert all(why.amount is None for why in figure.whys)


def test_a_beat_that_is_chosen_says_why(tmp_path):
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        if here == "Beats" and scene.session.turn == 2:
            break
    while not scene.step.over:
        player.press(pygame.K_RETURN)
    last = len(scene.session.reveal().beats) - 1
    player.click_on(f"beat:{last}")
    assert player.stack.top.reasons[0].said == scene.step.sentences[last]


@pytest.fixture(scope="module")
def before_a_row(tmp_path_factory):
    """A session at the turn that brings a row, to be branched; and that turn."""
    folder = tmp_path_factory.mktemp("row")
    player, scene = at_the_table(folder)
    for here in play_with_keys(player, scene):
        if here == "Eruption":
            return scene.session, scene.session.turn
    raise AssertionError("this luck has no row")


@pytest.fixture
def row(before_a_row, tmp_path):
    """Somebody before the silence after a row."""
    session, turn = before_a_row
    player, scene = at_the_table(tmp_path, session=session.branch("row", turn))
    for here in play_with_keys(player, scene):
        if here == "Eruption":
            return player, scene
    raise AssertionError("the branch has no row")


def test_a_row_stops_everything_until_somebody_breaks_the_silence(row):
    player, scene = row
    silence = scene.session.silence
    assert scene.session.phase is Phase.AWAITING
    assert scene.step.told.left_unsaid in scene.in_words()
    for _minute in range(10):
        player.wait(60)  # no clock
    player.press(pygame.K_RETURN, pygame.K_SPACE)
    assert scene.session.silence == silence
    keys = [key for key, *_rest in scene.step.options()]
    assert keys == [
        f"silence:speak:{silence.a}", f"silence:speak:{silence.b}", "silence:outsider",
        "silence:next",
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_what_came_of_the_silence_is_told(number, row):
    player, scene = row
    silence = scene.session.silence
    chosen = scene.step.options()[number - 1]
    player.press(pygame.K_0 + number)
    assert scene.session.silence != silence
    assert step(scene) == "Eruption answered"
    (answer,) = scene.step.answer
    assert answer in scene.in_words()
    if chosen[3].of_one:
        assert scene.names.partner(silence.a) in answer or scene.names.partner(silence.b) in answer
    player.press(pygame.K_RETURN)
    assert step(scene) != "Eruption answered"


def test_a_row_is_shown_once_more(row):
    player, scene = row
    for _second in range(8):
        player.wait(1)
    assert not scene.restless(player.t)
    player.press(pygame.K_r)
    player.wait(0.1)
    assert scene.restless(player.t)


def test_what_lies_in_the_diary_says_whom_it_is_for(seated):
    player, scene = to_diary(seated)
    player.press(pygame.K_1, pygame.K_1, pygame.K_2, pygame.K_s)
    player.tab_to("entry:0")
    boxes = Boxes(1280, 720)
    scene.draw(pygame.Surface((1280, 720)), Layout(1280, 720, 1.0, boxes), LIGHT, 9.0)
    names = [partner.name for partner in scene.observation.partners[:2]]
    shown = " ".join(boxes.names("text"))
    assert f"{names[0]} and {names[1]}"[:40] in shown


def test_a_mark_on_the_table_and_a_measure_answer_why(tmp_path):
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        if here == "Beats" and scene.session.turn == 2:
            break
    marks = [w for w in scene.widgets(LAYOUT) if w.key.startswith("mark:")]
    assert marks
    player.send(*click(marks[0].rect.center))
    dialog = player.stack.top
    _mark, one, other = marks[0].key.split(":")
    assert dialog.pair == (one, other)
    assert all(scene.names.partner(one) in reason.said for reason in dialog.reasons)
    player.press(pygame.K_ESCAPE, pygame.K_m)
    player.click_on("measure:delayed_transfers")
    assert player.stack.top.figure == "delayed_transfers"
    assert player.stack.top.reasons[0].said.startswith("Delayed transfers")


def test_nobody_asks_why_of_a_mark_while_aiming(tmp_path):
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        if here == "Aim" and scene.session.turn == 2:
            break
    assert not [w for w in scene.widgets(LAYOUT) if w.key.startswith("mark:")]
