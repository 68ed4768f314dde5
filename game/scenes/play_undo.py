"""What going back to the last reveal takes back, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.labels import listed
from sim.names import Names
from sim.words import _, ngettext

if TYPE_CHECKING:
    from sim.session import Session


def taken_back(session: Session, names: Names) -> str:
    """What an undo would take back now; ask before it is done."""
    record = session.records[-1]
    parts: list[str] = []
    if record.moves:
        parts.append(listed([f"“{names.move(move.move)}”" for move in record.moves]))
    if record.stopped:
        stopped = listed([f"“{names.move(move)}”" for move in record.stopped])
        parts.append(_("the end of {what}").format(what=stopped))
    if record.replies:
        parts.append(_("the answers"))
    months = max(0, session.month - record.first_month + 1)
    if months:
        parts.append(ngettext("{count} month", "{count} months", months).format(count=months))
    if record.answers:
        parts.append(_cards(len(record.answers)))
    if not parts:
        return _("Back at the board. The luck is the same.")
    return _("Taken back: {what}. The luck is the same.").format(what=_joined(parts))


def _cards(count: int) -> str:
    return ngettext("what you chose on a card", "what you chose on {count} cards", count).format(
        count=count
    )


def _joined(parts: Sequence[str]) -> str:
    """Parts that may hold an "and" of their own, in a row."""
    return "; ".join(parts)
