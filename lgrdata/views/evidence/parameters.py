"""Every assumption of the model with its bounds and what it rests on, and the three lenses."""

from __future__ import annotations

from lgrdata.core.facts import Assumptions
from lgrdata.core.models import LENSES, Lens, Parameter
from lgrdata.core.words import capital, number, without_symbol
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Link, Para, Rich, Section, Table, View

LENS_SYMBOLS = {
    "delta": "Cost of dividing county services in two, £ a year for each county resident",
    "kappa": "Dearer care places, £ a year per resident for each 100,000 fewer residents",
    "s": "Saving a year for each council that goes, £ million",
    "t_old": "One-off cost for each council that goes, £ million",
    "t_x": "One-off cost for each new council after the first, £ million",
    "t_s": "One-off cost of dividing, £ per resident",
}


def plain_number(value: float | None) -> str:
    """As many decimals as the value has, at most three; 'not held' where there is none."""
    if value is None:
        return "not held"
    for decimals in (0, 1, 2):
        if abs(value - round(value, decimals)) < 1e-9:
            return number(value, decimals)
    return number(value, 3)


def label(parameter: Parameter) -> str:
    """An assumption's name without the symbol that the formulas use."""
    return without_symbol(parameter.label)


def view(dataset: Dataset) -> View:
    """Lenses first, then every assumption."""
    assumptions = dataset.assumptions
    lenses = [assumptions.lenses[lens] for lens in LENSES if lens in assumptions.lenses]
    return View(
        title="Assumptions",
        lede=(
            "The model needs values that no source settles. Each has a low, a central and a high value, and says what"
            " it rests on. You can change any of them on the page What it does.",
        ),
        sections=(
            Section(
                "lenses",
                "Whose evidence",
                "Each side’s evidence prices a split; halfway lies exactly between them. Every cost is shown all three"
                " ways.",
                (
                    *(Para(f"{lens.name}: {lens.rests_on}") for lens in lenses),
                    _lens_table(lenses, assumptions),
                ),
            ),
            Section(
                "every-assumption",
                "Every assumption",
                blocks=(_table(dataset, sorted(assumptions.parameters.values(), key=lambda p: p.label.lower())),),
            ),
        ),
    )


def _lens_table(lenses: list[Lens], assumptions: Assumptions) -> Table:
    keys = assumptions.lens_parameter
    rows: list[tuple[Rich, ...]] = []
    for symbol, words in LENS_SYMBOLS.items():
        head: Rich = Link(words, "parameter", keys[symbol]) if symbol in keys else words
        rows.append((head, *(plain_number(assumptions.lens_value(lens.lens_id, symbol)) for lens in lenses)))
    columns = frozenset(range(1, len(lenses) + 1))
    return Table(
        "lenses",
        "What each side’s evidence takes, and halfway",
        ("Value", *(lens.name for lens in lenses)),
        tuple(rows),
        columns,
    )


def _table(dataset: Dataset, parameters: list[Parameter]) -> Table:
    rows = []
    for p in parameters:
        source = dataset.sources.get(p.source_id)
        rows.append(
            (
                f"{label(p)}, {p.unit}" if p.unit else label(p),
                p.words if p.central is None else plain_number(p.low),
                "in words" if p.central is None else plain_number(p.central),
                "" if p.central is None else plain_number(p.high),
                f"{p.rests_on} {p.words}".strip() if p.central is not None else p.rests_on,
                f"{capital(p.confidence)}. {p.year}",
                Link(source.publisher, "source", p.source_id) if source else "not recorded",
            )
        )
    return Table(
        "assumptions",
        "Every assumption, in the order of its name",
        ("Assumption and unit", "Low", "Central", "High", "What it rests on", "How sure, and the year", "Source"),
        tuple(rows),
        row_ids=tuple(f"parameter-{p.key}" for p in parameters),
    )
