"""How long a frame of the play screen takes, at 1080p, drawn in software.

    python benchmarks/frames.py [--size 1920x1080] [--text 1.0] [--turns 3] [--alone]

Plays some turns with the keyboard and times every frame: the screen standing still, partners
pointed at, the months running.  Then once more while a second process compiles the rules, as
a worker beside the game would, from nothing and over and over.  Prints the median, the 99th
percentile and the worst in milliseconds: as the clock saw it, and the processor's time of the
drawing thread alone, which says more on a machine that does other things as well.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import pygame
from play_through import at_the_table, play_with_keys, step

from game.view.layout import Layout
from game.view.theme import LIGHT

COMPILE = """
from sim.batch import Place, play_batch
from sim.library import scenario
from sim.playbooks import load_strategy
place = Place(scenario("dancing-around-the-table"))
play_batch(place, place.book(load_strategy("do-nothing")), [place.theta()], [1], months=[1])
"""
"""Compiles all that a run needs."""
Times = dict[str, list[tuple[float, float]]]


@contextmanager
def compiling() -> Iterator[subprocess.Popen[bytes]]:
    """A second process that compiles the rules, each time anew."""
    loop = (
        "import os, subprocess, sys, tempfile\n"
        "while True:\n"
        "    with tempfile.TemporaryDirectory() as folder:\n"
        "        env = {**os.environ, 'UNSAID_CACHE': folder}\n"
        "        subprocess.run([sys.executable, '-c', sys.argv[1]], env=env, check=True)\n"
    )
    worker = subprocess.Popen([sys.executable, "-c", loop, COMPILE], start_new_session=True)
    try:
        time.sleep(2.0)  # past the imports
        yield worker
    finally:
        os.killpg(worker.pid, 15)
        worker.wait()


def frames(layout: Layout, turns: int) -> Times:
    """Milliseconds of every frame by the clock and by the processor, by what was shown."""
    times: Times = {}
    with TemporaryDirectory() as folder:
        player, scene = at_the_table(Path(folder))
        player.layout = layout
        screen = pygame.Surface((layout.width, layout.height)).convert()

        def frame(kind: str) -> None:
            player.t += 1 / 60
            clock, used = time.perf_counter(), time.thread_time()
            scene.draw(screen, layout, LIGHT, player.t)
            taken = (time.perf_counter() - clock, time.thread_time() - used)
            times.setdefault(kind, []).append((taken[0] * 1000, taken[1] * 1000))

        for here in play_with_keys(player, scene):
            scene.update(player.t)
            moving = scene.motion is not None and scene.restless(player.t)
            frame(FIRST)  # what is new on it is set, rasterised and laid out, once
            for _frame in range(100 if moving else 30):
                frame("months running" if moving else "quiet")
            if here == "Diary":
                for partner in scene.observation.partners:
                    scene.hands.by_keyboard, scene.hands.hover = False, f"seat:{partner.id}"
                    frame(FIRST)
                    for _frame in range(12):
                        frame("pointed at")
                scene.hands.by_keyboard, scene.hands.hover = True, ""
            if scene.session.turn > turns or step(scene) == "Ending":
                break
    return times


FIRST = "first of a screen"
"""Its frames are one in hundreds: they are shown apart, so that the others can be judged."""


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, round(share * (len(values) - 1)))]


def report(title: str, times: Times) -> None:
    print(f"{title}:")
    going = [pair for kind, values in times.items() if kind != FIRST for pair in values]
    for kind, pairs in [*times.items(), ("all but first", going)]:
        said = []
        for what, values in zip(("clock", "processor"), map(list, zip(*pairs))):
            said.append(
                f"{what} median {statistics.median(values):5.2f} ms, "
                f"p99 {percentile(values, 0.99):6.2f}, worst {max(values):6.1f}"
            )
        print(f"{kind:>16}: {len(pairs):5} frames; {'; '.join(said)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--text", type=float, default=1.0)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="without the compiling neighbour")
    chosen = parser.parse_args()
    width, height = map(int, chosen.size.split("x"))
    pygame.display.init()
    pygame.font.init()
    window = pygame.Window("frames", (width, height), hidden=True)
    window.get_surface()
    layout = Layout(width, height, chosen.text)
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores{busy}, "
          f"Python {platform.python_version()}, pygame-ce {pygame.ver}, {chosen.size}, "
          f"text {chosen.text}")  # fmt: skip
    report("by itself", frames(layout, chosen.turns))
    if chosen.alone:
        return
    with compiling() as worker:
        report("while another process compiles", frames(layout, chosen.turns))
        if worker.poll() is not None:
            sys.exit("The compiling process did not last: these times say nothing.")


if __name__ == "__main__":
    main()
