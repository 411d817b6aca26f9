"""What stands below the painted map: the councils as drawn, and what changed since drawing began."""

from __future__ import annotations

from lgrdata.all_effects.effects import Effects
from lgrdata.core.models import LENSES, NOMINAL_WORDS, OUTCOMES
from lgrdata.core.words import (
    NOT_ADDING,
    millions,
    number,
    people,
    percent,
    points,
    unsummed,
)
from lgrdata.page.blocks import Block, Para, Table
from lgrdata.splits.edits import moved_blocks
from lgrdata.views.effects.words import dated, provisional

GUIDE = "size_guide"


def council_table(effects: Effects) -> Table:
    """Every council with residents, distance from the guide, share of the area and estimated people in care."""
    split, services = effects.split, effects.services
    total = int(split.population.sum())
    guide = effects.assumptions.value(GUIDE)
    rows: list[tuple[str, ...]] = []
    for c in range(split.count):
        residents = int(split.population[c])
        if residents == 0:
            rows.append((f"{c + 1} {split.names[c]}", "no places yet", "–", "–", "–", "–", "–"))
            continue
        gap = residents - guide
        rows.append(
            (
                f"{c + 1} {split.names[c]}",
                number(residents),
                f"{people(abs(gap))} {'above' if gap >= 0 else 'below'}",
                percent(residents / total),
                *(_estimate(effects, c, o) for o in OUTCOMES[:2]),
                percent(float(effects.care_load.tax_share[c])) if services else "–",
            )
        )
    return Table(
        "councils",
        "Councils as drawn",
        (
            "Council",
            f"Residents, {split.facts.vintage.period}",
            "From the 500,000 guide",
            "Share of area",
            f"Adults in long-term support ({NOMINAL_WORDS} range)",
            f"Looked-after children ({NOMINAL_WORDS} range)",
            "Share of tax base",
        ),
        tuple(rows),
        frozenset({1, 2, 3, 4, 5, 6}),
        note="People in care are estimated below council level, from residents and from what goes with need, such as"
        " disability and deprivation, and scaled to the published count. A council that is one of today’s has its"
        " published count."
        f" {dated(effects, OUTCOMES[:2])}",
    )


def _estimate(effects: Effects, c: int, outcome: str) -> str:
    found = effects.services.estimate(c, outcome)
    if found is None:
        return "not available"
    if found.low == found.high:
        return f"{number(found.value)} {'provisional' if provisional(effects, outcome) else 'published'}"
    return f"{people(found.value)} ({people(found.low)} to {people(found.high)})"


def changed(start: Effects, now: Effects, name: str) -> tuple[Block, ...]:
    """What is different from the split that drawing began with."""
    moved = moved_blocks(start.split, now.split)
    if not moved:
        return (Para(f"Nothing has moved since {name}."),)
    listed = [f"{block} to {after}" for block, _before, after in moved[:5]]
    rest = f" and {len(moved) - 5} more" if len(moved) > 5 else ""
    rows, steps = [], list[tuple[tuple[float, ...], float]]()
    for lens in LENSES:
        before, after = start.costs[lens], now.costs[lens]
        rows.append(
            (
                f"In the end, a year, {now.lens_words[lens].short}",
                millions(before.recurring_net, plus=True),
                millions(after.recurring_net, plus=True),
                millions(after.recurring_net - before.recurring_net, plus=True),
            )
        )
        steps.append(((before.recurring_net, after.recurring_net - before.recurring_net), after.recurring_net))
    a, b = (e.boundary.crossing.get("commuting 2021") for e in (start, now))
    if a and b and a.share is not None and b.share is not None:
        rows.append(("Commuters who cross", percent(a.share), percent(b.share), points(b.share - a.share)))
        steps.append(((100 * a.share, 100 * (b.share - a.share)), 100 * b.share))
    km = (start.boundary.after.cuts.km, now.boundary.after.cuts.km)
    rows.append(("New border on land", f"{number(km[0])} km", f"{number(km[1])} km", f"{number(km[1] - km[0])} km"))
    steps.append(((km[0], km[1] - km[0]), km[1]))
    return (
        Para(f"Moved since {name}: {', '.join(listed)}{rest}."),
        Table(
            "changed",
            f"Changed since {name}",
            ("", name, "Now", "Difference"),
            tuple(rows),
            frozenset({1, 2, 3}),
            NOT_ADDING if unsummed(steps) else "",
        ),
    )
