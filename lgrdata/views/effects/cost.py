"""Cost: the split under three lenses, its path and payback, and what the authors of the proposal said themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lgrdata.all_effects.effects import Effects
from lgrdata.core.lens_words import CHOSEN
from lgrdata.core.models import SIDES, LensId
from lgrdata.core.palette import Theme
from lgrdata.core.words import (
    NOT_ADDING,
    NOTHING,
    capital,
    counted,
    joined,
    millions,
    number,
    per_year,
    pounds,
    unsummed,
)
from lgrdata.costs.price import LensCost, inputs
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Callout, Chart, Fold, Para, Section, Table
from lgrdata.pictures import charts
from lgrdata.views import break_even
from lgrdata.views.effects import published
from lgrdata.views.effects.cost_detail import bars, by_service, council_tax, tornado, uncertain
from lgrdata.views.effects.words import (
    before_partnerships,
    lens_columns,
    partnered_columns,
    possessive,
    spread,
    unchanged,
    unchanged_beside,
)
from lgrdata.views.evidence import costs_record

NET_OF_ALL = "That is splitting alone; “in the end” is what is left of all that is saved and all that is spent."
MIDDLE_NOTE = "Halfway is exactly that: each of its values is the mean of both sides’. It is not a best estimate."


def section(dataset: Dataset, effects: Effects, lens: LensId, theme: Theme) -> Section:
    """The section 'Money': the path to payback first, the rest folded."""
    if unchanged(effects):
        text = "These are today’s councils: leaving them costs nothing and saves nothing, on anybody’s evidence."
        return Section("cost", "Money", text, (*council_tax(effects, theme),))
    blocks: list[Block] = []
    if effects.terms:
        blocks.append(Callout("assumption", "Partnerships count only at the end of “What is saved”."))
    reach = bars(effects, lens)
    least = uncertain(effects, lens, reach)
    moves: list[Block] = [*([Para(least)] if least else []), *tornado(effects, lens, reach, theme)]
    blocks += [
        _path(effects, lens, theme),
        Para(break_even.sentence(effects)),
        Fold("What is saved and what it costs, by whose evidence", (_lenses(effects, theme),)),
        *folded("How far off the one-off cost may be", _one_off_range(dataset, effects, lens)),
        *folded("What the result hangs on most", moves),
        Fold("What was published about this split", tuple(published.blocks(dataset, effects))),
        *by_service(effects, lens),
        Fold("Council tax: which bills would meet", tuple(council_tax(effects, theme))),
    ]
    return Section("cost", "Money", lede(effects), tuple(blocks))


def folded(summary: str, blocks: Sequence[Block]) -> list[Block]:
    """Blocks under a line; nothing where there are none."""
    return [Fold(summary, tuple(blocks))] if blocks else []


def lede(effects: Effects) -> str:
    """What splitting costs on either side's evidence, and that councils are fewer or not."""
    costs = effects.costs
    given = inputs(effects.facts, effects.split)
    if not given.is_split:
        fewer = given.n_old - given.n_new
        if not fewer:
            return "No county’s services would be divided, and there would be as many councils as today."
        told = spread([abs(c.aggregation_saving) for c in costs.values()])
        more = f"{'fewer' if fewer > 0 else 'more'} {'saves' if fewer > 0 else 'costs'} {told}"
        return (
            f"No county’s services would be divided. Having {counted(abs(fewer), 'council')} {more} a year,"
            " by whose evidence is taken."
        )
    parted = [c for c in given.counties if c.pieces > 1]
    counties = joined([possessive(c.name) for c in parted])
    dear = {lens: c.disaggregation_cost for lens, c in costs.items()}
    low, high = min(dear.values()), max(dear.values())
    on = {x: _on(effects, x, lambda c: millions(c.disaggregation_cost)) for x in ("district", "county")}
    into = f" between {counted(parted[0].pieces, 'council')}" if len(parted) == 1 else ""
    dearly = f"Splitting {counties} services{into} costs an estimated {spread(dear.values())} a year"
    if millions(low) == millions(high):
        on_what = "by all the figures used here" if effects.any_changed else "on either side’s evidence"
        return f"{dearly} {on_what}. {NET_OF_ALL}"
    if low < -NOTHING:
        does = {x: f"{'saves' if v < -NOTHING else 'costs'} {millions(abs(v))} a year" for x, v in dear.items()}
        return (
            f"Splitting {counties} services{into} {does['district']} on {on['district']}"
            f" and {does['county']} on {on['county']}: both estimated, less what is spent on leadership today where"
            f" councils that run care are merged. {NET_OF_ALL}"
        )
    told = f"{millions(dear['district'])} on {on['district']}, {millions(dear['county'])} on {on['county']}"
    return f"{dearly}: {told}. {NET_OF_ALL}"


def _on(effects: Effects, lens: LensId, tell: Callable[[LensCost], str]) -> str:
    """What a figure of a lens rests on, and in brackets the unchanged figure where assumptions were changed."""
    return f"{effects.lens_words[lens].evidence}{unchanged_beside(effects, lens, tell)}"


def money_sentence(effects: Effects) -> str:
    """The yearly net and the first five years on either side's evidence."""
    costs = effects.costs
    if unchanged(effects):
        return "These are today’s councils, so nothing is spent and nothing is saved."

    def told(cost: LensCost) -> str:
        return _does(cost.recurring_net)

    first, other = (costs[x] for x in SIDES)
    partnered = f"{before_partnerships(effects)}," if effects.terms else ""
    if not effects.any_changed:
        return (
            f"In the end{partnered} it would {_both_do(first, other)};"
            f" after five years it would be {_both_so_far(first, other)}{_never_paid(effects)}."
        )
    own = {x: f"{effects.lens_words[x].own}{unchanged_beside(effects, x, told)}" for x in SIDES}
    yearly = [f"{told(costs[x])} on {own[x]}" for x in SIDES]
    after = dict.fromkeys(f"{so_far(costs[x])}{unchanged_beside(effects, x, so_far)}" for x in SIDES)
    ahead = joined(list(after), "or")
    return (
        f"In the end{partnered} it would {joined(yearly, 'or')};"
        f" after five years it would be {ahead}{_never_paid(effects)}."
    )


def _never_paid(effects: Effects) -> str:
    """'; by counties’ figures it is not paid back in 30 years', where what saves in the end is not; ''."""
    costs = effects.costs
    late = [x for x in SIDES if costs[x].recurring_net > NOTHING and costs[x].payback_years is None and costs[x].spends]
    whose = joined([effects.lens_words[x].short for x in late])
    return f"; by {whose} figures it is not paid back in 30 years" if late else ""


def _does(net: float) -> str:
    """'save £17m a year', 'cost under £1m a year', or 'neither save nor cost'."""
    if abs(net) < NOTHING:
        return "neither save nor cost"
    return f"{'save' if net > 0 else 'cost'} {millions(abs(net))} a year"


def _alike(first: float, other: float) -> bool:
    """Whether both gain or both lose, so that it needs saying once."""
    return min(abs(first), abs(other)) >= NOTHING and (first > 0) == (other > 0)


def _both_do(county: LensCost, district: LensCost) -> str:
    """'save £19m a year on counties’ evidence or £41m on districts’': what both would do is said once."""
    first, other = county.recurring_net, district.recurring_net
    if _does(first) == _does(other):
        return f"{_does(first)} on either side’s evidence"
    told = millions(abs(other)) if _alike(first, other) else _does(other)
    return f"{_does(first)} on {CHOSEN['county']} evidence or {told} on {CHOSEN['district']}"


def _both_so_far(county: LensCost, district: LensCost) -> str:
    """'£162m behind or £116m ahead', '£10m or £134m ahead', or the one that both round to."""
    first, other = county.five_year_net, district.five_year_net
    if so_far(county) == so_far(district):
        return so_far(county)
    return f"{millions(abs(first)) if _alike(first, other) else so_far(county)} or {so_far(district)}"


def so_far(cost: LensCost) -> str:
    """'£10m ahead' or '£55m behind' after five years."""
    if abs(cost.five_year_net) < NOTHING:
        return "neither ahead nor behind"
    return f"{millions(abs(cost.five_year_net))} {'ahead' if cost.five_year_net > 0 else 'behind'}"


def _lenses(effects: Effects, theme: Theme) -> Chart:
    costs, columns = effects.costs, lens_columns(effects)
    names = {x: w.name for x, w in effects.lens_words.items()}
    rows: list[charts.Row] = []
    for k, (x, c) in enumerate(costs.items()):
        said = f"{names[x]}: {millions(c.recurring_net, plus=True)} a year"
        right, left = c.aggregation_saving, 0.0
        parts = [("saving", 0.0, right), ("splitting", left, left - c.disaggregation_cost)]
        left -= max(c.disaggregation_cost, 0.0)
        if c.purchasing_scale >= 0:
            parts.append(("purchasing", left, left - c.purchasing_scale))
        else:
            parts.append(("purchasing", right, right - c.purchasing_scale))
        for part, start, end in parts:
            tip = f"{charts.PARTS[part]}: {millions(end - start, plus=True)}"
            rows.append(
                {"row": k, "part": charts.PARTS[part], "start": round(start, 2), "end": round(end, 2), "tip": tip}
            )
        rows.append({"row": k, "name": said, "net": round(c.recurring_net, 2), "tip": said})
    table = Table(
        "three-lenses",
        f"Money by whose evidence, {effects.assumptions.prices} prices",
        ("", *(name for name, _ in columns)),
        (
            *((name, *(take(c) for _, c in columns)) for name, take in _LINES.items() if _matters(name, costs)),
            *(
                (name, *(take(c) for _, c in partnered_columns(effects)))
                for name, take in _WITH_THEM.items()
                if effects.terms
            ),
        ),
        frozenset(range(1, 1 + len(columns))),
        f"{MIDDLE_NOTE} {NOT_ADDING}" if unsummed(_sum(c) for _, c in columns) else MIDDLE_NOTE,
    )
    nets = [c.recurring_net for c in costs.values()]
    decides = "under assumptions as changed here" if effects.any_changed else "the evidence decides"
    title = f"From {per_year(min(nets))} to {per_year(max(nets))}: {decides}"
    if per_year(min(nets)) == per_year(max(nets)):
        title = f"{capital(per_year(nets[0]))} on either side’s figures"
    return Chart(
        "three-lenses",
        title,
        f"£m in the end, a year. Diamond: what is left, net. {effects.assumptions.prices} prices.",
        charts.lenses(rows, theme),
        f"Bars for counties’, halfway and districts’ figures. {title}. "
        + " ".join(f"{name}: {millions(c.recurring_net, plus=True)} a year." for name, c in columns),
        table,
    )


def _paid(c: LensCost) -> str:
    if c.payback_years is None:
        return "not within 30 years" if c.spends else "nothing is spent"
    return f"year {c.payback_years}"


def _year_of(year: int | None) -> str:
    return "not within 30 years" if year is None else f"year {year}"


def _to(ends: Sequence[str]) -> str:
    return " to ".join(dict.fromkeys(ends))


_BAND = ("One-off cost, as far off as published ones", "Five-year net, at those ends", "Paid back, at those ends")

_WITH_THEM: dict[str, Callable[[LensCost], str]] = {
    "Partnerships avoid, by assumption": lambda c: millions(c.partnership_saving - c.partnership_run, plus=True),
    "With them, run at no cost, a year": lambda c: millions(c.recurring_net, plus=True),
}
"""Rows below the others where partnerships are chosen: no other row counts them."""
_LINES: dict[str, Callable[[LensCost], str]] = {
    "Saved by having fewer councils, a year": lambda c: millions(c.aggregation_saving),
    "Cost of splitting county services, a year": lambda c: millions(c.disaggregation_cost),
    "Dearer care places for smaller councils (minus: cheaper), a year": lambda c: millions(c.purchasing_scale),
    "Net a year (plus: saves)": lambda c: millions(c.recurring_net, plus=True),
    "One-off cost": lambda c: millions(c.one_off),
    "Five-year net": lambda c: millions(c.five_year_net, plus=True),
    _BAND[0]: lambda c: _to([millions(e.one_off) for e in c.one_off_ends]),
    _BAND[1]: lambda c: _to([millions(c.five_years_at(e), plus=True) for e in reversed(c.one_off_ends)]),
    _BAND[2]: lambda c: _to([_year_of(e.payback_years) for e in c.one_off_ends]),
    "Net present value, ten years": lambda c: millions(c.npv_10, plus=True),
    "Paid back by the end of": _paid,
    "Break-even cost of dividing county services in two, £ for each county resident": lambda c: (
        "nothing is split" if c.switching_value is None else pounds(c.switching_value, 1)
    ),
}


def _sum(c: LensCost) -> tuple[tuple[float, ...], float]:
    """The rows of a lens that make its yearly net, each with its sign, and the net."""
    return (c.aggregation_saving, -c.disaggregation_cost, -c.purchasing_scale), c.recurring_net


def _matters(name: str, costs: Mapping[LensId, LensCost]) -> bool:
    return name not in _BAND or all(c.one_off_ends and c.spends for c in costs.values())


def _path(effects: Effects, lens: LensId, theme: Theme) -> Chart:
    costs, columns = effects.costs, lens_columns(effects)
    names = {x: w.name for x, w in effects.lens_words.items()}
    rows: list[charts.Row] = []
    for x, c in costs.items():
        for point in c.path:
            rows.append(
                {
                    "year": max(point.year, 0), "total": round(point.running_total, 2),
                    "wide": 4 if x == lens else 2,
                    "name": names[x], "paid": False,
                    "tip": f"{names[x]}, {_year(point.year)}: {millions(point.running_total, plus=True)} so far",
                }
            )  # fmt: skip
        if (at := crossing(c)) is not None:
            tip = f"{names[x]}: paid back in year {c.payback_years}"
            wide = 4 if x == lens else 2
            rows.append({"year": at, "total": 0.0, "wide": wide, "name": names[x], "paid": True, "tip": tip})
    now = costs[lens]
    years = [p.year for p in now.path]
    title = f"{_payback(effects, lens)}."
    if now.payback_years is not None and now.payback_years > years[-1]:
        title = f"{_payback(effects, lens)}, after the {counted(years[-1], 'year')} drawn here."
    table = Table(
        "path",
        f"Running total by year, £m, {effects.assumptions.prices} prices",
        ("Year from the first day of the new councils", *(name for name, _ in columns)),
        tuple(
            (_year(y), *(millions(c.path[i].running_total, plus=True) for _, c in columns)) for i, y in enumerate(years)
        ),
        frozenset(range(1, 1 + len(columns))),
        "Year −1 is the year before the new councils begin. Undiscounted.",
    )
    return Chart(
        "path",
        title,
        "Running total, £m: what was spent before the first day, then year by year. Diamond: where it is paid back, if"
        f" that is within {counted(years[-1], 'year')}.",
        charts.path(rows, theme, names),
        f"Three lines over eleven years. {title} "
        + " ".join(f"{name}: {millions(c.path[-1].running_total, plus=True)} after ten years." for name, c in columns),
        table,
    )


def crossing(cost: LensCost) -> float | None:
    """Where the drawn running total comes back to nought, in years from the first day: 3.2 lies in year 4."""
    total = {max(p.year, 0): p.running_total for p in cost.path}
    end = cost.payback_years
    if end is None or end not in total:
        return None
    before, after = total[end - 1], total[end]
    return end - 1 + min(-before / (after - before), 1.0) if before < 0 and after > before else float(end)


def _year(year: int) -> str:
    return number(year)


def payback_sentence(effects: Effects, lens: LensId) -> str:
    """When the one-off cost is paid back under a lens."""
    return f"{_payback(effects, lens)}."


def _payback(effects: Effects, lens: LensId) -> str:
    cost, own = effects.costs[lens], effects.lens_words[lens].own
    as_published = unchanged_beside(effects, lens, lambda c: millions(c.one_off))
    if not cost.spends:
        return f"Under {own} nothing is spent once{as_published}, so there is nothing to pay back"
    once = f"the one-off cost of {millions(cost.one_off)}{as_published}"
    beside = unchanged_beside(effects, lens, _paid)
    if cost.payback_years is None:
        return f"Under {own} {once} is not paid back within 30 years{beside}"
    return f"Under {own} {once} is paid back in year {cost.payback_years}{beside}"


def _one_off_range(dataset: Dataset, effects: Effects, lens: LensId) -> list[Block]:
    """How far off the one-off cost may be, by the record of published ones, and what that does to payback."""
    record, now = costs_record.one_off(dataset), effects.costs[lens]
    beside = unchanged_beside(effects, lens, lambda c: _to([millions(e.one_off) for e in c.one_off_ends]))
    if record is None or not now.one_off_ends or not now.spends:
        return []
    low, high = now.one_off_ends
    paid = _to([_year_of(e.payback_years) for e in now.one_off_ends])
    told = (
        f"The one-off cost under {effects.lens_words[lens].own}, {millions(now.one_off)}, may be"
        f" {millions(low.one_off)} to {millions(high.one_off)}{beside}: five-year net"
        f" {millions(now.five_years_at(low), plus=True)} to {millions(now.five_years_at(high), plus=True)}, paid back"
        f"{' in' if paid.startswith('year') else ''} {paid}."
    )
    return [Callout("assumption", f"{told} {costs_record.coverage(record)}")]


__all__ = ["lede", "money_sentence", "payback_sentence", "section"]
