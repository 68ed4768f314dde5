"""What every printed page shares: the template's environment, prose, pictures, fonts, saving."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from sim.errors import UserError
from sim.words import _, ngettext

ASSETS: Final = Path(__file__).parents[2] / "game" / "assets"
"""Icons and fonts lie with the window, which `sim` must not import.  Without it (a library
installed alone) pages are set in the reader's own type and have initials for icons."""
FONTS: Final = (
    ("AtkinsonHyperlegibleNext_400Regular.ttf", 400, "normal"),
    ("AtkinsonHyperlegibleNext_400Regular_Italic.ttf", 400, "italic"),
    ("AtkinsonHyperlegibleNext_700Bold.ttf", 700, "normal"),
)


class PageError(UserError):
    """A page that cannot be written where it was asked for."""


def rendered(template: str, **values: object) -> str:
    """A template of this folder, filled in; every value is escaped."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sim.report", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals |= {"_": _, "ngettext": ngettext, "icon": icon, "font_faces": font_faces}
    environment.filters |= {"prose": prose}
    return environment


def prose(text: str) -> Markup:
    """A scenario's text as HTML: paragraphs, ``**bold**`` and "- " lists, as in the briefing."""
    found: list[str] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        first, *points = re.split(r"(?:^|\n)\s*- ", block)
        if first.strip():
            found.append(f"<p>{_inline(first)}</p>")
        if points:
            found.append(f"<ul>{''.join(f'<li>{_inline(one)}</li>' for one in points)}</ul>")
    return Markup("\n".join(found))  # every piece was escaped by _inline


def _inline(text: str) -> str:
    plain = str(escape(" ".join(text.split())))
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", plain)


def icon(name: str) -> Markup:
    """One of the table's icons, to stand in the page itself; "" where there is none."""
    path = ASSETS / "icons" / f"{name}.svg"
    if Path(name).name != name or not path.is_file():
        return Markup("")
    drawing = path.read_text(encoding="utf-8")
    return Markup(re.sub(r"<!--.*?-->\s*", "", drawing, flags=re.DOTALL))


@cache
def font_faces() -> Markup:
    """The house's type as CSS, inside the page; the licence (OFL) allows embedding."""
    rules = []
    for name, weight, style in FONTS:
        path = ASSETS / "fonts" / name
        if path.is_file():
            data = b64encode(path.read_bytes()).decode("ascii")
            rules.append(
                f"@font-face {{ font-family: 'Atkinson'; font-weight: {weight}; "
                f"font-style: {style}; src: url(data:font/ttf;base64,{data}); }}"
            )
    return Markup("\n".join(rules))


def save(page: str, path: Path, *, force: bool = False) -> None:
    """Write a page, over a file that is there only when ``force`` says so.

    Raises:
        PageError: it is there already, or cannot be written.
    """
    if path.is_dir():
        raise PageError(
            _("{file} is a folder.").format(file=path),
            _("Name a file in it, such as {file}.").format(file=path / "cards.html"),
        )
    if not path.parent.is_dir():
        raise PageError(
            _("{file}: there is no folder {folder}.").format(file=path, folder=path.parent),
            _("Make it first, or write somewhere else."),
        )
    try:
        with path.open("w" if force else "x", encoding="utf-8") as file:
            file.write(page)
    except FileExistsError:
        raise PageError(
            _("{file} is there already.").format(file=path),
            _("Add --force to write over it, or choose another name."),
        ) from None
    except OSError as error:
        raise PageError(
            _("{file} cannot be written: {why}.").format(file=path, why=error.strerror or error),
            _("Choose another folder, or ask whoever looks after this one."),
        ) from error
