"""Seat cards: everything that a partner may know, on paper, with nothing to fetch."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from sim.report import pages
from sim.report.cards import cards, in_pages, page, sector_name
from sim.scenario import load_scenario
from sim.scenario.parts import Sector

SCENARIO = "dancing-around-the-table"
ELMHAM = Path(__file__).parent.parent / "scenario" / "elmham.yaml"


def words(html: str) -> str:
    """What a reader sees."""
    body = re.sub(r"<(style|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.fixture(scope="module")
def html() -> str:
    return page(load_scenario(SCENARIO))


def test_every_partner_has_a_card_with_all_four_things(html: str) -> None:
    scenario = load_scenario(SCENARIO)
    articles = re.findall(r"<article.*?</article>", html, flags=re.DOTALL)
    assert len(articles) == len(scenario.partners)
    for partner, article in zip(scenario.partners, articles, strict=True):
        text = words(article)
        assert partner.seat is not None
        for wanted in (
            partner.name,
            partner.leader.role,
            partner.seat.want,
            partner.seat.fear,
            partner.seat.cannot_say,
        ):
            assert wanted in text
        assert "<svg" in article
        assert ("You have no chair yet" in text) is not partner.at_table


def test_nobody_reads_on_a_card_what_is_unsaid_between_the_partners(html: str) -> None:
    text = words(html)
    for matter in load_scenario(SCENARIO).unsaid:
        assert matter.left_unsaid not in text
        assert matter.erupts_as not in text


def test_the_page_needs_nothing_from_anywhere(html: str) -> None:
    links = re.findall(r"(?:src|href)=|url\((?!data:)|@import|https?://(?!www\.w3\.org)", html)
    assert links == []
    assert html.count("@font-face") == 3
    assert "OFL" in html or "Open Font License" in html


def test_two_to_a_page_and_the_last_may_be_alone(html: str) -> None:
    ten = cards(load_scenario(SCENARIO))
    assert [len(one) for one in in_pages(ten)] == [2] * 5
    assert [len(one) for one in in_pages(ten[:3])] == [2, 1]
    assert html.count('class="sheet"') == 5
    assert html.count('class="cut"') == 5


def test_the_facilitator_learns_whom_to_sit_apart(html: str) -> None:
    council = cards(load_scenario(SCENARIO))[0]
    assert council.apart_from[0] == "Saltmere General"
    guide = words(html.split('class="guide"')[1])
    assert "Count thirty slowly" in guide
    assert "**" not in guide
    assert "do not hand this out" in guide


def test_where_the_scenario_says_nothing_there_is_room_to_write() -> None:
    town = load_scenario(ELMHAM)
    articles = re.findall(r"<article.*?</article>", page(town), flags=re.DOTALL)
    assert all(article.count('class="lines"') == 3 for article in articles)


def test_what_a_trainer_wrote_cannot_break_the_page(tmp_path: Path) -> None:
    file = tmp_path / "elmham.yaml"
    text = ELMHAM.read_text(encoding="utf-8").replace("Elmham Council", "<b>Elm & ham</b>")
    file.write_text(text, encoding="utf-8")
    html = page(load_scenario(file))
    assert "<b>Elm" not in html
    assert "&lt;b&gt;Elm &amp; ham&lt;/b&gt;" in html
    assert pages.prose("a <i> **b**\n\n- c\n- d") == (
        "<p>a &lt;i&gt; <strong>b</strong></p>\n<ul><li>c</li><li>d</li></ul>"
    )


def test_every_sector_has_a_name_and_a_stray_icon_is_none() -> None:
    from typing import get_args

    assert all(sector_name(sector) for sector in get_args(Sector))
    assert pages.icon("no-such-icon") == ""
    assert pages.icon("../fonts/Inter-OFL") == ""


def test_without_the_window_s_pictures_the_page_is_plain_and_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pages, "ASSETS", tmp_path)
    pages.font_faces.cache_clear()
    try:
        html = page(load_scenario(SCENARIO))
    finally:
        pages.font_faces.cache_clear()
    assert "<svg" not in html
    assert "@font-face" not in html
    assert "Packages do wait" in html


# --- the command --------------------------------------------------------------------------


def unsaid(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from sim.cli import main; main()", "cards", *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        timeout=120,
    )


def test_the_command_writes_and_does_not_overwrite_unasked(tmp_path: Path) -> None:
    first = unsaid(SCENARIO, "--out", "cards.html", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "10 seat cards" in first.stdout
    written = tmp_path / "cards.html"
    assert "Saltmere General" in written.read_text(encoding="utf-8")

    written.write_text("mine", encoding="utf-8")
    again = unsaid(SCENARIO, "--out", "cards.html", cwd=tmp_path)
    assert again.returncode == 1
    assert "--force" in again.stderr
    assert written.read_text(encoding="utf-8") == "mine"

    forced = unsaid(SCENARIO, "--out", "cards.html", "--force", cwd=tmp_path)
    assert forced.returncode == 0, forced.stderr
    assert "Saltmere General" in written.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("dancing",), SCENARIO),
        ((SCENARIO, "--out", "no/such/cards.html"), "there is no folder"),
        ((SCENARIO, "--out", "."), "is a folder"),
        (("nowhere.yaml",), "no such file"),
    ],
)
def test_what_cannot_be_written_is_a_sentence(
    args: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    answer = unsaid(*args, cwd=tmp_path)
    assert answer.returncode == 1
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not list(tmp_path.iterdir())
