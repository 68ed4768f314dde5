from __future__ import annotations

import pytest

from game.view.theme import DARK, LIGHT, SECTORS, Theme, contrast, mix, rgb

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def test_contrast_is_the_published_formula() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)
    assert contrast("#0B5CAD", "#FFFFFF") == contrast("#FFFFFF", "#0B5CAD")


@BOTH
def test_words_can_be_read_on_everything_they_stand_on(theme: Theme) -> None:
    grounds = (theme.background, theme.canvas, theme.panel, theme.panel2, theme.selected)
    pairs = [(ink, ground) for ink in (theme.text, theme.muted) for ground in grounds]
    pairs += [(theme.on_accent, theme.accent), (theme.on_accent, theme.muted)]
    pairs += [(theme.panel, theme.text)]  # hints and notices
    pairs += [
        (ink, ground)
        for ink in (theme.good, theme.warn, theme.tension, theme.conflict)
        for ground in (theme.canvas, theme.panel)
    ]
    pairs += [(ink, theme.hush) for ink in (theme.text, theme.muted, theme.conflict)]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@BOTH
def test_lines_and_signs_can_be_seen(theme: Theme) -> None:
    pairs = [(theme.border, ground) for ground in (theme.panel, theme.canvas, theme.background)]
    pairs += [(colour, theme.canvas) for colour in theme.trust]
    pairs += [(colour, theme.canvas) for colour in theme.sectors.values()]
    pairs += [(theme.border, theme.hush), (theme.accent, theme.hush)]
    pairs += [(colour, theme.hush) for colour in theme.sectors.values()]
    pairs += [(theme.on_sector, colour) for colour in theme.sectors.values()]
    pairs += [(theme.accent, theme.panel), (theme.accent, theme.selected)]
    assert [pair for pair in pairs if contrast(*pair) < 3.0] == []


@BOTH
def test_the_focus_ring_is_seen_on_every_ground(theme: Theme) -> None:
    grounds = (theme.background, theme.canvas, theme.panel, theme.selected, theme.accent)
    for ground in (*grounds, theme.hush):
        assert max(contrast(ring, ground) for ring in (theme.focus_outer, theme.focus_inner)) >= 3


@BOTH
def test_trust_gets_stronger_step_by_step(theme: Theme) -> None:
    strength = [contrast(colour, theme.canvas) for colour in theme.trust]
    assert strength == sorted(strength)


@BOTH
def test_every_sector_has_a_colour_of_its_own(theme: Theme) -> None:
    assert set(theme.sectors) == set(SECTORS)
    assert len(set(theme.sectors.values())) == len(SECTORS)
    assert theme.sector("nobody's") == theme.muted


def test_mixing_colours() -> None:
    assert mix("#000000", "#FFFFFF", 0.0) == "#000000"
    assert mix("#000000", "#FFFFFF", 1.0) == "#FFFFFF"
    assert rgb(mix("#000000", "#FFFFFF", 0.5)) == (128, 128, 128)
