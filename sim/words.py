"""Every sentence a reader sees passes through here, so that it can be translated.

    from sim.words import _

    _("Come to the table")

The translation is looked up when the sentence is *used*, so :func:`use_language` may be
called at any time.  A ``_("…")`` at module level is read once, before anybody could have
chosen a language: put such words inside functions, or mark them with :func:`mark` and
translate where they are shown.
"""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path
from typing import Final

DOMAIN: Final = "left-unsaid"
LOCALE_FOLDER: Final = Path(__file__).parent / "locale"

_bound: list[_gettext.NullTranslations] = [_gettext.NullTranslations()]


def use_language(code: str) -> bool:
    """Translate into ``code`` ("de", "pt_BR") from now on; "" and "en" are the source.

    Returns False, and leaves the source text, where there is no such translation.
    """
    if code in ("", "en", "en_GB"):
        _bound[0] = _gettext.NullTranslations()
        return True
    found = _gettext.find(DOMAIN, LOCALE_FOLDER, [code])
    _bound[0] = _gettext.translation(DOMAIN, LOCALE_FOLDER, [code], fallback=True)
    return found is not None


def gettext(message: str) -> str:
    """The message in the reader's language."""
    # gettext("") returns a catalogue's header, never what a caller means
    return _bound[0].gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The message for ``count`` things in the reader's language; still holds its braces."""
    return _bound[0].ngettext(one, many, count)


def mark(message: str) -> str:
    """Mark a constant for translation, and return it as it is."""
    return message


_ = gettext
