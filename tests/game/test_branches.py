"""The branches of a play: real sessions, by keys alone and by mouse alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pygame
import pytest
from hands_on import LANGUAGES, SIZES, TEXT_SIZES, Player, typed

from game.branching import Lane, lanes, suggestion
from game.desk import Desk
from game.scene import Stack
from game.scenes.branches import BranchesScene, NameDialog
from game.scenes.play import PlayScene
from game.view.boxes import Boxes
from sim.session import Session

sys.path.append(str(Path(__file__).parents[1] / "session"))
from scripted import play_turns

if TYPE_CHECKING:
    from sim.scenario import Scenario


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    made = Desk(home)
    yield made
    made.close()


@pytest.fixture
def family(desk: Desk, scenario: Scenario) -> dict[str, Path]:
    """Three plays: the first at its end, one that left it at turn 3, one that left that."""
    first = Session.start(scenario, luck=7)
    play_turns(first, 9)
    second = first.branch("What if we had said it", 3)
    play_turns(second, 4)
    third = second.branch("Another coffee", 4)
    paths = {"first": first.path, "second": second.path, "third": third.path}
    first.close()
    second.close()
    desk.session = third
    return {name: path for name, path in paths.items() if path is not None}


def open_tree(desk: Desk) -> tuple[Player, BranchesScene]:
    assert desk.session is not None
    table = desk.play(desk.session)
    scene = desk.branches(desk.session)
    assert isinstance(scene, BranchesScene)
    stack = Stack(table)
    stack.scenes.append(scene)
    return Player(stack, desk.layout(1280, 720)), scene


def test_the_family_as_lanes(desk: Desk, family: dict[str, Path], scenario: Scenario) -> None:
    assert desk.session is not None
    found = lanes(desk.session)
    assert [(lane.name, lane.above, lane.first, lane.last, lane.here) for lane in found] == [
        ("The first play", -1, 1, 8, False),
        ("What if we had said it", 0, 3, 4, False),
        ("Another coffee", 1, 4, 4, True),
    ]
    assert found[0].ending in [ending.title for ending in scenario.story.endings]
    assert [lane.ending for lane in found[1:]] == ["", ""]
    told = open_tree(desk)[1].in_words()
    assert "It left “What if we had said it” at turn 4." in told
    assert found[0].ending in told


def test_back_to_a_turn_by_keys_alone(desk: Desk, family: dict[str, Path]) -> None:
    player, _scene = open_tree(desk)
    player.press(pygame.K_UP, pygame.K_LEFT)
    assert player.stack.top.hands.focus == "dot:1:3"  # type: ignore[union-attr]
    player.press(pygame.K_RETURN)
    assert isinstance(player.stack.top, NameDialog)
    player.send(typed("The honest one"))  # takes the suggestion's place
    player.press(pygame.K_RETURN)
    assert isinstance(player.stack.top, PlayScene)
    assert len(player.stack.scenes) == 1
    session = desk.session
    assert session is not None
    assert (session.name, session.turn) == ("The honest one", 3)
    assert session.path not in family.values()
    assert len(lanes(session)) == 4
    for path in family.values():  # nobody holds them any more
        Session.resume(path).close()


def test_back_to_a_turn_by_mouse_alone(desk: Desk, family: dict[str, Path]) -> None:
    player, _scene = open_tree(desk)
    player.click_on("dot:0:6")
    player.click_on("begin")
    assert desk.session is not None
    assert (desk.session.name, desk.session.turn) == ("Turn 6, otherwise", 6)


def test_going_on_with_another_play(desk: Desk, family: dict[str, Path]) -> None:
    player, _scene = open_tree(desk)
    player.press(pygame.K_UP, pygame.K_RETURN)
    assert isinstance(player.stack.top, PlayScene)
    assert desk.session is not None
    assert desk.session.path == family["second"]
    player, _scene = open_tree(desk)
    player.click_on("lane:0")
    assert desk.session.path == family["first"]
    assert desk.session.ending is not None
    Session.resume(family["third"]).close()


def test_staying(desk: Desk, family: dict[str, Path]) -> None:
    for way in (pygame.K_ESCAPE, pygame.K_RETURN):  # Enter on where you are
        player, _scene = open_tree(desk)
        player.press(way)
        assert isinstance(player.stack.top, PlayScene)
        assert desk.session is not None
        assert desk.session.path == family["third"]
    player, _scene = open_tree(desk)
    player.click_on("dot:0:2")
    player.press(pygame.K_ESCAPE, pygame.K_ESCAPE)
    assert isinstance(player.stack.top, PlayScene)
    assert len(lanes(desk.session)) == 3


def test_a_parent_that_is_gone_and_one_that_is_damaged(desk: Desk, family: dict[str, Path]) -> None:
    family["first"].unlink()
    family["second"].write_text("nothing of ours\n", encoding="utf-8")
    player, scene = open_tree(desk)
    told = scene.in_words()
    assert "Its file is gone." in told
    for lane, number in ((lane, n) for n, lane in enumerate(scene.lanes) if lane.problem):
        player.click_on(f"lane:{number}")
        player.click_on(f"dot:{number}:{lane.first}")
        assert player.stack.top is scene


def test_an_unsaved_play_says_what_is_lost(desk: Desk, scenario: Scenario) -> None:
    desk.session = Session.start(scenario, luck=7, save=False)
    play_turns(desk.session, 1)
    desk.session.next_turn()
    player, scene = open_tree(desk)
    assert [(lane.last, lane.here) for lane in scene.lanes] == [(2, True)]
    player.click_on("dot:0:1")
    dialog = player.stack.top
    assert isinstance(dialog, NameDialog)
    assert "not saved" in dialog.text
    player.press(pygame.K_RETURN)
    assert desk.session.turn == 1
    assert not desk.session.saved


def test_a_suggestion_that_nobody_has_yet() -> None:
    known = (Lane("Turn 3, otherwise", -1, 1, 3), Lane("Turn 3, otherwise (2)", 0, 3, 3))
    assert suggestion(3, known) == "Turn 3, otherwise (3)"
    assert suggestion(4, known) == "Turn 4, otherwise"


MANY = (
    Lane("The first play", -1, 1, 8, ending="Two of them carry on"),
    Lane("What if we had said it at the first meeting and not the fourth", 0, 3, 6),
    Lane("", 1, 4, 4, problem="Its file is gone."),
    *(Lane(f"Turn {turn}, otherwise", 0, turn, turn + 1, here=turn == 5) for turn in range(2, 8)),
)


@pytest.mark.parametrize("dialog", [False, True])
@pytest.mark.parametrize("language", LANGUAGES, indirect=True)
@pytest.mark.parametrize("text", TEXT_SIZES)
def test_everything_keeps_to_its_box(
    desk: Desk, scenario: Scenario, text: float, language: str, dialog: bool
) -> None:
    desk.change(text=text)
    desk.session = Session.start(scenario, luck=7, save=False)
    scene = BranchesScene(desk.session, desk)
    scene.lanes = MANY
    scene.hands.focus = "dot:4:5"
    stack = Stack(scene)
    if dialog:
        stack.scenes.append(NameDialog(scene, MANY[1], 3))
    found = []
    for width, height in SIZES:
        layout = desk.layout(width, height, Boxes(width, height))
        stack.draw(pygame.Surface((width, height)).convert(), layout, desk.theme, 1.0)
        assert layout.boxes is not None
        found += [f"{width}×{height}: {fault}" for fault in layout.boxes.faults()]
    assert found == []


def test_from_the_table_and_back(desk: Desk, family: dict[str, Path]) -> None:
    assert desk.session is not None
    player = Player(Stack(desk.play(desk.session)), desk.layout(1280, 720))
    player.click_on("tool:branches")
    assert isinstance(player.stack.top, BranchesScene)
    player.click_on("back")
    assert isinstance(player.stack.top, PlayScene)
