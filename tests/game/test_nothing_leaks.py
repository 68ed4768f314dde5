"""Two localities that differ only in what nobody can see: every screen is the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest
from play_through import LAYOUT, at_the_table, play_with_keys, step

from game.scenes import dialogs
from game.scenes.play import PlayScene
from game.view.theme import LIGHT
from sim.fields import (
    AVOIDANCE,
    CANDOUR,
    HISTORY,
    SAFETY,
    TENSION,
    UNDERSTANDING,
    WEIGHT,
)
from sim.observation import Observation
from sim.session import Session


def reach(folder: Path, board: int, where: str) -> PlayScene:
    """The same play each time, up to that turn's first screen of that kind."""
    player, scene = at_the_table(folder)
    for here in play_with_keys(player, scene):
        if here == where and scene.session.turn == board:
            return scene
    raise AssertionError(f"no {where} in turn {board}")


def change_what_is_hidden(session: Session) -> None:
    """Other dispositions, other tensions, other weights of what lies unsaid."""
    state = session._play.engine.locality.state  # type: ignore[attr-defined]
    n = state.partner.shape[1]
    for i in range(n):
        for field in (AVOIDANCE, SAFETY):
            state.partner[field, i] = 1.0 - state.partner[field, i]
        for j in range(n):
            if i == j:
                continue
            state.pair[TENSION, i, j] += 0.4
            state.pair[HISTORY, i, j] += 0.3
            state.pair[CANDOUR, i, j] += 0.2
            state.pair[UNDERSTANDING, i, j] = 1.0 - state.pair[UNDERSTANDING, i, j]
    for m in range(state.matter.shape[1]):
        state.matter[WEIGHT, m] += 0.5
    session._seen = None


def screens(folder: Path, session: Session, codes: list[int]) -> Iterator[tuple[str, bytes, str]]:
    """The screen at which the session stands, and those that the keys lead to, afresh."""
    player, scene = at_the_table(folder, session=session)
    for code in [0, *codes]:
        if code:
            player.press(code)
        surface = pygame.Surface((LAYOUT.width, LAYOUT.height))
        scene.draw(surface, LAYOUT, LIGHT, 99.0)
        told = dialogs.words_dialog(scene)
        yield step(scene), pygame.image.tobytes(surface, "RGB"), told.text if told else ""


def seen(session: Session) -> Observation:
    session._seen = None
    return session.observe()


@pytest.mark.parametrize("turn", [1, 2, 4])
@pytest.mark.parametrize(
    ("where", "codes"),
    [
        ("Board", [pygame.K_1, pygame.K_d, pygame.K_BACKSPACE, pygame.K_1, pygame.K_1, pygame.K_2,
                   pygame.K_s]),
        ("Beats", [pygame.K_RETURN, pygame.K_RETURN]),
    ],
    ids=["choosing", "revealed"],
)  # fmt: skip
def test_equal_observations_equal_pixels(turn, where, codes, tmp_path):
    one = reach(tmp_path, turn, where).session
    other = reach(tmp_path, turn, where).session
    assert one.state() == other.state()
    change_what_is_hidden(other)
    assert one.state() != other.state()
    assert seen(one) == seen(other)
    for mine, theirs in zip(
        screens(tmp_path, one, codes), screens(tmp_path, other, codes), strict=True
    ):
        assert mine[0] == theirs[0]
        assert mine[2] == theirs[2], f"{mine[0]} in words"
        assert mine[1] == theirs[1], f"{mine[0]}: other pixels"


def test_what_can_be_seen_does_change_the_picture(tmp_path):
    """The test above could fail: one band of one partner's stretch, and pixels differ."""
    one, other = reach(tmp_path, 2, "Board").session, reach(tmp_path, 2, "Board").session
    state = other._play.engine.locality.state  # type: ignore[attr-defined]
    from sim.fields import BACKING

    state.place[BACKING] = 0.05 if state.place[BACKING] > 0.5 else 0.95
    assert seen(one) != seen(other)
    (mine,) = screens(tmp_path, one, [])
    (theirs,) = screens(tmp_path, other, [])
    assert mine[1] != theirs[1]
