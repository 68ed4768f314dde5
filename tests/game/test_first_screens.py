"""Library, briefing, dialogs: everything in its box, by keys alone, by mouse alone."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING

import pygame
import pytest
from hall import (
    SCENES,
    DeskForTests,
    Playing,
    draw,
    first_library,
    library,
    page,
    stack_of,
)
from hands_on import LANGUAGES, SIZES, TEXT_SIZES, Player, typed

from game.desk import Desk
from game.scene import Scene, Stack
from game.scenes import dialogs
from game.scenes.briefing import BriefingScene
from game.scenes.library import LibraryScene
from game.scenes.open_file import OpenFileDialog, open_file
from game.scenes.sessions import SessionsScene
from game.view.boxes import Boxes
from game.view.theme import THEMES, Theme
from sim.errors import UserError
from sim.journal import CannotSave
from sim.scenario import scenarios_folder

if TYPE_CHECKING:
    from sim.scenario import Scenario


@pytest.fixture
def desk(home: Path) -> DeskForTests:
    return DeskForTests(home)


BROKEN = "This file has an error. town.yaml:12:5: there is no partner “acute”."


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("language", LANGUAGES, indirect=True)
@pytest.mark.parametrize("text", TEXT_SIZES)
def test_everything_keeps_to_its_box(
    desk: DeskForTests, scenario: Scenario, name: str, text: float, language: str
) -> None:
    desk.change(text=text)
    faults = []
    for width, height in SIZES:
        layout = desk.layout(width, height, Boxes(width, height))
        draw(stack_of(desk, scenario, name), layout, desk.theme)
        assert layout.boxes is not None
        assert layout.boxes.names("text")
        faults += [f"{width}×{height}: {fault}" for fault in layout.boxes.faults()]
    assert faults == []


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("name", SCENES)
def test_drawing_twice_is_drawing_once(
    desk: DeskForTests, scenario: Scenario, name: str, theme: Theme
) -> None:
    stack, layout = stack_of(desk, scenario, name), desk.layout(1280, 720)
    first, again = (pygame.image.tobytes(draw(stack, layout, theme), "RGB") for _twice in "12")
    assert first == again


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_can_be_read_aloud(desk: DeskForTests, scenario: Scenario, name: str) -> None:
    top = stack_of(desk, scenario, name).top
    assert top is not None
    assert len(top.in_words()) > 20


def from_library(desk: DeskForTests, scenario: Scenario) -> Player:
    return Player(Stack(library(desk, scenario)), desk.layout(1280, 720))


def top(player: Player) -> Scene:
    assert player.stack.top is not None
    return player.stack.top


def test_from_the_library_to_the_first_turn_by_keys_alone(
    desk: DeskForTests, scenario: Scenario
) -> None:
    player = from_library(desk, scenario)
    player.tab_to("scenario:")
    player.press(pygame.K_RETURN)
    pages = len(scenario.story.briefing)
    player.press(*[pygame.K_RETURN] * pages)
    briefing = top(player)
    assert isinstance(briefing, BriefingScene)
    player.press(pygame.K_DOWN, pygame.K_DOWN)
    assert briefing.partner == 2
    player.press(pygame.K_RETURN)  # goes on, whoever was looked at
    assert briefing.page == briefing.pages - 1
    player.press(*[pygame.K_RETURN] * 5)  # there is no promise by default
    assert briefing.promise == ""
    assert top(player) is briefing
    player.press(pygame.K_3)
    player.press(pygame.K_RETURN)
    assert desk.began == (scenario.id, scenario.story.promises[2].id)
    assert isinstance(top(player), Playing)


def test_a_hurried_group_needs_enter_and_one_choice(desk: DeskForTests, scenario: Scenario) -> None:
    scene = BriefingScene(desk, scenario)
    player = Player(Stack(scene), desk.layout(1280, 720))
    player.press(*[pygame.K_RETURN] * (scene.pages - 1))
    player.press(pygame.K_2, pygame.K_RETURN)
    assert desk.began == (scenario.id, scenario.story.promises[1].id)


def test_a_promise_by_the_arrows(desk: DeskForTests, scenario: Scenario) -> None:
    scene = page(-1)(desk, scenario)
    player = Player(Stack(scene), desk.layout(1280, 720))
    player.press(pygame.K_UP)
    player.press(pygame.K_RETURN)
    assert scene.promise == scenario.story.promises[-1].id
    player.press(pygame.K_RETURN)
    assert desk.began == (scenario.id, scene.promise)


def test_from_the_library_to_the_first_turn_by_mouse_alone(
    desk: DeskForTests, scenario: Scenario
) -> None:
    player = from_library(desk, scenario)
    player.click_on("scenario:")
    for _page in scenario.story.briefing:
        player.click_on("next")
    player.click_on("partner:4")
    briefing = top(player)
    assert isinstance(briefing, BriefingScene)
    assert briefing.partner == 4
    player.click_on("next")
    player.click_on("next")  # nothing is promised yet
    assert top(player) is briefing
    player.click_on("promise:" + scenario.story.promises[1].id)
    player.click_on("next")
    assert desk.began == (scenario.id, scenario.story.promises[1].id)


def test_who_is_in_a_hurry_goes_straight_to_the_promise(
    desk: DeskForTests, scenario: Scenario
) -> None:
    player = from_library(desk, scenario)
    player.tab_to("scenario:")
    player.press(pygame.K_RETURN)
    player.tab_to("skip")
    player.press(pygame.K_RETURN)
    assert "promise" in top(player).in_words()
    player.press(*[pygame.K_ESCAPE] * (len(scenario.story.briefing) + 1))
    assert isinstance(top(player), BriefingScene)
    player.press(pygame.K_ESCAPE)
    assert isinstance(top(player), LibraryScene)


def test_enter_goes_on_with_the_newest_play_that_is_not_over(
    desk: DeskForTests, scenario: Scenario
) -> None:
    player = from_library(desk, scenario)
    assert "Go on" in top(player).in_words()
    player.press(pygame.K_RETURN)
    assert desk.resumed == Path("a")


def test_a_newcomer_s_enter_is_the_first_steps(desk: DeskForTests, scenario: Scenario) -> None:
    player = Player(Stack(first_library(desk, scenario)), desk.layout(1280, 720))
    player.press(pygame.K_RETURN)
    briefing = top(player)
    assert isinstance(briefing, BriefingScene)
    assert briefing.scenario.id == "first-steps"


def test_going_on_with_any_play_by_keys_and_by_mouse(
    desk: DeskForTests, scenario: Scenario
) -> None:
    by_keys = from_library(desk, scenario)
    by_keys.tab_to("plays")
    by_keys.press(pygame.K_RETURN)
    by_keys.tab_to("session:1")
    by_keys.press(pygame.K_RETURN)  # one that is over
    assert desk.resumed == Path("b")
    by_mouse = from_library(desk, scenario)
    by_mouse.click_on("plays")
    by_mouse.click_on("session:2")  # damaged: it says why, and stays where it is
    assert isinstance(top(by_mouse), SessionsScene)
    assert "line 12" in top(by_mouse).in_words()
    by_mouse.click_on("session:0")
    assert desk.resumed == Path("a")
    back = from_library(desk, scenario)
    back.click_on("plays")
    back.press(pygame.K_ESCAPE)
    assert isinstance(top(back), LibraryScene)


def test_a_file_opened_by_its_name(
    desk: DeskForTests, scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "my town.yaml"
    shipped = scenarios_folder() / f"{scenario.id}.yaml"
    file.write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    player = from_library(desk, scenario)
    player.press(pygame.K_o)
    player.press(pygame.K_RETURN)  # nothing typed yet
    assert isinstance(top(player), OpenFileDialog)
    player.send(typed(f"'{file}'"))
    player.press(pygame.K_RETURN)
    assert isinstance(top(player), BriefingScene)
    monkeypatch.setattr("game.scenes.open_file.paste", lambda: f"{tmp_path}/b.jsonl\n")
    (tmp_path / "b.jsonl").write_text("")
    by_mouse = from_library(desk, scenario)
    by_mouse.click_on("open")
    by_mouse.click_on("paste")
    by_mouse.click_on("open")
    assert desk.resumed == tmp_path / "b.jsonl"


@pytest.mark.parametrize(
    ("name", "told"),
    [("nowhere.yaml", "no file"), ("", "is a folder"), ("notes.txt", "neither a scenario nor")],
)
def test_a_file_that_cannot_be_opened_says_why(
    desk: DeskForTests, tmp_path: Path, name: str, told: str
) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(UserError, match=told):
        open_file(desk, tmp_path / name)


def test_settings_show_at_once_and_are_kept(desk: DeskForTests, scenario: Scenario) -> None:
    player = from_library(desk, scenario)
    player.click_on("settings")
    player.press(pygame.K_RIGHT, pygame.K_DOWN, pygame.K_RIGHT)
    assert (desk.theme.name, desk.settings.text) == ("dark", 1.3)
    assert Desk(desk.home).settings == desk.settings
    player.press(pygame.K_ESCAPE)
    assert isinstance(top(player), LibraryScene)


def test_a_home_that_cannot_be_written_is_no_disaster(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where a folder should be")
    desk = Desk(tmp_path / "home")
    desk.change(theme="dark")
    assert desk.theme.name == "dark"


def test_leaving(desk: DeskForTests, scenario: Scenario) -> None:
    player = from_library(desk, scenario)
    player.press(pygame.K_ESCAPE)
    assert "Leave Left Unsaid?" in top(player).in_words()
    player.press(pygame.K_RETURN)  # the ring is on Stay
    assert isinstance(top(player), LibraryScene)
    player.press(pygame.K_ESCAPE, pygame.K_ESCAPE)
    assert isinstance(top(player), LibraryScene)
    player.press(pygame.K_ESCAPE)
    player.tab_to("leave")
    player.press(pygame.K_RETURN)
    assert player.stack.top is None


def test_the_library_reads_one_file_between_two_frames(
    desk: DeskForTests, scenario: Scenario
) -> None:
    scene = LibraryScene(desk)
    assert (scene.files, scene.sessions) == ([], [])
    assert scene.restless(0.0)
    player = Player(Stack(scene), desk.layout(1280, 720))
    while scene.restless(0.0):
        player.wait(0.1)
    assert scenario.id in [file.name for file in scene.files]
    assert not scene.restless(1.0)
    assert scene.hands.focus == "first-steps"


def test_a_dialog_s_last_choice_is_escape(desk: DeskForTests, scenario: Scenario) -> None:
    for name in ("question", "problem", "help", "in words", "settings"):
        stack = stack_of(desk, scenario, name)
        Player(stack, desk.layout(1024, 640)).press(pygame.K_ESCAPE)
        assert len(stack.scenes) == 1


def test_files_dropped_on_the_window_open(
    desk: DeskForTests, scenario: Scenario, tmp_path: Path
) -> None:
    player = from_library(desk, scenario)
    shipped = str(scenarios_folder() / f"{scenario.id}.yaml")
    player.send(pygame.event.Event(pygame.DROPFILE, file=shipped))
    assert isinstance(top(player), BriefingScene)
    player = from_library(desk, scenario)
    (tmp_path / "mine.jsonl").write_text("")
    player.send(pygame.event.Event(pygame.DROPFILE, file=str(tmp_path / "mine.jsonl")))
    assert desk.resumed == tmp_path / "mine.jsonl"
    player = from_library(desk, scenario)
    player.send(pygame.event.Event(pygame.DROPTEXT, text=f"file://{shipped}"))
    assert isinstance(top(player), BriefingScene)
    player = from_library(desk, scenario)
    missing = pygame.event.Event(pygame.DROPFILE, file=str(tmp_path / "nowhere.yaml"))
    with pytest.raises(UserError):
        player.send(missing)


def test_a_file_with_errors_is_a_card_with_the_first_of_them(
    desk: DeskForTests, scenario: Scenario
) -> None:
    own = desk.home / "scenarios" / "broken-town.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("scenario: {id: broken-town, titel: Broken Town}\n", encoding="utf-8")
    player = Player(Stack(LibraryScene(desk)), desk.layout(1280, 720))
    while top(player).restless(0.0):
        player.wait(0.1)
    words = top(player).in_words()
    assert "**broken-town.yaml.** This file has an error. broken-town.yaml:1" in words
    player.tab_to(f"scenario:{own}")
    player.press(pygame.K_RETURN)
    assert "broken-town.yaml:1" in top(player).in_words()
    player.press(pygame.K_ESCAPE)
    # mended meanwhile: the next try finds it so
    shipped = scenarios_folder() / f"{scenario.id}.yaml"
    own.write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    player.press(pygame.K_RETURN)
    assert isinstance(top(player), BriefingScene)


@pytest.mark.parametrize("harm", ["vanishes", "breaks"])
def test_a_file_that_changes_between_library_and_briefing(
    desk: DeskForTests, scenario: Scenario, harm: str
) -> None:
    own = desk.home / "scenarios" / "town.yaml"
    own.parent.mkdir(parents=True)
    shipped = scenarios_folder() / f"{scenario.id}.yaml"
    own.write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    player = Player(Stack(LibraryScene(desk)), desk.layout(1280, 720))
    while top(player).restless(0.0):
        player.wait(0.1)
    if harm == "vanishes":
        own.unlink()
    else:
        own.write_text("scenario: [", encoding="utf-8")
    player.tab_to(f"scenario:{own}")
    player.press(pygame.K_RETURN)
    assert isinstance(top(player), dialogs.Dialog)
    assert "town.yaml" in top(player).in_words()
    player.press(pygame.K_ESCAPE)
    assert "**town.yaml.** This file has an error." in top(player).in_words()


def test_seat_cards_are_written_and_it_says_where(desk: DeskForTests, scenario: Scenario) -> None:
    scene = page(-2)(desk, scenario)
    player = Player(Stack(scene), desk.layout(1280, 720))
    player.press(pygame.K_p)
    assert scene.cards is not None
    assert scene.cards.parent == desk.home / "cards"
    shown = [getattr(widget, "text", "") for widget in scene.widgets(player.layout)]
    assert str(scene.cards) in [text.replace("\n", "") for text in shown]
    told = scene.cards.read_text(encoding="utf-8")
    assert all(partner.name in html.unescape(told) for partner in scenario.partners)
    assert scene.page == scene.pages - 2
    player.press(pygame.K_RETURN)
    assert scene.page == scene.pages - 1


@pytest.mark.parametrize("number", [0, 1, -1])
def test_seat_cards_are_written_from_any_page(
    desk: DeskForTests, scenario: Scenario, number: int
) -> None:
    scene = page(number)(desk, scenario)
    here = scene.page
    Player(Stack(scene), desk.layout(1280, 720)).press(pygame.K_p)
    assert scene.page == here
    assert scene.cards is not None
    assert scene.cards.is_file()
    assert str(scene.cards) in desk.notices[0]


def test_seat_cards_that_cannot_be_written(
    desk: DeskForTests, scenario: Scenario, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    desk.home = tmp_path / "file"
    with pytest.raises(CannotSave, match="file"):
        desk.seat_cards(scenario)
