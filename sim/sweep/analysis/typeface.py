"""The house's type, for figures and for the page.

It lies with the window, which `sim` must not import; without it (a library installed
alone) figures are set in matplotlib's own type, the page in the reader's.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[3] / "game" / "assets" / "fonts"
FAMILY: Final = "Atkinson Hyperlegible Next"
REGULAR: Final = "AtkinsonHyperlegibleNext_400Regular.ttf"
BOLD: Final = "AtkinsonHyperlegibleNext_700Bold.ttf"


def font_files() -> tuple[Path, ...]:
    """Regular and bold; () where they are not installed."""
    files = (FOLDER / REGULAR, FOLDER / BOLD)
    return files if all(file.is_file() for file in files) else ()


@cache
def font_faces() -> str:
    """The same as CSS, inside the page; the licence (OFL) allows embedding."""
    rules = []
    for weight, file in zip((400, 700), font_files(), strict=False):
        data = b64encode(file.read_bytes()).decode("ascii")
        rules.append(
            f"@font-face {{ font-family: 'Atkinson'; font-weight: {weight}; "
            f"src: url(data:font/ttf;base64,{data}); }}"
        )
    return "\n".join(rules)
