"""How long a frame of the play screen takes, at 1080p, drawn in software.

    python benchmarks/frames.py [--size 1920x1080] [--text 1.0] [--busy]

Plays a few turns with the keyboard and times every frame: the table standing still, the table
changing, partners pointed at, cards, a row.  ``--busy`` keeps another process computing, as a
compiling worker would.  Prints the median, the 99th percentile and the worst, in milliseconds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import pygame
from play_through import at_the_table, play_with_keys, step

from game.view.layout import Layout
from game.view.theme import LIGHT


def compute() -> None:
    """What a busy neighbour does."""
    while True:
        sum(k * k for k in range(100_000))


def frames(layout: Layout, turns: int) -> dict[str, list[float]]:
    """Milliseconds of every frame, by what was shown."""
    times: dict[str, list[float]] = {}
    with TemporaryDirectory() as folder:
        player, scene = at_the_table(Path(folder))
        player.layout = layout
        screen = pygame.Surface((layout.width, layout.height)).convert()

        def frame(kind: str) -> None:
            player.t += 1 / 60
            begun = time.perf_counter()
            scene.draw(screen, layout, LIGHT, player.t)
            times.setdefault(kind, []).append((time.perf_counter() - begun) * 1000)

        for here in play_with_keys(player, scene):
            scene.update(player.t)
            moving = scene.motion is not None and scene.restless(player.t)
            for _frame in range(75):
                frame("changing" if moving else "still")
            if here == "Diary":
                for partner in scene.observation.partners:
                    scene.hands.by_keyboard, scene.hands.hover = False, f"seat:{partner.id}"
                    for _frame in range(45):
                        frame("pointed at")
                scene.hands.by_keyboard, scene.hands.hover = True, ""
            if scene.session.turn > turns or step(scene) == "Ending":
                break
    return times


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, round(share * (len(values) - 1)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--text", type=float, default=1.0)
    parser.add_argument("--turns", type=int, default=4)
    parser.add_argument("--busy", action="store_true")
    chosen = parser.parse_args()
    width, height = map(int, chosen.size.split("x"))
    pygame.display.init()
    pygame.font.init()
    window = pygame.Window("frames", (width, height), hidden=True)
    window.get_surface()
    neighbour = None
    if chosen.busy:
        neighbour = multiprocessing.get_context("spawn").Process(target=compute, daemon=True)
        neighbour.start()
    times = frames(Layout(width, height, chosen.text), chosen.turns)
    if neighbour is not None:
        neighbour.terminate()
    every = [value for values in times.values() for value in values]
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
          f"Python {platform.python_version()}, pygame-ce {pygame.ver}, {chosen.size}, "
          f"text {chosen.text}{', a busy neighbour' if chosen.busy else ''}")  # fmt: skip
    for kind, values in [*times.items(), ("all", every)]:
        print(f"{kind:>11}: {len(values):5} frames, median {statistics.median(values):5.2f} ms, "
              f"p99 {percentile(values, 0.99):6.2f} ms, worst {max(values):6.1f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
