"""All groupings of a split's councils for one service as a table: what nothing beats is marked, nothing is ranked."""

from __future__ import annotations

from collections.abc import Sequence

from lgrdata.core.words import NOTHING, capital, counted, joined, number, percent, pounds
from lgrdata.dataset.library import PartnershipModel
from lgrdata.page.blocks import Block, Callout, Fold, Para, Rich, Table
from lgrdata.page.data_table import DataColumn, DataTable
from lgrdata.partnerships.board import Board, BoardRow
from lgrdata.partnerships.together import holders, suiting
from lgrdata.shares.groupings import MOST_COUNCILS, Grouping
from lgrdata.views.partnerships.words import COUNTED, estimated, plainly

SIDES = ("district", "county")


def grouping_blocks(
    board: Board, row: BoardRow, model: PartnershipModel, found: Sequence[Grouping]
) -> tuple[Block, ...]:
    """The groupings that nothing beats, the others folded; or why there are none."""
    councils = len(holders(board))
    if councils > MOST_COUNCILS:
        many = capital(counted(councils, "council"))
        text = f"{many} group in more ways than a table can show; the most is {MOST_COUNCILS}."
        return (Callout("note", text),)
    if not found:
        return ()
    best = [g for g in found if g.unbeaten]
    rest = [g for g in found if not g.unbeaten]
    blocks: list[Block] = [
        Para(_said(board, row, model, found, best)),
        _table(board, row, model, best, "groupings", "Groupings that no other beats"),
    ]
    if rest:
        table = _table(board, row, model, rest, "groupings-beaten", "Groupings that another beats")
        blocks.append(Fold(f"The other {counted(len(rest), 'grouping')}", (table,)))
    summary = f"All {len(found)} ways to group {counted(councils, 'council')} for {plainly(row.service.name)}"
    return (Fold(summary, tuple(blocks)),)


def _said(
    board: Board, row: BoardRow, model: PartnershipModel, found: Sequence[Grouping], best: Sequence[Grouping]
) -> str:
    return (
        f"Of {counted(len(found), 'way')} to group {counted(len(holders(board)), 'council')} for"
        f" {plainly(row.service.name)}, with {plainly(model.name)} as the way of working, {len(best)}"
        f" {'is' if len(best) == 1 else 'are'} beaten by none: no other is as good on every measure here and better on"
        " one. They stand in no order of merit, and people whose ranges overlap are taken as alike."
    )


def grouping_name(board: Board, g: Grouping) -> str:
    """'East + West; the others alone', 'each alone' or 'all together'."""
    names = board.effects.split.names
    together = [" + ".join(names[c] for c in group) for group in g.groups if len(group) > 1]
    alone = [names[group[0]] for group in g.groups if len(group) == 1]
    if not together:
        return "Each alone"
    if len(g.groups) == 1:
        return "All together"
    apart = f"; {joined(alone)} alone" if alone else ""
    return f"{'; '.join(together)}{apart}"


def _table(
    board: Board, row: BoardRow, model: PartnershipModel, found: Sequence[Grouping], name: str, caption: str
) -> Table:
    counted_people = COUNTED.get(row.service.counted_with, "")
    rows: list[tuple[Rich, ...]] = [
        (
            grouping_name(board, g),
            estimated(g.people) if counted_people else "–",
            "–" if g.thousand is None else _millions(g.thousand),
            f"{g.boards} and {g.police}",
            "not known" if g.pupils is None else percent(g.pupils),
            number(g.partners),
            _sides(g.avoided),
            _sides(g.exposure),
            joined([plainly(m.name) for m in suiting(board, row, g)]) if g.partners else "none needed",
        )
        for g in found
    ]
    head = (
        "Grouping", f"{capital(counted_people)}, smallest group" if counted_people else "People",
        "Spent, smallest group", "Meetings with NHS boards and police", "Pupils schooled in their own group",
        "Partners", "Avoided a year", "Comes back if the weightiest leaves", "Ways that suit",
    )  # fmt: skip
    return Table(
        name, f"{caption}, for {plainly(row.service.name)} by {plainly(model.name)}", head, tuple(rows),
        frozenset({1, 2, 4, 5}),
        "Avoided, and what comes back: by assumption, on the districts’ and on the counties’ evidence. A grouping is"
        " as strong as its smallest group. Pupils are published across today’s lines only, so the share is not known"
        " where a group is a part of a county. What is spent is left out where a council’s income is above it.",
    )  # fmt: skip


def _millions(thousand: float) -> str:
    return f"{pounds(thousand / 1000, 1)}m"


def _sides(values: object) -> str:
    assert isinstance(values, dict)
    low, high = (values[side] for side in SIDES)
    return _sum(low) if _sum(low) == _sum(high) else f"{_sum(low)} and {_sum(high)}"


def _sum(millions: float) -> str:
    if abs(millions) < NOTHING:
        return "nothing"
    return "under £0.01m" if 0 < millions < 0.005 else f"{pounds(millions, 2)}m"


def grouping_table(board: Board, found: Sequence[tuple[BoardRow, PartnershipModel, Sequence[Grouping]]]) -> DataTable:
    """The same as figures: a row a grouping of each service, by the way of working chosen for it."""
    columns = (
        DataColumn("Service"), DataColumn("Way"),
        DataColumn("Grouping"), DataColumn("Beaten by none"), DataColumn("People, smallest group", "people"),
        DataColumn("People, low", "people"), DataColumn("People, high", "people"),
        DataColumn("Spent, smallest group", "£ thousand"), DataColumn("Pairs of a group and an NHS board"),
        DataColumn("Pairs of a group and a police area"), DataColumn("Pupils schooled in their own group", "share"),
        DataColumn("Partners"), *(DataColumn(f"Avoided, {side} evidence", "£m a year") for side in SIDES),
        *(DataColumn(f"Comes back, {side} evidence", "£m a year") for side in SIDES),
    )  # fmt: skip
    rows = tuple(
        (
            row.service.name, model.name, grouping_name(board, g), "yes" if g.unbeaten else "no", *(
                (None, None, None) if g.people is None else (g.people.value, g.people.low, g.people.high)
            ),
            g.thousand, g.boards, g.police, g.pupils, g.partners, *(g.avoided[s] for s in SIDES),
            *(g.exposure[s] for s in SIDES),
        )
        for row, model, ways in found
        for g in ways
    )  # fmt: skip
    return DataTable(
        "groupings", "Every way to group the councils for a service that is run together", columns, rows,
        "Avoided, and what comes back, are assumptions. Beaten by none: no other grouping for the service is as good on"
        " every measure here and better on one.",
        status=tuple("worked out or estimated; avoided and comes back are assumed" for _ in rows),
    )  # fmt: skip
