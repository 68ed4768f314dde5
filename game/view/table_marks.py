"""The marks on the cloth, lying still or on their way from one Observation to the next.

What was left unsaid slips under the cloth from the one who did not say it; a row sweeps the
cloth; an eye opens when words are said; a project that came to nothing wilts and goes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pygame

from game.view import svg
from game.view.layout import Rect
from game.view.table_geometry import TableShape
from game.view.table_people import blit
from game.view.table_reading import Mark, Reading
from game.view.table_sprites import Sprites, paint_of
from game.view.table_tokens import BADGE, plant_of

_SAID: Final = ("tension", "words")
Key = tuple[str, tuple[str, ...], int]


def eased(share: float) -> float:
    """0 to 1, gently at both ends."""
    part = max(0.0, min(1.0, share))
    return part * part * (3 - 2 * part)


def part_of(share: float, begin: float, end: float) -> float:
    """How far a part of the motion has come, eased."""
    return eased((share - begin) / (end - begin))


def identity(mark: Mark) -> Key:
    """The same for the same mark in two pictures."""
    kind = "said" if mark.kind in _SAID else mark.kind
    return kind, mark.members, mark.project.slot if mark.project else -1


@dataclass(frozen=True)
class Marks:
    """Draws the marks of a reading.  ``share`` is how far the motion has come, linear."""

    surface: pygame.Surface
    rect: Rect
    sprites: Sprites
    shape: TableShape
    share: float = 1.0

    def still(self, reading: Reading, focus: str = "", about: frozenset[str] = frozenset()) -> None:
        """Everything where it lies; faint what is not about those who are looked at."""
        for mark in reading.marks:
            seen = 1.0
            if focus and focus not in mark.members:
                seen = 0.28
            elif about and not about <= set(mark.members):
                seen = 0.45
            self._mark(mark, mark.spot.x, mark.spot.y, seen)

    def moving(self, earlier: Reading, now: Reading) -> None:
        """Everything between what it was and what it is."""
        was = {identity(mark): mark for mark in earlier.marks}
        for mark in now.marks:
            old = was.pop(identity(mark), None)
            if old is None:
                self._arriving(mark, None)
                continue
            if mark.kind == "tokens" and mark.count > old.count:
                self._arriving(mark, old)
                continue
            x, y = self._between(old, mark)
            if mark.kind == "words" and old.kind == "tension":
                self._opening(mark, x, y)
                continue
            if mark.kind == "tokens" and mark.count < old.count:
                self._swept(old)
            self._mark(mark, x, y)
        quarrels = {mark.members for mark in now.marks if mark.kind == "dispute"}
        for mark in was.values():
            if mark.kind == "tokens" and mark.count:
                self._swept(mark)
                if mark.members in quarrels:
                    self._flash(mark)
            elif mark.project is not None:
                picture = self.sprites.plant("wilted", mark.spot.radius)
                self._at(picture, mark.spot.x, mark.spot.y, 1 - part_of(self.share, 0.5, 1.0))
            else:
                seen = 1 - part_of(self.share, 0.0, 0.6)
                self._mark(mark, mark.spot.x, mark.spot.y, seen)

    # --- one mark -------------------------------------------------------------------------

    def _at(self, picture: pygame.Surface, x: float, y: float, seen: float = 1.0) -> None:
        blit(self.surface, picture, self.rect.x + x, self.rect.y + y, seen)

    def _mark(self, mark: Mark, x: float, y: float, seen: float = 1.0) -> None:
        sprites = self.sprites
        if mark.kind == "tokens":
            if mark.dancing:
                turn = 300 * (eased(self.share) - 1)
                ring = sprites.ring(mark.count, mark.dancing, mark.scale, turn)
                self._at(ring, x, y, seen)
            if mark.count:
                self._at(sprites.heap(mark.count, mark.scale), x, y, seen)
        elif mark.project is not None:
            project = mark.project
            name = plant_of(project.stage, project.age, project.stalled)
            self._at(sprites.plant(name, mark.spot.radius), x, y, seen)
        else:
            if mark.dancing:
                turn = 300 * (eased(self.share) - 1)
                self._at(sprites.ring(0, mark.dancing, mark.scale, turn), x, y, seen)
            self._at(self._sign(mark), x, y, seen)

    def _sign(self, mark: Mark, kind: str = "") -> pygame.Surface:
        radius = BADGE * mark.scale if mark.dancing else mark.spot.radius
        return self.sprites.sign(kind or mark.kind, radius)

    def _between(self, old: Mark, mark: Mark) -> tuple[float, float]:
        share = eased(self.share)
        return (
            old.spot.x + (mark.spot.x - old.spot.x) * share,
            old.spot.y + (mark.spot.y - old.spot.y) * share,
        )

    def _arriving(self, mark: Mark, old: Mark | None) -> None:
        spot = mark.spot
        if mark.kind != "tokens" or not mark.count:
            grown = part_of(self.share, 0.25, 0.75)
            if mark.kind in _SAID:
                self._opening(mark, spot.x, spot.y)
            elif mark.kind == "dispute" and 0.05 < grown < 1.0:
                picture = self.sprites.sign(mark.kind, spot.radius * (2.2 - 1.2 * grown))
                self._at(picture, spot.x, spot.y, grown)
            else:
                self._mark(mark, spot.x, spot.y, grown)
            return
        if old is not None:
            x, y = self._between(old, mark)
            self._mark(old, x, y, 1 - part_of(self.share, 0.5, 0.75))
        self._mark(mark, spot.x, spot.y, part_of(self.share, 0.5, 0.85))
        gone = part_of(self.share, 0.0, 0.6)
        if gone < 1.0:
            start = self.shape.place(mark.members[0])
            x, y = start.x + (spot.x - start.x) * gone, start.y + (spot.y - start.y) * gone
            y -= math.sin(gone * math.pi) * 34 * self.sprites.unit
            chip = _chip(round(64 * self.sprites.unit), self.sprites)
            self._at(chip, x, y, 1 - part_of(self.share, 0.45, 0.6))

    def _swept(self, mark: Mark) -> None:
        """Off the cloth, the way it lay."""
        gone = part_of(self.share, 0.05, 0.8)
        cx, cy = self.shape.centre
        dx, dy = mark.spot.x - cx, mark.spot.y - cy
        long = math.hypot(dx, dy) or 1.0
        far = (self.shape.cloth[0] * 0.7) * gone
        heap = self.sprites.heap(mark.count, mark.scale)
        x, y = mark.spot.x + dx / long * far, mark.spot.y + dy / long * far * 0.7
        self._at(heap, x, y, 1 - part_of(self.share, 0.35, 0.8))

    def _flash(self, mark: Mark) -> None:
        """Lightning where it lay."""
        seen = math.sin(math.pi * max(0.0, min(1.0, self.share / 0.7)))
        picture = self.sprites.sign("dispute", mark.spot.radius * 0.85)
        self._at(picture, mark.spot.x, mark.spot.y, seen)

    def _opening(self, mark: Mark, x: float, y: float) -> None:
        """An eye that was closed opens."""
        shut = 1 - part_of(self.share, 0.1, 0.4)
        opened = part_of(self.share, 0.4, 0.8)
        kind = mark.kind if opened > 0 else "tension"
        tall = max(0.12, opened if opened > 0 else shut)
        if mark.dancing:
            ring = self.sprites.ring(0, mark.dancing, mark.scale, 300 * (eased(self.share) - 1))
            self._at(ring, x, y, opened)
        picture = self._sign(mark, kind)
        if tall < 1.0:
            size = (picture.get_width(), max(2, round(picture.get_height() * tall)))
            picture = pygame.transform.smoothscale(picture, size)
        self._at(picture, x, y)


def _chip(side: int, sprites: Sprites) -> pygame.Surface:
    paint = paint_of(sprites.theme)
    return _bubble(side, paint.lump_light, paint.tension)


@lru_cache(maxsize=8)
def _bubble(side: int, fill: str, ink: str) -> pygame.Surface:
    """Something somebody nearly said."""
    s = side
    body = (
        f'<rect x="{s * 0.06:.1f}" y="{s * 0.22:.1f}" width="{s * 0.88:.1f}" '
        f'height="{s * 0.52:.1f}" rx="{s * 0.26:.1f}" fill="{fill}" stroke="{ink}" '
        f'stroke-width="{s * 0.055:.1f}"/>'
    )
    for k in (-1, 0, 1):
        body += (
            f'<circle cx="{s * (0.5 + k * 0.22):.1f}" cy="{s * 0.48:.1f}" r="{s * 0.075:.1f}" '
            f'fill="{ink}"/>'
        )
    return svg.picture(svg.document(s, s, body), s, s)
