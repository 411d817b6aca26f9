"""Further down on cost: what moves the result, cost by service, council tax."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lgrdata.all_effects.effects import Effects
from lgrdata.core.models import LensId
from lgrdata.core.palette import Theme
from lgrdata.core.words import NOT_ADDING, capital, counted, millions, number, people, pounds, unsummed, without_symbol
from lgrdata.costs import by_service as costs_services
from lgrdata.costs import tornado as costs_tornado
from lgrdata.costs.council_tax import BASE, MOST_YEARS, OWN, CouncilTax, TaxResult
from lgrdata.costs.tornado import TornadoBar
from lgrdata.page.blocks import Block, Callout, Chart, Fold, Items, Link, Rich, Table
from lgrdata.pictures import charts
from lgrdata.views.effects.words import council, sources, spread, unchanged

SHOWN = 8
_SERVICE = {"Adult Social Care": "Adult social care", "Children Social Care": "Children’s social care"}
_HOUSING = "Housing services (GFRA only)", "Housing, apart from council houses’ own account"


_SHORT = {
    "delta": "Yearly cost of dividing in two",
    "kappa": "Dearer care places for smaller councils",
    "t_x": "One-off cost of each further new council",
    "t_s": "One-off double running where one is split",
}
"""Names short enough to stand above a bar on a telephone."""
_HERE = {"leadership_per_upper_tier": "Leadership of care saved where a council of today ends"}
"""Assumptions that move a result only one way: leadership of new councils is inside the cost of splitting."""


def _row_name(bar: TornadoBar) -> str:
    return _SHORT.get(bar.parameter.rpartition(".")[2], plain_label(bar))


def bars(effects: Effects, lens: LensId) -> list[TornadoBar]:
    """Reach of every assumption under a lens, widest first."""
    return costs_tornado.tornado(effects.facts, effects.split, effects.assumptions, lens)


def plain_label(bar: TornadoBar) -> str:
    """The assumption's name without its symbol, by what it does here."""
    return _HERE.get(bar.parameter) or without_symbol(bar.label)


def tornado(effects: Effects, lens: LensId, found: Sequence[TornadoBar], theme: Theme) -> list[Block]:
    """The five-year net at each assumption's low and high value, by its `bars`: chart of the widest, table of all."""
    if not found:
        return []
    rows: list[charts.Row] = []
    for k, bar in enumerate(found[:SHOWN]):
        for side, at, value in (
            (charts.LOW, bar.net_at_low, bar.low_value),
            (charts.HIGH, bar.net_at_high, bar.high_value),
        ):
            tip = f"{plain_label(bar)} at {_value(value, bar.unit)}: {millions(at, plus=True)} over five years"
            rows.append({"row": k, "side": side, "start": round(bar.central, 2), "end": round(at, 2), "tip": tip})
        rows.append({"row": k, "name": _row_name(bar), "central": round(bar.central, 2)})
    first = found[0]
    title = (
        f"{plain_label(first)} moves the result most:"
        f" {spread([first.net_at_low, first.net_at_high, first.central], plus=True)} over five years"
    )
    table = Table(
        "tornado",
        f"Five-year net under {effects.lens_words[lens].own}, one assumption changed at a time",
        ("Assumption", "Low value", "High value", "Net at low", "Net at high"),
        tuple(
            (
                Link(plain_label(b), "parameter", _key(effects, b)), _value(b.low_value, b.unit),
                _value(b.high_value, b.unit), millions(b.net_at_low, plus=True), millions(b.net_at_high, plus=True),
            )
            for b in found
        ),
        frozenset({1, 2, 3, 4}),
        f"As it stands: {millions(first.central, plus=True)}. Low and high are the published ends, not likelihoods.",
    )  # fmt: skip
    return [
        Chart(
            "tornado",
            title,
            f"Five-year net, {effects.lens_words[lens].after_comma}, with each assumption at its published low and"
            " high. Upright: as it stands.",
            charts.tornado(rows, theme),
            f"Bars of the {counted(min(SHOWN, len(found)), 'assumption')} with most reach over five years. {title}.",
            table,
        )
    ]


def _key(effects: Effects, bar: TornadoBar) -> str:
    _, dot, symbol = bar.parameter.partition(".")
    return effects.assumptions.lens_parameter[symbol] if dot else bar.parameter


def _value(value: float, unit: str) -> str:
    """A parameter's value with its unit, short."""
    if unit in ("share", "fraction"):
        return f"{number(value * 100, 1).removesuffix('.0')}%"
    if unit.startswith("£m"):
        return f"£{value:g}m"
    if unit.startswith("£"):
        return pounds(value, 1)
    return f"{value:,.0f}" if value >= 1000 else f"{value:g}"


def by_service(effects: Effects, lens: LensId) -> list[Block]:
    """The cost of splitting by service, by what the county itself spends."""
    rows = costs_services.by_service(effects.facts, effects.costs[lens])
    if not rows:
        return []
    whole = math.fsum(r.amount for r in rows if not math.isnan(r.amount))
    told = tuple(
        (
            _SERVICE.get(r.service, r.service).replace(*_HOUSING),
            "not known" if math.isnan(r.amount) else millions(r.amount),
            capital(r.note),
        )
        for r in rows
    )
    return [
        Fold(
            "Cost of splitting by service",
            (
                Table(
                    "splitting-by-service",
                    f"Yearly cost of splitting under {effects.lens_words[lens].own}, shared out by what is spent today",
                    ("Service", "A year", "Note"),
                    told,
                    frozenset({1}),
                    f"A sharing-out of one figure, {millions(whole)}, not evidence about each service."
                    + (
                        f" {NOT_ADDING}"
                        if unsummed([([r.amount for r in rows if not math.isnan(r.amount)], whole)])
                        else ""
                    ),
                ),
            ),
        )
    ]


def apart(tax: CouncilTax) -> float:
    """The gap between the lowest and highest bill as they are shown, in whole pounds."""
    return round(tax.high) - round(tax.low)


def council_tax(effects: Effects, theme: Theme) -> list[Block]:
    """Band D in each council today, and what moving all to the lowest would forgo."""
    tax = effects.tax
    if tax is None:
        return [Callout("unknown", "Council tax is not held for this area.")]
    known = [t for t in tax.councils if not math.isnan(t.low)]
    if not known:
        return [Callout("unknown", "No council tax figure is held for these councils.")]
    rows: list[charts.Row] = []
    for k, t in enumerate(known):
        meets = f"{pounds(t.low)} to {pounds(t.high)}" if t.gap > 0 else pounds(t.low)
        rows.append(
            {
                **charts.badge(t.council, theme), "row": k, "low": t.low, "high": t.high,
                "name": f"{t.name}: {meets}", "tip": f"{t.name}: {meets}",
            }
        )  # fmt: skip
    widest = max(known, key=lambda t: t.gap)
    title = (
        f"{widest.name} has bills {pounds(apart(widest))} apart today"
        if unchanged(effects)
        else f"Bills {pounds(apart(widest))} apart would meet in {widest.name}"
    )
    if widest.gap < 0.5:
        title = "Each council has one level of council tax today"
    return [
        Chart(
            "council-tax",
            title,
            f"Band D of district and county, without parishes, {tax.period}: lowest and highest among each council’s"
            " members today.",
            charts.tax(rows, theme),
            f"Range of Band D in each council. {title}.",
            _tax_table(effects, tax, known),
        ),
        *_tax_paths(effects, tax, known),
        Items(tuple(f"{capital(c)}." for c in tax.caveats)),
    ]


def _tax_table(effects: Effects, tax: TaxResult, known: Sequence[CouncilTax]) -> Table:
    """What would meet in each council, the level that forgoes nothing, and what moving to the lowest forgoes."""
    rows: list[tuple[Rich, ...]] = []
    for t in known:
        billed = f"{pounds(t.billed_low)} to {pounds(t.billed_high)}" if t.billed_low < t.billed_high else "one level"
        rows.append(
            (
                council(effects.split, t.council), f"{t.low_authority}, {pounds(t.low)}",
                f"{t.high_authority}, {pounds(t.high)}", pounds(apart(t)), pounds(t.average), millions(t.forgone),
                billed if not math.isnan(t.billed_low) else "not known",
            )
        )  # fmt: skip
    ids = [effects.facts.columns[m].source_id for m in (OWN, BASE)]
    heads = (
        "Council", "Lowest", "Highest", "Gap", "Average that forgoes nothing",
        "Forgone a year if all moved to the lowest",
        f"As billed with parishes, police and fire, {tax.billed_period or 'not held'}",
    )  # fmt: skip
    all_told = f"All councils: {millions(tax.forgone)} a year forgone at the lowest."
    if unsummed([([t.forgone for t in known], tax.forgone)]):
        all_told += f" {NOT_ADDING}"
    note = sources(effects, ids, all_told)
    return Table(
        "council-tax", f"Band D among the members of each council, {tax.period}, without parishes", heads, tuple(rows),
        frozenset({3, 4, 5, 6}), note, tuple(ids),
    )  # fmt: skip


def _tax_paths(effects: Effects, tax: TaxResult, known: Sequence[CouncilTax]) -> list[Block]:
    """Each member's bill on its way to the average over the longest time the law gives, and to the lowest at once."""
    meeting = [t for t in known if t.gap >= 0.5]
    if not meeting or unchanged(effects):
        return []
    rows: list[tuple[Rich, ...]] = []
    told = []
    for t in meeting:
        level = round(t.average)
        rise, fall = t.homes(level)
        told.append(
            f"{t.name}: to {pounds(level)}, the equivalent of {people(rise)} Band D homes would pay more and"
            f" {people(fall)} less"
        )
        for m in sorted(t.members, key=lambda m: (m.bill, m.authority)):
            change = level - round(m.bill)
            path = m.path(level)
            rows.append(
                (
                    council(effects.split, t.council), m.authority, pounds(m.bill), _change(change),
                    f"{_change(change / MOST_YEARS, 2)} a year", pounds(path[1]), pounds(path[4]), pounds(path[7]),
                    _change(round(t.low) - round(m.bill)),
                )
            )  # fmt: skip
    heads = (
        "Council", "Today’s council", "Band D", "To the average", "Over seven years", "Year 1", "Year 4", "Year 7",
        "To the lowest",
    )  # fmt: skip
    table = Table(
        "council-tax-paths", f"Each council’s bill on its way, {tax.period}, without parishes", heads, tuple(rows),
        frozenset(range(2, 9)), "At the prices of that year: no general rise is in it. One year would take it at once.",
    )  # fmt: skip
    return [Fold("Whose bills would rise and fall", (Items(tuple(f"{line}." for line in told)), table))]


def _change(amount: float, decimals: int = 0) -> str:
    text = pounds(amount, decimals)
    return "no change" if round(amount, decimals) == 0 else f"+{text}" if amount > 0 else text


def uncertain(effects: Effects, lens: LensId, found: Sequence[TornadoBar]) -> str:
    """Which assumption the five-year net hangs on most, by its `bars`; '' where nothing changes."""
    if not found:
        return ""
    first = found[0]
    ends = [first.net_at_low, first.net_at_high]
    told, label = spread(ends, plus=True), plain_label(first)
    same = millions(min(ends)) == millions(max(ends))
    takes = f"leaves the five-year net at {told}" if same else f"takes the five-year net from {told}"
    return (
        f"Least certain under {effects.lens_words[lens].own}: {label[:1].lower()}{label[1:]}. Its published range alone"
        f" {takes}."
    )


def could_be_worse(reach: Sequence[TornadoBar]) -> bool:
    """Whether the assumption that `uncertain` names could leave a worse net than the one shown, as it is shown.

    `reach`: what `bars` found.
    """
    if not reach:
        return False
    first = reach[0]
    worst = min(first.net_at_low, first.net_at_high)
    return worst < first.central and millions(worst, plus=True) != millions(first.central, plus=True)
