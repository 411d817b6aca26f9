"""The decision sheet: what a committee needs to see on two pages, before any annex.

Status with its date and source, the map, the councils, the evidence bar, three things that could go wrong, what is not
known, published cases beside the model. Its figures are those of the views that the annex shows.
"""

from __future__ import annotations

from dataclasses import replace

from export import annex
from lgrdata.all_effects.effects import Effects, divided_by_wards, unfinished
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.core import words
from lgrdata.core.models import Source
from lgrdata.dataset import decisions
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Block, Fold, Items, Picture, Rich, Section, Table
from lgrdata.pictures import maps
from lgrdata.splits.scenario import Scenario
from lgrdata.views import evidence_bar, map_note, start
from lgrdata.views.effects import boundary, services
from lgrdata.views.effects import page as effects_view
from lgrdata.views.effects.cost import so_far
from lgrdata.views.effects.cost_detail import bars, could_be_worse, uncertain
from lgrdata.views.effects.words import (
    council,
    councils_of,
    count_of,
    members,
)

MAP_WIDTH = 380
"""Narrow enough to print beside its tables without being made smaller, so that the key keeps its size."""
MAP_TALL, MAP_TALL_OF_MANY = 0.8, 0.5
MOST = 3
MANY = 5
"""Councils whose own table leaves less of two pages for what was published."""
PUBLISHED = "published-cases"


def sections(dataset: Dataset, scenario: Scenario) -> tuple[Section, ...]:
    """The sheet in its order. LgrError where the scenario names an assumption or partnership that is not known."""
    effects = effects_of(dataset, scenario)
    found = [_status(dataset, scenario)]
    if not councils_of(effects.split):
        found.append(Section("decision-map", "The map", "", (replace(map_of(dataset, effects), title="", table=None),)))
    else:
        drawn = evidence_bar.picture(dataset, effects)
        bar = (replace(drawn, table=None),) if drawn is not None else evidence_bar.blocks(dataset, effects)
        found += [_councils(dataset, effects), Section("decision-money", "What it comes to", "", bar)]
        if risks := could_go_wrong(dataset, effects, scenario):
            found.append(Section("decision-risks", f"{words.capital(_few(len(risks)))} that could go wrong", "",
                                 (Items(risks),)))  # fmt: skip
    found.append(Section("decision-unknown", "What is not known", "", (Items(_unknown(dataset, scenario, effects)),)))
    if (cases := _published(dataset, scenario, effects)) is not None:
        found.append(Section("decision-published", "What was published, beside the model", "", (cases,)))
    return tuple(found)


def _few(count: int) -> str:
    return words.counted(count, "thing")


def _status(dataset: Dataset, scenario: Scenario) -> Section:
    """What the split is, and where its area stands, each with date and source."""
    area = next(a for a in dataset.areas if a.area_id == scenario.area_id)
    p = annex.proposal_of(dataset, scenario)
    when = words.day(area.stage_date) if area.stage_date else "–"
    rows: list[tuple[Rich, ...]] = []
    if p is not None:
        rows.append(
            (
                annex.PUT_FORWARD[p.stage],
                f"by {p.proposers}",
                words.day(p.date),
                start.source_link(dataset, p.source_id),
            )
        )
        rows.append(("What became of it", decisions.outcome(area, p), when, _decided(dataset, scenario)))
    else:
        what = (
            "The councils of today" if scenario.split.proposal == "today" else "A drawing that nobody has put forward"
        )
        rows.append(("This split", what, "–", "–"))
        where = words.capital(decisions.stage_words(dataset, area))
        rows.append((area.name, where, when, _decided(dataset, scenario)))
    if effects_of(dataset, scenario).terms:
        # What they would avoid stands in one breath with its limits, over the bar.
        counted = words.counted(len(effects_of(dataset, scenario).terms), "partnership")
        rows.append(("Added here", f"{counted}, in no figure below unless said", "–", "–"))
    if court := start.challenge(dataset, area.area_id):
        rows.append(("In court", court, "–", "–"))
    return Section("decision-status", "Where this stands", "", (
        Table("decision-status", "Where this stands, as known here", ("", "What", "Date", "Source"), tuple(rows)),
    ))  # fmt: skip


def _decided(dataset: Dataset, scenario: Scenario) -> Rich:
    area = next(a for a in dataset.areas if a.area_id == scenario.area_id)
    source_id = decisions.outcome_source(dataset, area)
    return start.source_link(dataset, source_id) if source_id else "–"


def map_of(dataset: Dataset, effects: Effects) -> Picture:
    """The map of the sheet, and of the pack."""
    tall = MAP_TALL if len(councils_of(effects.split)) < MANY else MAP_TALL_OF_MANY
    return maps.split_map(dataset, effects.split, width=MAP_WIDTH, tall=tall, context=False)


def _councils(dataset: Dataset, effects: Effects) -> Section:
    """The map, and residents, people in care with their ranges, and tax base of each council."""
    rows: list[tuple[Rich, ...]] = []
    for c in councils_of(effects.split):
        made_of, residents = words.joined(members(effects.split, c)), words.number(int(effects.split.population[c]))
        care = (count_of(effects, c, outcome) for outcome in ("adults_long_term_support", "children_looked_after"))
        homes = words.number(float(effects.care_load.tax_base[c]))
        rows.append((council(effects.split, c), made_of, residents, *care, homes))
    vintage = effects.facts.vintage.period
    shown = replace(map_of(dataset, effects), title="", table=None)
    table = Table(
        "decision-councils", "The new councils",
        ("Council", "Made of", f"Residents, {vintage}", "Adults in long-term support", "Looked-after children",
         "Council tax base, band D homes"), tuple(rows), frozenset({2, 3, 4, 5}),
        "People in care are estimated wherever a range is shown; 4 in 5 such estimates keep to theirs.",
    )  # fmt: skip
    return Section("decision-councils", "The councils", effects_view.how_many(effects), (shown, table))


def could_go_wrong(dataset: Dataset, effects: Effects, scenario: Scenario) -> tuple[Rich, ...]:
    """At most three findings that speak against a smooth course, the gravest kind first; none that does not."""
    # A council in pieces comes before all else; that an authority is divided comes last.
    said = [f"{words.capital(w)}." for w in effects.boundary.warnings]
    costs = effects.costs
    worst = min(costs, key=lambda lens: costs[lens].five_year_net)
    if costs[worst].five_year_net < -words.NOTHING:
        evidence = f"On {effects.lens_words[worst].evidence}"
        said.append(f"{evidence}, it would be {so_far(costs[worst])} after five years.")
    if services.stands_out(effects):
        said.append(services.weakest_sentence(effects))
    said.append(boundary.crosses_more(effects))
    found = bars(effects, scenario.lens)
    if could_be_worse(found):
        said.append(uncertain(effects, scenario.lens, found))
    if not effects.split.is_whole:
        fitted = map_note.of_split(dataset, effects.split)
        said.append(f"{divided_by_wards(effects.split)}.{f' {map_note.ELSEWHERE}' if fitted else ''}")
    return tuple(dict.fromkeys(s for s in said if s))[:MOST]


def _unknown(dataset: Dataset, scenario: Scenario, effects: Effects) -> tuple[Rich, ...]:
    area = next(a for a in dataset.areas if a.area_id == scenario.area_id)
    p = annex.proposal_of(dataset, scenario)
    said = [decisions.not_known(area, p)] if p is not None else []
    said += [words.sentence(s) for s in unfinished(effects.split)]
    return (*(s for s in said if s), *effects_view.caveats(effects.any_changed)[:MOST])


def _published(dataset: Dataset, scenario: Scenario, effects: Effects) -> Table | None:
    """The table of published figures of the cost section, where there is one."""
    does = effects_view.view(dataset, scenario, effects)
    blocks = next((s.blocks for s in does.sections if s.anchor == "cost"), ())
    found = next((b for b in _flat(blocks) if isinstance(b, Table) and b.name == PUBLISHED), None)
    if found is None:
        return None
    many = len(councils_of(effects.split)) >= MANY
    if many and start.challenge(dataset, scenario.area_id):
        return None  # the challenge takes its place on the sheet; the annex on cost holds it
    most = MOST - 1 if many else MOST
    more = len(found.rows) - most
    said = (
        f" {words.capital(words.counted(more, 'more figure is', 'more figures are'))} in the annex on cost."
        if more > 0
        else ""
    )
    note = (found.note if isinstance(found.note, tuple) else (found.note,)) + ((said,) if said else ())
    return replace(found, name="decision-published", rows=found.rows[:most], note=note, row_ids=())


def _flat(blocks: tuple[Block, ...]) -> list[Block]:
    return [inner for b in blocks for inner in (_flat(b.blocks) if isinstance(b, Fold) else [b])]


def sources(dataset: Dataset, scenario: Scenario) -> tuple[Source, ...]:
    """Sources that the sheet names besides those of the views."""
    area = next(a for a in dataset.areas if a.area_id == scenario.area_id)
    p = annex.proposal_of(dataset, scenario)
    ids = {p.source_id if p else "", decisions.outcome_source(dataset, area)}
    return tuple(dataset.sources[i] for i in sorted(ids) if i in dataset.sources)
