"""What goes wrong around a room: disks, other windows, odd files, another pygame."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pygame
import pytest
from hands_on import Player

from game.desk import Desk
from game.loop import Loop
from game.scene import Reset, Scene, Stack
from game.scenes.briefing import BriefingScene
from game.scenes.dialogs import Dialog, problem
from game.scenes.library import LibraryScene
from game.scenes.play import PlayScene
from game.scenes.sessions import SessionsScene
from sim.journal import CannotSave, InUse, read
from sim.session import Session

if TYPE_CHECKING:
    from sim.scenario import Scenario


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    made = Desk(home, seed=7)
    yield made
    made.close()


def filled(desk: Desk) -> Player:
    player = Player(Stack(LibraryScene(desk)), desk.layout(1280, 720))
    while top(player).restless(0.0):
        player.wait(0.1)
    return player


def top(player: Player) -> Scene:
    assert player.stack.top is not None
    return player.stack.top


def begin(desk: Desk, scenario: Scenario) -> Player:
    """From the promise to the table, by keys."""
    scene = BriefingScene(desk, scenario)
    player = Player(Stack(scene), desk.layout(1280, 720))
    player.press(*[pygame.K_RETURN] * (scene.pages - 1), pygame.K_1, pygame.K_RETURN)
    assert isinstance(top(player), PlayScene)
    return player


# --- a home that cannot be written -----------------------------------------------------------


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which nothing can be made, whoever asks: a file stands in its place."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("UNSAID_HOME", str(tmp_path / "file" / "home"))
    return tmp_path / "file" / "home"


def test_where_nothing_can_be_saved_it_is_played_and_said(
    nowhere: Path, scenario: Scenario
) -> None:
    desk = Desk(nowhere, seed=7)
    filled(desk)  # the first screen opens all the same
    table = top(begin(desk, scenario))
    assert isinstance(table, PlayScene)
    (notice,) = desk.notices
    assert "nothing is saved" in notice
    assert str(nowhere) in notice
    assert "Not saved" in table.facts().badges
    table.session.choose_live("say_it_here")
    assert table.session.live_choice == "say_it_here"
    desk.change(theme="dark")
    assert desk.theme.name == "dark"


def test_a_session_is_saved_where_that_is_possible(desk: Desk, scenario: Scenario) -> None:
    table = top(begin(desk, scenario))
    assert isinstance(table, PlayScene)
    assert desk.notices == []
    assert "Not saved" not in table.facts().badges
    assert table.session.path is not None
    assert read(table.session.path).header["luck"]


def test_a_new_session_shows_as_much_as_was_set(desk: Desk, scenario: Scenario) -> None:
    desk.change(visibility="fog")
    table = top(begin(desk, scenario))
    assert isinstance(table, PlayScene)
    assert table.session.observe().visibility == "fog"


# --- a disk that is full ---------------------------------------------------------------------


def test_a_disk_that_fills_in_the_middle_of_a_turn(
    desk: Desk, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = Loop(desk)
    loop.stack = begin(desk, scenario).stack
    session = desk.session
    assert session is not None
    assert session.path is not None
    kept = read(session.path).lines

    def full(descriptor: int, content: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("sim.journal.file.os.write", full)
        loop._guarded(lambda: session.choose_live("say_it_here"))
    dialog = loop.stack.top
    assert isinstance(dialog, Dialog)
    assert "No space left" in dialog.text
    assert [choice.key for choice in dialog.choices] == ["unsaved", "again"]
    assert session.live_choice == "let_it_pass"  # as if nothing had been asked
    player = Player(loop.stack, desk.layout(1280, 720))
    player.press(pygame.K_RETURN)
    table = top(player)
    assert isinstance(table, PlayScene)
    assert "Not saved" in table.facts().badges
    session.choose_live("say_it_here")
    assert read(session.path).lines == kept


# --- two windows -----------------------------------------------------------------------------


def test_a_play_that_is_open_elsewhere_is_refused_with_what_to_do(
    desk: Desk, scenario: Scenario
) -> None:
    with Session.start(scenario, luck=7) as elsewhere:
        player = filled(desk)
        with pytest.raises(InUse) as refused:
            player.press(pygame.K_RETURN)
        dialog = problem(refused.value, desk)
        assert dialog.title == "This play is open somewhere else"
        assert "Close it there first" in dialog.text
        assert isinstance(top(player), LibraryScene)
        elsewhere.choose_live("say_it_here")  # and is none the worse for it
    player.press(pygame.K_RETURN)
    assert isinstance(top(player), PlayScene)


def test_what_is_played_goes_on_when_another_cannot_be_opened(
    desk: Desk, scenario: Scenario
) -> None:
    begin(desk, scenario)
    mine = desk.session
    with Session.start(scenario, luck=8) as elsewhere:
        assert elsewhere.path is not None
        with pytest.raises(InUse):
            desk.resume(elsewhere.path)
    assert desk.session is mine
    assert mine is not None
    assert mine.saved
    assert mine.path is not None
    assert isinstance(desk.resume(mine.path), PlayScene)  # our own, once more


# --- odd files -------------------------------------------------------------------------------


def test_a_folder_full_of_other_people_s_files(desk: Desk, scenario: Scenario) -> None:
    with Session.start(scenario, luck=7) as session:
        assert session.path is not None
        folder = session.path.parent
    (folder / "a-folder.jsonl").mkdir()
    (folder / "holiday.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "list.jsonl").write_text('{"milk": 2}\n', encoding="utf-8")
    (folder / "noise.jsonl").write_bytes(bytes(range(256)) * 40)
    (folder / "nothing.jsonl").write_bytes(b"")
    torn = folder / "torn.jsonl"
    torn.write_bytes(session.path.read_bytes()[:-40])
    broken = folder / "changed.jsonl"
    broken.write_bytes(session.path.read_bytes().replace(b'"turn":1', b'"turn":2'))
    before = {path.name: path.stat().st_size for path in folder.iterdir()}
    player = filled(desk)
    library = top(player)
    assert isinstance(library, LibraryScene)
    problems = {kept.path.name: kept.problem for kept in library.sessions}
    assert "is a folder" in problems["a-folder.jsonl"]
    assert "not a session of Left Unsaid" in problems["list.jsonl"]
    assert "not a session of Left Unsaid" in problems["noise.jsonl"]
    assert "cut off before it began" in problems["nothing.jsonl"]
    assert "was changed" in problems["changed.jsonl"]
    assert problems["torn.jsonl"] == problems[session.path.name] == ""
    assert "holiday.jpg" not in problems
    player.click_on("plays")
    told = top(player).in_words()
    assert isinstance(top(player), SessionsScene)
    assert all(line in told for line in problems.values())
    for number, kept in enumerate(library.sessions):
        if kept.problem:
            player.tab_to("back")
            top(player).hands.focus = f"session:{number}"  # type: ignore[attr-defined]
            player.press(pygame.K_RETURN)
            assert isinstance(top(player), SessionsScene)
    assert before == {path.name: path.stat().st_size for path in folder.iterdir()}


def test_a_play_that_vanishes_before_it_is_chosen(desk: Desk, scenario: Scenario) -> None:
    with Session.start(scenario, luck=7) as session:
        pass
    player = filled(desk)
    assert session.path is not None
    session.path.unlink()
    with pytest.raises(Exception, match="There is no session") as refused:
        player.press(pygame.K_RETURN)
    assert problem(refused.value, desk).title == "This play cannot be opened"
    assert isinstance(top(player), LibraryScene)


def test_a_scenario_that_vanishes_while_its_story_is_read(
    desk: Desk, scenario: Scenario, tmp_path: Path
) -> None:
    """What was read is what is played: the file is not needed again."""
    from sim.scenario import load_scenario, scenarios_folder

    file = tmp_path / "town.yaml"
    shipped = scenarios_folder() / f"{scenario.id}.yaml"
    file.write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    read_once = load_scenario(file)
    file.unlink()
    table = top(begin(desk, read_once))
    assert isinstance(table, PlayScene)
    path = table.session.path
    assert path is not None
    desk.close()
    assert isinstance(Reset(desk.resume(path)).scene, PlayScene)


def test_seat_cards_where_nothing_can_be_written(nowhere: Path, scenario: Scenario) -> None:
    desk = Desk(nowhere)
    scene = BriefingScene(desk, scenario)
    scene._turn_to(scene.pages - 2)
    with pytest.raises(CannotSave) as refused:
        Player(Stack(scene), desk.layout(1280, 720)).press(pygame.K_p)
    assert problem(refused.value, desk).title == "That cannot be done"


# --- another pygame --------------------------------------------------------------------------


def test_the_old_pygame_beside_ours_is_a_sentence(tmp_path: Path) -> None:
    """As pip would leave it: its description beside ours, whatever files won."""
    described = tmp_path / "pygame-2.6.1.dist-info"
    described.mkdir()
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: pygame\nVersion: 2.6.1\n")
    for program in (
        ["-c", "from sim.cli import main; main()", "play"],
        ["-m", "game"],
    ):
        done = subprocess.run(
            [sys.executable, *program],
            env=os.environ | {"PYTHONPATH": str(tmp_path), "UNSAID_LANGUAGE": "en"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 1
        assert "The old “pygame” is installed" in done.stderr
        assert "Traceback" not in done.stderr
