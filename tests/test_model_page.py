"""The model's pages hold what the rules hold: whoever builds it from them misses nothing."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from sim import draws
from sim.effects import EFFECTS
from sim.fields import MEASURES
from sim.locality import Locality
from sim.parameters import PARAMETERS, THEORIES
from sim.world import _MEASURE_DEFAULTS as MEASURE_DEFAULTS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"

WHERE: dict[str, tuple[str, ...]] = {
    "initial.py": ("5",),
    "measures.py": ("8",),
    "rules/basics.py": ("Notation",),
    "rules/business_case.py": ("7.8", "7.11"),
    "rules/candour.py": ("7.3", "7.4", "7.5"),
    "rules/easing.py": ("7.10",),
    "rules/effects.py": ("7.2",),
    "rules/effects_pair.py": ("7.2",),
    "rules/effects_place.py": ("7.2", "7.13"),
    "rules/eruptions.py": ("7.7",),
    "rules/falls_due.py": ("7.14",),
    "rules/finances.py": ("7.16",),
    "rules/fund.py": ("7.8",),
    "rules/joint.py": ("7.9", "7.13"),
    "rules/leaders.py": ("7.12",),
    "rules/ledger.py": ("7.6",),
    "rules/legality.py": ("7.0",),
    "rules/meetings.py": ("7.3", "7.5"),
    "rules/month.py": ("3",),
    "rules/moves.py": ("7.1",),
    "rules/observation.py": ("7.17",),
    "rules/opening.py": ("3", "7.3"),
    "rules/outcomes.py": ("7.15",),
    "rules/project_start.py": ("7.11",),
    "rules/projects.py": ("7.11",),
    "rules/replies.py": ("7.1",),
    "rules/seen.py": ("7.17",),
    "rules/silence.py": ("7.7",),
}
"""Sections of docs/model.md that describe each file of rules."""

NO_RULES = {"rules/__init__.py", "rules/chance.py", "rules/events.py"}
"""Nothing, how a draw is called, and a list of what happened: the model is the same without."""

SMALL = {0.0, 1.0, 2.0}
"""Bounds, flags, counts and halves of a mean: in words on the page, or too common to tell."""

NOT_THE_MODEL: dict[str, set[float]] = {
    "rules/fund.py": {11.0, 12.0},  # in which month the event of payments is told
    "rules/joint.py": {0.25, 5.0},  # quarters of joint working that are told as events
    "rules/ledger.py": {3.0, 40.0, 400.0},  # kinds of entries, and room for them
    "rules/legality.py": {1e-9},  # so that a sum of prices may round
    "rules/outcomes.py": {4.0},  # rows of an array
    "rules/project_start.py": {16.0, 50.0},  # how an event packs slot, kind and members
    "rules/projects.py": {16.0},  # the same
    "rules/replies.py": {7.0},  # codes of replies
}
"""Numbers that no run depends on."""

ON_THE_PAGE_OF_DRAWS: dict[str, set[float]] = {"rules/project_start.py": {4096.0}}
"""Numbers that only make a key."""


SAID_ELSEWHERE: dict[str, set[float]] = {
    "Notation": {7.0, 12.0},  # sections of the page
    "5": {0.45, 64.0, *MEASURE_DEFAULTS.values()},
    "7.2": {24.0},  # so many measures there are
    "7.7": {0.8},  # sim/silence.yaml
    "7.11": {7.0},  # .7 in words: in 7 of 10 months
    "7.13": {21.0},  # what comes of it
    "7.14": {120.0},  # the last month of the longest run
    "7.17": {0.1, 0.3, 0.45, 0.6, 0.8, 0.9},  # words as numbers: sim/fields.py
}
"""Numbers of a section that stand in no rule of its files."""


@cache
def page(name: str = "model.md") -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@cache
def section(name: str) -> str:
    """Text of a section of docs/model.md, its subsections included: "Notation", "5", "7.3"."""
    if name == "Notation":
        return page().split("**Notation.**")[1].split("\n## ")[0]
    level = "###" if "." in name else "##"
    found = re.search(
        rf"^{level} {re.escape(name)}\.? .*?(?=^#{{2,{len(level)}}} |\Z)", page(), re.M | re.S
    )
    assert found, f"there is no section {name}"
    return found[0]


def sections(file: str) -> str:
    return "\n".join(section(name) for name in WHERE[file])


def numbers(text: str) -> set[float]:
    """Every number of a text; ``.03...95`` and ``0..1`` are two each, ``7.15`` a section."""
    text = re.sub(r"\.\.\.(?=\d)", " to .", text)
    text = re.sub(r"(?<!\.)\.\.(?=[\d.])", " to ", text)
    text = re.sub(r"\b7\.\d+(?!\d| *%)", "", text)
    text = text.replace("10^9", "1000000000")
    return {float(x) for x in re.findall(r"\d*\.?\d+(?:e-?\d+)?", text)}


@cache
def tree(file: str) -> ast.Module:
    return ast.parse((ROOT / "sim" / file).read_text(encoding="utf-8"))


def constants(file: str) -> Iterator[float]:
    """Numbers of a file's rules, but flags (``x > 0.5``), rows of arrays and small ones."""
    plain: set[ast.AST] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Compare):
            half = (x for x in node.comparators if isinstance(x, ast.Constant))
            plain |= {x for x in half if x.value == 0.5}
        elif isinstance(node, ast.Subscript):
            plain |= set(ast.walk(node.slice))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("draw", "draw_pair"):
            plain |= set(node.args)  # keys of draws: on their own page
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            value = abs(float(node.value))
            if node not in plain and value not in SMALL and not isinstance(node.value, bool):
                yield value


def named_parameters(file: str) -> set[str]:
    """Parameters that a file reads: ``th.neglect``."""
    return {
        node.attr
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "th"
    }


def make_tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_tables", DOCS / "make_tables.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_file_of_rules_has_its_sections_and_is_named_there() -> None:
    files = {f"rules/{path.name}" for path in (ROOT / "sim" / "rules").glob("*.py")}
    assert files == {f for f in WHERE if f.startswith("rules/")} | NO_RULES
    untold = [
        file
        for file in WHERE
        if file != "rules/basics.py" and file not in sections(file).replace("`sim/", "`")
    ]
    assert not untold


@pytest.mark.parametrize("file", WHERE)
def test_every_number_of_a_rule_stands_in_its_section(file: str) -> None:
    missing = set(constants(file)) - numbers(sections(file)) - NOT_THE_MODEL.get(file, set())
    missing -= ON_THE_PAGE_OF_DRAWS.get(file, set()) & numbers(page("model-draws.md"))
    assert not missing, f"docs/model.md {WHERE[file]} does not tell of these numbers of {file}"


@pytest.mark.parametrize("name", ["Notation", "5", *(f"7.{k}" for k in range(18))])
def test_no_number_on_the_page_is_out_of_date(name: str) -> None:
    text = re.sub(r"<!-- \w+: begin -->.*?<!--|^## [^\n]*", "", section(name), flags=re.S)
    text = re.sub(r"\b(19|20)\d\d\b|\b[EuTp][0-4]\b|\b(sections?|lines?|month|row) \d+", "", text)
    known = SMALL | SAID_ELSEWHERE.get(name, set())
    for file in (file for file, told in WHERE.items() if name in told):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
                known.add(float(node.value))
    assert not numbers(text) - known, f"no rule of section {name} has these numbers"


def test_the_measures_begin_where_the_page_says() -> None:
    flat = re.sub(r"0\.(?=\d)", ".", section("5"))
    for name, value in MEASURE_DEFAULTS.items():
        assert re.search(rf"\b{name} {re.escape(f'{value:g}'.removeprefix('0'))}\b", flat), name


def test_no_exception_is_left_over() -> None:
    for file, excused in NOT_THE_MODEL.items():
        assert excused <= set(constants(file)), file


@pytest.mark.parametrize("file", WHERE)
def test_every_parameter_of_a_rule_stands_in_its_section(file: str) -> None:
    text = sections(file)
    switches = named_parameters(file) & set(THEORIES)
    assert not [p for p in named_parameters(file) - switches if not re.search(rf"\b{p}\b", text)]


def test_every_parameter_is_read_by_a_rule_and_told_of() -> None:
    read = {p for file in WHERE for p in named_parameters(file)}
    told = section("5") + section("7") + section("8") + section("9")
    read.add("admission_trend_per_year")  # read where a scenario's own trend takes its place
    assert set(PARAMETERS) == read
    assert not [p for p in PARAMETERS if not re.search(rf"\b{p}\b", told)]


@pytest.mark.parametrize("theory", THEORIES)
def test_a_rival_theory_acts_where_the_page_says_and_nowhere_else(theory: str) -> None:
    row = re.search(rf"^\| `{theory}` \| (.+) \|$", section("9"), re.M)
    assert row, f"section 9 has no row for {theory}"
    told = set(re.findall(r"\b7\.\d+\b", row[1]))
    acts = [file for file in WHERE if theory in named_parameters(file)]
    assert acts
    for file in acts:
        assert told & set(WHERE[file]), f"{file} asks for {theory}; section 9 does not say so"
    for name in told:
        assert any(name in WHERE[file] for file in acts), f"{theory} does nothing in {name}"


def test_every_effect_has_a_line_of_its_own() -> None:
    firsts = " ".join(re.findall(r"^\| (`.+?) \|", section("7.2"), re.M))
    assert sorted(re.findall(r"`(\w+)`", firsts)) == sorted(EFFECTS)


def test_every_measure_has_a_formula() -> None:
    firsts = " ".join(re.findall(r"^\| (`.+?) \|", section("8"), re.M))
    assert sorted(re.findall(r"`(\w+)`", firsts)) == sorted(MEASURES)


def test_the_schedule_is_the_one_of_a_locality() -> None:
    lines = re.findall(r"^\s*(\d+\. .+)$", Locality.step.__doc__ or "", re.M)
    told = re.findall(r"^(\d+\. .+?)(?: —|; between)", section("3").replace("\n   ", " "), re.M)
    assert len(lines) == 10
    assert told == lines


def test_the_sections_are_those_of_the_protocol() -> None:
    heads = re.findall(r"^## (\d)\. (.+)$", page(), re.M)[:7]
    assert [head for _number, head in heads] == [
        "Purpose and patterns",
        "Entities, state variables and scales",
        "Process overview and scheduling",
        "Design concepts",
        "Initialisation",
        "Input data",
        "Submodels",
    ]
    concepts = re.findall(r"^\*\*(\w[\w ]+?)\.?\*\*", section("4"), re.M)
    assert concepts == [
        "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction",
        "Sensing", "Interaction", "Stochasticity", "Collectives", "Observation",
    ]  # fmt: skip


@pytest.mark.parametrize("name", [f"7.{k}" for k in range(1, 18)])
def test_every_submodel_says_why_and_how_sure_it_is(name: str) -> None:
    head, text = section(name).split("\n", 1)
    assert "*Why:*" in text
    assert re.search(r"\[((E1|E2|E3|S|A|T) ){2}(E1|E2|E3|S|A|T)\]", head)


@pytest.mark.parametrize("name", ["model.md", "model-tables.md"])
def test_the_tables_are_those_of_the_code(name: str) -> None:
    assert make_tables().filled(name, page(name)) == page(name), "make docs"


def test_every_field_of_the_state_has_a_sentence() -> None:
    from sim import fields

    named = list(make_tables().named_state(Path(fields.__file__).read_text(encoding="utf-8")))
    of = Counter(group for group, _name, _sentence in named)
    assert of == {
        "partner": len(fields.PARTNER_FIELDS),
        "pair": len(fields.PAIR_FIELDS),
        "matter": len(fields.MATTER_FIELDS),
        "project": len(fields.PROJECT_FIELDS),
        "place": len(fields.PLACE_FIELDS),
    }
    assert not [name for _group, name, sentence in named if len(sentence) < 4]


# --- draws --------------------------------------------------------------------------------


def calls() -> Iterator[tuple[str, int | None]]:
    """Process and third key (where it is a number) of every draw that the code takes.

    A function that passes its own i, j, k on is no draw; whoever calls it takes one.
    """
    passing: dict[str, str] = {}
    found: list[tuple[str, int | None]] = []
    modules = [
        ast.parse(path.read_text(encoding="utf-8"))
        for folder in ("rules", "playbooks")
        for path in sorted((ROOT / "sim" / folder).glob("*.py"))
    ] + [tree("initial.py")]
    for module in modules:
        for function in [f for f in module.body if isinstance(f, ast.FunctionDef)]:
            own = {argument.arg for argument in function.args.args}
            for call in [c for c in ast.walk(function) if isinstance(c, ast.Call)]:
                process = [a.id for a in call.args if getattr(a, "id", "").startswith("P_")]
                if getattr(call.func, "id", "") not in ("draw", "draw_pair") or not process:
                    continue
                last = [getattr(a, "id", "") for a in call.args[-3:]]
                if all(name in own for name in last) and last == ["i", "j", "k"]:
                    passing[function.name] = process[0]
                else:
                    found.append((process[0], _number(call.args[-1])))
    for module in modules:
        for call in [c for c in ast.walk(module) if isinstance(c, ast.Call)]:
            if getattr(call.func, "id", "") in passing:
                found.append((passing[call.func.id], _number(call.args[-1])))  # type: ignore[attr-defined]
    yield from found


def _number(node: ast.expr) -> int | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, int) else None


def rows_of_draws() -> list[list[str]]:
    table = page("model-draws.md").split("\n| process | no. |")[1].split("\n\n")[0]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.split("\n")[2:]]


def test_the_page_of_draws_has_a_row_for_every_draw() -> None:
    told = Counter(row[0].strip("`") for row in rows_of_draws())
    assert told == Counter(process for process, _k in calls())


def test_the_page_of_draws_has_the_numbers_and_third_keys_of_the_code() -> None:
    for row in rows_of_draws():
        assert getattr(draws, row[0].strip("`")) == int(row[1]), row[0]
    literal = Counter(
        (row[0].strip("`"), int(row[6], 0))
        for row in rows_of_draws()
        if re.fullmatch(r"\d+|0x[0-9A-F]+", row[6])
    )
    assert literal == Counter((process, k) for process, k in calls() if k is not None)


def test_every_process_of_draws_has_a_row() -> None:
    there = {name for name in vars(draws) if name.startswith("P_")}
    assert {row[0].strip("`") for row in rows_of_draws()} == there
