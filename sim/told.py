"""What a group has been told already: nothing is said to it twice in the same words.

The order of the ways is drawn from the play's luck, so that two plays begin differently;
after that, what is chosen depends only on what was told before it.  Same play, same words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from sim.draws import MASK, key32, mix
from sim.labels import numeral
from sim.words import _

_OFTEN: Final = 1000  # more often than anything can happen in a play


class Told:
    """Chooses words, and remembers them.

    ``key`` is the play's luck; ``said`` what was told elsewhere.
    """

    def __init__(self, key: int, said: Iterable[str] = ()) -> None:
        self._key = mix(key & MASK, (key >> 32) & MASK)
        self._used: Counter[tuple[str, str]] = Counter()  # pool and way -> times taken
        self._orders: dict[tuple[str, int], list[int]] = {}
        self._marks: set[str] = set()
        self.said: set[str] = set(said)

    def copy(self) -> Told:
        """One that remembers the same, and goes on by itself."""
        other = Told(0, self.said)
        other._key, other._orders = self._key, self._orders
        other._used = self._used.copy()
        other._marks = set(self._marks)
        return other

    def first(self, mark: str) -> bool:
        """Whether this is the first time that something is told of; it is remembered."""
        if mark in self._marks:
            return False
        self._marks.add(mark)
        return True

    def knows(self, mark: str) -> bool:
        """Whether something has been told of; nothing is remembered by asking."""
        return mark in self._marks

    def order(self, pool: str, count: int) -> list[int]:
        """The ways of a pool in this play's order."""
        if (pool, count) not in self._orders:
            seed = mix(self._key, key32(pool))
            ranked = sorted(range(count), key=lambda way: (mix(seed, way + 1), way))
            self._orders[pool, count] = ranked
        return self._orders[pool, count]

    def say(
        self,
        pool: str,
        ways: Sequence[str],
        fill: Callable[[str], str],
        when: str = "",
        fits: Callable[[str], bool] | None = None,
    ) -> str:
        """The next way of a pool, filled in, that has not been told yet.

        Ways that nobody has heard come first, and of them those that ``fits`` accepts.
        When every one of them would repeat itself, the sentence says ``when`` (a month, a
        meeting), and in the end how often it was so.
        """
        order = self.order(pool, len(ways))
        ranked = sorted((ways[k] for k in order), key=lambda way: self._used[pool, way])
        if fits is not None:  # too long rather than told before
            ranked.sort(key=lambda way: not fits(fill(way)))
        for way in ranked:
            words = fill(way)
            if words not in self.said:
                self._used[pool, way] += 1
                self.said.add(words)
                return words
        self._used[pool, ranked[0]] += 1
        return self.again(fill(ranked[0]), when)

    def again(self, words: str, when: str = "") -> str:
        """Words that may have been told, made different by when they are told."""
        tried = words
        if words in self.said and when:
            tried = _("{words} That was in {when}.").format(words=words, when=when)
        count = 2
        while tried in self.said and count < _OFTEN:
            tried = _("{words} It is the same again, {count} times now.").format(
                words=words, count=numeral(count)
            )
            count += 1
        self.said.add(tried)
        return tried
