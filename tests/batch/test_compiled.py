"""What is compiled, and where it is kept."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim import compiled
from sim.batch.kernel import play_many
from sim.compiled import rule

ROOT = Path(__file__).parents[2]


def test_changed_rules_never_meet_old_machine_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache folder is named after every source that a run's numbers may follow from."""
    copy = tmp_path / "sim"
    shutil.copytree(ROOT / "sim", copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setenv("UNSAID_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(compiled, "_HERE", copy)
    first = compiled.cache_folder()
    assert first.is_relative_to(tmp_path / "cache")
    assert compiled.cache_folder() == first
    seen = {first}
    for changed in (
        "rules/fund.py", "draws.py", "expressions/program.py", "catalogue.yaml",
        "scenario/numbers.py", "playbooks/relational.yaml", "sweep/spots.py",
    ):  # fmt: skip
        path = copy / changed
        path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
        assert compiled.cache_folder() not in seen
        seen.add(compiled.cache_folder())
    (copy / "cli.py").write_text("# what no run follows from\n", encoding="utf-8")
    assert compiled.cache_folder() in seen


def test_every_module_with_a_rule_and_its_constants_is_in_the_hash() -> None:
    """Constants are part of machine code: so are the modules that they come from."""
    hashed = {path.resolve() for path in compiled.rule_sources()}
    wanted = {path for path in (ROOT / "sim").rglob("*.py") if "@rule\n" in path.read_text("utf-8")}
    assert len(wanted) > 25
    for path in sorted(wanted):
        assert path.resolve() in hashed, path
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sim."):
                base = ROOT.joinpath(*node.module.split("."))
                source = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
                constants = [alias.name for alias in node.names if alias.name.isupper()]
                if constants:
                    assert source.resolve() in hashed, (path.name, node.module, constants)


def test_a_named_cache_folder_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("UNSAID_CACHE", str(tmp_path / "mine"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "desktop"))
    assert compiled.cache_folder().parents[1] == tmp_path / "mine"
    monkeypatch.delenv("UNSAID_CACHE")
    assert compiled.cache_folder().parents[1] == tmp_path / "desktop"


def test_playing_loads_no_compiler() -> None:
    """Who draws the picture runs the rules as they are written."""
    code = (
        "import sys; from sim import Locality; import sim.session, sim.headless, sim.batch\n"
        "Locality('first-steps', luck=1).step()\n"
        "print([name for name in ('numba', 'llvmlite', 'matplotlib', 'SALib') "
        "if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_rule_is_found_by_what_it_calls_not_by_what_it_names() -> None:
    from sim.compiled.whole import rules_of

    found = {one.__name__ for one in rules_of(play_many)}
    assert {"philox", "see", "fill", "begin", "rest_of_month", "evaluate"} <= found
    assert "play_many" not in found


def test_a_kernel_is_compiled_once_and_says_so() -> None:
    """A second kernel, or other kinds of arrays, would find the rules in no library."""
    from sim.compiled.whole import Kernel

    @rule
    def double(x: float) -> float:
        return 2.0 * x

    kernel = Kernel(double, Path(compiled.cache_folder()))
    kernel._kinds = ("something else",)
    with pytest.raises(TypeError, match="compiled once"):
        kernel(1.0)
