"""A name that nobody has, and who was probably meant."""

from __future__ import annotations

import pytest

from sim.spelling import meant

PLACES = ("dancing-around-the-table", "first-steps", "lead-agency", "lead-partner")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("dancing", "dancing-around-the-table"),
        ("Dancing around the table", "dancing-around-the-table"),
        ("first_steps", "first-steps"),
        ("steps", "first-steps"),
        ("frist-steps", "first-steps"),
        ("partner", "lead-partner"),
        ("lead", ""),  # two begin so: a guess would be a toss of a coin
        ("le", ""),
        ("winter", ""),
        ("", ""),
    ],
)
def test_what_was_meant(written: str, name: str) -> None:
    assert meant(written, PLACES) == name


def test_a_name_of_nobody_is_nobody() -> None:
    assert meant("anything", ()) == ""
