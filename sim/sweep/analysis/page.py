"""The page of findings, and ``methods.md``: from sections to text."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from sim import __version__
from sim.labels import measure_name
from sim.report.pages import font_faces
from sim.sweep.analysis import naming
from sim.sweep.analysis.factors import factors
from sim.sweep.analysis.look import Look
from sim.sweep.analysis.overview import (
    design_said,
    facts,
    in_short,
    notes,
    pairs_said,
    provenance_facts,
    varied,
)
from sim.sweep.analysis.parts import Section
from sim.sweep.analysis.saving import Drawn
from sim.words import _, ngettext


def page(look: Look, sections: Sequence[Section], figures: Mapping[str, Drawn]) -> str:
    """The whole document, figures inside, ready to open, print or send."""
    study = look.sweep.study
    return (
        _environment(html=True)
        .get_template("page.html.j2")
        .render(
            question=question(look),
            study=str(study.get("study") or look.sweep.folder.name),
            notes=notes(look),
            short=in_short(sections),
            sections=sections,
            figures={name: _inlined(drawn) for name, drawn in figures.items()},
            provenance=provenance_facts(look.sweep.provenance),
            study_text=look.sweep.study_text,
            fonts=font_faces(),
            version=__version__,
        )
    )


def methods(look: Look, sections: Sequence[Section]) -> str:
    """What a paper says of how this was done, under the headings of STRESS-ABS."""
    sweep = look.sweep
    record = sweep.provenance
    text = (
        _environment(html=False)
        .get_template("methods.md.j2")
        .render(
            question=question(look),
            look=look,
            sweep=sweep,
            facts=facts(look),
            varied=varied(sweep),
            factors=factors(sweep),
            design=design_said(sweep),
            measures=[(name, measure_name(name), naming.way(name)) for name in sweep.measures],
            scenario_name=naming.scenario_name,
            strategy_name=naming.strategy_name,
            theory_name=naming.theory_name,
            notes=notes(look),
            done={section.id for section in sections if section.pieces},
            record=record,
            provenance=provenance_facts(record),
            texts=_hashes(record),
            seeds=pairs_said(seeds) if isinstance(seeds := record.get("seeds"), Mapping) else "",
            version=__version__,
        )
    )
    return text.strip() + "\n"


def question(look: Look) -> str:
    """The study's question; where it has none, the measure that is looked at."""
    asked = look.sweep.study.get("question") or look.sweep.provenance.get("question")
    return str(asked or _("What becomes of {measure}?").format(measure=measure_name(look.measure)))


def _hashes(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    texts = record.get("texts")
    if not isinstance(texts, Mapping):
        return []
    return [
        (str(name), str(text["sha256"]))
        for name, text in texts.items()
        if isinstance(text, Mapping) and "sha256" in text
    ]


def _inlined(drawn: Drawn) -> str:
    return "data:image/svg+xml;base64," + b64encode(drawn.svg).decode("ascii")


@cache
def _environment(*, html: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("sim.sweep.analysis", "."),
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals |= {"_": _, "ngettext": ngettext, "count": naming.count}
    return environment
