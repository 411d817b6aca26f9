"""A snapshot: one scenario as one self-contained file without a script.

The parts are the app's own views, drawn by the app's own markup, so that a snapshot cannot disagree with the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from export import annex, decision
from export.citation import taken
from export.parts import EVERYTHING, SnapshotPart, SnapshotParts, chosen, parts_of
from export.sheet import Sheet, anchors_of, document, running
from lgrdata.all_effects.of_scenario import effects_of, kept_figures
from lgrdata.core import words
from lgrdata.core.models import LgrError, Source
from lgrdata.dataset.dataset import Dataset
from lgrdata.page import html
from lgrdata.page.blocks import Link, Para, Section
from lgrdata.page.html import escape
from lgrdata.page.links import leads_to
from lgrdata.splits import address, damage, splitcode
from lgrdata.splits.scenario import Scenario, as_dict, checksum
from lgrdata.splits.snapshot_file import BLANK, META, embedded, sealed
from lgrdata.views.credits import CREDITS
from lgrdata.views.effects.words import titled
from lgrdata.views.privacy import report_address


@dataclass(frozen=True)
class PrintChoice:
    """What a snapshot is to hold. `parts`: annex sections by name, `parts.EVERYTHING`, or what was filled."""

    parts: tuple[str, ...] = ()
    short: bool = False
    """The decision sheet alone."""
    large: bool = False
    """Large print."""


_ONCE = ("proposal", "not-told")
"""Short parts that stand after the annexes, where they are none themselves: before, they would leave a page bare."""
ANNEX = "annex"
"""Where all begins that follows the decision sheet."""
_ALONE = " Two pages in print to decide on, then the sources."
_FOLLOWS = f' This sheet, of at most two pages in print, is what to decide on. An <a href="#{ANNEX}">annex</a> follows.'
FILLED = PrintChoice()
WHOLE = PrintChoice(parts=EVERYTHING)


def snapshot(
    dataset: Dataset, scenario: Scenario, *, made: date, base: str = "", share: bool = False,
    choice: PrintChoice = FILLED,
) -> bytes:  # fmt: skip
    """The file: a decision sheet, then an annex. The same dataset, scenario, date, base and choice give the same bytes.

    `base` is the address of an app that can open the scenario, if there is one; with `share` the share-out is in it
    wherever the split divides a council. LgrError where the scenario names an
    assumption or partnership that is not known, or the base is no web address.
    """
    found = parts_of(dataset, scenario, share=share or "share" in choice.parts)
    first = decision.sections(dataset, scenario)
    parts = () if choice.short else chosen(found, scenario, choice.parts)
    sources = tuple({s.source_id: s for s in (*found.sources, *decision.sources(dataset, scenario))}.values())
    once = () if choice.short else _ONCE
    ending = tuple(p for p in found.parts if p.anchor in once and p.anchor not in {x.anchor for x in parts})
    shown = (*parts, *ending)
    held = anchors_of((*first, *(s for p in shown for s in p.sections))) | {p.anchor for p in shown}
    title, area = titled(effects_of(dataset, scenario), annex.title_of(dataset, scenario)), scenario.split.facts.area
    take = taken(f"{area.name}: {title}, made {words.day(made.isoformat())}", dataset.version)
    sheet = Sheet(links_within(held | {f"source-{s.source_id}" for s in sources}), take=take)
    body = [
        '<a class="skip" href="#main">Skip to the content</a>',
        f'<header><p class="kicker">{escape(area.full_name)}: a scenario for new councils</p>',
        f"<h1>{escape(title)}</h1>",
        f'<p class="about">Made {words.day(made.isoformat())} from data version {escape(dataset.version)}.'
        " Not an official document; the last section says how to open it again."
        f"{_FOLLOWS if parts else _ALONE}</p></header>",
        f'<main id="main"><div class="decision">{"".join(sheet.section(s) for s in first)}',
        "</div>",
        *(_opening(sheet, found, (*parts, *ending)) if parts else ()),
        *(sheet.part(part) for part in parts),
        '<div class="last">',
        *(sheet.part(p) for p in ending),
        sources_html(sheet, sources),
        reopen(dataset, (scenario,), base),
        "</div></main>",
        foot(),
        embedded((scenario,), [kept_figures(dataset, scenario)]),
    ]
    whole = f"{area.name}: {annex.title_of(dataset, scenario)}"
    head = META.format(BLANK) + running(whole, parts)
    return sealed(document(f"{title} – {area.name}", head, "".join(body), "large" if choice.large else ""))


def _opening(sheet: Sheet, found: SnapshotParts, listed: tuple[SnapshotPart, ...]) -> list[str]:
    """What the annex opens with: the findings in sentences, headline figures, what is estimated, what to mind."""
    lead = "".join(f"<p>{sheet.rich(sentence)}</p>" for sentence in found.lede)
    return [
        f'<div class="opening" id="{ANNEX}"><h2>In short</h2><div class="lead">{lead}</div>',
        html.stats(found.stats) if found.stats else "",
        sheet.block(annex.estimated()),
        warnings_html(found.warnings),
        _contents(listed),
        "</div>",
    ]


def links_within(held: Iterable[str]) -> Callable[[Link], str | None]:
    """Links inside the page where it holds the place, else plain text: what is read elsewhere has no other place."""
    return leads_to({}, frozenset(held))


def full_address(dataset: Dataset, scenario: Scenario, base: str) -> tuple[str, str]:
    """The query that shows the scenario, and the whole address where a base is given. LgrError for a bad base."""
    query = urlencode(damage.sealed(address.to_query(scenario, dataset.conn)))
    if not base:
        return f"?{query}", ""
    if not base.startswith(("https://", "http://")) or any(c.isspace() or c in "\"'<>" for c in base):
        raise LgrError(
            f"--base {' '.join(base.split())[:80]}: give the app's web address, e.g. https://example.gov.uk/lgr"
        )
    return f"?{query}", f"{base.split('?')[0].split('#')[0].rstrip('/')}/effects?{query}"


def reopen(dataset: Dataset, scenarios: tuple[Scenario, ...], base: str) -> str:
    """How to open the scenarios again, and the checksum of each as its scenario file has it."""
    rows = []
    for scenario in scenarios:
        query, whole = full_address(dataset, scenario, base)
        name = escape(annex.title_of(dataset, scenario))
        link = (
            f'<a href="{escape(whole)}">{escape(whole)}</a>' if whole else f'<span class="code">{escape(query)}</span>'
        )
        rows.append(
            f"<li>{name}: area <code>{escape(scenario.area_id)}</code>, split"
            f" <code>{escape(splitcode.encode(scenario.split))}</code><br>Link: {link}<br>"
            f'Checksum of the scenario inside (SHA-256): <span class="code">{checksum(as_dict(scenario))}</span></li>'
        )
    return (
        '<section id="reopen"><h2>How to open this again</h2>'
        "<p>Upload this file in the tool, or add the text after “Link” to the address of the tool. Notes travel in the"
        " file only.</p>"
        f"<ul>{''.join(rows)}</ul>"
        "<p>The checksum of a scenario is the one in its scenario file, not that of this page. If the page was changed"
        " or cut since it was made, the tool says so and does not open it.</p></section>"
    )


def foot() -> str:
    """Licences, what the page is and holds, and where to report a wrong figure."""
    where = report_address()
    report = f' <a href="{escape(where)}">Report a wrong figure</a>.' if where else ""
    return (
        f"<footer><p>{CREDITS}</p><p>Made with LGR scenario explorer.{report}</p><p>Privacy: this page runs no"
        " script, sets no cookie and calls no other computer. It holds the scenario with its notes.</p></footer>"
    )


def warnings_html(warnings: Iterable[str]) -> str:
    """What to mind, as a section; empty where there is nothing."""
    items = "".join(f"<li>{escape(w)}</li>" for w in warnings)
    return f'<section id="mind"><h2>What to mind</h2><ul>{items}</ul></section>' if items else ""


def _contents(parts: tuple[SnapshotPart, ...]) -> str:
    items = "".join(f'<li><a href="#{quote(p.anchor)}">{escape(p.title)}</a></li>' for p in parts)
    last = '<li><a href="#sources">Sources</a></li><li><a href="#reopen">How to open this again</a></li>'
    return f'<nav class="contents" aria-label="Contents"><ul>{items}{last}</ul></nav>'


def sources_html(sheet: Sheet, sources: tuple[Source, ...]) -> str:
    """The sources of all parts, as a section."""
    text = Para("Every figure rests on one of these, or is worked out from them as the sections say.")
    return sheet.section(Section("sources", "Sources", "", (text, annex.source_list(sources))))


def for_app(dataset: Dataset, scenario: Scenario, base: str = "") -> bytes:
    """The snapshot that the app's pages offer, dated today: with all that they show, the share-out among it."""
    return snapshot(dataset, scenario, made=date.today(), base=base, share=True)


def sheet_for_app(dataset: Dataset, scenario: Scenario, base: str = "") -> bytes:
    """The decision sheet without an annex, that the app's pages offer beside the whole snapshot."""
    return snapshot(dataset, scenario, made=date.today(), base=base, choice=PrintChoice(short=True))
