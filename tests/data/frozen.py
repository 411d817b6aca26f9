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
PERIOD = re.compile(
    r"\bmid-\d{4}|\b\d{4}-\d\d\b(?!-)|\b\d{4} Q[1-4]|\b(?:\d\d? )?(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r" \d{4}|\b\d{4}-based|\bto 20[3-9]\d\b|\bfrom 20\d\d\b"
)
"""A period in the forms that releases have: a bare year is as often that of a decision, a claim or a law."""

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
            if table == "parameter":
                found.append(f"{row[9]}. {row[8]}")  # as assumptions are listed
    return "\n".join(found)


def frozen(before: Sequence[str], after: Sequence[str], stays: str) -> Iterator[str]:
    """Lines of the rolled copy that name a period which the same line named before, and that nothing else explains."""
    matched = SequenceMatcher(None, [_shape(t) for t in before], [_shape(t) for t in after], autojunk=False)
    for _, a, b, c, d in matched.get_opcodes():
        for old, new in zip(before[a:b], after[c:d], strict=False):
            named = zip(PERIOD.finditer(old), PERIOD.finditer(new), strict=False)
            same = [y for x, y in named if x[0] == y[0] and not _month(y[0])]
            if same and not CENSUS.search(new) and not _explained(new, same, stays):
                yield new


def _month(text: str) -> bool:
    """True for 2009-03, which names a month and no year of account."""
    found = re.fullmatch(r"(\d{4})-(\d\d)", text)
    return found is not None and int(found[2]) != (int(found[1]) + 1) % 100


def _shape(line: str) -> str:
    return re.sub(r"\d", "#", re.sub(r"[\d,.]+", "#", YEAR.sub("PERIOD", line)))


def _explained(line: str, years: Iterable[re.Match[str]], stays: str) -> bool:
    return all(line[max(0, y.start() - 4) : y.end()].strip(" .,;:()£") in stays for y in years)
