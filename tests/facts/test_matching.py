"""History matching: what is thrown out, and what an emulator may say of it."""

from __future__ import annotations

import numpy as np
import pytest

from sim.facts.fact import Band, Check, Seen
from sim.facts.matching import (
    CUT,
    NAMES,
    box,
    emulate,
    implausibility,
    may_be_plausible,
    usual,
    values_of,
)
from sim.parameters import PARAMETERS


def check(value: float, error: float = 0.1) -> Check:
    seen = Seen(value, value - 1.96 * error, value + 1.96 * error)
    return Check("growth", Band(10.0, 14.0), seen, "%")


def test_inside_its_band_nothing_is_implausible() -> None:
    assert implausibility(check(10.0)) == implausibility(check(12.0)) == 0.0


def test_the_further_outside_and_the_surer_the_more_implausible() -> None:
    assert 0.0 < implausibility(check(9.8)) < implausibility(check(9.0))
    assert implausibility(check(9.0, error=1.0)) < implausibility(check(9.0, error=0.1))
    assert implausibility(check(9.6)) < CUT < implausibility(check(5.0))
    assert implausibility(check(float("nan"))) == np.inf


def test_the_box_holds_the_usual_values_and_lies_in_the_ranges() -> None:
    for name, value in values_of(usual()).items():
        p = PARAMETERS[name]
        assert value == pytest.approx(p.default, rel=1e-5, abs=1e-9)
    for name, low, high in zip(NAMES, *box(), strict=True):
        p = PARAMETERS[name]
        assert p.low <= low <= p.default <= high <= p.high
    assert not any(PARAMETERS[name].unit == "switch" for name in NAMES)


def test_an_emulator_finds_lines_and_squares_and_says_what_it_leaves() -> None:
    rng = np.random.default_rng(3)
    shares = rng.random((300, len(NAMES)))
    clean = 2.0 * shares[:, 4] - 3.0 * (shares[:, 7] - 0.5) ** 2
    emulator = emulate(shares, clean + rng.normal(0.0, 0.05, 300))
    new = rng.random((200, len(NAMES)))
    truth = 2.0 * new[:, 4] - 3.0 * (new[:, 7] - 0.5) ** 2
    assert np.corrcoef(emulator.at(new), truth)[0, 1] > 0.95
    assert np.std(emulator.at(new) - truth) < 1.5 * emulator.error
    noise = emulate(shares, rng.normal(size=300))
    assert noise.explained < 0.1


def test_what_an_emulator_throws_out_lies_outside_the_band() -> None:
    rng = np.random.default_rng(5)
    shares = rng.random((400, len(NAMES)))
    emulator = emulate(shares, 20.0 * shares[:, 0])
    new = rng.random((500, len(NAMES)))
    kept = may_be_plausible([(emulator, (5.0, 10.0))], new)
    inside = (20.0 * new[:, 0] >= 5.0) & (20.0 * new[:, 0] <= 10.0)
    assert kept[inside].mean() > 0.98
    assert not kept[(20.0 * new[:, 0] < 1.0) | (20.0 * new[:, 0] > 14.0)].any()
