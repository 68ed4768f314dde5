"""Why: what could be seen, a partner, a figure, a mark on the table."""

from __future__ import annotations

import pygame
from hands_on import click
from play_through import (
    LAYOUT,
    at_the_end,
    at_the_table,
    play_with_keys,
)

from game.scenes.dialogs import Dialog
from game.scenes.play_why import WhyDialog
from game.view.boxes import Boxes
from game.view.layout import Layout
from game.view.theme import LIGHT


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
        assert all(0 <= why.size <= 3 and why.amount is None for why in reason.whys)
    boxes = Boxes(1280, 720)
    player.stack.draw(pygame.Surface((1280, 720)), Layout(1280, 720, 1.3, boxes), LIGHT, 60.0)
    assert [fault for fault in boxes.faults() if "cut short" in fault or "leaves" in fault] == []
    player.press(pygame.K_ESCAPE)
    assert player.stack.top is scene


def test_everything_is_explained_by_name_once_the_play_is_over(tmp_path, home):
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
