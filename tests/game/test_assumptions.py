"""What a sceptic in the room is shown: what halving and doubling each value does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pygame
import pytest
from hands_on import LANGUAGES, SIZES, TEXT_SIZES, Player, typed
from play_through import LAYOUT, at_the_table

from game.scenes import assumptions
from game.scenes.assumptions import AssumptionsDialog
from game.scenes.assumptions_bars import Scale
from game.view.boxes import Boxes
from game.view.layout import Layout
from game.view.theme import DARK, LIGHT
from sim.compiled import rules_hash
from sim.evidence import Arm, EvidenceError, Halving, Moved, Outcome, Trial, Usual
from sim.parameters import PARAMETERS
from sim.scenario import load_scenario
from sim.session import Session

BETTER = Moved(10.0, 9.0, 11.0)
AS_GOOD = Moved(1.0, -0.5, 2.5)
SAME = Moved(0.0, 0.0, 0.0)
UNCLEAR = Moved(0.2, -0.3, 0.7)
STAFF, TRUST, ERUPTIONS, ADMISSIONS = range(4)


def arm(way: str, value: float, staff: Moved, lead: Moved = BETTER, **others: Moved) -> Arm:
    ours = (staff, others.get("trust", SAME), SAME, others.get("admissions", SAME))
    return Arm(way, value, False, (ours, ours), lead)


def made_up(**tested: tuple[Arm, ...]) -> Halving:
    """A test in which luck alone moves what staff say by 3, and nothing moves anything."""
    of_all = {
        name: Trial(name, p.default, tested.get(name, (arm("halved", p.default, SAME),)))
        for name, p in PARAMETERS.items()
    }
    usual = (Usual(60.0, 3.0), Usual(0.5, 0.02), Usual(2.0, 0.8), Usual(12.0, 0.6))
    outcomes = (
        Outcome("staff_joint_working", 36), Outcome("trust", 36), Outcome("eruptions", 36),
        Outcome("emergency_admissions", 60),
    )  # fmt: skip
    return Halving(
        rules_hash(), "dancing-around-the-table", "Dancing around the table",
        ("systems-leadership", "do-nothing"), 200, outcomes, (usual, usual), BETTER, of_all,
    )  # fmt: skip


def session(scenario: str = "dancing-around-the-table", **setting: object) -> Session:
    place = load_scenario(scenario)
    promise = place.story.promises[0].id
    return Session.start(place, luck=3, save=False, promise=promise, **setting)  # type: ignore[arg-type]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch):
    """The list as it is with made-up evidence."""

    def show(found: Halving, **setting: object) -> AssumptionsDialog:
        monkeypatch.setattr(assumptions, "halving", lambda: found)
        return AssumptionsDialog(session(**setting))  # type: ignore[arg-type]

    return show


def said_of(dialog: AssumptionsDialog, name: str, outcome: int = STAFF) -> str:
    return dialog.effects[outcome][name].said


# --- a line of the list ---------------------------------------------------------------------


def test_each_line_says_what_halving_and_doubling_did_and_what_luck_does(shown):
    gain = (
        arm("halved", 0.02, Moved(-6.2, -7.0, -5.4)),
        arm("doubled", 0.08, Moved(10.1, 9.0, 11.2)),
    )
    dialog = shown(made_up(trust_gain=gain))
    assert said_of(dialog, "trust_gain") == (
        "Halved: 6 points fewer staff say it works. Doubled: 10 points more. "
        "Luck alone moves it by 3 points."
    )


def test_what_luck_does_too_is_told_from_what_changes_nothing(shown):
    dialog = shown(made_up(neglect=(arm("halved", 0.0075, UNCLEAR),)))
    assert "that luck does not" in said_of(dialog, "neglect")
    assert said_of(dialog, "trust_gain") == "Halving or doubling it changes nothing here."


def test_a_line_says_which_other_outcomes_a_value_moves(shown):
    only = arm("doubled", 0.12, SAME, admissions=Moved(-1.7, -1.9, -1.5))
    dialog = shown(made_up(max_admission_effect=(only,)))
    assert "It does move admissions." in said_of(dialog, "max_admission_effect")
    assert "1.7 points lower" in said_of(dialog, "max_admission_effect", ADMISSIONS)


def test_a_switch_is_switched(shown):
    on = arm("on", 1.0, Moved(-11.0, -12.0, -10.0))
    dialog = shown(made_up(trust_follows_delivery=(on,)))
    assert said_of(dialog, "trust_follows_delivery").startswith("Switched on: 11 points fewer")
    assert "Switching it" in said_of(dialog, "silence_is_harmless")


def test_a_range_that_cut_the_test_is_told(shown):
    most = replace(arm("doubled", 1.0, Moved(-3.0, -4.0, -2.0)), cut=True)
    dialog = shown(made_up(joint_gate_high=(most,)))
    assert said_of(dialog, "joint_gate_high").startswith("At its most, 1: 3 points fewer")


def test_a_value_without_a_test_says_so(shown):
    found = made_up()
    tested = {name: one for name, one in found.tested.items() if name != "neglect"}
    dialog = shown(replace(found, tested=tested))
    assert "not been halved" in said_of(dialog, "neglect")
    assert dialog.found()[-1].name == "neglect"


# --- the statement above the list ------------------------------------------------------------


def test_when_the_headline_stands_the_nearest_miss_is_named(shown):
    close = arm("halved", 0.02, SAME, lead=Moved(4.6, 4.0, 5.2))
    dialog = shown(made_up(trust_gain=(close,)))
    verdict, test, limits = dialog.header
    assert verdict.startswith(
        f"We chose nearly all sizes ourselves. None of {len(PARAMETERS)} values and switches, "
    )
    assert "“trust gain” halved: a lead of 5 points, usually 10 points" in test
    assert "200 lucks" in test
    assert "“Dancing around the table”" in test
    assert "two values" in limits
    assert "your place" in limits


def test_what_turns_the_headline_round_is_counted_named_and_first(shown):
    turned = (arm("halved", 1.1, SAME, lead=AS_GOOD), arm("doubled", 4.0, SAME))
    large = arm("halved", 0.02, Moved(-9.0, -10.0, -8.0))
    dialog = shown(made_up(raise_avoidance=turned, trust_gain=(large,)))
    assert dialog.header[0].startswith(
        f"We chose nearly all sizes ourselves. 1 of {len(PARAMETERS)} values and switches, "
    )
    assert dialog.header[0].endswith("“raise avoidance” (halved).")
    assert [one.name for one in dialog.found()[:2]] == ["raise_avoidance", "trust_gain"]
    assert "Halved, systems leadership is no longer clearly better" in dialog.in_words()


def test_a_play_unlike_the_test_says_so(shown):
    dialog = shown(
        made_up(), scenario="first-steps", parameters={"trust_gain": 0.06},
        theories=["silence_is_harmless"],
    )  # fmt: skip
    assert "set elsewhere, in “First steps”" in dialog.header[2]
    assert "values differently from the test" in dialog.header[2]
    assert "Tested from 0.04" in said_of(dialog, "trust_gain")
    assert "Tested from off" in said_of(dialog, "silence_is_harmless")
    assert "Tested" not in said_of(dialog, "neglect")


def test_a_play_like_the_test_says_nothing_of_it(shown):
    assert "differently" not in shown(made_up()).header[2]


def test_figures_of_other_rules_are_called_so(shown):
    assert "earlier version of the rules" in shown(replace(made_up(), rules="0123")).header[2]
    assert "earlier version" not in shown(made_up()).header[2]


def test_without_figures_the_list_says_why_and_stands(monkeypatch):
    def damaged() -> Halving:
        raise EvidenceError("The file is damaged.", "Write it anew.")

    monkeypatch.setattr(assumptions, "halving", damaged)
    dialog = AssumptionsDialog(session())
    assert "The file is damaged. Write it anew." in dialog.in_words()
    assert len(dialog.found()) == len(PARAMETERS)
    assert dialog.widgets(LAYOUT)


# --- order, outcome, search ------------------------------------------------------------------


@pytest.fixture
def opened(tmp_path: Path) -> tuple[Player, AssumptionsDialog]:
    """The list as it ships, opened with its key."""
    player, _scene = at_the_table(tmp_path)
    player.press(pygame.K_a)
    dialog = player.stack.top
    assert isinstance(dialog, AssumptionsDialog)
    return player, dialog


def test_what_matters_most_comes_first_until_somebody_asks_for_subjects(opened):
    player, dialog = opened
    reach = [dialog.effects[STAFF][one.name].reach for one in dialog.found()]
    assert reach == sorted(reach, reverse=True)
    player.press(pygame.K_PAGEDOWN)
    player.tab_to("order")
    player.press(pygame.K_RIGHT)
    assert not dialog.hands.scrolled.get("assumptions")
    assert [one.name for one in dialog.found()] == list(PARAMETERS)


def test_another_outcome_is_another_order(opened):
    player, dialog = opened
    player.tab_to("outcome")
    player.press(pygame.K_RIGHT, pygame.K_RIGHT, pygame.K_RIGHT)
    assert dialog.outcome == ADMISSIONS
    names = [one.name for one in dialog.found()]
    reach = [dialog.effects[ADMISSIONS][name].reach for name in names]
    assert reach == sorted(reach, reverse=True)
    assert {"admission_trend_per_year", "no_effect_on_admissions"} <= set(names[:5])
    player.click_on("outcome")
    assert dialog.outcome in (TRUST, ERUPTIONS)  # the middle of the row


def test_all_of_it_is_in_the_plain_words_and_a_search_leaves_the_verdict_out_of_sight(opened):
    player, dialog = opened
    words = dialog.in_words()
    assert dialog.header[0] in words
    assert words.count("\n- ") == len(PARAMETERS)
    player.send(typed("hearsay"))
    keys = {item.widget.key for item in dialog.hands.placed(dialog.widgets(LAYOUT))}
    assert "verdict" not in keys
    assert "entry:hearsay_strength" in keys


# --- the picture ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES, indirect=True)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_overlaps_or_is_cut_however_much_turns_round(size, language, shown):
    halved = arm("halved", 0.1, UNCLEAR, lead=AS_GOOD)
    turned = (replace(halved, cut=True), arm("doubled", 0.2, SAME, lead=AS_GOOD))
    names = [name for name, p in PARAMETERS.items() if p.unit != "switch"][:30]
    dialog = shown(made_up(**dict.fromkeys(names, turned)), theories=["mandate_suffices"])
    wrong: list[str] = []
    for text in TEXT_SIZES:
        for scrolled in (0, 900, 100_000):
            boxes = Boxes(*size)
            dialog.hands.scrolled["assumptions"] = scrolled
            dialog.draw(pygame.Surface(size), Layout(*size, text, boxes), LIGHT, 1.0)
            wrong += boxes.faults()
    assert not wrong, wrong[:5]


def test_one_giant_does_not_flatten_the_others(shown):
    giant = arm("halved", 0.01, SAME, admissions=Moved(-60.0, -61.0, -59.0))
    found = made_up(admission_trend_per_year=(giant,))
    assert Scale.of(found, ADMISSIONS).most < 5.0
    small = Scale.of(found, STAFF)
    assert small.most > small.luck
    dialog = shown(found)
    dialog.outcome = ADMISSIONS
    for theme in (LIGHT, DARK):
        dialog.draw(pygame.Surface((1280, 720)), Layout(1280, 720), theme, 1.0)
