"""A session played on the screen, for tests: the same play every time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pygame
from hands_on import Player, key, typed

from game.desk import Desk
from game.scene import Stack
from game.scenes.play import PlayScene
from game.scenes.play_step import Seat
from game.view.layout import Layout
from game.view.theme import LIGHT
from sim.scenario import Scenario, load_scenario
from sim.session import Session

SCENARIO = "dancing-around-the-table"
LAYOUT = Layout(1280, 720)


@cache
def scenario() -> Scenario:
    return load_scenario(SCENARIO)


def at_the_table(
    folder: Path, *, luck: int = 3, session: Session | None = None
) -> tuple[Player, PlayScene]:
    """Somebody sitting down to a session, a new one unless given."""
    if session is None:
        promise = scenario().story.promises[0].id
        session = Session.start(scenario(), luck=luck, save=False, promise=promise)
    desk = Desk(folder)
    scene = desk.play(session)
    assert isinstance(scene, PlayScene)
    return Player(Stack(scene), LAYOUT), scene


def step(scene: PlayScene) -> str:
    """What is shown: the step's name, and its state where it has several."""
    name = type(scene.step).__name__.removesuffix("Step")
    if name == "Diary":
        if getattr(scene.step, "aim", None) is not None:
            return "Aim"
        return "Drawer" if getattr(scene.step, "drawer", False) else "Diary"
    if name == "Board" and getattr(scene.step, "reading", False):
        return "Minutes"
    if name == "Confidence":
        if getattr(scene.step, "done", ""):
            return "Confidence done"
        return "Confidence open" if getattr(scene.step, "open", False) else "Confidence"
    if name == "Eruption" and getattr(scene.step, "answer", ()):
        return "Eruption answered"
    return name


def _playable(scene: PlayScene) -> list[int]:
    """The cards of the hand that can be played now, by their place in it."""
    return [k for k, card in enumerate(scene.observation.hand) if card.playable]


def play_with_keys(player: Player, scene: PlayScene, most: int = 900) -> Iterator[str]:
    """Play to the years after with the keyboard alone; gives every screen on the way.

    Looks into the drawer once, aims, takes back, counts hands and leaves a note.
    """
    looked = False
    for _press in range(most):
        here = step(scene)
        yield here
        match here:
            case "Board":
                player.press(pygame.K_1 + scene.session.turn % 3)
            case "Diary" if not looked:
                looked = True
                player.press(pygame.K_d)
            case "Drawer":
                player.press(pygame.K_BACKSPACE)
            case "Diary" if len(scene.session.queue) < 2 and _playable(scene):
                able = _playable(scene)
                wanted = len(scene.session.queue) * 2
                player.press(pygame.K_1 + min(able, key=lambda k: (abs(k - wanted), k)))
            case "Diary":
                player.press(pygame.K_s)
            case "Aim":
                # whoever has a key, one after another, until nobody more is wanted
                keys = scene.step.hotkeys()
                chosen = getattr(scene.step, "aim").chosen  # noqa: B009
                free = [code for partner, code in keys.items() if partner not in chosen]
                player.press(ord(free[scene.session.turn % len(free)]))
                player.press(pygame.K_s)
            case "HandsUp":
                player.send(typed("7"), key(pygame.K_RETURN))
                if step(scene) == "HandsUp":  # nobody has said yet how many there are
                    player.send(typed("12"), key(pygame.K_RETURN))
            case "CarPark" if not any(said.kind == "note" for said in scene.session.said):
                player.tab_to("note")
                player.send(typed("Who was not here?"), key(pygame.K_RETURN))
            case "Inject" | "Confidence open":
                player.press(pygame.K_2)
            case "Eruption":
                player.press(pygame.K_1)
            case "Later":
                return
            case _:
                player.press(pygame.K_RETURN)
        if player.stack.top is not scene:
            return
    raise AssertionError(f"the play never ends: {step(scene)}, turn {scene.session.turn}")


def to_diary(seated: tuple[Player, PlayScene]) -> tuple[Player, PlayScene]:
    """Past the first board, letting what lies there pass."""
    player, scene = seated
    player.press(pygame.K_1)
    assert step(scene) == "Diary"
    return player, scene


def seat(scene: PlayScene, partner: str) -> tuple[int, int]:
    """The middle of a partner on the table."""
    widgets = scene.widgets(LAYOUT)
    return next(w.rect.center for w in widgets if isinstance(w, Seat) and w.partner == partner)


def picture(scene: PlayScene, size: tuple[int, int] = (1280, 720)) -> bytes:
    """The screen as bytes, long after whatever moved."""
    surface = pygame.Surface(size)
    scene.draw(surface, Layout(*size), LIGHT, 60.0)
    return pygame.image.tobytes(surface, "RGB")


def at_the_end(folder: Path) -> tuple[Player, PlayScene]:
    """Somebody before the ending's page."""
    player, scene = at_the_table(folder)
    for here in play_with_keys(player, scene):
        if here == "Ending":
            return player, scene
    raise AssertionError("it never ends")
