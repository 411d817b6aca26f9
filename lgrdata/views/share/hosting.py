"""Hosting and exit in words: who runs what for whom until when, on a line of time, beside what happened before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from lgrdata.core.models import LensId
from lgrdata.core.palette import GROUNDS, Theme
from lgrdata.core.words import NOTHING, capital, counted, day, joined, percent
from lgrdata.dataset.decisions import CONFIDENCE
from lgrdata.page.blocks import Block, Callout, Chart, Fold, Items, Link, Para, Rich, Section, Table, plain
from lgrdata.partnerships.hosting import Hosted, HostingPlan, Omission
from lgrdata.pictures import charts
from lgrdata.splits.plans import DutyEntry, Hosting, key_of
from lgrdata.splits.scenario import Scenario
from lgrdata.views.partnerships.words import small
from lgrdata.views.share.words import money

TITLE = "Hosting and exit"
NAMED = 4
"""Services that a sentence names."""
SHOWN = 2
"""Years that a bar without an end is drawn for, at the least."""
NOT_SAID = "not chosen yet"
GRAVE = ("too soon", "host outside", "weakest host")
"""What is wrong in a plan; the rest is not yet said."""


def hosting(plan: HostingPlan, theme: Theme = "light") -> Section:
    """The whole part: what is hosted, what was forgotten, the timeline, and the record of others."""
    if not plan.board.is_split:
        return Section("share-hosting", TITLE, "This split parts no county, so no service has to be hosted.")
    blocks: list[Block] = [Callout("warning", told(plan, f)) for f in plan.forgotten if f.kind in GRAVE]
    if open_ones := [f for f in plan.forgotten if f.kind not in GRAVE]:
        settled = Items(tuple(told(plan, f) for f in open_ones))
        blocks.append(Fold(f"Still to be settled ({len(open_ones)})", (settled,)))
    if plan.rows:
        blocks += [_timeline(plan, theme), _table(plan)]
    if plan.apart:
        names = joined([r.service.name for r in plan.apart])
        services = counted(len(plan.apart), "service")
        blocks.append(Fold(f"{capital(services)} that each council would run alone", (Para(f"{names}."),)))
    blocks.append(_elsewhere(plan))
    return Section("share-hosting", TITLE, lede(plan), tuple(blocks))


def said(scenario: Scenario) -> tuple[str, ...]:
    """Which of 'hosting' and 'day_one' a scenario says something of: an export shows what was asked for."""
    chosen = {key_of(p) for p in scenario.partnerships}
    hosted = any(key in chosen and h != Hosting() for key, h in scenario.hosting.items())
    owned = any(e != DutyEntry() for e in scenario.register.values())
    return (*(("hosting",) if hosted else ()), *(("day_one",) if owned else ()))


def lede(plan: HostingPlan) -> Rich:
    """How much is run together, and until when."""
    whole = len(plan.rows) + len(plan.apart)
    begins = day(plan.vesting)
    services = {h.chosen.service.service_id for h in plan.rows}
    if not services:
        return (
            f"The split divides {counted(whole, 'service')}, and none is run together yet: each council would run"
            f" its own from {begins}. A way of working together chosen on the ",
            Link("Partnerships", "page", "partnerships"), " page stands here with its host and its end.",
        )  # fmt: skip
    ends = sorted(h.said.ends for h in ending(plan))
    hosts = sum(h.said.host is not None for h in plan.rows)
    verb = "is" if len(services) == 1 else "are"
    first = (
        f"{capital(counted(len(services), 'service'))} of {len(services) + len(plan.apart)} that the split divides"
        f" {verb} run together from {begins}{_in_so_many(plan, len(services))}:"
        f" {how_many(hosts, len(plan.rows))} a host and"
        f" {how_many(len(ends), len(plan.rows))} an end."
    )
    if not ends:
        return first
    months = max(h.months for h in ending(plan) if h.months is not None)
    return f"{first} The last ends on {day(ends[-1])}{_after(months)}."


def ending(plan: HostingPlan) -> list[Hosted]:
    """The partnerships that have an end: one before the councils exist is none, and is told as a fault."""
    return [h for h in plan.rows if h.said.ends and h.said.ends >= plan.vesting]


def _in_so_many(plan: HostingPlan, services: int) -> str:
    """', in three partnerships', where a service has more than one."""
    return f", in {counted(len(plan.rows), 'partnership')}" if len(plan.rows) != services else ""


def _after(months: int) -> str:
    if months <= 0:
        return ""
    return f", {counted(months, 'month')} after the first day"


def how_many(n: int, of: int) -> str:
    """'none has', 'one has', 'four have', 'all have', of so many."""
    if n == 0:
        return "none has"
    return "each has" if n == of else counted(n, "has", "have")


def few(names: Sequence[str]) -> str:
    """Some names, and how many more."""
    shown = list(dict.fromkeys(names))
    if len(shown) <= NAMED + 1:
        return joined(shown)
    return f"{', '.join(shown[:NAMED])} and {len(shown) - NAMED} more"


def told(plan: HostingPlan, f: Omission) -> Rich:
    """One thing that was forgotten, as a sentence."""
    # A service that is run in two ways at once is one service.
    names, services, n = plan.board.effects.split.names, few(f.services), len(set(f.services))
    host = names[f.council] if f.council is not None else ""
    many = counted(n, "service")
    match f.kind:
        case "too soon":
            return f"{services}: hosting would end on {day(f.day)}, before the councils exist ({day(plan.vesting)})."
        case "no owner":
            owned = f"{capital(counted(n, 'duty', 'duties'))} of the first day {'has' if n == 1 else 'have'}"
            return f"{owned} no post that owns it yet: {services}."
        case "host outside":
            return f"{host} is to host {services}, but is no partner in it."
        case "weakest host":
            return f"{host} would host {services}, and has the most care to pay for its tax base."
        case "no host":
            return f"No host is named for {many}: {services}."
        case "no end":
            return f"No end is set for {many}: {services}."
        case "no share":
            return f"How the cost is shared is not said, or cannot be worked out, for {many}: {services}."
        case "no return":
            return f"What comes back when hosting ends is not said for {many}: {services}."
        case "many at once":
            return f"{capital(many)} end in {day(f.day)}, and each council takes them on at once: {services}."


def comes_back(plan: HostingPlan, h: Hosted) -> str:
    """What each council takes on when the host stops: spending, the cost of splitting, and the user's own words."""
    names = plan.board.effects.split.names
    parts = []
    if h.returning:
        parts.append(f"spending of {joined([f'{money(v)} to {names[c]}' for c, v in h.returning.items()])}")
    if both_sides(h)[1] > NOTHING:
        parts.append(f"{splitting_cost(h)} a year of splitting cost")
    if h.said.returns.strip():
        parts.append(h.said.returns.strip().rstrip("."))
    return "; ".join(parts) or "nothing counted"


def splitting_cost(h: Hosted) -> str:
    """What one partnership avoids a year under each side, by assumption: from the least to the most of them."""
    low, high = both_sides(h)
    return small(high) if small(low) == small(high) else f"{small(low)} to {small(high)}"


def both_sides(h: Hosted) -> tuple[float, float]:
    """£m a year under both sides' figures, the lower first."""
    sides: tuple[LensId, LensId] = ("district", "county")
    low, high = sorted(h.chosen.alone[side].value for side in sides)
    return low, high


def _shared(plan: HostingPlan, h: Hosted) -> str:
    if not h.said.shared_by:
        return NOT_SAID if h.needs_host else "no host's cost to share"
    names = plan.board.effects.split.names
    basis = plan.bases.get(h.said.shared_by, h.said.shared_by)
    if not h.costs:
        return f"{basis}: not known here"
    return f"{basis}: {joined([f'{names[c]} {percent(v)}' for c, v in h.costs.items()])}"


def _table(plan: HostingPlan) -> Table:
    names = plan.board.effects.split.names
    rows: list[tuple[Rich, ...]] = []
    for h in plan.rows:
        host = names[h.said.host] if h.said.host is not None else NOT_SAID if h.needs_host else "none needed"
        ends = f"{day(h.said.ends)} ({_months(h.months)})" if h.said.ends and h.months is not None else NOT_SAID
        rows.append((
            Link(h.name, "service", h.chosen.service.service_id), h.chosen.model.name, host,
            _partners(plan, h), _shared(plan, h), ends, comes_back(plan, h),
        ))  # fmt: skip
    return Table(
        "share-hosted", "Services run together, and how each ends",
        ("Service", "Way", "Host", "Partners", "Cost shared by", "Last day", "Comes back then"), tuple(rows),
        note=f"Spending is net, of {plan.year}, on the line nearest to the service, divided as on this page. Splitting"
        " cost: what the partnership is assumed to avoid a year, from the districts’ to the counties’ evidence; no"
        " source publishes it.",
    )  # fmt: skip


def _partners(plan: HostingPlan, h: Hosted) -> str:
    """The partners; all councils that share the county where they all are, and those beyond it."""
    names, holders = plan.board.effects.split.names, {c for p in plan.board.counties for c in p.councils}
    mine = [f"all {len(holders)}"] if holders == set(h.chosen.members) else [names[m] for m in h.chosen.members]
    return joined([*mine, *(t.name for t in h.chosen.beyond)])


def _months(months: int) -> str:
    return f"{counted(-months, 'month')} before the first day" if months < 0 else f"month {months} after the first day"


def _elsewhere(plan: HostingPlan) -> Table:
    rows: list[tuple[Rich, ...]] = []
    sources = plan.board.effects.facts.sources
    for f in plan.record:
        source = sources.get(f.source_id)
        link: Rich = Link(source.title, "source", f.source_id) if source else f.source_id
        here = day(_later(plan.vesting, f.months)) if f.months is not None and plan.vesting else "–"
        rows.append((
            f.place, day(f.date), f.words, "–" if f.months is None else str(f.months), here,
            CONFIDENCE.get(f.confidence, f.confidence), link,
        ))  # fmt: skip
    return Table(
        "share-hosting-record", "What happened elsewhere",
        ("Place", "Told", "What happened", "Months after its first day", "Here that would be", "How sure", "Source"),
        tuple(rows), frozenset({3}),
        "Months are counted to when it was told, where the record names no end.",
        tuple(dict.fromkeys(f.source_id for f in plan.record)),
    )  # fmt: skip


def _later(vesting: str, months: int) -> str:
    start = date.fromisoformat(vesting)
    year, month = divmod(start.month - 1 + months, 12)
    return date(start.year + year, month + 1, start.day).isoformat()


def _timeline(plan: HostingPlan, theme: Theme) -> Chart:
    names, begins = plan.board.effects.split.names, plan.vesting
    groups: dict[tuple[int | None, str], list[Hosted]] = {}
    for h in plan.rows:
        groups.setdefault((h.said.host, h.said.ends), []).append(h)
    last = max([_later(begins, 12 * SHOWN), *(h.said.ends for h in plan.rows)])
    rows: list[charts.Row] = []
    said: list[tuple[Rich, ...]] = []

    def add(
        at: int, name: str | None, starts: str, ends: str | None, tip: str, colour: str = "", open_: bool = False
    ) -> None:
        row = {"row": at, "name": name, "starts": starts, "ends": ends, "tip": tip, "colour": colour, "open": open_}
        rows.append({**row, "vesting": None if rows else begins})

    for n, step in enumerate(plan.steps):
        add(0, None if n else "Dated steps here", _whole(step.date), None, f"{day(step.date)}: {step.words}")
        said.append(("Step here", day(step.date), "", step.words))
    at = min(len(plan.steps), 1)
    for (host, ends), mine in sorted(groups.items(), key=lambda g: (g[0][1] or "9", g[0][0] is None, g[0][0] or 0)):
        who = f"hosted by {names[host]}" if host is not None else "no host named"
        colour = charts.council_colour(host, theme) if host is not None else GROUNDS[theme].line
        listed, until = few([h.name for h in mine]), day(ends) if ends else "no end set"
        span = min(begins, ends or begins), max(begins, ends or last)
        add(at, f"{listed}: {who}", *span, f"{listed}, {who}, {until}", colour, not ends)
        said.append((capital(who), day(begins), until, joined(list(dict.fromkeys(h.name for h in mine)))))
        at += 1
    lasted = [f for f in plan.record if f.months is not None and f.value is not None]
    for f in sorted(lasted, key=lambda f: (f.months or 0, f.fact_id)):
        when = _later(begins, f.months or 0)
        add(at, f"{f.place}, after {f.months} months", when, None, f"{f.place}: {f.words}")
        said.append((f"As long as in {f.place}", day(when), "", f.words))
        at += 1
    shown = tuple((*r[:2], r[2] or "–", r[3]) for r in said)
    table = Table("share-timeline-table", "The timeline as a table", ("Row", "From or on", "To", "What"), shown)
    ended = len(ending(plan))
    verb = "has" if ended == 1 else "have"
    title = f"{capital(counted(ended, 'partnership'))} of {len(plan.rows)} {verb} an end"
    return Chart(
        "share-timeline", title,
        f"Bars: from the first day of the new councils, {day(begins)} (dashed), to the last day of hosting."
        " Diamonds: dated steps here, and how long others took after their own first day.",
        charts.timeline(rows, theme),
        f"A line of time to the first day of the new councils on {day(begins)} and past it. " + ". ".join(
            f"{r[0]}: {r[1]}{f' to {r[2]}' if r[2] else ''}, {plain(r[3]).rstrip('.')}" for r in said[len(plan.steps) :]
        ) + ".",
        table,
    )  # fmt: skip


def _whole(iso: str) -> str:
    """A date with its day: one of a month or a year stands in the middle of it."""
    parts = iso.split("-")
    return iso if len(parts) == 3 else f"{iso}-15" if len(parts) == 2 else f"{iso}-07-01"


def last_day(vesting: str, months: int) -> str:
    """The day on which hosting of so many months ends: the day before they are over."""
    return (date.fromisoformat(_later(vesting, months)) - timedelta(days=1)).isoformat()
