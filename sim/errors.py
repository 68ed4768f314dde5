"""What goes wrong because of what somebody gave us, said as a sentence.

Everything else that goes wrong is a fault of ours.
"""

from __future__ import annotations


class UserError(Exception):
    """Something a user gave is wrong: says where, what, and how to mend it.

    Each kind of user error is a subclass.  It is caught in one place only: the command
    line prints it and exits with 1, the game shows it in a dialog.

    ``message`` is a whole sentence in the reader's language; ``hint`` (optional) is
    another, saying what to do about it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message
