"""The strip along the top: turn, months, promise, places, money, patience, the clock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pygame

from game.scenes import play_timer
from game.view import svg
from game.view.icons import draw_icon
from game.view.layout import Layout, Rect, columns, inset, rows
from game.view.shapes import panel
from game.view.text import BOLD, draw_text, fit, width_of
from game.view.theme import BODY, SMALL, TITLE, Theme
from game.view.widgets import Look, Widget
from sim.words import _

CANDLES = 5
TURN = TITLE * 0.92
CAPTION = BODY * 0.97
FIGURE = BODY * 1.1


@dataclass(frozen=True)
class Facts:
    """What the strip says."""

    turn: str
    months: str
    promise: str
    places: int  # in the diary this turn
    free: int  # of them
    money: float  # thousand pounds
    backing: int
    badges: tuple[str, ...] = ()
    stage: str = ""
    stages: tuple[str, ...] = ()
    timed: bool = True  # whether there is a clock at all
    tied: bool = False  # whether the headline is what the promise is about


@dataclass(frozen=True)
class Parts:
    """The strip cut up."""

    turn: Rect
    promise: Rect
    places: Rect
    money: Rect
    candles: Rect
    clock: Rect


def money_short(thousands: float) -> str:
    """Money that can be read from across a room: "£0.9m", "£850k"."""
    whole = round(thousands)
    if abs(whole) >= 1000 or (whole and whole % 100 == 0):
        return _("£{amount}m").format(amount=f"{whole / 1000:.1f}")
    return _("£{amount}k").format(amount=whole)


def parts(layout: Layout, area: Rect, facts: Facts) -> Parts:
    """Where everything lies in the strip."""
    # the captions' language is part of the question
    return _parts(layout, (area.x, area.y, area.width, area.height), facts, _("patience above"))


@lru_cache(maxsize=64)
def _parts(layout: Layout, where: tuple[int, int, int, int], facts: Facts, _language: str) -> Parts:
    area = Rect(where)
    inner = inset(area, layout.px(20), layout.px(6))
    gap = layout.px(24)
    turn = max(
        width_of(facts.turn, layout, size=TURN, weight=BOLD) + _badges(layout, facts),
        width_of(facts.months, layout, size=CAPTION),
    )
    figure = width_of(money_short(facts.money), layout, size=FIGURE, weight=BOLD)
    money = max(figure, _label(layout, _("money")))
    places = max(layout.tx(32) * max(1, facts.places), _label(layout, _("places")))
    candles = max(layout.tx(33) * CANDLES, _label(layout, _("patience above")))
    clock = play_timer.width(layout) if facts.timed else 0
    most = inner.width * (28 + 3 * min(5, len(facts.badges))) // 100
    least = inner.width * 24 // 100  # the promise keeps some room whatever the language
    turn = min(turn + layout.px(8), most)
    fixed = [turn, places, money, candles, clock]
    gaps = gap * (5 if clock else 4)
    if sum(fixed) + gaps + least > inner.width:
        share = (inner.width - gaps - least) / sum(fixed)
        fixed = [int(one * share) for one in fixed]
    turn, places, money, candles, clock = fixed
    spans: list[int | float] = [turn, 1.0, places, money, candles]
    found = columns(inner, [*spans, clock] if clock else spans, gap)
    if not clock:
        found.append(Rect(inner.right, inner.y, 0, inner.height))
    return Parts(*found)


def _badges(layout: Layout, facts: Facts) -> int:
    """How much room the badges take beside the turn."""
    return sum(_badge_width(layout, badge) + layout.px(12) for badge in facts.badges)


def _badge_width(layout: Layout, badge: str) -> int:
    return width_of(badge, layout, size=SMALL * 0.9, weight=BOLD) + layout.px(26)


def fitting(layout: Layout, badges: tuple[str, ...], room: int) -> tuple[str, ...]:
    """The badges there is room for; the rest as a number: nothing unusual goes unsaid."""
    for count in range(len(badges), -1, -1):
        rest = len(badges) - count
        shown = (*badges[:count], f"+{rest}") if rest else badges
        if sum(_badge_width(layout, one) + layout.px(12) for one in shown) <= room:
            return shown
    return (f"+{len(badges)}",)


def _label(layout: Layout, text: str) -> int:
    return width_of(text, layout, size=CAPTION) + layout.px(6)


@dataclass(frozen=True)
class Spot(Widget):
    """A part of the strip that says what it is while the mouse is on it."""

    takes_focus = False

    def draw(self, surface: pygame.Surface, layout: Layout, theme: Theme, look: Look) -> None:
        return


def spots(layout: Layout, area: Rect, facts: Facts) -> list[Widget]:
    """What the strip's pictures mean, for the mouse; help says it for the keyboard."""
    part = parts(layout, area, facts)
    hints = [(part.turn, " · ".join(facts.badges))] if facts.badges else []
    hints += [
        (part.places, _("Places in the diary this turn: {free} of {all} are free.").format(
            free=facts.free, all=facts.places)),
        (part.money, _("Money for joint work, all partners together.")),
        (part.candles, patience(facts.backing)),
    ]  # fmt: skip
    if facts.timed:
        hints.append((part.clock, _("The time for this step. It never forces anything.")))
    return [Spot(f"spot:{k}", rect, hint=hint) for k, (rect, hint) in enumerate(hints)]


def patience(lit: int) -> str:
    """The candles as a sentence."""
    return _("How patient those above still are: {lit} candles of {all}.").format(
        lit=lit, all=CANDLES
    )


def draw(surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, facts: Facts) -> None:
    """Draw the strip; the clock, which moves, apart."""
    surface.fill(theme.panel, area)
    part = parts(layout, area, facts)
    _turn(surface, layout, theme, part.turn, facts)
    _promise(surface, layout, theme, part.promise, facts)
    if facts.places:
        _labelled(surface, layout, theme, part.places, _("places"))
        _places(surface, layout, theme, _upper(part.places), facts)
    _labelled(surface, layout, theme, part.money, _("money"))
    draw_text(
        surface, layout, _upper(part.money), money_short(facts.money), theme.text,
        size=FIGURE, weight=BOLD, one_line=True, align="centre", valign="middle",
    )  # fmt: skip
    _labelled(surface, layout, theme, part.candles, _("patience above"))
    _candles(surface, layout, theme, _upper(part.candles), facts.backing)


def draw_clock(
    surface: pygame.Surface,
    layout: Layout,
    theme: Theme,
    area: Rect,
    facts: Facts,
    dial: play_timer.Dial,
) -> None:
    """Draw the clock, where there is one."""
    if facts.timed and facts.stage:
        play_timer.draw(surface, layout, theme, parts(layout, area, facts).clock, dial)


def _turn(surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, facts: Facts) -> None:
    upper, lower = rows(area, [1.25, 1.0])
    least = width_of(facts.turn, layout, size=TURN * 0.8, weight=BOLD)
    taken = min(_badges(layout, facts), upper.width - min(least, upper.width // 2))
    room = Rect(upper.x, upper.y, upper.width - taken, upper.height)
    words = draw_text(
        surface, layout, room, facts.turn, theme.text,
        size=TURN, weight=BOLD, one_line=True, valign="middle",
    )  # fmt: skip
    _draw_badges(surface, layout, theme, Rect(words.right, upper.y, taken, upper.height), facts)
    draw_text(
        surface, layout, lower, facts.months, theme.muted,
        size=CAPTION, one_line=True, valign="middle",
    )  # fmt: skip


def _promise(
    surface: pygame.Surface, layout: Layout, theme: Theme, area: Rect, facts: Facts
) -> None:
    """What the room has promised, in as few lines as it takes, marked as its headline is."""
    if not facts.promise:
        return
    said = _("We promised: {promise}").format(promise=facts.promise)
    side, gap = (layout.tx(32), layout.px(12)) if facts.tied else (0, 0)
    area = Rect(area.x + side + gap, area.y, area.width - side - gap, area.height)
    size = BODY * 1.06
    area = area.inflate(0, 2 * layout.px(4))
    fitted = fit(said, layout, area, size=size)
    if len(fitted.lines) > 1:  # lines of about one length
        while area.width > layout.px(200):
            narrower = Rect(area.x, area.y, area.width - layout.px(12), area.height)
            trial = fit(said, layout, narrower, size=size)
            if len(trial.lines) > len(fitted.lines) or trial.size < fitted.size:
                break
            narrower.centerx = area.centerx
            area = narrower
    drawn = draw_text(
        surface, layout, area, said, theme.text, size=size, align="centre", valign="middle"
    )
    if facts.tied:
        centre = (drawn.x - gap - side / 2, drawn.y + layout.tx(BODY * 0.64))
        draw_icon(surface, "target", centre, side, theme.accent)


def _upper(part: Rect) -> Rect:
    return rows(part, [1.25, 1.0])[0]


def _labelled(
    surface: pygame.Surface, layout: Layout, theme: Theme, part: Rect, label: str
) -> None:
    draw_text(
        surface, layout, rows(part, [1.25, 1.0])[1], label, theme.muted,
        size=CAPTION, one_line=True, align="centre", valign="middle",
    )  # fmt: skip


def _draw_badges(
    surface: pygame.Surface, layout: Layout, theme: Theme, room: Rect, facts: Facts
) -> None:
    """A badge for whatever is unusual: there are no silent modes."""
    x = room.x + layout.px(12)
    for badge in fitting(layout, facts.badges, room.width):
        wide = _badge_width(layout, badge)
        box = Rect(x, room.centery - layout.tx(17), wide, layout.tx(34))
        panel(surface, box, theme.warn, radius=box.height // 2)
        ink = theme.panel if theme.name == "light" else theme.on_accent
        draw_text(
            surface, layout, inset(box, layout.px(10), 0), badge, ink,
            size=SMALL * 0.9, weight=BOLD, one_line=True, align="centre", valign="middle",
        )  # fmt: skip
        x = box.right + layout.px(12)


def _places(
    surface: pygame.Surface, layout: Layout, theme: Theme, part: Rect, facts: Facts
) -> None:
    """One square for each place in the diary; a free one is filled."""
    count = max(1, facts.places)
    step = min(layout.tx(32), part.width // count)
    side = round(step * 0.76)
    x = part.centerx - step * count // 2 + (step - side) // 2
    for k in range(facts.places):
        box = Rect(x + k * step, part.centery - side // 2, side, side)
        free = k < facts.free
        panel(
            surface, box, theme.accent if free else "", theme.accent,
            radius=layout.px(6), width=layout.px(3),
        )  # fmt: skip


def candle(width: int, height: int, lit: bool, theme: Theme) -> pygame.Surface:
    """A candle, burning, or burnt down to a stump with a dead wick."""
    w, h = width, height
    wax = theme.warn if lit else theme.border
    top = h * (0.4 if lit else 0.72)
    body = (
        f'<rect x="{w * 0.28:.1f}" y="{top:.1f}" width="{w * 0.44:.1f}" '
        f'height="{h - top - w * 0.06:.1f}" rx="{w * 0.08:.1f}" '
        f'fill="{wax if lit else "none"}" stroke="{wax}" stroke-width="{w * 0.07:.1f}"/>'
        f'<path d="M{w / 2:.1f} {top:.1f}v{-h * 0.09:.1f}" stroke="{theme.text}" '
        f'stroke-width="{w * 0.07:.1f}" stroke-linecap="round"/>'
    )
    if lit:
        body += (
            f'<path d="M{w / 2:.1f} {h * 0.01:.1f}C{w * 0.8:.1f} {h * 0.18:.1f} '
            f"{w * 0.74:.1f} {h * 0.35:.1f} {w / 2:.1f} {h * 0.35:.1f}"
            f"C{w * 0.26:.1f} {h * 0.35:.1f} {w * 0.2:.1f} {h * 0.18:.1f} "
            f'{w / 2:.1f} {h * 0.01:.1f}Z" fill="{theme.tension}"/>'
        )
    return svg.picture(svg.document(w, h, body), w, h)


def _candles(surface: pygame.Surface, layout: Layout, theme: Theme, part: Rect, lit: int) -> None:
    step = min(layout.tx(33), part.width // CANDLES)
    tall = min(part.height, layout.tx(48))
    wide = min(step, round(tall * 0.68))
    x = part.centerx - step * CANDLES // 2 + (step - wide) // 2
    for k in range(CANDLES):
        picture = candle(wide, tall, k < lit, theme)
        surface.blit(picture, (x + k * step, part.bottom - tall))
