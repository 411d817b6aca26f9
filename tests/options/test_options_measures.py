"""An option's figures are those that the sums of one split give, to the last digits."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from drawn_facts import grid
from drawn_options import assumptions, uneven

from lgrdata.all_options.options import Options, enumerate_options, measure_split
from lgrdata.boundary import measure as boundary
from lgrdata.care import people as services
from lgrdata.core.facts import AreaFacts, Assumptions
from lgrdata.core.models import LENSES, OUTCOMES
from lgrdata.costs import price
from lgrdata.splits.split import Split, make

ALL = (1, 2, 3, 4, 5, 6)


def one_by_one(split: Split, with_assumptions: Assumptions) -> dict[str, float]:
    """The measures of a split from the project's other sums, which know nothing of options."""
    facts = split.facts
    priced = price.price(facts, split, with_assumptions)
    across = boundary.measure(facts, split)
    care = services.estimate(facts, split)
    people = split.population.astype(float)
    tax = split.share.T @ facts.columns["council_tax_base"].values / people
    out: dict[str, float] = {}
    for lens in LENSES:
        out[f"five_year_net_{lens}"] = priced[lens].five_year_net
        value = priced[lens].switching_value
        money = priced[lens].recurring_net  # nothing is split: what it saves, it saves whatever splitting costs
        out[f"switching_value_{lens}"] = value if value is not None else math.copysign(math.inf, money)
    for key, kind in (("commuting_crossing", "commuting 2021"), ("moves_crossing", "moves 2021")):
        out[key] = across.crossing[kind].share  # type: ignore[assignment]
    out["cut_borders"] = across.after.cuts.borders
    out["cut_border_km"] = across.after.cuts.km
    out["smallest_council"] = people.min()
    out["size_spread"] = people.max() - people.min()
    out["guide_distance"] = float(np.abs(people - with_assumptions.value("size_guide")).mean())
    balance = care.balance[0]
    for key, outcome in (
        ("need_balance_adults", "adults_long_term_support"),
        ("need_balance_children", "children_looked_after"),
    ):
        rates = balance[:, OUTCOMES.index(outcome)]
        out[key] = rates.max() / rates.min()
    out["tax_base_spread"] = tax.max() / tax.min()
    out["icb_pairs"] = across.after.partners["icb"].pairs
    out["compactness"] = float(np.mean(np.array(across.after.compactness, dtype=float)))
    return out


def assert_same(options: Options, rows: Iterator[int] | range) -> None:
    for row in rows:
        split = options.split(row)
        apart = one_by_one(split, options.assumptions)
        alone = measure_split(options, split)
        for measure in options.available():
            # Estimates are stored to a millionth; a council of whole counties takes the published count itself.
            near = 1e-7 if measure.estimated else 1e-9
            ours, theirs = float(options.column(measure.key)[row]), apart[measure.key]
            assert ours == pytest.approx(theirs, rel=near, abs=1e-9), (measure.key, row)
            assert alone[measure.key] == pytest.approx(theirs, rel=near, abs=1e-9), (measure.key, row)


@pytest.mark.parametrize("unitaries", [(4,), (0, 8), ()])
def test_drawn_options_agree_with_the_sums_of_one_split(unitaries: tuple[int, ...]) -> None:
    options = enumerate_options(uneven(unitaries=unitaries), assumptions(), ALL)
    assert len(options.available()) == 18
    assert_same(options, range(0, len(options), 3))


@pytest.mark.parametrize("area", ["surrey", "lancashire", "hampshire-solent", "sussex", "oxfordshire"])
def test_real_options_agree_with_the_sums_of_one_split(area, real_area, real_assumptions) -> None:  # type: ignore[no-untyped-def]
    options = enumerate_options(real_area(area), real_assumptions, ALL)
    rows = np.linspace(0, len(options) - 1, min(60, len(options))).astype(int).tolist()
    assert_same(options, sorted(set(rows)))


def test_divided_authorities_are_measured_by_their_wards() -> None:
    facts = uneven()
    rng = np.random.default_rng(3)
    options = enumerate_options(facts, assumptions(), ALL)
    for _ in range(40):
        councils = rng.integers(0, 3, len(facts.authorities))
        blocks = [(a.code, str(c)) for a, c in zip(facts.authorities, councils, strict=True)]
        blocks += [(facts.wards[w].code, str(rng.integers(0, 3))) for w in rng.choice(len(facts.wards), 5, False)]
        split = make(facts, blocks, names=("0", "1", "2"))
        if len(split.in_use) < 3:
            continue
        alone, apart = measure_split(options, split), one_by_one(split, assumptions())
        assert alone == pytest.approx(apart, rel=1e-9, abs=1e-9)


def test_a_measure_without_figures_says_why() -> None:
    facts: AreaFacts = uneven()
    facts.estimates[2, 0] = np.nan
    options = enumerate_options(facts, assumptions(), (2,))
    assert "need_balance_adults" not in {m.key for m in options.available()}
    assert "estimated" in options.unavailable["need_balance_adults"]
    assert "need_balance_children" in {m.key for m in options.available()}


def test_values_worked_by_hand() -> None:
    # Four squares of 100,000, 100 people each way: two rows. 8 of 16 flows stay inside; 2 borders of 1 km are cut.
    facts = grid(2, 2)
    options = enumerate_options(facts, assumptions(), (2,))
    row = options.assignment().tolist().index([0, 0, 1, 1])
    value = {key: float(options.column(key)[row]) for key in ("commuting_crossing", "cut_borders", "cut_border_km")}
    assert value == {"commuting_crossing": 0.5, "cut_borders": 2, "cut_border_km": 2.0}
    assert options.column("size_spread")[row] == 0
    assert options.column("guide_distance")[row] == 300_000
    # A = 1 × 4 × (5 − 2) = 12; Dg = 2 × 0.4 = 0.8; UC = 0; T = 1.25 × (2 × 5 + 6) = 20; 12 × 4.25 − 5 × 0.8 − 20 = 27.
    assert options.column("five_year_net_district")[row] == pytest.approx(27.0)
    assert options.column("switching_value_district")[row] == pytest.approx(30.0)
