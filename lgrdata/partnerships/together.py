"""Every way to group a split's councils for one service, and which kinds of partnership suit each grouping."""

from __future__ import annotations

from collections.abc import Sequence

from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import PartnershipModel
from lgrdata.partnerships.board import Board, BoardRow
from lgrdata.shares.groupings import MOST_COUNCILS, Grouping
from lgrdata.shares.share import ShareOut
from lgrdata.shares.together import groupings_for

SHARED_AREAS = frozenset({"joint_board", "joint_committee", "pooled_budget", "strategic_alliance"})
"""Models that suit partners who deal with the same NHS board or police area."""


def holders(board: Board) -> list[int]:
    """Councils with a piece of a county that the split parts: those whose services could be run together."""
    return sorted({c for county in board.counties for c in county.councils})


def ways_together(
    dataset: Dataset, board: Board, shared: ShareOut, row: BoardRow, model: PartnershipModel
) -> tuple[Grouping, ...]:
    """Every grouping for a service under a model; () where there are too few or too many councils, or no such sum."""
    councils = holders(board)
    if model.excluded or not 2 <= len(councils) <= MOST_COUNCILS:
        return ()
    return groupings_for(dataset, board.effects, shared, row.service.service_id, model.model_id, councils)


def suiting(board: Board, row: BoardRow, grouping: Grouping) -> tuple[PartnershipModel, ...]:
    """The models that the split suggests for a service, kept where they suit this grouping."""
    together = [g for g in grouping.groups if len(g) > 1]
    if not together:
        return ()
    return tuple(
        f.model
        for f in row.fits
        if f.standing == "suggested" and not f.model.excluded and _suits(board, row, f.model, grouping, together)
    )


def _suits(
    board: Board, row: BoardRow, model: PartnershipModel, grouping: Grouping, together: Sequence[tuple[int, ...]]
) -> bool:
    if model.model_id in SHARED_AREAS:
        return grouping.neighbours
    if model.model_id == "lead_authority":
        small = board.effects.assumptions.value("size_small_newton")
        people = board.effects.split.population
        rare = ("lead_authority", row.service.paragraph) in board.library.model_paragraphs
        return rare or any(people[c] <= small for g in together for c in g)
    return True
