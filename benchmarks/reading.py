"""How long a play takes a room that reads everything aloud, by counting the words shown.

    python benchmarks/reading.py [--words-a-minute 150] [--talk 30] [--luck 3]

Plays a whole session and counts, screen by screen, the words that were not on the screen
before.  A stage of a turn lasts its own time (what the clock gives it) or as long as its words
take, whichever is longer; cards, confidences, surfacings and rows get their words and ``--talk``
seconds besides.  Prints minutes by stage and by turn.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import pygame
from play_through import at_the_table, play_with_keys

from game.scenes.play import PlayScene
from game.scenes.play_timer import SECONDS
from game.view.boxes import Boxes
from game.view.layout import Layout
from game.view.theme import LIGHT

STAGE = {
    "Board": "board", "Diary": "diary", "Drawer": "diary", "Aim": "diary", "Replies": "replies",
    "HandsUp": "hands", "Months": "months", "Beats": "months", "CarPark": "car_park",
}  # fmt: skip
SIZE = (1280, 720)
WITHOUT_TALK = {"News", "Ending", "Later"}


def shown(scene: PlayScene, size: tuple[int, int]) -> set[str]:
    """Every line of text on the screen."""
    boxes = Boxes(*size)
    scene.draw(pygame.Surface(size), Layout(*size, 1.0, boxes), LIGHT, 1e6)
    return set(boxes.names("text"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words-a-minute", type=float, default=150)
    parser.add_argument("--talk", type=float, default=20)
    parser.add_argument("--luck", type=int, default=3)
    chosen = parser.parse_args()
    pygame.display.init()
    pygame.font.init()
    window = pygame.Window("reading", SIZE, hidden=True)
    window.get_surface()
    reading: dict[tuple[int, str], float] = defaultdict(float)
    talk: dict[int, float] = defaultdict(float)
    before: set[str] = set()
    last: object = None
    with TemporaryDirectory() as home:
        player, scene = at_the_table(Path(home), luck=chosen.luck)
        for here in play_with_keys(player, scene):
            now = shown(scene, SIZE)
            turn = scene.session.turn
            words = sum(len(text.split()) for text in now - before)
            stage = STAGE.get(here, here.split()[0])
            reading[turn, stage] += words / chosen.words_a_minute * 60
            if here not in STAGE and here not in WITHOUT_TALK and scene.step is not last:
                talk[turn] += chosen.talk
            before, last = now, scene.step
    total = 0.0
    print(f"{chosen.words_a_minute:.0f} words a minute, luck {chosen.luck}; seconds")
    for turn in sorted({turn for turn, _stage in reading}):
        stages = {stage: s for (of, stage), s in reading.items() if of == turn}
        spent = sum(max(SECONDS.get(stage, 0.0), s) for stage, s in stages.items()) + talk[turn]
        total += spent
        told = ", ".join(f"{stage} {s:.0f}" for stage, s in stages.items())
        print(f"turn {turn}: {spent / 60:4.1f} min (words: {told}; talk {talk[turn]:.0f})")
    words_alone, clocks = sum(reading.values()), sum(SECONDS.values()) * scene.session.turns
    print(f"the words alone: {words_alone / 60:.0f} minutes; the clocks alone: {clocks / 60:.0f}")
    print(f"a play that keeps to the clocks, reads every card aloud and talks: {total / 60:.0f}")


if __name__ == "__main__":
    main()
