"""The parts a view is made of.

A view is words, figures, tables, charts and pictures in order, without any notion of a screen. `pages/` draws it with
Streamlit, `export/` as static HTML; both through `lgrdata.page.html`, so that they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from lgrdata.core.models import Source

LinkKind = Literal[
    "url", "page", "area", "proposal", "case", "model", "service", "paragraph", "source", "parameter", "claim", "term",
    "measure", "criterion", "part", "split", "file", "anchor", "figure",
]  # fmt: skip


@dataclass(frozen=True)
class Link:
    """Text that leads to something of the tool (by kind and key) or, with kind 'url', to a page outside.

    Kind 'part' names a part of the evidence page (views.evidence.PARTS).
    """

    text: str
    kind: LinkKind
    key: str


@dataclass(frozen=True)
class StruckThrough:
    """Text shown struck through: something that is on offer nowhere, and never counted. Say why beside it."""

    text: str


Rich = str | Link | StruckThrough | tuple[str | Link | StruckThrough, ...]
"""Plain text, a link, struck text, or all in a row."""


@dataclass(frozen=True)
class Para:
    text: Rich


@dataclass(frozen=True)
class Items:
    """A bulleted list."""

    items: tuple[Rich, ...]


@dataclass(frozen=True)
class Callout:
    """A sentence set apart: 'estimated', 'warning', 'note', 'assumption' or 'unknown'."""

    kind: Literal["estimated", "warning", "note", "assumption", "unknown"]
    text: Rich


@dataclass(frozen=True)
class Stat:
    """One headline figure with its unit in the value, and what it stands on."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Stats:
    """A row of at most four headline figures."""

    stats: tuple[Stat, ...]


@dataclass(frozen=True)
class Table:
    """A table as people read it. `numeric` columns are set right. `name` is unique on its page, and a file name."""

    name: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Rich, ...], ...]
    numeric: frozenset[int] = frozenset()
    note: Rich = ""
    source_ids: tuple[str, ...] = ()
    row_heads: bool = True
    """The first column names the row."""
    row_ids: tuple[str, ...] = ()
    """An anchor for each row, unique on the page; none where empty."""


@dataclass(frozen=True)
class Chart:
    """A Vega-Lite chart with its words for people who do not see it, and its table.

    `title` says the finding, `subtitle` what is drawn, in what unit. `spec` is a complete Vega-Lite document
    without a title, of a fixed height and a width of 'container'.
    """

    name: str
    title: str
    subtitle: str
    spec: dict[str, Any]
    alt: str
    table: Table


@dataclass(frozen=True)
class Picture:
    """A drawn map or figure as self-contained SVG text."""

    name: str
    title: str
    svg: str
    alt: str
    width: int = 640
    table: Table | None = None


@dataclass(frozen=True)
class Fold:
    """Blocks folded away under a line that says what they hold; print opens them."""

    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Entry:
    """A short item with an anchor of its own ('' for none): its statement, and lines in small print below.

    `by`: who stands behind it, in a word or two; the item is then one line that opens to the rest.
    """

    anchor: str
    text: Rich
    lines: tuple[Rich, ...] = ()
    by: str = ""


@dataclass(frozen=True)
class Entries:
    """Items one below the other."""

    items: tuple[Entry, ...]


@dataclass(frozen=True)
class Columns:
    """Blocks side by side, each under its heading, on a wide screen; one below the other on a narrow one."""

    columns: tuple[tuple[str, tuple[Block, ...]], ...]


Block = Para | Items | Callout | Stats | Table | Chart | Picture | Fold | Entries | Columns


@dataclass(frozen=True)
class Section:
    """A part of a page. `anchor` is unique on its page; `lede` says the finding, computed from the figures below."""

    anchor: str
    title: str
    lede: Rich = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class View:
    """A page: title, opening sentences, headline figures, sections, what it does not tell, and where it comes from."""

    title: str
    lede: tuple[Rich, ...] = ()
    stats: tuple[Stat, ...] = ()
    sections: tuple[Section, ...] = ()
    caveats: tuple[Rich, ...] = ()
    warnings: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    key: dict[str, str] = field(default_factory=dict)
    """What names this view: area, split, lens ..., for titles and file names."""


def plain(text: Rich) -> str:
    """The text without its links."""
    if isinstance(text, str):
        return text
    if isinstance(text, Link | StruckThrough):
        return text.text
    return "".join(plain(part) for part in text)
