from __future__ import annotations

import pygame
import pytest
from hands_on import click, key, typed

from game.view.boxes import Boxes
from game.view.layout import Layout, Rect
from game.view.theme import DARK, LIGHT
from game.view.widgets import (
    Act,
    Button,
    Card,
    Hands,
    Scroll,
    Segments,
    Slider,
    Tabs,
    TextField,
    Widget,
    Words,
    card_height,
    choices,
    draw_widgets,
)

LEFT, RIGHT = pygame.K_LEFT, pygame.K_RIGHT
UP, DOWN, TAB, ENTER = pygame.K_UP, pygame.K_DOWN, pygame.K_TAB, pygame.K_RETURN


def grid_of_buttons() -> list[Widget]:
    """a b over c d."""
    return [
        Button(name, Rect(20 + 200 * (i % 2), 20 + 100 * (i // 2), 150, 60), label=name)
        for i, name in enumerate("abcd")
    ]


def send(hands: Hands, widgets: list[Widget], *events: pygame.event.Event) -> list[Act]:
    return [act for event in events if (act := hands.handle(event, widgets)) is not None]


def test_a_button_by_mouse_and_by_keyboard() -> None:
    widgets, hands = grid_of_buttons(), Hands()
    assert send(hands, widgets, *click((30, 30))) == [Act("a")]
    assert not hands.by_keyboard
    assert send(hands, widgets, key(TAB), key(TAB), key(ENTER)) == [Act("b")]
    assert hands.by_keyboard


def test_letting_go_elsewhere_is_no_click() -> None:
    widgets, hands = grid_of_buttons(), Hands()
    down, up = click((30, 30))[1], click((230, 30))[2]
    assert send(hands, widgets, down, up) == []


def test_the_first_key_shows_where_the_focus_is_and_presses_nothing_unseen() -> None:
    widgets, hands = grid_of_buttons(), Hands()
    send(hands, widgets, *click((230, 30)))
    assert send(hands, widgets, key(TAB)) == []
    assert hands.focus == "b"
    assert hands.by_keyboard


def test_tab_goes_round_and_back() -> None:
    widgets, hands = grid_of_buttons(), Hands()
    send(hands, widgets, *[key(TAB)] * 5)
    assert hands.focus == "a"
    send(hands, widgets, key(TAB, pygame.KMOD_SHIFT))
    assert hands.focus == "d"


def test_arrows_go_where_they_point() -> None:
    widgets, hands = grid_of_buttons(), Hands(focus="a")
    for way, reached in ((RIGHT, "b"), (DOWN, "d"), (LEFT, "c"), (UP, "a"), (UP, "a")):
        send(hands, widgets, key(way))
        assert hands.focus == reached


def test_what_is_disabled_can_be_reached_but_not_chosen() -> None:
    widgets: list[Widget] = [Button("a", Rect(0, 0, 50, 50), label="a", enabled=False, hint="why")]
    hands = Hands()
    assert send(hands, widgets, key(TAB), key(ENTER), *click((5, 5))) == []
    assert hands.focus == "a"


def test_a_hotkey_works_from_anywhere_but_not_while_writing() -> None:
    widgets: list[Widget] = [
        TextField("field", Rect(0, 0, 300, 50)),
        Button("r", Rect(0, 100, 100, 50), label="r", hotkey=pygame.K_r),
        Button("leave", Rect(0, 200, 100, 50), label="x", hotkey=pygame.K_ESCAPE),
        Button("one", Rect(0, 300, 100, 50), label="1", hotkey=pygame.K_1),
    ]
    hands = Hands()
    assert send(hands, widgets, key(pygame.K_r), key(pygame.K_KP_1)) == [Act("r"), Act("one")]
    hands.focus = "field"
    assert send(hands, widgets, key(pygame.K_r), key(pygame.K_ESCAPE)) == [Act("leave")]


def test_writing_erasing_choosing_and_the_clipboard() -> None:
    field = TextField("field", Rect(0, 0, 300, 50), limit=20)
    hands = Hands(focus="field")
    send(hands, [field], typed("Mrs Okafor"), key(pygame.K_BACKSPACE), typed("r!"))
    assert hands.text("field") == "Mrs Okafor!"
    send(hands, [field], key(pygame.K_a, pygame.KMOD_CTRL), key(pygame.K_x, pygame.KMOD_CTRL))
    assert hands.text("field") == ""
    send(hands, [field], *[key(pygame.K_v, pygame.KMOD_CTRL)] * 3)
    assert hands.text("field") == "Mrs Okafor!Mrs Okafo"  # as much as there is room for
    send(hands, [field], key(pygame.K_HOME), *[key(RIGHT, pygame.KMOD_SHIFT)] * 4, typed("Ms "))
    assert hands.text("field") == "Ms Okafor!Mrs Okafo"
    assert send(hands, [field], key(ENTER)) == [Act("field", "Ms Okafor!Mrs Okafo")]


def test_an_input_method_keeps_the_keyboard_until_the_word_is_done() -> None:
    field = TextField("field", Rect(0, 0, 300, 50))
    hands = Hands(focus="field")
    editing = pygame.event.Event(pygame.TEXTEDITING, text="ni", start=0, length=2)
    assert send(hands, [field], editing, key(ENTER)) == []
    send(hands, [field], typed("你"))
    assert hands.text("field") == "你"
    assert send(hands, [field], key(ENTER)) == [Act("field", "你")]


def test_a_field_for_counting_takes_digits_only() -> None:
    field, hands = TextField("n", Rect(0, 0, 90, 50), digits=True, limit=2), Hands(focus="n")
    send(hands, [field], typed("1a2b3"))
    assert hands.text("n") == "12"


def a_long_list() -> Scroll:
    rows = tuple(
        Button(f"row{i}", Rect(0, 60 * i, 180, 50), label=str(i)) for i in range(20)
    )  # fmt: skip
    return Scroll("list", Rect(0, 0, 200, 300), children=rows, bar=10)


def test_a_list_follows_the_focus_the_wheel_and_the_bar() -> None:
    widgets, hands = [a_long_list()], Hands()
    send(hands, widgets, *[key(DOWN)] * 11)
    assert hands.focus == "row10"
    assert 0 < hands.scrolled["list"] <= a_long_list().overflow
    shown = next(item for item in hands.placed(widgets) if item.widget.key == "row10")
    assert Rect(0, 0, 200, 300).contains(shown.widget.rect)
    hands = Hands()
    send(hands, widgets, click((100, 100))[0], pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=-2))
    assert hands.scrolled["list"] > 0
    send(hands, widgets, click((195, 299))[1])
    assert hands.scrolled["list"] == a_long_list().overflow
    assert send(hands, widgets, click((100, 200))[2]) == []


def test_a_click_in_a_list_meets_what_is_seen_there() -> None:
    widgets, hands = [a_long_list()], Hands(scrolled={"list": 600})
    assert send(hands, widgets, *click((50, 10))) == [Act("row10")]
    assert send(hands, widgets, *click((50, 310))) == []  # beneath the list is nothing


def test_a_text_to_read_scrolls_by_keys() -> None:
    words = Words("words", Rect(0, 0, 180, 900), "long")
    text: list[Widget] = [Scroll("text", Rect(0, 0, 200, 300), children=(words,), bar=10)]
    hands = Hands(focus="text")
    send(hands, text, key(pygame.K_END))
    assert hands.scrolled["text"] == 600
    send(hands, text, key(pygame.K_PAGEUP), key(UP), key(pygame.K_HOME))
    assert hands.scrolled["text"] == 0


def test_a_slider_by_keys_and_by_mouse() -> None:
    slider, hands = Slider("s", Rect(0, 0, 300, 80), value=0.5), Hands(focus="s")
    assert send(hands, [slider], key(RIGHT)) == [Act("s", pytest.approx(0.6))]
    assert send(hands, [slider], key(pygame.K_HOME)) == [Act("s", 0.0)]
    assert send(hands, [slider], click((299, 60))[1]) == [Act("s", 1.0)]


def test_tabs_by_keys_and_by_mouse() -> None:
    tabs, hands = Tabs("t", Rect(0, 0, 300, 50), labels=("One", "Two", "Six"), open=2), Hands("t")
    assert send(hands, [tabs], key(RIGHT)) == [Act("t", 0)]
    assert send(hands, [tabs], key(LEFT)) == [Act("t", 1)]
    assert send(hands, [tabs], *click((150, 20))) == [Act("t", 1)]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_drawing_changes_nothing_and_shows_the_ring(theme) -> None:
    widgets: list[Widget] = [
        *grid_of_buttons(),
        TextField("field", Rect(20, 220, 350, 60), label="What did nobody say?"),
        Card("card", Rect(500, 20, 360, 160), title="Coffee", lines=("Off the record.",), tag="1",
             icon="coffee", enabled=False, reason="Everybody is away.", hint="Everybody is away."),
        Slider("s", Rect(20, 300, 350, 90), label="Text", shown="usual"),
        Tabs("t", Rect(20, 420, 350, 60), labels=("Meet", "Money")),
    ]  # fmt: skip
    surface = pygame.Surface((900, 520))
    hands = Hands(focus="a")
    pictures = []
    for _again in range(2):
        surface.fill(theme.background)
        layout = Layout(1920, 1080, 1.0, Boxes(900, 520))
        draw_widgets(surface, layout, theme, widgets, hands)
        assert layout.boxes.faults() == []
        pictures.append(pygame.image.tobytes(surface, "RGB"))
    assert pictures[0] == pictures[1]
    assert hands == Hands(focus="a")
    surface.fill(theme.background)
    draw_widgets(surface, Layout(1920, 1080), theme, widgets, Hands(focus="a", by_keyboard=False))
    assert pygame.image.tobytes(surface, "RGB") != pictures[0]


def test_a_card_is_as_tall_as_its_words_need() -> None:
    layout = Layout(1920, 1080, 1.3, Boxes(900, 900))
    lines = ("Meet two partners off the record. Builds trust slowly; nothing is minuted.", "Risk.")
    tall = card_height(layout, 420, "Informal coffee", lines, icon="coffee", tag="2")
    card = Card("c", Rect(0, 0, 420, tall), title="Informal coffee", lines=lines, icon="coffee",
                tag="2")  # fmt: skip
    surface = pygame.Surface((900, 900))
    draw_widgets(surface, layout, LIGHT, [card], Hands())
    assert layout.boxes.faults() == []
    body = next(box for box in layout.boxes.boxes if box.name.startswith("Meet"))
    assert body.drawn.height % 1 == 0
    assert body.within.height - body.drawn.height < 60  # no size lost, no room wasted


def test_one_of_several_by_keyboard_and_by_mouse() -> None:
    row = Segments("fog", Rect(20, 20, 300, 60), labels=("a", "b", "c"), chosen=1)
    hands = Hands(focus="fog")
    assert send(hands, [row], key(RIGHT)) == [Act("fog", 2)]
    assert send(hands, [row], key(LEFT)) == [Act("fog", 0)]
    assert send(hands, [row], key(ENTER)) == [Act("fog", 2)]
    last = Segments("fog", row.rect, labels=row.labels, chosen=2)
    assert send(hands, [last], key(RIGHT)) == []  # there is no further
    assert send(hands, [last], key(ENTER)) == [Act("fog", 0)]  # round again
    for index, cell in enumerate(row.cells()):
        assert send(hands, [row], *click(cell.center)) == [Act("fog", index)]


def test_the_chosen_one_of_several_is_ticked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is chosen is not said by colour alone."""
    ticks: list[tuple[str, float]] = []
    monkeypatch.setattr(
        choices, "draw_icon", lambda _s, name, centre, *_rest: ticks.append((name, centre[0]))
    )
    row = Segments("fog", Rect(20, 20, 300, 60), labels=("a", "b", "c"), chosen=1)
    draw_widgets(pygame.Surface((340, 100)), Layout(1920, 1080), LIGHT, [row], Hands())
    ((name, x),) = ticks
    assert name == "check"
    assert row.cells()[1].left < x < row.cells()[1].right


def test_a_list_moves_with_all_that_lies_in_it() -> None:
    children = tuple(Button(str(k), Rect(10, 10 + 50 * k, 80, 40)) for k in range(5))
    moved = Scroll("list", Rect(0, 0, 100, 120), children=children).moved(30, 7)
    assert moved.rect == Rect(30, 7, 100, 120)
    assert [child.rect.topleft for child in moved.children] == [(40, 17 + 50 * k) for k in range(5)]
