"""The table's picture says what was observed, the same for equal Observations, and no more."""

from __future__ import annotations

from dataclasses import replace

import pygame
import pytest
from observations import fourteen, mid_play, quiet_start, three_partners

from game.view.boxes import Boxes
from game.view.layout import Layout, Rect
from game.view.table import Look, Motion, TableView, table_shape
from game.view.table_reading import TURNS, read, style_of
from game.view.table_sprites import told
from game.view.theme import DARK, LIGHT
from sim.observation import Observation

RECT = Rect(0, 0, 1240, 640)
LAYOUT = Layout(1920, 1080)


def picture(
    observation: Observation, *, theme=LIGHT, t: float = 0.0, layout: Layout = LAYOUT, **how
) -> bytes:
    surface = pygame.Surface(RECT.size)
    TableView().draw(surface, layout, theme, RECT, observation, t, **how)
    return pygame.image.tobytes(surface, "RGB")


def with_tie(observation: Observation, a: str, b: str, **changes: object) -> Observation:
    ties = tuple(
        replace(tie, **changes) if (tie.a, tie.b) == (a, b) else tie for tie in observation.ties
    )
    return replace(observation, ties=ties)


EVERY = (quiet_start, three_partners, mid_play, fourteen)


@pytest.mark.parametrize("make", EVERY)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_equal_observations_give_equal_pixels(make, theme):
    assert make() is not make()
    assert picture(make(), theme=theme) == picture(make(), theme=theme)


def test_what_was_drawn_before_leaves_no_trace():
    view = TableView()
    first, second = pygame.Surface(RECT.size), pygame.Surface(RECT.size)
    view.draw(first, LAYOUT, LIGHT, RECT, mid_play(), 0.0)
    for other in (quiet_start(), fourteen()):
        view.draw(second, LAYOUT, DARK, RECT, other, 3.0, look=Look(focus="council"))
    view.draw(second, LAYOUT, LIGHT, RECT, mid_play(), 9.0)
    assert pygame.image.tobytes(first, "RGB") == pygame.image.tobytes(second, "RGB")


@pytest.mark.parametrize(
    "change",
    [
        {"tokens": 1},
        {"tokens": 2},
        {"dancing": 1},
        {"dancing": 2},
        {"dancing": 3},
        {"tension_surfaced": True},
        {"dispute": True},
        {"change": 1},
        {"change": -1},
        {"joint": 2},
        {"joint": 4},
    ],
    ids=str,
)
def test_everything_observed_between_two_can_be_seen(change):
    before = with_tie(quiet_start(), "council", "gps", depends=True)
    assert picture(before) != picture(with_tie(before, "council", "gps", **change))


def test_trust_is_only_drawn_where_it_changed_or_is_looked_at():
    one = with_tie(quiet_start(), "council", "gps", depends=True, trust_ab=0)
    other = with_tie(one, "council", "gps", trust_ab=4)
    assert picture(one) == picture(other)
    look = Look(focus="gps")
    assert picture(one, look=look) != picture(other, look=look)
    changed = {"change": 1}
    assert picture(with_tie(one, "council", "gps", **changed)) != picture(
        with_tie(other, "council", "gps", **changed)
    )


def test_trust_hidden_by_fog_is_drawn_all_the_same():
    hidden = with_tie(
        mid_play(), "charity", "police", trust_ab=None, trust_ba=None, change=1, joint=0
    )
    assert picture(hidden) != picture(mid_play())


def test_the_more_two_avoid_each_other_the_further_they_turn():
    seen = quiet_start()
    shape = table_shape(LAYOUT, RECT, seen)
    for level, degrees in enumerate(TURNS):
        turned = read(with_tie(seen, "council", "gps", dancing=level), shape, 1.0).turned
        assert abs(turned["council"]) == abs(turned["gps"]) == degrees
        assert turned["police"] == 0


def test_they_turn_away_from_each_other_not_toward():
    seen = with_tie(quiet_start(), "council", "hospital", dancing=3)
    shape = table_shape(LAYOUT, RECT, seen)
    turned = read(seen, shape, 1.0).turned
    # the hospital sits clockwise of the council, at the top of the table, where everybody
    # looks down: away from it is further clockwise for the one, anticlockwise for the other
    assert turned["council"] > 0 > turned["hospital"]


def test_ghosts_are_those_who_need_each_other_and_nothing_more():
    styles = {style_of(tie) for tie in quiet_start().ties}
    assert styles == {"", "ghost"}
    assert style_of(with_tie(quiet_start(), "council", "gps", dispute=True).ties[1]) == "dispute"


@pytest.mark.parametrize(
    "change",
    [
        {"leaving": True},
        {"new_leader": True},
        {"last_reply": "deputy"},
        {"merged_with": "council"},
        {"reorganising": True},
        {"at_table": False},
    ],
    ids=str,
)
def test_what_happens_to_a_partner_can_be_seen(change):
    seen = quiet_start()
    partners = tuple(replace(p, **change) if p.id == "police" else p for p in seen.partners)
    assert picture(seen) != picture(replace(seen, partners=partners))


def test_a_project_takes_root_stage_by_stage():
    seen = mid_play()
    stages = []
    for stage in ("running", "delivered", "embedded"):
        project = replace(seen.projects[0], stage=stage)
        stages.append(picture(replace(seen, projects=(project,))))
    assert len(set(stages)) == 3


def test_the_table_moves_from_what_it_was_and_then_stands_still():
    before, after = quiet_start(), mid_play()
    motion = Motion(before, since=10.0)
    frames = [picture(after, t=t, motion=motion) for t in (10.0, 10.3, 10.7, 12.0, 30.0)]
    assert len(set(frames[:4])) == 4
    assert frames[3] == frames[4] == picture(after)


def test_aiming_shows_who_can_be_chosen_and_with_which_key():
    seen = quiet_start()
    plain = picture(seen)
    aiming = Look(aimable=frozenset({"council", "gps"}), numbers={"council": "1", "gps": "3"})
    assert picture(seen, look=aiming) != plain
    chosen = replace(aiming, chosen=("gps",), aimable=frozenset({"council"}))
    assert picture(seen, look=chosen) != picture(seen, look=aiming)


@pytest.mark.parametrize("make", EVERY)
@pytest.mark.parametrize("text", [1.0, 1.3])
@pytest.mark.parametrize("size", [(1024, 640), (1920, 1080)])
def test_no_name_leaves_the_picture_or_covers_another(make, text, size):
    boxes = Boxes(*size)
    layout = Layout(*size, text, boxes)
    rect = Rect(10, 60, round(size[0] * 0.65), round(size[1] * 0.6))
    surface = pygame.Surface(size)
    TableView().draw(surface, layout, LIGHT, rect, make(), 0.0)
    assert boxes.faults() == []
    assert len(boxes.names("text")) == len(make().partners)


def test_the_table_can_be_told_in_words():
    words = told(mid_play())
    assert "Northmarsh Council and St Brannock’s Hospital" in words
    assert "in open dispute" in words
    assert "Not at the table: Residents’ Forum." in words


def test_what_is_not_about_those_looked_at_steps_back():
    seen = mid_play()
    shape = table_shape(LAYOUT, RECT, seen)
    heaps = {m.members: m.spot for m in read(seen, shape, 1.0).marks if m.kind == "tokens"}

    def inks(look: Look) -> dict[tuple[str, ...], int]:
        """How many points of each heap have the full colour of its dots."""
        surface = pygame.Surface(RECT.size)
        TableView().draw(surface, LAYOUT, LIGHT, RECT, seen, 0.0, look=look)
        dots = pygame.Color(LIGHT.tension)
        found = {}
        for members, spot in heaps.items():
            side = round(spot.radius * 2)
            part = surface.subsurface(Rect(round(spot.x) - side // 2, round(spot.y) - side // 2,
                                           side, side))  # fmt: skip
            found[members] = pygame.mask.from_threshold(part, dots, (6, 6, 6, 255)).count()
        return found

    plain = inks(Look())
    focused = inks(Look(focus="hospital"))
    told = inks(Look(pair=("community", "mind")))
    mine, other = ("council", "hospital"), ("community", "mind")
    assert min(plain[mine], plain[other]) > 50
    assert focused[mine] >= plain[mine] * 0.8
    assert focused[other] == 0
    assert told[other] >= plain[other] * 0.8
    assert told[mine] == 0


def test_a_change_of_people_moves_everybody_and_ends_where_it_should():
    before, after = mid_play(), mid_play()
    partners = tuple(replace(p, at_table=True) for p in after.partners)
    after = replace(after, partners=partners)
    motion = Motion(before, since=0.0)
    frames = [picture(after, t=t, motion=motion) for t in (0.0, 0.5, 1.0, 1.5)]
    assert len(set(frames)) == 4
    assert picture(after, t=5.0, motion=motion) == picture(after)
    # fading pictures in and out leaves what is kept as it was
    assert picture(before) == picture(mid_play())
    assert picture(after) not in frames
