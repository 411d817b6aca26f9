"""A fact sheet for each new council, short enough to print on one page."""

from __future__ import annotations

import math

from lgrdata.all_effects.effects import Effects
from lgrdata.core.models import OUTCOMES, LgrError
from lgrdata.core.words import NOT_KNOWN, OUTCOME_NAMES, capital, counted, joined, number, people, percent, pounds
from lgrdata.page.blocks import Block, Fold, Para, Rich, Section, Stat, Stats, Table
from lgrdata.page.html import slug
from lgrdata.views.effects.words import councils_of, count_of, members, missing_reason


def sections(effects: Effects) -> tuple[Section, ...]:
    """One section a council that holds anything, in the map's order."""
    return tuple(_sheet(effects, c) for c in councils_of(effects.split))


def anchor(effects: Effects, c: int) -> str:
    """The place of a council's fact sheet on its page."""
    return f"council-{c + 1}-{slug(effects.split.names[c])}"


def _sheet(effects: Effects, c: int) -> Section:
    split = effects.split
    total = int(split.population[split.in_use].sum())
    residents = int(split.population[c])
    adults, children = (effects.services.estimate(c, o) for o in OUTCOMES[:2])
    stats = [
        Stat(
            f"Residents, {split.facts.vintage.period}",
            number(residents),
            f"{percent(residents / total)} of the area" if total else "",
        )
    ]
    for outcome, e in zip(OUTCOMES[:2], (adults, children), strict=True):
        if e is None:
            stats.append(Stat(OUTCOME_NAMES[outcome], NOT_KNOWN, missing_reason(effects, c, outcome) or NOT_KNOWN))
        elif e.low == e.high:
            stats.append(Stat(OUTCOME_NAMES[outcome], number(e.value), "published"))
        else:
            note = f"estimated: {people(e.low)} to {people(e.high)}"
            stats.append(Stat(OUTCOME_NAMES[outcome], f"about {people(e.value)}", note))
    load = effects.care_load
    if math.isfinite(float(load.tax_share[c])):
        stats.append(Stat("Share of council tax base", percent(float(load.tax_share[c])), _spending(effects, c)))
    blocks: list[Block] = [
        Para(f"Made of {joined(members(split, c))}."),
        Stats(tuple(stats)),
        Fold(
            f"{split.names[c]} at a glance",
            (
                Table(
                    f"facts-{c + 1}", f"{split.names[c]} beside the whole area",
                    ("Figure", split.names[c], "Whole area"), tuple(_rows(effects, c)), frozenset({1, 2}),
                    "In brackets: low and high of an estimate.",
                ),
                *(_partners(effects, c)),
            ),
        ),
    ]  # fmt: skip
    return Section(anchor(effects, c), f"{c + 1} {split.names[c]}", _lede(effects, c), tuple(blocks))


def _lede(effects: Effects, c: int) -> str:
    size, split = effects.size, effects.split
    far = float(size.distance[c])
    said = (
        f"{people(int(split.population[c]))} residents, {people(abs(far))} {'above' if far >= 0 else 'below'}"
        f" the government’s guide of {people(size.guide)}"
    )
    weakest = effects.care_load.weakest
    if weakest is not None and weakest.council == c:
        said += "; it may carry most for its means, but that is too close to call" if weakest.too_close else (
            "; it carries most for its means"
        )  # fmt: skip
    return f"{said}."


def _spending(effects: Effects, c: int) -> str:
    share = float(effects.care_load.spend_share[c])
    return f"and about {percent(share)} of care spending" if math.isfinite(share) else ""


def _rows(effects: Effects, c: int) -> list[tuple[Rich, ...]]:
    split, services = effects.split, effects.services
    used = split.in_use
    rows: list[tuple[Rich, ...]] = []
    ages = split.residents[used].sum(axis=0)
    total = max(int(ages.sum()), 1)
    mine, people_here = split.residents[c], max(int(split.residents[c].sum()), 1)
    for name, bands in (("Under 18", (0,)), ("65 and over", (3, 4, 5)), ("85 and over", (5,))):
        own, whole = int(sum(mine[b] for b in bands)), int(sum(ages[b] for b in bands))
        share = f"{number(own)} ({percent(own / people_here)})"
        rows.append((f"Residents: {name[:1].lower()}{name[1:]}", share, f"{number(whole)} ({percent(whole / total)})"))
    for i, outcome in enumerate(OUTCOMES):
        area = float(services.area_total[i])
        rows.append(
            (
                OUTCOME_NAMES[outcome],
                count_of(effects, c, outcome),
                number(area) if math.isfinite(area) else "not known",
            )
        )
    homeless = services.homelessness
    if homeless is not None:
        named = f" (without {joined(list(homeless.missing[c]))})" if homeless.missing[c] else ""
        rows.append(("Households owed a homelessness duty", f"{people(float(homeless.values[c]))}{named}", "–"))
    tax = next((t for t in effects.tax.councils if t.council == c), None) if effects.tax else None
    if tax is not None and not math.isnan(tax.low):
        band = f"{pounds(tax.low)} to {pounds(tax.high)}" if tax.gap else pounds(tax.low)
        said = f"Band D of its members, {effects.tax.period}, without parishes" if effects.tax else ""
        rows.append((said, band, "–"))
    inside = effects.boundary.after.self_containment.get("commuting 2021")
    if inside is not None:
        rows.append(("Workers who both live and work in it, 2021", percent(inside[c].residents), "–"))
    rows += _growth(effects, c)
    return rows


def _growth(effects: Effects, c: int) -> list[tuple[Rich, ...]]:
    try:
        found = effects.forecast
    except LgrError:
        return []
    old = found.group("85+")
    first, last = float(old[c, 0]), float(old[c, -1])
    every = old[effects.split.in_use]
    if not (first > 0 and math.isfinite(last)):
        return []
    area = float(every[:, -1].sum() / every[:, 0].sum()) - 1
    told = "–" if not math.isfinite(area) else _signed(area)
    change = last / first - 1
    return [(f"Growth of residents of 85 and over to {found.last}", _signed(change), told)]


def _signed(change: float) -> str:
    """+12%, −3%, 0%."""
    return f"{'+' if round(change * 100) > 0 else ''}{percent(change)}"


def _partners(effects: Effects, c: int) -> list[Block]:
    after = effects.boundary.after
    said = []
    for kind, name in (("icb", "NHS board"), ("police", "police"), ("fire", "fire service")):
        if kind in after.partners and after.partners[kind].by_council[c]:
            said.append(f"{name}: {joined([p.name for p in after.partners[kind].by_council[c]])}")
    if after.trusts is not None and after.trusts.by_council[c]:
        trusts = after.trusts.by_council[c]
        said.append(f"{counted(len(trusts), 'hospital trust')}: {joined([t.name for t in trusts])}")
    return [Para(capital("; ".join(said)) + ".")] if said else []
