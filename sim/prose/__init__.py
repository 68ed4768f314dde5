"""The written words: for each thing that can happen, many ways to say it.

Only words, marked for translation.  :mod:`sim.phrases` knows which of them fits an event,
:mod:`sim.told` which of them a group has read already.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.prose import answers, lived, minuted, silence, trust, work

WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    **silence.WAYS,
    **work.WAYS,
    **{f"TRUST_{name}": ways for name, ways in trust.WAYS.items()},
    **{f"REPLY_{name}": ways for name, ways in answers.WAYS.items()},
    **{f"MINUTES_{name}": ways for name, ways in minuted.WAYS.items()},
    **{f"RESIDENT_{name}": ways for name, ways in lived.WAYS.items()},
}
"""Pool → the ways to say it, in the source language, with their gaps in braces."""
