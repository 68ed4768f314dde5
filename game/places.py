"""Files as people name them: shown, and as typed, pasted or dropped."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname


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
        text = url2pathname(urlsplit(text).path)
    elif os.name == "posix":
        text = re.sub(r"\\(.)", r"\1", text)
    try:
        return Path(text).expanduser()
    except RuntimeError:  # "~somebody" whom this system does not know
        return Path(text)
