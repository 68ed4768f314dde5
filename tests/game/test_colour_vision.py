"""The two themes as three kinds of colour blindness see them.

Simulated after Machado, Oliveira and Fernandes (2009), severity 1: their matrices act on
linear RGB.  Differences are distances in CIE L*a*b* (1976).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from game.view.theme import DARK, LIGHT, Theme, contrast, rgb

MACHADO = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
) / np.array([[0.95047], [1.0], [1.08883]])

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
ALL = pytest.mark.parametrize("kind", MACHADO)


def linear(colour: str) -> np.ndarray:
    c = np.array(rgb(colour)) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def seen(colour: str, kind: str) -> str:
    """The colour as somebody with that kind of vision sees it."""
    c = np.clip(np.array(MACHADO[kind]) @ linear(colour), 0, 1)
    c = np.where(c <= 0.0031308, 12.92 * c, 1.055 * c ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(value * 255):02X}" for value in c)


def difference(one: str, other: str) -> float:
    def lab(colour: str) -> np.ndarray:
        x = TO_XYZ @ linear(colour)
        f = np.where(x > 0.008856, np.cbrt(x), 7.787 * x + 16 / 116)
        return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])

    return float(np.linalg.norm(lab(one) - lab(other)))


@BOTH
@ALL
def test_words_and_lines_stay_readable(theme: Theme, kind: str) -> None:
    def ratio(one: str, other: str) -> float:
        return contrast(seen(one, kind), seen(other, kind))

    inks = (theme.text, theme.muted, theme.good, theme.warn, theme.tension, theme.conflict)
    assert min(ratio(ink, ground) for ink in inks for ground in (theme.canvas, theme.panel)) >= 4.0
    marks = (*theme.trust, *theme.sectors.values(), theme.tension, theme.conflict, theme.good)
    assert min(ratio(mark, theme.canvas) for mark in marks) >= 2.9
    assert min(ratio(theme.on_sector, colour) for colour in theme.sectors.values()) >= 2.9


@BOTH
@ALL
def test_lines_of_different_meaning_do_not_become_one_colour(theme: Theme, kind: str) -> None:
    lines = {"trust": theme.trust[3], "tension": theme.tension, "conflict": theme.conflict}
    lines |= {"good": theme.good}
    near = {
        (a, b): difference(seen(lines[a], kind), seen(lines[b], kind))
        for a, b in combinations(lines, 2)
    }
    # the nearest, good and conflict, also differ by badge and by dashes
    assert min(near.values()) >= 9, near


@ALL
def test_the_simulation_leaves_grey_alone_and_takes_colours_away(kind: str) -> None:
    assert difference(seen("#808080", kind), "#808080") < 1.5
    red_and_green = difference("#D7191C", "#1A9641")
    confused = difference(seen("#D7191C", kind), seen("#1A9641", kind))
    if kind == "tritanopia":
        blue_and_green = difference(seen("#0B7A75", kind), seen("#0B5CAD", kind))
        assert blue_and_green < difference("#0B7A75", "#0B5CAD")
    else:
        assert confused < 0.6 * red_and_green
