"""Write every scene of the game to docs/pictures: light, dark, and at the projector's text size.

    python docs/make_pictures.py [FOLDER] [--only NAME]

The same scenes as the tests look at (tests/gallery.py), 1280 × 720.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ["SDL_VIDEODRIVER"] = "dummy"
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import pygame
from gallery import exhibits
from PIL import Image

from game.view.layout import TEXT_SIZES, Layout
from game.view.theme import DARK, LIGHT

FOLDER = Path(__file__).resolve().parent / "pictures"
SIZE = (1280, 720)
LOOKS = {
    "light": (LIGHT, TEXT_SIZES[0]),
    "dark": (DARK, TEXT_SIZES[0]),
    "projector": (LIGHT, TEXT_SIZES[-1]),
}


def small(surface: pygame.Surface) -> Image.Image:
    """The picture in 256 colours of its own: a third of the bytes, and nobody sees it."""
    pixels = pygame.image.tobytes(surface, "RGB")
    picture = Image.frombytes("RGB", surface.get_size(), pixels)
    return picture.quantize(256, dither=Image.Dither.NONE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--only", default="", help="only scenes whose name begins so")
    chosen = parser.parse_args()
    chosen.folder = chosen.folder.resolve()
    pygame.display.init()
    pygame.font.init()
    window = pygame.Window("pictures", SIZE, hidden=True)
    window.get_surface()
    written: set[Path] = set()
    with TemporaryDirectory() as home:
        os.chdir(home)  # where things are kept is told on some screens: not in this machine's words
        os.environ["UNSAID_HOME"] = "left-unsaid"
        for exhibit in exhibits(Path("left-unsaid")):
            if not exhibit.name.startswith(chosen.only):
                continue
            for look, (theme, text) in LOOKS.items():
                path = chosen.folder / look / f"{exhibit.name}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                small(exhibit.draw(Layout(*SIZE, text), theme)).save(path, optimize=True)
                written.add(path)
    if not chosen.only:
        for path in set(chosen.folder.glob("*/*.png")) - written:
            path.unlink()  # of a scene that is no more
    print(f"{len(written)} pictures in {chosen.folder}")


if __name__ == "__main__":
    main()
