"""What a split means for one council of today: whom it joins, its council tax, where its people work, who cares."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from lgrdata.all_effects.effects import Effects
from lgrdata.core.words import NOT_KNOWN, joined, number, people, percent, pounds
from lgrdata.costs.council_tax import CouncilTax
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Fold, Para, Rich, Section, Table
from lgrdata.views import map_note
from lgrdata.views.effects.words import councils_of, listed, members, sources, unchanged

WORK = "commuting 2021"


@dataclass(frozen=True)
class WorkShare:
    """Where the workers who live in an authority and travel to work go, as shares of them all."""

    itself: float
    council: float
    """Elsewhere in the new council it would belong to."""
    others: float
    """In the area's other new councils."""
    top: str
    """The other authority of the area that most of them go to; '' where none do."""

    @property
    def beyond(self) -> float:
        return max(0.0, 1 - self.itself - self.council - self.others)


def authorities(effects: Effects) -> list[int]:
    """The authorities that the split takes in, by name."""
    f = effects.facts
    held = np.flatnonzero(effects.split.share.sum(axis=1) > 0)
    return sorted((int(i) for i in held), key=lambda i: f.authorities[i].name)


def work(effects: Effects, i: int) -> WorkShare | None:
    """Where an authority's people work; None where the journeys are not held, or it is divided (not known by part)."""
    flow, split = effects.facts.flows.get(WORK), effects.split
    if flow is None or split.divided[i] or not flow.out_total[i] > 0:
        return None
    mine = split.share[i] > 0
    c = int(np.flatnonzero(mine)[0])
    going = flow.inside[i] / flow.out_total[i]
    itself = float(going[i])
    council = float(going @ split.share[:, c]) - itself
    others = float(going @ split.share.sum(axis=1)) - itself - council
    apart = going.copy()
    apart[i] = 0.0
    top = int(np.argmax(apart))
    return WorkShare(itself, council, max(others, 0.0), effects.facts.authorities[top].name if apart[top] > 0 else "")


def _councils(effects: Effects, i: int) -> list[int]:
    return [c for c in councils_of(effects.split) if effects.split.share[i, c] > 0]


def _tax(effects: Effects, c: int) -> CouncilTax | None:
    found = next((t for t in effects.tax.councils if t.council == c), None) if effects.tax else None
    return None if found is None or math.isnan(found.low) else found


def sentences(effects: Effects, i: int) -> tuple[str, ...]:
    """What it means for an authority, in the order in which people ask."""
    return tuple(s for s in (joins(effects, i), band_d(effects, i), works(effects, i), who_cares(effects, i)) if s)


def joins(effects: Effects, i: int) -> str:
    """Whom it joins, and its part of the new council."""
    split, f = effects.split, effects.facts
    name, here = f.authorities[i].name, _councils(effects, i)
    residents = int(f.population[i])
    if len(here) > 1:
        parts = [f"{percent(float(split.share[i, c]))} of its residents to {split.names[c]}" for c in here]
        return f"{name} would be divided, by wards: about {joined(parts)} (estimated)."
    if not here:
        return f"{name} is in no council yet."
    c = here[0]
    whole = split.names[c]
    share = percent(residents / int(split.population[c]))
    others = [m for m in members(split, c) if m != name]
    if not others:
        stays = "stays a council of its own" if unchanged(effects) else "would be a council by itself"
        return f"{name} {stays}{'' if whole == name else f', as {whole}'}, of {people(residents)} residents."
    verb = "is in" if unchanged(effects) else "would be in"
    told = f"{name} {verb} {whole} with {listed(others, 6)}: {people(residents)} of its"
    return f"{told} {people(int(split.population[c]))} residents, or {share}."


def wards(dataset: Dataset, effects: Effects, i: int) -> Fold | None:
    """Which wards of a divided authority go to which new council, and how sure that is; None for one that is whole."""
    if not effects.split.divided[i]:
        return None
    name = effects.facts.authorities[i].name
    table = Table(
        f"wards-of-{effects.facts.authorities[i].code}", f"Where the wards of {name} go",
        ("New council", "Wards", "Which"), tuple(_ward_rows(effects, i)), frozenset({1}),
    )  # fmt: skip
    note = map_note.of_split(dataset, effects.split)
    return Fold(f"Which wards of {name} go where", (Para(note), table) if note else (table,))


def _ward_rows(effects: Effects, i: int) -> list[tuple[Rich, ...]]:
    """Each council that takes wards of an authority, how many, and their names."""
    split, f = effects.split, effects.facts
    held: dict[int, list[str]] = {}
    for w in f.wards_of[i]:
        held.setdefault(int(split.ward[w]), []).append(f.wards[w].name)
    return [
        (split.names[c] if c >= 0 else "no council yet", number(len(held[c])), "; ".join(sorted(held[c])))
        for c in sorted(held, key=lambda c: (c < 0, c))
    ]


def band_d(effects: Effects, i: int) -> str:
    """Band D today, and what would have to meet in the new council; '' where it is not held."""
    name, tax = effects.facts.authorities[i].name, effects.tax
    here = _councils(effects, i)
    found = _tax(effects, here[0]) if here else None
    mine = next((m for m in found.members if m.authority == name), None) if found else None
    if tax is None or found is None or mine is None:
        return f"Its council tax is {NOT_KNOWN} here."
    told = f"Band D is {pounds(mine.bill)} in {tax.period}, without parishes, police and fire"
    if unchanged(effects):
        return f"{told}."
    if len(here) > 1:
        return f"{told}; its parts would meet different bills."
    if len(found.members) == 1:
        return f"{told}; it is with no other council, so no other bill meets it."
    if found.gap < 0.5:
        return f"{told}, and every council it would be with charges the same."
    change = round(found.average) - round(mine.bill)
    way = "as now" if change == 0 else f"{pounds(abs(change))} a year {'more' if change > 0 else 'less'}"
    return (
        f"{told}. Across the new council bills were {pounds(found.low)} to {pounds(found.high)} that year; if everyone"
        f" paid one bill and it raised as much, that bill would be {pounds(found.average)}, {way}."
    )


def works(effects: Effects, i: int) -> str:
    """Where its people work."""
    found, here = work(effects, i), _councils(effects, i)
    if found is None or not here:
        return ""
    name, c = effects.facts.authorities[i].name, here[0]
    parts = [f"{percent(found.itself)} work in {name}"]
    if found.council >= 0.005:
        parts.append(f"{percent(found.council)} elsewhere in {effects.split.names[c]}")
    if found.others >= 0.005:
        parts.append(f"{percent(found.others)} in the area’s other councils")
    parts.append(f"{percent(found.beyond)} beyond the area")
    top = f"; after {name} itself, the council of today that most go to in the area is {found.top}" if found.top else ""
    shown = (found.itself, found.council, found.others, found.beyond)
    odd = sum(round(100 * s) for s in shown) != 100
    return f"Of its people who travel to work (Census 2021), {joined(parts)}{top}{' (rounded)' if odd else ''}."


def who_cares(effects: Effects, i: int) -> str:
    """Who answers for care today and after."""
    f, split = effects.facts, effects.split
    today = f.upper_names[int(f.authority_upper[i])]
    after = joined([split.names[c] for c in _councils(effects, i)])
    own = f.authorities[i].tier == "unitary"
    now = f"{today} answers for social care itself" if own else f"{today} County Council answers for social care"
    if unchanged(effects):
        return f"{now}."
    if own and _alone(effects, i):
        return f"{now} and would go on doing so{'' if after == f.authorities[i].name else f', as {after}'}."
    return f"{now} today; {after} would."


def _alone(effects: Effects, i: int) -> bool:
    """Whether an authority is a whole council by itself."""
    here = _councils(effects, i)
    return len(here) == 1 and members(effects.split, here[0]) == [effects.facts.authorities[i].name]


def section(dataset: Dataset, effects: Effects) -> Section:
    """The same for every council of today, as a table."""
    f, rows = effects.facts, list[tuple[Rich, ...]]()
    for i in authorities(effects):
        here = _councils(effects, i)
        found, tax = work(effects, i), _tax(effects, here[0])
        name = f.authorities[i].name
        mine = next((m for m in tax.members if m.authority == name), None) if tax else None
        part = "divided" if len(here) > 1 else percent(int(f.population[i]) / int(effects.split.population[here[0]]))
        rows.append(
            (
                name,
                joined([effects.split.names[c] for c in here]),
                number(int(f.population[i])),
                part,
                pounds(mine.bill) if mine else NOT_KNOWN,
                "divided" if len(here) > 1 else pounds(tax.average) if mine and tax else NOT_KNOWN,
                *(
                    (percent(found.itself), percent(found.council), percent(found.others), percent(found.beyond))
                    if found
                    else ("not known by part" if len(here) > 1 else NOT_KNOWN,) * 4
                ),
                f.upper_names[int(f.authority_upper[i])],
            )
        )
    period = effects.tax.period if effects.tax else "not held"
    flow = f.flows.get(WORK)
    ids = [flow.source_id] if flow else []
    heads = (
        "Council of today", "New council", f"Its residents, {f.vintage.period}", "Its part of the new council",
        f"Band D today, {period}", "Level that raises as much", "Work in it", "Elsewhere in the new council",
        "In the area’s other new councils", "Beyond the area", "Care today",
    )  # fmt: skip
    table = Table(
        "districts", "What it means for each council of today", heads, tuple(rows), frozenset(range(2, 10)),
        sources(
            effects, ids, "Band D is of district and county, without parishes, police and fire; the level is what all"
            " members of the new council would charge to raise as much as today. Work: share of its people who travel"
            " to work, Census 2021, taken in a lockdown.",
        ), tuple(ids),
    )  # fmt: skip
    folds = [Fold("All of them, as a table", (table,))]
    parted = [fold for i in authorities(effects) if (fold := wards(dataset, effects, i)) is not None]
    if len(parted) > 1:
        # One fold for all: on a phone each is a line of a page that is long enough.
        told = tuple(dict.fromkeys(block for fold in parted for block in fold.blocks))
        parted = [Fold("Which wards of the divided councils go where", told)]
    folds += parted
    return Section("districts", "What it means for each council of today", "", tuple(folds))
