"""What the pages say is so: tables, names, links, examples."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim import draws
from sim.effects import EFFECTS
from sim.fields import MEASURES
from sim.parameters import THEORIES

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "docs" / "model.md"
PAGES = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "scenarios" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
)


def model() -> str:
    return MODEL.read_text(encoding="utf-8")


def test_the_tables_of_the_model_are_those_of_the_code() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "make_tables.py", "--check"], cwd=ROOT, check=False
    )
    assert done.returncode == 0, "docs/model.md is out of step: make docs"


def processes() -> tuple[str, ...]:
    return tuple(name for name in vars(draws) if re.fullmatch(r"P_[A-Z_]+", name))


@pytest.mark.parametrize(
    "names", [processes(), MEASURES, tuple(EFFECTS), THEORIES], ids=lambda names: names[0]
)
def test_the_model_names_everything_there_is(names: tuple[str, ...]) -> None:
    text = model()
    assert not [name for name in names if f"`{name}`" not in text]


def test_every_process_is_drawn_somewhere() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "sim").rglob("*.py")
        if path.name != "draws.py"
    )
    assert len(processes()) > 15
    assert not [name for name in processes() if not re.search(rf"\b{name}\b", code)]


def test_the_schedule_on_the_page_is_the_one_in_the_code() -> None:
    locality = pytest.importorskip("sim.locality")
    lines = re.findall(r"^\s*(\d+\. .+)$", locality.Locality.step.__doc__, re.M)
    assert len(lines) == 10
    flat = " ".join(model().split())
    assert not [line for line in lines if line not in flat]


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith(("http:", "https:", "#")):
                yield page, target.split("#")[0]


def test_every_link_leads_somewhere() -> None:
    assert not [f"{page.name}: {to}" for page, to in links() if not (page.parent / to).exists()]


def test_every_make_target_on_the_pages_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        named = re.findall(r"(?:`|^)make ([a-z-]+)", text, re.M)
        assert set(named) <= targets, page.name


def test_every_command_and_option_on_the_pages_exists() -> None:
    typer = pytest.importorskip("typer")
    from sim.cli import app

    commands = typer.main.get_command(app).commands
    for page in PAGES:
        for name, rest in re.findall(
            r"(?:`|^|[/\\])unsaid ([a-z]+)([^`\n]*)", page.read_text(encoding="utf-8"), re.M
        ):
            assert name in commands, f"{page.name}: unsaid {name}"
            command = commands[name]
            for inner in getattr(command, "commands", {}):  # `unsaid sweep plan`, `unsaid sweep`
                if re.match(rf"\s+{inner}\b", rest):
                    command = command.commands[inner]
                    break
            else:
                command = getattr(command, "commands", {}).get("run", command)
            known = {option for parameter in command.params for option in parameter.opts}
            assert set(re.findall(r"--[a-z]+", rest)) <= known, f"{page.name}: unsaid {name}{rest}"


def examples() -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", model(), re.M | re.S)


@pytest.mark.parametrize("code", examples())
def test_every_example_in_the_model_runs(code: str) -> None:
    exec(compile(code, str(MODEL), "exec"), {"__name__": "example"})


def test_every_file_that_the_model_names_is_there() -> None:
    named = re.findall(r"`((?:sim|rules|docs|tests)/[\w/]*\.?(?:py|md|yaml)?)`", model())
    for name in named:
        assert (ROOT / name).exists() or (ROOT / "sim" / name).exists(), name
