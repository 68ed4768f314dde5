"""The house's own rules: what the repository may hold, and what leaves it in a wheel."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST = 450

# Spelled so that this file does not hold what it looks for.
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "deb.debian" + ".org")
MACHINE_PATHS = re.compile(
    r"(?<![\w.$~{}/-])/(?:" + "|".join(("root", "work", "home", "Users", "opt", "mnt")) + r")/\w"
)
TEXT = {
    ".py",
    ".toml",
    ".md",
    ".yaml",
    ".yml",
    ".lock",
    ".txt",
    ".svg",
    ".cfg",
    ".jsonl",
    ".po",
    "",
}


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listing.returncode:
        pytest.skip("not a git clone")
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        if path.suffix in TEXT:
            text = path.read_text(encoding="utf-8", errors="replace")
            found.append((path.relative_to(ROOT).as_posix(), text))
    return found


def test_no_file_names_a_registry_or_a_path_of_somebody_s_machine() -> None:
    wrong = []
    for name, text in texts():
        wrong += [f"{name}: {registry}" for registry in REGISTRIES if registry in text]
        wrong += [f"{name}: {hit.group()}" for hit in MACHINE_PATHS.finditer(text)]
    assert not wrong


def test_no_python_file_is_too_long_to_read() -> None:
    long = {
        name: lines
        for name, text in texts()
        if name.endswith(".py") and (lines := text.count("\n")) > LONGEST
    }
    assert not long


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def required() -> list[str]:
    wanted = [*project()["dependencies"], *project()["optional-dependencies"]["dev"]]
    return [re.split(r"[\[<>=!~; ]", line)[0] for line in wanted]


def test_every_dependency_has_its_reason() -> None:
    page = (ROOT / "docs/decisions/dependencies.md").read_text(encoding="utf-8")
    assert [name for name in required() if f"`{name}`" not in page] == []


def test_the_reasons_are_for_dependencies_there_are() -> None:
    page = (ROOT / "docs/decisions/dependencies.md").read_text(encoding="utf-8")
    named = set()
    for line in page.splitlines():
        if line.startswith("| `"):
            named |= set(re.findall(r"`([^`]+)`", line.split("|")[1]))
    assert named == set(required())


def test_the_lock_pins_everything_by_hash_and_names_no_source() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?:|--(extra-)?index|--find-links|file:|@ ", lock)
    entries = [line for line in lock.splitlines() if line and not line.startswith(("#", " "))]
    assert entries
    assert all(re.match(r"[a-z0-9-]+==\S+ ", line) and line.endswith("\\") for line in entries)
    pinned = {line.split("==")[0] for line in entries}
    missing = {name.replace(".", "-").replace("_", "-") for name in required()} - pinned
    assert not missing
    hashes = lock.count("--hash=sha256:")
    assert hashes >= len(entries)


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs/decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    pages = [path.name for path in folder.glob("*.md") if path.name != "README.md"]
    assert [page for page in pages if f"({page})" not in listed] == []


def test_links_in_the_documents_lead_somewhere() -> None:
    dead = []
    for name, text in texts():
        if not name.endswith(".md"):
            continue
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
            if not target.startswith("http") and not ((ROOT / name).parent / target).exists():
                dead.append(f"{name}: {target}")
    assert not dead


def test_the_wheel_holds_every_file_that_the_packages_read(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.relative_to(ROOT).parts[0] in ("sim", "game", "scenarios")
        and not path.name.startswith(".")
    }
    assert wanted - packed == set()
    assert "scenarios/dancing-around-the-table.yaml" in packed
    assert "sim/catalogue.yaml" in packed
