"""Our own mistakes: what is known goes to a file, and a sentence says where."""

from __future__ import annotations

import sys
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

from sim import __version__
from sim.words import _


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


def in_words(session: Path | None, unsaved: bool, report: Path | None) -> str:
    """What to tell a room full of people when the program breaks."""
    parts = [_("Something broke, and it is our fault, not yours.")]
    if session is not None and not unsaved:
        parts.append(
            _(
                "Everything you decided is safe in {file}. Start again and choose it under "
                "“Go on with”, or run: unsaid play --resume"
            ).format(file=session)
        )
    elif unsaved:
        parts.append(_("You were playing without saving: this play is lost, and we are sorry."))
    if report is not None:
        parts.append(
            _("What we know about it is in {file}. Please send it to us.").format(file=report)
        )
    return "\n\n".join(parts)
