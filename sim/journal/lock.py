"""One copy of the program a session: a lock that the system takes back when a process dies."""

from __future__ import annotations

import errno
import os
import sys
from typing import Final

# Windows locks bytes, and a locked byte cannot be read: lock one far beyond any journal's end
_FAR: Final = 0x7FFF_0000
_UNSUPPORTED: Final = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}


def lock(descriptor: int) -> bool:
    """Lock an open file for this process; False when another holds it.

    The lock is gone when the descriptor is closed or the process dies, however it dies.
    A file system without locks is taken as free: to play there unguarded is better than
    not to play.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in _UNSUPPORTED
    return True
