"""``python -m game [SCENARIO]``: the window without the command line."""

from __future__ import annotations

import sys

from game.app import main
from sim.errors import UserError

try:
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))
except UserError as error:
    sys.exit(str(error))
