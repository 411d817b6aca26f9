"""One HTML page: head with its content security policy, blocks of views drawn as text, and nothing that runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from textwrap import shorten

from export.citation import Take, nothing
from export.drawing import chart_svg, picture_svg, shapes_once
from export.parts import SnapshotPart
from export.text import clean
from lgrdata.page import html
from lgrdata.page.blocks import Block, Chart, Columns, Entries, Fold, Link, Picture, Rich, Section, Table
from lgrdata.pictures.mark import ICON

MOST_ABOVE = 90
"""Letters of a title that stand above a printed page, cut between words."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@cache
def style() -> str:
    """The style sheet of every page, its comments and needless blanks left out."""
    text = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", text).strip()


def anchors_of(sections: tuple[Section, ...]) -> set[str]:
    """Every anchor that sections hold: their own, and those of rows and entries."""
    found = {s.anchor for s in sections}
    for section in sections:
        found |= _anchors(section.blocks)
    return found


def _anchors(blocks: tuple[Block, ...]) -> set[str]:
    found: set[str] = set()
    for block in blocks:
        match block:
            case Table():
                found |= set(block.row_ids)
            case Chart():
                found |= set(block.table.row_ids)
            case Picture() if block.table:
                found |= set(block.table.row_ids)
            case Fold():
                found |= _anchors(block.blocks)
            case Entries():
                found |= {e.anchor for e in block.items if e.anchor}
            case Columns():
                for _, inside in block.columns:
                    found |= _anchors(inside)
    return found


def running(title: str, parts: Iterable[SnapshotPart] = ()) -> str:
    """Style for printed pages: the title above, page numbers below, with the annex that a page is of."""
    said = "".join(c for c in shorten(title, MOST_ABOVE, placeholder=" …") if c not in '\\"<>{}' and c.isprintable())
    number = 'counter(page) " of " counter(pages)'
    annexes = ""
    for part in parts:
        name = f"annex-{part.letter.lower()}"
        annexes += f'@page {name}{{@bottom-right{{content:"Annex {part.letter}, page " {number}}}}}'
        annexes += f"#{part.anchor}{{page:{name}}}"
    return (
        f'<style>@media print{{@page{{@top-left{{content:"{said}"}}@bottom-right{{content:"Page " {number}}}}}'
        f"{annexes}}}</style>"
    )


def document(title: str, head: str, body: str, kind: str = "") -> str:
    """A whole page. `head` and `body` are HTML already; the title is text; `kind` names a way to print it."""
    marked = f' class="{kind}"' if kind else ""
    return clean(
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="referrer" content="no-referrer">{ICON}<title>{html.escape(" ".join(title.split()))}</title>{head}'
        f"<style>{style()}</style></head>\n<body{marked}>{shapes_once(body)}</body></html>\n"
    )


@dataclass
class Sheet:
    """Draws blocks for one page and keeps its ids apart.

    `resolve` gives a link's address or None. `fold`: tables of charts and `More` are folded away (for pages read on a
    screen); otherwise everything lies open, since no browser prints what is folded without a script.
    """

    resolve: Callable[[Link], str | None]
    fold: bool = False
    take: Take = nothing
    """What stands below each table."""
    _drawn: int = 0
    _ids: set[str] = field(default_factory=set)

    def follow(self, other: Sheet) -> None:
        """Go on on the page that another sheet began: its ids stay its own."""
        self._drawn, self._ids = other._drawn, other._ids

    def section(self, item: Section, level: int = 2) -> str:
        """A section with its heading. The first section of an anchor keeps it; later ones are numbered."""
        lede = f'<p class="lgr-lede">{self.rich(item.lede)}</p>' if item.lede else ""
        return (
            f'<section id="{html.escape(self.own_id(item.anchor))}"><h{level}>{html.escape(item.title)}</h{level}>'
            f"{lede}{self.blocks(item.blocks)}</section>"
        )

    def part(self, item: SnapshotPart) -> str:
        """A part with its heading, its sections one level below."""
        anchor, title = html.escape(item.anchor), html.escape(item.title)
        if len(item.sections) == 1 and not item.lede and item.sections[0].title == item.title:
            return self.section(item.sections[0])
        lead = "".join(f'<p class="lgr-lede">{self.rich(s)}</p>' for s in item.lede)
        figures = html.stats(item.stats) if item.stats else ""
        whole, kind = (' class="sheets"', ' class="sheet"') if item.sheets else ("", "")
        inside = "".join(f"<div{kind}>{self.section(s, 3)}</div>" for s in item.sections)
        notes = "".join(f"<li>{self.rich(c)}</li>" for c in item.caveats)
        told = f"<ul>{notes}</ul>" if notes else ""
        if notes and item.sections:
            told = f"<h3>What this part does not tell you</h3>{told}"
        return f'<section{whole} id="{self.own_id(anchor)}"><h2>{title}</h2>{lead}{figures}{inside}{told}</section>'

    def own_id(self, wanted: str) -> str:
        """An id that no other part of this page has."""
        name, n = wanted, 2
        while name in self._ids:
            name, n = f"{wanted}-{n}", n + 1
        self._ids.add(name)
        return name

    def rich(self, text: Rich) -> str:
        """Text and links as inline HTML."""
        return html.rich(text, self.resolve)

    def blocks(self, items: tuple[Block, ...]) -> str:
        """Blocks in order."""
        return "".join(self.block(item) for item in items)

    def block(self, item: Block) -> str:
        """Any block, by the app's own markup; charts and pictures drawn in place with their tables."""
        match item:
            case Chart():
                words = f"<strong>{html.escape(item.title)}</strong><br>{html.escape(item.subtitle)}"
                return self._figure(words, chart_svg(item, self._prefix()), item.table)
            case Picture():
                words = f"<strong>{html.escape(item.title)}</strong>" if item.title else ""
                return self._figure(words, picture_svg(item, self._prefix()), item.table)
            case Fold(summary, blocks):
                if self.fold:
                    return html.folded(summary, self.blocks(blocks))
                return f'<p class="more">{html.escape(summary)}</p>{self.blocks(blocks)}'
            case Table():
                return self.table(item)
            case Columns(columns):
                inside = "".join(f"<div><h3>{html.escape(t)}</h3>{self.blocks(b)}</div>" for t, b in columns)
                return f'<div class="lgr-columns">{inside}</div>'
            case _:
                return html.block(item, self.resolve, _never, _never)

    def table(self, item: Table) -> str:
        """A table. A group, not a landmark: thirty tables would be thirty landmarks to step through."""
        anchor = self.own_id(html.place_of(item))
        drawn = html.table(self._usable(item), self.resolve, lambda t: self.take(t, anchor), anchor).replace(
            ' role="region" ', ' role="group" ', 1
        )
        short = ' class="lgr-scroll lgr-short"'
        return drawn.replace(' class="lgr-scroll"', short, 1) if len(item.rows) <= 12 else drawn

    def _usable(self, item: Table) -> Table:
        """The table without links that would open a split in the app: a dash for each, no column of dashes alone."""

        def is_dead(cell: Rich) -> bool:
            return isinstance(cell, Link) and cell.kind == "split" and self.resolve(cell) is None

        marked = [[is_dead(cell) for cell in row] for row in item.rows]
        if not any(map(any, marked)):
            return item
        kept = [i for i in range(len(item.head)) if not all(row[i] for row in marked)]
        return replace(
            item,
            head=tuple(item.head[i] for i in kept),
            rows=tuple(
                tuple("–" if dead[i] else row[i] for i in kept) for row, dead in zip(item.rows, marked, strict=True)
            ),
            numeric=frozenset(n for n, i in enumerate(kept) if i in item.numeric),
        )

    def _figure(self, words: str, drawn: str, table: Table | None) -> str:
        caption = f"<figcaption>{words}</figcaption>" if words else ""
        below = ""
        if table is not None:
            below = html.folded("The same as a table", self.table(table)) if self.fold else self.table(table)
        return f"<figure>{caption}{drawn}</figure>{below}"

    def _prefix(self) -> str:
        self._drawn += 1
        return f"g{self._drawn}-"


def _never(_item: object) -> str:
    raise AssertionError("charts and pictures are drawn by the sheet")
