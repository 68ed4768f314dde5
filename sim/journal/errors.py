"""What can be wrong with a session's file, as sentences."""

from __future__ import annotations

from pathlib import Path

from sim.errors import UserError
from sim.words import _


class JournalError(UserError):
    """A session's file cannot be opened: it says where, what, and how to mend it.

    ``path`` is the file, ``line`` the line at fault counted from 1, or 0 for the whole
    file.  Whoever raises this has left the file exactly as it was.
    """

    def __init__(self, message: str, hint: str = "", path: Path | None = None, line: int = 0):
        super().__init__(message, hint)
        self.path = path
        self.line = line


class InUse(JournalError):
    """Another copy of the program has this session open."""

    def __init__(self, path: Path):
        super().__init__(
            _("The session {file} is open in another window.").format(file=path.name),
            _("Close it there first, or start another session here."),
            path,
        )


class CannotSave(UserError):
    """What was decided cannot be written down; the session stands as it did before.

    ``path`` is the file or folder that refused.
    """

    def __init__(self, path: Path, error: OSError):
        super().__init__(
            _("This could not be saved in {file}: {reason}.").format(
                file=path, reason=error.strerror or str(error)
            ),
            _("Free some space or choose a folder you may write to, or play on unsaved."),
        )
        self.path = path
