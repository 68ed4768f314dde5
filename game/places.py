"""Files as people name them: shown, and as typed, pasted or dropped."""

from __future__ import annotations

import os
import re
from pathlib import Path


def shown(path: Path) -> str:
    """A path for reading, with "~" for the reader's own folder where the system knows that."""
    if os.name != "posix":
        return str(path)
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def meant(text: str) -> Path | None:
    """The file somebody typed, pasted or dropped; None for nothing at all.

    Takes off quotation marks and the spaces around, understands "~" and ``file://``, and
    a space that a terminal wrote with a backslash.
    """
    text = text.strip().strip("\"'“”‘’").strip()
    if not text:
        return None
    if text.lower().startswith("file:"):
        text = _of_address(text)
    elif os.name == "posix":
        text = re.sub(r"\\(.)", r"\1", text)
    try:
        return Path(text).expanduser()
    except RuntimeError:  # "~somebody" whom this system does not know
        return Path(text)


def _of_address(text: str) -> str:
    """The file that an address such as ``file:///home/me/my%20town.yaml`` names."""
    from urllib.parse import unquote, urlsplit  # slow, and seldom needed

    path = unquote(urlsplit(text).path)
    return path.lstrip("/") if re.match(r"/+[A-Za-z]:", path) else path
