"""Makes the document of the Redraw desk: `desk_document` says what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from lgrdata.all_effects.effects import Effects, work_out
from lgrdata.all_options.measures import BY_KEY
from lgrdata.all_options.nearest import NearestOption, each_better
from lgrdata.all_options.options import Options
from lgrdata.all_options.rank import across_the_sea
from lgrdata.all_options.unjudged import unjudged
from lgrdata.core.models import LENSES, OUTCOMES, LgrError
from lgrdata.core.words import capital, sentence
from lgrdata.costs.business_cases import whose
from lgrdata.costs.price import LensCost
from lgrdata.dataset.dataset import Dataset
from lgrdata.splits import edits
from lgrdata.splits.locked import Locks
from lgrdata.splits.scenario import Scenario
from lgrdata.splits.split import Split
from lgrdata.views import evidence_bar
from lgrdata.views.desk_document import (
    DeskCase,
    DeskChange,
    DeskCost,
    DeskCouncil,
    DeskCrossing,
    DeskDifference,
    DeskDocument,
    DeskEstimate,
    DeskMend,
    DeskMoney,
    DeskOffer,
    DeskPlace,
    DeskPreview,
    DeskStanding,
    DeskWarning,
    Goal,
)
from lgrdata.views.effects.words import partnerships_add, provisional, unchanged
from lgrdata.views.options import listing, place
from lgrdata.views.options.answer import worse_words
from lgrdata.views.options.words import within

ADULTS = OUTCOMES[0]
COMMUTING = "commuting 2021"
MOST_TRIED = 200
"""Options nearer than others that are looked through for one that keeps what is locked."""


def document(
    dataset: Dataset,
    scenario: Scenario,
    effects: Effects,
    before: Effects | None = None,
    start: tuple[Split, str] | None = None,
) -> DeskDocument:
    """The document of the drawing that stands.

    `before`: the effects of the drawing before the last move. `start`: the split that drawing began with, and its name.
    """
    split = effects.split
    crossing = effects.boundary.crossing.get(COMMUTING)
    known = crossing is not None and crossing.share is not None
    return DeskDocument(
        scenario.area_id,
        scenario.lens,
        tuple(_council(effects, c) for c in range(split.count)),
        tuple(_cost(effects, lens_cost) for lens_cost in effects.costs.items()),
        not len(split.in_use) or unchanged(effects),
        _cases(dataset, effects),
        DeskCrossing(float(crossing.share), crossing.today) if known else None,  # type: ignore[union-attr,arg-type]
        tuple(_warning(split, w) for w in edits.warnings(split)),
        _moved(before, effects) if before is not None and before.split != split else None,
        None,
        (*_repairs(split), *_reset(split, start)),
        tuple(f"{capital(note)}." for note in effects.notes),
        partnerships_add(effects),
    )


def _council(effects: Effects, c: int) -> DeskCouncil:
    residents = int(effects.split.population[c])
    found = effects.services.estimate(c, ADULTS) if residents else None
    adults = None
    if found is not None:
        early = found.low == found.high and provisional(effects, ADULTS)
        adults = DeskEstimate(float(found.value), float(found.low), float(found.high), early)
    return DeskCouncil(effects.split.names[c], residents, adults)


def _cost(effects: Effects, given: tuple[str, LensCost]) -> DeskCost:
    lens = next(x for x in LENSES if x == given[0])
    called = effects.lens_words[lens]
    now = _money(given[1], effects.assumptions.lens_value(lens, "delta"))
    plain = replace(effects.assumptions, changed={}).lens_value(lens, "delta")
    return DeskCost(
        lens,
        called.short,
        now,
        _money(effects.costs_unchanged[lens], plain) if called.changed else None,
    )


def _money(cost: LensCost, first_split: float) -> DeskMoney:
    return DeskMoney(
        cost.recurring_net,
        cost.five_year_net,
        cost.one_off,
        cost.one_off_low,
        cost.one_off_high,
        cost.payback_years,
        cost.switching_value,
        first_split,
    )


def _cases(dataset: Dataset, effects: Effects) -> tuple[DeskCase, ...]:
    """The yearly savings published for this very split, as the evidence bar of other pages has them."""
    bar = evidence_bar.finding(dataset, effects)
    found = bar.cases if bar is not None else ()
    return tuple(DeskCase(c.value, c.low, c.high, c.author, whose(c.payer, c.author)) for c in found)


def _named(split: Split, codes: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, edits.block_name(split.facts, code)) for code in codes)


def _warning(split: Split, found: edits.DrawingWarning) -> DeskWarning:
    mend = None
    if found.mend is not None:
        mend = DeskMend(_named(split, found.mend.codes), found.mend.council, found.mend.remove)
    return DeskWarning(found.kind, found.council, _named(split, found.codes), found.count, mend)


def _repairs(split: Split) -> tuple[DeskOffer, ...]:
    out = []
    for n, found in enumerate(edits.warnings(split)):
        if found.mend is None:
            continue
        whence = found.council
        moved = tuple(
            DeskChange(code, name, whence, found.mend.council) for code, name in _named(split, found.mend.codes)
        )
        gone = "" if found.mend.remove is None else split.names[found.mend.remove]
        out.append(DeskOffer(f"repair-{n}", "repair", moved, title=gone))
    return tuple(out)


def _reset(split: Split, start: tuple[Split, str] | None) -> tuple[DeskOffer, ...]:
    if start is None or start[0] == split:
        return ()
    first, title = start
    return (DeskOffer("reset", "reset", _changes(split, first), first.names, title=title),)


def opening(split: Split, other: Split, title: str) -> tuple[DeskOffer, ...]:
    """Another split in place of the one drawn, to be looked at first."""
    return (DeskOffer("open", "open", _changes(split, other), other.names, title=title),)


def _changes(before: Split, after: Split) -> tuple[DeskChange, ...]:
    return tuple(
        DeskChange(c.code, edits.block_name(after.facts, c.code), c.before, c.after)
        for c in edits.changes(before, after)
    )


def difference(before: Effects, now: Effects) -> DeskDifference:
    """How one drawing differs from another of the same area."""
    old, new = (e.boundary.crossing.get(COMMUTING) for e in (before, now))
    shares = None
    if old and new and old.share is not None and new.share is not None:
        shares = float(old.share), float(new.share)
    people = [0] * now.split.count
    if before.split.names == now.split.names:
        people = [int(b - a) for a, b in zip(before.split.population, now.split.population, strict=True)]
    net = {lens: now.costs[lens].recurring_net - before.costs[lens].recurring_net for lens in LENSES}
    return DeskDifference(_changes(before.split, now.split), tuple(people), net, shares)


def _moved(before: Effects, now: Effects) -> DeskDifference:
    """What the last move changed, care with it where the councils are the same."""
    found = difference(before, now)
    if before.split.names != now.split.names:
        return found
    old, new = ([_council(e, c).adults for c in range(e.split.count)] for e in (before, now))
    pairs = zip(old, new, strict=True)
    return replace(found, adults=tuple(b.value - a.value if a and b else None for a, b in pairs))


def preview(now: Effects, code: str, council: int) -> DeskPreview:
    """What giving a block to a council would do."""
    after = _after(now, edits.give(now.split, [code], council))
    return DeskPreview(code, council, difference(now, after), tuple(int(n) for n in after.split.population))


def _after(now: Effects, split: Split) -> Effects:
    return work_out(now.facts, split, now.assumptions, now.terms, now.terms_unchanged)


def placed(
    dataset: Dataset, scenario: Scenario, effects: Effects, locks: Locks
) -> tuple[DeskStanding, DeskOffer | None]:
    """Where the drawing stands among the options with as many councils, and the nearest that does better on a measure.

    The better one keeps what is locked and is worse on no headline measure; None where there is none that is clear.
    """
    split = scenario.split
    asked = listing.OptionsQuery(listing.number_for(scenario))
    goals: dict[str, Goal] = {"size_spread": "size", "commuting_crossing": "crossing"}
    goals = {**goals, f"five_year_net_{scenario.lens}": "money"}
    try:
        options = listing.listing(dataset, scenario, asked)
        found = place.ranked(options, split, options.available())
        if isinstance(found, str):
            return DeskStanding(len(split.in_use), 0, (), found), None
        if council := across_the_sea(options, split):
            told = f"No option crosses open sea as {council} does, so this split has no place among them."
            return DeskStanding(len(split.in_use), 0, (), told), None
        places = tuple(
            DeskPlace(goals[s.measure.key], s.better, s.tied, s.worse, s.close)
            for s in found.standings
            if s.measure.key in goals
        )
        offer = _better(options, split, effects, locks, goals) if split.is_whole and split.count > 1 else None
        return DeskStanding(found.councils, found.of, places), offer
    except LgrError as fault:
        return DeskStanding(len(split.in_use), 0, (), sentence(fault.on_screen)), None


def _better(options: Options, split: Split, effects: Effects, locks: Locks, goals: dict[str, Goal]) -> DeskOffer | None:
    best: tuple[int, Goal, NearestOption] | None = None
    for key, goal in goals.items():
        if key in options.unavailable:
            continue
        for near in islice(each_better(options, split, key), MOST_TRIED):
            if best is not None and len(near.moves) >= best[0]:
                break
            held = {split.names[c] for m in near.moves for c in (m.from_council, m.to_council)} & locks.councils
            if near.moves and key not in near.close and not held and not locks.blocks & {m.code for m in near.moves}:
                best = len(near.moves), goal, near
                break
    if best is None:
        return None
    after = split
    for move in best[2].moves:
        after = edits.give(after, [move.code], move.to_council)
    moves = tuple(DeskChange(m.code, m.name, m.from_council, m.to_council) for m in best[2].moves)
    would = difference(effects, _after(effects, after))
    kept = tuple(
        within(BY_KEY[key]) for key in best[2].changes if goals.get(key) != best[1] and key not in best[2].close
    )
    worse = worse_words(unjudged(options, split, best[2].row, list(best[2].changes)))
    return DeskOffer("better", "better", moves, (), would, best[1], kept, worse)
