"""What was published about a split: each figure with who said it and who paid, beside the model's."""

from __future__ import annotations

from dataclasses import replace

from lgrdata.all_effects.effects import Effects
from lgrdata.core.lens_words import NAMES
from lgrdata.core.models import LENSES
from lgrdata.core.words import capital, counted, inside, millions, number
from lgrdata.costs.business_cases import METRICS, CaseRow, distance
from lgrdata.costs.price import price
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Callout, Rich, Table
from lgrdata.views import evidence_bar

_SIDE = {
    "county-commissioned": "paid for by the county’s side",
    "district-commissioned": "paid for by the districts’ side",
    "unitary-city": "paid for by an existing city or unitary council",
    "unitary-experience": "from a unitary council’s own experience",
    "independent": "for neither side alone",
    "government": "government",
}


def blocks(dataset: Dataset, effects: Effects) -> list[Block]:
    """The proposal's own published business cases beside the lenses."""
    mine = evidence_bar.published(dataset, effects)
    if not mine:
        others = len({r.proposal_id for r in evidence_bar.of_area(dataset, effects) if r.proposal_id})
        more = f" Business cases are held for {counted(others, 'proposal')} of this area." if others else ""
        return [Callout("unknown", f"No published business case is held for this split.{more}")]
    published = replace(effects.assumptions, changed={})
    unchanged_costs = price(effects.facts, effects.split, published) if effects.any_changed else effects.costs
    table: list[tuple[Rich, ...]] = []
    for row in mine:
        take = METRICS.get(row.metric)
        far = {}
        for lens in LENSES:
            # What was published is held against the model as published: a change made here is no part of its record.
            modelled = take(unchanged_costs[lens]) if take else None
            far[lens] = _beside(row, modelled) if take else "not compared"
        unit = row.unit
        table.append(
            (
                _what(row),
                f"{row.author} ({_SIDE.get(row.side, row.side)})",
                _published_words(row, unit),
                *(far[x] for x in LENSES),
            )
        )
    return [
        Table(
            "published-cases",
            "What was published about this split, and by whom, beside the model",
            ("What", "Who said it, and who paid", "Published", *(NAMES[x] for x in LENSES)),
            tuple(table),
            frozenset({3, 4, 5}),
            "In brackets: the model less the published figure. The model is never tuned to these; definitions differ."
            + (" The model’s figures here are those without the assumptions changed." if effects.any_changed else ""),
            tuple(dict.fromkeys(r.source_id for r in mine)),
        )
    ]


def _what(row: CaseRow) -> str:
    if row.metric == "other":
        return capital(row.basis)
    return f"{capital(row.metric)}: {inside(row.basis)}" if row.basis else capital(row.metric)


def _published_words(row: CaseRow, unit: str) -> str:
    def one(value: float) -> str:
        return (
            f"£{number(value, 1).removesuffix('.0')}m".replace("£−", "−£")
            if unit.startswith("£m")
            else f"{number(value, 1).removesuffix('.0')} {unit.removesuffix('s') if value == 1 else unit}"
        )

    yearly = " a year" if unit == "£m a year" else ""
    if row.value is not None:
        return one(row.value) + yearly
    ends = [one(v) for v in (row.low, row.high) if v is not None]
    return (" to ".join(ends) + yearly) if ends else "not stated"


def _beside(row: CaseRow, modelled: float | None) -> str:
    if modelled is None:
        return "not within 30 years"
    if row.value is None and row.low is None and row.high is None:
        return "not compared"
    far = distance(modelled, row.value, row.low, row.high)
    if row.unit.startswith("£m"):
        return f"{millions(modelled)} ({millions(far, plus=True) if round(far) else 'as published'})"
    whole = number(far, 1).removesuffix(".0")
    return f"{number(modelled)} ({'as published' if round(far, 1) == 0 else ('+' if far > 0 else '') + whole})"
