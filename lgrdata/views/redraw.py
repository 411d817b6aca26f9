"""What stands beside the painted map: facts that follow each move, what changed, and what a move would do."""

from __future__ import annotations

from functools import partial

from lgrdata.all_effects.effects import Effects, work_out
from lgrdata.core.facts import AreaFacts, Assumptions
from lgrdata.core.lens_words import LensWords
from lgrdata.core.models import LENSES, NOMINAL_WORDS, OUTCOMES, LensId
from lgrdata.core.words import (
    NOT_ADDING,
    capital,
    counted,
    joined,
    millions,
    number,
    people,
    per_year,
    percent,
    points,
    pounds,
    thousands,
    unsummed,
)
from lgrdata.costs.price import LensCost
from lgrdata.page.blocks import Block, Callout, Link, Para, Stat, Table
from lgrdata.splits.edits import give, moved_blocks
from lgrdata.views import break_even
from lgrdata.views.effects.words import dated, provisional, unchanged_beside

GUIDE = "size_guide"


def headline(effects: Effects) -> str:
    """'Two councils: 564,000 and 685,000 residents. The largest is 1.2 times the smallest.'"""
    split = effects.split
    sizes = sorted((int(split.population[c]) for c in split.in_use), reverse=True)
    if not sizes:
        return "No council has any residents yet."
    told = f"{capital(counted(len(sizes), 'council'))}: {joined([people(n) for n in sizes])} residents."
    if len(sizes) > 1:
        told += f" The largest is {sizes[0] / sizes[-1]:.1f} times the smallest."
    return told


def stats(effects: Effects, lens: LensId) -> tuple[Stat, ...]:
    """The row of headline figures for the lens chosen."""
    cost, crossing = effects.costs_with_partnerships[lens], effects.boundary.crossing.get("commuting 2021")
    called, beside = effects.lens_words[lens], partial(unchanged_beside, effects, lens)
    bears, own = break_even.short(effects)
    return (
        Stat(
            f"In the end, a year, {called.short}",
            millions(cost.recurring_net, plus=True),
            f"when all is in place{beside(lambda c: millions(c.recurring_net, plus=True))}",
        ),
        Stat(
            f"First five years, {called.short}",
            millions(cost.five_year_net, plus=True),
            f"after {millions(cost.one_off)} once{beside(lambda c: millions(c.five_year_net, plus=True))}",
        ),
        Stat("Break-even cost of splitting", bears, own),
        Stat(
            "Commuters who cross",
            percent(crossing.share) if crossing else "not known",
            f"{points(crossing.change)} on today" if crossing and crossing.change is not None else "",
        ),
    )  # fmt: skip


def _by_evidence(effects: Effects) -> list[tuple[str, LensCost]]:
    """Name and costs of each row: the unchanged ones stand after the changed ones."""
    out = []
    for lens, cost in effects.costs_with_partnerships.items():
        called = effects.lens_words[lens]
        out.append((capital(called.short), cost))
        if called.changed:
            out.append((f"{capital(LensWords(lens).short)}, unchanged", effects.costs_unchanged[lens]))
    return out


def money_table(effects: Effects) -> Table:
    """The three lenses side by side."""
    rows = []
    for name, cost in _by_evidence(effects):
        bears = "–" if cost.switching_value is None else pounds(cost.switching_value, 1)
        rows.append(
            (
                name,
                millions(cost.recurring_net, plus=True),
                millions(cost.five_year_net, plus=True),
                millions(cost.one_off),
                bears,
            )
        )
    return Table(
        "money",
        f"Money by whose evidence, {effects.assumptions.prices} prices",
        ("Evidence", "In the end, a year", "Five years", "One-off", "Break-even"),
        tuple(rows),
        frozenset({1, 2, 3, 4}),
        note=(
            "A plus saves, a minus costs. Break-even: £ a year for each county resident; where the first split costs"
            " less, money is saved. ",
            Link("What each side’s evidence is", "page", "evidence"),
        ),
    )


def council_table(effects: Effects) -> Table:
    """Every council with residents, distance from the guide, share of the area and estimated people in care."""
    split, services = effects.split, effects.services
    total = int(split.population.sum())
    guide = effects.assumptions.value(GUIDE)
    rows: list[tuple[str, ...]] = []
    for c in range(split.count):
        residents = int(split.population[c])
        if residents == 0:
            rows.append((f"{c + 1} {split.names[c]}", "no residents yet", "–", "–", "–", "–", "–"))
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


def last_move(before: Effects, now: Effects, lens: LensId) -> str:
    """What the last change did, in one sentence; '' where it moved nothing."""
    moved = moved_blocks(before.split, now.split)
    if not moved:
        return ""
    listed = [f"{block} to {after}" for block, _before, after in moved[:2]]
    told = f"Since your last move: {', '.join(listed)}{f' and {len(moved) - 2} more' if len(moved) > 2 else ''}"
    net = now.costs[lens].recurring_net - before.costs[lens].recurring_net
    money = "less than £1m a year of difference" if abs(net) < 0.5 else f"{millions(net, plus=True)} a year"
    told += f"; {money} in the end, {now.lens_words[lens].short}"
    a, b = (e.boundary.crossing.get("commuting 2021") for e in (before, now))
    if a and b and a.share is not None and b.share is not None:
        told += f"; commuters who cross {points(b.share - a.share, 1)}"
    return told + "."


def preview(facts: AreaFacts, assumptions: Assumptions, now: Effects, code: str, council: int, lens: LensId) -> str:
    """What giving a block to a council would do, in one sentence, before it is done."""
    split = now.split
    if code in facts.authority_index:
        held = int(split.authority[facts.authority_index[code]])
        name = facts.authorities[facts.authority_index[code]].name
    else:
        held = int(split.ward[facts.ward_index[code]])
        name = facts.wards[facts.ward_index[code]].name
    if held == council:
        return f"{name} is in {split.names[council]}."
    after = work_out(facts, give(split, [code], council), assumptions)
    sizes = [f"{split.names[council]} {thousands(float(after.split.population[council]))}"]
    if held >= 0:
        sizes.append(f"{split.names[held]} {thousands(float(after.split.population[held]))}")
    net = after.costs[lens].recurring_net - now.costs[lens].recurring_net
    told = f"{name} to {split.names[council]}: {' and '.join(sizes)} residents; {millions(net, plus=True)} a year"
    a, b = (e.boundary.crossing.get("commuting 2021") for e in (now, after))
    if a and b and a.share is not None and b.share is not None:
        told += f"; commuters who cross {points(b.share - a.share, 1)}"
    return told + "."


def opening(effects: Effects, lens: LensId) -> str:
    """'On the county side’s evidence the model gives a saving of £17m a year.'"""
    beside = unchanged_beside(effects, lens, lambda c: per_year(c.recurring_net))
    given = per_year(effects.costs_with_partnerships[lens].recurring_net)
    return f"{effects.lens_words[lens].opening} the model gives {given}{beside}."


def notes(effects: Effects) -> tuple[Block, ...]:
    """What to know of the figures beside the map."""
    return tuple(Callout("note", f"{capital(note)}.") for note in effects.notes)
