"""The cost model's record on the evidence pages: past rounds, signed misses by who paid, the range of one-off costs."""

from __future__ import annotations

from lgrdata.core.models import SIDES
from lgrdata.core.words import NOT_KNOWN, capital, counted, joined, millions, number, percent, pounds
from lgrdata.costs.past_rounds import Misses, PastRound, arrived, business_cases, past_rounds
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Callout, Link, Para, Rich, Section, Table
from lgrdata.reading.past_rounds import OneOffRecord, RoundFigure, one_off_ratios, one_off_record
from lgrdata.views.evidence.claims import SIDES as PAYERS


def one_off(dataset: Dataset) -> OneOffRecord | None:
    """The band of one-off costs that the dataset holds."""
    return dataset.read(one_off_record)


def coverage(record: OneOffRecord) -> str:
    """How the band came about and how often it held, in a sentence."""
    return (
        f"The range is {number(record.low, 1)} to {number(record.high, 1)} times the model’s cost: of"
        f" {record.ratios} published one-off costs, each held against a range made without it,"
        f" {percent(record.coverage)} lay inside; it is meant to hold 4 in 5."
    )


def one_off_section(dataset: Dataset) -> Section:
    """How far published one-off costs lie from the model's."""
    record = one_off(dataset)
    rows = dataset.read(one_off_ratios)
    if record is None or not rows:
        return Section("one-off", "One-off costs", "Too few one-off costs were published to say how far off they are.")
    table = Table(
        "one-off-ratios",
        "Published one-off costs and the model’s, halfway",
        ("Place", "What was published", "Published", "Modelled", "Times", "Inside the range made without it"),
        tuple(
            (
                place,
                f"Business case, {_payer(side)}" if kind == "business case" else "Past round, latest figure",
                f"{pounds(published, 1)}m",
                f"{pounds(modelled, 1)}m",
                number(ratio, 2),
                "yes" if held else "no",
            )
            for place, kind, side, published, modelled, ratio, held in rows
        ),
        frozenset({2, 3, 4}),
        "Each published figure counts once, a range by its geometric middle. As printed, in the prices of their time.",
    )
    apart = sum(r.ratio < 1 for r in rows), sum(r.ratio > 1 for r in rows)
    lede = (
        f"The sides differ little here, and published costs do not: {counted(apart[0], 'figure')} of {len(rows)} lie"
        f" below the model’s and {counted(apart[1], 'figure')} above. {coverage(record)}"
    )
    note = "No assumption is set by these figures; only this range of error is."
    return Section("one-off", "One-off costs", lede, (table, Callout("note", note)))


def _payer(side: str) -> str:
    """Who paid, inside a sentence."""
    named = PAYERS.get(side, side)
    return named[:1].lower() + named[1:]


def misses_table(dataset: Dataset) -> Table:
    """Business cases by measure and payer: how many lie below, inside and above both sides' evidence."""
    found = dataset.read(business_cases)
    return Table(
        "case-misses",
        "Published figures below, inside and above what both sides’ evidence gives",
        ("Measure", "Who paid", "Below, inside, above", "Those below, by", "Those above, by"),
        tuple(_miss(m) for m in found),
        frozenset({3, 4}),
        "Each published figure counts once. By: the median distance from the nearer side. A one-sided miss is a bias.",
    )


def _miss(m: Misses) -> tuple[Rich, ...]:
    return (
        capital(m.figure) if m.figure.endswith(m.unit) else f"{capital(m.figure)}, {m.unit}",
        capital(PAYERS.get(m.side, m.side)),
        f"{m.below} below, {m.inside} inside, {m.above} above",
        _by(m.below_by, m.unit),
        _by(m.above_by, m.unit),
    )


def _by(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return f"{pounds(abs(value), 1)}m" if unit.startswith("£m") else f"{number(abs(value), 1)} {unit}"


def misses_sentence(dataset: Dataset) -> str:
    """What the yearly savings that each side paid to have worked out say of the model."""
    found = [m for m in dataset.read(business_cases) if m.figure == "recurring net saving"]
    if not found:
        return "The model has no like of any published figure."
    told = [
        f"{_payer(m.side)}, {m.below} below, {m.inside} inside and {m.above} above"
        for m in sorted(found, key=lambda m: -(m.below + m.inside + m.above))
    ]
    return f"Savings a year against what both sides’ evidence gives: {'; '.join(told)}."


def rounds_section(dataset: Dataset) -> Section:
    """What the model gives for past rounds as they were, beside plan, budget and outturn."""
    found = dataset.read(past_rounds)
    shares = [(r.place, share) for r in found if (share := arrived(r)) is not None]
    reported = joined([f"{place} ({percent(share)})" for place, share in shares])
    lede = (
        "The same sums that price a split, given the councils there were. What share of planned savings arrived is"
        f" published for {reported} only." if shares else
        "The same sums that price a split, given the councils there were. Nobody published what share of planned"
        " savings arrived."
    )  # fmt: skip
    blocks: list[Block] = [
        Table(
            "past-rounds",
            "Past rounds: modelled, planned, set aside and reported",
            ("Place", "Figure", "Modelled, both sides", "Plan", "Budget", "Reported after", "Sources"),
            tuple(_round(dataset, r) for r in found),
            frozenset({2}),
            "Published figures as printed, in the prices of their time; modelled ones in"
            f" {dataset.assumptions.prices} prices.",
        ),
        Para(
            "Not known: published nowhere that was found. Savings of every kind that councils credit to themselves are"
            " no measure of the model, so they stand alone."
        ),
    ]
    return Section("past-rounds", "Past rounds", lede, tuple(blocks))


def _round(dataset: Dataset, r: PastRound) -> tuple[Rich, ...]:
    ends = sorted(r.modelled[lens] for lens in SIDES) if r.modelled else []
    modelled = "no like measure"
    if ends:
        modelled = " to ".join(dict.fromkeys(millions(v) for v in ends))
    by_kind = [
        joined([_said(p) for p in r.published if p.kind == kind]) if any(p.kind == kind for p in r.published) else ""
        for kind in ("plan", "budget", "outturn")
    ]
    links: list[str | Link] = []
    for source_id in dict.fromkeys(p.source_id for p in r.published):
        source = dataset.sources.get(source_id)
        links += [", "] if links else []
        links.append(Link(source.publisher, "source", source_id) if source else "not recorded")
    yearly = " a year" if r.unit == "£m a year" else ""
    return (
        f"{r.place}, {r.year}",
        capital(r.figure) + yearly,
        modelled,
        *(text or NOT_KNOWN for text in by_kind),
        tuple(links) if links else NOT_KNOWN,
    )


def _said(p: RoundFigure) -> str:
    def one(value: float) -> str:
        return f"{pounds(value, 1)}m".replace(".0m", "m")

    if p.value is not None:
        more = " or more" if p.low == p.value else " or less" if p.high == p.value else ""
        told = one(p.value) + more
    elif p.low is not None and p.high is not None:
        told = f"{one(p.low)} to {one(p.high)}"
    else:
        end = p.low if p.low is not None else p.high
        assert end is not None
        told = f"{one(end)} or {'more' if p.low is not None else 'less'}"
    return f"{told} ({p.said})"
