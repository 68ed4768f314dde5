"""From the folder of a sweep to findings: tables, figures, one page, and methods for a paper.

    from sim.sweep.analysis import analyse

    done = analyse("results/candour")
    done.page          # results/candour/analysis/index.html

The road: :mod:`reading` opens the folder, :mod:`gathering` sums it up in one pass,
:mod:`look` chooses the foreground, each section turns sums into tables and findings,
:mod:`saving` and :mod:`page` write them.  matplotlib and SALib are imported where used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.sweep.analysis.checking import SweepUnreadable
from sim.sweep.analysis.look import Look, NotInSweep
from sim.sweep.analysis.parts import Section
from sim.sweep.analysis.reading import Sweep, open_sweep
from sim.words import _

__all__ = [
    "Analysis",
    "NotInSweep",
    "Sweep",
    "SweepUnreadable",
    "analyse",
    "open_sweep",
    "sections_of",
]

FOLDER: Final = "analysis"
PAGE: Final = "index.html"
METHODS: Final = "methods.md"


@dataclass(frozen=True)
class Analysis:
    """What was written where; ``short`` are the findings, ``notes`` what to know before
    believing them, ``missing`` what could not be computed, and why.
    """

    folder: Path
    page: Path
    methods: Path
    tables: tuple[Path, ...]
    figures: tuple[Path, ...]
    short: tuple[str, ...]
    notes: tuple[str, ...]
    missing: tuple[str, ...]


def analyse(
    folder: str | Path,
    out: str | Path | None = None,
    *,
    strategy: str = "",
    measure: str = "",
    pair: str = "",
    tell: Callable[[str], None] = lambda _step: None,
) -> Analysis:
    """Draw the conclusions of a sweep, finished or not.

    ``out`` is a folder, else "analysis" in the sweep's own.  ``measure`` leads the page, else
    the study's first; ``strategy`` is the one whose failures are looked for.  ``pair``
    ("X,Y") are two factors to map besides those that matter most.  ``tell`` hears
    what is being done.  Same folder, same bytes of tables.

    Raises:
        SweepUnreadable: the folder holds no sweep, nothing finished, or damaged files.
        NotInSweep: there is no such strategy or measure in it.
        CannotSave: the analysis cannot be written.
    """
    from sim.sweep.analysis import overview, page, saving
    from sim.sweep.analysis.gathering import gather
    from sim.sweep.analysis.look import look_at

    tell(_("Reading the results …"))
    sweep = open_sweep(folder)
    target = Path(out) if out is not None else sweep.folder / FOLDER
    saving.make_folders(target)
    look = look_at(sweep, gather(sweep), measure, strategy, pair)
    tell(_("Computing …"))
    sections = sections_of(look)
    tables = saving.save_tables(sections, target)
    tell(_("Drawing …"))
    figures = saving.save_figures(sections, target)
    return Analysis(
        folder=target,
        page=saving.save_text(target / PAGE, page.page(look, sections, figures)),
        methods=saving.save_text(target / METHODS, page.methods(look, sections)),
        tables=tuple(tables),
        figures=tuple(
            target / saving.FIGURES / f"{name}.{kind}"
            for name in figures
            for kind in ("svg", "png")
        ),
        short=tuple(finding for _section, finding in overview.in_short(sections)),
        notes=tuple(overview.notes(look)),
        missing=tuple(why for section in sections for why in section.missing),
    )


def sections_of(look: Look) -> list[Section]:
    """Every section of the page, in its order."""
    from sim.sweep.analysis.bands import bands
    from sim.sweep.analysis.convergence import convergence
    from sim.sweep.analysis.differences import differences
    from sim.sweep.analysis.discovery import discovery
    from sim.sweep.analysis.endings import endings
    from sim.sweep.analysis.families import families
    from sim.sweep.analysis.heat import heat
    from sim.sweep.analysis.means import means
    from sim.sweep.analysis.overview import overview
    from sim.sweep.analysis.regret import regret
    from sim.sweep.analysis.sensitivity import sensitivity
    from sim.sweep.analysis.theories import theories

    parts = (
        overview, means, differences, theories, bands, endings, sensitivity, heat, discovery,
        regret, families, convergence,
    )  # fmt: skip
    return [part(look) for part in parts]
