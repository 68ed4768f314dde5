"""The only source of chance: known answers, and a statistical battery over fixed samples.

Every sample here is fixed (a draw is a function of its key), so a test that passes once
passes for ever; the bounds are those that a fair generator misses once in a thousand.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from sim.draws import MASK, P_BOARD, P_INFORMAL, bell, hash64, key32, mix, philox, uniform4

LUCK = (20150407, 0)
RARE = 0.001


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((MASK,) * 4, (MASK,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_known_answers_of_philox(
    counter: tuple[int, int, int, int], key: tuple[int, int], words: tuple[int, int, int, int]
) -> None:
    """The vectors published with the generator (Random123, philox4x32-10)."""
    assert philox(*counter, *key) == words


def test_hashes_of_ids_never_change() -> None:
    assert key32("council") == hash64("council") >> 32
    assert (key32("council"), key32("hospital")) == (1436231788, 1989908365)


def sample(draw: Callable[[int], tuple[float, ...]], count: int) -> NDArray[np.float64]:
    """Rows of four uniforms for occasions 0, 1, 2 …"""
    return np.array([draw(n) for n in range(count)])


def by_month(n: int) -> tuple[float, ...]:
    return uniform4(*LUCK, P_BOARD + n // 120, n % 120, 7, 0, 0)


def by_partner(n: int) -> tuple[float, ...]:
    return uniform4(*LUCK, P_INFORMAL, 3, n, n + 1, 0)


def by_luck(n: int) -> tuple[float, ...]:
    return uniform4(n, 0, P_BOARD, 1, 0, 0, 0)


def by_name(n: int) -> tuple[float, ...]:
    return uniform4(*LUCK, P_BOARD, 1, key32(f"partner-{n}"), 0, 0)


def by_third_key(n: int) -> tuple[float, ...]:
    return uniform4(*LUCK, P_BOARD, 1, 11, 12, mix(n, 5))


WAYS = [by_month, by_partner, by_luck, by_name, by_third_key]


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def rows(request: pytest.FixtureRequest) -> NDArray[np.float64]:
    return sample(request.param, 4000)


def test_uniforms_are_even(rows: NDArray[np.float64]) -> None:
    for column in rows.T:
        counts, _ = np.histogram(column, bins=50, range=(0.0, 1.0))
        assert stats.chisquare(counts).pvalue > RARE
        assert stats.kstest(column, "uniform").pvalue > RARE


def test_neighbours_do_not_know_each_other(rows: NDArray[np.float64]) -> None:
    """Neighbouring months, keys, lucks: serial correlation at small lags is noise."""
    bound = 3.9 / np.sqrt(len(rows))
    for column in rows.T:
        for lag in (1, 2, 3, 12, 120):
            assert abs(np.corrcoef(column[:-lag], column[lag:])[0, 1]) < bound


def test_the_four_of_one_occasion_do_not_know_each_other(rows: NDArray[np.float64]) -> None:
    correlation = np.corrcoef(rows.T)[np.triu_indices(4, 1)]
    assert np.abs(correlation).max() < 3.9 / np.sqrt(len(rows))


def test_pairs_fill_the_square(rows: NDArray[np.float64]) -> None:
    for x, y in ((rows[:, 0], rows[:, 1]), (rows[:-1, 0], rows[1:, 0])):
        counts, _, _ = np.histogram2d(x, y, bins=10, range=((0, 1), (0, 1)))
        assert stats.chisquare(counts.ravel()).pvalue > RARE


def test_runs_up_and_down_are_as_many_as_chance_makes(rows: NDArray[np.float64]) -> None:
    """Signs about the middle: the number of runs (Wald & Wolfowitz 1940)."""
    signs = rows[:, 0] > 0.5
    runs = 1 + np.count_nonzero(signs[1:] != signs[:-1])
    ups = np.count_nonzero(signs)
    downs = len(signs) - ups
    mean = 1 + 2 * ups * downs / len(signs)
    spread = np.sqrt((mean - 1) * (mean - 2) / (len(signs) - 1))
    assert abs(runs - mean) < 3.3 * spread


def test_processes_are_strangers() -> None:
    """The same month and partners under another process: another draw altogether."""
    tables = [
        np.array([uniform4(*LUCK, process, m, 5, 6, 0)[0] for m in range(1000)])
        for process in range(1, 13)
    ]
    correlation = np.corrcoef(np.array(tables))[np.triu_indices(12, 1)]
    assert np.abs(correlation).max() < 4.2 / np.sqrt(1000)


def test_one_bit_changes_half_the_bits() -> None:
    """Avalanche: flip any one input bit, and each output bit flips half the time."""
    flips = np.zeros((6 * 32, 128))
    cases = 24
    for case in range(cases):
        words = [mix(case, word) for word in range(6)]
        before = philox(*words)
        for bit in range(6 * 32):
            changed = list(words)
            changed[bit // 32] ^= 1 << (bit % 32)
            after = philox(*changed)
            for at in range(4):
                different = before[at] ^ after[at]
                flips[bit, 32 * at : 32 * at + 32] += [different >> k & 1 for k in range(32)]
    share = flips / cases
    assert abs(share.mean() - 0.5) < 0.005
    assert 0.4 < share.mean(axis=1).min() <= share.mean(axis=1).max() < 0.6
    assert 0.42 < share.mean(axis=0).min() <= share.mean(axis=0).max() < 0.58


def test_never_zero_and_never_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The outermost words still give numbers inside (0, 1)."""
    for word, most in ((0, False), (MASK, True)):
        monkeypatch.setattr("sim.draws.philox", lambda *_, word=word: (word,) * 4)
        for u in uniform4(1, 2, 3, 4, 5, 6, 7):
            assert 0.0 < u < 1.0
            assert (u > 0.5) is most


def test_bell_has_mean_nought_and_spread_one() -> None:
    values = np.array([bell(*by_partner(n)) for n in range(8000)])
    assert abs(values.mean()) < 3.3 / np.sqrt(8000)
    assert abs(values.var() - 1.0) < 0.05
    assert abs(stats.skew(values)) < 0.1
    assert np.abs(values).max() < 2 * np.sqrt(3)


def test_mixing_two_keys_keeps_their_order_and_loses_nothing() -> None:
    keys = {mix(a, b) for a in range(60) for b in range(60)}
    assert len(keys) == 3600
    assert mix(1, 2) != mix(2, 1)
