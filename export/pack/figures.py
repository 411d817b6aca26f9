"""Tables of the views as rows of numbers: what a cell shows, read back into a value and the way it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lgrdata.page.blocks import Block, Chart, Columns, Fold, Picture, Table, plain

_NUMBER = r"([+−-])?(£)?([0-9][0-9,]*(?:\.[0-9]+)?)(%|m|bn| km| points| a year)?"
_ONE = re.compile(_NUMBER)
_RANGE = re.compile(rf"(.+?) \(({_NUMBER}) to ({_NUMBER})\)")
LOW, HIGH = ": low", ": high"


class ShownFigure(NamedTuple):
    """A number with the spreadsheet format that shows it as the views do."""

    value: float
    shown: str


Cell = ShownFigure | str


class FigureTable(NamedTuple):
    """A table whose ranges stand in columns of their own. `ranged`: which rows hold one."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    ranged: tuple[bool, ...]


def figure_of(text: str) -> ShownFigure | None:
    """'+£4.2m' as 4.2 and its format; None for what is no number alone."""
    found = _ONE.fullmatch(text.replace("\xa0", " ").strip())
    if found is None:
        return None
    sign, pound, digits, unit = found.groups()
    value = float(digits.replace(",", "")) * (-1 if sign in ("−", "-") else 1)
    if sign and not value:
        return None  # a small figure that keeps its sign, which no number can
    decimals = len(digits.partition(".")[2])
    body = ("#,##0" if "," in digits else "0") + (f".{'0' * decimals}" if decimals else "")
    if unit == "%":
        value, body = round(value / 100, decimals + 2), f"{body}%"
    elif unit:
        body = f'{body}"{unit}"'
    lead, plus = pound or "", "+" if sign == "+" else ""
    above = f'"{plus}{lead}"{body}' if plus or lead else body
    return ShownFigure(value, f'{above};"−{lead}"{body};{above}')


def ends_of(text: str) -> tuple[str, str, str] | None:
    """'4,100', '3,700' and '4,500' of '4,100 (3,700 to 4,500)'; None for anything else."""
    found = _RANGE.fullmatch(text.replace("\xa0", " ").strip())
    if found is None or figure_of(found[1]) is None:
        return None
    return found[1], found[2], found[7]


def figures(table: Table) -> FigureTable:
    """The table with numbers as numbers, and a range as three columns."""
    texts = [[plain(cell) for cell in row] for row in table.rows]
    wide = {i for i in table.numeric if any(ends_of(row[i]) for row in texts if i < len(row))}
    head: list[str] = []
    for i, name in enumerate(table.head):
        head += [name, f"{name}{LOW}", f"{name}{HIGH}"] if i in wide else [name]
    rows = []
    for row in texts:
        cells: list[Cell] = []
        for i, text in enumerate(row):
            ends = ends_of(text) if i in wide else None
            if i in wide:
                cells += [_cell(t) for t in ends] if ends else [_cell(text), "", ""]
            else:
                cells.append(_cell(text) if i in table.numeric else text)
        rows.append(tuple(cells))
    return FigureTable(tuple(head), tuple(rows), tuple(any(ends_of(t) for t in row) for row in texts))


def _cell(text: str) -> Cell:
    return figure_of(text) or text


def tables_in(blocks: tuple[Block, ...]) -> Iterator[Table]:
    """Every table of blocks in order, those of charts and pictures too."""
    for block in blocks:
        match block:
            case Table():
                yield block
            case Chart():
                yield block.table
            case Picture() if block.table is not None:
                yield block.table
            case Fold():
                yield from tables_in(block.blocks)
            case Columns():
                for _, inside in block.columns:
                    yield from tables_in(inside)
