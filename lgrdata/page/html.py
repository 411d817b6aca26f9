"""Blocks of a view as HTML text, the same for the app and for exported files. Everything from data is escaped.

Links are resolved by the caller: the app knows addresses, an export knows its files.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from lgrdata.page.blocks import (
    Block,
    Callout,
    Chart,
    Columns,
    Entries,
    Entry,
    Fold,
    Items,
    Link,
    Para,
    Picture,
    Rich,
    Section,
    Stat,
    Stats,
    StruckThrough,
    Table,
)

Resolve = Callable[[Link], str | None]
"""Gives a link's address, or None where this output has no such place: the text then stands alone."""
DrawChart = Callable[[Chart], str]
DrawPicture = Callable[[Picture], str]
Below = Callable[[Table], str]
"""HTML below a table: how to link to it, take it and cite it, as far as an output can."""

_CALLOUT = {
    "estimated": "Estimated",
    "warning": "Check",
    "note": "Note",
    "assumption": "Assumption",
    "unknown": "Not known",
}


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
"""Control characters but the tab and the new line, and halves of a character."""


def escape(text: str) -> str:
    """Text as HTML text or attribute value; control characters are dropped."""
    return html.escape(_CONTROL.sub("", text))


def slug(text: str) -> str:
    """Text as an anchor or file name: lower-case letters, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or "part"


# A browser may break a line between a sign and its pound, and inside a range.
_SIGNED = re.compile(
    r"under £1m|just (?:above|below) £0|[+−]£[0-9][0-9,.]*(?:m|bn)?"
    r"|\([+−]?£?[0-9][0-9,.%m]* to [+−]?£?[0-9][0-9,.%m]*\)"
)


def words(text: str) -> str:
    """Text as HTML in which signed money and ranges in brackets stay on one line, and lines of a note are kept."""
    told = escape(text)
    if "£" in told or "(" in told:  # most words hold neither, and looking for both is quicker than the pattern
        told = _SIGNED.sub(r'<span class="nb">\g<0></span>', told)
    return told.replace("\n", "<br/>\n")


def rich(text: Rich, resolve: Resolve) -> str:
    """Text and links as inline HTML."""
    if isinstance(text, str):
        return words(text)
    if isinstance(text, tuple):
        return "".join(rich(part, resolve) for part in text)
    if isinstance(text, StruckThrough):
        return f"<s>{escape(text.text)}</s>"
    address = resolve(text)
    if address is None:
        return escape(text.text)
    outside = ' rel="noreferrer"' if text.kind == "url" else ""
    return f'<a href="{escape(address)}"{outside}>{escape(text.text)}</a>'


def place_of(block: Table) -> str:
    """The anchor of a table."""
    return f"table-{slug(block.name)}"


def _nothing(_table: Table) -> str:
    return ""


def table(block: Table, resolve: Resolve, below: Below = _nothing, anchor: str = "") -> str:
    """A table in a frame that scrolls sideways on narrow screens; `anchor` is its own where a page holds two."""
    head = "".join(
        f'<th scope="col"{_number(i, block)}>{escape(cell)}</th>' if cell else "<td></td>"
        for i, cell in enumerate(block.head)
    )
    body = []
    for n, row in enumerate(block.rows):
        cells = []
        for i, cell in enumerate(row):
            if i == 0 and block.row_heads:
                cells.append(f'<th scope="row">{rich(cell, resolve)}</th>')
            else:
                cells.append(f"<td{_number(i, block)}>{rich(cell, resolve)}</td>")
        mark = f' id="{escape(block.row_ids[n])}"' if block.row_ids else ""
        body.append(f"<tr{mark}>{''.join(cells)}</tr>")
    note = f'<p class="lgr-note">{rich(block.note, resolve)}</p>' if block.note else ""
    return (
        f'<div class="lgr-scroll" role="region" tabindex="0" id="{anchor or place_of(block)}"'
        f' aria-label="{escape(block.caption)}">'
        f"<table><caption>{escape(block.caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>{note}{below(block)}"
    )


def _number(column: int, block: Table) -> str:
    return ' class="n"' if column in block.numeric else ""


def stats(items: tuple[Stat, ...]) -> str:
    """Headline figures in a row."""
    cells = "".join(
        f'<div class="lgr-stat"><dt>{escape(s.label)}</dt><dd><strong>{words(s.value)}</strong>'
        f"{f'<span>{words(s.note)}</span>' if s.note else ''}</dd></div>"
        for s in items
    )
    return f'<dl class="lgr-stats">{cells}</dl>'


def block(
    item: Block, resolve: Resolve, chart: DrawChart, picture: DrawPicture, below: Below = _nothing
) -> str:  # fmt: skip
    """Any block; charts and pictures are drawn by the caller's functions, their tables folded below."""
    match item:
        case Para(text):
            return f"<p>{rich(text, resolve)}</p>"
        case Items(items):
            return f"<ul>{''.join(f'<li>{rich(i, resolve)}</li>' for i in items)}</ul>"
        case Callout(kind, text):
            return f'<p class="lgr-callout lgr-{kind}"><strong>{_CALLOUT[kind]}.</strong> {rich(text, resolve)}</p>'
        case Stats(items):
            return stats(items)
        case Table():
            return table(item, resolve, below)
        case Chart():
            return (
                f"<figure><figcaption><strong>{escape(item.title)}</strong><br>{escape(item.subtitle)}</figcaption>"
                f"{chart(item)}</figure>{folded('The same as a table', table(item.table, resolve, below))}"
            )
        case Picture():
            under = folded("The same as a table", table(item.table, resolve, below)) if item.table else ""
            return (
                f"<figure><figcaption><strong>{escape(item.title)}</strong></figcaption>{picture(item)}</figure>{under}"
            )
        case Fold(summary, blocks):
            return folded(summary, "".join(block(b, resolve, chart, picture, below) for b in blocks))
        case Entries(entries):
            return "".join(entry(e, resolve) for e in entries)
        case Columns(columns):
            inside = "".join(
                f"<div><h3>{escape(title)}</h3>{''.join(block(b, resolve, chart, picture, below) for b in held)}</div>"
                for title, held in columns
            )
            return f'<div class="lgr-columns">{inside}</div>'


def entry(item: Entry, resolve: Resolve) -> str:
    """A short item, its anchor as id; one that says who stands behind it is a line that opens."""
    anchor = f' id="{escape(item.anchor)}"' if item.anchor else ""
    lines = "".join(f'<p class="lgr-note">{rich(line, resolve)}</p>' for line in item.lines)
    if item.by:
        line = f"<span>{rich(item.text, resolve)}</span> <small>{escape(item.by)}</small>"
        return f'<details class="lgr-line"{anchor}><summary>{line}</summary>{lines}</details>'
    return f'<div class="lgr-entry"{anchor}><p>{rich(item.text, resolve)}</p>{lines}</div>'


def folded(summary: str, inside: str) -> str:
    """HTML folded under a line."""
    return f"<details><summary>{escape(summary)}</summary>{inside}</details>"


def section(item: Section, resolve: Resolve, chart: DrawChart, picture: DrawPicture, level: int = 2) -> str:
    """A section with its heading; the anchor is its id."""
    lede = f'<p class="lgr-lede">{rich(item.lede, resolve)}</p>' if item.lede else ""
    inside = "".join(block(b, resolve, chart, picture) for b in item.blocks)
    return f'<section id="{escape(item.anchor)}"><h{level}>{escape(item.title)}</h{level}>{lede}{inside}</section>'
