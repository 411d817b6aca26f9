"""Which words of a rolled dataset still name a period of before: lines of two copies held against each other."""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from rolled import STAYS

from lgrdata.core.words import day
from lgrdata.page import html as markup
from lgrdata.page.blocks import View

YEAR = re.compile(r"\b(?:19|20)\d\d(?:-\d\d\b(?!-))?(?: Q[1-4])?")
ROLLED = {"figure", "resident", "spend", "projection", "vintage", "total", "release", "period", "share_basis"}
CENSUS = re.compile(r"(Census|census|Workers|Jobs|[Cc]ommuters|House moves|travelling|Journeys|moving home).*20[12]1")
"""The next census is of 2031: its words are the keys of its flows, and stay."""


def lines(made: bytes) -> list[str]:
    """The text of a page, a line an element."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", made.decode(), flags=re.S)
    return _lines(text)


def of_view(view: View) -> list[str]:
    """The text of a view, a line an element."""
    parts = [f"<p>{view.title}</p>", *(f"<p>{markup.rich(t, lambda _: None)}</p>" for t in view.lede)]
    parts += [markup.stats(view.stats)]
    parts += [markup.section(s, lambda _: None, lambda _: "", lambda _: "") for s in view.sections]
    return _lines(" ".join(parts))


def _lines(text: str) -> list[str]:
    plain = html.unescape(re.sub(r"<[^>]+>", "\n", text))
    return [" ".join(line.split()) for line in plain.split("\n") if line.strip()]


def staying(conn: sqlite3.Connection) -> str:
    """Every text of the dataset that no release moves: what was decided, claimed or assumed, and dates in words."""
    found: list[str] = []
    listing = conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'").fetchall()
    moved = {source_id for (source_id,) in conn.execute("SELECT source_id FROM release")}
    for (table,) in listing:
        if table in ROLLED:
            continue
        for row in conn.execute(f"SELECT * FROM {table}"):
            if table == "source" and row[0] in moved and not STAYS.match(row[0]):
                continue
            cells = [c for c in row if isinstance(c, str) and c[:1] != "{" and YEAR.search(c)]
            found += [*cells, *(day(c) for c in cells if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", c))]
            if table == "source":
                found.append(f"{row[2]}, {row[4][:4]}")  # as sources are cited
    return "\n".join(found)


def frozen(before: Sequence[str], after: Sequence[str], stays: str) -> Iterator[str]:
    """Lines of the rolled copy that name a period which the same line named before, and that nothing else explains."""
    matched = SequenceMatcher(None, [_shape(t) for t in before], [_shape(t) for t in after], autojunk=False)
    for _, a, b, c, d in matched.get_opcodes():
        for old, new in zip(before[a:b], after[c:d], strict=False):
            same = [y for x, y in zip(YEAR.finditer(old), YEAR.finditer(new), strict=False) if x[0] == y[0]]
            if same and not CENSUS.search(new) and not _explained(new, same, stays):
                yield new


def _shape(line: str) -> str:
    return re.sub(r"\d", "#", re.sub(r"[\d,.]+", "#", YEAR.sub("PERIOD", line)))


def _explained(line: str, years: Iterable[re.Match[str]], stays: str) -> bool:
    return all(line[max(0, y.start() - 8) : y.end() + 6].strip(" .,;:()") in stays for y in years)
