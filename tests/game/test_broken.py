"""When a scene breaks: nothing decided is lost, the room sees a calm screen, play goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pygame
import pytest
from hands_on import LANGUAGES, SIZES, TEXT_SIZES, Player

from game.desk import Desk
from game.faults import Fault
from game.loop import FAULT, Loop
from game.scene import Scene, SceneChange, Stack
from game.scenes.broken import BrokenScene
from game.scenes.library import LibraryScene
from game.scenes.play import PlayScene
from game.view.boxes import Boxes
from game.view.layout import Layout
from game.view.theme import Theme
from sim.journal import read
from sim.session import Session

if TYPE_CHECKING:
    from sim.scenario import Scenario

WAYS = ("handle", "update", "draw")


class Breaking(Scene):
    """Breaks in one of its methods."""

    def __init__(self, way: str) -> None:
        self.way = way

    def _here(self, way: str) -> None:
        if way == self.way:
            raise ZeroDivisionError("one over nobody")

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        self._here("handle")
        return None

    def update(self, t: float) -> SceneChange | None:
        self._here("update")
        return None

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        surface.set_clip((0, 0, 10, 10))  # in the midst of drawing something small
        self._here("draw")

    def restless(self, t: float) -> bool:
        return True


@pytest.fixture
def loop(home: Path) -> Iterator[Loop]:
    made = Loop(Desk(home))
    made.desk.warm_up = lambda: None  # type: ignore[method-assign]
    made.open()
    pygame.event.clear()
    yield made
    made.desk.close()
    made.close()


CLOSE = -1


def press(code: int) -> None:
    if code == CLOSE:
        pygame.event.post(pygame.event.Event(pygame.QUIT))
        return
    for kind in (pygame.KEYDOWN, pygame.KEYUP):
        pygame.event.post(pygame.event.Event(kind, key=code, mod=0, unicode=""))


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Keys to press whenever a scene has been drawn, by the scene's class; what was seen."""
    seen: list[str] = []

    def watch(loop: Loop, keys: dict[str, list[int]]) -> list[str]:
        draw = Loop._draw

        def and_press(self: Loop, t: float) -> None:
            draw(self, t)
            assert self.stack is not None
            name = type(self.stack.top).__name__
            if not seen or seen[-1] != name:
                seen.append(name)
            if keys.get(name):
                press(keys[name].pop(0))
            assert self.drawn < 100, f"still at {name}"

        monkeypatch.setattr(Loop, "_draw", and_press)
        return seen

    return watch


def playing(loop: Loop, scenario: Scenario, *, save: bool = True) -> Session:
    session = Session.start(scenario, luck=7, save=save)
    session.choose_live("say_it_here")
    loop.desk.session = session
    return session


@pytest.mark.parametrize("way", WAYS)
def test_a_scene_breaks_and_the_play_goes_on(
    loop: Loop, home: Path, scenario: Scenario, way: str, watched: Callable[..., list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    session = playing(loop, scenario)
    file = session.path
    assert file is not None
    decided = len(read(file).lines)
    seen = watched(
        loop,
        {"Breaking": [pygame.K_a], "BrokenScene": [pygame.K_RETURN], "PlayScene": [CLOSE]},
    )
    press(pygame.K_a)
    assert loop.run(lambda: Breaking(way)) == 0
    assert [name for name in seen if name != "Breaking"][:2] == ["BrokenScene", "PlayScene"]
    assert len(read(file).lines) == decided
    (report,) = (home / "faults").glob("*.txt")
    assert "one over nobody" in report.read_text(encoding="utf-8")
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert file.name in told
    assert report.name in told


def test_an_unsaved_play_goes_on_from_memory(
    loop: Loop, scenario: Scenario, watched: Callable[..., list[str]]
) -> None:
    session = playing(loop, scenario, save=False)
    kept: list[object] = []
    press(pygame.K_a)

    def step(scene: PlayScene, t: float) -> SceneChange | None:
        kept.append(scene.session)
        loop.stack.scenes.clear()  # type: ignore[union-attr]
        return None

    watched(loop, {"BrokenScene": [pygame.K_RETURN]})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PlayScene, "update", step)
        loop.run(lambda: Breaking("handle"))
    assert kept == [session]
    assert session.live_choice == "say_it_here"


def test_what_breaks_twice_in_one_place_is_left_for_the_first_screen(
    loop: Loop, scenario: Scenario, watched: Callable[..., list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    playing(loop, scenario)

    def broken(scene: PlayScene, *given: object) -> None:
        raise ZeroDivisionError("always")

    monkeypatch.setattr(PlayScene, "draw", broken)
    enter = [pygame.K_RETURN, pygame.K_RETURN]
    seen = watched(loop, {"BrokenScene": enter, "LibraryScene": [CLOSE]})
    assert loop.run(lambda: Breaking("update")) == 0
    assert seen == ["BrokenScene", "LibraryScene"]  # the first Enter resumed, and it broke again


def test_leaving_from_the_calm_screen_says_that_something_broke(
    loop: Loop, watched: Callable[..., list[str]]
) -> None:
    seen = watched(loop, {"BrokenScene": [pygame.K_ESCAPE]})
    assert loop.run(lambda: Breaking("update")) == FAULT
    assert seen == ["BrokenScene"]


def test_a_first_scene_that_cannot_be_made_is_shown_as_well(
    loop: Loop, watched: Callable[..., list[str]]
) -> None:
    def wrong() -> Scene:
        raise ZeroDivisionError("before anything")

    seen = watched(loop, {"BrokenScene": [pygame.K_ESCAPE]})
    assert loop.run(wrong) == FAULT
    assert seen == ["BrokenScene"]


def test_even_the_calm_screen_may_break(
    loop: Loop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []

    def broken(scene: BrokenScene, *given: object) -> None:
        raise ZeroDivisionError("here too")

    def plain(surface: object, layout: object, theme: object, words: str) -> None:
        shown.append(words)
        press(pygame.K_SPACE)

    monkeypatch.setattr(BrokenScene, "draw", broken)
    monkeypatch.setattr("game.loop.plainly", plain)
    assert loop.run(lambda: Breaking("update")) == FAULT
    assert "our fault, not yours" in shown[-1]
    assert "Traceback" not in capsys.readouterr().err + shown[-1]


LONG = Path.home() / "a-folder-with-a-rather-long-name" / ("x" * 60)
FAULTS = {
    "saved": Fault(LONG / "fault.txt", file=LONG / "2015-04-01-0930-dancing-3f9a.jsonl"),
    "again": Fault(LONG / "fault.txt", file=LONG / "town.jsonl", again=True),
    "unsaved": Fault(LONG / "fault.txt", unsaved=object()),  # type: ignore[arg-type]
    "no play": Fault(None),
}


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("language", LANGUAGES, indirect=True)
@pytest.mark.parametrize("text", TEXT_SIZES)
def test_everything_keeps_to_its_box(home: Path, name: str, text: float, language: str) -> None:
    desk = Desk(home)
    desk.change(text=text)
    found = []
    for width, height in SIZES:
        layout = desk.layout(width, height, Boxes(width, height))
        surface = pygame.Surface((width, height)).convert()
        BrokenScene(desk, FAULTS[name]).draw(surface, layout, desk.theme, 1.0)
        assert layout.boxes is not None
        found += [f"{width}×{height}: {fault}" for fault in layout.boxes.faults()]
    assert found == []


def test_by_mouse_alone(home: Path) -> None:
    desk = Desk(home)
    player = Player(Stack(BrokenScene(desk, FAULTS["again"])), desk.layout(1280, 720))
    player.click_on("first")
    assert isinstance(player.stack.top, LibraryScene)
