"""Two to four scenarios side by side in one file, each of which opens again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from export import annex
from export.citation import taken
from export.sheet import Sheet, anchors_of, document
from export.snapshot import foot, links_within, reopen, sources_html, warnings_html
from lgrdata.all_effects.of_scenario import kept_figures
from lgrdata.core import words
from lgrdata.core.models import LgrError, Source
from lgrdata.dataset.dataset import Dataset
from lgrdata.page import html
from lgrdata.page.blocks import Section, View
from lgrdata.page.html import escape
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.snapshot_file import BLANK, META, embedded, sealed
from lgrdata.views.compare import page

TOGETHER = 4


def comparison(dataset: Dataset, scenarios: Sequence[Scenario], *, made: date, base: str = "") -> bytes:
    """The file. LgrError for fewer than two or more than four scenarios, or scenarios of different areas."""
    view = page.view(dataset, tuple(scenarios), names_of(dataset, scenarios))
    area = scenarios[0].split.facts.area
    title = f"{area.name}: {words.counted(len(scenarios), 'scenario')} compared"
    held = anchors_of(view.sections) | {f"source-{s.source_id}" for s in view.sources}
    take = taken(f"{title}, made {words.day(made.isoformat())}", dataset.version, numbers="")
    sheet = Sheet(links_within(held), take=take)
    body = [
        '<a class="skip" href="#main">Skip to the content</a>',
        f'<header><p class="kicker">{escape(area.full_name)}: scenarios for new councils</p>',
        f"<h1>{escape(words.capital(title))}</h1>",
        f'<p class="about">Made {words.day(made.isoformat())} from data version {escape(dataset.version)}.'
        " Not an official document; the last section says how to open each again.</p></header>",
        f'<main id="main"><div class="lead">{"".join(f"<p>{sheet.rich(s)}</p>" for s in view.lede)}</div>',
        html.stats(view.stats) if view.stats else "",
        sheet.block(annex.estimated()),
        warnings_html(view.warnings),
        *(sheet.section(s) for s in view.sections),
        not_told(sheet, view),
        sources_html(sheet, view.sources),
        reopen(dataset, tuple(scenarios), base),
        "</main>",
        foot(),
        embedded(tuple(scenarios), [kept_figures(dataset, s) for s in scenarios]),
    ]
    return sealed(document(title, META.format(BLANK), "".join(body)))


def for_app(dataset: Dataset, scenarios: Sequence[Scenario], base: str = "") -> bytes:
    """The comparison that the app's page offers, dated today."""
    return comparison(dataset, scenarios, made=date.today(), base=base)


def not_told(sheet: Sheet, view: View) -> str:
    """What a view does not tell."""
    items = "".join(f"<li>{sheet.rich(c)}</li>" for c in view.caveats)
    return f'<section id="not-told"><h2>What this does not tell you</h2><ul>{items}</ul></section>' if items else ""


def names_of(dataset: Dataset, scenarios: Sequence[Scenario]) -> list[str]:
    """A name for each scenario."""
    return [annex.title_of(dataset, s) for s in scenarios]


def side_by_side(dataset: Dataset, scenarios: Sequence[Scenario], title: str) -> View:
    """Any number of scenarios of an area as one view: up to four together, each further three against the first.

    LgrError for fewer than two.
    """
    if len(scenarios) < 2:
        raise LgrError("a comparison takes two splits or more")
    first, rest = scenarios[0], list(scenarios[1:])
    sets = [[first, *rest[i : i + TOGETHER - 1]] for i in range(0, len(rest), TOGETHER - 1)]
    views = [page.view(dataset, s, names_of(dataset, s)) for s in sets]
    sections: list[Section] = []
    sources: dict[str, Source] = {}
    for n, view in enumerate(views, start=1):
        mark = "" if len(views) == 1 else f" ({n} of {len(views)})"
        sections += [replace(s, anchor=f"{s.anchor}-{n}", title=f"{s.title}{mark}") for s in view.sections]
        sources |= {s.source_id: s for s in view.sources}
    return View(
        title,
        tuple(line for view in views for line in view.lede),
        sections=tuple(sections),
        caveats=views[0].caveats,
        warnings=tuple(dict.fromkeys(w for view in views for w in view.warnings)),
        sources=tuple(sources[k] for k in sorted(sources)),
        key=views[0].key,
    )
