"""What a session decided and what came of it, kept safe on disk.

A journal is append-only, hash-chained JSON Lines (:mod:`sim.journal.chain`), one file a
session (:mod:`sim.journal.file`), in one folder (:mod:`sim.journal.shelf`).
"""

from __future__ import annotations

from sim.journal.chain import FORMAT, Line, Reading, pack, read_bytes, unpack
from sim.journal.errors import CannotSave, InUse, JournalError
from sim.journal.family import Branch, family
from sim.journal.file import Journal, read
from sim.journal.shelf import Kept, delete, forget, home_folder, new_path, sessions_folder, shelf

__all__ = [
    "FORMAT",
    "Branch",
    "CannotSave",
    "InUse",
    "Journal",
    "JournalError",
    "Kept",
    "Line",
    "Reading",
    "delete",
    "family",
    "forget",
    "home_folder",
    "new_path",
    "pack",
    "read",
    "read_bytes",
    "sessions_folder",
    "shelf",
    "unpack",
]
