"""Every option: all connected splits of an area's whole authorities, and where one split stands among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lgrdata.all_effects.of_scenario import assumptions_of
from lgrdata.all_options.filters import limits
from lgrdata.all_options.options import HEADLINE, Filters, Options
from lgrdata.all_options.unions import make_blocks
from lgrdata.core import words
from lgrdata.core.lens_words import CHOSEN, words_of
from lgrdata.core.models import LgrError, Source
from lgrdata.core.palette import Theme
from lgrdata.dataset.cache import recent
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Callout, Para, Rich, Section, Stat, View
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import Split
from lgrdata.views.options import answer, frontier, place
from lgrdata.views.options.chart import Mark, density, marks_table
from lgrdata.views.options.listing import (
    DEFAULT_X,
    DEFAULT_Y,
    NO_FILTERS,
    OptionsQuery,
    counts,
    frontier_of,
    judged_by,
    listing,
    name_of,
    named_splits,
    number_for,
    takes_extras,
    values_of,
)
from lgrdata.views.options.words import all_ways, rule, with_councils, within

KEPT_VIEWS = 40
FLOOR_STEP = 50_000
TITLE = "Every option"
AHEAD_OF_YOURS = "Options that beat yours"


def view(
    dataset: Dataset,
    scenario: Scenario,
    councils: int | None = None,
    x: str = DEFAULT_X,
    y: str = DEFAULT_Y,
    *,
    judged: Sequence[str] = HEADLINE,
    filters: Filters | None = None,
    ferries: bool = False,
    theme: Theme = "light",
) -> View:
    """All options with so many councils over two measures, the scenario's split placed among them; kept.

    `councils` as many as the split has unless given; `judged` the measures whose frontier is listed. Filters that leave
    nothing are told in the view. LgrError for an unknown measure, or a number of councils that is not 1 to 6.
    """
    asked = OptionsQuery(
        number_for(scenario) if councils is None else councils, x, y, tuple(judged), filters or NO_FILTERS, ferries
    ).checked()
    how = (asked, theme)
    return recent(dataset, "options views", scenario, how, lambda: _made(dataset, scenario, asked, theme), KEPT_VIEWS)


def _made(dataset: Dataset, scenario: Scenario, asked: OptionsQuery, theme: Theme) -> View:
    facts, split = scenario.split.facts, scenario.split
    key = {"page": "options", "area": scenario.area_id, "councils": str(asked.councils)}
    opened = _held_measures(asked, scenario, dataset)
    if isinstance(opened, str):
        return View(TITLE, (f"{words.capital(opened)}.",), sections=(_rules(scenario, asked),), key=key)
    options, asked = opened
    judged = judged_by(options, asked)
    rows = frontier_of(dataset, scenario, asked, [m.key for m in judged])
    named, unmapped = named_splits(dataset, scenario, asked.councils)
    marks = [Mark(n, values) for n in named if (values := values_of(options, n)) is not None]
    name = name_of(dataset, scenario)
    as_many = len(split.in_use) == asked.councils
    mine = place.ranked(options, split, judged) if as_many else _elsewhere(split, name)
    sections = [_chart_section(options, asked, marks, unmapped, theme)]
    stats = [Stat(f"Options {with_councils(asked.councils)}", f"{len(options):,}", _filtered(dataset, scenario, asked))]
    if len(options) > 1:
        stats.append(
            Stat(
                "Options that nothing beats",
                f"{len(rows):,}",
                f"judged by {words.counted(len(judged), 'measure')} together, only {with_councils(asked.councils)}",
            )
        )
    if isinstance(mine, str):
        sections.append(Section("yours", f"Where {name} stands", mine))
    else:
        stats.append(Stat(AHEAD_OF_YOURS, f"{mine.dominated_by:,}", _beats(judged, asked.councils)))
        near = answer.nearest(options, split, judged) if mine.of > 1 else []
        floor = asked.filters.smallest
        sections.insert(0, answer.section(dataset, options, split, mine, judged, near, theme, floor))
        sections.append(place.section(options, asked, name, mine, judged, marks, theme))
        if mine.of > 1:
            sections.append(place.better_section(options, asked, split, name, judged, near))
    if len(options) > 1:
        sections.append(frontier.section(dataset, options, asked, rows, judged, split, theme))
    sections.append(_rules(scenario, asked))
    return View(
        TITLE,
        (f"{all_ways(len(options), asked.councils)} out of {facts.area.name}’s"
         f" {words.counted(options.blocks.count, 'authority', 'authorities')}{_kept_to(scenario, asked)}.",
         *_changed(dataset, scenario)),
        tuple(stats),
        tuple(sections),
        _caveats(),
        sources=_sources(options),
        key=key,
    )  # fmt: skip


def of_like_size(dataset: Dataset, scenario: Scenario, asked: OptionsQuery) -> str:
    """'Among the 201 with none under 300,000: five-year net too close to call …', where no floor is set; or ''.

    Thousands of options with very small councils would put every even split last for money. The floor is a round number
    that the split's own smallest council keeps to.
    """
    split = scenario.split
    if asked.filters.smallest or split.divided.any() or not 0 < len(split.in_use) == asked.councils:
        return ""
    floor = int(split.population[split.in_use].min()) // FLOOR_STEP * FLOOR_STEP
    opened = _held_measures(replace(asked, filters=replace(asked.filters, smallest=floor)), scenario, dataset)
    if isinstance(opened, str) or len(opened[0]) < 2:
        return ""
    options, _ = opened
    money = [m for m in judged_by(options, asked) if m.lens is not None][:1]
    found = place.ranked(options, split, money) if money else ""
    if isinstance(found, str):
        return ""
    standing = found.by_key[money[0].key]
    said = f"{within(money[0])} too close to call" if standing.close else answer.signed(standing)
    return f"Among the {len(options):,} with none under {floor:,} residents: {said}"


def _held_measures(asked: OptionsQuery, scenario: Scenario, dataset: Dataset) -> tuple[Options, OptionsQuery] | str:
    """The listing, with the chart's measures put to ones the area has figures for; or why there is none."""
    try:
        options = listing(dataset, scenario, asked)
    except LgrError as fault:
        return str(fault)
    held = [m.key for m in options.available()]
    x = asked.x if asked.x in held else held[0]
    y = asked.y if asked.y in held else next(k for k in held if k != x)
    return options, replace(asked, x=x, y=y)


def _changed(dataset: Dataset, scenario: Scenario) -> tuple[str, ...]:
    """What the words for either side’s evidence stand for where assumptions were changed."""
    called = words_of(assumptions_of(dataset, scenario), partnered=False)
    moved = [w for w in called.values() if w.changed]
    if not moved:
        return ()
    lenses = words.joined([f"“{CHOSEN[w.lens]}”" for w in moved])
    stand = words.joined([w.own for w in moved])
    return (f"Assumptions were changed: money called {lenses} on this page is {stand}, not evidence as published.",)


def _beats(judged: Sequence[object], councils: int) -> str:
    """'of those with two councils: no worse on any of four measures, better on one'."""
    of = f"of those {with_councils(councils)}"
    if len(judged) == 1:
        return f"{of}: better on the measure chosen"
    return f"{of}: no worse on any of {words.counted(len(judged), 'measure')}, better on one"


def _elsewhere(split: Split, name: str) -> str:
    made = words.counted(len(split.in_use), "council")
    return f"{name} makes {made}, and is ranked only among options with as many: choose that number of councils."


def _limit_words(scenario: Scenario, asked: OptionsQuery) -> list[str]:
    blocks = make_blocks(scenario.split.facts, extras=takes_extras(scenario.split), ferries=asked.ferries)
    return [limit.words for limit in limits(blocks, asked.filters)]


def _kept_to(scenario: Scenario, asked: OptionsQuery) -> str:
    told = _limit_words(scenario, asked)
    return f", keeping to: {'; '.join(told)}" if told else ""


def _filtered(dataset: Dataset, scenario: Scenario, asked: OptionsQuery) -> str:
    if asked.filters == NO_FILTERS:
        return "none left out"
    every = counts(dataset, scenario, NO_FILTERS, asked.ferries)[asked.councils]
    return f"of {every:,} without filters"


def _chart_section(
    options: Options, asked: OptionsQuery, marks: Sequence[Mark], unmapped: tuple[str, ...], theme: Theme
) -> Section:
    x, y = (options.available([k])[0] for k in (asked.x, asked.y))
    blocks: list[Block] = []
    drawn = density(options, asked, marks, theme) if asked.x != asked.y else None
    if drawn is not None:
        chart, note = drawn
        blocks += [chart, Para(note)]
        named = tuple(f"{m.named.letter}: {m.named.name}" for m in marks if len(m.named.letter) == 1)
        if named:
            blocks.append(Para(f"Proposals marked: {'; '.join(named)}."))
    else:
        same = "Choose two different measures to see them as a chart."
        why = same if asked.x == asked.y else _nothing_to_draw(options)
        blocks += [Callout("note", why), marks_table(asked, (x, y) if x != y else (x,), marks)]
    if unmapped:
        told = f"The map of {words.joined(unmapped)} is not known here, so it is not marked."
        blocks.append(Callout("unknown", told))
    return Section("chart", f"{words.capital(within(x))} against {within(y)}", "", tuple(blocks))


def _nothing_to_draw(options: Options) -> str:
    if len(options) < 2:
        return "There is a single option, so there is nothing to compare on a chart."
    return "These options split no county, so one of the measures has no value to draw."


def _rules(scenario: Scenario, asked: OptionsQuery) -> Section:
    facts = scenario.split.facts
    held = make_blocks(facts, extras=takes_extras(scenario.split))
    return Section(
        "rules",
        "What counts as an option",
        "",
        (
            Para(
                f"An option gives each of {held.count} whole authorities to one council, and each council is one"
                f" connected piece. {rule(facts, asked.ferries)}"
            ),
            Para(
                "Options are compared only with others that make as many councils: fewer councils look better on cost"
                " and on crossing alike, which is no answer to where a line should run. Values are rounded to what"
                " matters first: £1 million, one percentage point, 10,000 residents."
            ),
        ),
    )


def _caveats() -> tuple[Rich, ...]:
    return (
        "Whether an option is a good idea: history, identity, trust between councils and what residents want are not"
        " measured here.",
        "Which option is best. Where one does better on a measure it does worse on another, or is too close to call.",
        "Anything about lines that divide an authority by wards: those are not listed. The search by wards looks for"
        " some of them.",
    )


def _sources(options: Options) -> tuple[Source, ...]:
    facts = options.facts
    used = {c.source_id for c in facts.columns.values()} | {facts.vintage.source_id}
    used |= {f.source_id for k, f in facts.flows.items() if k in ("commuting 2021", "moves 2021")}
    used |= {p.source_id for k, p in facts.footprints.items() if k == "icb"}
    return tuple(facts.sources[s] for s in sorted(used) if s in facts.sources)


__all__ = ["OptionsQuery", "counts", "view"]
