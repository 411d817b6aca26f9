"""Measures of options in words: values with their unit, what is better, and the rule on which waters join."""

from __future__ import annotations

import math

from lgrdata.all_options.options import Measure
from lgrdata.core import words
from lgrdata.core.facts import AreaFacts
from lgrdata.core.lens_words import CHOSEN
from lgrdata.views.options.listing import sea_links


def told(measure: Measure, value: float) -> str:
    """A value as people read it, to what matters on its measure."""
    if not math.isfinite(value):
        return "nothing is split"
    match measure.unit:
        case "£m":
            return words.millions(value, plus=True)
        case "£ for each county resident":
            return f"{words.pounds(value, 1)} for each county resident"
        case "share":
            return words.percent(value)
        case "residents":
            return words.people(value)
        case "times":
            return f"{words.number(value, 2)} times"
        case "0 to 1":
            return words.number(value, 2)
        case "km":
            return f"{words.number(value)} km"
    return words.number(value)


def change_told(measure: Measure, before: float, after: float) -> str:
    """'from 12% to 10%', or 'stays 12%' where the two are told alike."""
    old, new = told(measure, before), told(measure, after)
    return f"from {old} to {new}" if differs(measure, before, after) else f"stays {new}"


def differs(measure: Measure, before: float, after: float) -> bool:
    """Whether two values are told differently."""
    return told(measure, before) != told(measure, after)


_WITHIN = {
    "five_year_net": "five-year net",
    "switching_value": "break-even cost of splitting",
    "commuting_crossing": "commuting",
    "moves_crossing": "house moves",
    "cut_borders": "borders cut",
    "cut_border_km": "length of border cut",
    "smallest_council": "smallest council",
    "size_spread": "evenness of size",
    "guide_distance": "distance from the size guide",
    "need_balance_adults": "balance of adults’ need",
    "need_balance_children": "balance of children’s need",
    "tax_base_spread": "balance of tax base",
    "icb_pairs": "NHS board pairs",
    "compactness": "compactness",
}


def within(measure: Measure) -> str:
    """A few words for the measure inside a sentence: 'commuting', 'five-year net (halfway)'."""
    if measure.lens is not None:
        return f"{_WITHIN[measure.key.removesuffix(f'_{measure.lens}')]} ({CHOSEN[measure.lens]})"
    return _WITHIN.get(measure.key, measure.name[:1].lower() + measure.name[1:])


_HEADS = {
    "five_year_net": "Five-year net",
    "switching_value": "Break-even cost of splitting",
    "commuting_crossing": "Commuters who cross",
    "moves_crossing": "House moves that cross",
    "size_spread": "Largest less smallest",
    "guide_distance": "Mean distance from 500,000",
    "need_balance_adults": "Adult care rate, highest ÷ lowest",
    "need_balance_children": "Children in care rate, highest ÷ lowest",
    "tax_base_spread": "Tax base a head, highest ÷ lowest",
    "icb_pairs": "NHS board pairs",
    "compactness": "Compactness",
}


def head(measure: Measure) -> str:
    """The measure's name for the head of a narrow column."""
    if measure.lens is not None:
        return f"{_HEADS[measure.key.removesuffix(f'_{measure.lens}')]}, {CHOSEN[measure.lens]}"
    return _HEADS.get(measure.key, measure.name)


def axis_title(measure: Measure, across: bool) -> list[str]:
    """'Commuters who cross, 2021' and below it '← better'."""
    each = "£ for each county resident"
    unit = {"£m": ", £ million", each: f", {each}", "km": ", km", "residents": ", thousand"}
    low, high = ("←", "→") if across else ("↓", "↑")
    arrow = f"{low} better" if measure.lower_is_better else f"better {high}"
    return [f"{measure.name}{unit.get(measure.unit, '')}", arrow]


def all_ways(count: int, councils: int) -> str:
    """'All 334 ways to make three connected councils'; 'The one way …'."""
    if councils == 1:
        return "There is one way to make one council"
    made = words.counted(councils, "connected council")
    if count == 1:
        return f"There is one way to make {made}"
    return f"All {count:,} ways to make {made}"


def with_councils(councils: int) -> str:
    """How many councils, to follow a noun: with three councils."""
    return f"with {words.counted(councils, 'council')}"


def rule(facts: AreaFacts, ferries: bool) -> str:
    """The rule on which authorities are neighbours, with the waters of this area named."""
    out = "Authorities are neighbours where they share a border on land"
    tidal, sea = sea_links(facts, "tidal"), sea_links(facts, "sea")
    if tidal:
        out += f", or a river or harbour that the border runs through ({_pairs(tidal)})"
    if not sea:
        return f"{out}. No pair here faces another across open sea."
    if ferries:
        return f"{out}. Links across the sea are switched on: {_pairs(sea)} also count as neighbours."
    return f"{out}. Open sea does not join: {_pairs(sea)}."


def wards_rule(facts: AreaFacts, ferries: bool) -> str:
    """Whether the search by wards joins across the sea; nothing where the area has no such water."""
    sea = sea_links(facts, "sea")
    if not sea:
        return ""
    if ferries:
        return f"Ferry links are switched on above, so a council may also be joined across the sea: {_pairs(sea)}."
    return (
        "Open sea does not join here either. Switch on ferry links above, and a council may be joined across it:"
        f" {_pairs(sea)}."
    )


def _pairs(pairs: tuple[tuple[str, str], ...]) -> str:
    return words.joined([f"{a} with {b}" for a, b in pairs])
