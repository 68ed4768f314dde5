"""What a group has been told already: nothing is said to it twice in the same words.

The order of the ways is drawn from the play's luck, so that two plays begin differently;
after that, what is chosen depends only on what was told before it.  Same play, same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from sim.draws import MASK, key32, mix
from sim.words import _

_AGAIN: Final = 1000  # far more often than anything can happen in a play


class Told:
    """Chooses words, and remembers them.

    ``key`` is the play's luck; ``said`` what was told elsewhere.
    """

    def __init__(self, key: int, said: Iterable[str] = ()) -> None:
        self._key = mix(key & MASK, (key >> 32) & MASK)
        self._used: dict[str, int] = {}  # pool -> ways taken from it so far
        self._orders: dict[tuple[str, int], list[int]] = {}
        self.said: set[str] = set(said)

    def order(self, pool: str, count: int) -> list[int]:
        """The ways of a pool in this play's order."""
        if (pool, count) not in self._orders:
            seed = mix(self._key, key32(pool))
            ranked = sorted(range(count), key=lambda way: (mix(seed, way + 1), way))
            self._orders[pool, count] = ranked
        return self._orders[pool, count]

    def say(
        self, pool: str, ways: Sequence[str], fill: Callable[[str], str], when: str = ""
    ) -> str:
        """The next way of a pool, filled in, that has not been told yet.

        Ways that nobody has heard come first.  When every one of them would repeat itself,
        the sentence says ``when`` (a month, a meeting), and in the end how often it was so.
        """
        order = self.order(pool, len(ways))
        first = self._used.get(pool, 0)
        for step in range(len(order)):
            words = fill(ways[order[(first + step) % len(order)]])
            if words not in self.said:
                self._used[pool] = first + step + 1
                self.said.add(words)
                return words
        words = fill(ways[order[first % len(order)]])
        self._used[pool] = first + 1
        return self.again(words, when)

    def again(self, words: str, when: str = "") -> str:
        """Words that may have been told, made different by when they are told."""
        tried = words
        if words in self.said and when:
            tried = _("{words} That was in {when}.").format(words=words, when=when)
        count = 2
        while tried in self.said and count < _AGAIN:
            tried = _("{words} It is the same again, {count} times now.").format(
                words=words, count=count
            )
            count += 1
        self.said.add(tried)
        return tried
