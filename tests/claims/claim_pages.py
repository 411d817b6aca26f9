"""Pages of every kind to read as claims: proposals, today, one council, drawings, changed assumptions, partnerships."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Mapping

import numpy as np
from claim_told import Page, Told

from export import decision
from lgrdata.all_effects.effects import Effects, work_out
from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.cli import effects as command
from lgrdata.core.models import LgrError, Partnership
from lgrdata.costs.rates import bounds, changeable, check_changes
from lgrdata.dataset.dataset import Dataset
from lgrdata.dataset.library import library
from lgrdata.page.blocks import Section, View
from lgrdata.partnerships.board import board
from lgrdata.partnerships.hosting import plan_of
from lgrdata.partnerships.together import holders, ways_together
from lgrdata.reading import figures as reading
from lgrdata.shares.groupings import MOST_COUNCILS
from lgrdata.shares.of_scenario import shared_of
from lgrdata.splits import split as splits
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import Split
from lgrdata.views import evidence_bar, redraw, start
from lgrdata.views.effects import page as effects_page
from lgrdata.views.figures import page as figures_page
from lgrdata.views.partnerships.groupings import grouping_blocks
from lgrdata.views.share import page as share_page
from lgrdata.views.share.day_one import day_one
from lgrdata.views.share.hosting import hosting


def known_splits(dataset: Dataset) -> list[tuple[str, str]]:
    """Every area's today, one council and drawn proposals, by area and name; in a fixed order."""
    out = []
    for area in dataset.areas:
        for text in ("today", "single", *(p.proposal_id for p in dataset.proposals(area.area_id))):
            try:
                dataset.split(area.area_id, text)
            except LgrError:
                continue  # a proposal whose map is not known, an area that is drawn as part of another
            out.append((area.area_id, text))
    return out


def drawing(dataset: Dataset, area_id: str, seed: int, councils: int) -> Split:
    """Councils drawn at random over an area, some authorities divided by wards, some left with nobody."""
    rng, facts = np.random.default_rng(seed), dataset.facts(area_id)
    members: list[tuple[str, str]] = []
    for i, authority in enumerate(facts.authorities):
        if facts.is_extra[i] or rng.random() < 0.03:
            continue
        if facts.wards_counted[i] and rng.random() < 0.15:
            members += [(facts.wards[w].code, f"Council {rng.integers(councils) + 1}") for w in facts.wards_of[i]]
        else:
            members.append((authority.code, f"Council {rng.integers(councils) + 1}"))
    return splits.make(facts, members)


def city_in_parts(dataset: Dataset, area_id: str, parts: int) -> Split:
    """The county whole and its city cut into so many councils by wards: no county is split, councils may be more."""
    facts, members = dataset.facts(area_id), list[tuple[str, str]]()
    for i, authority in enumerate(facts.authorities):
        if facts.is_extra[i]:
            continue
        if authority.tier == "unitary":
            members += [(facts.wards[w].code, f"Part {k % parts + 1}") for k, w in enumerate(facts.wards_of[i])]
        else:
            members.append((authority.code, facts.upper_names[facts.authority_upper[i]]))
    return splits.make(facts, members)


def changes(dataset: Dataset, seed: int) -> Mapping[str, float]:
    """Up to three assumptions changed to any value between their published ends, or to an end."""
    rng, keys = np.random.default_rng(seed), changeable(dataset.assumptions)
    out: dict[str, float] = {}
    for key in rng.choice(keys, rng.integers(1, 4), replace=False):
        p = bounds(dataset.assumptions, str(key))
        if p.low is not None and p.high is not None:
            wanted = {str(key): float(rng.choice([p.low, p.high, rng.uniform(p.low, p.high), 1.4 * p.high]))}
            with contextlib.suppress(LgrError):  # beyond what makes sense of it
                out |= check_changes(dataset.assumptions, wanted)
    return out


def partnership(dataset: Dataset, split: Split, seed: int) -> tuple[Partnership, ...]:
    """One partnership that counts, of all the split's councils; none where there are fewer than two."""
    used = tuple(int(c) for c in split.in_use)
    models = sorted(
        m.model_id for m in library(dataset).models.values() if m.effect == "duplication" and not m.excluded
    )
    if len(used) < 2:
        return ()
    rng = np.random.default_rng(seed)
    return (Partnership("front_doors", str(rng.choice(models)), used, coverage=float(rng.choice([0.3, 1.0]))),)


def of_scenario(dataset: Dataset, scenario: Scenario, name: str) -> Iterator[Page]:
    """The effects page of a scenario, and what stands beside its map."""
    effects, lens = effects_of(dataset, scenario), scenario.lens
    area = scenario.area_id
    yield Page(f"effects of {name}", effects_page.view(dataset, scenario, effects), effects, lens, dataset, area)
    yield Page(f"redraw of {name}", below_map(dataset, effects), effects, lens, dataset, area)
    sheet = View("Decision sheet", sections=decision.sections(dataset, scenario))
    yield Page(f"decision sheet of {name}", sheet, effects, lens, dataset, area)
    yield from of_sharing(dataset, scenario, effects, name)


def of_sharing(dataset: Dataset, scenario: Scenario, effects: Effects, name: str) -> Iterator[Page]:
    """What is shared out, hosted and due on the first day, and groupings of one service."""
    shared, made = shared_of(dataset, scenario), board(dataset, effects, scenario)
    yield Page(f"share-out of {name}", share_page.view(shared))
    if shared.out is None:
        return
    plan = plan_of(dataset, made, shared)
    yield Page(f"hosting of {name}", View("Share out", sections=(hosting(plan), day_one(plan))))
    row = next((r for r in made.rows if r.service.service_id == "equipment"), None)
    if row is not None and 2 < len(holders(made)) <= MOST_COUNCILS:
        hosted = library(dataset).models["hosted_service"]
        blocks = grouping_blocks(made, row, hosted, ways_together(dataset, made, shared.out, row, hosted))
        section = Section("groupings", "Groupings", "", blocks)
        yield Page(f"groupings of {name}", View("Partnerships", sections=(section,)))


def of_figures(dataset: Dataset, area_id: str, every: int) -> Iterator[Page]:
    """Every figure: one measure in so many of each kind of place in an area, with what one council would have."""
    measures = {m.code: m for m in dataset.read(reading.measures)}
    split = dataset.split(area_id, "single")
    for place in {p.code[:3]: p for p in dataset.read(reading.places, area_id)}.values():
        for code in sorted(dataset.read(reading.held_of, place.code))[::every]:
            found = figures_page.view(dataset, area_id, place, measures[code], split)
            yield Page(f"{code} of {place.name}", found)


def below_map(dataset: Dataset, effects: Effects) -> View:
    """What the page of drawing says below its map, as a view; with what is different from one council."""
    facts, bar = effects.facts, evidence_bar.finding(dataset, effects)
    blocks = [*([evidence_bar.table(effects, bar)] if bar else []), redraw.council_table(effects)]
    if len(effects.split.in_use):
        one = splits.single(facts)
        before = work_out(facts, one, effects.assumptions, effects.terms, effects.terms_unchanged)
        blocks += redraw.changed(before, effects, "one council")
    return View("Redraw", (), (), (Section("redraw", "Below the map", "", tuple(blocks)),))


def of_area(dataset: Dataset, area_id: str) -> Page:
    """An area's card on the first page."""
    return Page(f"card of {area_id}", start.view(dataset, area_id), dataset=dataset, area_id=area_id)


def of_command(dataset: Dataset, area_id: str, text: str) -> Page:
    """What `effects` prints, line by line, beside what it prints as JSON."""
    effects = effects_of(dataset, Scenario(dataset.split(area_id, text)))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        command._print(effects)
    lines = tuple(Told(f"line | {n}", " ".join(x.split())) for n, x in enumerate(printed.getvalue().splitlines()) if x)
    return Page(f"command of {area_id} {text}", View("Command"), effects, "middle", dataset, area_id, lines)
