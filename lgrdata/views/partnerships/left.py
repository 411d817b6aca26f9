"""What partnerships leave: money, people without one, what comes back when one ends; and need by footprint."""

from __future__ import annotations

import math

from lgrdata.core.models import LENSES, NOMINAL_WORDS
from lgrdata.core.words import NOT_ADDING, NOTHING, counted, joined, millions, number, people, percent, unsummed
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Callout, Fold, Items, Link, Para, Rich, Section, Table
from lgrdata.partnerships.board import Board, BoardRow
from lgrdata.partnerships.footprint import footprints, years_of
from lgrdata.views.partnerships.words import COUNTED, estimated, in_row, model_link, small

LEFT = "What partnerships leave"


def left_section(board: Board) -> Section:
    """What partnerships leave: money under each lens, people without one, and what comes back when one ends."""
    if not board.is_split:
        return Section("left", LEFT, "The split parts no county, so there is no cost of splitting to avoid.")
    return Section("left", LEFT, _left_lede(board), (
        _left_money(board),
        Callout("note", "No partnership removes a risk, and everyone who draws on care still passes to a new council"
                " that answers for it. What is left in money has only what the model prices; not quality of care."),
        *exit_blocks(board),
        Fold("Service by service: people outside a partnership, and cost left", (_left_services(board),)),
    ))  # fmt: skip


def _left_lede(board: Board) -> str:
    lens = board.scenario.lens
    own, left = board.effects.lens_words[lens].own, millions(board.unmitigated[lens])
    if not board.counted:
        return (
            f"Under {own} the model gives {left} a year of splitting and dearer care places. No partnership is chosen,"
            " so none of it is avoided."
        )
    return (
        f"Under {own} the model leaves {left} a year of splitting and dearer care places, after what the partnerships"
        f" chosen avoid by assumption: {small(board.avoided[lens])}."
    )


def _left_money(board: Board) -> Table:
    costs = board.effects.costs_with_partnerships
    rows = tuple(
        (
            board.effects.lens_words[x].name,
            millions(costs[x].disaggregation_cost),
            millions(costs[x].purchasing_scale),
            small(costs[x].partnership_saving),
            millions(board.unmitigated[x]),
            small(costs[x].partnership_setup),
        )
        for x in LENSES
        if x in costs
    )
    sums = [
        ((c.disaggregation_cost, c.purchasing_scale, -c.partnership_saving), board.unmitigated[x])
        for x, c in costs.items()
    ]
    return Table(
        "left-money", "Cost of splitting and of placements before and after partnerships, £m a year",
        ("", "Splitting", "Dearer care places", "Avoided by partnerships", "Left each year", "Set-up, once"),
        rows, numeric=frozenset({1, 2, 3, 4, 5}),
        note="Effects of partnerships are assumptions. However many cover a service, at most 80% of it is counted."
        + (f" {NOT_ADDING}" if unsummed(sums) else ""),
    )  # fmt: skip


def _left_services(board: Board) -> Table:
    lens = board.scenario.lens
    rows = tuple(
        (
            Link(r.service.name, "service", r.service.service_id),
            "chosen" if any(c.counted for c in r.chosen) else "none chosen",
            _outside(r),
            small(r.left[lens]) if r.left is not None else "not costed",
        )
        for r in board.rows
    )
    return Table(
        "left-services",
        "Service by service: who is in no partnership, and what is left,"
        f" {board.effects.lens_words[lens].after_comma}",
        ("Service", "Partnership", "People outside one", "Left a year"), rows, numeric=frozenset({3}),
        note="A service without a line of spending of its own is not costed. These services are not all of a"
        " county’s spending: the rest of the cost of splitting lies elsewhere.",
    )  # fmt: skip


def _outside(row: BoardRow) -> str:
    """The people of a service whom no partnership serves."""
    if not row.people:
        return "not counted"
    if all(c in row.covered for c, _ in row.people):
        return "none outside it"
    return f"{estimated(row.uncovered_people)} {COUNTED[row.service.counted_with]}"


def exit_blocks(board: Board) -> tuple[Block, ...]:
    """How long partnerships last under the assumption, and what returns if each ends."""
    x, chosen = board.exit, board.counted
    if not chosen:
        return ()
    life = "with no end assumed" if math.isinf(x.years) else f"about {number(x.years)} years"
    span = "" if math.isinf(x.years_high) else f" ({number(x.years_low)} to {number(x.years_high)})"
    many = counted(len(chosen), "partnership")
    any_ends = percent(x.any_within(5, len(chosen)))
    lens = board.scenario.lens
    called = board.effects.lens_words[lens]
    items: list[Rich] = []
    for c in chosen:
        back = c.alone[lens].value
        none = abs(back) < NOTHING
        money = "no counted sum comes back" if none else f"{small(back)} a year comes back under {called.own}"
        items.append((f"{c.service.name}, ", *in_row([model_link(c.model)]), f": {money}. {c.model.exit_note}"))
    return (
        Callout(
            "assumption",
            (
                f"A partnership is expected to last {life}{span}: ",
                Link("chance in a year that it ends", "parameter", "exit_hazard"),
                f" {percent(x.hazard)}. With {many}, the chance that one ends within five years is {any_ends},"
                " if they end independently. A rough count over the case studies, not a statistical estimate.",
            ),
        ),
        Para("If a partnership ends, what it avoided comes back, and splitting it up costs money again:"),
        Items(tuple(items)),
    )


def footprint_section(dataset: Dataset, board: Board) -> Section:
    """The forecast of each group of partners, for chosen partnerships."""
    title, split = "Whom partners serve", board.effects.split
    if not board.counted:
        return Section("footprint", title, "Choose a partnership to see the need that its partners share.")
    rows: list[tuple[Rich, ...]] = []
    unknown: dict[str, str] = {}
    for f in footprints(dataset, board):
        names = " + ".join((*(split.names[m] for m in f.members), *(t.name for t in f.counted_beyond)))
        rows.append((f"{names}: {COUNTED[f.outcome]}", *(estimated(e) for e in f.need)))
        unknown.update({t.code: t.name for t in f.left_out})
    inside = {m for c in board.counted for m in c.members}
    beyond = {t.code: t for c in board.counted for t in c.beyond}
    everyone = sum(int(split.population[m]) for m in inside) + sum(t.residents for t in beyond.values())
    lede = f"The partners chosen so far serve {people(everyone)} residents."
    blocks: list[Block] = []
    years, projection = years_of(board.effects.facts), board.effects.facts.projection
    based = projection.based if projection else "Projected"
    if rows:
        blocks.append(
            Table(
                "footprint-need",
                "Estimated need of the partners together, grown with residents’ ages",
                ("Partners and people", *(str(y) for y in years)),
                tuple(rows),
                numeric=frozenset(range(1, len(years) + 1)),
                note=f"{based} growth on {board.effects.facts.vintage.period} residents, with the ages that need"
                f" goes with: a projection, not a plan. In brackets: the {NOMINAL_WORDS} ranges of the partners,"
                " carried forward and added.",
            )
        )
    else:
        blocks.append(Para("The services chosen so far are not counted in people, so no need is forecast for them."))
    if unknown:
        names = joined(list(unknown.values()))
        blocks.append(Callout("unknown", f"The need of {names} is not in these sums: no forecast is held for it."))
    if beyond:
        blocks.append(
            Table(
                "footprint-beyond",
                "Partners beyond the area, as councils stand today",
                ("Council", f"Residents, {board.effects.facts.vintage.period}"),
                tuple((t.name, number(t.residents)) for t in beyond.values()),
                numeric=frozenset({1}),
            )
        )
    return Section("footprint", title, lede, tuple(blocks))
