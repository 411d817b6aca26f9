"""Limits on options: which unions of blocks may be a council at all, each limit told in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lgrdata.all_options.unions import OptionBlocks, sum_table
from lgrdata.core.models import LgrError

BOARD = "icb"
"""The vintage of NHS board areas that options are measured and filtered by."""

MAINLY = 0.5
"""An authority belongs to the NHS board that serves at least this share of it."""


@dataclass(frozen=True)
class Filters:
    """What every option must keep to. Authorities and NHS boards by code.

    `smallest`: fewest residents of any council. `together`: groups that share one council. `apart`: groups of which no
    two share a council. `unitaries_unchanged`: today's unitaries stand alone. `boards_whole`: NHS boards that no
    council line cuts, that is, all authorities mainly in the board share one council.
    """

    smallest: int = 0
    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    unitaries_unchanged: bool = False
    boards_whole: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limit:
    """One filter by itself: its words, the filters with only it, and the filters without it."""

    words: str
    alone: Filters
    without: Filters


def limits(blocks: OptionBlocks, filters: Filters) -> list[Limit]:
    """The filters in force one by one, so that each can be dropped in turn."""
    none, out = Filters(), []

    def add(words: str, alone: Filters, without: Filters) -> None:
        out.append(Limit(words, alone, without))

    if filters.smallest > 0:
        words = f"no council under {filters.smallest:,} residents"
        add(words, replace(none, smallest=filters.smallest), replace(filters, smallest=0))
    for kind, groups in (("together", filters.together), ("apart", filters.apart)):
        for n, group in enumerate(groups):
            words = f"{_names(blocks, group)} {'in one council' if kind == 'together' else 'in different councils'}"
            rest = groups[:n] + groups[n + 1 :]
            if kind == "together":
                add(words, replace(none, together=(group,)), replace(filters, together=rest))
            else:
                add(words, replace(none, apart=(group,)), replace(filters, apart=rest))
    if filters.unitaries_unchanged:
        words = "existing unitary councils unchanged"
        add(words, replace(none, unitaries_unchanged=True), replace(filters, unitaries_unchanged=False))
    for n, board in enumerate(filters.boards_whole):
        name = board_name(blocks, board)
        rest_boards = filters.boards_whole[:n] + filters.boards_whole[n + 1 :]
        words = f"{name} not cut"
        add(words, replace(none, boards_whole=(board,)), replace(filters, boards_whole=rest_boards))
    return out


def allowed_unions(blocks: OptionBlocks, filters: Filters) -> NDArray[np.bool_]:
    """[2^n] True where the filters let a union be a council. LgrError for codes the area does not have."""
    every = np.arange(1 << blocks.count, dtype=np.int32)
    ok = np.ones(len(every), dtype=bool)
    if filters.smallest > 0:
        ok &= sum_table(blocks.facts.population[blocks.index]) >= filters.smallest
    groups = [_mask(blocks, g) for g in filters.together]
    groups += [_board_mask(blocks, b) for b in filters.boards_whole]
    for group in groups:
        inside = every & group
        ok &= (inside == 0) | (inside == group)
    for codes in filters.apart:
        inside = every & _mask(blocks, codes)
        ok &= (inside & (inside - 1)) == 0
    if filters.unitaries_unchanged:
        for i, a in enumerate(blocks.index):
            if blocks.facts.authorities[int(a)].tier == "unitary":
                ok &= (every & (1 << i) == 0) | (every == 1 << i)
    return ok


def board_name(blocks: OptionBlocks, code: str) -> str:
    """Name of an NHS board of the area. LgrError naming the area's boards where there is none of that code."""
    boards = blocks.facts.footprints.get(BOARD)
    if boards is None or code not in boards.codes:
        have = ", ".join(boards.codes) if boards is not None else "none"
        raise LgrError(f"{code} is not an NHS board of {blocks.facts.area.name}; it has {have}")
    return boards.names[boards.codes.index(code)]


def _mask(blocks: OptionBlocks, codes: Iterable[str]) -> int:
    out = 0
    for code in codes:
        out |= blocks.bit(code)
    return out


def _board_mask(blocks: OptionBlocks, code: str) -> int:
    board_name(blocks, code)
    boards = blocks.facts.footprints[BOARD]
    share = boards.share[blocks.index, boards.codes.index(code)]
    return sum(1 << int(i) for i in np.flatnonzero(share >= MAINLY))


def _names(blocks: OptionBlocks, codes: tuple[str, ...]) -> str:
    names = [blocks.facts.authorities[blocks.facts.authority_index[c]].name for c in codes if blocks.bit(c)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
