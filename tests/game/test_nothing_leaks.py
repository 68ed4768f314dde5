"""Two localities that differ only in what nobody can see: every screen is the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pygame
import pytest
from play_through import LAYOUT, at_the_table, play_with_keys, step

from game.scenes import dialogs
from game.scenes.play import PlayScene
from game.scenes.play_why import FIGURES
from game.view.theme import LIGHT
from sim.fields import (
    AVOIDANCE,
    CANDOUR,
    HISTORY,
    MEASURES,
    SAFETY,
    TENSION,
    UNDERSTANDING,
    WEIGHT,
)
from sim.observation import Observation
from sim.rules.ledger import C_HUSHED, CAUSES, G_MEASURE, G_PAIR
from sim.rules.seen import MEASURE_LAG
from sim.session import Session
from sim.session.happened import KNOWN_CAUSES, SEEN_CAUSES


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


def live_it_otherwise(session: Session) -> None:
    """Other causes that nobody saw, in every month; other figures that nobody published yet.

    What a published figure moved by stays, for everybody saw that.
    """
    engine = session._play.engine
    now = engine.month
    named = SEEN_CAUSES | KNOWN_CAUSES | {"move", "inject", "shock"}
    months = []
    for month, booked in engine._ledgers:  # type: ignore[attr-defined]
        rows = booked.copy()
        unseen = np.array([CAUSES[int(row[4])] not in named for row in rows], dtype=bool)
        rows[unseen & (rows[:, 0] == G_PAIR), 7] *= -3.0
        of_measures = rows[:, 0] == G_MEASURE
        rows[unseen & of_measures, 4] = C_HUSHED
        for at in np.flatnonzero(of_measures):
            if month > now - max(0, MEASURE_LAG[int(rows[at, 1])]):
                rows[at, 7] = 9.0
        n = len(session.observe().partners)
        more = [
            [G_PAIR, field, a, b, C_HUSHED, 0, -1, 0.2]
            for field in range(3)
            for a in range(n)
            for b in range(n)
            if a != b
        ]
        months.append((month, np.concatenate([rows, more])))
    engine._ledgers = tuple(months)  # type: ignore[attr-defined]
    state = engine.locality.state  # type: ignore[attr-defined]
    for row in range(len(MEASURES)):
        lag = MEASURE_LAG[row]
        state.history[row, max(0 if lag < 0 else now - lag, 0) + 1 : now + 1] += 7.0


def screens(
    folder: Path, session: Session, codes: Sequence[int | str]
) -> Iterator[tuple[str, bytes, str]]:
    """The screen at which the session stands, and those that keys and clicks lead to, afresh."""
    player, scene = at_the_table(folder, session=session)
    for code in [0, *codes]:
        if isinstance(code, str):
            player.click_on(code)
        elif code:
            player.press(code)
        surface = pygame.Surface((LAYOUT.width, LAYOUT.height))
        player.stack.draw(surface, LAYOUT, LIGHT, 99.0)
        top = player.stack.top
        if isinstance(top, dialogs.Dialog):
            yield type(top).__name__, pygame.image.tobytes(surface, "RGB"), top.in_words()
            continue
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


WHY = [
    pygame.K_w, "view:seen", "view:partner", "partner:hospital", "partner:gps", "view:figure",
    *(f"figure:{measure}" for measure in FIGURES), pygame.K_ESCAPE,
    pygame.K_m, "measure:delayed_transfers", pygame.K_ESCAPE, pygame.K_ESCAPE,
]  # fmt: skip
"""Whatever can be asked after a reveal."""


@pytest.mark.parametrize("turn", [2, 3, 4])
@pytest.mark.parametrize("where", ["Board", "Beats"])
def test_causes_that_nobody_saw_change_no_answer(turn, where, tmp_path):
    """Of why something changed in the last turn, of a mark on the table, of a figure."""
    one = reach(tmp_path, turn, where).session
    other = reach(tmp_path, turn, where).session
    change_what_is_hidden(other)
    live_it_otherwise(other)
    assert seen(one) == seen(other)
    _player, scene = at_the_table(tmp_path, session=one)
    marks = [widget.key for widget in scene.widgets(LAYOUT) if widget.key.startswith("mark:")]
    asked = [*WHY, *(code for mark in marks for code in (mark, pygame.K_ESCAPE))]
    dialogs_seen = set()
    for mine, theirs in zip(
        screens(tmp_path, one, asked), screens(tmp_path, other, asked), strict=True
    ):
        assert mine[0] == theirs[0]
        assert mine[2] == theirs[2], f"{mine[0]} in words"
        assert mine[1] == theirs[1], f"{mine[0]}: other pixels"
        dialogs_seen.add(mine[0])
    assert {"WhyDialog", "MeasuresDialog"} <= dialogs_seen


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
