"""What the pages of findings are put together from: tables, numbers with their intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.effects import catalogue

Data = Mapping[str, Any]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown, numbers to the right."""
    ruler = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ruler, *rows])


def within(interval: Sequence[float], digits: int = 2) -> str:
    """A mean and half its interval."""
    mean, low, high = interval
    return f"{mean:.{digits}f} ± {(high - low) / 2:.{digits}f}"


def move(id: str) -> str:
    """A move as readers know it."""
    return catalogue()[id].name if id in catalogue() else id


def about(title: str, words: str, data: Data, module: str) -> str:
    """The head of a page, and how to have it again."""
    return (
        f"# {title}\n\n{words}\n\nWritten by `docs/make_findings.py` from what `python -m "
        f"sim.facts.{module}` found under rules `{data['rules']}`; no number here was typed. "
        "The places are made up, and the model predicts none. Intervals are 95%, over lucks."
    )
