"""What a split does: headline sentences, four sections, a fact sheet for each council, and what it does not tell."""

from __future__ import annotations

from dataclasses import replace

from lgrdata.all_effects.effects import Effects
from lgrdata.core.models import LensId
from lgrdata.core.palette import Theme
from lgrdata.core.words import capital, counted, joined, millions, people, percent, points, small_number
from lgrdata.costs.price import LensCost, inputs, outside_published
from lgrdata.dataset.cache import recent
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Link, Picture, Rich, Section, Stat, View
from lgrdata.pictures import maps
from lgrdata.splits import splitcode
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import Split
from lgrdata.views import break_even, evidence_bar
from lgrdata.views.effects import boundary, cost, councils, district, forecast, services
from lgrdata.views.effects.words import (
    before_partnerships,
    councils_of,
    partnerships_add,
    spread,
    titled,
    unchanged,
    unchanged_beside,
)

KEPT = 60


def view(dataset: Dataset, scenario: Scenario, effects: Effects, *, theme: Theme = "light") -> View:
    """The page of a scenario. `effects` are those of this scenario; charts and maps are drawn for the theme. Kept."""
    return recent(dataset, "effects views", scenario, theme, lambda: _made(dataset, scenario, effects, theme), KEPT)


def _made(dataset: Dataset, scenario: Scenario, effects: Effects, theme: Theme) -> View:
    lens = scenario.lens
    names = title(dataset, scenario)
    return View(
        title=titled(effects, names),
        lede=tuple(opening(effects)),
        stats=stats(effects, lens),
        sections=sections(dataset, effects, lens, theme),
        caveats=caveats(effects.any_changed),
        warnings=tuple(f"{capital(w)}." for w in (*effects.warnings, *_outside(effects))),
        sources=effects.sources,
        key={"area": scenario.area_id, "split": splitcode.encode(scenario.split), "lens": lens, "page": "effects"},
    )


def title(dataset: Dataset, scenario: Scenario) -> str:
    """The scenario's name: the user's, its proposal's, or what it is."""
    split, area = scenario.split, scenario.split.facts.area
    if scenario.name:
        return f"{area.name}: {scenario.name}"
    if split.proposal == "today":
        return f"{area.name}: the councils of today"
    if split.proposal == "single":
        return f"{area.name}: one council for the whole area"
    found = next((p for p in dataset.proposals(area.area_id) if p.proposal_id == split.proposal), None)
    return f"{area.name}: {found.title}" if found else f"{area.name}: {counted(len(split.in_use), 'council')}, as drawn"


def opening(effects: Effects) -> list[Rich]:
    """Who is larger and smaller, money in the end with both sides, who carries most care for its means."""
    if not councils_of(effects.split):
        return ["No council has any residents yet. Give each part of the area to a council on the Redraw page."]
    said: list[Rich] = [how_many(effects), cost.money_sentence(effects)]
    weakest = services.weakest_sentence(effects)
    return [*said, weakest] if weakest else said


def how_many(effects: Effects) -> str:
    """How many councils of how many residents, in place of how many."""
    split, area = effects.split, effects.facts.area
    used = councils_of(split)
    told = _sizes(effects)
    if unchanged(effects):
        run = f"{counted(len(used), 'council')} {'runs' if len(used) == 1 else 'run'} social care"
        return f"{area.name} stays as it is. {capital(run)}: {told}."
    given = inputs(effects.facts, split)
    place = f"In place of {counted(given.n_old, 'council')}, {area.name} would have {small_number(len(used))}"
    return f"{place}: {told}."


def _sizes(effects: Effects) -> str:
    """'from East Surrey (564,000 people) to West Surrey (685,000)', the smallest first."""
    split = effects.split
    order = sorted(councils_of(split), key=lambda c: (int(split.population[c]), c))
    first, last = (people(int(split.population[c])) for c in (order[0], order[-1]))
    least, most = f"{split.names[order[0]]} ({first} people)", f"{split.names[order[-1]]} ({last})"
    if len(order) == 1:
        return least
    if first == last:
        return f"{joined([split.names[c] for c in order])}, each of {first} people"
    return f"{least} and {most}" if len(order) == 2 else f"from {least} to {most}"


def stats(effects: Effects, lens: LensId) -> tuple[Stat, ...]:
    """Four headline figures; none for an empty split."""
    if not councils_of(effects.split):
        return ()
    costs = effects.costs
    now = costs[lens]
    crossing = effects.boundary.crossing.get("commuting 2021")
    bears, beside = break_even.short(effects)
    called = effects.lens_words[lens]
    share = percent(crossing.share) if crossing and crossing.share is not None else "not known"
    change = points(crossing.change) if crossing and crossing.change is not None else ""

    return (
        Stat(
            "In the end, a year",
            spread([c.recurring_net for c in costs.values()], plus=True),
            f"{_lower(called.name)}: {millions(now.recurring_net, plus=True)}"
            f"{unchanged_beside(effects, lens, lambda c: millions(c.recurring_net, plus=True))}"
            f"{before_partnerships(effects)}; plus saves, minus costs",
        ),
        Stat(
            "One-off cost",
            spread([c.one_off for c in costs.values()]),
            f"{_likely(now, called.own)}five-year net, {_lower(called.name)}: {millions(now.five_year_net, plus=True)}"
            f"{unchanged_beside(effects, lens, lambda c: millions(c.five_year_net, plus=True))}",
        ),
        Stat(break_even.HEAD, bears, beside),
        Stat("Journeys to work that cross", share, f"today: {percent(crossing.today)}" if crossing and change else ""),
    )


def _likely(cost: LensCost, own: str) -> str:
    """'by whose evidence; likely £26m to £108m by the halfway figures; ', so that the two ranges are told apart."""
    low, high = (millions(e.one_off) for e in cost.one_off_ends) if cost.one_off_ends else ("", "")
    if low == high:
        return ""
    return f"by whose evidence; likely {low} to {high} by {own}; "


def map_of(dataset: Dataset, split: Split, theme: Theme, marked: str = "") -> Picture:
    """The split's map without a title; an authority outlined, by code, where one is marked."""
    return replace(maps.split_map(dataset, split, theme=theme, marked=marked), title="")


def sections(dataset: Dataset, effects: Effects, lens: LensId, theme: Theme) -> tuple[Section, ...]:
    """Map, evidence bar, care, money, boundary, future, each council of today, and a fact sheet for each new one."""
    here = Section("map", "The councils", "", (map_of(dataset, effects.split, theme),))
    bar = tuple(
        replace(b, title=over_the_bar(effects)) if isinstance(b, Picture) else b
        for b in evidence_bar.blocks(dataset, effects, theme)
    )
    money = Section("money", "Money, by whose evidence", "", bar)
    if not councils_of(effects.split):
        return (here,)
    return (
        here,
        money,
        services.section(effects, theme),
        cost.section(dataset, effects, lens, theme),
        boundary.section(dataset, effects, theme),
        forecast.section(effects, theme),
        district.section(dataset, effects),
        *councils.sections(effects),
    )


def over_the_bar(effects: Effects) -> str:
    """Over the evidence bar, whose own heading would say the second sentence again: what the figures rest on."""
    whose = (
        "by whose evidence"
        if effects.any_changed
        else "by reports each side paid for, the same for every area (halfway: their mean; see Evidence)"
    )
    added = partnerships_add(effects)
    return f"In the end, a year{before_partnerships(effects)}, {whose}{f'. {added}' if added else ''}"


def contents(found: View) -> tuple[Link, ...]:
    """Links to the sections of a view, in order."""
    last = Link("What this does not tell you", "anchor", "not-told")
    return (*(Link(s.title, "anchor", s.anchor) for s in found.sections), last)


def caveats(changed: bool = False) -> tuple[Rich, ...]:
    """What the page does not tell; `changed` where assumptions were."""
    rests = "one side’s evidence, or on its figures as changed here" if changed else "one side’s evidence"
    return (
        "Not modelled: bringing pay together, debt, the Fair Funding review, and the quality of care.",
        f"Nobody knows that a split will save or cost this. Each figure is what the model gives on {rests}.",
        "Whether larger or smaller councils give better care: the evidence does not settle it, and neither does this.",
        "Partnerships do not remove the risks of dividing a service, nor do they give two councils one leadership.",
        "People in care below today’s councils are estimates. No count of them is published.",
        "No council’s budget, council tax or inspection grade is foreseen.",
        "The figures do not reproduce any submitted business case, and government has stated no preferred weighting.",
    )


def _lower(name: str) -> str:
    return f"{name[:1].lower()}{name[1:]}"


def _outside(effects: Effects) -> tuple[str, ...]:
    return outside_published(effects.assumptions, effects.assumptions.changed)
