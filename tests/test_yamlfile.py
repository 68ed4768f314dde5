"""Restricted YAML: what is read, what is refused, and where things stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import yamlfile
from sim.yamlfile import YamlError

REFUSED = {
    # text: line, column, words of the message
    "a: yes": (1, 4, '"yes"'),
    "a: [on, off]": (1, 5, '"on"'),
    "a: &x 1": (1, 4, "anchor"),
    "a: 1\nb: *x": (2, 4, "anchor"),
    "a: !t 3": (1, 4, "tag"),
    "a: !!str 3": (1, 4, "tag"),
    "a: 1\na: 2": (2, 1, "line 1"),
    "{a: 1, a: 2}": (1, 8, "second time"),
    "a:\n\t- b": (2, 1, "tab"),
    "a: b: c": (1, 5, "colon"),
    'a: "b\nc: d': (1, 4, "never closed"),
    "a: [1, 2\nb: 3": (2, 2, "bracket"),
    "a: @x": (1, 4, "quotation marks"),
    "1: 2": (1, 1, "must be text"),
    "a: 007": (1, 4, "begin with 0"),
    "---\na: 1\n---\nb: 2": (3, 1, "second document"),
    "%YAML 1.1\n---\na: 1": (2, 1, "%"),
    "a: \x01": (1, 4, "invisible"),
    "[a]: 2": (1, 1, "single word"),
    "- a\nb: c": (2, 1, "does not fit"),
    "": (0, 0, "empty"),
    "  \n\n": (0, 0, "empty"),
    "# only this": (0, 0, "comments"),
    "[" * 100: (1, 33, "inside one another"),
    "a: " + "1" * 5000: (1, 4, "too long"),
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text[:20]))
def test_what_is_refused_says_where_and_why(text: str) -> None:
    line, column, words = REFUSED[text]
    with pytest.raises(YamlError) as caught:
        yamlfile.read_text(text, "town.yaml")
    flaw = caught.value.flaws[0]
    assert (flaw.line, flaw.column) == (line, column)
    assert words in f"{flaw.message} {flaw.suggestion}"
    assert str(caught.value).startswith("town.yaml")


def test_all_traps_are_told_at_once() -> None:
    with pytest.raises(YamlError) as caught:
        yamlfile.read_text("a: yes\nb: &x 2\nc: no\n")
    assert [flaw.line for flaw in caught.value.flaws] == [1, 2, 3]


def test_plain_values_are_what_they_look_like() -> None:
    text = """
a: 12
b: -1.5
c: true
d: null
e:
f: "yes"
g: 12:30
h: 2015-04-01
i: 1_000
j: 'it''s'
off: [x]
k: |
  one
  two
l: >-
  one
  two
"""
    assert yamlfile.read_text(text).data == {
        "a": 12,
        "b": -1.5,
        "c": True,
        "d": None,
        "e": None,
        "f": "yes",
        "g": "12:30",
        "h": "2015-04-01",
        "i": "1_000",
        "j": "it's",
        "off": ["x"],
        "k": "one\ntwo\n",
        "l": "one two",
    }


def test_every_value_and_key_has_its_place() -> None:
    document = yamlfile.read_text("town:\n  - name: Elm\n    when: 'month > 3'\n")
    assert document.position(("town",)) == (2, 3)
    assert document.position(("town",), key=True) == (1, 1)
    assert document.position(("town", 0, "name")) == (2, 11)
    assert document.position(("town", 0, "name"), key=True) == (2, 5)
    assert document.position(("town", 0, "missing")) == (2, 5)
    assert document.within(("town", 0, "when"), 6) == (3, 18)  # the sign, behind the quote
    assert document.line(3) == "    when: 'month > 3'"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    def refusal(path: Path) -> str:
        with pytest.raises(YamlError) as caught:
            yamlfile.read(path)
        return str(caught.value)

    assert "no such file" in refusal(tmp_path / "none.yaml")
    assert "folder" in refusal(tmp_path)
    large = tmp_path / "large.yaml"
    large.write_text("a: " + "x" * yamlfile.LARGEST)
    assert "1 MiB" in refusal(large)
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("a: b\nc: café\n".encode("latin-1"))
    assert f"{latin}:2:7" in refusal(latin)
    assert "UTF-8" in refusal(latin)
    assert "cannot be opened" in refusal(tmp_path / ("x" * 5000))


def test_line_ends_and_byte_order_marks_do_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "windows.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    document = yamlfile.read(file)
    assert document.data == {"a": 1, "b": 2}
    assert document.text == "a: 1\nb: 2\n"


def refusal(text: str) -> YamlError | None:
    try:
        yamlfile.read_text(text)
    except YamlError as error:
        return error
    return None


@given(st.text(alphabet=st.sampled_from("ab:-[]{}#&*!|>'\"%@`\n\t ,?0.1é\x01"), max_size=40))
def test_no_text_whatever_is_a_crash(text: str) -> None:
    refused = refusal(text)
    if refused is not None:
        assert refused.flaws


# --- writing --------------------------------------------------------------------------

_texts = st.text(max_size=30).filter(
    lambda text: all(c.isprintable() or c == "\n" for c in text) and "\ufeff" not in text
)
_data: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | _texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["a", "on", "note"]), _data, min_size=1))
def test_what_is_written_reads_back(data: dict[str, Any]) -> None:
    assert yamlfile.read_text(yamlfile.written(data)).data == data


def test_comments_stay_when_a_file_is_changed(tmp_path: Path) -> None:
    file = tmp_path / "town.yaml"
    text = (
        "# our town\n"
        "name: Elm  # not the real one\n"
        "partners:\n"
        "  # the council first\n"
        "  - {id: council, power: 0.5}\n"
        "  - id: hospital\n"
        '    name: "The General"\n'
        "based_on: null\n"
    )
    data = yamlfile.read_text(text).data
    assert yamlfile.written(data, text) == text
    data["name"] = "Oak"
    data["partners"][0]["power"] = 0.7
    data["partners"].append({"id": "police"})
    yamlfile.write(file, data, text)
    changed = file.read_text(encoding="utf-8")
    assert yamlfile.read(file).data == data
    for kept in ("# our town", "# not the real one", "# the council first", '"The General"'):
        assert kept in changed
    assert list(tmp_path.iterdir()) == [file]


def test_the_main_scenario_is_written_as_it_was() -> None:
    path = Path(__file__).parents[1] / "scenarios" / "dancing-around-the-table.yaml"
    document = yamlfile.read(path)
    assert yamlfile.written(document.data, document.text) == document.text
