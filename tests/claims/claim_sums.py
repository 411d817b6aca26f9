"""Rules that hold a page against the typed results: net, break-even, payback, counts, dates. One rule each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from claim_told import Page, columns
from claim_words import Rule, value

from lgrdata.all_effects import as_json
from lgrdata.core.lens_words import CHOSEN, NAMES
from lgrdata.core.models import OUTCOMES, SIDES
from lgrdata.core.words import counted, day, millions, per_year, pounds
from lgrdata.costs.price import LensCost, inputs
from lgrdata.dataset import decisions
from lgrdata.page.blocks import plain
from lgrdata.reading import evidence
from lgrdata.views.effects.cost_detail import bars
from lgrdata.views.effects.words import unchanged

SIDE = {"county": "county side’s", "district": "district side’s"}
NO_RISK = re.compile(
    r"Nothing new|No council stands out|too close to call|[Aa]ssumptions were changed|taken for different"
    r"|in no council yet|no places yet"
)
LINES = {
    "Saved by having fewer councils, a year": lambda c: millions(c.aggregation_saving),
    "Cost of splitting county services, a year": lambda c: millions(c.disaggregation_cost),
    "Net a year (plus: saves)": lambda c: millions(c.recurring_net, plus=True),
    "One-off cost": lambda c: millions(c.one_off),
    "Five-year net": lambda c: millions(c.five_year_net, plus=True),
    "Net present value, ten years": lambda c: millions(c.npv_10, plus=True),
}
MONEY = r"(?:under )?£[\d,]+m"
NET = r"(?:under £1m|just (?:above|below) £0|[+−]?£[\d,]+m)"
FIELDS = ("recurring_net", "one_off", "five_year_net", "aggregation_saving", "disaggregation_cost")


def _costs(page: Page) -> dict[str, LensCost]:
    """The costs by the word each lens goes by in the page's tables."""
    e = page.effects
    assert e is not None
    out = {e.lens_words[x].name: c for x, c in e.costs.items()}
    return {**out, **{f"{NAMES[x]}, unchanged": c for x, c in e.costs_unchanged.items()}}


def net_has_its_sign(page: Page) -> Iterator[str]:
    """A side's net is told as a saving where it saves and as a cost where it costs, of the right size."""
    e = page.effects
    if e is None:
        return
    for x in SIDES:
        net = e.costs[x].recurring_net
        called = e.lens_words[x].evidence
        for t in page.prose:
            for hit in re.finditer(
                rf"(a (?:saving|cost) of (?:under )?£[\d,]+m a year|neither saving nor cost) on {called}", t.text
            ):
                if hit.group(1) != per_year(net):
                    yield f"{t.where}: {net:.3f} on {CHOSEN[x]} figures is told as “{hit.group()}”"
    for t in page.prose:
        for hit in re.finditer(
            rf"(save|cost) ({MONEY}) a year on {CHOSEN['county']} evidence or (?:(save|cost) )?({MONEY})", t.text
        ):
            first, other = (e.costs[x].recurring_net for x in SIDES)
            told = (hit[1], hit[2], hit[3] or hit[1], hit[4])
            if told != tuple(w for n in (first, other) for w in ("save" if n > 0 else "cost", millions(abs(n)))):
                yield f"{t.where}: {first:.3f} and {other:.3f} are told as “{hit.group()}”"


def break_even_agrees_with_net(page: Page) -> Iterator[str]:
    """A side saves exactly where its break-even lies above its own cost of splitting, and is told to."""
    e = page.effects
    if e is None:
        return
    for x in SIDES:
        cost = e.costs[x]
        if cost.switching_value is None:
            continue
        own, at = e.assumptions.lens_value(x, "delta"), cost.switching_value
        if abs(at - own) > 1e-6 and (at > own) != (cost.recurring_net > 0):
            yield f"sums, {x}: break-even {at:.3f} beside {own:.3f}, net {cost.recurring_net:.4f}"
        on = f"on {e.lens_words[x].own}" if e.lens_words[x].changed else f"on the {SIDE[x]} other figures"
        for t in page.prose:
            for hit in re.finditer(rf"{on} (−?£[\d.,]+), beside (?:the )?(£[\d.,]+)[^(]*\(([^);]*)", t.text):
                verdict = "it saves" if cost.recurring_net > 0 else "it does not save"
                if hit.group(1) != pounds(at, 1) or hit.group(2) != pounds(own, 1):
                    yield f"{t.where}: break-even {at:.2f} beside {own:.2f} is told as “{hit.group()}”"
                elif hit.group(3) not in (verdict, "level") or (hit.group(3) == "level") != (
                    pounds(at, 1) == pounds(own, 1)
                ):
                    yield f"{t.where}: net {cost.recurring_net:.3f} is told as “{hit.group(3)}”"


def evidence_only_as_published(page: Page) -> Iterator[str]:
    """A figure on a changed assumption is nobody's evidence and nobody's own."""
    e = page.effects
    if e is None:
        return
    for x, called in e.lens_words.items():
        if not called.changed:
            continue
        side = SIDE.get(x, "")
        wrong = rf"\b{CHOSEN[x]} evidence(?! puts|, unchanged)|^{NAMES[x]}(?:$|:)" + (
            rf"|{side} evidence(?! puts)" if side else ""
        )
        for t in page.told:
            if hit := re.search(wrong, t.text):
                yield f"{t.where}: “{hit.group()}” of changed figures in “{t.text}”"
        if side and any("either side’s evidence" in t.text for t in page.told):
            yield f"“either side’s evidence” beside changed {CHOSEN[x]} figures"


def one_figure_everywhere(page: Page) -> Iterator[str]:
    """Headline, tables, chart words and JSON tell one net, one-off cost and five-year net for each lens."""
    e = page.effects
    if e is None:
        return
    costs = _costs(page)
    table = page.tables.get("three-lenses")
    for head, cells in columns(table) if table else ():
        for name, take in LINES.items():
            if name in cells and cells[name] != take(costs[head]):
                yield f"three-lenses, {head}, {name}: {cells[name]}, sums {take(costs[head])}"
    for t in page.prose:
        for head, cost in costs.items():
            for hit in re.finditer(rf"(?<!, ){re.escape(head)}: ({NET}) a year", t.text):
                if hit.group(1) != millions(cost.recurring_net, plus=True):
                    yield f"{t.where}: {hit.group()}, sums {cost.recurring_net:.3f}"
    now = e.costs[page.lens]
    for s in page.view.stats:
        for pattern, field in (
            (rf"five-year net, [^:]+: ({NET})", "five_year_net"),
            (rf"^[^:]+: ({NET}).*plus saves", "recurring_net"),
        ):
            if (hit := re.match(pattern, s.note) or re.search(pattern, s.note)) and hit.group(1) != millions(
                getattr(now, field), plus=True
            ):
                if field == "recurring_net" and "five-year" in s.note:
                    continue
                yield f"stat {s.label}: {hit.group(1)}, sums {getattr(now, field):.3f}"


def _value(told: str) -> float:
    """A net in figures; one told as just above or below nothing stands at its outer end."""
    return value(told.replace("just above £0", "£1m").replace("just below £0", "−£1m"))


def changes_are_of_the_same_figures(page: Page) -> Iterator[str]:
    """'Changed since' ends at the net that the bar above it shows, before any partnership."""
    e, table = page.effects, page.tables.get("changed")
    for row in table.rows if e is not None and table else ():
        for lens, called in e.lens_words.items() if e else ():
            now = e.costs[lens].recurring_net if e else 0.0
            if plain(row[0]).endswith(f"a year, {called.short}") and plain(row[2]) != millions(now, plus=True):
                yield f"table changed, {plain(row[0])}: {plain(row[2])}, sums {now:.3f}"


def risks_could_go_wrong(page: Page) -> Iterator[str]:
    """What is listed as a risk is one: more crosses than today, a council is surely the weakest, a net may be worse."""
    e = page.effects
    for t in (t for t in page.told if t.where == "decision-risks"):
        if hit := NO_RISK.search(t.text):
            yield f"{t.where}: “{hit.group()}” is no risk in “{t.text}”"
        hit = re.search(r"([\d.]+)% of .*against ([\d.]+)% between those", t.text)
        if hit and float(hit[1]) <= float(hit[2]):
            yield f"{t.where}: no more than today in “{t.text}”"
        if e is not None and (hit := re.search(rf"five-year net (?:from|at) ({NET})", t.text)):
            now = e.costs[page.lens].five_year_net
            if hit[1] == millions(now, plus=True) or _value(hit[1]) > now:
                yield f"{t.where}: {now:.3f} cannot come to less in “{t.text}”"


def json_agrees(page: Page) -> Iterator[str]:
    """What the commands print as JSON rounds to what the pages tell."""
    e = page.effects
    if e is None or e.terms:
        return
    held = json.loads(json.dumps(as_json.document(e), allow_nan=False))["costs"]
    for x, cost in e.costs.items():
        for field in FIELDS:
            true = getattr(cost, field)
            if abs(held[x][field] - true) > 0.00501:
                yield f"JSON {x} {field}: {held[x][field]}, sums {true}"
            if abs(abs(true) % 1 - 0.5) > 0.006 and abs(true) > 0.006 and millions(held[x][field]) != millions(true):
                yield f"JSON {x} {field}: reads {millions(held[x][field])}, page {millions(true)}"
        if held[x]["payback_years"] != cost.payback_years:
            yield f"JSON {x} payback: {held[x]['payback_years']}, sums {cost.payback_years}"


def payback_is_the_sums(page: Page) -> Iterator[str]:
    """'Paid back in year N' names the year in which the running total reaches nothing."""
    e = page.effects
    if e is None:
        return
    for x, cost in e.costs.items():
        if cost.payback_years is not None and cost.payback_years <= cost.path[-1].year:
            at = next(p for p in cost.path if p.year == cost.payback_years)
            if at.running_total < -1e-6:
                yield f"sums, {x}: paid back in year {cost.payback_years} at {at.running_total:.3f}"
        own = e.lens_words[x].own
        wanted = (
            "is not paid back within 30 years"
            if cost.payback_years is None
            else f"is paid back in year {cost.payback_years}"
        )
        for t in page.prose:
            for hit in re.finditer(
                rf"Under {own} the one-off cost of [^.]*?(is (?:not )?paid back (?:in year \d+|within 30 years))",
                t.text,
            ):
                if hit.group(1) != wanted:
                    yield f"{t.where}: “{hit.group(1)}”, sums {cost.payback_years}"
    table = page.tables.get("three-lenses")
    costs = _costs(page)
    for head, cells in columns(table) if table else ():
        told, cost = cells.get("Paid back by the end of", ""), costs[head]
        if told and cost.payback_years is not None and told != f"year {cost.payback_years}":
            yield f"three-lenses, {head}: {told}, sums {cost.payback_years}"


def councils_are_counted(page: Page) -> Iterator[str]:
    """'In place of 12 councils, two': as many as the sums take away and make; fewer means fewer."""
    e = page.effects
    if e is None or not len(e.split.in_use):
        return
    given, used = inputs(e.facts, e.split), len(e.split.in_use)
    for t in page.prose:
        hit = re.search(r"In place of (\w+ councils?), .* would have (\w+ councils?):", t.text)
        if hit and hit.groups() != (counted(given.n_old, "council"), counted(used, "council")):
            yield f"{t.where}: {given.n_old} to {used} is told as “{hit.group()}”"
        for hit in re.finditer(r"Having ([\w-]+) councils? (fewer|more)", t.text):
            far = given.n_old - given.n_new
            if (
                hit.group(1) != counted(abs(far), "council").split()[0]
                or far == 0
                or (far > 0) != (hit.group(2) == "fewer")
            ):
                yield f"{t.where}: {given.n_old} to {given.n_new} is told as “{hit.group()}”"


def published_range_is_the_published(page: Page) -> Iterator[str]:
    """What an assumption's published range alone does is told from its published ends, whatever is in force."""
    e = page.effects
    if e is None:
        return
    for t in page.prose:
        if hit := re.search(rf"published range alone takes the five-year net from ({NET}) to ({NET})\.", t.text):
            first = bars(e, page.lens)[0]
            ends = [millions(v, plus=True) for v in sorted((first.net_at_low, first.net_at_high))]
            if ends != list(hit.groups()):
                yield f"{t.where}: {ends} is told as “{hit.group()}”"


def only_today_stays_as_it_is(page: Page) -> Iterator[str]:
    """A split that makes other councils is never told as today's, whatever its money comes to."""
    e = page.effects
    if e is None or not len(e.split.in_use) or inputs(e.facts, e.split).unchanged:
        return
    for t in page.told:
        if hit := re.search(r"stays as it is|Nothing changes|[Tt]hese are today’s|as they are today", t.text):
            yield f"{t.where}: “{hit.group()}” of other councils in “{t.text}”"


def nothing_of_today_is_a_change(page: Page) -> Iterator[str]:
    """Today's councils cost nothing, save nothing and pay nothing back."""
    e = page.effects
    if e is None or not unchanged(e) or not len(e.split.in_use):
        return
    for t in page.told:
        if hit := re.search(r"[Ii]n place of|paid back (?:in|within)|would be the weakest|not within 30", t.text):
            yield f"{t.where}: “{hit.group()}” of today’s councils in “{t.text}”"


def totals_of_care_add(page: Page) -> Iterator[str]:
    """The councils' people in care add to what the councils of today that they take in publish."""
    e = page.effects
    if e is None or not len(e.split.in_use) or e.split.left_out:
        return
    held = e.services.held.holds.any(axis=1)
    if (e.split.share[held[e.facts.authority_upper]].sum(axis=1) < 1 - 1e-9).any():
        return  # a council of today is taken in by part, so its published count is not all of theirs
    for outcome, published in zip(OUTCOMES, e.facts.published[held].sum(axis=0), strict=True):
        made = sum(float(e.services.value[c, OUTCOMES.index(outcome)]) for c in e.split.in_use)
        if abs(made - float(published)) > 0.5:
            yield f"sums, {outcome}: councils make {made:.2f} of {float(published):.2f} published"


def dates_are_recorded(page: Page) -> Iterator[str]:
    """A day told of an area is the day of one of its events, stages or proposals, or stands in a recorded note."""
    if page.dataset is None or not page.area_id:
        return
    d = page.dataset
    area = next(a for a in d.areas if a.area_id == page.area_id)
    rows = [*d.read(evidence.events, area.area_id), *d.read(evidence.events, None), *decisions.steps(d, area.area_id)]
    known = (
        {day(r.date) for r in rows}
        | {day(area.stage_date)}
        | {day(p.date) for a in d.areas for p in d.proposals(a.area_id)}
    )
    known |= {day(s.released) for s in d.sources.values() if s.released}
    rows += [r for a in d.areas for r in d.read(evidence.events, a.area_id)] if area.kind == "combined" else []
    free = " ".join(getattr(r, "event", "") + getattr(r, "words", "") for r in rows)
    free += " ".join(f"{p.note} {p.boundary_change}" for a in d.areas for p in d.proposals(a.area_id))
    months = "January|February|March|April|May|June|July|August|September|October|November|December"
    for t in page.told:
        for hit in re.finditer(rf"\b\d{{1,2}} (?:{months}) 20\d\d\b", t.text):
            if hit.group() not in known and hit.group() not in free:
                yield f"{t.where}: no event of {hit.group()} for “{t.text}”"


def decisions_bear_their_own_date(page: Page) -> Iterator[str]:
    """'Decided on': the day of the decision, which is not that of a proposal's submission."""
    if page.dataset is None or not page.area_id:
        return
    area = next(a for a in page.dataset.areas if a.area_id == page.area_id)
    for t in page.told:
        for hit in re.finditer(r"[Dd]ecided(?: on|,) (\d{1,2} \w+ 20\d\d)", t.text):
            if hit.group(1) != day(area.stage_date):
                yield f"{t.where}: decided on {day(area.stage_date)}, told {hit.group(1)}"


SUMS: tuple[Rule, ...] = (
    net_has_its_sign, break_even_agrees_with_net, evidence_only_as_published, one_figure_everywhere, json_agrees,
    changes_are_of_the_same_figures, risks_could_go_wrong,
    payback_is_the_sums, councils_are_counted, only_today_stays_as_it_is,
    published_range_is_the_published, nothing_of_today_is_a_change,
    totals_of_care_add, dates_are_recorded, decisions_bear_their_own_date,
)  # fmt: skip
