"""The whole analysis: files, page, methods; and pages of sweeps that lack something."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest
from made_up_sweep import MEASURES, hypercube, write_sweep
from typer.testing import CliRunner

from sim.cli import app
from sim.sweep.analysis import Analysis, analyse, open_sweep, sections_of
from sim.sweep.analysis.drawing.style import house_style, saved
from sim.sweep.analysis.gathering import gather
from sim.sweep.analysis.look import look_at
from sim.sweep.analysis.saving import CannotSave

STAFF = {"staff_joint_working": MEASURES["staff_joint_working"]}
STRESS = ("Objectives", "Logic", "Data", "Experimentation", "Implementation", "Code access")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sweep(
        tmp_path_factory.mktemp("whole"),
        theories=("none", "mandate_suffices"),
        strategies=("do-nothing", "systems-leadership"),
        factors={k: v for k, v in hypercube(40).items() if k in ("trust_gain", "place.backing")},
        replications=6,
        months=(12, 36),
        measures=STAFF,
    )


@pytest.fixture(scope="module")
def done(folder: Path) -> Analysis:
    return analyse(folder)


@pytest.fixture(scope="module")
def page(done: Analysis) -> str:
    return done.page.read_text(encoding="utf-8")


class Outline(HTMLParser):
    """Ids, links, images and tags of a page; complains of tags that do not close."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.tags: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if "href" in found else []
        if tag == "img":
            self.images.append(found)
        if tag not in ("meta", "img"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


def test_the_page_needs_nothing_but_itself(page: str, done: Analysis) -> None:
    outline = Outline(page)
    assert not {"script", "link", "iframe", "object"} & set(outline.tags)
    assert outline.images
    for image in outline.images:
        assert (image["src"] or "").startswith("data:image/svg+xml;base64,")
        assert len(image["alt"] or "") > 20
    assert not re.search(r"url\((?!data:)|@import|https?://", page)
    for link in outline.links:
        if link.startswith("#"):
            assert link[1:] in outline.ids, link
        else:
            assert (done.folder / link).is_file(), link
    assert len(outline.ids) == len(set(outline.ids))


def test_the_contents_lead_to_every_part(page: str, folder: Path) -> None:
    sweep = open_sweep(folder)
    contents = page[page.index("<nav") : page.index("</nav>")]
    for section in sections_of(look_at(sweep, gather(sweep))):
        assert f'href="#{section.id}"' in contents
        assert section.pieces or section.missing, section.id
        assert all(len(piece.finding) > 20 for piece in section.pieces)


def test_the_question_comes_first_and_findings_next(page: str, done: Analysis) -> None:
    assert "<h1>Does candour pay before trust does?</h1>" in page
    assert page.index("In short") < page.index("What was run")
    assert len(done.short) >= 3
    assert done.notes == ()


def test_tables_are_the_same_in_csv_and_parquet_and_for_other_programs(done: Analysis) -> None:
    names = {path.stem for path in done.tables}
    assert {"means", "differences", "theories", "bands", "heat", "boxes", "regret"} <= names
    for path in done.tables:
        if path.suffix == ".csv":
            other = pl.read_parquet(path.with_suffix(".parquet"))
            assert pl.read_csv(path, infer_schema_length=None).height == other.height > 0
    where = done.folder / "tables" / "differences.parquet"
    rows = duckdb.sql(
        f"select difference from '{where}' where month = 36 and theory = 'none'"
    ).fetchall()
    assert len(rows) == 1
    assert rows[0][0] > 2


def test_every_figure_is_there_twice(done: Analysis) -> None:
    for path in done.figures:
        data = path.read_bytes()
        assert data.startswith(b"\x89PNG" if path.suffix == ".png" else b"<?xml")
        if path.suffix == ".svg":
            assert b"<dc:date>" not in data
            assert b"<text" not in data  # letters are outlines: the same on every machine


def test_the_same_folder_gives_the_same_bytes(folder: Path, done: Analysis, tmp_path: Path) -> None:
    from sim.sweep.analysis.saving import make_folders, save_tables

    sweep = open_sweep(folder)
    look = look_at(sweep, gather(sweep))
    sections = sections_of(look)
    make_folders(tmp_path)
    again = save_tables(sections, tmp_path)
    assert len(again) == len(done.tables)
    for one, other in zip(again, done.tables):
        assert one.read_bytes() == other.read_bytes(), one.name
    (picture,) = (p.picture for s in sections for p in s.pieces if s.id == "regret")
    assert picture is not None
    with house_style():
        svg, png = saved(picture.draw())
    assert (done.folder / "figures" / f"{picture.name}.svg").read_bytes() == svg
    assert (done.folder / "figures" / f"{picture.name}.png").read_bytes() == png


def test_methods_have_the_headings_of_stress_and_what_to_repeat_it_with(done: Analysis) -> None:
    text = done.methods.read_text(encoding="utf-8")
    assert [line[6:] for line in text.splitlines() if line.startswith("## ")] == list(STRESS)
    for needed in (
        "1b4f0e9851971998",
        "unsaid sweep candour.yaml",
        "luck common, first 1",
        "1" * 64,
    ):
        assert needed in text
    assert "question: Does candour pay before trust does?" in text
    assert "{" not in text.split("```yaml")[0]


def written(tmp_path: Path, **made: object) -> str:
    """The page of a sweep that lacks something, as text."""
    done = analyse(write_sweep(tmp_path, **made))  # type: ignore[arg-type]
    page = done.page.read_text(encoding="utf-8")
    Outline(page)
    assert not re.search(r"\bnan\b|\{\w+\}", re.sub(r"base64,[^\"]*", "", page))
    assert "Traceback" not in page
    return page


def test_one_strategy_one_run_one_month_without_a_record(tmp_path: Path) -> None:
    page = written(
        tmp_path,
        strategies=("relational",),
        months=(36,),
        replications=1,
        measures={"spend_per_head": MEASURES["spend_per_head"]},
        design={"kind": "none"},
        record=False,
    )
    assert "nothing to compare with" in page
    assert "There is one run of each kind, so no interval can be computed." in page
    assert "Nothing was varied" in page
    assert "there is only one" in page


def test_every_run_failed(tmp_path: Path) -> None:
    page = written(
        tmp_path,
        replications=3,
        design={"kind": "none"},
        fails=lambda runs: np.ones(runs.point.size, bool),
    )
    assert "9 runs failed and are left out" in page
    assert "No run succeeded, so there are no means." in page


def test_an_unfinished_sweep_is_analysed_with_a_visible_note(tmp_path: Path) -> None:
    page = written(
        tmp_path,
        replications=12,
        chunks=4,
        months=(36,),
        measures=STAFF,
        keep=lambda chunk: chunk != 3,
        design={"kind": "none"},
    )
    assert '<div class="note" role="note"><p>This sweep is not finished: 27 of 36 runs' in page


def test_only_families(tmp_path: Path) -> None:
    page = written(
        tmp_path,
        strategies=tuple(f"family:systems#{k}" for k in range(12)),
        replications=4,
        months=(36,),
        measures=STAFF,
        design={"kind": "none"},
    )
    assert "Every strategy of this sweep was drawn for a family" in page
    assert "the best tenth of the family systems does best" in page


def test_names_that_mean_something_to_a_browser_stay_names(tmp_path: Path) -> None:
    page = written(
        tmp_path,
        scenarios=("<b>bold</b> & co",),
        strategies=("relational",),
        replications=1,
        months=(36,),
        measures=STAFF,
        design={"kind": "none"},
    )
    assert "<b>bold" not in page
    assert "&lt;b&gt;bold" in page


def test_an_analysis_that_cannot_be_written(tmp_path: Path) -> None:
    write_sweep(tmp_path / "sweep", replications=1, months=(36,))
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotSave, match="cannot be written"):
        analyse(tmp_path / "sweep", tmp_path / "file" / "analysis")


def test_the_command_tells_findings_and_where_the_page_is(tmp_path: Path) -> None:
    folder = write_sweep(tmp_path / "sweep", replications=2, months=(36,), measures=STAFF)
    run = CliRunner().invoke(
        app, ["analyse", str(folder), "--out", str(tmp_path / "found"), "--json"]
    )
    assert run.exit_code == 0, run.output
    told = json.loads(run.stdout)
    assert told["page"] == str(tmp_path / "found" / "index.html")
    assert Path(told["page"]).is_file()
    assert told["findings"]
    assert len(told["tables"]) == len(set(told["tables"])) > 6


def test_the_command_refuses_a_folder_that_is_no_sweep(tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["analyse", str(tmp_path)])
    assert type(run.exception).__name__ == "SweepUnreadable"
