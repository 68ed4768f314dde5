"""The only loop, in a window that nobody sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pygame
import pytest

from game.desk import Desk
from game.loop import Loop
from game.scene import Pop, Push, Scene, SceneChange
from game.scenes.dialogs import Dialog, TextDialog
from game.scenes.open_file import OpenFileDialog
from game.screen import in_pixels
from game.view.layout import Layout
from game.view.notice import Notice
from game.view.theme import Theme
from sim.errors import UserError
from sim.journal import CannotSave

Step = Callable[["Script"], SceneChange | None]


class Script(Scene):
    """Does one step a frame, then leaves."""

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)
        self.heard: list[int] = []
        self.sizes: list[tuple[int, int]] = []

    def handle(self, event: pygame.event.Event, layout: Layout) -> SceneChange | None:
        if event.type == pygame.KEYDOWN:
            self.heard.append(event.key)
        return None

    def update(self, t: float) -> SceneChange | None:
        return self.steps.pop(0)(self) if self.steps else Pop()

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, t: float) -> None:
        self.sizes.append((layout.width, layout.height))
        surface.fill(theme.background)

    def restless(self, t: float) -> bool:
        return True

    def in_words(self) -> str:
        return "What the script shows."


def post(code: int, mod: int = 0) -> Step:
    def step(script: Script) -> None:
        pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=""))

    return step


def nothing(script: Script) -> None:
    return None


@pytest.fixture
def loop(home: Path) -> Iterator[Loop]:
    made = Loop(Desk(home))
    made.desk.warm_up = lambda: None  # type: ignore[method-assign]
    made.open()
    pygame.event.clear()
    yield made
    made.close()


def play(loop: Loop, *steps: Step) -> Script:
    script = Script(*steps)
    assert loop.run(lambda: script) == 0
    return script


def test_the_window_is_up_and_named_before_there_is_a_scene(loop: Loop) -> None:
    assert loop.window is not None
    assert loop.window.title == "Left Unsaid"
    surface = loop.window.get_surface()
    assert len({tuple(surface.get_at((x, surface.get_height() // 2)))[:3]
                for x in range(surface.get_width())}) > 1  # fmt: skip


def test_keys_reach_the_scene_and_time_passes(loop: Loop) -> None:
    script = play(loop, post(pygame.K_a), nothing, nothing)
    assert script.heard == [pygame.K_a]
    assert len(script.sizes) == 3


def test_a_key_held_too_long_decides_once_but_moves_on(loop: Loop) -> None:
    enter, down = pygame.K_RETURN, pygame.K_DOWN

    def let_go(script: Script) -> None:
        pygame.event.post(pygame.event.Event(pygame.KEYUP, key=enter, mod=0, unicode=""))

    held = (post(enter), post(enter), post(down), post(down), let_go, post(enter), nothing)
    assert play(loop, *held, nothing).heard == [enter, down, down, enter]


def test_the_layout_follows_the_window(loop: Loop) -> None:
    def resize(script: Script) -> None:
        assert loop.window is not None
        loop.window.size = (1600, 1000)

    script = play(loop, nothing, resize, nothing, nothing)
    assert script.sizes[-1] == (1600, 1000)
    assert script.sizes[0] != (1600, 1000)


@pytest.mark.parametrize(
    ("code", "title"), [(pygame.K_F1, "Help"), (pygame.K_F2, "In plain words")]
)
def test_help_and_the_scene_in_words(
    loop: Loop, monkeypatch: pytest.MonkeyPatch, code: int, title: str
) -> None:
    seen: list[str] = []

    def leave(dialog: TextDialog, t: float) -> SceneChange:
        seen.append(dialog.title)
        return Pop()

    monkeypatch.setattr(TextDialog, "update", leave)
    play(loop, post(code), nothing, nothing)
    assert seen == [title]


def test_text_size_colours_and_full_screen_by_key(loop: Loop) -> None:
    play(loop, post(pygame.K_F3), post(pygame.K_F4), post(pygame.K_F11), nothing, nothing)
    settings = loop.desk.settings
    assert (settings.text, settings.theme, settings.full_screen) == (1.3, "dark", True)
    play(loop, post(pygame.K_F3), post(pygame.K_F4), post(pygame.K_F11), nothing, nothing)
    settings = loop.desk.settings
    assert (settings.text, settings.theme, settings.full_screen) == (1.0, "light", False)


def test_alt_f4_is_the_desktop_s(loop: Loop) -> None:
    play(loop, post(pygame.K_F4, pygame.KMOD_LALT), nothing)
    assert loop.desk.settings.theme == "light"


def test_f12_saves_a_picture_and_says_where(loop: Loop) -> None:
    play(loop, post(pygame.K_F12), nothing, nothing)
    (picture,) = loop.desk.pictures.glob("*.png")
    assert pygame.image.load(picture).get_size() == loop.window.size  # type: ignore[union-attr]
    assert loop.notice is not None
    assert str(picture) in loop.notice.words


def test_a_picture_that_cannot_be_saved_is_a_sentence(loop: Loop, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    loop.desk.pictures = tmp_path / "taken"
    play(loop, post(pygame.K_F12), nothing, nothing)
    assert loop.notice is not None
    assert "could not be saved" in loop.notice.words


def test_closing_the_window_leaves(loop: Loop) -> None:
    def close(script: Script) -> None:
        pygame.event.post(pygame.event.Event(pygame.QUIT))

    script = play(loop, close, *[nothing] * 50)
    assert len(script.steps) > 40


def test_what_somebody_did_wrong_becomes_a_dialog(
    loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def leave(dialog: Dialog, t: float) -> SceneChange:
        said.append(dialog.text)
        return Pop()

    def wrong(script: Script) -> None:
        raise UserError("The hospital cannot be asked twice.", "Ask somebody else.")

    monkeypatch.setattr(Dialog, "update", leave)
    script = play(loop, wrong, nothing)
    assert said == ["The hospital cannot be asked twice. Ask somebody else."]
    assert script.steps == []


def test_a_full_disk_offers_to_play_on_unsaved(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[bool] = []
    session = SimpleNamespace(
        saved=True, path=Path("x"), stop_saving=lambda: stopped.append(True), close=lambda: None
    )
    loop.desk.session = session  # type: ignore[assignment]

    def wrong(script: Script) -> None:
        raise CannotSave(Path("x"), OSError(28, "No space left on device"))

    def choose(dialog: Dialog, t: float) -> SceneChange | None:
        assert [choice.key for choice in dialog.choices] == ["unsaved", "again"]
        return dialog.choices[0].then()

    monkeypatch.setattr(Dialog, "update", choose)
    play(loop, wrong, nothing)
    assert stopped == [True]


def test_what_is_wrong_before_there_is_a_scene_is_the_caller_s(loop: Loop) -> None:
    def wrong() -> Scene:
        raise UserError("There is no scenario of that name.")

    with pytest.raises(UserError, match="no scenario"):
        loop.run(wrong)


class Still(Script):
    """Nothing moves; leaves when the time has come."""

    def __init__(self, until: float) -> None:
        super().__init__()
        self.until = until
        self.times: list[float] = []

    def update(self, t: float) -> SceneChange | None:
        self.times.append(t)
        return Pop() if t > self.until else None

    def restless(self, t: float) -> bool:
        return False


def test_nothing_is_drawn_in_vain(loop: Loop) -> None:
    still = Still(1.3)
    loop.run(lambda: still)
    assert 2 <= loop.drawn <= 5  # at the start, and for a clock twice a second


def test_a_mouse_that_moves_a_lot_is_drawn_a_little(loop: Loop) -> None:
    for x in range(300):
        pygame.event.post(
            pygame.event.Event(pygame.MOUSEMOTION, pos=(x, 5), rel=(1, 0), buttons=(0, 0, 0))
        )
    still = Still(0.4)
    loop.run(lambda: still)
    assert loop.drawn < 12


def test_out_of_sight_nothing_is_drawn_and_time_stands_still(
    loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(0, 1_000_000, 300))
    monkeypatch.setattr("game.loop.IDLE", 1)
    monkeypatch.setattr(pygame.time, "get_ticks", lambda: next(ticks))
    rounds = iter(range(100))
    drawn: list[int] = []

    def pumped(wait: int) -> pygame.event.Event:
        here = next(rounds)
        if here == 3:
            return pygame.event.Event(pygame.WINDOWMINIMIZED)
        drawn.append(loop.drawn)
        if here == 40:
            return pygame.event.Event(pygame.WINDOWRESTORED)
        return pygame.event.Event(pygame.NOEVENT)

    monkeypatch.setattr(pygame.event, "wait", pumped)
    loop._ticks = 0
    still = Still(3.0)
    loop.run(lambda: still)
    assert drawn[5] == drawn[35]  # while it was away
    assert loop.drawn > drawn[35]
    gaps = [b - a for a, b in pairwise(still.times)]
    assert max(gaps) == pytest.approx(0.3)


def test_a_lid_that_was_closed_swallows_nothing(
    loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter([0, 16, 3_600_016, 3_600_032, *range(3_600_050, 3_700_000, 700)])
    monkeypatch.setattr(pygame.time, "get_ticks", lambda: next(ticks))
    monkeypatch.setattr("game.loop.IDLE", 1)
    loop._ticks = 0
    still = Still(2.0)
    loop.run(lambda: still)
    assert max(b - a for a, b in pairwise(still.times)) <= 1.0


def test_a_place_on_a_fine_screen_is_told_in_its_pixels() -> None:
    click = pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(100, 50), button=1)
    assert in_pixels(click, (640, 360), (1280, 720)).pos == (200, 100)
    assert in_pixels(click, (640, 360), (1280, 720)).button == 1
    assert in_pixels(click, (1280, 720), (1280, 720)) is click
    letter = pygame.event.Event(pygame.KEYDOWN, key=pygame.K_a, mod=0)
    assert in_pixels(letter, (640, 360), (1280, 720)) is letter


def test_a_key_let_go_elsewhere_is_let_go(loop: Loop) -> None:
    def away(script: Script) -> None:
        pygame.event.post(pygame.event.Event(pygame.WINDOWFOCUSLOST))

    enter = pygame.K_RETURN
    assert play(loop, post(enter), away, post(enter), nothing, nothing).heard == [enter, enter]


def test_a_long_notice_stays_until_it_can_be_read() -> None:
    short, long = Notice("Saved.", 10.0), Notice("word " * 40, 10.0)
    assert not short.over(13.9)
    assert short.over(14.1)
    assert not long.over(15.0)
    assert long.over(40.0)


def test_letters_come_as_text_while_a_field_has_the_focus(
    loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(pygame.key, "start_text_input", lambda: told.append("start"))
    monkeypatch.setattr(pygame.key, "stop_text_input", lambda: told.append("stop"))
    left = iter([None, None, Pop()])
    monkeypatch.setattr(OpenFileDialog, "update", lambda dialog, t: next(left))
    play(loop, lambda script: Push(OpenFileDialog(loop.desk)), nothing, nothing)
    assert told == ["start", "stop"]


def test_a_dialog_is_no_place_to_ask_for_help(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    depths: list[int] = []
    frames = iter(range(4))

    def update(dialog: Dialog, t: float) -> SceneChange | None:
        depths.append(len(loop.stack.scenes))  # type: ignore[union-attr]
        if next(frames) == 0:
            post(pygame.K_F1)(Script())
            return None
        return Pop() if len(depths) > 2 else None

    monkeypatch.setattr(Dialog, "update", update)
    play(loop, lambda script: Push(Dialog("Question", "Really?")))
    assert set(depths) == {2}
