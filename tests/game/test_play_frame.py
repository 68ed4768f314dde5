"""The frame of the play screen: its tools, its words, and what the keys do there."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pygame
import pytest
from hands_on import Player, click, typed
from looked_at import pixels, reach, words_shown
from play_through import LAYOUT, at_the_table, play_with_keys, step

from game.scenes.assumptions import AssumptionsDialog, in_force
from game.scenes.blackout import Blackout
from game.scenes.dialogs import Dialog
from game.scenes.legend import LegendDialog
from game.scenes.measures import MeasuresDialog, ordered
from game.scenes.play import PlayScene
from game.scenes.play_band import TOOLS
from game.scenes.play_foot import headline, title_of
from game.scenes.play_layout import areas
from game.scenes.play_strip import fitting, money_short
from game.scenes.play_told import span
from game.view.boxes import Boxes
from game.view.layout import Layout
from game.view.theme import LIGHT
from sim.scenario import load_scenario
from sim.session import Session


@pytest.fixture
def seated(tmp_path: Path) -> tuple[Player, PlayScene]:
    return at_the_table(tmp_path)


# --- the keys do what is expected -----------------------------------------------------------


def test_no_decision_lies_under_the_ring_by_itself(tmp_path):
    """Enter by habit decides nothing, however often, and says what would."""
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        if here in ("Board", "Inject", "Confidence open"):
            assert scene.hands.focus.partition(":")[0] not in ("live", "option", "do"), here
        if scene.session.turn > 3:
            break
    player, scene = at_the_table(tmp_path)
    player.press(pygame.K_RETURN, pygame.K_RETURN, pygame.K_RETURN)
    assert step(scene) == "Board"
    assert "numbers" in scene.desk.notices[-1]
    player.press(pygame.K_DOWN)
    assert scene.hands.focus.startswith("live:")
    player.press(pygame.K_RETURN)
    assert step(scene) != "Board"


def test_leaving_asks_and_the_ring_is_on_staying(seated):
    player, scene = seated
    player.press(pygame.K_ESCAPE)
    assert isinstance(player.stack.top, Dialog)
    player.press(pygame.K_RETURN)
    assert player.stack.top is scene
    player.press(pygame.K_ESCAPE, pygame.K_ESCAPE)
    assert player.stack.top is scene


def test_escape_and_the_black_screen_work_where_the_whole_window_is_taken(tmp_path, monkeypatch):
    player, scene = at_the_table(tmp_path)
    monkeypatch.setattr(type(scene.step), "whole_window", True)
    assert not any(widget.key == "tool:help" for widget in scene.widgets(LAYOUT))
    player.press(pygame.K_b)
    assert isinstance(player.stack.top, Blackout)
    player.press(pygame.K_x, pygame.K_ESCAPE)
    assert isinstance(player.stack.top, Dialog)
    assert player.stack.top.hands.focus == "stay"


def test_all_measures_can_be_opened_while_a_hint_lies_over_the_chart(tmp_path):
    scenario = load_scenario("first-steps")
    promise = scenario.story.promises[0].id
    session = Session.start(scenario, luck=3, save=False, promise=promise)
    player, scene = at_the_table(tmp_path, session=session)
    assert scene.hint()
    player.press(pygame.K_m)
    assert isinstance(player.stack.top, MeasuresDialog)


def test_a_click_on_the_chart_opens_all_measures(seated):
    player, _scene = seated
    place = areas(LAYOUT).chart
    player.send(*click((place.x + 30, place.bottom - 30)))
    assert isinstance(player.stack.top, MeasuresDialog)


def test_tab_reaches_every_tool_and_each_says_what_it_is(tmp_path):
    player, scene = reach(tmp_path, "Diary", turn=2)
    there = {w.key: w for w in scene.widgets(LAYOUT) if w.key.startswith("tool:")}
    assert {"tool:pause", "tool:why", "tool:assumptions", "tool:leave"} <= set(there)
    assert set(there) <= {f"tool:{tool.key}" for tool in TOOLS}
    for name, widget in there.items():
        assert widget.hint
        player.tab_to(name)


def test_tools_lie_over_the_side_panel_and_apart(tmp_path):
    _player, scene = reach(tmp_path, "Diary", turn=2)
    for size in ((1024, 640), (1280, 720), (3840, 2160)):
        for text in (1.0, 1.3):
            layout = Layout(*size, text)
            place = areas(layout)
            rects = [w.rect for w in scene.widgets(layout) if w.key.startswith("tool:")]
            assert all(place.side.x <= r.x and r.right <= place.side.right for r in rects)
            assert all(a.right <= b.left for a, b in pairwise(rects))


@pytest.mark.parametrize(
    ("code", "kind"),
    [(pygame.K_m, MeasuresDialog), (pygame.K_a, AssumptionsDialog), (pygame.K_l, LegendDialog)],
)
def test_a_key_opens_it_and_escape_closes_it(code, kind, seated):
    player, scene = seated
    player.press(code)
    assert isinstance(player.stack.top, kind)
    assert len(player.stack.top.in_words()) > 100
    player.press(pygame.K_ESCAPE)
    assert player.stack.top is scene
    if kind is not AssumptionsDialog:  # there the key is a letter to search for
        player.press(code, code)
        assert player.stack.top is scene


# --- what it says ---------------------------------------------------------------------------


def test_the_stepper_names_the_stages_of_this_turn(tmp_path):
    player, scene = at_the_table(tmp_path)
    for here in play_with_keys(player, scene):
        turn = scene.session.turn
        asked = any(question.turn == turn for question in scene.scenario.time.hands_up)
        assert ("hands" in scene.stages()) is asked
        expected = {"Board": "board", "Diary": "diary", "Aim": "diary", "Replies": "replies",
                    "HandsUp": "hands", "Months": "months", "Inject": "months",
                    "Beats": "months", "CarPark": "car_park"}.get(here)  # fmt: skip
        if expected:
            assert scene.clock.stage == expected
            names = words_shown(scene, 5.0, (1920, 1080))
            assert {"The board", "The diary", "The months", "The car park"} <= names
        if turn > 2:
            break


def test_money_can_be_read_from_across_a_room():
    assert [money_short(v) for v in (900, 1250, 880, 45, 0)] == [
        "£0.9m", "£1.2m", "£880k", "£45k", "£0k",
    ]  # fmt: skip


@pytest.mark.parametrize("which", range(3))
def test_the_headline_is_what_the_promise_is_about(which, tmp_path):
    scenario = load_scenario("dancing-around-the-table")
    promise = scenario.story.promises[which]
    session = Session.start(scenario, luck=3, save=False, promise=promise.id)
    _player, scene = at_the_table(tmp_path, session=session)
    assert scene.headline == promise.measure == headline(scenario, promise.title)
    assert title_of(promise.measure)[0] in words_shown(scene, 5.0)
    assert scene.facts().tied
    assert "Our promise is about this" in scene.in_words()
    assert headline(scenario, "") == "emergency_admissions"
    unpromised = Session.start(scenario, luck=3, save=False, promise="")
    _player, scene = at_the_table(tmp_path, session=unpromised)
    assert not scene.facts().tied
    assert "Our promise" not in scene.in_words()


def test_what_the_room_reads_in_strip_and_foot_is_large(seated):
    """A line of type 29 high at 1080p stands 34 tall."""
    _player, scene = seated
    boxes = Boxes(1920, 1080)
    scene.draw(pygame.Surface((1920, 1080)), Layout(1920, 1080, 1.0, boxes), LIGHT, 5.0)
    tall = {box.name: box.drawn.height for box in boxes.boxes if box.kind == "text"}
    for name in ("places", "money", "patience above", "left", "now", "at first", "Who pays",
                 "per 100,000 adults a day", "timer"):  # fmt: skip
        assert tall[name] >= 33, (name, tall[name])


def test_no_moves_is_drawn_labelled_and_said(tmp_path):
    scenario = load_scenario("dancing-around-the-table")
    session = Session.start(scenario, luck=3, save=False, promise="")
    _player, scene = at_the_table(tmp_path, session=session)
    shown = words_shown(scene, 5.0)
    assert {"no moves", "now", "at first", "slow: expect little before year 3"} <= shown
    assert "Had nobody moved" in scene.in_words()


def test_all_measures_begin_with_one_that_leads_one_between_one_that_lags(tmp_path):
    _player, scene = reach(tmp_path, "Beats", turn=2)
    names = ordered(list(scene.observation.series))
    assert names[:3] == ["staff_joint_working", "delayed_transfers", "emergency_admissions"]
    dialog = MeasuresDialog(scene)
    shown = {w.key for w in dialog.hands.placed(dialog.widgets(LAYOUT)) for w in [w.widget]}
    assert {f"measure:{name}" for name in names} <= shown
    assert "trust" not in names
    assert "tension" not in names


def test_assumptions_put_first_what_this_play_sets_differently(tmp_path):
    scenario = load_scenario("dancing-around-the-table")
    session = Session.start(
        scenario, luck=3, save=False, promise=scenario.story.promises[0].id,
        parameters={"trust_gain": 0.06}, theories=["silence_is_harmless"],
    )  # fmt: skip
    said = in_force(session)
    assert {one.name for one in said if one.changed} == {"trust_gain", "silence_is_harmless"}
    assert all(one.changed for one in said[:2])
    gain = next(one for one in said if one.name == "trust_gain")
    assert "0.06" in gain.note
    assert "0.04" in gain.note  # what is usual
    assert "measured among people or teams" in gain.note


def test_assumptions_can_be_searched_and_scrolled(seated):
    player, _scene = seated
    player.press(pygame.K_a)
    dialog = player.stack.top
    assert isinstance(dialog, AssumptionsDialog)
    all_of_them = len(dialog.found())
    player.press(pygame.K_PAGEDOWN)
    assert dialog.hands.scrolled["assumptions"] > 0
    player.send(typed("hearsay"))
    assert 1 <= len(dialog.found()) < all_of_them
    assert all("hearsay" in one.name or "heard" in one.sentence for one in dialog.found())
    assert not dialog.hands.scrolled.get("assumptions")
    player.send(typed(" and unicorns"))
    assert dialog.found() == []
    assert any(item.widget.key == "none" for item in dialog.hands.placed(dialog.widgets(LAYOUT)))


def test_help_tells_the_step_the_keys_and_the_strip(seated):
    _player, scene = seated
    text = scene.help_text()
    assert scene.step.help() in text
    for said in ("Space", "black", "Candles", "Escape", "**M**", "**A**"):
        assert said in text


def test_badges_that_have_no_room_are_counted(seated):
    """Nothing unusual is silent, however narrow the window."""
    _player, scene = seated
    layout = Layout(1024, 640, 1.3)
    badges = ("Tutorial", "Replay", "Branch", "All visible", "Other rules", "Not saved")
    assert fitting(layout, badges, 9999) == badges
    for room in range(60, 700, 20):
        shown = fitting(layout, badges, room)
        rest = int(shown[-1][1:]) if shown[-1].startswith("+") else 0
        named = shown[:-1] if rest else shown
        assert (*named,) == badges[: len(named)]
        assert len(named) + rest == len(badges)
    scene.badges = lambda: badges
    assert all(badge in scene.in_words() for badge in badges)
    for size in ((1024, 640), (1920, 1080)):
        for text in (1.0, 1.3):
            boxes = Boxes(*size)
            scene.draw(pygame.Surface(size), Layout(*size, text, boxes), LIGHT, 5.0)
            assert [fault for fault in boxes.faults() if "+" in fault or "Tutorial" in fault] == []


def test_a_session_set_up_otherwise_says_so(tmp_path):
    scenario = load_scenario("dancing-around-the-table")
    promise = scenario.story.promises[0].id
    for settings in ({"theories": ["silence_is_harmless"]}, {"parameters": {"trust_gain": 0.06}},
                     {"shocks": "full"}, {"replies": False}):  # fmt: skip
        session = Session.start(scenario, luck=3, save=False, promise=promise, **settings)
        assert "Other rules" in at_the_table(tmp_path, session=session)[1].badges()
    session = Session.start(scenario, luck=3, save=False, promise=promise, visibility="fog")
    assert "Fog" in at_the_table(tmp_path, session=session)[1].badges()


def test_months_are_said_briefly():
    assert span("July 2015", "September 2015") == "July to September 2015"
    assert span("December 2015", "February 2016") == "December 2015 to February 2016"
    assert span("July 2015", "July 2015") == "July 2015"


# --- standing still -------------------------------------------------------------------------


def test_with_reduced_motion_every_picture_is_its_last(tmp_path):
    player, scene = reach(tmp_path, "Beats", turn=2)
    player.press(pygame.K_r)  # the table would change again
    player.wait(0.1)
    assert scene.restless(player.t)
    scene.desk.change(timer=False)
    moving = pixels(scene, player.t)
    scene.desk.change(reduced_motion=True)
    assert not scene.restless(player.t)
    still = pixels(scene, player.t)
    assert still != moving
    assert still == pixels(scene, player.t + 0.7) == pixels(scene, player.t + 30)
