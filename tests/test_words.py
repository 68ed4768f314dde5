"""Every sentence can be translated: gathered for translators, looked up when it is shown."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from sim.effects import catalogue
from sim.parameters import PARAMETERS
from sim.silence import silences
from sim.words import DOMAIN

ROOT = Path(__file__).parent.parent


def make_words() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_words", ROOT / "docs" / "make_words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gathered() -> Catalog:
    return make_words().gathered()


def test_sentences_of_every_kind_are_gathered(gathered: Catalog) -> None:
    for text in (
        "Let it pass",  # the game
        "January",  # marked in a table
        "One thing you cannot say",  # a template
        "The places to play; the one to begin with first.",  # a command
        "Where to write the page, an HTML file.",  # an option
        next(iter(catalogue().values())).lines[1],
        next(iter(PARAMETERS.values())).sentence,
        silences()["speak"].title,
    ):
        assert text in gathered, text
    assert isinstance(gathered["{count} seat card and a facilitator's sheet in {file}."].id, tuple)


def test_the_template_that_lies_there_is_one() -> None:
    template = (ROOT / "sim" / "locale" / "left-unsaid.pot").read_text(encoding="utf-8")
    assert 'msgid "Let it pass"' in template
    assert "Creation-Date" not in template


def test_help_and_tables_come_in_the_reader_s_language(tmp_path: Path) -> None:
    parameter = next(iter(PARAMETERS.values()))
    catalog = Catalog(locale="cy")
    catalog.add("The places to play; the one to begin with first.", "Y llefydd i chwarae.")
    catalog.add("Say the version.", "Dweud y fersiwn.")
    catalog.add("Write over a file that is there already.", "Ysgrifennu dros ffeil.")
    catalog.add(parameter.sentence, "Brawddeg.")
    catalog.add(next(iter(catalogue().values())).name, "Paned")
    catalog.add("one partner", "un partner")
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalog)
    code = (
        "import sys, sim.words; from pathlib import Path;"
        "sim.words.LOCALE_FOLDER = Path(sys.argv.pop(1)); from sim.cli import main; main()"
    )

    def said(*args: str, language: str = "cy") -> str:
        return subprocess.run(
            [sys.executable, "-c", code, str(tmp_path), *args],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=dict(os.environ, UNSAID_LANGUAGE=language, COLUMNS="120"),
            check=True,
        ).stdout

    help_text = said("--help")
    assert "Y llefydd i chwarae." in help_text
    assert "Dweud y fersiwn." in help_text
    assert "Ysgrifennu dros ffeil." in said("cards", "--help")
    assert "Brawddeg." in said("parameters")
    moves = said("moves")
    assert "Paned" in moves
    assert "un partner" in moves
    assert "The places to play" in said("--help", language="en")
