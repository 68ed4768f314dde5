"""Our own mistakes: what is known goes to a file, and sentences say what is safe."""

from __future__ import annotations

import sys
import tempfile
import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sim import __version__
from sim.words import _

if TYPE_CHECKING:
    from sim.session import Session


@dataclass(frozen=True)
class Fault:
    """One fault of ours, and what it leaves.

    ``file`` is the session that was being played, safe on disk; ``unsaved`` is that
    session itself where it had none, kept so that it can go on.  ``again`` when it broke
    before anything more had been decided.
    """

    report: Path | None
    file: Path | None = None
    unsaved: Session | None = None
    again: bool = False


def save(error: BaseException, home: Path) -> Path | None:
    """Write what is known of a fault; where, or None when nothing can be written at all."""
    told = f"Left Unsaid {__version__}, Python {sys.version.split()[0]} on {sys.platform}\n\n"
    told += "".join(traceback.format_exception(error))
    name = f"fault-{datetime.now():%Y-%m-%d-%H%M%S-%f}.txt"
    for folder in (home / "faults", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(told, encoding="utf-8")
        except OSError:
            continue
        return folder / name
    return None


def what_happened(fault: Fault) -> str:
    """One sentence: that it broke, and whose fault it is."""
    if fault.again:
        return _("It broke again, in the same place. It is still our fault, not yours.")
    return _("Something broke, and it is our fault, not yours.")


def what_is_safe(fault: Fault) -> str:
    """Whether anything that was decided is lost: it is not."""
    if fault.file is not None:
        return _("Nothing you decided is lost: it was written down before you saw it.")
    if fault.unsaved is not None:
        return _("Nothing you decided is lost, as long as this window stays open.")
    return _("No play was open: there is nothing to lose.")


def in_words(fault: Fault) -> str:
    """The same for the terminal, with where everything is."""
    parts = [what_happened(fault), what_is_safe(fault)]
    if fault.file is not None:
        words = _("The play is in {file}. Go on with: unsaid play --resume")
        parts.append(words.format(file=fault.file))
    if fault.report is not None:
        words = _("What we know about it is in {file}. Please send it to us.")
        parts.append(words.format(file=fault.report))
    return "\n".join(parts)
