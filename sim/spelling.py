"""What somebody probably meant, who wrote a name that nobody has."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

LEAST: Final = 3  # letters of a beginning that are worth a guess


def meant(name: str, known: Iterable[str]) -> str:
    """The known name that ``name`` was most likely meant to be, or "".

    Capitals and the kind of dash do not count.  A beginning ("dancing") or a piece
    ("around") serves where only one name has it; then a slip of the fingers.
    """
    names = {_plain(one): one for one in known}
    asked = _plain(name)
    if asked in names:
        return names[asked]
    if len(asked) >= LEAST:
        for fits in (str.startswith, str.__contains__):
            found = [plain for plain in names if fits(plain, asked)]
            if len(found) == 1:
                return names[found[0]]
    close = get_close_matches(asked, names, n=1, cutoff=0.6)
    return names[close[0]] if close else ""


def _plain(name: str) -> str:
    return "-".join(name.casefold().replace("_", " ").replace("-", " ").split())
