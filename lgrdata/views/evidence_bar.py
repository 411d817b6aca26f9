"""The evidence bar: what a split comes to in the end on either side's evidence, on one line instead of three columns.

`finding` gives the figures, `picture` the drawing with its words and its table; `blocks` is what a page shows.
No verdict is taken from halfway, which is nobody's evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

from lgrdata.all_effects.effects import Effects
from lgrdata.core.models import SIDES, LensId
from lgrdata.core.palette import Theme
from lgrdata.core.words import NOTHING, capital, millions, number, pounds
from lgrdata.costs.business_cases import CaseRow, cases, whose
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Para, Picture, Rich, Table
from lgrdata.pictures import charts
from lgrdata.pictures.charts.evidence_bar import scale_of
from lgrdata.views import break_even
from lgrdata.views.effects.words import before_partnerships, partnerships_add, unchanged

MEASURE = "recurring net saving"


@dataclass(frozen=True)
class PublishedCase:
    """A yearly saving (a cost where below nought) that was published for this very split, £m a year.

    `low` only: this or more; `high` only: this or less; both: a range, or one figure where they are equal.
    """

    value: float
    low: float | None
    high: float | None
    author: str
    payer: str
    """A key of PAYERS."""
    basis: str
    source_id: str


@dataclass(frozen=True)
class EvidenceBar:
    """What a split comes to a year in the end, £m: a plus saves. Every figure as the page's other figures have it."""

    district: float
    middle: float
    county: float
    cases: tuple[PublishedCase, ...]
    sides: tuple[break_even.Side, ...]
    """Each side's break-even beside its own cost of dividing in two; empty where no county is divided."""
    low: float
    high: float
    """The ends of the line, £m a year. What lies beyond is an arrow there."""

    def beside(self, value: float) -> str:
        """Where a figure lies: above either side's, under either's, or between them."""
        low, high = sorted((self.district, self.county))
        return (
            "more than either side’s"
            if value > high
            else "less than either side’s"
            if value < low
            else "between the two"
        )


def finding(dataset: Dataset, effects: Effects) -> EvidenceBar | None:
    """The bar of a split; None where it leaves all as it is, or no council has residents."""
    if not len(effects.split.in_use) or unchanged(effects):
        return None
    nets = {lens: cost.recurring_net for lens, cost in effects.costs.items()}
    low, high = scale_of([nets["district"], nets["county"]])
    return EvidenceBar(
        nets["district"],
        nets["middle"],
        nets["county"],
        tuple(_case(row) for row in published(dataset, effects) if row.metric == MEASURE and _value(row) is not None),
        tuple(break_even.sides(effects)),
        low,
        high,
    )


def published(dataset: Dataset, effects: Effects) -> list[CaseRow]:
    """Every published figure of the proposal that this split is; none where it is nobody's proposal."""
    return [r for r in of_area(dataset, effects) if r.proposal_id and r.proposal_id == effects.split.proposal]


def of_area(dataset: Dataset, effects: Effects) -> tuple[CaseRow, ...]:
    """Every published figure of the area."""
    area = effects.facts.area.area_id
    return dataset.keep(("published cases", area), lambda: cases(dataset.conn, dataset.assumptions, area))


def _value(row: CaseRow) -> float | None:
    ends = [v for v in (row.low, row.high) if v is not None]
    return row.value if row.value is not None else (sum(ends) / len(ends) if ends else None)


def _case(row: CaseRow) -> PublishedCase:
    value = _value(row)
    assert value is not None
    exact = row.low is None and row.high is None
    low, high = (row.value, row.value) if exact else (row.low, row.high)
    return PublishedCase(value, low, high, row.author, row.side, row.basis, row.source_id)


def figure(case: PublishedCase) -> str:
    """'+£39.9m', '+£63.9m or more', '+£21m or less', '+£4m to +£9m'."""

    def one(value: float) -> str:
        text = f"£{number(abs(value), 1)}m".replace(".0m", "m")
        return f"{'−' if value < 0 else '+'}{text}"

    if case.low is not None and case.high is not None:
        return one(case.low) if case.low == case.high else f"{one(case.low)} to {one(case.high)}"
    return f"{one(case.value)} {'or less' if case.low is None else 'or more'}"


def title(effects: Effects, bar: EvidenceBar) -> str:
    """What it comes to on either side's evidence, and what the partnerships chosen would avoid."""
    added = partnerships_add(effects)
    return f"{_comes_to(effects, bar)}. {added}" if added else _comes_to(effects, bar)


def _comes_to(effects: Effects, bar: EvidenceBar) -> str:
    """'In the end it saves £19m a year on the county side’s evidence and £41m on the district side’s evidence'."""
    county, district = (effects.lens_words[lens].evidence for lens in SIDES)
    end = f"In the end{before_partnerships(effects)}{',' if effects.terms else ''} it"
    if millions(bar.county) == millions(bar.district):
        both = f"{county} and on {district}" if effects.any_changed else "either side’s evidence"
        return f"{end} {_does(bar.county)} a year on {both}"
    second = _does(bar.district) if (bar.county < 0) != (bar.district < 0) else millions(abs(bar.district))
    if abs(bar.county) < NOTHING:
        second = _does(bar.district)
    return f"{end} {_does(bar.county)} a year on {county} and {second} on {district}"


def _does(value: float) -> str:
    if abs(value) < NOTHING:
        return "neither saves nor costs"
    return f"{'saves' if value > 0 else 'costs'} {millions(abs(value))}"


def picture(
    dataset: Dataset, effects: Effects, theme: Theme = "light", width: int = charts.BAR_WIDTH
) -> Picture | None:
    """The bar drawn, with its words for people who do not see it and its table; None where there is none."""
    bar = finding(dataset, effects)
    if bar is None:
        return None
    called = effects.lens_words
    nets: tuple[tuple[LensId, float], ...] = (("county", bar.county), ("district", bar.district))
    ends = [charts.EndMark(v, millions(v, plus=True), called[lens].short, lens == "county") for lens, v in nets]
    marks = [charts.CaseMark(c.value, _said(c)) for c in bar.cases]
    evens = [charts.BreakEvenMark(s.break_even, s.own, _beside(s)) for s in bar.sides]
    middle = bar.middle, f"{called['middle'].short} {millions(bar.middle, plus=True)}"
    svg = charts.evidence_bar(ends, middle, marks, evens, theme, width)
    return Picture("evidence-bar", title(effects, bar), svg, alt(effects, bar), width, table(effects, bar))


def _said(case: PublishedCase) -> str:
    return f"published {figure(case)}, {whose(case.payer, case.author)}"


_CHOSEN: dict[LensId, str] = {"county": "Counties’", "district": "Districts’"}


def _beside(side: break_even.Side) -> str:
    whose = f"{_CHOSEN[side.lens]}{', changed here' if side.changed else ''}"
    put = f"{whose}: put at {pounds(side.own, 1)} ●"
    if side.break_even <= 0:
        return f"{put}; would not save even at £0"
    return f"{put}, saves if under {pounds(side.break_even, 1)}: it {break_even.verdict(side)}"


def alt(effects: Effects, bar: EvidenceBar) -> str:
    """The bar in words."""
    said = [f"{_comes_to(effects, bar)}; {effects.lens_words['middle'].short} {millions(bar.middle, plus=True)}."]
    if bar.cases:
        told = [f"by {c.author} ({whose(c.payer, c.author)}), {bar.beside(c.value)}" for c in bar.cases]
        said.append(f"Published for this split: {'; '.join(told)}.")
    if bar.sides:
        said.append(break_even.sentence(effects))
    return " ".join(said)


def table(effects: Effects, bar: EvidenceBar) -> Table:
    """The three side by side, as changed and unchanged, and what was published."""
    rows: list[tuple[Rich, ...]] = []
    for lens, cost in effects.costs.items():
        called = effects.lens_words[lens]
        kinds = [(called.short, cost)]
        if called.changed:
            kinds.append((f"{lens_name(lens)}, unchanged", effects.costs_unchanged[lens]))
        if effects.terms:
            kinds.append((f"{called.short}, with partnerships, run at no cost", effects.costs_with_partnerships[lens]))
        for name, c in kinds:
            paid = "–" if not c.spends else "not in 30 years" if c.payback_years is None else f"year {c.payback_years}"
            rows.append(
                (
                    capital(name),
                    millions(c.recurring_net, plus=True),
                    millions(c.five_year_net, plus=True),
                    millions(c.one_off),
                    paid,
                    "nothing is split" if c.switching_value is None else pounds(c.switching_value, 1),
                    pounds(effects.assumptions.lens_value(lens, "delta"), 1) if name == called.short else "–",
                )
            )
    rows += [
        (f"Published: {c.author} ({whose(c.payer, c.author)}). {c.basis}", figure(c), "–", "–", "–", "–", "–")
        for c in bar.cases
    ]
    return Table(
        "evidence-bar",
        f"Money by whose evidence, £m, {effects.assumptions.prices} prices",
        ("Evidence", "In the end, a year", "Five years", "One-off", "Paid back", "Break-even", "Dividing put at"),
        tuple(rows),
        frozenset(range(1, 7)),
        "A plus saves, a minus costs. Break-even and the cost of dividing county services in two: £ a year for each"
        " county resident; where dividing costs less than the break-even, money is saved in the end. Halfway is the"
        " mean of both sides’ values, and nobody’s evidence. Published figures are as printed, in the prices of"
        " their time.",
        tuple(dict.fromkeys(c.source_id for c in bar.cases)),
    )


def lens_name(lens: LensId) -> str:
    """'Counties’', 'halfway', 'districts’': a lens as published, for a row."""
    return {"county": "counties’", "middle": "halfway", "district": "districts’"}[lens]


def blocks(dataset: Dataset, effects: Effects, theme: Theme = "light") -> tuple[Block, ...]:
    """What a page shows where money stands: the bar, or in a sentence why there is none."""
    drawn = picture(dataset, effects, theme)
    if drawn is not None:
        return (drawn,)
    if not len(effects.split.in_use):
        return ()
    return (Para("These are today’s councils: leaving them costs nothing to make and saves nothing."),)
