"""How a table was understood, as findings: what each column holds, and which rows were left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lgrdata.core.models import MAX_COUNCILS
from lgrdata.splits.assignment.columns import SAMPLE, Layout, is_nobody
from lgrdata.splits.assignment.decode import FileLine
from lgrdata.splits.assignment.places import Places, alike, code_like

SHOWN = 3
MOST_OFFERED = 8


class LeftRow(NamedTuple):
    """A row that names no place: what it is, its line in the file, and its words."""

    kind: str
    line: int
    text: str = ""

    @property
    def told(self) -> str:
        """In few words, with its line."""
        return f"{self.kind} (line {self.line})"


class ColumnFinding(NamedTuple):
    """A column in the rows of places: how many cells are filled, name a place, and do so by a code; what it says."""

    title: str
    filled: int
    places: int
    coded: int
    different: int
    """Different entries, those of nobody left out."""
    first: tuple[str, ...]


@dataclass(frozen=True)
class TableFinding:
    """How a file was read. `council` is −1 where two columns could be it, or each column is one."""

    form: str
    columns: tuple[ColumnFinding, ...]
    places: tuple[int, ...]
    council: int
    left: tuple[LeftRow, ...] = ()
    rows: int = 0
    """Rows that were looked at, of the rows of places."""
    more: bool = False
    """There are further rows, read alike."""

    @property
    def place_choices(self) -> tuple[str, ...]:
        """Columns that could hold the places, the one that was read first."""
        able = [i for i, c in enumerate(self.columns) if _lists_places(c)]
        return self._titles([*self.places[:1], *able]) if self.form in ("a row a block", "a row a council") else ()

    @property
    def council_choices(self) -> tuple[str, ...]:
        """Columns that could be the new council, the one that was read first."""
        able = [
            i for i, c in enumerate(self.columns)
            if i not in self.places and 0 < c.different <= MAX_COUNCILS and 2 * c.filled >= self.rows
            and not _lists_places(c)
        ]  # fmt: skip
        return self._titles([*([self.council] if self.council >= 0 else []), *able])

    def _titles(self, wanted: Sequence[int]) -> tuple[str, ...]:
        titles = [self.columns[i].title for i in wanted if i < len(self.columns)]
        # A title that stands over two columns chooses neither.
        all_titles = [alike(c.title) for c in self.columns]
        return tuple(t for t in dict.fromkeys(titles) if all_titles.count(alike(t)) == 1)[:MOST_OFFERED]


def _lists_places(c: ColumnFinding) -> bool:
    """True where most rows name a place, and another one each; a council may bear a place's name."""
    return 2 * min(c.places, c.different) >= c.filled > 1


def understood(places: Places, lines: Sequence[FileLine], layout: Layout, left: Sequence[LeftRow] = ()) -> TableFinding:
    """What a layout makes of a table's columns, in its first rows of places."""
    held = lines[layout.first : layout.last + 1]
    rows = held[:SAMPLE]
    width = max((len(line.cells) for line in rows), default=0)
    columns = []
    for c in range(width):
        cells = [line.cells[c] for line in rows if c < len(line.cells) and line.cells[c]]
        named = [text for text in cells if places.find(text) or places.members(text)]
        said = dict.fromkeys(text for text in cells if not is_nobody(text))
        told = {alike(text): text for text in reversed(said)}
        first = tuple(told[key] for key in list(dict.fromkeys(map(alike, said)))[:SHOWN])
        coded = sum(code_like(text) for text in named)
        columns.append(ColumnFinding(layout.title(c), len(cells), len(named), coded, len(told), first))
    return TableFinding(
        layout.form, tuple(columns), layout.places, layout.council, tuple(left), len(rows), len(held) > len(rows)
    )
