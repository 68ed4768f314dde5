"""The table at one instant between two Observations: who walks, turns, leaves and arrives."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pygame

from game.view.layout import Layout, Rect
from game.view.table_geometry import Place, TableShape
from game.view.table_ground import Ground, differing
from game.view.table_marks import Marks, eased, part_of
from game.view.table_people import Look, People, Pose
from game.view.table_reading import Reading
from game.view.table_sprites import Sprites
from game.view.theme import Theme
from sim.observation import Observation, PartnerSeen


@dataclass(frozen=True)
class Moving:
    """The table at one instant between two Observations."""

    surface: pygame.Surface
    layout: Layout
    theme: Theme
    rect: Rect
    look: Look
    share: float
    ground: Ground

    def draw(
        self,
        before: Observation,
        after: Observation,
        old: tuple[TableShape, Reading],
        new: tuple[TableShape, Reading],
    ) -> None:
        """The table on its way from one Observation to the next, with their shapes."""
        layout, rect = self.layout, self.rect
        (was, earlier), (shape, now) = old, new
        self._ground(was, earlier, shape, now)
        sprites = Sprites(self.theme, shape.radius, layout.u)
        Marks(self.surface, rect, sprites, shape, self.share).moving(earlier, now)
        people = People(self.surface, layout, self.theme, rect, sprites, self.look)
        seen = {partner.id: partner for partner in before.partners}
        for place, partner in zip(shape.places, after.partners):
            then = seen.get(partner.id, partner)
            pose = self._pose(place, partner, then, was, earlier, now, shape.radius)
            people.person(place, partner, pose, after.governance)
            if partner.merged_with:
                people.guest(partner, shape.place(partner.merged_with))
        same = was.places == shape.places
        if not same:  # names do not walk: they go with the old places and come with the new
            for place, partner in zip(was.places, before.partners):
                people.name(place, partner, was, 1 - part_of(self.share, 0.0, 0.35))
        for place, partner in zip(shape.places, after.partners):
            people.name(place, partner, shape, 1.0 if same else part_of(self.share, 0.6, 1.0))

    def _ground(self, was: TableShape, earlier: Reading, shape: TableShape, now: Reading) -> None:
        """Cloth and ties, the one fading into the other, only where they differ."""
        ground, rect, unit = self.ground, self.rect, self.layout.u
        over = part_of(self.share, 0.2, 0.85)
        if over <= 0.0:
            self.surface.blit(ground.under(self.theme, rect, was, earlier, unit), rect)
            ground.prepare(self.theme, rect, shape, now, unit)
            return
        layer = ground.under(self.theme, rect, shape, now, unit)
        if over >= 1.0:
            self.surface.blit(layer, rect)
            return
        self.surface.blit(ground.under(self.theme, rect, was, earlier, unit), rect)
        place = Rect(0, 0, rect.width, rect.height)
        if was == shape:
            place = differing(shape, earlier, now, 40 * unit, rect)
        layer.set_alpha(round(255 * over))
        self.surface.blit(layer, place.move(rect.topleft), place)
        layer.set_alpha(None)

    def _pose(
        self,
        place: Place,
        partner: PartnerSeen,
        then: PartnerSeen,
        was: TableShape,
        earlier: Reading,
        now: Reading,
        radius: float,
    ) -> Pose:
        share = eased(self.share)
        try:
            old = was.place(place.id)
        except KeyError:
            old = place
        x, y = old.x + (place.x - old.x) * share, old.y + (place.y - old.y) * share
        one, two = earlier.turned.get(place.id, 0.0), now.turned[place.id]
        turned = one + (two - one) * share
        if abs(two) > abs(one):  # aside, and a little further, and back
            swing = math.sin(self.share * 3 * math.pi) * 14 * (1 - self.share)
            turned += math.copysign(swing, two)
        back_one, back_two = earlier.pushed.get(place.id, 0.0), now.pushed.get(place.id, 0.0)
        back = back_one + (back_two - back_one) * share
        seated = 1.0
        if partner.at_table and not then.at_table:
            seated = part_of(self.share, 0.6, 1.0)
        seen = 1.0
        if partner.new_leader and not then.new_leader:
            # one face goes, another comes
            away = 1 - abs(2 * self.share - 1)
            back += eased(away) * 1.5
            seen = 1 - 0.85 * eased(away)
        return Pose(x, y, turned, back, seated, seen)
