"""How far a sweep has got: a bar on a terminal, a line now and then elsewhere, or nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol, TextIO

from sim.words import _

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

EVERY: Final = 30.0
"""Seconds between two lines where there is no terminal."""


class Progress(Protocol):
    """What a sweep tells while it runs."""

    def note(self, sentence: str) -> None:
        """Something worth saying once."""
        ...

    def begin(self, runs: int, chunks: int, *, runs_done: int = 0, chunks_done: int = 0) -> None:
        """So many runs in so many chunks, of which some are done already."""
        ...

    def add(self, runs: int) -> None:
        """A chunk with so many runs is safe."""
        ...

    def beat(self) -> None:
        """Nothing new, but time has passed."""
        ...

    def end(self) -> None:
        """No more will be told."""
        ...


class Quiet:
    """Nothing at all."""

    def note(self, sentence: str) -> None:
        """Say nothing."""

    def begin(self, runs: int, chunks: int, *, runs_done: int = 0, chunks_done: int = 0) -> None:
        """Say nothing."""

    def add(self, runs: int) -> None:
        """Say nothing."""

    def beat(self) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Say nothing."""


class Counting:
    """Counts what is done, and at what rate."""

    def __init__(self, clock: float | None = None) -> None:
        self._runs = self._chunks = self._done = self._chunks_done = self._before = 0
        self._began = time.monotonic() if clock is None else clock

    def begin(self, runs: int, chunks: int, *, runs_done: int = 0, chunks_done: int = 0) -> None:
        """Begin to count; the rate leaves out what was done before."""
        self._runs, self._chunks = runs, chunks
        self._done = self._before = runs_done
        self._chunks_done = chunks_done
        self._began = time.monotonic()

    def add(self, runs: int) -> None:
        """Count a chunk."""
        self._done += runs
        self._chunks_done += 1

    def told(self) -> str:
        """Runs a second, time left, chunks."""
        seconds = time.monotonic() - self._began
        lived = self._done - self._before
        parts = []
        if lived and seconds > 0:
            rate = lived / seconds
            parts.append(_("{rate} runs a second").format(rate=number(rate)))
            left = (self._runs - self._done) / rate
            if self._done < self._runs:
                parts.append(_("{time} left").format(time=span(left)))
        parts.append(
            _("chunk {done} of {chunks}").format(
                done=number(self._chunks_done), chunks=number(self._chunks)
            )
        )
        return ", ".join(parts)


class Lines(Counting):
    """A line every half a minute, for logs."""

    def __init__(self, out: TextIO | None = None, every: float = EVERY) -> None:
        super().__init__()
        self._out = sys.stderr if out is None else out
        self._every = every
        self._last = time.monotonic()

    def note(self, sentence: str) -> None:
        """The sentence on a line."""
        print(sentence, file=self._out, flush=True)

    def add(self, runs: int) -> None:
        """Count, and tell if it is time."""
        super().add(runs)
        self.beat()

    def beat(self) -> None:
        """Tell if it is time."""
        if time.monotonic() - self._last >= self._every:
            self._last = time.monotonic()
            self.note(
                _("{done} of {runs} runs; {more}").format(
                    done=number(self._done), runs=number(self._runs), more=self.told()
                )
            )

    def end(self) -> None:
        """No last line: what is said at the end says it all."""


class Bar(Counting):
    """A bar on the terminal."""

    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False)
        self._bars: Bars | None = None

    def note(self, sentence: str) -> None:
        """The sentence above the bar."""
        from rich.text import Text

        self._console.print(Text(sentence))

    def begin(self, runs: int, chunks: int, *, runs_done: int = 0, chunks_done: int = 0) -> None:
        """Show the bar."""
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bars

        super().begin(runs, chunks, runs_done=runs_done, chunks_done=chunks_done)
        self._bars = Bars(
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.description}"),
            console=self._console,
            transient=True,
            expand=True,
        )
        self._bars.add_task(self.told(), total=runs, completed=runs_done)
        self._bars.start()

    def add(self, runs: int) -> None:
        """Move the bar."""
        super().add(runs)
        self.beat()

    def beat(self) -> None:
        """Tell the time left anew."""
        if self._bars is not None:
            self._bars.update(self._bars.task_ids[0], completed=self._done, description=self.told())

    def end(self) -> None:
        """Take the bar away."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None


def for_terminal(*, quiet: bool = False) -> Progress:
    """A bar if there is a terminal to show it on, lines if there is none."""
    if quiet:
        return Quiet()
    return Bar() if sys.stderr.isatty() else Lines()


@contextmanager
def ending(progress: Progress) -> Iterator[Progress]:
    """Whatever happens, the bar is taken away."""
    try:
        yield progress
    finally:
        progress.end()


def number(value: float) -> str:
    """A count with its thousands apart; a rate below ten with one decimal."""
    return f"{value:,.1f}" if value < 10 and value != int(value) else f"{value:,.0f}"


def span(seconds: float) -> str:
    """A length of time as people say it."""
    if seconds < 1:
        return _("less than a second")
    if seconds < 100:
        return _("{count} s").format(count=round(seconds))
    minutes = round(seconds / 60)
    if minutes < 100:
        return _("{count} min").format(count=minutes)
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)
    return _("{days} days").format(days=number(round(hours / 24)))


def size(count: float) -> str:
    """A number of bytes as people say it."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} TB"
