"""A reveal: the largest changes the group could observe, and nothing it could not."""

from __future__ import annotations

from dataclasses import replace

import observations
from hypothesis import given
from hypothesis import strategies as st

from sim.beats import BEATS, beats
from sim.moves import Event
from sim.observation import MatterSeen, Observation, TieSeen
from sim.resident import feeling
from sim.reveal import (
    Reveal,
    Words,
    cards,
    confidences,
    surfacings,
)
from sim.session.coding import reveal_data, reveal_from

WORDS = Words(
    raised={"late-discharges": "She puts the papers down.", "weekends": "He laughs."},
    erupts={"late-discharges": "The letter."},
    cards={"mp": ("The MP writes", "Dear colleague")},
    replies={("mp", "one"): "It takes nine drafts."},
    months={"good": "g", "middling": "m", "bad": "b"},
    counted=(),
)
PEOPLE = tuple(observations.partner(k) for k in range(4))


def seen(*, month: int = 3, matters: tuple[MatterSeen, ...] = (), **bands: int) -> Observation:
    """An observation with council–hospital and council–gps ties of these bands."""

    def tie(b: str, band: int) -> TieSeen:
        change = (band > 2) - (band < 2)
        return observations.tie("council", b, trust_ab=band, trust_ba=2, change=change)

    ties = (tie("hospital", bands.get("ab", 2)), tie("gps", bands.get("ac", 2)))
    return observations.observation(PEOPLE, ties, month=month, matters=matters)


def matter(id: str = "late-discharges", **changes: object) -> MatterSeen:
    return replace(observations.LATE, id=id, live=False, **changes)  # type: ignore[arg-type]


def event(code: str, month: int = 2, **args: str | float | int) -> Event:
    return Event(month, code, args)


def because(a: str, b: str, sign: int) -> str:
    return "promise_broken" if sign < 0 else "raised_well"


def test_trust_lost_is_the_first_beat_with_its_cause() -> None:
    made = beats(seen(month=0), seen(ab=0, ac=3), (), because)
    assert made[0] == event("trust_down", 3, a="council", b="hospital", cause="promise_broken")
    assert made[1].code == "trust_up"


def test_at_most_three_and_one_about_each_thing() -> None:
    events = [
        event("project_started", kind="pilot", members="council gps"),
        event("leader_announced", who="gps"),
        event("leader_left", who="gps"),
        event("project_failed_blamed", kind="pilot", members="council gps"),
        event("agreement"),
    ]
    made = beats(seen(month=0), seen(ab=0), events, because)
    assert [beat.code for beat in made] == ["agreement", "trust_down", "project_failed_blamed"]
    few = beats(seen(month=0), seen(), events[1:3], because)
    assert [beat.code for beat in few] == ["leader_left"]


def test_what_nobody_saw_is_no_beat() -> None:
    hidden = [
        event("avoided", a="council", b="hospital", matter="never-at-the-board"),
        event("raised_badly", a="council", b="hospital", matter="late-discharges"),
        event("confided", source="gps", about="council", matter="weekends"),
    ]
    assert beats(seen(month=0), seen(matters=(matter(),)), hidden, because) == ()


def test_in_a_quiet_turn_the_silence_is_the_news() -> None:
    events = [
        event("avoided", a="council", b="hospital", matter="late-discharges"),
        event("avoided", 3, a="council", b="hospital", matter="late-discharges"),
        event("avoided", 3, a="council", b="gps", matter="council~gps"),
    ]
    after = seen(matters=(matter(), matter("council~gps")))
    assert beats(seen(month=0), after, events, because) == (events[0],)


def test_what_has_its_own_place_is_no_beat_too() -> None:
    out = matter(left_unsaid="You discharge at eleven.", status="surfaced")
    events = [event("raised_badly", 3, a="council", b="hospital", matter="late-discharges")]
    after = seen(matters=(out,))
    assert beats(seen(month=0), after, events, because) == tuple(events)
    assert beats(seen(month=0), after, events, because, {"late-discharges"}) == ()


def test_more_trust_that_nobody_can_explain_is_no_story() -> None:
    def unseen(a: str, b: str, sign: int) -> str:
        return "unsaid"

    made = beats(seen(month=0), seen(ab=1, ac=4), (), unseen)
    assert [beat.code for beat in made] == ["trust_down"]


def test_a_band_that_only_just_turned_is_no_news() -> None:
    still = seen(ab=1)
    still = replace(still, ties=tuple(replace(tie, change=0) for tie in still.ties))
    assert beats(seen(month=0), still, (), because) == ()


def test_fog_hides_the_bands_and_so_the_beats() -> None:
    def fog(of: Observation) -> Observation:
        return replace(
            of, ties=tuple(replace(tie, trust_ab=None, trust_ba=None, change=-1) for tie in of.ties)
        )

    assert beats(fog(seen(month=0)), fog(seen(ab=0)), (), because) == ()


@given(
    st.lists(
        st.builds(
            event,
            st.sampled_from(["joint_step", "leader_left", "shock", "agreement", "fund_paid"]),
            st.integers(1, 3),
            who=st.sampled_from(["gps", "council"]),
        ),
        max_size=12,
    ),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_beats_are_few_seen_and_the_same_each_time(
    events: list[Event], then: int, now: int
) -> None:
    before, after = seen(month=0, ab=then), seen(ab=now)
    made = beats(before, after, events, because)
    assert len(made) <= BEATS
    assert made == beats(before, after, list(events), because)
    assert all(beat in events or beat.code.startswith("trust_") for beat in made)
    assert "shock" not in {beat.code for beat in made}  # a card, or a line in the minutes


def test_words_that_come_out() -> None:
    hidden, out = matter(), matter(left_unsaid="You discharge at eleven.", status="surfaced")
    events = [event("raised_badly", 3, a="council", b="hospital", matter="late-discharges")]
    erupted, (surfaced,) = surfacings(
        seen(month=0, matters=(hidden,)), seen(matters=(out,)), events, WORDS
    )
    assert erupted == ()
    assert (surfaced.left_unsaid, surfaced.scene, surfaced.well, surfaced.month) == (
        "You discharge at eleven.",
        "She puts the papers down.",
        False,
        3,
    )
    # out already last turn: no surfacing again
    assert surfacings(seen(matters=(out,)), seen(matters=(out,)), events, WORDS) == ((), ())


def test_an_eruption_takes_the_stage_from_its_own_surfacing() -> None:
    out = matter(left_unsaid="You discharge at eleven.", status="erupted")
    events = [
        event("raised_badly", 1, a="council", b="hospital", matter="late-discharges"),
        event("erupted", 2, a="council", b="hospital", matter="late-discharges", breach=0.2),
    ]
    (erupted,), surfaced = surfacings(seen(month=0), seen(matters=(out,)), events, WORDS)
    assert (erupted.scene, erupted.month, surfaced) == ("The letter.", 2, ())


def test_words_that_somebody_new_says_come_out_too() -> None:
    out = matter("weekends", left_unsaid="We are full by Sunday.", status="surfaced")
    _erupted, (surfaced,) = surfacings(seen(month=0), seen(matters=(out,)), (), WORDS)
    assert surfaced.scene == "He laughs."
    assert surfaced.well is None  # nobody raised it, so nobody took it well or badly


def test_a_confidence_comes_face_down() -> None:
    told = matter(left_unsaid="…", status="confided", confided_by="council", confidence="held")
    events = [event("confided", 2, source="council", about="hospital", matter="late-discharges")]
    (confidence,) = confidences(seen(month=0), seen(matters=(told,)), events)
    assert (confidence.source, confidence.about, confidence.month) == ("council", "hospital", 2)
    assert confidences(seen(matters=(told,)), seen(matters=(told,)), ()) == ()


def test_cards_come_with_what_was_chosen() -> None:
    (card,) = cards([event("inject", 2, id="mp", option="one"), event("shock", name="x")], WORDS)
    assert (card.title, card.option, card.reply) == (
        "The MP writes",
        "one",
        "It takes nine drafts.",
    )


def test_the_resident_feels_what_is_counted_for_her() -> None:
    base = seen(month=3)

    def month(**measures: float) -> str:
        series = {"delayed_transfers": (10.0,), "resident_experience": (50.0,)}
        told = replace(base, series=series, measures=base.measures | measures)
        return feeling(told, ("delayed_transfers", "resident_experience"))

    assert month(delayed_transfers=10.0, resident_experience=50.0) == "middling"
    assert month(delayed_transfers=8.0, resident_experience=50.0) == "good"
    assert month(delayed_transfers=12.0, resident_experience=49.5) == "bad"
    # one wild figure is not her month
    assert month(delayed_transfers=30.0, resident_experience=51.5) == "middling"
    assert feeling(base, ()) == "middling"


def test_a_reveal_of_an_earlier_version_still_opens() -> None:
    out = matter("weekends", left_unsaid="We are full by Sunday.", status="surfaced")
    surfaced = surfacings(seen(month=0), seen(matters=(out,)), (), WORDS)[1]
    made = Reveal(2, 4, 6, (), (), surfaced, (), (), (event("avoided", 5, a="a", b="b"),), "m")
    kept = reveal_data(made)
    assert reveal_from(kept) == made
    assert reveal_from(kept | {"feeling": "bad", "board": [{"month": 4}], "attendance": []}) == made
