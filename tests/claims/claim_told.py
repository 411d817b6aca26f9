"""A page as what it claims: each sentence, figure and table cell with where it stands, beside the sums it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lgrdata.all_effects.effects import Effects
from lgrdata.core.models import LensId
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import (
    Block,
    Callout,
    Chart,
    Columns,
    Entries,
    Fold,
    Items,
    Para,
    Picture,
    Section,
    Stat,
    Stats,
    Table,
    View,
    plain,
)


@dataclass(frozen=True)
class Told:
    """One thing a reader reads, and where."""

    where: str
    text: str


@dataclass(frozen=True)
class Page:
    """What one page says (`view`, or loose `more` where a command printed it), and what it ought to be true of."""

    name: str
    view: View
    effects: Effects | None = None
    lens: LensId = "middle"
    dataset: Dataset | None = None
    area_id: str = ""
    more: tuple[Told, ...] = ()

    @cached_property
    def told(self) -> tuple[Told, ...]:
        return (*_of_view(self.view), *self.more)

    @cached_property
    def tables(self) -> dict[str, Table]:
        return {t.name: t for s in self.view.sections for t in _tables(s.blocks)}

    @cached_property
    def prose(self) -> tuple[Told, ...]:
        """What is told outside table cells."""
        return tuple(t for t in self.told if "|" not in t.where)


def columns(table: Table) -> Iterator[tuple[str, dict[str, str]]]:
    """Each column of figures: its head, and its cells by the row's name."""
    for k in range(1, len(table.head)):
        yield table.head[k], {plain(row[0]): plain(row[k]) for row in table.rows}


def _tables(blocks: tuple[Block, ...]) -> Iterator[Table]:
    for b in blocks:
        match b:
            case Table():
                yield b
            case Chart() | Picture():
                if b.table is not None:
                    yield b.table
            case Fold():
                yield from _tables(b.blocks)
            case Columns():
                for _, inner in b.columns:
                    yield from _tables(inner)


def _of_view(view: View) -> Iterator[Told]:
    yield Told("title", view.title)
    for text in view.lede:
        yield Told("lede", plain(text))
    yield from _stats("stat", view.stats)
    for section in view.sections:
        yield from _section(section)
    for text in view.caveats:
        yield Told("caveat", plain(text))
    for warning in view.warnings:
        yield Told("warning", warning)


def _section(section: Section) -> Iterator[Told]:
    yield Told(section.anchor, section.title)
    if section.lede:
        yield Told(f"{section.anchor}, lede", plain(section.lede))
    for block in section.blocks:
        yield from _block(section.anchor, block)


def _stats(where: str, stats: tuple[Stat, ...]) -> Iterator[Told]:
    for s in stats:
        yield Told(f"{where} {s.label}", s.label)
        yield Told(f"{where} {s.label}", s.value)
        if s.note:
            yield Told(f"{where} {s.label}", s.note)


def _block(where: str, block: Block) -> Iterator[Told]:
    match block:
        case Para() | Callout():
            yield Told(where, plain(block.text))
        case Items():
            for item in block.items:
                yield Told(where, plain(item))
        case Stats():
            yield from _stats(where, block.stats)
        case Table():
            at = f"{where}, table {block.name}"
            yield Told(at, block.caption)
            if block.note:
                yield Told(at, plain(block.note))
            for row in block.rows:
                for head, cell in zip(block.head, row, strict=True):
                    yield Told(f"{at} | {plain(row[0])} | {head}", plain(cell))
        case Chart() | Picture():
            at = f"{where}, {block.name}"
            if block.title:
                yield Told(at, block.title)
            if isinstance(block, Chart):
                yield Told(at, block.subtitle)
            yield Told(at, block.alt)
            if block.table is not None:
                yield from _block(at, block.table)
        case Fold():
            yield Told(where, block.summary)
            for inner in block.blocks:
                yield from _block(where, inner)
        case Entries():
            for entry in block.items:
                yield Told(where, plain(entry.text))
                for line in entry.lines:
                    yield Told(where, plain(line))
        case Columns():
            for heading, inner_blocks in block.columns:
                yield Told(where, heading)
                for inner in inner_blocks:
                    yield from _block(where, inner)
