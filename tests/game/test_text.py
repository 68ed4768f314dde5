from __future__ import annotations

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.view import fonts, icons
from game.view.boxes import Boxes
from game.view.fonts import BOLD, REGULAR
from game.view.layout import Layout, Rect
from game.view.prose import Prose, set_type
from game.view.text import draw_text, fit, wrap

WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"], max_codepoint=0x24F), max_size=120)


@given(WORDS, st.integers(40, 600))
@settings(max_examples=60)
def test_wrapping_loses_no_letter_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = wrap(text, 20, REGULAR, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(fonts.width(line, 20) <= width or len(line) == 1 for line in lines)


def test_text_shrinks_before_it_wraps_and_wraps_before_it_is_cut() -> None:
    layout = Layout(1920, 1080)
    words = "Mrs Okafor tells her story once"
    asked = fonts.width(words, 30)
    assert fit(words, layout, Rect(0, 0, asked, 200), one_line=True).size == 30
    smaller = fit(words, layout, Rect(0, 0, round(asked * 0.85), 200), one_line=True)
    assert len(smaller.lines) == 1
    assert 30 * 0.72 - 1 <= smaller.size < 30
    wrapped = fit(words, layout, Rect(0, 0, asked // 2, 200), one_line=True)
    assert len(wrapped.lines) > 1
    assert not wrapped.cut
    hopeless = fit(words * 9, layout, Rect(0, 0, 60, 20))
    assert hopeless.cut
    assert hopeless.lines[-1].endswith("…")


def test_cut_text_is_on_the_record(window: pygame.Window) -> None:
    layout = Layout(1280, 720, 1.0, Boxes(1280, 720))
    draw_text(pygame.Surface((100, 30)), layout, Rect(0, 0, 60, 14), "many words " * 9, "black")
    assert any("cut short" in fault for fault in layout.boxes.faults())


@pytest.mark.parametrize("halo", ["", "#FFFFFF"])
def test_text_lands_in_its_box(halo: str) -> None:
    surface = pygame.Surface((400, 100))
    box = Rect(20, 10, 360, 80)
    layout = Layout(1920, 1080)
    covered = draw_text(
        surface, layout, box, "Northmarsh", "#FFFFFF", align="centre", valign="middle", halo=halo
    )
    assert box.contains(covered)
    inked = surface.get_bounding_rect() if surface.get_colorkey() else _inked(surface)
    assert covered.inflate(8, 8).contains(inked)
    assert abs(inked.centerx - box.centerx) <= 2


def _inked(surface: pygame.Surface) -> pygame.Rect:
    mask = pygame.mask.from_threshold(surface, "white", (100, 100, 100, 255))
    rects = mask.get_bounding_rects()
    return rects[0].unionall(rects[1:])


def test_the_second_face_fills_the_gaps_of_the_first() -> None:
    assert not fonts.lacks("é", REGULAR)
    assert fonts.lacks("Д", REGULAR)
    assert fonts.runs("Łódź Д", BOLD) == [("Łódź ", False), ("Д", True)]
    assert fonts.width("Д", 30) > 5


def test_a_story_is_set_in_paragraphs_bold_and_lists() -> None:
    page = set_type(
        "One **bold** word.\n\n- first\n- second, and it is longer than a line", 220, 20
    )
    words = [[piece for _x, piece, _weight in line.pieces] for line in page.lines]
    assert words[0] == ["One ", "bold ", "word."]
    assert page.lines[0].pieces[1][2] == BOLD
    assert words[1] == ["•", "first"]
    assert words[2][0] == "•"
    assert page.lines[3].pieces[0][0] == page.lines[2].pieces[1][0]  # hangs under its own text
    tops = [line.y for line in page.lines]
    assert tops == sorted(tops)
    assert page.height >= tops[-1]


def test_a_story_grows_while_there_is_room() -> None:
    layout = Layout(1920, 1080)
    area = Rect(0, 0, 1400, 600)
    short = Prose.filling(layout, "p", area, "A few words.", size=30, largest=44)
    long = Prose.filling(layout, "p", area, "Many words. " * 200, size=30, largest=44)
    assert short.size == 44
    assert long.size == 30
    assert short.rect.height <= area.height < long.rect.height


def test_there_is_an_icon_for_everything_the_moves_ask_for() -> None:
    from sim.effects import catalogue

    known = icons.known()
    assert [move.icon for move in catalogue().values() if move.icon not in known] == []
    assert icons.UNKNOWN in known


def test_icons_take_a_colour_and_a_size_and_forgive_a_slip() -> None:
    coffee = icons.icon("coffee", 48, "#FF0000")
    assert coffee.get_size() == (48, 48)
    seen = {tuple(coffee.get_at((x, y)))[:3] for x in range(48) for y in range(48)
            if coffee.get_at((x, y)).a == 255}  # fmt: skip
    assert seen == {(255, 0, 0)}
    assert icons.icon("no-such-icon", 24, "#000000").get_size() == (24, 24)
    assert icons.source("../fonts/Inter-OFL") == icons.source(icons.UNKNOWN)


def test_fonts_and_icons_lie_beside_their_licences() -> None:
    assert {path.name for path in fonts.FOLDER.glob("*OFL.txt")} == {
        "AtkinsonHyperlegibleNext-OFL.txt",
        "Inter-OFL.txt",
    }
    assert "ISC License" in (icons.FOLDER / "LICENSE.txt").read_text(encoding="utf-8")
