"""Where each new council would begin: care against tax base, stocks to divide, and what is not known."""

from __future__ import annotations

import math
from collections.abc import Mapping

from lgrdata.care.people import directors as posts_of
from lgrdata.core.models import Source
from lgrdata.core.share_facts import Debt, GrantRule
from lgrdata.core.words import NOT_ADDING, NOT_KNOWN, counted, day, joined, number, percent, pounds, unsummed
from lgrdata.dataset.decisions import CONFIDENCE
from lgrdata.page.blocks import Block, Items, Link, Rich, Section, Table
from lgrdata.shares.position import NOT_KNOWN_HERE, Position, StockShare, positions, stocks, too_close
from lgrdata.shares.share import ShareOut
from lgrdata.views.share.directors import directors
from lgrdata.views.share.words import money, with_range


def position(out: ShareOut) -> Section:
    """The opening position of each council of the split."""
    found, held = positions(out), stocks(out)
    blocks: list[Block] = [_care(found), *([_stocks(out, found, held)] if held else [])]
    sources = out.given.facts.sources
    blocks += [directors(out.split, sources), Items(tuple(_said(out, found, held)))]
    return Section("share-opening", "Opening position", lede(out, found), tuple(blocks))


def lede(out: ShareOut, found: tuple[Position, ...]) -> str:
    """Who has most care for its tax base; empty where that is not known of all."""
    known = [p for p in found if math.isfinite(p.load)]
    if len(known) < 2 or len(known) < len(found):
        return ""
    worst = max(known, key=lambda p: p.load)
    shares = (
        f"{percent(worst.care_share)} of the spending, with that of councils it takes over whole, and"
        f" {percent(worst.tax_base_share)} of the tax base"
    )
    if too_close(out, found):
        return (
            f"{worst.name} may have the most care for its tax base, with about {shares}, but it is too close to call."
        )
    return f"{worst.name} has the most care for its tax base: {shares}."


def _care(found: tuple[Position, ...]) -> Table:
    rows = tuple(
        (
            p.name, number(p.residents), with_range(p.care, p.low, p.high), pounds(p.per_resident),
            _share(p),
            percent(p.tax_base_share, 1), number(p.load, 2),
        )
        for p in found
    )  # fmt: skip
    odd = unsummed([([p.care / 1000 for p in found], sum(p.care for p in found) / 1000)])
    return Table(
        "share-position", "Care that each council takes on, against its council tax base",
        ("Council", "Residents", "Care (low to high)", "A resident", "Share of care", "Share of tax base",
         "Care to tax base"),
        rows, frozenset(range(1, 7)),
        "All that the council takes on: its part of what is divided, and whole councils of today. Care to tax base: 1"
        " is even, more is harder to pay from council tax. The tax base of an authority that is divided by wards"
        " follows its residents. What it does and Compare keep an estimate of their own, which no choice here changes."
        + (f" {NOT_ADDING}" if odd else ""),
    )  # fmt: skip


def _share(p: Position) -> str:
    here, low, high = (percent(v, 1) for v in (p.care_share, p.low_share, p.high_share))
    return here if low == high else f"{here} ({low} to {high})"


def _stocks(out: ShareOut, found: tuple[Position, ...], held: tuple[StockShare, ...]) -> Table:
    rows: list[tuple[Rich, ...]] = []
    for s in held:
        basis = out.given.bases[s.basis].name if s.by else "–"
        cells = (_cell(s, p.council) for p in found)
        rows.append((_stock_name(s), basis, *cells, cited(out.given.facts.sources, s.source_id) or "–"))
    head = ("Stock", "Divided by", *(p.name for p in found), "Source")
    return Table(
        "share-stocks", "What would have to be divided once", head, tuple(rows), frozenset(range(2, 2 + len(found))),
        "In brackets, low and high among the bases listed for it.",
        tuple(dict.fromkeys(s.source_id for s in held if s.source_id)),
    )  # fmt: skip


def _stock_name(s: StockShare) -> str:
    return f"{s.line.name}, {s.period}" if s.period else s.line.name


def _amount(s: StockShare, value: float) -> str:
    return money(value / 1000) if s.line.unit == "£" else number(value)


def _cell(s: StockShare, c: int) -> str:
    if not s.by:
        return NOT_KNOWN
    low, high = (_amount(s, v) for v in s.range(c))
    here = _amount(s, s.by[s.basis][c])
    return here if low == high else f"{here} ({low} to {high})"


def _said(out: ShareOut, found: tuple[Position, ...], held: tuple[StockShare, ...]) -> list[Rich]:
    posts, sources = posts_of(out.split), out.given.facts.sources
    said: list[Rich] = [
        f"Directors of adults’ services, and as many of children’s: {counted(posts.today, 'post')} today,"
        f" {counted(posts.after, 'post')} after."
    ]
    for s in held:
        if s.missing:
            any_of = "it" if len(s.missing) == 1 else "them"
            said.append(
                f"{s.line.name}: no figure is held for {joined(s.missing)}, so none for a council with any of {any_of}."
            )
        if s.note:
            said.append(f"{s.line.name}: {s.note.rstrip('.')}.")
    said += [_told(r.words, sources, r) for r in out.given.grant_rules]
    said += [_told(f"{p.name}: {debt.words}", sources, debt) for p in found for debt in p.debts]
    if out.given.vesting:
        said.append(f"First day of the new councils: {day(out.given.vesting)}.")
    return [*said, *(f"Not known here: {words}." for words in NOT_KNOWN_HERE)]


def _told(words: str, sources: Mapping[str, Source], fact: GrantRule | Debt) -> Rich:
    """A fact with its source, its date and how sure it is."""
    link = cited(sources, fact.source_id)
    sure = CONFIDENCE.get(fact.confidence, fact.confidence)
    return (words, *((" ", link) if link else ()), f", {day(fact.date)}. {sure}.")


def cited(sources: Mapping[str, Source], source_id: str) -> Link | None:
    """The source by its title; None where it is not held."""
    return Link(sources[source_id].title, "source", source_id) if source_id in sources else None
