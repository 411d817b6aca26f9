"""Forecast: residents by age and estimated need of each council to the last year projected, with range."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from lgrdata.all_effects.effects import Effects
from lgrdata.care.forecast import Forecast
from lgrdata.core.facts import Floats
from lgrdata.core.models import NOMINAL_WORDS, OUTCOMES, LgrError
from lgrdata.core.palette import Theme
from lgrdata.core.words import OUTCOME_NAMES, capital, joined, people, percent, sentence
from lgrdata.page.blocks import Block, Callout, Chart, Fold, Rich, Section, Table
from lgrdata.pictures import charts
from lgrdata.views.effects.words import council, councils_of, listed, numbered, sources

AGES = {"0-17": "Children under 18", "65+": "65 and over", "85+": "85 and over"}
ADULTS = OUTCOMES[0]


def section(effects: Effects, theme: Theme) -> Section:
    """The section 'Future'."""
    try:
        found = effects.forecast
    except LgrError as fault:
        return Section("forecast", "Future", "", (Callout("unknown", sentence(fault)),))
    if not councils_of(effects.split):
        return Section("forecast", "Future", "No council has any residents yet.")
    blocks: list[Block] = [
        Callout(
            "note",
            f"What a change in ages alone would do: today’s estimates, grown by the {found.label} projections with the"
            " ages that each count goes with across the councils of England. No change of policy, price or practice is"
            " foreseen.",
        )
    ]
    if found.missing:
        blocks.append(Callout("unknown", f"{capital(_said('; '.join(found.missing)))}."))
    old, need = _old(effects, found, theme), _need(effects, found, theme)
    blocks += [
        *([old] if old else []),
        *([Fold("Adults in long-term support, year by year", (need,))] if need else []),
        Fold(f"Residents by age to {found.last}", (_ages(effects, found),)),
        Fold(f"Estimated need to {found.last}", (_needs(effects, found),)),
    ]
    return Section("forecast", "Future", lede(effects, found), tuple(blocks))


def _between(found: Forecast) -> int:
    """The year half-way between the first and the last."""
    return found.years[0] + (found.last - found.years[0] + 1) // 2


def _told(found: Forecast) -> tuple[int, ...]:
    """The years that a table has room for."""
    middle = _between(found)
    return found.years[0], middle - 4, middle, middle + 5, found.last


def _said(text: str) -> str:
    for outcome, name in OUTCOME_NAMES.items():
        text = text.replace(outcome, name[:1].lower() + name[1:])
    return text


def lede(effects: Effects, found: Forecast) -> str:
    """How residents of 85 and over grow, from the least to the most."""
    grown = _growth(effects, found, "85+")
    if not grown:
        return "Growth is not known for these councils."
    least, most = min(grown, key=lambda g: g[1]), max(grown, key=lambda g: g[1])
    if round(least[1] * 100) <= 0:
        told = joined([f"{name} {percent(change)}" for name, change in grown])
        return f"Change in residents of 85 and over to {found.last}: {told}."
    if len(grown) == 1 or round(least[1] * 100) == round(most[1] * 100):
        return f"Residents of 85 and over grow by {percent(most[1])} to {found.last}."
    return (
        f"Residents of 85 and over grow by {percent(least[1])} in {least[0]} and {percent(most[1])} in {most[0]}"
        f" to {found.last}."
    )


def _growth(effects: Effects, found: Forecast, group: str) -> list[tuple[str, float]]:
    table = found.group(group)
    out = []
    for c in councils_of(effects.split):
        first, last = float(table[c, 0]), float(table[c, -1])
        if first > 0 and math.isfinite(last):
            out.append((effects.split.names[c], last / first - 1))
    return out


def _old(effects: Effects, found: Forecast, theme: Theme) -> Chart | None:
    table, rows = found.group("85+"), []
    split = effects.split
    for c in councils_of(split):
        for y, year in enumerate(found.years):
            v = float(table[c, y])
            if math.isfinite(v):
                tip = f"{split.names[c]}, {year}: {people(v)} residents of 85 and over"
                last = y == len(found.years) - 1
                rows.append({**charts.badge(c, theme), "year": year, "value": round(v), "last": last, "tip": tip})
    if not rows:
        return None
    grown = f"{people(_sum(table, 0))} to {people(_sum(table, -1))} in all"
    title = f"Residents of 85 and over, {found.years[0]} to {found.last}: {grown}"
    return Chart(
        "aged-85",
        title,
        f"By council: {numbered(effects.split)}.",
        charts.fan(rows, theme),
        f"A line for each council, from {found.years[0]} to {found.last}. {lede(effects, found)}",
        _by_year(effects, found, "aged-85", "Residents of 85 and over", lambda c, y: people(float(table[c, y]))),
    )


def _sum(table: Floats, year: int) -> float:
    return float(np.nansum(table[:, year]))


def _need(effects: Effects, found: Forecast, theme: Theme) -> Chart | None:
    split, rows, grown = effects.split, [], []
    for c in councils_of(split):
        for y, year in enumerate(found.years):
            e = found.estimate(c, year, ADULTS)
            if e is None:
                continue
            last = y == len(found.years) - 1
            tip = f"{split.names[c]}, {year}: {_estimate(found, c, year, ADULTS)}"
            rows.append(
                {
                    **charts.badge(c, theme), "year": year, "value": round(e.value), "low": round(e.low),
                    "high": round(e.high), "last": last, "tip": tip,
                }
            )  # fmt: skip
            if last:
                grown.append(f"{_estimate(found, c, year, ADULTS)} in {split.names[c]}")
    if not rows:
        return None
    title = f"Adults in long-term support by {found.last}: {listed(grown, 3)}"
    return Chart(
        "adults-ahead",
        title,
        f"Estimated, by council: {numbered(effects.split)}. Band: today’s {NOMINAL_WORDS} range carried forward.",
        charts.fan(rows, theme),
        f"A line with a band for each council. {title}.",
        _by_year(
            effects,
            found,
            "adults-ahead",
            OUTCOME_NAMES[ADULTS],
            lambda c, y: _estimate(found, c, found.years[y], ADULTS),
        ),
    )


def _by_year(effects: Effects, found: Forecast, name: str, what: str, cell: Callable[[int, int], str]) -> Table:
    years = [y for y in range(len(found.years)) if found.years[y] in _told(found)]
    used = councils_of(effects.split)
    rows = tuple((str(found.years[y]), *(cell(c, y) for c in used)) for y in years)
    head = ("Year", *(effects.split.names[c] for c in used))
    return Table(name, f"{what} by council", head, rows, frozenset(range(1, len(head))))


def _ages(effects: Effects, found: Forecast) -> Table:
    rows: list[tuple[Rich, ...]] = []
    for group, name in AGES.items():
        table = found.group(group)
        y = found.years.index(_between(found))
        for c in councils_of(effects.split):
            first, middle, last = (float(table[c, i]) for i in (0, y, -1))
            change = percent(last / first - 1) if first > 0 and math.isfinite(last) else "not known"
            sign = "+" if change[0] in "0123456789" and change != "0%" else ""
            where = f"{name}: {council(effects.split, c)}"
            rows.append((where, people(first), people(middle), people(last), f"{sign}{change}"))
    ids = [effects.facts.projection.source_id] if effects.facts.projection else []
    return Table(
        "residents-by-age", f"Residents by age to {found.last}",
        ("Age and council", str(found.years[0]), str(_between(found)), str(found.last), "Change"), tuple(rows),
        frozenset({1, 2, 3, 4}), sources(effects, ids, "85 and over is part of 65 and over."), tuple(ids),
    )  # fmt: skip


def _needs(effects: Effects, found: Forecast) -> Table:
    rows: list[tuple[Rich, ...]] = []
    for outcome in OUTCOMES:
        for c in councils_of(effects.split):
            cells = (_estimate(found, c, y, outcome) for y in (found.years[0], _between(found), found.last))
            rows.append((f"{OUTCOME_NAMES[outcome]}: {council(effects.split, c)}", *cells))
    return Table(
        "need-by-council",
        f"Estimated need to {found.last}, with today’s {NOMINAL_WORDS} range carried forward",
        ("Service and council", str(found.years[0]), str(_between(found)), str(found.last)),
        tuple(rows),
        frozenset({1, 2, 3}),
        f"In brackets: low and high. The range grows with what is added or lost since {found.years[0]}; it has not been"
        " tried on past years.",
    )  # fmt: skip


def _estimate(found: Forecast, c: int, year: int, outcome: str) -> str:
    e = found.estimate(c, year, outcome)
    if e is None:
        return "not known"
    # Outward, as the estimates of today are rounded, so that the two tables agree.
    low, high = math.floor(e.low + 1e-6), math.ceil(e.high - 1e-6)
    if low >= high:
        return people(e.value)
    return f"{people(e.value)} ({people(low)} to {people(high)})"
