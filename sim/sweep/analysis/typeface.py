"""The house's type for figures; without it (a library installed alone) matplotlib's own."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sim.report.pages import ASSETS, FONTS

FAMILY: Final = "Atkinson Hyperlegible Next"


def font_files() -> tuple[Path, ...]:
    """Regular and bold; () where they are not installed."""
    files = tuple(ASSETS / "fonts" / name for name, _weight, style in FONTS if style == "normal")
    return files if all(file.is_file() for file in files) else ()
